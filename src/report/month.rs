//! The month of a date as articles write it: `2031-04-05`, `5 April 2031`, `April 5, 2031`, `05/2031`.

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Year and month as `YYYY-MM`; `None` where the date does not say them without doubt (`04/05/2031`).
pub(super) fn month(date: &str) -> Option<String> {
    let parts: Vec<&str> = date.split(|ch: char| !ch.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &&str| part.len() == 4 && part.chars().all(|ch| ch.is_ascii_digit());
    let year_at = parts.iter().position(is_year)?;
    let year = parts.get(year_at)?;
    let named = parts.iter().find_map(|part| {
        let head = part.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|name| *name == head && part.chars().all(char::is_alphabetic))
    });
    let in_range = |number: usize| (1..=12).contains(&number).then_some(number);
    let number = match (named, parts.as_slice()) {
        (Some(at), _) => Some(at + 1),
        (None, [month, _]) if year_at == 1 => month.parse().ok().and_then(in_range),
        // `2031-04-05T10:00` and `2031-04`: the year first, then the month.
        (None, _) if year_at == 0 => parts.get(1)?.get(..2).or(parts.get(1).copied())?.parse().ok().and_then(in_range),
        _ => None,
    }?;
    Some(format!("{year}-{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_dates() {
        for (date, expected) in [
            ("2031-04-05", Some("2031-04")),
            ("2031-04-05T10:00:00Z", Some("2031-04")),
            ("2031/4/5", Some("2031-04")),
            ("5 April 2031", Some("2031-04")),
            ("Sept. 3, 2030", Some("2030-09")),
            ("May 2030", Some("2030-05")),
            ("05/2031", Some("2031-05")),
            ("2031", None),
            ("04/05/2031", None),
            ("2031-13-01", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(month(date).as_deref(), expected, "{date}");
        }
    }
}
