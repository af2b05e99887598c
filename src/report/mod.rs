//! Writes analyses: one file per format, each whole or absent.
