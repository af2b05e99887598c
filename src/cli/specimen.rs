//! A hand-made analysis for the tests of what is printed.

use sayso::document::{Metadata, Paragraph, ParagraphKind, Section, Segmentation, Sentence, Token, TokenKind};
use sayso::encoder::EntityLabel;
use sayso::entities::EntityMention;
use sayso::lexicon::CueClass;
use sayso::speakers::{Attribution, Role, SpeakerKind};
use sayso::{Analysis, Document, Entity, Keyphrase, Quote, QuoteKind, Span, Speaker, Theme};

const TEXT: &str = "Ferry fares rise\nWhy now\n“We had no choice,” said Ivo Brandt, head of Northline Ferries, “and riders know it.”\n\
    One rider called the rise\u{1b}[31m fair. Costs are up.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn quote(id: &str, kind: QuoteKind, content: &[&str], cue: Option<&str>) -> Quote {
    let (content, cue) = (content.iter().map(|words| span(words)).collect(), cue.map(span));
    Quote { id: id.to_owned(), kind, content, cue, cue_class: Some(CueClass::Speech), source: None, confidence: 0.9, rules: Vec::new() }
}

fn speaker(id: &str, name: &str, kind: SpeakerKind, roles: Vec<Role>) -> Speaker {
    let (id, name, is_metonym, aliases, mentions) = (id.to_owned(), name.to_owned(), false, vec![], vec![]);
    Speaker { id, name, kind, is_metonym, aliases, roles, mentions, known: None, class: None, gender_in_text: None }
}

/// An article with two speakers, an unknown one, and a control character that a terminal would obey.
pub(super) fn analysis() -> Analysis {
    let doc = Document::new("ferry", "ferry.txt", "", TEXT, Metadata::from([("date".to_owned(), "2030-01-02".to_owned())]));
    let tokens: Vec<Token> = TEXT.split_whitespace().map(|word| Token { span: span(word), kind: TokenKind::Word }).collect();
    let section = Section { heading: Some(span("Why now")), span: span("Why now") };
    let body = Span::new(span("“We had").start(), TEXT.len());
    let sentence = Sentence { span: body, paragraph: 0, tokens: 5..tokens.len() };
    let paragraph = Paragraph { span: body, kind: ParagraphKind::Body, section: 0, sentences: 0..1 };
    let title = Some(span("Ferry fares rise"));
    let (sections, paragraphs, sentences) = (vec![section], vec![paragraph], vec![sentence]);
    let seg = Segmentation { title, sections, paragraphs, sentences, tokens, ..Segmentation::default() };
    let role = Role { role: "head".to_owned(), affiliation: Some("Northline Ferries".to_owned()), span: span("head") };
    let speakers =
        vec![speaker("s1", "Ivo Brandt", SpeakerKind::Person, vec![role]), speaker("s2", "One rider", SpeakerKind::Unnamed, vec![])];
    let mention = EntityMention { span: span("Ivo Brandt"), score: 0.9 };
    let entity = Entity { id: "e1".to_owned(), label: EntityLabel::Person, name: "Ivo Brandt".to_owned(), mentions: vec![mention] };
    let phrase = |phrase: &str| Keyphrase { phrase: phrase.to_owned(), score: 1.0, ..Keyphrase::default() };
    let theme = |label: &str, share| Theme {
        id: label.to_owned(),
        label: label.to_owned(),
        sentences: vec![0],
        words: 3,
        share,
        quotes: vec![0, 1],
        parent: None,
        evidence: vec![],
    };
    Analysis {
        quotes: vec![
            quote("q1", QuoteKind::Direct, &["“We had no choice,”", "“and riders know it.”"], Some("said")),
            quote("q2", QuoteKind::Indirect, &["the rise\u{1b}[31m fair"], Some("called")),
            quote("q3", QuoteKind::Indirect, &["Costs are up"], None),
        ],
        attribution: Attribution { speakers, by_quote: vec![Some(0), Some(1), None], ..Attribution::default() },
        entities: vec![entity],
        keyphrases: vec![phrase("ferry fares"), phrase("riders")],
        themes: vec![theme("Transport", 0.62), theme("Cost of living and everyday expenses", 0.08)],
        passages: vec![],
        doc,
        seg,
    }
}
