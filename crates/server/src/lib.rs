//! The binary: routes, sessions, jobs, command line.
