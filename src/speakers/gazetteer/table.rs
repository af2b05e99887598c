//! Gazetteers as CSV files.

use std::io::Write;
use std::path::Path;

use super::{KnownPerson, Office, day};
use crate::{Date, Error, ErrorKind, Result};

/// The columns, in the order they are written.
const COLUMNS: [&str; 7] = ["name", "aliases", "role", "organisation", "from", "to", "id"];
/// What parts the aliases of one cell.
const SEPARATOR: char = ';';

/// Reads a file; one person per row.
pub(super) fn read(path: &Path) -> Result<Vec<KnownPerson>> {
    let wrong = |line: u64, problem: String| Error::new(ErrorKind::Config(format!("line {line}: {problem}"))).at(path);
    let bytes = std::fs::read(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes);
    let at_line = |error: &csv::Error| error.position().map_or(1, csv::Position::line);
    let header = reader.headers().map_err(|error| wrong(1, reason(&error)))?.clone();
    if let Some(unknown) = header.iter().find(|column| !COLUMNS.contains(column)) {
        return Err(wrong(1, format!("unknown column '{unknown}'")).with_hint(format!("the columns are {}", COLUMNS.join(", "))));
    }
    if !header.iter().any(|column| column == "name") {
        return Err(wrong(1, "no column 'name'".to_owned()).with_hint(format!("the first line names the columns: {}", COLUMNS.join(","))));
    }
    let mut people = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| wrong(at_line(&error), reason(&error)))?;
        let line = record.position().map_or(1, csv::Position::line);
        let cell =
            |column: &str| header.iter().position(|known| known == column).and_then(|at| record.get(at)).filter(|cell| !cell.is_empty());
        let day = |column: &str| -> Result<Option<Date>> {
            let day = cell(column).map(day).transpose();
            day.map_err(|problem| {
                wrong(line, format!("{column}: {problem}")).with_hint("write days as 2031-04-05, or leave the cell empty")
            })
        };
        let Some(name) = cell("name") else {
            return Err(wrong(line, "no name".to_owned()).with_hint("give every row a name, or take the row away"));
        };
        let (from, to) = (day("from")?, day("to")?);
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            return Err(wrong(line, "the office ends before it begins".to_owned()).with_hint("exchange 'from' and 'to'"));
        }
        let (role, organisation) = (cell("role"), cell("organisation"));
        let has_office = role.is_some() || organisation.is_some();
        let office = has_office.then(|| Office {
            role: role.unwrap_or_default().to_owned(),
            organisation: organisation.map(str::to_owned),
            from,
            to,
        });
        let aliases = cell("aliases").into_iter().flat_map(|cell| cell.split(SEPARATOR)).map(str::trim).filter(|alias| !alias.is_empty());
        people.push(KnownPerson {
            id: cell("id").unwrap_or(name).to_owned(),
            name: name.to_owned(),
            aliases: aliases.map(str::to_owned).collect(),
            offices: office.into_iter().collect(),
        });
    }
    if people.is_empty() {
        return Err(wrong(1, "no person after the header".to_owned()).with_hint("give one row per person and office"));
    }
    Ok(people)
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "not valid UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("{len} cells, but the header has {expected_len}"),
        _ => error.to_string(),
    }
}

/// Writes people, one row per office and one for whoever has none.
pub(super) fn write(people: &[KnownPerson], out: &mut dyn Write) -> std::io::Result<()> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(COLUMNS).map_err(std::io::Error::from)?;
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    for person in people {
        let none = [Office { role: String::new(), organisation: None, from: None, to: None }];
        let offices = if person.offices.is_empty() { &none[..] } else { &person.offices };
        for office in offices {
            let aliases = person.aliases.join(&format!("{SEPARATOR} "));
            let organisation = office.organisation.clone().unwrap_or_default();
            let cells = [&person.name, &aliases, &office.role, &organisation, &day(office.from), &day(office.to), &person.id];
            writer.write_record(cells).map_err(std::io::Error::from)?;
        }
    }
    writer.flush()
}
