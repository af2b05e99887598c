//! A case's hand-made reading: what the model would say about the text, so that rules are tested without it.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::format::OneOrMore;
use super::words::find;
use crate::encoder::Label;
use crate::{
    AttributionLabel, ContentLinks, Document, Encoding, EntityLabel, LabelledSpan, Quote, QuoteKind, Segmentation, Span, TokenVectors, Upos,
};

/// How sure the model is where a case does not say so.
const SURENESS: f32 = 0.9;

/// The model's answers about one text. Words are named as they stand there, `and [he] said` for one *he* of several.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Labels {
    /// Names of persons; every place where they stand is labelled, longer names first.
    pub persons: Vec<String>,
    /// Names of bodies.
    pub organizations: Vec<String>,
    /// Names of places.
    pub places: Vec<String>,
    /// Names of buildings and roads.
    pub facilities: Vec<String>,
    /// Names of nationalities, religious and political groups.
    pub groups: Vec<String>,
    /// Dates and periods.
    pub dates: Vec<String>,
    /// Sums of money.
    pub money: Vec<String>,
    /// Names of products.
    pub products: Vec<String>,
    /// Other names: events, laws, works.
    pub others: Vec<String>,
    /// Contents with the sources and cues that the model links to them.
    pub attributions: Vec<AttributionWritten>,
    /// Sources without a link.
    pub sources: Vec<String>,
    /// Cues without a link.
    pub cues: Vec<String>,
    /// Contents without a link.
    pub contents: Vec<String>,
    /// Part-of-speech tags by word: `{ grows = "VERB" }`; all other words are `X`.
    pub tags: BTreeMap<String, String>,
    /// How sure the model is of the runs of attributions, 0 to 1 [default: 0.9].
    pub sureness: Option<f32>,
    /// Quotations as their stage would give them; the rules of quotations are not asked.
    pub quotes: Vec<AttributionWritten>,
}

/// A content with its source and cue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AttributionWritten {
    /// Who says it; empty for nobody.
    pub source: String,
    /// The word that says so; empty for none.
    pub cue: String,
    /// What is said, in one part or several.
    #[serde(deserialize_with = "content")]
    pub content: Vec<String>,
}

fn content<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    OneOrMore::deserialize(deserializer).map(|parts| parts.0)
}

/// What labels are made of that do not fit their text.
pub(crate) type Misfit = String;

impl Labels {
    /// The reading of `doc` that these labels stand for.
    pub(crate) fn encoding(&self, doc: &Document, seg: &Segmentation) -> Result<Encoding, Misfit> {
        let text = Text { doc, seg };
        let runs = Runs::of(self, text)?;
        Ok(Encoding {
            entities: self.entities(text)?,
            attributions: runs.spans,
            links: runs.links,
            upos: self.upos(text)?,
            vectors: TokenVectors::new(4),
            meanings: TokenVectors::default(),
        })
    }

    /// The quotations that are given in place of those of the stage; none where the stage is asked.
    pub(super) fn given_quotes(&self, doc: &Document, seg: &Segmentation) -> Result<Option<Vec<Quote>>, Misfit> {
        if self.quotes.is_empty() {
            return Ok(None);
        }
        let text = Text { doc, seg };
        let mut quotes = self.quotes.iter().map(|written| quote(text, written)).collect::<Result<Vec<_>, _>>()?;
        quotes.sort_by_key(|quote| quote.content.first().copied());
        for (at, quote) in quotes.iter_mut().enumerate() {
            quote.id = format!("q{}", at + 1);
        }
        Ok(Some(quotes))
    }

    /// Names in text order; of those that overlap, the longest.
    fn entities(&self, text: Text<'_>) -> Result<Vec<LabelledSpan<EntityLabel>>, Misfit> {
        let lists = [
            (&self.persons, EntityLabel::Person),
            (&self.organizations, EntityLabel::Organization),
            (&self.places, EntityLabel::Location),
            (&self.facilities, EntityLabel::Facility),
            (&self.groups, EntityLabel::Norp),
            (&self.dates, EntityLabel::Date),
            (&self.money, EntityLabel::Money),
            (&self.products, EntityLabel::Product),
            (&self.others, EntityLabel::Misc),
        ];
        let mut found = Vec::new();
        for (name, label) in lists.into_iter().flat_map(|(names, label)| names.iter().map(move |name| (name, label))) {
            let before = found.len();
            let places = text.doc.text().match_indices(name.as_str()).map(|(start, words)| Span::new(start, start + words.len()));
            found.extend(places.filter_map(|span| text.whole_tokens(span)).map(|tokens| LabelledSpan { label, tokens, score: SURENESS }));
            if found.len() == before {
                return Err(format!("the name {name:?} does not stand in the text"));
            }
        }
        found.sort_by_key(|entity| (std::cmp::Reverse(entity.tokens.len()), entity.tokens.start));
        let mut kept: Vec<LabelledSpan<EntityLabel>> = Vec::new();
        for entity in found {
            if kept.iter().all(|other| other.tokens.end <= entity.tokens.start || entity.tokens.end <= other.tokens.start) {
                kept.push(entity);
            }
        }
        kept.sort_by_key(|entity| entity.tokens.start);
        Ok(kept)
    }

