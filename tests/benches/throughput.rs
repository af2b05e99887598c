//! Words per second of each stage and of the whole pipeline, on the sample articles, and what becomes of them as an article grows.
//!
//! `cargo bench` measures; `cargo bench -- encode` measures the stages whose names contain `encode`. Without `--bench` (as under
//! `cargo test --benches`) every stage runs once. A word is what stands between white space. Beside other work the numbers mean
//! nothing: each is the median of passes over all articles, and the spread to the slowest is shown.

#![expect(clippy::expect_used, clippy::print_stdout, reason = "a bench may fail, and prints")]

use std::fs;
use std::hint::black_box;
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

use sayso::Reading;
use sayso::document::Segmentation;
use sayso::encoder::{Encoder, Encoding};
use sayso::entities::EntityRecognizer;
use sayso::ingest::{Inputs, ReadOptions, discover};
use sayso::keyphrases::KeyphraseExtractor;
use sayso::quotes::QuoteExtractor;
use sayso::segment::Segmenter;
use sayso::speakers::SpeakerResolver;
use sayso::themes::ThemeCoder;
use sayso::{Batch, Codebook, Document, Entity, Keyphrase, Pipeline, Quote};

/// How long each number is measured.
const TIME: Duration = Duration::from_secs(2);
/// The fewest passes of a number.
const PASSES: usize = 5;
/// How many copies of an article make the longer ones.
const GROWTH: [usize; 3] = [1, 4, 16];

fn main() {
    let bench = Bench::from_args();
    println!("{:<34} {:>12} {:>12}", "stage", "words/s", "slowest");
    let texts = sample();
    let words = texts.iter().map(|text| count(text)).sum();
    let articles: Vec<Article> = texts.iter().map(|text| bench.stages.read(text)).collect();
    bench.each_stage(&articles, words, "");
    bench.whole(words);
    let longest = texts.iter().max_by_key(|text| text.len()).expect("corpus/ holds articles");
    for times in GROWTH {
        let text = vec![longest.as_str(); times].join("\n\n");
        bench.each_stage(&[bench.stages.read(&text)], count(&text), &format!(" {times}×"));
    }
}

/// The sample articles of this project, in order of their names.
fn sample() -> Vec<String> {
    let folder = fs::read_dir(corpus()).expect("corpus/ is there");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("corpus/ is readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("an article is UTF-8")).collect()
}

fn corpus() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// All stages, as [`Pipeline`] builds them.
struct Stages {
    segmenter: Segmenter,
    encoder: Encoder,
    recognizer: EntityRecognizer,
    keyphrases: KeyphraseExtractor,
    quotes: QuoteExtractor,
    speakers: SpeakerResolver,
    themes: ThemeCoder,
    codebook: ThemeCoder,
}

impl Stages {
    fn new() -> Self {
        let codebook = Codebook::load(&corpus().join("codebooks/policy-agenda.toml")).expect("the codebook is valid");
        Self {
            segmenter: Segmenter::new(),
            encoder: Encoder::bundled().expect("the model loads"),
            recognizer: EntityRecognizer::new(),
            keyphrases: KeyphraseExtractor::new(),
            quotes: QuoteExtractor::new(),
            speakers: SpeakerResolver::new(),
            themes: ThemeCoder::new(None),
            codebook: ThemeCoder::new(Some(codebook)),
        }
    }

    fn encode(&self, doc: &Document, seg: &Segmentation) -> Encoding {
        self.encoder.encode(doc, seg).expect("the model reads the article")
    }

    /// One article with every stage's results, for the stages that come after.
    fn read(&self, text: &str) -> Article {
        let doc = Document::from_text(text);
        let seg = self.segmenter.segment(&doc);
        let encoding = self.encode(&doc, &seg);
        let reading = Reading { doc: &doc, seg: &seg, encoding: &encoding };
        let entities = self.recognizer.recognize(&reading);
        let keyphrases = self.keyphrases.extract(&reading);
        let quotes = self.quotes.extract(&reading);
        Article { doc, seg, encoding, entities, keyphrases, quotes }
    }
}

struct Article {
    doc: Document,
    seg: Segmentation,
    encoding: Encoding,
    entities: Vec<Entity>,
    keyphrases: Vec<Keyphrase>,
    quotes: Vec<Quote>,
}

impl Article {
    fn reading(&self) -> Reading<'_> {
        Reading { doc: &self.doc, seg: &self.seg, encoding: &self.encoding }
    }
}

