//! Encounters and the needs heard in them.
