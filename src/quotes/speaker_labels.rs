//! Quotations with their speaker before a colon or a dash, or behind a dash, and no word of saying.
//!
//! ```text
//! - Ana Lind, Minister of Ports: “The new ferry is a promise kept.”
//! “The new ferry is a promise kept.” — Ana Lind, Minister of Ports
//! ```

use super::changes::{Change, put_over};
use super::draft::{Draft, Link};
use super::labelled_reading::LabelledReading;
use super::{labels, missed_sentences, signatures};
use crate::quotation_marks::Marked;
use crate::{AttributionLabel, ParagraphKind, Span};

/// Fewer words in marks may be a title or a name.
const LEAST_WORDS: usize = 3;
/// The longest label, in words.
const LONGEST_LABEL: usize = 25;

/// [`Rule::SpeakerLabel`](super::Rule::SpeakerLabel): the quotations that a name before them introduces.
pub(super) fn before(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    give(reading, drafts, |paragraph| after_label(reading, reading.paragraph(paragraph)))
}

/// [`Rule::Signature`](super::Rule::Signature): the quotations that a name behind a dash signs.
pub(super) fn behind(reading: &LabelledReading<'_>, drafts: &[Draft]) -> Vec<Change> {
    give(reading, drafts, |paragraph| before_signature(reading, paragraph))
}

/// Makes a quotation of the marked stretches that `read` finds in a paragraph with a name, or gives the name to one that has no source.
fn give(reading: &LabelledReading<'_>, drafts: &[Draft], read: impl Fn(usize) -> Option<(Vec<Span>, Span)>) -> Vec<Change> {
    let (mut changes, mut found) = (Vec::new(), Vec::new());
    let bodies = reading.seg.paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.kind == ParagraphKind::Body);
    for (at, _) in bodies {
        let Some((pairs, source)) = read(at) else { continue };
        let Some(first) = pairs.first() else { continue };
        let link = Some(Link::by_layout(source, AttributionLabel::Source, at));
        let draft = drafts.partition_point(|draft| draft.span().start() < first.start());
        match drafts.get(draft).filter(|draft| draft.span().start() == first.start()) {
            Some(known) if known.cue.is_none() && known.source.is_none_or(|source| source.run.paragraph != at) => {
                changes.push(Change::Source { draft, link });
            }
            Some(_) => {}
            None => {
                let contents: Vec<(Span, usize)> = pairs.iter().map(|&pair| (pair, at)).collect();
                found.push(Draft::by_layout(&contents, link, None));
            }
        }
    }
    changes.extend(put_over(drafts, found));
    changes
}

/// `Name, Title: “…” “…”`, `Name, Title – “…”`: the marked stretches and the name.
fn after_label(reading: &LabelledReading<'_>, bounds: Span) -> Option<(Vec<Span>, Span)> {
    let first = reading.marks.starting_in(bounds).iter().find(|pair| is_said(reading, pair))?;
    let head = Span::new(bounds.start(), first.outer.start());
    let label = match labels::before_colon(reading, head, LONGEST_LABEL) {
        Some(heading) if reading.words(Span::new(heading.after, head.end())) == 0 => heading.label,
        Some(_) => return None,
        None => {
            let text = reading.slice(head).trim_end();
            let dash = ["—", "–", " -", "--"].iter().find_map(|dash| text.strip_suffix(dash))?;
            labels::without_bullet(reading, Span::new(head.start(), head.start() + dash.len()))
        }
    };
    labels::names_speaker(reading, label).then(|| (run_of_pairs(reading, first, bounds), label))
}

/// A pair and those that follow it with nothing between.
fn run_of_pairs(reading: &LabelledReading<'_>, first: &Marked, bounds: Span) -> Vec<Span> {
    let mut found = vec![reading.trim(first.outer)];
    let mut end = first.outer.end();
    for pair in reading.marks.starting_in(Span::new(end, bounds.end())) {
        if pair.outer.start() < end {
            continue;
        }
        if reading.words(pair.outer) > 0 && reading.slice(Span::new(end, pair.outer.start())).trim().is_empty() {
            found.push(reading.trim(pair.outer));
            end = pair.outer.end();
        } else {
            break;
        }
    }
    found
}

/// `“…” — Name, Title`, on one line or on two: the marked stretch and the name.
fn before_signature(reading: &LabelledReading<'_>, at: usize) -> Option<(Vec<Span>, Span)> {
    let bounds = labels::without_bullet(reading, reading.paragraph(at));
    let pair = reading.marks.outermost(bounds.start()).filter(|pair| pair.outer.start() == bounds.start() && pair.is_closed)?;
    let rest = reading.trim(Span::new(pair.outer.end(), bounds.end()));
    let source = if rest.is_empty() { signatures::after(reading, at)? } else { signatures::signature(reading, rest)? };
    (is_said(reading, pair) || is_signed(reading, pair)).then(|| (vec![pair.outer], source))
}

/// A few words in marks that are no title, which `signatures` knows to be signed: `“A budget for yachts” – Bo Dahl`.
fn is_signed(reading: &LabelledReading<'_>, pair: &Marked) -> bool {
    let words: Vec<&str> = reading.word_spans(pair.inner).map(|word| reading.slice(word)).collect();
    let small = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    pair.parent.is_none() && words.len() > 1 && 2 * small >= words.len()
}

/// A sentence in marks, or one whose marks the next paragraph closes.
fn is_said(reading: &LabelledReading<'_>, pair: &Marked) -> bool {
    pair.parent.is_none() && missed_sentences::is_sentence(reading, pair, LEAST_WORDS)
}
