//! Quotations found, and found with the right speaker, by the canonical names of the gold.

use std::collections::BTreeMap;
use std::collections::HashMap;

use super::calibration::Calibration;
use super::roles::{self, RoleCounts};
use super::units::ENOUGH;
use super::words::{WordSet, pair, words};
use super::{Count, Figure, Measure, Measurement, Predicted, Rate, Scores, Tally};
use crate::gold::GoldQuotation;
use crate::{GoldDocument, QuoteKind, Role, Speaker};

const TITLES: [&str; 9] = ["mr", "mrs", "ms", "dr", "prof", "president", "premier", "sir", "the"];
const PRONOUNS: [&str; 18] =
    ["i", "we", "you", "he", "she", "it", "they", "his", "her", "their", "him", "them", "who", "which", "this", "that", "these", "those"];
/// Longer names are clauses, in code points.
const LONGEST_NAME: usize = 60;

/// See [`Measure::Speakers`].
#[derive(Debug, Default)]
pub(super) struct Speakers {
    articles: usize,
    text_differs: usize,
    gold: usize,
    found: usize,
    wrong: usize,
    core: usize,
    found_core: usize,
    right_kind: usize,
    right_speaker: usize,
    /// Of quotations whose source has a coreference chain: right by any name in it, and all found.
    right_by_any_name: (usize, usize),
    /// How sure each found quotation's speaker is, and whether it is right.
    confidence: Calibration,
    /// By how the article names the speaker: quotations found, of these with the right speaker.
    by_source: BTreeMap<String, (usize, usize)>,
    /// The same by the rule that chose the speaker.
    by_rule: BTreeMap<&'static str, (usize, usize)>,
    /// Of speakers that both sides name.
    roles: RoleCounts,
}

impl Measurement for Speakers {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        let (marked, chains): (Vec<GoldQuotation>, Vec<Vec<&str>>) = quotations(gold).into_iter().unzip();
        self.gold += marked.len();
        if predicted.shift.is_none() {
            self.text_differs += 1;
            return;
        }
        self.core += marked.iter().filter(|quotation| quotation.is_core).count();
        let words = words(&gold.text);
        let quotes = &predicted.analysis.quotes;
        let found: Vec<WordSet> = quotes.iter().map(|quote| WordSet::new(&words, &predicted.all_moved(&quote.content))).collect();
        let mut candidates = Vec::new();
        for (at, quotation) in marked.iter().enumerate() {
            let contents: Vec<WordSet> = quotation.contents.iter().map(|spans| WordSet::new(&words, spans)).collect();
            for (quote, content) in found.iter().enumerate() {
                let iou = contents.iter().map(|given| given.iou(content)).fold(0.0, f64::max);
                if iou >= ENOUGH {
                    candidates.push((iou, at, quote));
                }
            }
        }
        let partners = pair(candidates, marked.len(), found.len());
        let borderline = WordSet::new(&words, &gold.borderline);
        let is_free = |quote: &WordSet| !quote.is_empty() && 2 * quote.shared(&borderline) >= quote.len();
        self.wrong += found.iter().enumerate().filter(|(at, quote)| !partners.contains(&Some(*at)) && !is_free(quote)).count();
        for ((quotation, chain), partner) in marked.iter().zip(&chains).zip(partners) {
            if let Some(quote) = partner {
                let is_right = self.found(quotation, predicted, quote);
                let is_right = self.compare_chain(chain, predicted, quote, is_right);
                self.judge(predicted, quote, is_right);
            }
        }
        self.compare_roles(gold, predicted);
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Speakers);
        scores.counts.extend([Count::new("articles", self.articles), Count::new("text_differs", self.text_differs)]);
        let tally = Tally { matched: self.found, predicted: self.found + self.wrong, gold: self.gold };
        scores.scores.push(tally.score("quotes"));
        let RoleCounts { matched, placed, predicted, gold } = self.roles;
        if gold > 0 {
            scores.scores.push(Tally { matched, predicted, gold }.score("roles"));
            scores.rates.push(Rate::new("affiliation_right_of_found", placed, matched));
        }
        scores.rates.extend([
            Rate::new("recall_core", self.found_core, self.core),
            Rate::new("kind_right_of_found", self.right_kind, self.found),
            Rate::new("speaker_right_of_found", self.right_speaker, self.found),
            Rate::new("speaker_right_of_gold", self.right_speaker, self.gold),
        ]);
        if self.right_by_any_name.1 > 0 {
            scores.rates.push(Rate::new("speaker_right_by_any_name", self.right_by_any_name.0, self.right_by_any_name.1));
        }
        let figures = [
            ("speaker_calibration_error", self.confidence.expected_error()),
            ("speaker_confidence_auc", self.confidence.area_under_curve()),
        ];
        scores.figures.extend(figures.into_iter().filter_map(|(name, value)| Some(Figure::new(name, value?))));
        let by_source = self.by_source.iter().filter(|(name, _)| !name.is_empty());
        scores.rates.extend(by_source.map(|(name, &(found, right))| Rate::new(format!("speaker_right_{name}"), right, found)));
        let by_rule = self.by_rule.iter().map(|(name, &(found, right))| Rate::new(format!("speaker_right_by_{name}"), right, found));
        scores.rates.extend(by_rule);
        scores
    }
}

