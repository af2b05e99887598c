//! Table cells: typed values, fixed decimals, lists that can be taken apart, and text that no spreadsheet runs as a formula.
//!
//! What a CSV file shows can be read back without loss: other table formats are made of it.

use std::borrow::Cow;

/// Decimals of every number with a fraction.
const DECIMALS: usize = 4;

/// What joins the members of a list cell.
const SEPARATOR: &str = "; ";

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words out of an article, or made of them.
    Text(String),
    /// A count or an offset.
    Count(usize),
    /// A score, share or confidence.
    Decimal(f64),
    /// True or false.
    Flag(bool),
    /// Several texts, none of them empty.
    List(Vec<String>),
    /// Nothing known.
    Empty,
}

impl Cell {
    /// A cell of several values.
    pub(super) fn list<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(|value| value.as_ref().to_owned()).filter(|value| !value.is_empty()).collect())
    }

    /// A cell of a sum.
    pub(super) fn whole(count: u64) -> Self {
        Self::Count(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The cell as a CSV file shows it.
    pub(super) fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => inert(text),
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Decimal(number) => Cow::Owned(format!("{:.DECIMALS$}", rounded(*number))),
            Self::Flag(is_so) => Cow::Borrowed(if *is_so { "true" } else { "false" }),
            Self::List(members) => Cow::Owned(inert(&joined(members)).into_owned()),
            Self::Empty => Cow::Borrowed(""),
        }
    }
}

/// The members of a list in one text: a semicolon or backslash of their own has a backslash before it.
pub(super) fn joined(members: &[String]) -> String {
    let member = |member: &String| member.replace('\\', "\\\\").replace(';', "\\;");
    members.iter().map(member).collect::<Vec<_>>().join(SEPARATOR)
}

/// The members of a list that [`Cell::List`] has joined.
pub(super) fn members(list: &str) -> Vec<String> {
    let (mut members, mut member, mut is_escaped) = (Vec::new(), String::new(), false);
    let mut chars = list.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            _ if is_escaped => {
                member.push(ch);
                is_escaped = false;
            }
            '\\' => is_escaped = true,
            ';' => {
                members.push(std::mem::take(&mut member));
                chars.next_if_eq(&' ');
            }
            _ => member.push(ch),
        }
    }
    if !member.is_empty() {
        members.push(member);
    }
    members
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<bool> for Cell {
    fn from(is_so: bool) -> Self {
        Self::Flag(is_so)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Decimal(number)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Text with an apostrophe before it where a spreadsheet would run it as a formula: at `=`, `+`, `-`, `@`, their full-width forms, tab and carriage return
/// ([OWASP on CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)). Text that has such an apostrophe already gets another, so
/// that taking one away always gives the text as it was.
pub fn inert(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`inert`] was given.
pub(super) fn as_it_was(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// The number rounded as reports show it, so that tables and JSON agree; what is no number is zero, and zero has no sign.
pub(super) fn rounded(number: f64) -> f64 {
    let scale = 10_f64.powi(4);
    let rounded = (finite(number) * scale).round() / scale;
    if rounded == 0.0 { 0.0 } else { rounded }
}

fn finite(number: f64) -> f64 {
    if number.is_finite() && number != 0.0 { number } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_starts_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠SUM(A1)"] {
            assert_eq!(Cell::from(text).to_csv(), format!("'{text}"));
        }
        for text in ["", "a=1", "“=1”", "1-2", "–5 %"] {
            assert_eq!(Cell::from(text).to_csv(), text);
        }
    }

    #[test]
    fn numbers_have_fixed_decimals() {
        for (cell, shown) in [
            (Cell::from(0.5), "0.5000"),
            (Cell::from(f64::NAN), "0.0000"),
            (Cell::from(-0.0), "0.0000"),
            (Cell::from(7), "7"),
            (Cell::from(None::<&str>), ""),
            (Cell::list(["a", "b"]), "a; b"),
            (Cell::list(["-a", ""]), "'-a"),
            (Cell::from(true), "true"),
        ] {
            assert_eq!(cell.to_csv(), shown);
        }
        assert!((rounded(0.123_46) - 0.1235).abs() < 1e-12);
        assert!(rounded(-0.000_001).is_sign_positive());
    }

    #[test]
    fn what_is_written_can_be_read_back() {
        for text in ["=1", "'=1", "''-1", "plain", "'plain'", "", "'"] {
            assert_eq!(as_it_was(&inert(text)), text);
        }
        for list in [&["a", "b"][..], &["a; b", "c"], &["a\\", ";", "\\;"], &["12..25", " x"], &[]] {
            let Cell::List(cells) = Cell::list(list) else { panic!("a list") };
            assert_eq!(members(&joined(&cells)), list, "{}", joined(&cells));
        }
    }
}
