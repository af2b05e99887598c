//! What is marked in an article's text, cut into pieces that nest: quotations, cues, sources and entities overlap freely, HTML does not.
//!
//! ```text
//! “The levy,” said Council President Ana Çelik, “will …”
//! [content  ] [cue][source   [entity    ]     ]  [content]
//! ```
//! Every border of a mark cuts the text, so a piece is wholly inside a mark or wholly outside.

use crate::report::article::Article;
use crate::{ParagraphKind, QuoteKind, Reason, Span};

/// One thing that is marked.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mark {
    span: Span,
    layer: Layer,
    /// The index of the quotation it belongs to.
    quote: Option<usize>,
}

/// Why text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Content(QuoteKind),
    Cue,
    Source,
    Entity,
    Evidence,
}

impl Layer {
    /// The class in the page's style sheet.
    fn class(self) -> &'static str {
        match self {
            Self::Content(QuoteKind::Direct) => "c d",
            Self::Content(QuoteKind::Indirect) => "c i",
            Self::Content(QuoteKind::Mixed) => "c x",
            Self::Cue => "k",
            Self::Source => "o",
            Self::Entity => "e",
            Self::Evidence => "t",
        }
    }
}

/// A piece of the text, with what is marked there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    /// Classes of the style sheet; empty for plain text.
    pub(super) class: String,
    /// The indices of the quotations whose content, cue or source this is.
    pub(super) quotes: Vec<usize>,
    /// The quotations whose content begins here.
    pub(super) begins: Vec<usize>,
}

/// A sentence of a paragraph, or text between sentences.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkedSentence<'a> {
    /// The indices of its themes in the article.
    pub(super) themes: Vec<usize>,
    pub(super) pieces: Vec<Piece<'a>>,
}

/// A paragraph of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MarkedParagraph<'a> {
    pub(super) kind: ParagraphKind,
    pub(super) sentences: Vec<MarkedSentence<'a>>,
}

/// The paragraphs of an article, in text order.
pub(super) fn paragraphs<'a>(article: &Article<'a>) -> Vec<MarkedParagraph<'a>> {
    let marks = marks(article);
    let mut sweep = Sweep { article, marks: &marks, next: 0, open: Vec::new() };
    let seg = &article.analysis.seg;
    let paragraph = |paragraph: &crate::Paragraph| {
        let mut sentences = Vec::new();
        let mut from = paragraph.span.start();
        for at in paragraph.sentences.clone() {
            let Some(sentence) = seg.sentences.get(at) else { continue };
            let (start, end) = (sentence.span.start().max(from), sentence.span.end().min(paragraph.span.end()));
            if from < start {
                sentences.push(MarkedSentence { themes: Vec::new(), pieces: sweep.pieces(Span::new(from, start)) });
            }
            if start < end {
                let themes = article.analysis.themes.iter().enumerate().filter(|(_, theme)| theme.sentences.binary_search(&at).is_ok());
                let themes = themes.map(|(theme, _)| theme).collect();
                sentences.push(MarkedSentence { themes, pieces: sweep.pieces(Span::new(start, end)) });
                from = end;
            }
        }
        if from < paragraph.span.end() {
            sentences.push(MarkedSentence { themes: Vec::new(), pieces: sweep.pieces(Span::new(from, paragraph.span.end())) });
        }
        MarkedParagraph { kind: paragraph.kind, sentences }
    };
    seg.paragraphs.iter().map(paragraph).collect()
}

