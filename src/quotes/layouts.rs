//! Quotations that the layout shows: lists of speakers, transcripts, block quotations, headlines. Texts written for these tests.

use super::QuoteExtractor;
use super::constructions::{NONE, assert_table, table};
use crate::testing::Annotated;
use crate::{AttributionLabel, EntityLabel, QuoteKind, Span, Upos};

/// A text in which the two people of these tests are labelled.
fn people(annotated: Annotated) -> Annotated {
    annotated.entity("Ana Lind", EntityLabel::Person).entity("Bo Dahl", EntityLabel::Person)
}

#[test]
fn lists_of_speakers_need_no_word_of_saying() {
    let quoted = "“The new ferry is a promise kept.”";
    let cases = [
        ("Ana Lind, Minister of Ports: “The new ferry is a promise kept.”", "Ana Lind, Minister of Ports"),
        ("- Ana Lind, Minister of Ports: “The new ferry is a promise kept.”", "Ana Lind, Minister of Ports"),
        ("• Ana Lind – “The new ferry is a promise kept.”", "Ana Lind"),
        ("Vik tourism board chair Ana Lind (Vik): “The new ferry is a promise kept.”", "Vik tourism board chair Ana Lind"),
        ("Harbour Pilots of Vik — “The new ferry is a promise kept.”", "Harbour Pilots of Vik"),
        ("“The new ferry is a promise kept.” — Ana Lind, Minister of Ports", "Ana Lind, Minister of Ports"),
        ("“The new ferry is a promise kept.”\n\n— Ana Lind, Minister of Ports", "Ana Lind, Minister of Ports"),
        ("“The new ferry is a promise kept.” -- Ana Lind.", "Ana Lind"),
    ];
    for (text, source) in cases {
        assert_table(&people(Annotated::new(text)), &[&format!("direct | {quoted} | - | {source}")]);
    }
    let markdown = "The ministers spoke.\n\n- **Ana Lind**, *Minister of Ports*: “The new ferry is a *promise* kept.”\n\
        - ***Bo Dahl:*** *“We waited long for it.”*\n";
    let expected =
        [format!("direct | {quoted} | - | Ana Lind, Minister of Ports"), "direct | “We waited long for it.” | - | Bo Dahl".to_owned()];
    assert_eq!(table(&people(Annotated::markdown(markdown))), expected);
}

#[test]
fn a_listed_quotation_may_have_several_parts() {
    let several = people(Annotated::new("Ana Lind: “We came early today.” “We left late.”"));
    assert_table(&several, &["direct | “We came early today.” ‖ “We left late.” | - | Ana Lind"]);
    let carried = people(Annotated::new("It rained.\n\nAna Lind, mayor: “We came early today.\n\n“We left late.”\n\nIt rained on."));
    assert_table(&carried, &["direct | “We came early today. ‖ “We left late.” | - | Ana Lind, mayor"]);
}

#[test]
fn the_model_keeps_its_own_sources_of_lists() {
    let text = "Ana Lind, Minister of Ports: “The new ferry is a promise kept.”";
    let found = people(Annotated::new(text)).attribution(("Ana Lind", 0), (":", 0), &[("The new ferry is a promise kept.", 0)]);
    assert_table(&found, &["direct | “The new ferry is a promise kept.” | : | Ana Lind"]);
    let unlinked = people(Annotated::new(text)).label(("“The new ferry is a promise kept.”", 0), AttributionLabel::Content);
    assert_table(&unlinked, &["direct | “The new ferry is a promise kept.” | - | Ana Lind, Minister of Ports"]);
    let wide = people(Annotated::new(text)).label((text, 0), AttributionLabel::Content);
    assert_table(&wide, &["direct | “The new ferry is a promise kept.” | - | Ana Lind, Minister of Ports"]);
}

#[test]
fn labels_that_name_nobody_list_nothing() {
    let texts = [
        "Note: “The ferry runs on Sundays too.”",
        "Best Film: “The ferry that never came back.”",
        "The sign at the old quay: “The ferry runs on Sundays too.”",
        "Ana Lind: “Long Water”",
        "Ana Lind, Bo Dahl: “Long Water and Other Harbour Songs.”",
        "“The ferry runs on Sundays too.” — and then it left.",
    ];
    for text in texts {
        assert_table(&people(Annotated::new(text)), &[]);
    }
}

