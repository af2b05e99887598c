//! JSON: an object a line (JSONL), a list of objects, or the answer of a news API, an object that holds such a list.
//!
//! Lines and lists are read as they come; an answer is read whole. Fields inside objects are named `fields.bodyText`; a list of texts is
//! one text of several paragraphs.

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value};

use super::ReadOptions;
use super::bounded::{Allowance, Bounded, LONGEST};
use super::columns::Header;
use super::decode::{decode_piece, encoding_of};
use super::format::{Each, Format, Input, Likelihood, RawArticle};
use super::json_shape::{WRAPPERS, shape};
use super::plain::ending;
use super::transcode::Utf8Reader;
use crate::{Error, ErrorKind, Result};

/// Deepest object that is looked into.
const DEEPEST: usize = 6;

/// Objects with a field for the text.
#[derive(Debug)]
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        match (shape(head), ending(name)) {
            (Some(true), _) => Likelihood::ByContent,
            (Some(false), "jsonl" | "ndjson") => Likelihood::ByName,
            (Some(false), "json") => Likelihood::Possible,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let allowance = Allowance::default();
        let bounded = Bounded::new(Utf8Reader::new(input.reader(), options.encoding), &allowance, "an article");
        let mut reader = BufReader::with_capacity(64 << 10, bounded);
        let mut rows = Rows { options, each, number: 0, header: None };
        match first_byte(&mut reader)? {
            Some(b'[') => list(reader, &allowance, &mut rows),
            Some(b'{') => lines_or_answer(reader, &allowance, &mut rows),
            Some(_) => Err(Error::new(ErrorKind::Input("no JSON: neither a list nor an object".to_owned()))),
            None => Err(Error::new(ErrorKind::Input("holds no text".to_owned()))),
        }
    }
}

/// What takes the objects one after another.
struct Rows<'a> {
    options: &'a ReadOptions,
    each: Each<'a>,
    number: u64,
    /// The fields of the last object, understood: the next one mostly has the same.
    header: Option<(Vec<String>, Header)>,
}

impl Rows<'_> {
    /// Takes one object; `false` where no more is wanted.
    fn take(&mut self, value: Value) -> bool {
        self.number += 1;
        let number = self.number;
        let at = |error: Error| error.at(format!("row {number}"));
        let article = match value {
            Value::Object(object) => self.article(object).map_err(at),
            _ => Err(at(Error::new(ErrorKind::Input("no object with a text".to_owned())))),
        };
        (self.each)(article).is_continue()
    }

    fn fail(&mut self, error: Error) -> bool {
        self.number += 1;
        (self.each)(Err(error.at(format!("row {}", self.number)))).is_continue()
    }

    fn article(&mut self, object: Map<String, Value>) -> Result<RawArticle> {
        let mut fields = Vec::new();
        object.into_iter().for_each(|(key, value)| flatten(key, value, DEEPEST, &mut fields));
        let (names, cells): (Vec<String>, Vec<String>) = fields.into_iter().unzip();
        let header = match &self.header {
            Some((known, header)) if *known == names => header.clone(),
            _ => Header::new("json", &names, &self.options.columns)?,
        };
        self.header = Some((names, header.clone()));
        let article = header.article(cells, self.number);
        let article = article.unwrap_or_else(|| Err(Error::new(ErrorKind::Input("the text column is empty".to_owned()))));
        article.map(|article| RawArticle { encoding: "UTF-8", ..article })
    }
}

/// The fields of an object, those of objects in it under `outer.inner`.
fn flatten(key: String, value: Value, left: usize, fields: &mut Vec<(String, String)>) {
    match value {
        Value::Null => fields.push((key, String::new())),
        Value::String(text) => fields.push((key, text)),
        Value::Object(object) if left > 0 => {
            object.into_iter().for_each(|(inner, value)| flatten(format!("{key}.{inner}"), value, left - 1, fields));
        }
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            let texts: Vec<String> = items.into_iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
            // A list of names stays a line; a list of paragraphs is a text.
            let is_text = texts.iter().any(|text| text.split_whitespace().nth(12).is_some());
            fields.push((key, texts.join(if is_text { "\n\n" } else { "; " })));
        }
        other => fields.push((key, other.to_string())),
    }
}

