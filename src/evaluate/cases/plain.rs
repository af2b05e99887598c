//! What two texts are compared by: without case, kinds of marks, character references, line breaks and hyphens at line ends.

use std::borrow::Cow;

/// Words before a name that are no part of it.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "admiral", "ambassador", "archbishop", "baron", "baroness", "bishop", "brother", "capt", "captain", "cllr", "chancellor",
    "cmdr", "col", "colonel", "congressman", "congresswoman", "councillor", "dame", "deputy", "dr", "father", "fr", "gen", "general",
    "gov", "governor", "inspector", "judge", "justice", "lady", "lieutenant", "lord", "lt", "maj", "major", "mayor", "minister", "miss",
    "mp", "mr", "mrs", "ms", "mx", "president", "prof", "professor", "rep", "representative", "rev", "reverend", "sen", "senator",
    "sergeant", "sgt", "sheikh", "sir", "sister",
];
const ARTICLES: &[&str] = &["a", "an", "the"];
/// What may stand around words without changing them.
const MARKS: &[char] = &['"', '\'', '`', '.', ',', ';', ':', '!', '?', '…', '-', '–', '—', ' '];

/// Text for comparing: character references decoded, words joined at line ends, straight marks, single spaces, no case.
pub(super) fn plain(text: &str) -> String {
    let decoded: Cow<'_, str> = htmlize::unescape(text);
    let straight: String = joined_at_line_ends(&decoded).chars().map(straight).collect();
    folded(&single_spaced(&straight))
}

/// The same without double quotation marks, to look for a piece in a content.
pub(super) fn loose(text: &str) -> String {
    single_spaced(&plain(text).replace("``", "").replace("''", "").replace('"', ""))
}

/// The same without marks at the ends, to compare beginnings and ends.
pub(super) fn words_of(text: &str) -> String {
    plain(text).trim_matches(MARKS).to_owned()
}

/// A name without article and titles.
pub(super) fn name_key(name: &str) -> String {
    let name = plain(name);
    let words: Vec<&str> = name
        .split_whitespace()
        .map(|word| word.trim_matches(['.', ',', ';', ':', '"', '(', ')']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut rest = words.as_slice();
    if let [first, after @ ..] = rest
        && !after.is_empty()
        && ARTICLES.contains(first)
    {
        rest = after;
    }
    while let [first, after @ ..] = rest
        && !after.is_empty()
        && TITLES.contains(first)
    {
        rest = after;
    }
    rest.join(" ")
}

/// Whether `name` is one of these names.
pub(super) fn is_same_name<'e>(expected: impl IntoIterator<Item = &'e str>, name: Option<&str>) -> bool {
    name.is_some_and(|name| expected.into_iter().any(|wanted| name_key(wanted) == name_key(name)))
}

/// Whether `piece` stands in `text` with no letter or digit running on at either end.
pub(super) fn holds_words(text: &str, piece: &str) -> bool {
    let is_border = |before: Option<char>, after: Option<char>| before.is_some_and(is_word) != after.is_some_and(is_word);
    text.match_indices(piece).any(|(start, _)| {
        let (head, tail) = (text.get(..start).unwrap_or_default(), text.get(start + piece.len()..).unwrap_or_default());
        is_border(head.chars().next_back(), piece.chars().next().or_else(|| tail.chars().next()))
            && is_border(piece.chars().next_back().or_else(|| head.chars().next_back()), tail.chars().next())
    })
}

fn is_word(ch: char) -> bool {
    ch.is_alphanumeric() || ch == '_'
}

fn straight(ch: char) -> char {
    match ch {
        '‘' | '’' | '‚' | '‛' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        ch => ch,
    }
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// *infra-⏎structure* is one word.
fn joined_at_line_ends(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('-') {
        joined.push_str(before);
        let blanks: &[char] = &[' ', '\t'];
        let line = after.trim_start_matches(blanks);
        let next = line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n')).map(|next| next.trim_start_matches(blanks));
        match next {
            Some(next) if before.ends_with(is_word) && next.starts_with(is_word) => rest = next,
            _ => {
                joined.push('-');
                rest = after;
            }
        }
    }
    joined + rest
}

/// Full case folding but for the Turkish dotless i: *ß* is *ss*, a final sigma any sigma.
fn folded(text: &str) -> String {
    let fold = |ch: char| -> String { if ch == 'ı' { ch.to_string() } else { ch.to_uppercase().flat_map(char::to_lowercase).collect() } };
    text.chars().map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_lines_and_case_do_not_count() {
        for (text, expected) in [
            ("  “Yes,”\n she  SAID ", "\"yes,\" she said"),
            ("infra-\n  structure and co-op", "infrastructure and co-op"),
            ("a -\nb", "a - b"),
            ("re-\r\ndo-\nne", "redone"),
            ("Rock &amp; Roll &#8217;s &quot;x&quot;", "rock & roll 's \"x\""),
            ("Straße ΟΔΟΣ", "strasse οδοσ"),
        ] {
            assert_eq!(plain(text), expected);
        }
        assert_eq!(loose("``We \"came\" early''"), "we came early");
        assert_eq!(words_of("“We came…”"), "we came");
    }

    #[test]
    fn names_lose_article_and_titles_but_never_all() {
        for (name, expected) in [
            ("The Ministry of Health", "ministry of health"),
            ("Sen. Dr. Ana Lind", "ana lind"),
            ("the minister", "minister"),
            ("Mayor", "mayor"),
            ("Joe “Lucky” Tan", "joe lucky tan"),
        ] {
            assert_eq!(name_key(name), expected);
        }
        assert!(is_same_name(["Lind", "Ana Lind"], Some("Ms Ana Lind")));
        assert!(!is_same_name(["Ana Lind"], None));
    }

    #[test]
    fn names_in_a_byline_are_whole_words() {
        assert!(holds_words("by ana lind", "ana lind") && holds_words("ana lind, vik", "ana lind"));
        assert!(!holds_words("by ana linden", "ana lind") && !holds_words("by hana lind", "ana lind"));
    }
}
