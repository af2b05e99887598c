//! The files of a model, each with its checksum.
//!
//! `SHA256SUMS` is what `sha256sum *` prints in the folder. Every file that is read must be listed there with its own sum: a flipped bit in the
//! vocabulary would change results as surely as one in the weights.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use crate::{Error, ErrorKind, Result, sha256};

pub(super) const WEIGHTS: &str = "model.safetensors";
pub(super) const CONFIG: &str = "config.json";
pub(super) const VOCABULARY: &str = "tokenizer.json";
/// A model may lack it.
pub(super) const ANTECEDENTS: &str = "antecedents.safetensors";
/// A model may lack it.
pub(super) const MEANING: &str = "meaning.safetensors";
/// A folder made by hand may lack it: then the sum of the weights in `config.json` alone is checked.
const SUMS: &str = "SHA256SUMS";

const NEEDED: [&str; 3] = [CONFIG, VOCABULARY, WEIGHTS];
const OPTIONAL: [&str; 2] = [ANTECEDENTS, MEANING];

/// The contents of a model's files by their names.
#[derive(Debug)]
pub(super) struct ModelFiles {
    files: BTreeMap<&'static str, Cow<'static, [u8]>>,
    sums: BTreeMap<&'static str, String>,
}

impl ModelFiles {
    /// The files of the model inside the program.
    #[cfg(feature = "bundled-model")]
    pub(super) fn bundled() -> Result<Self> {
        macro_rules! file {
            ($name:literal) => {
                ($name, Cow::Borrowed(&include_bytes!(concat!("../../models/minilm-l6-attribution/", $name))[..]))
            };
        }
        let files = [
            file!("config.json"),
            file!("tokenizer.json"),
            file!("model.safetensors"),
            file!("antecedents.safetensors"),
            file!("meaning.safetensors"),
        ];
        Self::checked(BTreeMap::from(files), Some(include_bytes!("../../models/minilm-l6-attribution/SHA256SUMS")))
    }

    /// Reads the files of a folder.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| {
                let hint = format!("a model is a folder with {}", NEEDED.join(", "));
                Error::new(ErrorKind::Read(source)).at(path).with_hint(hint)
            })
        };
        let is_there = |name: &&str| folder.join(name).is_file();
        let names = NEEDED.into_iter().chain(OPTIONAL.into_iter().filter(is_there));
        let files = names.map(|name| Ok((name, Cow::Owned(read(name)?)))).collect::<Result<BTreeMap<_, _>>>()?;
        let sums = if is_there(&SUMS) { Some(read(SUMS)?) } else { None };
        Self::checked(files, sums.as_deref()).map_err(|error| error.at(folder))
    }

    fn checked(files: BTreeMap<&'static str, Cow<'static, [u8]>>, sums: Option<&[u8]>) -> Result<Self> {
        let own: BTreeMap<&str, String> = files.iter().map(|(name, bytes)| (*name, sha256(bytes))).collect();
        if let Some(sums) = sums {
            let text = String::from_utf8_lossy(sums);
            let listed: BTreeMap<&str, &str> = text
                .lines()
                .filter_map(|line| line.split_once(char::is_whitespace))
                .map(|(sum, name)| (name.trim_start_matches([' ', '*']), sum))
                .collect();
            for (name, sum) in &own {
                if listed.get(name) != Some(&sum.as_str()) {
                    let why = format!("{name} is damaged: its SHA-256 is not the one in {SUMS}");
                    return Err(Error::new(ErrorKind::Model(why)).with_hint("copy the model folder again"));
                }
            }
        }
        Ok(Self { files, sums: own })
    }

    /// The contents of a file; nothing for one that the model lacks.
    pub(super) fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// The contents of a file that every model has.
    pub(super) fn take(&mut self, name: &str) -> Cow<'static, [u8]> {
        self.files.remove(name).unwrap_or_default()
    }

    /// SHA-256 of a file.
    pub(super) fn sum(&self, name: &str) -> &str {
        self.sums.get(name).map_or("", String::as_str)
    }

    /// SHA-256 of the lines that `sha256sum` prints for the files, by name: whatever file changes, it changes.
    pub(super) fn digest(&self) -> String {
        sha256(lines(&self.sums).as_bytes())
    }
}

/// As `sha256sum` prints them.
fn lines(sums: &BTreeMap<&'static str, String>) -> String {
    sums.iter().fold(String::new(), |lines, (name, sum)| lines + sum + "  " + name + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flipped_bit_in_any_file_is_seen() {
        let files = |broken: &str| {
            let files = NEEDED.into_iter().chain(OPTIONAL).map(|name| {
                let mut bytes = name.as_bytes().to_vec();
                bytes[0] ^= u8::from(name == broken);
                (name, Cow::Owned(bytes))
            });
            files.collect::<BTreeMap<_, _>>()
        };
        let sums = lines(&files("").into_iter().map(|(name, bytes)| (name, sha256(&bytes))).collect());
        let whole = ModelFiles::checked(files(""), Some(sums.as_bytes())).expect("whole");
        for name in NEEDED.into_iter().chain(OPTIONAL) {
            let error = ModelFiles::checked(files(name), Some(sums.as_bytes())).expect_err(name);
            assert_eq!(error.to_string(), format!("{name} is damaged: its SHA-256 is not the one in SHA256SUMS"));
            assert_ne!(ModelFiles::checked(files(name), None).expect("no sums").digest(), whole.digest(), "{name}");
        }
        let short = sums.lines().skip(1).fold(String::new(), |text, line| text + line + "\n");
        assert!(ModelFiles::checked(files(""), Some(short.as_bytes())).is_err(), "every file must be listed");
    }
}
