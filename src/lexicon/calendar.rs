//! Names of months and weekdays.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::Table;

static CALENDAR: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("data/calendar.tsv")));
static MONTHS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| CALENDAR.by_word("month", |number| number.parse().ok()));
static WEEKDAYS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| CALENDAR.by_word("weekday", |number| number.parse().ok()));

/// The number of the month that a word names, 1 to 12: *september*, *sept*, *sep*.
pub(crate) fn month(word: &str) -> Option<u8> {
    MONTHS.get(word).copied()
}

/// Whether a word names a day of the week: *monday*, *mon*.
pub(crate) fn is_weekday(word: &str) -> bool {
    WEEKDAYS.contains_key(word)
}

/// Every name of a month, the longest first.
pub(super) fn months() -> Vec<&'static str> {
    let mut names: Vec<&str> = CALENDAR.column("month").map(|(word, _)| word).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}
