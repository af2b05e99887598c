//! A word view of the text for the patterns of this stage: the segmenter's tokens, each with its sentence, its tag and whether it stands
//! inside quotation marks. Chinese, Japanese and Korean letters that adjoin are one word, since names are made of them: *(林安娜)*.

use std::ops::Range;

use crate::quotation_marks::Marks;
use crate::{Quote, QuoteKind, Reading, Span, Upos};

/// The longest dateline, in words.
const LONGEST_DATELINE: usize = 16;

/// One word or punctuation mark.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// The text in lower case.
    pub(super) lower: String,
    pub(super) span: Span,
    pub(super) sentence: usize,
    pub(super) paragraph: usize,
    pub(super) upos: Upos,
    /// Whether it stands inside quotation marks or a direct quotation.
    pub(super) is_quoted: bool,
}

/// The words of one document, in text order.
#[derive(Debug)]
pub(super) struct Words<'a> {
    all: Vec<Word<'a>>,
    text: &'a str,
    /// First word of every sentence, and the end of the last.
    borders: Vec<usize>,
    /// Where the byline stands: its names are nobody's antecedents.
    byline: Option<Span>,
}

impl<'a> Words<'a> {
    /// The words of the sentences of `reading`.
    pub(super) fn new(reading: &Reading<'a>, quotes: &[Quote]) -> Self {
        let mut words = Self { all: Vec::new(), text: reading.doc.text(), borders: Vec::new(), byline: reading.seg.byline };
        let marks = Marks::find(reading.doc, reading.seg);
        for (index, sentence) in reading.seg.sentences.iter().enumerate() {
            words.borders.push(words.all.len());
            let first = words.all.len();
            for at in sentence.tokens.clone() {
                let Some(token) = reading.seg.tokens.get(at) else { break };
                let (mut span, mut upos) = (token.span, reading.encoding.upos(at));
                if let Some(before) =
                    words.all.get(first..).and_then(<[Word<'_>]>::last).filter(|before| goes_on(before, reading.slice(span), span))
                {
                    (span, upos) = (before.span.cover(span), before.upos);
                    words.all.pop();
                }
                let text = reading.slice(span);
                words.all.push(Word {
                    text,
                    lower: text.to_lowercase(),
                    span,
                    sentence: index,
                    paragraph: sentence.paragraph,
                    upos,
                    is_quoted: marks.enclosing(span.start()).any(|pair| pair.inner.contains(span)),
                });
            }
        }
        words.borders.push(words.all.len());
        for span in quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).flat_map(|quote| &quote.content) {
            let range = words.within(*span);
            words.all.get_mut(range).into_iter().flatten().for_each(|word| word.is_quoted = true);
        }
        words
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// The word at `index` in lower case; empty where there is none.
    pub(super) fn lower(&self, index: usize) -> &str {
        self.all.get(index).map_or("", |word| &word.lower)
    }

    /// The word before `index` in lower case, if the sentence has one.
    pub(super) fn lower_before(&self, index: usize) -> &str {
        index.checked_sub(1).filter(|&before| self.sentence(before) == self.sentence(index)).map_or("", |before| self.lower(before))
    }

    /// The word at `index` as written; empty where there is none.
    pub(super) fn text(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |word| word.text)
    }

    /// The tag of the word at `index`.
    pub(super) fn upos(&self, index: usize) -> Upos {
        self.all.get(index).map_or(Upos::X, |word| word.upos)
    }

    /// The sentence of the word at `index`; the number of sentences where there is none.
    pub(super) fn sentence(&self, index: usize) -> usize {
        self.all.get(index).map_or(self.borders.len(), |word| word.sentence)
    }

    /// The paragraph of the word at `index`.
    pub(super) fn paragraph(&self, index: usize) -> usize {
        self.all.get(index).map_or(usize::MAX, |word| word.paragraph)
    }

    /// The words of the sentence that holds the word at `index`.
    pub(super) fn sentence_range(&self, index: usize) -> Range<usize> {
        let sentence = self.sentence(index);
        match (self.borders.get(sentence), self.borders.get(sentence + 1)) {
            (Some(&start), Some(&end)) => start..end,
            _ => index..index,
        }
    }

    /// The words of the paragraph that holds the word at `index`.
    pub(super) fn paragraph_range(&self, index: usize) -> Range<usize> {
        let paragraph = self.paragraph(index);
        let start = self.all.partition_point(|word| word.paragraph < paragraph);
        start..self.all.partition_point(|word| word.paragraph <= paragraph)
    }

    /// Whether the word stands in the byline.
    pub(super) fn is_in_byline(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|word| self.byline.is_some_and(|byline| byline.contains(word.span)))
    }

