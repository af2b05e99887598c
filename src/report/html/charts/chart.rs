//! One chart: its numbers as a table, and the Vega-Lite specification that draws them.

use serde_json::{Map, Value, json};

use super::look::WIDTH;

/// The version of Vega-Lite that specifications are written in.
const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";

/// A chart of the run.
#[derive(Debug)]
pub(in crate::report::html) struct Chart {
    /// The file's name in `charts/`.
    pub(in crate::report::html) name: &'static str,
    pub(in crate::report::html) title: &'static str,
    /// What is counted, and what a reader must not take it for.
    pub(in crate::report::html) caption: String,
    /// The names of the numbers, as readers see them.
    pub(in crate::report::html) columns: Vec<&'static str>,
    /// What is drawn, row by row, and what the table under the chart shows.
    pub(in crate::report::html) rows: Vec<Vec<Value>>,
    /// The Vega-Lite specification without its data.
    drawing: Value,
}

impl Chart {
    /// A chart of `rows`, drawn as `drawing` says; fields have the names of `columns`.
    pub(in crate::report::html) fn new(
        (name, title): (&'static str, &'static str),
        caption: impl Into<String>,
        columns: &[&'static str],
        rows: Vec<Vec<Value>>,
        drawing: Value,
    ) -> Self {
        Self { name, title, caption: caption.into(), columns: columns.to_vec(), rows, drawing }
    }

    /// The whole specification, with the numbers in it.
    pub(in crate::report::html) fn spec(&self) -> Value {
        let row = |row: &Vec<Value>| {
            let fields = self.columns.iter().map(|column| (*column).to_owned()).zip(row.iter().cloned());
            Value::Object(fields.collect::<Map<_, _>>())
        };
        let values: Vec<Value> = self.rows.iter().map(row).collect();
        let mut spec = json!({
            "$schema": SCHEMA,
            "description": format!("{}. {}", self.title, self.caption),
            "width": WIDTH,
            "autosize": { "type": "fit-x", "contains": "padding" },
            "data": { "values": values },
        });
        if let (Some(spec), Some(drawing)) = (spec.as_object_mut(), self.drawing.as_object()) {
            spec.extend(drawing.clone());
        }
        spec
    }

    /// A cell of the table under the chart.
    pub(in crate::report::html) fn shown(value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => match number.as_f64() {
                Some(share) if number.is_f64() => format!("{share:.3}"),
                _ => number.to_string(),
            },
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specification_holds_the_table() {
        let rows = vec![vec![json!("Lee"), json!(3)]];
        let chart = Chart::new(("speakers", "Speakers"), "How often.", &["speaker", "quotations"], rows, json!({ "mark": "bar" }));
        let spec = chart.spec();
        assert_eq!(spec["data"]["values"], json!([{ "speaker": "Lee", "quotations": 3 }]));
        assert_eq!((&spec["mark"], &spec["description"]), (&json!("bar"), &json!("Speakers. How often.")));
        assert_eq!(Chart::shown(&json!(0.25)), "0.250");
    }
}
