//! How far coders agree on the themes of the same units: percent agreement, kappa, alpha, and precision, recall and F1 by theme.

mod codings;
mod coefficients;
mod shares;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use self::shares::share_errors;
use crate::Score;

pub use codings::Codings;
pub use shares::ShareErrors;

/// How far coders agree on one theme, or on all at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeAgreement {
    /// The theme's id; none for all at once, where two codings of a unit agree if their sets of themes are equal.
    pub theme: Option<String>,
    /// Units that two coders or more have coded.
    pub units: usize,
    /// How often the theme was given in these units, by any coder.
    pub given: usize,
    /// Agreeing pairs of codings, of all pairs of one unit, `0..=1`.
    pub agreement: Option<f64>,
    /// Cohen's kappa; for more than two coders the mean over their pairs (Light 1971). None where chance alone makes agreement certain.
    pub kappa: Option<f64>,
    /// Krippendorff's alpha, nominal; takes every unit with two codings or more, whoever made them.
    pub alpha: Option<f64>,
}

/// One coder measured against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoderScores {
    /// The coder whose themes count as right.
    pub reference: String,
    /// The coder who is measured.
    pub coder: String,
    /// Units that both have coded.
    pub units: usize,
    /// One for each theme, in percent; the last, `all`, counts every theme given.
    pub scores: Vec<Score>,
    /// How far the themes' shares are off; none where no unit names its article (`article:s3`).
    pub shares: Option<ShareErrors>,
}

/// How far coders agree.
///
/// ```
/// use sayso::agreement::{Agreement, Codings};
///
/// let one = Codings::from_csv("unit,theme\n1,trade\n2,\n3,trade\n", "one")?;
/// let two = Codings::from_csv("unit,theme\n1,trade\n2,\n3,health\n", "two")?;
/// let agreement = Agreement::of(&[one, two]);
/// assert_eq!(agreement.themes[0].agreement, Some(2.0 / 3.0));
/// assert_eq!(agreement.pairs[0].scores[1].recall, 50.0);
/// # Ok::<(), sayso::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The coders' names, in the order given.
    pub coders: Vec<String>,
    /// All themes at once, then each theme by id.
    pub themes: Vec<ThemeAgreement>,
    /// Each coder against each coder named before.
    pub pairs: Vec<CoderScores>,
}

impl Agreement {
    /// Compares two coders or more. Units are the same where their ids are; one that a coder has not coded is missing, not empty.
    pub fn of(coders: &[Codings]) -> Self {
        let units: BTreeSet<&str> = coders.iter().flat_map(Codings::units).collect();
        let (units, compared): (Vec<&str>, Vec<UnitCodings<'_>>) = units
            .into_iter()
            .map(|unit| (unit, coders.iter().map(|coder| coder.themes_of(unit)).collect::<Vec<_>>()))
            .filter(|(_, codings)| codings.iter().flatten().count() > 1)
            .unzip();
        let each = by_theme(&compared).into_iter().map(|(id, (given, units))| theme_agreement(Some(id), given, &units));
        let sets = compared.iter().map(|codings| (codings.clone(), 1)).collect::<Vec<_>>();
        let given = compared.iter().flatten().flatten().map(|themes| themes.len()).sum();
        let all = theme_agreement(None, given, &sets);
        Self {
            coders: coders.iter().map(|coder| coder.name().to_owned()).collect(),
            themes: std::iter::once(all).chain(each).collect(),
            pairs: pairs(coders.len()).map(|(first, second)| coder_scores(coders, &units, &compared, (first, second))).collect(),
        }
    }
}

/// The places of each two coders, the earlier first.
fn pairs(coders: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..coders).flat_map(move |first| (first + 1..coders).map(move |second| (first, second)))
}

/// What each coder gave a unit.
type UnitCodings<'a> = Vec<Option<&'a BTreeSet<String>>>;
type Compared<'a> = [UnitCodings<'a>];

/// Whether each coder gave a theme, and to how many units they said so; none stands for one who has not coded them.
type Answers = (Vec<Option<bool>>, usize);

/// For each theme how often it was given, and all units by what the coders said of it. Takes the time of the themes given: of units where nobody
/// gave one only the number counts.
fn by_theme<'a>(compared: &Compared<'a>) -> BTreeMap<&'a String, (usize, Vec<Answers>)> {
    let mut coded: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
    let mut answers: BTreeMap<&String, BTreeMap<Vec<Option<bool>>, usize>> = BTreeMap::new();
    for codings in compared {
        *coded.entry(codings.iter().map(Option::is_some).collect()).or_default() += 1;
        let ids: BTreeSet<&String> = codings.iter().flatten().copied().flatten().collect();
        for id in ids {
            let said = codings.iter().map(|themes| themes.map(|themes| themes.contains(id))).collect();
            *answers.entry(id).or_default().entry(said).or_default() += 1;
        }
    }
    let whole = |given: BTreeMap<Vec<Option<bool>>, usize>| {
        let mut without = coded.clone();
        for (said, times) in &given {
            if let Some(left) = without.get_mut(&said.iter().map(Option::is_some).collect::<Vec<_>>()) {
                *left -= times;
            }
        }
        let times_given = given.iter().map(|(said, times)| times * said.iter().filter(|said| **said == Some(true)).count()).sum();
        let nobody =
            without.into_iter().map(|(coded, times)| (coded.into_iter().map(|is_coded| is_coded.then_some(false)).collect(), times));
        (times_given, nobody.chain(given).collect())
    };
    answers.into_iter().map(|(id, given)| (id, whole(given))).collect()
}

