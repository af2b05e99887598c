//! What is counted of an outlet's month: articles, sentences and words; quotations, words quoted and speakers by the kind of speaker.
//!
//! Everything is counted in each article and added up, so that counts of outlets, months and kinds of speakers may be added up as well.

use super::Article;
use crate::{Date, SpeakerKind, Theme};

/// The kind of speaker in rows that count no speakers' words.
const ALL: &str = "all";

/// Quotations whose speaker is not known.
const UNKNOWN: &str = "unknown";

/// What is counted: the kind of speaker, and the measure.
pub(super) const SLOTS: [(&str, &str); 17] = [
    (ALL, "articles"),
    (ALL, "sentences"),
    (ALL, "words"),
    ("person", "quotes"),
    ("person", "words_quoted"),
    ("person", "speakers"),
    ("organization", "quotes"),
    ("organization", "words_quoted"),
    ("organization", "speakers"),
    ("document", "quotes"),
    ("document", "words_quoted"),
    ("document", "speakers"),
    ("unnamed", "quotes"),
    ("unnamed", "words_quoted"),
    ("unnamed", "speakers"),
    (UNKNOWN, "quotes"),
    (UNKNOWN, "words_quoted"),
];

/// Counts in the order of [`SLOTS`].
pub(super) type Counts = [u64; SLOTS.len()];

/// The outlet and the month (`2031-04`) of an article; empty where its metadata do not say them.
pub(super) fn outlet_and_month(article: &Article<'_>) -> (String, String) {
    let month = Date::find(article.metadata("date"), None).and_then(Date::to_month);
    (article.metadata("outlet").to_owned(), month.map(|month| month.to_string()).unwrap_or_default())
}

/// Adds `more` to `counts`.
pub(super) fn add(counts: &mut Counts, more: &Counts) {
    counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
}

/// What is counted of a whole article.
pub(super) fn of_article(article: &Article<'_>) -> Counts {
    let analysis = article.analysis;
    let counted = [1, analysis.seg.body_sentences().count(), analysis.word_count()];
    count(article, counted, (0..analysis.quotes.len()).collect())
}

/// What is counted of a theme of an article.
pub(super) fn of_theme(article: &Article<'_>, theme: &Theme) -> Counts {
    count(article, [1, theme.sentences.len(), theme.words], theme.quotes.clone())
}

fn count(article: &Article<'_>, counted: [usize; 3], quotes: Vec<usize>) -> Counts {
    let attribution = &article.analysis.attribution;
    let mut counts = [0; SLOTS.len()];
    let mut put = |kind: &str, measure: &str, more: usize| {
        let slot = SLOTS.iter().position(|slot| *slot == (kind, measure));
        if let Some(count) = slot.and_then(|slot| counts.get_mut(slot)) {
            *count += more as u64;
        }
    };
    for (measure, more) in ["articles", "sentences", "words"].into_iter().zip(counted) {
        put(ALL, measure, more);
    }
    let mut heard = vec![false; attribution.speakers.len()];
    for index in quotes {
        let Some(quote) = article.analysis.quotes.get(index) else { continue };
        let by = attribution.by_quote.get(index).copied().flatten();
        let kind = by.and_then(|speaker| attribution.speakers.get(speaker)).map_or(UNKNOWN, |speaker| SpeakerKind::name(speaker.kind));
        put(kind, "quotes", 1);
        put(kind, "words_quoted", article.analysis.quoted_words(quote));
        if let Some(heard) = by.and_then(|speaker| heard.get_mut(speaker)).filter(|heard| !**heard) {
            *heard = true;
            put(kind, "speakers", 1);
        }
    }
    counts
}
