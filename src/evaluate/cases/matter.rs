//! Whether the article's head, entities, keyphrases and sentences are as a case asks.

use super::article::{Article, EntityOut};
use super::compare::Difference;
use super::format::{EntityWanted, Expectation, OneOrMore};
use super::plain::{holds_words, is_same_name, plain, words_of};

/// Title, byline and date.
pub(super) fn heads(article: &Article, expect: &Expectation) -> Vec<Difference> {
    let mut found = Vec::new();
    if let Some(title) = &expect.title
        && article.title().is_none_or(|got| words_of(got) != words_of(title))
    {
        found.push(Difference::new(format!("title {title:?}"), or_none("title", article.title())));
    }
    let byline = article.byline();
    if let Some(names) = &expect.byline
        && !names.iter().all(|name| holds_words(&plain(&byline), &plain(name)))
    {
        let expected = format!("byline with {}", names.iter().collect::<Vec<_>>().join(" and "));
        found.push(Difference::new(expected, or_none("byline", Some(byline.as_str()).filter(|byline| !byline.is_empty()))));
    }
    if let Some(date) = &expect.date
        && !article.date().is_some_and(|got| got.starts_with(date.as_str()))
    {
        found.push(Difference::new(format!("date {date}"), or_none("date", article.date())));
    }
    found
}

/// An entity that no entity of the article fits.
pub(super) fn missing_entity(article: &Article, wanted: &EntityWanted) -> Option<Difference> {
    let is_name = |name: &str| is_same_name(wanted.name.iter(), Some(name));
    let is_named = |entity: &&EntityOut| is_name(&entity.name) || entity.mentions.iter().any(|mention| is_name(&mention.text));
    let found: Vec<&EntityOut> = article.entities.iter().filter(is_named).collect();
    let title = article.title_place();
    let in_title = |entity: &EntityOut| {
        let lies = |start: usize, end: usize| title.is_some_and(|title| title.start <= start && end <= title.end);
        entity.mentions.iter().any(|mention| lies(mention.place.start, mention.place.end) && is_name(&mention.text))
    };
    let fits = |entity: &&EntityOut| {
        wanted.label.as_ref().is_none_or(|labels| labels.iter().any(|label| label == entity.label))
            && (!wanted.in_title || in_title(entity))
    };
    if found.iter().any(fits) {
        return None;
    }
    let label = wanted.label.as_ref().map(|labels| format!(" <{}>", labels.shown())).unwrap_or_default();
    let expected = format!("entity {}{label}{}", wanted.name.shown(), if wanted.in_title { " in the title" } else { "" });
    let got = if found.is_empty() { article.entities.iter().collect() } else { found };
    let got: Vec<String> = got.iter().map(|entity| format!("{} <{}>", entity.name, entity.label)).collect();
    Some(Difference::new(expected, or_none("entity", (!got.is_empty()).then(|| got.join(", ")).as_deref())))
}

/// Keyphrases that are missing, and those that are none.
pub(super) fn keyphrases(article: &Article, expect: &Expectation) -> Vec<Difference> {
    let phrases: Vec<String> = article.keyphrases().map(plain).collect();
    let is_missing = |wanted: &&OneOrMore| !wanted.iter().any(|phrase| phrases.contains(&plain(phrase)));
    let missing = expect.keyphrases_include.iter().filter(is_missing);
    let missing = missing.map(|wanted| Difference::new(format!("keyphrase {}", wanted.shown()), phrases.join(", ")));
    let unwanted = expect.keyphrases_exclude.iter().filter(|phrase| phrases.contains(&plain(phrase)));
    missing.chain(unwanted.map(|phrase| Difference::new(format!("{phrase:?} is no keyphrase"), phrases.join(", ")))).collect()
}

/// Sentences that are missing.
pub(super) fn sentences(article: &Article, expect: &Expectation) -> Vec<Difference> {
    if expect.sentences_include.is_empty() {
        return Vec::new();
    }
    let sentences: Vec<String> = article.sentences().iter().map(|sentence| plain(sentence)).collect();
    let missing = expect.sentences_include.iter().filter(|wanted| !sentences.contains(&plain(wanted)));
    let found = missing.map(|wanted| {
        let words = plain(wanted);
        let is_near = |sentence: &&String| !sentence.is_empty() && (words.contains(sentence.as_str()) || sentence.contains(&words));
        let near: Vec<&str> = sentences.iter().filter(is_near).take(3).map(String::as_str).collect();
        let near = if near.is_empty() { sentences.iter().take(3).map(String::as_str).collect() } else { near };
        Difference::new(format!("sentence {wanted:?}"), near.join(" | "))
    });
    found.collect()
}

fn or_none(what: &str, got: Option<&str>) -> String {
    got.map_or_else(|| format!("no {what}"), |got| format!("{what} {got:?}"))
}
