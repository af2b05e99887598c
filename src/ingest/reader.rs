//! Reads the articles of one file, each with the ids it may get and the place it stands at.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;

use super::format::{Format, HEAD, Input, Likelihood, Place, RawArticle, too_large};
use super::formats::recognize;
use super::id::{file_safe, stem};
use super::{ArticleSource, ReadOptions, Source, language, line_ends, posts, references};
use crate::{Document, Error, ErrorKind, Markup, Provenance, Result, Span, sha256};

/// An article on its way to its id, or why there is none.
#[derive(Debug)]
pub struct Incoming {
    /// The ids it may get, the best first.
    pub(crate) wanted: Vec<String>,
    /// The path of its file as reports show it.
    pub(crate) path: String,
    /// Where in that file it stands; empty where the file is the article.
    pub(crate) place: String,
    /// The article without its id, or why there is none.
    pub(crate) outcome: Result<Document>,
}

impl Incoming {
    /// An article that somebody has at hand; `wanted` is the id it asks for.
    pub fn new(wanted: impl Into<String>, doc: Document) -> Self {
        let (path, place) = (doc.path().to_owned(), doc.provenance().place.clone());
        Self { wanted: vec![file_safe(&wanted.into())], path, place, outcome: Ok(doc) }
    }

    /// The article with the first id that it asks for, though another may have it.
    pub fn into_document(self) -> (ArticleSource, Result<Document>) {
        let Self { wanted, path, place, mut outcome } = self;
        let id = wanted.first().map_or_else(|| file_safe(""), |id| file_safe(id));
        if let Ok(doc) = &mut outcome {
            doc.identify(id.clone());
        }
        (ArticleSource { id, path, place, ..ArticleSource::default() }, outcome)
    }

    /// A file of which nothing could be read.
    pub(crate) fn failed(source: &Source, error: Error) -> Self {
        let (place, error) = placed(&source.shown, error);
        Self { wanted: vec![source.id.clone()], path: source.shown.clone(), place, outcome: Err(error) }
    }
}

/// Names the file in an error that may name a place in it; gives the place.
fn placed(shown: &str, error: Error) -> (String, Error) {
    match error.path().map(|path| path.display().to_string()) {
        Some(place) if place != shown => {
            let error = error.at(format!("{shown}, {place}"));
            (place, error)
        }
        _ => (String::new(), error.at(shown)),
    }
}

/// Whether a file must be read as it comes, its articles handed on one after another.
pub(crate) fn is_collection(source: &Source) -> bool {
    source.is_standard_input() || source.format.is_some_and(Format::is_collection)
}

/// Reads every article of a file.
pub(crate) fn read_source(source: &Source, options: &ReadOptions, each: &mut dyn FnMut(Incoming) -> ControlFlow<()>) {
    let mut is_stopped = false;
    let read = open(source, options, &mut |raw, sha256| {
        let flow = each(incoming(source, raw, sha256, options));
        is_stopped = flow.is_break();
        flow
    });
    if let (Err(error), false) = (read, is_stopped) {
        let _ = each(Incoming::failed(source, error)); // nothing comes after it
    }
}

type Take<'a> = &'a mut dyn FnMut(Result<RawArticle>, Option<&str>) -> ControlFlow<()>;

fn open(source: &Source, options: &ReadOptions, take: Take<'_>) -> Result<()> {
    if source.is_standard_input() {
        let mut head = Vec::new();
        io::stdin().lock().take(HEAD as u64).read_to_end(&mut head).map_err(ErrorKind::Read)?;
        let format = recognized(&head, &source.shown)?;
        let stream = Cursor::new(head).chain(io::stdin().lock());
        return read(format, Input::of_stream(&source.shown, stream), options, take);
    }
    let mut file = File::open(&source.path).map_err(ErrorKind::Read)?;
    let format = if let Some(format) = source.format {
        format
    } else {
        let mut head = Vec::new();
        file.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(ErrorKind::Read)?;
        io::Seek::rewind(&mut file).map_err(ErrorKind::Read)?;
        recognized(&head, &source.shown)?
    };
    let size = file.metadata().map_err(ErrorKind::Read)?.len();
    if !format.is_collection() && size > format.limit(options) {
        let message = format!("holds {size} bytes, more than the limit of {}", format.limit(options));
        return Err(Error::new(ErrorKind::Input(message)).with_hint("split it, or raise the limit with --max-bytes"));
    }
    read(format, Input::of_file(&source.shown, file), options, take)
}

/// The reader of a file that the user has named, whatever its name.
fn recognized(head: &[u8], shown: &str) -> Result<&'static dyn Format> {
    recognize(head, shown).map(|(format, _)| format).ok_or_else(|| unknown(head))
}

/// The error of a file of no known kind.
pub(crate) fn unknown(head: &[u8]) -> Error {
    let what = super::decode::binary_format(head);
    let message = what.map_or_else(|| "a file of a kind that is not read".to_owned(), |what| format!("not a text file: it is {what}"));
    Error::new(ErrorKind::Input(message))
        .with_hint("`sayso analyze --help` lists the kinds that are read; leave it out, or convert it to plain text")
}

