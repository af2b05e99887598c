//! Finds web addresses, e-mail addresses, handles and hashtags: one token each.

use super::chars::{char_before, is_cjk, is_space, is_word_char};

/// The end of the address, handle or hashtag that starts at byte `at`.
pub(super) fn end_of_address(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if matches!(first, '@' | '#') {
        return end_of_handle(text, at);
    }
    if !first.is_ascii_alphanumeric() {
        return None;
    }
    let starts = |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    if ["http://", "https://", "ftp://", "www."].iter().any(|prefix| starts(prefix)) {
        return Some(at + url_len(rest));
    }
    email_len(rest).map(|len| at + len)
}

/// Whether `text` is one web address and nothing else.
pub(super) fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) && !text.contains(is_space)
}

fn end_of_handle(text: &str, at: usize) -> Option<usize> {
    if char_before(text, at).is_some_and(is_word_char) {
        return None;
    }
    let name = text.get(at + 1..)?;
    let len = name.find(|ch| !is_word_char(ch) || is_cjk(ch)).unwrap_or(name.len());
    name.get(..len)?.chars().any(char::is_alphabetic).then_some(at + 1 + len)
}

/// An address ends before white space or a quotation mark, without the marks of the sentence around it.
fn url_len(rest: &str) -> usize {
    let end = rest.find(|ch: char| is_space(ch) || matches!(ch, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '’')).unwrap_or(rest.len());
    let mut url = rest.get(..end).unwrap_or_default();
    let mut open = url.matches('(').count();
    let mut close = url.matches(')').count();
    while let Some(last) = url.chars().next_back() {
        match last {
            ')' if close > open => close -= 1,
            '(' => open = open.saturating_sub(1),
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '*' => {}
            _ => break,
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    url.len()
}

fn email_len(rest: &str) -> Option<usize> {
    let name =
        rest.bytes().take(64).position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')))?;
    if rest.as_bytes().get(name) != Some(&b'@') {
        return None;
    }
    let host = rest.get(name + 1..)?;
    let len = host.find(|ch: char| !(ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-'))).unwrap_or(host.len());
    let host = host.get(..len)?.trim_end_matches(['.', '-']);
    (host.contains('.') && !host.starts_with('.')).then_some(name + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_the_marks_around_an_address() {
        assert_eq!(url_len("https://example.org/a)."), "https://example.org/a".len());
        assert!(is_url("https://example.org/2022/7/21/x") && !is_url("see https://example.org"));
    }
}
