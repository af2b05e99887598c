//! What the passages of an article say: phrases that may name a theme, and single words.

use std::collections::{BTreeMap, BTreeSet};

use super::Passage;
use super::labels::{Kind, PhraseCount, key};
use crate::stem::stem;
use crate::{Analysis, EntityLabel, Keyphrase, Span, lexicon};

/// Letters of a word that may be a term by itself.
const LEAST_LETTERS: usize = 4;

/// What an article says.
pub(super) struct Said<'a> {
    analysis: &'a Analysis,
    topics: Vec<Topic<'a>>,
    names: Names,
}

/// A keyphrase that may name a theme.
struct Topic<'a> {
    key: String,
    phrase: String,
    kind: Kind,
    /// In text order.
    mentions: &'a [Span],
}

impl<'a> Said<'a> {
    /// Gathers the keyphrases of an article that may name a theme: no names of people and places or parts of names, nothing that holds a date or a
    /// sum, no bare general nouns, nobody's title (*senior official*), no talk or stage direction.
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let names = Names::of(analysis);
        let people: BTreeSet<&str> = analysis
            .entities
            .iter()
            .filter(|entity| entity.label == EntityLabel::Person)
            .flat_map(|entity| &entity.mentions)
            .flat_map(|mention| analysis.doc.slice(mention.span).split_whitespace())
            .collect();
        let is_called_so = |phrase: &&Keyphrase| phrase.phrase.split(' ').all(|word| people.contains(word));
        let is_part = |phrase: &&Keyphrase| {
            phrase.mentions.iter().filter(|mention| names.have_as_part(**mention)).count() * 2 > phrase.mentions.len()
        };
        let topics = analysis.keyphrases.iter().filter(|phrase| may_name(phrase) && !is_called_so(phrase) && !is_part(phrase));
        let topics = topics.map(|phrase| Topic {
            key: key(&phrase.phrase),
            phrase: plain(phrase),
            kind: if phrase.label == Some(EntityLabel::Organization) { Kind::Body } else { Kind::Topic },
            mentions: &phrase.mentions,
        });
        Self { analysis, topics: topics.filter(|topic| !topic.key.is_empty()).collect(), names }
    }

    /// What stands in a passage, at `span`.
    pub(super) fn in_passage(&self, passage: &Passage, span: Span) -> Vec<PhraseCount> {
        let mut said: Vec<PhraseCount> = self.topics.iter().filter_map(|topic| topic.in_span(span)).collect();
        let known: BTreeSet<String> = said.iter().map(|phrase| phrase.key.clone()).collect();
        let mut words: BTreeMap<String, PhraseCount> = BTreeMap::new();
        let tokens = &self.analysis.seg.tokens;
        let from = tokens.partition_point(|token| token.span.start() < span.start());
        for token in tokens.iter().skip(from).take_while(|token| token.span.end() <= span.end()) {
            let word = self.analysis.doc.slice(token.span).to_lowercase();
            let key = stem(&word);
            let is_long = word.chars().filter(|ch| ch.is_alphabetic()).count() >= LEAST_LETTERS;
            let says_nothing = || lexicon::is_general(&word) || lexicon::is_spoken(&word) || self.names.have(token.span);
            if !is_long || known.contains(&key) || !passage.says(&key) || says_nothing() {
                continue;
            }
            words.entry(key.clone()).or_insert(PhraseCount { key, phrase: word, count: 0, kind: Kind::Word }).count += 1;
        }
        said.extend(words.into_values());
        said
    }
}

impl Topic<'_> {
    fn in_span(&self, span: Span) -> Option<PhraseCount> {
        let from = self.mentions.partition_point(|mention| mention.start() < span.start());
        let inside = self.mentions.iter().skip(from).take_while(|mention| mention.start() < span.end());
        let count = u32::try_from(inside.filter(|mention| span.contains(**mention)).count()).ok()?;
        (count > 0).then(|| PhraseCount { key: self.key.clone(), phrase: self.phrase.clone(), count, kind: self.kind })
    }
}

