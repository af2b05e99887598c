//! Candidates: noun phrases by their tags, with every place that says them.
//!
//! A phrase is `(ADJ|NOUN|PROPN)* (NOUN|PROPN)` inside one sentence. Shorter phrases inside longer ones are candidates only where they
//! also live outside of them (the idea of the C-value, Frantzi et al. 2000): of *new quality productive forces* said twelve times,
//! *productive forces* is dropped.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::stop_words::{is_breaking, is_general, is_pointing};
use crate::stem::{is_inflection, stem};
use crate::{EntityLabel, ParagraphKind, Reading, TokenKind, Upos};

/// Longest phrase in tokens; longer runs keep their end.
const LONGEST: usize = 8;

/// The number of a stem in one document.
type StemId = u32;

/// A phrase by the stems of its words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Token ranges of every occurrence, in text order; never empty.
    pub(super) occurrences: Vec<Range<usize>>,
    /// Occurrences that do not stand inside a longer repeated candidate.
    pub(super) free: usize,
}

impl Candidate {
    /// The number of tokens.
    pub(super) fn len(&self) -> usize {
        self.occurrences.first().map_or(0, ExactSizeIterator::len)
    }

    /// The first occurrence.
    pub(super) fn first(&self) -> Range<usize> {
        self.occurrences.first().cloned().unwrap_or_default()
    }
}

/// Finds the candidates of `reading`, by first occurrence, the longer one first.
pub(super) fn candidates(reading: Reading<'_>) -> Vec<Candidate> {
    let words = Words::new(reading);
    let runs = words.runs();
    let nested = Nesting::of(&words, &runs);
    let mut found: Vec<(Vec<StemId>, Vec<Range<usize>>)> =
        nested.keys().map(|key| (key.clone(), words.occurrences(key))).filter(|(_, occurrences)| !occurrences.is_empty()).collect();
    found.sort_by_key(|(key, occurrences)| (std::cmp::Reverse(key.len()), occurrences.first().map(|range| range.start)));
    keep_whole(&found, &nested)
}

/// Drops parts that live inside longer repeated phrases only, and counts for the others how often they stand free.
fn keep_whole(found: &[(Vec<StemId>, Vec<Range<usize>>)], nested: &Nesting) -> Vec<Candidate> {
    let mut inside: HashSet<(usize, usize)> = HashSet::new();
    let mut largest_around: HashMap<&[StemId], usize> = HashMap::new();
    let mut kept = Vec::new();
    for (key, occurrences) in found {
        let total = occurrences.len();
        let around = largest_around.get(key.as_slice()).copied().unwrap_or_default();
        let lives_inside = around >= total || (around >= 2 && !nested.stands_alone(key) && around * 5 >= total * 4);
        if lives_inside {
            continue;
        }
        let free = occurrences.iter().filter(|range| !inside.contains(&(range.start, range.end))).count();
        for part in parts(key.len()) {
            if let Some(part_key) = key.get(part.clone()) {
                let most = largest_around.entry(part_key).or_default();
                *most = total.max(*most);
            }
            if total >= 2 {
                inside.extend(occurrences.iter().map(|range| (range.start + part.start, range.start + part.end)));
            }
        }
        kept.push(Candidate { occurrences: occurrences.clone(), free });
    }
    kept.sort_by_key(|candidate| (candidate.first().start, std::cmp::Reverse(candidate.len())));
    kept
}

/// Every proper part of a phrase of `len` tokens.
fn parts(len: usize) -> impl Iterator<Item = Range<usize>> {
    (0..len).flat_map(move |start| (start + 1..=len).map(move |end| start..end)).filter(move |part| part.len() < len)
}

/// Which phrases stand alone and which inside what.
struct Nesting {
    alone: BTreeSet<Vec<StemId>>,
    shared: BTreeSet<Vec<StemId>>,
}

impl Nesting {
    fn of(words: &Words<'_>, runs: &[Range<usize>]) -> Self {
        let mut alone = BTreeSet::new();
        let mut around: BTreeMap<Vec<StemId>, BTreeSet<Vec<StemId>>> = BTreeMap::new();
        for run in runs {
            let whole = words.key(run.clone());
            for part in parts(run.len()) {
                let part = run.start + part.start..run.start + part.end;
                if words.is_phrase(part.clone()) {
                    around.entry(words.key(part)).or_default().insert(whole.clone());
                }
            }
            if words.is_phrase(run.clone()) {
                alone.insert(whole);
            }
        }
        let shared = around.into_iter().filter(|(_, wholes)| wholes.len() >= 2).map(|(part, _)| part).collect();
        Self { alone, shared }
    }

