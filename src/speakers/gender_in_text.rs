//! Women and men among the people quoted, as the text says it: a pronoun or a title that an article uses for the person. Given names say
//! nothing here. Nobody is guessed: whom no article calls *he*, *she* or *they*, *Mr* or *Ms*, is counted apart.

use serde::{Deserialize, Serialize};

use crate::{Document, MentionKind, Span, Speaker, SpeakerKind};

/// How often *they* has to mean one person before it is taken for that person's pronoun: once it may well mean others too.
const LEAST_THEY: usize = 2;

/// How a text speaks of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GenderInText {
    /// *she*, *Ms*.
    She,
    /// *he*, *Mr*.
    He,
    /// *they*, for one person.
    They,
}

impl GenderInText {
    /// The pronoun.
    pub fn name(self) -> &'static str {
        match self {
            Self::She => "she",
            Self::He => "he",
            Self::They => "they",
        }
    }
}

/// A word by which an article says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenderMention {
    /// What it says.
    pub gender: GenderInText,
    /// The word, in bytes.
    pub span: Span,
}

/// What an article says of a person, with the first word that says so; `None` where it says nothing, or both *he* and *she*.
pub(super) fn gender_in_text(doc: &Document, speaker: &Speaker) -> Option<GenderMention> {
    if speaker.kind != SpeakerKind::Person {
        return None;
    }
    let said = speaker.mentions.iter().filter_map(|mention| match mention.kind {
        MentionKind::Pronoun => Some(GenderMention { gender: of_word(doc.slice(mention.span))?, span: mention.span }),
        MentionKind::Name => title_of(doc, mention.span),
        MentionKind::Nominal => None,
    });
    let (they, gendered): (Vec<_>, Vec<_>) = said.partition(|mention| mention.gender == GenderInText::They);
    match gendered.first() {
        Some(first) => gendered.iter().all(|mention| mention.gender == first.gender).then_some(*first),
        None => they.first().copied().filter(|_| they.len() >= LEAST_THEY),
    }
}

/// The title that a name begins with, or that stands before it.
fn title_of(doc: &Document, name: Span) -> Option<GenderMention> {
    let within = doc.slice(name).split_whitespace().next().and_then(|word| Some((of_title(word)?, name.start(), word)));
    let before = doc.text().get(..name.start()).map(str::trim_end).and_then(|before| {
        let word = before.split_whitespace().next_back()?;
        Some((of_title(word)?, before.len() - word.len(), word))
    });
    within.or(before).map(|(gender, start, word)| GenderMention { gender, span: Span::new(start, start + word.len()) })
}

fn of_word(pronoun: &str) -> Option<GenderInText> {
    match pronoun.to_lowercase().as_str() {
        "she" | "her" | "hers" | "herself" => Some(GenderInText::She),
        "he" | "him" | "his" | "himself" => Some(GenderInText::He),
        "they" | "them" | "their" | "theirs" | "themself" => Some(GenderInText::They),
        _ => None,
    }
}

fn of_title(word: &str) -> Option<GenderInText> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "ms" | "mrs" | "miss" | "madam" | "mme" | "lady" | "dame" if word.starts_with(char::is_uppercase) => Some(GenderInText::She),
        "mr" | "sir" | "lord" if word.starts_with(char::is_uppercase) => Some(GenderInText::He),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SpeakerMention;

    const TEXT: &str = "Mr Lee met Ms Kim. She told him that he, Lee, knew. They left. Ana, they said, saw them.";

    fn of(mentions: &[(&str, MentionKind)]) -> Option<(&'static str, &'static str)> {
        let doc = Document::from_text(TEXT);
        let mentions = mentions.iter().map(|&(words, kind)| {
            let start = TEXT.find(words).expect("the words stand in the text");
            SpeakerMention { span: Span::new(start, start + words.len()), kind }
        });
        let speaker = Speaker { mentions: mentions.collect(), ..Speaker::named("s1", "Lee") };
        let said = gender_in_text(&doc, &speaker)?;
        Some((said.gender.name(), TEXT.get(said.span.range()).expect("a word")))
    }

    #[test]
    fn takes_pronouns_and_titles_and_nothing_else() {
        assert_eq!(of(&[("Lee", MentionKind::Name)]), Some(("he", "Mr")));
        assert_eq!(of(&[("Kim", MentionKind::Name), ("She", MentionKind::Pronoun)]), Some(("she", "Ms")));
        assert_eq!(of(&[("Kim", MentionKind::Name), ("him", MentionKind::Pronoun)]), None, "both is neither");
        assert_eq!(of(&[("met", MentionKind::Nominal)]), None);
        assert_eq!(of(&[("Ana", MentionKind::Name), ("they", MentionKind::Pronoun)]), None, "once may be others");
        assert_eq!(of(&[("they", MentionKind::Pronoun), ("them", MentionKind::Pronoun)]), Some(("they", "they")));
    }
}
