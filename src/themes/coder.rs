//! Gives sentences and quotations their themes.
//!
//! With a codebook, a sentence has the themes whose terms it says, and a quotation those whose terms stand inside its content; a theme's
//! parents get what it gets. Without one, themes are the article's own headings and the groups of its keyphrases (`discovery`).

use super::Theme;
use super::codebook::Codebook;
use super::coverage::{Finding, count};
use super::discovery::discover;
use crate::{Keyphrase, Quote, Reading};

/// Gives sentences and quotations their themes.
#[derive(Debug, Clone)]
pub struct ThemeCoder {
    codebook: Option<Codebook>,
}

impl ThemeCoder {
    /// Makes a coder with the themes of `codebook`; without one, themes come from headings and keyphrases.
    pub fn new(codebook: Option<Codebook>) -> Self {
        Self { codebook }
    }

    /// The themes of one article, largest share of its words first; equal ones by sentences, place and id.
    ///
    /// A sentence or quotation may have several themes, so shares may add up to more than one.
    pub fn code(&self, reading: &Reading<'_>, keyphrases: &[Keyphrase], quotes: &[Quote]) -> Vec<Theme> {
        let findings = match &self.codebook {
            Some(codebook) => by_codebook(*reading, codebook),
            None => discover(*reading, keyphrases),
        };
        count(*reading, findings, quotes)
    }
}

fn by_codebook(reading: Reading<'_>, codebook: &Codebook) -> Vec<Finding> {
    let mut findings: Vec<Finding> = codebook.themes().iter().map(|theme| Finding::new(&theme.id, &theme.label)).collect();
    for sentence in reading.seg.body_sentences() {
        for (at, evidence) in codebook.matcher().evidence(reading, sentence).into_iter().enumerate() {
            if evidence.is_empty() {
                continue;
            }
            for theme in [at].iter().chain(codebook.ancestors(at)) {
                if let Some(finding) = findings.get_mut(*theme) {
                    finding.sentences.insert(sentence);
                    finding.evidence.extend(&evidence);
                }
            }
        }
    }
    findings
}
