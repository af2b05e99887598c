//! Days, as gazetteers and articles date things; no clock and no time zone.

use std::fmt;
use std::str::FromStr;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

impl Day {
    /// The day, if there is such a one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        (day >= 1 && day <= length(year, month)).then_some(Self { year, month, of_month: day })
    }

    /// The nearest day of a date that may not exist: *31 June* is the 30th, a month of 0 the first.
    pub(super) fn nearest(year: u16, month: u8, day: u8) -> Self {
        let month = month.clamp(1, 12);
        Self { year, month, of_month: day.clamp(1, length(year, month)) }
    }

    /// The day that an article's date line means: `2031-04-05`, with or without a time, `2031/04/05`, `5 April 2031`, `April 5, 2031`.
    /// Dates in numbers that could be read two ways (`04/05/2031`) mean no day.
    pub fn find(text: &str) -> Option<Self> {
        let head = text.trim().get(..10).map(|head| head.replace('/', "-"));
        if let Some(day) = head.and_then(|head| head.parse().ok()) {
            return Some(day);
        }
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let month_of = |word: &str| {
            let month = MONTHS.iter().position(|month| word.starts_with(month) && word.chars().all(char::is_alphabetic))?;
            u8::try_from(month + 1).ok()
        };
        let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word)?)))?;
        let number = |at: Option<usize>| -> Option<u16> { words.get(at?)?.trim_end_matches(|ch: char| ch.is_alphabetic()).parse().ok() };
        let day_of = |at: Option<usize>| number(at).and_then(|day| u8::try_from(day).ok());
        let before = day_of(at.checked_sub(1)).zip(number(Some(at + 1)));
        let after = || day_of(Some(at + 1)).zip(number(Some(at + 2)));
        let (day, year) = before.filter(|(_, year)| *year > 999).or_else(after).filter(|(_, year)| *year > 999)?;
        Self::new(year, month, day)
    }
}

fn length(year: u16, month: u8) -> u8 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Reads `2031-04-05`.
impl FromStr for Day {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let no_day = || format!("'{text}' is no day");
        let parts: Vec<&str> = text.split('-').collect();
        let is_written = parts.iter().map(|part| part.len()).eq([4, 2, 2]) && text.chars().all(|ch| ch == '-' || ch.is_ascii_digit());
        let [year, month, day] = parts.as_slice() else { return Err(no_day()) };
        let parsed = year.parse().ok().zip(month.parse().ok()).zip(day.parse().ok()).filter(|_| is_written);
        parsed.and_then(|((year, month), day)| Self::new(year, month, day)).ok_or_else(no_day)
    }
}

/// Writes `2031-04-05`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_dates_of_articles() {
        let cases = [
            ("2031-04-05", "2031-04-05"),
            ("2031-04-05T10:00:00Z", "2031-04-05"),
            ("2031/04/05", "2031-04-05"),
            ("5 April 2031", "2031-04-05"),
            ("Saturday, Apr. 5, 2031", "2031-04-05"),
            ("April 5th, 2031", "2031-04-05"),
            ("29 February 2032", "2032-02-29"),
            ("29 February 2031", "-"),
            ("04/05/2031", "-"),
            ("April 2031", "-"),
            ("", "-"),
        ];
        for (text, expected) in cases {
            assert_eq!(Day::find(text).map_or("-".to_owned(), |day| day.to_string()), expected, "{text}");
        }
        assert_eq!("2031-13-05".parse::<Day>(), Err("'2031-13-05' is no day".to_owned()));
        assert_eq!(Day::nearest(2006, 6, 31).to_string(), "2006-06-30");
    }
}
