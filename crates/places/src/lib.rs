//! The tree of places, province to township, and addresses read into it.
