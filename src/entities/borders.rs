//! Where the names end that the model cut short or ran together.
//!
//! ```text
//! Ana “Nan” Lind      Arjun s/o Raman      General Fan Chiang Lee      PT Sinar Laut (SL)      Ana Lind ⏎ VIK
//! ```

use std::ops::Range;

use super::joined_names;
use crate::{EntityLabel, LabelledSpan, Reading, Span, lexicon};

/// The longest nickname between marks, in tokens.
const NICKNAME: usize = 4;

/// The model's entities with their borders mended, in text order.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<LabelledSpan<EntityLabel>> {
    let mut mended: Vec<LabelledSpan<EntityLabel>> = Vec::new();
    for found in &reading.encoding.entities {
        for mut found in by_paragraph(reading, found).into_iter().flat_map(|found| joined_names::split(reading, found)) {
            if found.tokens.len() == 1 && joined_names::is_epithet(reading.token_text(found.tokens.start)) {
                continue;
            }
            let open = mended.last().filter(|last| last.label == EntityLabel::Person && found.label == EntityLabel::Person);
            let close = open.and_then(|last| closing_mark(reading, last.tokens.end)).filter(|&close| found.tokens.end <= close);
            if let (Some(last), Some(close)) = (mended.last_mut(), close) {
                last.tokens.end = close + 1; // the model knows the nickname as well
                continue;
            }
            let taken = mended.last().map_or(0, |last| last.tokens.end);
            found.tokens.start = with_family_name(reading, &found, taken);
            match mended.last_mut().filter(|last| are_one(reading, last, &found)) {
                Some(last) => last.tokens.end = found.tokens.end,
                None => mended.push(found),
            }
        }
    }
    for at in 0..mended.len() {
        let free_from = at.checked_sub(1).and_then(|at| mended.get(at)).map_or(0, |last| last.tokens.end);
        let free_to = mended.get(at + 1).map_or(reading.seg.tokens.len(), |next| next.tokens.start);
        if let Some(found) = mended.get_mut(at).filter(|found| found.label == EntityLabel::Person) {
            found.tokens.end = with_nickname(reading, &found.tokens, free_to);
        }
        if let Some(found) = mended.get_mut(at).filter(|found| found.label == EntityLabel::Organization) {
            found.tokens.end = without_place(reading, &found.tokens);
        }
        let is_named = |found: &&mut LabelledSpan<EntityLabel>| matches!(found.label, EntityLabel::Person | EntityLabel::Organization);
        if let Some(found) = mended.get_mut(at).filter(is_named)
            && let Some(tokens) = company(reading, &found.tokens, free_from)
        {
            (found.label, found.tokens) = (EntityLabel::Organization, tokens);
        }
    }
    mended
}

/// The parts of an entity in each paragraph it touches.
fn by_paragraph(reading: &Reading<'_>, found: &LabelledSpan<EntityLabel>) -> Vec<LabelledSpan<EntityLabel>> {
    let mut parts: Vec<LabelledSpan<EntityLabel>> = Vec::new();
    for token in found.tokens.clone() {
        let paragraph = |token: usize| reading.seg.tokens.get(token).and_then(|token| reading.seg.paragraph_at(token.span.start()));
        match parts.last_mut().filter(|last| paragraph(last.tokens.start) == paragraph(token)) {
            Some(last) => last.tokens.end = token + 1,
            None => parts.push(LabelledSpan { tokens: token..token + 1, ..found.clone() }),
        }
    }
    parts
}

/// Two parts of one person's name with a particle or a nickname in marks between them.
fn are_one(reading: &Reading<'_>, a: &LabelledSpan<EntityLabel>, b: &LabelledSpan<EntityLabel>) -> bool {
    let gap = a.tokens.end..b.tokens.start;
    let is_person = a.label == EntityLabel::Person && b.label == EntityLabel::Person;
    is_person && share_sentence(reading, a.tokens.start, b.tokens.start) && {
        let between = reading.seg.span_of(gap.clone()).map(|span| reading.slice(span)).unwrap_or_default();
        let ends_in_mark = a.tokens.end.checked_sub(1).is_some_and(|last| matches!(reading.token_text(last), "”" | "’" | "\"" | "'"));
        gap.is_empty() && ends_in_mark
            || lexicon::is_particle(between)
            || closing_mark(reading, gap.start).is_some_and(|close| close + 1 == gap.end)
    }
}

/// Where the mark closes that opens at token `at`, around a nickname.
fn closing_mark(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let close = match reading.token_text(at) {
        "“" => "”",
        "‘" => "’",
        "\"" => "\"",
        "'" => "'",
        _ => return None,
    };
    let close = (at + 2..at + 2 + NICKNAME).find(|&at| reading.token_text(at) == close)?;
    let is_nickname = (at + 1..close).all(|at| reading.token_text(at).chars().all(|ch| ch.is_alphanumeric() || matches!(ch, '-' | '’')));
    (is_nickname && share_sentence(reading, at, close)).then_some(close)
}

/// The end of a person's name whose family name the model left out behind a nickname: *Roman “the Pipe” Lys*.
fn with_nickname(reading: &Reading<'_>, name: &Range<usize>, limit: usize) -> usize {
    let Some(close) = closing_mark(reading, name.end).filter(|&close| close < limit) else { return name.end };
    let is_part = |&at: &usize| {
        at < limit && is_capital(reading.token_text(at)) && share_sentence(reading, close, at) && !reading.token_text(at).contains(',')
    };
    let last = (close + 1..limit).take_while(is_part).last();
    last.map_or(name.end, |last| last + 1)
}

