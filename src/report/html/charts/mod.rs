//! The charts of a run: which there are, and what each shows. A chart that has nothing to say is left out.

mod chart;
mod drawing;
mod look;
mod people;
mod themes;

pub(super) use chart::Chart;
pub(super) use drawing::{Drawing, draw};
pub(super) use look::config;

use serde_json::{Value, json};

use super::tally::Tally;
use look::{QUOTE_COLOURS, VOICE_COLOURS};

/// The names of all charts, each of which a run may have.
pub(super) const NAMES: [&str; 10] = [
    "quotations",
    "speakers",
    "bodies",
    "classes",
    "women_and_men",
    "theme_coverage",
    "themes_by_kind_of_speaker",
    "themes_by_speaker",
    "themes_over_time",
    "themes_by_outlet",
];

/// The charts of a run, in the order of the page.
pub(super) fn all(tally: &Tally) -> Vec<Chart> {
    let charts = [
        people::quotations(tally),
        people::speakers(tally),
        people::bodies(tally),
        people::classes(tally),
        people::women_and_men(tally),
        themes::coverage(tally),
        themes::by_kind_of_speaker(tally),
        themes::by_speaker(tally),
        themes::over_time(tally),
        themes::by_outlet(tally),
    ];
    charts.into_iter().flatten().filter(|chart| !chart.rows.is_empty()).collect()
}

/// A count on the horizontal axis.
fn count_axis(field: &str, title: &str) -> Value {
    json!({ "field": field, "type": "quantitative", "aggregate": "sum", "title": title, "axis": { "tickMinStep": 1, "format": "d" } })
}

/// Names on the vertical axis, in the order of the rows.
fn name_axis(field: &str) -> Value {
    json!({ "field": field, "type": "nominal", "sort": null, "title": null })
}

/// Colours for the members of a closed set, named in its order.
fn colours(field: &str, names: &[&str], colours: &[&str], title: &str) -> Value {
    json!({ "field": field, "type": "nominal", "title": title, "scale": { "domain": names, "range": colours } })
}

/// Bars of a count, one a name, split by a closed set.
fn split_bars(name: &str, count: (&str, &str), split: &Value) -> Value {
    json!({
        "height": { "step": 24 },
        "mark": { "type": "bar", "tooltip": true },
        "encoding": {
            "y": name_axis(name),
            "x": count_axis(count.0, count.1),
            "color": split,
            "order": { "field": "order", "type": "quantitative" },
        },
    })
}

fn quote_colours() -> Value {
    colours("form", &super::tally::QUOTE_KINDS, &QUOTE_COLOURS, "words given")
}

fn voice_colours() -> Value {
    colours("speaker kind", &super::tally::VOICE_KINDS, &VOICE_COLOURS, "kind of speaker")
}
