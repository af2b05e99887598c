//! Rich text: the paragraphs of the body with their lists and headings, and the properties under `info`.
//!
//! Read here and not by a crate: of those alive, one takes `\'93` for a control character and so loses every quotation mark of
//! Windows, the other gives tokens only. The file is 7-bit text of groups, control words and escapes (Microsoft's RTF 1.9.1); what is
//! no body text stands in groups that say so (`\*`, `fonttbl`, `pict` …). Bytes are in the code page of the font in use.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::blocks::{Blocks, Kind, article, mark_title, one_line};
use super::exports;
use crate::ingest::ReadOptions;
use crate::ingest::format::{Each, Format, Input, Likelihood};
use crate::{Error, ErrorKind, Result};

/// Rich text (RTF).
#[derive(Debug)]
pub(crate) struct Rtf;

impl Format for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn recognizes(&self, head: &[u8], _name: &str) -> Likelihood {
        let start = head.trim_ascii_start();
        if start.starts_with(b"{\\rtf") { Likelihood::ByContent } else { Likelihood::No }
    }

    /// An export of a news database comes in this format too, and holds many articles.
    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let mut reader = Reader::new(&bytes);
        reader.read()?;
        let info = std::mem::take(&mut reader.info);
        let mut blocks = reader.blocks.finish();
        if let Some(found) = exports::split(&blocks, "rtf") {
            for article in found {
                if each(article).is_break() {
                    break;
                }
            }
            return Ok(());
        }
        mark_title(info.get("title").map_or("", String::as_str), &mut blocks);
        let mut article = article(&blocks, "rtf: body");
        for (key, value) in &info {
            article.note_metadata(key, &one_line(value));
        }
        let _ = each(Ok(article));
        Ok(())
    }
}

/// How deep groups may nest; programs write some twenty.
const MAX_DEPTH: usize = 1_000;

