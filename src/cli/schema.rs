//! `sayso schema`: the JSON Schema of `articles/ID.json`.

use std::io::Write;

use super::exit::Exit;

/// Prints the schema.
pub(crate) fn run() -> anyhow::Result<Exit> {
    let mut out = anstream::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &sayso::report::json_schema()).map_err(std::io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Exit::Done)
}
