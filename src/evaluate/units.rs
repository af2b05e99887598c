//! Contents by their words: exact, or at least 0.8 of the words of both shared; by kind; the source of those found; and whether the
//! confidence tells found from wrong.

use std::collections::HashSet;

use super::calibration::Calibration;
use super::score::Figure;
use super::words::{WordSet, pair, words};
use super::{Count, Measure, Measurement, Predicted, Rate, Score, Scores, Tally};
use crate::{GoldDocument, Span};

/// Shared words over all words from which on two contents are the same.
pub(super) const ENOUGH: f64 = 0.8;
const KINDS: [&str; 3] = ["direct", "mixed", "indirect"];

/// Both sides of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Sides {
    right: usize,
    predicted: usize,
    found: usize,
    gold: usize,
}

/// See [`Measure::Units`].
#[derive(Debug, Default)]
pub(super) struct Units {
    articles: usize,
    text_differs: usize,
    exact: Tally,
    overlapping: Tally,
    kinds: [Sides; KINDS.len()],
    /// Found contents whose gold has a source; of these, with a predicted source that shares a word; with the same words.
    sources: usize,
    source_overlaps: usize,
    source_exact: usize,
    confidence: Calibration,
}

/// One content span with its source's words.
struct Unit {
    content: WordSet,
    kind: Option<usize>,
    source: WordSet,
    confidence: f64,
}

impl Measurement for Units {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        self.text_differs += usize::from(predicted.shift.is_none());
        let words = words(&gold.text);
        let mask = quote_mask(&gold.text);
        let unit = |content: Span, source: &[Span], confidence: f64| Unit {
            content: WordSet::new(&words, &[content]),
            kind: kind(&gold.text, &mask, content),
            source: WordSet::new(&words, source),
            confidence,
        };
        let marked = gold.attributions.iter().flat_map(|given| given.content.iter().map(|&content| unit(content, &given.source, 1.0)));
        let marked: Vec<Unit> = marked.filter(|unit| !unit.content.is_empty()).collect();
        let mut seen = HashSet::new();
        let quotes = predicted.analysis.quotes.iter().filter(|_| predicted.shift.is_some());
        let found = quotes.flat_map(|quote| {
            let source = predicted.all_moved(&quote.source);
            quote.content.iter().map(|&content| unit(predicted.moved(content), &source, quote.confidence)).collect::<Vec<_>>()
        });
        let found: Vec<Unit> = found.filter(|unit| !unit.content.is_empty() && seen.insert(unit.content.clone())).collect();
        self.count(&marked, &found);
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Units);
        scores.counts.extend([Count::new("articles", self.articles), Count::new("text_differs", self.text_differs)]);
        scores.scores.extend([self.exact.score("exact"), self.overlapping.score("overlap 0.8")]);
        for (kind, sides) in KINDS.iter().zip(&self.kinds) {
            scores.scores.push(Score::by_side(*kind, (sides.right, sides.predicted), (sides.found, sides.gold)));
        }
        scores.rates.push(Rate::new("source_overlaps", self.source_overlaps, self.sources));
        scores.rates.push(Rate::new("source_exact", self.source_exact, self.sources));
        let figures = [("calibration_error", self.confidence.expected_error()), ("confidence_auc", self.confidence.area_under_curve())];
        scores.figures.extend(figures.iter().filter_map(|&(name, value)| Some(Figure::new(name, value?))));
        scores
    }
}

