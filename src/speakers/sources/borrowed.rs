//! Quotations whose source names nobody: who goes on speaking, and whose *I* or *we* it is.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{dialogue, subject};
use crate::speakers::referents::{Mention, Referents};
use crate::speakers::rule::{Rule, Rules};
use crate::speakers::word_view::Words;
use crate::{Quote, QuoteKind};

/// Longer lines before a colon are no labels of a transcript, in words.
const LONGEST_LABEL: usize = 8;
/// Quotations before one without a speaker that are looked through for one who goes on.
const REACH: usize = 8;

/// What the rules read that borrow a speaker.
#[derive(Debug, Clone, Copy)]
pub(in crate::speakers) struct Borrowing<'a> {
    pub(in crate::speakers) words: &'a Words<'a>,
    pub(in crate::speakers) referents: &'a Referents,
    pub(in crate::speakers) quotes: &'a [Quote],
    /// The words of each quotation's source.
    pub(in crate::speakers) sources: &'a BTreeMap<usize, Range<usize>>,
    /// The quotations whose source is *I*, *we* or *you*.
    pub(in crate::speakers) first_persons: &'a [usize],
    /// The words of the byline.
    pub(in crate::speakers) byline: Option<&'a Range<usize>>,
    /// Who is interviewed, where the article is an interview.
    pub(in crate::speakers) interviewed: Option<&'a Mention>,
    /// The speaker of each quotation so far.
    pub(in crate::speakers) speakers: &'a [Option<usize>],
}

/// A speaker from other words than the quotation's source.
#[derive(Debug, Clone)]
pub(in crate::speakers) struct Borrowed {
    pub(in crate::speakers) referent: usize,
    /// The words that name the speaker, where the rule rests on such.
    pub(in crate::speakers) words: Option<Range<usize>>,
}

impl Borrowed {
    /// The one a mention speaks of.
    pub(super) fn named_by(mention: &Mention) -> Self {
        Self { referent: mention.referent, words: Some(mention.words.clone()) }
    }
}

/// Finds the speaker of a quotation that has none.
pub(in crate::speakers) type BorrowRule = fn(&Borrowing<'_>, usize) -> Option<Borrowed>;

/// The rules for quotations without a speaker: every pass goes through all of them before the next one starts, and within a pass the
/// first rule that finds somebody decides.
pub(in crate::speakers) const PASSES: [&[(Rule, BorrowRule)]; 3] = [
    // What the quotation's own sentence says comes before anything borrowed from others, for all of them: later passes borrow from it.
    &[(Rule::Subject, subject::of_the_verb)],
    &[
        // Who speaks around an *I* is settled, whoever spoke before.
        (Rule::QuotedSelf, enclosing),
        // A colon points at its quotation; nobody who spoke before goes on over it.
        (Rule::BeforeColon, before_colon),
        // Questions and answers show who does not go on.
        (Rule::Alternates, dialogue::alternates),
        (Rule::Interviewed, dialogue::answered),
        (Rule::SameParagraph, same_paragraph),
        (Rule::ParagraphBefore, paragraph_before),
    ],
    &[
        // A label is about its paragraph, the byline about the whole article.
        (Rule::LabelledSelf, labelled),
        (Rule::Interviewed, dialogue::own_answer),
        (Rule::BylineSelf, author),
    ],
];

/// The speaker of a quotation without one by the rules of a pass.
pub(in crate::speakers) fn find(
    pass: &[(Rule, BorrowRule)],
    borrowing: &Borrowing<'_>,
    quote: usize,
    rules: Rules,
) -> Option<(Rule, Borrowed)> {
    rules.first(pass, |rule| rule(borrowing, quote))
}

/// *“I think it rains,” Ana Lima said*: the speaker of the direct quotation whose content holds the source.
fn enclosing(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let source = borrowing.quotes.get(quote)?.source.filter(|_| borrowing.first_persons.contains(&quote))?;
    let holds = |other: &Quote| other.kind != QuoteKind::Indirect && other.content.iter().any(|content| content.contains(source));
    let mut others = borrowing.quotes.iter().enumerate().filter(|&(at, other)| at != quote && holds(other));
    let (outer, _) = others.next_back()?;
    let referent = borrowing.speakers.get(outer).copied().flatten()?;
    Some(Borrowed { referent, words: borrowing.sources.get(&outer).cloned() })
}

/// *Li Na was blunt: “…”*: the first one of the words before the colon.
fn before_colon(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let Borrowing { words, referents, .. } = *borrowing;
    let quote = borrowing.quotes.get(quote).filter(|quote| quote.source.is_none())?;
    let start = words.within(*quote.content.first()?).start;
    let colon = (start.saturating_sub(2)..start).rev().find(|&at| words.text(at) == ":")?;
    let sentence = words.sentence_range(colon);
    (sentence.start..colon).find_map(|at| referents.at(at).filter(|_| !words.is_quoted(at))).map(Borrowed::named_by)
}

/// The one who spoke last goes on in the same paragraph, with indirect words in the same sentence.
fn same_paragraph(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let last = Last::find(borrowing, quote)?;
    let goes_on = last.paragraphs == 0 && (last.own.kind == QuoteKind::Direct || last.is_same_sentence);
    goes_on.then_some(last.speaker)
}

/// The one who spoke last goes on in the next paragraph, both times with direct words.
fn paragraph_before(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let last = Last::find(borrowing, quote)?;
    let goes_on = last.paragraphs == 1 && last.own.kind == QuoteKind::Direct && last.before.kind == QuoteKind::Direct;
    goes_on.then_some(last.speaker)
}

/// The last quotation with a speaker before one without source.
struct Last<'a> {
    own: &'a Quote,
    before: &'a Quote,
    speaker: Borrowed,
    /// Paragraphs between the two.
    paragraphs: usize,
    is_same_sentence: bool,
}

