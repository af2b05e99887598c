//! Finds the themes of a run while its articles come, and gives them to each article afterwards.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::coverage::{Finding, count};
use super::super::evidence::{Evidence, Reason};
use super::super::id::slug;
use super::clusters::{Clusters, nearest};
use super::index::{Holders, Index};
use super::labels::{Kind, Name, PhraseCount, Phrases, as_labels, key, terms};
use super::said::Said;
use super::space::Space;
use super::{CorpusTheme, Passage, ThemeCount};
use crate::encoder::{Encoding, dot};
use crate::{Analysis, Keyphrase, Reading};

/// Passages of which themes are found.
const SAMPLE: usize = 12_000;
/// Fewer words say too little for a theme to be made of them; they are given one all the same.
const LEAST_WORDS: usize = 20;
/// The fewest articles of a theme.
const LEAST_ARTICLES: usize = 3;
/// A theme has fewer passages than this share of the mean is too small for one.
const LEAST_SHARE: f64 = 0.15;
/// This share of a theme's own passages is left out as too far away.
const FAR: f64 = 0.05;
/// A phrase names a theme that at least this share of its passages say.
const PHRASE_SHARE: f64 = 0.05;
/// A phrase is no label that fewer of a theme's passages have.
const LEAST_LABELLED: u32 = 2;
/// Sentences that show a theme.
const EXAMPLES: usize = 3;
/// Words of a sentence that shows a theme.
const EXAMPLE_WORDS: std::ops::RangeInclusive<usize> = 8..=40;

/// The passages of a run while articles come: those with the smallest hashes.
#[derive(Debug, Default)]
pub(crate) struct ThemesOfRun {
    sample: BTreeMap<u64, Sampled>,
    articles: usize,
    has_codebook: bool,
}

/// A passage of the sample.
#[derive(Debug)]
struct Sampled {
    article: usize,
    passage: Passage,
    phrases: Vec<PhraseCount>,
    example: Option<String>,
}

impl ThemesOfRun {
    /// Adds an article.
    pub(crate) fn add(&mut self, analysis: &Analysis) {
        let article = self.articles;
        self.articles += 1;
        let said = LazyCell::new(|| Said::of(analysis));
        self.has_codebook |= analysis.passages.is_empty() && !analysis.themes.is_empty();
        for passage in analysis.passages.iter().filter(|passage| passage.words >= LEAST_WORDS) {
            let Some(span) = passage.span(analysis) else { continue };
            let mut hasher = DefaultHasher::new();
            analysis.doc.slice(span).hash(&mut hasher);
            let hash = hasher.finish();
            if self.sample.len() >= SAMPLE && self.sample.last_key_value().is_some_and(|(last, _)| hash > *last) {
                continue;
            }
            let sampled = || Sampled {
                article,
                passage: passage.clone(),
                phrases: said.in_passage(passage, span),
                example: example(analysis, passage),
            };
            // The same words again, such as those of a wire copy, count once.
            self.sample.entry(hash).or_insert_with(sampled);
            if self.sample.len() > SAMPLE {
                self.sample.pop_last();
            }
        }
    }

    /// Finds the themes; `None` where articles keep their own.
    pub(crate) fn settle(self, wanted: ThemeCount) -> Option<CorpusThemes> {
        if self.has_codebook || self.sample.is_empty() {
            return None;
        }
        let count = wanted.clusters(self.articles)?;
        let sample: Vec<Sampled> = self.sample.into_values().collect();
        let passages: Vec<&Passage> = sample.iter().map(|sampled| &sampled.passage).collect();
        let (space, vectors) = Space::of(&passages);
        let clusters = Clusters::of(&vectors, count);
        Some(CorpusThemes { themes: themes(&sample, &vectors, &clusters), space })
    }
}

/// The themes of a run.
#[derive(Debug)]
pub(crate) struct CorpusThemes {
    themes: Vec<CorpusTheme>,
    space: Space,
}

impl CorpusThemes {
    /// All of them, those with most passages first.
    pub(crate) fn all(&self) -> &[CorpusTheme] {
        &self.themes
    }

