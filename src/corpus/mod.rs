//! A batch of articles: discovery, scheduling, failures.
