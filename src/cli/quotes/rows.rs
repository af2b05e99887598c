//! Quotations for programs: rows of CSV or lines of JSON, with the names and meanings of the report's `quotes.csv`.

use std::io::Write;

use sayso::document::CodePointOffsets;
use sayso::report::inert;
use sayso::{Analysis, Quote, Span};
use serde_json::{Value, json};

const COLUMNS: [&str; 16] = [
    "quote_id",
    "article_id",
    "path",
    "kind",
    "content",
    "content_start",
    "content_end",
    "cue",
    "source",
    "speaker_id",
    "speaker",
    "role",
    "affiliation",
    "speaker_confidence",
    "themes",
    "confidence",
];

/// Rows under one header.
#[derive(Debug)]
pub(super) struct CsvRows {
    is_begun: bool,
}

impl CsvRows {
    pub(super) fn new() -> anyhow::Result<Self> {
        let mut rows = Self { is_begun: false };
        rows.write(&mut anstream::stdout().lock(), Vec::new())?;
        Ok(rows)
    }

    pub(super) fn add(&mut self, out: &mut impl Write, analysis: &Analysis, quotes: &[usize]) -> anyhow::Result<()> {
        let offsets = CodePointOffsets::new(analysis.doc.text());
        let found = quotes.iter().filter_map(|&at| Some((at, analysis.quotes.get(at)?)));
        self.write(out, found.map(|(at, quote)| row(analysis, &offsets, at, quote)).collect())
    }

    fn write(&mut self, out: &mut impl Write, rows: Vec<[String; COLUMNS.len()]>) -> anyhow::Result<()> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        if !std::mem::replace(&mut self.is_begun, true) {
            writer.write_record(COLUMNS).map_err(std::io::Error::from)?;
        }
        for row in rows {
            writer.write_record(&row).map_err(std::io::Error::from)?;
        }
        Ok(writer.flush()?)
    }
}

fn row(analysis: &Analysis, offsets: &CodePointOffsets, at: usize, quote: &Quote) -> [String; COLUMNS.len()] {
    let words = |span: Span| inert(analysis.doc.slice(span)).into_owned();
    let text = |text: &str| inert(text).into_owned();
    let speaker = analysis.speaker_of(at);
    let role = speaker.and_then(|speaker| speaker.roles.first());
    let content: Vec<&str> = quote.content.iter().map(|&span| analysis.doc.slice(span)).collect();
    let themes: Vec<&str> = analysis.themes_of(at).map(|theme| theme.label.as_str()).collect();
    let (first, last) = (quote.content.first(), quote.content.last());
    [
        format!("{}:{}", analysis.doc.id(), quote.id),
        text(analysis.doc.id()),
        text(analysis.doc.path()),
        quote.kind.name().to_owned(),
        text(&content.join(" … ")),
        first.map(|&span| offsets.to_code_points(span).start.to_string()).unwrap_or_default(),
        last.map(|&span| offsets.to_code_points(span).end.to_string()).unwrap_or_default(),
        quote.cue.map(words).unwrap_or_default(),
        quote.source.map(words).unwrap_or_default(),
        speaker.map(|speaker| speaker.id.clone()).unwrap_or_default(),
        speaker.map(|speaker| text(&speaker.name)).unwrap_or_default(),
        role.map(|role| text(&role.role)).unwrap_or_default(),
        role.and_then(|role| role.affiliation.as_deref()).map(text).unwrap_or_default(),
        analysis.speaker_confidence(at).map(|sure| format!("{sure:.4}")).unwrap_or_default(),
        text(&themes.join("; ")),
        format!("{:.4}", quote.confidence),
    ]
}

/// Prints an object a line; spans as `articles/ID.json` has them.
pub(super) fn json_lines(out: &mut impl Write, analysis: &Analysis, quotes: &[usize]) -> anyhow::Result<()> {
    let offsets = CodePointOffsets::new(analysis.doc.text());
    for &at in quotes {
        let Some(quote) = analysis.quotes.get(at) else { continue };
        writeln!(out, "{}", object(analysis, &offsets, at, quote))?;
    }
    Ok(())
}

fn object(analysis: &Analysis, offsets: &CodePointOffsets, at: usize, quote: &Quote) -> Value {
    let span = |span: Span| {
        let points = offsets.to_code_points(span);
        json!({ "start": points.start, "end": points.end, "text": analysis.doc.slice(span) })
    };
    let speaker = analysis.speaker_of(at).map(|speaker| {
        let roles = speaker.roles.iter().map(|role| json!({ "role": role.role, "affiliation": role.affiliation }));
        json!({ "id": speaker.id, "name": speaker.name, "roles": roles.collect::<Vec<_>>() })
    });
    json!({
        "quote_id": format!("{}:{}", analysis.doc.id(), quote.id),
        "article_id": analysis.doc.id(),
        "path": analysis.doc.path(),
        "kind": quote.kind.name(),
        "content": quote.content.iter().map(|&piece| span(piece)).collect::<Vec<_>>(),
        "cue": quote.cue.map(span),
        "source": quote.source.map(span),
        "speaker": speaker,
        "speaker_confidence": analysis.speaker_confidence(at).map(four_decimals),
        "themes": analysis.themes_of(at).map(|theme| theme.label.as_str()).collect::<Vec<_>>(),
        "confidence": four_decimals(quote.confidence),
    })
}

fn four_decimals(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