    /// Gives an article the themes of the run in place of its own.
    pub(crate) fn assign(&self, analysis: &mut Analysis) {
        let mut findings: Vec<Finding> = self.themes.iter().map(|theme| Finding::new(&theme.id, &theme.label)).collect();
        let centres: Vec<Vec<f32>> = self.themes.iter().map(|theme| theme.centre.clone()).collect();
        let keys: Vec<(&Keyphrase, String)> = analysis.keyphrases.iter().map(|phrase| (phrase, key(&phrase.phrase))).collect();
        for (passage, vector) in analysis.passages.iter().zip(self.space.vectors(&analysis.passages)) {
            let Some((at, cosine)) = nearest(&vector, &centres) else { continue };
            let (Some(theme), Some(finding), Some(span)) = (self.themes.get(at), findings.get_mut(at), passage.span(analysis)) else {
                continue;
            };
            if cosine < theme.least {
                continue;
            }
            let body: Vec<usize> = analysis.seg.body_sentences().filter(|sentence| passage.sentences.contains(sentence)).collect();
            finding.sentences.extend(&body);
            finding.sections.extend(&body);
            let said = keys.iter().filter(|(_, key)| theme.keys.contains(key));
            let said = said.flat_map(|(phrase, _)| phrase.mentions.iter().map(|mention| (*mention, phrase.phrase.clone())));
            let before = finding.evidence.len();
            let said = said.filter(|(mention, _)| span.contains(*mention));
            finding.evidence.extend(said.map(|(span, phrase)| Evidence { span, reason: Reason::Keyphrase(phrase) }));
            if finding.evidence.len() == before {
                finding.evidence.push(Evidence { span, reason: Reason::Similarity(f64::from(cosine)) });
            }
        }
        let encoding = Encoding::default();
        let reading = Reading { doc: &analysis.doc, seg: &analysis.seg, encoding: &encoding };
        analysis.themes = count(reading, findings, &analysis.quotes);
    }
}

/// Names the clusters that are themes, those with most passages first.
fn themes(sample: &[Sampled], vectors: &[Vec<f32>], clusters: &Clusters) -> Vec<CorpusTheme> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); clusters.centres.len()];
    // What a theme may be called is counted apart from the words that go with it.
    let (mut phrases, mut labels) = (Phrases::default(), Phrases::default());
    for (at, (sampled, (cluster, _))) in sample.iter().zip(&clusters.assigned).enumerate() {
        phrases.add(*cluster, &sampled.phrases);
        labels.add(*cluster, sampled.phrases.iter().filter(|phrase| phrase.kind != Kind::Word));
        if let Some(members) = members.get_mut(*cluster) {
            members.push(at);
        }
    }
    let passages: Vec<&Passage> = sample.iter().map(|sampled| &sampled.passage).collect();
    let least = sample.len() as f64 / clusters.centres.len().max(1) as f64 * LEAST_SHARE;
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|cluster| std::cmp::Reverse(members.get(*cluster).map_or(0, Vec::len)));
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut themes = Vec::new();
    for cluster in order {
        let (Some(members), Some(centre)) = (members.get(cluster), clusters.centres.get(cluster)) else { continue };
        let articles: BTreeSet<usize> = members.iter().filter_map(|at| sample.get(*at)).map(|sampled| sampled.article).collect();
        if articles.len() < LEAST_ARTICLES || (members.len() as f64) < least {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
        let least_of_phrase = ((members.len() as f64 * PHRASE_SHARE).round() as u32).max(2);
        let names = phrases.names(cluster, least_of_phrase);
        let topics = labels.names(cluster, LEAST_LABELLED);
        let stems = topics.iter().chain(&names).flat_map(|name| name.key.split(' '));
        let index = Index::of(&passages, stems);
        let topics = as_labels(topics, &Holders::of(members.iter().copied(), sample.len()), &index);
        let Some(label) = topics.iter().chain(&names).find(|name| !used.contains(&slug(&name.phrase))) else { continue };
        used.insert(slug(&label.phrase));
        let terms = terms(label, &names, sample.len(), &index);
        themes.push(theme(&terms, centre.clone(), members, sample, vectors));
    }
    themes
}

