//! The tables keep their shape: sorted, without doubles, with every column declared, filled and asked for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::table::Table;
use super::{abbreviations, bodies, calendar, general, grammar, layout, names, people, speech};

/// Every table with the code that asks it.
fn tables() -> [(&'static str, &'static LazyLock<Table>, &'static str); 9] {
    [
        ("abbreviations", &abbreviations::TABLE, include_str!("abbreviations.rs")),
        ("bodies", &bodies::TABLE, include_str!("bodies.rs")),
        ("calendar", &calendar::TABLE, include_str!("calendar.rs")),
        ("general", &general::TABLE, include_str!("general.rs")),
        ("grammar", &grammar::TABLE, include_str!("grammar.rs")),
        ("layout", &layout::TABLE, include_str!("layout.rs")),
        ("names", &names::TABLE, include_str!("names.rs")),
        ("people", &people::TABLE, include_str!("people.rs")),
        ("speech", &speech::TABLE, include_str!("speech.rs")),
    ]
}

#[test]
fn words_are_sorted_and_stand_once() {
    for (name, table, _) in tables() {
        for pair in table.rows.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{name}.tsv: '{}' stands before '{}'", pair[0].0, pair[1].0);
        }
        assert!(table.rows.iter().all(|(word, cells)| word.trim() == *word && !word.is_empty() && !cells.is_empty()), "{name}.tsv");
    }
}

#[test]
fn columns_are_declared_filled_and_asked_for() {
    for (name, table, code) in tables() {
        let mut filled: BTreeMap<&str, usize> = table.columns.iter().map(|column| (*column, 0)).collect();
        assert_eq!(filled.len(), table.columns.len(), "{name}.tsv declares a column twice");
        for (word, cells) in &table.rows {
            for (column, cell) in cells {
                *filled
                    .get_mut(column)
                    .unwrap_or_else(|| panic!("{name}.tsv: '{word}' fills the column '{column}', which is not declared")) += 1;
                assert!(!cell.contains("  ") && cell.trim() == *cell, "{name}.tsv: '{word}': '{cell}'");
            }
            let order: Vec<_> = cells.iter().map(|(cell, _)| table.columns.iter().position(|column| column == cell)).collect();
            assert!(order.is_sorted_by(|a, b| a < b), "{name}.tsv: the cells of '{word}' stand in the order of the columns, each once");
        }
        let (code, _) = code.split_once("#[cfg(test)]").unwrap_or((code, ""));
        for (column, words) in filled {
            assert!(words > 0, "{name}.tsv: nothing stands in the column '{column}'");
            assert!(code.contains(&format!("\"{column}\"")), "{name}.tsv: nobody asks for the column '{column}'");
        }
    }
}

/// A cell that its question cannot read would be a word that is lost without a word.
#[test]
fn every_cell_is_read() {
    assert!(abbreviations::TABLE.column("kind").all(|(_, cell)| abbreviations::Abbreviation::of_cell(cell).is_some()));
    assert!(speech::TABLE.column("class").all(|(word, _)| speech::cue_class(word).is_some()));
    assert!(bodies::TABLE.column("noun").all(|(word, _)| bodies::body_noun(word).is_some()));
    assert!(calendar::TABLE.column("month").all(|(word, _)| calendar::month(word).is_some()));
    assert!(bodies::TABLE.column("calls").all(|(_, cell)| bodies::TitledDocument::of_cell(cell).is_some()));
    for column in ["closer", "publishing"] {
        assert!(layout::TABLE.column(column).all(|(_, cell)| matches!(cell, "" | "word")), "{column}");
    }
    for (word, role) in people::TABLE.column("short_for").chain(people::TABLE.column("who_does")) {
        assert!(people::is_role_noun(role), "'{word}' leads to '{role}', which is no role");
    }
    for (table, column) in [(&people::TABLE, "gender"), (&names::TABLE, "given")] {
        assert!(table.column(column).all(|(_, cell)| people::Gender::of_cell(cell).is_some()), "{column}");
    }
    let roles = people::TABLE.column("covers").flat_map(|(_, roles)| roles.split(' '));
    for role in roles {
        assert!(people::role_noun(role).is_some(), "'{role}' is covered by another noun and is none itself");
    }
}

/// Words are in lower case but where their column says *as it is written*.
#[test]
fn words_have_no_capitals() {
    for (name, table, _) in tables() {
        let is_as_written = |cells: &[(&str, &str)]| cells.iter().any(|(column, _)| matches!(*column, "zone" | "form_before"));
        let capitals = table.rows.iter().filter(|(word, cells)| word.chars().any(char::is_uppercase) && !is_as_written(cells));
        assert_eq!(capitals.map(|(word, _)| *word).collect::<Vec<_>>(), [""; 0], "{name}.tsv");
    }
}