    /// Whether the word stands in a dateline: *PORT SELWYN, Nov 14 (Reuters) -* is where and who reports.
    pub(super) fn is_in_dateline(&self, index: usize) -> bool {
        let sentence = self.sentence_range(index);
        let ends_so = sentence.end.checked_sub(1).is_some_and(|last| matches!(self.text(last), "-" | "–" | "—" | "--"));
        ends_so && sentence.len() <= LONGEST_DATELINE && self.paragraph_range(index).start == sentence.start
    }

    /// Whether the word stands inside quotation marks.
    pub(super) fn is_quoted(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|word| word.is_quoted)
    }

    /// Whether the word starts with a capital letter.
    pub(super) fn is_capital(&self, index: usize) -> bool {
        self.text(index).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the word holds no letter and no digit, or does not exist.
    pub(super) fn is_punctuation(&self, index: usize) -> bool {
        !self.text(index).chars().any(char::is_alphanumeric)
    }

    /// Whether the word is a possessive ending.
    pub(super) fn is_possessive(&self, index: usize) -> bool {
        matches!(self.lower(index), "’s" | "'s" | "’" | "'") && index > 0 && self.adjoins(index)
    }

    /// Whether the word is cut off the one before, and no possessive ending: *’re*, *n’t*.
    pub(super) fn is_clitic(&self, index: usize) -> bool {
        let has_apostrophe = self.text(index).contains(['’', '\'']) && !self.is_punctuation(index);
        has_apostrophe && index > 0 && self.adjoins(index) && !self.is_punctuation(index - 1) && !self.is_possessive(index)
    }

    /// The word before `at` and a parenthesis there: *Ana Lind (林安娜) and*.
    pub(super) fn before_parenthesis(&self, at: usize) -> Option<usize> {
        let before = at.checked_sub(1)?;
        let open = || (before.saturating_sub(4)..before).rev().find(|&at| self.text(at) == "(");
        (self.text(before) == ")").then(open).flatten().unwrap_or(at).checked_sub(1)
    }

    /// The word after a parenthesis at `at`; `at` where none opens.
    pub(super) fn after_parenthesis(&self, at: usize) -> usize {
        let close = || (at..at + 5).find(|&at| self.text(at) == ")");
        (self.text(at) == "(").then(close).flatten().map_or(at, |close| close + 1)
    }

    /// The words that overlap a span.
    pub(super) fn within(&self, span: Span) -> Range<usize> {
        let start = self.all.partition_point(|word| word.span.end() <= span.start());
        let end = self.all.partition_point(|word| word.span.start() < span.end());
        start..end.max(start)
    }

    /// The bytes of a range of words; empty for an empty range.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        match (self.all.get(range.start), range.end.checked_sub(1).and_then(|last| self.all.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The text of a range of words as it stands, with single spaces.
    pub(super) fn phrase(&self, range: &Range<usize>) -> String {
        let text = self.text.get(self.span(range).range()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether no white space stands before the word.
    fn adjoins(&self, index: usize) -> bool {
        match (index.checked_sub(1).and_then(|before| self.all.get(before)), self.all.get(index)) {
            (Some(before), Some(word)) => before.span.end() == word.span.start(),
            _ => false,
        }
    }
}

/// Whether a token of letters that are written without spaces goes on with the word before.
fn goes_on(before: &Word<'_>, text: &str, span: Span) -> bool {
    let is_unspaced = |text: &str| text.chars().all(|ch| ch.is_alphabetic() && !ch.is_lowercase() && !ch.is_uppercase());
    before.span.end() == span.start() && is_unspaced(before.text) && is_unspaced(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;

    fn words_of(text: &str) -> Vec<String> {
        let annotated = Annotated::new(text);
        let words = Words::new(&annotated.reading(), &[]);
        (0..words.len()).map(|index| words.text(index).to_owned()).collect()
    }

    #[test]
    fn keeps_initials_and_hyphens_and_splits_possessives() {
        assert_eq!(
            words_of("Gov. J. D. O’Neil’s 60-year-old co-founder, the U.S.’s Kim Jae-ho"),
            ["Gov.", "J.", "D.", "O’Neil", "’s", "60-year-old", "co-founder", ",", "the", "U.S.", "’s", "Kim", "Jae-ho"]
        );
        assert_eq!(words_of("the ministers’ plan."), ["the", "ministers", "’", "plan", "."]);
        assert_eq!(words_of("They’re here (林安娜)."), ["They", "’re", "here", "(", "林安娜", ")", "."]);
    }

    #[test]
    fn knows_words_inside_marks() {
        let annotated = Annotated::new("“Rates rise,” she said.\nHe left.");
        let words = Words::new(&annotated.reading(), &[]);
        let quoted: Vec<_> = (0..words.len()).filter(|&at| words.is_quoted(at)).map(|at| words.text(at)).collect();
        assert_eq!(quoted, ["Rates", "rise", ","]);
        assert_eq!(words.sentence_range(words.len() - 1).len(), 3);
    }
}
