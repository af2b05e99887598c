//! The page's first view: what was read and what was not, the charts with their numbers, who is heard and who is missing.

use maud::{Markup, PreEscaped, html};

use super::charts::{Chart, Drawing};
use super::tally::{QUOTE_KINDS, Tally, VOICE_KINDS};
use super::visible::visible;

/// The most rows of a table of the overview.
const MOST: usize = 25;

/// The most themes of the table of who is missing, and the most speakers named for one.
const MOST_THEMES: usize = 15;
const MOST_NAMES: usize = 3;

/// The speakers that are looked for on every theme.
const LEADING: usize = 10;

/// The whole view. `pieces` are the charts with their pictures.
pub(super) fn overview(tally: &Tally, pieces: &[(Chart, Drawing)], notes: &[String]) -> Markup {
    html! {
        section.view id="overview" aria-labelledby="overview-title" {
            h2 id="overview-title" { "Overview" }
            (figures(tally))
            @for note in notes { p.note { (note) } }
            (not_read(tally))
            @for (chart, drawing) in pieces { (figure(chart, drawing)) }
            (speakers(tally))
            (heard_and_missing(tally))
        }
    }
}

/// The totals.
fn figures(tally: &Tally) -> Markup {
    let words = usize::try_from(tally.words).unwrap_or(usize::MAX);
    let totals = [
        (tally.count, "article", "articles"),
        (tally.failures, "not read", "not read"),
        (words, "word", "words"),
        (tally.quotes(), "quotation", "quotations"),
        (tally.voices.heard(), "speaker", "speakers"),
        (tally.themes.len(), "theme", "themes"),
    ];
    html! {
        dl.totals {
            @for (count, one, many) in totals {
                div { dt { (if count == 1 { one } else { many }) } dd { (grouped(count)) } }
            }
        }
    }
}

/// What could not be read, and why.
fn not_read(tally: &Tally) -> Markup {
    html! {
        @if !tally.failed.is_empty() {
            h3 { "Not read" }
            div.scroll tabindex="0" role="region" aria-label="Articles that could not be read" {
                table {
                    thead { tr { th scope="col" { "file" } th scope="col" { "why" } } }
                    tbody {
                        @for (path, reason) in &tally.failed {
                            tr { td { bdi { (visible(path)) } } td { (visible(reason)) } }
                        }
                    }
                }
            }
            @if tally.failures > tally.failed.len() { p.note { "and " (grouped(tally.failures - tally.failed.len())) " more: see manifest.json." } }
        }
    }
}

/// A chart: its picture, which scripts replace by a living one, and its numbers.
fn figure(chart: &Chart, drawing: &Drawing) -> Markup {
    html! {
        figure data-chart=(chart.name) {
            figcaption { h3 { (chart.title) } p { (chart.caption) } }
            div.drawing role="img" aria-label=(format!("Chart: {}. The numbers are in the table below it.", chart.title)) {
                div aria-hidden="true" { (PreEscaped(&drawing.svg)) }
            }
            details {
                summary { "Numbers" }
                div.scroll tabindex="0" role="region" aria-label=(format!("{}: numbers", chart.title)) { (numbers(chart)) }
            }
        }
    }
}

fn numbers(chart: &Chart) -> Markup {
    let shown: Vec<usize> = (0..chart.columns.len()).filter(|&at| chart.columns.get(at) != Some(&"order")).collect();
    html! {
        table {
            thead { tr { @for column in shown.iter().filter_map(|&at| chart.columns.get(at)) { th scope="col" { (column) } } } }
            tbody {
                @for row in &chart.rows {
                    tr {
                        @for cell in shown.iter().filter_map(|&at| row.get(at)) {
                            @if cell.is_number() { td.n { (Chart::shown(cell)) } } @else { td { bdi { (Chart::shown(cell)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The most quoted speakers with their roles.
fn speakers(tally: &Tally) -> Markup {
    let ranked = tally.voices.most_quoted();
    html! {
        @if !ranked.is_empty() {
            h3 { "The most quoted speakers" }
            div.scroll tabindex="0" role="region" aria-label="The most quoted speakers" {
                table {
                    thead {
                        tr {
                            th scope="col" { "speaker" } th scope="col" { "role" } th scope="col" { "kind" }
                            @for kind in QUOTE_KINDS { th.n scope="col" { (kind) } }
                            th.n scope="col" { "words" } th.n scope="col" { "articles" }
                        }
                    }
                    tbody {
                        @for voice in ranked.iter().take(MOST).filter_map(|&at| tally.voices.all.get(at)) {
                            tr {
                                td { bdi { (voice.name) } } td { bdi { (voice.role) } }
                                td { (voice.kind.name()) }
                                @for count in voice.quotes { td.n { (count) } }
                                td.n { (grouped(voice.words)) } td.n { (voice.articles) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// For each large theme who is heard most, and which kinds and leading speakers are not.
fn heard_and_missing(tally: &Tally) -> Markup {
    let leading: Vec<usize> = tally.voices.most_quoted().into_iter().take(LEADING).collect();
    let themes = tally.largest_themes(MOST_THEMES);
    html! {
        @if !themes.is_empty() {
            h3 { "Who is heard on each theme, and who is missing" }
            p.note {
                "Missing speakers are those of the " (leading.len()) " most quoted who have no quotation on the theme. A theme with sentences and \
                 no quotation is written about, with nobody heard."
            }
            div.scroll tabindex="0" role="region" aria-label="Who is heard on each theme, and who is missing" {
                table {
                    thead {
                        tr {
                            th scope="col" { "theme" } th.n scope="col" { "sentences" } th.n scope="col" { "quotations" }
                            th scope="col" { "heard most" } th scope="col" { "kinds not heard" } th scope="col" { "missing" }
                        }
                    }
                    tbody { @for &theme in &themes { (missing(tally, theme, &leading)) } }
                }
            }
        }
    }
}

fn missing(tally: &Tally, at: usize, leading: &[usize]) -> Markup {
    let Some(theme) = tally.themes.get(at) else { return html! {} };
    let on_theme = |voice: usize| tally.voices.all.get(voice).and_then(|voice| voice.themes.get(&at)).copied().unwrap_or(0);
    let mut heard: Vec<usize> = (0..tally.voices.all.len()).filter(|&voice| on_theme(voice) > 0).collect();
    heard.sort_by_key(|&voice| (std::cmp::Reverse(on_theme(voice)), voice));
    let name = |voice: usize| tally.voices.all.get(voice).map_or("", |voice| voice.name.as_str());
    let most: Vec<String> = heard.iter().take(MOST_NAMES).map(|&voice| format!("{} ({})", name(voice), on_theme(voice))).collect();
    let kinds = VOICE_KINDS.iter().zip(theme.quotes).take(4).filter(|(_, count)| *count == 0).map(|(kind, _)| *kind);
    let absent = leading.iter().filter(|&&voice| on_theme(voice) == 0).map(|&voice| name(voice));
    let absent: Vec<&str> = absent.collect();
    html! {
        tr {
            td { bdi { (theme.label) } } td.n { (theme.sentences) } td.n { (theme.total_quotes()) }
            td { bdi { (most.join("; ")) } }
            td { (kinds.collect::<Vec<_>>().join(", ")) }
            td { bdi { (absent.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join("; ")) }
                @if absent.len() > MOST_NAMES { " and " (absent.len() - MOST_NAMES) " more" } }
        }
    }
}

/// A number with its thousands apart: *12,353*.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
