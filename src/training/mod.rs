//! Ready windows for the trainer: ids, types and labels as JSON lines, cut by the same code that reads articles.

mod antecedents;
mod meanings;

use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::encoder::{Label, Window, WindowCutter};
use crate::gold::{self, GoldAttribution, GoldDocument};
use crate::{
    AttributionLabel, Document, EntityLabel, Error, ErrorKind, Metadata, ReadOptions, Result, Segmentation, Segmenter, Span, discover,
    read_file,
};

pub use antecedents::write_antecedents;
pub use meanings::write_meanings;

/// The label index the trainer leaves out of the loss.
const IGNORED: i32 = -100;

/// One window with its labels, by word; a head that the corpus does not label is `None`.
#[derive(Debug, Serialize)]
struct Example<'a> {
    set: &'a str,
    doc: &'a str,
    ids: &'a [i32],
    types: &'a [i32],
    /// For each piece its word in this window, or -1.
    words: Vec<i32>,
    words_total: usize,
    entity: Option<Vec<i32>>,
    attribution: Option<Vec<i32>>,
    upos: Option<Vec<i32>>,
    links: Option<Vec<Link>>,
}

/// A content with its source and cue, as ranges of words.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Link {
    content: [usize; 2],
    source: Option<[usize; 2]>,
    cue: Option<[usize; 2]>,
}

/// Writes the windows of corpora.
#[derive(Debug)]
pub struct ExampleWriter {
    cutter: WindowCutter,
    segmenter: Segmenter,
}

impl ExampleWriter {
    /// Takes the vocabulary (`tokenizer.json`) that the model will be trained with.
    ///
    /// # Errors
    /// Where the vocabulary cannot be read.
    pub fn new(vocabulary: &Path) -> Result<Self> {
        let json = std::fs::read(vocabulary).map_err(|source| Error::new(ErrorKind::Read(source)).at(vocabulary))?;
        Ok(Self { cutter: WindowCutter::from_json(&json).map_err(|error| error.at(vocabulary))?, segmenter: Segmenter::new() })
    }

    /// Cuts windows of at most `pieces` word pieces instead of as many as articles are read with.
    #[must_use]
    pub fn with_pieces(self, pieces: usize) -> Self {
        Self { cutter: self.cutter.with_pieces(pieces), ..self }
    }

    /// Writes the windows of the corpus at `path`, under the name `set`; returns how many.
    ///
    /// Documents that their corpus puts into another split are left out; those of no split are taken.
    ///
    /// # Errors
    /// Where the corpus cannot be read or `out` cannot be written.
    pub fn write(&self, set: &str, path: &Path, split: &str, out: &mut dyn Write) -> Result<usize> {
        let mut written = 0;
        for gold in gold::load(path)?.iter().filter(|gold| gold.split.is_empty() || gold.split == split) {
            let doc = Document::new(&gold.name, &gold.name, "", &gold.text, Metadata::new());
            written += self.write_document(set, &doc, gold, out)?;
        }
        Ok(written)
    }

    /// Writes the windows of plain articles, a file or a folder of them, without labels; returns how many.
    ///
    /// # Errors
    /// Where an article cannot be read or `out` cannot be written.
    pub fn write_plain(&self, set: &str, path: PathBuf, out: &mut dyn Write) -> Result<usize> {
        let mut written = 0;
        for source in discover(&[path])? {
            let doc = read_file(&source, &ReadOptions::default())?;
            let gold = GoldDocument { name: source.id, ..GoldDocument::default() };
            written += self.write_document(set, &doc, &gold, out)?;
        }
        Ok(written)
    }

    fn write_document(&self, set: &str, doc: &Document, gold: &GoldDocument, out: &mut dyn Write) -> Result<usize> {
        let failed = |source: std::io::Error| Error::new(ErrorKind::Write(source));
        let seg = self.segmenter.segment(doc);
        let windows = self.cutter.cut(doc, &seg)?;
        for window in &windows {
            serde_json::to_writer(&mut *out, &example(set, gold, &seg, window)).map_err(|source| failed(source.into()))?;
            out.write_all(b"\n").map_err(failed)?;
        }
        Ok(windows.len())
    }
}

