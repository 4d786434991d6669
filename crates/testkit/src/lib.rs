//! A test site on either database, a fixed clock, seeded ids and a cast of users.
