//! The vocabulary of sayso: which words are what. Words are rows of `data/*.tsv`, what they are is a column; stages ask by the field's words.
//!
//! Depends on nothing but `document`. A question takes the word in lower case unless it says otherwise.

mod calendar;
mod date;
mod table;

pub(crate) use calendar::{is_weekday, month};
pub use date::{Date, DateOrder};
