//! Paragraphs out of lines: where one ends, which words were cut at line ends, and which lines belong to the page and not to the text.

use std::collections::{BTreeMap, BTreeSet};

use super::super::blocks::{Block, Kind, tidy};
use super::layout::Line;

/// The document's paragraphs from the lines of its pages.
pub(super) fn paragraphs(mut pages: Vec<Vec<Line>>) -> Vec<Block> {
    let body = body_size(&pages);
    leave_out_running_heads(&mut pages, body);
    let known = known_words(&pages);
    let mut blocks: Vec<Open> = Vec::new();
    for page in &pages {
        let leading = leading(page);
        let mut last: Option<&Line> = None;
        for line in page {
            let is_new = last.is_none_or(|last| begins(last, line, leading, body));
            let continues =
                is_new && last.is_none_or(|last| last.region != line.region) && blocks.last().is_some_and(|open| open.goes_on(line, body));
            match blocks.last_mut().filter(|_| !is_new || continues) {
                Some(open) => open.add(line, &known),
                None => blocks.push(Open::new(line)),
            }
            last = Some(line);
        }
    }
    blocks.into_iter().map(|open| open.block(body)).filter(|block| !block.text.is_empty()).collect()
}

/// A paragraph being put together.
struct Open {
    text: String,
    size: f64,
    lines: usize,
    /// Whether its last line reached the right edge of its column.
    is_full: bool,
}

impl Open {
    fn new(line: &Line) -> Self {
        Self { text: line.text.clone(), size: line.size, lines: 1, is_full: is_full(line) }
    }

    /// Whether a line in the next column or on the next page goes on with this paragraph.
    fn goes_on(&self, line: &Line, body: f64) -> bool {
        let is_body = (line.size - self.size).abs() < body * 0.06;
        let starts_small = line.text.chars().find(|ch| ch.is_alphanumeric()).is_some_and(char::is_lowercase);
        let has_ended = self.text.trim_end_matches(['”', '"', '’', ')', '»', ']']).ends_with(['.', '!', '?', ':', '…']);
        is_body && (starts_small || self.is_full && self.lines > 1) && !has_ended
    }

    fn add(&mut self, line: &Line, known: &BTreeSet<String>) {
        self.lines += 1;
        self.is_full = is_full(line);
        let next = line.text.trim_start();
        let text = self.text.trim_end();
        let Some(stem) = text.strip_suffix(['-', '\u{AD}', '\u{2010}']) else {
            self.text.truncate(text.len());
            if !ends_in_cjk(&self.text) {
                self.text.push(' ');
            }
            self.text.push_str(next);
            return;
        };
        let before = last_word(stem);
        let after: String = next.chars().take_while(|ch| ch.is_alphabetic()).collect();
        let is_cut = before.chars().next_back().is_some_and(char::is_lowercase) && after.starts_with(char::is_lowercase);
        let joined = format!("{before}{after}").to_lowercase();
        let hyphened = format!("{before}-{after}").to_lowercase();
        let is_compound = known.contains(&hyphened) && !known.contains(&joined);
        let end = if is_cut && !is_compound || text.ends_with('\u{AD}') { stem.len() } else { text.len() };
        self.text.truncate(end);
        self.text.push_str(next);
    }

    fn block(self, body: f64) -> Block {
        let text = tidy(&self.text);
        let bullet = text.strip_prefix(['•', '‣', '▪', '◦', '●', '■', '–']).map(str::trim_start);
        let is_large = self.size > body * 1.12 && self.lines <= 4 && text.chars().count() < 240;
        match bullet {
            Some(item) if !text.starts_with('–') => Block { kind: Kind::Item, text: item.to_owned() },
            _ if is_large => Block { kind: Kind::Heading, text },
            _ => Block { kind: Kind::Paragraph, text },
        }
    }
}

fn ends_in_cjk(text: &str) -> bool {
    text.chars().next_back().is_some_and(|ch| matches!(ch, '\u{3000}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}'))
}

fn last_word(text: &str) -> String {
    let word: String = text.chars().rev().take_while(|ch| ch.is_alphabetic()).collect();
    word.chars().rev().collect()
}

fn is_full(line: &Line) -> bool {
    line.end > line.right - 2.5 * line.size
}

/// Whether a line begins a paragraph after another one.
fn begins(last: &Line, line: &Line, leading: f64, body: f64) -> bool {
    if last.region != line.region {
        return true;
    }
    let step = line.y - last.y;
    let is_other_size = (line.size - last.size).abs() > body * 0.08;
    // Lines of a headline stand apart by their own size, not by that of the text.
    let own = if !is_other_size && line.size > body * 1.12 { leading.max(line.size * 1.25) } else { leading };
    let is_apart = step > own * 1.3 || step < -leading;
    let is_indented = line.x - line.left > line.size * 0.7 && last.x - last.left < line.size * 0.7;
    let is_item = line.text.starts_with(['•', '‣', '▪', '●', '■']);
    let is_short = last.end < last.right - (last.right - last.left) * 0.22;
    let has_ended = last.text.trim_end_matches(['”', '"', '’', ')', '»']).ends_with(['.', '!', '?', ':']);
    // A dash behind a full stop signs the text: *- Rift Valley News Agency*.
    let is_signature = has_ended && line.text.starts_with(['-', '–', '—']);
    is_apart || is_other_size || is_indented || is_item || is_signature || is_short && has_ended
}

