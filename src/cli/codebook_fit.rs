//! `sayso codebook fit`: what coded sentences teach a codebook, with how good it is then.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueHint;
use sayso::agreement::{Agreement, Codings};
use sayso::ingest::ReadOptions;
use sayso::report::write_atomic;
use sayso::themes::{CodebookFit, CodebookFitter, CodedText};
use sayso::{Batch, Codebook, Error, ErrorKind, Pipeline};

use super::agreement::pair_text;
use super::codebook::CodebookText;
use super::exit::Exit;
use super::messages::Messages;
use super::progress::Progress;
use super::style::{HEADING, styled};
use super::terminal::{counted, width};

/// Coded sentences of a theme from which its figures begin to mean something.
const ENOUGH: usize = 20;
/// Where the fitted part of a codebook begins.
const FITTED: &str = "[fitted]";

/// Options of `sayso codebook fit`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "CODED.csv has the columns unit (article:s12, as in theme_sentences.csv) and theme, one row for each unit and theme; an empty \
                  cell is a sentence without one. sayso sample RUN --for-themes draws sentences and writes such a file with their texts.\n\n\
                  Exit codes: 0 all done, 1 some coded sentences were not found, 2 could not run"
)]
pub(crate) struct FitArgs {
    /// The codebook to fit (.toml), or the name of one inside the program
    #[arg(value_name = "FILE|NAME", value_hint = ValueHint::FilePath)]
    codebook: PathBuf,

    /// Codings of sentences, one file or several
    #[arg(long, required = true, num_args = 1.., value_name = "CSV", value_hint = ValueHint::FilePath)]
    coded: Vec<PathBuf>,

    /// The coded articles, as they were given to sayso analyze; without it, the column `text` of the codings is read
    #[arg(long, num_args = 1.., value_name = "PATH", value_hint = ValueHint::AnyPath)]
    articles: Vec<PathBuf>,

    /// The fitted codebook
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
}

