//! Why a quotation is one, and why it is this speaker's: what stands in the text, in words a reader can check.

use crate::report::article::Article;
use crate::{CueClass, MentionKind, QuoteKind, Span};

/// The reasons for the quotation at index `at`, the most telling first.
pub(super) fn reasons(article: &Article<'_>, at: usize) -> Vec<String> {
    let analysis = article.analysis;
    let Some(quote) = analysis.quotes.get(at) else { return Vec::new() };
    let mut reasons = Vec::new();
    match (quote.cue, quote.cue_class) {
        (Some(cue), class) => reasons.push(format!("The cue “{}”{}.", article.text(cue), class.map_or("", kind_of_cue))),
        (None, _) => reasons.push("No cue stands beside it.".to_owned()),
    }
    reasons.push(match quote.kind {
        QuoteKind::Direct => "All of it is given word for word.".to_owned(),
        QuoteKind::Indirect => "It is reported, not word for word.".to_owned(),
        QuoteKind::Mixed => "It is reported, with some words in quotation marks.".to_owned(),
    });
    reasons.extend(quote.source.map(|source| format!("The words for the speaker are “{}”.", article.text(source))));
    if let (Some(source), Some(speaker)) = (quote.source, analysis.speaker_of(at)) {
        reasons.extend(mention(source, &speaker.mentions).map(|kind| match kind {
            MentionKind::Name => "They give the name.".to_owned(),
            MentionKind::Pronoun => format!("A pronoun: read as {}.", speaker.name),
            MentionKind::Nominal => format!("A description: read as {}.", speaker.name),
        }));
    }
    if quote.source.is_none() && analysis.speaker_of(at).is_some() {
        reasons.push("No words for the speaker stand beside it: the speaker follows from what stands around it.".to_owned());
    }
    reasons.extend(analysis.speaker_basis(at).iter().map(|finding| without_marks(finding.rule.says())));
    let rules: Vec<&str> = quote.rules.iter().map(|rule| rule.name()).collect();
    reasons.extend((!rules.is_empty()).then(|| format!("Rules: {}.", rules.join(", "))));
    reasons
}

/// What a rule says without the stars around its examples.
fn without_marks(says: &str) -> String {
    says.replace('*', "")
}

fn kind_of_cue(class: CueClass) -> &'static str {
    match class {
        CueClass::Speech => ", a word of speech",
        CueClass::Writing => ", a word of writing",
        CueClass::Thought => ", a word of thought",
        CueClass::Other => "",
    }
}

/// How the source names the speaker: by the best mention inside it.
fn mention(source: Span, mentions: &[crate::SpeakerMention]) -> Option<MentionKind> {
    let inside = mentions.iter().filter(|mention| source.overlaps(mention.span)).map(|mention| mention.kind);
    inside.min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn says_what_stands_in_the_text() {
        let analysis = sample::full();
        let article = Article::new(&analysis);
        assert_eq!(
            reasons(&article, 0),
            [
                "The cue “said”, a word of speech.",
                "All of it is given word for word.",
                "The words for the speaker are “Council President Ana Çelik”.",
                "They give the name.",
                "The source is a name, with or without a title: Premier Ana Lima said.",
                "Rules: model, whole-marks."
            ]
        );
        assert_eq!(reasons(&article, 1)[3], "A description: read as A captain.");
        assert_eq!(reasons(&article, 2), ["No cue stands beside it.", "It is reported, not word for word.", "Rules: model."]);
    }
}