#[test]
fn turns_of_an_interview_belong_to_their_labels() {
    let text = "The mayor of Vik spoke to us in May.\n\nQ: When will the ferry run?\n\nA: In May.\n\nI promise it.\n\n\
        Q: Who pays for it?\n\nA: We all do.\n\nAnd gladly so.\n\nThis interview was shortened.";
    let expected = [
        "direct | When will the ferry run? | - | Q",
        "direct | In May. ‖ I promise it. | - | A",
        "direct | Who pays for it? | - | Q",
        "direct | We all do. ‖ And gladly so. | - | A",
    ];
    assert_table(&Annotated::new(text), &expected);
    let wide = text.replace("Q: ", "Q\u{a0}\u{a0} ").replace("A: ", "MS. LIND:\u{a0} ");
    assert_table(&Annotated::new(&wide), &expected.map(|line| line.replace("| A", "| MS. LIND")).each_ref().map(String::as_str));
    let named = text.replace("Q: ", "**Interviewer:** ").replace("A: ", "**Ana Lind:** ");
    let shown = expected.map(|line| line.replace("| A", "| Ana Lind").replace("| Q", "| Interviewer"));
    assert_table(&people(Annotated::markdown(&named)), &shown.each_ref().map(String::as_str));
}

#[test]
fn labels_may_stand_alone_or_with_remarks() {
    let text = "THE PRESIDENT (through an interpreter):\n\nWe will rebuild the quay.\n\n(Applause.)\n\nIt is time.\n\n\
        Q What will it cost?\n\nTHE PRESIDENT: Ten million. (Laughter.)\n\nAIDE: Thank you all.";
    let expected = [
        "direct | We will rebuild the quay. ‖ It is time. | - | THE PRESIDENT",
        "direct | What will it cost? | - | Q",
        "direct | Ten million. (Laughter.) | - | THE PRESIDENT",
        "direct | Thank you all. | - | AIDE",
    ];
    assert_table(&Annotated::new(text), &expected);
}

#[test]
fn what_stands_inside_a_turn_is_the_turn() {
    let text = "Q: Did Bo Dahl say “wait for the winter”?\nMS. LIND: Bo Dahl said the quay was closed.\nQ: Is it?\nMS. LIND: No.";
    let annotated = Annotated::new(text).attribution(("Bo Dahl", 0), ("say", 0), &[("“wait for the winter”", 0)]).attribution(
        ("Bo Dahl", 1),
        ("said", 0),
        &[("the quay was closed", 0)],
    );
    let expected = [
        "direct | Did Bo Dahl say “wait for the winter”? | - | Q",
        "direct | Bo Dahl said the quay was closed. | - | MS. LIND",
        "direct | Is it? | - | Q",
        "direct | No. | - | MS. LIND",
    ];
    assert_table(&annotated, &expected);
}

#[test]
fn ordinary_labels_make_no_transcript() {
    let texts = [
        "Note: The ferry is late.\n\nUpdate: The ferry has come.\n\nNote: It left again.\n\nUpdate: It is lost.",
        "Myth: The ferry is old.\n\nFact: It is new.\n\nMyth: The quay is wet.\n\nFact: The quay is dry.",
        "Monday: The ferry ran.\n\nTuesday: The ferry stood.\n\nWednesday: The ferry ran.",
        "MS. LIND: The ferry ran.\n\nShe then left the quay.\n\nQ: Why is that?",
        "A. The ferry ran on.\n\nB. The ferry stood still.\n\nA. It ran again.\n\nA. It stood again.",
        "Where to go: The quay is best.\n\nHow to go: The ferry is best.\n\nWhere to go: The island is next.",
        "# Harbour: a history\n\nThe quay is old.\n\n## Harbour: the ferry\n\nThe ferry is new.\n\n## Harbour: the pilots\n\nThey came.",
    ];
    for text in texts {
        assert_table(&Annotated::markdown(text), &[]);
    }
}

#[test]
fn a_heading_ends_a_turn() {
    let text =
        "Q: When will it run?\n\nMS. LIND: In May.\n\nQ: Who pays?\n\nMS. LIND: We do.\n\n## About the ferry\n\nIt was built in Vik.";
    let lines = table(&Annotated::markdown(text));
    assert_eq!(lines.last().map(String::as_str), Some("direct | We do. | - | MS. LIND"));
}

