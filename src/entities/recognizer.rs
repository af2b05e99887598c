//! Which mentions name the same thing: equal names, a surname and its full name, a short form and what it stands for.

use std::collections::HashMap;

use super::found::Found;
use super::name::Name;
use super::{Entity, EntityMention, borders, consistency, headlines, places, single_words};
use crate::{EntityLabel, Reading, Span};

/// Gathers the model's mentions into entities.
///
/// Only mentions with the same label are joined. A person named by one word belongs to the full name that ends with it (or, failing
/// that, begins with it) and was named last. A short form belongs to the name it follows in brackets, else to the only name whose
/// initials it is.
#[derive(Debug, Clone, Default)]
pub struct EntityRecognizer {}

impl EntityRecognizer {
    /// Makes a recognizer.
    pub fn new() -> Self {
        Self::default()
    }

    /// The entities of one article, in order of first mention.
    pub fn recognize(&self, reading: &Reading<'_>) -> Vec<Entity> {
        let mut found = mentions(reading);
        consistency::settle(&mut found);
        consistency::repair(&mut found);
        single_words::settle(reading, &mut found);
        headlines::add(reading, &mut found);
        let mut groups = Groups::default();
        groups.add_names(&found);
        groups.add_short_forms(reading, &found);
        let assigned = groups.assign(&found);
        entities(&found, &assigned)
    }
}

fn mentions(reading: &Reading<'_>) -> Vec<Found> {
    let parts = borders::mend(reading).into_iter().filter_map(|entity| {
        let span = reading.seg.span_of(entity.tokens)?;
        let score = entity.score;
        Some(places::split(reading.doc, span, entity.label).into_iter().map(move |(span, label)| (span, label, score)))
    });
    let found = parts.flatten().filter_map(|(span, label, score)| {
        // A word in small letters is no name, whatever the model thinks of it.
        let is_named = reading.slice(span).contains(|ch: char| ch.is_numeric() || ch.is_alphabetic() && !ch.is_lowercase());
        let needs_capital = matches!(label, EntityLabel::Person | EntityLabel::Organization | EntityLabel::Location | EntityLabel::Norp);
        let name = Name::new(reading.slice(span), label).filter(|_| is_named || !needs_capital)?;
        Some(Found { span, score, label, name })
    });
    found.collect()
}

/// Which names go together, before single mentions are looked at. Groups are numbered; the numbers mean nothing else.
#[derive(Debug, Default)]
struct Groups {
    count: usize,
    by_key: HashMap<(EntityLabel, String), usize>,
    /// Short forms (`who`) and the name they stand for.
    short: HashMap<(EntityLabel, String), usize>,
    /// Full names of persons by their last and by their first word.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
}

impl Groups {
    /// Makes a group of every name that stands for itself: all but single words of persons.
    fn add_names(&mut self, found: &[Found]) {
        let longer = middle_names(found);
        for mention in found.iter().filter(|mention| !is_partial(mention)) {
            let key = mention.key();
            if self.by_key.contains_key(&key) {
                continue;
            }
            // `Joseph R. Biden` is `Joseph Biden`, unless the article has several middle names to tell apart.
            let outer = outer_words(mention).filter(|outer| longer.get(outer).is_some_and(|middle| middle.len() == 1));
            let alias = outer.map(|(first, last)| (EntityLabel::Person, format!("{first} {last}")));
            let known = alias.as_ref().and_then(|alias| self.by_key.get(alias).copied());
            let group = known.unwrap_or_else(|| self.next_group());
            self.by_key.insert(key, group);
            if let Some(alias) = alias {
                self.by_key.insert(alias, group);
            }
            if let (EntityLabel::Person, None, Some(first), Some(last)) =
                (mention.label, known, mention.name.words.first(), mention.name.words.last())
            {
                self.by_first.entry(first.clone()).or_default().push(group);
                self.by_last.entry(last.clone()).or_default().push(group);
            }
        }
    }

