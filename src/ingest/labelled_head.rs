//! Splits labelled lines off the head of a text and makes metadata of them.
//!
//! ```text
//! Headline: Rates rise
//! Author: Ana Lind
//!
//! The bank raised its rates.
//! ```

use super::names;

/// The longest label, in bytes.
const LONGEST: usize = 24;

/// The fields in the labelled lines that a text begins with, and the text after them.
///
/// Two labels that are known are needed, three where no blank line parts them from the text.
pub(super) fn split(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut known = 0;
    let mut at = 0;
    let mut end = 0;
    let mut is_after_blank = false;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        at += line.len();
        if words.is_empty() {
            is_after_blank = true;
            continue;
        }
        let Some((label, value)) = labelled(words) else { break };
        let is_known = names::known_key(label).is_some() || is_noted(label);
        if is_text_label(label) && known > 1 {
            // The text begins on the label's own line or behind it.
            let rest = text.get(at - line.len()..)?.split_once(':')?.1;
            return Some((fields, rest.trim_start_matches([' ', '\t', '\r', '\n'])));
        }
        if !is_known || (value.is_empty() && !is_noted(label)) {
            break;
        }
        known += usize::from(names::known_key(label).is_some());
        fields.push((label.to_owned(), value.to_owned()));
        end = at;
        is_after_blank = false;
    }
    let body = text.get(end..)?;
    let least = if is_after_blank { 2 } else { 3 };
    (known >= least && !body.trim().is_empty()).then_some((fields, body.trim_start_matches(['\r', '\n'])))
}

/// The label and the value of a line `Label: value`.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.len() <= LONGEST
        && label.starts_with(char::is_uppercase)
        && label.split(' ').count() <= 3
        && label.chars().all(|ch| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '_' | '.'));
    is_label.then(|| (label.trim(), value.trim()))
}

/// Whether a label is one of an article's header that no other reader asks for.
fn is_noted(label: &str) -> bool {
    matches!(
        label.to_lowercase().as_str(),
        "length"
            | "subtitle"
            | "subheadline"
            | "edition"
            | "page"
            | "pages"
            | "dateline"
            | "copyright"
            | "load-date"
            | "word count"
            | "words"
            | "tags"
            | "keywords"
            | "topics"
            | "categories"
            | "subject"
            | "subjects"
            | "accessed"
            | "retrieved"
            | "updated"
            | "type"
            | "publication-type"
            | "country"
            | "region"
            | "issn"
            | "doi"
    )
}

fn is_text_label(label: &str) -> bool {
    matches!(label.to_lowercase().as_str(), "text" | "body" | "full text" | "article" | "content" | "story" | "article text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_labelled_lines_off() {
        let fields = |text| {
            split(text)
                .map(|(fields, body)| (fields.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("|"), body))
        };
        for (text, expected) in [
            (
                "Headline: Rates rise\nAuthor: Ana Lind\nLength: 9 words\n\nThe bank.",
                Some(("Headline=Rates rise|Author=Ana Lind|Length=9 words", "The bank.")),
            ),
            ("TITLE: Rates\r\n\r\nDATE: 2021-03-12\r\n\r\nThe bank.", Some(("TITLE=Rates|DATE=2021-03-12", "The bank."))),
            ("Title: A\nDate: B\nSource: C\nThe bank.", Some(("Title=A|Date=B|Source=C", "The bank."))),
            ("Title: A\nDate: B\nText: The bank.\nMore.", Some(("Title=A|Date=B", "The bank.\nMore."))),
            ("Title: A\nDate: B\nThe bank.", None),
            ("Title: A\n\nThe bank.", None),
            ("LIND: No.\nBERG: Yes.\n\nThe bank.", None),
            ("Rates rise\nDate: B\nSource: C\n\nThe bank.", None),
            ("Title: A\nDate: B\n", None),
        ] {
            let found = fields(text);
            assert_eq!(found.as_ref().map(|(fields, body)| (fields.as_str(), *body)), expected, "{text}");
        }
    }
}