impl<'a> Last<'a> {
    fn find(borrowing: &Borrowing<'a>, quote: usize) -> Option<Self> {
        let words = borrowing.words;
        let own = borrowing.quotes.get(quote).filter(|quote| quote.source.is_none())?;
        let mut earlier = borrowing.quotes.iter().zip(borrowing.speakers).enumerate().take(quote).rev().take(REACH);
        let (at, before, referent) = earlier.find_map(|(at, (before, speaker))| Some((at, before, (*speaker)?)))?;
        let start = words.within(*own.content.first()?).start;
        let last = words.within(*before.content.last()?).end.checked_sub(1)?;
        let paragraphs = words.paragraph(start).checked_sub(words.paragraph(last))?;
        let speaker = Borrowed { referent, words: borrowing.sources.get(&at).cloned() };
        Some(Self { own, before, speaker, paragraphs, is_same_sentence: words.sentence(start) == words.sentence(last) })
    }
}

/// Whether the source of a quotation is an *I* outside quotation marks; gives its place.
pub(super) fn own_self(borrowing: &Borrowing<'_>, quote: usize) -> Option<usize> {
    let words = borrowing.words;
    let source = borrowing.sources.get(&quote)?;
    let is_first = source.len() == 1 && matches!(words.lower(source.start), "i" | "me" | "my") && !words.is_quoted(source.start);
    is_first.then_some(source.start)
}

/// *Lima: I think …*: the speaker whose label opens the paragraph.
fn labelled(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    let Borrowing { words, referents, .. } = *borrowing;
    let at = own_self(borrowing, quote)?;
    let start = words.paragraph_range(at).start;
    let colon = (start..at).take(LONGEST_LABEL).find(|&at| words.text(at) == ":")?;
    (start..colon).find_map(|at| referents.person_at(at)).map(Borrowed::named_by)
}

/// The article's one author.
fn author(borrowing: &Borrowing<'_>, quote: usize) -> Option<Borrowed> {
    own_self(borrowing, quote)?;
    let names = borrowing.byline.into_iter().cloned().flatten().filter_map(|at| borrowing.referents.person_at(at));
    let mut authors: Vec<&Mention> = names.collect();
    authors.dedup_by_key(|name| name.referent);
    match authors[..] {
        [only] => Some(Borrowed::named_by(only)),
        _ => None,
    }
}
