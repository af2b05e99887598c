//! What a person found of a sample's quotations: error rates with their intervals, weighted back to the whole report.
//!
//! A rate is the ratio of two weighted totals (wrong ones over those it is asked of), its variance that of a stratified sample by
//! linearisation (Cochran 1977, ch. 5 and 6). The interval is Wilson's (1927) with the effective sample size that the variance stands for
//! (Korn and Graubard 1998; recommended by Franco et al. 2019), never more than were checked.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::gold::read_text;
use crate::{Error, ErrorKind, Result};

/// The normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Whether there is a quotation at all: where there is none, nothing else is asked.
const FIRST: &str = "is_quotation";
/// The columns of answers, with what a no means.
const QUESTIONS: [(&str, &str); 4] = [
    (FIRST, "are no quotations"),
    ("content_right", "have wrong borders"),
    ("speaker_right", "have the wrong speaker"),
    ("kind_right", "have the wrong kind"),
];
/// The rate of quotations with any error.
const ANY: &str = "any error";

/// An interval of 95 %, as shares.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl Interval {
    /// Wilson's interval for a share seen in `cases` cases, which need not be a whole number.
    ///
    /// ```
    /// let interval = sayso::evaluate::Interval::wilson(0.1, 50.0);
    /// assert!((interval.low - 0.0435).abs() < 1e-4 && (interval.high - 0.2136).abs() < 1e-4);
    /// ```
    pub fn wilson(share: f64, cases: f64) -> Self {
        let cases = cases.max(1.0);
        let (spread, shrink) = (Z * Z / cases, 1.0 + Z * Z / cases);
        let middle = (share + spread / 2.0) / shrink;
        let half = Z / shrink * (share * (1.0 - share) / cases + spread / (4.0 * cases)).sqrt();
        Self { low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
    }
}

/// How often one thing is wrong.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorRate {
    /// The column that was answered, or `any error`.
    pub question: String,
    /// Quotations that are wrong.
    pub wrong: usize,
    /// Quotations that it was asked of.
    pub of: usize,
    /// Their share.
    pub share: f64,
    /// The share's interval.
    pub interval: Interval,
    /// The share in the whole report, each stratum counted by its size; none where the table says nothing of strata.
    pub weighted: Option<f64>,
    /// The interval of that share.
    pub weighted_interval: Option<Interval>,
}

/// A sample that a person has checked. Its `Display` is a table and a sentence for a methods section.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedSample {
    /// Quotations with an answer.
    pub checked: usize,
    /// Quotations drawn.
    pub drawn: usize,
    /// Quotations of the report; none where the table says nothing of strata.
    pub report: Option<usize>,
    /// Strata with an answer.
    pub strata: usize,
    /// Strata without one: weighted rates say nothing of their quotations.
    pub unchecked_strata: Vec<String>,
    /// A rate for each question with an answer.
    pub rates: Vec<ErrorRate>,
}

/// A row's answers: whether each question was answered with no.
#[derive(Debug, Clone)]
struct Row {
    stratum: Option<(String, usize)>,
    is_wrong: [Option<bool>; QUESTIONS.len()],
}

/// What a row is to a rate: not asked of it, or asked and right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Outside,
    Right,
    Wrong,
}

impl CheckedSample {
    /// Reads the table that `sayso sample` wrote and a person filled in with yes and no.
    ///
    /// # Errors
    /// Where the file cannot be read, has no column of answers, no answer, or one that is neither yes nor no.
    pub fn read(path: &Path) -> Result<Self> {
        let rows = rows(path)?;
        let checked: Vec<&Row> = rows.iter().filter(|row| row.is_wrong.iter().any(Option::is_some)).collect();
        if checked.is_empty() {
            let error = Error::new(ErrorKind::Gold("no row has an answer".to_owned())).at(path);
            return Err(error.with_hint(format!("write yes or no into the columns {}", names())));
        }
        let sizes: BTreeMap<&str, usize> =
            rows.iter().filter_map(|row| row.stratum.as_ref()).map(|(name, size)| (name.as_str(), *size)).collect();
        let is_seen = |name: &&&str| checked.iter().any(|row| row.stratum.as_ref().is_some_and(|(stratum, _)| stratum == **name));
        let (seen, unseen): (Vec<&&str>, Vec<&&str>) = sizes.keys().partition(is_seen);
        let any = checked.iter().any(|row| row.is_wrong.iter().skip(1).any(Option::is_some));
        let questions = (0..QUESTIONS.len()).filter(|&at| checked.iter().any(|row| row.answer(at).is_some()));
        let rates = questions.map(|at| rate(QUESTIONS.get(at).map_or("", |(name, _)| name), &checked, &sizes, |row| row.case(at)));
        let mut rates: Vec<ErrorRate> = rates.collect();
        if any && rates.len() > 1 {
            rates.push(rate(ANY, &checked, &sizes, Row::any));
        }
        Ok(Self {
            checked: checked.len(),
            drawn: rows.len(),
            report: (!sizes.is_empty()).then(|| sizes.values().sum()),
            strata: seen.len(),
            unchecked_strata: unseen.into_iter().map(|&name| name.to_owned()).collect(),
            rates,
        })
    }

