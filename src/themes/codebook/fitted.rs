//! What codings taught a codebook: the part `[fitted]` that `sayso codebook fit` adds to its file.
//!
//! ```toml
//! [fitted]
//! model = "9f…"                    # SHA-256 of the model whose vectors these are; another model is refused
//! sentences = 200                  # coded sentences it was fitted to
//! min_probability = 0.28           # in place of the codebook's
//!
//! [fitted.themes.ports]
//! bias = -0.2                      # log odds = bias + scale × log odds as without the fitting + toward · meaning of the sentence
//! scale = 1.1
//! toward = "5fsD…"                 # signed bytes in base 64, each a multiple of `step`; left out where the codings gave too little
//! step = 0.012
//! found = 0.71                     # share of the coded sentences of the theme that had it, coded without their own article
//! given = 0.03                     # share of the other coded sentences that had it
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// What codings taught of one theme.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::themes) struct FittedTheme {
    pub(in crate::themes) bias: f64,
    pub(in crate::themes) scale: f64,
    /// Added by its product with the meaning of the sentence with its neighbours; empty for none.
    pub(in crate::themes) toward: Vec<f32>,
    /// The share of the coded sentences of the theme that had it, and of the others, each coded by what the other articles taught.
    pub(in crate::themes) rates: Option<(f64, f64)>,
}

/// What codings taught a codebook.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::themes) struct Fitted {
    /// SHA-256 of the model.
    pub(in crate::themes) model: String,
    pub(in crate::themes) sentences: usize,
    pub(in crate::themes) min_probability: Option<f64>,
    /// By the index of the theme.
    pub(in crate::themes) themes: Vec<FittedTheme>,
}

impl FittedTheme {
    /// What changes nothing.
    pub(in crate::themes) fn plain() -> Self {
        Self { scale: 1.0, ..Self::default() }
    }

    pub(in crate::themes) fn odds(&self, odds: f64, meaning: &[f32]) -> f64 {
        self.bias + self.scale * odds + f64::from(crate::cosine(&self.toward, meaning))
    }
}

impl Fitted {
    pub(super) fn odds(&self, theme: usize, odds: f64, meaning: &[f32]) -> f64 {
        self.themes.get(theme).map_or(odds, |fitted| fitted.odds(odds, meaning))
    }

    /// The part of the file; `ids` are the themes' in order.
    pub(in crate::themes) fn to_toml<'a>(&self, ids: impl Iterator<Item = &'a str>) -> String {
        let mut out = format!("[fitted]\nmodel = \"{}\"\nsentences = {}\n", self.model, self.sentences);
        if let Some(least) = self.min_probability {
            _ = writeln!(out, "min_probability = {least:.2}");
        }
        for (id, theme) in ids.zip(&self.themes) {
            _ = write!(out, "\n[fitted.themes.{}]\nbias = {:.4}\nscale = {:.4}\n", super::super::toml_quoted(id), theme.bias, theme.scale);
            if let Some((codes, step)) = coded(&theme.toward) {
                _ = write!(out, "toward = \"{codes}\"\nstep = {step:.8}\n");
            }
            if let Some((found, given)) = theme.rates {
                _ = write!(out, "found = {found:.4}\ngiven = {given:.4}\n");
            }
        }
        out
    }
}

/// A fitted part as its file has it, the themes by their ids.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct DraftFitted {
    pub(super) line: usize,
    pub(super) fitted: Fitted,
    pub(super) themes: BTreeMap<String, FittedTheme>,
}

/// Signed bytes in base 64, and what one step is worth.
#[expect(clippy::cast_possible_truncation, reason = "scaled to -127..=127 before the cast")]
fn coded(vector: &[f32]) -> Option<(String, f32)> {
    let largest = vector.iter().fold(0.0_f32, |max, value| max.max(value.abs()));
    let step = largest / 127.0;
    (step > 0.0).then(|| {
        let bytes: Vec<u8> = vector.iter().map(|value| ((value / step).round() as i8).cast_unsigned()).collect();
        (BASE64_STANDARD.encode(bytes), step)
    })
}

/// The vector that [`coded`] has written; none for what is no base 64 or far too long to be one.
#[expect(clippy::cast_possible_truncation, reason = "written from a number of this width")]
pub(super) fn decoded(codes: &str, step: f64) -> Option<Vec<f32>> {
    const WIDEST: usize = 4096;
    let bytes = BASE64_STANDARD.decode(codes).ok().filter(|bytes| bytes.len() <= WIDEST && step.is_finite())?;
    Some(bytes.into_iter().map(|byte| f32::from(byte.cast_signed()) * step as f32).collect())
}

#[cfg(test)]
mod tests {
    use super::super::Codebook;
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let themes = vec![
            FittedTheme { bias: -0.25, scale: 1.5, toward: vec![0.127, -0.127, 0.001], rates: Some((0.75, 0.125)) },
            FittedTheme::plain(),
        ];
        let fitted = Fitted { model: "ab".repeat(32), sentences: 40, min_probability: Some(0.3), themes };
        let own = "[[theme]]\nid = \"ports\"\nkeywords = [\"port\"]\n[[theme]]\nid = \"a.b\"\nkeywords = [\"b\"]\n\n";
        let text = format!("{own}{}", fitted.to_toml(["ports", "a.b"].into_iter()));
        let codebook = Codebook::from_toml(&text).expect("a codebook");
        assert_eq!((codebook.fitted_to(), codebook.min_probability()), (Some("ab".repeat(32).as_str()), Some(0.3)));
        assert!((codebook.fitted_odds(0, 2.0, &[1.0, 0.0, 0.0]) - (-0.25 + 3.0 + 0.127)).abs() < 1e-3);
        assert!((codebook.fitted_odds(1, 2.0, &[1.0, 0.0, 0.0]) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_line() {
        let own = "[[theme]]\nid = \"ports\"\nkeywords = [\"port\"]\n";
        let rows = [
            ("[fitted]\nsentences = 3\n", 4, "`fitted`: missing field `model`"),
            ("[fitted]\nmodel = \"ab\"\n[fitted.themes.ships]\nbias = 1.0\n", 4, "`fitted`: there is no theme `ships`"),
            ("[fitted]\nmodel = \"ab\"\n[fitted.themes.ports]\ntoward = \"?\"\n", 7, "`toward`: is no vector in base 64"),
            ("[fitted]\nmodel = \"ab\"\nsteps = 1\n", 6, "unknown field `steps`"),
        ];
        for (part, line, why) in rows {
            let problems = Codebook::problems(&format!("{own}{part}"), crate::CodebookFormat::Toml);
            let told: Vec<_> = problems.iter().filter(|problem| !problem.is_note).map(|p| (p.line, p.message.as_str())).collect();
            assert!(matches!(told[..], [(at, message)] if at == line && message.starts_with(why)), "{part}: {told:?}");
        }
    }
}
