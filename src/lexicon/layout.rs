//! How lines begin, or what they hold, that are no running text.

use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/layout.tsv")));
static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| list("label"));
static INVITATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| list("invites"));
static BYLINES: LazyLock<Vec<&str>> = LazyLock::new(|| list("signs"));
static EDITS: LazyLock<Vec<&str>> = LazyLock::new(|| list("edit"));
static CREDITS: LazyLock<Vec<&str>> = LazyLock::new(|| list("credit"));
static REPUBLISHED: LazyLock<Vec<&str>> = LazyLock::new(|| list("republished"));

questions! { TABLE:
    /// Whether a whole line is no part of the article (*advertisement*).
    is_furniture = "furniture";
    /// Whether words are a label of pointers to other stories (*related stories*).
    is_teaser_label = "teaser";
    /// Whether a word is such a label where a headline follows (*watch*).
    is_pointer_label = "pointer";
    /// Whether words are a label of what stands under a picture (*image caption*).
    is_caption_label = "caption";
    /// Whether words are a label of those to write to (*press contact*).
    is_contact_label = "contact";
    /// Whether a word stands in capitals before a wire’s headline (*UPDATE 2-*), given in lower case.
    is_slug = "slug";
    /// Whether a word stands in a page’s menu.
    is_menu_word = "menu";
    /// Whether a word stands in the names of papers and programmes, and in no person’s.
    names_outlet = "outlet";
    /// Whether a word is on a button beside a text.
    is_button = "button";
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
    #[expect(dead_code, reason = "quotes/labels.rs has its own list still: NOTICES")]
    opens_notice = "notice";
    /// Whether a word closes a label of something else than a speaker.
    #[expect(dead_code, reason = "quotes/labels.rs has its own list still: THINGS")]
    closes_label_of_thing = "thing";
}

/// Whether a line starts as those about the article do that are no part of it (*tags:*).
pub(crate) fn starts_furniture(line: &str) -> bool {
    LABELS.iter().any(|label| line.starts_with(label))
}

/// Whether a line starts by inviting the reader to do something on the page (*sign up*).
pub(crate) fn starts_invitation(line: &str) -> bool {
    INVITATIONS.iter().any(|words| starts_with_words(line, words))
}

/// The words with which a line starts that names its author (*written by*).
pub(crate) fn start_of_byline(line: &str) -> Option<&'static str> {
    BYLINES.iter().copied().filter(|words| starts_with_words(line, words)).max_by_key(|words| words.len())
}

/// Whether a note in brackets starts as those do that say how a wire’s report differs from the one before (*adds details*).
pub(crate) fn starts_note_of_edit(note: &str) -> bool {
    EDITS.iter().any(|words| starts_with_words(note, words))
}

fn starts_with_words(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
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