fn example<'a>(set: &'a str, gold: &'a GoldDocument, seg: &Segmentation, window: &'a Window) -> Example<'a> {
    let words = Words::of(window);
    let read = words.span(seg);
    let set_aside = gold.discarded.iter().any(|&span| read.is_some_and(|read| read.overlaps(span)));
    let attributions = (gold.layers.attributions && !set_aside).then_some(&gold.attributions);
    let marks_all = gold.layers.entities && gold.entity_labels.len() == EntityLabel::ALL.len();
    let entity = marks_all.then_some(&gold.entities).map(|entities| {
        let spans = entities.iter().map(|&(span, label)| (words.range(seg, span), label.index()));
        words.tags(spans)
    });
    let upos = gold.layers.upos.then_some(&gold.upos).map(|tags| {
        let mut labels = vec![IGNORED; words.tokens.len()];
        for &(span, upos) in tags {
            let range = words.range(seg, span);
            // A gold word of several tokens tags each; a token of several gold words keeps the first one's tag.
            for label in labels.get_mut(range).unwrap_or_default().iter_mut().filter(|label| **label == IGNORED) {
                *label = i32::try_from(upos.index()).unwrap_or(IGNORED);
            }
        }
        labels
    });
    Example {
        set,
        doc: &gold.name,
        ids: &window.ids,
        types: &window.token_types,
        words: words.by_piece,
        words_total: words.tokens.len(),
        entity,
        attribution: attributions.map(|all| attribution_tags(all, &Words::of(window), seg)),
        upos,
        links: attributions.map(|all| links(all, &Words::of(window), seg)),
    }
}

fn attribution_tags(attributions: &[GoldAttribution], words: &Words, seg: &Segmentation) -> Vec<i32> {
    let parts = attributions.iter().flat_map(|one| {
        let of = |spans: &[Span], label: AttributionLabel| spans.iter().map(move |&span| (span, label)).collect::<Vec<_>>();
        [of(&one.content, AttributionLabel::Content), of(&one.source, AttributionLabel::Source), of(&one.cue, AttributionLabel::Cue)]
            .concat()
    });
    words.tags(parts.map(|(span, label)| (words.range(seg, span), label.index())))
}

fn links(attributions: &[GoldAttribution], words: &Words, seg: &Segmentation) -> Vec<Link> {
    let first = |spans: &[Span]| {
        let ranges = spans.iter().map(|&span| words.range(seg, span));
        ranges.filter(|range| !range.is_empty()).map(|range| [range.start, range.end]).next()
    };
    let of = |one: &GoldAttribution| {
        let contents = one.content.iter().map(|&span| words.range(seg, span)).filter(|range| !range.is_empty());
        let (source, cue) = (first(&one.source), first(&one.cue));
        contents.map(|range| Link { content: [range.start, range.end], source, cue }).collect::<Vec<_>>()
    };
    attributions.iter().flat_map(of).collect()
}

/// The words of a window: its tokens that have pieces, in order.
struct Words {
    tokens: Vec<usize>,
    by_piece: Vec<i32>,
}

impl Words {
    fn of(window: &Window) -> Self {
        let mut words = Self { tokens: Vec::new(), by_piece: Vec::with_capacity(window.ids.len()) };
        for token in &window.tokens {
            if let Some(token) = *token
                && words.tokens.last() != Some(&token)
            {
                words.tokens.push(token);
            }
            let word = token.and_then(|_| i32::try_from(words.tokens.len()).ok()).map_or(-1, |total| total - 1);
            words.by_piece.push(word);
        }
        words
    }

    fn span(&self, seg: &Segmentation) -> Option<Span> {
        let place = |token: &usize| seg.tokens.get(*token).map(|token| token.span);
        Some(self.tokens.first().and_then(place)?.cover(self.tokens.last().and_then(place)?))
    }

    /// The words that a span overlaps, as far as they are in this window.
    fn range(&self, seg: &Segmentation, span: Span) -> Range<usize> {
        let tokens = seg.tokens_in(span);
        self.tokens.partition_point(|&token| token < tokens.start)..self.tokens.partition_point(|&token| token < tokens.end)
    }

    /// BIO tags; where two spans share a word the earlier one keeps it.
    fn tags(&self, spans: impl Iterator<Item = (Range<usize>, usize)>) -> Vec<i32> {
        let mut tags = vec![0; self.tokens.len()];
        for (range, label) in spans {
            let Some(free) = tags.get_mut(range).filter(|part| part.iter().all(|&tag| tag == 0)) else { continue };
            let first = i32::try_from(1 + 2 * label).unwrap_or_default();
            for (at, tag) in free.iter_mut().enumerate() {
                *tag = if at == 0 { first } else { first + 1 };
            }
        }
        tags
    }
}
