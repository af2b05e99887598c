//! How sure the program is of a quotation's speaker: by the rule that chose it, and for pronouns by how far the best candidate is ahead.
//!
//! The shares were counted by rule (`sayso evaluate speakers` prints them) on the 20 sample articles and on 90 short texts with 316
//! quotations that were written to be hard: each has somebody who is spoken of by a description. A pronoun's share follows the ranker's
//! probability.

use super::Rule;
use super::coreference::Chosen;
use super::referents::{ReferentKind, Referents};

/// A name.
const NAMED: f64 = 0.98;
/// A phrase for nobody who is named: *a senior official*.
const UNNAMED: f64 = 0.95;
/// *The official* whom nothing before explains: half of them have a name that the program did not see.
const UNEXPLAINED: f64 = 0.6;
/// What the article says outright of somebody: the role, the noun, the people they are of.
const STATED: f64 = 0.93;
/// A description that fits who is spoken of.
const FITTING: f64 = 0.84;
/// The one who is spoken of, by nothing but that.
const SPOKEN_OF: f64 = 0.75;
/// A trade or field that nobody was given before.
const GUESSED: f64 = 0.55;
/// No source: the subject of the clause, or whoever spoke just before.
const CARRIED_ON: f64 = 0.85;
/// A pronoun whose candidates were not ranked (*both*, *who*).
const UNRANKED: f64 = 0.8;

/// The least and the most that a ranked pronoun can have.
const RANKED: (f64, f64) = (0.5, 0.97);

/// The confidence of a pronoun whose referent got this share of the candidates' weight.
fn of_ranked(share: f64) -> f64 {
    let (least, most) = RANKED;
    least + (most - least) * share.clamp(0.0, 1.0).sqrt()
}

/// How sure the speaker of a quotation is.
pub(super) fn of(referents: &Referents, chosen: &Chosen) -> f64 {
    match chosen.rule {
        Rule::Name | Rule::Apposition | Rule::NamedAs | Rule::LongTitle | Rule::OnlyPerson | Rule::DocumentTitle => NAMED,
        Rule::PronounRanked | Rule::PronounByHand => chosen.share.map_or(UNRANKED, of_ranked),
        Rule::JoinedPair | Rule::TwoBefore | Rule::Relative | Rule::Alternates => UNRANKED,
        Rule::Subject
        | Rule::QuotedSelf
        | Rule::BeforeColon
        | Rule::Interviewed
        | Rule::SameParagraph
        | Rule::ParagraphBefore
        | Rule::LabelledSelf
        | Rule::BylineSelf => CARRIED_ON,
        Rule::RoleHolder | Rule::NounInName | Rule::Origin | Rule::SameAge | Rule::BareRole | Rule::Possessor => STATED,
        Rule::SalientPerson | Rule::RolelessPerson | Rule::PersonBeside | Rule::BodyBeside | Rule::MainBody => SPOKEN_OF,
        Rule::TradeOfLast | Rule::SharedField => GUESSED,
        Rule::NewDescription if is_definite(referents, chosen.referent) => UNEXPLAINED,
        _ if referents.kind(chosen.referent) == Some(ReferentKind::Unnamed) => UNNAMED,
        _ => FITTING,
    }
}

fn is_definite(referents: &Referents, referent: usize) -> bool {
    let name = referents.all.get(referent).map_or("", |referent| referent.name.as_str());
    ["the ", "The "].iter().any(|article| name.starts_with(article))
}
