//! One article on the terminal: who said what, keyphrases, themes and entities.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::Style;
use sayso::encoder::{EntityLabel, Label};
use sayso::speakers::SpeakerKind;
use sayso::{Analysis, Entity, Quote, Speaker, Theme};

use super::style::{BAR, DIM, HEADING, SPEAKER, TITLE, styled};
use super::terminal::{column, counted, harmless, shortened, wrapped};

/// Cells of a theme's bar.
const BAR_CELLS: usize = 20;

/// The columns of a quotation's kind.
const KIND: usize = 10;

/// Keyphrases that are shown; the report has all.
const KEYPHRASES: usize = 12;

/// Prints an analysis for people, in `width` columns.
pub(super) fn write(out: &mut impl Write, analysis: &Analysis, width: usize) -> io::Result<()> {
    let mut page = Page { out, analysis, width };
    page.head()?;
    page.sections()?;
    page.quotes()?;
    page.keyphrases()?;
    page.themes()?;
    page.entities()
}

struct Page<'a, W> {
    out: &'a mut W,
    analysis: &'a Analysis,
    width: usize,
}

impl<W: Write> Page<'_, W> {
    fn head(&mut self) -> io::Result<()> {
        let Analysis { doc, seg, .. } = self.analysis;
        let title = seg.title.map_or(doc.path(), |span| doc.slice(span));
        for line in wrapped(harmless(title).split(' ').map(str::to_owned), " ", self.width) {
            self.line(TITLE, &line)?;
        }
        let metadata = ["outlet", "date"].into_iter().filter_map(|key| doc.metadata().get(key).map(String::as_str));
        let byline = seg.byline.map(|span| doc.slice(span));
        let about = metadata.chain(byline).map(harmless).collect::<Vec<_>>().join(" · ");
        if !about.is_empty() {
            self.line(DIM, &about)?;
        }
        let counts = [
            counted(self.analysis.word_count(), "word"),
            counted(seg.sentences.len(), "sentence"),
            counted(self.analysis.quotes.len(), "quotation"),
            counted(self.analysis.attribution.speakers.len(), "speaker"),
        ];
        self.line(DIM, &counts.join(" · "))
    }

    fn sections(&mut self) -> io::Result<()> {
        let doc = &self.analysis.doc;
        let headings: Vec<_> = self.analysis.seg.sections.iter().filter_map(|section| section.heading).collect();
        self.heading(!headings.is_empty(), "Sections")?;
        headings.iter().try_for_each(|span| self.line(Style::new(), &format!("  {}", harmless(doc.slice(*span)))))
    }

    fn quotes(&mut self) -> io::Result<()> {
        let (attribution, quotes) = (&self.analysis.attribution, &self.analysis.quotes);
        self.heading(true, "Who said what")?;
        if quotes.is_empty() {
            return self.line(DIM, "  nobody is quoted");
        }
        let speakers = attribution.speakers.iter().enumerate().map(|(index, speaker)| (Some(index), Some(speaker)));
        for (index, speaker) in speakers.chain([(None, None)]) {
            let said = (0..quotes.len()).filter(|quote| attribution.by_quote.get(*quote).copied().flatten() == index);
            let said: Vec<&Quote> = said.filter_map(|quote| quotes.get(quote)).collect();
            if !said.is_empty() {
                self.speaker(speaker)?;
            }
            said.iter().try_for_each(|quote| self.quote(quote))?;
        }
        Ok(())
    }

    fn speaker(&mut self, speaker: Option<&Speaker>) -> io::Result<()> {
        let Some(speaker) = speaker else { return self.line(DIM, "  speaker unknown") };
        let name = shortened(&harmless(&speaker.name), self.width.saturating_sub(2)).into_owned();
        let roles = speaker.roles.iter().map(|role| match &role.affiliation {
            Some(affiliation) => format!("{} ({affiliation})", role.role),
            None => role.role.clone(),
        });
        let unnamed = (speaker.kind == SpeakerKind::Unnamed).then(|| "unnamed".to_owned());
        let about = roles.chain(unnamed).fold(String::new(), |about, role| about + ", " + &harmless(&role));
        let about = shortened(&about, self.width.saturating_sub(name.chars().count() + 2)).into_owned();
        writeln!(self.out, "  {}{}", styled(SPEAKER, &name), styled(DIM, &about))
    }

    fn quote(&mut self, quote: &Quote) -> io::Result<()> {
        let doc = &self.analysis.doc;
        let content: Vec<String> = quote.content.iter().map(|span| harmless(doc.slice(*span))).collect();
        let cue = quote.cue.map(|span| format!("  {}", shortened(&harmless(doc.slice(span)), 20))).unwrap_or_default();
        let room = self.width.saturating_sub(4 + KIND + cue.chars().count());
        let content = shortened(&content.join(" … "), room).into_owned();
        writeln!(self.out, "    {}{content}{}", styled(DIM, &column(quote.kind.name(), KIND)), styled(DIM, &cue))
    }

    fn keyphrases(&mut self) -> io::Result<()> {
        let phrases = self.analysis.keyphrases.iter().take(KEYPHRASES).map(|keyphrase| harmless(&keyphrase.phrase));
        self.heading(!self.analysis.keyphrases.is_empty(), "Keyphrases")?;
        let lines = wrapped(phrases, " · ", self.width.saturating_sub(2));
        lines.iter().try_for_each(|line| self.line(Style::new(), &format!("  {line}")))
    }

    fn themes(&mut self) -> io::Result<()> {
        self.heading(!self.analysis.themes.is_empty(), "Themes")?;
        self.analysis.themes.iter().try_for_each(|theme| self.theme(theme))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 0 to 1 times twenty")]
    fn theme(&mut self, theme: &Theme) -> io::Result<()> {
        let share = theme.share.clamp(0.0, 1.0);
        let full = (share * BAR_CELLS as f64).round() as usize;
        let bar = styled(BAR, &"█".repeat(full)) + &styled(DIM, &"░".repeat(BAR_CELLS - full));
        let rest = 2 + 1 + BAR_CELLS + " 100 %".len();
        let label_width = (self.width / 3).min(self.width.saturating_sub(rest));
        let label = column(&harmless(&theme.label), label_width);
        let counts = format!("{}, {}", counted(theme.sentences.len(), "sentence"), counted(theme.quotes.len(), "quotation"));
        let room = self.width.saturating_sub(rest + label_width + 2);
        let counts = if counts.chars().count() <= room { format!("  {}", styled(DIM, &counts)) } else { String::new() };
        writeln!(self.out, "  {label} {bar} {:>3.0} %{counts}", share * 100.0)
    }

    fn entities(&mut self) -> io::Result<()> {
        self.heading(!self.analysis.entities.is_empty(), "Entities")?;
        for label in EntityLabel::ALL {
            let mut found: Vec<&Entity> = self.analysis.entities.iter().filter(|entity| entity.label == *label).collect();
            if found.is_empty() {
                continue;
            }
            found.sort_by_key(|entity| Reverse(entity.mentions.len()));
            let names: Vec<String> = found.iter().map(|entity| harmless(&entity.name)).collect();
            let names = shortened(&names.join(", "), self.width.saturating_sub(20)).into_owned();
            writeln!(self.out, "  {:<13}{:>3}  {}", label.name(), found.len(), styled(DIM, &names))?;
        }
        Ok(())
    }

    fn heading(&mut self, is_shown: bool, heading: &str) -> io::Result<()> {
        if is_shown { writeln!(self.out, "\n{}", styled(HEADING, heading)) } else { Ok(()) }
    }

    fn line(&mut self, style: Style, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", styled(style, &shortened(line, self.width)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::specimen::analysis;

    fn page(width: usize) -> String {
        let mut out = Vec::new();
        write(&mut out, &analysis(), width).expect("memory takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn shows_who_said_what() {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            insta::assert_snapshot!("summary_wide", anstream::adapter::strip_str(&page(100)).to_string());
            insta::assert_snapshot!("summary_narrow", anstream::adapter::strip_str(&page(48)).to_string());
        });
    }

    #[test]
    fn keeps_within_the_width_and_passes_no_control_character_of_the_text() {
        for width in [40, 60, 120] {
            let page = page(width);
            assert!(!page.contains("\u{1b}[31m"), "the only colours are ours");
            for line in anstream::adapter::strip_str(&page).to_string().lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }
}
