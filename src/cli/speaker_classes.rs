//! `sayso speaker-classes`: the table that classes speakers, to be edited.

use std::io::Write;

use sayso::speakers::SpeakerClasses;

use super::exit::Exit;

/// Prints the table.
pub(crate) fn run() -> anyhow::Result<Exit> {
    let mut out = anstream::stdout().lock();
    out.write_all(SpeakerClasses::shipped().as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
