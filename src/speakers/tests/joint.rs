//! Two who speak as one, and persons named by age, trade or a list's label.

use super::Case;

fn speakers(text: &str, persons: &str, quotes: &[(&str, &str, &str)]) -> Vec<String> {
    Case { text, persons, quotes, ..Case::text("") }.speakers()
}

#[test]
fn both_and_they_are_the_two_named_before() {
    let both = "Ana Lind came. Bo Dahl came. Both said prices fell.";
    assert_eq!(speakers(both, "Ana Lind|Bo Dahl", &[("Both", "said", "prices fell")]), ["Ana Lind"]);
    let they = "Ana Lind and Bo Dahl left early. They said prices fell.";
    assert_eq!(speakers(they, "Ana Lind|Bo Dahl", &[("They", "said", "prices fell")]), ["Ana Lind"]);
}

#[test]
fn ages_and_trades_name_who_was_just_spoken_of() {
    let age = "Ana Lind, 43, grinds corn. Bo Dahl left. Half is lost, the 43-year-old miller said.";
    assert_eq!(speakers(age, "Ana Lind|Bo Dahl", &[("the 43-year-old miller", "said", "Half is lost")]), ["Ana Lind"]);
    let trade = "Bo Dahl, a beet grower, came. Bo Dahl said yes. The young farmer said prices fell.";
    let quotes = [("Bo Dahl#1", "said", "yes"), ("The young farmer", "said#1", "prices fell")];
    assert_eq!(speakers(trade, "Bo Dahl", &quotes), ["Bo Dahl", "Bo Dahl"]);
}

#[test]
fn the_director_is_not_the_deputy() {
    let text = "Director Ana Lind spoke. Deputy director Bo Dahl spoke. The director said prices fell.";
    assert_eq!(speakers(text, "Ana Lind|Bo Dahl", &[("The director", "said", "prices fell")]), ["Ana Lind"]);
}

#[test]
fn titles_for_two_and_labels_of_lists_are_roles() {
    let roles = |text: &str, persons: &str, quotes: &[(&str, &str, &str)]| -> Vec<String> {
        let found = Case { text, persons, quotes, ..Case::text("") }.resolve();
        found.speakers.iter().flat_map(|speaker| speaker.roles.iter().map(|role| role.role.clone())).collect()
    };
    let two = "Senators Ana Lind and Bo Dahl came. Lind said no. Dahl said yes.";
    let quotes = [("Lind#1", "said", "no"), ("Dahl#1", "said#1", "yes")];
    assert_eq!(roles(two, "Ana Lind|Bo Dahl|Lind|Dahl", &quotes), ["senator", "senator"]);
    let label = "Chairperson: Ms Ana Lind\n\nLind said no.";
    assert_eq!(roles(label, "Ana Lind|Lind", &[("Lind#1", "said", "no")]), ["chairperson"]);
}
