//! A run in numbers, counted article by article: what a closing summary says.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::article::{Article, role_of};
use crate::speakers::{People, PeopleMerge, PeopleOfRun};
use crate::{Analysis, ArticleSource, Error, ErrorKind, QuoteKind, Result, SpeakerKind};

/// The most people that are kept when all are counted.
const MOST_RANKED: usize = 100;

/// What a run says of itself when it is done.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let analysis = sayso::Pipeline::builder().build()?.analyze_text("“Rates will rise,” said Ana Silva, the finance minister.")?;
/// let mut totals = sayso::report::RunTotals::default();
/// totals.add(&analysis)?;
/// totals.settle()?;
/// assert_eq!(totals.people()[0].name, "Ana Silva");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct RunTotals {
    articles: usize,
    words: usize,
    kinds: [usize; 3],
    /// Who is who, where no report tells it.
    directory: Option<PeopleOfRun>,
    /// Quotations and articles of each person, by the directory's numbers or the report's.
    people: Vec<(u32, u32)>,
    ranked: Vec<PersonTotal>,
    themes: Vec<ThemeWords>,
    theme_numbers: HashMap<String, usize>,
    failures: Vec<(String, String)>,
}

/// One theme while it is counted.
#[derive(Debug)]
struct ThemeWords {
    label: String,
    words: usize,
    articles: usize,
    quotes: usize,
}

/// A person of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonTotal {
    /// The fullest name.
    pub name: String,
    /// The first role, with its body in brackets.
    pub role: Option<String>,
    /// Quotations of all kinds.
    pub quotes: usize,
    /// Articles in which the person is a speaker.
    pub articles: usize,
}

/// A theme of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeTotal {
    /// Its name.
    pub label: String,
    /// Words about it as a share of all words of the running text.
    pub share: f64,
    /// Articles about it.
    pub articles: usize,
    /// Quotations about it.
    pub quotes: usize,
}

impl RunTotals {
    /// Counts an article.
    ///
    /// # Errors
    /// Where what is gathered of its speakers cannot be written to the folder for temporary files.
    pub fn add(&mut self, analysis: &Analysis) -> Result<()> {
        self.count(analysis);
        let added = match &mut self.directory {
            Some(directory) => directory.add(analysis),
            none => gathering().and_then(|new| none.insert(new).add(analysis)),
        };
        let numbers = added.map_err(ErrorKind::Write)?;
        self.count_people(analysis, &numbers);
        Ok(())
    }

    /// Counts an article of a report, whose people are known.
    pub(super) fn add_of_run(&mut self, article: &Article<'_>) {
        self.count(article.analysis);
        self.count_people(article.analysis, &article.standing.people);
    }

    fn count_people(&mut self, analysis: &Analysis, numbers: &[Option<usize>]) {
        for (index, at) in numbers.iter().enumerate() {
            let Some(at) = *at else { continue };
            if at >= self.people.len() {
                self.people.resize(at + 1, (0, 0));
            }
            if let Some((quotes, articles)) = self.people.get_mut(at) {
                let said = analysis.attribution.by_quote.iter().filter(|by| **by == Some(index)).count();
                *quotes = quotes.saturating_add(u32::try_from(said).unwrap_or(u32::MAX));
                *articles += 1;
            }
        }
    }

    fn count(&mut self, analysis: &Analysis) {
        self.articles += 1;
        self.words += analysis.word_count();
        for quote in &analysis.quotes {
            let [direct, indirect, mixed] = &mut self.kinds;
            *match quote.kind {
                QuoteKind::Direct => direct,
                QuoteKind::Indirect => indirect,
                QuoteKind::Mixed => mixed,
            } += 1;
        }
        for theme in &analysis.themes {
            let next = self.themes.len();
            let number = *self.theme_numbers.entry(theme.id.clone()).or_insert(next);
            if number == next {
                self.themes.push(ThemeWords { label: theme.label.clone(), words: 0, articles: 0, quotes: 0 });
            }
            if let Some(counted) = self.themes.get_mut(number) {
                counted.words += theme.words;
                counted.articles += 1;
                counted.quotes += theme.quotes.len();
            }
        }
    }

    /// Notes an article that failed; one that was left out on purpose is none.
    pub fn add_failed(&mut self, source: &ArticleSource, error: &Error) {
        if matches!(error.kind(), ErrorKind::LeftOut(_)) {
            return;
        }
        let path = if source.place.is_empty() { source.path.clone() } else { format!("{}, {}", source.path, source.place) };
        self.failures.push((path, error.reason()));
    }

    /// Articles analysed.
    pub fn articles(&self) -> usize {
        self.articles
    }

    /// Words of their running text.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Quotations of all kinds.
    pub fn quotes(&self) -> usize {
        self.kinds.iter().sum()
    }

