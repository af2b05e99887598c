//! Each construction of the annotation guide, on sentences written for these tests.

use super::QuoteExtractor;
use crate::testing::Annotated;
use crate::{AttributionLabel, CueClass, EntityLabel, QuoteKind};

/// `kind | content ‖ content | cue | source` of every quotation.
pub(super) fn table(annotated: &Annotated) -> Vec<String> {
    super::rules_needed::note(annotated);
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    let text = |span| annotated.doc.slice(span);
    let line = |quote: &crate::Quote| {
        let kind = match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        };
        let content: Vec<&str> = quote.content.iter().map(|&span| text(span)).collect();
        format!("{kind} | {} | {} | {}", content.join(" ‖ "), quote.cue.map_or("-", text), quote.source.map_or("-", text))
    };
    quotes.iter().map(line).collect()
}

pub(super) fn assert_table(annotated: &Annotated, expected: &[&str]) {
    assert_eq!(table(annotated), expected, "{}", annotated.doc.text());
}

pub(super) type Part = (&'static str, usize);
pub(super) const NONE: Part = ("", 0);

#[test]
fn tells_direct_indirect_and_mixed() {
    let cases: [(&str, Part, Part, &str, &str); 6] = [
        ("“The ferry will run,” said Ana Lind.", ("Ana Lind", 0), ("said", 0), "“The ferry will run,”", "direct"),
        ("Ana Lind said that the ferry will run.", ("Ana Lind", 0), ("said", 0), "that the ferry will run", "indirect"),
        ("Ana Lind said it was “a gift to every islander”.", ("Ana Lind", 0), ("said", 0), "it was “a gift to every islander”", "mixed"),
        ("Ana Lind said the “blue economy” would grow.", ("Ana Lind", 0), ("said", 0), "the “blue economy” would grow", "indirect"),
        ("Ana Lind called it “a lifeline”.", ("Ana Lind", 0), ("called", 0), "it “a lifeline”", "indirect"),
        ("‘The voters’ choice is plain,’ Ana Lind said.", ("Ana Lind", 0), ("said", 0), "‘The voters’ choice is plain,’", "direct"),
    ];
    for (text, source, cue, content, kind) in cases {
        let annotated = Annotated::new(text).attribution(source, cue, &[(content, 0)]);
        assert_table(&annotated, &[&format!("{kind} | {content} | {} | {}", cue.0, source.0)]);
    }
}

#[test]
fn mends_borders() {
    let cases = [
        // text, content as the model has it, content as it should be
        ("“The ferry will run,” said Ana Lind.", "The ferry will run", "“The ferry will run,”"),
        ("“The ferry will run,” said Ana Lind.", "The ferry will run,”", "“The ferry will run,”"),
        ("“The ferry will run,” said Ana Lind.", "“The ferry will run", "“The ferry will run,”"),
        ("\"The ferry will run,\" said Ana Lind.", "The ferry will run,", "\"The ferry will run,\""),
        ("``The ferry will run,'' said Ana Lind.", "The ferry will run,", "``The ferry will run,''"),
        ("''The ferry will run,'' said Ana Lind.", "The ferry will run,", "''The ferry will run,''"),
        ("«The ferry will run», said Ana Lind.", "The ferry will run", "«The ferry will run»"),
        ("»The ferry will run«, said Ana Lind.", "The ferry will run", "»The ferry will run«"),
        ("„The ferry will run“, said Ana Lind.", "The ferry will run", "„The ferry will run“"),
        ("「The ferry will run」 said Ana Lind.", "The ferry will run", "「The ferry will run」"),
        ("『The ferry will run』 said Ana Lind.", "The ferry will run", "『The ferry will run』"),
        ("‘It’s the islanders’ ferry,’ said Ana Lind.", "It’s the islanders’ ferry", "‘It’s the islanders’ ferry,’"),
        ("The ferry will run, said Ana Lind.", "The ferry will run,", "The ferry will run"),
        ("Ana Lind said the ferry will run.", "the ferry will run.", "the ferry will run"),
        ("Ana Lind said it was “a gift to every islander”.", "it was “a gift to every", "it was “a gift to every islander”"),
        ("“We heard ‘wait’ too often,” said Ana Lind.", "We heard ‘wait’ too often,", "“We heard ‘wait’ too often,”"),
        ("“We heard “wait” too often,” said Ana Lind.", "We heard “wait” too often,", "“We heard “wait” too often,”"),
    ];
    for (text, wrong, right) in cases {
        let annotated = Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[(wrong, 0)]);
        let contents: Vec<String> = table(&annotated).iter().map(|line| line.split(" | ").nth(1).unwrap_or_default().to_owned()).collect();
        assert_eq!(contents, [right], "{text} / {wrong}");
    }
}

