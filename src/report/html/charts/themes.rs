//! Charts of what is spoken about, by whom, when and where.

use serde_json::{Value, json};

use super::chart::Chart;
use super::look::ACCENT;
use super::{name_axis, voice_colours};
use crate::report::cell::rounded;
use crate::report::html::tally::{CountedTheme, Tally, VOICE_KINDS};

/// The most themes on an axis.
const MOST: usize = 20;

/// The most themes of a grid, and of lines that can be told apart.
const MOST_IN_GRID: usize = 12;
const MOST_LINES: usize = 6;

/// The most speakers or outlets of a grid.
const MOST_ROWS: usize = 15;

fn largest(tally: &Tally, most: usize) -> Vec<&CountedTheme> {
    tally.largest_themes(most).into_iter().filter_map(|at| tally.themes.get(at)).collect()
}

fn share(part: u64, whole: u64) -> f64 {
    rounded(part as f64 / whole.max(1) as f64)
}

/// The share of the words about each theme, with its interval.
pub(super) fn coverage(tally: &Tally) -> Option<Chart> {
    let themes = largest(tally, MOST);
    let total = tally.words;
    let rows = themes.iter().map(|theme| {
        let [interval] = tally.shares.intervals(theme.number);
        let border = |border: Option<f64>| border.map_or(Value::Null, |border| json!(rounded(border)));
        vec![
            json!(theme.label),
            json!(share(theme.words, total)),
            border(interval.map(|interval| interval.low)),
            border(interval.map(|interval| interval.high)),
            json!(theme.articles),
            json!(theme.total_quotes()),
        ]
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let position =
        |field: &str| json!({ "field": field, "type": "quantitative", "axis": { "format": ".0%" }, "title": "share of all words" });
    let drawing = json!({
        "height": { "step": 24 },
        "encoding": { "y": name_axis("theme") },
        "layer": [
            { "mark": { "type": "bar", "color": ACCENT, "opacity": 0.3, "tooltip": true }, "encoding": { "x": position("share") } },
            { "mark": { "type": "rule", "strokeWidth": 2, "tooltip": true }, "encoding": { "x": position("low"), "x2": { "field": "high" } } },
            {
                "mark": { "type": "point", "filled": true, "size": 70, "color": ACCENT, "opacity": 1, "tooltip": true },
                "encoding": { "x": position("share") },
            },
        ],
    });
    (!rows.is_empty()).then(|| {
        Chart::new(
            ("theme_coverage", "How much is about which theme"),
            "Share of the words of the running text that stand in sentences about a theme, largest first. Lines are 95 % intervals (bootstrap over \
             articles): they mean something where the articles are a sample. A sentence may have several themes.",
            &["theme", "share", "low", "high", "articles", "quotations"],
            rows,
            drawing,
        )
    })
}

/// What kinds of speakers are quoted on each theme.
pub(super) fn by_kind_of_speaker(tally: &Tally) -> Option<Chart> {
    let themes: Vec<&CountedTheme> = largest(tally, MOST).into_iter().filter(|theme| theme.total_quotes() > 0).collect();
    let rows = themes.iter().flat_map(|theme| {
        let row = |(kind, count): (&&str, &usize)| vec![json!(theme.label), json!(kind), json!(count)];
        VOICE_KINDS.iter().zip(&theme.quotes).map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    let share = json!({
        "field": "quotations", "type": "quantitative", "aggregate": "sum", "stack": "normalize", "axis": { "format": ".0%" },
        "title": "share of the quotations on the theme"
    });
    let drawing = json!({
        "height": { "step": 24 },
        "mark": { "type": "bar", "tooltip": true },
        "encoding": { "y": name_axis("theme"), "x": share, "color": voice_colours() },
    });
    (!rows.is_empty()).then(|| {
        Chart::new(
            ("themes_by_kind_of_speaker", "Who speaks on what"),
            "Quotations on each theme by what the speaker is. A kind that is missing from a bar is not heard on the theme.",
            &["theme", "speaker kind", "quotations"],
            rows,
            drawing,
        )
    })
}

/// Themes and the speakers with most quotations.
pub(super) fn by_speaker(tally: &Tally) -> Option<Chart> {
    let themes = tally.largest_themes(MOST_IN_GRID);
    let speakers: Vec<_> = tally.voices.most_quoted().into_iter().take(MOST_ROWS).filter_map(|at| tally.voices.all.get(at)).collect();
    let rows = speakers.iter().flat_map(|voice| {
        let row = |&at: &usize| {
            let theme = tally.themes.get(at).map_or("", |theme| theme.label.as_str());
            vec![json!(voice.name), json!(theme), json!(voice.themes.get(&at).copied().unwrap_or(0))]
        };
        themes.iter().map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    (themes.len() > 1 && speakers.len() > 1).then(|| {
        Chart::new(
            ("themes_by_speaker", "Who is heard on which theme, and who is missing"),
            "Quotations of the most quoted speakers on the largest themes; an empty cell is a speaker who is not heard on the theme.",
            &["speaker", "theme", "quotations"],
            rows,
            grid("speaker", "theme", ("quotations", "d")),
        )
    })
}

/// Shares of themes month by month.
pub(super) fn over_time(tally: &Tally) -> Option<Chart> {
    if tally.months.len() < 2 {
        return None;
    }
    let dated: usize = tally.months.values().map(|month| month.articles).sum();
    let themes = largest(tally, MOST_LINES);
    let rows = tally.months.iter().flat_map(|(month, total)| {
        let row = |theme: &&CountedTheme| {
            let words = theme.by_month.get(month).copied().unwrap_or(0);
            vec![json!(month), json!(theme.label), json!(share(words as u64, total.words as u64)), json!(total.articles)]
        };
        themes.iter().map(row).collect::<Vec<_>>()
    });
    let labels: Vec<&str> = themes.iter().map(|theme| theme.label.as_str()).collect();
    let dashes = [vec![1, 0], vec![6, 3], vec![2, 2], vec![10, 4], vec![8, 3, 2, 3], vec![4, 6]];
    let dashes: Vec<_> = dashes.into_iter().take(labels.len()).collect();
    let colours: Vec<&str> = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00"].into_iter().take(labels.len()).collect();
    let drawing = json!({
        "height": 280,
        "mark": { "type": "line", "point": true, "tooltip": true },
        "encoding": {
            "x": { "field": "month", "type": "ordinal", "title": null, "axis": { "labelAngle": -40 } },
            "y": { "field": "share", "type": "quantitative", "axis": { "format": ".0%" }, "title": "share of the month's words" },
            "color": { "field": "theme", "type": "nominal", "title": null, "scale": { "domain": labels, "range": colours }, "legend": { "columns": 3 } },
            "strokeDash": { "field": "theme", "type": "nominal", "title": null, "scale": { "domain": labels, "range": dashes } },
        },
    });
    Some(Chart::new(
        ("themes_over_time", "Coverage over time"),
        format!(
            "Share of each month's words about the largest themes; {dated} of {} articles say their month. Months without an article are not shown.",
            tally.count
        ),
        &["month", "theme", "share", "articles"],
        rows.collect(),
        drawing,
    ))
}

/// Shares of themes outlet by outlet.
pub(super) fn by_outlet(tally: &Tally) -> Option<Chart> {
    if tally.outlets.len() < 2 {
        return None;
    }
    let mut outlets: Vec<_> = tally.outlets.iter().collect();
    outlets.sort_by(|a, b| b.1.words.cmp(&a.1.words).then_with(|| a.0.cmp(b.0)));
    let named: usize = outlets.iter().map(|(_, total)| total.articles).sum();
    let themes = largest(tally, MOST_IN_GRID);
    let rows = outlets.iter().take(MOST_ROWS).flat_map(|(outlet, total)| {
        let row = |theme: &&CountedTheme| {
            let words = theme.by_outlet.get(*outlet).copied().unwrap_or(0);
            vec![json!(outlet), json!(theme.label), json!(share(words as u64, total.words as u64)), json!(total.articles)]
        };
        themes.iter().map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Value>> = rows.collect();
    Some(Chart::new(
        ("themes_by_outlet", "Coverage by outlet"),
        format!("Share of each outlet's words about the largest themes; {named} of {} articles name their outlet.", tally.count),
        &["outlet", "theme", "share", "articles"],
        rows,
        grid("outlet", "theme", ("share", ".0%")),
    ))
}

/// A grid of numbers: the larger, the darker, and written in the cell. Nothing is drawn where the number is 0.
fn grid(row: &str, column: &str, (number, format): (&str, &str)) -> Value {
    let above_none = format!("datum['{number}'] > 0");
    json!({
        "height": { "step": 24 },
        "encoding": {
            "y": name_axis(row),
            "x": { "field": column, "type": "nominal", "sort": null, "title": null, "axis": { "labelAngle": -40, "labelLimit": 160 } },
        },
        "layer": [
            {
                "mark": { "type": "rect", "tooltip": true, "stroke": "#999999", "strokeOpacity": 0.4 },
                "encoding": {
                    "color": { "field": number, "type": "quantitative", "scale": { "range": ["#deebf7", "#08519c"] }, "legend": null },
                    "fillOpacity": { "condition": { "test": above_none, "value": 1 }, "value": 0 },
                },
            },
            {
                "transform": [{ "filter": above_none }, { "joinaggregate": [{ "op": "max", "field": number, "as": "largest" }] }],
                "mark": { "type": "text" },
                "encoding": {
                    "text": { "field": number, "type": "quantitative", "format": format },
                    "color": { "condition": { "test": format!("datum['{number}'] > datum.largest / 2"), "value": "white" }, "value": "black" },
                },
            },
        ],
    })
}
