//! REFI-QDA (Rotterdam Exchange Format Initiative, 1.5): a project `sayso.qdpx` and its codebook `sayso.qdc`, for `NVivo`, MAXQDA, ATLAS.ti
//! and `QualCoder`.
//!
//! Articles are text sources, quotations coded selections (with their kind and themes), sentences selections coded with their themes, and
//! speakers cases with role, body and kind as variables. Positions are code points. GUIDs are made of what they name, so that equal runs
//! give equal projects; no time is written for the same reason.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Writer;
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, SpanRecord};
use super::xml::Xml;
use crate::{Error, ErrorKind, Result};

const PROJECT: &str = "urn:QDA-XML:project:1.0";
const CODEBOOK: &str = "urn:QDA-XML:codebook:1.0";
const KINDS: [&str; 3] = ["direct", "indirect", "mixed"];
const VARIABLES: [&str; 3] = ["role", "affiliation", "kind"];
/// The longest name of a selection, in characters.
const LONGEST_NAME: usize = 60;

/// A project in the making: the texts are packed as they come, what stands about them in `project.qde` is small and waits.
pub(super) struct Refi {
    texts: ZipWriter<Cursor<Vec<u8>>>,
    sources: String,
    themes: BTreeMap<String, (String, Option<String>)>,
    cases: BTreeMap<String, Case>,
}

/// A speaker with all selections that are theirs.
#[derive(Debug, Default)]
struct Case {
    name: String,
    values: [Option<String>; 3],
    sources: Vec<String>,
    selections: Vec<String>,
}

impl Default for Refi {
    fn default() -> Self {
        Self { texts: ZipWriter::new(Cursor::new(Vec::new())), sources: String::new(), themes: BTreeMap::new(), cases: BTreeMap::new() }
    }
}

impl std::fmt::Debug for Refi {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Refi").field("cases", &self.cases.len()).finish_non_exhaustive()
    }
}

impl Writer for Refi {
    fn add(&mut self, _: &mut Output, article: &ArticleRecord) -> Result<()> {
        let guid = guid(&["source", &article.id]);
        self.pack(&format!("sources/{guid}.txt"), article.text.as_bytes())?;
        for theme in &article.themes {
            self.themes.entry(theme.id.clone()).or_insert_with(|| (theme.label.clone(), theme.parent.clone()));
        }
        let mut xml = Xml::default();
        let path = format!("internal://{guid}.txt");
        let user = user();
        xml.open(
            "TextSource",
            &[("guid", Some(&guid)), ("name", Some(&article.id)), ("plainTextPath", Some(&path)), ("creatingUser", Some(&user))],
        );
        xml.line();
        self.quotations(&mut xml, article, &guid);
        sentences(&mut xml, article);
        xml.close();
        self.sources.push_str(&xml.finish());
        Ok(())
    }

    fn finish(mut self: Box<Self>, out: &mut Output) -> Result<()> {
        let project = self.project();
        self.pack("project.qde", project.as_bytes())?;
        out.write("refi-qda/sayso.qdc", self.codebook().as_bytes())?;
        let packed = self.texts.finish().map_err(|error| failed(error.into()))?;
        out.write("refi-qda/sayso.qdpx", packed.get_ref())
    }
}

impl Refi {
    fn pack(&mut self, name: &str, contents: &[u8]) -> Result<()> {
        // The zip's own zero date, 1980-01-01: no clock in any output.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.texts.start_file(name, options).map_err(|error| failed(error.into()))?;
        self.texts.write_all(contents).map_err(failed)
    }

    fn quotations(&mut self, xml: &mut Xml, article: &ArticleRecord, source: &str) {
        let offsets = Offsets::new(&article.text);
        for quote in &article.quotes {
            for (at, &span) in quote.content.iter().enumerate() {
                let selection = guid(&["selection", &article.id, quote.local_id(), &at.to_string()]);
                let codes = [guid(&["kind", &quote.kind])].into_iter().chain(quote.themes.iter().map(|theme| guid(&["theme", theme])));
                select(xml, &selection, &shortened(offsets.slice(span)), span, codes);
                if let Some(speaker) = article.speaker_of(quote) {
                    // A full name is one case of the project; who has less than that is one of the article.
                    let is_full = speaker.kind == "person" && speaker.name.contains(' ') || speaker.kind == "organization";
                    let key = if is_full { speaker.name.clone() } else { format!("{} ({})", speaker.name, article.id) };
                    let case = self.cases.entry(key.clone()).or_default();
                    let role = speaker.roles.first().map(|role| role.role.clone());
                    let found = [role, speaker.affiliation().map(str::to_owned), Some(speaker.kind.clone())];
                    for (slot, value) in case.values.iter_mut().zip(found) {
                        *slot = slot.take().or(value);
                    }
                    case.name = key;
                    if case.sources.last().map(String::as_str) != Some(source) {
                        case.sources.push(source.to_owned());
                    }
                    case.selections.push(selection);
                }
            }
        }
    }