struct Bench {
    stages: Stages,
    /// What the names of the measured stages contain.
    filter: Option<String>,
    /// Measure, do not only try.
    is_measured: bool,
}

impl Bench {
    fn from_args() -> Self {
        let (flags, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|arg| arg.starts_with('-'));
        Self { stages: Stages::new(), filter: names.into_iter().next(), is_measured: flags.iter().any(|flag| flag == "--bench") }
    }

    /// Every stage alone, on one thread, with the results of the stages before at hand.
    fn each_stage(&self, articles: &[Article], words: usize, suffix: &str) {
        let stages = &self.stages;
        let over = |name: &str, work: &dyn Fn(&Article)| self.measure(&format!("{name}{suffix}"), words, || articles.iter().for_each(work));
        over("segment", &|it| drop(black_box(stages.segmenter.segment(&it.doc))));
        over("encode", &|it| drop(black_box(stages.encode(&it.doc, &it.seg))));
        over("entities", &|it| drop(black_box(stages.recognizer.recognize(&it.reading()))));
        over("keyphrases", &|it| drop(black_box(stages.keyphrases.extract(&it.reading()))));
        over("quotes", &|it| drop(black_box(stages.quotes.extract(&it.reading()))));
        over("speakers", &|it| drop(black_box(stages.speakers.resolve(&it.reading(), &it.entities, &it.quotes))));
        over("themes, discovered", &|it| drop(black_box(stages.themes.code(&it.reading(), &it.keyphrases, &it.quotes))));
        over("themes, codebook", &|it| drop(black_box(stages.codebook.code(&it.reading(), &it.keyphrases, &it.quotes))));
    }

    /// All stages over the sample as files in a batch, without the report.
    fn whole(&self, words: usize) {
        let sources: Vec<_> = {
            let found = discover(&[corpus().to_owned()]).expect("corpus/ is there").sources;
            found
                .into_iter()
                .filter(|source| source.path.parent() == Some(corpus()) && source.path.extension().is_some_and(|found| found == "txt"))
                .collect()
        };
        let sources = Inputs::from(sources);
        for threads in [1, 2] {
            let pipeline = Pipeline::builder().threads(NonZeroUsize::new(threads).expect("not zero")).build().expect("the model loads");
            self.measure(&format!("pipeline, {threads} thread(s)"), words, || {
                let batch = Batch::new(&pipeline, ReadOptions::default());
                batch.run(&sources, |_, outcome| outcome.map(|analysis| drop(black_box(analysis)))).expect("every article is analysed");
            });
        }
    }

    /// Prints the words per second of the median pass and of the slowest.
    fn measure(&self, name: &str, words: usize, pass: impl Fn()) {
        if self.filter.as_ref().is_some_and(|filter| !name.contains(filter.as_str())) {
            return;
        }
        pass();
        if !self.is_measured {
            return println!("{name:<34} {:>12}", "runs");
        }
        let (start, mut times) = (Instant::now(), Vec::new());
        while times.len() < PASSES || start.elapsed() < TIME {
            let begun = Instant::now();
            pass();
            times.push(begun.elapsed().as_secs_f64());
        }
        times.sort_by(f64::total_cmp);
        let rate = |time: Option<&f64>| words as f64 / time.copied().unwrap_or(f64::INFINITY);
        println!("{name:<34} {:>12.0} {:>12.0}", rate(times.get(times.len() / 2)), rate(times.last()));
    }
}
