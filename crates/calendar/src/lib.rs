//! Dates as people tell them: partial, lunar, ages, relative.
