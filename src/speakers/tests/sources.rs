//! Which source is whom.
