//! The date of an article, as ISO 8601 has it: what the file says, else what is printed above the text.
//!
//! A headline is no place for the date of its article: *The flood of 12 September 2016* speaks of another day.

use super::ReadOptions;
use crate::{Date, Metadata, lexicon};

/// The key under which a date that was rewritten stays as the file has it.
const AS_WRITTEN: &str = "date_as_written";

/// Lines above the text that may hold the date.
const LINES: usize = 8;

/// The longest of such lines, in characters.
const LONGEST: usize = 120;

/// Writes the metadata's date as ISO 8601 has it. What can be read two ways, or not at all, is no date and stays as it was written.
pub(super) fn settle(metadata: &mut Metadata, options: &ReadOptions) {
    let Some(written) = metadata.remove("date") else { return };
    let date = Date::parse(&written, options.date_order).or_else(|| Date::find(&written, options.date_order));
    let iso = date.map(|date| date.to_string());
    if iso.as_deref() != Some(written.as_str()) && !written.is_empty() {
        metadata.insert(AS_WRITTEN.to_owned(), written);
    }
    metadata.extend(iso.map(|iso| ("date".to_owned(), iso)));
}

/// Adds the date that is printed above the text, where the file says none.
pub(super) fn read_printed(text: &str, metadata: &mut Metadata, options: &ReadOptions) {
    if metadata.contains_key("date") {
        return;
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.skip(1).take(LINES).take_while(|line| line.chars().count() <= LONGEST);
    let date = head.filter(|line| is_about_publishing(line)).find_map(|line| Date::find(line, options.date_order));
    metadata.extend(date.filter(|date| date.is_day()).map(|date| ("date".to_owned(), date.to_string())));
}

/// Whether a line says who wrote the article, or when, and tells no story.
fn is_about_publishing(line: &str) -> bool {
    let lower = line.to_lowercase();
    let is_marked = lexicon::tells_of_publishing(&lower) || line.contains(['|', '•', '·']);
    // A line that is little more than a date.
    let is_bare = line.split_whitespace().count() <= 8 && !line.ends_with(['.', '?', '!', '”', '"']);
    is_marked || is_bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DateOrder;

    fn settled(written: &str, order: Option<DateOrder>) -> Metadata {
        let mut metadata = Metadata::from([("date".to_owned(), written.to_owned())]);
        settle(&mut metadata, &ReadOptions { date_order: order, ..ReadOptions::default() });
        metadata
    }

    #[test]
    fn writes_iso_and_keeps_the_rest() {
        for (written, order, expected) in [
            ("2016-09-12", None, Some("2016-09-12")),
            ("2016-09-12T08:30:00Z", None, Some("2016-09-12")),
            ("Sept. 12, 2016", None, Some("2016-09-12")),
            ("2016年9月12日", None, Some("2016-09-12")),
            ("3/4/2016", None, None),
            ("3/4/2016", Some(DateOrder::DayFirst), Some("2016-04-03")),
            ("soon", None, None),
        ] {
            let metadata = settled(written, order);
            assert_eq!(metadata.get("date").map(String::as_str), expected, "{written}");
            let kept = metadata.get(AS_WRITTEN).map(String::as_str);
            assert_eq!(kept, (expected != Some(written)).then_some(written));
        }
    }

    #[test]
    fn finds_the_printed_date_and_none_in_headlines() {
        for (text, expected) in [
            ("Rates rise\n\nBy Ann Lee\n12 September 2016\n\nRates rose.", Some("2016-09-12")),
            ("Rates rise\nBy Ann Lee | Updated Sept. 12, 2016, 10:02 GMT\n\nRates rose.", Some("2016-09-12")),
            ("The flood of 12 September 2016\n\nIt rained.", None),
            ("Rates rise\n\nThe bank said on 12 September 2016 that rates would rise, and nobody was glad about it.", None),
        ] {
            let mut metadata = Metadata::new();
            read_printed(text, &mut metadata, &ReadOptions::default());
            assert_eq!(metadata.get("date").map(String::as_str), expected, "{text}");
        }
    }
}
