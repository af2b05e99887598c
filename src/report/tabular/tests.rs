//! The tables in every format: what was written as CSV comes back from each.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use calamine::{Data, Reader, Xlsx, open_workbook};
use rusqlite::Connection;

use super::super::sample;
use super::source::TableFile;
use super::xlsx::{Limits, write_within};
use super::{TableFormat, sqlite::SQLITE, write_tables, xlsx::XLSX};
use crate::report::tables;
use crate::report::{Format, Report, RunOptions};
use crate::{ArticleSource, Error, ErrorKind};

/// A report of two articles and one that failed, with a metadata column.
fn run(dir: &Path, formats: &[Format]) {
    let options = RunOptions { formats: formats.to_vec(), ..RunOptions::default() };
    let mut report = Report::create(dir, options).unwrap();
    let mut second = sample::named("second");
    second.doc =
        crate::Document::new("second", "second.txt", "", second.doc.text(), [("Desk".to_owned(), "-home; away".to_owned())].into());
    report.add(&sample::full()).unwrap();
    report.add(&second).unwrap();
    let source = ArticleSource { id: "broken".to_owned(), path: "broken.txt".to_owned(), ..ArticleSource::default() };
    report.add_failed(&source, &Error::new(ErrorKind::Input("binary file, not text".to_owned()))).unwrap();
    report.finish().unwrap();
}

fn csv_rows(dir: &Path) -> BTreeMap<&'static str, usize> {
    let rows = |name| csv::Reader::from_path(dir.join(format!("{name}.csv"))).unwrap().into_records().count();
    tables::shapes().into_iter().map(|shape| (shape.name, rows(shape.name))).collect()
}

#[test]
fn a_run_and_an_export_of_it_write_equal_bytes() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(dir.path(), &[Format::Csv, Format::Parquet, Format::Xlsx, Format::Sqlite]);
    let notes = write_tables(dir.path(), &[TableFormat::Parquet, TableFormat::Xlsx, TableFormat::Sqlite], out.path()).unwrap();
    assert_eq!(notes, Vec::<String>::new());
    let names = tables::shapes().into_iter().map(|shape| format!("parquet/{}.parquet", shape.name));
    for name in names.chain([XLSX.to_owned(), SQLITE.to_owned()]) {
        let [a, b] = [dir.path(), out.path()].map(|dir| std::fs::read(dir.join(&name)).unwrap());
        assert!(a == b && !a.is_empty(), "{name}");
    }
}

#[test]
fn parquet_has_types_and_lists() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &[Format::Csv, Format::Parquet]);
    let open = |name: &str| SerializedFileReader::new(File::open(dir.path().join(format!("parquet/{name}.parquet"))).unwrap()).unwrap();
    for (name, rows) in csv_rows(dir.path()) {
        assert_eq!(open(name).get_row_iter(None).unwrap().count(), rows, "{name}");
    }
    let row = open("quotes").get_row_iter(None).unwrap().nth(1).unwrap().unwrap();
    let cells: BTreeMap<String, Field> = row.into_columns().into_iter().collect();
    assert_eq!(cells["quote_id"], Field::Str("harbour:q2".to_owned()));
    assert_eq!((&cells["confidence"], &cells["person_id"]), (&Field::Double(0.8), &Field::Null));
    assert!(matches!(cells["content_start"], Field::Long(start) if start > 0));
    let Field::ListInternal(themes) = &cells["themes"] else { panic!("{:?}", cells["themes"]) };
    let themes: Vec<String> = themes.elements().iter().map(ToString::to_string).collect();
    assert_eq!(themes, ["\"Money\"", "\"Taxes & levies\"", "\"Boats\""]);
    let row = open("speakers").get_row_iter(None).unwrap().next().unwrap().unwrap();
    let cells: BTreeMap<String, Field> = row.into_columns().into_iter().collect();
    assert_eq!((&cells["metonym"], &cells["person_id"]), (&Field::Bool(false), &Field::Str("p1".to_owned())));
    let row = open("entities").get_row_iter(None).unwrap().next().unwrap().unwrap();
    let cells: BTreeMap<String, Field> = row.into_columns().into_iter().collect();
    assert_eq!(cells["offsets"].to_string(), "[{start: 20, end: 29}]");
    let row = open("theme_quotes").get_row_iter(None).unwrap().last().unwrap().unwrap();
    let cells: BTreeMap<String, Field> = row.into_columns().into_iter().collect();
    assert_eq!(cells["text"], Field::Str("=Fishers disagree".to_owned()), "no apostrophe: nothing runs a formula here");
}

