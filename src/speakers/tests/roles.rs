//! Which roles are read.