#[test]
fn block_quotations_have_their_source_before_them() {
    let quoted = "> We will not wait for another winter.\n>\n> The quay is ours.\n\nThen it rained.";
    let content = "We will not wait for another winter. ‖ The quay is ours.";
    let cases = [
        ("In May Ana Lind wrote in the letter:", "wrote | Ana Lind"),
        ("It rained. In the end, she said:", "said | she"),
        ("The letter to the islanders read:", "read | The letter to the islanders"),
        ("Ana Lind wrote to the ministry on Friday.", "wrote | Ana Lind"),
        ("Ana Lind on the winter:", "- | Ana Lind"),
        ("The harbour was empty on Friday.", "- | -"),
    ];
    for (lead, parts) in cases {
        let annotated = people(Annotated::markdown(&format!("# The harbour\n\n{lead}\n\n{quoted}")));
        assert_table(&annotated, &[&format!("direct | {content} | {parts}")]);
    }
    let labelled = people(Annotated::markdown(&format!("The islanders put it in these words:\n\n{quoted}")))
        .label(("The islanders", 0), AttributionLabel::Source)
        .label(("put", 0), AttributionLabel::Cue);
    assert_table(&labelled, &[&format!("direct | {content} | put | The islanders")]);
}

#[test]
fn block_quotations_have_their_source_behind_them() {
    let cases = [
        "> We will not wait for another winter.\n>\n> — Ana Lind, mayor of Vik",
        "> We will not wait for another winter.  \n> — *Ana Lind, mayor of Vik*",
        "> *We will not wait for another winter.* — Ana Lind, mayor of Vik",
        "> We will not wait for another winter.\n\n— Ana Lind, mayor of Vik\n\nThen it rained.",
        "> **Ana Lind, mayor of Vik:** We will not wait for another winter.",
    ];
    for source in cases {
        let annotated = people(Annotated::markdown(&format!("The harbour was empty on Friday.\n\n{source}\n")));
        assert_table(&annotated, &["direct | We will not wait for another winter. | - | Ana Lind, mayor of Vik"]);
    }
}

#[test]
fn block_quotations_take_in_what_the_model_finds_there() {
    let text = "Ana Lind wrote:\n\n> The ministry said the quay was closed. Nobody believed it.";
    let annotated = people(Annotated::markdown(text))
        .attribution(("The ministry", 0), ("said", 0), &[("the quay was closed", 0)])
        .label(("wrote", 0), AttributionLabel::Cue);
    assert_table(&annotated, &["direct | The ministry said the quay was closed. Nobody believed it. | wrote | Ana Lind"]);
    let linked = people(Annotated::markdown(text)).attribution(("Ana Lind", 0), ("wrote", 0), &[("Nobody believed it", 0)]);
    assert_table(&linked, &["direct | The ministry said the quay was closed. Nobody believed it. | wrote | Ana Lind"]);
}

#[test]
fn boxes_and_excerpts_are_no_block_quotations() {
    let boxes =
        ["> [!NOTE]\n> The ferry is late today.", "> **Note:** The ferry is late today.", "> [picture](a.png)", "> — Ana Lind, mayor"];
    for source in boxes {
        assert_table(&people(Annotated::markdown(&format!("It rained all day.\n\n{source}\n"))), &[]);
    }
    let excerpt = "It rained all day.\n\n> “We will not wait,” said Ana Lind. It rained.\n";
    let annotated = people(Annotated::markdown(excerpt)).attribution(("Ana Lind", 0), ("said", 0), &[("“We will not wait,”", 0)]);
    assert_table(&annotated, &["direct | “We will not wait,” | said | Ana Lind"]);
}

#[test]
fn headlines_say_who_says_what() {
    let body = "The ferry of Vik was built in a yard on the mainland, and it has run for twenty years without a fault.";
    let cases = [
        ("Ana Lind: Ferry will run by May", "indirect | Ferry will run by May | - | Ana Lind"),
        ("Ferry will run by May: Ana Lind", "indirect | Ferry will run by May | - | Ana Lind"),
        ("Harbour Board: Ferry to run by May", "indirect | Ferry to run by May | - | Harbour Board"),
        ("Ana Lind: Quay grows old", "indirect | Quay grows old | - | Ana Lind"),
        ("Harbour Minister: Ferry Will Run by May", "indirect | Ferry Will Run by May | - | Harbour Minister"),
        ("Ferry will run by May: Vik mayor", "indirect | Ferry will run by May | - | Vik mayor"),
        ("Harbour Board: A ferry and its pilots", ""),
        ("Ana Lind: A life at sea", ""),
        ("Vik: Ferry will run by May", ""),
        ("Ana Lind: Will the ferry run?", ""),
    ];
    for (title, expected) in cases {
        let annotated = people(Annotated::new(&format!("{title}\n\n{body}"))).entity("Harbour Board", EntityLabel::Organization);
        let expected: Vec<&str> = Some(expected).filter(|line| !line.is_empty()).into_iter().collect();
        assert_table(&annotated.tags(&[("grows", Upos::Verb)]), &expected);
    }
}

