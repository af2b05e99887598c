//! Finds an article's parts: title, byline, headings, paragraphs, sentences and tokens.

use crate::{Document, Paragraph, ParagraphKind, Section, Segmentation, Sentence, Span, Token, TokenKind};

/// Cuts documents into paragraphs, sentences and tokens.
#[derive(Debug, Clone, Default)]
pub struct Segmenter {}

impl Segmenter {
    /// Makes a segmenter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the parts of `doc`.
    pub fn segment(&self, doc: &Document) -> Segmentation {
        let mut seg = Segmentation::default();
        let text = doc.text();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let start = at + (line.len() - line.trim_start().len());
            at += line.len();
            let span = Span::new(start, start + line.trim().len());
            if span.is_empty() {
                continue;
            }
            let first = seg.tokens.len();
            for (offset, word) in unicode_segmentation::UnicodeSegmentation::split_word_bound_indices(doc.slice(span)) {
                if word.trim().is_empty() {
                    continue;
                }
                let kind = if word.chars().any(char::is_alphanumeric) { TokenKind::Word } else { TokenKind::Punctuation };
                seg.tokens.push(Token { span: Span::new(start + offset, start + offset + word.len()), kind });
            }
            let sentence = seg.sentences.len();
            seg.sentences.push(Sentence { span, paragraph: seg.paragraphs.len(), tokens: first..seg.tokens.len() });
            seg.paragraphs.push(Paragraph { span, kind: ParagraphKind::Body, section: 0, sentences: sentence..sentence + 1 });
        }
        seg.sections.push(Section { heading: None, span: Span::new(0, text.len()) });
        seg
    }
}
