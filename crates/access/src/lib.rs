//! Sites, accounts and assignments: who works here, as what, and with whom.
