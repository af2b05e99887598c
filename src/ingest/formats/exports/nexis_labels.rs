//! The labels of Nexis header and footer lines, in the languages that Nexis writes.

/// What a label says that every reader has a key for, or what ends the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A key of the metadata.
    Key(&'static str),
    /// The body follows.
    Body,
    /// Something after the body, kept under a key.
    Trailer(&'static str),
}

/// Labels of header lines, lower-cased.
const LABELS: [(&str, Label); 51] = [
    ("length", Label::Key("length")),
    ("länge", Label::Key("length")),
    ("longueur", Label::Key("length")),
    ("longitud", Label::Key("length")),
    ("lunghezza", Label::Key("length")),
    ("lengte", Label::Key("length")),
    ("byline", Label::Key("byline")),
    ("autor", Label::Key("byline")),
    ("auteur", Label::Key("byline")),
    ("autore", Label::Key("byline")),
    ("author", Label::Key("byline")),
    ("section", Label::Key("section")),
    ("rubrik", Label::Key("section")),
    ("rubrique", Label::Key("section")),
    ("sección", Label::Key("section")),
    ("sezione", Label::Key("section")),
    ("rubriek", Label::Key("section")),
    ("sectie", Label::Key("section")),
    ("headline", Label::Key("title")),
    ("dateline", Label::Key("dateline")),
    ("highlight", Label::Key("highlight")),
    ("series", Label::Key("series")),
    ("edition", Label::Key("edition")),
    ("body", Label::Body),
    ("textkörper", Label::Body),
    ("corps", Label::Body),
    ("cuerpo", Label::Body),
    ("load-date", Label::Trailer("load_date")),
    ("date-chargement", Label::Trailer("load_date")),
    ("fecha-carga", Label::Trailer("load_date")),
    ("update", Label::Trailer("load_date")),
    ("language", Label::Trailer("language")),
    ("sprache", Label::Trailer("language")),
    ("langue", Label::Trailer("language")),
    ("idioma", Label::Trailer("language")),
    ("lingua", Label::Trailer("language")),
    ("taal", Label::Trailer("language")),
    ("graphic", Label::Trailer("graphic")),
    ("grafik", Label::Trailer("graphic")),
    ("graphique", Label::Trailer("graphic")),
    ("publication-type", Label::Trailer("publication_type")),
    ("type-publication", Label::Trailer("publication_type")),
    ("journal-code", Label::Trailer("journal_code")),
    ("zeitungs-code", Label::Trailer("journal_code")),
    ("code-revue", Label::Trailer("journal_code")),
    ("document-type", Label::Trailer("document_type")),
    ("correction", Label::Trailer("correction")),
    ("correction-date", Label::Trailer("correction_date")),
    ("classification", Label::Trailer("classification")),
    ("notes", Label::Trailer("notes")),
    ("subject", Label::Trailer("subject")),
];

/// Labels of the index terms after an article, which stay under their own names.
const TERMS: [&str; 12] =
    ["organization", "company", "industry", "geographic", "person", "ticker", "city", "state", "country", "url", "distribution", "acc-no"];

/// The label of a paragraph and what stands after it: `LENGTH: 355 words`, `Section: News`, and alone `Body`, `Graphic`.
///
/// Old exports write labels in capitals (`is_old`), new ones with a capital; in running text *Update: …* is no label.
pub(super) fn label(text: &str, is_old: bool) -> Option<(Label, String, &str)> {
    let (name, value) = match text.split_once(':') {
        Some((name, value)) => (name.trim(), value.trim()),
        None if text.len() <= 20 => (text.trim(), ""),
        None => return None,
    };
    if name.is_empty() || name.len() > 24 || !name.chars().all(|ch| ch.is_alphabetic() || ch == '-') {
        return None;
    }
    let is_shouted = !name.chars().any(char::is_lowercase) && name.chars().count() > 2;
    let is_titled = name.chars().next().is_some_and(char::is_uppercase);
    let fits = if is_old { is_shouted && text.contains(':') } else { is_titled };
    if !fits {
        return None;
    }
    let lower = name.to_lowercase();
    let known = LABELS.iter().find(|(label, _)| *label == lower).map(|(_, label)| *label);
    let label = match known {
        Some(Label::Key(key)) if value.is_empty() && key != "highlight" && !is_old => return None,
        Some(Label::Trailer("load_date")) if super::date_in(value).is_none() => return None,
        Some(Label::Trailer("notes" | "correction")) if !is_old && !value.is_empty() => return None,
        Some(Label::Trailer(key))
            if !is_old && value.is_empty() && !matches!(key, "graphic" | "classification" | "notes" | "correction") =>
        {
            return None;
        }
        Some(label) => label,
        None if TERMS.contains(&lower.as_str()) => Label::Trailer(""),
        None => return None,
    };
    let key = match label {
        Label::Trailer("") => lower.replace('-', "_"),
        Label::Key(key) | Label::Trailer(key) => key.to_owned(),
        Label::Body => String::new(),
    };
    Some((label, key, value))
}

/// Whether a paragraph is the line that counts documents at the head of each: `3 of 200 DOCUMENTS`, `Dokument 3 von 200`.
pub(super) fn is_count(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.len() <= 7 && word.bytes().all(|byte| byte.is_ascii_digit());
    let of = |word: &str| matches!(word.to_lowercase().as_str(), "von" | "de" | "van" | "di");
    match words.as_slice() {
        [from, join, to, name] => {
            let is_english = number(from) && (*join == "of" || of(join)) && number(to) && name.to_uppercase().starts_with("DOCUMENT");
            // `Document 3 of 49` is ProQuest's.
            is_english || is_document(from) && number(join) && of(to) && number(name)
        }
        _ => false,
    }
}

fn is_document(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "dokument" | "document" | "documento")
}

/// Whether a paragraph ends an article of a new export.
pub(super) fn is_end(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    matches!(
        lower.as_str(),
        "end of document" | "ende des dokuments" | "fin du document" | "fin del documento" | "fine del documento" | "einde van document"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_labels() {
        for (text, is_old, expected) in [
            ("LENGTH: 355 words", true, Some(("length", "355 words"))),
            ("LÄNGE: 1285 Wörter", true, Some(("length", "1285 Wörter"))),
            ("Section: POLITICS; Version:28", false, Some(("section", "POLITICS; Version:28"))),
            ("UPDATE: 28. Februar 2012", true, Some(("load_date", "28. Februar 2012"))),
            ("UPDATE: the bank replied", true, None),
            ("Update: a word", false, None),
            ("Graphic", false, Some(("graphic", ""))),
            ("ORGANIZATION: Bank", true, Some(("organization", "Bank"))),
            ("He said: no", false, None),
            ("Notes: he wrote many", false, None),
            ("MAYOR: we will not", true, None),
        ] {
            let found = label(text, is_old);
            assert_eq!(found.as_ref().map(|(_, key, value)| (key.as_str(), *value)), expected, "{text}");
        }
    }

    #[test]
    fn reads_counts() {
        for (text, expected) in [
            ("1 of 200 DOCUMENTS", true),
            ("2001 of 2146 DOCUMENTS", true),
            ("Dokument 3 von 49", true),
            ("Document 3 de 49", true),
            ("3 of 5 people", false),
            ("Document 3 of 500", false),
            ("one of two DOCUMENTS", false),
        ] {
            assert_eq!(is_count(text), expected, "{text}");
        }
    }
}
