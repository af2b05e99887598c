//! Which quotations are wanted: by speaker, kind, theme and confidence.

use clap::{Args, ValueEnum};
use sayso::{Analysis, QuoteKind};

/// A kind of quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Word for word
    Direct,
    /// Reported
    Indirect,
    /// Reported, with words in quotation marks
    Mixed,
}

/// What a quotation has to be; options of several values are met by any of them.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Which quotations")]
pub(super) struct FilterArgs {
    /// Only those of speakers with these words in a name or role (may be repeated)
    #[arg(long, value_name = "WORDS")]
    speaker: Vec<String>,
    /// Only direct, indirect or mixed ones, or two of them
    #[arg(long, value_enum, value_name = "KINDS", value_delimiter = ',')]
    kind: Vec<Kind>,
    /// Only those on themes with these words in their name (may be repeated)
    #[arg(long, value_name = "WORDS")]
    theme: Vec<String>,
    /// Only those that are at least this sure, 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_confidence: Option<f64>,
}

fn share(text: &str) -> Result<f64, &'static str> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or("it is a number from 0 to 1, such as 0.8")
}

impl FilterArgs {
    /// Whether the quotation at `at` is wanted.
    pub(super) fn takes(&self, analysis: &Analysis, at: usize) -> bool {
        let Some(quote) = analysis.quotes.get(at) else { return false };
        let is_sure = self.min_confidence.is_none_or(|least| quote.confidence >= least);
        is_sure && self.takes_kind(quote.kind) && self.takes_speaker(analysis, at) && self.takes_theme(analysis, at)
    }

    fn takes_kind(&self, kind: QuoteKind) -> bool {
        let wanted = match kind {
            QuoteKind::Direct => Kind::Direct,
            QuoteKind::Indirect => Kind::Indirect,
            QuoteKind::Mixed => Kind::Mixed,
        };
        self.kind.is_empty() || self.kind.contains(&wanted)
    }

    fn takes_speaker(&self, analysis: &Analysis, at: usize) -> bool {
        if self.speaker.is_empty() {
            return true;
        }
        let Some(speaker) = analysis.speaker_of(at) else { return false };
        let roles = speaker.roles.iter().flat_map(|role| [Some(&role.role), role.affiliation.as_ref()]).flatten();
        let names: Vec<&String> = std::iter::once(&speaker.name).chain(&speaker.aliases).chain(roles).collect();
        self.speaker.iter().any(|words| names.iter().any(|name| holds(name, words)))
    }

    fn takes_theme(&self, analysis: &Analysis, at: usize) -> bool {
        let fits = |words: &String| analysis.themes_of(at).any(|theme| holds(&theme.label, words) || holds(&theme.id, words));
        self.theme.is_empty() || self.theme.iter().any(fits)
    }
}

/// Whether a name has some words in it, capitals aside.
fn holds(name: &str, words: &str) -> bool {
    name.to_lowercase().contains(&words.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::specimen::analysis;

    fn taken(filter: &FilterArgs) -> Vec<usize> {
        let analysis = analysis();
        (0..analysis.quotes.len()).filter(|&at| filter.takes(&analysis, at)).collect()
    }

    #[test]
    fn takes_what_meets_every_option() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let none = FilterArgs::default();
        assert_eq!(taken(&none), [0, 1, 2]);
        assert_eq!(taken(&FilterArgs { speaker: words(&["brandt"]), ..FilterArgs::default() }), [0]);
        assert_eq!(taken(&FilterArgs { speaker: words(&["northline"]), ..FilterArgs::default() }), [0], "by the body of a role");
        assert_eq!(taken(&FilterArgs { speaker: words(&["brandt", "rider"]), ..FilterArgs::default() }), [0, 1]);
        assert_eq!(taken(&FilterArgs { kind: vec![Kind::Indirect], ..FilterArgs::default() }), [1, 2]);
        assert_eq!(taken(&FilterArgs { theme: words(&["TRANSPORT"]), ..FilterArgs::default() }), [0, 1]);
        assert_eq!(taken(&FilterArgs { kind: vec![Kind::Indirect], theme: words(&["cost"]), ..FilterArgs::default() }), [1]);
        assert_eq!(taken(&FilterArgs { min_confidence: Some(0.9), ..FilterArgs::default() }), [0, 1, 2]);
        assert_eq!(taken(&FilterArgs { min_confidence: Some(0.91), ..FilterArgs::default() }), [0; 0]);
        assert_eq!((share("0.8"), share("1.2").is_err(), share("NaN").is_err()), (Ok(0.8), true, true));
    }
}