/// The first byte that is no white space, still to be read.
fn first_byte(reader: &mut impl BufRead) -> Result<Option<u8>> {
    loop {
        let buffer = reader.fill_buf().map_err(ErrorKind::Read)?;
        let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        match (buffer.get(blank).copied(), blank) {
            (Some(byte), _) => {
                reader.consume(blank);
                return Ok(Some(byte));
            }
            (None, 0) => return Ok(None),
            (None, blank) => reader.consume(blank),
        }
    }
}

/// Takes the objects of a list one after another.
struct Items<'a, 'b> {
    rows: &'a mut Rows<'b>,
    allowance: &'a Allowance,
    is_stopped: &'a mut bool,
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.allowance.renew();
        while let Some(item) = items.next_element::<Value>()? {
            if !self.rows.take(item) {
                *self.is_stopped = true;
                return Err(serde::de::Error::custom("no more is wanted"));
            }
            self.allowance.renew();
        }
        Ok(())
    }
}

/// Reads a list as it comes.
fn list(reader: impl Read, allowance: &Allowance, rows: &mut Rows<'_>) -> Result<()> {
    let mut is_stopped = false;
    let mut json = Deserializer::from_reader(reader);
    let read = json.deserialize_seq(Items { rows, allowance, is_stopped: &mut is_stopped });
    if is_stopped { Ok(()) } else { read.map_err(broken) }
}

fn broken(error: serde_json::Error) -> Error {
    if error.is_io() {
        return Error::new(ErrorKind::Read(error.into()));
    }
    Error::new(ErrorKind::Input(format!("no JSON: {error}"))).with_hint("check that the file was written whole")
}

/// Reads an object a line, or one object over many lines.
fn lines_or_answer(mut reader: impl BufRead, allowance: &Allowance, rows: &mut Rows<'_>) -> Result<()> {
    let first = line(&mut reader, allowance)?;
    match serde_json::from_slice::<Value>(&utf8(&first)) {
        Ok(value) if first_byte(&mut reader)?.is_none() => {
            answer(value, rows);
            return Ok(());
        }
        Ok(value) => {
            if !rows.take(value) {
                return Ok(());
            }
        }
        Err(_) => {
            let mut whole = first;
            allowance.set(rows.options.max_file_bytes.max(LONGEST));
            reader.read_to_end(&mut whole).map_err(ErrorKind::Read)?;
            answer(serde_json::from_slice(&utf8(&whole)).map_err(broken)?, rows);
            return Ok(());
        }
    }
    loop {
        let next = line(&mut reader, allowance)?;
        if next.is_empty() {
            return Ok(());
        }
        if next.trim_ascii().is_empty() {
            continue;
        }
        let is_wanted = match serde_json::from_slice(&utf8(&next)) {
            Ok(value) => rows.take(value),
            Err(error) => rows.fail(broken(error)),
        };
        if !is_wanted {
            return Ok(());
        }
    }
}

fn line(reader: &mut impl BufRead, allowance: &Allowance) -> Result<Vec<u8>> {
    let mut line = Vec::new();
    allowance.renew();
    reader.read_until(b'\n', &mut line).map_err(ErrorKind::Read)?;
    Ok(line)
}

/// The bytes as UTF-8, which JSON is by its standard and not always.
fn utf8(bytes: &[u8]) -> Vec<u8> {
    if std::str::from_utf8(bytes).is_ok() {
        return bytes.to_vec();
    }
    decode_piece(bytes, encoding_of(bytes)).0.into_owned().into_bytes()
}

/// Takes the objects of an answer: those of its list, else the object itself.
fn answer(value: Value, rows: &mut Rows<'_>) {
    match wrapped(value, 3) {
        Ok(items) => {
            for item in items {
                if !rows.take(item) {
                    break;
                }
            }
        }
        Err(value) => {
            rows.take(value);
        }
    }
}

