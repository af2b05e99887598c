//! A codebook proposed from a corpus: its keyphrases, grouped by the words they share, and its headings, as TOML for a person to edit.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::discovery::{heading_label, stems};
use super::id::slug;
use crate::{Analysis, EntityLabel, Keyphrase, lexicon};

/// More themes than this nobody codes by hand.
const MOST_THEMES: usize = 20;
/// The most terms of a proposed theme.
const MOST_TERMS: usize = 12;
/// From this many articles on a phrase of one article alone is no theme of the corpus.
const LARGE_CORPUS: usize = 8;

/// Collects what a corpus speaks of, article by article.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// let pipeline = sayso::Pipeline::builder().build()?;
/// let mut proposal = sayso::themes::CodebookProposal::new();
/// proposal.add(&pipeline.analyze_text("Heat pumps sell well. A heat pump saves gas, the energy agency said.")?);
/// assert!(sayso::Codebook::problems(&proposal.to_toml(), sayso::themes::CodebookFormat::Toml).iter().all(|problem| problem.is_note));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct CodebookProposal {
    articles: usize,
    phrases: BTreeMap<BTreeSet<String>, Phrase>,
    /// Headings with the number of articles they stand in.
    headings: BTreeMap<String, usize>,
}

/// A phrase of the corpus, whatever its inflection.
#[derive(Debug, Clone, Default)]
struct Phrase {
    /// How it is written, with the number of articles that write it so most.
    forms: BTreeMap<String, usize>,
    articles: usize,
    mentions: usize,
    /// The sum of one over its rank in each article.
    weight: f64,
}

impl Phrase {
    fn text(&self) -> &str {
        let best = self.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map_or("", |(form, _)| form.as_str())
    }
}

/// Phrases that share words, the best first.
struct Group<'a> {
    stems: BTreeSet<String>,
    phrases: Vec<&'a Phrase>,
    headings: Vec<&'a str>,
    weight: f64,
}

impl CodebookProposal {
    /// A proposal from no article.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what an article speaks of.
    pub fn add(&mut self, analysis: &Analysis) {
        self.articles += 1;
        let said = analysis.keyphrases.iter().filter(|keyphrase| !is_name(analysis, keyphrase) && is_codebook_term(&keyphrase.phrase));
        for (rank, keyphrase) in said.enumerate() {
            let phrase = self.phrases.entry(stems(&keyphrase.phrase)).or_default();
            *phrase.forms.entry(uncapitalized(&keyphrase.phrase)).or_default() += 1;
            phrase.articles += 1;
            phrase.mentions += keyphrase.mentions.len();
            phrase.weight += 1.0 / (rank + 1) as f64;
        }
        let headings = analysis.seg.sections.iter().filter_map(|section| section.heading);
        let labels: BTreeSet<String> = headings.map(|heading| heading_label(analysis.doc.slice(heading))).collect();
        for label in labels.into_iter().filter(|label| is_codebook_term(label) && !lexicon::is_placing_heading(&label.to_lowercase())) {
            *self.headings.entry(label).or_default() += 1;
        }
    }

    /// The proposal in sayso's own format, with comments that say how often each phrase was found.
    pub fn to_toml(&self) -> String {
        let mut text = format!(
            "# Proposed by sayso from the keyphrases and headings of {}.\n\
             # To edit before use: merge and split themes, rename ids and labels, take general words out, write descriptions.\n\
             # `sayso codebook check FILE` names what is wrong with it.\n\ntitle = \"Proposed codebook\"\n",
            counted(self.articles, "article")
        );
        let mut ids = BTreeSet::new();
        for group in self.groups() {
            let Some(best) = group.phrases.first() else { continue };
            let id: String = slug(best.text()).chars().filter(|ch| ch.is_ascii_alphanumeric() || *ch == '-').collect();
            if id.is_empty() || !ids.insert(id.clone()) {
                continue;
            }
            text.push('\n');
            for heading in &group.headings {
                let _ = writeln!(text, "# heading: {}", heading.replace(char::is_control, " "));
            }
            let label = capitalized(best.text());
            let _ = write!(text, "[[theme]]\nid = {}\nlabel = {}\n# description = \"…\"\n", toml_quoted(&id), toml_quoted(&label));
            let (words, phrases): (Vec<&Phrase>, Vec<&Phrase>) =
                group.phrases.iter().take(MOST_TERMS).partition(|phrase| phrase.text().split_whitespace().nth(1).is_none());
            for (name, list) in [("keywords", words), ("phrases", phrases)].iter().filter(|(_, list)| !list.is_empty()) {
                let _ = writeln!(text, "{name} = [");
                for phrase in list {
                    let _ = writeln!(
                        text,
                        "    {}, # {}, {}",
                        toml_quoted(phrase.text()),
                        counted(phrase.articles, "article"),
                        counted(phrase.mentions, "mention")
                    );
                }
                text.push_str("]\n");
            }
        }
        text
    }