/// Reads the articles of an input in a known format. A document is read whole, for its checksum.
fn read(format: &dyn Format, input: Input<'_>, options: &ReadOptions, take: Take<'_>) -> Result<()> {
    if format.is_collection() {
        return format.read(input, options, &mut |raw| take(raw, None));
    }
    let shown = input.shown;
    let bytes = input.bytes(format.limit(options))?;
    let sha256 = sha256(&bytes);
    format.read(Input::of_bytes(shown, &bytes), options, &mut |raw| take(raw, Some(&sha256)))
}

/// Reads a member of an archive in the format it is recognised in; one that no reader knows is passed over.
pub(super) fn read_member<'a>(
    name: &'a str,
    mut member: impl Read + 'a,
    options: &ReadOptions,
    each: &mut dyn FnMut(Result<RawArticle>) -> ControlFlow<()>,
) -> Result<()> {
    let mut head = Vec::new();
    member.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(ErrorKind::Read)?;
    match recognize(&head, name).filter(|(_, likelihood)| *likelihood >= Likelihood::ByName) {
        Some((format, _)) => {
            let input = Input::of_stream(name, Cursor::new(head).chain(member));
            if format.is_collection() {
                return format.read(input, options, each);
            }
            let bytes = input.bytes(format.limit(options))?;
            format.read(Input::of_bytes(name, &bytes), options, each)
        }
        None => Err(Error::new(ErrorKind::PassedOver(kind_of(name)))),
    }
}

/// What a file of no known kind is called in counts: its ending.
pub(crate) fn kind_of(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && !ending.is_empty() && ending.len() <= 12 => format!(".{}", ending.to_lowercase()),
        _ => "without an ending".to_owned(),
    }
}

pub(super) fn incoming(source: &Source, raw: Result<RawArticle>, sha256: Option<&str>, options: &ReadOptions) -> Incoming {
    let path = source.shown.clone();
    match raw {
        Ok(raw) => {
            let (wanted, place) = (wanted_ids(source, &raw), raw.place.to_string());
            let at = if place.is_empty() { path.clone() } else { format!("{path}, {place}") };
            let outcome = document(raw, &path, sha256, options).map_err(|error| error.at(at));
            Incoming { wanted, path, place, outcome }
        }
        Err(error) => {
            let (place, error) = placed(&source.shown, error);
            let wanted = if place.is_empty() { source.id.clone() } else { format!("{}-{place}", source.id) };
            Incoming { wanted: vec![wanted], path, place, outcome: Err(error) }
        }
    }
}

/// The ids an article may get: the user's own, else the name of its file with its number.
fn wanted_ids(source: &Source, raw: &RawArticle) -> Vec<String> {
    if let Some(own) = raw.metadata.get("id") {
        return vec![own.clone(), format!("{}-{own}", source.id)];
    }
    let numbered = |stem: &str| raw.place.number().map_or_else(|| stem.to_owned(), |number| format!("{stem}-{number}"));
    match &raw.place {
        Place::Member(name, _) => {
            let short = stem(name.rsplit('/').next().unwrap_or(name));
            vec![numbered(short), numbered(&format!("{}-{}", source.id, file_safe(stem(name))))]
        }
        _ => vec![numbered(&source.id)],
    }
}

/// The text as its writer meant it: without character references, without words cut at line ends, with posts set off.
///
/// Markup stands on the text as its reader made it, which has no references left; joining words moves none of it.
fn as_written(text: &str, mut markup: Vec<(Span, Markup)>, notes: &mut Vec<String>) -> (String, Vec<(Span, Markup)>) {
    let (text, count) = if markup.is_empty() { references::read(text) } else { (text.into(), 0) };
    notes.extend(references::note(count));
    let text = line_ends::join(&text).into_owned();
    let posts = posts::find(&text);
    if !posts.is_empty() {
        markup.extend(posts.into_iter().filter(|(post, _)| !markup.iter().any(|(span, _)| span.overlaps(*post))).collect::<Vec<_>>());
        markup.sort_by_key(|&(span, _)| span);
    }
    (text, markup)
}

/// Makes a document of an article, with the checks that every format has.
pub(super) fn document(raw: RawArticle, shown: &str, checksum: Option<&str>, options: &ReadOptions) -> Result<Document> {
    let RawArticle { text, markup, mut metadata, place, rule, encoding, repaired_bytes, mut notes } = raw;
    let (text, markup) = as_written(&text, markup, &mut notes);
    if text.len() as u64 > options.max_bytes {
        return Err(too_large(options.max_bytes));
    }
    if !text.chars().any(|ch| !ch.is_whitespace() && !ch.is_control()) {
        let hint = "remove it from the input, or check that it was written whole";
        return Err(Error::new(ErrorKind::Input("holds no text".to_owned())).with_hint(hint));
    }
    if let Some(at) = text.find('\0') {
        let hint = "leave it out of the input";
        return Err(Error::new(ErrorKind::Input(format!("not a text: a zero byte stands at byte {at}"))).with_hint(hint));
    }
    super::dates::settle(&mut metadata, options);
    super::dates::read_printed(&text, &mut metadata, options);
    let provenance = Provenance {
        place: place.to_string(),
        rule: rule.into_owned(),
        encoding: encoding.into(),
        repaired_bytes,
        language: language::detect(&text).into(),
        notes,
    };
    let checksum = checksum.map_or_else(|| sha256(text.as_bytes()), str::to_owned);
    Ok(Document::new("", shown, checksum, text, metadata).with_markup(markup).with_provenance(provenance))
}
