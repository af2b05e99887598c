//! Keyphrases: against phrases that readers chose, micro F1 of the best 5, 10 and 15, by Porter stems and exact match, as the field reports
//! them; and how many of the things that summaries name are among the best 15.
//!
//! Each set is also ranked by the column `tf_idf` of `keyphrases.csv`, the set being the run: some readers mark what sets a text apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::porter::porter_stem;
use super::score::one_decimal;
use super::{Count, Figure, Measure, Measurement, Predicted, Rate, Scores, Tally};
use crate::keyphrases::{ArticleFrequencies, WordKey, phrase_keys};
use crate::{GoldDocument, Keyphrase, SalientEntity};

/// Runs of letters and digits, as the independent scorer cuts words.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant expression, compiled by every test of this module")]
    Regex::new(r"[\p{L}\p{N}]+").expect("the expression is one")
});

/// How many of the best phrases count.
const CUTS: [usize; 3] = [5, 10, 15];

/// Phrases among which a salient entity is looked for.
const SALIENT_AMONG: usize = 15;

/// See [`Measure::Keyphrases`].
#[derive(Debug, Default)]
pub(super) struct Keyphrases {
    articles: Vec<Ranked>,
    run: ArticleFrequencies,
    /// Salient entities found and all, by genre.
    salient: BTreeMap<String, (usize, usize)>,
}

/// One article's phrases, best first, and the gold ones.
#[derive(Debug)]
struct Ranked {
    phrases: Vec<Phrase>,
    gold: BTreeSet<String>,
}

#[derive(Debug)]
struct Phrase {
    stems: String,
    mentions: usize,
    words: Vec<WordKey>,
}

impl Measurement for Keyphrases {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        let (doc, seg) = (&predicted.analysis.doc, &predicted.analysis.seg);
        self.run.add(doc, seg);
        let phrase = |found: &Keyphrase| Phrase {
            stems: stems(&found.phrase),
            mentions: found.mentions.len(),
            words: found.first_full().map(|span| phrase_keys(doc, seg, span)).unwrap_or_default(),
        };
        let phrases: Vec<Phrase> = predicted.analysis.keyphrases.iter().map(phrase).collect();
        let best = best(phrases.iter(), SALIENT_AMONG);
        if !gold.salient.is_empty() {
            let (found, all) = self.salient.entry(gold.genre.clone()).or_default();
            *found += gold.salient.iter().filter(|entity| is_said(entity, &best)).count();
            *all += gold.salient.len();
        }
        let gold = gold.keyphrases.iter().map(|phrase| stems(phrase)).filter(|stems| !stems.is_empty()).collect();
        self.articles.push(Ranked { phrases, gold });
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Keyphrases);
        scores.counts.push(Count::new("articles", self.articles.len()));
        if self.articles.iter().any(|article| !article.gold.is_empty()) {
            for by_tf_idf in [false, true] {
                let suffix = if by_tf_idf { ", by tf-idf" } else { "" };
                for cut in CUTS {
                    let (tally, macro_f1) = self.tally(cut, by_tf_idf);
                    scores.scores.push(tally.score(format!("best {cut}{suffix}")));
                    scores.figures.push(Figure::new(format!("macro_f1, best {cut}{suffix}"), macro_f1));
                }
            }
        }
        for (genre, (found, all)) in &self.salient {
            scores.rates.push(Rate::new(format!("salient_entities_among_{SALIENT_AMONG}, {genre}"), *found, *all));
        }
        scores
    }
}

impl Keyphrases {
    /// Right, predicted and gold phrases with the best `cut` of each article, and the mean of the articles' F1.
    fn tally(&self, cut: usize, by_tf_idf: bool) -> (Tally, f64) {
        let mut tally = Tally::default();
        let mut sum = 0.0;
        for article in &self.articles {
            let mut phrases: Vec<&Phrase> = article.phrases.iter().collect();
            if by_tf_idf {
                let weight = |phrase: &Phrase| self.run.tf_idf(phrase.mentions, &phrase.words).unwrap_or_default();
                phrases.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
            }
            let best = best(phrases.into_iter(), cut);
            let matched = best.iter().filter(|stems| article.gold.contains(**stems)).count();
            tally.matched += matched;
            tally.predicted += best.len();
            tally.gold += article.gold.len();
            let (precision, recall) = (matched as f64 / best.len().max(1) as f64, matched as f64 / article.gold.len().max(1) as f64);
            if matched > 0 {
                sum += 2.0 * precision * recall / (precision + recall);
            }
        }
        (tally, one_decimal(100.0 * sum / self.articles.len().max(1) as f64))
    }
}

