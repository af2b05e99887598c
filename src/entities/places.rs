//! Places named in one breath: `Heilongjiang, China` is two places, and a name in capitals after a place's comma is none.

use crate::{Document, EntityLabel, Span};

/// Shorter words in capitals may be a country or state (`USA`, `UK`).
const SHOUTED: usize = 4;

/// The names that one labelled span holds: a location is cut at its commas, anything else stays whole.
pub(super) fn split(doc: &Document, span: Span, label: EntityLabel) -> Vec<(Span, EntityLabel)> {
    let text = doc.slice(span);
    if label != EntityLabel::Location || !text.contains(',') {
        return vec![(span, label)];
    }
    let mut parts = Vec::new();
    let mut start = span.start();
    for part in text.split(',') {
        let inner = part.trim();
        let at = start + (part.len() - part.trim_start().len());
        start += part.len() + 1;
        if inner.chars().any(char::is_alphanumeric) {
            parts.push(Span::new(at, at + inner.len()));
        }
    }
    // `the port town of Vik, NORDA`: where the places before are written plainly, capitals mark another kind of name.
    let is_plain = parts.first().is_some_and(|&first| !is_shouted(doc.slice(first)));
    let label_of = |part: Span| if is_plain && is_shouted(doc.slice(part)) { EntityLabel::Organization } else { label };
    parts.into_iter().map(|part| (part, label_of(part))).collect()
}

fn is_shouted(text: &str) -> bool {
    text.chars().filter(|ch| ch.is_alphabetic()).count() >= SHOUTED && !text.chars().any(|ch| ch.is_lowercase() || ch.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_places_at_commas() {
        let cases = [
            ("Porto, Portugal", EntityLabel::Location, "Location Porto|Location Portugal"),
            ("Vik, NORDA", EntityLabel::Location, "Location Vik|Organization NORDA"),
            ("Boston, USA", EntityLabel::Location, "Location Boston|Location USA"),
            ("VIKTOWN, Iceland", EntityLabel::Location, "Location VIKTOWN|Location Iceland"),
            ("Vik,", EntityLabel::Location, "Location Vik"),
            ("Smith, Jones and Co", EntityLabel::Organization, "Organization Smith, Jones and Co"),
        ];
        for (text, label, expected) in cases {
            let doc = Document::from_text(text);
            let parts = split(&doc, Span::new(0, text.len()), label);
            let shown: Vec<String> = parts.iter().map(|&(span, label)| format!("{label} {}", doc.slice(span))).collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
    }
}
