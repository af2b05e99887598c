//! Marks what points away from the article: *Related: …*, a list under *Most read*, the lines under *Media contact*.
//!
//! What other stories say is said by nobody here, so none of it is read as text.

use super::captions::is_caption;
use super::labels::labelled;
use super::layout::{Block, is_item};
use super::lines::{is_short, words};
use crate::{ParagraphKind, lexicon};

/// The longest line that points to another story, in words.
const LONGEST: usize = 40;

/// The longest headline in a list of other stories, in words.
const LONGEST_HEADLINE: usize = 24;

/// Whether a line points to another story: a label with the story behind it.
pub(super) fn is_pointer(line: &str) -> bool {
    let found = labelled(line);
    let label = found.label.to_lowercase();
    let is_led_by_arrow = line.starts_with(['»', '→', '►', '▶', '➡', '👉']) || line.starts_with(">>");
    if is_led_by_arrow && is_headline(line) {
        return true;
    }
    if found.rest.is_empty() || !is_short(line, LONGEST) {
        return false;
    }
    // Headlines end without a full stop, sentences of an article behind *Watch:* with one.
    let is_headline = !ends_with_stop(found.rest) && words(found.rest).count() > 2;
    lexicon::is_teaser_label(&label) || (lexicon::is_pointer_label(&label) && is_headline)
}

/// What a label that stands alone opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opens {
    Stories,
    Contact,
}

fn opened_by(line: &str) -> Option<Opens> {
    let found = labelled(line);
    if !found.rest.is_empty() || !is_short(line, 8) {
        return None;
    }
    let label = found.label.trim_end_matches([':', '…', '.', ']', ')']).to_lowercase();
    let is_contact = lexicon::is_contact_label(&label) && (line.trim_end().ends_with(':') || label.contains(' '));
    let stories = lexicon::is_teaser_label(&label).then_some(Opens::Stories);
    stories.or_else(|| is_contact.then_some(Opens::Contact))
}

/// Marks the blocks that point away from the article; `title` is left alone.
pub(super) fn mark(text: &str, blocks: &mut [Block], title: Option<usize>) {
    let line_of = |block: &Block| text.get(block.span.range()).unwrap_or_default();
    let is_age: Vec<bool> = blocks.iter().map(|block| super::furniture::is_age(line_of(block))).collect();
    let mut open = None;
    for (at, block) in blocks.iter_mut().enumerate() {
        let line = line_of(block);
        if Some(at) == title || block.kind == ParagraphKind::Byline {
            open = None;
            continue;
        }
        if block.is_line && opened_by(line).is_some() {
            open = opened_by(line);
            block.kind = ParagraphKind::Furniture;
        } else if is_pointer(line) || is_caption(line) || (block.is_line && is_contact(line)) {
            block.kind = ParagraphKind::Furniture;
        } else if block.kind != ParagraphKind::Furniture {
            let is_followed_by_age = is_age.get(at + 1).copied().unwrap_or(false);
            match open {
                Some(Opens::Stories) if block.is_line && (is_headline(line) || is_followed_by_age) => block.kind = ParagraphKind::Furniture,
                Some(Opens::Contact) if block.is_line && is_short(line, 10) && !ends_with_stop(line) => {
                    block.kind = ParagraphKind::Furniture;
                }
                _ => open = None,
            }
        }
    }
}

/// Where a pointer in brackets starts that is glued to the end of a paragraph: `… he said. (Read more: The last ferry)`.
pub(super) fn glued_pointer(paragraph: &str) -> Option<usize> {
    let open = paragraph.rfind(['(', '[']).filter(|&open| open > 0 && paragraph.ends_with([')', ']']))?;
    is_pointer(paragraph.get(open..)?).then_some(open)
}

/// `Press contact: press@example.org`, `For more information, write to Ana Lind.`
pub(super) fn is_contact(line: &str) -> bool {
    let found = labelled(line);
    let label = found.label.to_lowercase();
    let is_led = label.split_once(',').is_some_and(|(label, _)| label.contains(' ') && lexicon::is_contact_label(label));
    is_short(line, LONGEST) && (is_led || (!found.rest.is_empty() && lexicon::is_contact_label(&label)))
}

/// Whether a line reads like a headline in a list: short, and without the full stop of running text.
fn is_headline(line: &str) -> bool {
    is_short(line, LONGEST_HEADLINE) && (!ends_with_stop(line) || is_item(line))
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '…', ':', ';', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_pointers_from_text() {
        for (line, expected) in [
            ("Related: ‘We were lied to’, say farmers", true),
            ("READ MORE: Why the wells went dry", true),
            ("Also read | The last ferry", true),
            ("(See also: The last ferry)", true),
            ("Watch: The moment the bridge fell", true),
            (">> ‘We were lied to’, say farmers", true),
            ("Watch: the bridge will fall one day.", false),
            ("Read: it is a book about birds.", false),
            ("She said: ‘We were lied to’", false),
            ("Related work was stopped", false),
        ] {
            assert_eq!(is_pointer(line), expected, "{line}");
        }
    }
}
