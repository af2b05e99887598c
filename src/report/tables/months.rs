//! What is counted of an outlet's month: articles, sentences and words; quotations, words quoted and speakers by kind and class of speaker.
//!
//! Everything is counted in each article and added up, so that counts of outlets, months, kinds and classes of speakers may be added up as
//! well.

use std::collections::{BTreeMap, BTreeSet};

use super::Article;
use crate::speakers::SpeakerClass;
use crate::{Date, SpeakerKind, Theme};

/// What is counted whoever speaks.
const OF_ALL: [&str; 3] = ["articles", "sentences", "words"];

/// What is counted of each kind and class of speaker.
const OF_VOICES: [&str; 3] = ["quotes", "words_quoted", "speakers"];

/// Classes of people that have rows even where nobody of them speaks in the whole run: who is missing is looked for among these.
const LOOKED_FOR: [SpeakerClass; 7] = [
    SpeakerClass::Official,
    SpeakerClass::Politician,
    SpeakerClass::Expert,
    SpeakerClass::Business,
    SpeakerClass::CivilSociety,
    SpeakerClass::Media,
    SpeakerClass::Citizen,
];

/// Whose words are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// A speaker's, with their class where anything tells it.
    Speaker(SpeakerKind, Option<SpeakerClass>),
    /// Those of quotations whose speaker is not known.
    Unknown,
}

/// One number that is counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// A place in [`OF_ALL`].
    All(usize),
    /// A place in [`OF_VOICES`].
    Voice(Voice, usize),
}

/// What is counted of an outlet's month, or of a theme in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    of_all: [u64; OF_ALL.len()],
    of_voices: BTreeMap<Voice, [u64; OF_VOICES.len()]>,
}

impl Slot {
    /// The kind of speaker; `all` where nobody's words are counted.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::All(_) => "all",
            Self::Voice(Voice::Speaker(kind, _), _) => kind.name(),
            Self::Voice(Voice::Unknown, _) => "unknown",
        }
    }

    /// Their class; `not-told` where nothing tells it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Voice(Voice::Speaker(_, class), _) => class.map_or("not-told", SpeakerClass::name),
            Self::All(_) | Self::Voice(Voice::Unknown, _) => self.kind(),
        }
    }

    /// What is counted.
    pub(super) fn measure(self) -> &'static str {
        match self {
            Self::All(place) => OF_ALL.get(place),
            Self::Voice(_, place) => OF_VOICES.get(place),
        }
        .unwrap_or(&"")
    }
}

impl Counts {
    /// What is counted of a whole article.
    pub(super) fn of_article(article: &Article<'_>) -> Self {
        let analysis = article.analysis;
        let of_all = [1, analysis.seg.body_sentences().count(), analysis.word_count()];
        Self::count(article, of_all, 0..analysis.quotes.len())
    }

    /// What is counted of a theme of an article.
    pub(super) fn of_theme(article: &Article<'_>, theme: &Theme) -> Self {
        Self::count(article, [1, theme.sentences.len(), theme.words], theme.quotes.iter().copied())
    }

    fn count(article: &Article<'_>, of_all: [usize; OF_ALL.len()], quotes: impl Iterator<Item = usize>) -> Self {
        let attribution = &article.analysis.attribution;
        let mut of_voices: BTreeMap<Voice, [u64; OF_VOICES.len()]> = BTreeMap::new();
        let mut heard = BTreeSet::new();
        for index in quotes {
            let Some(quote) = article.analysis.quotes.get(index) else { continue };
            let by = attribution.by_quote.get(index).copied().flatten();
            let speaker = by.and_then(|speaker| attribution.speakers.get(speaker));
            let voice = speaker.map_or(Voice::Unknown, |speaker| Voice::Speaker(speaker.kind, speaker.class));
            let is_new = speaker.is_some() && heard.insert(by);
            let [quotes, words, speakers] = of_voices.entry(voice).or_default();
            *quotes += 1;
            *words += article.analysis.quoted_words(quote) as u64;
            *speakers += u64::from(is_new);
        }
        Self { of_all: of_all.map(|count| count as u64), of_voices }
    }

    /// Adds `more`.
    pub(super) fn add(&mut self, more: &Self) {
        self.of_all.iter_mut().zip(more.of_all).for_each(|(count, more)| *count += more);
        for (voice, more) in &more.of_voices {
            let counts = self.of_voices.entry(*voice).or_default();
            counts.iter_mut().zip(more).for_each(|(count, more)| *count += more);
        }
    }

    /// How much there is.
    pub(super) fn get(&self, slot: Slot) -> u64 {
        let count = match slot {
            Slot::All(place) => self.of_all.get(place),
            Slot::Voice(voice, place) => self.of_voices.get(&voice).and_then(|counts| counts.get(place)),
        };
        count.copied().unwrap_or_default()
    }
}

/// The outlet and the month (`2031-04`) of an article; empty where its metadata do not say them.
pub(super) fn outlet_and_month(article: &Article<'_>) -> (String, String) {
    let month = Date::find(article.metadata("date"), None).and_then(Date::to_month);
    (article.metadata("outlet").to_owned(), month.map(|month| month.to_string()).unwrap_or_default())
}

/// What is counted in a run whose months have these `totals`: the kinds and classes that it has, and those that are looked for.
pub(super) fn slots<'a>(totals: impl Iterator<Item = &'a Counts>) -> Vec<Slot> {
    let mut voices: BTreeSet<Voice> = totals.flat_map(|counts| counts.of_voices.keys().copied()).collect();
    voices.extend(LOOKED_FOR.map(|class| Voice::Speaker(SpeakerKind::Person, Some(class))));
    let of_voices = voices.into_iter().flat_map(|voice| {
        // Who is not known is nobody to be counted.
        let measures = OF_VOICES.len() - usize::from(voice == Voice::Unknown);
        (0..measures).map(move |place| Slot::Voice(voice, place))
    });
    (0..OF_ALL.len()).map(Slot::All).chain(of_voices).collect()
}
