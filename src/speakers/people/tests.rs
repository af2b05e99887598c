//! Merges on made-up articles, each a list of speakers and of names that the article holds beside them.

use super::*;
use crate::segment::Segmenter;
use crate::{Attribution, Document, Entity, EntityLabel, Role, Span, Speaker};

/// *Ann Lee; mayor @ Vik* is a person with a role; *=Union of Weavers* a body.
fn speaker(text: &str) -> Speaker {
    let mut parts = text.split("; ");
    let name = parts.next().expect("a name");
    let kind = if name.starts_with('=') { SpeakerKind::Organization } else { SpeakerKind::Person };
    let role = |text: &str| {
        let (role, body) = text.split_once(" @ ").map_or((text, None), |(role, body)| (role, Some(body.to_owned())));
        Role { role: role.to_owned(), affiliation: body, span: Span::new(0, 1) }
    };
    Speaker { kind, roles: parts.map(role).collect(), ..Speaker::named("s1", name.trim_start_matches('=')) }
}

/// An article of these speakers that names some bodies.
fn article(speakers: &[&str], names: &[&str]) -> Analysis {
    let entity =
        |name: &&str| Entity { id: String::new(), label: EntityLabel::Organization, name: (*name).to_owned(), mentions: Vec::new() };
    let doc = Document::from_text("Nothing here.");
    let (keyphrases, quotes, themes) = Default::default();
    let attribution = Attribution { speakers: speakers.iter().map(|text| speaker(text)).collect(), ..Attribution::default() };
    Analysis {
        seg: Segmenter::new().segment(&doc),
        doc,
        entities: names.iter().map(entity).collect(),
        keyphrases,
        quotes,
        attribution,
        themes,
        passages: Vec::new(),
    }
}

fn gathering() -> PeopleOfRun {
    PeopleOfRun::new(tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap())
}

/// For every speaker of the articles in turn, the place of the first one who is the same.
fn firsts(articles: &[Analysis], merge: PeopleMerge) -> Vec<usize> {
    let mut people = gathering();
    let gathered: Vec<usize> = articles.iter().flat_map(|article| people.add(article).unwrap()).flatten().collect();
    let people = people.settle(merge, tempfile::tempfile().unwrap()).unwrap();
    let numbers: Vec<usize> = gathered.into_iter().filter_map(|at| people.number(at)).collect();
    numbers.iter().map(|at| numbers.iter().position(|other| other == at).expect("itself")).collect()
}

/// Articles of one speaker each, which share nothing else.
fn alone(speakers: &[&str]) -> Vec<Analysis> {
    speakers.iter().map(|text| article(&[text], &[])).collect()
}

/// Articles of one speaker each, all of one story among articles of others.
fn story(speakers: &[&str]) -> Vec<Analysis> {
    let others = (0..20).map(|at| article(&[], &[&format!("Other Body {at}")]));
    speakers.iter().map(|text| article(&[text], &["Harbour Board", "Ferry Line", "Union of Weavers"])).chain(others).collect()
}

#[test]
fn full_names_are_one_where_roles_allow() {
    let cases: &[(&[&str], &[usize])] = &[
        (&["Ann Lee", "Ann Lee; mayor @ Vik", "Ann Lee; former mayor"], &[0, 0, 0]),
        (&["Ann Lee; mayor @ Vik", "Ann Lee; dentist @ Oslo"], &[0, 1]),
        (&["Ann Lee; mayor @ Vik", "Ann Lee; candidate @ Vik Party"], &[0, 0]),
        (&["Orbán Viktor", "Viktor Orban", "VIKTOR ORBÁN; premier"], &[0, 0, 0]),
        (&["Lee", "Lee", "Ann Lee"], &[0, 1, 2]),
        (&["Joe Lee; mayor", "Joseph Lee; mayor", "Joseph Lee; dentist"], &[0, 0, 2]),
        (&["Joe Lee", "Joseph Lee"], &[0, 0]),
        (&["Ann Lee", "Ann B. Lee; minister"], &[0, 0]),
        (&["J. Lee", "James Lee", "Judith Lee"], &[0, 1, 2]),
        (&["Ann Lee; minister", "Ann Lee; official"], &[0, 0]),
    ];
    for (speakers, expected) in cases {
        assert_eq!(firsts(&alone(speakers), PeopleMerge::Likely), *expected, "{speakers:?}");
    }
}

