//! Quotation marks of a text in pairs: which open, which close, what stands between them.
//!
//! Pairs never leave their paragraph; a mark that is never closed reaches to the end of its paragraph, as in a
//! quotation of several paragraphs that each open one.

use crate::{Document, Segmentation, Span, Token};

/// What a mark can do by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Opens,
    Closes,
    Either,
}

/// The quotation marks of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct QuotationMarks {
    marks: Vec<Span>,
    quoted: Vec<Span>,
}

impl QuotationMarks {
    /// Finds the marks of `doc`.
    pub(crate) fn find(doc: &Document, seg: &Segmentation) -> Self {
        let mut found = Self::default();
        for paragraph in &seg.paragraphs {
            let tokens = seg.tokens.get(seg.tokens_in(paragraph.span)).unwrap_or_default();
            found.pair(doc, tokens, paragraph.span);
        }
        found
    }

    /// Whether `span` is a quotation mark.
    pub(crate) fn is_mark(&self, span: Span) -> bool {
        self.marks.binary_search(&span).is_ok()
    }

    /// Whether `span` starts inside a quoted stretch, its marks included.
    pub(crate) fn is_inside(&self, span: Span) -> bool {
        let before = self.quoted.partition_point(|quoted| quoted.start() <= span.start());
        before.checked_sub(1).and_then(|last| self.quoted.get(last)).is_some_and(|quoted| span.start() < quoted.end())
    }

    fn pair(&mut self, doc: &Document, tokens: &[Token], paragraph: Span) {
        let mut open: Option<Span> = None;
        let mut depth = 0_usize;
        let mut single: Option<usize> = None;
        for (at, token) in tokens.iter().enumerate() {
            let text = doc.slice(token.span);
            if text == "‘" && open.is_none() && single.is_none() {
                single = closing_single(doc, tokens, at);
                if let Some(close) = single.and_then(|close| tokens.get(close)) {
                    self.marks.extend([token.span, close.span]);
                    self.quoted.push(token.span.cover(close.span));
                }
                continue;
            }
            if single.is_some_and(|close| at >= close) {
                single = None;
            }
            let Some(form) = form_of(text) else { continue };
            self.marks.push(token.span);
            let opens = match form {
                Form::Opens => true,
                Form::Closes => false,
                Form::Either => open.is_none(),
            };
            match (opens, open) {
                (true, None) => open = Some(token.span),
                (true, Some(_)) => depth += 1,
                (false, Some(_)) if depth > 0 => depth -= 1,
                (false, Some(first)) => {
                    self.quoted.push(first.cover(token.span));
                    open = None;
                }
                (false, None) => {} // closes nothing: a slip of the writer
            }
        }
        if let Some(first) = open {
            self.quoted.push(Span::new(first.start(), paragraph.end()));
        }
        self.marks.sort_unstable();
        self.quoted.sort_unstable();
    }
}

fn form_of(text: &str) -> Option<Form> {
    match text {
        "“" | "„" | "‟" | "«" | "「" | "『" | "``" => Some(Form::Opens),
        "”" | "»" | "」" | "』" | "''" => Some(Form::Closes),
        "\"" | "＂" => Some(Form::Either),
        _ => None,
    }
}

/// The token that closes the British quotation opened at `open`: a lone ’ before a space or a mark, the last one
/// before another ‘ opens, so that *workers’* inside does not close it.
fn closing_single(doc: &Document, tokens: &[Token], open: usize) -> Option<usize> {
    let mut close = None;
    for (at, token) in tokens.iter().enumerate().skip(open + 1) {
        match doc.slice(token.span) {
            "‘" => break,
            "’" => {
                let before = tokens.get(at - 1).map_or("", |before| doc.slice(before.span));
                let ends_clause = before.ends_with(['.', ',', '!', '?', '…']);
                if ends_clause {
                    return Some(at);
                }
                close = close.or(Some(at));
            }
            _ => {}
        }
    }
    close
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Segmenter;

    fn quoted(text: &str) -> Vec<String> {
        let doc = Document::from_text(text);
        let seg = Segmenter::new().segment(&doc);
        QuotationMarks::find(&doc, &seg).quoted.iter().map(|&span| doc.slice(span).to_owned()).collect()
    }

    #[test]
    fn pairs_marks_of_every_style() {
        let cases: [(&str, &[&str]); 8] = [
            ("“Rates will rise,” she said.", &["“Rates will rise,”"]),
            ("\"Rates will rise,\" she said, \"soon.\"", &["\"Rates will rise,\"", "\"soon.\""]),
            ("«Rates rise», she said; 「soon」.", &["«Rates rise»", "「soon」"]),
            ("‘The workers’ pay must rise,’ he said.", &["‘The workers’ pay must rise,’"]),
            ("“He told me ‘never’ twice,” she said.", &["“He told me ‘never’ twice,”"]),
            ("“First.\n\n“Second,” she said.", &["“First.", "“Second,”"]),
            ("Rates” rose. “Soon,” he said.", &["“Soon,”"]),
            ("It’s the farmers’ choice.", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