/// The first `cut` different ones.
fn best<'p>(phrases: impl Iterator<Item = &'p Phrase>, cut: usize) -> Vec<&'p str> {
    let mut seen = BTreeSet::new();
    let stems = phrases.map(|phrase| phrase.stems.as_str());
    stems.filter(|stems| !stems.is_empty() && seen.insert(*stems)).take(cut).collect()
}

/// Whether a phrase is a mention of the entity, or the part of one that carries it.
fn is_said(entity: &SalientEntity, phrases: &[&str]) -> bool {
    entity.mentions.iter().any(|(mention, carrying)| {
        let mention = format!(" {} ", stems(mention));
        let carrying: Vec<String> = carrying.iter().map(|word| stems(word)).collect();
        let carries = |phrase: &str| phrase.split(' ').any(|word| carrying.iter().any(|stem| stem == word));
        phrases.iter().any(|phrase| mention.contains(&format!(" {phrase} ")) && carries(phrase))
    })
}

/// The stems of a phrase's words; possessives are dropped.
fn stems(phrase: &str) -> String {
    let lower = phrase.to_lowercase().replace("'s", "").replace("’s", "");
    WORD.find_iter(&lower).map(|word| porter_stem(word.as_str())).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::testing::analysis;
    use super::super::{Measure, Scorer, Scores};
    use super::*;
    use crate::Span;

    /// Each article: its text, its phrases best first, the gold.
    fn scored(articles: &[(&str, &[&str], &[&str])]) -> Scores {
        let mut scorer = Scorer::new(Measure::Keyphrases, Vec::new());
        for (text, phrases, chosen) in articles {
            let keyphrases = chosen.iter().map(|&phrase| phrase.to_owned()).collect();
            let gold = GoldDocument { name: "a".to_owned(), text: (*text).to_owned(), keyphrases, ..GoldDocument::default() };
            let mut found = analysis(gold.to_document(), Vec::new());
            found.seg = crate::Segmenter::new().segment(&found.doc);
            let mentions = |phrase: &str| text.match_indices(phrase).map(|(at, found)| Span::new(at, at + found.len())).collect();
            let keyphrase = |phrase: &&str| Keyphrase { phrase: (*phrase).to_owned(), mentions: mentions(phrase), ..Keyphrase::default() };
            found.keyphrases = phrases.iter().map(keyphrase).collect();
            scorer.add(&gold, &found);
        }
        scorer.scores().unwrap()
    }

    #[test]
    fn stems_case_and_possessives_do_not_count_and_no_phrase_counts_twice() {
        let text = "Ferry fares rise. The city's ferry fare falls. Riders wait.";
        let scores = scored(&[(text, &["Ferry fares", "ferry fare", "Riders"], &["ferry fare", "rider", "the city's", "rider's", "!"])]);
        let best = scores.score("best 5").expect("a score");
        assert_eq!((best.right, best.predicted, best.gold), (2, 2, 3));
        assert_eq!(scores.figure("macro_f1, best 5"), Some(80.0));
    }

    #[test]
    fn tf_idf_brings_forward_what_sets_an_article_apart() {
        let text = "People want lime, people need lime. One a two b three c four d people.";
        let phrases: &[&str] = &["people", "One", "two", "three", "four", "lime"];
        let others = ["People wait.", "People sing.", "People sail."].map(|text| (text, &[] as &[&str], &[] as &[&str]));
        let articles: Vec<_> = others.into_iter().chain([(text, phrases, &["lime"] as &[&str])]).collect();
        let scores = scored(&articles);
        assert_eq!(scores.score("best 5").map(|score| score.right), Some(0));
        assert_eq!(scores.score("best 5, by tf-idf").map(|score| score.right), Some(1));
    }

    #[test]
    fn salient_entities_are_said_by_their_mentions_or_the_carrying_part() {
        let entity = SalientEntity { mentions: vec![("The Port council".to_owned(), vec!["council".to_owned()])] };
        for (phrase, expected) in [("port council", true), ("councils", true), ("Port", false), ("council tax", false)] {
            assert_eq!(is_said(&entity, &[&stems(phrase)]), expected, "{phrase}");
        }
    }
}
