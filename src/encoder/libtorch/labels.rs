//! The labels of a user's model in sayso's terms.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::folder::ModelFolder;
use crate::encoder::Label;
use crate::{EntityLabel, Error, ErrorKind, LabelledSpan, Result};

/// Names of CoNLL 2003 and OntoNotes 5, with sayso's label for each; none for what sayso does not list.
const KNOWN: [(&str, Option<EntityLabel>); 20] = [
    ("PER", Some(EntityLabel::Person)),
    ("ORG", Some(EntityLabel::Organization)),
    ("LOC", Some(EntityLabel::Location)),
    ("MISC", Some(EntityLabel::Misc)),
    ("GPE", Some(EntityLabel::Location)),
    ("FAC", Some(EntityLabel::Facility)),
    ("NORP", Some(EntityLabel::Norp)),
    ("DATE", Some(EntityLabel::Date)),
    ("MONEY", Some(EntityLabel::Money)),
    ("PRODUCT", Some(EntityLabel::Product)),
    ("EVENT", Some(EntityLabel::Misc)),
    ("WORK_OF_ART", Some(EntityLabel::Misc)),
    ("LAW", Some(EntityLabel::Misc)),
    ("LANGUAGE", Some(EntityLabel::Misc)),
    ("TIME", None),
    ("PERCENT", None),
    ("QUANTITY", None),
    ("ORDINAL", None),
    ("CARDINAL", None),
    ("O", None),
];
/// What a label table says of what is left out.
const LEFT_OUT: &str = "none";

/// One output of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tag {
    /// The label without `B-` and the like.
    name: String,
    label: Option<EntityLabel>,
    begins: bool,
    ends: bool,
}

/// Every output of the model, in order.
#[derive(Debug)]
pub(super) struct LabelTable {
    tags: Vec<Tag>,
}

/// A word with the probability of each output.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) token: usize,
    pub(super) probabilities: Vec<f32>,
}

impl LabelTable {
    /// Reads `id2label` of the folder's configuration; `custom` is a TOML table from the model's labels to sayso's.
    pub(super) fn load(folder: &ModelFolder, custom: Option<&Path>) -> Result<Self> {
        let custom = custom.map(custom_labels).transpose()?.unwrap_or_default();
        let outputs = folder.config.get("id2label").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut names: Vec<(usize, String)> = Vec::with_capacity(outputs.len());
        for (id, name) in &outputs {
            let id = id.parse().map_err(|error: std::num::ParseIntError| {
                folder.wrong(format!("id2label has the number `{id}` in its config.json")).caused_by(error)
            })?;
            names.push((id, name.as_str().unwrap_or_default().to_owned()));
        }
        names.sort();
        if names.is_empty() || names.iter().enumerate().any(|(at, (id, _))| at != *id) {
            return Err(folder.wrong("its config.json has no id2label from 0 on").with_hint("only token classification models have one"));
        }
        let tags = names.into_iter().map(|(_, name)| {
            tag(&name, &custom).ok_or_else(|| {
                let labels: Vec<&str> = EntityLabel::ALL.iter().map(|label| label.name()).collect();
                let hint =
                    format!("name a file with --ner-labels that says {} = \"…\": {} or {LEFT_OUT}", bare(&name).0, labels.join(", "));
                folder.wrong(format!("its label `{name}` is none of CoNLL's or OntoNotes'")).with_hint(hint)
            })
        });
        Ok(Self { tags: tags.collect::<Result<_>>()? })
    }

    /// How many outputs there are.
    pub(super) fn len(&self) -> usize {
        self.tags.len()
    }

    /// The entities of a sentence's words: runs of one label, whether the model writes `B-` before the first word, `E-` before the last, or
    /// neither.
    pub(super) fn spans(&self, words: &[Word]) -> Vec<LabelledSpan<EntityLabel>> {
        let mut spans: Vec<(LabelledSpan<EntityLabel>, f32)> = Vec::new();
        let mut open: Option<&Tag> = None;
        for word in words {
            let best = word.probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
            let Some((tag, &probability)) = best.and_then(|(at, probability)| Some((self.tags.get(at)?, probability))) else { continue };
            let goes_on = open.is_some_and(|open| open.name == tag.name && !tag.begins && !open.ends);
            match (tag.label, spans.last_mut().filter(|_| goes_on)) {
                (Some(_), Some((span, sum))) => {
                    span.tokens.end = word.token + 1;
                    *sum += probability;
                }
                (Some(label), None) => {
                    let tokens = word.token..word.token + 1;
                    spans.push((LabelledSpan { label, tokens, score: 0.0 }, probability));
                }
                (None, _) => {}
            }
            open = tag.label.map(|_| tag);
        }
        let with_mean = spans.into_iter().map(|(span, sum)| LabelledSpan { score: sum / span.tokens.len() as f32, ..span });
        with_mean.collect()
    }
}

