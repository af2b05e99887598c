//! How many cases are right, by kind.

use std::fmt;

use serde::Serialize;

use super::run::Outcome;

/// How many cases of one kind are right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KindScore {
    /// What they are examples of.
    pub kind: String,
    /// Cases that are right.
    pub right: usize,
    /// All cases.
    pub total: usize,
}

/// A case that is not right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailingCase {
    /// The case's name.
    pub name: String,
    /// The case's kind.
    pub kind: String,
    /// File and line.
    pub place: String,
    /// Why it is known to fail.
    pub known_failure: Option<String>,
    /// What was expected and what was got, pair by pair.
    pub differences: Vec<[String; 2]>,
}

/// How many cases are right. Its `Display` is a table for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseScores {
    /// Cases that are right.
    pub right: usize,
    /// All cases.
    pub total: usize,
    /// Cases marked as known failures.
    pub known_failures: usize,
    /// By kind, in order of first case.
    pub by_kind: Vec<KindScore>,
    /// Those that are not right.
    pub failing: Vec<FailingCase>,
}

impl CaseScores {
    /// Counts outcomes.
    pub fn of(outcomes: &[Outcome<'_>]) -> Self {
        let mut by_kind: Vec<KindScore> = Vec::new();
        for outcome in outcomes {
            let kind = &outcome.case.kind;
            let at = by_kind.iter().position(|known| known.kind == *kind).unwrap_or_else(|| {
                by_kind.push(KindScore { kind: kind.clone(), right: 0, total: 0 });
                by_kind.len() - 1
            });
            if let Some(score) = by_kind.get_mut(at) {
                score.total += 1;
                score.right += usize::from(outcome.is_right());
            }
        }
        Self {
            right: outcomes.iter().filter(|outcome| outcome.is_right()).count(),
            total: outcomes.len(),
            known_failures: outcomes.iter().filter(|outcome| outcome.case.known_failure.is_some()).count(),
            by_kind,
            failing: outcomes.iter().filter(|outcome| !outcome.is_right()).map(failing).collect(),
        }
    }
}

fn failing(outcome: &Outcome<'_>) -> FailingCase {
    let case = outcome.case;
    FailingCase {
        name: case.name.clone(),
        kind: case.kind.clone(),
        place: case.place.clone(),
        known_failure: case.known_failure.clone(),
        differences: outcome.differences.iter().map(|found| [found.expected.clone(), found.got.clone()]).collect(),
    }
}

impl fmt::Display for CaseScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.by_kind.iter().map(|score| score.kind.chars().count()).max().unwrap_or_default().max(10);
        for KindScore { kind, right, total } in &self.by_kind {
            writeln!(f, "{kind:width$}  {right:>4} of {total:>4}")?;
        }
        let percent = 100.0 * self.right as f64 / self.total.max(1) as f64;
        write!(f, "{:width$}  {:>4} of {:>4}  {percent:.1} %", "all", self.right, self.total)?;
        if self.known_failures > 0 {
            write!(f, ", {} marked as known failures", self.known_failures)?;
        }
        writeln!(f)
    }
}
