//! The cells of tables as R's vectors: text, whole numbers, numbers and flags with NA, lists of texts and of places.

use savvy::{OwnedIntegerSexp, OwnedListSexp, OwnedLogicalSexp, OwnedRealSexp, OwnedStringSexp, Sexp};
use sayso::report::{ends, Cell, ColumnKind};

/// The columns that say where something begins. R counts from 1 and its ranges hold their end: what begins at 11 and ends before 25 is 12 to 25,
/// so that ends stay as they are.
const STARTS: [&str; 5] = ["start", "content_start", "source_start", "words_start", "first"];

/// R's strings hold no zero characters.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// A vector of texts.
pub(crate) fn texts<'a>(values: impl ExactSizeIterator<Item = Option<&'a str>>) -> savvy::Result<OwnedStringSexp> {
    let mut vector = OwnedStringSexp::new(values.len())?;
    for (at, value) in values.enumerate() {
        match value {
            Some(text) => vector.set_elt(at, &plain(text))?,
            None => vector.set_na(at)?,
        }
    }
    Ok(vector)
}

fn whole(number: i64) -> Option<i32> {
    // The smallest is how R writes NA.
    i32::try_from(number).ok().filter(|number| *number != i32::MIN)
}

fn counts(cells: &[&Cell], step: i64) -> savvy::Result<OwnedIntegerSexp> {
    let mut vector = OwnedIntegerSexp::new(cells.len())?;
    for (at, cell) in cells.iter().enumerate() {
        let number = if let Cell::Count(count) = cell { i64::try_from(*count).ok().and_then(|count| whole(count + step)) } else { None };
        match number {
            Some(number) => vector.set_elt(at, number)?,
            None => vector.set_na(at)?,
        }
    }
    Ok(vector)
}

fn decimals(cells: &[&Cell]) -> savvy::Result<OwnedRealSexp> {
    let mut vector = OwnedRealSexp::new(cells.len())?;
    for (at, cell) in cells.iter().enumerate() {
        match cell {
            Cell::Decimal(number) => vector.set_elt(at, *number)?,
            _ => vector.set_na(at)?,
        }
    }
    Ok(vector)
}

fn flags(cells: &[&Cell]) -> savvy::Result<OwnedLogicalSexp> {
    let mut vector = OwnedLogicalSexp::new(cells.len())?;
    for (at, cell) in cells.iter().enumerate() {
        match cell {
            Cell::Flag(is_so) => vector.set_elt(at, *is_so)?,
            _ => vector.set_na(at)?,
        }
    }
    Ok(vector)
}

fn members(cell: &Cell) -> &[String] {
    if let Cell::List(members) = cell {
        members
    } else {
        &[]
    }
}

fn lists(cells: &[&Cell]) -> savvy::Result<OwnedListSexp> {
    let mut vector = OwnedListSexp::new(cells.len(), false)?;
    for (at, cell) in cells.iter().enumerate() {
        vector.set_value(at, texts(members(cell).iter().map(|text| Some(text.as_str())))?)?;
    }
    Ok(vector)
}

/// A matrix for each cell, a place a row, with the columns `start` and `end`.
fn places(cells: &[&Cell]) -> savvy::Result<OwnedListSexp> {
    let mut names = OwnedListSexp::new(2, false)?;
    names.set_value(1, OwnedStringSexp::try_from_slice(["start", "end"])?)?;
    let mut vector = OwnedListSexp::new(cells.len(), false)?;
    for (at, cell) in cells.iter().enumerate() {
        let places: Vec<(i64, i64)> = members(cell).iter().map(|place| ends(place)).collect();
        let starts = places.iter().map(|(start, _)| start + 1);
        let numbers: Vec<i32> = starts.chain(places.iter().map(|(_, end)| *end)).map(|number| whole(number).unwrap_or(i32::MIN)).collect();
        let mut matrix = OwnedIntegerSexp::try_from_slice(numbers)?;
        matrix.set_dim(&[places.len(), 2])?;
        matrix.set_attrib("dimnames", Sexp(names.inner()))?;
        vector.set_value(at, matrix)?;
    }
    Ok(vector)
}

/// Puts a column into the list of a table.
pub(crate) fn put(table: &mut OwnedListSexp, at: usize, name: &str, kind: ColumnKind, cells: &[&Cell]) -> savvy::Result<()> {
    match kind {
        ColumnKind::Text => {
            let values = cells.iter().map(|cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None });
            table.set_name_and_value(at, name, texts(values)?)
        }
        ColumnKind::Count => table.set_name_and_value(at, name, counts(cells, i64::from(STARTS.contains(&name)))?),
        ColumnKind::Decimal => table.set_name_and_value(at, name, decimals(cells)?),
        ColumnKind::Flag => table.set_name_and_value(at, name, flags(cells)?),
        ColumnKind::List => table.set_name_and_value(at, name, lists(cells)?),
        ColumnKind::Spans => table.set_name_and_value(at, name, places(cells)?),
    }
}
