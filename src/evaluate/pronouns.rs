//! GAP (Webster et al., TACL 2018): which of two names a pronoun means, by gender of the pronoun.

use super::{Count, Figure, Measure, Measurement, Predicted, Scores, Tally};
use crate::{GoldDocument, MentionKind, Span, SpeakerMention};

/// See [`Measure::Pronouns`].
#[derive(Debug, Default)]
pub(super) struct Pronouns {
    all: usize,
    resolved: usize,
    masculine: Tally,
    feminine: Tally,
}

impl Measurement for Pronouns {
    fn add(&mut self, gold: &GoldDocument, predicted: Predicted<'_>) {
        let Some((pronoun, names)) = gold.mentions.split_first() else { return };
        self.all += 1;
        let chain = chain_of(predicted, pronoun.span);
        self.resolved += usize::from(chain.is_some());
        let is_feminine =
            gold.slice(pronoun.span).to_lowercase().starts_with(['s', 'S']) || gold.slice(pronoun.span).to_lowercase().starts_with("her");
        let tally = if is_feminine { &mut self.feminine } else { &mut self.masculine };
        for name in names {
            let is_name =
                |mention: &&SpeakerMention| mention.kind == MentionKind::Name && predicted.moved(mention.span).overlaps(name.span);
            let is_said = chain.is_some_and(|chain| chain.iter().any(|mention| is_name(&mention)));
            let is_true = name.entity == pronoun.entity;
            tally.matched += usize::from(is_said && is_true);
            tally.predicted += usize::from(is_said);
            tally.gold += usize::from(is_true);
        }
    }

    fn scores(&self) -> Scores {
        let mut scores = Scores::new(Measure::Pronouns);
        scores.counts.extend([Count::new("pronouns", self.all), Count::new("resolved", self.resolved)]);
        let (masculine, feminine) = (self.masculine, self.feminine);
        let all = Tally {
            matched: masculine.matched + feminine.matched,
            predicted: masculine.predicted + feminine.predicted,
            gold: masculine.gold + feminine.gold,
        };
        let [all, masculine, feminine] =
            [(all, "all"), (masculine, "masculine"), (feminine, "feminine")].map(|(tally, name)| tally.score(name));
        let bias = if masculine.f1 > 0.0 { feminine.f1 / masculine.f1 } else { 0.0 };
        scores.figures.push(Figure::new("bias_feminine_to_masculine", bias));
        scores.scores.extend([all, masculine, feminine]);
        scores
    }
}

/// The predicted chain that holds a mention at exactly `span` of the gold text.
pub(super) fn chain_of(predicted: Predicted<'_>, span: Span) -> Option<&[SpeakerMention]> {
    predicted.shift?;
    let chains = predicted.analysis.attribution.chains.iter();
    let mut found = chains.filter(|chain| chain.iter().any(|mention| predicted.moved(mention.span) == span));
    found.next().map(Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use crate::evaluate::testing::analysis;
    use crate::gold::GoldMention;
    use crate::{GoldDocument, Measure, MentionKind, Scorer, Span, SpeakerMention};

    /// Ana Lind met Zoe before she left: *she* is Zoe.
    fn gold(entity: &str) -> GoldDocument {
        let text = "Ana Lind met Zoe before she left.".to_owned();
        let mention = |words: &str, entity: &str| {
            let start = text.find(words).expect("the words stand in the text");
            let span = Span::new(start, start + words.len());
            GoldMention { span, entity: entity.to_owned(), kind: String::new(), status: String::new(), wiki: None }
        };
        let mentions = vec![mention("she", entity), mention("Ana Lind", "A"), mention("Zoe", "B")];
        GoldDocument { text, mentions, ..GoldDocument::default() }
    }

    fn scored(measure: Measure, gold: &GoldDocument, chain: &[(usize, MentionKind)]) -> crate::Scores {
        let mut analysis = analysis(gold.to_document(), Vec::new());
        let chain = chain.iter().map(|&(at, kind)| SpeakerMention { span: gold.mentions[at].span, kind });
        analysis.attribution.chains.push(chain.collect());
        let mut scorer = Scorer::new(measure, Vec::new());
        scorer.add(gold, &analysis);
        scorer.scores().unwrap()
    }

    #[test]
    fn a_name_in_the_pronouns_chain_is_said_to_be_meant() {
        let right = scored(Measure::Pronouns, &gold("B"), &[(2, MentionKind::Name), (0, MentionKind::Pronoun)]);
        assert_eq!(right.score("feminine").map(|score| (score.found, score.predicted, score.gold)), Some((1, 1, 1)));
        let wrong = scored(Measure::Pronouns, &gold("B"), &[(1, MentionKind::Name), (0, MentionKind::Pronoun)]);
        assert_eq!(wrong.score("all").map(|score| (score.found, score.predicted, score.gold)), Some((0, 1, 1)));
        let neither = scored(Measure::Pronouns, &gold("neither"), &[]);
        assert_eq!(neither.score("all").map(|score| (score.predicted, score.gold)), Some((0, 0)));
    }

    #[test]
    fn the_last_name_before_a_pronoun_is_its_antecedent() {
        let right = scored(Measure::Coreference, &gold("B"), &[(2, MentionKind::Name), (0, MentionKind::Pronoun)]);
        assert_eq!(right.rate("he_she_right_of_all").map(|rate| (rate.right, rate.of)), Some((1, 1)));
        let wrong = scored(Measure::Coreference, &gold("A"), &[(2, MentionKind::Name), (0, MentionKind::Pronoun)]);
        assert_eq!(wrong.rate("he_she_right_of_all").map(|rate| (rate.right, rate.of)), Some((0, 1)));
        let lone = scored(Measure::Coreference, &gold("nobody"), &[(0, MentionKind::Pronoun)]);
        assert_eq!(lone.rate("he_she_right_of_all").map(|rate| rate.of), Some(0));
    }
}