/// Fits the codebook, prints its figures and writes it.
pub(crate) fn run(args: &FitArgs, messages: &Messages) -> anyhow::Result<Exit> {
    let text = CodebookText::open(&args.codebook)?;
    let own = own_part(text.toml()?);
    let codebook = Codebook::from_toml(own).map_err(|error| error.at(&args.codebook))?;
    let least = codebook.min_probability().or(Some(0.2));
    let codebook = codebook.with_min_probability(least);
    let pipeline = Pipeline::builder().codebook(codebook.clone()).build()?;
    let mut coded = Coded::load(&args.coded)?;
    let mut fitter = CodebookFitter::new(&codebook);
    if args.articles.is_empty() {
        coded.add_texts(&args.coded, &pipeline, &mut fitter)?;
    } else {
        coded.add_articles(&args.articles, &pipeline, &mut fitter, messages)?;
    }
    let missing = coded.left.len();
    if let Some(first) = coded.left.first() {
        messages.note(format!("{} not found, the first of them {first}", counted(missing, "coded sentence")));
    }
    let fit = fitter.fit(pipeline.encoder().sha256())?;
    print(&fit)?;
    let whole = format!("{}\n\n{}", own.trim_end(), fit.to_toml());
    write_atomic(&args.output, |file| file.write_all(whole.as_bytes()))?;
    messages.note(format!("codebook fitted to {} written to {}", counted(fitter.len(), "sentence"), args.output.display()));
    Ok(if missing > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// The codebook without what it was fitted to before.
fn own_part(text: &str) -> &str {
    let start = text
        .match_indices(FITTED)
        .map(|(at, _)| at)
        .find(|&at| text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('\n')));
    start.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Coded sentences, of which those that were found are taken away.
struct Coded {
    files: Vec<Codings>,
    left: BTreeSet<String>,
}

impl Coded {
    fn load(paths: &[PathBuf]) -> Result<Self, Error> {
        let files = paths.iter().map(|path| Codings::load(path)).collect::<Result<Vec<_>, _>>()?;
        let mut left = BTreeSet::new();
        for unit in files.iter().flat_map(Codings::units) {
            if !left.insert(unit.to_owned()) {
                let error = Error::new(ErrorKind::Gold(format!("`{unit}` is coded in two files")));
                return Err(error.with_hint("pass the codings of one coder; sayso agreement compares several"));
            }
        }
        Ok(Self { files, left })
    }

    /// The themes of a unit that was not found yet.
    fn take(&mut self, unit: &str) -> Option<BTreeSet<String>> {
        self.left.remove(unit).then(|| self.files.iter().find_map(|file| file.themes_of(unit)).cloned().unwrap_or_default())
    }

    fn add_articles(
        &mut self,
        paths: &[PathBuf],
        pipeline: &Pipeline,
        fitter: &mut CodebookFitter<'_>,
        messages: &Messages,
    ) -> Result<(), Error> {
        let sources = sayso::ingest::discover(paths)?;
        let progress = Progress::new(sources.are_articles().then_some(sources.len()), false);
        Batch::new(pipeline, ReadOptions::default()).run(&sources, |source, outcome| {
            progress.done(&source.path);
            let analysis = match outcome {
                Ok(analysis) => analysis,
                Err(error) if matches!(error.kind(), ErrorKind::PassedOver(_)) => return Ok(()),
                Err(error) => {
                    progress.aside(|| messages.error(&error));
                    return Ok(());
                }
            };
            let id = analysis.doc.id().to_owned();
            if self.left.range(format!("{id}:")..).next().is_none_or(|next| !next.starts_with(&format!("{id}:"))) {
                return Ok(());
            }
            for weighed in pipeline.weigh_themes(&analysis)? {
                let unit = format!("{id}:s{}", weighed.sentence + 1);
                if let Some(themes) = self.take(&unit) {
                    fitter.add(&id, &unit, weighed, &themes)?;
                }
            }
            Ok(())
        })
    }

    fn add_texts(&mut self, files: &[PathBuf], pipeline: &Pipeline, fitter: &mut CodebookFitter<'_>) -> Result<(), Error> {
        for path in files {
            let texts = CodedText::load(path)?;
            if texts.is_empty() {
                let error = Error::new(ErrorKind::Gold("there is no column `text`".to_owned())).at(path);
                return Err(error.with_hint("name the coded articles with --articles"));
            }
            let progress = Progress::new(Some(texts.len()), false);
            for (unit, text) in texts {
                progress.done(&unit);
                let (doc, span) = text.to_document();
                let analysis = pipeline.analyze(doc)?;
                let Some(at) = analysis.seg.sentence_at(span.start()) else { continue };
                let article = unit.rsplit_once(':').map_or(unit.as_str(), |(article, _)| article);
                if let Some(weighed) = pipeline.weigh_themes(&analysis)?.into_iter().find(|weighed| weighed.sentence >= at)
                    && let Some(themes) = self.take(&unit)
                {
                    fitter.add(article, &unit, weighed, &themes)?;
                }
            }
        }
        Ok(())
    }
}

fn print(fit: &CodebookFit) -> io::Result<()> {
    let mut out = anstream::AutoStream::auto(io::stdout().lock());
    let label_width = (width() / 3).max(12);
    let agreement = |given: &Codings| Agreement::of(&[fit.coded.clone(), given.clone()]);
    let (before, after) = (agreement(&fit.before), agreement(&fit.after));
    for pair in before.pairs.iter().chain(&after.pairs) {
        pair_text(&mut out, pair, label_width)?;
    }
    let alpha = |agreement: &Agreement| {
        agreement.themes.first().and_then(|all| all.alpha).map_or_else(|| "–".to_owned(), |alpha| format!("{alpha:.3}"))
    };
    writeln!(
        out,
        "\nKrippendorff's alpha of all at once {} before, {} fitted; each article by what the others taught.",
        alpha(&before),
        alpha(&after)
    )?;
    writeln!(out, "\n{}", styled(HEADING, "F1 by the number of coded sentences learned from"))?;
    fit.curve.iter().try_for_each(|(size, f1)| writeln!(out, "  {size:>6} {f1:>6.1}"))?;
    let few: Vec<String> = fit.coded_by_theme().filter(|(_, coded)| *coded < ENOUGH).map(|(id, coded)| format!("{id} ({coded})")).collect();
    if !few.is_empty() {
        writeln!(out, "\nToo few coded sentences to tell; code up to {ENOUGH} of each: {}", few.join(", "))?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::own_part;

    #[test]
    fn a_fitted_part_is_replaced() {
        assert_eq!(own_part("[[theme]]\nid = \"a\"\n\n[fitted]\nmodel = \"x\"\n"), "[[theme]]\nid = \"a\"\n\n");
        assert_eq!(own_part("title = \"of [fitted] things\"\n"), "title = \"of [fitted] things\"\n");
    }
}
