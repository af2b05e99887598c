//! The data of the page's lists, as compact JSON: every speaker, theme and article once, every quotation as a short row that points to them.
//!
//! ```text
//! [article, number, kind, speaker or -1, [theme …], confidence in percent, "the words"]
//! ```
//! The rows go to a draft on the disk as articles come; they are read once more when the run is done, and words are shortened where the page
//! would grow past its budget.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

use serde::Serialize;

use super::tally::{Numbers, Tally, quote_kind, voice_kind};
use super::visible::{script_json, visible};
use crate::report::article::Article;

/// How many characters of a quotation's words a page may keep; the first is "all of them".
pub(super) const CUTS: [usize; 5] = [usize::MAX, 280, 140, 70, 0];

/// The quotations of a run, drafted.
#[derive(Debug)]
pub(super) struct QuoteRows {
    draft: BufWriter<File>,
    /// The bytes of all rows, for each of [`CUTS`].
    sizes: [u64; CUTS.len()],
}

/// A row, in the order of the page's script.
type Row = (usize, usize, usize, i64, Vec<usize>, u8, String);

impl QuoteRows {
    pub(super) fn new(draft: File) -> Self {
        Self { draft: BufWriter::new(draft), sizes: [0; CUTS.len()] }
    }

    /// Drafts the quotations of the article that is the run's `at`th.
    pub(super) fn add(&mut self, article: &Article<'_>, at: usize, numbers: &Numbers) -> io::Result<()> {
        let analysis = article.analysis;
        for (index, quote) in analysis.quotes.iter().enumerate() {
            let speaker = analysis
                .attribution
                .by_quote
                .get(index)
                .copied()
                .flatten()
                .and_then(|speaker| numbers.voices.get(speaker))
                .copied()
                .flatten();
            let themes = analysis.themes.iter().zip(&numbers.themes).filter(|(theme, _)| theme.quotes.binary_search(&index).is_ok());
            let row: Row = (
                at,
                index + 1,
                quote_kind(quote.kind),
                speaker.and_then(|speaker| i64::try_from(speaker).ok()).unwrap_or(-1),
                themes.map(|(_, number)| *number).collect(),
                percent(quote.confidence),
                visible(&article.content(quote)).into_owned(),
            );
            for (size, cut) in self.sizes.iter_mut().zip(CUTS) {
                *size += shown(&row, cut)?.len() as u64 + 1;
            }
            serde_json::to_writer(&mut self.draft, &row)?;
            self.draft.write_all(b"\n")?;
        }
        Ok(())
    }

    /// The first of [`CUTS`] with which the rows take at most `room` bytes; the last where none does.
    pub(super) fn cut_for(&self, room: u64) -> usize {
        let fitting = CUTS.into_iter().zip(self.sizes).find(|(_, size)| *size <= room);
        fitting.map(|(cut, _)| cut).or(CUTS.last().copied()).unwrap_or_default()
    }

    /// The bytes of the rows when words are cut at `cut` characters.
    pub(super) fn size(&self, cut: usize) -> u64 {
        CUTS.into_iter().zip(self.sizes).find(|(other, _)| *other == cut).map_or(0, |(_, size)| size)
    }

    /// Writes the rows as the members of a JSON array.
    pub(super) fn write(self, cut: usize, out: &mut impl Write) -> io::Result<()> {
        let mut draft = self.draft.into_inner().map_err(io::IntoInnerError::into_error)?;
        draft.seek(SeekFrom::Start(0))?;
        for (at, line) in BufReader::new(draft).lines().enumerate() {
            let row: Row = serde_json::from_str(&line?)?;
            if at > 0 {
                out.write_all(b",")?;
            }
            out.write_all(shown(&row, cut)?.as_bytes())?;
        }
        Ok(())
    }
}

