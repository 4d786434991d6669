mod festivals;
mod lunar;
mod rules;
mod spellings;
mod stated;
