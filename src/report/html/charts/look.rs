//! How charts look: one configuration for the pictures, one for the files that others restyle.

use serde_json::{Value, json};

/// Colours that colour-blind readers tell apart (Okabe and Ito 2008, *Color Universal Design*), the darker ones first.
pub(super) const QUOTE_COLOURS: [&str; 3] = ["#0072B2", "#E69F00", "#009E73"];

/// Colours of kinds of speakers, as of [`QUOTE_COLOURS`].
pub(super) const VOICE_COLOURS: [&str; 5] = ["#0072B2", "#D55E00", "#CC79A7", "#56B4E9", "#999999"];

/// The colour of a single series.
pub(super) const ACCENT: &str = "#0072B2";

/// The width of a chart in the page's layout; its height follows from what it shows.
pub(super) const WIDTH: usize = 720;

/// The configuration of the pictures. Lines and letters take the colour of the page around them, light or dark; a picture that stands alone
/// is black on nothing.
pub(in crate::report::html) fn config() -> Value {
    let ink = "currentColor";
    json!({
        "background": null,
        "font": "Helvetica, Arial, sans-serif",
        "aria": false,
        "view": { "stroke": null },
        "axis": {
            "labelColor": ink, "titleColor": ink, "tickColor": ink, "domainColor": ink, "gridColor": ink, "gridOpacity": 0.15,
            "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 260, "domainOpacity": 0.4,
            "tickOpacity": 0.4, "titlePadding": 8
        },
        "axisY": { "labelPadding": 6 },
        "legend": {
            "labelColor": ink, "titleColor": ink, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "orient": "top",
            "direction": "horizontal", "symbolType": "square"
        },
        "header": { "labelColor": ink, "titleColor": ink },
        "title": { "color": ink },
        "text": { "fill": ink, "fontSize": 11 },
        "rule": { "color": ink },
    })
}
