//! Dates as articles, tables and file names write them. No clock and no time zone: a time stamp means the day it was written on.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use regex::{Captures, Regex, RegexBuilder};

use super::calendar;

/// A year, a month of a year or a day, in the Gregorian calendar. Dates order by time, a month before its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// How to read dates in numbers that can be read two ways: *3/4/2016*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 3 April, as in most of the world.
    DayFirst,
    /// 4 March, as in the United States.
    MonthFirst,
}

impl Date {
    /// The day, if there is such a one.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        (1..=length(year, month)).contains(&day).then_some(Self { year, month: Some(month), day: Some(day) })
    }

    /// The month of a year, if there is such a one.
    pub fn of_month(year: u16, month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month: Some(month), day: None })
    }

    /// The year.
    pub fn of_year(year: u16) -> Self {
        Self { year, month: None, day: None }
    }

    /// The nearest day of a date that may not exist: *31 June* is the 30th, a month of 0 the first.
    pub(crate) fn nearest(year: u16, month: u8, day: u8) -> Self {
        let month = month.clamp(1, 12);
        Self { year, month: Some(month), day: Some(day.clamp(1, length(year, month))) }
    }

    /// The date that `text` is, with or without weekday and time of day: `2016-09-12T08:00:00Z`, `Mon, 12 Sep 2016 08:00:00 +0000`, `20160912`,
    /// *September 12th, 2016*, *2016年9月12日*, `25/12/2016`; also a month or a year alone.
    ///
    /// Numbers that can be read two ways are read in `order`; without one they are no date.
    ///
    /// ```
    /// use sayso::lexicon::{Date, DateOrder};
    /// assert_eq!(Date::parse("Sept. 12, 2016", None), Date::new(2016, 9, 12));
    /// assert_eq!(Date::parse("3/4/2016", None), None);
    /// assert_eq!(Date::parse("3/4/2016", Some(DateOrder::DayFirst)), Date::new(2016, 4, 3));
    /// ```
    pub fn parse(text: &str, order: Option<DateOrder>) -> Option<Self> {
        let text = text.trim();
        let patterns = WRITTEN.iter().chain(WHOLE.iter());
        patterns.filter_map(|pattern| pattern.captures(text)).find_map(|found| {
            let (before, after) = around(&found, text)?;
            let date = read(&found, order).filter(|_| is_weekday(before))?;
            (after.is_empty() || date.is_day() && TIME.is_match(after)).then_some(date)
        })
    }

    /// The date that `text` is, as by [`Self::parse`], else the first one that stands in it: a day, or a named month with its year.
    ///
    /// ```
    /// let found = sayso::lexicon::Date::find("Published Monday, 12 September 2016 by the desk", None);
    /// assert_eq!(found.map(|date| date.to_string()).as_deref(), Some("2016-09-12"));
    /// ```
    pub fn find(text: &str, order: Option<DateOrder>) -> Option<Self> {
        let first = |pattern: &Regex| {
            pattern.captures_iter(text).find_map(|found| {
                let (before, after) = around(&found, text)?;
                let is_apart = !is_inside(before, after) && !is_plain_word(&found);
                Some((found.get(0)?.start(), is_apart.then(|| read(&found, order))??))
            })
        };
        let in_text = || WRITTEN.iter().filter_map(first).min_by_key(|(at, _)| *at).map(|(_, date)| date);
        Self::parse(text, order).or_else(in_text)
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, where it is known.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, from 1, where it is known.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// Whether the day is known, not only its month or year.
    pub fn is_day(self) -> bool {
        self.day.is_some()
    }

    /// The month that the date lies in, where it is known.
    #[must_use]
    pub fn to_month(self) -> Option<Self> {
        self.month.map(|_| Self { day: None, ..self })
    }
}

/// Writes as much as is known of `2016-09-12`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        [self.month, self.day].into_iter().flatten().try_for_each(|part| write!(f, "-{part:02}"))
    }
}

