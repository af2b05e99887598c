//! The whole analysis of one article.

use serde::{Deserialize, Serialize};

use crate::themes::Passage;
use crate::{Attribution, Document, Entity, Keyphrase, Quote, Segmentation, Speaker, SpeakerFinding, Theme};

/// Everything sayso found in one article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Analysis {
    /// The article.
    pub doc: Document,
    /// Its parts.
    pub seg: Segmentation,
    /// Named entities, in order of first mention.
    pub entities: Vec<Entity>,
    /// Keyphrases, best first.
    pub keyphrases: Vec<Keyphrase>,
    /// Quotations, in text order.
    pub quotes: Vec<Quote>,
    /// Speakers and whose words each quotation is.
    pub attribution: Attribution,
    /// Themes, largest share first.
    pub themes: Vec<Theme>,
    /// The stretches of running text of which the themes of a whole run are made, in text order; empty with a codebook.
    pub passages: Vec<Passage>,
}

impl Analysis {
    /// The speaker of the quotation at index `quote`.
    pub fn speaker_of(&self, quote: usize) -> Option<&Speaker> {
        let speaker = self.attribution.by_quote.get(quote).copied().flatten()?;
        self.attribution.speakers.get(speaker)
    }

    /// Everybody who speaks the quotation at index `quote`: its speaker first, then those of a joint source (*Smith and Jones said*).
    pub fn speakers_of(&self, quote: usize) -> impl Iterator<Item = &Speaker> {
        let joint = self.attribution.joint.get(quote).into_iter().flatten();
        self.speaker_of(quote).into_iter().chain(joint.filter_map(|&speaker| self.attribution.speakers.get(speaker)))
    }

    /// How sure the speaker of the quotation at index `quote` is, 0 to 1; `None` where it has none.
    pub fn speaker_confidence(&self, quote: usize) -> Option<f64> {
        self.attribution.confidence.get(quote).copied().flatten()
    }

    /// The article's words: those of its running text, without titles, headings, bylines, credits and furniture.
    ///
    /// What a word is, [`Segmentation::word_count`] says.
    pub fn word_count(&self) -> usize {
        self.seg.body_words()
    }

    /// The words of a quotation's content, wherever it stands.
    pub fn quoted_words(&self, quote: &Quote) -> usize {
        quote.content.iter().map(|span| self.seg.words_in(*span)).sum()
    }

    /// Why the quotation at index `quote` has its speaker, the decisive evidence first; empty where it has none.
    pub fn speaker_basis(&self, quote: usize) -> &[SpeakerFinding] {
        self.attribution.basis.get(quote).map(Vec::as_slice).unwrap_or_default()
    }

    /// The themes of the quotation at index `quote`, largest first.
    pub fn themes_of(&self, quote: usize) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(move |theme| theme.quotes.binary_search(&quote).is_ok())
    }

    /// The themes of the sentence at index `sentence`, largest first.
    pub fn themes_of_sentence(&self, sentence: usize) -> impl Iterator<Item = &Theme> {
        self.themes.iter().filter(move |theme| theme.sentences.binary_search(&sentence).is_ok())
    }
}
