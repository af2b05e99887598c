//! Lines of a page in reading order: words out of glyphs, regions out of the white between words, lines out of regions.
//!
//! Regions are cut as in the recursive X-Y cut (Nagy and Seth 1984): at the widest white column that runs through a region and has text
//! on both sides, else at the white row above or below which such a column runs.

use super::glyphs::Page;

/// A line of text in its region.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    pub(super) y: f64,
    pub(super) size: f64,
    /// Where its region begins and ends.
    pub(super) left: f64,
    pub(super) right: f64,
    /// Counts regions within the page.
    pub(super) region: usize,
    /// Where it stands on the page: 0 is the top, 1 the bottom.
    pub(super) place: f64,
}

#[derive(Debug, Clone)]
struct Word {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// How many regions one page may be cut into, and how deeply.
const MAX_DEPTH: usize = 12;

/// The lines of a page in reading order.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let words = words(page);
    let mut regions = Vec::new();
    cut(words, 0, &mut regions);
    let mut lines = Vec::new();
    for (number, region) in regions.into_iter().enumerate() {
        region_lines(region, number, page.height, &mut lines);
    }
    lines
}

/// Joins glyphs to words: those that follow each other on a baseline without a gap.
fn words(page: &Page) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut is_broken = true;
    for glyph in &page.glyphs {
        if glyph.text.trim().is_empty() {
            is_broken = true;
            continue;
        }
        let joins = words.last().is_some_and(|word| {
            let gap = glyph.x - word.end;
            let is_level = (glyph.y - word.y).abs() < word.size.min(glyph.size) * 0.35;
            !is_broken && is_level && gap > -0.6 * glyph.size && gap < 0.16 * glyph.size
        });
        // Text is printed twice, a hair apart, to look bold.
        let is_shadow = words.last().is_some_and(|word| {
            word.text.ends_with(&glyph.text)
                && (word.end - glyph.x - glyph.width).abs() < 0.08 * glyph.size
                && (word.y - glyph.y).abs() < 1.0
        });
        if is_shadow {
            continue;
        }
        match words.last_mut().filter(|_| joins) {
            Some(word) => {
                word.text.push_str(&glyph.text);
                word.end = word.end.max(glyph.x + glyph.width);
                word.size = word.size.max(glyph.size);
            }
            None => words.push(Word { x: glyph.x, end: glyph.x + glyph.width, y: glyph.y, size: glyph.size, text: glyph.text.clone() }),
        }
        is_broken = false;
    }
    words
}

/// Cuts a region into columns and rows until no white runs through it.
fn cut(words: Vec<Word>, depth: usize, regions: &mut Vec<Vec<Word>>) {
    if words.is_empty() {
        return;
    }
    if depth < MAX_DEPTH && words.len() > 8 {
        if let Some(at) = gutter(&words) {
            let (left, right): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| f64::midpoint(word.x, word.end) < at);
            cut(left, depth + 1, regions);
            cut(right, depth + 1, regions);
            return;
        }
        if let Some(at) = row(&words) {
            let (above, below): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| word.y < at);
            cut(above, depth + 1, regions);
            cut(below, depth + 1, regions);
            return;
        }
    }
    regions.push(words);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(10.0)
}

/// The middle of the widest white column through all words, with three lines or more on both sides.
fn gutter(words: &[Word]) -> Option<f64> {
    let size = median(words.iter().map(|word| word.size).collect());
    let mut spans: Vec<(f64, f64)> = words.iter().map(|word| (word.x, word.end)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (left, right) = (spans.first()?.0, spans.iter().map(|span| span.1).fold(f64::MIN, f64::max));
    let mut reach = left;
    let mut best: Option<(f64, f64)> = None;
    for (start, end) in spans {
        let gap = start - reach;
        let at = f64::midpoint(start, reach);
        let is_inside = reach - left > (right - left) * 0.12 && right - start > (right - left) * 0.12;
        if gap > size * 0.8 && is_inside && best.is_none_or(|(widest, _)| gap > widest) && rows_on_both_sides(words, at, size) >= 3 {
            best = Some((gap, at));
        }
        reach = reach.max(end);
    }
    best.map(|(_, at)| at)
}

/// How many lines stand on the poorer side.
fn rows_on_both_sides(words: &[Word], at: f64, size: f64) -> usize {
    let rows = |is_left: bool| {
        let mut ys: Vec<f64> = words.iter().filter(|word| (word.end <= at) == is_left).map(|word| word.y).collect();
        ys.sort_by(f64::total_cmp);
        let mut count = 0;
        let mut last = f64::MIN;
        for y in ys {
            if y - last > size * 0.5 {
                count += 1;
                last = y;
            }
        }
        count
    };
    rows(true).min(rows(false))
}

/// A white row above or below which there are columns, the one that leaves most of the region to them; else the widest one.
fn row(words: &[Word]) -> Option<f64> {
    let mut spans: Vec<(f64, f64)> = words.iter().map(|word| (word.y - word.size * 0.8, word.y + word.size * 0.2)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gaps = Vec::new();
    let mut reach = spans.first()?.1;
    for (top, bottom) in spans {
        if top - reach > 0.5 {
            gaps.push((top - reach, f64::midpoint(top, reach)));
        }
        reach = reach.max(bottom);
    }
    // Wide rows first: a column that runs below a headline begins below a gap wider than those between lines.
    gaps.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)));
    gaps.truncate(24);
    let widest = gaps.first().copied();
    let columns = |half: Vec<Word>| if half.len() > 8 && gutter(&half).is_some() { half.len() } else { 0 };
    let count = |at: f64| {
        let (above, below): (Vec<Word>, Vec<Word>) = words.iter().cloned().partition(|word| word.y < at);
        columns(above).max(columns(below))
    };
    let scored = gaps.into_iter().map(|(_, at)| (count(at), at)).filter(|(count, _)| *count > 0);
    let best = scored.max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))).map(|(_, at)| at);
    // A headline above and a page number below hide the columns between them: one goes, the other goes next.
    let size = median(words.iter().map(|word| word.size).collect());
    best.or_else(|| widest.filter(|(gap, _)| *gap > size * 0.9).map(|(_, at)| at))
}

/// The lines of a region, from top to bottom.
fn region_lines(mut words: Vec<Word>, region: usize, height: f64, lines: &mut Vec<Line>) {
    let left = words.iter().map(|word| word.x).fold(f64::MAX, f64::min);
    let right = words.iter().map(|word| word.end).fold(f64::MIN, f64::max);
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x.total_cmp(&b.x)));
    let mut open: Vec<Word> = Vec::new();
    let mut flush = |open: &mut Vec<Word>| {
        let mut row = std::mem::take(open);
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
        let size = median(row.iter().map(|word| word.size).collect());
        let y = median(row.iter().map(|word| word.y).collect());
        let (x, end) = (first.x, last.end);
        let mut text = String::new();
        let mut reach = f64::MIN;
        for word in &row {
            if !text.is_empty() && word.x - reach > 0.1 * word.size.min(size) {
                text.push(' ');
            }
            text.push_str(&word.text);
            reach = reach.max(word.end);
        }
        let place = if height > 0.0 { y / height } else { 0.5 };
        lines.push(Line { text, x, end, y, size, left, right, region, place });
    };
    for word in words {
        let is_level = open.first().is_none_or(|first: &Word| (word.y - first.y).abs() < first.size.max(word.size) * 0.5);
        if !is_level {
            flush(&mut open);
        }
        open.push(word);
    }
    flush(&mut open);
}