    /// Joins short forms to their names: those the article explains in brackets first, then those that are somebody's initials.
    fn add_short_forms(&mut self, reading: &Reading<'_>, found: &[Found]) {
        for pair in found.windows(2) {
            if let [long, short] = pair
                && long.label == short.label
                && short.name.is_short_form()
                && is_in_brackets(reading, long.span, short.span)
                && let Some(&group) = self.by_key.get(&long.key())
            {
                self.short.entry(short.key()).or_insert(group);
            }
        }
        for mention in found {
            if let (Some(short), Some(&group)) = (&mention.name.short, self.by_key.get(&mention.key())) {
                self.short.entry((mention.label, short.clone())).or_insert(group);
            }
        }
        let mut initials: HashMap<(EntityLabel, String), Option<usize>> = HashMap::new();
        for mention in found.iter().filter(|mention| has_short_forms(mention.label)) {
            for letters in mention.name.initials() {
                let group = self.by_key.get(&mention.key()).copied();
                // Two things with the same initials: the short form stays by itself.
                initials.entry((mention.label, letters)).and_modify(|known| *known = known.filter(|_| *known == group)).or_insert(group);
            }
        }
        for mention in found.iter().filter(|mention| mention.name.is_short_form()) {
            if let Some(&Some(group)) = initials.get(&mention.key()) {
                self.short.entry(mention.key()).or_insert(group);
            }
        }
    }

    /// The group of every mention, in text order.
    fn assign(&mut self, found: &[Found]) -> Vec<usize> {
        let mut last_seen: HashMap<usize, usize> = HashMap::new();
        let mut assigned = Vec::with_capacity(found.len());
        for (at, mention) in found.iter().enumerate() {
            let key = mention.key();
            let short = self.short.get(&key).copied();
            let group = short.or_else(|| self.full_name_of(mention, &last_seen)).or_else(|| self.by_key.get(&key).copied());
            let group = group.unwrap_or_else(|| {
                let group = self.next_group();
                self.by_key.insert(key, group);
                group
            });
            last_seen.insert(group, at);
            assigned.push(group);
        }
        assigned
    }

    /// The full name that a single word of a person stands for: the one named last, else the first to come.
    fn full_name_of(&self, mention: &Found, last_seen: &HashMap<usize, usize>) -> Option<usize> {
        let word = mention.name.words.first().filter(|_| is_partial(mention))?;
        let candidates = self.by_last.get(word).or_else(|| self.by_first.get(word))?;
        let seen = candidates.iter().filter_map(|group| last_seen.get(group).map(|at| (at, group)));
        seen.max().map(|(_, group)| *group).or_else(|| candidates.first().copied())
    }

    fn next_group(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }
}

/// Whether this is one word of a person's name.
fn is_partial(mention: &Found) -> bool {
    mention.label == EntityLabel::Person && mention.name.words.len() == 1
}

fn has_short_forms(label: EntityLabel) -> bool {
    !matches!(label, EntityLabel::Person | EntityLabel::Date | EntityLabel::Money)
}

/// First and last word of a person's name of three words or more.
fn outer_words(mention: &Found) -> Option<(String, String)> {
    match mention.name.words.as_slice() {
        [first, _, .., last] if mention.label == EntityLabel::Person => Some((first.clone(), last.clone())),
        _ => None,
    }
}

/// The different middle names the article has for a first and last word.
fn middle_names(found: &[Found]) -> HashMap<(String, String), Vec<String>> {
    let mut middle: HashMap<(String, String), Vec<String>> = HashMap::new();
    for mention in found {
        if let Some(outer) = outer_words(mention) {
            let (key, known) = (mention.name.key(), middle.entry(outer).or_default());
            if !known.contains(&key) {
                known.push(key);
            }
        }
    }
    middle
}

/// Whether `short` stands in brackets right after `long`: `World Health Organization (WHO)`.
fn is_in_brackets(reading: &Reading<'_>, long: Span, short: Span) -> bool {
    let before = reading.slice(Span::new(long.end(), short.start()));
    let after = reading.slice(Span::new(short.end(), reading.doc.text().len()));
    long.end() <= short.start() && before.trim().trim_start_matches(['"', '“', '”']) == "(" && after.starts_with([')', ',', ';'])
}

fn entities(found: &[Found], assigned: &[usize]) -> Vec<Entity> {
    let mut order: HashMap<usize, usize> = HashMap::new();
    let mut gathered: Vec<Vec<&Found>> = Vec::new();
    for (mention, group) in found.iter().zip(assigned) {
        let place = *order.entry(*group).or_insert(gathered.len());
        if place == gathered.len() {
            gathered.push(Vec::new());
        }
        if let Some(mentions) = gathered.get_mut(place) {
            mentions.push(mention);
        }
    }
    let entity = |(place, mentions): (usize, &Vec<&Found>)| {
        let first = mentions.first()?;
        Some(Entity {
            id: format!("e{}", place + 1),
            label: first.label,
            name: fullest(mentions),
            mentions: mentions.iter().map(|mention| EntityMention { span: mention.span, score: mention.score }).collect(),
        })
    };
    gathered.iter().enumerate().filter_map(entity).collect()
}