/// The theme of these terms, the label first.
fn theme(terms: &[Name], centre: Vec<f32>, members: &[usize], sample: &[Sampled], vectors: &[Vec<f32>]) -> CorpusTheme {
    let label = terms.first().map_or("", |label| label.phrase.as_str());
    let near_centre = |at: usize| vectors.get(at).map_or(0.0, |vector| dot(vector, &centre));
    let mut near: Vec<(usize, f32)> = members.iter().map(|&at| (at, near_centre(at))).collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
    let last = (near.len() as f64 * (1.0 - FAR)) as usize;
    let examples = near.iter().filter_map(|(at, _)| sample.get(*at)?.example.clone()).take(EXAMPLES).collect();
    CorpusTheme {
        id: slug(label),
        label: label.to_owned(),
        terms: terms.iter().map(|term| term.phrase.clone()).collect(),
        examples,
        keys: terms.iter().map(|term| term.key.clone()).collect(),
        least: near.get(last.min(near.len().saturating_sub(1))).map_or(0.0, |(_, cosine)| *cosine),
        centre,
    }
}

/// The passage's sentence that is long enough to show what it is about.
fn example(analysis: &Analysis, passage: &Passage) -> Option<String> {
    let sentences = analysis.seg.sentences.get(passage.sentences.clone())?;
    let fits = sentences.iter().find(|sent| EXAMPLE_WORDS.contains(&analysis.seg.word_count(sent.tokens.clone())))?;
    Some(analysis.doc.slice(fits.span).split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Attribution, Document, Segmenter, Span};

    /// An article of one passage that says a topic's phrase twice.
    fn article(at: usize) -> Analysis {
        let topics = [("heat pump", [100, 20, 0]), ("rail fare", [0, 20, 100])];
        let (phrase, vector) = topics[at % 2];
        let doc =
            Document::from_text(format!("The {phrase} of town {at} was spoken of by many people there on that day. A {phrase} is dear."));
        let seg = Segmenter::new().segment(&doc);
        let mentions: Vec<Span> = doc.text().match_indices(phrase).map(|(start, found)| Span::new(start, start + found.len())).collect();
        let keyphrases = vec![Keyphrase { phrase: phrase.to_owned(), score: 1.0, mentions, ..Keyphrase::default() }];
        let words_said = vec![(u32::try_from(at % 2).expect("0 or 1"), 2)];
        let passages = vec![Passage { sentences: 0..2, words: 20, vector: vector.to_vec(), words_said }];
        let (entities, quotes, themes) = Default::default();
        Analysis { doc, seg, entities, keyphrases, quotes, attribution: Attribution::default(), themes, passages }
    }

    fn found(articles: impl Iterator<Item = usize>, wanted: ThemeCount) -> Option<CorpusThemes> {
        let mut themes = ThemesOfRun::default();
        articles.for_each(|at| themes.add(&article(at)));
        themes.settle(wanted)
    }

    #[test]
    fn topics_that_articles_share_are_found_in_any_order() {
        let forth = found(0..40, ThemeCount::Fixed(2)).expect("themes");
        let back = found((0..40).rev(), ThemeCount::Fixed(2)).expect("themes");
        let labels = |themes: &CorpusThemes| themes.all().iter().map(|theme| theme.label.clone()).collect::<Vec<_>>();
        let mut sorted = labels(&forth);
        sorted.sort();
        assert_eq!(sorted, ["heat pump", "rail fare"]);
        assert_eq!(forth.all(), back.all(), "the order of articles plays no part");
        let mut one = article(6);
        forth.assign(&mut one);
        assert_eq!((one.themes.len(), one.themes[0].id.as_str(), one.themes[0].sentences.as_slice()), (1, "heat-pump", &[0, 1][..]));
        assert_eq!(one.themes[0].evidence.len(), 2);
        // What is far from every theme has none.
        let mut other = article(1);
        other.passages[0].vector = vec![-90, -90, -10];
        other.passages[0].words_said = Vec::new();
        forth.assign(&mut other);
        assert_eq!(other.themes, []);
    }

    #[test]
    fn few_articles_keep_their_own_themes() {
        assert!(found(0..20, ThemeCount::BySize).is_none() && found(0..40, ThemeCount::BySize).is_some());
    }
}