/// How dates are written anywhere in a text. `MONTH` stands for the names of months; of two patterns that start at one place, the first one counts.
static WRITTEN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        // 2016-09-12, 2016/9/12, 2016.09.12
        r"(?P<y>[12][0-9]{3})[-/._](?P<m>[0-9]{1,2})[-/._](?P<d>[0-9]{1,2})",
        // 12 September 2016, 12th of Sept., 2016, 12-Sep-2016, September 2016
        r"(?:(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[\s,./-]{1,3}(?:(?:day\s+)?of\s+)?)?(?P<m>MONTH)[\s,./-]{1,3}(?P<y>[12][0-9]{3})",
        // September 12th, 2016, Sep-12-2016, Mon Sep 12 08:00:00 +0000 2016
        r"(?P<m>MONTH)[\s./-]{1,3}(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?[\s,./-]{1,3}(?:[0-9]{2}:[0-9]{2}:[0-9]{2}\s+(?:[A-Z]{3,4}\s+|[-+][0-9]{4}\s+)?)?(?P<y>[12][0-9]{3})",
        // 2016 September 12, 2016-Sep-12
        r"(?P<y>[12][0-9]{3})[\s/-](?P<m>MONTH)[\s./-]{1,2}(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?",
        // 2016年9月12日, 2016년 9월 12일
        r"(?P<y>[12][0-9]{3})\s*[年년]\s*(?P<m>[0-9]{1,2})\s*[月월](?:\s*(?P<d>[0-9]{1,2})\s*[日号號일])?",
        // 25/12/2016, 25.12.2016, 25 - 12 - 2016
        r"(?P<one>[0-9]{1,2})\s?[-/._]\s?(?P<other>[0-9]{1,2})\s?[-/._]\s?(?P<y>[12][0-9]{3})",
        // 20160912, 20160912080000
        r"(?P<y>1[5-9][0-9]{2}|20[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?:[0-9]{4}(?:[0-9]{2})?)?",
    ])
});

/// How they are written where nothing else stands: *2011-12* in a sentence is two years.
static WHOLE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    patterns(&[
        r"(?P<y>[12][0-9]{3})\s?[-/.]\s?(?P<m>[0-9]{1,2})",
        r"(?P<m>[0-9]{1,2})\s?[-/.]\s?(?P<y>[12][0-9]{3})",
        r"(?P<y>[12][0-9]{3})[年년]?",
    ])
});

/// A time of day after a date, with its zone; nothing is one too.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^ [.,]? (?: (?: [T_,] | \s | at\s )+ [0-9]{1,2} (?: [:.h]?[0-9]{2} ){0,2} (?: [.,][0-9]+ )? \s* (?: [ap]\.?m\.? )? \s*
        (?: [A-Z]{1,5} | (?: UTC|GMT )? [-+][0-9]{2}:?'?(?: [0-9]{2} )?'? )? (?: \s* \( [A-Z\ ]+ \) )? )? [.]? $",
    )
});

fn patterns(written: &[&str]) -> Vec<Regex> {
    let months = calendar::months().join(r"\.?|");
    written.iter().map(|text| pattern(&text.replace("MONTH", &format!(r"{months}\.?")))).collect()
}

#[expect(clippy::expect_used, reason = "the patterns are constants, and a test reads with each")]
fn pattern(text: &str) -> Regex {
    RegexBuilder::new(text).case_insensitive(true).build().expect("the pattern is one")
}

/// The text before and after what was found.
fn around<'a>(found: &Captures, text: &'a str) -> Option<(&'a str, &'a str)> {
    let whole = found.get(0)?;
    text.get(..whole.start()).zip(text.get(whole.end()..))
}

/// Whether nothing but a weekday stands before a date.
fn is_weekday(before: &str) -> bool {
    let word = before.trim().trim_end_matches([',', '.']);
    word.is_empty() || calendar::is_weekday(&word.to_lowercase())
}

