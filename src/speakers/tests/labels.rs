//! Whom the labels of a transcript stand for: a person the article names, or somebody unnamed.

use super::names;
use crate::speakers::{SpeakerKind, SpeakerResolver};
use crate::testing::Annotated;
use crate::{Attribution, EntityLabel, QuoteExtractor};

fn resolved(annotated: &Annotated) -> Attribution {
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    SpeakerResolver::new().resolve(&annotated.reading(), &[], &quotes)
}

#[test]
fn labels_find_who_is_named_and_leave_the_others_unnamed() {
    let text = "Minister Ana Lind met the press in Vik with Bo Dahl, the mayor.\n\nMS. LIND: The ferry will run.\n\nQ: When?\n\n\
        THE MINISTER: In May.\n\nMR. DAHL: We hope so.\n\nSENIOR MINISTRY OFFICIAL: It will.\n\nPARTICIPANT: Who pays?\n\n\
        SENIOR MINISTRY OFFICIAL: We all do.\n\nQ: Sure?\n\nTHE MAYOR: Yes.";
    // The encoder takes capitals for a body now and then.
    let annotated = Annotated::new(text).entity("Ana Lind", EntityLabel::Person).entity("Bo Dahl", EntityLabel::Person);
    let attribution = resolved(&annotated.entity("DAHL", EntityLabel::Organization));
    let official = "SENIOR MINISTRY OFFICIAL";
    let expected = ["Ana Lind", "Q", "Ana Lind", "Bo Dahl", official, "PARTICIPANT", official, "Q", "Bo Dahl"];
    assert_eq!(names(&attribution), expected);
    let unnamed = attribution.speakers.iter().filter(|speaker| speaker.kind == SpeakerKind::Unnamed);
    assert_eq!(unnamed.map(|speaker| speaker.name.as_str()).collect::<Vec<_>>(), ["Q", official, "PARTICIPANT"]);
}

#[test]
fn whom_a_turn_speaks_of_does_not_take_its_label() {
    let text = "President Ana Lind met the press in Vik.\n\nTHE PRESIDENT: The quay was built by President Mira Soto. She was right.\n\n\
        Q: And the ferry?\n\nTHE PRESIDENT: It will run in May.";
    let annotated = Annotated::new(text).entity("Ana Lind", EntityLabel::Person).entity("Mira Soto", EntityLabel::Person);
    assert_eq!(names(&resolved(&annotated)), ["Ana Lind", "Q", "Ana Lind"]);
}

#[test]
fn block_quotations_go_to_whom_their_introduction_names() {
    let text = "# The harbour\n\nAna Lind, the minister of ports, came to Vik. On Friday she wrote in a letter:\n\n\
        > The ferry will run in May.\n>\n> The quay is safe.\n\nBo Dahl read it.";
    let annotated = Annotated::markdown(text).entity("Ana Lind", EntityLabel::Person).entity("Bo Dahl", EntityLabel::Person);
    assert_eq!(names(&resolved(&annotated)), ["Ana Lind"]);
}
