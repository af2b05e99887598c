//! CoNLL-U: sentences, paragraphs and parts of speech; the raw text is put together again.
//!
//! Sentences come from `# text`, with a space between two unless the last word says `SpaceAfter=No`; `# newpar` makes an empty line.
//! A multiword token (`3-4  don't`) gives its letters to its words; empty nodes (`8.1`) are left out.

use std::collections::HashMap;
use std::path::Path;

use super::{GoldDocument, Layers, at_line, read_text, salience, stem};
use crate::{Error, Label, Result, Span, Upos};

/// Reads every document of a file. Documents whose words are withheld (`_` for every word, as in GUM's Reddit texts) are left out.
pub(super) fn read(path: &Path) -> Result<Vec<GoldDocument>> {
    let text = read_text(path)?;
    let splits = splits(path);
    let mut builder = Builder::new(path);
    for (number, line) in (1..).zip(text.lines()) {
        builder.line(number, line)?;
    }
    let mut docs = builder.finish()?;
    let mut salient = salience::read(&text);
    for doc in &mut docs {
        doc.split = splits.get(&doc.name).cloned().unwrap_or_default();
        if let Some(salient) = salient.remove(&doc.name) {
            doc.salient = salient;
            doc.layers.salience = true;
        }
    }
    docs.retain(|doc| !is_withheld(doc));
    Ok(docs)
}

/// Whether more than half of the words are nothing but underscores.
fn is_withheld(doc: &GoldDocument) -> bool {
    let blank = doc.upos.iter().filter(|(span, _)| doc.slice(*span).chars().all(|ch| ch == '_')).count();
    2 * blank > doc.upos.len()
}

/// Which split each document belongs to, by the list GUM keeps beside its folders; else by the file's name (`en_ewt-ud-dev`).
fn splits(path: &Path) -> HashMap<String, String> {
    let Some(list) = path.parent().and_then(Path::parent).map(|folder| folder.join("splits.md")) else { return HashMap::new() };
    let Ok(list) = read_text(&list) else { return HashMap::new() };
    let mut split = String::new();
    let mut splits = HashMap::new();
    for line in list.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            name.trim().clone_into(&mut split);
        } else if let Some(name) = line.trim().strip_prefix("* ") {
            splits.insert(name.trim().to_owned(), split.clone());
        }
    }
    splits
}

/// One surface token of the sentence being read.
struct Word {
    form: String,
    upos: Option<Upos>,
    /// The last word of the multiword token that starts here.
    multiword_end: Option<usize>,
    id: usize,
}

struct Builder<'p> {
    path: &'p Path,
    docs: Vec<GoldDocument>,
    /// Where the sentence's `# text` stands in its document.
    sentence: Option<Span>,
    words: Vec<Word>,
    opens_paragraph: bool,
    space_after: bool,
    line: usize,
}

impl<'p> Builder<'p> {
    fn new(path: &'p Path) -> Self {
        Self { path, docs: Vec::new(), sentence: None, words: Vec::new(), opens_paragraph: true, space_after: true, line: 0 }
    }

    fn line(&mut self, number: usize, line: &str) -> Result<()> {
        self.line = number;
        if line.is_empty() {
            return self.end_sentence();
        }
        let Some(comment) = line.strip_prefix('#') else { return self.word(line) };
        let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
        match key.trim() {
            "newdoc id" => self.start_document(value.trim()),
            "newpar" | "newpar id" => self.opens_paragraph = true,
            "text" => self.start_sentence(value.strip_prefix(' ').unwrap_or(value)),
            _ => {}
        }
        Ok(())
    }

    fn start_document(&mut self, name: &str) {
        let genre = match name.split_once('_') {
            Some(("GUM" | "GENTLE", rest)) => rest.split('_').next().unwrap_or_default(),
            _ => name.split('-').next().unwrap_or_default(),
        };
        let layers = Layers { upos: true, sentences: true, paragraphs: true, ..Layers::default() };
        self.docs.push(GoldDocument { name: name.to_owned(), genre: genre.to_owned(), layers, ..GoldDocument::default() });
        self.opens_paragraph = true;
    }

