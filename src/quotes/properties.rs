//! What holds for any text under any labels.

use proptest::prelude::*;

use super::{Applied, ChangeKind, QuoteExtractor};
use crate::quotation_marks::Marks;
use crate::testing::Annotated;
use crate::{AttributionLabel, ContentLinks, CueClass, EntityLabel, LabelledSpan, Span};

const LABELS: [AttributionLabel; 3] = [AttributionLabel::Source, AttributionLabel::Cue, AttributionLabel::Content];

/// Text with many marks, short words and several paragraphs.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("“"),
        Just("”"),
        Just("\""),
        Just("‘"),
        Just("’"),
        Just("'"),
        Just("''"),
        Just("``"),
        Just("«"),
        Just("»"),
        Just("「"),
        Just("」"),
        Just("„"),
        Just(","),
        Just("."),
        Just(":"),
        Just("\n\n“"),
        Just("\n"),
        Just(" "),
        Just(" said "),
        Just(" she "),
        Just("We came "),
        Just("“We came early and we saw nobody at all.”"),
        Just("\n“We left late with the others of the crew."),
        Just("early"),
        Just("voters’ "),
        Just("don’t "),
        Just("é習"),
        Just("6’2”"),
        Just("—"),
        Just("(<tweet id=\"1\">"),
        Just("\n\nQ: "),
        Just("\n\nMS. LIND: "),
        Just("\n\nAna Lind, mayor: "),
        Just("\n\n— Ana Lind"),
        Just("\n\n> "),
        Just("\n\n(Laughter.)\n\n"),
        Just("\n\n# Lind: ")
    ];
    prop_oneof![prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat()), any::<String>()]
}

type RawRun = (usize, usize, usize, f32, Option<(usize, f32)>, Option<(usize, f32)>);

fn runs() -> impl Strategy<Value = Vec<RawRun>> {
    let link = || prop::option::of((0_usize..16, any::<f32>()));
    prop::collection::vec((0_usize..40, 0_usize..8, 0_usize..3, any::<f32>(), link(), link()), 0..14)
}

/// A text, or the file of a Markdown text, with the runs and a few names.
fn labelled(text: &str, is_markdown: bool, runs: &[RawRun]) -> Annotated {
    let annotated = if is_markdown { Annotated::markdown(&format!("It rained.\n\n{text}")) } else { Annotated::new(text) };
    let mut annotated = annotated.entity("Lind", EntityLabel::Person);
    for &(start, length, label, score, source, cue) in runs {
        annotated.encoding.attributions.push(LabelledSpan { label: LABELS[label], tokens: start..start + length, score });
        annotated.encoding.links.push(ContentLinks { source, cue });
    }
    annotated
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn quotations_slice_and_never_overlap(source in texts(), is_markdown: bool, runs in runs()) {
        let annotated = labelled(&source, is_markdown && !source.contains('\0'), &runs);
        let text = annotated.doc.text();
        let (quotes, trail) = QuoteExtractor::new().explain(&annotated.reading());
        let mut contents: Vec<Span> = Vec::new();
        for (quote, changes) in quotes.iter().zip(&trail.quotes) {
            prop_assert!(!quote.rules.is_empty() && quote.rules.is_sorted_by(|a, b| a < b), "{:?}", quote.rules);
            let is_told = |content: &Span| changes.iter().any(|change| {
                matches!(change.kind, ChangeKind::Found | ChangeKind::Moved | ChangeKind::Merged) && change.after == Some(*content)
            });
            prop_assert!(quote.content.iter().all(is_told), "{:?} {:?}", quote, changes);
            prop_assert!(!quote.content.is_empty());
            prop_assert!((0.0..=1.0).contains(&quote.confidence));
            prop_assert_eq!(quote.cue.is_some(), quote.cue_class.is_some());
            let parts = quote.content.iter().chain(&quote.cue).chain(&quote.source);
            for part in parts {
                let slice = text.get(part.range());
                prop_assert!(slice.is_some_and(|slice| !slice.is_empty() && slice == slice.trim()), "{:?} {:?}", part, slice);
            }
            for &content in &quote.content {
                prop_assert!(contents.iter().all(|other| !other.overlaps(content)), "{:?}", content);
                prop_assert!(annotated.seg.paragraphs.iter().any(|paragraph| paragraph.span.contains(content)));
                contents.push(content);
            }
            prop_assert!(quote.content.is_sorted());
        }
        prop_assert!(quotes.is_sorted_by_key(|quote| quote.content[0]));
        let is_dropped = |changes: &Vec<Applied>| changes.last().is_some_and(|change| change.kind == ChangeKind::Dropped);
        prop_assert!(trail.dropped.iter().all(is_dropped) && trail.quotes.len() == quotes.len());
        let again = QuoteExtractor::new().extract(&annotated.reading());
        prop_assert_eq!(quotes, again);
    }

    #[test]
    fn marks_nest_inside_their_paragraphs(text in texts()) {
        let annotated = Annotated::new(&text);
        let marks = Marks::find(&annotated.doc, &annotated.seg);
        for (at, pair) in marks.all().iter().enumerate() {
            prop_assert!(text.get(pair.outer.range()).is_some() && text.get(pair.inner.range()).is_some());
            prop_assert!(pair.outer.contains(pair.inner));
            prop_assert!(annotated.seg.paragraphs.iter().any(|paragraph| paragraph.span.contains(pair.outer)));
            for other in &marks.all()[at + 1..] {
                prop_assert!(!pair.outer.overlaps(other.outer) || pair.outer.contains(other.outer), "{:?} {:?}", pair, other);
            }
        }
    }
}

