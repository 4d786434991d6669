//! What every context speaks: commands, events, records, access, privacy labels, problems.
