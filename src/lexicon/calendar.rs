//! Names of months, days and hours.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{Table, questions};

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/calendar.tsv")));
static MONTHS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| TABLE.values("month", |number| number.parse().ok()));

questions! { TABLE:
    /// Whether a word names a day of the week: *monday*, *mon*.
    is_weekday = "weekday";
    /// Whether a word is a month's or weekday's name that is written with a full stop: *sept*, *tues*.
    is_short_date = "short";
    /// Whether a word names a day by where it lies from this one: *today*, *yesterday*.
    is_day_word = "day_word";
    /// Whether a name of a month or weekday is nothing else.
    is_calendar_name = "breaks";
    /// Whether a word, as it is written, is a time zone: *EST*, *Eastern*.
    is_time_zone = "zone";
    /// Whether a word may stand in a date line beside the date: *posted*, *at*.
    is_in_date_line = "stamp";
}

/// Whether a word, as it is written, goes on after *p.m.* in its sentence: *5 p.m. EST*, *5 p.m. Monday*.
pub(crate) fn follows_time(word: &str) -> bool {
    is_time_zone(word) || word.starts_with(char::is_uppercase) && word.ends_with("day") && is_weekday(&word.to_lowercase())
}

/// The number of the month that a word names, 1 to 12: *september*, *sept*, *sep*.
pub(crate) fn month(word: &str) -> Option<u8> {
    MONTHS.get(word).copied()
}

/// Every name of a month, the longest first.
pub(super) fn months() -> Vec<&'static str> {
    let mut names: Vec<&str> = TABLE.column("month").map(|(word, _)| word).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}
