//! The stage's entry and the order of its steps: names first, then roles, then sources, pronouns and descriptions, then whom a
//! quotation borrows its speaker from.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::coreference::{Candidate, Chosen, Coreference, Features, Question, Ranking};
use super::gender_in_text::gender_in_text;
use super::names::{FoundName, NameRule, NameSources, labelled, take, unlabelled, work_titles};
use super::pronouns::Pronoun;
use super::referents::{Referents, bodies, persons};
use super::rule::{Finding, Rule, Rules};
use super::sources::borrowed::{self, Borrowing};
use super::sources::phrases::{self, CutSource};
use super::sources::reading::{SourceReading, read_source};
use super::sources::{dialogue, joint};
use super::word_view::Words;
use super::{Attribution, Gazetteer, SpeakerClasses, attribution, confidence, coreference, roles};
use crate::encoder::AntecedentRanker;
use crate::{Date, Entity, EntityLabel, Error, ErrorKind, Quote, Reading, Result, Span};

/// The rules that find names, in order; names that stand in the way of a later rule's go.
const NAMES: [(Rule, NameRule); 7] = [
    // The entity stage has weighed the model's labels against the whole article.
    (Rule::EntityName, labelled::of_entities),
    (Rule::ModelName, labelled::of_model),
    // Puts right what the two before it brought.
    (Rule::Addressed, labelled::addressed),
    // Names inside a title belong to it, so all labels have to be there; none of the later rules may read into it.
    (Rule::WorkTitle, work_titles::find),
    // Guesses from capitals only where nothing is labelled, the surest first.
    (Rule::SourceName, unlabelled::in_sources),
    (Rule::IntroducedName, unlabelled::introduced),
    (Rule::BylineName, unlabelled::in_byline),
];

/// Finds the speaker behind every quotation's source, with the roles that the article states.
#[derive(Debug, Clone, Default)]
pub struct SpeakerResolver {
    gazetteer: Option<Arc<Gazetteer>>,
    classes: SpeakerClasses,
    ranker: Option<AntecedentRanker>,
    rules: Rules,
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

    /// Classes speakers by another table.
    #[must_use]
    pub fn with_classes(mut self, classes: SpeakerClasses) -> Self {
        self.classes = classes;
        self
    }

    /// Chooses antecedents with the ranker of a model.
    ///
    /// # Errors
    /// Where it was trained on other features than this version has.
    pub(crate) fn with_ranker(mut self, ranker: AntecedentRanker) -> Result<Self> {
        let own = Features::names();
        if ranker.features() != own {
            let known = |name: &&str| ranker.features().iter().any(|feature| feature == name);
            let why = match (own.iter().find(|name| !known(name)), ranker.features().iter().find(|name| !own.contains(&name.as_str()))) {
                (Some(missing), _) => format!("antecedents.safetensors was trained without '{missing}'"),
                (None, Some(other)) => format!("antecedents.safetensors was trained on '{other}', which this program does not have"),
                (None, None) => "antecedents.safetensors has the features of this program in another order".to_owned(),
            };
            return Err(Error::new(ErrorKind::Model(why)).with_hint("train it again with models/train/antecedents.py"));
        }
        self.ranker = Some(ranker);
        Ok(self)
    }

    /// Works without one rule, to show what it is good for.
    #[cfg(test)]
    pub(crate) fn without(mut self, rule: Rule) -> Self {
        self.rules = Rules::without(rule);
        self
    }

