//! From labelled spans and relations to quotations: contents that continue each other are one, with the source and the cue they point to.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::article::{Corrected, CorrectedSpan, wrong};
use crate::exchange::labels::{self, CONTENT, CONTINUES, CUE, CUED_BY, SAID_BY, SOURCE};
use crate::exchange::offsets::Offsets;
use crate::exchange::record::SpanRecord;
use crate::quotation_marks::Marks;
use crate::{Document, Error, Result, Segmenter, Span};

const KINDS: [&str; 3] = ["direct", "indirect", "mixed"];

/// An article of gold, as its file shows it.
#[derive(Debug, Serialize)]
pub(super) struct GoldArticle {
    file: String,
    pub(super) quotations: Vec<GoldQuotation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) entities: Option<Vec<GoldEntity>>,
    text: String,
}

/// A quotation of gold.
#[derive(Debug, Serialize)]
pub(super) struct GoldQuotation {
    kind: String,
    /// Empty where nobody knows.
    speaker: String,
    source: Vec<GoldSpan>,
    cue: Vec<GoldSpan>,
    content: Vec<GoldSpan>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct GoldSpan {
    start: usize,
    end: usize,
    text: String,
}

/// A mention of a named entity.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct GoldEntity {
    start: usize,
    end: usize,
    label: String,
    text: String,
}

impl GoldArticle {
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// The spans of one article by what they are to a quotation.
struct Assembly<'a> {
    article: &'a Corrected,
    offsets: Offsets<'a>,
    by_id: BTreeMap<&'a str, &'a CorrectedSpan>,
}

/// Puts the quotations of an article together; what belongs to none is noted.
pub(super) fn assembled(article: &Corrected, notes: &mut Vec<String>) -> Result<GoldArticle> {
    let assembly = Assembly::checked(article)?;
    let mut quotations: Vec<(usize, GoldQuotation)> = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let kinds = Kinds::new(&article.text);
    for contents in assembly.groups() {
        let ids: Vec<&str> = contents.iter().map(|content| content.id.as_str()).collect();
        let (sources, cues) = (assembly.ends(&ids, SAID_BY), assembly.ends(&ids, CUED_BY));
        used.extend(sources.iter().chain(&cues).map(|span| span.id.as_str()));
        let mut pieces: Vec<SpanRecord> = contents.iter().flat_map(|content| content.pieces.iter().copied()).collect();
        pieces.sort_unstable();
        let name = contents.iter().chain(&sources).find_map(|span| span.name.as_deref().filter(|name| !name.trim().is_empty()));
        let kind = contents.iter().find_map(|content| content.kind.clone());
        let quotation = GoldQuotation {
            kind: kind.unwrap_or_else(|| kinds.of(&assembly.offsets, &pieces).to_owned()),
            speaker: name.map(str::trim).unwrap_or_default().to_owned(),
            source: assembly.spans(&sources),
            cue: assembly.spans(&cues),
            content: pieces.iter().map(|&piece| assembly.span(piece)).collect(),
        };
        quotations.push((pieces.first().map_or(0, |piece| piece.start), quotation));
    }
    quotations.sort_by_key(|(start, _)| *start);
    for span in article.spans.iter().filter(|span| matches!(span.label.as_str(), SOURCE | CUE) && !used.contains(span.id.as_str())) {
        let (words, label) = (assembly.offsets.slice(span.cover()), span.label.to_lowercase());
        notes.push(format!("{}: {}: the {label} “{words}” belongs to no quotation", article.id, span.place));
    }
    Ok(GoldArticle {
        file: format!("{}.txt", article.id),
        quotations: quotations.into_iter().map(|(_, quotation)| quotation).collect(),
        entities: article.has_entities.then(|| assembly.entities()),
        text: article.text.clone(),
    })
}

