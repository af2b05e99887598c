//! Gold against predicted: precision, recall, F1; readers of annotated corpora.

pub mod gold;
