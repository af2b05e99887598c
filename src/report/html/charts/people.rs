//! Charts of who is quoted, and how.

use serde_json::{Value, json};

use super::chart::Chart;
use super::look::ACCENT;
use super::{colours, count_axis, name_axis, quote_colours, split_bars, voice_colours};
use crate::SpeakerClass;
use crate::report::html::tally::{QUOTE_KINDS, Tally, VOICE_KINDS};
use crate::report::html::voices::Voice;

/// The most names on an axis.
const MOST: usize = 15;

/// Quotations by how the words are given and by what the speaker is.
pub(super) fn quotations(tally: &Tally) -> Option<Chart> {
    let rows = QUOTE_KINDS.iter().zip(&tally.kinds).flat_map(|(form, kinds)| {
        let row = move |(kind, count): (&&str, &usize)| vec![json!(form), json!(kind), json!(count)];
        VOICE_KINDS.iter().zip(kinds).map(row)
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let mut drawing = split_bars("form", ("quotations", "quotations"), &voice_colours());
    drop_order(&mut drawing);
    (tally.quotes() > 0).then(|| {
        Chart::new(
            ("quotations", "How people are quoted"),
            "Quotations by how the words are given (direct: in quotation marks; indirect: reported; mixed: reported, with some words in quotation \
             marks) and by what the speaker is.",
            &["form", "speaker kind", "quotations"],
            rows,
            drawing,
        )
    })
}

/// The speakers with most quotations.
pub(super) fn speakers(tally: &Tally) -> Option<Chart> {
    let ranked = tally.voices.most_quoted();
    let shown = ranked.iter().take(MOST).filter_map(|&at| tally.voices.all.get(at));
    let rows: Vec<Vec<Value>> = shown.flat_map(speaker_rows).collect();
    let people = ranked.len().min(MOST);
    (!rows.is_empty()).then(|| {
        Chart::new(
            ("speakers", "Who is quoted most"),
            format!("The {people} named speakers with most quotations, each with the first role that an article gives."),
            &["speaker", "form", "quotations", "order"],
            rows,
            split_bars("speaker", ("quotations", "quotations"), &quote_colours()),
        )
    })
}

fn speaker_rows(voice: &Voice) -> Vec<Vec<Value>> {
    let name = if voice.role.is_empty() { voice.name.clone() } else { format!("{}, {}", voice.name, voice.role) };
    let row = |((order, form), count): ((usize, &&str), &usize)| vec![json!(name), json!(form), json!(count), json!(order)];
    QUOTE_KINDS.iter().enumerate().zip(&voice.quotes).map(row).collect()
}

/// The bodies that are quoted most.
pub(super) fn bodies(tally: &Tally) -> Option<Chart> {
    const WAYS: [&str; 2] = ["in its own name", "through its people"];
    let bodies = tally.voices.bodies();
    let shown = bodies.iter().take(MOST).flat_map(|body| {
        let row = |(order, (way, count)): (usize, (&str, usize))| vec![json!(body.name), json!(way), json!(count), json!(order)];
        WAYS.into_iter().zip([body.own, body.through_people]).enumerate().map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = shown.collect();
    (!rows.is_empty()).then(|| {
        Chart::new(
            ("bodies", "Which bodies are quoted most"),
            "Quotations of a body itself, and of people whose role the article gives in it. Names are compared as they are written: two names of \
             one body are two.",
            &["body", "how", "quotations", "order"],
            rows,
            split_bars("body", ("quotations", "quotations"), &colours("how", &WAYS, &["#D55E00", "#0072B2"], "quoted")),
        )
    })
}

/// What kinds of sources are quoted, as studies of source diversity class them.
pub(super) fn classes(tally: &Tally) -> Option<Chart> {
    let names = SpeakerClass::ALL.iter().map(|class| class.name()).chain(["not told"]);
    let rows = names.zip(tally.voices.classes).flat_map(|(name, counts)| {
        let is_shown = counts.iter().any(|count| *count > 0);
        let rows = QUOTE_KINDS.iter().enumerate().zip(counts).filter(move |_| is_shown);
        rows.map(move |((order, form), count)| vec![json!(name), json!(form), json!(count), json!(order)]).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    (!rows.is_empty()).then(|| {
        Chart::new(
            ("classes", "What kinds of sources are quoted"),
            "Officials, politicians, experts and others, by the words of role and body that an article gives (`sayso speaker-classes` prints the \
             table); each quotation counts as its own article tells; \u{201c}not told\u{201d}: persons of whom neither role nor body tells it.",
            &["class", "form", "quotations", "order"],
            rows,
            split_bars("class", ("quotations", "quotations"), &quote_colours()),
        )
    })
}

/// Women and men among the persons quoted, as articles speak of them; nothing where no article says it of anyone.
pub(super) fn women_and_men(tally: &Tally) -> Option<Chart> {
    const SAID: [&str; 5] = ["she", "he", "they", "both, in different articles", "not said"];
    let mut counts = [[0_usize; 2]; 5];
    for called in tally.voices.persons() {
        let at = match called.said {
            [true, false, _] => 0,
            [false, true, _] => 1,
            [false, false, true] => 2,
            [true, true, _] => 3,
            [false, false, false] => 4,
        };
        if let Some([people, quotes]) = counts.get_mut(at) {
            *people += 1;
            *quotes += usize::try_from(called.quotes).unwrap_or(usize::MAX);
        }
    }
    let [she, he, they, both, _] = counts;
    if she[0] + he[0] + they[0] + both[0] == 0 {
        return None;
    }
    let shown = SAID.into_iter().zip(counts).filter(|(_, [people, _])| *people > 0);
    let rows = shown.map(|(said, [people, quotes])| vec![json!(said), json!(people), json!(quotes)]).collect();
    let drawing = json!({
        "height": { "step": 24 },
        "mark": { "type": "bar", "tooltip": true, "color": ACCENT },
        "encoding": { "y": name_axis("the text says"), "x": count_axis("quotations", "quotations of persons") },
    });
    Some(Chart::new(
        ("women_and_men", "Women and men among the people quoted"),
        "As the text says it: by pronouns that refer to the person (found by the program, not free of error) and by titles such as Ms and Mr. \
         Nobody's gender is guessed from a name: those whom no article calls she, he or they are “not said”.",
        &["the text says", "people", "quotations"],
        rows,
        drawing,
    ))
}

/// Takes away the order of parts where the rows have none of their own.
fn drop_order(drawing: &mut Value) {
    if let Some(encoding) = drawing.get_mut("encoding").and_then(Value::as_object_mut) {
        encoding.remove("order");
    }
}