    /// The rate of a question.
    pub fn rate(&self, question: &str) -> Option<&ErrorRate> {
        self.rates.iter().find(|rate| rate.question == question)
    }

    /// What was done and found, in sentences for a methods section.
    pub fn methods(&self) -> String {
        let of = self.report.map_or_else(String::new, |report| format!(" of the {report}"));
        let strata = if self.strata > 1 { format!(", stratified by kind and confidence ({} strata),", self.strata) } else { String::new() };
        let how = if self.report.is_some() { "Weighted by stratum, " } else { "" };
        let said = self.rates.iter().filter(|rate| rate.question != ANY).map(|rate| {
            let (share, interval) = rate.best();
            let what = QUESTIONS.iter().find(|(name, _)| *name == rate.question).map_or("", |(_, what)| what);
            format!("{} {what} (95 % CI {})", percent(share), between(interval))
        });
        let found = joined(&said.collect::<Vec<_>>());
        let effective = if self.report.is_some() { " with the effective sample size of the stratified design" } else { "" };
        format!(
            "A random sample of {}{of} quotations{strata} was checked by hand. {how}{found}. Intervals are Wilson’s{effective}.",
            self.checked
        )
    }
}

/// `a`, `a; of those that are, b` or `a; of those that are, b, c and d`.
fn joined(found: &[String]) -> String {
    const LINK: &str = "; of those that are, ";
    match found {
        [first, rest @ .., last] if !rest.is_empty() => format!("{first}{LINK}{} and {last}", rest.join(", ")),
        _ => found.join(LINK),
    }
}

impl ErrorRate {
    /// The weighted share with its interval where there is one.
    fn best(&self) -> (f64, Interval) {
        self.weighted.zip(self.weighted_interval).unwrap_or((self.share, self.interval))
    }
}

impl Row {
    fn answer(&self, question: usize) -> Option<bool> {
        self.is_wrong.get(question).copied().flatten()
    }

    /// What the row is to a question; none where it is not answered.
    fn case(&self, question: usize) -> Option<Case> {
        let is_none = question > 0 && self.answer(0) == Some(true);
        let answered = |is_wrong| if is_wrong { Case::Wrong } else { Case::Right };
        if is_none { Some(Case::Outside) } else { self.answer(question).map(answered) }
    }

    /// Whether anything is wrong.
    fn any(&self) -> Option<Case> {
        self.answer(0)?;
        Some(if self.is_wrong.contains(&Some(true)) { Case::Wrong } else { Case::Right })
    }
}

fn rate(question: &str, rows: &[&Row], sizes: &BTreeMap<&str, usize>, case: impl Fn(&Row) -> Option<Case>) -> ErrorRate {
    let cases: Vec<(&Row, Case)> = rows.iter().filter_map(|row| Some((*row, case(row)?))).collect();
    let of = cases.iter().filter(|(_, case)| *case != Case::Outside).count();
    let wrong = cases.iter().filter(|(_, case)| *case == Case::Wrong).count();
    let share = if of == 0 { 0.0 } else { wrong as f64 / of as f64 };
    let mut strata: BTreeMap<&str, Vec<Case>> = BTreeMap::new();
    for (row, case) in &cases {
        if let Some((stratum, _)) = &row.stratum {
            strata.entry(stratum).or_default().push(*case);
        }
    }
    let weighted = weighted(&strata, sizes, of);
    ErrorRate {
        question: question.to_owned(),
        wrong,
        of,
        share,
        interval: Interval::wilson(share, of as f64),
        weighted: weighted.map(|(share, _)| share),
        weighted_interval: weighted.map(|(share, cases)| Interval::wilson(share, cases)),
    }
}

