//! Fits a codebook to sentences that people have coded, and says how good it is then.
//!
//! Every figure is of sentences coded by what *other* articles taught (leaving out one article after the other, of many articles one
//! twentieth): people code sentences of one article alike, so that figures from within an article would flatter. How much of the codings is used, and
//! from which probability on a theme is given, is chosen by the same figures, for each article by those of the others; the codebook stays
//! as it is where a change gains less than chance might give.

mod learning;
mod regression;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use self::learning::{Method, learn};
pub use self::texts::CodedText;
use super::clues::probability;
use super::codebook::{Codebook, Fitted, FittedTheme};
use crate::agreement::Codings;
use crate::{Error, ErrorKind, Result};

/// A sentence as it is weighed for every theme of a codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct WeighedSentence {
    /// Its index among the article's sentences.
    pub sentence: usize,
    /// The log odds that it is about each theme, in the codebook's order, without what codings taught.
    pub odds: Vec<f64>,
    /// The unit vector of its meaning with its neighbours.
    pub meaning: Vec<f32>,
}

/// A weighed sentence with what a person gave it.
#[derive(Debug, Clone)]
struct CodedSentence {
    unit: String,
    /// Its article's part: what is learned without that part codes it.
    part: usize,
    odds: Vec<f64>,
    meaning: Vec<f32>,
    /// Indices of its themes, parents too.
    themes: BTreeSet<usize>,
}

/// Collects coded sentences and fits a codebook to them.
#[derive(Debug)]
pub struct CodebookFitter<'a> {
    codebook: &'a Codebook,
    articles: BTreeMap<String, usize>,
    sentences: Vec<CodedSentence>,
}

/// What fitting gave.
#[derive(Debug)]
pub struct CodebookFit {
    fitted: Fitted,
    ids: Vec<String>,
    /// The people's codings, with parents.
    pub coded: Codings,
    /// The same sentences by the codebook as it was.
    pub before: Codings,
    /// The same by the fitted codebook, each article by what the others taught.
    pub after: Codings,
    /// Micro F1 in percent of all coded sentences by the number of those learned from; the first is none.
    pub curve: Vec<(usize, f64)>,
}

/// Sizes of the learning curve.
const SIZES: [usize; 6] = [0, 25, 50, 100, 200, 400];
/// The most parts that articles are left out by.
const PARTS: usize = 20;
/// How often each size is drawn.
const DRAWS: u64 = 5;

impl<'a> CodebookFitter<'a> {
    /// Begins without codings.
    pub fn new(codebook: &'a Codebook) -> Self {
        Self { codebook, articles: BTreeMap::new(), sentences: Vec::new() }
    }

    /// Adds a sentence named `unit` of an article, with the ids of the themes that a person gave it.
    ///
    /// # Errors
    /// Where a theme is not in the codebook ([`ErrorKind::Gold`]).
    pub fn add(&mut self, article: &str, unit: &str, weighed: WeighedSentence, given: &BTreeSet<String>) -> Result<()> {
        let mut themes = BTreeSet::new();
        for id in given {
            let at = self.codebook.themes().iter().position(|theme| theme.id == *id).ok_or_else(|| {
                let error = Error::new(ErrorKind::Gold(format!("`{unit}` is coded `{id}`, which is no theme of the codebook")));
                error.with_hint("write the ids of themes, as sayso codebook show prints them")
            })?;
            themes.insert(at);
            themes.extend(self.codebook.ancestors(at));
        }
        let next = self.articles.len();
        let part = *self.articles.entry(article.to_owned()).or_insert(next) % PARTS;
        let WeighedSentence { odds, meaning, .. } = weighed;
        self.sentences.push(CodedSentence { unit: unit.to_owned(), part, odds, meaning, themes });
        Ok(())
    }