/// The list of articles inside an answer; the value again where there is none.
fn wrapped(value: Value, left: usize) -> Result<Vec<Value>, Value> {
    let Value::Object(mut object) = value else { return Err(value) };
    for name in WRAPPERS {
        match object.get(*name) {
            Some(Value::Array(items)) if items.first().is_some_and(Value::is_object) => {
                if let Some(Value::Array(items)) = object.remove(*name) {
                    return Ok(items);
                }
            }
            Some(Value::Object(_)) if left > 0 => {
                if let Some(inner) = object.remove(*name) {
                    match wrapped(inner, left - 1) {
                        Ok(items) => return Ok(items),
                        Err(inner) => object.insert((*name).to_owned(), inner),
                    };
                }
            }
            _ => {}
        }
    }
    Err(Value::Object(object))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{articles, failures};
    use super::*;

    fn shown(json: &str) -> Vec<String> {
        let found = articles(&Json, json.as_bytes(), "a.json", &ReadOptions::default());
        found.iter().map(|article| format!("{} {} {:?}", article.place, article.text, article.metadata.get("title"))).collect()
    }

    #[test]
    fn reads_lines_lists_and_answers() {
        let expected = ["row 1 “No,” she said. Some(\"One\")", "row 2 Yes. None"];
        for json in [
            "{\"text\": \"“No,” she said.\", \"title\": \"One\"}\n\n{\"text\": \"Yes.\"}\n",
            "[{\"text\": \"“No,” she said.\", \"title\": \"One\"}, {\"text\": \"Yes.\"}]",
            "{\"status\": \"ok\", \"articles\": [{\"content\": \"“No,” she said.\", \"headline\": \"One\"},\n {\"content\": \"Yes.\"}]}",
            "{\"response\": {\"docs\": [{\"fields\": {\"bodyText\": \"“No,” she said.\"}, \"webTitle\": \"One\"}, {\"text\": \"Yes.\"}]}}",
        ] {
            assert_eq!(shown(json), expected, "{json}");
        }
        assert_eq!(shown("{\n\"title\": \"One\",\n\"text\": \"Yes.\"}"), ["row 1 Yes. Some(\"One\")"]);
    }

    #[test]
    fn carries_all_fields() {
        let json = "[{\"body\": [\"One two three four five six seven eight nine ten eleven twelve thirteen.\", \"End.\"], \"source\": {\"name\": \"Gazette\", \"id\": null}, \"authors\": [\"Ann\", \"Bo\"], \"n\": 3}]";
        let found = articles(&Json, json.as_bytes(), "a.json", &ReadOptions::default());
        assert!(found[0].text.ends_with("thirteen.\n\nEnd."), "{}", found[0].text);
        let metadata: Vec<(&str, &str)> = found[0].metadata.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        assert_eq!(metadata, [("byline", "Ann; Bo"), ("n", "3"), ("outlet", "Gazette")]);
        assert_eq!(found[0].rule, "json: text in column body (guessed); found outlet, byline");
    }

    #[test]
    fn bad_lines_fail_alone() {
        let json = "{\"text\": \"One.\"}\n{\"text\": \n{\"title\": \"x\"}\n{\"text\": \"Two.\"}\n";
        assert_eq!(shown(json).len(), 2);
        let failed = failures(&Json, json.as_bytes(), "a.jsonl", &ReadOptions::default());
        assert_eq!(failed.len(), 2, "{failed:?}");
        assert!(failed[0].starts_with("row 2: no JSON: EOF"), "{failed:?}");
        assert_eq!(failed[1], "row 3: no column looks like the articles' text");
        for (json, expected) in [("[{\"text\": \"One.\"}, {\"te", "no JSON: EOF"), ("{\"text\": ", "no JSON: EOF"), ("", "holds no text")] {
            let failed = failures(&Json, json.as_bytes(), "a.json", &ReadOptions::default());
            assert!(failed.len() == 1 && failed[0].starts_with(expected), "{failed:?}");
        }
    }

    #[test]
    fn knows_articles_by_their_keys() {
        for (head, name, expected) in [
            ("[{\"id\": 1, \"body\": \"Yes", "a", Likelihood::ByContent),
            ("{\"text\": \"Yes\"}\n{", "a.txt", Likelihood::ByContent),
            ("{\"ok\": 1, \"results\": [{\"content\": \"Yes", "a.json", Likelihood::ByContent),
            ("{\"file\": \"a\", \"quotations\": [{\"text\": \"Yes\"}]}", "a.json", Likelihood::Possible),
            ("{\"schema\":\"sayso/1\",\"text\":\"Yes\"}", "a.json", Likelihood::No),
            ("Yes", "a.json", Likelihood::No),
            ("{\"x\": 1}", "a.jsonl", Likelihood::ByName),
        ] {
            assert_eq!(Json.recognizes(head.as_bytes(), name), expected, "{head}");
        }
    }
}