/// The start of a person's name whose first part stands unlabelled between it and a title, or is a given name before a surname alone.
fn with_family_name(reading: &Reading<'_>, found: &LabelledSpan<EntityLabel>, taken: usize) -> usize {
    let start = found.tokens.start;
    let given = start.checked_sub(1).filter(|&given| found.label == EntityLabel::Person && found.tokens.len() == 1 && given >= taken);
    if let Some(given) = given.filter(|&given| {
        let word = reading.token_text(given);
        is_capital(word) && lexicon::is_given_name(&word.to_lowercase()) && share_sentence(reading, given, start)
    }) {
        return given;
    }
    let Some(title) = start.checked_sub(2).filter(|&title| found.label == EntityLabel::Person && title >= taken) else { return start };
    let (title_word, word) = (reading.token_text(title), reading.token_text(title + 1));
    let lower = word.to_lowercase();
    let is_free = is_capital(word) && word.len() > 1 && !is_title(&lower) && !lexicon::stands_after_title(&lower);
    let has_title = is_capital(title_word) && is_title(&title_word.to_lowercase());
    if is_free && has_title && share_sentence(reading, title, start) { title + 1 } else { start }
}

/// The end of a company's name before the place that it is of: *Kettle & Crow of Vik*, *Lind Ltd of Norway*; a *Bank of Vik* is one name.
fn without_place(reading: &Reading<'_>, name: &Range<usize>) -> usize {
    let is_of = |at: &usize| reading.token_text(*at) == "of";
    let ends = |at: &usize| {
        let last = reading.token_text(at - 1).trim_end_matches('.').to_lowercase();
        let is_pair = (name.start..*at).any(|at| reading.token_text(at) == "&");
        is_pair || lexicon::is_legal_form(&last) || lexicon::ends_company(&last) && lexicon::body_noun(&last).is_none()
    };
    (name.start + 1..name.end).find(|at| is_of(at) && ends(at)).unwrap_or(name.end)
}

/// The whole name of a company, which the model may take for a person: a legal form stands before it, its initials or *which* behind it.
fn company(reading: &Reading<'_>, name: &Range<usize>, free_from: usize) -> Option<Range<usize>> {
    let form = name.start.checked_sub(1).filter(|&at| at >= free_from && lexicon::is_leading_legal_form(reading.token_text(at)));
    let initials: String = name.clone().filter_map(|at| reading.token_text(at).chars().find(|ch| ch.is_uppercase())).collect();
    let is_bracketed = reading.token_text(name.end) == "(" && reading.token_text(name.end + 2) == ")";
    let has_short_form = is_bracketed && initials.len() > 1 && reading.token_text(name.end + 1).ends_with(&initials);
    let is_thing = reading.token_text(name.end) == "," && reading.token_text(name.end + 1) == "which";
    (form.is_some() || has_short_form || is_thing).then(|| form.unwrap_or(name.start)..name.end)
}

/// Whether a lower-case word, with or without its full stop, is a title before a person's name.
fn is_title(word: &str) -> bool {
    lexicon::is_title(word.trim_end_matches('.'))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn share_sentence(reading: &Reading<'_>, a: usize, b: usize) -> bool {
    let sentence = |at: usize| {
        let span: Option<Span> = reading.seg.tokens.get(at).map(|token| token.span);
        span.and_then(|span| reading.seg.sentence_at(span.start()))
    };
    sentence(a) == sentence(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    /// The names of `text` once those labelled as persons are mended.
    fn names(text: &str, persons: &[&str]) -> Vec<String> {
        let annotated = persons.iter().fold(Annotated::new(text), |annotated, name| annotated.entity(name, EntityLabel::Person));
        let reading = annotated.reading();
        let shown = |found: &LabelledSpan<EntityLabel>| {
            let mark = if found.label == EntityLabel::Person { "" } else { "*" };
            format!("{}{mark}", reading.slice(reading.seg.span_of(found.tokens.clone()).expect("tokens")))
        };
        mend(&reading).iter().map(shown).collect()
    }

    #[test]
    fn names_are_whole() {
        let cases: [(&str, &[&str], &[&str]); 12] = [
            ("Ana “Nan” Lind Olsen spoke.", &["Ana", "Lind Olsen"], &["Ana “Nan” Lind Olsen"]),
            ("Roman “the Pipe” Lys, a plumber, spoke.", &["Roman"], &["Roman “the Pipe” Lys"]),
            ("Ana \"Nan Nan\" Lind spoke.", &["Ana", "Nan Nan", "Lind"], &["Ana \"Nan Nan\" Lind"]),
            ("Ana “never” said it.", &["Ana"], &["Ana"]),
            ("Arjun s/o Raman spoke.", &["Arjun", "Raman"], &["Arjun s/o Raman"]),
            ("Ana Lind met Bo Berg.", &["Ana Lind", "Bo Berg"], &["Ana Lind", "Bo Berg"]),
            ("Lieutenant General Fan Chiang Lee spoke.", &["Chiang Lee"], &["Fan Chiang Lee"]),
            (
                "PT Sinar Laut closed. Nusa Kota Jaya (NKJ) did not.",
                &["Sinar Laut", "Nusa Kota Jaya"],
                &["PT Sinar Laut*", "Nusa Kota Jaya*"],
            ),
            ("Sinar Laut, which builds ships, closed.", &["Sinar Laut"], &["Sinar Laut*"]),
            ("President Elect Lind spoke.", &["Lind"], &["Lind"]),
            ("They met the British. Colm Lind spoke.", &["Lind"], &["Colm Lind"]),
            ("Self-described “river rat” Bo Lind spoke.", &["Self-described", "Bo Lind"], &["Bo Lind"]),
        ];
        for (text, persons, expected) in cases {
            assert_eq!(names(text, persons), expected, "{text}");
        }
    }
}