/// Where an article's names stand, in text order.
struct Names(Vec<Span>);

impl Names {
    fn of(analysis: &Analysis) -> Self {
        let mut names: Vec<Span> = analysis.entities.iter().flat_map(|entity| &entity.mentions).map(|mention| mention.span).collect();
        names.sort_unstable_by_key(|name| (name.start(), name.end()));
        Self(names)
    }

    /// Whether `span` is a name or stands in one. Names do not overlap.
    fn have(&self, span: Span) -> bool {
        self.around(span).is_some()
    }

    /// Whether `span` is but a part of a name.
    fn have_as_part(&self, span: Span) -> bool {
        self.around(span).is_some_and(|name| name.len() > span.len())
    }

    fn around(&self, span: Span) -> Option<Span> {
        let after = self.0.partition_point(|name| name.start() <= span.start());
        self.0.get(after.checked_sub(1)?).copied().filter(|name| name.contains(span))
    }
}

/// Whether a keyphrase may name a theme by what it is.
fn may_name(phrase: &Keyphrase) -> bool {
    let is_name = matches!(
        phrase.label,
        Some(
            EntityLabel::Person
                | EntityLabel::Location
                | EntityLabel::Facility
                | EntityLabel::Norp
                | EntityLabel::Date
                | EntityLabel::Money
        )
    );
    let lower = phrase.phrase.to_lowercase();
    let is_general = !lower.contains(' ') && lexicon::is_general(&lower);
    let is_title = lower.split(' ').next_back().is_some_and(|word| lexicon::role_noun(word).is_some());
    let is_spoken = lower.split(' ').any(lexicon::is_spoken);
    !is_name && !is_general && !is_title && !is_spoken && lower.chars().filter(|ch| ch.is_alphabetic()).count() > 2
}

/// A phrase in small letters unless it is a name.
fn plain(phrase: &Keyphrase) -> String {
    let is_written_large = phrase.label.is_some() || phrase.phrase.chars().skip(1).any(char::is_uppercase);
    if is_written_large { phrase.phrase.clone() } else { phrase.phrase.to_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::{Entity, EntityMention};
    use crate::{Attribution, Document, Segmenter};

    #[test]
    fn titles_talk_and_parts_of_names_name_no_theme() {
        let text = "The heat pump pleased the senior official, who met laughter. The president had no ferry fares to give and talk of Lyme. \
                    Kamala, said Holm University, is Kamala Lind.";
        let doc = Document::from_text(text);
        let spans = |phrase: &str| -> Vec<Span> { text.match_indices(phrase).map(|(at, found)| Span::new(at, at + found.len())).collect() };
        let phrases = ["heat pump", "senior official", "laughter", "president", "ferry fares", "talk of Lyme", "Kamala", "University"];
        let phrase = |phrase: &str| Keyphrase { phrase: phrase.to_owned(), mentions: spans(phrase), ..Keyphrase::default() };
        let entity = |label: EntityLabel, name: &str| Entity {
            id: name.to_owned(),
            label,
            name: name.to_owned(),
            mentions: spans(name).into_iter().map(|span| EntityMention { span, score: 1.0 }).collect(),
        };
        let entities = vec![entity(EntityLabel::Person, "Kamala Lind"), entity(EntityLabel::Organization, "Holm University")];
        let seg = Segmenter::new().segment(&doc);
        let (quotes, themes, passages) = Default::default();
        let keyphrases = phrases.map(phrase).into();
        let analysis = Analysis { doc, seg, entities, keyphrases, quotes, attribution: Attribution::default(), themes, passages };
        let topics: Vec<String> = Said::of(&analysis).topics.into_iter().map(|topic| topic.phrase).collect();
        assert_eq!(topics, ["heat pump", "ferry fares"]);
    }
}