#[test]
fn sentences_in_marks_of_any_family_are_recovered() {
    let pairs = [("“", "”"), ("\"", "\""), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("``", "''"), ("「", "」"), ("『", "』")];
    for (open, close) in pairs {
        let content = format!("{open}The ferry will run again in May,{close}");
        let annotated = people(Annotated::new(&format!("{content} said Ana Lind. It rained.")));
        assert_table(&annotated, &[&format!("direct | {content} | said | Ana Lind")]);
    }
}

#[test]
fn a_quotation_inside_a_quotation_is_listed_once() {
    let text = "“The mayor said, ‘The ferry will run again in May.’ I believed it,” said Bo Dahl.";
    let annotated = people(Annotated::new(text));
    assert_table(&annotated, &["direct | “The mayor said, ‘The ferry will run again in May.’ I believed it,” | said | Bo Dahl"]);
    let labelled = people(Annotated::new(text))
        .attribution(("The mayor", 0), ("said", 0), &[("‘The ferry will run again in May.’", 0)])
        .attribution(("Bo Dahl", 0), ("said", 1), &[("“The", 0), ("I believed it,”", 0)]);
    for quote in QuoteExtractor::new().extract(&labelled.reading()) {
        assert!(quote.content.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    }
}

#[test]
fn titles_nicknames_and_scare_quotes_are_not_recovered() {
    let texts = [
        "Joe “Lucky” Tan said nothing at all.",
        "She said the film “Long Water” was long.",
        "A so-called “green zone” was set up, he said.",
        "Tan, known as “the fox of the harbour”, retired.",
        "Her song “When the Ferry Comes Home Again” was played.",
    ];
    for text in texts {
        assert_table(&Annotated::new(text), &[]);
    }
}

#[test]
fn works_and_notices_are_no_quotations_whatever_their_cue() {
    let cases = [
        ("Joe “Lucky” Tan sang “When the Ferry Comes Home” at the quay.", "sang", "“When the Ferry Comes Home”", 0),
        ("Joe Tan sang that “the ferry never comes home”.", "sang", "that “the ferry never comes home”", 1),
        ("Note: “The timetable may change without notice.”", "Note", "“The timetable may change without notice.”", 0),
        ("It is of note: “The timetable may change.”", "note", "“The timetable may change.”", 1),
    ];
    for (text, cue, content, count) in cases {
        let annotated = Annotated::new(text).attribution(NONE, (cue, 0), &[(content, 0)]);
        assert_eq!(table(&annotated).len(), count, "{text}");
    }
}

#[test]
fn layouts_slice_back_and_keep_their_order() {
    let text = "Ana Lind: Ferry will run by May\n\nAna Lind wrote in the letter:\n\n> We will wait no longer.\n\n\
        - Bo Dahl, pilot: “The ferry is a promise kept.”\n\nQ: When?\n\nMS. LIND: In May.\n\nQ: Sure?\n\nMS. LIND: Yes.";
    let annotated = people(Annotated::markdown(text)).attribution(NONE, NONE, &[("When?", 0)]);
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    let spans: Vec<Span> = quotes.iter().flat_map(|quote| quote.content.clone()).collect();
    assert_eq!(quotes.len(), 7, "{:?}", table(&annotated));
    assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    assert!(quotes.iter().skip(1).all(|quote| quote.kind == QuoteKind::Direct && quote.confidence > 0.6));
    assert!(quotes.iter().enumerate().all(|(at, quote)| quote.id == format!("q{}", at + 1)));
}

/// All tables, for the walk over the rules.
pub(super) const TABLES: &[fn()] = &[
    lists_of_speakers_need_no_word_of_saying,
    a_listed_quotation_may_have_several_parts,
    the_model_keeps_its_own_sources_of_lists,
    labels_that_name_nobody_list_nothing,
    turns_of_an_interview_belong_to_their_labels,
    labels_may_stand_alone_or_with_remarks,
    what_stands_inside_a_turn_is_the_turn,
    ordinary_labels_make_no_transcript,
    a_heading_ends_a_turn,
    block_quotations_have_their_source_before_them,
    block_quotations_have_their_source_behind_them,
    block_quotations_take_in_what_the_model_finds_there,
    boxes_and_excerpts_are_no_block_quotations,
    headlines_say_who_says_what,
    sentences_in_marks_of_any_family_are_recovered,
    a_quotation_inside_a_quotation_is_listed_once,
    titles_nicknames_and_scare_quotes_are_not_recovered,
    works_and_notices_are_no_quotations_whatever_their_cue,
    layouts_slice_back_and_keep_their_order,
];