#[test]
fn joins_what_one_pair_of_marks_holds() {
    let text = "“We came early. We left late. We saw nobody,” she said.";
    let annotated = Annotated::new(text).attribution(("she", 0), ("said", 0), &[("“We came early.", 0), ("We saw nobody,”", 0)]);
    assert_table(&annotated, &["direct | “We came early. We left late. We saw nobody,” | said | she"]);
}

#[test]
fn quoted_speech_inside_a_quotation_stays_in_it() {
    let text = "“The mayor told me to wait, and I waited,” she said.";
    let annotated = Annotated::new(text)
        .attribution(("she", 0), ("said", 0), &[("“", 0), ("to wait, and I waited,”", 0)])
        .label(("The mayor", 0), AttributionLabel::Source)
        .label(("told", 0), AttributionLabel::Cue);
    assert_table(&annotated, &["direct | “The mayor told me to wait, and I waited,” | said | she"]);
}

#[test]
fn interrupted_quotations_have_two_spans() {
    let direct = "“The ferry,” Ana Lind said, “will run again.”";
    let annotated = Annotated::new(direct).attribution(("Ana Lind", 0), ("said", 0), &[("“The ferry,”", 0), ("“will run again.”", 0)]);
    assert_table(&annotated, &["direct | “The ferry,” ‖ “will run again.” | said | Ana Lind"]);

    let unlinked = Annotated::new(direct)
        .attribution(("Ana Lind", 0), ("said", 0), &[("“The ferry,”", 0)])
        .label(("“will run again.”", 0), AttributionLabel::Content);
    assert_table(&unlinked, &["direct | “The ferry,” ‖ “will run again.” | said | Ana Lind"]);

    let indirect = "The ferry was safe, he said, and the crew was trained.";
    let parts = [("The ferry was safe", 0), ("and the crew was trained", 0)];
    let annotated = Annotated::new(indirect).attribution(("he", 1), ("said", 0), &parts);
    assert_table(&annotated, &["indirect | The ferry was safe ‖ and the crew was trained | said | he"]);
}

#[test]
fn paragraphs_that_open_again_are_one_quotation() {
    let text = "Ana Lind said: “We came early.\n\n“We saw nobody.\n\n“We left late.”\n\nThe ferry ran on.";
    let all = "direct | “We came early. ‖ “We saw nobody. ‖ “We left late.” | said | Ana Lind";
    let first = Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[("“We came early.", 0)]);
    assert_table(&first, &[all]);
    let apart = Annotated::new(text)
        .attribution(("Ana Lind", 0), ("said", 0), &[("“We came early.", 0)])
        .label(("“We saw nobody.", 0), AttributionLabel::Content)
        .label(("“We left late.”", 0), AttributionLabel::Content);
    assert_table(&apart, &[all]);
}

#[test]
fn a_new_cue_ends_a_carried_quotation() {
    let text = "“We came early,” Ana Lind said. “We saw nobody.\n\n“We left late,” she added.";
    let annotated = Annotated::new(text)
        .attribution(("Ana Lind", 0), ("said", 0), &[("“We came early,”", 0), ("“We saw nobody.", 0)])
        .attribution(("she", 0), ("added", 0), &[("“We left late,”", 0)]);
    let expected = ["direct | “We came early,” ‖ “We saw nobody. | said | Ana Lind", "direct | “We left late,” | added | she"];
    assert_table(&annotated, &expected);
}

#[test]
fn unclosed_marks_stay_in_their_paragraph() {
    let text = "Ana Lind said “we came early and left.\n\nThe crew was glad. “It worked,” said Bo Dahl.";
    let annotated = Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[("we came early and left", 0)]).attribution(
        ("Bo Dahl", 0),
        ("said", 1),
        &[("It worked,", 0)],
    );
    let expected = ["direct | “we came early and left | said | Ana Lind", "direct | “It worked,” | said | Bo Dahl"];
    assert_table(&annotated, &expected);
}

