//! Sources that the quotation stage cuts short or misses, and persons that the text introduces late.

use super::{Case, quotes_of};
use crate::speakers::SpeakerResolver;
use crate::{EntityLabel, ParagraphKind, SpeakerKind, Upos};

/// A case with its speakers in order of quotation.
type Row<'a> = (&'a str, &'a str, &'a str, &'a [(&'a str, &'a str, &'a str)], &'a [&'a str]);

/// Text, persons, organizations, quotations, speakers.
fn check(rows: &[Row<'_>]) {
    for &(text, persons, organizations, quotes, expected) in rows {
        let case = Case { persons, organizations, quotes, ..Case::text(text) };
        assert_eq!(case.speakers(), expected, "{text}");
    }
}

#[test]
fn a_cut_source_is_read_with_the_name_beside_it() {
    check(&[
        (
            "The Tide Society met. Its president, Owen Gale, said dykes leak.",
            "Owen Gale",
            "Tide Society",
            &[("Its president", "said", "dykes leak")],
            &["Owen Gale"],
        ),
        (
            "Its secretary, the former judge Dame Ada Holm, said dykes leak.",
            "Ada Holm",
            "",
            &[("Its secretary", "said", "dykes leak")],
            &["Ada Holm"],
        ),
        (
            "A survey by Dyke Watch, a group that counts leaks, says dykes leak.",
            "",
            "Dyke Watch",
            &[("a group that counts leaks", "says", "dykes leak")],
            &["Dyke Watch"],
        ),
        (
            "Dr Ada Holm, Director, Dyke Centre: “All dykes leak.”",
            "Ada Holm",
            "Dyke Centre",
            &[("Dyke Centre", "", "“All dykes leak.”")],
            &["Ada Holm"],
        ),
        // The minister is not the party after the comma.
        (
            "In talks with Dyke Watch, a minister said dykes leak.",
            "",
            "Dyke Watch",
            &[("a minister", "said", "dykes leak")],
            &["a minister"],
        ),
    ]);
}

#[test]
fn a_second_verb_has_the_subject_of_the_first() {
    check(&[
        ("Ada Holm, who came late, praised the new dyke.", "Ada Holm", "", &[("", "praised", "the new dyke")], &["Ada Holm"]),
        (
            "Owen Gale left. Ada Holm was late and noted that dykes leak.",
            "Owen Gale|Ada Holm",
            "",
            &[("", "noted", "dykes leak")],
            &["Ada Holm"],
        ),
        // Nobody says so.
        ("Ada Holm came. It was noted that dykes leak.", "Ada Holm", "", &[("", "noted", "dykes leak")], &["-"]),
    ]);
}

#[test]
fn a_title_in_marks_names_the_document() {
    check(&[
        (
            "Its report, “Dry Feet, Wet Cellars”, says dykes leak.",
            "",
            "",
            &[("Its report", "says", "dykes leak")],
            &["Dry Feet, Wet Cellars"],
        ),
        (
            "“Price of Mud”, an evaluation, came out. The study says dykes leak.",
            "",
            "",
            &[("The study", "says", "dykes leak")],
            &["Price of Mud"],
        ),
    ]);
}

#[test]
fn a_lead_takes_its_name_from_the_next_sentence() {
    let text = "The dyke minister has warned that dykes leak. “They always did,” Ada Holm told reporters.";
    let quotes = [("The dyke minister", "warned", "dykes leak"), ("Ada Holm", "told", "“They always did,”")];
    let case = Case { persons: "Ada Holm", quotes: &quotes, ..Case::text(text) };
    assert_eq!(case.speakers(), ["Ada Holm", "Ada Holm"]);
    assert_eq!(case.resolve().speakers[0].roles[0].role, "dyke minister");
    // Somebody else was named before, so the minister may be anyone.
    let text = "Owen Gale came. The dyke minister has warned that dykes leak. “They always did,” Ada Holm told reporters.";
    let case = Case { persons: "Ada Holm|Owen Gale", quotes: &quotes, ..Case::text(text) };
    assert_ne!(case.speakers()[0], "Ada Holm");
}

#[test]
fn contractions_are_pronouns() {
    check(&[(
        "The Dyke Watch members met. They’re saying dykes leak.",
        "",
        "Dyke Watch",
        &[("They’re", "saying", "dykes leak")],
        &["Dyke Watch"],
    )]);
}

#[test]
fn a_possessor_that_opens_the_sentence_before_is_the_next_pronoun() {
    check(&[(
        "“No,” said Rowan Pike. Sky Lund’s plan is small. She hopes that dykes hold.",
        "Rowan Pike|Sky Lund",
        "",
        &[("Rowan Pike", "said", "“No,”"), ("She", "hopes", "dykes hold")],
        &["Rowan Pike", "Sky Lund"],
    )]);
}

#[test]
fn an_i_outside_marks_is_the_author_or_the_labelled_speaker() {
    let labelled = Case {
        persons: "Ada Holm|Owen Gale",
        quotes: &[("I", "think", "dykes leak")],
        ..Case::text("Owen Gale: And the dykes?\nAda Holm: I think dykes leak.")
    };
    assert_eq!(labelled.speakers(), ["Ada Holm"]);
    let article = Case { quotes: &[("I", "think", "dykes leak")], ..Case::text("On dykes\n\nBy Ada Holm\n\nI think dykes leak.") };
    let mut annotated = article.annotate();
    let byline =
        annotated.seg.paragraphs.iter().find(|paragraph| annotated.doc.slice(paragraph.span).starts_with("By")).map(|line| line.span);
    annotated.seg.byline = byline;
    for paragraph in annotated.seg.paragraphs.iter_mut().filter(|paragraph| Some(paragraph.span) == byline) {
        paragraph.kind = ParagraphKind::Byline;
    }
    let attribution = SpeakerResolver::new().resolve(&annotated.reading(), &[], &quotes_of(&annotated));
    assert_eq!(super::names(&attribution), ["Ada Holm"]);
    let nobody = Case { quotes: &[("I", "think", "dykes leak")], ..Case::text("I think dykes leak.") };
    assert_eq!(nobody.speakers(), ["-"]);
}

#[test]
fn a_place_with_a_noun_for_a_body_is_that_body() {
    let case = Case {
        places: "Vik",
        persons: "Ada Holm",
        quotes: &[("The Vik government", "denied", "any leak"), ("The government", "said", "dykes hold")],
        ..Case::text("The Vik government denied any leak. The government said dykes hold, and its dyke secretary, Ada Holm, left.")
    };
    let annotated = case.annotate().tags(&[("denied", Upos::Verb)]);
    let attribution = SpeakerResolver::new().resolve(&annotated.reading(), &[], &quotes_of(&annotated));
    assert_eq!(super::names(&attribution), ["Vik government", "Vik government"]);
    assert_eq!(attribution.speakers[0].kind, SpeakerKind::Organization);
    assert!(annotated.encoding.entities.iter().any(|entity| entity.label == EntityLabel::Location), "the model's label stays");
}
