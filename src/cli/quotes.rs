//! `sayso quotes`: one article's quotations as a table for the eye, or with `--why` what the rules did.

use std::io::{self, Write};
use std::path::PathBuf;

use anstyle::Style;
use clap::{Args, ValueHint};
use sayso::{Analysis, Error, ErrorKind, Pipeline, Quote};

use super::engine::EngineArgs;
use super::exit::Exit;
use super::reading::ReadArgs;
use super::style::{DIM, HEADING, SPEAKER, styled};
use super::terminal::{column, counted, harmless, width, wrapped};
use super::why;

/// Options of `sayso quotes`.
#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// The article
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    path: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
    /// Use this model in place of the one inside the program
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    model: Option<PathBuf>,
    /// Say for each quotation which rules found it, moved its borders and chose its cue and source, and what they dropped
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Prints the table.
pub(crate) fn run(args: &QuotesArgs) -> anyhow::Result<Exit> {
    let options = args.read.options()?;
    let sources = sayso::ingest::discover(std::slice::from_ref(&args.path))?;
    let [source] = sources.sources.as_slice() else {
        let error = Error::new(ErrorKind::Config(format!("{} are too many for one table", counted(sources.len(), "article"))));
        return Err(error.at(&args.path).with_hint("give one file, or write a report with sayso analyze -o DIR").into());
    };
    let pipeline = args.model.iter().fold(args.engine.apply(Pipeline::builder()), sayso::PipelineBuilder::model).build()?;
    let (analysis, trail) = pipeline.explain(sayso::ingest::read_file(source, &options)?)?;
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    if args.why {
        why::write(&mut out, &analysis, &trail, width())?;
    } else {
        write(&mut out, &analysis, width())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// A cell's text before it is cut into lines.
struct Cell {
    text: String,
    style: Style,
    width: usize,
}

/// The widths of number, kind, confidence, speaker and cue; the quotation has the rest.
const WIDTHS: [usize; 5] = [3, 8, 4, 22, 12];
const GAP: &str = "  ";

fn write(out: &mut impl Write, analysis: &Analysis, width: usize) -> io::Result<()> {
    if analysis.quotes.is_empty() {
        return writeln!(out, "{}", styled(DIM, "nobody is quoted"));
    }
    let rest = width.saturating_sub(WIDTHS.iter().map(|width| width + GAP.len()).sum()).max(20);
    let heads = ["#", "kind", "sure", "speaker", "cue", "quotation"].map(str::to_owned);
    row(out, heads, &[HEADING; 6], rest)?;
    for (at, quote) in analysis.quotes.iter().enumerate() {
        let texts = [
            (at + 1).to_string(),
            quote.kind.name().to_owned(),
            format!("{:.2}", quote.confidence),
            speaker(analysis, at, quote),
            quote.cue.map(|span| harmless(analysis.doc.slice(span))).unwrap_or_default(),
            quote.content.iter().map(|&span| harmless(analysis.doc.slice(span))).collect::<Vec<_>>().join(" … "),
        ];
        row(out, texts, &[DIM, DIM, DIM, SPEAKER, DIM, Style::new()], rest)?;
    }
    Ok(())
}

/// The speaker's name with the words of the article that stand for it, where they are others.
pub(super) fn speaker(analysis: &Analysis, at: usize, quote: &Quote) -> String {
    let name = analysis.speaker_of(at).map(|speaker| harmless(&speaker.name));
    let words = quote.source.map(|span| harmless(analysis.doc.slice(span)));
    match (name, words) {
        (Some(name), Some(words)) if name != words => format!("{name} ({words})"),
        (Some(name), _) => name,
        (None, Some(words)) => format!("? ({words})"),
        (None, None) => "?".to_owned(),
    }
}

/// One row, as many lines high as its highest cell.
fn row(out: &mut impl Write, texts: [String; 6], styles: &[Style; 6], rest: usize) -> io::Result<()> {
    let widths = WIDTHS.into_iter().chain([rest]);
    let cells: Vec<Cell> = texts.into_iter().zip(styles).zip(widths).map(|((text, &style), width)| Cell { text, style, width }).collect();
    let lines: Vec<Vec<String>> = cells.iter().map(|cell| wrapped(cell.text.split(' ').map(str::to_owned), " ", cell.width)).collect();
    let height = lines.iter().map(Vec::len).max().unwrap_or_default();
    for line in 0..height {
        let shown = cells.iter().zip(&lines).map(|(cell, lines)| {
            let text = lines.get(line).map(String::as_str).unwrap_or_default();
            styled(cell.style, &column(text, cell.width))
        });
        writeln!(out, "{}", shown.collect::<Vec<_>>().join(GAP).trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sayso::document::Segmentation;
    use sayso::lexicon::CueClass;
    use sayso::speakers::Attribution;
    use sayso::{Document, QuoteKind, Span};

    use super::*;

    #[test]
    fn long_quotations_wrap_in_their_column() {
        let text = "“The bridge will be closed for eleven weeks while the deck is replaced and the lamps are changed,” he said.";
        let at = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len())).expect("the words stand there");
        let quote = Quote {
            id: "q1".to_owned(),
            kind: QuoteKind::Direct,
            content: vec![at("“The bridge will be closed for eleven weeks while the deck is replaced and the lamps are changed,”")],
            cue: Some(at("said")),
            cue_class: Some(CueClass::Speech),
            source: Some(at("he")),
            confidence: 0.914,
            rules: Vec::new(),
        };
        let analysis = Analysis {
            doc: Document::from_text(text),
            seg: Segmentation::default(),
            entities: Vec::new(),
            keyphrases: Vec::new(),
            quotes: vec![quote],
            attribution: Attribution { speakers: Vec::new(), by_quote: vec![None], ..Attribution::default() },
            themes: Vec::new(),
        };
        let mut out = Vec::new();
        write(&mut out, &analysis, 100).expect("memory takes everything");
        let plain = anstream::adapter::strip_str(&String::from_utf8(out).expect("text is UTF-8")).to_string();
        let expected = "\
#    kind      sure  speaker                 cue           quotation
1    direct    0.91  ? (he)                  said          “The bridge will be closed for eleven
                                                           weeks while the deck is replaced and the
                                                           lamps are changed,”
";
        assert_eq!(plain.lines().map(str::trim_end).collect::<Vec<_>>(), expected.lines().collect::<Vec<_>>());
    }
}