#[test]
fn odd_marks_leave_the_next_quotation_whole() {
    let open = "“We came early, Ana Lind said. “We left late,” Bo Dahl said.";
    let annotated = Annotated::new(open).attribution(("Ana Lind", 0), ("said", 0), &[("We came early,", 0)]);
    let annotated = annotated.attribution(("Bo Dahl", 0), ("said", 1), &[("We left late,", 0)]);
    assert_table(&annotated, &["direct | “We came early | said | Ana Lind", "direct | “We left late,” | said | Bo Dahl"]);
    let closed = "We came early,” Ana Lind said. “We left late,” Bo Dahl said.";
    let annotated = Annotated::new(closed).attribution(("Ana Lind", 0), ("said", 0), &[("We came early", 0)]);
    let annotated = annotated.attribution(("Bo Dahl", 0), ("said", 1), &[("We left late", 0)]);
    assert_table(&annotated, &["indirect | We came early | said | Ana Lind", "direct | “We left late,” | said | Bo Dahl"]);
}

#[test]
fn colon_and_headline_forms_need_no_cue() {
    let release = "Ana Lind, Minister of Ports: “The new ferry is a promise kept.”\nBo Dahl, Mayor of Vik: “We waited long for it.”";
    let annotated = Annotated::new(release)
        .attribution(("Ana Lind, Minister of Ports", 0), NONE, &[("“The new ferry is a promise kept.”", 0)])
        .attribution(("Bo Dahl, Mayor of Vik", 0), NONE, &[("“We waited long for it.”", 0)]);
    let expected = [
        "direct | “The new ferry is a promise kept.” | - | Ana Lind, Minister of Ports",
        "direct | “We waited long for it.” | - | Bo Dahl, Mayor of Vik",
    ];
    assert_table(&annotated, &expected);

    let headline = "Lind: Ferry will run by May";
    let annotated = Annotated::new(headline).attribution(("Lind", 0), NONE, &[("Ferry will run by May", 0)]);
    assert_table(&annotated, &["indirect | Ferry will run by May | - | Lind"]);
}

#[test]
fn according_to_stands_on_either_side() {
    let before = "According to the port authority, traffic fell by a third.";
    let annotated = Annotated::new(before).attribution(("the port authority,", 0), ("According to", 0), &[("traffic fell by a third.", 0)]);
    assert_table(&annotated, &["indirect | traffic fell by a third | According to | the port authority"]);
    let after = "Traffic fell by a third, according to the port authority.";
    let annotated = Annotated::new(after).attribution(("the port authority", 0), ("according to", 0), &[("Traffic fell by a third,", 0)]);
    assert_table(&annotated, &["indirect | Traffic fell by a third | according to | the port authority"]);
}

#[test]
fn participial_cues_share_the_source_of_the_main_clause() {
    let text = "Bo Dahl said the quay was closed, adding that repairs would take a year.";
    let annotated = Annotated::new(text).attribution(("Bo Dahl", 0), ("said", 0), &[("the quay was closed", 0)]).attribution(
        NONE,
        ("adding", 0),
        &[("that repairs would take a year", 0)],
    );
    let expected = ["indirect | the quay was closed | said | Bo Dahl", "indirect | that repairs would take a year | adding | Bo Dahl"];
    assert_table(&annotated, &expected);
}

#[test]
fn missing_links_are_filled_within_the_sentence() {
    let annotated = Annotated::new("The quay was closed, Bo Dahl said.")
        .label(("The quay was closed", 0), AttributionLabel::Content)
        .label(("Bo Dahl", 0), AttributionLabel::Source)
        .label(("said", 0), AttributionLabel::Cue);
    assert_table(&annotated, &["indirect | The quay was closed | said | Bo Dahl"]);
}

#[test]
fn links_over_paragraphs_are_not_believed() {
    let text = "Bo Dahl said nothing.\n\nIt rained.\n\nIt rained again.\n\nThe quay was closed.";
    let annotated = Annotated::new(text).attribution(("Bo Dahl", 0), ("said", 0), &[("The quay was closed", 0)]);
    assert_table(&annotated, &["indirect | The quay was closed | - | -"]);
}

#[test]
fn terms_titles_and_nicknames_are_not_quotations() {
    let cases = [
        ("The so-called “blue economy” is growing.", "“blue economy”"),
        ("Her novel “The Long Quay” sold well.", "“The Long Quay”"),
        ("Bo “the Hammer” Dahl retired.", "“the Hammer”"),
        ("The 'safe zone' was never safe.", "'safe zone'"),
    ];
    for (text, term) in cases {
        let annotated = Annotated::new(text).label((term, 0), AttributionLabel::Content);
        assert_table(&annotated, &[]);
        assert_table(&Annotated::new(text), &[]);
    }
}