    fn keys(&self) -> impl Iterator<Item = &Vec<StemId>> {
        self.alone.union(&self.shared)
    }

    fn stands_alone(&self, key: &[StemId]) -> bool {
        self.alone.contains(key)
    }
}

/// Numbers for words: inflections of one word share a number, derivations (*industry*, *industrial*) do not.
#[derive(Debug, Default)]
struct StemIds {
    by_stem: HashMap<String, Vec<(String, StemId)>>,
    count: StemId,
}

impl StemIds {
    fn id(&mut self, word: &str) -> StemId {
        let lower = word.to_lowercase();
        let forms = self.by_stem.entry(stem(word)).or_default();
        if let Some((_, id)) = forms.iter().find(|(form, _)| is_inflection(form, &lower)) {
            return *id;
        }
        self.count += 1;
        forms.push((lower, self.count));
        self.count
    }
}

/// What the finder knows of each token.
struct Words<'a> {
    reading: Reading<'a>,
    /// The stem of each word that may be part of a phrase's text; `None` for punctuation, numbers and text that is not read.
    stems: Vec<Option<StemId>>,
    /// Whether the token may be part of a run.
    part: Vec<bool>,
    /// Whether the token may end a run.
    head: Vec<bool>,
    /// The name each token belongs to: the index of its entity.
    name: Vec<Option<usize>>,
    /// Tokens by stem.
    places: HashMap<StemId, Vec<usize>>,
}

impl<'a> Words<'a> {
    fn new(reading: Reading<'a>) -> Self {
        let count = reading.seg.tokens.len();
        let mut words = Self {
            reading,
            stems: vec![None; count],
            part: vec![false; count],
            head: vec![false; count],
            name: vec![None; count],
            places: HashMap::new(),
        };
        let mut ids = StemIds::default();
        let dated = words.mark_entities();
        for sent in &reading.seg.sentences {
            if !words.is_read(sent.paragraph) {
                continue;
            }
            for token in sent.tokens.clone() {
                if reading.seg.tokens.get(token).is_none_or(|token| token.kind != TokenKind::Word) {
                    continue;
                }
                let id = ids.id(reading.token_text(token));
                words.places.entry(id).or_default().push(token);
                words.put(token, id, dated.get(token).copied().unwrap_or_default());
            }
            for token in sent.tokens.clone() {
                words.join_name(token);
            }
            for token in sent.tokens.clone().rev() {
                if words.is_participle(token, &sent.tokens)
                    && let Some(part) = words.part.get_mut(token)
                {
                    *part = true;
                }
            }
        }
        words
    }

    /// Titles and headings are read beside running text; bylines, credits and furniture are not.
    fn is_read(&self, paragraph: usize) -> bool {
        self.reading
            .seg
            .paragraphs
            .get(paragraph)
            .is_some_and(|paragraph| matches!(paragraph.kind, ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Body))
    }

    /// Notes the name of each token, without its article (*the*); returns which tokens stand in a date or a sum of money.
    fn mark_entities(&mut self) -> Vec<bool> {
        let mut dated = vec![false; self.stems.len()];
        for (at, entity) in self.reading.encoding.entities.iter().enumerate() {
            let is_dated = matches!(entity.label, EntityLabel::Date | EntityLabel::Money);
            let articles = entity.tokens.clone().take_while(|&token| self.reading.encoding.upos(token) == Upos::Det).count();
            let tokens = (entity.tokens.start + articles).min(entity.tokens.end)..entity.tokens.end;
            if is_dated && let Some(dated) = dated.get_mut(tokens.clone()) {
                dated.fill(true);
            } else if let Some(names) = self.name.get_mut(tokens) {
                names.fill(Some(at));
            }
        }
        dated
    }

    /// Whether a border of `tokens` cuts a name in two.
    fn cuts_a_name(&self, tokens: &Range<usize>) -> bool {
        let name = |token: usize| self.name.get(token).copied().flatten();
        let cut = |at: usize| at > 0 && name(at).is_some() && name(at) == name(at - 1);
        cut(tokens.start) || cut(tokens.end)
    }

    /// Words inside a name are part of its phrase whatever their tag: *Ministry of Justice*.
    fn join_name(&mut self, token: usize) {
        let name = |token: usize| self.name.get(token).copied().flatten();
        let is_inside = token > 0 && name(token).is_some() && name(token) == name(token - 1) && name(token) == name(token + 1);
        if is_inside
            && self.stems.get(token).is_some_and(Option::is_some)
            && let Some(part) = self.part.get_mut(token)
        {
            *part = true;
        }
    }