/// The figures of one theme, or of all at once, from what the coders said of the units.
fn theme_agreement<V: Ord + Copy>(theme: Option<&str>, given: usize, units: &[(Vec<Option<V>>, usize)]) -> ThemeAgreement {
    let kappas: Vec<f64> = pairs(units.first().map_or(0, |(values, _)| values.len()))
        .filter_map(|(first, second)| {
            let both = units.iter().filter_map(|(values, times)| Some(((*values.get(first)?)?, (*values.get(second)?)?, *times)));
            coefficients::kappa(&both.collect::<Vec<_>>())
        })
        .collect();
    let values: Vec<coefficients::Counted<V>> =
        units.iter().map(|(values, times)| (values.iter().flatten().copied().collect(), *times)).collect();
    ThemeAgreement {
        theme: theme.map(str::to_owned),
        units: units.iter().map(|(_, times)| times).sum(),
        given,
        agreement: coefficients::percent_agreement(&values),
        kappa: (!kappas.is_empty()).then(|| kappas.iter().sum::<f64>() / kappas.len() as f64),
        alpha: coefficients::alpha(&values),
    }
}

fn coder_scores(coders: &[Codings], units: &[&str], compared: &Compared<'_>, (first, second): (usize, usize)) -> CoderScores {
    let name = |at: usize| coders.get(at).map(|coder| coder.name().to_owned()).unwrap_or_default();
    let both = units.iter().zip(compared).filter_map(|(unit, codings)| Some((*unit, (*codings.get(first)?)?, (*codings.get(second)?)?)));
    let both: Vec<(&str, &BTreeSet<String>, &BTreeSet<String>)> = both.collect();
    // By theme: given by both, by the measured coder, by the reference.
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (_, reference, coder) in &both {
        for id in reference.union(coder) {
            let [right, predicted, gold] = counts.entry(id).or_default();
            let (is_gold, is_predicted) = (reference.contains(id), coder.contains(id));
            *right += usize::from(is_gold && is_predicted);
            *predicted += usize::from(is_predicted);
            *gold += usize::from(is_gold);
        }
    }
    let mut scores: Vec<Score> = counts.iter().map(|(id, [right, predicted, gold])| Score::new(*id, *right, *predicted, *gold)).collect();
    let total = counts.values().fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
    let [right, predicted, gold] = total;
    scores.push(Score::new("all", right, predicted, gold));
    CoderScores { reference: name(first), coder: name(second), units: both.len(), scores, shares: share_errors(&both) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_is_not_empty() {
        let one = Codings::from_csv("unit,theme\na,x\na,y\nb,\nc,x\nd,NA\n", "one").expect("codings");
        let two = Codings::from_csv("unit,theme\na,x\nb,\nd,x\n", "two").expect("codings");
        let three = Codings::from_csv("unit,code\na,y\na,x\nc,\n", "three").expect("codings");
        let found = Agreement::of(&[one, two, three]);
        let all = &found.themes[0];
        assert_eq!((all.units, all.given), (3, 6), "d has one coding only");
        // a: three pairs, one agrees; b: one pair, agrees; c: one pair, differs.
        assert_eq!(all.agreement, Some(2.0 / 5.0));
        // x: all three pairs of a agree, b's too, c's not; y: one of a's three, and those of b and c, where nobody gave it.
        let each: Vec<(Option<&str>, usize, usize, Option<f64>)> =
            found.themes.iter().skip(1).map(|theme| (theme.theme.as_deref(), theme.units, theme.given, theme.agreement)).collect();
        assert_eq!(each, [(Some("x"), 3, 4, Some(4.0 / 5.0)), (Some("y"), 3, 2, Some(3.0 / 5.0))]);
        let pair = &found.pairs[0];
        assert_eq!((pair.reference.as_str(), pair.coder.as_str(), pair.units), ("one", "two", 2));
        let rows: Vec<(&str, usize, usize, usize)> =
            pair.scores.iter().map(|score| (score.label.as_str(), score.right, score.predicted, score.gold)).collect();
        assert_eq!(rows, [("x", 1, 1, 1), ("y", 0, 0, 1), ("all", 1, 1, 2)]);
        assert_eq!(found.pairs.len(), 3);
    }
}