    fn project(&self) -> String {
        let mut xml = Xml::document();
        let origin = concat!("sayso ", env!("CARGO_PKG_VERSION"));
        xml.open(
            "Project",
            &[("xmlns", Some(PROJECT)), ("name", Some("sayso")), ("origin", Some(origin)), ("creatingUserGUID", Some(&user()))],
        );
        xml.line().open("Users", &[]).empty("User", &[("guid", Some(&user())), ("name", Some("sayso"))]).close().line();
        xml.open("CodeBook", &[]);
        self.codes(&mut xml);
        xml.close().line().open("Variables", &[]);
        for name in VARIABLES {
            xml.empty("Variable", &[("guid", Some(&guid(&["variable", name]))), ("name", Some(name)), ("typeOfVariable", Some("Text"))]);
        }
        xml.close().line();
        if !self.cases.is_empty() {
            xml.open("Cases", &[]).line();
            for case in self.cases.values() {
                write_case(&mut xml, case);
            }
            xml.close().line();
        }
        let head = xml.finish();
        // The sources are XML already: they stand where the last element closes.
        let body = head.trim_end().strip_suffix("</Project>").unwrap_or(&head).to_owned();
        format!("{body}<Sources>\n{}</Sources>\n</Project>\n", self.sources)
    }

    fn codebook(&self) -> String {
        let mut xml = Xml::document();
        xml.open("CodeBook", &[("xmlns", Some(CODEBOOK)), ("origin", Some(concat!("sayso ", env!("CARGO_PKG_VERSION"))))]).line();
        self.codes(&mut xml);
        xml.finish()
    }

    /// The kinds of quotations below one code, then the themes, each below its parent.
    fn codes(&self, xml: &mut Xml) {
        xml.open("Codes", &[]).line();
        let code = |guid: &str, name: &str, is_codable: bool, xml: &mut Xml| {
            xml.open("Code", &[("guid", Some(guid)), ("name", Some(name)), ("isCodable", Some(if is_codable { "true" } else { "false" }))]);
        };
        code(&guid(&["kinds"]), "Quotation", false, xml);
        for kind in KINDS {
            code(&guid(&["kind", kind]), kind, true, xml);
            xml.close();
        }
        xml.close().line();
        let is_root = |parent: &Option<String>| !parent.as_ref().is_some_and(|parent| self.themes.contains_key(parent));
        for (id, (label, _)) in self.themes.iter().filter(|(_, (_, parent))| is_root(parent)) {
            code(&guid(&["theme", id]), label, true, xml);
            let children = self.themes.iter().filter(|(_, (_, parent))| parent.as_ref() == Some(id));
            for (child, (label, _)) in children {
                code(&guid(&["theme", child]), label, true, xml);
                xml.close();
            }
            xml.close().line();
        }
        xml.close().line();
    }
}

fn write_case(xml: &mut Xml, case: &Case) {
    xml.open("Case", &[("guid", Some(&guid(&["case", &case.name]))), ("name", Some(&case.name))]);
    for (name, value) in VARIABLES.iter().zip(&case.values) {
        if let Some(value) = value {
            xml.open("VariableValue", &[]).empty("VariableRef", &[("targetGUID", Some(&guid(&["variable", name])))]);
            xml.leaf("TextValue", &[], value).close();
        }
    }
    for source in &case.sources {
        xml.empty("SourceRef", &[("targetGUID", Some(source))]);
    }
    for selection in &case.selections {
        xml.empty("SelectionRef", &[("targetGUID", Some(selection))]);
    }
    xml.close().line();
}

/// Sentences that have a theme.
fn sentences(xml: &mut Xml, article: &ArticleRecord) {
    let offsets = Offsets::new(&article.text);
    for (at, sentence) in article.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.themes.is_empty()) {
        let span = SpanRecord { start: sentence.start, end: sentence.end };
        let selection = guid(&["sentence", &article.id, &at.to_string()]);
        select(xml, &selection, &shortened(offsets.slice(span)), span, sentence.themes.iter().map(|theme| guid(&["theme", theme])));
    }
}

fn select(xml: &mut Xml, selection: &str, name: &str, span: SpanRecord, codes: impl Iterator<Item = String>) {
    let (start, end, user) = (span.start.to_string(), span.end.to_string(), user());
    let place = [("startPosition", Some(start.as_str())), ("endPosition", Some(end.as_str())), ("creatingUser", Some(user.as_str()))];
    xml.open("PlainTextSelection", &[&[("guid", Some(selection)), ("name", Some(name))][..], &place[..]].concat());
    for code in codes {
        let coding = guid(&["coding", selection, &code]);
        xml.open("Coding", &[("guid", Some(&coding)), ("creatingUser", Some(&user))])
            .empty("CodeRef", &[("targetGUID", Some(&code))])
            .close();
    }
    xml.close().line();
}

fn shortened(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(LONGEST_NAME).collect();
    if short.len() < words.len() { format!("{short}…") } else { short }
}

fn user() -> String {
    guid(&["user"])
}

/// A GUID made of what it names, in the shape of RFC 9562's version 8.
fn guid(parts: &[&str]) -> String {
    let digest = crate::sha256(parts.join("\u{1F}").as_bytes());
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("{}-{}-8{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn failed(error: std::io::Error) -> Error {
    Error::new(ErrorKind::Write(error)).at("refi-qda/sayso.qdpx")
}
