//! Table cells: typed values, fixed decimals, and text that no spreadsheet runs as a formula.

use std::borrow::Cow;

/// Decimals of every number with a fraction.
const DECIMALS: usize = 4;

/// What joins the members of a list cell.
const SEPARATOR: &str = "; ";

/// One cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// Words out of an article, or made of them.
    Text(String),
    /// A count or an offset.
    Count(usize),
    /// A score, share or confidence.
    Decimal(f64),
    /// Nothing known.
    Empty,
}

impl Cell {
    /// A cell of several values.
    pub(super) fn list<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Self {
        let values: Vec<String> = values.into_iter().map(|value| value.as_ref().to_owned()).collect();
        Self::Text(values.join(SEPARATOR))
    }

    /// The cell as a CSV file shows it.
    pub(super) fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => inert(text),
            Self::Count(count) => Cow::Owned(count.to_string()),
            Self::Decimal(number) => Cow::Owned(format!("{:.DECIMALS$}", rounded(*number))),
            Self::Empty => Cow::Borrowed(""),
        }
    }
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

/// Text with an apostrophe before it where a spreadsheet would run it as a formula: at `=`, `+`, `-`, `@`, tab and carriage return
/// ([OWASP on CSV injection](https://owasp.org/www-community/attacks/CSV_Injection)).
pub fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
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
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
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
        ] {
            assert_eq!(cell.to_csv(), shown);
        }
        assert!((rounded(0.123_46) - 0.1235).abs() < 1e-12);
        assert!(rounded(-0.000_001).is_sign_positive());
    }
}