/// The fullest name: most words, then most letters; among equals not in headline capitals, without article, the most frequent, the first.
fn fullest(mentions: &[&Found]) -> String {
    let mut forms: HashMap<&str, usize> = HashMap::new();
    for mention in mentions {
        *forms.entry(&mention.name.shown).or_default() += 1;
    }
    let rank = |at: usize, name: &Name| {
        let fullness = (name.words.len(), name.key().chars().count());
        let is_short = name.is_short_form();
        let frequency = forms.get(name.shown.as_str()).copied();
        (fullness, is_short || !name.is_all_caps(), !name.has_article(), frequency, std::cmp::Reverse(at))
    };
    let best = mentions.iter().enumerate().max_by_key(|(at, mention)| rank(*at, &mention.name));
    best.map(|(_, mention)| mention.name.shown.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EntityLabel::{Date, Location, Misc, Organization, Person};
    use crate::testing::Annotated;

    /// Text, labelled words, and the entities to find: `id label name [mentions]`.
    type Case = (&'static str, &'static [(&'static str, EntityLabel)], &'static [&'static str]);

    const CASES: &[Case] = &[
        (
            "Joe Biden met Ana Silva. Joe Biden left.",
            &[("Joe Biden", Person), ("Ana Silva", Person)],
            &["e1 Person Joe Biden [Joe Biden|Joe Biden]", "e2 Person Ana Silva [Ana Silva]"],
        ),
        (
            "Okafor spoke first. Then Okafor left and Okafor’s aides stayed.",
            &[("Okafor", Person)],
            &["e1 Person Okafor [Okafor|Okafor|Okafor]"],
        ),
        (
            "The World Health Organization (WHO) met. WHO officials praised the World Health Organization.",
            &[("World Health Organization", Organization), ("WHO", Organization)],
            &["e1 Organization World Health Organization [World Health Organization|WHO|WHO|World Health Organization]"],
        ),
        (
            "The European Commission wrote to the EC. The Election Commission sat elsewhere.",
            &[("European Commission", Organization), ("EC", Organization), ("Election Commission", Organization)],
            &[
                "e1 Organization European Commission [European Commission]",
                "e2 Organization EC [EC]",
                "e3 Organization Election Commission [Election Commission]",
            ],
        ),
        (
            "China signed in May. China waited. May passed.",
            &[("China", Location), ("May", Date)],
            &["e1 Location China [China|China]", "e2 Date May [May|May]"],
        ),
        (
            "JOHN SMITH WINS\nJohn Smith won with Acme Inc. and Acme.",
            &[("JOHN SMITH", Person), ("John Smith", Person), ("Acme", Organization)],
            &["e1 Person John Smith [JOHN SMITH|John Smith]", "e2 Organization Acme [Acme|Acme]"],
        ),
        ("The Green Deal is a Misc thing.", &[("The Green Deal", Misc)], &["e1 Misc The Green Deal [The Green Deal]"]),
        ("Nothing is named here.", &[], &[]),
    ];

    fn shown(text: &Annotated) -> Vec<String> {
        let entities = EntityRecognizer::new().recognize(&text.reading());
        let line = |entity: &Entity| {
            // Whether a possessive is a token of its own is the segmenter's business.
            let words = |mention: &EntityMention| text.doc.slice(mention.span).trim_end_matches("’s").to_owned();
            let mentions: Vec<_> = entity.mentions.iter().map(words).collect();
            format!("{} {} {} [{}]", entity.id, entity.label, entity.name, mentions.join("|"))
        };
        entities.iter().map(line).collect()
    }

    #[test]
    fn gathers_mentions_of_one_thing() {
        for (text, labels, expected) in CASES {
            let annotated = labels.iter().fold(Annotated::new(text), |annotated, (words, label)| annotated.entity(words, *label));
            assert_eq!(shown(&annotated), *expected, "{text}");
        }
    }

    /// Labels the `nth` occurrence of each person's words.
    fn people(text: &str, names: &[(&str, usize)]) -> Annotated {
        let mut annotated = Annotated::new(text);
        for (words, nth) in names {
            let (start, _) = text.match_indices(words).nth(*nth).expect("the words stand in the text");
            let tokens = annotated.seg.tokens_in(Span::new(start, start + words.len()));
            annotated.encoding.entities.push(crate::LabelledSpan { label: Person, tokens, score: 0.9 });
        }
        annotated.encoding.entities.sort_by_key(|entity| entity.tokens.start);
        annotated
    }

    #[test]
    fn gives_a_surname_to_the_person_named_last() {
        let text = "Lee Kim met Sun Kim. Kim agreed. Lee Kim left. Kim slept.";
        let annotated = people(text, &[("Lee Kim", 0), ("Sun Kim", 0), ("Kim", 2), ("Lee Kim", 1), ("Kim", 4)]);
        assert_eq!(shown(&annotated), ["e1 Person Lee Kim [Lee Kim|Lee Kim|Kim]", "e2 Person Sun Kim [Sun Kim|Kim]"]);
    }

    #[test]
    fn gives_a_family_name_that_stands_first_to_its_person() {
        let annotated = people("Xi said so. Xi Jinping left; Xi’s aides stayed.", &[("Xi", 0), ("Xi Jinping", 0), ("Xi", 2)]);
        assert_eq!(shown(&annotated), ["e1 Person Xi Jinping [Xi|Xi Jinping|Xi]"]);
    }

    #[test]
    fn calls_a_name_a_person_where_its_other_mentions_are() {
        let mut annotated = people("Tran Van Nam met Ana Silva. Then Nam left; Silva stayed.", &[("Ana Silva", 0), ("Nam", 1)]);
        for (words, nth, label) in [("Tran Van Nam", 0, Location), ("Silva", 1, Organization)] {
            let (start, _) = annotated.doc.text().match_indices(words).nth(nth).expect("the words stand in the text");
            let tokens = annotated.seg.tokens_in(Span::new(start, start + words.len()));
            annotated.encoding.entities.push(crate::LabelledSpan { label, tokens, score: 0.9 });
        }
        annotated.encoding.entities.sort_by_key(|entity| entity.tokens.start);
        assert_eq!(shown(&annotated), ["e1 Person Tran Van Nam [Tran Van Nam|Nam]", "e2 Person Ana Silva [Ana Silva|Silva]"]);
    }

    #[test]
    fn settles_disputed_labels_by_the_evidence() {
        let label = |annotated: &mut Annotated, words: &str, nth: usize, label| {
            let (start, _) = annotated.doc.text().match_indices(words).nth(nth).expect("the words stand in the text");
            let tokens = annotated.seg.tokens_in(Span::new(start, start + words.len()));
            annotated.encoding.entities.push(crate::LabelledSpan { label, tokens, score: 0.9 });
            annotated.encoding.entities.sort_by_key(|entity| entity.tokens.start);
        };
        let mut annotated = Annotated::new("Acme grew. Acme sold. Acme slept. Dyke Motors left. Vik saw Vik.");
        for (words, nth, of) in [
            ("Acme", 0, Organization),
            ("Acme", 1, Location),
            ("Acme", 2, Organization),
            ("Dyke Motors", 0, Person),
            ("Vik", 0, Location),
            ("Vik", 1, Misc),
        ] {
            label(&mut annotated, words, nth, of);
        }
        // One against one stays open.
        let expected = [
            "e1 Organization Acme [Acme|Acme|Acme]",
            "e2 Organization Dyke Motors [Dyke Motors]",
            "e3 Location Vik [Vik]",
            "e4 Misc Vik [Vik]",
        ];
        assert_eq!(shown(&annotated), expected);
    }

    #[test]
    fn joins_middle_names_unless_there_are_several() {
        let annotated = people("Ann B Cole ran. Ann Cole won. Cole left.", &[("Ann B Cole", 0), ("Ann Cole", 0), ("Cole", 2)]);
        assert_eq!(shown(&annotated), ["e1 Person Ann B Cole [Ann B Cole|Ann Cole|Cole]"]);
        let annotated = people("Ann B Cole ran. Ann D Cole won.", &[("Ann B Cole", 0), ("Ann D Cole", 0)]);
        assert_eq!(shown(&annotated).len(), 2);
    }
}
