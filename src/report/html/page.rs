//! The frame of a page: head with the policy, navigation, views, data and scripts.

use maud::{Markup, PreEscaped, html};

use super::policy::policy;

/// The first bytes of every page sayso writes, by which it knows its own.
pub(super) const MARK: &str = "<!DOCTYPE html><html lang=\"en\" data-sayso-report";

/// The look.
const STYLE: &str = include_str!("assets/report.css");

/// What the page does.
const SCRIPT: &str = include_str!("assets/report.js");

/// Reading an article: marks, speakers, links.
const ARTICLE_SCRIPT: &str = include_str!("assets/article.js");

/// What draws charts.
const VEGA: &str = include_str!("vendor/page.min.js");

/// Whose work that is.
const LICENCES: &str = include_str!("vendor/LICENCES.txt");

/// The views of the page, each with its name in the navigation.
const VIEWS: [(&str, &str); 4] =
    [("overview", "Overview"), ("quotations", "Quotations"), ("speakers", "Speakers"), ("articles", "Articles")];

/// What stands before the articles of the page.
pub(super) fn head_of_report(overview: &Markup) -> String {
    let policy = policy(&[VEGA, ARTICLE_SCRIPT, SCRIPT], &[STYLE]);
    let start = html! {
        (head("Report", &policy))
        a.skip href="#main" { "Skip to the content" }
        header.top {
            p.brand { "sayso" }
            h1 { "Who said what, on which theme" }
            nav aria-label="Views" { @for (view, name) in VIEWS { a href=(format!("#{view}")) { (name) } } }
        }
    };
    let body = html! {
        (overview)
        section.view.needs-script id="quotations" aria-labelledby="quotations-title" { h2 id="quotations-title" { "Quotations" } }
        section.view.needs-script id="speakers" aria-labelledby="speakers-title" { h2 id="speakers-title" { "Speakers" } }
    };
    format!("{}{}<main id=\"main\">{}", start_tag(), start.into_string(), body.into_string())
}

/// The opening of the view of articles, with the list for pages without scripts.
pub(super) fn before_articles(list: &[(String, String)]) -> String {
    let noscript = html! {
        noscript { ol.plain { @for (link, title) in list { li { a href=(link) { bdi { (title) } } } } } }
    };
    let view = html! { h2 id="articles-title" { "Articles" } div id="article-list" {} (noscript) (legend()) };
    format!("<section class=\"view\" id=\"articles\" aria-labelledby=\"articles-title\">{}", view.into_string())
}

/// What stands after the articles, up to the rows of the quotations.
pub(super) fn after_articles(charts: &[(String, String)], lists: &str) -> String {
    let data = html! {
        @for (name, json) in charts { script.chart type="application/json" data-chart=(name) { (PreEscaped(json)) } }
        script id="lists" type="application/json" { (PreEscaped(lists)) }
    };
    format!("</section>{}</main>{}<script id=\"rows\" type=\"application/json\">[", detail_panel().into_string(), data.into_string())
}

/// What stands after the rows.
pub(super) fn end_of_report() -> String {
    let end = html! {
        (footer(true))
        script { (PreEscaped(VEGA)) }
        script { (PreEscaped(ARTICLE_SCRIPT)) }
        script { (PreEscaped(SCRIPT)) }
    };
    format!("]</script>{}</body></html>\n", end.into_string())
}

/// What stands before the articles of a file beside the page.
pub(super) fn head_of_file(number: usize, files: usize) -> String {
    let policy = policy(&[ARTICLE_SCRIPT], &[STYLE]);
    let start = html! {
        (head(&format!("Articles, part {number} of {files}"), &policy))
        header.top {
            p.brand { "sayso" }
            h1 { "Articles, part " (number) " of " (files) }
            nav aria-label="Report" { a href="../report.html#articles" { "Back to the report" } }
        }
    };
    let legend = legend();
    format!("{}{}<main id=\"main\"><section class=\"view\" id=\"articles\">{}", start_tag(), start.into_string(), legend.into_string())
}

/// What stands after the articles of a file beside the page.
pub(super) fn end_of_file() -> String {
    let end = html! { (detail_panel()) (footer(false)) script { (PreEscaped(ARTICLE_SCRIPT)) } };
    format!("</section></main>{}</body></html>\n", end.into_string())
}

fn start_tag() -> String {
    format!("{MARK}>")
}

/// The policy first: it holds for what stands after it.
fn head(title: &str, policy: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (title) " · sayso" }
            style { (PreEscaped(STYLE)) }
        }
        (PreEscaped("<body>"))
    }
}

/// What the marks mean, with a switch for each.
fn legend() -> Markup {
    let layers = [
        ("c d", "direct", true),
        ("c i", "indirect", true),
        ("c x", "mixed", true),
        ("k", "cue", true),
        ("o", "source", true),
        ("e", "entity", false),
        ("t", "words of a theme", false),
    ];
    html! {
        fieldset.legend {
            legend { "Marks" }
            @for (class, name, is_on) in layers {
                @let layer = class.trim_start_matches("c ");
                label { input type="checkbox" data-layer=(layer) checked[is_on]; " " span class=(class) { (name) } }
            }
            span.keys.needs-script { kbd { "j" } " " kbd { "k" } " next, previous quotation · " kbd { "Esc" } " close" }
        }
    }
}

/// Where the details of a quotation are shown.
fn detail_panel() -> Markup {
    html! { aside id="detail" aria-live="polite" aria-label="Quotation" hidden {} }
}

fn footer(has_charts: bool) -> Markup {
    html! {
        footer {
            p { "Written by sayso " (env!("CARGO_PKG_VERSION")) ". The page fetches nothing and runs offline. Everything in it is in the report's tables." }
            @if has_charts { details { summary { "Licences of what draws the charts" } pre { (LICENCES) } } }
        }
    }
}
