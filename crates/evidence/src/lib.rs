//! Counts with their definitions: the roster report and the month's participations.
