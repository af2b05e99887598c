//! What an annotated corpus gives, whatever its format: texts with gold spans in bytes.

use crate::{CodePointOffsets, CodePointSpan, EntityLabel, ErrorKind, Metadata, Result, Span, Upos};

/// Which annotations a [`GoldDocument`] carries; what is `false` says nothing about the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one independent switch for each layer")]
pub struct Layers {
    /// [`GoldDocument::attributions`].
    pub attributions: bool,
    /// [`GoldDocument::quotations`], with canonical speakers.
    pub quotations: bool,
    /// [`GoldDocument::mentions`], with the sources of attributions among them.
    pub mentions: bool,
    /// [`GoldDocument::mentions`] with every chain of the text.
    pub chains: bool,
    /// [`GoldDocument::mentions`]: one pronoun, then the names it may mean.
    pub pronouns: bool,
    /// [`GoldDocument::entities`], for the labels in [`GoldDocument::entity_labels`].
    pub entities: bool,
    /// [`GoldDocument::upos`].
    pub upos: bool,
    /// [`GoldDocument::sentences`].
    pub sentences: bool,
    /// [`GoldDocument::paragraphs`].
    pub paragraphs: bool,
    /// [`GoldDocument::keyphrases`].
    pub keyphrases: bool,
    /// [`GoldDocument::salient`].
    pub salience: bool,
    /// [`GoldDocument::people`].
    pub people: bool,
}

/// One annotated text. All spans are bytes of `text`, in text order where nothing else is said.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoldDocument {
    /// Unique in its corpus.
    pub name: String,
    /// The publisher, genre or file set.
    pub genre: String,
    /// The world region it comes from; empty where the corpus does not say.
    pub region: &'static str,
    /// `train`, `dev`, `test` or the like; empty where the corpus has no such split or does not say.
    pub split: String,
    /// The text as its corpus gives it, or as rebuilt out of its tokens.
    pub text: String,
    /// What the text's file says of it, where that counts.
    pub metadata: Metadata,
    /// Which of the layers below are annotated.
    pub layers: Layers,
    /// Paragraphs without outer white space.
    pub paragraphs: Vec<Span>,
    /// Sentences without outer white space.
    pub sentences: Vec<Span>,
    /// Part of speech of each word.
    pub upos: Vec<(Span, Upos)>,
    /// The annotation's own tokens; `None` for a token that is not found in the text. Empty where the format has none.
    pub tokens: Vec<Option<Span>>,
    /// Named entities, never overlapping.
    pub entities: Vec<(Span, EntityLabel)>,
    /// The labels that are marked wherever they occur; for any other label, a place without it says nothing (mask it).
    pub entity_labels: Vec<EntityLabel>,
    /// Places that carry an annotation with no fixed meaning in our labels: neither an entity nor none (mask them).
    pub unsure: Vec<Span>,
    /// Attributions, in the order of the file.
    pub attributions: Vec<GoldAttribution>,
    /// The same text's attributions by further annotators, one list for each.
    pub alternatives: Vec<Vec<GoldAttribution>>,
    /// Matter that the annotators set aside (agency lines, *Follow … on Twitter*, editors' notes): no attribution is marked there.
    pub discarded: Vec<Span>,
    /// Mentions with the entity each stands for.
    pub mentions: Vec<GoldMention>,
    /// Quotations with canonical speakers.
    pub quotations: Vec<GoldQuotation>,
    /// The roles of the quotations' speakers.
    pub speakers: Vec<GoldSpeaker>,
    /// Quotations that may be found or not: neither right nor wrong.
    pub borderline: Vec<Span>,
    /// Phrases that readers chose for the text; they need not stand in it.
    pub keyphrases: Vec<String>,
    /// What summaries of the text name.
    pub salient: Vec<SalientEntity>,
    /// Who the speakers are over all texts.
    pub people: Vec<GoldPerson>,
}

/// Somebody who is quoted, and who it is over all texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldPerson {
    /// The fullest name in this text.
    pub name: String,
    /// Whether it is a body.
    pub is_body: bool,
    /// The same for everyone who is the same.
    pub person: String,
}

/// A thing of the text that at least one summary of it names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SalientEntity {
    /// Its mentions that are no pronouns, each with the words that carry it.
    pub mentions: Vec<(String, Vec<String>)>,
}

/// One annotated attribution; each part may be several spans, or none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldAttribution {
    /// Who says it.
    pub source: Vec<Span>,
    /// The words that say so.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// The coreference chain of the source, as in [`GoldMention::entity`].
    pub source_entity: Option<String>,
    /// The source's Wikipedia article.
    pub source_wiki: Option<String>,
    /// Whether the attribution is denied (*she did not say that …*).
    pub is_denied: bool,
}

