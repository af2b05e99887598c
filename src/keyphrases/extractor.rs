//! The extractor: candidates, their scores, the best of them with their mentions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Keyphrase;
use super::candidate::{Candidate, candidates};
use super::score::{Scorer, Weights};
use crate::stem::stem;
use crate::{EntityLabel, Reading};

/// Candidates beyond this place by the surface score cannot win, so their vectors are not looked up.
const WITH_VECTORS: usize = 80;

/// The share of the best one's score that a phrase must have.
const WORTH: f64 = 0.02;

/// What a [`KeyphraseExtractor`] is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyphraseOptions {
    /// The most keyphrases an article gets.
    pub limit: usize,
}

impl Default for KeyphraseOptions {
    fn default() -> Self {
        Self { limit: 40 }
    }
}

/// Extracts the noun phrases that say what an article is about.
#[derive(Debug, Clone, Default)]
pub struct KeyphraseExtractor {
    options: KeyphraseOptions,
    weights: Weights,
}

impl KeyphraseExtractor {
    /// Makes an extractor with the default options.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes an extractor with `options`.
    pub fn with_options(options: KeyphraseOptions) -> Self {
        Self { options, weights: Weights::default() }
    }

    /// The keyphrases of one article, best first.
    ///
    /// Where the model gives no tags there is none; where it gives no vectors the other properties rank alone.
    pub fn extract(&self, reading: &Reading<'_>) -> Vec<Keyphrase> {
        rank(*reading, candidates(*reading), &self.weights, self.options.limit)
    }
}

/// The best `limit` of `found`, best first.
fn rank(reading: Reading<'_>, found: Vec<Candidate>, weights: &Weights, limit: usize) -> Vec<Keyphrase> {
    let scorer = Scorer::new(reading, weights);
    let mut ranked: Vec<(f64, Candidate)> = found.into_iter().map(|candidate| (scorer.surface(&candidate), candidate)).collect();
    sort(&mut ranked);
    ranked.truncate(WITH_VECTORS.max(limit));
    let similarities = scorer.similarities(&ranked.iter().map(|(_, candidate)| candidate).collect::<Vec<_>>());
    for ((score, _), similarity) in ranked.iter_mut().zip(similarities) {
        *score *= similarity;
    }
    sort(&mut ranked);
    distinct(reading, ranked, limit).into_iter().map(|(score, candidate)| keyphrase(reading, &candidate, score)).collect()
}

fn keyphrase(reading: Reading<'_>, candidate: &Candidate, score: f64) -> Keyphrase {
    let acronym = (!candidate.acronym.is_empty()).then(|| surface(reading, &candidate.acronym));
    let mentions = candidate.places().into_iter().filter_map(|range| reading.seg.span_of(range)).collect();
    Keyphrase { phrase: surface(reading, &candidate.occurrences), acronym, label: label(reading, candidate), score, mentions }
}

/// The kind of name that most of its places say it is.
fn label(reading: Reading<'_>, candidate: &Candidate) -> Option<EntityLabel> {
    let labels: Vec<EntityLabel> = candidate.occurrences.iter().filter_map(|range| reading.label(range)).collect();
    let count = |label: EntityLabel| labels.iter().filter(|found| **found == label).count();
    labels.iter().copied().find(|&label| count(label) * 2 > candidate.occurrences.len())
}

/// The best `limit` candidates that are worth it, without those whose words a better phrase has too (*park* beside *Virunga National Park*),
/// or that are always said inside a better phrase or always around one.
fn distinct(reading: Reading<'_>, ranked: Vec<(f64, Candidate)>, limit: usize) -> Vec<(f64, Candidate)> {
    let least = ranked.first().map_or(0.0, |(best, _)| best * WORTH);
    let mut kept: Vec<(f64, Candidate, BTreeSet<String>)> = Vec::new();
    for (score, candidate) in ranked {
        if kept.len() == limit || score < least {
            break;
        }
        let stems: BTreeSet<String> = candidate.first().map(|token| stem(reading.token_text(token))).collect();
        let overlaps = |better: &Candidate, range: &Range<usize>| {
            better.occurrences.iter().any(|other| other.start < range.end && range.start < other.end)
        };
        let repeats =
            |better: &Candidate| candidate.occurrences.len() >= 2 && candidate.occurrences.iter().all(|range| overlaps(better, range));
        if !kept.iter().any(|(_, better, all)| stems.is_subset(all) || repeats(better)) {
            kept.push((score, candidate, stems));
        }
    }
    kept.into_iter().map(|(score, candidate, _)| (score, candidate)).collect()
}

/// Best first; equal scores by place, the longer phrase first.
fn sort(ranked: &mut [(f64, Candidate)]) {
    ranked.sort_by(|(a, x), (b, y)| {
        b.total_cmp(a).then_with(|| x.first().start.cmp(&y.first().start)).then_with(|| y.first().end.cmp(&x.first().end))
    });
}

