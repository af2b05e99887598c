//! The only file that knows the order of the stages and the threads they run on.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::encoder::{EngineChoice, KeywordExtractor, MAX_PIECES_IN_ALL, UserModels};
use crate::entities::EntityRecognizer;
use crate::speakers::{Anaphora, SpeakerClasses};
use crate::themes::{Passage, PhraseVectors, WeighedSentence};
use crate::{
    Analysis, Codebook, Deadline, Document, Encoder, EngineKind, EngineRecord, Error, ErrorKind, Gazetteer, Keyphrase, KeyphraseExtractor,
    KeyphraseMethod, LibtorchOptions, QuoteExtractor, QuoteTrail, Reading, Result, Segmenter, SpeakerResolver, ThemeCoder,
};

/// Chooses a model, a codebook and a number of threads for a [`Pipeline`].
#[derive(Debug, Default)]
pub struct PipelineBuilder {
    model: Option<PathBuf>,
    codebook: Option<Codebook>,
    gazetteer: Option<Gazetteer>,
    classes: SpeakerClasses,
    threads: Option<NonZeroUsize>,
    max_bytes: u64,
    engine: EngineChoice,
    models: UserModels,
    keyphrases: KeyphraseMethod,
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

    /// Tells officials, politicians, experts and other classes of speakers by `classes` in place of the table inside the program.
    #[must_use]
    pub fn speaker_classes(mut self, classes: SpeakerClasses) -> Self {
        self.classes = classes;
        self
    }

    /// Runs on this many threads; without it, on one per processor. Results never depend on it.
    #[must_use]
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Reads articles of up to this many bytes, [`ReadOptions::max_bytes`](crate::ReadOptions), which are bounded by their words as well: two
    /// words, marks or parts of rare words for every seven bytes, and 300,000 in any case.
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Runs sayso's own model on `engine`.
    #[must_use]
    pub fn engine(mut self, engine: EngineKind) -> Self {
        self.engine.kind = engine;
        self
    }

    /// Says how libtorch runs, for sayso's own model and for those that the user brings.
    #[must_use]
    pub fn libtorch(mut self, options: LibtorchOptions) -> Self {
        self.engine.libtorch = options;
        self
    }

    /// Finds entities with the token classification model in the folder at `path`, in Hugging Face's format (feature `libtorch`).
    #[must_use]
    pub fn ner_model(mut self, path: impl Into<PathBuf>) -> Self {
        self.models.entities = Some(path.into());
        self
    }

    /// Reads sayso's labels for those of the [`ner_model`](Self::ner_model) from a TOML table, where they are not CoNLL's or OntoNotes'.
    #[must_use]
    pub fn ner_labels(mut self, path: impl Into<PathBuf>) -> Self {
        self.models.entity_labels = Some(path.into());
        self
    }

    /// Takes the vectors that keyphrases and themes compare from the sentence model in the folder at `path` (feature `libtorch`).
    #[must_use]
    pub fn embedding_model(mut self, path: impl Into<PathBuf>) -> Self {
        self.models.embeddings = Some(path.into());
        self
    }

    /// Finds keyphrases with `method`; rust-bert's needs an [`embedding_model`](Self::embedding_model).
    #[must_use]
    pub fn keyphrase_method(mut self, method: KeyphraseMethod) -> Self {
        self.keyphrases = method;
        self
    }

