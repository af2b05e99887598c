//! Holds what came out against what a case asks for.

use super::article::Article;
use super::format::Expectation;
use super::{matter, quotations, speakers};

/// One thing that a case asks for and that did not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What should have come out.
    pub expected: String,
    /// What did, with the rules that made it so.
    pub got: String,
}

impl Difference {
    pub(super) fn new(expected: impl Into<String>, got: impl Into<String>) -> Self {
        Self { expected: expected.into(), got: got.into() }
    }
}

/// Everything that did not come out as expected; `articles` are those of one file.
pub(super) fn differences(expect: &Expectation, articles: &[Article]) -> Vec<Difference> {
    let wanted = if expect.articles.is_empty() { std::slice::from_ref(expect) } else { expect.articles.as_slice() };
    if wanted.len() != articles.len() {
        let titles: Vec<&str> = articles.iter().map(|article| article.title().unwrap_or("no title")).collect();
        return vec![Difference::new(format!("{} articles", wanted.len()), format!("{} articles: {}", articles.len(), titles.join(", ")))];
    }
    wanted.iter().zip(articles).flat_map(|(expect, article)| of_article(expect, article)).collect()
}

fn of_article(expect: &Expectation, article: &Article) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    found.extend(expect.quotes.iter().filter_map(|wanted| quotations::missing(article, wanted)));
    found.extend(expect.all_quotes.iter().flat_map(|wanted| quotations::unlike(article, wanted)));
    found.extend(expect.not_quotes.iter().filter_map(|piece| quotations::unwanted(article, piece)));
    found.extend(expect.not_credited.iter().filter_map(|wanted| quotations::wrongly_credited(article, wanted)));
    found.extend(expect.speakers.iter().filter_map(|wanted| speakers::missing(article, wanted)));
    found.extend(expect.all_speakers.iter().flat_map(|wanted| speakers::unlike(article, wanted)));
    found.extend(expect.entities.iter().filter_map(|wanted| matter::missing_entity(article, wanted)));
    found.extend(matter::heads(article, expect));
    found.extend(matter::keyphrases(article, expect));
    found.extend(matter::sentences(article, expect));
    found
}
