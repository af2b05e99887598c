//! The only file that knows the order of the stages and the threads they run on.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::entities::EntityRecognizer;
use crate::speakers::Anaphora;
use crate::{
    Analysis, Codebook, Document, Encoder, Error, ErrorKind, Gazetteer, KeyphraseExtractor, QuoteExtractor, Reading, Result, Segmenter,
    SpeakerResolver, ThemeCoder,
};

/// Chooses a model, a codebook and a number of threads for a [`Pipeline`].
#[derive(Debug, Default)]
pub struct PipelineBuilder {
    model: Option<PathBuf>,
    codebook: Option<Codebook>,
    gazetteer: Option<Gazetteer>,
    threads: Option<NonZeroUsize>,
}

impl PipelineBuilder {
    /// Reads the model from a file or folder in place of the one inside the program.
    #[must_use]
    pub fn model(mut self, path: impl Into<PathBuf>) -> Self {
        self.model = Some(path.into());
        self
    }

    /// Codes themes with `codebook`; without one, themes come from headings and keyphrases.
    #[must_use]
    pub fn codebook(mut self, codebook: Codebook) -> Self {
        self.codebook = Some(codebook);
        self
    }

    /// Links speakers to the people of `gazetteer`.
    #[must_use]
    pub fn people(mut self, gazetteer: Gazetteer) -> Self {
        self.gazetteer = Some(gazetteer);
        self
    }

    /// Runs on this many threads; without it, on one per processor. Results never depend on it.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Loads the model and starts the threads.
    ///
    /// # Errors
    /// Where the model does not load ([`ErrorKind::Model`]) or threads do not start ([`ErrorKind::Config`]).
    pub fn build(self) -> Result<Pipeline> {
        let encoder = match &self.model {
            Some(path) => Encoder::load(path)?,
            None => Encoder::bundled()?,
        };
        let pool = ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, NonZeroUsize::get))
            .thread_name(|index| format!("{}{index}", Pipeline::THREAD_PREFIX))
            .build()
            .map_err(|error| {
                Error::new(ErrorKind::Config(format!("cannot start threads: {error}"))).with_hint("pass a smaller --threads")
            })?;
        let segmenter = Segmenter::new();
        let themes = ThemeCoder::new(self.codebook).with_vectors(|phrase| {
            let doc = Document::from_text(phrase);
            let seg = segmenter.segment(&doc);
            Ok(encoder.encode(&doc, &seg)?.vector(0..seg.tokens.len()))
        })?;
        let speakers = encoder.antecedents().cloned().into_iter().try_fold(SpeakerResolver::new(), SpeakerResolver::with_ranker)?;
        Ok(Pipeline {
            segmenter,
            encoder,
            recognizer: EntityRecognizer::new(),
            keyphrases: KeyphraseExtractor::new(),
            quotes: QuoteExtractor::new(),
            speakers: self.gazetteer.into_iter().fold(speakers, SpeakerResolver::with_gazetteer),
            themes,
            pool,
        })
    }
}

/// All stages, built once and shared by every article.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let pipeline = sayso::Pipeline::builder().build()?;
/// let analysis = pipeline.analyze_text("Rates will rise, said Ana Silva, the finance minister.")?;
/// assert_eq!(analysis.attribution.by_quote.len(), analysis.quotes.len());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Pipeline {
    segmenter: Segmenter,
    encoder: Encoder,
    recognizer: EntityRecognizer,
    keyphrases: KeyphraseExtractor,
    quotes: QuoteExtractor,
    speakers: SpeakerResolver,
    themes: ThemeCoder,
    pool: ThreadPool,
}

impl Pipeline {
    /// How the names of the pipeline's own threads begin.
    pub const THREAD_PREFIX: &'static str = "sayso-worker-";

    /// Starts building a pipeline.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Analyses one article. The result depends on this article, the model and the codebook alone.
    ///
    /// # Errors
    /// Where the model's engine fails.
    pub fn analyze(&self, doc: Document) -> Result<Analysis> {
        self.pool.install(|| {
            let seg = self.segmenter.segment(&doc);
            let encoding = self.encoder.encode(&doc, &seg)?;
            let reading = Reading { doc: &doc, seg: &seg, encoding: &encoding };
            let (entities, keyphrases) = rayon::join(|| self.recognizer.recognize(&reading), || self.keyphrases.extract(&reading));
            let quotes = self.quotes.extract(&reading);
            let attribution = self.speakers.resolve(&reading, &entities, &quotes);
            let themes = self.themes.code(&reading, &keyphrases, &quotes);
            Ok(Analysis { doc, seg, entities, keyphrases, quotes, attribution, themes })
        })
    }

    /// Reads one article for training: what the encoder says, and the pronouns that resolution follows.
    pub(crate) fn read<T>(&self, doc: &Document, then: impl FnOnce(&Reading<'_>, &[Anaphora]) -> T) -> Result<T> {
        let seg = self.segmenter.segment(doc);
        let encoding = self.encoder.encode(doc, &seg)?;
        let reading = Reading { doc, seg: &seg, encoding: &encoding };
        let anaphora = self.speakers.anaphora(&reading, &self.recognizer.recognize(&reading), &self.quotes.extract(&reading));
        Ok(then(&reading, &anaphora))
    }

    /// Analyses a text that comes from no file.
    ///
    /// # Errors
    /// Where the model's engine fails.
    pub fn analyze_text(&self, text: &str) -> Result<Analysis> {
        self.analyze(Document::from_text(text))
    }

    /// The model in use.
    pub fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// The threads in use.
    pub(crate) fn pool(&self) -> &ThreadPool {
        &self.pool
    }
}
