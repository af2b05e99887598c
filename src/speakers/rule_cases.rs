//! One small text for every rule, whose outcome is another without it: a rule that no text needs has no place in the stage.

#![expect(clippy::string_slice, reason = "test texts are cut at borders the test knows")]

use super::{Attribution, Gazetteer, KnownPerson, Rule, SpeakerResolver};
use crate::encoder::AntecedentRanker;
use crate::testing::Annotated;
use crate::{Entity, EntityLabel, EntityMention, ParagraphKind, Quote, QuoteKind, Span, Upos};

/// A text with its names, and what the stage makes of its quotations.
#[derive(Clone, Copy)]
struct RuleCase {
    rule: Rule,
    text: &'static str,
    /// Separated by `|`, longer ones first.
    persons: &'static str,
    /// Separated by `|`, longer ones first.
    bodies: &'static str,
    places: &'static str,
    /// Source, cue and content.
    quotes: &'static [(&'static str, &'static str, &'static str)],
    verbs: &'static [(&'static str, Upos)],
    /// The speakers, separated by `|`; `-` where there is none.
    with: &'static str,
    without: &'static str,
}

/// What most texts have none of.
const CASE: RuleCase =
    RuleCase { rule: Rule::Name, text: "", persons: "", bodies: "", places: "", quotes: &[], verbs: &[], with: "", without: "-" };

impl RuleCase {
    fn annotate(&self) -> Annotated {
        let mut annotated = Annotated::new(self.text);
        for (names, label) in
            [(self.persons, EntityLabel::Person), (self.bodies, EntityLabel::Organization), (self.places, EntityLabel::Location)]
        {
            for name in names.split('|').filter(|name| !name.is_empty()) {
                let before = std::mem::take(&mut annotated.encoding.entities);
                annotated = annotated.entity(name, label);
                let is_free = |new: &crate::LabelledSpan<EntityLabel>| {
                    before.iter().all(|old| old.tokens.end <= new.tokens.start || new.tokens.end <= old.tokens.start)
                };
                annotated.encoding.entities.retain(is_free);
                annotated.encoding.entities.extend(before);
            }
        }
        annotated.encoding.entities.sort_by_key(|entity| entity.tokens.start);
        annotated.tags(self.verbs)
    }

    /// The quotations; of the words the first occurrence is meant, of `Lima^ said` the *Lima* that *said* follows.
    fn quotes(&self) -> Vec<Quote> {
        let place = |words: &str| {
            let start = self.text.find(&words.replace('^', "")).unwrap_or_else(|| panic!("{words} in {}", self.text));
            let shown = words.split('^').next().unwrap_or_default();
            Some(Span::new(start, start + shown.len())).filter(|span| !span.is_empty())
        };
        let make = |(at, (source, cue, content)): (usize, &(&str, &str, &str))| Quote {
            id: format!("q{}", at + 1),
            kind: if content.starts_with('“') { QuoteKind::Direct } else { QuoteKind::Indirect },
            content: place(content).into_iter().collect(),
            cue: place(cue),
            cue_class: None,
            source: place(source),
            confidence: 0.9,
            rules: Vec::new(),
        };
        self.quotes.iter().enumerate().map(make).collect()
    }

    fn resolve(&self, resolver: &SpeakerResolver) -> Attribution {
        resolver.resolve(&self.annotate().reading(), &[], &self.quotes())
    }
}

fn names(attribution: &Attribution) -> String {
    let name = |speaker: &Option<usize>| speaker.map_or("-".to_owned(), |at| attribution.speakers[at].name.clone());
    attribution.by_quote.iter().map(name).collect::<Vec<_>>().join("|")
}

/// Rules whose texts need more than labels have tests of their own below.
const APART: [Rule; 5] = [Rule::EntityName, Rule::BylineName, Rule::BylineSelf, Rule::PronounRanked, Rule::KnownPerson];

