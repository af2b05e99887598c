//! How likely a sentence is about a theme that it does not say itself, by what its article says.
//!
//! People code a sentence as a part of its article: *It would cost twice as much* is about the dam of the sentence before. Six features of a
//! sentence and a theme go into a logistic regression. They do not depend on the codebook: micro F1 over all three codebooks is 49.0 with
//! these weights, 48.7 where those that code an article are fitted on the other nineteen, 47.1 where those for a codebook are fitted on the
//! other two (all without headings).
//!
//! Fitted on the sentences of the sample corpus where no term of the theme stands, coder A, by maximum likelihood with a ridge of 1. What
//! was tried and added nothing: the next sentences, the paragraph, the section, the theme's share and rank in the article, the
//! sentence's length, pronouns, other themes in the sentence, the closeness to the sentences that say the theme, cosines themselves
//! instead of their rank, a linear discriminant of the themes' terms, products of these.

use std::collections::{BTreeMap, BTreeSet};

use super::codebook::Codebook;
use super::matcher::Hit;
use crate::{ParagraphKind, Quote, Reading, Span};

/// The log odds of a sentence with nothing to say for it.
const BIAS: f64 = -4.108;
/// A term stands there as a part of a name (*Blue River Bank*) or of a quotation's source.
const APART: f64 = 1.173;
/// Logarithm of one more than the different terms that the article has of the theme.
const TERMS: f64 = 1.159;
/// Sentences before that say it, up to five, each counting [`FADING`] of the one after it.
const BEFORE: f64 = 0.809;
/// The title says it.
const TITLE: f64 = 0.714;
/// The sentence stands in a quotation: what people are quoted on is the matter more often than what lies between.
const QUOTED: f64 = 0.490;
/// Themes whose vector is closer to the sentence's, up to [`LAST_RANK`].
const RANK: f64 = -0.125;

const FADING: f64 = 0.6;
const REACH: usize = 5;
const LAST_RANK: usize = 8;
/// Shorter sentences are datelines and exclamations, about nothing.
const FEWEST_WORDS: usize = 3;

/// Where the article says a theme.
#[derive(Debug, Clone, Default)]
struct Said {
    /// The first term in a sentence by its place among those of running text.
    clear: BTreeMap<usize, Span>,
    /// Places of sentences with no term but in a name or a source.
    apart: BTreeSet<usize>,
    /// Its terms in the whole article, as the matcher counts them.
    terms: BTreeSet<usize>,
    title: Option<Span>,
}

/// What the article says of each theme.
pub(super) struct Context {
    /// Places of sentences with too few words.
    short: BTreeSet<usize>,
    said: Vec<Said>,
    /// Places of sentences in a quotation.
    quoted: BTreeSet<usize>,
}

impl Context {
    /// Takes in what the terms of each theme found in each sentence; `body` are the sentences of running text, in text order.
    pub(super) fn new(
        reading: Reading<'_>,
        codebook: &Codebook,
        body: &[usize],
        hits: &[Vec<(usize, Vec<Hit>)>],
        quotes: &[Quote],
    ) -> Self {
        let mut said = vec![Said::default(); codebook.themes().len()];
        for (sentence, found) in hits.iter().enumerate() {
            let place = body.binary_search(&sentence).ok();
            for (theme, hits) in found {
                let Some(said) = said.get_mut(*theme) else { continue };
                said.terms.extend(hits.iter().map(|hit| hit.term));
                let is_apart = |hit: &&Hit| is_of_source(hit.span, quotes) || is_name(reading, codebook, sentence, **hit);
                let clear = hits.iter().find(|hit| !is_apart(hit)).map(|hit| hit.span);
                match (place, clear) {
                    (Some(place), Some(span)) => _ = said.clear.insert(place, span),
                    (Some(place), None) => _ = said.apart.insert(place),
                    (None, clear) if kind_of(reading, sentence) == Some(ParagraphKind::Title) => said.title = said.title.or(clear),
                    _ => {}
                }
            }
        }
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
        let words = |sentence: usize| reading.seg.sentences.get(sentence).map_or(0, |sent| reading.seg.word_count(sent.tokens.clone()));
        let short = body.iter().enumerate().filter(|&(_, &sentence)| words(sentence) < FEWEST_WORDS).map(|(place, _)| place);
        Self { short: short.collect(), said, quoted: places.collect() }
    }

    /// Whether a term gives the theme to the sentence at `place` of the running text by itself.
    pub(super) fn says(&self, theme: usize, place: usize) -> bool {
        self.said.get(theme).is_some_and(|said| said.clear.contains_key(&place))
    }

    /// How likely the sentence at `place` of the running text is about a theme it does not say, and the nearest words that say it; none
    /// where the article never does. `rank` is the number of themes whose vector is closer to the sentence's.
    pub(super) fn carried(&self, theme: usize, place: usize, rank: Option<usize>) -> Option<(f64, Span)> {
        let said = self.said.get(theme).filter(|_| !self.short.contains(&place))?;
        let from = said.nearest(place)?;
        let before: f64 = (1..=REACH.min(place)).filter(|back| said.clear.contains_key(&(place - back))).map(|back| fading(back - 1)).sum();
        let flag = |is: bool| f64::from(u8::from(is));
        let odds = BIAS
            + APART * flag(said.apart.contains(&place))
            + TERMS * (said.terms.len() as f64).ln_1p()
            + BEFORE * before
            + TITLE * flag(said.title.is_some())
            + QUOTED * flag(self.quoted.contains(&place))
            + RANK * rank.map_or(LAST_RANK, |rank| rank.min(LAST_RANK)) as f64;
        Some((1.0 / (1.0 + (-odds).exp()), from))
    }
}

impl Said {
    /// The words nearest to `place`, the earlier of two as near; the title's where the running text has none.
    fn nearest(&self, place: usize) -> Option<Span> {
        let before = self.clear.range(..=place).next_back();
        let after = self.clear.range(place..).next();
        match (before, after) {
            (Some((earlier, span)), Some((later, _))) if place - earlier <= later - place => Some(*span),
            (_, Some((_, span))) | (Some((_, span)), None) => Some(*span),
            (None, None) => self.title,
        }
    }
}

fn fading(steps: usize) -> f64 {
    (0..steps).fold(1.0, |share, _| share * FADING)
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
        let Reason::Context { probability, from } = carried.reason else { panic!("{carried:?}") };
        assert_eq!(annotated.doc.slice(from), "dredged");
        assert!((probability - 0.160).abs() < 0.001, "{probability}");
    }

    #[test]
    fn one_mention_carries_to_no_other_sentence() {
        assert!(code("The port grew.\nIt cost too much money.").1.iter().all(|theme| theme.sentences == [0]));
    }

    #[test]
    fn a_term_in_a_name_gives_nothing_by_itself() {
        for (text, expected) in
            [("He banks with the Port Bank.", 0), ("He banks with the port.", 2), ("The IMO met.", 2), ("Port fees rose.", 2)]
        {
            assert_eq!(code(text).1.len(), expected, "{text}");
        }
    }
}
