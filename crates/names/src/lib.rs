//! How people are called: names, readings, phones, ID numbers, search keys.
