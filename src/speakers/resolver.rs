//! The stage's entry: names first, then roles, then pronouns and noun phrases, then one speaker per quotation.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::candidates::Candidate;
use super::cast::{Cast, Referent, ReferentKind};
use super::coreference::Coreference;
use super::lexicon::BodyNoun;
use super::mentions::{self, AnaphorKind, Pronoun, SourceReading};
use super::names::fold;
use super::ranking::{Features, Ranking};
use super::words::Words;
use super::{
    Attribution, Gazetteer, MentionKind, Speaker, SpeakerKind, SpeakerMention, bodies, continuation, lexicon, people, role_patterns, roles,
    source_phrases, sureness, titles, unlabelled,
};
use crate::encoder::AntecedentRanker;
use crate::{Date, Entity, EntityLabel, Error, ErrorKind, Quote, Reading, Result, Span};

/// Finds the speaker behind every quotation's source, with the roles that the article states.
#[derive(Debug, Clone, Default)]
pub struct SpeakerResolver {
    gazetteer: Option<Arc<Gazetteer>>,
    ranker: Option<AntecedentRanker>,
}

impl SpeakerResolver {
    /// Makes a resolver.
    pub fn new() -> Self {
        Self::default()
    }

    /// Links speakers to the people of `gazetteer`.
    #[must_use]
    pub fn with_gazetteer(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = Some(Arc::new(gazetteer));
        self
    }

    /// Chooses antecedents with the ranker of a model.
    ///
    /// # Errors
    /// Where it was trained for other features than this version has.
    pub(crate) fn with_ranker(mut self, ranker: AntecedentRanker) -> Result<Self> {
        if ranker.features() != Features::WIDTH {
            let why = format!("antecedents.safetensors takes {} features, this program has {}", ranker.features(), Features::WIDTH);
            return Err(Error::new(ErrorKind::Model(why)).with_hint("train it again with models/train/antecedents.py"));
        }
        self.ranker = Some(ranker);
        Ok(self)
    }

    /// Resolves the sources of `quotes`; joint sources (*Smith and Jones*) go to the one named first.
    ///
    /// ```
    /// use sayso::{Document, Encoding, Quote, QuoteKind, Reading, Segmenter, Span, SpeakerResolver};
    ///
    /// let doc = Document::from_text("Zhou Yuan spoke. Rates will rise, he said.");
    /// let seg = Segmenter::new().segment(&doc);
    /// let name = seg.tokens_in(Span::new(0, 9));
    /// let person = sayso::LabelledSpan { label: sayso::EntityLabel::Person, tokens: name, score: 0.9 };
    /// let encoding = Encoding { entities: vec![person], ..Encoding::default() };
    /// let quote = Quote {
    ///     id: "q1".to_owned(),
    ///     kind: QuoteKind::Indirect,
    ///     content: vec![Span::new(17, 32)],
    ///     cue: Some(Span::new(37, 41)),
    ///     cue_class: None,
    ///     source: Some(Span::new(34, 36)),
    ///     confidence: 0.9,
    ///     rules: Vec::new(),
    /// };
    /// let reading = Reading { doc: &doc, seg: &seg, encoding: &encoding };
    /// let attribution = SpeakerResolver::new().resolve(&reading, &[], &[quote]);
    /// assert_eq!(attribution.speakers[0].name, "Zhou Yuan");
    /// ```
    pub fn resolve(&self, reading: &Reading<'_>, entities: &[Entity], quotes: &[Quote]) -> Attribution {
        let words = Words::new(reading, quotes);
        let (ranges, sources, coreference) = self.follow(reading, &words, entities, quotes, None);
        let is_first = |quote: usize| matches!(sources.get(&quote), Some(SourceReading::Open(AnaphorKind::Pronoun(Pronoun::First), _)));
        let mut by_quote: Vec<Option<usize>> = (0..quotes.len()).map(|quote| coreference.by_quote.get(&quote).copied()).collect();
        for (quote, slot) in quotes.iter().zip(&mut by_quote).filter(|(quote, _)| quote.source.is_none()) {
            *slot = slot.or_else(|| coreference.subject_of(quote));
        }
        continuation::fill(&words, &coreference.cast, quotes, is_first, &mut by_quote);
        let byline = reading.seg.byline.map(|span| words.within(span));
        continuation::fill_first_person(&words, &coreference.cast, byline, &ranges, &mut by_quote);
        let mut attribution = attribute(&words, &coreference.cast, &by_quote);
        let sure = |(quote, referent): (usize, &Option<usize>)| Some(confidence(&coreference, &sources, quote, (*referent)?));
        attribution.confidence = by_quote.iter().enumerate().map(sure).collect();
        if let Some(gazetteer) = &self.gazetteer {
            let day = reading.doc.metadata().get("date").and_then(|date| Date::find(date, None)).filter(|date| date.is_day());
            for speaker in &mut attribution.speakers {
                speaker.known = gazetteer.find(speaker, day);
            }
        }
        attribution
    }

