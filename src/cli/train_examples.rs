//! `sayso train-examples`: annotated corpora to the windows the trainer reads.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use sayso::Pipeline;
use sayso::report::write_atomic;
use sayso::training::ExampleWriter;

use super::exit::Exit;

/// One corpus: the name the trainer knows it by, and where it is.
#[derive(Debug, Clone)]
struct CorpusArg {
    set: String,
    path: PathBuf,
}

/// Options of `sayso train-examples`.
#[derive(Debug, Args)]
pub(crate) struct TrainExamplesArgs {
    /// Annotated corpora, each as NAME=PATH: .jsonl, .conllu, a folder of .tsv with .txt
    #[arg(required_unless_present_any = ["plain", "antecedents", "meanings"], value_name = "NAME=PATH", value_parser = corpus)]
    corpora: Vec<CorpusArg>,

    /// Plain articles without labels, each as NAME=PATH: a file or a folder
    #[arg(long, value_name = "NAME=PATH", value_parser = corpus)]
    plain: Vec<CorpusArg>,

    /// Corpora with coreference, each as NAME=PATH: pronouns with their candidates, for the antecedent ranker
    #[arg(long, value_name = "NAME=PATH", value_parser = corpus, conflicts_with_all = ["corpora", "plain"])]
    antecedents: Vec<CorpusArg>,

    /// Articles, each as NAME=PATH: their sentences with what their meaning is made of, for the map of meaning.safetensors
    #[arg(long, value_name = "NAME=PATH", value_parser = corpus, conflicts_with_all = ["corpora", "plain", "antecedents"])]
    meanings: Vec<CorpusArg>,

    /// The vocabulary (tokenizer.json) that the model will be trained with
    #[arg(long, value_name = "FILE", required_unless_present_any = ["antecedents", "meanings"])]
    vocabulary: Option<PathBuf>,

    /// Which part of a corpus that has splits to take
    #[arg(long, value_name = "NAME", default_value = "train")]
    split: String,

    /// The most word pieces of a window [default: as many as articles are read with]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(16..=512))]
    pieces: Option<u16>,

    /// The file to write, one window per line
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

fn corpus(text: &str) -> Result<CorpusArg, String> {
    let (set, path) = text.split_once('=').ok_or("a corpus is given as NAME=PATH")?;
    Ok(CorpusArg { set: set.to_owned(), path: path.into() })
}

/// Writes examples.
pub(crate) fn run(args: &TrainExamplesArgs) -> anyhow::Result<Exit> {
    match &args.vocabulary {
        Some(vocabulary) => windows(args, ExampleWriter::new(vocabulary)?),
        None if args.antecedents.is_empty() => meanings(args),
        None => antecedents(args),
    }
}

fn antecedents(args: &TrainExamplesArgs) -> anyhow::Result<Exit> {
    let pipeline = Pipeline::builder().build()?;
    let mut out = anstream::stdout().lock();
    let mut written = Vec::new();
    let mut examples = Vec::new();
    for corpus in &args.antecedents {
        written.push((corpus, sayso::training::write_antecedents(&pipeline, &corpus.set, &corpus.path, &args.split, &mut examples)?));
    }
    write_atomic(&args.output, |out| out.write_all(&examples))?;
    for (corpus, pronouns) in written {
        writeln!(out, "{}: {pronouns} pronouns of {}", corpus.set, corpus.path.display())?;
    }
    Ok(Exit::Done)
}

fn meanings(args: &TrainExamplesArgs) -> anyhow::Result<Exit> {
    let pipeline = Pipeline::builder().build()?;
    let mut sentences = Vec::new();
    let mut out = anstream::stdout().lock();
    for corpus in &args.meanings {
        let written = sayso::training::write_meanings(&pipeline, &corpus.set, corpus.path.clone(), &mut sentences)?;
        writeln!(out, "{}: {written} sentences of {}", corpus.set, corpus.path.display())?;
    }
    write_atomic(&args.output, |out| out.write_all(&sentences))?;
    Ok(Exit::Done)
}

fn windows(args: &TrainExamplesArgs, writer: ExampleWriter) -> anyhow::Result<Exit> {
    let writer = match args.pieces {
        Some(pieces) => writer.with_pieces(pieces.into()),
        None => writer,
    };
    let mut failed = None;
    let mut written = Vec::new();
    let whole = write_atomic(&args.output, |out| {
        let annotated = args.corpora.iter().map(|corpus| (corpus, true));
        for (corpus, is_annotated) in annotated.chain(args.plain.iter().map(|corpus| (corpus, false))) {
            let result = if is_annotated {
                writer.write(&corpus.set, &corpus.path, &args.split, out)
            } else {
                writer.write_plain(&corpus.set, corpus.path.clone(), out)
            };
            match result {
                Ok(windows) => written.push((corpus, windows)),
                Err(error) => {
                    failed = Some(error);
                    return Err(std::io::ErrorKind::InvalidData.into());
                }
            }
        }
        Ok(())
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    whole?;
    let mut out = anstream::stdout().lock();
    for (corpus, windows) in written {
        writeln!(out, "{}: {windows} windows of {}", corpus.set, corpus.path.display())?;
    }
    Ok(Exit::Done)
}