impl Units {
    fn count(&mut self, marked: &[Unit], found: &[Unit]) {
        let mut candidates = Vec::new();
        for (gold, a) in marked.iter().enumerate() {
            for (predicted, b) in found.iter().enumerate() {
                let iou = a.content.iou(&b.content);
                if iou >= ENOUGH {
                    candidates.push((iou, gold, predicted));
                }
            }
        }
        let identical = candidates.iter().copied().filter(|&(iou, ..)| iou >= 1.0).collect();
        let identical = pair(identical, marked.len(), found.len()).iter().flatten().count();
        let partners = pair(candidates, marked.len(), found.len());
        let overlapping = partners.iter().flatten().count();
        for (tally, matched) in [(&mut self.exact, identical), (&mut self.overlapping, overlapping)] {
            tally.matched += matched;
            tally.predicted += found.len();
            tally.gold += marked.len();
        }
        for (unit, partner) in marked.iter().zip(&partners) {
            self.side(unit.kind, |sides| (sides.gold, sides.found) = (sides.gold + 1, sides.found + usize::from(partner.is_some())));
            let Some(partner) = partner.and_then(|at| found.get(at)).filter(|_| !unit.source.is_empty()) else { continue };
            self.sources += 1;
            self.source_overlaps += usize::from(unit.source.shared(&partner.source) > 0);
            self.source_exact += usize::from(unit.source == partner.source);
        }
        let mut is_right = vec![false; found.len()];
        for &at in partners.iter().flatten() {
            if let Some(right) = is_right.get_mut(at) {
                *right = true;
            }
        }
        for (unit, right) in found.iter().zip(is_right) {
            self.confidence.add(unit.confidence, right);
            self.side(unit.kind, |sides| (sides.predicted, sides.right) = (sides.predicted + 1, sides.right + usize::from(right)));
        }
    }

    fn side(&mut self, kind: Option<usize>, count: impl FnOnce(&mut Sides)) {
        if let Some(sides) = kind.and_then(|kind| self.kinds.get_mut(kind)) {
            count(sides);
        }
    }
}

/// Which bytes stand in quotation marks, marks included; a quotation left open runs to the end of its line.
fn quote_mask(text: &str) -> Vec<bool> {
    let mut mask = vec![false; text.len()];
    let mut cover = |start: usize, end: usize| mask.get_mut(start..end).unwrap_or_default().fill(true);
    let mut line_start = 0;
    for line in text.split('\n') {
        let mut open = None;
        for (at, ch) in line.char_indices() {
            if ch == '“' || (ch == '"' && open.is_none()) {
                open = Some(line_start + at);
            } else if matches!(ch, '”' | '"')
                && let Some(start) = open.take()
            {
                cover(start, line_start + at + ch.len_utf8());
            }
        }
        if let Some(start) = open {
            cover(start, line_start + line.len());
        }
        line_start += line.len() + 1;
    }
    mask
}

/// Index into [`KINDS`]: direct from nine words in ten inside quotation marks on, indirect where none is. `None` without a word.
fn kind(text: &str, mask: &[bool], span: Span) -> Option<usize> {
    let words = words(text.get(span.range()).unwrap_or_default());
    let quoted = words.iter().filter(|word| mask.get(span.start() + word.start()).copied().unwrap_or_default()).count();
    let share = if words.is_empty() { return None } else { quoted as f64 / words.len() as f64 };
    Some(if share >= 0.9 {
        0
    } else if quoted > 0 {
        1
    } else {
        2
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{quote, scored};

    #[test]
    fn tells_kinds_by_marks() {
        let text = "a “b c” d\n\"e f\ng";
        let mask = quote_mask(text);
        let at = |words: &str| {
            let start = text.find(words).expect("the words stand in the text");
            kind(text, &mask, Span::new(start, start + words.len())).map(|kind| KINDS[kind])
        };
        assert_eq!(
            [at("b c"), at("a “b"), at("d"), at("e f"), at("g"), at("”")],
            ["direct", "mixed", "indirect", "direct", "indirect"].map(Some).into_iter().chain([None]).collect::<Vec<_>>()[..]
        );
    }

    #[test]
    fn counts_each_content_once() {
        let text = "Ann said that the rain in the hills will stop soon. Bob Ray disagrees with her.";
        let gold = [quote(text, "Ann", "said", "that the rain in the hills will stop soon")];
        let predicted = [
            quote(text, "Bob Ray", "said", "the rain in the hills will stop soon."),
            quote(text, "Ann", "said", "the rain in the hills will stop soon."),
        ];
        let scores = scored(Measure::Units, text, &gold, &predicted);
        assert_eq!(scores.score("exact").map(|score| (score.right, score.predicted, score.gold)), Some((0, 1, 1)));
        assert_eq!(scores.score("overlap 0.8").map(|score| (score.right, score.predicted, score.gold)), Some((1, 1, 1)));
        assert_eq!(scores.score("indirect").map(|score| (score.found, score.gold)), Some((1, 1)));
        assert_eq!(scores.rate("source_overlaps").map(|rate| (rate.right, rate.of)), Some((0, 1)));
    }
}