    /// Every pronoun that resolution looked for an antecedent of, with what it may have meant: what the ranker is trained on.
    pub(crate) fn anaphora(&self, reading: &Reading<'_>, entities: &[Entity], quotes: &[Quote]) -> Vec<Anaphora> {
        let words = Words::new(reading, quotes);
        let (.., coreference) = self.follow(reading, &words, entities, quotes, Some(Vec::new()));
        let span = |range: &Range<usize>| words.span(range);
        let anaphora = |(at, candidates): (usize, Vec<Candidate>)| Anaphora {
            pronoun: span(&(at..at + 1)),
            candidates: candidates.iter().map(|candidate| (span(&candidate.words), candidate.features.values().to_vec())).collect(),
        };
        coreference.record.into_iter().flatten().map(anaphora).collect()
    }

    /// Reads names and sources and follows every anaphor.
    fn follow<'w>(
        &'w self,
        reading: &Reading<'w>,
        words: &'w Words<'w>,
        entities: &[Entity],
        quotes: &'w [Quote],
        record: Option<Vec<(usize, Vec<Candidate>)>>,
    ) -> (BTreeMap<usize, Range<usize>>, BTreeMap<usize, SourceReading>, Coreference<'w>) {
        let mut ranges = source_phrases::ranges(words, quotes);
        let cast = name_all(reading, words, entities, &ranges);
        for (quote, range) in &mut ranges {
            if let Some(quote) = quotes.get(*quote) {
                *range = source_phrases::widened(words, &cast, range.clone(), quote);
            }
        }
        let sources: BTreeMap<usize, SourceReading> =
            ranges.iter().filter_map(|(&quote, range)| Some((quote, mentions::read_source(words, &cast, range.clone())?))).collect();
        let anaphors = mentions::anaphors(words, &cast, &sources);
        let mut coreference = Coreference::new(words, cast, quotes, &ranges);
        coreference.record = record;
        coreference.ranking = self.ranker.as_ref().map(|ranker| Ranking { ranker, seg: reading.seg, encoding: reading.encoding });
        coreference.run(&anaphors, &sources);
        (ranges, sources, coreference)
    }
}

/// A pronoun and the mentions it may stand for.
#[derive(Debug)]
pub(crate) struct Anaphora {
    /// The pronoun, in bytes.
    pub(crate) pronoun: Span,
    /// Mentions, in bytes, each with its features.
    pub(crate) candidates: Vec<(Span, Vec<f32>)>,
}

/// Gathers all names and the roles stated beside them.
fn name_all(reading: &Reading<'_>, words: &Words<'_>, entities: &[Entity], sources: &BTreeMap<usize, Range<usize>>) -> Cast {
    let mut named = labelled(reading, words, entities);
    titles::add(words, &mut named);
    unlabelled::add(words, sources, &mut named);
    unlabelled::add_introduced(words, &mut named);
    unlabelled::add_byline(words, reading.seg.byline, &mut named);
    let persons: Vec<Range<usize>> =
        named.iter().filter(|(_, label)| *label == EntityLabel::Person).map(|(range, _)| range.clone()).collect();
    named.retain(|(_, label)| !matches!(label, EntityLabel::Person | EntityLabel::Date | EntityLabel::Money));
    let mut cast = Cast::default();
    bodies::gather(words, &named, &mut cast);
    people::gather(words, &persons, &mut cast);
    let mentions: Vec<_> = cast.mentions().iter().filter(|mention| cast.is_person(mention.referent)).cloned().collect();
    for mention in mentions {
        let found = role_patterns::of_name(words, &cast, &mention);
        let Some(person) = cast.referents.get_mut(mention.referent) else { continue };
        for held in found {
            person.gender.mark(lexicon::gender_of_word(&held.noun));
            roles::add(&mut person.roles, held);
        }
    }
    cast
}

/// The labelled names: those of the entity stage first, then those of the encoder that do not overlap them.
fn labelled(reading: &Reading<'_>, words: &Words<'_>, entities: &[Entity]) -> Vec<(Range<usize>, EntityLabel)> {
    let of_stage = entities.iter().flat_map(|entity| entity.mentions.iter().map(|mention| (mention.span, entity.label)));
    let of_encoder =
        reading.encoding.entities.iter().filter_map(|entity| Some((reading.seg.span_of(entity.tokens.clone())?, entity.label)));
    let mut taken = vec![false; words.len()];
    let mut named = Vec::new();
    for (span, label) in of_stage.chain(of_encoder) {
        let range = words.within(span);
        let needs_capital = matches!(label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Location | EntityLabel::Norp);
        if needs_capital && !reading.slice(span).contains(|ch: char| ch.is_numeric() || ch.is_alphabetic() && !ch.is_lowercase()) {
            continue;
        }
        let Some(slots) = taken.get_mut(range.clone()).filter(|slots| !slots.is_empty() && !slots.contains(&true)) else { continue };
        slots.fill(true);
        // *MR. DAHL*: whom a form of address precedes is a person, whatever capitals look like to the encoder.
        let is_addressed = label == EntityLabel::Organization && is_addressed(words, &range);
        named.push((range, if is_addressed { EntityLabel::Person } else { label }));
    }
    named.sort_by_key(|(range, _)| range.start);
    named
}