/// Whether a date between `before` and `after` is a part of something longer: `v1.2.2016-09-12`, `120160912`.
fn is_inside(before: &str, after: &str) -> bool {
    let mut before = before.chars().rev();
    let mut after = after.chars();
    let starts_inside = match before.next() {
        Some('.') => before.next().is_some_and(|ch| ch.is_ascii_digit()),
        ch => ch.is_some_and(|ch| ch.is_ascii_alphanumeric()),
    };
    let ends_inside = match after.next() {
        Some('.') => after.next().is_some_and(|ch| ch.is_ascii_digit()),
        Some('T' | 't' | 'Z' | 'z') => false,
        ch => ch.is_some_and(|ch| ch.is_ascii_alphanumeric()),
    };
    starts_inside || ends_inside
}

/// Whether a month without a day may be another word: *it may 2016 times over*.
fn is_plain_word(found: &Captures) -> bool {
    found.name("d").is_none() && found.name("m").is_some_and(|month| month.as_str().starts_with(char::is_lowercase))
}

/// The date of a pattern's parts: year `y`, month `m`, day `d`, or two numbers in either order.
fn read(found: &Captures, order: Option<DateOrder>) -> Option<Date> {
    let number = |name| found.name(name)?.as_str().parse::<u8>().ok();
    let year = found.name("y")?.as_str().parse().ok()?;
    if let Some((one, other)) = number("one").zip(number("other")) {
        return in_order(year, one, other, order);
    }
    let Some(month) = found.name("m") else { return Some(Date::of_year(year)) };
    let named = calendar::month(month.as_str().trim_end_matches('.').to_lowercase().as_str());
    let month = named.or_else(|| number("m"))?;
    match found.name("d") {
        Some(_) => Date::new(year, month, number("d")?),
        None => Date::of_month(year, month),
    }
}

/// The date of two numbers: the only one that there is, whatever the order; of two, that of the order given.
fn in_order(year: u16, one: u8, other: u8, order: Option<DateOrder>) -> Option<Date> {
    match (Date::new(year, other, one), Date::new(year, one, other), order) {
        (Some(day_first), Some(month_first), None) => (day_first == month_first).then_some(day_first),
        (Some(date), None, _) | (None, Some(date), _) => Some(date),
        (day_first, _, Some(DateOrder::DayFirst)) => day_first,
        (_, month_first, _) => month_first,
    }
}