/// The share in the whole report, and how many cases of a plain random sample say as much about it.
fn weighted(strata: &BTreeMap<&str, Vec<Case>>, sizes: &BTreeMap<&str, usize>, of: usize) -> Option<(f64, f64)> {
    let parts: Vec<(f64, &Vec<Case>)> =
        strata.iter().map(|(name, cases)| Some((*sizes.get(name)? as f64, cases))).collect::<Option<_>>()?;
    let total = |is_counted: fn(&Case) -> bool| -> f64 {
        parts.iter().map(|(size, cases)| size * cases.iter().filter(|case| is_counted(case)).count() as f64 / cases.len() as f64).sum()
    };
    let asked = total(|case| *case != Case::Outside);
    if asked <= 0.0 {
        return None;
    }
    let share = total(|case| *case == Case::Wrong) / asked;
    let variance: f64 = parts
        .iter()
        .map(|(size, cases)| {
            let count = cases.len() as f64;
            let residual = |case: &Case| match case {
                Case::Outside => 0.0,
                Case::Right => -share / asked,
                Case::Wrong => (1.0 - share) / asked,
            };
            let mean = cases.iter().map(residual).sum::<f64>() / count;
            let squares: f64 = cases.iter().map(|case| (residual(case) - mean).powi(2)).sum();
            size * size * (1.0 - count / size).max(0.0) * squares / (count - 1.0).max(1.0) / count
        })
        .sum();
    let effective = if variance > 0.0 { (share * (1.0 - share) / variance).min(of as f64) } else { of as f64 };
    Some((share, effective))
}

fn rows(path: &Path) -> Result<Vec<Row>> {
    let text = read_text(path)?;
    let first = text.lines().next().unwrap_or_default();
    // A spreadsheet of another country saves with semicolons.
    let separator = if first.matches(';').count() > first.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let wrong = |what: String, hint: String| Error::new(ErrorKind::Gold(what)).at(path).with_hint(hint);
    let failed = |error: csv::Error| wrong(format!("not CSV: {error}"), "save it as CSV in UTF-8".to_owned());
    let headers = reader.headers().map_err(failed)?.clone();
    let column = |name: &str| headers.iter().position(|header| header.trim() == name);
    let questions = QUESTIONS.map(|(question, _)| column(question));
    if questions.iter().all(Option::is_none) {
        return Err(wrong("has no column of answers".to_owned(), format!("sayso sample writes the columns {}", names())));
    }
    let (stratum, size) = (column("stratum"), column("stratum_size"));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(failed)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let mut is_wrong = [None; QUESTIONS.len()];
        for (slot, at) in is_wrong.iter_mut().zip(questions) {
            let Some(answer) = cell(at) else { continue };
            let name = at.and_then(|at| headers.get(at)).unwrap_or_default();
            let hint = "answers are yes and no; an empty cell is none".to_owned();
            *slot = Some(is_no(answer).ok_or_else(|| wrong(format!("line {line}: {name}: “{answer}” is neither yes nor no"), hint))?);
        }
        let size = cell(size).and_then(|size| size.parse::<usize>().ok()).filter(|size| *size > 0);
        rows.push(Row { stratum: cell(stratum).map(str::to_owned).zip(size), is_wrong });
    }
    // Weights are of use only where every row has one.
    if rows.iter().any(|row| row.stratum.is_none()) {
        for row in &mut rows {
            row.stratum = None;
        }
    }
    Ok(rows)
}

fn is_no(answer: &str) -> Option<bool> {
    match answer.to_lowercase().as_str() {
        "y" | "yes" | "1" | "true" | "right" | "ok" => Some(false),
        "n" | "no" | "0" | "false" | "wrong" => Some(true),
        _ => None,
    }
}