    /// Quotations by kind: direct, indirect, mixed.
    pub fn quotes_by_kind(&self) -> [(QuoteKind, usize); 3] {
        let [direct, indirect, mixed] = self.kinds;
        [(QuoteKind::Direct, direct), (QuoteKind::Indirect, indirect), (QuoteKind::Mixed, mixed)]
    }

    /// Makes one who is one in all articles: from here on [`Self::people`] tells them.
    ///
    /// # Errors
    /// Where what was gathered cannot be read.
    pub fn settle(&mut self) -> Result<()> {
        let Some(directory) = self.directory.take() else { return Ok(()) };
        let settled = tempfile::tempfile().and_then(|draft| directory.settle(PeopleMerge::Likely, draft));
        let mut people = settled.map_err(ErrorKind::Write)?;
        let mut counts = vec![(0, 0); people.len()];
        for (gathered, (quotes, articles)) in std::mem::take(&mut self.people).into_iter().enumerate() {
            if let Some((all, of)) = people.number(gathered).and_then(|number| counts.get_mut(number)) {
                (*all, *of) = (u32::saturating_add(*all, quotes), *of + articles);
            }
        }
        self.people = counts;
        self.rank(&mut people)
    }

    /// Names the most quoted of the run's people.
    pub(super) fn rank(&mut self, people: &mut People) -> Result<()> {
        let mut ranked: Vec<(usize, (u32, u32))> = self.people.iter().copied().enumerate().filter(|(_, (quotes, _))| *quotes > 0).collect();
        ranked.sort_by_key(|&(at, (quotes, articles))| (Reverse(quotes), Reverse(articles), at));
        for (at, (quotes, articles)) in ranked {
            if self.ranked.len() >= MOST_RANKED {
                break;
            }
            let entry = people.get(at).map_err(ErrorKind::Write)?;
            if entry.kind() != SpeakerKind::Person {
                continue;
            }
            let role = entry.roles().first().map(|(role, body)| role_of(role, body.as_deref()));
            let whole = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
            self.ranked.push(PersonTotal { name: entry.name().to_owned(), role, quotes: whole(quotes), articles: whole(articles) });
        }
        Ok(())
    }

    /// The people with most quotations, the earlier one first where two have as many; of more than a hundred the first. None before
    /// [`Self::settle`].
    pub fn people(&self) -> &[PersonTotal] {
        &self.ranked
    }

    /// The `most` themes with most words.
    pub fn themes(&self, most: usize) -> Vec<ThemeTotal> {
        let mut ranked: Vec<&ThemeWords> = self.themes.iter().collect();
        ranked.sort_by(|a, b| (b.words, b.quotes).cmp(&(a.words, a.quotes)).then_with(|| a.label.cmp(&b.label)));
        let total = |theme: &ThemeWords| ThemeTotal {
            label: theme.label.clone(),
            share: theme.words as f64 / self.words.max(1) as f64,
            articles: theme.articles,
            quotes: theme.quotes,
        };
        ranked.into_iter().take(most).map(total).collect()
    }

    /// The articles that failed, each with the reason.
    pub fn failures(&self) -> &[(String, String)] {
        &self.failures
    }
}

/// People that wait in the folder for temporary files.
fn gathering() -> std::io::Result<PeopleOfRun> {
    Ok(PeopleOfRun::new(tempfile::tempfile()?, tempfile::tempfile()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn counts_people_and_themes_over_articles() {
        let mut totals = RunTotals::default();
        totals.add(&sample::full()).unwrap();
        totals.add(&sample::named("second")).unwrap();
        totals.settle().unwrap();
        assert_eq!((totals.articles(), totals.quotes()), (2, 6));
        assert_eq!(totals.quotes_by_kind().map(|(_, count)| count), [2, 2, 2]);
        let role = Some("President (Council)".to_owned());
        assert_eq!(totals.people(), [PersonTotal { name: "Ana Çelik".to_owned(), role, quotes: 2, articles: 2 }]);
        let themes = totals.themes(2);
        assert_eq!(
            themes.iter().map(|theme| (theme.label.as_str(), theme.articles, theme.quotes)).collect::<Vec<_>>(),
            [("Money", 2, 6), ("Taxes & levies", 2, 6)]
        );
    }

    #[test]
    fn what_was_left_out_has_not_failed() {
        let mut totals = RunTotals::default();
        let source = ArticleSource { id: "a".to_owned(), path: "a.csv".to_owned(), place: "row 3".to_owned(), fingerprint: String::new() };
        totals.add_failed(&source, &Error::new(ErrorKind::Input("empty".to_owned())));
        totals.add_failed(&source, &Error::new(ErrorKind::LeftOut("in German".to_owned())));
        assert_eq!(totals.failures(), [("a.csv, row 3".to_owned(), "empty".to_owned())]);
    }
}