#[test]
fn a_database_has_keys_that_hold_and_views_that_answer() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &[Format::Csv, Format::Sqlite]);
    let base = Connection::open(dir.path().join(SQLITE)).unwrap();
    let count = |sql: &str| base.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or_else(|error| panic!("{sql}: {error}"));
    for (name, rows) in csv_rows(dir.path()) {
        assert_eq!(count(&format!("SELECT count(*) FROM {name}")), i64::try_from(rows).unwrap(), "{name}");
        let references = count(&format!("SELECT count(*) FROM pragma_foreign_key_list('{name}')"));
        let stands_alone = ["people", "quotation_clusters", "theme_terms", "theme_totals"].contains(&name);
        assert_eq!(references == 0, stands_alone, "{name}");
    }
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check()"), 0);
    // The check does not pass on everything.
    base.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    base.execute("UPDATE quotes SET person_id = 'p99' WHERE quote_id = 'harbour:q1'", []).unwrap();
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check()"), 1);
    base.execute("UPDATE quotes SET person_id = 'p1' WHERE quote_id = 'harbour:q1'", []).unwrap();
    for (view, _) in super::views::VIEWS {
        assert!(count(&format!("SELECT count(*) FROM {view}")) > 0, "{view}");
    }
    let most = "SELECT quotes FROM most_quoted WHERE person_id = 'p1'";
    assert_eq!(count(most), 2, "one person over two articles");
    assert_eq!(count("SELECT count(*) FROM quotes, json_each(quotes.themes) WHERE quote_id = 'second:q2'"), 3);
    assert_eq!(count("SELECT value ->> 1 FROM entities, json_each(offsets) WHERE entity_id = 'e1' AND article_id = 'harbour'"), 29);
    let own = "SELECT count(*) FROM article_metadata WHERE article_id = 'second' AND name = 'Desk' AND value = '-home; away'";
    assert_eq!(count(own), 1, "without the apostrophe of the CSV");
}

#[test]
fn a_workbook_has_a_sheet_a_table() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &[Format::Csv, Format::Xlsx]);
    let mut book: Xlsx<_> = open_workbook(dir.path().join(XLSX)).unwrap();
    for (name, rows) in csv_rows(dir.path()) {
        let sheet = book.worksheet_range(name).unwrap();
        assert_eq!(sheet.height(), rows + 1, "{name}");
    }
    let sheet = book.worksheet_range("speakers").unwrap();
    let column = |name: &str| sheet.rows().next().unwrap().iter().position(|cell| *cell == Data::String(name.to_owned())).unwrap();
    let row = sheet.rows().nth(1).unwrap();
    assert_eq!(row[column("metonym")], Data::Bool(false));
    assert_eq!(row[column("quotes_direct")], Data::Float(1.0));
    let sheet = book.worksheet_range("theme_quotes").unwrap();
    assert!(sheet.rows().any(|row| row.contains(&Data::String("=Fishers disagree".to_owned()))), "text, no formula");
}

#[test]
fn what_excel_cannot_hold_is_told() {
    let (dir, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    run(dir.path(), &[Format::Csv]);
    let files: Vec<TableFile> = tables::shapes().into_iter().map(|shape| TableFile::open(dir.path(), shape).unwrap()).collect();
    let notes = write_within(Limits { rows: 5, units: 50 }, &files, out.path()).unwrap();
    let told = |sheet: &str| notes.iter().find(|note| note.starts_with(&format!("sayso.xlsx, sheet {sheet}: ")));
    assert_eq!(
        told("quotes").unwrap(),
        "sayso.xlsx, sheet quotes: cells cut to the length that Excel holds: 4; more rows than Excel holds in a sheet: goes on in the next"
    );
    let mut book: Xlsx<_> = open_workbook(out.path().join(XLSX)).unwrap();
    let sheets = ["quotes", "quotes (2)"].map(|name| book.worksheet_range(name).unwrap());
    assert_eq!(sheets.each_ref().map(calamine::Range::height), [5, 3], "six quotations under two headers");
    let longest = sheets.iter().flat_map(calamine::Range::rows).flatten().map(|cell| cell.to_string().encode_utf16().count()).max();
    assert_eq!(longest, Some(50));
    let about = book.worksheet_range("about").unwrap();
    assert!(about.rows().any(|row| row[0] == Data::String("quotes".to_owned()) && row[2] == Data::Float(4.0)), "{about:?}");
}

#[test]
fn a_table_of_another_version_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    run(dir.path(), &[Format::Csv]);
    let path = dir.path().join("quotes.csv");
    let table = std::fs::read_to_string(&path).unwrap();
    crate::write_atomic(&path, |file| file.write_all(table.replacen("passage", "place", 1).as_bytes())).unwrap();
    let error = write_tables(dir.path(), &[TableFormat::Parquet], &dir.path().join("out")).expect_err("another column");
    assert!(error.to_string().contains("the columns are those of another version of sayso"), "{error}");
    std::fs::remove_file(&path).unwrap();
    let error = write_tables(dir.path(), &[TableFormat::Parquet], &dir.path().join("out")).expect_err("no table");
    assert_eq!(error.hint(), Some("these formats are made of a report's tables: analyse with --format csv"));
}
