//! Words that say that somebody speaks, writes or thinks.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{Table, questions};

/// What a cue says its source did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueClass {
    /// *said*, *told*, *according to*.
    Speech,
    /// *wrote*, *tweeted*.
    Writing,
    /// *believes*, *hopes*.
    Thought,
    /// Any other cue.
    Other,
}

impl CueClass {
    /// Reads a cell of the table.
    fn of_cell(cell: &str) -> Option<Self> {
        match cell {
            "speech" => Some(Self::Speech),
            "writing" => Some(Self::Writing),
            "thought" => Some(Self::Thought),
            _ => None,
        }
    }
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/speech.tsv")));
static CLASSES: LazyLock<HashMap<&str, CueClass>> = LazyLock::new(|| TABLE.values("class", CueClass::of_cell));

questions! { TABLE:
    /// Whether a verb form reports the quotation after a question or exclamation mark: *“Why?” Ann Lee asked*.
    reports_after_mark = "after_mark";
    /// Whether a finite form introduces direct quotations.
    reports = "reporting";
    /// Whether a word leads in before a colon alone.
    leads_to_colon = "before_colon";
    /// Whether the passive of a verb says what somebody holds of a thing.
    tells_stance = "stance";
    /// Whether the noun phrase of a verb is a topic.
    has_topic = "topical";
    /// Whether a word names somebody or a work.
    names_work = "of_work";
    /// Whether a word announces a title, motto or theme.
    announces_title = "announces";
    /// Whether a cue, all of it, only says what something is or has gone through.
    stands_as = "stands_as";
    /// Whether a word stands between a noun for a person and the name (*a farmer named Ana*).
    introduces_name = "names_person";
    /// Whether a word stands between a noun for a document and its title.
    introduces_title = "names_title";
}

/// The class of a lemma or an irregular form.
pub(crate) fn cue_class(lemma: &str) -> Option<CueClass> {
    CLASSES.get(lemma).copied()
}
