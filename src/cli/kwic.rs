//! `sayso kwic`: keyword in context, in aligned columns or as CSV.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use sayso::document::CodePointOffsets;
use sayso::segment::Segmenter;
use sayso::themes::{Concordance, SearchTerm};
use sayso::{Document, ErrorKind};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::exit::{Exit, HELP};
use super::file_names::FileNames;
use super::messages::Messages;
use super::reading::ReadArgs;
use super::style::{DIM, SPEAKER, styled};
use super::terminal::{counted, harmless, shortened, width};

/// The columns of the article's path.
const PATH: usize = 20;

/// How the lines are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum KwicFormat {
    /// Aligned columns
    Text,
    /// CSV with a header
    Csv,
}

/// Options of `sayso kwic`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct KwicArgs {
    /// A word or phrase with its inflections; `*` and `?` stand for letters, /…/ is a regular expression; a capital letter counts
    term: String,

    /// Articles, or folders of articles
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// How many words and marks to show on either side
    #[arg(long, value_name = "N", default_value_t = 10)]
    window: usize,

    /// How to print
    #[arg(long, value_enum, default_value_t = KwicFormat::Text)]
    format: KwicFormat,

    #[command(flatten)]
    read: ReadArgs,
}

/// Prints every place of the term.
pub(crate) fn run(args: &KwicArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let options = args.read.options()?;
    let term = SearchTerm::new(&args.term)?;
    let sources = sayso::ingest::discover(&args.paths)?;
    let segmenter = Segmenter::new();
    let mut page = Page::new(args.format)?;
    let (mut found, mut articles, mut failed) = (0, 0, 0);
    let mut read = 0;
    sources.read(&options, |_, outcome| {
        match outcome {
            Ok(doc) => {
                let lines = term.concordances(&doc, &segmenter.segment(&doc), args.window);
                read += 1;
                found += lines.len();
                articles += usize::from(!lines.is_empty());
                page.add(&doc, &lines)?;
            }
            Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)) => {}
            Err(error) => {
                messages.error(&error);
                failed += 1;
            }
        }
        anyhow::Ok(())
    })?;
    page.finish()?;
    messages.note(format!("{} in {} of {}", counted(found, "place"), articles, counted(read, "article")));
    Ok(if failed > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// Where the lines go.
enum Page {
    Text { width: usize, names: FileNames },
    Csv(Box<csv::Writer<std::io::Stdout>>),
}

impl Page {
    fn new(format: KwicFormat) -> anyhow::Result<Self> {
        Ok(match format {
            KwicFormat::Text => Self::Text { width: width(), names: FileNames::default() },
            KwicFormat::Csv => {
                let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(std::io::stdout());
                writer.write_record(["article_id", "path", "start", "end", "left", "keyword", "right"]).map_err(std::io::Error::from)?;
                Self::Csv(Box::new(writer))
            }
        })
    }

    fn add(&mut self, doc: &Document, lines: &[Concordance]) -> anyhow::Result<()> {
        let slice = |span| harmless(doc.slice(span));
        match self {
            Self::Text { width, names } => {
                let mut out = anstream::stdout().lock();
                let path = names.column(doc.path(), PATH.min(*width / 4));
                for line in lines {
                    writeln!(out, "{}", text_line(&path, [slice(line.left), slice(line.keyword), slice(line.right)], *width))?;
                }
            }
            Self::Csv(writer) => {
                let offsets = CodePointOffsets::new(doc.text());
                for line in lines {
                    let points = offsets.to_code_points(line.keyword);
                    let (start, end) = (points.start.to_string(), points.end.to_string());
                    let texts = [line.left, line.keyword, line.right].map(|span| sayso::report::inert(&slice(span)).into_owned());
                    let [left, keyword, right] = texts.each_ref().map(String::as_str);
                    writer.write_record([doc.id(), doc.path(), &start, &end, left, keyword, right]).map_err(std::io::Error::from)?;
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Text { .. } => Ok(anstream::stdout().flush()?),
            Self::Csv(mut writer) => Ok(writer.flush()?),
        }
    }
}

/// The path in its column, left context flush right, keyword, right context: the keywords stand below each other.
fn text_line(path: &str, [left, keyword, right]: [String; 3], width: usize) -> String {
    let side = width.saturating_sub(path.width() + 2 + keyword.width().min(width / 3) + 2) / 2;
    let left = ending(&left, side);
    let keyword = shortened(&keyword, width / 3).into_owned();
    let right = shortened(&right, side).into_owned();
    let blanks = " ".repeat(side.saturating_sub(left.width()));
    format!("{}  {blanks}{left} {} {right}", styled(DIM, path), styled(SPEAKER, &keyword))
}

/// The end of a text, of at most `width` columns.
fn ending(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut used = 1;
    let mut kept: Vec<char> = text
        .chars()
        .rev()
        .take_while(|ch| {
            used += ch.width().unwrap_or(0);
            used <= width
        })
        .collect();
    kept.push('…');
    kept.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_of_one_length_stand_below_each_other() {
        let line = |left: &str, right: &str| {
            let line = text_line("a.txt          ", [left.to_owned(), "port".to_owned(), right.to_owned()], 60);
            anstream::adapter::strip_str(&line).to_string()
        };
        let (short, long) =
            (line("the", "of"), line("a very long sentence about every old and new", "of Oslo and all the other towns of the coast"));
        assert_eq!(short.find("port"), long.replace('…', ".").find("port"), "{short}\n{long}");
        assert!(long.width() <= 60 && long.contains('…'), "{long}");
    }
}
