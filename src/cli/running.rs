//! Options of long runs: going on after an end, how many articles, how long one may take, what copies count.

use std::num::NonZeroUsize;
use std::time::Duration;

use clap::{Args, ValueEnum};
use sayso::Error;
use sayso::corpus::{Drawn, Sample};
use sayso::ingest::{Inputs, ReadOptions};
use sayso::report::{CopyPolicy, SampleRecord};
use sayso::speakers::PeopleMerge;
use sayso::themes::ThemeCount;

/// What copies count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Copies {
    /// All are counted
    Keep,
    /// The first alone is counted
    First,
}

/// How far speakers of several articles are made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Merge {
    /// By all evidence
    Likely,
    /// By full names alone
    Strict,
}

/// Options of long runs.
#[derive(Debug, Args)]
#[command(next_help_heading = "Long runs")]
pub(crate) struct RunArgs {
    /// Go on with the run that was killed or interrupted while it wrote to the same -o, with the same options and inputs
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,

    /// Give an article up after this many seconds: it is a failed row, and the run goes on
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) article_timeout: Option<Duration>,

    /// Stop after this many articles, failed ones too
    #[arg(long, value_name = "N")]
    pub(crate) max_articles: Option<NonZeroUsize>,

    /// Analyse a random sample of N of the articles, the same for the same articles and --seed
    #[arg(long, value_name = "N")]
    sample: Option<NonZeroUsize>,

    /// Draws another --sample [default: 0]
    #[arg(long, value_name = "S", requires = "sample")]
    seed: Option<u64>,

    /// Which copies of an article coverage, timelines, co-occurrence and counts of speakers take: keep (all) or first [default: keep]
    #[arg(long, value_enum, value_name = "WHICH", hide_possible_values = true)]
    copies: Option<Copies>,

    /// Find N themes in the run, without a codebook [default: as many as its size asks for, 8 to 40; each article's own in fewer than 30 articles]
    #[arg(long, value_name = "N", conflicts_with = "codebook")]
    themes: Option<NonZeroUsize>,

    /// How far people of several articles are made one: likely (surnames with roles, other forms of a name, acronyms; people.csv tells the
    /// evidence) or strict (full names alone) [default: likely]
    #[arg(long, value_enum, value_name = "HOW", hide_possible_values = true)]
    people_merge: Option<Merge>,
}

impl RunArgs {
    /// Which copies are counted.
    pub(crate) fn copies(&self) -> CopyPolicy {
        match self.copies {
            Some(Copies::First) => CopyPolicy::First,
            Some(Copies::Keep) | None => CopyPolicy::Keep,
        }
    }

    /// How many themes there are.
    pub(crate) fn themes(&self) -> ThemeCount {
        self.themes.map_or(ThemeCount::BySize, |count| ThemeCount::Fixed(count.get()))
    }

    /// How far people are made one.
    pub(crate) fn people_merge(&self) -> PeopleMerge {
        match self.people_merge {
            Some(Merge::Strict) => PeopleMerge::Strict,
            Some(Merge::Likely) | None => PeopleMerge::Likely,
        }
    }

    /// Draws the sample, where one is wanted.
    pub(crate) fn draw(&self, inputs: &Inputs, options: &ReadOptions) -> Result<Option<Drawn>, Error> {
        self.sample.map(|size| Sample { size, seed: self.seed.unwrap_or_default() }.draw(inputs, options)).transpose()
    }

    /// The sample as the manifest tells it.
    pub(crate) fn sample_record(&self, drawn: Option<&Drawn>) -> Option<SampleRecord> {
        drawn.map(|drawn| SampleRecord { articles: drawn.articles, of: drawn.of, seed: self.seed.unwrap_or_default() })
    }
}

/// Reads a number of seconds above zero.
fn seconds(text: &str) -> Result<Duration, &'static str> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0);
    seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()).ok_or("a time is a number of seconds above zero, such as 60")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_above_zero() {
        assert_eq!(seconds("90"), Ok(Duration::from_secs(90)));
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for text in ["", "0", "-1", "soon", "inf", "NaN", "1e300"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