/// What a group changes and gives back at its end.
#[derive(Debug, Clone, Copy)]
struct State {
    /// Where its text goes.
    place: Place,
    /// How many characters stand in for each `\u`, for programs that know no Unicode.
    stand_ins: usize,
    /// The code page of its bytes.
    encoding: &'static Encoding,
    /// Hidden text is no text.
    is_hidden: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Fonts,
    Styles,
    /// A property under `info`, by its key.
    Info(&'static str),
    Nowhere,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    states: Vec<State>,
    state: State,
    blocks: Blocks,
    info: BTreeMap<&'static str, String>,
    /// Bytes in a code page that are not decoded yet: some characters take two.
    pending: Vec<u8>,
    /// Stand-ins still to be left out.
    to_skip: usize,
    /// The first half of a character that `\u` writes in two.
    high: Option<u16>,
    fonts: BTreeMap<i32, &'static Encoding>,
    /// The font or style being defined.
    defined: i32,
    style_name: String,
    styles: BTreeMap<i32, Kind>,
    /// What the open paragraph is.
    kind: Kind,
    code_page: &'static Encoding,
    date: [i32; 3],
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let state = State { place: Place::Body, stand_ins: 1, encoding: WINDOWS_1252, is_hidden: false };
        Self {
            bytes,
            at: 0,
            states: Vec::new(),
            state,
            blocks: Blocks::default(),
            info: BTreeMap::new(),
            pending: Vec::new(),
            to_skip: 0,
            high: None,
            fonts: BTreeMap::new(),
            defined: 0,
            style_name: String::new(),
            styles: BTreeMap::new(),
            kind: Kind::Paragraph,
            code_page: WINDOWS_1252,
            date: [0; 3],
        }
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    fn read(&mut self) -> Result<()> {
        let mut has_ended = false;
        while let Some(byte) = self.next() {
            match byte {
                b'{' => self.open()?,
                b'}' => {
                    self.close();
                    has_ended = self.states.is_empty();
                    if has_ended {
                        break;
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        if has_ended {
            return Ok(());
        }
        let error = Error::new(ErrorKind::Input("the RTF file is cut off: its last group does not end".to_owned()));
        Err(error.with_hint("check that the file is whole: open it in its program and save it again"))
    }

    fn open(&mut self) -> Result<()> {
        self.flush();
        if self.states.len() >= MAX_DEPTH {
            let error = Error::new(ErrorKind::Input(format!("the RTF file nests more than {MAX_DEPTH} groups")));
            return Err(error.with_hint("it is no text document; leave it out of the input"));
        }
        self.states.push(self.state);
        if self.state.place == Place::Fonts || self.state.place == Place::Styles {
            self.style_name.clear();
        }
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        if self.state.place == Place::Styles && !self.style_name.is_empty() {
            let name = std::mem::take(&mut self.style_name).to_lowercase();
            let name = name.trim().trim_end_matches(';');
            if name.starts_with("heading") || name == "title" {
                self.styles.insert(self.defined, Kind::Heading);
            } else if name.contains("quot") {
                self.styles.insert(self.defined, Kind::Quote);
            }
            self.defined = 0;
        }
        self.to_skip = 0;
        if let Some(state) = self.states.pop() {
            self.state = state;
        }
    }

    /// A control word or symbol, after its backslash.
    fn control(&mut self) {
        let Some(byte) = self.next() else { return };
        if byte.is_ascii_alphabetic() {
            let start = self.at - 1;
            while self.bytes.get(self.at).is_some_and(u8::is_ascii_alphabetic) && self.at - start < 32 {
                self.at += 1;
            }
            let word = std::str::from_utf8(self.bytes.get(start..self.at).unwrap_or_default()).unwrap_or_default();
            let number_at = self.at;
            self.at += usize::from(self.bytes.get(self.at) == Some(&b'-'));
            while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) && self.at - number_at < 11 {
                self.at += 1;
            }
            let number = std::str::from_utf8(self.bytes.get(number_at..self.at).unwrap_or_default()).unwrap_or_default();
            let number = number.parse::<i64>().ok().map(|number| i32::try_from(number).unwrap_or(0));
            self.at += usize::from(self.bytes.get(self.at) == Some(&b' '));
            self.word(word, number);
            return;
        }
        match byte {
            b'\'' => {
                let digits = self.bytes.get(self.at..self.at + 2).and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.at += 2;
                    self.byte(byte);
                }
            }
            b'*' => self.state.place = Place::Nowhere,
            b'~' => self.symbol(" "),
            b'_' => self.symbol("-"),
            b'\r' | b'\n' => self.word("par", None),
            b'\\' | b'{' | b'}' => self.byte(byte),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
            return;
        }
        if word == "u" {
            self.unicode(number.unwrap_or(0));
            return;
        }
        self.flush();
        self.high = None;
        let place = match word {
            "fonttbl" => Some(Place::Fonts),
            "stylesheet" => Some(Place::Styles),
            "title" => Some(Place::Info("title")),
            "author" => Some(Place::Info("byline")),
            "subject" => Some(Place::Info("subject")),
            "keywords" => Some(Place::Info("keywords")),
            word if is_silent(word) => Some(Place::Nowhere),
            _ => None,
        };
        match place {
            // Properties stand inside `info`, which is silent; nothing else in a silent group speaks.
            Some(place) if self.state.place != Place::Nowhere || matches!(place, Place::Info(_)) => self.state.place = place,
            Some(_) => {}
            None => self.character(word, number),
        }
    }

    /// Words that are characters, ends of paragraphs or properties.
    fn character(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "row" => self.end(),
            "line" | "lbr" => self.text("\n"),
            "cell" | "nestcell" if self.state.place == Place::Body => self.blocks.end_cell(),
            "tab" | "emspace" | "enspace" | "qmspace" => self.text(" "),
            "emdash" => self.text("—"),
            "endash" => self.text("–"),
            "lquote" => self.text("‘"),
            "rquote" => self.text("’"),
            "ldblquote" => self.text("“"),
            "rdblquote" => self.text("”"),
            "bullet" => self.text("•"),
            "pard" => self.kind = Kind::Paragraph,
            "uc" => self.state.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(1),
            "v" | "deleted" => self.state.is_hidden = number != Some(0),
            "plain" => self.state.is_hidden = false,
            "ansicpg" => {
                self.code_page = code_page(number.unwrap_or(1252));
                self.state.encoding = self.code_page;
            }
            "mac" => self.state.encoding = encoding_rs::MACINTOSH,
            "f" if self.state.place == Place::Fonts => self.defined = number.unwrap_or(0),
            "f" => self.state.encoding = self.fonts.get(&number.unwrap_or(0)).copied().unwrap_or(self.code_page),
            "fcharset" => {
                if let Some(encoding) = charset(number.unwrap_or(0)) {
                    self.fonts.insert(self.defined, encoding);
                }
            }
            "s" if self.state.place == Place::Styles => self.defined = number.unwrap_or(0),
            "s" => self.kind = self.styles.get(&number.unwrap_or(0)).copied().unwrap_or(self.kind),
            "outlinelevel" if self.state.place == Place::Body && number.is_some_and(|level| level < 9) => self.kind = Kind::Heading,
            "ls" | "ilvl" if self.state.place == Place::Body && self.kind == Kind::Paragraph => self.kind = Kind::Item,
            "yr" => self.date[0] = number.unwrap_or(0),
            "mo" => self.date[1] = number.unwrap_or(0),
            "dy" => {
                let [year, month, _] = self.date;
                if year > 1900 && !self.info.contains_key("date") {
                    self.info.insert("date", format!("{year:04}-{month:02}-{:02}", number.unwrap_or(0)));
                }
            }
            _ => {}
        }
    }

    /// A character by its number, which may be half of one, and may be negative.
    fn unicode(&mut self, number: i32) {
        self.flush();
        let unit = u16::try_from(number).unwrap_or_else(|_| u16::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0xFFFD));
        let decoded = match (self.high.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.high = Some(unit);
                None
            }
            (Some(high), 0xDC00..=0xDFFF) => char::decode_utf16([high, unit]).next().and_then(Result::ok),
            _ => char::from_u32(u32::from(unit)),
        };
        if let Some(ch) = decoded {
            self.text(ch.encode_utf8(&mut [0; 4]));
        }
        self.to_skip = self.state.stand_ins;
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    /// Decodes the bytes that have come.
    fn flush(&mut self) {
        self.to_skip = 0;
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
        self.text(&text);
    }

    /// A character after those that wait to be decoded.
    fn symbol(&mut self, text: &str) {
        self.flush();
        self.text(text);
    }

    fn text(&mut self, text: &str) {
        match self.state.place {
            Place::Body if !self.state.is_hidden => self.blocks.push(text),
            Place::Styles => self.style_name.push_str(text),
            Place::Info(key) => self.info.entry(key).or_default().push_str(text),
            _ => {}
        }
    }

    fn end(&mut self) {
        if self.state.place == Place::Body {
            self.blocks.end(self.kind);
        }
    }
}

/// Groups that hold no text of the body.
fn is_silent(word: &str) -> bool {
    let drawn =
        matches!(word, "pict" | "object" | "objdata" | "shp" | "shpinst" | "shptxt" | "do" | "nonshppict" | "fldinst" | "datafield");
    let margins =
        word.starts_with("header") || word.starts_with("footer") || matches!(word, "footnote" | "annotation" | "atnauthor" | "atnid");
    let tables = matches!(word, "colortbl" | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl" | "filetbl" | "generator" | "info");
    let marks =
        matches!(word, "listtext" | "pntext" | "bkmkstart" | "bkmkend" | "xe" | "tc" | "themedata" | "template" | "operator" | "company");
    drawn || (margins && !matches!(word, "headery" | "footery")) || tables || marks
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> &'static Encoding {
    let label = match number {
        65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The encoding of a font's character set.
fn charset(number: i32) -> Option<&'static Encoding> {
    let page = match number {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    Some(code_page(page))
}

#[cfg(test)]
mod tests {
    use super::super::blocks::Block;
    use super::*;

    fn blocks(rtf: &str) -> Vec<Block> {
        let mut reader = Reader::new(rtf.as_bytes());
        reader.read().unwrap();
        reader.blocks.finish()
    }

    fn text(rtf: &str) -> String {
        blocks(rtf).into_iter().map(|block| block.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn reads_characters_of_all_kinds() {
        for (rtf, expected) in [
            (r"{\rtf1\ansi\ansicpg1252 \'93No,\'94 he said \endash  twice.\par Caf\'e9}", "“No,” he said – twice.|Café"),
            (r"{\rtf1\ansi\uc1 \u8220?No\u8221? \u-10179?\u-8704? end}", "“No” 😀 end"),
            (r"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
            (r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset128 MS Mincho;}}\f0 a \f1 \'93\'fa\'96\'7b\f0  b}", "a 日本 b"),
            (r"{\rtf1\ansi{\*\generator X;}{\pict\pngblip 0a0b}{\header Page 3\par}Body{\footnote Note}.}", "Body."),
            (r"{\rtf1 One {\b bold} and {\v hidden}\{braces\}\~x\_y\line next}", "One bold and {braces} x-y\nnext"),
            (r"{\rtf1\ansi {\uc2 \u8364 EU}ro}", "€ro"),
            (r"{\rtf1 a{\bin4 }}}}}b}", "ab"),
        ] {
            assert_eq!(text(rtf), expected, "{rtf}");
        }
    }

    #[test]
    fn reads_styles_lists_and_labels() {
        let rtf = r"{\rtf1{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 Quotations;}}\pard\s1 Head\par\pard Text\par\pard\ls1 one\par\pard\s2 Said\par
            \pard\intbl HD\cell A title\cell\row\pard x\cell y\cell\row}";
        let found: Vec<(Kind, String)> = blocks(rtf).into_iter().map(|block| (block.kind, block.text)).collect();
        let expected = [
            (Kind::Heading, "Head"),
            (Kind::Paragraph, "Text"),
            (Kind::Item, "one"),
            (Kind::Quote, "Said"),
            (Kind::Paragraph, "HD"),
            (Kind::Paragraph, "A title"),
            (Kind::Paragraph, "x y"),
        ];
        assert_eq!(found, expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn reads_properties() {
        let rtf = r"{\rtf1{\info{\title Rates rise}{\author Ann Lee}{\creatim\yr2026\mo3\dy2}{\company X}}Text}";
        let mut reader = Reader::new(rtf.as_bytes());
        reader.read().unwrap();
        let info: Vec<(&str, &str)> = reader.info.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_eq!(info, [("byline", "Ann Lee"), ("date", "2026-03-02"), ("title", "Rates rise")]);
        assert_eq!(reader.blocks.finish().len(), 1);
    }

    #[test]
    fn refuses_what_is_cut_off_or_nested() {
        for (rtf, expected) in [
            (r"{\rtf1 Text".to_owned(), "the RTF file is cut off: its last group does not end"),
            (format!(r"{{\rtf1 {}", "{".repeat(100_000)), "the RTF file nests more than 1000 groups"),
        ] {
            assert_eq!(Reader::new(rtf.as_bytes()).read().unwrap_err().to_string(), expected);
        }
    }
}