/// The days of a month; none for a month that there is not.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(date: Option<Date>) -> String {
        date.map_or_else(|| "-".to_owned(), |date| date.to_string())
    }

    #[test]
    fn reads_the_dates_of_articles_and_stamps() {
        for (text, expected) in [
            ("2031-04-05", "2031-04-05"),
            ("2031/4/5", "2031-04-05"),
            ("2031_04_05", "2031-04-05"),
            (" 2031-04-05T10:00:00Z ", "2031-04-05"),
            ("2031-04-05 10:00:00.123456+02:00", "2031-04-05"),
            ("2031-04-05T10:00:00.000-0500", "2031-04-05"),
            ("Sat, 05 Apr 2031 10:00:00 +0000", "2031-04-05"),
            ("Sat, 5 Apr 2031 10:00:00 GMT (UTC)", "2031-04-05"),
            ("Sat Apr  5 10:00:00 UTC 2031", "2031-04-05"),
            ("Sat Apr 05 10:00:00 +0000 2031", "2031-04-05"),
            ("5 April 2031", "2031-04-05"),
            ("5th of April, 2031", "2031-04-05"),
            ("5-Apr-2031", "2031-04-05"),
            ("5. APRIL 2031", "2031-04-05"),
            ("Saturday, Apr. 5, 2031", "2031-04-05"),
            ("April 5th, 2031 at 4:05 p.m. EDT", "2031-04-05"),
            ("Sept. 12, 2016", "2016-09-12"),
            ("2031 April 5", "2031-04-05"),
            ("2031-Apr-05", "2031-04-05"),
            ("2016年9月12日", "2016-09-12"),
            ("2016 年 9 月", "2016-09"),
            ("2016년 9월 12일", "2016-09-12"),
            ("20160912", "2016-09-12"),
            ("20160912T101500Z", "2016-09-12"),
            ("20160912101500", "2016-09-12"),
            ("25/12/2016", "2016-12-25"),
            ("12/25/2016", "2016-12-25"),
            ("25.12.2016", "2016-12-25"),
            ("5/5/2016", "2016-05-05"),
            ("29 February 2032", "2032-02-29"),
            ("Sept. 2030", "2030-09"),
            ("may 2030", "2030-05"),
            ("05/2031", "2031-05"),
            ("2031-04", "2031-04"),
            ("2031", "2031"),
        ] {
            assert_eq!(written(Date::parse(text, None)), expected, "{text}");
            assert_eq!(Date::find(text, None), Date::parse(text, None), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_more_than_one_is_none() {
        for text in [
            "",
            "yesterday",
            "29 February 2031",
            "February 29, 2031",
            "2031-02-29",
            "31/02/2016",
            "20160231",
            "2031-13-01",
            "2031-13",
            "04/05/2031",
            "4.5.2031",
            "1.2.2016.3",
            "Mayor 5, 2031",
            "12 Marching 2016",
            "120160912",
            "20169912",
            "5 April",
            "April 5",
            "0016-01-01",
            "25/12/16",
        ] {
            assert_eq!(Date::find(text, None), None, "{text}");
        }
        for text in ["Published 2031-04-05", "5 April 2031 and later", "2031-04-05 to 2031-04-06"] {
            assert_eq!(Date::parse(text, None), None, "{text}");
        }
    }

    #[test]
    fn an_order_decides_between_two_readings_only() {
        for (text, day_first, month_first) in [
            ("3/4/2016", "2016-04-03", "2016-03-04"),
            ("03.04.2016 10:00", "2016-04-03", "2016-03-04"),
            ("25/12/2016", "2016-12-25", "2016-12-25"),
            ("2/30/2016", "-", "-"),
            ("2016-03-04", "2016-03-04", "2016-03-04"),
        ] {
            assert_eq!(written(Date::parse(text, Some(DateOrder::DayFirst))), day_first, "{text}");
            assert_eq!(written(Date::parse(text, Some(DateOrder::MonthFirst))), month_first, "{text}");
        }
    }

    #[test]
    fn finds_the_first_date_of_a_text() {
        for (text, expected) in [
            ("GENEVA, 3 March 2031 (Courier) – ", "2031-03-03"),
            ("Updated: April 5th, 2031; first published 4 April 2031", "2031-04-05"),
            ("https://example.org/2016/09/12/quay-4-opens", "2016-09-12"),
            ("courier_20160912_003.txt", "2016-09-12"),
            ("courier-2016-09-12.txt", "2016-09-12"),
            ("本报2016年9月12日讯", "2016-09-12"),
            ("in May 2016, it said", "2016-05"),
            ("it may 2016 times over", "-"),
            ("the 2011-12 budget of 2000 towns", "-"),
            ("31 February 2016, then 1 March 2016", "2016-03-01"),
            ("5-12 September 2016", "2016-09-12"),
        ] {
            assert_eq!(written(Date::find(text, None)), expected, "{text}");
        }
    }

    #[test]
    fn the_nearest_day_exists() {
        assert_eq!(Date::nearest(2006, 6, 31).to_string(), "2006-06-30");
        assert_eq!(Date::nearest(2006, 0, 0).to_string(), "2006-01-01");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in r"([0-9]{1,4}|[-/., T:年月日]|Sept?|May|\PC){0,30}") {
            let (found, parsed) = (Date::find(&text, None), Date::parse(&text, Some(DateOrder::DayFirst)));
            for date in [found, parsed].into_iter().flatten() {
                prop_assert_eq!(Date::parse(&date.to_string(), None), Some(date));
            }
        }

        #[test]
        fn every_day_is_read_back(year in 1000u16..3000, month in 1u8..=12, day in 1u8..=31) {
            let date = Date::nearest(year, month, day);
            prop_assert_eq!(Date::parse(&date.to_string(), None), Some(date));
            prop_assert_eq!(Date::new(year, month, day).is_some(), date.day() == Some(day));
        }
    }
}