/// The label without its prefix, and whether a span begins and ends there.
fn bare(name: &str) -> (&str, bool, bool) {
    match name.split_once(['-', '_']) {
        Some(("B", rest)) => (rest, true, false),
        Some(("I" | "M", rest)) => (rest, false, false),
        Some(("E" | "L", rest)) => (rest, false, true),
        Some(("S" | "U", rest)) => (rest, true, true),
        _ => (name, false, false),
    }
}

fn tag(name: &str, custom: &BTreeMap<String, Option<EntityLabel>>) -> Option<Tag> {
    let (bare, begins, ends) = bare(name);
    let same = |label: &&EntityLabel| label.name().eq_ignore_ascii_case(bare);
    let known = || KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(bare)).map(|(_, label)| *label);
    let own = || EntityLabel::ALL.iter().find(same).map(|label| Some(*label));
    let label = custom.get(bare).or_else(|| custom.get(name)).copied().or_else(known).or_else(own)?;
    Some(Tag { name: bare.to_owned(), label, begins, ends })
}

fn custom_labels(path: &Path) -> Result<BTreeMap<String, Option<EntityLabel>>> {
    let text = std::fs::read_to_string(path).map_err(|source| Error::new(ErrorKind::Read(source)).at(path))?;
    let wrong = |why: String| Error::new(ErrorKind::Config(why)).at(path);
    let table: BTreeMap<String, String> = toml::from_str(&text).map_err(|error: toml::de::Error| {
        let line = error.span().map_or(1, |span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        wrong(format!("line {line}: {}", error.message())).on_line(line).caused_by(error)
    })?;
    let labels = table.into_iter().map(|(name, label)| {
        let found = EntityLabel::from_name(&label).map(Some).or((label == LEFT_OUT).then_some(None));
        let all: Vec<&str> = EntityLabel::ALL.iter().map(|label| label.name()).collect();
        let found = found.ok_or_else(|| {
            wrong(format!("there is no label `{label}`, the one of `{name}`"))
                .with_hint(format!("there are {} and {LEFT_OUT}", all.join(", ")))
        });
        Ok((name, found?))
    });
    labels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(names: &[&str]) -> LabelTable {
        LabelTable { tags: names.iter().map(|name| tag(name, &BTreeMap::new()).unwrap()).collect() }
    }

    /// The spans where word `n` has output `outputs[n]`.
    fn spans(names: &[&str], outputs: &[usize]) -> Vec<(EntityLabel, std::ops::Range<usize>)> {
        let words: Vec<Word> = outputs
            .iter()
            .enumerate()
            .map(|(token, &output)| Word {
                token,
                probabilities: (0..names.len()).map(|at| if at == output { 0.9 } else { 0.1 }).collect(),
            })
            .collect();
        table(names).spans(&words).into_iter().map(|span| (span.label, span.tokens)).collect()
    }

    #[test]
    fn spans_in_every_scheme() {
        use EntityLabel::{Location, Person};
        let bio = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"];
        assert_eq!(spans(&bio, &[1, 2, 1, 0, 3, 4]), [(Person, 0..2), (Person, 2..3), (Location, 4..6)]);
        assert_eq!(spans(&bio, &[2, 2, 4]), [(Person, 0..2), (Location, 2..3)], "IOB1 begins with I-");
        let bioes = ["O", "B-GPE", "I-GPE", "E-GPE", "S-GPE"];
        assert_eq!(spans(&bioes, &[1, 2, 3, 4, 4, 0, 3]), [(Location, 0..3), (Location, 3..4), (Location, 4..5), (Location, 6..7)]);
        assert_eq!(spans(&["O", "person", "location"], &[1, 1, 2, 0, 1]), [(Person, 0..2), (Location, 2..3), (Person, 4..5)]);
    }

    #[test]
    fn known_labels_have_their_counterpart_and_others_need_a_table() {
        let none = BTreeMap::new();
        assert_eq!(tag("B-WORK_OF_ART", &none).and_then(|tag| tag.label), Some(EntityLabel::Misc));
        assert_eq!(tag("I-CARDINAL", &none).map(|tag| tag.label), Some(None));
        assert_eq!(tag("B-Organization", &none).and_then(|tag| tag.label), Some(EntityLabel::Organization));
        assert_eq!(tag("B-GENE", &none), None);
        let custom = BTreeMap::from([("GENE".to_owned(), Some(EntityLabel::Misc)), ("LOC".to_owned(), None)]);
        assert_eq!(tag("B-GENE", &custom).and_then(|tag| tag.label), Some(EntityLabel::Misc));
        assert_eq!(tag("I-LOC", &custom).map(|tag| tag.label), Some(None), "a table goes before what is known");
    }
}
