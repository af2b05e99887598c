//! Women and men among the people quoted, as the text says it: a pronoun or a title that an article uses for the person. Given names say
//! nothing here. Nobody is guessed: whom no article calls *he* or *she*, *Mr* or *Ms*, is counted apart.

use crate::report::article::Article;
use crate::{MentionKind, Speaker, SpeakerKind};

/// How a text speaks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GenderInText {
    /// *she*, *Ms*.
    She,
    /// *he*, *Mr*.
    He,
}

/// What an article says of a person; `None` where it says nothing, or both.
pub(super) fn gender_in_text(article: &Article<'_>, speaker: &Speaker) -> Option<GenderInText> {
    if speaker.kind != SpeakerKind::Person {
        return None;
    }
    let text = article.analysis.doc.text();
    let said = speaker.mentions.iter().filter_map(|mention| match mention.kind {
        MentionKind::Pronoun => of_word(article.text(mention.span)),
        MentionKind::Name => {
            let before = text.get(..mention.span.start()).and_then(|before| before.split_whitespace().next_back());
            let first = article.text(mention.span).split_whitespace().next();
            first.and_then(of_title).or_else(|| before.and_then(of_title))
        }
        MentionKind::Nominal => None,
    });
    let said: Vec<GenderInText> = said.collect();
    let first = *said.first()?;
    said.iter().all(|gender| *gender == first).then_some(first)
}

fn of_word(pronoun: &str) -> Option<GenderInText> {
    match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" | "herself" => Some(GenderInText::She),
        "he" | "him" | "his" | "himself" => Some(GenderInText::He),
        _ => None,
    }
}

fn of_title(word: &str) -> Option<GenderInText> {
    match word.trim_end_matches('.') {
        "Ms" | "Mrs" | "Miss" | "Madam" | "Mme" | "Lady" | "Dame" => Some(GenderInText::She),
        "Mr" | "Sir" | "Lord" => Some(GenderInText::He),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::{Analysis, Span, SpeakerMention};

    fn of(mentions: &[(&str, MentionKind)]) -> Option<GenderInText> {
        let text = "Mr Lee met Ms Kim. She told him that he, Lee, knew.";
        let analysis = Analysis { doc: crate::Document::from_text(text), ..sample::bare() };
        let mentions = mentions.iter().map(|&(words, kind)| {
            let start = text.find(words).expect("the words stand in the text");
            SpeakerMention { span: Span::new(start, start + words.len()), kind }
        });
        let mut speaker = sample::full().attribution.speakers.remove(0);
        speaker.mentions = mentions.collect();
        gender_in_text(&Article::new(&analysis), &speaker)
    }

    #[test]
    fn takes_pronouns_and_titles_and_nothing_else() {
        assert_eq!(of(&[("Lee", MentionKind::Name)]), Some(GenderInText::He));
        assert_eq!(of(&[("Kim", MentionKind::Name), ("She", MentionKind::Pronoun)]), Some(GenderInText::She));
        assert_eq!(of(&[("Kim", MentionKind::Name), ("him", MentionKind::Pronoun)]), None, "both is neither");
        assert_eq!(of(&[("met", MentionKind::Nominal)]), None);
    }
}