    /// The number of coded sentences.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// Whether nothing is coded.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// Fits the codebook; `model` is the SHA-256 of the model that weighed the sentences.
    ///
    /// # Errors
    /// Where fewer than two articles are coded ([`ErrorKind::Gold`]).
    pub fn fit(&self, model: &str) -> Result<CodebookFit> {
        if self.articles.len() < 2 {
            let error = Error::new(ErrorKind::Gold(format!("sentences of {} articles are coded, which is too few", self.articles.len())));
            return Err(error.with_hint("code sentences of at least two articles; sayso sample --for-themes draws them from many"));
        }
        let all: Vec<&CodedSentence> = self.sentences.iter().collect();
        let left_out = self.left_out(&all, &all);
        let (method, least) = self.choose(&all, &left_out, None);
        let given = self.given(&all, &left_out);
        let themes =
            (0..self.codebook.themes().len()).map(|theme| FittedTheme { rates: rates(theme, &all, &given), ..learn(method, theme, &all) });
        let fitted = Fitted { model: model.to_owned(), sentences: all.len(), min_probability: Some(least), themes: themes.collect() };
        let plain = self.plain_least();
        let before: Vec<BTreeSet<usize>> = all.iter().map(|sentence| self.above(&plain_probabilities(sentence), plain)).collect();
        let gold: Vec<BTreeSet<usize>> = all.iter().map(|sentence| sentence.themes.clone()).collect();
        Ok(CodebookFit {
            fitted,
            ids: self.codebook.themes().iter().map(|theme| theme.id.clone()).collect(),
            coded: self.codings("coded", &gold),
            before: self.codings("codebook", &before),
            after: self.codings("fitted", &given),
            curve: self.curve(&all, f1(&gold, &before)),
        })
    }

    /// For each of `asked` the probabilities of its themes, by method, each taught by those of `known` that are of other articles.
    fn left_out(&self, known: &[&CodedSentence], asked: &[&CodedSentence]) -> Vec<BTreeMap<Method, Vec<f64>>> {
        let themes = self.codebook.themes().len();
        let mut found: Vec<BTreeMap<Method, Vec<f64>>> = vec![BTreeMap::new(); asked.len()];
        for part in self.parts() {
            let others: Vec<&CodedSentence> = known.iter().copied().filter(|sentence| sentence.part != part).collect();
            for method in Method::ALL {
                let learned: Vec<FittedTheme> = (0..themes).map(|theme| learn(method, theme, &others)).collect();
                for (sentence, found) in asked.iter().zip(&mut found).filter(|(sentence, _)| sentence.part == part) {
                    let odds = learned.iter().zip(&sentence.odds).map(|(learned, odds)| learned.odds(*odds, &sentence.meaning));
                    found.insert(method, odds.map(probability).collect());
                }
            }
        }
        found
    }

    fn parts(&self) -> std::ops::Range<usize> {
        0..self.articles.len().min(PARTS)
    }

    /// The method and the least probability with the best F1 on the sentences of parts other than `without`; of equals the first. What is
    /// not better than the codebook as it is by more than chance might give does not change it.
    fn choose(&self, sentences: &[&CodedSentence], left_out: &[BTreeMap<Method, Vec<f64>>], without: Option<usize>) -> (Method, f64) {
        let places: Vec<usize> = (0..sentences.len()).filter(|&at| sentences.get(at).is_some_and(|s| Some(s.part) != without)).collect();
        let gold: Vec<BTreeSet<usize>> =
            places.iter().filter_map(|&at| sentences.get(at)).map(|sentence| sentence.themes.clone()).collect();
        let score = |method: Method, least: f64| {
            let of = |&at: &usize| left_out.get(at).and_then(|by_method| by_method.get(&method)).map(|found| self.above(found, least));
            f1(&gold, &places.iter().filter_map(of).collect::<Vec<_>>())
        };
        let plain = self.plain_least();
        let by_chance = CHANCE / (places.len().max(1) as f64).sqrt();
        let mut best = (score(Method::Threshold, plain) + by_chance, Method::Threshold, plain);
        for method in Method::ALL {
            for least in (10_u32..=60).step_by(2).map(|percent| f64::from(percent) / 100.0) {
                let score = score(method, least);
                if score > best.0 {
                    best = (score, method, least);
                }
            }
        }
        (best.1, best.2)
    }

