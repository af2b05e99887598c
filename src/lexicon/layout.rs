//! How lines begin, or what they hold, that are no running text.

use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/layout.tsv")));
static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| list("label"));
static INVITATIONS: LazyLock<Vec<&str>> = LazyLock::new(|| list("invites"));
static EDITS: LazyLock<Vec<&str>> = LazyLock::new(|| list("edit"));
static CREDITS: LazyLock<Vec<&str>> = LazyLock::new(|| list("credit"));
static CLOSERS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| TABLE.column("closer").collect());
static PUBLISHING: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| TABLE.column("publishing").collect());
static BYLINE_OPENERS: LazyLock<Vec<&str>> = LazyLock::new(|| list("opens_byline"));
static POINTERS: LazyLock<Vec<&str>> = LazyLock::new(|| list("pointer"));
static OWNERS: LazyLock<Vec<&str>> = LazyLock::new(|| list("owner"));
static RIGHTS: LazyLock<Vec<&str>> = LazyLock::new(|| list("rights"));
static REPUBLISHED: LazyLock<Vec<&str>> = LazyLock::new(|| list("republished"));

questions! { TABLE:
    /// Whether a whole line is no part of the article (*advertisement*).
    is_furniture = "furniture";
    /// Whether words are a label of pointers to other stories (*related stories*).
    is_teaser_label = "teaser";
    /// Whether a word is such a label where a headline follows (*watch*).
    is_pointer_label = "before_headline";
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
    opens_notice = "notice";
    /// Whether a word closes a label of something else than a speaker.
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

/// Whether a line starts as those do that close an interview.
pub(crate) fn starts_closing(line: &str) -> bool {
    starts(&CLOSERS, line)
}

/// Whether a line starts as those do that say who wrote an article, or when it was published.
pub(crate) fn tells_of_publishing(line: &str) -> bool {
    starts(&PUBLISHING, line)
}

/// The words before the names of a byline, with which a line starts; a space follows them.
pub(crate) fn byline_opener(line: &str) -> Option<&'static str> {
    BYLINE_OPENERS.iter().find(|words| line.strip_prefix(**words).is_some_and(|rest| rest.starts_with(' '))).copied()
}

/// What follows the words by which a line inside an article names another story.
pub(crate) fn after_pointer(line: &str) -> Option<&str> {
    let rests = POINTERS.iter().filter_map(|words| line.strip_prefix(words));
    rests.into_iter().find(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// What follows the sign by which a paragraph says who owns the text.
pub(crate) fn after_owner(line: &str) -> Option<&str> {
    OWNERS.iter().filter_map(|sign| line.strip_prefix(sign)).min_by_key(|rest| rest.len())
}

/// Whether a line starts by reserving the rights in the text.
pub(crate) fn reserves_rights(line: &str) -> bool {
    RIGHTS.iter().any(|words| line.starts_with(words))
}

/// Whether a line starts with one of the words, those marked *word* with a space behind them.
fn starts(words: &[(&str, &str)], line: &str) -> bool {
    words.iter().any(|(words, cell)| line.strip_prefix(words).is_some_and(|rest| cell.is_empty() || rest.starts_with(' ')))
}

fn list(column: &str) -> Vec<&'static str> {
    TABLE.column(column).map(|(words, _)| words).collect()
}
