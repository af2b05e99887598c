//! Outside bytes to documents: decoding, formats, limits, ids.