fn names() -> String {
    QUESTIONS.map(|(question, _)| question).join(", ")
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn between(interval: Interval) -> String {
    format!("{:.1}–{:.1} %", interval.low * 100.0, interval.high * 100.0)
}

impl fmt::Display for CheckedSample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self.report.map_or_else(String::new, |report| format!(" of {report}"));
        writeln!(f, "sample: {} of {} drawn are checked, out of a report{of} quotations", self.checked, self.drawn)?;
        writeln!(f, "{:15} {:>12} {:>8}  {:>13}  {:>9}  {:>13}", "", "wrong", "rate", "95 %", "weighted", "95 %")?;
        for rate in &self.rates {
            let counts = format!("{} of {}", rate.wrong, rate.of);
            let weighted = rate.weighted.map_or_else(|| "-".to_owned(), percent);
            let interval = rate.weighted_interval.map_or_else(|| "-".to_owned(), between);
            let name = rate.question.replace('_', " ");
            writeln!(
                f,
                "{name:15} {counts:>12} {:>8}  {:>13}  {weighted:>9}  {interval:>13}",
                percent(rate.share),
                between(rate.interval)
            )?;
        }
        if !self.unchecked_strata.is_empty() {
            writeln!(f, "no row of these strata is checked, and nothing is said of them: {}", self.unchecked_strata.join("; "))?;
        }
        writeln!(f, "\n{}", self.methods())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::testing::{folder, write};

    fn read(table: &str) -> Result<CheckedSample> {
        let folder = folder();
        CheckedSample::read(&write(folder.path(), "checked.csv", table))
    }

    /// `n` rows of a stratum, the first `wrong` of them no quotations.
    fn stratum(name: &str, size: usize, n: usize, wrong: usize) -> String {
        let answers = (0..n).map(|at| if at < wrong { "no" } else { "yes" });
        answers.fold(String::new(), |rows, answer| rows + &format!("\"{name}\",{size},{answer}\n"))
    }

    #[test]
    fn rates_are_weighted_back() {
        let table = format!("stratum,stratum_size,is_quotation\n{}{}", stratum("a", 900, 50, 5), stratum("b", 100, 50, 25));
        let sample = read(&table).expect("a table");
        let rate = sample.rate("is_quotation").expect("a rate");
        assert_eq!((sample.checked, sample.report, sample.strata, rate.wrong, rate.of), (100, Some(1000), 2, 30, 100));
        assert!((rate.share - 0.30).abs() < 1e-9);
        // 0.9 × 10 % + 0.1 × 50 %.
        assert!((rate.weighted.expect("weights") - 0.14).abs() < 1e-9);
        // Computed apart from this program: it gives a standard error of 0.0378, so 84.2 effective cases.
        let interval = rate.weighted_interval.expect("weights");
        assert!((interval.low - 0.0813).abs() < 2e-3 && (interval.high - 0.2298).abs() < 2e-3, "{interval:?}");
    }

    #[test]
    fn what_is_no_quotation_is_asked_nothing_more() {
        let sample = read("is_quotation,speaker_right\nyes,yes\nyes,no\nno,\nyes,\n,\n").expect("a table");
        let counts = |question: &str| sample.rate(question).map(|rate| (rate.wrong, rate.of));
        assert_eq!((counts("is_quotation"), counts("speaker_right"), counts(ANY)), (Some((1, 4)), Some((1, 2)), Some((2, 4))));
        assert_eq!((sample.report, sample.checked, sample.drawn), (None, 4, 5));
        assert!(!sample.methods().contains("Weighted"), "{}", sample.methods());
    }

    #[test]
    fn no_error_seen_is_no_proof_of_none() {
        let sample = read(&format!("stratum,stratum_size,is_quotation\n{}", stratum("a", 500, 60, 0))).expect("a table");
        let high = sample.rate("is_quotation").and_then(|rate| rate.weighted_interval).map(|interval| interval.high);
        assert!(high.is_some_and(|high| (high - 0.0602).abs() < 1e-3), "{high:?}");
    }

    #[test]
    fn says_it_in_sentences() {
        let table = "stratum;stratum_size;is_quotation;content_right;speaker_right\na;40;y;y;n\na;40;y;n;y\nb;60;y;y;y\nb;60;n;;\nc;5;;;\n";
        let sample = read(table).expect("a table with semicolons");
        assert_eq!(sample.unchecked_strata, ["c"]);
        let methods = sample.methods();
        let start = "A random sample of 4 of the 105 quotations, stratified by kind and confidence (2 strata), was checked by hand. \
            Weighted by stratum, 30.0 % are no quotations (95 % CI ";
        assert!(methods.starts_with(start), "{methods}");
        assert!(
            methods.contains("; of those that are, 28.6 % have wrong borders (")
                && methods.contains(" and 28.6 % have the wrong speaker ("),
            "{methods}"
        );
    }

    #[test]
    fn wrong_answers_are_named() {
        let message = |table: &str| read(table).expect_err("an error").reason();
        assert_eq!(message("is_quotation\nyes\nmaybe\n"), "line 3: is_quotation: “maybe” is neither yes nor no");
        assert_eq!(message("a,b\n1,2\n"), "has no column of answers");
        assert_eq!(message("is_quotation,note\n,\n"), "no row has an answer");
    }
}
