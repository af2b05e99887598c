//! Character references (`&quot;`, `&#8217;`) in texts that are no HTML: content systems escape a text once too often.
//!
//! They are read as the characters they stand for before anything counts an offset; a note says so.

use std::borrow::Cow;

/// The longest reference, in bytes: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 34;

/// What was escaped twice is read twice: `&amp;quot;`.
const PASSES: usize = 2;

/// The text with the characters in place of the references, and how many there were.
pub(super) fn read(text: &str) -> (Cow<'_, str>, usize) {
    let mut read = Cow::Borrowed(text);
    let mut count = 0;
    for _ in 0..PASSES {
        let Some((next, found)) = pass(&read) else { break };
        read = Cow::Owned(next);
        count += found;
    }
    (read, count)
}

/// What is told of a text that had `count` references.
pub(super) fn note(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 character reference was read as the character it stands for".to_owned()),
        _ => Some(format!("{count} character references were read as the characters they stand for")),
    }
}

fn pass(text: &str) -> Option<(String, usize)> {
    let mut rest = text;
    let mut read = String::new();
    let mut count = 0;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at)?;
        read.push_str(before);
        let found = reference(from).map(|reference| (reference, htmlize::unescape(reference)));
        if let Some((reference, character)) = found.filter(|(reference, character)| character.as_ref() != *reference) {
            read.push_str(&character);
            count += 1;
            rest = from.get(reference.len()..)?;
        } else {
            read.push('&');
            rest = from.get(1..)?;
        }
    }
    read.push_str(rest);
    (count > 0).then_some((read, count))
}

/// What looks like a reference at the start of `text`, from `&` to `;`.
fn reference(text: &str) -> Option<&str> {
    let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let digits = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X"));
    let is_number = digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
        || name.strip_prefix('#').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
    let is_name =
        name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !name.starts_with(|ch: char| ch.is_ascii_digit());
    (is_number || is_name).then(|| text.get(..=end)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_references_and_leaves_the_rest() {
        for (text, expected, count) in [
            ("&quot;No,&quot; she said.", "\"No,\" she said.", 2),
            ("&ldquo;It&#8217;s late&rdquo; &amp; dark", "“It’s late” & dark", 4),
            ("&amp;quot;No&amp;quot;", "\"No\"", 4),
            ("&#x201C;No&#x201d;", "“No”", 2),
            ("AT&T; R&D, Q&A; a & b &", "AT&T; R&D, Q&A; a & b &", 0),
            ("&unheardof; &; &#; &quot", "&unheardof; &; &#; &quot", 0),
            ("no\u{A0}&nbsp;break", "no\u{A0}\u{A0}break", 1),
        ] {
            let (read, found) = read(text);
            assert_eq!((read.as_ref(), found), (expected, count), "{text}");
        }
    }
}
