//! XML that cannot hurt: a limit to its depth, and no entities from outside.

use roxmltree::{Document, ParsingOptions};

use crate::{Error, ErrorKind, Result};

/// How deep elements may nest; texts need some thirty levels, and the parser calls itself once a level.
const MAX_DEPTH: usize = 256;

/// Parses a document.
pub(super) fn parse(text: &str) -> Result<Document<'_>> {
    let text = text.trim_start_matches('\u{FEFF}');
    if is_deep(text) {
        let error = Error::new(ErrorKind::Input(format!("holds XML of more than {MAX_DEPTH} nested elements")));
        return Err(error.with_hint("it is no text document; leave it out of the input"));
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 20_000_000, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).map_err(|error| {
        let error = Error::new(ErrorKind::Input(format!("holds broken XML: {error}")));
        error.with_hint("check that the file is whole: open it in its program and save it again")
    })
}

/// Whether elements nest too deeply; counts tags without reading them, which is right wherever XML is.
fn is_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    for tag in text.split('<').skip(1) {
        match tag.bytes().next() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) if tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) => {}
            Some(_) => depth += 1,
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_would_hurt() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(parse(&deep).unwrap_err().to_string().contains("nested"));
        assert!(parse("<a><b></a>").unwrap_err().to_string().starts_with("holds broken XML: "));
        let bomb = r#"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
            <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]><a>&f;&f;&f;</a>"#;
        assert!(parse(bomb).is_err());
        assert_eq!(parse("\u{FEFF}<a>x</a>").unwrap().root_element().text(), Some("x"));
    }
}
