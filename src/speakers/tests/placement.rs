//! Bodies that roles are held in, where they stand apart from the role or under another name; persons that *named* introduces.

use super::Case;
use crate::SpeakerKind;

/// `name: role @ body` of every role of the speakers.
fn roles(text: &str, persons: &str, organizations: &str, places: &str, quotes: &[(&str, &str, &str)]) -> Vec<String> {
    let found = Case { text, persons, organizations, places, quotes }.resolve();
    let line = |speaker: &crate::Speaker, role: &crate::Role| {
        format!("{}: {} @ {}", speaker.name, role.role, role.affiliation.as_deref().unwrap_or("-"))
    };
    found.speakers.iter().flat_map(|speaker| speaker.roles.iter().map(|role| line(speaker, role)).collect::<Vec<_>>()).collect()
}

#[test]
fn fields_stand_before_the_body() {
    let cases = [
        ("Ana Lind, lecturer in public health at the University of Vik, said no.", "lecturer in public health @ University of Vik"),
        ("Ana Lind, chief economist for Nordland at the bank Acme Trust, said no.", "chief economist for Nordland @ Acme Trust"),
        ("Ana Lind, director (cardiology), Acme Trust, said no.", "director @ Acme Trust"),
        ("Senior economist Ana Lind at the investment bank Acme Trust said no.", "senior economist @ Acme Trust"),
    ];
    for (text, expected) in cases {
        let found = roles(text, "Ana Lind", "University of Vik|Acme Trust", "Nordland", &[("Ana Lind", "said", "no")]);
        assert_eq!(found, [format!("Ana Lind: {expected}")], "{text}");
    }
}

#[test]
fn acronyms_and_nouns_stand_for_the_full_name() {
    let union = "The Union of Weavers (UOW) met. UOW spokesperson Ana Lind said no.";
    let found = roles(union, "Ana Lind", "Union of Weavers|UOW", "", &[("Ana Lind", "said", "no")]);
    assert_eq!(found, ["Ana Lind: spokesperson @ Union of Weavers"]);
    let museum = "The Museum of the Sea opened. Museum curator Ana Lind said no.";
    let found = roles(museum, "Ana Lind", "Museum of the Sea", "", &[("Ana Lind", "said", "no")]);
    assert_eq!(found, ["Ana Lind: curator @ Museum of the Sea"]);
}

#[test]
fn titles_for_several_pass_parentheses_and_keep_their_place() {
    let text = "Vik City councilors Ana Lind (林安娜) and Bo Dahl (達爾) came. Lind said no. Dahl said yes.";
    let quotes = [("Lind#1", "said", "no"), ("Dahl#1", "said#1", "yes")];
    let found = roles(text, "Ana Lind|Bo Dahl|Lind|Dahl", "", "Vik City", &quotes);
    assert_eq!(found, ["Ana Lind: councilor @ Vik City", "Bo Dahl: councilor @ Vik City"]);
}

#[test]
fn named_introduces_a_person() {
    let text = "An elderly farmer named Sin came. An elderly farmer named Sin said no. She said yes.";
    let quotes = [("An elderly farmer named Sin#1", "said", "no"), ("She", "said#1", "yes")];
    let found = Case { text, quotes: &quotes, ..Case::text("") }.speakers();
    assert_eq!(found, ["Sin", "Sin"]);
}

#[test]
fn descriptions_find_the_one_body_that_fits() {
    let union = "The National Union of Weavers met. The trade union said no.";
    let case =
        Case { text: union, organizations: "National Union of Weavers", quotes: &[("The trade union", "said", "no")], ..Case::text("") };
    assert_eq!(case.speakers(), ["National Union of Weavers"]);
    let health = "The World Health League met. The global health body on Saturday said no.";
    let quotes = [("The global health body on Saturday", "said", "no")];
    let case = Case { text: health, organizations: "World Health League", quotes: &quotes, ..Case::text("") };
    assert_eq!(case.speakers(), ["World Health League"]);
}

#[test]
fn texts_are_documents_and_places_that_speak_are_flagged() {
    let report = Case { text: "A report said no.", quotes: &[("A report", "said", "no")], ..Case::text("") }.resolve();
    assert_eq!((report.speakers[0].kind, report.speakers[0].is_metonym), (SpeakerKind::Document, false));
    let place = Case { text: "Nordland said no.", places: "Nordland", quotes: &[("Nordland", "said", "no")], ..Case::text("") }.resolve();
    assert_eq!((place.speakers[0].kind, place.speakers[0].is_metonym), (SpeakerKind::Organization, true));
}
