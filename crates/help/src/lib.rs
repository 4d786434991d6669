//! Requests that people asked for, with an owner and a due date.
