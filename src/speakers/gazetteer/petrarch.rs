//! Actor dictionaries of TABARI and PETRARCH: `ANA_LIMA_` with aliases (`+LIMA_ANA_`) and, on the lines below, the codes held over time
//! (`[NORGOV 060601-100131]`, `[NORGOV >100601]`). Actors without a dated code are countries and groups, not people.

use std::collections::HashMap;

use super::{KnownPerson, Office};
use crate::Date;

/// What the role part of a CAMEO code means.
const ROLES: &[(&str, &str)] = &[
    ("GOV", "government official"),
    ("MIL", "military officer"),
    ("OPP", "opposition politician"),
    ("LEG", "legislator"),
    ("JUD", "judge"),
    ("COP", "police officer"),
    ("SPY", "intelligence official"),
    ("REB", "rebel leader"),
    ("BUS", "businessperson"),
    ("ELI", "former official"),
    ("MED", "journalist"),
    ("EDU", "academic"),
    ("UNO", "United Nations official"),
];
/// First parts of codes that stand for no country.
const GENERIC: [&str; 7] = ["IGO", "NGO", "MNC", "INT", "UIS", "IMG", "NGM"];
/// Two-digit years above this one are of the last century.
const PIVOT: u16 = 30;

/// An actor as far as it is read.
#[derive(Debug, Default)]
struct Actor {
    names: Vec<String>,
    codes: Vec<(String, Option<Date>, Option<Date>)>,
}

/// Reads a dictionary: its people, and by their lines the codes left out because their dates are none.
pub(super) fn read(text: &str) -> (Vec<KnownPerson>, Vec<(usize, String)>) {
    let mut actors: Vec<Actor> = Vec::new();
    let mut countries: HashMap<String, String> = HashMap::new();
    let mut skipped = Vec::new();
    let mut is_comment = false;
    for (number, line) in (1..).zip(text.lines()) {
        if is_comment || line.trim_start().starts_with("<!--") {
            is_comment = !line.contains("-->");
            continue;
        }
        let line = line.split(['#', ';']).next().unwrap_or_default();
        let (name, code) = line.split_once('[').map_or((line, None), |(name, code)| (name, Some(code)));
        let name = name.trim().trim_start_matches('\u{feff}');
        match name.strip_prefix('+') {
            Some(alias) => actors.last_mut().into_iter().for_each(|actor| actor.names.push(shown(alias))),
            None if !name.is_empty() => actors.push(Actor { names: vec![shown(name)], codes: Vec::new() }),
            None => {}
        }
        if let Some(code) = code {
            let code = code.split(']').next().unwrap_or_default();
            let (code, from, to) = match dated(code) {
                Ok(dated) => dated,
                Err(problem) => {
                    skipped.push((number, problem));
                    continue;
                }
            };
            if let Some(actor) = actors.last_mut() {
                if code.len() == 3 && from.is_none() && to.is_none() {
                    countries.entry(code.clone()).or_insert_with(|| actor.names.first().cloned().unwrap_or_default());
                }
                actor.codes.push((code, from, to));
            }
        }
    }
    let is_person = |actor: &Actor| {
        let is_dated = actor.codes.iter().any(|(code, from, to)| code.len() > 3 && (from.is_some() || to.is_some()));
        is_dated && actor.names.iter().any(|name| name.contains(' '))
    };
    let person = |actor: Actor| {
        let offices = actor.codes.iter().filter(|(code, ..)| code.len() > 3).map(|(code, from, to)| office(code, *from, *to, &countries));
        let offices = offices.collect();
        let mut names = actor.names.into_iter();
        let name = names.next().unwrap_or_default();
        KnownPerson { id: name.to_lowercase().replace(' ', "-"), aliases: names.filter(|alias| *alias != name).collect(), name, offices }
    };
    (actors.into_iter().filter(is_person).map(person).collect(), skipped)
}

/// `NORGOV 060601-100131`: the code with its first and last day.
fn dated(code: &str) -> Result<(String, Option<Date>, Option<Date>), String> {
    let (code, dates) = code.trim().split_once(char::is_whitespace).unwrap_or((code.trim(), ""));
    let dates: String = dates.chars().filter(|ch| !ch.is_whitespace()).collect();
    let (from, to) = match (dates.strip_prefix('>'), dates.strip_prefix('<'), dates.split_once('-')) {
        (Some(from), ..) => (day(from)?, None),
        (_, Some(to), _) => (None, day(to)?),
        (_, _, Some((from, to))) => (day(from)?, day(to)?),
        _ => (None, None),
    };
    Ok((code.to_owned(), from, to))
}

/// `060601` or `20060601`.
fn day(digits: &str) -> Result<Option<Date>, String> {
    if digits.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("'{digits}' is no date; dates are written YYMMDD or YYYYMMDD");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(digits.len(), 6 | 8) {
        return Err(wrong());
    }
    let (year, rest) = digits.split_at_checked(digits.len() - 4).ok_or_else(wrong)?;
    let (month, day) = rest.split_at_checked(2).ok_or_else(wrong)?;
    let short: u16 = year.parse().map_err(|_| wrong())?;
    let century = if digits.len() == 8 {
        0
    } else if short > PIVOT {
        1900
    } else {
        2000
    };
    let number = |text: &str| text.parse().map_err(|_| wrong());
    Ok(Some(Date::nearest(century + short, number(month)?, number(day)?)))
}

fn office(code: &str, from: Option<Date>, to: Option<Date>, countries: &HashMap<String, String>) -> Office {
    let (country, rest) = code.split_at_checked(3).unwrap_or((code, ""));
    let role = ROLES.iter().find(|(part, _)| rest.starts_with(part)).map(|(_, role)| (*role).to_owned());
    let named = || countries.get(country).cloned().unwrap_or_else(|| country.to_owned());
    let organisation = (!GENERIC.contains(&country)).then(named);
    Office { role: role.unwrap_or_else(|| rest.to_lowercase()), organisation, from, to }
}

/// `ANA_LIMA-REIS_` as people write it.
fn shown(name: &str) -> String {
    let mut shown = String::new();
    let mut opens = true;
    for ch in name.trim().trim_end_matches('_').chars().map(|ch| if ch == '_' { ' ' } else { ch }) {
        if opens {
            shown.extend(ch.to_uppercase());
        } else {
            shown.extend(ch.to_lowercase());
        }
        opens = !ch.is_alphanumeric() && ch != '\'';
    }
    shown
}
