//! What the page says of the whole run: counted article by article, in memory that grows with people and themes, not with words.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::fragment::title;
use super::visible::label;
use super::voices::Voices;
use crate::report::article::Article;
use crate::report::exporter::FailedArticle;
use crate::themes::ShareBootstrap;
use crate::{Date, QuoteKind, SpeakerKind};

/// Kinds of speakers in the order of reports; the last stands for an unknown speaker.
pub(super) const VOICE_KINDS: [&str; 5] = ["person", "organization", "document", "unnamed", "unknown"];

/// Kinds of quotations in the order of reports.
pub(super) const QUOTE_KINDS: [&str; 3] = ["direct", "indirect", "mixed"];

/// One article in lists.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) outlet: String,
    pub(super) date: String,
    pub(super) month: String,
    pub(super) words: usize,
    pub(super) quotes: usize,
    pub(super) speakers: usize,
}

/// One theme of the run.
#[derive(Debug, Default)]
pub(super) struct CountedTheme {
    pub(super) label: String,
    /// Its number in the run.
    pub(super) number: usize,
    pub(super) articles: usize,
    pub(super) words: u64,
    pub(super) sentences: usize,
    /// Quotations by kind of speaker.
    pub(super) quotes: [usize; 5],
    pub(super) by_month: BTreeMap<String, usize>,
    pub(super) by_outlet: BTreeMap<String, usize>,
}

impl CountedTheme {
    pub(super) fn total_quotes(&self) -> usize {
        self.quotes.iter().sum()
    }
}

/// Articles and words of the running text of a month or an outlet.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Share {
    pub(super) articles: usize,
    pub(super) words: usize,
}

/// The most articles that a page lists, with their quotations and texts. More would be too much for a browser, and for memory; charts and
/// counts are of all.
#[derive(Debug, Clone, Copy)]
pub(super) struct MostListed(usize);

impl Default for MostListed {
    fn default() -> Self {
        Self(20_000)
    }
}

/// Everything counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    most_listed: MostListed,
    /// The first articles, at most so many.
    pub(super) articles: Vec<Listed>,
    /// How many speakers these have: the first of them all.
    pub(super) speakers_listed: usize,
    /// The first articles that could not be read, and how many there are.
    pub(super) failed: Vec<(String, String)>,
    pub(super) failures: usize,
    pub(super) voices: Voices,
    pub(super) themes: Vec<CountedTheme>,
    theme_numbers: BTreeMap<String, usize>,
    pub(super) count: usize,
    /// Words of the running text.
    pub(super) words: u64,
    /// How much of these words is about each theme.
    pub(super) shares: ShareBootstrap<1>,
    pub(super) months: BTreeMap<String, Share>,
    pub(super) outlets: BTreeMap<String, Share>,
    /// Quotations by kind and kind of speaker.
    pub(super) kinds: [[usize; 5]; 3],
}

/// The most articles that could not be read which a page names.
const MOST_FAILED: usize = 25;

/// The numbers in the run of what an article calls by its own.
#[derive(Debug)]
pub(super) struct Numbers {
    /// None for who is counted, but not listed.
    pub(super) voices: Vec<Option<usize>>,
    pub(super) themes: Vec<usize>,
}

impl Tally {
    /// Counts an article.
    pub(super) fn add(&mut self, article: &Article<'_>) -> Numbers {
        let listed = listed(article);
        let words = article.analysis.seg.body_words();
        let themes = self.add_themes(article, &listed);
        for (shares, key) in [(&mut self.months, &listed.month), (&mut self.outlets, &listed.outlet)] {
            if !key.is_empty() {
                let share = shares.entry(key.clone()).or_default();
                share.articles += 1;
                share.words += words;
            }
        }
        let measure = |words: usize| [u32::try_from(words).unwrap_or(u32::MAX)];
        let parts = article.analysis.themes.iter().zip(&themes).map(|(theme, number)| (*number, measure(theme.words)));
        self.shares.add(measure(words), parts);
        self.count += 1;
        self.words += words as u64;
        let is_listed = self.articles.len() < self.most_listed.0;
        if is_listed {
            self.articles.push(listed);
        }
        let speakers = article.analysis.attribution.speakers.iter().enumerate();
        let voices: Vec<Option<usize>> = speakers.map(|(index, speaker)| self.voices.add(article, index, speaker, is_listed)).collect();
        self.add_quotes(article, &voices, &themes);
        if is_listed {
            self.speakers_listed = self.voices.all.len();
        }
        Numbers { voices, themes }
    }