#[test]
fn a_surname_needs_a_role_or_the_same_story() {
    let cases: &[(&[&str], &[usize])] = &[
        (&["Ann Lee; mayor @ Vik", "Lee; mayor"], &[0, 0]),
        (&["Ann Lee; mayor @ Vik", "Lee; mayor @ Oslo"], &[0, 1]),
        (&["Ann Lee; analyst", "Lee; analyst"], &[0, 1]),
        (&["Ann Lee; mayor @ Vik", "Bo Lee; mayor @ Oslo", "Lee; mayor"], &[0, 1, 2]),
        (&["Lee; mayor @ Vik", "Lee; mayor @ Vik"], &[0, 0]),
        (&["Wang; resident", "Wang; resident"], &[0, 1]),
    ];
    for (speakers, expected) in cases {
        assert_eq!(firsts(&alone(speakers), PeopleMerge::Likely), *expected, "{speakers:?}");
    }
    assert_eq!(firsts(&story(&["Ann Lee; mayor @ Vik", "Lee"]), PeopleMerge::Likely), [0, 0]);
    assert_eq!(firsts(&story(&["Ann Lee; mayor @ Vik", "Bo Lee", "Lee"]), PeopleMerge::Likely), [0, 1, 2], "which of the two?");
    assert_eq!(firsts(&story(&["Ann Lee; opposition leader", "Ann Lee; premier"]), PeopleMerge::Likely), [0, 0]);
}

#[test]
fn two_of_one_article_stay_two() {
    let both = article(&["Ann Lee; mayor", "Lee; mayor"], &[]);
    assert_eq!(firsts(&[both], PeopleMerge::Likely), [0, 1]);
}

#[test]
fn strict_keeps_to_full_names() {
    let cases: &[(&[&str], &[usize])] = &[
        (&["Ann Lee; mayor @ Vik", "ANN LEE"], &[0, 0]),
        (&["Ann Lee; mayor @ Vik", "Lee; mayor"], &[0, 1]),
        (&["Ann Lee; mayor", "Ann B. Lee; mayor"], &[0, 1]),
        (&["=NATO", "=NATO", "=Union of Weavers", "=UOW"], &[0, 0, 2, 3]),
    ];
    for (speakers, expected) in cases {
        assert_eq!(firsts(&alone(speakers), PeopleMerge::Strict), *expected, "{speakers:?}");
    }
}

#[test]
fn acronyms_are_the_only_body_that_has_them() {
    let cases: &[(&[&str], &[usize])] = &[
        (&["=Union of Weavers", "=UOW", "=the Union of Weavers"], &[0, 0, 0]),
        (&["=Union of Weavers", "=Union of Welders", "=UOW"], &[0, 1, 2]),
        (&["=NATO", "=NATO"], &[0, 0]),
    ];
    for (speakers, expected) in cases {
        assert_eq!(firsts(&alone(speakers), PeopleMerge::Likely), *expected, "{speakers:?}");
    }
}

#[test]
fn the_fullest_name_is_kept_with_the_others_and_why() {
    let mut people = gathering();
    for article in alone(&["LEE; mayor @ Vik", "Ann Lee; mayor @ Vik; author", "ANN LEE; mayor @ Vik"]) {
        people.add(&article).unwrap();
    }
    let mut people = people.settle(PeopleMerge::Likely, tempfile::tempfile().unwrap()).unwrap();
    assert_eq!(people.len(), 1);
    let person = people.get(0).unwrap();
    assert_eq!((person.name(), person.aliases()), ("Ann Lee", &["LEE".to_owned()][..]));
    assert_eq!(person.roles(), [("mayor".to_owned(), Some("Vik".to_owned())), ("author".to_owned(), None)]);
    let merges: Vec<(&str, &str)> = person.merges().iter().map(|merge| (merge.evidence.name(), merge.name.as_str())).collect();
    assert_eq!(merges, [("surname-role", "Ann Lee"), ("shared-role", "ANN LEE")]);
}