impl Speakers {
    /// Counts the roles of the gold's speakers; roles of a speaker that the gold does not know are not counted.
    fn compare_roles(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        for known in &gold.speakers {
            let same = predicted.analysis.attribution.speakers.iter().filter(|speaker| is_same_name(&speaker.name, &known.name));
            let held: Vec<Role> = same.flat_map(|speaker| speaker.roles.clone()).collect();
            let counts = roles::compare(&held, known);
            self.roles.matched += counts.matched;
            self.roles.placed += counts.placed;
            self.roles.predicted += counts.predicted;
            self.roles.gold += counts.gold;
        }
    }

    /// Counts a quotation right where the speaker bears any name of the gold's chain: the gold's longest one may be a description
    /// (`Australian woman`) or a name that the article never uses. Says whether it is.
    fn compare_chain(&mut self, chain: &[&str], predicted: Predicted<'_>, quote: usize, is_right: bool) -> bool {
        if chain.is_empty() {
            return is_right;
        }
        let bears = |speaker: &Speaker| chain.iter().any(|name| is_same_name(&speaker.name, name) || speaker.name == **name);
        let is_right = is_right || predicted.analysis.speaker_of(quote).is_some_and(bears);
        self.right_by_any_name.0 += usize::from(is_right);
        self.right_by_any_name.1 += 1;
        is_right
    }

    /// Holds the rule that chose a speaker, and how sure the program was, to whether it is the right one.
    fn judge(&mut self, predicted: Predicted<'_>, quote: usize, is_right: bool) {
        if let Some(confidence) = predicted.analysis.speaker_confidence(quote) {
            self.confidence.add(confidence, is_right);
        }
        if let Some(finding) = predicted.analysis.attribution.basis.get(quote).and_then(|basis| basis.first()) {
            let (found, right) = self.by_rule.entry(finding.rule.name()).or_default();
            *found += 1;
            *right += usize::from(is_right);
        }
    }

    /// Counts a gold quotation with its predicted partner and says whether the speaker is right.
    fn found(&mut self, quotation: &GoldQuotation, predicted: Predicted<'_>, quote: usize) -> bool {
        self.found += 1;
        self.found_core += usize::from(quotation.is_core);
        let kind = predicted.analysis.quotes.get(quote).map(|quote| match quote.kind {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
        });
        self.right_kind += usize::from(kind.is_some_and(|kind| quotation.kinds.iter().any(|right| right == kind)));
        // A description (`a city official`) is right when it shares a word with the name of what it stands for.
        let is_described = matches!(quotation.source_type.as_str(), "nominal" | "organization");
        let is_right = predicted.analysis.speaker_of(quote).is_some_and(|speaker| {
            let agrees = |name: &String| is_same_name(&speaker.name, name) || (is_described && shares_word(&speaker.name, name));
            quotation.speakers.iter().filter(|name| !name.is_empty()).any(agrees)
        });
        self.right_speaker += usize::from(is_right);
        let (found, right) = self.by_source.entry(quotation.source_type.clone()).or_default();
        *found += 1;
        *right += usize::from(is_right);
        is_right
    }
}