/// Whether a name is a single word with a form of address, as part of it or right before it.
fn is_addressed(words: &Words<'_>, range: &Range<usize>) -> bool {
    let is_inside = range.len() == 2 && lexicon::is_honorific(words.lower(range.start));
    is_inside || range.len() == 1 && lexicon::is_honorific(words.lower_before(range.start))
}

/// Numbers the speakers in order of first quotation and gathers what the article says of them.
fn attribute(words: &Words<'_>, cast: &Cast, by_quote: &[Option<usize>]) -> Attribution {
    let mut order: Vec<usize> = Vec::new();
    let by_quote = by_quote
        .iter()
        .map(|referent| {
            let referent = (*referent)?;
            Some(order.iter().position(|&known| known == referent).unwrap_or_else(|| {
                order.push(referent);
                order.len() - 1
            }))
        })
        .collect();
    let speakers = order.iter().enumerate().map(|(index, &referent)| speaker(words, cast, index, referent)).collect();
    let chains = (0..cast.referents.len()).map(|referent| mentions_of(words, cast, referent)).collect();
    Attribution { speakers, by_quote, chains, confidence: Vec::new() }
}

/// How sure the speaker of a quotation is, by what its source is.
fn confidence(coreference: &Coreference<'_>, sources: &BTreeMap<usize, SourceReading>, quote: usize, referent: usize) -> f64 {
    let is_unnamed = coreference.cast.kind(referent) == Some(ReferentKind::Unnamed);
    match sources.get(&quote) {
        _ if !coreference.by_quote.contains_key(&quote) => sureness::CARRIED_ON,
        Some(SourceReading::Named(_)) => sureness::NAMED,
        Some(SourceReading::Open(AnaphorKind::Pronoun(_), _)) => coreference.sure.get(&quote).copied().unwrap_or(sureness::UNRANKED),
        Some(SourceReading::Open(AnaphorKind::Nominal(_), _)) if is_unnamed => sureness::UNNAMED,
        _ => sureness::DESCRIBED,
    }
}

fn speaker(words: &Words<'_>, cast: &Cast, index: usize, referent: usize) -> Speaker {
    let mentions = mentions_of(words, cast, referent);
    let known = cast.referents.get(referent);
    let name = known.map(|known| known.name.clone()).unwrap_or_default();
    let mut aliases: Vec<String> = Vec::new();
    for mention in cast.mentions_of(referent).iter().filter(|mention| mention.kind == MentionKind::Name) {
        let alias = words.phrase(&mention.words);
        if fold(&alias) != fold(&name) && aliases.iter().all(|known| fold(known) != fold(&alias)) {
            aliases.push(alias);
        }
    }
    let is_document = known.is_some_and(is_document);
    let (kind, is_metonym) = match known.map(|known| known.kind) {
        Some(ReferentKind::Person) => (SpeakerKind::Person, false),
        Some(ReferentKind::Body(_) | ReferentKind::Unnamed) if is_document => (SpeakerKind::Document, false),
        Some(ReferentKind::Body(label)) => (SpeakerKind::Organization, matches!(label, EntityLabel::Location | EntityLabel::Facility)),
        Some(ReferentKind::Unnamed) | None => (SpeakerKind::Unnamed, false),
    };
    let mut held: Vec<_> = known.map(|known| known.roles.clone()).unwrap_or_default();
    held.sort_by_key(|held| held.words.start);
    let roles = held.into_iter().map(|held| held.role).collect();
    Speaker { id: format!("s{}", index + 1), name, kind, is_metonym, aliases, roles, mentions, known: None }
}

/// Whether a referent is a text: an unnamed one by its noun, a work by any word of its title (*Clean Water Act*).
fn is_document(referent: &Referent) -> bool {
    let is_text = |word: &str| lexicon::body_noun(&word.to_lowercase()) == Some(BodyNoun::Document);
    match referent.kind {
        ReferentKind::Unnamed => referent.noun.as_deref().is_some_and(is_text),
        ReferentKind::Body(EntityLabel::Misc | EntityLabel::Product) => referent.name.split_whitespace().any(is_text),
        _ => false,
    }
}

fn mentions_of(words: &Words<'_>, cast: &Cast, referent: usize) -> Vec<SpeakerMention> {
    let mentions = cast.mentions_of(referent).into_iter();
    mentions.map(|mention| SpeakerMention { span: words.span(&mention.words), kind: mention.kind }).collect()
}
