//! People over a run: speakers of several articles that are one person in the gold, and in the program's `people.csv`.
//!
//! By pairs of speakers, and by B³ (Bagga and Baldwin 1998): for each speaker, how many of those grouped with it belong there, and how many
//! that belong there are grouped with it. Speakers that the program does not find are counted apart.

use std::collections::BTreeMap;
use std::io;

use super::{Count, Figure, Measure, Measurement, Predicted, Rate, Score, Scores};
use crate::speakers::{PeopleMerge, PeopleOfRun, fold};
use crate::{Analysis, GoldDocument};

/// See [`Measure::People`].
#[derive(Debug, Default)]
pub(super) struct People {
    articles: usize,
    gathering: Option<PeopleOfRun>,
    settled: Option<crate::speakers::People>,
    /// What went wrong on the way.
    failure: Option<io::Error>,
    found: Vec<Found>,
    missed: usize,
    /// By evidence: speakers that were made one by it with others, and of these who belong there.
    by_evidence: BTreeMap<&'static str, (usize, usize)>,
}

/// A speaker of the gold that the program has found.
#[derive(Debug)]
struct Found {
    person: String,
    /// As the article has it.
    name: String,
    is_body: bool,
    /// The number that it was gathered under.
    gathered: usize,
}

impl People {
    fn gather(&mut self, analysis: &Analysis) -> io::Result<Vec<Option<usize>>> {
        if self.gathering.is_none() {
            self.gathering = Some(PeopleOfRun::new(tempfile::tempfile()?, tempfile::tempfile()?));
        }
        self.gathering.as_mut().map_or_else(|| Ok(Vec::new()), |gathering| gathering.add(analysis))
    }

    /// A name that was made one with others belongs there if the gold's person who bears it is that of most of the others.
    fn count_evidence(&mut self, people: &mut crate::speakers::People) -> io::Result<()> {
        let mut rows: BTreeMap<usize, Vec<&Found>> = BTreeMap::new();
        for found in &self.found {
            if let Some(number) = people.number(found.gathered) {
                rows.entry(number).or_default().push(found);
            }
        }
        for (number, rows) in rows {
            let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
            for row in &rows {
                *votes.entry(&row.person).or_default() += 1;
            }
            let most = votes.iter().max_by_key(|(_, votes)| **votes).map(|(person, _)| *person);
            for merge in people.get(number)?.merges() {
                let bears = |row: &&&Found| name(&row.name) == name(&merge.name);
                let mut bearers = rows.iter().filter(bears).peekable();
                if bearers.peek().is_none() {
                    continue; // the gold does not have it
                }
                let (all, right) = self.by_evidence.entry(merge.evidence.name()).or_default();
                *all += 1;
                *right += usize::from(bearers.all(|row| Some(row.person.as_str()) == most));
            }
        }
        Ok(())
    }
}

impl Measurement for People {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        let gathered = self.gather(predicted.analysis).unwrap_or_else(|error| {
            self.failure = Some(error);
            Vec::new()
        });
        let speakers = &predicted.analysis.attribution.speakers;
        for person in &gold.people {
            let wanted = name(&person.name);
            let is_it = |at: &usize| {
                let speaker = speakers.get(*at);
                speaker.is_some_and(|speaker| std::iter::once(&speaker.name).chain(&speaker.aliases).any(|other| name(other) == wanted))
            };
            let at = (0..speakers.len()).filter(|at| gathered.get(*at).copied().flatten().is_some()).find(is_it);
            match at.and_then(|at| Some((speakers.get(at)?, gathered.get(at).copied().flatten()?))) {
                Some((speaker, gathered)) => {
                    let (person, is_body) = (person.person.clone(), person.is_body);
                    self.found.push(Found { person, name: speaker.name.clone(), is_body, gathered });
                }
                None => self.missed += 1,
            }
        }
    }

    fn settle(&mut self) -> io::Result<()> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let gathering = self.gathering.take();
        let settled = gathering.map(|gathering| gathering.settle(PeopleMerge::Likely, tempfile::tempfile()?)).transpose()?;
        if let Some(mut people) = settled {
            self.count_evidence(&mut people)?;
            self.settled = Some(people);
        }
        Ok(())
    }

    fn scores(&self) -> Scores {
        let number = |gathered: usize| self.settled.as_ref().and_then(|people| people.number(gathered));
        let mut scores = Scores::new(Measure::People);
        scores.counts.push(Count::new("articles", self.articles));
        scores.counts.push(Count::new("speakers_found", self.found.len()));
        scores.counts.push(Count::new("speakers_not_found", self.missed));
        for (label, is_body) in [("person", false), ("body", true)] {
            let found = self.found.iter().filter(|found| found.is_body == is_body);
            let grouped: Vec<(&str, usize)> = found.filter_map(|found| Some((found.person.as_str(), number(found.gathered)?))).collect();
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
        let rates = self.by_evidence.iter().map(|(name, &(all, right))| Rate::new(format!("right_by_{name}"), right, all));
        scores.rates.extend(rates);
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