/// The step from line to line that is most usual on a page.
fn leading(page: &[Line]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in page.windows(2) {
        if let [a, b] = pair
            && a.region == b.region
            && b.y > a.y
        {
            *counts.entry(half_points(b.y - a.y)).or_default() += 1;
        }
    }
    let usual = counts.iter().max_by_key(|(step, count)| (**count, std::cmp::Reverse(**step))).map(|(step, _)| *step);
    usual.map_or(14.0, |step| step as f64 / 2.0)
}

#[expect(clippy::cast_possible_truncation, reason = "a measure on a page, far from the limits")]
fn half_points(points: f64) -> i64 {
    (points * 2.0).round().clamp(-100_000.0, 100_000.0) as i64
}

/// The size most characters are set in.
fn body_size(pages: &[Vec<Line>]) -> f64 {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flatten() {
        *counts.entry(half_points(line.size)).or_default() += line.text.len();
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f64 / 2.0)
}

/// Words inside lines, with their hyphens: what is known whole is not cut there.
fn known_words(pages: &[Vec<Line>]) -> BTreeSet<String> {
    let inner = pages.iter().flatten().flat_map(|line| {
        let count = line.text.split_whitespace().count();
        line.text.split_whitespace().take(count.saturating_sub(1))
    });
    inner.map(|word| word.trim_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase()).filter(|word| word.len() > 3).collect()
}

/// Leaves out lines that stand at the same edge of several pages, and numbers of pages.
fn leave_out_running_heads(pages: &mut [Vec<Line>], body: f64) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let count = pages.len();
    for page in pages.iter() {
        let keys: BTreeSet<String> = page.iter().filter(|line| is_at_edge(line)).map(|line| key(&line.text)).collect();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let often = if count <= 3 { 2 } else { (count / 3).max(2) };
    for page in pages.iter_mut() {
        page.retain(|line| {
            let repeated = count > 1 && seen.get(&key(&line.text)).is_some_and(|&times| times >= often);
            // The last line of a headline may be a year.
            let is_number = line.size <= body * 1.12 && is_page_number(&line.text);
            !(is_at_edge(line) && (repeated || is_number))
        });
    }
}

fn is_at_edge(line: &Line) -> bool {
    line.place < 0.12 || line.place > 0.88
}

/// A line without its numbers, which differ from page to page.
fn key(text: &str) -> String {
    text.chars().filter(|ch| ch.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// `12`, `- 12 -`, `Page 3 of 9`, `3/9`, `xii`.
fn is_page_number(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let words: Vec<&str> = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_roman = |word: &str| word.len() <= 6 && word.chars().all(|ch| matches!(ch, 'i' | 'v' | 'x' | 'l'));
    let is_word = |word: &str| matches!(word, "page" | "p" | "of" | "seite" | "von" | "sur" | "página" | "de" | "pagina");
    !words.is_empty() && words.len() <= 4 && words.iter().all(|word| is_number(word) || is_word(word) || words.len() == 1 && is_roman(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f64, y: f64) -> Line {
        let end = x + text.chars().count() as f64 * 5.0;
        Line { text: text.to_owned(), x, end, y, size: 10.0, left: 50.0, right: 350.0, region: 0, place: y / 800.0 }
    }

    fn texts(pages: Vec<Vec<Line>>) -> Vec<String> {
        paragraphs(pages).into_iter().map(|block| block.text).collect()
    }

    const FULL: &str = "The bank raised its rates on Monday for the third time, a";

    #[test]
    fn joins_words_cut_at_line_ends() {
        let page = vec![
            line(&format!("{FULL} long-term"), 50.0, 200.0),
            line("plan that its head calls the end of all econo-", 50.0, 212.0),
            line("mies on paper, and others call a very long-", 50.0, 224.0),
            line("term plan for what is a mid-size and US-", 50.0, 236.0),
            line("backed lender long-term in long-term debt", 50.0, 248.0),
        ];
        let found = texts(vec![page]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("economies on paper") && found[0].contains("very long-term plan") && found[0].contains("US-backed"));
    }

    #[test]
    fn parts_paragraphs_by_gap_and_indent() {
        let page = vec![
            line(FULL, 50.0, 200.0),
            line("second line of the paragraph that ends.", 50.0, 212.0),
            line(FULL, 62.0, 224.0),
            line(FULL, 50.0, 236.0),
            line(FULL, 50.0, 260.0),
        ];
        assert_eq!(texts(vec![page]).len(), 3);
    }

    #[test]
    fn leaves_out_running_heads_and_page_numbers() {
        let page = |number: usize| {
            vec![
                line(&format!("Example Daily {number}"), 50.0, 40.0),
                line(&format!("{FULL} {number}."), 50.0, 300.0),
                line(&format!("Page {number} of 3"), 50.0, 780.0),
            ]
        };
        let found = texts(vec![page(1), page(2), page(3)]);
        assert!(found.iter().all(|text| text.starts_with("The bank")), "{found:?}");
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn knows_page_numbers() {
        for (text, expected) in
            [("12", true), ("- 4 -", true), ("Page 3 of 9", true), ("xii", true), ("3/9", true), ("No. 10 said", false), ("It will", false)]
        {
            assert_eq!(is_page_number(text), expected, "{text}");
        }
    }
}
