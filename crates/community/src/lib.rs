//! Activities, sessions and who took part.