    /// Resolves the sources of `quotes`; joint sources (*Smith and Jones*) go to the one named first.
    ///
    /// ```
    /// use sayso::{Document, Quote, QuoteKind, Span};
    /// use sayso::Reading;
    /// use sayso::encoder::Encoding;
    /// use sayso::segment::Segmenter;
    /// use sayso::speakers::SpeakerResolver;
    ///
    /// let doc = Document::from_text("Zhou Yuan spoke. Rates will rise, he said.");
    /// let seg = Segmenter::new().segment(&doc);
    /// let name = seg.tokens_in(Span::new(0, 9));
    /// let person = sayso::encoder::LabelledSpan { label: sayso::encoder::EntityLabel::Person, tokens: name, score: 0.9 };
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
    /// assert_eq!(attribution.basis[0][0].rule.name(), "pronoun-by-hand");
    /// ```
    pub fn resolve(&self, reading: &Reading<'_>, entities: &[Entity], quotes: &[Quote]) -> Attribution {
        let words = Words::new(reading, quotes);
        let (sources, referents) = self.read(reading, &words, entities, quotes);
        let mut coreference = Coreference::follow(&self.question(reading, &words, quotes, &sources), referents, false);
        // Bodies last: *its president* needs to know what *it* means.
        coreference.place_roles();
        let chosen = self.choose(reading, &words, quotes, &sources, &coreference);
        let referents = coreference.referents();
        let joint: Vec<Vec<usize>> =
            chosen.iter().enumerate().map(|(quote, chosen)| sources.joint(&words, referents, quote, chosen.as_ref())).collect();
        let mut attribution = attribution::number(&words, referents, &chosen, &joint);
        attribution.confidence = chosen.iter().map(|chosen| Some(confidence::of(referents, chosen.as_ref()?))).collect();
        attribution.basis = chosen.iter().enumerate().map(|(quote, chosen)| sources.basis(&words, quote, chosen.as_ref())).collect();
        for speaker in &mut attribution.speakers {
            speaker.class = self.classes.class_of(speaker);
            speaker.gender_in_text = gender_in_text(reading.doc, speaker);
        }
        // Nothing but the finished speaker, with roles and bodies, tells two people of one name apart.
        if let Some(gazetteer) = self.gazetteer.as_ref().filter(|_| self.rules.has(Rule::KnownPerson)) {
            let day = reading.doc.metadata().get("date").and_then(|date| Date::find(date, None)).filter(|date| date.is_day());
            for (speaker, found) in attribution.speakers.iter_mut().zip(&mut attribution.found) {
                speaker.known = gazetteer.find(speaker, day);
                found.extend(speaker.known.as_ref().map(|_| Finding { rule: Rule::KnownPerson, span: None }));
            }
        }
        attribution
    }

    /// Every pronoun that resolution looked for an antecedent of, with what it may have meant: what the ranker is trained on.
    pub(crate) fn anaphora(&self, reading: &Reading<'_>, entities: &[Entity], quotes: &[Quote]) -> Vec<Anaphora> {
        let words = Words::new(reading, quotes);
        let (sources, referents) = self.read(reading, &words, entities, quotes);
        let coreference = Coreference::follow(&self.question(reading, &words, quotes, &sources), referents, true);
        let span = |range: &Range<usize>| words.span(range);
        let anaphora = |(at, candidates): (usize, Vec<Candidate>)| Anaphora {
            pronoun: span(&(at..at + 1)),
            candidates: candidates.iter().map(|candidate| (span(&candidate.words), candidate.features.values().to_vec())).collect(),
        };
        coreference.into_record().into_iter().map(anaphora).collect()
    }

    /// Gathers the names with the roles beside them, and reads every source.
    fn read(&self, reading: &Reading<'_>, words: &Words<'_>, entities: &[Entity], quotes: &[Quote]) -> (Sources, Referents) {
        let mut ranges = phrases::ranges(words, quotes);
        let mut referents = self.name_all(reading, words, entities, &ranges);
        // Names before whole sources: what belongs to a source is told by the names around it.
        let mut whole = BTreeMap::new();
        for (&at, range) in &mut ranges {
            let Some(quote) = quotes.get(at) else { continue };
            let found = phrases::whole(&CutSource { words, referents: &referents, source: range, quote }, self.rules);
            if let Some((rule, longer)) = found {
                range.clone_from(&longer);
                whole.insert(at, (rule, longer));
            }
        }
        let read = |(&at, range): (&usize, &Range<usize>)| Some((at, read_source(words, &referents, range.clone(), self.rules)?));
        let readings: BTreeMap<usize, SourceReading> = ranges.iter().filter_map(read).collect();
        // *Chair of the transport committee Ana Lima*: what stands before the name that ends a source is its role.
        for (quote, reading) in &readings {
            if let (SourceReading::Named { referent, rule: Rule::OnlyPerson, words: name }, Some(range)) = (reading, ranges.get(quote)) {
                roles::add_before_name(words, &mut referents, *referent, range.start..name.start);
            }
        }
        (Sources { ranges, whole, readings }, referents)
    }

    /// What coreference starts from.
    fn question<'a>(&'a self, reading: &Reading<'a>, words: &'a Words<'a>, quotes: &'a [Quote], sources: &'a Sources) -> Question<'a> {
        let ranking = self.ranker.as_ref().map(|ranker| Ranking { ranker, seg: reading.seg, encoding: reading.encoding });
        Question { words, quotes, ranges: &sources.ranges, sources: &sources.readings, ranking, rules: self.rules }
    }

