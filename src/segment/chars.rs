//! Classes of characters that several parts of segmentation ask for.

/// The character that starts at byte `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character that ends at byte `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// White space, control characters and marks without width: what stands between tokens.
pub(super) fn is_space(ch: char) -> bool {
    ch.is_whitespace() || ch.is_control() || matches!(ch, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters, digits, marks above and below them, joiners inside a word.
pub(super) fn is_word_char(ch: char) -> bool {
    ch.is_alphanumeric()
        || matches!(ch, '_' | '\u{AD}' | '\u{200C}' | '\u{200D}')
        || !ch.is_ascii() && unicode_normalization::char::is_combining_mark(ch)
}

/// A script without spaces between words: each character is a token.
pub(super) fn is_cjk(ch: char) -> bool {
    matches!(ch, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{3FFFD}')
        && ch != '・'
}

/// An apostrophe, typewritten or curly.
pub(super) fn is_apostrophe(ch: char) -> bool {
    matches!(ch, '\'' | '’' | 'ʼ' | '＇')
}

/// A hyphen, but no dash.
pub(super) fn is_hyphen(ch: char) -> bool {
    matches!(ch, '-' | '‐' | '‑')
}

/// The part of `text` without outer spaces, as a byte range that starts at `start`.
pub(super) fn trimmed(text: &str, start: usize) -> crate::Span {
    let begin = start + (text.len() - text.trim_start_matches(is_space).len());
    crate::Span::new(begin, begin + text.trim_matches(is_space).len())
}