    fn upos(&self, text: Text<'_>) -> Result<Vec<Upos>, Misfit> {
        let mut upos = vec![Upos::X; text.seg.tokens.len()];
        for (word, name) in &self.tags {
            let tag = Upos::from_name(name).ok_or_else(|| format!("{name:?} is no part-of-speech tag"))?;
            for (_, slot) in text.seg.tokens.iter().zip(&mut upos).filter(|(token, _)| text.doc.slice(token.span) == word) {
                *slot = tag;
            }
        }
        Ok(upos)
    }
}

/// A text with its tokens.
#[derive(Clone, Copy)]
struct Text<'a> {
    doc: &'a Document,
    seg: &'a Segmentation,
}

impl Text<'_> {
    fn span(self, written: &str) -> Result<Span, Misfit> {
        find(self.doc.text(), written).ok_or_else(|| format!("{written:?} does not stand in the text"))
    }

    /// The span, cut to tokens.
    fn token_span(self, written: &str) -> Result<Span, Misfit> {
        let tokens = self.tokens(written)?;
        self.seg.span_of(tokens).ok_or_else(|| format!("{written:?} holds no word"))
    }

    fn tokens(self, written: &str) -> Result<Range<usize>, Misfit> {
        self.span(written).map(|span| self.seg.tokens_in(span))
    }

    /// The tokens of a span that begins and ends with one: *Lind* does not stand in *Linden*.
    fn whole_tokens(self, span: Span) -> Option<Range<usize>> {
        let tokens = self.seg.tokens_in(span);
        (self.seg.span_of(tokens.clone()) == Some(span)).then_some(tokens)
    }
}

/// Runs of attributions in text order, each content with its links.
struct Runs {
    spans: Vec<LabelledSpan<AttributionLabel>>,
    links: Vec<ContentLinks>,
}

impl Runs {
    fn of(labels: &Labels, text: Text<'_>) -> Result<Self, Misfit> {
        let score = labels.sureness.unwrap_or(SURENESS);
        let mut runs = Self { spans: Vec::new(), links: Vec::new() };
        for written in labels.attributions.iter().chain(&labels.quotes) {
            let contents = written.content.iter().map(|part| runs.add(text.tokens(part)?, AttributionLabel::Content, score));
            let contents = contents.collect::<Result<Vec<usize>, Misfit>>()?;
            let source = runs.shared(text, &written.source, AttributionLabel::Source, score)?;
            let cue = runs.shared(text, &written.cue, AttributionLabel::Cue, score)?;
            let link = |run: Option<usize>| run.map(|run| (run, SURENESS));
            for content in contents {
                if let Some(links) = runs.links.get_mut(content) {
                    *links = ContentLinks { source: link(source), cue: link(cue) };
                }
            }
        }
        let unlinked = [
            (&labels.sources, AttributionLabel::Source),
            (&labels.cues, AttributionLabel::Cue),
            (&labels.contents, AttributionLabel::Content),
        ];
        for (written, label) in unlinked.into_iter().flat_map(|(all, label)| all.iter().map(move |written| (written, label))) {
            runs.add(text.tokens(written)?, label, score)?;
        }
        Ok(runs.sorted())
    }

    fn add(&mut self, tokens: Range<usize>, label: AttributionLabel, score: f32) -> Result<usize, Misfit> {
        if tokens.is_empty() {
            return Err(format!("a {label} holds no word"));
        }
        self.spans.push(LabelledSpan { label, tokens, score });
        self.links.push(ContentLinks::default());
        Ok(self.spans.len() - 1)
    }

    /// A source or cue, which several contents may have; none for empty words.
    fn shared(&mut self, text: Text<'_>, written: &str, label: AttributionLabel, score: f32) -> Result<Option<usize>, Misfit> {
        if written.is_empty() {
            return Ok(None);
        }
        let tokens = text.tokens(written)?;
        match self.spans.iter().position(|run| run.label == label && run.tokens == tokens) {
            Some(known) => Ok(Some(known)),
            None => self.add(tokens, label, score).map(Some),
        }
    }

    /// In text order, the links pointing at the same runs.
    fn sorted(self) -> Self {
        let mut order: Vec<usize> = (0..self.spans.len()).collect();
        order.sort_by_key(|&at| self.spans.get(at).map(|run| run.tokens.start));
        let moved = |link: Option<(usize, f32)>| link.and_then(|(run, score)| Some((order.iter().position(|&at| at == run)?, score)));
        let links = order.iter().filter_map(|&at| self.links.get(at));
        let links = links.map(|links| ContentLinks { source: moved(links.source), cue: moved(links.cue) }).collect();
        Self { spans: order.iter().filter_map(|&at| self.spans.get(at)).cloned().collect(), links }
    }
}

/// A quotation of the words as they are written; it is direct where it opens with a mark.
fn quote(text: Text<'_>, written: &AttributionWritten) -> Result<Quote, Misfit> {
    let optional = |words: &str| if words.is_empty() { Ok(None) } else { text.token_span(words).map(Some) };
    let content = written.content.iter().map(|part| text.token_span(part)).collect::<Result<Vec<_>, _>>()?;
    let is_direct = content.first().is_some_and(|&first| text.doc.slice(first).starts_with(['“', '"']));
    Ok(Quote {
        id: String::new(),
        kind: if is_direct { QuoteKind::Direct } else { QuoteKind::Indirect },
        content,
        cue: optional(&written.cue)?,
        cue_class: None,
        source: optional(&written.source)?,
        confidence: f64::from(SURENESS),
        rules: Vec::new(),
    })
}