/// The quotations of a document: as annotated, or its attributions whose source has a name somewhere in the text. With each, the
/// mentions of its source that are no pronouns, where the document has coreference chains.
fn quotations(gold: &GoldDocument) -> Vec<(GoldQuotation, Vec<&str>)> {
    if gold.layers.quotations {
        return gold.quotations.iter().map(|quotation| (quotation.clone(), Vec::new())).collect();
    }
    let names = longest_names(gold);
    let mut quotations = Vec::new();
    for attribution in &gold.attributions {
        let said: Vec<&str> = attribution.source.iter().map(|&span| gold.slice(span)).collect();
        let said = said.join(" ").to_lowercase();
        let wiki = attribution.source_wiki.as_deref().unwrap_or_default().replace('_', " ");
        let in_text = attribution.source_entity.as_deref().and_then(|entity| names.get(entity).copied()).unwrap_or_default();
        // The fullest name in the article is right; so is its Wikipedia title, which the text need not have.
        let speakers: Vec<String> = [wiki.as_str(), in_text].into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let is_complete = !speakers.is_empty() && !attribution.cue.is_empty() && !attribution.content.is_empty();
        if !is_complete || matches!(said.as_str(), "i" | "we" | "you") {
            continue;
        }
        let of_source = gold.mentions.iter().filter(|mention| Some(&mention.entity) == attribution.source_entity.as_ref());
        let mut chain: Vec<&str> = of_source.map(|mention| gold.slice(mention.span)).collect();
        chain.retain(|text| !is_pronoun(&text.to_lowercase()));
        let quotation = GoldQuotation {
            contents: vec![attribution.content.clone()],
            speakers,
            source_type: if is_pronoun(&said) { "pronoun" } else { "name" }.to_owned(),
            is_core: true,
            ..GoldQuotation::default()
        };
        quotations.push((quotation, chain));
    }
    quotations
}

/// The longest name of each person, organization and place, by coreference chain.
fn longest_names(gold: &GoldDocument) -> HashMap<&str, &str> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    for mention in &gold.mentions {
        let text = gold.slice(mention.span);
        let length = text.chars().count();
        let is_name = matches!(mention.kind.as_str(), "person" | "organization" | "place")
            && text.chars().next().is_some_and(char::is_uppercase)
            && !is_pronoun(&text.to_lowercase())
            && length <= LONGEST_NAME
            && !text.contains('\n');
        let known = names.get(mention.entity.as_str()).map_or(0, |known| known.chars().count());
        if is_name && length > known {
            names.insert(&mention.entity, text);
        }
    }
    names
}

fn is_pronoun(words: &str) -> bool {
    PRONOUNS.contains(&words)
}

/// The words of a name in small letters, titles left out.
fn name_words(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    let words = name.split(|ch: char| !(ch.is_alphanumeric() || ch == '_')).filter(|word| !word.is_empty() && !TITLES.contains(word));
    words.map(str::to_owned).collect()
}

/// Whether a predicted name stands for the same speaker as the gold one: the same words, titles aside; or all words of one, at least two,
/// among the other's; or a gold name of one word among at most four predicted ones.
fn is_same_name(predicted: &str, gold: &str) -> bool {
    let (predicted, gold) = (name_words(predicted), name_words(gold));
    if predicted.is_empty() || gold.is_empty() {
        return false;
    }
    if let [only] = gold.as_slice()
        && predicted.contains(only)
        && predicted.len() <= 4
    {
        return true;
    }
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let (forth, back) = (within(&predicted, &gold), within(&gold, &predicted));
    (forth && back) || (predicted.len().min(gold.len()) >= 2 && (forth || back))
}

fn shares_word(predicted: &str, gold: &str) -> bool {
    let gold = name_words(gold);
    name_words(predicted).iter().any(|word| gold.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_names_of_speakers() {
        let cases = [
            ("President Ann Lee", "Ann Lee", true),
            ("Ann Mary Lee", "Ann Lee", true),
            ("Lee", "Ann Lee", false),
            ("Ann Lee", "Lee", true),
            ("The", "the", false),
            ("Zoë Ng", "ng zoë", true),
            ("a b c d lee", "Lee", false),
        ];
        for (predicted, gold, expected) in cases {
            assert_eq!(is_same_name(predicted, gold), expected, "{predicted} / {gold}");
        }
    }
}
