//! How inputs are read, as keyword arguments.

use pyo3::prelude::*;
use sayso::ingest::{self, Columns};
use sayso::lexicon::DateOrder;
use sayso::{Error, ErrorKind};

use crate::errors::raised;

/// How inputs become articles.
#[pyclass(frozen, module = "sayso._sayso")]
#[derive(Debug)]
pub(crate) struct ReadOptions {
    pub(crate) options: ingest::ReadOptions,
}

#[pymethods]
impl ReadOptions {
    #[new]
    #[pyo3(signature = (*, encoding=None, text=None, id=None, title=None, date=None, outlet=None, date_order=None, max_bytes=None, any_language=false))]
    #[expect(clippy::too_many_arguments, reason = "they are keyword arguments")]
    fn new(
        py: Python<'_>,
        encoding: Option<&str>,
        text: Option<String>,
        id: Option<String>,
        title: Option<String>,
        date: Option<String>,
        outlet: Option<String>,
        date_order: Option<&str>,
        max_bytes: Option<u64>,
        any_language: bool,
    ) -> PyResult<Self> {
        let options = encoding.map_or_else(|| Ok(ingest::ReadOptions::default()), ingest::ReadOptions::with_encoding);
        let options = options.map_err(|error| raised(py, &error))?;
        let max_bytes = max_bytes.unwrap_or(options.max_bytes);
        let date_order = match date_order {
            None => None,
            Some("dmy") => Some(DateOrder::DayFirst),
            Some("mdy") => Some(DateOrder::MonthFirst),
            Some(other) => {
                let error = Error::new(ErrorKind::Config(format!("unknown order of dates '{other}'")));
                return Err(raised(py, &error.with_hint("give dmy or mdy")));
            }
        };
        let options = ingest::ReadOptions {
            max_bytes,
            max_file_bytes: options.max_file_bytes.max(max_bytes),
            columns: Columns { text, id, title, date, outlet },
            date_order,
            any_language,
            ..options
        };
        Ok(Self { options })
    }
}