    /// The themes of each sentence, its method and least probability chosen by the other articles.
    fn given(&self, sentences: &[&CodedSentence], left_out: &[BTreeMap<Method, Vec<f64>>]) -> Vec<BTreeSet<usize>> {
        let chosen: BTreeMap<usize, (Method, f64)> =
            self.parts().map(|part| (part, self.choose(sentences, left_out, Some(part)))).collect();
        let of = |(sentence, by_method): (&&CodedSentence, &BTreeMap<Method, Vec<f64>>)| {
            let (method, least) = chosen.get(&sentence.part).copied().unwrap_or((Method::Threshold, self.plain_least()));
            by_method.get(&method).map(|found| self.above(found, least)).unwrap_or_default()
        };
        sentences.iter().zip(left_out).map(of).collect()
    }

    /// F1 by the number of sentences learned from, the mean over draws; a draw takes those with the smallest hashes.
    fn curve(&self, all: &[&CodedSentence], without: f64) -> Vec<(usize, f64)> {
        let gold: Vec<BTreeSet<usize>> = all.iter().map(|sentence| sentence.themes.clone()).collect();
        let drawn = |size: usize, draw: u64| {
            let mut ranked: Vec<(String, &CodedSentence)> =
                all.iter().map(|sentence| (crate::sha256(format!("{draw}\n{}", sentence.unit).as_bytes()), *sentence)).collect();
            ranked.sort_by(|a, b| a.0.cmp(&b.0));
            let known: Vec<&CodedSentence> = ranked.into_iter().take(size).map(|(_, sentence)| sentence).collect();
            let (method, least) = self.choose(&known, &self.left_out(&known, &known), None);
            let found = self.left_out(&known, all);
            let given: Vec<BTreeSet<usize>> =
                found.iter().map(|by_method| by_method.get(&method).map(|found| self.above(found, least)).unwrap_or_default()).collect();
            f1(&gold, &given)
        };
        let sizes = SIZES.into_iter().filter(|&size| size < all.len()).chain([all.len()]);
        let point = |size: usize| match size {
            0 => without,
            _ if size == all.len() => drawn(size, 0),
            _ => (0..DRAWS).map(|draw| drawn(size, draw)).sum::<f64>() / DRAWS as f64,
        };
        sizes.map(|size| (size, point(size))).collect()
    }

    /// The least probability of the codebook as it is.
    fn plain_least(&self) -> f64 {
        self.codebook.min_probability().unwrap_or(DEFAULT_LEAST)
    }

    /// The themes whose probability is at least `least`, with their parents.
    fn above(&self, probabilities: &[f64], least: f64) -> BTreeSet<usize> {
        let own = probabilities.iter().enumerate().filter(|(_, probability)| **probability >= least).map(|(theme, _)| theme);
        own.flat_map(|theme| std::iter::once(theme).chain(self.codebook.ancestors(theme).iter().copied())).collect()
    }

    fn codings(&self, name: &str, given: &[BTreeSet<usize>]) -> Codings {
        let id = |&at: &usize| self.codebook.themes().get(at).map(|theme| theme.id.clone());
        let units =
            self.sentences.iter().zip(given).map(|(sentence, themes)| (sentence.unit.clone(), themes.iter().filter_map(id).collect()));
        Codings::new(name, units)
    }
}

/// By how many points of F1 a change has to be better, for one coded sentence; for more by the root of their number less.
const CHANCE: f64 = 20.0;
/// The least probability of codebooks that state none.
const DEFAULT_LEAST: f64 = 0.2;

fn plain_probabilities(sentence: &CodedSentence) -> Vec<f64> {
    sentence.odds.iter().copied().map(probability).collect()
}

/// Micro F1 in percent.
fn f1(gold: &[BTreeSet<usize>], given: &[BTreeSet<usize>]) -> f64 {
    let right: usize = gold.iter().zip(given).map(|(gold, given)| gold.intersection(given).count()).sum();
    let total: usize = gold.iter().chain(given).map(BTreeSet::len).sum();
    if total == 0 { 0.0 } else { 200.0 * right as f64 / total as f64 }
}

/// The share of the sentences of the theme that had it, and of the others; none where either are missing.
fn rates(theme: usize, sentences: &[&CodedSentence], given: &[BTreeSet<usize>]) -> Option<(f64, f64)> {
    let share = |of: bool| {
        let asked = sentences.iter().zip(given).filter(|(sentence, _)| sentence.themes.contains(&theme) == of);
        let (had, all) = asked.fold((0_usize, 0_usize), |(had, all), (_, given)| (had + usize::from(given.contains(&theme)), all + 1));
        (all > 0).then(|| had as f64 / all as f64)
    };
    share(true).zip(share(false))
}

