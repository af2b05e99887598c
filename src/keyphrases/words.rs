//! What the finder of candidates knows of each token: its stem, whether it may be part of a phrase or end one, and the name it stands in.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::stem::{is_inflection, stem};
use crate::{EntityLabel, ParagraphKind, Reading, Sentence, TokenKind, Upos, lexicon};

/// Longest phrase in tokens; longer runs keep their end.
const LONGEST: usize = 8;

/// How often nouns that a preposition binds must stand in a text to be one phrase: twice, and each may be said of the other by chance.
const LEAST_BOUND: usize = 3;

/// The same of *right to repair* and the like, which are seldom chance.
const LEAST_CLAIMS: usize = 2;

/// The number of a stem in one document.
pub(super) type StemId = u32;

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

/// A name that a token stands in.
#[derive(Debug, Clone, Copy)]
struct Name {
    id: usize,
    /// Whether it names a nationality, religion or political group.
    is_group: bool,
}

/// What the finder knows of each token.
pub(super) struct Words<'a> {
    reading: Reading<'a>,
    /// The stem of each word that may be part of a phrase's text; `None` for punctuation, numbers and text that is not read.
    stems: Vec<Option<StemId>>,
    /// Whether the token may be part of a run.
    part: Vec<bool>,
    /// Whether the token may end a run.
    head: Vec<bool>,
    /// The name each token stands in.
    names: Vec<Option<Name>>,
    /// Tokens by stem.
    places: HashMap<StemId, Vec<usize>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(reading: Reading<'a>) -> Self {
        let count = reading.seg.tokens.len();
        let mut words = Self {
            reading,
            stems: vec![None; count],
            part: vec![false; count],
            head: vec![false; count],
            names: vec![None; count],
            places: HashMap::new(),
        };
        let mut ids = StemIds::default();
        let dated = words.mark_entities();
        for sent in &reading.seg.sentences {
            if !words.is_read(sent.paragraph) {
                continue;
            }
            for token in sent.tokens.clone() {
                if !words.is_word(token) {
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
        words.bind_nouns();
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

    /// Whether a token stands in text that is read.
    pub(super) fn is_read_at(&self, token: usize) -> bool {
        self.sentence(token).is_some_and(|sent| self.is_read(sent.paragraph))
    }

    /// Tokens of a name or date without its article (*the*).
    pub(super) fn without_article(&self, tokens: Range<usize>) -> Range<usize> {
        let articles = tokens.clone().take_while(|&token| self.reading.encoding.upos(token) == Upos::Det).count();
        (tokens.start + articles).min(tokens.end)..tokens.end
    }

    /// Notes the name of each token; returns which tokens stand in a date or a sum of money.
    ///
    /// A comma ends a name: *Cape Canaveral, Florida* is two.
    fn mark_entities(&mut self) -> Vec<bool> {
        let mut dated = vec![false; self.stems.len()];
        let mut name = 0;
        for entity in &self.reading.encoding.entities {
            let tokens = self.without_article(entity.tokens.clone());
            if matches!(entity.label, EntityLabel::Date | EntityLabel::Money) {
                if let Some(dated) = dated.get_mut(tokens) {
                    dated.fill(true);
                }
                continue;
            }
            name += 1;
            for token in tokens {
                if self.reading.token_text(token) == "," {
                    name += 1;
                } else if let Some(place) = self.names.get_mut(token) {
                    *place = Some(Name { id: name, is_group: entity.label == EntityLabel::Norp });
                }
            }
        }
        dated
    }

    /// The number of the name a token stands in.
    fn name(&self, token: usize) -> Option<usize> {
        self.names.get(token).copied().flatten().map(|name| name.id)
    }

    /// Whether a token and the one before it stand in one name.
    fn continues_name(&self, token: usize) -> bool {
        token > 0 && self.name(token).is_some() && self.name(token) == self.name(token - 1)
    }

    /// Whether a border of `tokens` cuts a name in two.
    fn cuts_a_name(&self, tokens: &Range<usize>) -> bool {
        self.continues_name(tokens.start) || self.continues_name(tokens.end)
    }

    /// Whether a token belongs to a phrase's words: any word, and the numbers and the *&* of names.
    fn is_word(&self, token: usize) -> bool {
        self.reading.seg.tokens.get(token).is_some_and(|found| match found.kind {
            TokenKind::Word => true,
            TokenKind::Number => self.name(token).is_some(),
            TokenKind::Punctuation => self.name(token).is_some() && self.reading.token_text(token) == "&",
        })
    }

    /// Every word of a name is part of its phrase, and its last one may end it, whatever their tags: *Ministry of Justice*, *Explorer 9*.
    ///
    /// A single adjective of origin (*Greek*) is none, the people (*Greeks*) are.
    fn join_name(&mut self, token: usize) {
        let Some(name) = self.names.get(token).copied().flatten() else { return };
        let text = self.reading.token_text(token);
        let is_last = !self.continues_name(token + 1);
        let is_origin = name.is_group && is_last && !self.continues_name(token) && !text.ends_with('s');
        let is_possessive = is_last && matches!(text, "'s" | "’s");
        if is_origin || is_possessive || self.stems.get(token).is_none_or(Option::is_none) {
            return;
        }
        if let (Some(part), Some(head)) = (self.part.get_mut(token), self.head.get_mut(token)) {
            *part = true;
            *head |= is_last;
        }
    }

    fn put(&mut self, token: usize, id: StemId, is_dated: bool) {
        let text = self.reading.token_text(token);
        let lower = text.to_lowercase();
        let tag = self.reading.encoding.upos(token);
        let is_noun = (matches!(tag, Upos::Noun | Upos::Propn) || is_code(text)) && !self.is_verb_behind_noun(token, &lower);
        let breaks = is_dated || lexicon::is_breaking(&lower) || (tag == Upos::Adj && lexicon::is_pointing(&lower));
        if let (Some(place), Some(part), Some(head)) = (self.stems.get_mut(token), self.part.get_mut(token), self.head.get_mut(token)) {
            *place = Some(id);
            *part = (is_noun || tag == Upos::Adj) && !breaks && text.chars().any(char::is_alphabetic);
            *head = is_noun && *part;
        }
    }

    /// Whether a word that is tagged as a noun is the verb of the noun before it: *COVID-19 cases worsened*, *spending rose*.
    fn is_verb_behind_noun(&self, token: usize, lower: &str) -> bool {
        let is_regular = lower.len() > 5 && lower.ends_with("ed") && !lower.ends_with("eed");
        let before = token.checked_sub(1).map(|before| self.reading.encoding.upos(before));
        let is_small = self.reading.token_text(token).chars().all(char::is_lowercase);
        // A noun that leads on to another one is none: *accused men*.
        let leads = matches!(self.reading.encoding.upos(token + 1), Upos::Noun | Upos::Propn);
        is_small && !leads && (is_regular || lexicon::is_past_form(lower)) && matches!(before, Some(Upos::Noun | Upos::Propn | Upos::Num))
    }

    /// Makes one name of nouns that a preposition binds, where the text says them again: *cost of living*, *right to repair*.
    fn bind_nouns(&mut self) {
        let mut bound: BTreeMap<[StemId; 3], Vec<usize>> = BTreeMap::new();
        for sent in &self.reading.seg.sentences {
            let starts = sent.tokens.start..sent.tokens.end.saturating_sub(2);
            for start in starts.filter(|&start| self.is_bound(start)) {
                if let (Some(first), Some(link), Some(last)) = (self.stem(start), self.stem(start + 1), self.stem(start + 2)) {
                    bound.entry([first, link, last]).or_default().push(start);
                }
            }
        }
        let free = self.names.iter().flatten().map(|name| name.id + 1).max().unwrap_or_default();
        let is_fixed = |places: &Vec<usize>| {
            let is_claim = places.first().is_some_and(|&start| lexicon::claims(&self.reading.token_text(start).to_lowercase()));
            places.len() >= if is_claim { LEAST_CLAIMS } else { LEAST_BOUND }
        };
        let fixed: Vec<usize> = bound.into_values().filter(is_fixed).flatten().collect();
        for (id, start) in (free + 1..).zip(fixed) {
            for token in start..start + 3 {
                if let Some(name) = self.names.get_mut(token) {
                    *name = Some(Name { id, is_group: false });
                }
                self.join_name(token);
            }
        }
    }

    /// Whether the token is a noun with a binding preposition and another noun right behind it, none of them part of a name.
    fn is_bound(&self, start: usize) -> bool {
        let text = |token: usize| self.reading.token_text(token).to_lowercase();
        let is_head = |token: usize| self.head.get(token).copied().unwrap_or_default();
        let (first, link, last) = (text(start), text(start + 1), text(start + 2));
        let is_claim = link == "to" && lexicon::claims(&first) && last.chars().all(char::is_alphabetic) && self.stem(start + 2).is_some();
        let is_pair = lexicon::binds_nouns(&link) && is_head(start) && is_head(start + 2) && !lexicon::is_general(&first);
        let is_open = (start..start + 3).all(|token| self.name(token).is_none());
        is_open && (is_pair || (is_claim && !matches!(self.reading.encoding.upos(start + 2), Upos::Det | Upos::Pron | Upos::Adp)))
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
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
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
    pub(super) fn is_phrase(&self, tokens: Range<usize>) -> bool {
        let last = tokens.end.saturating_sub(1);
        let text = self.reading.token_text(last);
        self.head.get(last).copied().unwrap_or_default()
            && !self.cuts_a_name(&tokens)
            && (tokens.len() > 1 || (text.chars().nth(1).is_some() && !lexicon::is_general(&text.to_lowercase())))
    }

    pub(super) fn key(&self, tokens: Range<usize>) -> Vec<StemId> {
        self.stems.get(tokens).unwrap_or_default().iter().filter_map(|&id| id).collect()
    }

    /// Every place that says `key` inside one sentence; a single word only where it is a noun.
    ///
    /// Longer phrases are found by their words alone, so one wrong tag does not lose a mention.
    pub(super) fn occurrences(&self, key: &[StemId]) -> Vec<Range<usize>> {
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
        self.sentence(tokens.start).is_some_and(|sent| tokens.end <= sent.tokens.end)
    }

    fn sentence(&self, token: usize) -> Option<&'a Sentence> {
        let sentences = &self.reading.seg.sentences;
        sentences.get(sentences.partition_point(|sent| sent.tokens.end <= token)).filter(|sent| sent.tokens.start <= token)
    }

    /// How often the article says each word of `tokens`, in any inflection.
    pub(super) fn counts(&self, tokens: Range<usize>) -> Vec<usize> {
        self.key(tokens).iter().map(|stem| self.places.get(stem).map_or(0, Vec::len)).collect()
    }

    /// The stem of a token; `None` for what is no word of a phrase.
    pub(super) fn stem(&self, token: usize) -> Option<StemId> {
        self.stems.get(token).copied().flatten()
    }
}

/// Whether a word is the name of a kind by letters and digits, whatever its tag: `B.1.1.7`, `H5N1`, `BA.2.86`.
fn is_code(word: &str) -> bool {
    let is_written = word.chars().all(|ch| ch.is_ascii_uppercase() || ch.is_ascii_digit() || matches!(ch, '.' | '-'));
    is_written
        && word.starts_with(|ch: char| ch.is_ascii_uppercase())
        && word.ends_with(|ch: char| ch.is_ascii_alphanumeric())
        && word.contains(|ch: char| ch.is_ascii_digit())
}
