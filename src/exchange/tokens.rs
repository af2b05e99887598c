//! An article's tokens for formats that count by them.

use super::offsets::Offsets;
use super::record::{ArticleRecord, SpanRecord};
use crate::{Document, Segmenter};

/// The tokens of an article, in text order, cut as the program cut them.
pub(super) fn tokens(article: &ArticleRecord, offsets: &Offsets<'_>) -> Vec<SpanRecord> {
    let seg = Segmenter::new().segment(&Document::from_text(article.text.as_str()));
    let points = |span: crate::Span| SpanRecord { start: offsets.point(span.start()), end: offsets.point(span.end()) };
    seg.tokens.iter().map(|token| points(token.span)).collect()
}

/// The indices of the tokens that overlap a span.
pub(super) fn range(tokens: &[SpanRecord], span: SpanRecord) -> std::ops::Range<usize> {
    let start = tokens.partition_point(|token| token.end <= span.start);
    start..tokens.partition_point(|token| token.start < span.end).max(start)
}

/// The tag of each token by `IOB2` of spans that do not overlap; where two do, the first and longest stands.
pub(super) fn iob(tokens: &[SpanRecord], spans: impl IntoIterator<Item = (SpanRecord, String)>) -> Vec<String> {
    let mut tags = vec!["O".to_owned(); tokens.len()];
    for (span, label) in spans {
        let range = range(tokens, span);
        let Some(slots) = tags.get_mut(range).filter(|slots| slots.iter().all(|tag| tag == "O")) else { continue };
        for (at, slot) in slots.iter_mut().enumerate() {
            *slot = format!("{}-{label}", if at == 0 { "B" } else { "I" });
        }
    }
    tags
}