/// One annotated mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldMention {
    /// Where.
    pub span: Span,
    /// The entity; the same for all mentions of one thing in one document.
    pub entity: String,
    /// The annotators' type: `person`, `organization`, `place`, `abstract` and so on.
    pub kind: String,
    /// The annotators' information status: `new`, `giv:act` and so on; empty where unmarked.
    pub status: String,
    /// The entity's Wikipedia article.
    pub wiki: Option<String>,
}

/// One quotation with the name of its speaker.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldQuotation {
    /// Acceptable contents, the preferred one first; each is one or more spans.
    pub contents: Vec<Vec<Span>>,
    /// Acceptable names of the speaker, the canonical one first.
    pub speakers: Vec<String>,
    /// Acceptable kinds (`direct`, `indirect`, `mixed`); empty where the kind is not annotated.
    pub kinds: Vec<String>,
    /// How the article names the speaker: `name`, `pronoun`, `nominal`, `organization` or the like; empty where unmarked.
    pub source_type: String,
    /// Whether the quotation counts in the recall of clear cases.
    pub is_core: bool,
}

/// One speaker with the roles that the article states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GoldSpeaker {
    /// The fullest name in the article.
    pub name: String,
    /// Roles, each with the body or place it is held in.
    pub roles: Vec<(String, Option<String>)>,
}

impl GoldDocument {
    /// The text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Takes the layers that `other` has and this document lacks; `false`, and nothing taken, where the texts differ by more than white
    /// space at their ends. GUM's attributions and its CoNLL-U files annotate the same texts.
    pub fn adopt(&mut self, other: GoldDocument) -> bool {
        if self.text.trim_end() != other.text.trim_end() {
            return false;
        }
        let take = |missing: &mut bool, offered: bool| std::mem::replace(missing, *missing || offered) != *missing;
        if take(&mut self.layers.attributions, other.layers.attributions) {
            (self.attributions, self.alternatives, self.discarded) = (other.attributions, other.alternatives, other.discarded);
        }
        if take(&mut self.layers.quotations, other.layers.quotations) {
            (self.quotations, self.speakers, self.borderline) = (other.quotations, other.speakers, other.borderline);
        }
        if take(&mut self.layers.mentions, other.layers.mentions) {
            self.mentions = other.mentions;
        }
        if take(&mut self.layers.entities, other.layers.entities) {
            (self.entities, self.entity_labels, self.unsure) = (other.entities, other.entity_labels, other.unsure);
            self.tokens = other.tokens;
        }
        if take(&mut self.layers.upos, other.layers.upos) {
            self.upos = other.upos;
        }
        if take(&mut self.layers.paragraphs, other.layers.paragraphs) {
            self.paragraphs = other.paragraphs;
        }
        if take(&mut self.layers.sentences, other.layers.sentences) {
            self.sentences = other.sentences;
        }
        if take(&mut self.layers.keyphrases, other.layers.keyphrases) {
            self.keyphrases = other.keyphrases;
        }
        if take(&mut self.layers.salience, other.layers.salience) {
            self.salient = other.salient;
        }
        true
    }

    /// How many of the annotation's own tokens are not found in the text.
    pub fn unaligned(&self) -> usize {
        self.tokens.iter().filter(|token| token.is_none()).count()
    }
}

/// Turns annotated code points into bytes, and checks that they fit their text.
#[derive(Debug)]
pub(super) struct SpanReader<'t> {
    text: &'t str,
    offsets: CodePointOffsets,
}

impl<'t> SpanReader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, offsets: CodePointOffsets::new(text) }
    }

    /// The byte span of code points `[start, end)`.
    pub(super) fn span(&self, start: usize, end: usize) -> Result<Span> {
        let span = self.offsets.to_bytes(CodePointSpan { start, end });
        if start > end || self.text.get(span.range()).is_none() {
            return Err(ErrorKind::Gold(format!("the span {start}..{end} does not fit its text")).into());
        }
        Ok(span)
    }

    /// The byte spans of many.
    pub(super) fn spans(&self, points: &[(usize, usize)]) -> Result<Vec<Span>> {
        points.iter().map(|&(start, end)| self.span(start, end)).collect()
    }

    /// The byte offset of a code point.
    pub(super) fn byte(&self, point: usize) -> Result<usize> {
        Ok(self.span(point, point)?.start())
    }
}

/// `text[start..end]` without outer white space.
pub(crate) fn trimmed(text: &str, span: Span) -> Span {
    let Some(inner) = text.get(span.range()) else { return span };
    let tail = inner.trim_start_matches(is_space);
    let start = span.end() - tail.len();
    Span::new(start, start + tail.trim_end_matches(is_space).len())
}

/// White space as Python's `str.isspace` and `\s` know it, which the independent scorer is written in.
pub(crate) fn is_space(ch: char) -> bool {
    ch.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&ch)
}