    /// Counts an article that could not be read.
    pub(super) fn add_failed(&mut self, failed: FailedArticle<'_>) {
        self.failures += 1;
        if self.failed.len() < MOST_FAILED {
            self.failed.push((label(&failed.source.path), label(&failed.error.reason())));
        }
    }

    fn add_themes(&mut self, article: &Article<'_>, listed: &Listed) -> Vec<usize> {
        let mut numbers = Vec::new();
        for theme in &article.analysis.themes {
            let next = self.themes.len();
            let number = *self.theme_numbers.entry(theme.id.clone()).or_insert(next);
            if number == next {
                self.themes.push(CountedTheme { number, label: label(&theme.label), ..CountedTheme::default() });
            }
            numbers.push(number);
            let Some(counted) = self.themes.get_mut(number) else { continue };
            counted.articles += 1;
            counted.words += theme.words as u64;
            counted.sentences += theme.sentences.len();
            for (shares, key) in [(&mut counted.by_month, &listed.month), (&mut counted.by_outlet, &listed.outlet)] {
                if !key.is_empty() {
                    *shares.entry(key.clone()).or_default() += theme.words;
                }
            }
        }
        numbers
    }

    fn add_quotes(&mut self, article: &Article<'_>, voices: &[Option<usize>], themes: &[usize]) {
        let analysis = article.analysis;
        for (at, quote) in analysis.quotes.iter().enumerate() {
            let speaker = analysis.speaker_of(at);
            let kind = voice_kind(speaker.map(|speaker| speaker.kind));
            if let Some(count) = self.kinds.get_mut(quote_kind(quote.kind)).and_then(|kinds| kinds.get_mut(kind)) {
                *count += 1;
            }
            let voice = analysis.attribution.by_quote.get(at).copied().flatten().and_then(|speaker| voices.get(speaker)).copied().flatten();
            for (_, number) in analysis.themes.iter().zip(themes).filter(|(theme, _)| theme.quotes.binary_search(&at).is_ok()) {
                if let Some(count) = self.themes.get_mut(*number).and_then(|theme| theme.quotes.get_mut(kind)) {
                    *count += 1;
                }
                if let Some(voice) = voice.and_then(|voice| self.voices.all.get_mut(voice)) {
                    *voice.themes.entry(*number).or_default() += 1;
                }
            }
        }
    }

    /// The numbers of the themes with most words, largest first.
    pub(super) fn largest_themes(&self, most: usize) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..self.themes.len()).collect();
        ranked.sort_by_key(|&at| (Reverse(self.themes.get(at).map_or(0, |theme| theme.words)), at));
        ranked.truncate(most);
        ranked
    }

    /// How many quotations there are.
    pub(super) fn quotes(&self) -> usize {
        self.kinds.iter().flatten().sum()
    }
}

fn listed(article: &Article<'_>) -> Listed {
    let date = article.metadata("date");
    Listed {
        id: article.id().to_owned(),
        title: title(article),
        outlet: label(article.metadata("outlet")),
        date: label(date),
        month: Date::find(date, None).and_then(Date::to_month).map(|month| month.to_string()).unwrap_or_default(),
        words: article.analysis.word_count(),
        quotes: article.analysis.quotes.len(),
        speakers: article.analysis.attribution.speakers.len(),
    }
}

/// The place of a kind of quotation in [`QUOTE_KINDS`].
pub(super) fn quote_kind(kind: QuoteKind) -> usize {
    match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Indirect => 1,
        QuoteKind::Mixed => 2,
    }
}

/// The place of a kind of speaker in [`VOICE_KINDS`].
pub(super) fn voice_kind(kind: Option<SpeakerKind>) -> usize {
    match kind {
        Some(SpeakerKind::Person) => 0,
        Some(SpeakerKind::Organization) => 1,
        Some(SpeakerKind::Document) => 2,
        Some(SpeakerKind::Unnamed) => 3,
        None => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn articles_beyond_the_most_are_counted_and_not_listed() {
        let (full, bare) = (sample::full(), sample::bare());
        let mut tally = Tally { most_listed: MostListed(1), ..Tally::default() };
        tally.add(&Article::new(&bare));
        tally.add(&Article::new(&full));
        assert_eq!((tally.articles.len(), tally.count, tally.speakers_listed), (1, 2, 0));
        assert_eq!(tally.words, (full.seg.body_words() + bare.seg.body_words()) as u64);
        assert_eq!((tally.voices.all.len(), tally.voices.heard()), (0, 3));
    }
}