    /// Gathers all names and the roles stated beside them.
    fn name_all(
        &self,
        reading: &Reading<'_>,
        words: &Words<'_>,
        entities: &[Entity],
        sources: &BTreeMap<usize, Range<usize>>,
    ) -> Referents {
        let mut named: Vec<FoundName> = Vec::new();
        for (_, find) in NAMES.iter().filter(|(rule, _)| self.rules.has(*rule)) {
            let found = find(&NameSources { reading, words, entities, sources, named: &named });
            take(&mut named, found);
        }
        let (people, others): (Vec<FoundName>, Vec<FoundName>) = named.into_iter().partition(|name| name.label == EntityLabel::Person);
        let others: Vec<FoundName> =
            others.into_iter().filter(|name| !matches!(name.label, EntityLabel::Date | EntityLabel::Money)).collect();
        let mut referents = Referents::default();
        // Bodies before persons: a word that a body's name holds is nobody's surname.
        bodies::gather(words, &others, self.rules, &mut referents);
        persons::gather(words, &people, self.rules, &mut referents);
        // Roles need both: *Ana Lima of Acme*.
        roles::gather(words, &mut referents);
        referents
    }

    /// The speaker of each quotation: by its source, else borrowed.
    fn choose(
        &self,
        reading: &Reading<'_>,
        words: &Words<'_>,
        quotes: &[Quote],
        sources: &Sources,
        coreference: &Coreference<'_>,
    ) -> Vec<Option<Chosen>> {
        let title = reading.seg.title.map(|span| words.within(span));
        let interviewed = dialogue::interviewed(words, coreference.referents(), title.as_ref(), &sources.ranges);
        let interviewed = interviewed.filter(|_| self.rules.has(Rule::Interviewed));
        let answers = |quote: usize| sources.ranges.get(&quote).is_some_and(|source| dialogue::is_answer(words, source));
        let by_source = |quote: usize| match sources.readings.get(&quote)? {
            _ if interviewed.is_some() && answers(quote) => {
                let whom = interviewed?;
                Some(Chosen { referent: whom.referent, rule: Rule::Interviewed, words: Some(whom.words.clone()), share: None })
            }
            SourceReading::Named { referent, rule, words } => {
                Some(Chosen { referent: *referent, rule: *rule, words: Some(words.clone()), share: None })
            }
            SourceReading::Open(..) => coreference.chosen(quote).cloned(),
        };
        let mut chosen: Vec<Option<Chosen>> = (0..quotes.len()).map(by_source).collect();
        let mut speakers: Vec<Option<usize>> = chosen.iter().map(|chosen| Some(chosen.as_ref()?.referent)).collect();
        let byline = reading.seg.byline.map(|span| words.within(span));
        let first_persons = sources.first_persons();
        for pass in borrowed::PASSES {
            for (quote, slot) in chosen.iter_mut().enumerate().filter(|(_, slot)| slot.is_none()) {
                let borrowing = Borrowing {
                    words,
                    referents: coreference.referents(),
                    quotes,
                    sources: &sources.ranges,
                    first_persons: &first_persons,
                    byline: byline.as_ref(),
                    interviewed,
                    speakers: &speakers,
                };
                let Some((rule, found)) = borrowed::find(pass, &borrowing, quote, self.rules) else { continue };
                *slot = Some(Chosen { referent: found.referent, rule, words: found.words, share: None });
                if let Some(speaker) = speakers.get_mut(quote) {
                    *speaker = Some(found.referent);
                }
            }
        }
        chosen
    }
}

/// The sources of an article's quotations, read with the names around them.
struct Sources {
    /// The words of each source.
    ranges: BTreeMap<usize, Range<usize>>,
    /// Those that the quotation stage cut short, with the rule that says so.
    whole: BTreeMap<usize, (Rule, Range<usize>)>,
    readings: BTreeMap<usize, SourceReading>,
}

impl Sources {
    /// The quotations whose source is *I*, *we* or *you*.
    fn first_persons(&self) -> Vec<usize> {
        let is_first = |source: &SourceReading| matches!(source, SourceReading::Open(coreference::AnaphorKind::Pronoun(Pronoun::First), _));
        self.readings.iter().filter(|(_, source)| is_first(source)).map(|(&quote, _)| quote).collect()
    }

    /// Those who speak with the one a source names first.
    fn joint(&self, words: &Words<'_>, referents: &Referents, quote: usize, chosen: Option<&Chosen>) -> Vec<usize> {
        let named = self.readings.get(&quote).zip(self.ranges.get(&quote)).zip(chosen);
        match named {
            Some(((SourceReading::Named { referent, words: first, .. }, source), chosen)) if chosen.referent == *referent => {
                joint::others(words, referents, source, first)
            }
            _ => Vec::new(),
        }
    }

    /// Why a quotation has its speaker, the decisive evidence first.
    fn basis(&self, words: &Words<'_>, quote: usize, chosen: Option<&Chosen>) -> Vec<Finding> {
        let Some(chosen) = chosen else { return Vec::new() };
        let decisive = Finding { rule: chosen.rule, span: chosen.words.as_ref().map(|range| words.span(range)) };
        let whole = self.whole.get(&quote).map(|(rule, range)| Finding { rule: *rule, span: Some(words.span(range)) });
        std::iter::once(decisive).chain(whole).collect()
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