    /// Loads the model and starts the threads.
    ///
    /// # Errors
    /// Where the model does not load ([`ErrorKind::Model`]), threads do not start, or what is asked for is not in this build
    /// ([`ErrorKind::Config`]).
    pub fn build(self) -> Result<Pipeline> {
        let encoder = match &self.model {
            Some(path) => Encoder::load_on(path, &self.engine)?,
            None => Encoder::bundled_on(&self.engine)?,
        };
        let pieces = usize::try_from(self.max_bytes / 7 * 2).unwrap_or(usize::MAX).max(MAX_PIECES_IN_ALL);
        let encoder = encoder.with_models(&self.models, &self.engine)?.with_most_pieces(pieces);
        let keyphrases = KeyphraseStage::new(self.keyphrases, &self.models, &self.engine)?;
        let mut record = EngineRecord {
            keyphrases: (self.keyphrases == KeyphraseMethod::RustBert).then(|| "rust-bert".to_owned()),
            ..EngineRecord::default()
        };
        encoder.note(&mut record);
        if self.threads.is_some_and(|threads| threads.get() > Pipeline::MOST_THREADS) {
            let why = format!("at most {} threads are started", Pipeline::MOST_THREADS);
            return Err(
                Error::new(ErrorKind::Config(why)).with_hint("pass a smaller --threads: more than there are processors gain nothing")
            );
        }
        let pool = ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, NonZeroUsize::get))
            .thread_name(|index| format!("{}{index}", Pipeline::THREAD_PREFIX))
            .build()
            .map_err(|error| {
                Error::new(ErrorKind::Config(format!("cannot start threads: {error}")))
                    .caused_by(error)
                    .with_hint("pass a smaller --threads")
            })?;
        let segmenter = Segmenter::new();
        if let Some(fitted_to) = self.codebook.as_ref().and_then(Codebook::fitted_to).filter(|model| *model != encoder.sha256()) {
            let why = format!("the codebook was fitted with another model ({})", fitted_to.get(..12).unwrap_or(fitted_to));
            return Err(Error::new(ErrorKind::Config(why)).with_hint("fit it again with sayso codebook fit, or delete its [fitted] part"));
        }
        let themes = ThemeCoder::new(self.codebook).with_vectors(|phrase| {
            let doc = Document::from_text(phrase);
            let seg = segmenter.segment(&doc);
            let encoding = encoder.encode(&doc, &seg)?;
            Ok(PhraseVectors { tokens: encoding.vector(0..seg.tokens.len()), meaning: encoding.meaning(&seg, 0) })
        })?;
        let speakers = SpeakerResolver::new().with_classes(self.classes);
        let speakers = encoder.antecedents().cloned().into_iter().try_fold(speakers, SpeakerResolver::with_ranker)?;
        Ok(Pipeline {
            segmenter,
            encoder,
            recognizer: EntityRecognizer::new(),
            keyphrases,
            quotes: QuoteExtractor::new(),
            speakers: self.gazetteer.into_iter().fold(speakers, SpeakerResolver::with_gazetteer),
            themes,
            pool,
            record,
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
    keyphrases: KeyphraseStage,
    quotes: QuoteExtractor,
    speakers: SpeakerResolver,
    themes: ThemeCoder,
    pool: ThreadPool,
    record: EngineRecord,
}

/// What finds the keyphrases.
#[derive(Debug)]
enum KeyphraseStage {
    Own(KeyphraseExtractor),
    RustBert(Box<KeywordExtractor>),
}

impl KeyphraseStage {
    fn new(method: KeyphraseMethod, models: &UserModels, engine: &EngineChoice) -> Result<Self> {
        match (method, &models.embeddings) {
            (KeyphraseMethod::Sayso, _) => Ok(Self::Own(KeyphraseExtractor::new())),
            (KeyphraseMethod::RustBert, Some(folder)) => Ok(Self::RustBert(Box::new(KeywordExtractor::load(folder, &engine.libtorch)?))),
            (KeyphraseMethod::RustBert, None) => {
                let error = Error::new(ErrorKind::Config("rust-bert's keyphrases need a sentence model".to_owned()));
                Err(error.with_hint("name its folder with --embedding-model"))
            }
        }
    }

    fn extract(&self, reading: &Reading<'_>) -> Result<Vec<Keyphrase>> {
        match self {
            Self::Own(extractor) => Ok(extractor.extract(reading)),
            Self::RustBert(extractor) => extractor.extract(reading.doc),
        }
    }
}

impl Pipeline {
    /// How the names of the pipeline's own threads begin.
    pub const THREAD_PREFIX: &'static str = "sayso-worker-";

    /// More threads are refused: each has a stack, and a machine of more processors would be served by several runs.
    pub const MOST_THREADS: usize = 1024;

    /// Starts building a pipeline.
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Analyses one article. The result depends on this article, the model and the codebook alone.
    ///
    /// # Errors
    /// Where the model's engine fails.
    pub fn analyze(&self, doc: Document) -> Result<Analysis> {
        Ok(self.explain(doc)?.0)
    }

    /// Analyses one article, and tells what the rules did to each quotation and to what they dropped.
    ///
    /// # Errors
    /// Where the model's engine fails.
    pub fn explain(&self, doc: Document) -> Result<(Analysis, QuoteTrail)> {
        self.explain_by(doc, Deadline::default())
    }

    /// Analyses one article, and gives it up at the first step after `deadline`: steps are stages and windows of the encoder.
    pub(crate) fn explain_by(&self, doc: Document, deadline: Deadline) -> Result<(Analysis, QuoteTrail)> {
        self.pool.install(|| {
            let begin = |stage| {
                #[cfg(test)]
                crate::testing::disturb(stage, doc.text());
                deadline.check_before(stage)
            };
            begin("segmentation")?;
            let seg = self.segmenter.segment(&doc);
            begin("encoding")?;
            let encoding = self.encoder.encode_by(&doc, &seg, deadline)?;
            let reading = Reading { doc: &doc, seg: &seg, encoding: &encoding };
            let (entities, keyphrases) = rayon::join(
                || begin("entities").map(|()| self.recognizer.recognize(&reading)),
                || begin("keyphrases").and_then(|()| self.keyphrases.extract(&reading)),
            );
            let (entities, keyphrases) = (entities?, keyphrases?);
            begin("quotes")?;
            let (quotes, trail) = self.quotes.explain(&reading);
            begin("speakers")?;
            let attribution = self.speakers.resolve(&reading, &entities, &quotes);
            begin("themes")?;
            let themes = self.themes.code(&reading, &keyphrases, &quotes);
            let passages = if self.themes.has_codebook() { Vec::new() } else { Passage::cut(&reading) };
            begin("delivery")?;
            Ok((Analysis { doc, seg, entities, keyphrases, quotes, attribution, themes, passages }, trail))
        })
    }

    /// How likely each sentence of an article that this pipeline has analysed is about each theme of its codebook.
    ///
    /// # Errors
    /// Where the model's engine fails.
    pub fn weigh_themes(&self, analysis: &Analysis) -> Result<Vec<WeighedSentence>> {
        let encoding = self.encoder.encode(&analysis.doc, &analysis.seg)?;
        let reading = Reading { doc: &analysis.doc, seg: &analysis.seg, encoding: &encoding };
        Ok(self.themes.weigh(&reading, &analysis.quotes))
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

    /// What results come from beside the model on the engine inside every build.
    pub fn engine_record(&self) -> &EngineRecord {
        &self.record
    }

    /// Does `work` on one of the pipeline's threads when one is free: in the order of the calls, without waiting for it.
    ///
    /// ```
    /// # fn main() -> sayso::Result<()> {
    /// let pipeline = std::sync::Arc::new(sayso::Pipeline::builder().build()?);
    /// let (sender, receiver) = std::sync::mpsc::channel();
    /// pipeline.spawn(move |pipeline| sender.send(pipeline.analyze_text("Rates rose, she said.")).expect("it is waited for"));
    /// assert!(receiver.recv().expect("it was sent")?.doc.text().starts_with("Rates"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn spawn(self: &Arc<Self>, work: impl FnOnce(&Self) + Send + 'static) {
        let pipeline = Arc::clone(self);
        self.pool.spawn_fifo(move || work(&pipeline));
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.pool.current_num_threads()
    }

    /// The threads in use.
    pub(crate) fn pool(&self) -> &ThreadPool {
        &self.pool
    }
}
