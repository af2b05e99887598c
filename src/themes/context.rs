//! What the article says around a sentence, for each theme of a codebook: the [`Clues`] of a sentence and a theme.

use std::collections::{BTreeMap, BTreeSet};

use super::clues::{AROUND, Clues, FADING, REACH, standardised};
use super::codebook::Codebook;
use super::matcher::Hit;
use super::similarity::ThemeVectors;
use crate::{ParagraphKind, Quote, Reading, Span, cosine};

/// Shorter sentences are datelines and exclamations, about nothing that they do not say.
const FEWEST_WORDS: usize = 3;
/// How much a sentence counts in the meaning of itself with its neighbours, by its distance.
const NEIGHBOURS: [f32; 3] = [1.0, 0.5, 0.25];
/// The same for the wider stretch: each counts so much of the one nearer.
const WIDER_FADING: f32 = 0.9;

/// Where the article says a theme.
#[derive(Debug, Clone, Default)]
struct Said {
    /// The first term in a sentence by its place among those of running text.
    clear: BTreeMap<usize, Span>,
    /// Places of sentences with no term but in a name or a source.
    apart: BTreeSet<usize>,
    /// Places of sentences, each with a term that stands there, as the matcher counts them.
    terms: BTreeSet<(usize, usize)>,
    title: Option<Span>,
}

/// A sentence of the running text, and how near it and what stands around it are to each theme that has a vector.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    at: usize,
    own: Vec<f64>,
    near: Vec<f64>,
    around: Vec<f64>,
    /// The meaning of the sentence with its neighbours; empty where the model gives none.
    pub(super) meaning: Vec<f32>,
}

/// What the article says of each theme.
pub(super) struct Context<'a> {
    vectors: &'a ThemeVectors,
    /// Places of sentences with too few words.
    short: BTreeSet<usize>,
    said: Vec<Said>,
    /// Places of sentences in a quotation.
    quoted: BTreeSet<usize>,
    /// The meaning of the sentence at each place; empty where no theme has one.
    meanings: Vec<Option<Vec<f32>>>,
}

impl<'a> Context<'a> {
    /// Takes in what the terms of each theme found in each sentence; `body` are the sentences of running text, in text order.
    pub(super) fn new(
        reading: Reading<'_>,
        codebook: &Codebook,
        vectors: &'a ThemeVectors,
        body: &[usize],
        hits: &[Vec<(usize, Vec<Hit>)>],
        quotes: &[Quote],
    ) -> Self {
        let meant = if vectors.has_meanings() { body } else { &[] };
        let words = |sentence: usize| reading.seg.sentences.get(sentence).map_or(0, |sent| reading.seg.word_count(sent.tokens.clone()));
        let short = body.iter().enumerate().filter(|&(_, &sentence)| words(sentence) < FEWEST_WORDS).map(|(place, _)| place);
        Self {
            short: short.collect(),
            said: said(reading, codebook, body, hits, quotes),
            quoted: quoted(reading, body, quotes),
            meanings: meant.iter().map(|&sentence| reading.encoding.meaning(reading.seg, sentence)).collect(),
            vectors,
        }
    }

    /// The sentence at `at` of the running text: compared with every theme at once, and kept by nobody, as a long article's would be large.
    pub(super) fn place(&self, at: usize) -> Place {
        if self.meanings.is_empty() {
            return Place { at, ..Place::default() };
        }
        let wider: Vec<f32> =
            std::iter::once(1.0).chain((0..AROUND).map(|steps| WIDER_FADING.powi(i32::try_from(steps).unwrap_or(i32::MAX)))).collect();
        let near = blend(&self.meanings, at, &NEIGHBOURS);
        let own = self.meanings.get(at).and_then(Option::as_deref).unwrap_or_default();
        Place {
            at,
            own: self.vectors.cosines(own),
            near: standardised(&self.vectors.cosines(&near)),
            around: standardised(&self.vectors.cosines(&blend(&self.meanings, at, &wider))),
            meaning: near,
        }
    }

