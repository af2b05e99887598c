//! People over a run: speakers of several articles that are one person in the gold, and in the program's `people.csv`.
//!
//! By pairs of speakers, and by B³ (Bagga and Baldwin 1998): for each speaker, how many of those grouped with it belong there, and how many
//! that belong there are grouped with it. Speakers that the program does not find are counted apart.

use std::collections::BTreeMap;

use super::{Count, Figure, Measure, Measurement, Predicted, Score, Scores};
use crate::GoldDocument;
use crate::speakers::{PeopleMerge, PeopleOfRun, fold};

/// See [`Measure::People`].
#[derive(Debug, Default)]
pub(super) struct People {
    articles: usize,
    gathering: PeopleOfRun,
    found: Vec<Found>,
    missed: usize,
}

/// A speaker of the gold that the program has found.
#[derive(Debug)]
struct Found {
    person: String,
    is_body: bool,
    /// The number that it was gathered under.
    gathered: usize,
}

impl Measurement for People {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        let gathered = self.gathering.add(predicted.analysis);
        let speakers = &predicted.analysis.attribution.speakers;
        for person in &gold.people {
            let wanted = name(&person.name);
            let is_it = |at: &usize| {
                let speaker = speakers.get(*at);
                speaker.is_some_and(|speaker| std::iter::once(&speaker.name).chain(&speaker.aliases).any(|other| name(other) == wanted))
            };
            let at = (0..speakers.len()).filter(|at| gathered.get(*at).copied().flatten().is_some()).find(is_it);
            match at.and_then(|at| gathered.get(at).copied().flatten()) {
                Some(gathered) => self.found.push(Found { person: person.person.clone(), is_body: person.is_body, gathered }),
                None => self.missed += 1,
            }
        }
    }

    fn scores(&self) -> Scores {
        let people = self.gathering.clone().settle(PeopleMerge::Likely);
        let mut scores = Scores::new(Measure::People);
        scores.counts.push(Count::new("articles", self.articles));
        scores.counts.push(Count::new("speakers_found", self.found.len()));
        scores.counts.push(Count::new("speakers_not_found", self.missed));
        for (label, is_body) in [("person", false), ("body", true)] {
            let found = self.found.iter().filter(|found| found.is_body == is_body);
            let grouped: Vec<(&str, usize)> =
                found.filter_map(|found| Some((found.person.as_str(), people.number(found.gathered)?))).collect();
            let mut mentions: BTreeMap<&str, usize> = BTreeMap::new();
            for (person, _) in &grouped {
                *mentions.entry(person).or_default() += 1;
            }
            let twice: Vec<(&str, usize)> =
                grouped.iter().copied().filter(|(person, _)| mentions.get(person).is_some_and(|count| *count > 1)).collect();
            scores.counts.push(Count::new(format!("{label}_rows_of_two_articles_or_more"), twice.len()));
            scores.scores.push(pairs(label, &twice));
            let [precision, recall] = b_cubed(&twice);
            let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
            for (name, value) in [("precision", precision), ("recall", recall), ("f1", f1)] {
                scores.figures.push(Figure::new(format!("{label}_b_cubed_{name}"), value));
            }
        }
        scores
    }
}

/// A name without its article, capitals, accents and hyphens.
fn name(text: &str) -> String {
    let folded = fold(text);
    folded.strip_prefix("the ").map(ToOwned::to_owned).unwrap_or(folded)
}

/// Sizes of the groups by the gold, by the program, and by both.
type Sizes<'a> = (BTreeMap<&'a str, usize>, BTreeMap<usize, usize>, BTreeMap<(&'a str, usize), usize>);

fn sizes<'a>(grouped: &[(&'a str, usize)]) -> Sizes<'a> {
    let mut sizes: Sizes<'a> = Default::default();
    for &(person, number) in grouped {
        *sizes.0.entry(person).or_default() += 1;
        *sizes.1.entry(number).or_default() += 1;
        *sizes.2.entry((person, number)).or_default() += 1;
    }
    sizes
}

fn pairs(label: &str, grouped: &[(&str, usize)]) -> Score {
    let (gold, found, both) = sizes(grouped);
    let pairs = |count: &usize| count * count.saturating_sub(1) / 2;
    Score::new(format!("{label}_pairs"), both.values().map(pairs).sum(), found.values().map(pairs).sum(), gold.values().map(pairs).sum())
}

/// Precision and recall.
fn b_cubed(grouped: &[(&str, usize)]) -> [f64; 2] {
    let (gold, found, both) = sizes(grouped);
    let share = |of: &dyn Fn(&str, usize) -> usize| {
        let shares = grouped.iter().map(|&(person, number)| {
            let shared = both.get(&(person, number)).copied().unwrap_or_default();
            shared as f64 / of(person, number).max(1) as f64
        });
        shares.sum::<f64>() / grouped.len().max(1) as f64
    };
    [share(&|_, number| found.get(&number).copied().unwrap_or_default()), share(&|person, _| gold.get(person).copied().unwrap_or_default())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_pairs_and_b_cubed_as_by_hand() {
        let grouped = [("a", 1), ("a", 1), ("a", 2), ("b", 2)];
        let [precision, recall] = b_cubed(&grouped);
        assert!((precision - 0.75).abs() < 1e-9, "{precision}"); // (1 + 1 + 1/2 + 1/2) / 4
        assert!((recall - 2.0 / 3.0).abs() < 1e-9, "{recall}"); // (2/3 + 2/3 + 1/3 + 1) / 4
        let score = pairs("x", &grouped);
        assert_eq!((score.right, score.predicted, score.gold), (1, 2, 3));
    }
}
