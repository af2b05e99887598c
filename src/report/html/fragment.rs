//! One article as a piece of the page: its text with everything marked in place, who speaks in it, and the details of its quotations as JSON.
//!
//! A fragment is the same wherever it stands, in the page itself or in a file beside it, and can be read without scripts: the marks are
//! links, and a link to `#q-ARTICLE:q3` finds its quotation. Scripts only add to it.

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::marks::{MarkedParagraph, Piece, paragraphs};
use super::reasons::reasons;
use super::visible::{label, script_json, visible};
use crate::report::article::{Article, role_of};
use crate::report::cell::rounded;
use crate::{ParagraphKind, Speaker};

/// The id in the page, and the place in links, of an article.
pub(super) fn article_anchor(id: &str) -> String {
    format!("a-{id}")
}

/// The id in the page of a quotation.
fn quote_anchor(article: &str, quote: &str) -> String {
    format!("q-{article}:{quote}")
}

/// What a click on a quotation shows. Positions in lists stand for what is listed once.
#[derive(Debug, Serialize)]
struct Details<'a> {
    id: &'a str,
    themes: Vec<&'a str>,
    speakers: Vec<SpeakerDetails<'a>>,
    quotes: Vec<QuoteDetails<'a>>,
}

#[derive(Debug, Serialize)]
struct SpeakerDetails<'a> {
    name: &'a str,
    kind: &'static str,
    role: String,
    aliases: &'a [String],
}

#[derive(Debug, Serialize)]
struct QuoteDetails<'a> {
    id: &'a str,
    kind: &'static str,
    confidence: f64,
    speaker: Option<usize>,
    speaker_confidence: Option<f64>,
    themes: Vec<usize>,
    why: Vec<String>,
}

/// The article's title, or what stands for it.
pub(super) fn title(article: &Article<'_>) -> String {
    let title = article.analysis.seg.title.map_or(article.metadata("title"), |span| article.text(span));
    let title = label(title);
    if title.is_empty() { article.id().to_owned() } else { title }
}

/// The fragment of one article.
pub(super) fn fragment(article: &Article<'_>) -> serde_json::Result<String> {
    let details = script_json(&details(article))?;
    let marked = paragraphs(article);
    let in_text = marked.iter().position(|paragraph| paragraph.kind == ParagraphKind::Title);
    let body = marked.iter().enumerate().filter(|(at, _)| Some(*at) != in_text).map(|(_, paragraph)| paragraph);
    let markup = html! {
        article.article id=(article_anchor(article.id())) tabindex="-1" {
            header {
                p.kicker { (kicker(article)) }
                h3 dir="auto" {
                    @match in_text.and_then(|at| marked.get(at)) {
                        Some(paragraph) => { (running(article, paragraph)) }
                        None => { (title(article)) }
                    }
                }
            }
            div.columns {
                div.text dir="auto" { @for paragraph in body { (block(article, paragraph)) } }
                aside.margin aria-label="In this article" { (speakers(article)) (themes(article)) }
            }
            script.details type="application/json" { (PreEscaped(details)) }
        }
    };
    Ok(markup.into_string() + "\n")
}

/// Outlet, date, byline and size, as far as they are known.
fn kicker(article: &Article<'_>) -> Markup {
    let seg = &article.analysis.seg;
    let byline = seg.byline.map_or(article.metadata("byline"), |span| article.text(span));
    let known = [article.metadata("outlet"), article.metadata("date"), byline];
    let words = article.analysis.word_count();
    html! {
        @for part in known.into_iter().filter(|part| !part.is_empty()) { bdi { (visible(part)) } " · " }
        (words) " words · "
        a href=(format!("#{}", article_anchor(&encoded(article.id())))) { (article.id()) }
    }
}

fn block(article: &Article<'_>, paragraph: &MarkedParagraph<'_>) -> Markup {
    let text = running(article, paragraph);
    match paragraph.kind {
        ParagraphKind::Title | ParagraphKind::Heading => html! { h4 dir="auto" { (text) } },
        ParagraphKind::Byline | ParagraphKind::Credit | ParagraphKind::Furniture => html! { p.aside dir="auto" { (text) } },
        ParagraphKind::Body => html! { p dir="auto" { (text) } },
    }
}

fn running(article: &Article<'_>, paragraph: &MarkedParagraph<'_>) -> Markup {
    html! {
        @for sentence in &paragraph.sentences {
            @if sentence.themes.is_empty() {
                @for piece in &sentence.pieces { (marked(article, piece)) }
            } @else {
                span.s data-t=(numbers(&sentence.themes)) { @for piece in &sentence.pieces { (marked(article, piece)) } }
            }
        }
    }
}

