//! Codebooks: one inside the program, a file, or text.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use sayso::themes::CodebookFormat;

use crate::errors::raised;

/// Themes with the words that give them.
#[pyclass(frozen, module = "sayso")]
#[derive(Debug)]
pub(crate) struct Codebook {
    pub(crate) inner: sayso::Codebook,
    pub(crate) sha256: String,
    /// What it was made of: text, and a file name that says the format.
    text: String,
    name: String,
}

fn open(text: String, name: &str) -> sayso::Result<Codebook> {
    let inner = sayso::Codebook::parse(&text, CodebookFormat::of(Path::new(name))?).map_err(|error| error.at(name))?;
    Ok(Codebook { inner, sha256: sayso::sha256(text.as_bytes()), text, name: name.to_owned() })
}

#[pymethods]
impl Codebook {
    /// A codebook of its text; the end of `name` says the format.
    #[staticmethod]
    #[pyo3(signature = (text, name="codebook.toml"))]
    fn from_text(py: Python<'_>, text: String, name: &str) -> PyResult<Self> {
        open(text, name).map_err(|error| raised(py, &error))
    }

    /// The codebook inside the program that is named so, or else of the file.
    #[new]
    fn py_new(py: Python<'_>, source: PathBuf) -> PyResult<Self> {
        let opened = match source.to_str().and_then(sayso::Codebook::shipped) {
            Some(text) => open(text.to_owned(), &format!("{}.toml", source.display())),
            None => sayso::Codebook::read(&source).and_then(|text| open(text, &source.to_string_lossy())).map_err(|error| {
                if error.hint().is_some() {
                    error
                } else {
                    error.with_hint(format!("name a file, or one of {}", Self::shipped().join(", ")))
                }
            }),
        };
        opened.map_err(|error| raised(py, &error))
    }

    /// The names of the codebooks inside the program.
    #[staticmethod]
    fn shipped() -> Vec<&'static str> {
        sayso::Codebook::SHIPPED.iter().map(|(name, _)| *name).collect()
    }

    /// The codebook's title.
    #[getter]
    fn title(&self) -> Option<&str> {
        self.inner.title()
    }

    /// The ids and labels of its themes, in file order.
    #[getter]
    fn themes(&self) -> Vec<(&str, &str)> {
        self.inner.themes().iter().map(|theme| (theme.id.as_str(), theme.label.as_str())).collect()
    }

    /// Its text, as a file would have it.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// SHA-256 of its text.
    #[getter]
    fn sha256(&self) -> &str {
        &self.sha256
    }

    fn __len__(&self) -> usize {
        self.inner.themes().len()
    }

    fn __eq__(&self, other: &Self) -> bool {
        (&self.text, &self.name) == (&other.text, &other.name)
    }

    fn __hash__(&self) -> u64 {
        self.sha256.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok()).unwrap_or_default()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (String, String))> {
        Ok((py.get_type::<Self>().getattr("from_text")?, (self.text.clone(), self.name.clone())))
    }

    fn __repr__(&self) -> String {
        format!("<sayso.Codebook {:?}: {} themes>", self.inner.title().unwrap_or(&self.name), self.inner.themes().len())
    }
}
