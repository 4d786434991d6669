mod lunar;
mod spellings;
mod stated;