impl CodebookFit {
    /// What is to be put at the end of the codebook's own TOML.
    pub fn to_toml(&self) -> String {
        self.fitted.to_toml(self.ids.iter().map(String::as_str))
    }

    /// The probability from which a sentence has a theme.
    pub fn min_probability(&self) -> Option<f64> {
        self.fitted.min_probability
    }

    /// How many coded sentences each theme has, by the ids of themes, in the codebook's order.
    pub fn coded_by_theme(&self) -> impl Iterator<Item = (&str, usize)> {
        let count =
            |id: &str| self.coded.units().filter(|unit| self.coded.themes_of(unit).is_some_and(|themes| themes.contains(id))).count();
        self.ids.iter().map(move |id| (id.as_str(), count(id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOK: &str = "[[theme]]\nid = \"sea\"\nkeywords = [\"sea\"]\n[[theme]]\nid = \"ports\"\nparent = \"sea\"\nkeywords = [\"port\"]\n\
                        [[theme]]\nid = \"rail\"\nkeywords = [\"rail\"]\n";

    /// Twenty articles of six sentences: of the theme `rail` are those whose meaning points to the second axis, which the odds do not show.
    fn fitter(codebook: &Codebook) -> CodebookFitter<'_> {
        let mut fitter = CodebookFitter::new(codebook);
        for article in 0..20 {
            for sentence in 0..6 {
                let is_rail = sentence % 3 == 0;
                let lean = 0.05 * f32::from(u8::try_from(article % 5).expect("small"));
                let meaning = if is_rail { vec![lean, (1.0 - lean * lean).sqrt()] } else { vec![(1.0 - lean * lean).sqrt(), lean] };
                let weighed = WeighedSentence { sentence, odds: vec![-4.0, if sentence == 1 { 2.0 } else { -4.0 }, -3.0], meaning };
                let given: &[&str] = if is_rail {
                    &["rail"]
                } else if sentence == 1 {
                    &["ports"]
                } else {
                    &[]
                };
                let given = given.iter().map(|id| (*id).to_owned()).collect();
                fitter.add(&format!("a{article}"), &format!("a{article}:s{sentence}"), weighed, &given).expect("known themes");
            }
        }
        fitter
    }

    #[test]
    fn codings_teach_what_terms_do_not_say() {
        let codebook = Codebook::from_toml(BOOK).expect("a codebook");
        let fit = fitter(&codebook).fit("ab").expect("enough articles");
        assert_eq!(fit.coded.themes_of("a3:s1").map(BTreeSet::len), Some(2), "ports are a part of the sea");
        assert_eq!(fit.before.themes_of("a3:s0").map(BTreeSet::len), Some(0));
        assert_eq!(fit.after.themes_of("a3:s0").map(|themes| themes.contains("rail")), Some(true));
        let (none, all) = (fit.curve[0].1, fit.curve[fit.curve.len() - 1].1);
        assert!(all > 99.0 && none < 70.0, "{:?}", fit.curve);
        let fitted = Codebook::from_toml(&format!("{BOOK}{}", fit.to_toml())).expect("a codebook");
        let odds = |meaning: &[f32]| fitted.fitted_odds(2, -3.0, meaning);
        assert!(odds(&[0.0, 1.0]) > 0.0 && odds(&[1.0, 0.0]) < -2.0);
        assert_eq!(fit.to_toml(), fitter(&codebook).fit("ab").expect("enough").to_toml());
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let codebook = Codebook::from_toml(BOOK).expect("a codebook");
        let mut fitter = CodebookFitter::new(&codebook);
        let weighed = WeighedSentence { sentence: 0, odds: vec![0.0; 3], meaning: Vec::new() };
        let error = fitter.add("a", "a:s1", weighed.clone(), &BTreeSet::from(["road".to_owned()])).expect_err("no such theme");
        assert_eq!(error.to_string(), "`a:s1` is coded `road`, which is no theme of the codebook");
        fitter.add("a", "a:s1", weighed, &BTreeSet::new()).expect("no theme");
        assert_eq!(fitter.fit("ab").expect_err("one article").to_string(), "sentences of 1 articles are coded, which is too few");
    }
}
