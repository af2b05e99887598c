//! In how many articles of a run a word stands, in memory that does not grow with the run.
//!
//! Counts are kept in a Count-Min sketch (Cormode and Muthukrishnan 2005) with conservative update (Estan and Varghese 2002): four rows of
//! counters, a word has one place in each, and its count is the smallest of the four. It is exact until words collide in all rows: of
//! 50,000 different words about three are counted too high, by a chance neighbour's articles; none is ever counted too low.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::stem::stem;
use crate::{Document, Segmentation, Span, TokenKind};

const ROWS: usize = 4;

/// Counters in a row: 8 MB in all.
const WIDTH: usize = 1 << 19;

/// A word by the hash of its stem.
pub(crate) type WordKey = u64;

/// Counts the articles of a run that have a word.
#[derive(Debug, Clone)]
pub(crate) struct ArticleFrequencies {
    counters: Vec<u32>,
    articles: usize,
}

impl Default for ArticleFrequencies {
    fn default() -> Self {
        Self { counters: vec![0; ROWS * WIDTH], articles: 0 }
    }
}

impl ArticleFrequencies {
    /// Counts one article's words, each once.
    pub(crate) fn add(&mut self, doc: &Document, seg: &Segmentation) {
        self.articles += 1;
        let forms: BTreeSet<String> = words(doc, seg, 0..seg.tokens.len()).map(str::to_lowercase).collect();
        let keys: BTreeSet<WordKey> = forms.iter().map(|form| word_key(form)).collect();
        for key in keys {
            let count = self.count(key) + 1;
            for place in places(key) {
                if let Some(counter) = self.counters.get_mut(place) {
                    *counter = count.max(*counter);
                }
            }
        }
    }

    /// How often a phrase is said, times the logarithm of how few articles have its commonest word; `None` before the second article.
    ///
    /// The commonest word decides, not the phrase: phrases are the rarer the longer they are, whether they say something or not.
    pub(crate) fn tf_idf(&self, mentions: usize, phrase: &[WordKey]) -> Option<f64> {
        let most = phrase.iter().map(|&key| self.count(key)).max().filter(|_| self.articles > 1)?;
        Some(mentions as f64 * (self.articles as f64 / f64::from(most.max(1))).ln())
    }

    fn count(&self, key: WordKey) -> u32 {
        places(key).filter_map(|place| self.counters.get(place).copied()).min().unwrap_or_default()
    }
}

/// The words of a place in an article.
pub(crate) fn phrase_keys(doc: &Document, seg: &Segmentation, span: Span) -> Vec<WordKey> {
    words(doc, seg, seg.tokens_in(span)).map(word_key).collect()
}

fn words<'a>(doc: &'a Document, seg: &'a Segmentation, tokens: std::ops::Range<usize>) -> impl Iterator<Item = &'a str> {
    let tokens = seg.tokens.get(tokens).unwrap_or_default();
    tokens.iter().filter(|token| token.kind == TokenKind::Word).map(|token| doc.slice(token.span))
}

fn word_key(word: &str) -> WordKey {
    let mut hasher = DefaultHasher::new();
    stem(word).hash(&mut hasher);
    hasher.finish()
}

/// One place in each row, all made of one hash (Kirsch and Mitzenmacher 2006).
fn places(key: WordKey) -> impl Iterator<Item = usize> {
    let (first, step) = (key & 0xffff_ffff, (key >> 32) | 1);
    (0..ROWS).map(move |row| {
        let column = first.wrapping_add(step.wrapping_mul(row as u64)) % WIDTH as u64;
        row * WIDTH + usize::try_from(column).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    #[test]
    fn commonest_word_of_a_phrase_decides_and_inflections_are_one_word() {
        let mut run = ArticleFrequencies::default();
        assert_eq!(run.tf_idf(1, &[1]), None);
        for text in ["The ferry sails. Ferries sail.", "The tax on ferries.", "The tax falls.", "A new tax."] {
            let annotated = Annotated::new(text);
            run.add(&annotated.doc, &annotated.seg);
        }
        for (phrase, mentions, expected) in
            [("ferry", 3, 3.0 * 2.0_f64.ln()), ("ferry tax", 1, (4.0_f64 / 3.0).ln()), ("unseen", 2, 2.0 * 4.0_f64.ln()), ("the", 0, 0.0)]
        {
            let annotated = Annotated::new(phrase);
            let keys = phrase_keys(&annotated.doc, &annotated.seg, Span::new(0, phrase.len()));
            let found = run.tf_idf(mentions, &keys).expect("a run of four articles");
            assert!((found - expected).abs() < 1e-9, "{phrase}: {found}");
        }
    }

    #[test]
    fn counts_are_never_too_low_and_seldom_too_high() {
        let mut run = ArticleFrequencies::default();
        for key in (0..50_000_u64).map(|number| word_key(&format!("w{number}"))) {
            let count = run.count(key) + 1;
            for place in places(key) {
                run.counters[place] = run.counters[place].max(count);
            }
        }
        let high = (0..50_000_u64).filter(|number| run.count(word_key(&format!("w{number}"))) != 1).count();
        assert!(high < 50, "{high}");
    }
}