/// Everything marked, by where it starts.
fn marks(article: &Article<'_>) -> Vec<Mark> {
    let analysis = article.analysis;
    let mut marks = Vec::new();
    for (at, quote) in analysis.quotes.iter().enumerate() {
        let mark = |span, layer| Mark { span, layer, quote: Some(at) };
        marks.extend(quote.content.iter().map(|&span| mark(span, Layer::Content(quote.kind))));
        marks.extend(quote.cue.map(|span| mark(span, Layer::Cue)));
        marks.extend(quote.source.map(|span| mark(span, Layer::Source)));
    }
    let plain = |span, layer| Mark { span, layer, quote: None };
    let entities = analysis.entities.iter().flat_map(|entity| &entity.mentions);
    marks.extend(entities.map(|mention| plain(mention.span, Layer::Entity)));
    let words = analysis.themes.iter().flat_map(|theme| &theme.evidence).filter(|evidence| is_words(&evidence.reason));
    marks.extend(words.map(|evidence| plain(evidence.span, Layer::Evidence)));
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(|mark| (mark.span.start(), mark.span.end(), mark.layer, mark.quote));
    marks.dedup();
    marks
}

/// Whether a reason stands in a few words, not in a whole sentence.
fn is_words(reason: &Reason) -> bool {
    !matches!(reason, Reason::Similarity(_) | Reason::Context { .. })
}

/// Goes through the marks once, with the text.
struct Sweep<'m, 'a> {
    article: &'m Article<'a>,
    marks: &'m [Mark],
    /// The first mark that has not begun.
    next: usize,
    /// Marks that have begun and not ended.
    open: Vec<Mark>,
}

impl<'a> Sweep<'_, 'a> {
    /// The pieces of `range`, which must not stand before the range of the last call.
    fn pieces(&mut self, range: Span) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut from = range.start();
        while from < range.end() {
            self.open.retain(|mark| mark.span.end() > from);
            while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start() <= from) {
                if mark.span.end() > from {
                    self.open.push(*mark);
                }
                self.next += 1;
            }
            let begin = self.marks.get(self.next).map(|mark| mark.span.start());
            let end = self.open.iter().map(|mark| mark.span.end()).chain(begin).fold(range.end(), usize::min);
            pieces.push(self.piece(Span::new(from, end)));
            from = end;
        }
        pieces
    }

    fn piece(&self, span: Span) -> Piece<'a> {
        let mut layers: Vec<Layer> = self.open.iter().map(|mark| mark.layer).collect();
        layers.sort_unstable();
        layers.dedup();
        let mut quotes: Vec<usize> = self.open.iter().filter_map(|mark| mark.quote).collect();
        quotes.sort_unstable();
        quotes.dedup();
        let first = |quote: &usize| self.article.analysis.quotes.get(*quote).and_then(|quote| quote.content.first());
        let begins = quotes.iter().copied().filter(|quote| first(quote).is_some_and(|content| content.start() == span.start())).collect();
        let class = layers.into_iter().map(Layer::class).collect::<Vec<_>>().join(" ");
        Piece { text: self.article.text(span), class, quotes, begins }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_pieces_are_the_text_of_the_paragraphs() {
        let analysis = sample::full();
        let article = Article::new(&analysis);
        let marked = paragraphs(&article);
        for (marked, paragraph) in marked.iter().zip(&analysis.seg.paragraphs) {
            let pieces = marked.sentences.iter().flat_map(|sentence| &sentence.pieces);
            assert_eq!(pieces.map(|piece| piece.text).collect::<String>(), article.text(paragraph.span));
        }
        assert_eq!(marked.len(), analysis.seg.paragraphs.len());
    }

    #[test]
    fn marks_what_overlaps() {
        let analysis = sample::full();
        let marked = paragraphs(&Article::new(&analysis));
        let shown: Vec<String> = marked[2].sentences[0].pieces.iter().map(|piece| format!("{}|{}", piece.text, piece.class)).collect();
        assert_eq!(
            shown,
            [
                "“The |c d",
                "levy|c d t",
                ",”|c d",
                " |",
                "said|k",
                " |",
                "Council President |o",
                "Ana Çelik|o e",
                ", |",
                "“will pay for the sea wall.”|c d",
            ]
        );
        let begins: Vec<usize> =
            marked.iter().flat_map(|it| &it.sentences).flat_map(|it| &it.pieces).flat_map(|it| it.begins.clone()).collect();
        assert_eq!(begins, [0, 2, 1]);
    }
}
