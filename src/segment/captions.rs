//! Knows what stands under a picture: its caption, its source, its photographer.
//!
//! ```text
//! Image caption: The bridge was closed        FILE - Ana Lind leaves court. (AP Photo/Bo Berg)        Ana Lind in Vik [Bo Berg/Agency]
//! ```

use super::labels::labelled;
use super::lines::{ends_sentence, is_short, starts_upper, words};
use crate::lexicon;

/// The longest caption, in words.
const LONGEST: usize = 60;

/// The longest note of who took the picture, in words.
const LONGEST_NOTE: usize = 10;

/// Whether a line is a caption or says whose a picture is.
pub(super) fn is_caption(line: &str) -> bool {
    if !is_short(line, LONGEST) {
        return false;
    }
    let found = labelled(line);
    let is_labelled = !found.rest.is_empty() && lexicon::is_caption_label(&found.label.to_lowercase());
    is_labelled || starts_with_label(line) || (ends_in_note(line) && !has_quotation(line))
}

/// Two words that are a label and nothing else may stand without a colon: *Image caption The bridge was closed*, *Image source, Agency*.
fn starts_with_label(line: &str) -> bool {
    let mut parts = line.splitn(3, ' ');
    let (Some(first), Some(second), Some(_)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let label = format!("{first} {}", second.trim_end_matches([',', ':'])).to_lowercase();
    starts_upper(first) && lexicon::is_caption_label(&label) && label.contains(' ')
}

fn has_quotation(line: &str) -> bool {
    line.contains(['“', '”', '"'])
}

/// Whether a line ends by saying who took the picture: `… the gym. Picture: B. Ochs`, `… [Bo Berg/Agency]`, `… (Photo by Bo Berg)`.
fn ends_in_note(line: &str) -> bool {
    let open = line.rfind(['(', '[']).filter(|_| line.ends_with([')', ']']));
    if let Some(open) = open {
        let note = line.get(open + 1..).unwrap_or_default().trim_end_matches([')', ']']);
        let is_before_end = !ends_sentence(line.get(..open).unwrap_or_default().trim_end());
        let is_shared = note.contains('/') && !note.contains(['.', ';', ':']) && is_before_end && words(note).all(starts_upper);
        let is_named = tells_of_picture(note) && words(note).count() > 1;
        return is_short(note, LONGEST_NOTE) && words(note).count() > 0 && (is_shared || is_named);
    }
    // The note is a sentence or a column of its own behind the caption.
    let cut = line.char_indices().rev().find(|&(at, ch)| {
        let rest = line.get(at + ch.len_utf8()..).unwrap_or_default();
        let is_end = matches!(ch, '.' | '!' | '?' | '|' | ')') && rest.starts_with(' ');
        is_end && words(rest).next().is_some_and(|first| lexicon::is_caption_label(&first.trim_end_matches(':').to_lowercase()))
    });
    let Some((at, mark)) = cut else { return false };
    let note = line.get(at + mark.len_utf8()..).unwrap_or_default().trim();
    is_short(note, LONGEST_NOTE) && (note.contains(':') || words(note).nth(1).is_some_and(|word| word == "by" || word == "courtesy"))
}

/// Whether a note names a picture: `AP Photo/Bo Berg`, `Photo by Bo Berg`, `Image: Agency`.
fn tells_of_picture(note: &str) -> bool {
    note.split([' ', '/', ':']).any(|word| starts_upper(word) && lexicon::is_picture(&word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_captions_from_text() {
        for (line, expected) in [
            ("Image caption: The bridge was closed after a barge struck a pier", true),
            ("Image source, Agency Pictures", true),
            ("Image caption The bridge was closed", true),
            ("FILE - Ana Lind leaves the court in Vik on May 3. (AP Photo/Bo Berg)", true),
            ("Ana Lind at the harbour in Vik [Bo Berg/Agency]", true),
            ("Pupils stand outside the school. Photograph: Bo Berg/Agency", true),
            ("Pupils stand outside the school. | Photo by Bo Berg", true),
            ("Photo: B. Berg", true),
            ("The picture: nobody had seen it before.", false),
            ("“We stay,” said Ana Lind (right). Photo finishes are rare.", false),
            ("The bridge was closed, said the county (see page 4).", false),
            ("She called the image unfair.", false),
            ("The talks failed. (Reporting by Bo Berg; editing by Ana Lind)", false),
            ("It fell by 3 percent. (AFP)", false),
        ] {
            assert_eq!(is_caption(line), expected, "{line}");
        }
    }
}
