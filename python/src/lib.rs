//! The core of the Python package `sayso`: what has to be fast or has to be sayso's own. What Python users see is put together of it in
//! `python/sayso`.

mod arrow_rows;
mod batches;
mod cells;
mod codebook;
mod document;
mod errors;
mod options;
mod outcome;
mod pipeline;
mod reader;
mod run;
mod stream;
mod table;

use pyo3::prelude::*;

/// The native part of sayso.
#[pymodule]
mod _sayso {
    #[pymodule_export]
    use crate::batches::batch_schema;
    #[pymodule_export]
    use crate::codebook::Codebook;
    #[pymodule_export]
    use crate::document::Document;
    #[pymodule_export]
    use crate::options::ReadOptions;
    #[pymodule_export]
    use crate::outcome::Outcome;
    #[pymodule_export]
    use crate::pipeline::Pipeline;
    #[pymodule_export]
    use crate::reader::{Reader, read};
    #[pymodule_export]
    use crate::stream::Stream;
    #[pymodule_export]
    use crate::table::Table;

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))?;
        module.add("SCHEMA", sayso::report::SCHEMA)
    }
}

/// How often a call that waits for an article looks whether the user has pressed Ctrl-C.
const LOOK_UP: std::time::Duration = std::time::Duration::from_millis(50);
