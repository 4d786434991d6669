//! The one door: pipeline, journal, both databases, keys, rebuild and verify.
