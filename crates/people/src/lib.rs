//! Persons, households, stays and ties; names, duplicates and the search for them.
