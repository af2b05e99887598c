//! One article as a piece of HTML that stands for itself, without scripts, ids or anything to fetch: the output of a cell in a notebook.

use maud::{Markup, PreEscaped, html};

use super::marks::{MarkedParagraph, Piece, paragraphs};
use super::visible::{label, visible};
use crate::report::article::Article;
use crate::{Analysis, ParagraphKind};

/// Washes that are seen on white and on black, with the reader's own colour of letters.
const STYLE: &str = ".sayso{max-width:46em;line-height:1.55;white-space:pre-line}.sayso p,.sayso h4{margin:.5em 0}\
    .sayso .c.d{background:#0072b233}.sayso .c.i{background:#e69f0033}.sayso .c.x{background:#009e7333}\
    .sayso .k{border-bottom:2px solid #888}.sayso .o{font-weight:600}.sayso .e{border-bottom:1px dotted #6b4fa0}\
    .sayso .t{text-decoration:underline wavy #b59b0088}.sayso .side,.sayso sup{opacity:.7}.sayso .key span{padding:0 .3em;margin-right:.6em}";

/// The article's text with its quotations, cues, sources, entities and the words of its themes marked, every character of it escaped.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let analysis = sayso::Pipeline::builder().build()?.analyze_text("“Rates <will> rise,” said Ana Lind.")?;
/// let html = sayso::report::notebook_html(&analysis);
/// assert!(html.contains("Rates &lt;will&gt; rise") && html.contains("title=\"1: direct, Ana Lind\""));
/// # Ok(())
/// # }
/// ```
pub fn notebook_html(analysis: &Analysis) -> String {
    let article = Article::new(analysis);
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let markup = html! {
        div.sayso {
            style { (PreEscaped(STYLE)) }
            p.side {
                bdi { (visible(article.id())) } " · " (count(analysis.word_count(), "word")) " · " (count(analysis.quotes.len(), "quotation")) " · "
                (count(analysis.attribution.speakers.len(), "speaker"))
            }
            p.key {
                span class="c d" { "direct" } span class="c i" { "indirect" } span class="c x" { "mixed" }
                span.k { "cue" } span.o { "source" } span.e { "entity" }
            }
            @for paragraph in &paragraphs(&article) { (block(&article, paragraph)) }
        }
    };
    markup.into_string()
}

fn block(article: &Article<'_>, paragraph: &MarkedParagraph<'_>) -> Markup {
    let text = html! {
        @for piece in paragraph.sentences.iter().flat_map(|sentence| &sentence.pieces) { (marked(article, piece)) }
    };
    match paragraph.kind {
        ParagraphKind::Title | ParagraphKind::Heading => html! { h4 dir="auto" { (text) } },
        ParagraphKind::Byline | ParagraphKind::Credit | ParagraphKind::Furniture => html! { p.side dir="auto" { (text) } },
        ParagraphKind::Body => html! { p dir="auto" { (text) } },
    }
}

fn marked(article: &Article<'_>, piece: &Piece<'_>) -> Markup {
    let told: Vec<String> = piece.quotes.iter().filter_map(|&quote| told(article, quote)).collect();
    let told = (!told.is_empty()).then(|| told.join("; "));
    html! {
        @for &quote in &piece.begins { sup { (quote + 1) } }
        @if piece.class.is_empty() {
            (visible(piece.text))
        } @else {
            span class=(piece.class) title=[told] { (visible(piece.text)) }
        }
    }
}

/// Number, kind and speaker of a quotation.
fn told(article: &Article<'_>, at: usize) -> Option<String> {
    let quote = article.analysis.quotes.get(at)?;
    let speaker = article.analysis.speaker_of(at).map_or("speaker unknown".to_owned(), |speaker| label(&speaker.name));
    Some(format!("{}: {}, {speaker}", at + 1, quote.kind.name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn nothing_of_the_text_is_markup() {
        let html = notebook_html(&sample::full());
        assert!(!html.contains("<script") && !html.contains("href=") && !html.contains(" id="), "{html}");
        assert!(html.contains("class=\"c d"), "a quotation is marked");
        let hostile = Analysis { doc: crate::Document::from_text("<b>bold</b> \u{202E}turned"), ..sample::empty() };
        let seg = crate::Segmenter::new().segment(&hostile.doc);
        let html = notebook_html(&Analysis { seg, ..hostile });
        assert!(html.contains("&lt;b&gt;bold&lt;/b&gt; ⟦U+202E⟧turned") && !html.contains("<b>"), "{html}");
    }
}
