//! What annotation tools see of an article: labelled spans and the relations between them, the same for all of them.

use super::record::{ArticleRecord, SpanRecord};

/// The labels of the parts of a quotation.
pub(super) const CONTENT: &str = "Content";
pub(super) const CUE: &str = "Cue";
pub(super) const SOURCE: &str = "Source";

/// The labels of parts and of named entities, in the order interfaces list them.
pub(super) const ALL: [&str; 12] =
    [CONTENT, CUE, SOURCE, "Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc"];

/// The relations from a content to its source, its cue, and the next piece of an interrupted quotation.
pub(super) const SAID_BY: &str = "said_by";
pub(super) const CUED_BY: &str = "cued_by";
pub(super) const CONTINUES: &str = "continues";
pub(super) const RELATIONS: [&str; 3] = [SAID_BY, CUED_BY, CONTINUES];

/// A labelled span.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labelled<'a> {
    /// Unique in its article: `q3.1`, `q3.cue`, `q3.source`, `e2.1`.
    pub(super) id: String,
    pub(super) label: &'a str,
    pub(super) span: SpanRecord,
    /// How sure the program is, `0..=1`.
    pub(super) score: f64,
    /// Direct, indirect or mixed, for a content.
    pub(super) kind: Option<&'a str>,
    /// Who said it, for a content or a source; the name, for an entity.
    pub(super) name: Option<&'a str>,
}

/// A relation between two spans, by their ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Related {
    pub(super) label: &'static str,
    pub(super) from: String,
    pub(super) to: String,
}

/// All labelled spans of an article in text order, and their relations. Spans may overlap.
pub(super) fn labelled(article: &ArticleRecord) -> (Vec<Labelled<'_>>, Vec<Related>) {
    let (mut spans, mut relations) = (Vec::new(), Vec::new());
    for quote in &article.quotes {
        let (id, score) = (quote.local_id(), quote.confidence);
        let name = article.speaker_of(quote).map(|speaker| speaker.name.as_str());
        let kind = Some(quote.kind.as_str());
        for (at, &span) in quote.content.iter().enumerate() {
            spans.push(Labelled { id: format!("{id}.{}", at + 1), label: CONTENT, span, score, kind, name });
            if at > 0 {
                relations.push(Related { label: CONTINUES, from: format!("{id}.{at}"), to: format!("{id}.{}", at + 1) });
            }
        }
        let parts = [(quote.source, SOURCE, "source", SAID_BY, name), (quote.cue, CUE, "cue", CUED_BY, None)];
        for (span, label, part, relation, name) in parts {
            if let Some(span) = span {
                spans.push(Labelled { id: format!("{id}.{part}"), label, span, score, kind: None, name });
                relations.push(Related { label: relation, from: format!("{id}.1"), to: format!("{id}.{part}") });
            }
        }
    }
    for entity in &article.entities {
        for (at, mention) in entity.mentions.iter().enumerate() {
            let span = SpanRecord { start: mention.start, end: mention.end };
            let (id, name) = (format!("{}.{}", entity.id, at + 1), Some(entity.name.as_str()));
            spans.push(Labelled { id, label: &entity.label, span, score: mention.score, kind: None, name });
        }
    }
    spans.sort_by(|a, b| (a.span, std::cmp::Reverse(a.span.end), &a.id).cmp(&(b.span, std::cmp::Reverse(b.span.end), &b.id)));
    (spans, relations)
}
