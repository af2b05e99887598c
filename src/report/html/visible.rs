//! Text of others in a page: what could turn the page around is shown, not obeyed, and no data ends the block it stands in.
//!
//! Escaping itself is done by [`maud`], everywhere. Two things are left: characters that change the direction of what follows (*Bidi
//! overrides*, by which a name reads backwards and the page after it too) or that no HTML may hold, and JSON inside a `<script>` element, which
//! ends at the first `</script` whatever JSON says.

use std::borrow::Cow;

use serde::Serialize;

/// The text with every control character as a reader can see it: `⟦U+202E⟧`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|ch| if is_control(ch) { format!("⟦U+{:04X}⟧", u32::from(ch)) } else { ch.to_string() });
    Cow::Owned(shown.collect())
}

/// A label on one line: no control characters, no line breaks, white space once.
pub(super) fn label(text: &str) -> String {
    let plain: String = text.chars().map(|ch| if is_control(ch) { ' ' } else { ch }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Embeddings, overrides and isolates of direction; controls other than white space.
fn is_control(ch: char) -> bool {
    let is_direction = matches!(ch, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}');
    is_direction || (ch.is_control() && !matches!(ch, '\t' | '\n' | '\r'))
}

/// JSON for a `<script type="application/json">` element: without `<`, `>` and `&`, no HTML parser finds a tag or a comment in it; nor does what it holds turn around the page that shows it.
pub(super) fn script_json(value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    Ok(visible(&json).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_would_turn_the_page_around() {
        assert_eq!(visible("plain é 🚢\n"), "plain é 🚢\n");
        assert_eq!(visible("a\u{202E}b\0"), "a⟦U+202E⟧b⟦U+0000⟧");
        assert_eq!(label(" Ann\n\u{2067} Lee\t"), "Ann Lee");
    }

    #[test]
    fn no_data_ends_its_block() {
        let json = script_json(&["</script><!--", "&lt;"]).unwrap();
        assert!(!json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), ["</script><!--", "&lt;"]);
    }
}