    fn put(&mut self, token: usize, id: StemId, is_dated: bool) {
        let text = self.reading.token_text(token);
        let lower = text.to_lowercase();
        let tag = self.reading.encoding.upos(token);
        let is_noun = matches!(tag, Upos::Noun | Upos::Propn);
        let breaks = is_dated || is_breaking(&lower) || (tag == Upos::Adj && is_pointing(&lower));
        if let (Some(place), Some(part), Some(head)) = (self.stems.get_mut(token), self.part.get_mut(token), self.head.get_mut(token)) {
            *place = Some(id);
            *part = (is_noun || tag == Upos::Adj) && !breaks && text.chars().any(char::is_alphabetic);
            *head = is_noun && *part;
        }
    }

    /// Whether a word tagged as a verb stands as an adjective before a phrase: *emerging markets*, *a forced sale*, not *fostering trade*.
    fn is_participle(&self, token: usize, sent: &Range<usize>) -> bool {
        let encoding = self.reading.encoding;
        let leads = token + 1 < sent.end && self.part.get(token + 1).copied().unwrap_or_default();
        if encoding.upos(token) != Upos::Verb || !leads || self.stems.get(token).is_none_or(Option::is_none) {
            return false;
        }
        let before = (token > sent.start).then(|| encoding.upos(token - 1));
        let text = self.reading.token_text(token);
        if text.ends_with("ing") {
            matches!(before, Some(Upos::Det | Upos::Adj | Upos::Num))
        } else {
            text.ends_with("ed")
                && matches!(before, Some(Upos::Det | Upos::Adj | Upos::Num | Upos::Adp | Upos::Cconj | Upos::Punct | Upos::Adv))
        }
    }

    /// The longest runs of phrase tokens that end in a noun.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut runs = Vec::new();
        for sent in &self.reading.seg.sentences {
            let mut start = sent.tokens.start;
            for token in sent.tokens.clone().chain([sent.tokens.end]) {
                if token < sent.tokens.end && self.part.get(token).copied().unwrap_or_default() {
                    continue;
                }
                let end = (start..token).rev().find(|&at| self.head.get(at).copied().unwrap_or_default()).map_or(start, |head| head + 1);
                if end > start {
                    runs.push(start.max(end.saturating_sub(LONGEST))..end);
                }
                start = token + 1;
            }
        }
        runs
    }

    /// Whether a part of a run is a phrase: it ends in a noun and is no single general noun or letter.
    fn is_phrase(&self, tokens: Range<usize>) -> bool {
        let last = tokens.end.saturating_sub(1);
        let text = self.reading.token_text(last);
        self.head.get(last).copied().unwrap_or_default()
            && !self.cuts_a_name(&tokens)
            && (tokens.len() > 1 || (text.chars().nth(1).is_some() && !is_general(&text.to_lowercase())))
    }

    fn key(&self, tokens: Range<usize>) -> Vec<StemId> {
        self.stems.get(tokens).unwrap_or_default().iter().filter_map(|&id| id).collect()
    }

    /// Every place that says `key` inside one sentence; a single word only where it is a noun.
    ///
    /// Longer phrases are found by their words alone, so one wrong tag does not lose a mention.
    fn occurrences(&self, key: &[StemId]) -> Vec<Range<usize>> {
        let starts = key.first().and_then(|first| self.places.get(first)).map(Vec::as_slice).unwrap_or_default();
        let mut found: Vec<Range<usize>> = Vec::new();
        for &start in starts {
            let tokens = start..start + key.len();
            let says = self.stems.get(tokens.clone()).is_some_and(|stems| stems.iter().zip(key).all(|(stem, id)| *stem == Some(*id)));
            let fits = if key.len() == 1 { self.head.get(start).copied().unwrap_or_default() } else { self.same_sentence(&tokens) };
            if says && fits && found.last().is_none_or(|last| last.end <= start) {
                found.push(tokens);
            }
        }
        found
    }

    fn same_sentence(&self, tokens: &Range<usize>) -> bool {
        let seg = self.reading.seg;
        let at = seg.sentences.partition_point(|sent| sent.tokens.end <= tokens.start);
        seg.sentences.get(at).is_some_and(|sent| tokens.end <= sent.tokens.end)
    }
}
