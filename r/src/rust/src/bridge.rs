//! What R calls, by way of `r/src/init.c`.

#![allow(unsafe_code, reason = "savvy's macro writes functions with C names that take R's pointers")]
#![allow(unreachable_pub, missing_docs, reason = "the same: they are for the linker, which asks for `pub`")]
#![allow(clippy::too_many_arguments, reason = "R calls with one argument each; a list would have to be taken apart by name here")]

use savvy::{savvy, FunctionArgs, FunctionSexp, ListSexp, OwnedListSexp, OwnedStringSexp, Sexp, StringSexp};
use sayso::ingest::{Columns, ReadOptions};
use sayso::report::{Cell, StoredTable};

use crate::cells::{put, texts};
use crate::pipeline::{build, Parts};
use crate::run::{run, Done, Sources};
use crate::stop::Stop;

fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn count(number: i32) -> Option<usize> {
    usize::try_from(number).ok()
}

/// Analyses files, or where there are none the rows of `columns`: vectors of the same length, of which `id` is the id. Gives the tables with
/// ids, texts, manifest and the codebook of the themes that were found. `on_article` is called after each article; an error or interrupt in it
/// ends the run. An empty text and a negative number stand for what is not given.
#[savvy]
fn sayso_run(
    paths: StringSexp,
    columns: ListSexp,
    codebook: &str,
    codebook_text: &str,
    people: &str,
    encoding: &str,
    text_column: &str,
    any_language: bool,
    threads: i32,
    themes: i32,
    on_article: FunctionSexp,
) -> savvy::Result<Sexp> {
    let sources = if paths.is_empty() {
        let mut rows: (Vec<String>, Vec<Vec<&'static str>>) = Default::default();
        for (name, column) in columns.iter() {
            rows.0.push(name.to_owned());
            rows.1.push(StringSexp::try_from(column)?.to_vec());
        }
        Sources::Rows(rows.0, rows.1)
    } else {
        Sources::Paths(paths.iter().map(Into::into).collect())
    };
    let options = given(encoding).map_or_else(|| Ok(ReadOptions::default()), ReadOptions::with_encoding).map_err(Stop::from)?;
    let id = matches!(sources, Sources::Rows(..)).then(|| "id".to_owned());
    let columns = Columns { text: given(text_column).map(str::to_owned), id, ..Columns::default() };
    let options = ReadOptions { columns, any_language, ..options };
    let parts = Parts { codebook, codebook_text, people, threads: count(threads) };
    let (pipeline, record) = build(&parts).map_err(Stop::from)?;
    let call = || on_article.call(FunctionArgs::new()).map(drop);
    let done = run(&pipeline, record, sources, &options, count(themes), call)?;
    handed_over(&done)?.into()
}

/// The names of the codebooks inside the program.
#[savvy]
fn sayso_codebooks() -> savvy::Result<Sexp> {
    let names: Vec<&str> = sayso::Codebook::SHIPPED.iter().map(|(name, _)| *name).collect();
    OwnedStringSexp::try_from_slice(names)?.into()
}

/// The text of a codebook inside the program.
#[savvy]
fn sayso_codebook_text(name: &str) -> savvy::Result<Sexp> {
    let text = sayso::Codebook::shipped(name).ok_or_else(|| savvy::Error::new(format!("there is no codebook '{name}' inside sayso")))?;
    OwnedStringSexp::try_from_scalar(text)?.into()
}

fn handed_over(done: &Done) -> savvy::Result<OwnedListSexp> {
    let mut tables = OwnedListSexp::new(done.tables.len(), true)?;
    for (at, stored) in done.tables.iter().enumerate() {
        tables.set_name_and_value(at, stored.name(), table(stored)?)?;
    }
    let mut list = OwnedListSexp::new(5, true)?;
    list.set_name_and_value(0, "tables", tables)?;
    list.set_name_and_value(1, "ids", texts(done.articles.iter().map(|article| Some(article.id.as_str())))?)?;
    list.set_name_and_value(2, "texts", texts(done.articles.iter().map(|article| article.text.as_deref()))?)?;
    list.set_name_and_value(3, "manifest", OwnedStringSexp::try_from_scalar(&done.manifest)?)?;
    list.set_name_and_value(4, "codebook", texts(std::iter::once(done.codebook.as_deref()))?)?;
    Ok(list)
}

/// A table as a list of its columns.
fn table(stored: &StoredTable) -> savvy::Result<OwnedListSexp> {
    let rows = stored.rows().and_then(Iterator::collect::<sayso::Result<Vec<Vec<Cell>>>>).map_err(Stop::from)?;
    let columns: Vec<_> = stored.columns().collect();
    let mut list = OwnedListSexp::new(columns.len(), true)?;
    for (at, (name, kind)) in columns.into_iter().enumerate() {
        let cells: Vec<&Cell> = rows.iter().map(|row| row.get(at).unwrap_or(&Cell::Empty)).collect();
        put(&mut list, at, name, kind, &cells)?;
    }
    Ok(list)
}
