//! Themes without a codebook: what the article's headings name, and what its keyphrases come back to.
//!
//! A heading is the theme of the sentences and quotations of its section. Keyphrases that share their words or their meaning form a group,
//! named by its best phrase; a sentence has the theme where it says one of them, a quotation where it says one inside its content.

use std::collections::BTreeSet;

use super::coverage::{Finding, words};
use super::evidence::{Evidence, Reason};
use super::id::slug;
use crate::stem::stem;
use crate::{EntityLabel, Keyphrase, Reading, Span, cosine, lexicon};

/// The most themes of an article.
const MOST: usize = 8;
/// The most themes from headings, so that keyphrases have room.
const MOST_HEADINGS: usize = 5;
/// How many keyphrases are grouped.
const GROUPED: usize = 20;
/// Cosine from which two phrases mean the same thing.
const SAME_MEANING: f32 = 0.85;
/// In articles of at least this many sentences a group needs two of them.
const LONG_ARTICLE: usize = 6;

/// The themes of an article by its headings and keyphrases.
pub(super) fn discover(reading: Reading<'_>, keyphrases: &[Keyphrase]) -> Vec<Finding> {
    let body: BTreeSet<usize> = reading.seg.body_sentences().collect();
    let mut findings = by_heading(reading, &body);
    let needed = if body.len() >= LONG_ARTICLE { 2 } else { 1 };
    for group in groups(reading, keyphrases) {
        let mut finding = Finding::new("", group.label);
        for (phrase, span) in group.mentions {
            if let Some(sentence) = reading.seg.sentence_at(span.start()).filter(|sentence| body.contains(sentence)) {
                finding.sentences.insert(sentence);
                finding.evidence.push(Evidence { span, reason: Reason::Keyphrase(phrase) });
            }
        }
        let same = findings.iter_mut().find(|heading| stems(&heading.label) == group.stems);
        if let Some(heading) = same {
            heading.sentences.extend(finding.sentences);
            heading.evidence.extend(finding.evidence);
        } else if findings.len() < MOST && finding.sentences.len() >= needed {
            findings.push(finding);
        }
    }
    name(&mut findings);
    findings
}

/// One theme a heading, repeated headings as one; of many the largest, in text order.
fn by_heading(reading: Reading<'_>, body: &BTreeSet<usize>) -> Vec<Finding> {
    let seg = reading.seg;
    let mut findings: Vec<Finding> = Vec::new();
    for (at, section) in seg.sections.iter().enumerate() {
        let Some(heading) = section.heading else { continue };
        let label = heading_label(reading.slice(heading));
        if label.is_empty() || lexicon::is_placing_heading(&label.to_lowercase()) {
            continue;
        }
        let place = findings.iter().position(|finding| slug(&finding.label) == slug(&label)).unwrap_or(findings.len());
        if place == findings.len() {
            findings.push(Finding::new("", label));
        }
        if let Some(finding) = findings.get_mut(place) {
            finding.sentences.extend(in_section(reading, body, at));
            finding.evidence.push(Evidence { span: heading, reason: Reason::Heading });
        }
    }
    findings.retain(|finding| !finding.sentences.is_empty());
    let mut sizes: Vec<usize> = findings.iter().map(|finding| words(reading, &finding.sentences)).collect();
    while findings.len() > MOST_HEADINGS {
        let smallest = sizes.iter().enumerate().rev().min_by_key(|(_, size)| **size).map_or(0, |(at, _)| at);
        sizes.remove(smallest);
        findings.remove(smallest);
    }
    for finding in &mut findings {
        finding.sections.clone_from(&finding.sentences);
    }
    findings
}

/// The sentences of running text in the section at index `section`.
pub(super) fn in_section<'a>(reading: Reading<'a>, body: &'a BTreeSet<usize>, section: usize) -> impl Iterator<Item = usize> + 'a {
    let is_under = move |sentence: &usize| {
        let paragraph = reading.seg.sentences.get(*sentence).and_then(|sent| reading.seg.paragraphs.get(sent.paragraph));
        paragraph.is_some_and(|paragraph| paragraph.section == section)
    };
    body.iter().copied().filter(is_under)
}

/// A heading without its number and closing marks: `2.1 Water prices:` → `Water prices`.
pub(super) fn heading_label(text: &str) -> String {
    let is_number = |word: &str| word.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ')' | '(' | '§'));
    let words: Vec<&str> = text.split_whitespace().skip_while(|word| is_number(word)).collect();
    words.join(" ").trim_matches(|ch: char| matches!(ch, '#' | '*' | ':' | '.' | ' ')).to_owned()
}

/// Keyphrases of one meaning.
struct Group {
    label: String,
    stems: BTreeSet<String>,
    vector: Option<Vec<f32>>,
    /// The phrase and where it stands.
    mentions: Vec<(String, Span)>,
}

/// The groups, the one with the best phrase first. A phrase joins the first group whose best phrase shares its words or meaning.
fn groups(reading: Reading<'_>, keyphrases: &[Keyphrase]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for keyphrase in keyphrases.iter().take(GROUPED).filter(|keyphrase| !is_name(reading, keyphrase)) {
        let stems = stems(&keyphrase.phrase);
        let vector = keyphrase.mentions.first().and_then(|&span| reading.encoding.vector(reading.seg.tokens_in(span)));
        let is_same = |group: &&mut Group| {
            let shared = group.stems.intersection(&stems).count();
            let all = group.stems.union(&stems).count();
            let close = group.vector.as_ref().zip(vector.as_ref()).is_some_and(|(a, b)| cosine(a, b) >= SAME_MEANING);
            shared * 2 >= all || (shared > 0 && shared == group.stems.len().min(stems.len())) || close
        };
        let mentions = keyphrase.mentions.iter().map(|span| (keyphrase.phrase.clone(), *span));
        if let Some(group) = groups.iter_mut().find(is_same) {
            group.mentions.extend(mentions);
        } else {
            groups.push(Group { label: keyphrase.phrase.clone(), stems, vector, mentions: mentions.collect() });
        }
    }
    groups
}

/// Whether a keyphrase is the name of somebody or some place or body: who and where, not what about.
fn is_name(reading: Reading<'_>, keyphrase: &Keyphrase) -> bool {
    let is_inside = |span: &Span| {
        reading.encoding.entities.iter().any(|entity| {
            !matches!(entity.label, EntityLabel::Misc | EntityLabel::Product)
                && reading.seg.span_of(entity.tokens.clone()).is_some_and(|name| name.contains(*span))
        })
    };
    keyphrase.mentions.iter().filter(|span| is_inside(span)).count() * 2 > keyphrase.mentions.len()
}

/// The stems of a phrase's words.
pub(super) fn stems(phrase: &str) -> BTreeSet<String> {
    phrase.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

/// Gives each finding an id made of its label; the second of the same name ends in `-2`.
fn name(findings: &mut [Finding]) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for finding in findings {
        let slug = slug(&finding.label);
        let ids = std::iter::once(slug.clone()).chain((2_usize..).map(|number| format!("{slug}-{number}")));
        finding.id = ids.into_iter().find(|id| !used.contains(id)).unwrap_or_default();
        used.insert(finding.id.clone());
    }
}