/// Found by the property above.
#[test]
fn a_single_mark_that_stays_open_ends_with_the_marks_around_it() {
    let annotated = Annotated::new("early''‘“\n'early");
    let marks = Marks::find(&annotated.doc, &annotated.seg);
    let ends: Vec<usize> = marks.all().iter().map(|pair| pair.outer.end()).collect();
    assert!(
        marks.all().len() >= 2
            && marks.all().is_sorted_by(|one, other| !one.outer.overlaps(other.outer) || one.outer.contains(other.outer)),
        "{ends:?}"
    );
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
fn quotations_are_numbered_in_text_order_and_know_what_their_cue_says() {
    let annotated = Annotated::new("“No,” Ana Lind said, but Bo Dahl said yes.")
        .attribution(("Bo Dahl", 0), ("said", 1), &[("yes", 0)])
        .attribution(("Ana Lind", 0), ("said", 0), &[("“No,”", 0)]);
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    let ids: Vec<&str> = quotes.iter().map(|quote| quote.id.as_str()).collect();
    assert_eq!(ids, ["q1", "q2"]);
    assert_eq!(quotes[0].cue_class, Some(CueClass::Speech));
    assert!(quotes.iter().all(|quote| quote.confidence > 0.5 && quote.confidence <= 1.0));
}

#[test]
fn what_a_layout_shows_is_sure() {
    let text = "Ana Lind wrote in the letter:\n\n> We will wait no longer.\n\n- Bo Dahl, pilot: “The ferry is a promise kept.”\n\n\
        Q: When?\n\nMS. LIND: In May.\n\nQ: Sure?\n\nMS. LIND: Yes.";
    let annotated = Annotated::markdown(text).entity("Ana Lind", EntityLabel::Person).entity("Bo Dahl", EntityLabel::Person);
    let quotes = QuoteExtractor::new().extract(&annotated.reading());
    assert_eq!(quotes.len(), 6);
    assert!(quotes.iter().all(|quote| quote.confidence > 0.6));
}

#[test]
fn cases_of_rules_give_quotations_that_fit() {
    for (case, annotated) in crate::testing::labelled_cases() {
        let mut contents: Vec<Span> = Vec::new();
        for content in QuoteExtractor::new().extract(&annotated.reading()).iter().flat_map(|quote| &quote.content) {
            assert!(contents.iter().all(|other| !other.overlaps(*content)), "{}: {}", case.place, case.name);
            contents.push(*content);
        }
    }
}