    fn start_sentence(&mut self, sentence: &str) {
        if self.docs.is_empty() {
            self.start_document(&stem(self.path));
        }
        let opens = std::mem::take(&mut self.opens_paragraph);
        let Some(doc) = self.docs.last_mut() else { return };
        if !doc.text.is_empty() {
            doc.text.push_str(if opens { "\n\n" } else { " " });
            if !opens && !self.space_after {
                doc.text.pop();
            }
        }
        let start = doc.text.len();
        doc.text.push_str(sentence.trim_end());
        let span = Span::new(start, doc.text.len());
        doc.sentences.push(span);
        match doc.paragraphs.last_mut() {
            Some(paragraph) if !opens => *paragraph = paragraph.cover(span),
            _ => doc.paragraphs.push(span),
        }
        self.sentence = Some(span);
    }

    fn word(&mut self, line: &str) -> Result<()> {
        let mut columns = line.split('\t');
        let (Some(id), Some(form), Some(upos)) = (columns.next(), columns.next(), columns.nth(1)) else {
            return Err(self.problem("fewer than four columns"));
        };
        if id.contains('.') {
            return Ok(());
        }
        let (first, last) = id.split_once('-').map_or((id, None), |(first, last)| (first, Some(last)));
        let number = |id: &str| id.parse::<usize>().map_err(|_| self.problem(format_args!("{id:?} is not a word's number")));
        let (id, multiword_end) = (number(first)?, last.map(number).transpose()?);
        let upos = if multiword_end.is_some() || upos == "_" {
            None
        } else {
            Some(Upos::from_name(upos).ok_or_else(|| self.problem(format_args!("unknown part of speech {upos:?}")))?)
        };
        // The words inside a multiword token say nothing about the space after it.
        if !self.words.iter().rev().any(|word| word.multiword_end.is_some_and(|end| id > word.id && id <= end) || word.id == id) {
            self.space_after = !line.rsplit('\t').next().is_some_and(|misc| misc.split('|').any(|item| item == "SpaceAfter=No"));
        }
        self.words.push(Word { form: form.to_owned(), upos, multiword_end, id });
        Ok(())
    }

    /// Finds the sentence's words in its text.
    fn end_sentence(&mut self) -> Result<()> {
        let words = std::mem::take(&mut self.words);
        let Some(sentence) = self.sentence.take() else {
            return if words.is_empty() { Ok(()) } else { Err(self.problem("the sentence above has no `# text`")) };
        };
        let mut at = sentence.start();
        let mut multiword: Option<(usize, Span)> = None;
        let mut found = Vec::with_capacity(words.len());
        for word in &words {
            if let Some((end, surface)) = multiword
                && word.id <= end
                && word.multiword_end.is_none()
            {
                // A word whose letters differ from the surface takes all that is left of it; a later one then gets none.
                let rest = self.rest(Span::new(at, surface.end()));
                let taken = if rest.starts_with(&word.form) { word.form.len() } else { rest.len() };
                found.extend(word.upos.filter(|_| taken > 0).map(|upos| (Span::new(at, at + taken), upos)));
                at += taken;
                continue;
            }
            if let Some((_, surface)) = multiword.take() {
                at = surface.end();
            }
            let rest = self.rest(Span::new(at, sentence.end()));
            at += rest.len() - rest.trim_start().len();
            if !rest.trim_start().starts_with(&word.form) {
                return Err(self.problem(format_args!("the word {:?} does not follow in the `# text` of the sentence above", word.form)));
            }
            let span = Span::new(at, at + word.form.len());
            if let Some(end) = word.multiword_end {
                multiword = Some((end, span));
            } else {
                found.extend(word.upos.map(|upos| (span, upos)));
                at = span.end();
            }
        }
        if let Some(doc) = self.docs.last_mut() {
            doc.upos.extend(found);
        }
        Ok(())
    }

    fn rest(&self, span: Span) -> &str {
        self.docs.last().map_or("", |doc| doc.slice(span))
    }

    fn finish(mut self) -> Result<Vec<GoldDocument>> {
        self.end_sentence()?;
        Ok(self.docs)
    }

    fn problem(&self, problem: impl std::fmt::Display) -> Error {
        at_line(self.path, self.line, problem)
    }
}