#[test]
fn recovers_missed_sentences_in_marks() {
    let after = Annotated::new("“The ferry will run again in May,” said Ana Lind.").entity("Ana Lind", EntityLabel::Person);
    assert_table(&after, &["direct | “The ferry will run again in May,” | said | Ana Lind"]);
    let before = Annotated::new("In the end she said, “The ferry will run again in May.”");
    assert_table(&before, &["direct | “The ferry will run again in May.” | said | she"]);
    let second = Annotated::new("“The quay is safe,” Bo Dahl said. “The ferry will run again in May.”").attribution(
        ("Bo Dahl", 0),
        ("said", 0),
        &[("“The quay is safe,”", 0)],
    );
    assert_table(&second, &["direct | “The quay is safe,” ‖ “The ferry will run again in May.” | said | Bo Dahl"]);
}

#[test]
fn recovers_nothing_without_a_word_of_saying() {
    let texts = [
        "“When the Ferry Comes Back to the Harbour,” a song of 1968, was played.",
        "The sign read like a joke, and “No Dogs” was crossed out.",
        "He reviewed “The ferry will run again in May,” by Ana Lind.",
        "“The ferry will run again in May.",
    ];
    for text in texts {
        assert_table(&Annotated::new(text), &[]);
    }
}

#[test]
fn recovers_nothing_that_a_mended_content_reached() {
    let text = "“We left.”don’t early““,“ “,““We came early and we saw nobody at all.”";
    let annotated = Annotated::new(text).label(("came early and we saw", 0), AttributionLabel::Content);
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    let contents: Vec<crate::Span> = quotes.iter().flat_map(|quote| quote.content.clone()).collect();
    assert!(contents.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{contents:?}");
}

#[test]
fn a_colon_leads_into_the_next_paragraph() {
    let text = "Ana Lind went on:\n\n“The ferry will run again in May.”";
    let expected = ["direct | “The ferry will run again in May.” | went on | Ana Lind"];
    let annotated = Annotated::new(text)
        .label(("Ana Lind", 0), AttributionLabel::Source)
        .label(("went on", 0), AttributionLabel::Cue)
        .label(("“The ferry will run again in May.”", 0), AttributionLabel::Content);
    assert_table(&annotated, &expected);
}

#[test]
fn one_endless_paragraph_takes_linear_time() {
    let text = "“We came early and we left late,” she said. Nobody saw ‘them’ leave the islanders’ quay, \"we\" heard. ".repeat(4000);
    let started = std::time::Instant::now();
    let quotes = QuoteExtractor::new().extract(&Annotated::new(&text).reading());
    assert_eq!(quotes.len(), 4000);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn transcripts_keep_their_speakers() {
    let text = "THE PRESIDENT: We will rebuild the quay.\nQ: When will it open?";
    let annotated = Annotated::new(text).attribution(("THE PRESIDENT", 0), NONE, &[("We will rebuild the quay.", 0)]).attribution(
        ("Q", 0),
        NONE,
        &[("When will it open?", 0)],
    );
    let expected = ["indirect | We will rebuild the quay | - | THE PRESIDENT", "indirect | When will it open? | - | Q"];
    assert_table(&annotated, &expected);
}

#[test]
fn several_quotations_of_a_sentence_keep_their_order_and_ids() {
    let text = "“No,” Ana Lind said, but Bo Dahl said yes.";
    let annotated = Annotated::new(text).attribution(("Bo Dahl", 0), ("said", 1), &[("yes", 0)]).attribution(
        ("Ana Lind", 0),
        ("said", 0),
        &[("“No,”", 0)],
    );
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    let ids: Vec<&str> = quotes.iter().map(|quote| quote.id.as_str()).collect();
    assert_eq!(ids, ["q1", "q2"]);
    assert_table(&annotated, &["direct | “No,” | said | Ana Lind", "indirect | yes | said | Bo Dahl"]);
    assert_eq!(quotes[0].cue_class, Some(CueClass::Speech));
    assert!(quotes.iter().all(|quote| quote.confidence > 0.5 && quote.confidence <= 1.0));
}

#[test]
fn a_passive_without_source_belongs_to_the_content_around_it() {
    let text = "Such a step is expected to calm the islanders, Ana Lind said.";
    let inner = Annotated::new(text).attribution(NONE, ("is expected", 0), &[("Such a step", 0)]);
    let annotated = inner.attribution(("Ana Lind", 0), ("said", 0), &[("to calm the islanders", 0)]);
    assert_table(&annotated, &["indirect | Such a step is expected to calm the islanders | said | Ana Lind"]);
}

#[test]
fn things_made_and_relative_clauses_are_no_quotations() {
    let cases: [(&str, Part, Part, &str, bool); 5] = [
        ("The plan was first proposed by Ana Lind in May.", ("Ana Lind", 0), ("was first proposed", 0), "The plan", false),
        ("One of the plans Ana Lind submitted is about the quay.", ("Ana Lind", 0), ("submitted", 0), "One of the plans", false),
        ("They stand as the backbone of the port.", ("They", 0), ("stand as", 0), "the backbone of the port", false),
        ("The quay will close, Ana Lind said.", ("Ana Lind", 0), ("said", 0), "The quay will close", true),
        ("“The quay will close” Ana Lind said.", ("Ana Lind", 0), ("said", 0), "“The quay will close”", true),
    ];
    for (text, source, cue, content, is_quotation) in cases {
        let annotated = Annotated::new(text).attribution(source, cue, &[(content, 0)]);
        assert_eq!(!table(&annotated).is_empty(), is_quotation, "{text}");
    }
}

#[test]
fn nobody_is_said_to_say_what_the_model_doubts() {
    let mut annotated = Annotated::new("Asked about the quay, officials left.").attribution(NONE, ("Asked", 0), &[("about the quay", 0)]);
    assert_eq!(table(&annotated).len(), 1);
    for run in &mut annotated.encoding.attributions {
        run.score = 0.2;
    }
    assert_eq!(table(&annotated).len(), 0);
}

#[test]
fn contents_on_both_sides_of_a_clause_are_one() {
    let text = "The quay, Ana Lind said, will close in May.";
    let annotated = Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[("The quay", 0)]);
    let annotated = annotated.label(("will close in May", 0), AttributionLabel::Content);
    assert_table(&annotated, &["indirect | The quay ‖ will close in May | said | Ana Lind"]);
}

#[test]
fn a_run_over_two_paragraphs_is_two_contents() {
    let text = "The mayor came.\n\nBo Dahl said the quay was old and wet.\n\nIt would close in May, he added.";
    let wide = "the quay was old and wet.\n\nIt would close in May";
    let annotated = Annotated::new(text).attribution(("Bo Dahl", 0), ("said", 0), &[(wide, 0)]);
    let nth = text.match_indices("he").position(|(at, _)| text.get(at..).is_some_and(|rest| rest.starts_with("he added")));
    let he = ("he", nth.expect("the words stand in the text"));
    let annotated = annotated.label(he, AttributionLabel::Source).label(("added", 0), AttributionLabel::Cue);
    let expected = ["indirect | the quay was old and wet | said | Bo Dahl", "indirect | It would close in May | added | he"];
    assert_table(&annotated, &expected);
}

#[test]
fn an_attribution_between_commas_has_content_before_it() {
    let text = "In winter, she argued, every quay is empty. The ferry, Ana Lind said in May, was safe.";
    let found = Annotated::new(text).attribution(("she", 0), ("argued", 0), &[("every quay is empty", 0)]);
    assert_table(&found, &["indirect | In winter ‖ every quay is empty | argued | she"]);
    let setting = Annotated::new("At a session in January, she argued, every quay was empty.").attribution(
        ("she", 0),
        ("argued", 0),
        &[("every quay was empty", 0)],
    );
    assert_table(&setting, &["indirect | every quay was empty | argued | she"]);
    let dated = Annotated::new(text).attribution(("Ana Lind", 0), ("said", 0), &[("was safe", 0)]);
    assert_table(&dated, &["indirect | was safe | said | Ana Lind"]);
}

#[test]
fn paragraphs_that_open_again_belong_to_the_cue_at_their_end() {
    let text = "Bo Dahl advised the town to wait.\n\n“We came early.\n\n“We left late,” Ana Lind said.";
    let found = Annotated::new(text)
        .attribution(("Bo Dahl", 0), ("advised", 0), &[("the town to wait", 0), ("“We came early.", 0)])
        .attribution(("Ana Lind", 0), ("said", 0), &[("“We left late,”", 0)]);
    let expected = ["indirect | the town to wait | advised | Bo Dahl", "direct | “We came early. ‖ “We left late,” | said | Ana Lind"];
    assert_table(&found, &expected);
}

#[test]
fn the_source_beside_a_cue_speaks_and_nobody_spoken_to_does() {
    let text = "Ana Lind left and Bo Dahl said the ferry would run.";
    let found = Annotated::new(text).label(("Bo Dahl", 0), AttributionLabel::Source).attribution(
        ("Ana Lind", 0),
        ("said", 0),
        &[("the ferry would run", 0)],
    );
    assert_table(&found, &["indirect | the ferry would run | said | Bo Dahl"]);
    let spoken_to = "“The ferry will run again in May,” he shouted to the crowd.";
    let found = Annotated::new(spoken_to).attribution(("the crowd", 0), ("shouted", 0), &[("“The ferry will run again in May,”", 0)]);
    assert!(table(&found).iter().all(|line| !line.ends_with("the crowd")), "{:?}", table(&found));
}

#[test]
fn a_stance_in_the_passive_is_one_and_a_name_in_marks_is_none() {
    let text = "The plan was endorsed by Ana Lind. The bridge was built by Bo Dahl.";
    let found = Annotated::new(text).attribution(("Ana Lind", 0), ("endorsed", 0), &[("The plan", 0)]).attribution(
        ("Bo Dahl", 0),
        ("built", 0),
        &[("The bridge", 0)],
    );
    assert_table(&found, &["indirect | The plan | endorsed | Ana Lind"]);
    let named = Annotated::new("Bo Dahl, better known as “Captain Squid,” left.").attribution(
        NONE,
        ("better known as", 0),
        &[("“Captain Squid,”", 0)],
    );
    assert_table(&named, &[]);
}

#[test]
fn according_to_is_read_where_the_model_passes_it_over() {
    let person = |text: &str| Annotated::new(text).entity("Ana Lind", EntityLabel::Person);
    assert_table(
        &person("However, according to Ana Lind (AL), the quay is safe."),
        &["indirect | the quay is safe | according to | Ana Lind (AL)"],
    );
    assert_table(&person("The quay is safe, according to Ana Lind."), &["indirect | The quay is safe | according to | Ana Lind"]);
    assert_table(&person("The quay was built according to plan, Ana Lind was glad."), &[]);
}

#[test]
fn a_doubtful_content_of_an_unknown_verb_is_dropped() {
    let audit = Annotated::new("Acme has implemented an audit.").attribution(("Acme", 0), ("has implemented", 0), &[("an audit", 0)]);
    let kept = |confidence: f32| {
        let mut annotated = audit.clone();
        annotated.encoding.attributions.iter_mut().for_each(|span| span.score = confidence);
        table(&annotated).len()
    };
    assert_eq!((kept(0.3), kept(1.0)), (0, 1));
}

/// All tables, for the walk over the rules.
pub(super) const TABLES: &[fn()] = &[
    tells_direct_indirect_and_mixed,
    mends_borders,
    joins_what_one_pair_of_marks_holds,
    quoted_speech_inside_a_quotation_stays_in_it,
    interrupted_quotations_have_two_spans,
    paragraphs_that_open_again_are_one_quotation,
    a_new_cue_ends_a_carried_quotation,
    unclosed_marks_stay_in_their_paragraph,
    odd_marks_leave_the_next_quotation_whole,
    colon_and_headline_forms_need_no_cue,
    according_to_stands_on_either_side,
    participial_cues_share_the_source_of_the_main_clause,
    missing_links_are_filled_within_the_sentence,
    links_over_paragraphs_are_not_believed,
    terms_titles_and_nicknames_are_not_quotations,
    recovers_missed_sentences_in_marks,
    recovers_nothing_without_a_word_of_saying,
    recovers_nothing_that_a_mended_content_reached,
    a_colon_leads_into_the_next_paragraph,
    transcripts_keep_their_speakers,
    several_quotations_of_a_sentence_keep_their_order_and_ids,
    a_passive_without_source_belongs_to_the_content_around_it,
    things_made_and_relative_clauses_are_no_quotations,
    nobody_is_said_to_say_what_the_model_doubts,
    contents_on_both_sides_of_a_clause_are_one,
    a_run_over_two_paragraphs_is_two_contents,
    an_attribution_between_commas_has_content_before_it,
    paragraphs_that_open_again_belong_to_the_cue_at_their_end,
    the_source_beside_a_cue_speaks_and_nobody_spoken_to_does,
    a_stance_in_the_passive_is_one_and_a_name_in_marks_is_none,
    according_to_is_read_where_the_model_passes_it_over,
    a_doubtful_content_of_an_unknown_verb_is_dropped,
];