    /// What speaks for the sentence at `here` being about a theme; none where it is too short to be about anything that it does not say.
    pub(super) fn clues(&self, theme: usize, here: &Place) -> Option<Clues> {
        let place = here.at;
        let said = self.said.get(theme)?;
        let says = said.clear.contains_key(&place);
        if !says && self.short.contains(&place) {
            return None;
        }
        let near = said.terms.range((place.saturating_sub(AROUND), 0)..(place + AROUND + 1, 0));
        let around: BTreeSet<usize> = near.filter(|(at, _)| *at != place).map(|(_, term)| *term).collect();
        let fading = |steps: usize| FADING.powi(i32::try_from(steps).unwrap_or(i32::MAX));
        let says_at = |place: usize| said.clear.contains_key(&place);
        let figure = |of: &[f64]| of.get(theme).copied().unwrap_or_default();
        Some(Clues {
            says,
            says_apart: said.apart.contains(&place),
            terms_around: around.len(),
            in_title: said.title.is_some(),
            before: (1..=REACH.min(place)).filter(|back| says_at(place - back)).map(|back| fading(back - 1)).sum(),
            after: (1..=REACH).filter(|on| says_at(place + on)).map(|on| fading(on - 1)).sum(),
            is_quoted: self.quoted.contains(&place),
            near: figure(&here.own),
            nearer: figure(&here.near),
            nearer_around: figure(&here.around),
        })
    }

    /// The words nearest to `place` that say the theme, the earlier of two as near; the title's where the running text has none.
    pub(super) fn nearest(&self, theme: usize, place: usize) -> Option<Span> {
        let said = self.said.get(theme)?;
        let before = said.clear.range(..=place).next_back();
        let after = said.clear.range(place..).next();
        match (before, after) {
            (Some((earlier, span)), Some((later, _))) if place - earlier <= later - place => Some(*span),
            (_, Some((_, span))) | (Some((_, span)), None) => Some(*span),
            (None, None) => said.title,
        }
    }
}

/// What the terms of each theme found, by the places of sentences among those of running text.
fn said(reading: Reading<'_>, codebook: &Codebook, body: &[usize], hits: &[Vec<(usize, Vec<Hit>)>], quotes: &[Quote]) -> Vec<Said> {
    let mut said = vec![Said::default(); codebook.themes().len()];
    for (sentence, found) in hits.iter().enumerate() {
        let place = body.binary_search(&sentence).ok();
        for (theme, hits) in found {
            let Some(said) = said.get_mut(*theme) else { continue };
            let is_apart = |hit: &&Hit| is_of_source(hit.span, quotes) || is_name(reading, codebook, sentence, **hit);
            let clear: Vec<&Hit> = hits.iter().filter(|hit| !is_apart(hit)).collect();
            match (place, clear.first()) {
                (Some(place), Some(first)) => {
                    said.clear.insert(place, first.span);
                    said.terms.extend(clear.iter().map(|hit| (place, hit.term)));
                }
                (Some(place), None) => _ = said.apart.insert(place),
                (None, first) if kind_of(reading, sentence) == Some(ParagraphKind::Title) => {
                    said.title = said.title.or(first.map(|hit| hit.span));
                }
                _ => {}
            }
        }
    }
    said
}

/// The places of sentences in a quotation.
fn quoted(reading: Reading<'_>, body: &[usize], quotes: &[Quote]) -> BTreeSet<usize> {
    let spans = quotes.iter().flat_map(|quote| &quote.content);
    let places = spans.flat_map(|span| {
        let first =
            body.partition_point(|&sentence| reading.seg.sentences.get(sentence).is_some_and(|sent| sent.span.end() <= span.start()));
        let inside = move |place: &usize| {
            let sent = body.get(*place).and_then(|&sentence| reading.seg.sentences.get(sentence));
            sent.is_some_and(|sent| sent.span.start() < span.end())
        };
        (first..body.len()).take_while(inside)
    });
    places.collect()
}

/// The unit vector of a sentence with those before and after, each weighed by its distance; empty where none has one.
fn blend(meanings: &[Option<Vec<f32>>], place: usize, weights: &[f32]) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    for (distance, weight) in weights.iter().enumerate() {
        let after = Some(place + distance).filter(|_| distance > 0);
        let places = place.checked_sub(distance).into_iter().chain(after);
        for vector in places.filter_map(|at| meanings.get(at)?.as_ref()) {
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(vector).for_each(|(total, value)| *total += weight * value);
        }
    }
    let length = cosine(&sum, &sum).sqrt().max(f32::EPSILON);
    for value in &mut sum {
        *value /= length;
    }
    sum
}