/// A row as the page holds it.
fn shown((article, number, kind, speaker, themes, confidence, words): &Row, cut: usize) -> io::Result<String> {
    let end = words.char_indices().nth(cut).map_or(words.len(), |(at, _)| at);
    let is_cut = end < words.len();
    let words = words.get(..end).unwrap_or_default();
    let words = if is_cut && cut > 0 { format!("{words}…") } else { words.to_owned() };
    Ok(script_json(&(article, number, kind, speaker, themes, confidence, words))?)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn percent(confidence: f64) -> u8 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// See [`Lists::speakers`].
type SpeakerRow<'a> = (&'a str, usize, &'a str, Option<usize>, [usize; 3], usize, usize);
/// See [`Lists::articles`].
type ArticleRow<'a> = (&'a str, &'a str, usize, &'a str, usize, usize, usize, usize, usize);

/// Everything but the quotations.
#[derive(Debug, Serialize)]
struct Lists<'a> {
    /// Name, kind, role, number in `people.csv`, direct, indirect and mixed quotations, words, articles.
    speakers: Vec<SpeakerRow<'a>>,
    themes: Vec<&'a str>,
    /// Id, title, outlet, date, month, words, quotations, speakers, and the file it stands in where it is not this one.
    articles: Vec<ArticleRow<'a>>,
    outlets: Vec<&'a str>,
    months: Vec<&'a str>,
    /// Whether words are cut.
    cut: bool,
}

/// The lists of a run; `files` has for each article the number of its file, 0 for the page itself.
pub(super) fn lists(tally: &Tally, files: &[usize], cut: usize) -> serde_json::Result<String> {
    let outlets: Vec<&str> = tally.outlets.keys().map(String::as_str).collect();
    let months: Vec<&str> = tally.months.keys().map(String::as_str).collect();
    // 0 stands for an article that does not say it.
    let number = |names: &[&str], name: &str| names.binary_search(&name).map_or(0, |at| at + 1);
    let articles = tally.articles.iter().enumerate().map(|(at, it)| {
        (
            it.id.as_str(),
            it.title.as_str(),
            number(&outlets, &it.outlet),
            it.date.as_str(),
            number(&months, &it.month),
            it.words,
            it.quotes,
            it.speakers,
            files.get(at).copied().unwrap_or(0),
        )
    });
    let speakers = tally.voices.all.iter().take(tally.speakers_listed).map(|voice| {
        let person = voice.person.map(|person| person + 1);
        let kind = voice_kind(Some(voice.kind));
        (voice.name.as_str(), kind, voice.role.as_str(), person, voice.quotes, voice.words, voice.articles)
    });
    script_json(&Lists {
        speakers: speakers.collect(),
        themes: tally.themes.iter().map(|theme| theme.label.as_str()).collect(),
        articles: articles.collect(),
        outlets: outlets.clone(),
        months: months.clone(),
        cut: cut != usize::MAX,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn words_are_cut_to_the_room_there_is() {
        let analysis = sample::full();
        let article = Article::new(&analysis);
        let mut tally = Tally::default();
        let numbers = tally.add(&article);
        let mut rows = QuoteRows::new(tempfile::tempfile().unwrap());
        rows.add(&article, 0, &numbers).unwrap();
        assert_eq!((rows.cut_for(u64::MAX), rows.cut_for(0)), (usize::MAX, 0));
        let (whole, none) = (rows.size(usize::MAX), rows.size(0));
        assert!(none < whole);
        let mut written = Vec::new();
        rows.write(usize::MAX, &mut written).unwrap();
        // The last row has no comma after it.
        assert_eq!(written.len() as u64 + 1, whole);
        let written: Vec<Row> = serde_json::from_str(&format!("[{}]", String::from_utf8(written).unwrap())).unwrap();
        assert_eq!(written[0], (0, 1, 0, 0, vec![0, 1], 97, "“The levy,” … “will pay for the sea wall.”".to_owned()));
        assert_eq!(written[2].3, -1);
    }

    #[test]
    fn a_cut_is_shown() {
        let row = (0, 1, 0, -1, vec![], 50, "été à".to_owned());
        assert_eq!(shown(&row, 3).unwrap(), "[0,1,0,-1,[],50,\"été…\"]");
        assert_eq!(shown(&row, 0).unwrap(), "[0,1,0,-1,[],50,\"\"]");
    }
}
