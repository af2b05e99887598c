//! Third-person pronouns resolved to the right chain, by form: whether the mention that resolution takes a pronoun for stands in the
//! pronoun's gold chain. A pronoun counts where its chain names or describes the referent before it.

use super::pronouns::chain_of;
use super::{Count, Measure, Measurement, Predicted, Rate, Scores};
use crate::gold::GoldMention;
use crate::{GoldDocument, MentionKind, Span};

const FORMS: [(&str, &[&str]); 3] = [
    ("he_she", &["he", "him", "his", "himself", "she", "her", "hers", "herself"]),
    ("they", &["they", "them", "their", "theirs", "themselves"]),
    ("it", &["it", "its", "itself"]),
];

/// See [`Measure::Coreference`].
#[derive(Debug, Default)]
pub(super) struct Coreference {
    articles: usize,
    /// By form: right, resolved, all.
    forms: [(usize, usize, usize); FORMS.len()],
}

impl Measurement for Coreference {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        self.articles += 1;
        for pronoun in &gold.mentions {
            let word = gold.slice(pronoun.span).to_lowercase();
            let Some(form) = FORMS.iter().position(|(_, words)| words.contains(&word.as_str())) else { continue };
            let names = |mention: &&GoldMention| mention.entity == pronoun.entity && !is_pronoun(gold.slice(mention.span));
            if !gold.mentions.iter().filter(names).any(|mention| mention.span.end() <= pronoun.span.start()) {
                continue;
            }
            let Some((right, resolved, all)) = self.forms.get_mut(form) else { continue };
            *all += 1;
            let Some(antecedent) = antecedent(predicted, pronoun.span) else { continue };
            *resolved += 1;
            let around = gold.mentions.iter().filter(|mention| mention.span.overlaps(antecedent));
            let smallest = around.min_by_key(|mention| (mention.span.len(), mention.span));
            *right += usize::from(smallest.is_some_and(|mention| mention.entity == pronoun.entity));
        }
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Coreference);
        scores.counts.push(Count::new("articles", self.articles));
        for ((name, _), &(right, resolved, all)) in FORMS.iter().zip(&self.forms) {
            scores.counts.push(Count::new(*name, all));
            scores.rates.push(Rate::new(format!("{name}_right_of_resolved"), right, resolved));
            scores.rates.push(Rate::new(format!("{name}_right_of_all"), right, all));
        }
        scores
    }
}

fn is_pronoun(text: &str) -> bool {
    let text = text.to_lowercase();
    FORMS.iter().any(|(_, words)| words.contains(&text.as_str()))
        || matches!(text.as_str(), "i" | "me" | "my" | "you" | "your" | "we" | "who" | "which" | "that" | "this")
}

/// The name or description that the chain of a pronoun has last before it, else first after it.
fn antecedent(predicted: Predicted<'_>, pronoun: Span) -> Option<Span> {
    let chain = chain_of(predicted, pronoun)?.iter().filter(|mention| mention.kind != MentionKind::Pronoun);
    let mut spans: Vec<Span> = chain.map(|mention| predicted.moved(mention.span)).collect();
    spans.sort_unstable();
    let before = spans.iter().rev().find(|span| span.start() < pronoun.start());
    before.or(spans.first()).copied()
}