impl<'a> Assembly<'a> {
    /// Checks that every span fits the text and every label and relation is one of sayso's.
    fn checked(article: &'a Corrected) -> Result<Self> {
        let offsets = Offsets::new(&article.text);
        let end = article.text.chars().count();
        let failed = |place: &str, what: String, hint: String| -> Error { wrong(&article.path, place, what, hint) };
        for span in &article.spans {
            if let Some(piece) = span.pieces.iter().find(|piece| piece.start >= piece.end || piece.end > end) {
                let what = format!("the span {}..{} does not fit its text of {end} characters", piece.start, piece.end);
                return Err(failed(&span.place, what, "the text must be the one that was exported, unchanged".to_owned()));
            }
            if !labels::ALL.contains(&span.label.as_str()) {
                let hint = format!("rename it in the file; labels are {}", labels::ALL.join(", "));
                return Err(failed(&span.place, format!("the label “{}” is none of sayso's", span.label), hint));
            }
            if let Some(kind) = span.kind.as_deref().filter(|kind| !KINDS.contains(kind)) {
                return Err(failed(
                    &span.place,
                    format!("the kind “{kind}” is none of sayso's"),
                    format!("kinds are {}", KINDS.join(", ")),
                ));
            }
        }
        let by_id: BTreeMap<&str, &CorrectedSpan> = article.spans.iter().map(|span| (span.id.as_str(), span)).collect();
        for relation in &article.relations {
            let ends = by_id.get(relation.from.as_str()).zip(by_id.get(relation.to.as_str()));
            let Some((from, to)) = ends.map(|(from, to)| (from.label.as_str(), to.label.as_str())) else {
                let what = format!("{} from {} to {}: one of them is not there", relation.label, relation.from, relation.to);
                return Err(failed(&relation.place, what, "delete the relation, or put the span back".to_owned()));
            };
            let is_ours = matches!(
                (relation.label.as_str(), from, to),
                (SAID_BY, CONTENT, SOURCE) | (CUED_BY, CONTENT, CUE) | (CONTINUES, CONTENT, CONTENT)
            );
            if !is_ours {
                let what = format!("a relation {} from {from} to {to}", relation.label);
                let hint = "relations are said_by from Content to Source, cued_by from Content to Cue, continues from Content to Content";
                return Err(failed(&relation.place, what, hint.to_owned()));
            }
        }
        Ok(Self { article, offsets, by_id })
    }

    /// Contents that continue each other, each group in text order.
    fn groups(&self) -> Vec<Vec<&'a CorrectedSpan>> {
        let contents: Vec<&CorrectedSpan> = self.article.spans.iter().filter(|span| span.label == CONTENT).collect();
        let mut group: BTreeMap<&str, usize> = contents.iter().enumerate().map(|(at, content)| (content.id.as_str(), at)).collect();
        for relation in self.article.relations.iter().filter(|relation| relation.label == CONTINUES) {
            if let (Some(&from), Some(&to)) = (group.get(relation.from.as_str()), group.get(relation.to.as_str())) {
                let (one, other) = (from.min(to), from.max(to));
                group.values_mut().filter(|at| **at == other).for_each(|at| *at = one);
            }
        }
        let mut groups: BTreeMap<usize, Vec<&CorrectedSpan>> = BTreeMap::new();
        for content in contents {
            groups.entry(group.get(content.id.as_str()).copied().unwrap_or_default()).or_default().push(content);
        }
        let mut groups: Vec<Vec<&CorrectedSpan>> = groups.into_values().collect();
        for group in &mut groups {
            group.sort_by_key(|content| content.cover());
        }
        groups
    }

    /// What the contents with these ids point to by `relation`, each once, in text order.
    fn ends(&self, ids: &[&str], relation: &str) -> Vec<&'a CorrectedSpan> {
        let relations = self.article.relations.iter().filter(|given| given.label == relation && ids.contains(&given.from.as_str()));
        let mut ends: Vec<&CorrectedSpan> = relations.filter_map(|given| self.by_id.get(given.to.as_str()).copied()).collect();
        ends.sort_by_key(|span| span.cover());
        ends.dedup_by_key(|span| span.id.clone());
        ends
    }

    fn spans(&self, spans: &[&CorrectedSpan]) -> Vec<GoldSpan> {
        spans.iter().flat_map(|span| &span.pieces).map(|&piece| self.span(piece)).collect()
    }

    fn span(&self, span: SpanRecord) -> GoldSpan {
        GoldSpan { start: span.start, end: span.end, text: self.offsets.slice(span).to_owned() }
    }

    /// Mentions in text order, each once.
    fn entities(&self) -> Vec<GoldEntity> {
        let named = self.article.spans.iter().filter(|span| !matches!(span.label.as_str(), CONTENT | CUE | SOURCE));
        let mut entities: Vec<GoldEntity> = named
            .map(|span| {
                let SpanRecord { start, end } = span.cover();
                GoldEntity { start, end, label: span.label.clone(), text: self.offsets.slice(span.cover()).to_owned() }
            })
            .collect();
        entities.sort();
        entities.dedup();
        entities
    }
}

/// The kind of a quotation that nobody gave one: direct where marks stand around all its pieces, mixed where they stand in one.
struct Kinds {
    marks: Marks,
}

impl Kinds {
    fn new(text: &str) -> Self {
        let doc = Document::from_text(text);
        Self { marks: Marks::find(&doc, &Segmenter::new().segment(&doc)) }
    }

    fn of(&self, offsets: &Offsets<'_>, pieces: &[SpanRecord]) -> &'static str {
        let bytes = |piece: &SpanRecord| Span::new(offsets.byte(piece.start), offsets.byte(piece.end));
        if pieces.iter().all(|piece| self.marks.around(bytes(piece)).is_some()) {
            "direct"
        } else if pieces.iter().any(|piece| !self.marks.starting_in(bytes(piece)).is_empty()) {
            "mixed"
        } else {
            "indirect"
        }
    }
}