#[rustfmt::skip]
const CASES: &[RuleCase] = &[
    RuleCase { rule: Rule::ModelName, text: "Ana Lima came. She said no.", persons: "Ana Lima", quotes: &[("She", "said", "no")], with: "Ana Lima", ..CASE },
    RuleCase { rule: Rule::Addressed, text: "Bo Dahl came. MR. DAHL said no.", persons: "Bo Dahl", bodies: "DAHL", quotes: &[("MR. DAHL", "said", "no")],
        with: "Bo Dahl", without: "DAHL", ..CASE },
    RuleCase { rule: Rule::WorkTitle, text: "Its report, “Dry Feet, Wet Cellars”, says dykes leak.", quotes: &[("Its report", "says", "dykes leak")],
        with: "Dry Feet, Wet Cellars", without: "Its report", ..CASE },
    RuleCase { rule: Rule::SourceName, text: "Yesterday Premier Sin said no.", quotes: &[("Premier Sin", "said", "no")], with: "Sin", without: "Premier Sin", ..CASE },
    RuleCase { rule: Rule::IntroducedName, text: "An elderly farmer named Sin came. She said yes.", quotes: &[("She", "said", "yes")],
        with: "Sin", without: "An elderly farmer", ..CASE },
    RuleCase { rule: Rule::MissedSurname, text: "Ana Lima came. Lima said no.", persons: "Ana Lima", quotes: &[("Lima^ said", "said", "no")], with: "Ana Lima", without: "Lima", ..CASE },
    RuleCase { rule: Rule::FullName, text: "James Farley spoke. Jim Farley said costs rose.", persons: "James Farley|Jim Farley",
        quotes: &[("Jim Farley", "said", "costs rose")], with: "James Farley", without: "Jim Farley", ..CASE },
    RuleCase { rule: Rule::ShortName, text: "Angela Merkel came. Merkel said no.", persons: "Angela Merkel|Merkel", quotes: &[("Merkel^ said", "said", "no")],
        with: "Angela Merkel", without: "Merkel", ..CASE },
    RuleCase { rule: Rule::BracketAcronym, text: "The Consultative Conference (CCP) met. The CCP said yes.", bodies: "Consultative Conference|CCP",
        quotes: &[("The CCP", "said", "yes")], with: "Consultative Conference", without: "CCP", ..CASE },
    RuleCase { rule: Rule::Initials, text: "The World Health League met. WHL said no.", bodies: "World Health League|WHL", quotes: &[("WHL", "said", "no")],
        with: "World Health League", without: "WHL", ..CASE },
    RuleCase { rule: Rule::BodyWord, text: "The Church of the Sea met. Then the Church said no.", bodies: "Church of the Sea|Church",
        quotes: &[("the Church", "said", "no")], with: "Church of the Sea", without: "Church", ..CASE },
    RuleCase { rule: Rule::FirstWord, text: "Dahl Motor Company grew. Dahl said sales rose.", bodies: "Dahl Motor Company|Dahl",
        quotes: &[("Dahl^ said", "said", "sales rose")], with: "Dahl Motor Company", without: "Dahl", ..CASE },
    RuleCase { rule: Rule::BodyOfName, text: "The Vik government denied any leak.", places: "Vik", quotes: &[("The Vik government", "denied", "any leak")],
        with: "Vik government", without: "The Vik government", ..CASE },
    RuleCase { rule: Rule::WholeLabel, text: "Dr Ada Holm, Director, Dyke Centre: “All dykes leak.”", persons: "Ada Holm", bodies: "Dyke Centre",
        quotes: &[("Dyke Centre", "", "“All dykes leak.”")], with: "Ada Holm", without: "Dyke Centre", ..CASE },
    RuleCase { rule: Rule::NameBehind, text: "Its secretary, the former judge Dame Ada Holm, said dykes leak.", persons: "Ada Holm",
        quotes: &[("Its secretary", "said", "dykes leak")], with: "Ada Holm", without: "Its secretary", ..CASE },
    RuleCase { rule: Rule::NameBefore, text: "A survey by Dyke Watch, a group that counts leaks, says dykes leak.", bodies: "Dyke Watch",
        quotes: &[("a group that counts leaks", "says", "dykes leak")], with: "Dyke Watch", without: "a group that counts leaks", ..CASE },
    RuleCase { rule: Rule::WholeSubject, text: "A person in a post on Wall claimed that dykes leak.", bodies: "Wall",
        quotes: &[("Wall", "claimed", "dykes leak")], with: "A person in a post on Wall", without: "Wall", ..CASE },
    RuleCase { rule: Rule::Name, text: "Mr. Okoro said no.", persons: "Okoro", quotes: &[("Mr. Okoro", "said", "no")], with: "Okoro", without: "Mr. Okoro", ..CASE },
    RuleCase { rule: Rule::Apposition, text: "The deputy leader, Ana Lima, said no.", persons: "Ana Lima", quotes: &[("The deputy leader, Ana Lima,", "said", "no")],
        with: "Ana Lima", without: "The deputy leader", ..CASE },
    RuleCase { rule: Rule::NamedAs, text: "A farmer named Ana said no.", persons: "Ana", quotes: &[("A farmer named Ana", "said", "no")], verbs: &[("named", Upos::Verb)],
        with: "Ana", without: "A farmer named Ana", ..CASE },
    RuleCase { rule: Rule::LongTitle, text: "The Minister of Trade and Industry Ana Lima said no.", persons: "Ana Lima",
        quotes: &[("The Minister of Trade and Industry Ana Lima", "said", "no")], with: "Ana Lima", without: "The Minister of Trade and Industry Ana Lima", ..CASE },
    RuleCase { rule: Rule::DocumentTitle, text: "Its report, “Dry Feet, Wet Cellars”, says dykes leak.", quotes: &[("Its report", "says", "dykes leak")],
        with: "Dry Feet, Wet Cellars", without: "Its report", ..CASE },
    RuleCase { rule: Rule::PronounByHand, text: "Ana Lima came. She said no.", persons: "Ana Lima", quotes: &[("She", "said", "no")], with: "Ana Lima", ..CASE },
    RuleCase { rule: Rule::JoinedPair, text: "Ana Lind and Bo Dahl left early. They said no.", persons: "Ana Lind|Bo Dahl", quotes: &[("They", "said", "no")],
        with: "Ana Lind", ..CASE },
    RuleCase { rule: Rule::TwoBefore, text: "Ana Lind came. Bo Dahl came. Both said no.", persons: "Ana Lind|Bo Dahl", quotes: &[("Both", "said", "no")],
        with: "Ana Lind", ..CASE },
    RuleCase { rule: Rule::Relative, text: "The mayor greeted Ana Lima, who said no.", persons: "Ana Lima", quotes: &[("who", "said", "no")], with: "Ana Lima", ..CASE },
    RuleCase { rule: Rule::Possessor, text: "Zhou Yuan’s statement warned of a split.", persons: "Zhou Yuan",
        quotes: &[("Zhou Yuan’s statement", "warned of", "a split")], with: "Zhou Yuan", without: "Zhou Yuan’s statement", ..CASE },
    RuleCase { rule: Rule::RoleHolder, text: "Ana Lima, who became minister in May, came. A minister left. The minister said no.", persons: "Ana Lima",
        quotes: &[("The minister", "said", "no")], with: "Ana Lima", without: "A minister", ..CASE },
    RuleCase { rule: Rule::BareRole, text: "Dykes will hold: minister. Energy minister Tom Reed spoke.", persons: "Tom Reed", quotes: &[("minister", ":", "Dykes will hold")],
        with: "Tom Reed", without: "minister", ..CASE },
    RuleCase { rule: Rule::NounInName, text: "The Ministry of Health met. The ministry said no.", bodies: "Ministry of Health", quotes: &[("The ministry", "said", "no")],
        with: "Ministry of Health", without: "The ministry", ..CASE },
    RuleCase { rule: Rule::DescribedBody, text: "The National Union of Weavers met. The trade union said no.", bodies: "National Union of Weavers",
        quotes: &[("The trade union", "said", "no")], with: "National Union of Weavers", without: "The trade union", ..CASE },
    RuleCase { rule: Rule::SameDescription, text: "A senior official came. A farmer left. The official said no.", quotes: &[("The official", "said", "no")],
        with: "A senior official", without: "A farmer", ..CASE },
    RuleCase { rule: Rule::PersonBeside, text: "Mayor Bo Dahl came. Ana Lima spoke. The leader said no.", persons: "Bo Dahl|Ana Lima", quotes: &[("The leader", "said", "no")],
        with: "Ana Lima", without: "Bo Dahl", ..CASE },
    RuleCase { rule: Rule::WiderRole, text: "Senator Kay Moss spoke. Tom Reed, an actor, left. The lawmaker said no.", persons: "Kay Moss|Tom Reed",
        quotes: &[("The lawmaker", "said", "no")], with: "Kay Moss", without: "Tom Reed", ..CASE },
    RuleCase { rule: Rule::SharedField, text: "Tom Reed came. Ana Lima directs the Soil Laboratory. Tom Reed left. The soil scientist said no.", persons: "Tom Reed|Ana Lima",
        bodies: "Soil Laboratory", quotes: &[("The soil scientist", "said", "no")], with: "Ana Lima", without: "Tom Reed", ..CASE },
    RuleCase { rule: Rule::SameAge, text: "Ana Lind, 43, grinds corn. Bo Dahl left. Half is lost, the 43-year-old miller said.", persons: "Ana Lind|Bo Dahl",
        quotes: &[("the 43-year-old miller", "said", "Half is lost")], with: "Ana Lind", without: "Bo Dahl", ..CASE },
    RuleCase { rule: Rule::SalientPerson, text: "Zhang Wei built cars for decades. The 60-year-old said no.", persons: "Zhang Wei", quotes: &[("The 60-year-old", "said", "no")],
        with: "Zhang Wei", without: "The 60-year-old", ..CASE },
    RuleCase { rule: Rule::RolelessPerson, text: "Ana Lima came. The minister said no.", persons: "Ana Lima", quotes: &[("The minister", "said", "no")],
        with: "Ana Lima", without: "The minister", ..CASE },
    RuleCase { rule: Rule::TradeOfLast, text: "Bo Dahl, a beet grower, came. Bo Dahl said yes. The young farmer said no.", persons: "Bo Dahl",
        quotes: &[("Bo Dahl^ said", "said", "yes"), ("The young farmer", "said", "no")], with: "Bo Dahl|Bo Dahl", without: "Bo Dahl|The young farmer", ..CASE },
    RuleCase { rule: Rule::LatestDocument, text: "The Clean Rain Act passed. The law says roofs must drain.", bodies: "Clean Rain Act",
        quotes: &[("The law", "says", "roofs must drain")], with: "Clean Rain Act", without: "The law", ..CASE },
    RuleCase { rule: Rule::Origin, text: "Norvik of Norway closed. Talvik of Finland grew. It rained. The Norwegian company said no.", bodies: "Norvik|Talvik",
        quotes: &[("The Norwegian company", "said", "no")], with: "Norvik", without: "The Norwegian company", ..CASE },
    RuleCase { rule: Rule::StatedKind, text: "Norvik, a carmaker, closed. Talvik grew. It rained. The carmaker said no.", bodies: "Norvik|Talvik",
        quotes: &[("The carmaker", "said", "no")], with: "Norvik", without: "Talvik", ..CASE },
    RuleCase { rule: Rule::BodyBeside, text: "The Salvation Front denied it. The rebel group said no.", bodies: "Salvation Front",
        quotes: &[("The rebel group", "said", "no")], with: "Salvation Front", without: "The rebel group", ..CASE },
    RuleCase { rule: Rule::SalientBody, text: "Zhihu grew. It rained. The company said no.", bodies: "Zhihu", quotes: &[("The company", "said", "no")],
        with: "Zhihu", without: "The company", ..CASE },
    RuleCase { rule: Rule::MainBody,
        text: "Zhihu grew. Zhihu sold. Zhihu won. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. It rained. \
            The company said no.",
        bodies: "Zhihu", quotes: &[("The company", "said", "no")], with: "Zhihu", without: "The company", ..CASE },
    RuleCase { rule: Rule::LeadIn, text: "The dyke minister has warned that dykes leak. “They always did,” Ada Holm told reporters.", persons: "Ada Holm",
        quotes: &[("The dyke minister", "warned", "dykes leak"), ("Ada Holm", "told", "“They always did,”")], with: "Ada Holm|Ada Holm", without: "The dyke minister|Ada Holm", ..CASE },
    RuleCase { rule: Rule::NewDescription, text: "A senior official said no.", quotes: &[("A senior official", "said", "no")], with: "A senior official", ..CASE },
    RuleCase { rule: Rule::Subject, text: "Ada Holm, who came late, praised the new dyke.", persons: "Ada Holm", quotes: &[("", "praised", "the new dyke")],
        with: "Ada Holm", ..CASE },
    RuleCase { rule: Rule::QuotedSelf, text: "“I think it rains,” Ana Lima said.", persons: "Ana Lima",
        quotes: &[("Ana Lima", "said", "“I think it rains,”"), ("I", "think", "it rains")], with: "Ana Lima|Ana Lima", without: "Ana Lima|-", ..CASE },
    RuleCase { rule: Rule::BeforeColon, text: "Tom Reed was blunt: “No deal.”", persons: "Tom Reed", quotes: &[("", "", "“No deal.”")], with: "Tom Reed", ..CASE },
    RuleCase { rule: Rule::OnlyPerson, text: "Chair of the transport committee Ana Lima said no.", persons: "Ana Lima",
        quotes: &[("Chair of the transport committee Ana Lima", "said", "no")], with: "Ana Lima", without: "Chair of the transport committee Ana Lima", ..CASE },
    RuleCase { rule: Rule::ItsDocument, text: "Owen Gale shows a letter. “Dykes leak,” it begins.", persons: "Owen Gale",
        quotes: &[("it^ begins", "begins", "“Dykes leak,”")], with: "a letter", ..CASE },
    RuleCase { rule: Rule::Ordinal, text: "A trader said yes. Another trader said no. The first trader said dykes leak.",
        quotes: &[("A trader", "said", "yes"), ("Another trader", "said^ no", "no"), ("The first trader", "said^ dykes", "dykes leak")],
        with: "A trader|Another trader|A trader", without: "A trader|Another trader|The first trader", ..CASE },
    RuleCase { rule: Rule::Interviewed, text: "Five questions for Ada Holm\n\nQ: Is it wet?\n\nA: Dykes leak.", persons: "Ada Holm",
        quotes: &[("Q", "", "Is it wet?"), ("A^: Dykes", "", "Dykes leak.")], with: "Q|Ada Holm", without: "Q|A", ..CASE },
    RuleCase { rule: Rule::Alternates, text: "Ana Lima met Owen Gale.\n\n“Did you call?” Ana Lima asked.\n\n“No.”", persons: "Ana Lima|Owen Gale",
        quotes: &[("Ana Lima^ asked", "asked", "“Did you call?”"), ("", "", "“No.”")], with: "Ana Lima|Owen Gale", without: "Ana Lima|Ana Lima", ..CASE },
    RuleCase { rule: Rule::SameParagraph, text: "“Rain came,” Ana Lima said. “Roads broke.”", persons: "Ana Lima",
        quotes: &[("Ana Lima", "said", "“Rain came,”"), ("", "", "“Roads broke.”")], with: "Ana Lima|Ana Lima", without: "Ana Lima|-", ..CASE },
    RuleCase { rule: Rule::ParagraphBefore, text: "“Rain came,” Ana Lima said.\n\n“Nobody was hurt.”", persons: "Ana Lima",
        quotes: &[("Ana Lima", "said", "“Rain came,”"), ("", "", "“Nobody was hurt.”")], with: "Ana Lima|Ana Lima", without: "Ana Lima|-", ..CASE },
    RuleCase { rule: Rule::LabelledSelf, text: "Owen Gale: And the dykes?\n\nAda Holm: I think dykes leak.", persons: "Ada Holm|Owen Gale",
        quotes: &[("I", "think", "dykes leak")], with: "Ada Holm", ..CASE },
];

