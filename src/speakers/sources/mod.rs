//! Sources: which words of the article stand for the speaker of a quotation, how they name them, and who it is where they are missing.

pub(in crate::speakers) mod borrowed;
pub(in crate::speakers) mod dialogue;
pub(in crate::speakers) mod joint;
pub(in crate::speakers) mod phrases;
pub(in crate::speakers) mod reading;
pub(in crate::speakers) mod subject;