    fn groups(&self) -> Vec<Group<'_>> {
        let needed = if self.articles >= LARGE_CORPUS { 2 } else { 1 };
        let mut ranked: Vec<(&BTreeSet<String>, &Phrase)> = self.phrases.iter().filter(|(_, phrase)| phrase.articles >= needed).collect();
        ranked.sort_by(|a, b| b.1.weight.total_cmp(&a.1.weight).then_with(|| a.0.cmp(b.0)));
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (stems, phrase) in ranked {
            if let Some(group) = groups.iter_mut().find(|group| !group.stems.is_disjoint(stems)) {
                group.phrases.push(phrase);
                group.weight += phrase.weight;
            } else {
                groups.push(Group { stems: stems.clone(), phrases: vec![phrase], headings: Vec::new(), weight: phrase.weight });
            }
        }
        for heading in self.headings.keys() {
            if let Some(group) = groups.iter_mut().find(|group| !group.stems.is_disjoint(&stems(heading))) {
                group.headings.push(heading);
            }
        }
        // A stable sort: equal groups stay in the order of their best phrases.
        groups.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        groups.truncate(MOST_THEMES);
        groups
    }
}

/// Whether most mentions stand inside a name: who and where, not what about.
fn is_name(analysis: &Analysis, keyphrase: &Keyphrase) -> bool {
    let names = analysis.entities.iter().filter(|entity| !matches!(entity.label, EntityLabel::Misc | EntityLabel::Product));
    let spans: Vec<_> = names.flat_map(|entity| entity.mentions.iter().map(|mention| mention.span)).collect();
    let inside = keyphrase.mentions.iter().filter(|mention| spans.iter().any(|name| name.contains(**mention))).count();
    inside * 2 > keyphrase.mentions.len()
}

/// Whether the words can stand in a codebook as they are.
pub(crate) fn is_codebook_term(text: &str) -> bool {
    !text.contains(['*', '?']) && !text.is_empty() && text.split_whitespace().all(|word| word.chars().any(char::is_alphanumeric))
}

/// The phrase without the capital letter of a sentence's first word; abbreviations and names inside stay.
fn uncapitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !chars.as_str().chars().any(char::is_uppercase) => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// The text as TOML writes it.
pub(crate) fn toml_quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Annotated;
    use crate::{Attribution, Codebook, CodebookFormat, Section, Span};

    fn analysis(text: &str, phrases: &[&str], heading: Option<&str>) -> Analysis {
        let Annotated { doc, mut seg, .. } = Annotated::new(text);
        let spans = |words: &str| text.match_indices(words).map(|(at, found)| Span::new(at, at + found.len())).collect::<Vec<_>>();
        if let Some(heading) = heading {
            seg.sections.push(Section { heading: spans(heading).first().copied(), span: Span::new(0, text.len()) });
        }
        let keyphrases = phrases
            .iter()
            .map(|phrase| Keyphrase { phrase: (*phrase).to_owned(), score: 1.0, mentions: spans(phrase), ..Keyphrase::default() })
            .collect();
        let (entities, quotes, themes, passages) = Default::default();
        Analysis { doc, seg, entities, keyphrases, quotes, attribution: Attribution::default(), themes, passages }
    }

    #[test]
    fn groups_phrases_by_their_words_and_can_be_used_as_it_is() {
        let mut proposal = CodebookProposal::new();
        proposal.add(&analysis(
            "Water prices\nWater prices rise. Old water mains leak. \"Ferry\" fleets age.",
            &["Water prices", "water mains", "\"Ferry\" fleets"],
            Some("Water prices"),
        ));
        proposal.add(&analysis("A water price is due. EU funds.", &["water price", "EU funds"], None));
        let text = proposal.to_toml();
        let codebook = Codebook::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let labels: Vec<&str> = codebook.themes().iter().map(|theme| theme.label.as_str()).collect();
        assert_eq!(labels, ["Water price", "EU funds", "\"Ferry\" fleets"], "{text}");
        assert!(text.contains("# heading: Water prices\n[[theme]]\nid = \"water-price\""), "{text}");
        assert!(text.contains("\"water price\", # 2 articles, 3 mentions\n    \"water mains\", # 1 article, 1 mention"), "{text}");
        assert!(Codebook::problems(&text, CodebookFormat::Toml).is_empty());
    }
}
