//! The rules of this stage: every piece of evidence that finds a name, makes two names one, or chooses the speaker of a quotation.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Makes the rules of one table: variant, name in reports, what it says with an example.
macro_rules! rules {
    ($($variant:ident $name:literal $says:literal;)*) => {
        /// Evidence that finds a name, makes two names one, or chooses the speaker of a quotation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $says] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order they are written down here.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in reports, such as `same-paragraph`; it stays the same between versions.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// What the rule says, in one sentence with an example.
            pub fn says(self) -> &'static str {
                match self {
                    $(Self::$variant => $says,)*
                }
            }
        }
    };
}

rules! {
    // Which words are names.
    EntityName "entity-name" "A name of the article's entities.";
    ModelName "model-name" "A name that the model labels and the article's entities leave out.";
    Addressed "addressed" "A form of address makes a person of a single word that was taken for a body: *MR. DAHL*.";
    WorkTitle "work-title" "Capitals in quotation marks beside a noun for a document are its title: *the report, “Water for All”*.";
    SourceName "source-name" "Capitals that nobody labelled head a source: *Premier Sin said*.";
    IntroducedName "introduced-name" "A word introduces a name that nobody labelled: *a farmer named Sin*.";
    BylineName "byline-name" "A byline without labels is a name: *By Ana Lima*.";
    MissedSurname "missed-surname" "The surname of somebody named elsewhere, without a label: *Ana Lima … Lima*.";
    // Which names are one.
    FullName "full-name" "Two full names agree: *Jim Farley* is *James D. Farley*.";
    ShortName "short-name" "One name of somebody named in full: *Merkel* is *Angela Merkel*.";
    BracketAcronym "bracket-acronym" "The acronym stands in brackets behind the name: *Union of Weavers (UOW)*.";
    Initials "initials" "The acronym is made of a name's initials: *WHL* is the *World Health League*.";
    BodyWord "body-word" "A noun for a body with a capital that a longer name holds: *the Church* is the *Church of the Sea*.";
    FirstWord "first-word" "The first word of a longer name: *Brookings* is the *Brookings Institution*.";
    BodyOfName "body-of-name" "A name with the noun for a body behind it: *the Vik government*.";
    // Which words are the source.
    WholeLabel "whole-label" "The source is the last part of a label: *Ana Lima, director, Acme: “…”*.";
    NameBehind "name-behind" "The source ends before the name that belongs to it: *its president, Ana Lima,*.";
    NameBefore "name-before" "The source starts behind the name that belongs to it: *Tax Watch, a group that counts taxes,*.";
    WholeSubject "whole-subject" "The source is the end of a longer subject: *a person in a post on a wall claimed*.";
    // Whom the source names.
    Name "name" "The source is a name, with or without a title: *Premier Ana Lima said*.";
    Apposition "apposition" "A name stands beside the source's noun: *the deputy leader, Ana Lima, said*.";
    NamedAs "named-as" "A word in the source introduces the name: *a farmer named Ana said*.";
    LongTitle "long-title" "A title of several words ends in a name: *Minister of Trade and Industry Ana Lima said*.";
    OnlyPerson "only-person" "The phrase ends with one person's name: *Chair of the transport committee Ana Lima said*.";
    DocumentTitle "document-title" "The title behind a noun for a document: *its report, “Water for All”, says*.";
    // Whom a pronoun means.
    PronounRanked "pronoun-ranked" "A pronoun means the candidate that the trained ranking and the score by hand put first.";
    PronounByHand "pronoun-by-hand" "A pronoun means the candidate that the score by hand puts first.";
    JoinedPair "joined-pair" "*They* and *both* mean two who were named together: *Ana Lind and Bo Dahl left. They said*.";
    TwoBefore "two-before" "*Both* means the last two who were named: *Ana Lind came. Bo Dahl came. Both said*.";
    Relative "relative" "*Who* and *which* mean what stands right before: *Ana Lima, who said*.";
    // Whom a description means.
    Possessor "possessor" "Whose words the source is: *Zhang’s proposals call for*.";
    RoleHolder "role-holder" "Who holds the role by the same noun: *Minister Ana Lima … the minister*.";
    Origin "origin" "Who is said to be from there: *Ana Lima of Chile … the Chilean*, *the Chilean minister*.";
    StatedKind "stated-kind" "Whom the article calls so beside the name: *Norvik, a carmaker, … the carmaker*.";
    BodyBeside "body-beside" "The one organisation that the sentence before names: *the trade body*, *the rebel group*.";
    SameDescription "same-description" "Somebody unnamed who was described so before: *a miller … the miller*.";
    PersonBeside "person-beside" "Whom the sentence before names, if nothing else is said of them: *the leader*.";
    WiderRole "wider-role" "Who holds a role that the noun covers: *Minister Ana Lima … the official*.";
    SharedField "shared-field" "Whose role or body has a word of the description: *the soil scientist* of the *Soil Laboratory*.";
    SameAge "same-age" "Whose age the article states: *Ana Lind, 43, … the 43-year-old*.";
    SalientPerson "salient-person" "A noun that says no more than *person* means who is spoken of: *the man*.";
    RolelessPerson "roleless-person" "A role nobody was given means who is spoken of, if nothing else is said of them.";
    TradeOfLast "trade-of-last" "A trade nobody was given means who spoke just before: *Bo Dahl said … the farmer said*.";
    BareRole "bare-role" "A role without an article means its holder: *Dykes will hold: minister*.";
    NounInName "noun-in-name" "A body whose name holds the noun: *Ministry of Health … the ministry*.";
    DescribedBody "described-body" "The one body that fits the description: *National Union of Weavers … the trade union*.";
    LatestDocument "latest-document" "The work of this kind that was named last: *the Clean Rain Act … the law*.";
    SalientBody "salient-body" "A wide noun for a body means the one that is spoken of: *the company*.";
    MainBody "main-body" "A wide noun for a body means the one that is named most often.";
    LeadIn "lead-in" "A lead leaves the name to the sentences after it: *The minister has warned … “…,” Ana Lima said*.";
    NewDescription "new-description" "A description of somebody the article does not name: *a senior official*.";
    ItsDocument "its-document" "*It* of a verb by which texts speak means the document before it: *a letter … it begins*.";
    Ordinal "ordinal" "*The first* and *the second* of those described alike: *a trader … another trader … the first trader*.";
    // Who speaks where no source says so.
    Interviewed "interviewed" "Answers, and *I* outside quotation marks, are those of the one who is interviewed: *Five questions for Ana Lima … A: Yes.*";
    Subject "subject" "The subject of a verb further on: *Ana Lima, who came late, praised the plan*.";
    QuotedSelf "quoted-self" "*I* and *we* inside a quotation mean its speaker: *“I think it rains,” Ana Lima said*.";
    BeforeColon "before-colon" "The first one named before a colon: *Ana Lima was blunt: “…”*.";
    Alternates "alternates" "Untagged lines of a dialogue alternate: *“Did you call?” Lima asked. “No.”*";
    SameParagraph "same-paragraph" "Whoever spoke before in the same paragraph goes on.";
    ParagraphBefore "paragraph-before" "Whoever spoke in the paragraph before goes on.";
    LabelledSelf "labelled-self" "*I* means whom the label of the paragraph names: *Ana Lima: I think it rains*.";
    BylineSelf "byline-self" "*I* outside quotation marks means the article's one author.";
    // Who they are.
    KnownPerson "known-person" "The person of the gazetteer who fits name, roles and date.";
}

/// A rule at work: what it is and the words it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The words it rests on, in bytes; none where it rests on no words of the article.
    pub span: Option<Span>,
}

/// Which rules are at work: all of them, but for tests that show what one is good for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rules {
    off: Option<Rule>,
}

impl Rules {
    /// All rules but one.
    #[cfg(test)]
    pub(super) fn without(rule: Rule) -> Self {
        Self { off: Some(rule) }
    }

    /// Whether a rule is at work.
    pub(super) fn has(self, rule: Rule) -> bool {
        self.off != Some(rule)
    }

    /// What the first rule of a list that finds anything finds.
    pub(super) fn first<F: Copy, T>(self, list: &[(Rule, F)], find: impl Fn(F) -> Option<T>) -> Option<(Rule, T)> {
        list.iter().filter(|(rule, _)| self.has(*rule)).find_map(|&(rule, step)| Some((rule, find(step)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_different_and_in_kebab_case() {
        let mut names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        assert!(names.iter().all(|name| name.chars().all(|ch| ch.is_ascii_lowercase() || ch == '-')), "{names:?}");
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
