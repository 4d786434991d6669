mod lunar;
mod spellings;
mod stated;
mod tmpcells;
