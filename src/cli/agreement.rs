//! `sayso agreement`: how far coders agree on the themes of the same units.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use sayso::agreement::{Agreement, CoderScores, Codings, ThemeAgreement};

use super::codebook::CodebookText;
use super::exit::Exit;
use super::style::{DIM, HEADING, styled};
use super::terminal::{column, counted, harmless, width};

/// How the figures are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AgreementFormat {
    /// Tables
    Text,
    /// CSV, one row per figure
    Csv,
    /// JSON
    Json,
}

/// Options of `sayso agreement`.
#[derive(Debug, Args)]
#[command(
    after_help = "A file of codings has the columns unit (or sentence_id, or quote_id) and theme (or theme_id, or code), one row for \
                        each unit and theme. An empty cell is a unit without a theme, NA or no row one that was not coded. A report's \
                        theme_sentences.csv and theme_quotes.csv are such files.\n\n\
                        Exit codes: 0 all done, 2 could not run"
)]
pub(crate) struct AgreementArgs {
    /// One CSV file for each coder; precision and recall take the earlier one as right
    #[arg(required = true, num_args = 2.., value_name = "CSV", value_hint = ValueHint::FilePath)]
    files: Vec<PathBuf>,

    /// Give each unit the parents of its themes, by this codebook
    #[arg(long, value_name = "FILE|NAME", value_hint = ValueHint::FilePath)]
    codebook: Option<PathBuf>,

    /// How to print
    #[arg(long, value_enum, default_value_t = AgreementFormat::Text)]
    format: AgreementFormat,
}

/// Compares the coders and prints the figures.
pub(crate) fn run(args: &AgreementArgs) -> anyhow::Result<Exit> {
    let mut coders = args.files.iter().map(|path| Codings::load(path)).collect::<Result<Vec<_>, _>>()?;
    if let Some(codebook) = &args.codebook {
        let codebook = CodebookText::open(codebook)?.parse()?;
        coders = coders.into_iter().map(|coder| coder.with_parents(&codebook)).collect();
    }
    let agreement = Agreement::of(&coders);
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    match args.format {
        AgreementFormat::Text => text(&mut out, &agreement)?,
        AgreementFormat::Csv => csv(&mut out, &agreement)?,
        AgreementFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &agreement).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// The theme's id, or what stands for all at once.
fn name(theme: &ThemeAgreement) -> &str {
    theme.theme.as_deref().unwrap_or("all at once")
}

fn text(out: &mut impl Write, agreement: &Agreement) -> io::Result<()> {
    let label_width = (width() / 3).max(12);
    let coders: Vec<String> = agreement.coders.iter().map(|coder| harmless(coder)).collect();
    let units = agreement.themes.first().map_or(0, |all| all.units);
    writeln!(out, "{}", styled(HEADING, &format!("{} that two or more of these coded: {}", counted(units, "unit"), coders.join(", "))))?;
    writeln!(out, "  {} {:>6} {:>10} {:>7} {:>7}", column("theme", label_width), "given", "agreement", "kappa", "alpha")?;
    for theme in &agreement.themes {
        let figure = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
        let share = theme.agreement.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
        let label = column(&harmless(name(theme)), label_width);
        writeln!(out, "  {label} {:>6} {share:>10} {:>7} {:>7}", theme.given, figure(theme.kappa), figure(theme.alpha))?;
    }
    agreement.pairs.iter().try_for_each(|pair| pair_text(out, pair, label_width))
}

pub(crate) fn pair_text(out: &mut impl Write, pair: &CoderScores, label_width: usize) -> io::Result<()> {
    let title = format!("{} against {}", harmless(&pair.coder), harmless(&pair.reference));
    writeln!(out, "\n{}, {}", styled(HEADING, &title), styled(DIM, &counted(pair.units, "unit")))?;
    let header = ["precision", "recall", "F1", "right", "given", "reference"].map(|title| format!(" {title:>9}")).concat();
    writeln!(out, "  {}{header}", column("theme", label_width))?;
    for score in &pair.scores {
        let figures = [score.precision, score.recall, score.f1].map(|figure| format!(" {figure:>9.1}")).concat();
        let counts = [score.right, score.predicted, score.gold].map(|count| format!(" {count:>9}")).concat();
        writeln!(out, "  {}{figures}{counts}", column(&harmless(&score.label), label_width))?;
    }
    if let Some(shares) = &pair.shares {
        let correlation = shares.correlation.map(|r| format!(", correlation {r:.2}")).unwrap_or_default();
        let articles = counted(shares.articles, "article");
        writeln!(
            out,
            "  shares of a theme are off by {:.1} points in an article ({articles}{correlation}), {:.1} in all",
            shares.by_article, shares.of_all
        )?;
    }
    Ok(())
}

/// `reference` and `coder` are empty for figures of all coders together; a figure that is not defined has no row.
fn csv(out: &mut impl Write, agreement: &Agreement) -> anyhow::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let mut row = |cells: [&str; 5]| writer.write_record(cells).map_err(io::Error::from);
    row(["reference", "coder", "theme", "measure", "value"])?;
    for theme in &agreement.themes {
        let label = theme.theme.as_deref().map_or_else(|| "".into(), sayso::report::inert);
        let figures = [("agreement", theme.agreement), ("kappa", theme.kappa), ("alpha", theme.alpha)];
        for (measure, value) in figures.into_iter().filter_map(|(measure, value)| Some((measure, value?))) {
            row(["", "", &label, measure, &format!("{value:.4}")])?;
        }
        row(["", "", &label, "units", &theme.units.to_string()])?;
        row(["", "", &label, "given", &theme.given.to_string()])?;
    }
    for pair in &agreement.pairs {
        let (reference, coder) = (sayso::report::inert(&pair.reference), sayso::report::inert(&pair.coder));
        for score in &pair.scores {
            let label = sayso::report::inert(&score.label);
            let ratio = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
            let figures = [
                ("precision", ratio(score.right, score.predicted)),
                ("recall", ratio(score.right, score.gold)),
                ("f1", ratio(2 * score.right, score.predicted + score.gold)),
            ];
            for (measure, value) in figures {
                row([&reference, &coder, &label, measure, &format!("{value:.4}")])?;
            }
        }
        let shares = pair.shares.map(|shares| {
            let errors = [("share_error_by_article", Some(shares.by_article)), ("share_error_of_all", Some(shares.of_all))];
            errors.into_iter().chain([("share_correlation", shares.correlation)])
        });
        for (measure, value) in shares.into_iter().flatten().filter_map(|(measure, value)| Some((measure, value?))) {
            row([&reference, &coder, "", measure, &format!("{value:.4}")])?;
        }
    }
    writer.flush()?;
    Ok(())
}