fn marked(article: &Article<'_>, piece: &Piece<'_>) -> Markup {
    let quotes = (!piece.quotes.is_empty()).then(|| numbers(&piece.quotes));
    html! {
        @for &quote in &piece.begins { (marker(article, quote)) }
        @if piece.class.is_empty() {
            (visible(piece.text))
        } @else {
            span class=(piece.class) data-q=[quotes] { (visible(piece.text)) }
        }
    }
}

/// The number before a quotation: its place in links, and what the keyboard reaches.
fn marker(article: &Article<'_>, at: usize) -> Markup {
    let Some(quote) = article.analysis.quotes.get(at) else { return html! {} };
    let speaker = article.analysis.speaker_of(at).map_or("speaker unknown".to_owned(), |speaker| label(&speaker.name));
    let spoken = format!("Quotation {}, {}, {speaker}", at + 1, quote.kind.name());
    let link = format!("#{}", quote_anchor(&encoded(article.id()), &quote.id));
    html! { a.m id=(quote_anchor(article.id(), &quote.id)) href=(link) data-q=(at) aria-label=(spoken) { (at + 1) } }
}

fn speakers(article: &Article<'_>) -> Markup {
    let speakers = &article.analysis.attribution.speakers;
    html! {
        @if !speakers.is_empty() {
            h4 { "Speakers" }
            ul.voices {
                @for (at, speaker) in speakers.iter().enumerate() {
                    li {
                        button type="button" data-s=(at) aria-pressed="false" { bdi { (visible(&speaker.name)) } }
                        " " span.count { (article.quotes_of(at).count()) }
                        @let role = role(speaker);
                        @if !role.is_empty() { br; span.role { (visible(&role)) } }
                    }
                }
            }
        }
    }
}

/// The themes with their share of the running text.
fn themes(article: &Article<'_>) -> Markup {
    let themes = &article.analysis.themes;
    html! {
        @if !themes.is_empty() {
            h4 { "Themes" }
            ul.voices {
                @for (at, theme) in themes.iter().enumerate() {
                    li {
                        button type="button" data-theme=(at) aria-pressed="false" { bdi { (visible(&theme.label)) } }
                        " " span.count { (format!("{:.0} %", theme.share * 100.0)) }
                    }
                }
            }
        }
    }
}

/// The speaker's first role, as the article gives it.
fn role(speaker: &Speaker) -> String {
    speaker.roles.first().map(|role| role_of(&role.role, role.affiliation.as_deref())).unwrap_or_default()
}

fn details<'a>(article: &Article<'a>) -> Details<'a> {
    let analysis = article.analysis;
    let speakers = analysis.attribution.speakers.iter();
    let speaker = |speaker: &'a Speaker| SpeakerDetails {
        name: &speaker.name,
        kind: speaker.kind.name(),
        role: role(speaker),
        aliases: &speaker.aliases,
    };
    let quotes = analysis.quotes.iter().enumerate().map(|(at, quote)| QuoteDetails {
        id: &quote.id,
        kind: quote.kind.name(),
        confidence: rounded(quote.confidence),
        speaker: analysis.attribution.by_quote.get(at).copied().flatten(),
        speaker_confidence: analysis.speaker_confidence(at).map(rounded),
        themes: analysis
            .themes
            .iter()
            .enumerate()
            .filter(|(_, theme)| theme.quotes.binary_search(&at).is_ok())
            .map(|(theme, _)| theme)
            .collect(),
        why: reasons(article, at),
    });
    Details {
        id: article.id(),
        themes: analysis.themes.iter().map(|theme| theme.label.as_str()).collect(),
        speakers: speakers.map(speaker).collect(),
        quotes: quotes.collect(),
    }
}

fn numbers(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}

/// An id as a link spells it: all but letters, digits, `_`, `-` and `.` as percent and hexadecimal digits.
pub(super) fn encoded(id: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let encode = |byte: u8| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    id.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn marks_stand_in_the_text() {
        let analysis = sample::full();
        let html = fragment(&Article::new(&analysis)).unwrap();
        assert!(html.contains("<a class=\"m\" id=\"q-harbour:q1\" href=\"#q-harbour:q1\""), "{html}");
        assert!(html.contains("<span class=\"k\" data-q=\"0\">said</span>"), "{html}");
        assert!(html.contains("<span class=\"c d t\" data-q=\"0\">levy</span>"), "{html}");
    }

    #[test]
    fn nothing_of_an_article_is_markup() {
        let analysis = sample::hostile();
        let html = fragment(&Article::new(&analysis)).unwrap();
        for forbidden in ["<img", "<script>", "\u{202E}", "onerror=\""] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
        assert_eq!(html.matches("<script").count(), 1);
        assert_eq!(html.matches("</script").count(), 1);
    }

    #[test]
    fn links_spell_ids() {
        assert_eq!(encoded("a b:é-_.1"), "a%20b%3A%C3%A9-_.1");
    }
}
