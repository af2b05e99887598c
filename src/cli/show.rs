//! `sayso show`: an article with everything marked in place, and below it who said what.

use std::io::{self, Write};
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use anstyle::Style;
use clap::{Args, ValueHint};
use sayso::document::ParagraphKind;
use sayso::{Analysis, Pipeline};

use super::each_article::each_article;
use super::engine::EngineArgs;
use super::exit::{Exit, HELP};
use super::marked_text::{CUE, DIRECT, INDIRECT, MIXED, MarkedText, NAME, SOURCE, of_kind, raised};
use super::messages::Messages;
use super::quotes::speaker;
use super::reading::ReadArgs;
use super::style::{DIM, HEADING, SPEAKER, TITLE, styled};
use super::terminal::{column, harmless, shortened, width_or};

/// Options of `sayso show`.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct ShowArgs {
    /// The article, or several
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// Wrap at this many columns [default: those of the terminal]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
    /// Use this model in place of the one inside the program
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    model: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Prints the articles.
pub(crate) fn run(args: &ShowArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let width = width_or(args.width);
    let builder = args.engine.apply(Pipeline::builder()).max_bytes(args.read.max_bytes());
    let pipeline = args.model.iter().fold(builder, sayso::PipelineBuilder::model).build()?;
    let mut is_first = true;
    let count = each_article(&pipeline, &args.read, &args.paths, messages, |analysis| {
        let mut out = AutoStream::auto(io::stdout().lock());
        let has_colour = out.current_choice() != ColorChoice::Never;
        if !std::mem::take(&mut is_first) {
            writeln!(out, "\n{}\n", styled(DIM, &"─".repeat(width)))?;
        }
        write(&mut out, analysis, width, has_colour)?;
        Ok(out.flush()?)
    })?;
    Ok(if count.failed > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// Prints the page of an article in `width` columns.
fn write(out: &mut impl Write, analysis: &Analysis, width: usize, has_colour: bool) -> io::Result<()> {
    let text = MarkedText::new(analysis, has_colour);
    legend(out, width, has_colour)?;
    for paragraph in &analysis.seg.paragraphs {
        let base = match paragraph.kind {
            ParagraphKind::Title => TITLE,
            ParagraphKind::Heading => HEADING,
            ParagraphKind::Body => Style::new(),
            ParagraphKind::Byline | ParagraphKind::Credit | ParagraphKind::Furniture => DIM,
        };
        writeln!(out)?;
        for line in text.lines(paragraph.span, base, width) {
            writeln!(out, "{line}")?;
        }
    }
    quotations(out, analysis, width, has_colour)
}

/// What the colours, or the signs, mean.
fn legend(out: &mut impl Write, width: usize, has_colour: bool) -> io::Result<()> {
    if !has_colour {
        let signs = ["[1 quotation]", "*cue*", "<source>", "_name_"].join("  ");
        return writeln!(out, "{}", shortened(&signs, width));
    }
    let colours =
        [(DIRECT, "direct quotation"), (INDIRECT, "indirect"), (MIXED, "mixed"), (CUE, "cue"), (SOURCE, "source"), (NAME, "name")];
    let mut room = width;
    let shown = colours.into_iter().enumerate().filter_map(|(at, (style, name))| {
        let gap = if at > 0 { " · " } else { "" };
        // A terminal too narrow for all has the last ones left out.
        room = room.checked_sub(gap.chars().count() + name.len())?;
        Some(if at > 0 { styled(DIM, gap) } else { String::new() } + &styled(style, name))
    });
    writeln!(out, "{}", shown.collect::<String>())
}

/// The numbers of the text with kind, confidence, speaker and role.
fn quotations(out: &mut impl Write, analysis: &Analysis, width: usize, has_colour: bool) -> io::Result<()> {
    if analysis.quotes.is_empty() {
        return writeln!(out, "\n{}", styled(DIM, "nobody is quoted"));
    }
    writeln!(out, "\n{}", styled(HEADING, "Who said what"))?;
    for (at, quote) in analysis.quotes.iter().enumerate() {
        let number = if has_colour { raised(at + 1) } else { (at + 1).to_string() };
        let number = format!("{number:>4}");
        let kind = column(quote.kind.name(), 8);
        let sure = format!("{:.2}", quote.confidence);
        let room = width.saturating_sub(4 + 2 + 8 + 2 + 4 + 2);
        // The words that stand for a known speaker are marked in the text.
        let name = analysis.speaker_of(at).map_or_else(|| speaker(analysis, at, quote), |speaker| harmless(&speaker.name));
        let name = shortened(&name, room).into_owned();
        let role = analysis.speaker_of(at).and_then(|speaker| speaker.roles.first());
        let role = role.map_or_else(String::new, |role| match &role.affiliation {
            Some(body) if role.role.is_empty() => format!(", {body}"),
            Some(body) => format!(", {} ({body})", role.role),
            None => format!(", {}", role.role),
        });
        let left = room.saturating_sub(unicode_width::UnicodeWidthStr::width(name.as_str()));
        let role = if left > 8 { shortened(&harmless(&role), left).into_owned() } else { String::new() };
        let kind = styled(of_kind(quote.kind), &kind);
        writeln!(out, "{}  {kind}  {}  {}{}", styled(DIM, &number), styled(DIM, &sure), styled(SPEAKER, &name), styled(DIM, &role))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sayso::segment::Segmenter;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::cli::specimen;

    fn page(width: usize, has_colour: bool) -> String {
        let mut analysis = specimen::analysis();
        analysis.seg = Segmenter::new().segment(&analysis.doc);
        let mut out = Vec::new();
        write(&mut out, &analysis, width, has_colour).expect("memory takes everything");
        String::from_utf8(out).expect("text is UTF-8")
    }

    #[test]
    fn marks_stand_in_the_text() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("show_signs", page(60, false));
            insta::assert_snapshot!("show_colours", page(60, true).replace('\u{1b}', "␛"));
        });
    }

    #[test]
    fn lines_keep_within_the_width_and_only_our_colours_pass() {
        for (width, has_colour) in [(40, true), (40, false), (80, true), (120, false)] {
            let page = page(width, has_colour);
            assert!(!page.contains("\u{1b}[31m"), "the article's own escapes are gone");
            for line in anstream::adapter::strip_str(&page).to_string().lines() {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn a_word_wider_than_a_line_goes_on_in_the_next() {
        let mut analysis = specimen::analysis();
        let long = format!("See {}.", "x".repeat(95));
        analysis.doc = sayso::Document::from_text(long.as_str());
        analysis.seg = Segmenter::new().segment(&analysis.doc);
        analysis.quotes.clear();
        analysis.entities.clear();
        let text = MarkedText::new(&analysis, false);
        let lines = text.lines(sayso::Span::new(0, long.len()), Style::new(), 40);
        assert_eq!(lines.iter().map(|line| line.width()).collect::<Vec<_>>(), [3, 40, 40, 16]);
    }
}
