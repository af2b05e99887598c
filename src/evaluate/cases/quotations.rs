//! Which quotations are missing, which are none, and who is credited with what was not said.

use super::article::{Article, QuoteOut};
use super::compare::Difference;
use super::format::{Accepted, NotCredited, OneOrMore, QuoteWanted};
use super::plain::{holds_words, is_same_name, loose, name_key, words_of};

/// How names are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Without titles, articles and case.
    Loosely,
    /// As they are written.
    ToTheLetter,
}

/// A quotation that no quotation of the article fits.
pub(super) fn missing(article: &Article, wanted: &QuoteWanted) -> Option<Difference> {
    let found: Vec<&QuoteOut> = match (&wanted.content, &wanted.whole) {
        (Some(piece), _) => having(article, piece),
        (None, Some(whole)) => article.quotes.iter().filter(|quote| is_whole(quote, whole)).collect(),
        (None, None) => article.quotes.iter().collect(),
    };
    if found.is_empty() {
        let near = nearest(article, wanted);
        return Some(Difference::new(shown(wanted), if near.is_empty() { "no such quotation".to_owned() } else { near }));
    }
    if let Some(all) = &wanted.speakers_all {
        let names: Vec<String> = found.iter().flat_map(|quote| article.speaker_names(quote)).map(name_key).collect();
        let joint = names.join(" ");
        if !all.iter().map(|name| name_key(name)).all(|name| names.contains(&name) || holds_words(&joint, &name)) {
            return Some(Difference::new(shown(wanted), all_shown(article, &found)));
        }
    }
    let fits = |quote: &&QuoteOut| faults(article, wanted, quote, Names::Loosely).is_empty();
    if found.iter().any(fits) {
        return None;
    }
    let closest = found.iter().min_by_key(|quote| faults(article, wanted, quote, Names::Loosely).len())?;
    let wrong = faults(article, wanted, closest, Names::Loosely).join(", ");
    Some(Difference::new(shown(wanted), format!("{} (wrong: {wrong})", article.shown(closest))))
}

/// Where the quotations of the article are not these, in this order.
pub(super) fn unlike(article: &Article, wanted: &[QuoteWanted]) -> Vec<Difference> {
    let quotes: Vec<&QuoteOut> = article.quotes.iter().collect();
    if quotes.len() != wanted.len() {
        let expected: Vec<String> = wanted.iter().map(shown).collect();
        let expected = format!("{} in all{}{}", counted(wanted.len()), if wanted.is_empty() { "" } else { ": " }, expected.join("; "));
        let got = if quotes.is_empty() { "none".to_owned() } else { all_shown(article, &quotes) };
        return vec![Difference::new(expected, got)];
    }
    let pairs = wanted.iter().zip(quotes).filter_map(|(wanted, quote)| {
        let wrong = faults(article, wanted, quote, Names::ToTheLetter);
        (!wrong.is_empty()).then(|| Difference::new(shown(wanted), format!("{} (wrong: {})", article.shown(quote), wrong.join(", "))))
    });
    pairs.collect()
}

/// A quotation with words that are none.
pub(super) fn unwanted(article: &Article, piece: &str) -> Option<Difference> {
    let quote = having(article, piece).into_iter().next()?;
    Some(Difference::new(format!("no quotation with {piece:?}"), article.shown(quote)))
}

/// A quotation that is credited to somebody who did not say it.
pub(super) fn wrongly_credited(article: &Article, wanted: &NotCredited) -> Option<Difference> {
    let (piece, name) = match wanted {
        NotCredited::ToAnybody(piece) => (piece, None),
        NotCredited::To(to) => (&to.content, Some(to.speaker.as_str())),
    };
    let is_credited = |quote: &&QuoteOut| {
        article.speaker(quote).is_some_and(|speaker| match name {
            Some(name) => is_same_name([name], Some(&speaker.name)),
            None => matches!(speaker.kind.as_str(), "person" | "organization"),
        })
    };
    let quote = having(article, piece).into_iter().find(is_credited)?;
    Some(Difference::new(format!("{piece:?} not credited to {}", name.unwrap_or("anybody named")), article.shown(quote)))
}

/// The quotations with `piece` in one of their parts, or in all of them together.
fn having<'a>(article: &'a Article, piece: &str) -> Vec<&'a QuoteOut> {
    let piece = loose(piece);
    article.quotes.iter().filter(|quote| quote.contents().iter().any(|part| loose(part).contains(&piece))).collect()
}

