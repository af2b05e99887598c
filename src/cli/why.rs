//! `sayso quotes --why`: for each quotation the rules that made it what it is and chose its speaker, and what they dropped.

use std::io::{self, Write};

use sayso::quotes::{Applied as QuoteChange, ChangeKind as QuoteChangeKind, Trail as QuoteTrail};
use sayso::{Analysis, Span};
use unicode_width::UnicodeWidthStr;

use super::quotes::speaker;
use super::style::{DIM, HEADING, SPEAKER, styled};
use super::terminal::{column, harmless, shortened, without_middle};

/// The widths of a rule's name and of what it changed; the words have the rest.
const RULE: usize = 15;
const KIND: usize = 7;
const INDENT: &str = "   ";
const GAP: &str = "  ";
const ARROW: &str = " → ";

/// Prints each quotation with its rules, then what the rules dropped.
pub(super) fn write(out: &mut impl Write, analysis: &Analysis, trail: &QuoteTrail, width: usize) -> io::Result<()> {
    for (at, (quote, changes)) in analysis.quotes.iter().zip(&trail.quotes).enumerate() {
        let number = column(&(at + 1).to_string(), INDENT.len());
        let said = format!("{}{GAP}{:.2}{GAP}", quote.kind.name(), quote.confidence);
        let name = shortened(&speaker(analysis, at, quote), width.saturating_sub(number.len() + said.len())).into_owned();
        writeln!(out, "{}{}{}", styled(DIM, &number), styled(DIM, &said), styled(SPEAKER, &name))?;
        candidate(out, analysis, &quote.content, changes, width)?;
        speaker_evidence(out, analysis, at, width)?;
    }
    if analysis.quotes.is_empty() {
        writeln!(out, "{}", styled(DIM, "nobody is quoted"))?;
    }
    if !trail.dropped.is_empty() {
        writeln!(out, "\n{}", styled(HEADING, "dropped"))?;
    }
    for changes in &trail.dropped {
        let words: Vec<Span> = changes.last().and_then(|change| change.before).into_iter().collect();
        candidate(out, analysis, &words, changes, width)?;
    }
    Ok(())
}

/// The words of a candidate, and what the rules did to it, one a line.
fn candidate(out: &mut impl Write, analysis: &Analysis, content: &[Span], changes: &[QuoteChange], width: usize) -> io::Result<()> {
    let words: Vec<String> = content.iter().map(|&span| harmless(analysis.doc.slice(span))).collect();
    writeln!(out, "{INDENT}{}", without_middle(&words.join(" … "), width.saturating_sub(INDENT.len())))?;
    let rest = width.saturating_sub(2 * INDENT.len() + RULE + KIND + 2 * GAP.len());
    for change in changes {
        let (kind, words) = told(analysis, change, rest);
        line(out, change.rule.name(), kind, &words)?;
    }
    Ok(())
}

/// The evidence that chose a quotation's speaker, the decisive one first.
fn speaker_evidence(out: &mut impl Write, analysis: &Analysis, quote: usize, width: usize) -> io::Result<()> {
    let rest = width.saturating_sub(2 * INDENT.len() + RULE + KIND + 2 * GAP.len());
    for finding in analysis.speaker_basis(quote) {
        let words = finding.span.map(|span| without_middle(&harmless(analysis.doc.slice(span)), rest));
        line(out, finding.rule.name(), "speaker", &words.unwrap_or_default())?;
    }
    Ok(())
}

/// A rule, what it changed, and the words.
fn line(out: &mut impl Write, rule: &str, kind: &str, words: &str) -> io::Result<()> {
    let (rule, kind) = (styled(HEADING, &column(rule, RULE)), styled(DIM, &column(kind, KIND)));
    writeln!(out, "{}", format!("{INDENT}{INDENT}{rule}{GAP}{kind}{GAP}{words}").trim_end())
}

/// What a change was about, and its words in `width` columns.
fn told(analysis: &Analysis, change: &QuoteChange, width: usize) -> (&'static str, String) {
    let words = |span: Option<Span>, width: usize| span.map(|span| without_middle(&harmless(analysis.doc.slice(span)), width));
    let kind = match change.kind {
        QuoteChangeKind::Found => "finds",
        QuoteChangeKind::Moved => "borders",
        QuoteChangeKind::Cut => "without",
        QuoteChangeKind::Merged | QuoteChangeKind::Joined => "with",
        QuoteChangeKind::Cue => "cue",
        QuoteChangeKind::Source => "source",
        QuoteChangeKind::Dropped => "drops",
    };
    let half = width.saturating_sub(ARROW.width()) / 2;
    let text = match (change.kind, words(change.before, half), words(change.after, half)) {
        (QuoteChangeKind::Dropped, ..) => None,
        (QuoteChangeKind::Merged | QuoteChangeKind::Cut, ..) => words(change.before, width),
        (_, Some(before), Some(after)) => Some(format!("{before}{ARROW}{after}")),
        (_, Some(before), None) => Some(format!("{before}{ARROW}-")),
        (_, None, _) => words(change.after, width),
    };
    (kind, text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use sayso::Document;
    use sayso::Reading;
    use sayso::encoder::{AttributionLabel, ContentLinks, Encoding, LabelledSpan};
    use sayso::quotes::QuoteExtractor;
    use sayso::segment::Segmenter;
    use sayso::speakers::Attribution;

    use super::*;

    const TEXT: &str = "“The ferry will run again in May, and then for good,” said Ana Lind. “It has been a long winter for all of us.”\n\n\
        The so-called “blue economy” is growing, Bo Dahl said.\n";
    /// What a model would label, with the links it would miss.
    const LABELS: [(&str, AttributionLabel); 4] = [
        ("The ferry will run again in May, and then for good", AttributionLabel::Content),
        ("said", AttributionLabel::Cue),
        ("Ana Lind", AttributionLabel::Source),
        ("“blue economy”", AttributionLabel::Content),
    ];

    #[test]
    fn tells_what_the_rules_did() {
        let doc = Document::from_text(TEXT);
        let seg = Segmenter::new().segment(&doc);
        let label = |&(words, label): &(&str, AttributionLabel)| {
            let start = TEXT.find(words).expect("the words stand there");
            LabelledSpan { label, tokens: seg.tokens_in(Span::new(start, start + words.len())), score: 0.9 }
        };
        let mut encoding = Encoding { attributions: LABELS.iter().map(label).collect(), ..Encoding::default() };
        encoding.links = vec![ContentLinks::default(); LABELS.len()];
        let (quotes, trail) = QuoteExtractor::new().explain(&Reading { doc: &doc, seg: &seg, encoding: &encoding });
        let attribution = Attribution { by_quote: vec![None; quotes.len()], ..Attribution::default() };
        let (entities, keyphrases, themes) = (Vec::new(), Vec::new(), Vec::new());
        let analysis = Analysis { doc, seg, entities, keyphrases, quotes, attribution, themes, passages: Vec::new() };
        let mut out = Vec::new();
        write(&mut out, &analysis, &trail, 80).expect("memory takes everything");
        let plain = anstream::adapter::strip_str(&String::from_utf8(out).expect("text is UTF-8")).to_string();
        assert!(plain.lines().all(|line| line.width() <= 80), "{plain}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("quotes_why", plain));
    }
}