fn kind_of(reading: Reading<'_>, sentence: usize) -> Option<ParagraphKind> {
    let sent = reading.seg.sentences.get(sentence)?;
    reading.seg.paragraphs.get(sent.paragraph).map(|paragraph| paragraph.kind)
}

/// Whether a term is a part of a quotation's source: it then says who speaks rather than of what.
fn is_of_source(span: Span, quotes: &[Quote]) -> bool {
    quotes.iter().filter_map(|quote| quote.source).any(|source| source.contains(span))
}

/// Whether a term without capitals has them in the article, elsewhere than at the start of a sentence or in a title.
fn is_name(reading: Reading<'_>, codebook: &Codebook, sentence: usize, hit: Hit) -> bool {
    let starts = reading.seg.sentences.get(sentence).is_none_or(|sent| sent.span.start() == hit.span.start());
    let is_running = !matches!(kind_of(reading, sentence), Some(ParagraphKind::Title | ParagraphKind::Heading));
    let has_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_written_small = !codebook.matcher().term(hit.term).chars().any(char::is_uppercase);
    is_running && !starts && is_written_small && reading.slice(hit.span).split_whitespace().all(has_capital)
}

#[cfg(test)]
mod tests {
    use super::super::{Reason, ThemeCoder};
    use super::*;
    use crate::testing::Annotated;

    const PORTS: &str = r#"
        min_probability = 0.1
        [[theme]]
        id = "sea"
        [[theme]]
        id = "ports"
        parent = "sea"
        keywords = ["port", "IMO"]
        phrases = ["container terminal"]
        wildcards = ["dredg*"]
        patterns = ["/berths? \\d+/"]
    "#;

    fn code(text: &str) -> (Annotated, Vec<crate::Theme>) {
        let annotated = Annotated::new(text);
        let coder = ThemeCoder::new(Some(Codebook::from_toml(PORTS).expect("a codebook")));
        let themes = coder.code(&annotated.reading(), &[], &[]);
        (annotated, themes)
    }

    #[test]
    fn a_sentence_has_the_theme_its_article_speaks_of() {
        let text = "The port grew.\nShips wait at Berth 12.\nThey dredged the container terminal.\nIt cost too much money.\nWe wait.";
        let (annotated, themes) = code(text);
        assert!(themes.iter().all(|theme| theme.sentences == [0, 1, 2, 3]), "parents too, and nothing for two words: {themes:?}");
        let carried = themes[0].evidence.last().expect("evidence");
        assert_eq!(annotated.doc.slice(carried.span), "It cost too much money.");
        let Reason::Context { probability, from: Some(from) } = carried.reason else { panic!("{carried:?}") };
        assert_eq!(annotated.doc.slice(from), "dredged");
        assert!(probability > 0.1 && probability < 0.3, "{probability}");
    }

    #[test]
    fn one_mention_is_not_enough() {
        assert!(code("The port grew.\nIt cost too much money.").1.iter().all(|theme| theme.sentences == [0]));
        let far = format!("Ports close. They dredged Berth 12.\n{}It cost too much money.", "The rain fell all day.\n".repeat(20));
        assert!(code(&far).1.iter().all(|theme| theme.sentences == [0, 1]), "context does not spread over the whole article");
    }

    #[test]
    fn a_term_in_a_name_says_less() {
        let odds = |text: &str| {
            let annotated = Annotated::new(text);
            let codebook = Codebook::from_toml(PORTS).expect("a codebook");
            let hits: Vec<Vec<(usize, Vec<Hit>)>> = vec![codebook.matcher().hits(annotated.reading(), 0)];
            let vectors = ThemeVectors::default();
            let context = Context::new(annotated.reading(), &codebook, &vectors, &[0], &hits, &[]);
            context.clues(1, &context.place(0)).expect("clues")
        };
        for (text, is_clear) in
            [("He banks with the Port Bank.", false), ("He banks with the port.", true), ("Port fees rose again.", true)]
        {
            assert_eq!((odds(text).says, odds(text).says_apart), (is_clear, !is_clear), "{text}");
        }
    }
}
