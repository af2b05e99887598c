//! How lines begin, or what they hold, that are no running text.

use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/layout.tsv")));
static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| list("label"));
static CREDITS: LazyLock<Vec<&str>> = LazyLock::new(|| list("credit"));
static REPUBLISHED: LazyLock<Vec<&str>> = LazyLock::new(|| list("republished"));

questions! { TABLE:
    /// Whether a whole line is no part of the article (*advertisement*).
    is_furniture = "furniture";
    /// Whether a name is that of a news agency that signs articles.
    is_agency = "agency";
    /// Whether a word may stand in the place of a dateline without a capital.
    may_stand_in_dateline = "place";
    /// Whether a word may stand in a byline without a capital.
    may_stand_in_byline = "byline";
    /// Whether a word names a picture's credit, before a colon.
    is_picture = "picture";
    /// Whether a heading says where a section stands, not what it is about.
    is_placing_heading = "heading";
    /// Whether a word ends a domain or file name (*com*).
    is_domain_ending = "ending";
    /// Whether a word opens a label of something else than a speaker.
    opens_notice = "notice";
    /// Whether a word closes a label of something else than a speaker.
    closes_label_of_thing = "thing";
}

/// Whether a line starts as those about the article do that are no part of it (*tags:*).
pub(crate) fn starts_furniture(line: &str) -> bool {
    LABELS.iter().any(|label| line.starts_with(label))
}

/// Whether a line starts as those do that say who wrote or published the text.
pub(crate) fn starts_credit(line: &str) -> bool {
    CREDITS.iter().any(|label| line.starts_with(label))
}

/// Whether a line says that the text was published elsewhere first.
pub(crate) fn tells_of_republishing(line: &str) -> bool {
    REPUBLISHED.iter().any(|words| line.contains(words))
}

fn list(column: &str) -> Vec<&'static str> {
    TABLE.column(column).map(|(words, _)| words).collect()
}
