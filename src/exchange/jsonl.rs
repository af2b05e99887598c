//! One line of JSON an article: what many small pretty files say, in one that streams.

use super::Writer;
use super::output::Output;
use super::record::ArticleRecord;
use crate::Result;

#[derive(Debug, Default)]
pub(super) struct Jsonl {}

impl Writer for Jsonl {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.append("articles.jsonl", article.line.as_bytes())?;
        out.append("articles.jsonl", b"\n")
    }
}

/// JSON without the white space that only people need: every value stays as it was written.
pub(super) fn compact(json: &str) -> String {
    let (mut line, mut is_string, mut is_escaped) = (String::with_capacity(json.len()), false, false);
    for ch in json.chars() {
        if is_string || !ch.is_ascii_whitespace() {
            line.push(ch);
        }
        match ch {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = is_string,
            '"' => is_string = !is_string,
            _ => {}
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_their_white_space() {
        let json = "{\n  \"a b\": [ 1.50,\n \"c \\\" d\\\\\" ]\n}\n";
        assert_eq!(compact(json), "{\"a b\":[1.50,\"c \\\" d\\\\\"]}");
    }
}
