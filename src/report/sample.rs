//! A hand-made analysis for report tests: everything an article can have, in a text with code points of every length.

use std::ops::Range;

use crate::{
    Analysis, Attribution, CueClass, Date, Document, Entity, EntityLabel, EntityMention, Evidence, Keyphrase, KnownPerson, MentionKind,
    Metadata, Office, Paragraph, ParagraphKind, Quote, QuoteKind, QuoteRule, Reason, Role, Section, Segmentation, Segmenter, Span, Speaker,
    SpeakerClass, SpeakerFinding, SpeakerKind, SpeakerMention, SpeakerRule, Theme, Token, TokenKind,
};

const TEXT: &str = "Harbour tax divides Port Élan 🚢\n\
    By Mara Quill\n\
    “The levy,” said Council President Ana Çelik, “will pay for the sea wall.”\n\
    Reaction\n\
    =Fishers disagree. A captain said the tax “kills boats”. It may fail.\n";

/// Finds the `nth` occurrence of some words.
fn find(text: &str, words: &str, nth: usize) -> Span {
    let (start, _) = text.match_indices(words).nth(nth).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn at(words: &str) -> Span {
    find(TEXT, words, 0)
}

/// An article with everything.
pub(super) fn full() -> Analysis {
    named("harbour")
}

/// The same article under another id.
pub(super) fn named(id: &str) -> Analysis {
    let metadata = Metadata::from([("date".to_owned(), "2031-04-05".to_owned()), ("outlet".to_owned(), "The Élan Post".to_owned())]);
    let doc = Document::new(id, format!("{id}.txt"), "ab".repeat(32), TEXT, metadata);
    Analysis {
        seg: segmentation(),
        entities: entities(),
        keyphrases: keyphrases(),
        quotes: quotes(),
        attribution: attribution(),
        themes: themes(),
        passages: vec![],
        doc,
    }
}

/// An article in which nothing was found.
pub(super) fn bare() -> Analysis {
    let doc = Document::from_text("Nothing here.");
    let seg = Segmenter::new().segment(&doc);
    let (entities, keyphrases, quotes, themes, passages) = Default::default();
    Analysis { doc, seg, entities, keyphrases, quotes, attribution: Attribution::default(), themes, passages }
}

/// The same article with words that try to be a page of their own: in the text, the names, the themes and the metadata.
pub(super) fn hostile() -> Analysis {
    let evil = "</script><script>alert(1)</script><img src=x onerror=\"alert(2)\">\u{202E}";
    let text = TEXT.replace("Fishers disagree", &format!("Fishers {evil} disagree"));
    let metadata = Metadata::from(["date", "outlet", "title", "byline"].map(|key| (key.to_owned(), evil.to_owned())));
    let mut analysis = full();
    analysis.doc = Document::new("hostile", "hostile.txt", "ab".repeat(32), text, metadata);
    // The last paragraph is longer now; all that is marked before it stays where it is.
    let end = analysis.doc.text().trim_end().len();
    let grown = |span: Span| Span::new(span.start(), end);
    if let (Some(paragraph), Some(sentence)) = (analysis.seg.paragraphs.last_mut(), analysis.seg.sentences.last_mut()) {
        paragraph.span = grown(paragraph.span);
        sentence.span = grown(sentence.span);
    }
    let start = analysis.doc.text().find("Fishers").unwrap_or_default();
    analysis.quotes.truncate(1);
    analysis.quotes[0].source = Some(Span::new(start, start + "Fishers ".len() + evil.len()));
    analysis.attribution.by_quote.truncate(1);
    analysis.attribution.confidence.truncate(1);
    for speaker in &mut analysis.attribution.speakers {
        speaker.name = evil.to_owned();
        speaker.roles[..].iter_mut().for_each(|role| role.role = evil.to_owned());
    }
    for theme in &mut analysis.themes {
        theme.label = evil.to_owned();
        theme.evidence.clear();
        theme.quotes = vec![0];
    }
    analysis
}

/// An article without a word.
pub(super) fn empty() -> Analysis {
    Analysis { doc: Document::from_text(""), seg: Segmentation::default(), ..bare() }
}

/// The lines of the text are its paragraphs, each one sentence; words stand between spaces.
fn segmentation() -> Segmentation {
    let mut from = 0;
    let words = TEXT.split([' ', '\n']).map(|word| {
        let span = Span::new(from, from + word.len());
        from = span.end() + 1;
        Token { span, kind: TokenKind::Word }
    });
    let tokens = words.filter(|token| !token.span.is_empty());
    let mut seg = Segmentation { tokens: tokens.collect(), ..Segmentation::default() };
    let kinds = [ParagraphKind::Title, ParagraphKind::Byline, ParagraphKind::Body, ParagraphKind::Heading, ParagraphKind::Body];
    for (index, (line, kind)) in TEXT.lines().zip(kinds).enumerate() {
        let (span, section) = (at(line), usize::from(index > 2));
        let tokens: Range<usize> = seg.tokens_in(span);
        seg.paragraphs.push(Paragraph { span, kind, section, sentences: index..index + 1 });
        seg.sentences.push(crate::Sentence { span, paragraph: index, tokens });
    }
    let border = at("Reaction").start();
    seg.title = Some(at("Harbour tax divides Port Élan 🚢"));
    seg.byline = Some(at("By Mara Quill"));
    seg.sections = vec![
        Section { heading: None, span: Span::new(0, border - 1) },
        Section { heading: Some(at("Reaction")), span: Span::new(border, TEXT.len() - 1) },
    ];
    seg
}

fn entities() -> Vec<Entity> {
    let entity = |id: &str, label, name: &str, mentions: &[Span]| Entity {
        id: id.to_owned(),
        label,
        name: name.to_owned(),
        mentions: mentions.iter().map(|&span| EntityMention { span, score: 0.875 }).collect(),
    };
    vec![
        entity("e1", EntityLabel::Location, "Port Élan", &[at("Port Élan")]),
        entity("e2", EntityLabel::Person, "Ana Çelik", &[at("Ana Çelik")]),
    ]
}

fn keyphrases() -> Vec<Keyphrase> {
    vec![
        Keyphrase {
            phrase: "harbour tax".to_owned(),
            acronym: Some("HT".to_owned()),
            label: None,
            score: 0.912_345,
            mentions: vec![at("Harbour tax"), find(TEXT, "the tax", 0)],
        },
        Keyphrase {
            phrase: "Port Élan".to_owned(),
            label: Some(EntityLabel::Location),
            score: 0.5,
            mentions: vec![at("Port Élan")],
            ..Keyphrase::default()
        },
    ]
}

fn quotes() -> Vec<Quote> {
    vec![
        Quote {
            id: "q1".to_owned(),
            kind: QuoteKind::Direct,
            content: vec![at("“The levy,”"), at("“will pay for the sea wall.”")],
            cue: Some(at("said")),
            cue_class: Some(CueClass::Speech),
            source: Some(at("Council President Ana Çelik")),
            confidence: 0.973_21,
            rules: vec![QuoteRule::Model, QuoteRule::WholeMarks],
        },
        Quote {
            id: "q2".to_owned(),
            kind: QuoteKind::Mixed,
            content: vec![at("the tax “kills boats”")],
            cue: Some(find(TEXT, "said", 1)),
            cue_class: Some(CueClass::Speech),
            source: Some(at("A captain")),
            confidence: 0.8,
            rules: vec![QuoteRule::Model],
        },
        Quote {
            id: "q3".to_owned(),
            kind: QuoteKind::Indirect,
            content: vec![at("=Fishers disagree")],
            cue: None,
            cue_class: None,
            source: None,
            confidence: 0.41,
            rules: vec![QuoteRule::Model],
        },
    ]
}

fn attribution() -> Attribution {
    let council = Speaker {
        id: "s1".to_owned(),
        name: "Ana Çelik".to_owned(),
        kind: SpeakerKind::Person,
        is_metonym: false,
        class: Some(SpeakerClass::Politician),
        gender_in_text: None,
        aliases: vec!["Çelik".to_owned()],
        roles: vec![Role { role: "President".to_owned(), affiliation: Some("Council".to_owned()), span: at("Council President") }],
        mentions: vec![SpeakerMention { span: at("Ana Çelik"), kind: MentionKind::Name }],
        known: Some(KnownPerson {
            id: "Q77".to_owned(),
            name: "Ana M. Çelik".to_owned(),
            aliases: vec![],
            offices: vec![Office {
                role: "council president".to_owned(),
                organisation: Some("Port Élan".to_owned()),
                from: Date::new(2029, 1, 2),
                to: None,
            }],
        }),
    };
    let captain = Speaker {
        kind: SpeakerKind::Unnamed,
        mentions: vec![SpeakerMention { span: at("A captain"), kind: MentionKind::Nominal }],
        class: Some(SpeakerClass::Unnamed),
        ..Speaker::named("s2", "A captain")
    };
    Attribution {
        speakers: vec![council, captain],
        by_quote: vec![Some(0), Some(1), None],
        confidence: vec![Some(0.98), Some(0.9), None],
        basis: vec![
            vec![SpeakerFinding { rule: SpeakerRule::Name, span: Some(at("Ana Çelik")) }],
            vec![
                SpeakerFinding { rule: SpeakerRule::NewDescription, span: Some(at("A captain")) },
                SpeakerFinding { rule: SpeakerRule::WholeSubject, span: Some(at("A captain")) },
            ],
            vec![],
        ],
        ..Attribution::default()
    }
}

fn themes() -> Vec<Theme> {
    let taxes = Theme {
        id: "taxes".to_owned(),
        label: "Taxes & levies".to_owned(),
        parent: Some("money".to_owned()),
        sentences: vec![2, 4],
        words: 25,
        share: 1.0,
        quotes: vec![0, 1, 2],
        evidence: vec![
            Evidence { span: at("Reaction"), reason: Reason::Heading },
            Evidence { span: at("levy"), reason: Reason::Term { term: "lev*".to_owned(), probability: Some(0.875) } },
        ],
    };
    let boats = Theme {
        id: "boats".to_owned(),
        label: "Boats".to_owned(),
        parent: None,
        sentences: vec![4],
        words: 11,
        share: 0.44,
        quotes: vec![1],
        evidence: vec![
            Evidence { span: at("boats"), reason: Reason::Keyphrase("boats".to_owned()) },
            Evidence { span: at("the tax “kills boats”"), reason: Reason::Similarity(0.712_345) },
        ],
    };
    let money = Theme { id: "money".to_owned(), label: "Money".to_owned(), parent: None, ..taxes.clone() };
    vec![money, taxes, boats]
}