/// The most frequent form, of equally frequent ones the first; white space inside is one space.
///
/// Forms that differ by case only are counted together; the case is that of the middle of sentences where the phrase stands there.
fn surface(reading: Reading<'_>, occurrences: &[Range<usize>]) -> String {
    let starts_sentence = |range: &Range<usize>| reading.seg.sentences.binary_search_by_key(&range.start, |sent| sent.tokens.start).is_ok();
    let form = |range: &Range<usize>| {
        let text = reading.seg.span_of(range.clone()).map_or("", |span| reading.slice(span));
        (text.split_whitespace().collect::<Vec<_>>().join(" "), starts_sentence(range))
    };
    let mut forms: Vec<(String, bool)> = occurrences.iter().map(form).collect();
    let folded = most_frequent(forms.iter().map(|(form, _)| form.to_lowercase()));
    forms.retain(|(form, _)| form.to_lowercase() == folded);
    let is_inside = forms.iter().any(|(_, starts)| !starts);
    most_frequent(forms.into_iter().filter(|(_, starts)| !(is_inside && *starts)).map(|(form, _)| form))
}

fn most_frequent(forms: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (place, form) in forms.enumerate() {
        counts.entry(form).or_insert((0, place)).0 += 1;
    }
    let best = counts.into_iter().max_by_key(|(_, (count, place))| (*count, std::cmp::Reverse(*place)));
    best.map(|(form, _)| form).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Upos;
    use crate::testing::Annotated;

    /// Tags by a small lexicon; every other word is left untagged.
    fn tagged(text: &str) -> Annotated {
        let nouns =
            ["water", "storage", "reform", "reforms", "farmers", "valley", "prices", "people", "minister", "rules", "plan", "Justice"];
        let adjectives = ["seasonal", "local", "dry", "such", "new"];
        let names = ["Nadia", "Osei", "Ministry", "Tamale"];
        let tags: Vec<(&str, Upos)> = (nouns.iter().map(|word| (*word, Upos::Noun)))
            .chain(adjectives.iter().map(|word| (*word, Upos::Adj)))
            .chain(names.iter().map(|word| (*word, Upos::Propn)))
            .chain([("emerging", Upos::Verb), ("Reforming", Upos::Verb), ("the", Upos::Det), (",", Upos::Punct), (".", Upos::Punct)])
            .collect();
        Annotated::new(text).tags(&tags)
    }

    fn phrases(annotated: &Annotated) -> Vec<String> {
        KeyphraseExtractor::new().extract(&annotated.reading()).into_iter().map(|found| found.phrase).collect()
    }

    const ARTICLE: &str = "Farmers want seasonal water storage.\nThe minister praised seasonal water storage in the dry valley.\n\
                           Without seasonal water storage, prices rise. Local farmers and people agree: storage helps farmers.";

    #[test]
    fn repeated_longer_phrase_comes_whole_and_first_and_its_parts_are_dropped() {
        let found = phrases(&tagged(ARTICLE));
        assert_eq!(found.first().map(String::as_str), Some("seasonal water storage"));
        // The last of them also stands alone.
        for part in ["water storage", "seasonal water", "water", "people", "storage"] {
            assert!(!found.iter().any(|phrase| phrase == part), "{part} in {found:?}");
        }
    }

    #[test]
    fn mentions_are_every_place_in_text_order() {
        let annotated = tagged(ARTICLE);
        let best = &KeyphraseExtractor::new().extract(&annotated.reading())[0];
        let texts: Vec<&str> = best.mentions.iter().map(|&span| annotated.doc.slice(span)).collect();
        assert_eq!(texts, ["seasonal water storage"; 3]);
        assert!(best.mentions.is_sorted());
    }

    #[test]
    fn inflections_count_as_one_phrase_in_its_most_frequent_form() {
        let annotated = tagged("Local reforms help. Such local reforms matter. One local reform failed.");
        let found = KeyphraseExtractor::new().extract(&annotated.reading());
        assert_eq!((found[0].phrase.as_str(), found[0].mentions.len()), ("local reforms", 3));
    }

    #[test]
    fn phrases_by_their_words() {
        let rows = [
            ("We saw many emerging prices", Some("prices")),
            ("We saw the emerging prices", Some("emerging prices")),
            ("Reforming prices is hard", Some("prices")),
            ("prices, rules", Some("prices")),
            ("such people", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(phrases(&tagged(text)).first().map(String::as_str), expected, "{text}");
        }
    }

    #[test]
    fn nouns_bound_by_a_preposition_are_one_phrase_where_they_come_again() {
        let noun = |word| (word, Upos::Noun);
        let tags = [noun("cost"), noun("living"), noun("payments"), noun("right"), ("repair", Upos::Verb), noun("groups"), noun("end")];
        let find = |text: &str| phrases(&Annotated::new(text).tags(&tags));
        let found = find("The cost of living is high. Some cost of living payments came late. No cost of living stays.");
        assert!(found.contains(&"cost of living".to_owned()), "{found:?}");
        assert!(!found.iter().any(|phrase| phrase.starts_with("living") || phrase.starts_with("of")), "{found:?}");
        assert!(find("A right to repair helps. Every right to repair counts.").contains(&"right to repair".to_owned()));
        assert!(find("The cost of living is high. A cost of living.").contains(&"cost".to_owned()), "twice is not enough");
        let found = find("The end of the cost was near. The end of the living came.");
        assert!(!found.iter().any(|phrase| phrase.contains(" of ")), "{found:?}");
    }

    #[test]
    fn a_verb_behind_its_noun_ends_no_phrase() {
        let noun = |word| (word, Upos::Noun);
        let tags = [noun("spending"), noun("rose"), noun("clinics"), noun("worsened"), noun("garden"), ("B.1.1.7", Upos::Num)];
        let find = |text: &str| phrases(&Annotated::new(text).tags(&tags));
        let found = find("Local spending rose. All clinics worsened by May.");
        assert!(["spending", "clinics"].iter().all(|phrase| found.contains(&(*phrase).to_owned())), "{found:?}");
        assert!(!found.iter().any(|phrase| phrase.contains("rose") || phrase.contains("worsened")), "{found:?}");
        assert!(find("A rose garden.").contains(&"rose garden".to_owned()));
        assert!(find("They found B.1.1.7 in May.").contains(&"B.1.1.7".to_owned()));
    }

    #[test]
    fn names_stay_whole_and_dates_come_last() {
        let annotated = tagged("Nadia Osei met the Ministry of Justice plan team in Tamale , Accra. New rules came. March prices.")
            .entity("Nadia Osei", EntityLabel::Person)
            .entity("the Ministry of Justice", EntityLabel::Organization)
            .entity("Tamale , Accra", EntityLabel::Location)
            .entity("March prices", EntityLabel::Date);
        let found = KeyphraseExtractor::new().extract(&annotated.reading());
        let label = |phrase: &str| found.iter().find(|found| found.phrase == phrase).map(|found| found.label);
        assert_eq!(label("Ministry of Justice plan"), Some(None));
        assert_eq!(label("Nadia Osei"), Some(Some(EntityLabel::Person)));
        assert_eq!(label("Tamale"), Some(Some(EntityLabel::Location)));
        assert_eq!(label("Accra"), Some(Some(EntityLabel::Location)));
        assert_eq!((label("Ministry"), label("prices")), (None, None));
        let last = found.last().expect("five phrases");
        assert_eq!((last.phrase.as_str(), last.label), ("March prices", Some(EntityLabel::Date)));
    }

    #[test]
    fn acronym_counts_with_its_long_form() {
        let annotated = tagged("Local Water Reform (LWR) is new. The LWR helps. Farmers like the LWR.").tags(&[
            ("Local", Upos::Adj),
            ("Water", Upos::Propn),
            ("Reform", Upos::Propn),
            ("LWR", Upos::Propn),
        ]);
        let found = KeyphraseExtractor::new().extract(&annotated.reading());
        let best = &found[0];
        assert_eq!((best.phrase.as_str(), best.acronym.as_deref(), best.mentions.len()), ("Local Water Reform", Some("LWR"), 4));
        assert!(best.mentions.is_sorted());
        assert!(!found.iter().any(|found| found.phrase == "LWR"), "{found:?}");
    }

    #[test]
    fn limit_and_missing_tags_are_respected() {
        let extractor = KeyphraseExtractor::with_options(KeyphraseOptions { limit: 1 });
        assert_eq!(extractor.extract(&tagged(ARTICLE).reading()).len(), 1);
        assert_eq!(extractor.extract(&Annotated::new(ARTICLE).reading()), []);
    }

    #[test]
    fn vectors_close_to_the_article_raise_a_phrase() {
        let mut annotated = tagged("farmers agree . prices rise . rules rules rules");
        for token in 0..annotated.seg.tokens.len() {
            let vector = if annotated.reading().token_text(token) == "farmers" { [0.0, 1.0] } else { [1.0, 0.1] };
            let mut padded = [0.0_f32; 4];
            padded[..2].copy_from_slice(&vector);
            annotated.encoding.vectors.push(&padded);
        }
        let found = phrases(&annotated);
        let place = |word: &str| found.iter().position(|phrase| phrase == word);
        assert!(place("prices") < place("farmers"), "{found:?}");
    }
}