fn is_whole(quote: &QuoteOut, whole: &OneOrMore) -> bool {
    quote.content.iter().map(|part| part.text.as_str()).eq(whole.iter())
}

/// What about a quotation is not as wanted.
fn faults(article: &Article, wanted: &QuoteWanted, quote: &QuoteOut, names: Names) -> Vec<&'static str> {
    let is_part = |wanted: &Option<String>, got: Option<&str>| wanted.as_ref().is_none_or(|wanted| wanted == got.unwrap_or_default());
    let first = quote.content.first().map(|part| words_of(&part.text)).unwrap_or_default();
    let last = quote.content.last().map(|part| words_of(&part.text)).unwrap_or_default();
    let piece = wanted.content.as_deref().map(loose);
    let checks = [
        ("content", piece.is_none_or(|piece| quote.contents().iter().any(|part| loose(part).contains(&piece)))),
        ("whole content", wanted.whole.as_ref().is_none_or(|whole| is_whole(quote, whole))),
        ("start", wanted.content_starts.as_ref().is_none_or(|start| first.starts_with(&words_of(start)))),
        ("end", wanted.content_ends.as_ref().is_none_or(|end| last.ends_with(&words_of(end)))),
        ("kind", wanted.kind.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == quote.kind))),
        ("cue", is_part(&wanted.cue, quote.cue.as_ref().map(|cue| cue.text.as_str()))),
        ("source", is_part(&wanted.source, quote.source.as_ref().map(|source| source.text.as_str()))),
        ("speaker", wanted.speaker.as_ref().is_none_or(|accepted| is_speaker(article, accepted, quote, names))),
    ];
    checks.into_iter().filter(|(_, holds)| !holds).map(|(name, _)| name).collect()
}

fn is_speaker(article: &Article, accepted: &Accepted, quote: &QuoteOut, names: Names) -> bool {
    let name = article.speaker(quote).map(|speaker| speaker.name.as_str());
    match name {
        None => accepted.0.contains(&None),
        Some(_) if names == Names::ToTheLetter => accepted.0.iter().any(|wanted| wanted.as_deref() == name),
        Some(_) => is_same_name(accepted.0.iter().flatten().map(String::as_str), name),
    }
}

/// Quotations that share the first words of a missing one.
fn nearest(article: &Article, wanted: &QuoteWanted) -> String {
    let piece = wanted.content.as_deref().or(wanted.whole.as_ref().and_then(|whole| whole.iter().next())).unwrap_or_default();
    let piece = loose(piece);
    let is_near = |quote: &&QuoteOut| {
        let content = loose(&quote.contents().join(" "));
        piece.split(' ').take(2).all(|word| content.split(' ').any(|other| other == word))
    };
    all_shown(article, &article.quotes.iter().filter(is_near).take(2).collect::<Vec<_>>())
}

fn all_shown(article: &Article, quotes: &[&QuoteOut]) -> String {
    quotes.iter().map(|quote| article.shown(quote)).collect::<Vec<_>>().join("; ")
}

fn counted(quotes: usize) -> String {
    match quotes {
        0 => "no quotation".to_owned(),
        1 => "1 quotation".to_owned(),
        many => format!("{many} quotations"),
    }
}

fn shown(wanted: &QuoteWanted) -> String {
    let whole = wanted.whole.as_ref().map(|whole| format!("{:?}", whole.0.join(" ‖ ")));
    let piece = wanted.content.as_ref().map(|piece| format!("{piece:?}"));
    let speaker = wanted.speaker.as_ref().map(|accepted| {
        let names: Vec<&str> = accepted.0.iter().map(|name| name.as_deref().unwrap_or("nobody")).collect();
        format!("by {}", names.join(" / "))
    });
    let parts = [
        whole.or(piece),
        speaker,
        wanted.speakers_all.as_ref().map(|all| format!("by {}", all.join(" and "))),
        wanted.kind.as_ref().map(OneOrMore::shown),
        wanted.content_starts.as_ref().map(|start| format!("starting {start:?}")),
        wanted.content_ends.as_ref().map(|end| format!("ending {end:?}")),
        wanted.cue.as_ref().map(|cue| format!("cue {cue:?}")),
        wanted.source.as_ref().map(|source| format!("source {source:?}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