#[test]
fn every_rule_has_a_text_whose_outcome_is_another_without_it() {
    let mut wrong = Vec::new();
    for case in CASES {
        let with = names(&case.resolve(&SpeakerResolver::new()));
        let without = names(&case.resolve(&SpeakerResolver::new().without(case.rule)));
        if with != case.with || without != case.without || with == without {
            wrong.push(format!("{}: {with} with it, {without} without: {}", case.rule.name(), case.text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing: Vec<&Rule> =
        Rule::ALL.iter().filter(|rule| !APART.contains(rule) && CASES.iter().all(|case| case.rule != **rule)).collect();
    assert!(missing.is_empty(), "no case: {missing:?}");
}

#[test]
fn a_speaker_says_which_rule_chose_them() {
    // These find names or make them one; the others choose speakers and have to say so.
    let finds = |rule: Rule| rule <= Rule::BodyOfName;
    for case in CASES {
        let attribution = case.resolve(&SpeakerResolver::new());
        let said = attribution.basis.iter().chain(&attribution.found).flatten();
        assert!(said.clone().any(|finding| finding.rule == case.rule), "{}: {:?}", case.rule.name(), said.collect::<Vec<_>>());
        for (basis, speaker) in attribution.basis.iter().zip(&attribution.by_quote) {
            assert_eq!(basis.is_empty(), speaker.is_none());
            assert!(basis.first().is_none_or(|finding| !finds(finding.rule)));
        }
        assert_eq!(attribution.found.len(), attribution.speakers.len());
        assert!(attribution.found.iter().all(|found| {
            found.first().is_some_and(|first| finds(first.rule) || matches!(first.rule, Rule::NewDescription | Rule::ItsDocument))
        }));
    }
}

#[test]
fn names_of_the_entities_count_without_a_label_of_the_model() {
    let case = RuleCase { text: "Ana Lima came. She said no.", quotes: &[("She", "said", "no")], ..CASE };
    let mention = EntityMention { span: Span::new(0, 8), score: 0.9 };
    let entity = Entity { id: "e1".to_owned(), label: EntityLabel::Person, name: "Ana Lima".to_owned(), mentions: vec![mention] };
    let resolve =
        |resolver: SpeakerResolver| names(&resolver.resolve(&case.annotate().reading(), std::slice::from_ref(&entity), &case.quotes()));
    assert_eq!(resolve(SpeakerResolver::new()), "Ana Lima");
    assert_eq!(resolve(SpeakerResolver::new().without(Rule::EntityName)), "-");
}

#[test]
fn the_byline_names_who_says_i() {
    let case = RuleCase { text: "On dykes\n\nBy Ada Holm\n\nI think dykes leak.", quotes: &[("I", "think", "dykes leak")], ..CASE };
    let mut annotated = case.annotate();
    let line = annotated.seg.paragraphs.iter_mut().find(|line| case.text[line.span.range()].starts_with("By")).expect("a byline");
    line.kind = ParagraphKind::Byline;
    annotated.seg.byline = Some(line.span);
    let resolve = |resolver: SpeakerResolver| names(&resolver.resolve(&annotated.reading(), &[], &case.quotes()));
    assert_eq!(resolve(SpeakerResolver::new()), "Ada Holm");
    assert_eq!(resolve(SpeakerResolver::new().without(Rule::BylineName)), "-");
    assert_eq!(resolve(SpeakerResolver::new().without(Rule::BylineSelf)), "-");
}

#[test]
fn the_gazetteer_says_who_a_speaker_is() {
    let case = RuleCase { text: "Ana Lima said no.", persons: "Ana Lima", quotes: &[("Ana Lima", "said", "no")], ..CASE };
    let person = KnownPerson { id: "Q1".to_owned(), name: "Ana Lima".to_owned(), aliases: vec![], offices: vec![] };
    let resolver = SpeakerResolver::new().with_gazetteer(Gazetteer::new([person]));
    let found = case.resolve(&resolver);
    assert!(found.speakers[0].known.is_some());
    assert!(found.found[0].iter().any(|finding| finding.rule == Rule::KnownPerson));
    assert!(case.resolve(&resolver.without(Rule::KnownPerson)).speakers[0].known.is_none());
}

#[test]
fn the_ranking_of_the_model_decides_where_there_is_one() {
    let bytes = include_bytes!("../../models/minilm-l6-attribution/antecedents.safetensors");
    let ranker = AntecedentRanker::from_bytes(bytes).expect("the committed ranker");
    let resolver = SpeakerResolver::new().with_ranker(ranker).expect("the features of this program");
    let case = RuleCase {
        text: "Tom Reed praised Bo Dahl. “No,” Bo Dahl said. Tom Reed left with Bo Dahl. He said yes.",
        persons: "Tom Reed|Bo Dahl",
        quotes: &[("Bo Dahl^ said", "said", "“No,”"), ("He", "said", "yes")],
        ..CASE
    };
    let learned = case.resolve(&resolver);
    assert_eq!(learned.basis[1][0].rule, Rule::PronounRanked);
    let by_hand = case.resolve(&resolver.without(Rule::PronounRanked));
    assert_eq!(by_hand.basis[1][0].rule, Rule::PronounByHand);
    println!("{} / {} / {:?} {:?}", names(&learned), names(&by_hand), learned.confidence, by_hand.confidence);
    assert_ne!(learned.confidence[1], by_hand.confidence[1]);
}

#[test]
fn a_ranker_trained_on_other_features_is_refused() {
    let file = include_bytes!("../../models/minilm-l6-attribution/antecedents.safetensors");
    let changed = |from: &str, to: &str| {
        let at = file.windows(from.len()).position(|window| window == from.as_bytes()).expect("the file names its features");
        let mut bytes = file.to_vec();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        let ranker = AntecedentRanker::from_bytes(&bytes).expect("a whole file");
        SpeakerResolver::new().with_ranker(ranker).expect_err("other features").to_string()
    };
    let other = changed("is_doubtful", "is_doubtfuL");
    assert!(other.contains("was trained without 'is_doubtful'"), "{other}");
    let order = changed("sentences_0,sentences_1", "sentences_1,sentences_0");
    assert!(order.contains("in another order"), "{order}");
}
