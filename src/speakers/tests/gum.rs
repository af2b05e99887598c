//! Speaker accuracy on the GUM attribution data with its gold quotations and names. Skips where the data is absent.

use std::collections::BTreeMap;
use std::fs;

use serde::Deserialize;

use super::split_sentences;
use crate::encoder::Label;
use crate::speakers::SpeakerResolver;
use crate::testing::{Annotated, shared};
use crate::{CodePointOffsets, CodePointSpan, EntityLabel, LabelledSpan, Quote, QuoteKind, Span, Upos};

const GENRES: &[&str] = &["news", "interview", "bio"];
const PRONOUNS: &[&str] =
    &["i", "we", "you", "he", "she", "it", "they", "his", "her", "their", "him", "them", "who", "which", "that", "this"];

#[derive(Deserialize)]
struct GoldDocument {
    doc: String,
    genre: String,
    text: String,
    attributions: Vec<GoldAttribution>,
    mentions: Vec<GoldMention>,
}

#[derive(Deserialize)]
struct GoldAttribution {
    source: Option<Vec<(usize, usize)>>,
    cue: Option<Vec<(usize, usize)>>,
    content: Vec<(usize, usize)>,
    source_entity: Option<String>,
    source_wiki: Option<String>,
}

#[derive(Deserialize)]
struct GoldMention {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    start: usize,
    end: usize,
}

/// Counts of one genre: named speakers right, of those with a name; pronouns likewise.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    /// Right by any name of the gold chain, for tuning.
    in_chain: usize,
    all: usize,
    pronouns_right: usize,
    pronouns: usize,
}

impl GoldDocument {
    fn slice(&self, offsets: &CodePointOffsets, start: usize, end: usize) -> &str {
        &self.text[offsets.to_bytes(CodePointSpan { start, end }).range()]
    }

    /// The text with gold names (the capitals at the end of a noun phrase's core) and gold tags where the data has them.
    fn annotate(&self, offsets: &CodePointOffsets) -> Annotated {
        let mut annotated = Annotated::new(&self.text);
        split_sentences(&mut annotated);
        let conllu = format!("../shared/data/gum/dep/{}.conllu", self.doc);
        tag(&mut annotated, &fs::read_to_string(conllu).unwrap_or_default());
        for mention in &self.mentions {
            let label = match mention.kind.as_str() {
                "person" => EntityLabel::Person,
                "organization" => EntityLabel::Organization,
                "place" => EntityLabel::Location,
                _ => continue,
            };
            let span = offsets.to_bytes(CodePointSpan { start: mention.start, end: mention.end });
            if let Some(span) = name_of(&self.text, span, label) {
                let tokens = annotated.seg.tokens_in(span);
                annotated.encoding.entities.push(LabelledSpan { label, tokens, score: 0.9 });
            }
        }
        super::drop_overlaps(&mut annotated);
        annotated
    }

    /// The gold name of each entity: its longest mention with a capital, as `sayso_eval.py speakers` takes it.
    fn names(&self, offsets: &CodePointOffsets) -> BTreeMap<&str, String> {
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        for mention in self.mentions.iter().filter(|mention| matches!(mention.kind.as_str(), "person" | "organization" | "place")) {
            let text = self.slice(offsets, mention.start, mention.end);
            let is_name = text.starts_with(char::is_uppercase) && !PRONOUNS.contains(&text.to_lowercase().as_str());
            let known = names.get(mention.id.as_str()).map_or(0, |known| known.chars().count());
            if is_name && text.chars().count() <= 60 && !text.contains('\n') && text.chars().count() > known {
                names.insert(&mention.id, text.to_owned());
            }
        }
        names
    }
}

/// The capitals that end the core of a noun phrase; none for pronouns and common nouns.
fn name_of(text: &str, span: Span, label: EntityLabel) -> Option<Span> {
    const BORDERS: &[&str] = &[" in ", " at ", " who ", " from ", ", ", " (", " and ", " that ", "\n"];
    let phrase = &text[span.range()];
    // *Church of Scientology* is one name.
    let is_linked = |word: &str| word == "of" && label == EntityLabel::Organization;
    let of_person = if label == EntityLabel::Organization { None } else { phrase.find(" of ") };
    let core = &phrase[..BORDERS.iter().filter_map(|mark| phrase.find(mark)).chain(of_person).min().unwrap_or(phrase.len())];
    let (mut start, mut at) = (None, 0);
    for word in core.split(' ') {
        let goes_on = word.starts_with(char::is_uppercase) || is_linked(word) && start.is_some();
        start = if goes_on { start.or(Some(at)) } else { None };
        at += word.len() + 1;
    }
    let name = core.get(start?..)?.trim_end_matches(['.', ',']);
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let (skipped, name) = name.strip_prefix("The ").map_or((0, name), |rest| (4, rest));
    let lower = name.to_lowercase();
    let is_pronoun = PRONOUNS.contains(&lower.as_str()) || name.len() < 2 || ["My", "Our", "A", "This"].contains(&name);
    let is_common = start? + skipped == 0 && !name.contains(' ') && crate::speakers::lexicon::role_noun(&lower).is_some();
    let from = span.start() + start? + skipped;
    (!is_pronoun && !is_common).then(|| Span::new(from, from + name.len()))
}

/// Copies the tags of a CoNLL-U file, aligned by searching each form.
fn tag(annotated: &mut Annotated, conllu: &str) {
    let mut at = 0;
    for columns in
        conllu.lines().filter(|line| line.starts_with(|ch: char| ch.is_ascii_digit())).map(|line| line.split('\t').collect::<Vec<_>>())
    {
        let (Some(form), Some(upos)) = (columns.get(1), columns.get(3).and_then(|name| Upos::from_name(name))) else { continue };
        let rest = &annotated.doc.text()[at..];
        let near = rest.char_indices().nth(60).map_or(rest.len(), |(end, _)| end);
        let Some(found) = rest[..near].find(form) else { continue };
        let tokens = annotated.seg.tokens_in(Span::new(at + found, at + found + form.len()));
        if annotated.seg.tokens.get(tokens.start).is_some_and(|token| token.span.start() == at + found) {
            annotated.encoding.upos[tokens.start] = upos;
        }
        at += found + form.len();
    }
}

fn quotes(gold: &GoldDocument, offsets: &CodePointOffsets) -> Vec<Quote> {
    let span = |&(start, end): &(usize, usize)| offsets.to_bytes(CodePointSpan { start, end });
    let make = |(index, attribution): (usize, &GoldAttribution)| {
        let content: Vec<Span> = attribution.content.iter().map(span).collect();
        let is_direct = content.iter().all(|span| gold.text[span.range()].starts_with(['“', '"', '‘', '\'']));
        Quote {
            id: format!("q{}", index + 1),
            kind: if is_direct { QuoteKind::Direct } else { QuoteKind::Indirect },
            content,
            cue: attribution.cue.as_ref().and_then(|cue| cue.first()).map(span),
            cue_class: None,
            source: attribution.source.as_ref().and_then(|source| source.first()).map(span),
            confidence: 0.9,
            rules: Vec::new(),
        }
    };
    gold.attributions.iter().enumerate().map(make).collect()
}

fn key(name: &str) -> Vec<String> {
    const TITLES: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "president", "premier", "sir", "the"];
    let words = name.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.filter(|word| !TITLES.contains(&word.as_str())).collect()
}

/// The measure of `sayso_eval.py speakers`.
fn same_name(predicted: &str, gold: &str) -> bool {
    let (a, b) = (key(predicted), key(gold));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let is_single = b.len() == 1 && a.contains(&b[0]) && a.len() <= 4;
    is_single || within(&a, &b) && within(&b, &a) || a.len().min(b.len()) >= 2 && (within(&a, &b) || within(&b, &a))
}

fn score(gold: &GoldDocument, shown: bool) -> Tally {
    let offsets = CodePointOffsets::new(&gold.text);
    let annotated = gold.annotate(&offsets);
    let names = gold.names(&offsets);
    let quotes = quotes(gold, &offsets);
    let attribution = SpeakerResolver::new().resolve(&annotated.reading(), &[], &quotes);
    let mut tally = Tally::default();
    for (attribution_gold, predicted) in gold.attributions.iter().zip(super::names(&attribution)) {
        let sources = attribution_gold.source.as_deref().unwrap_or_default();
        let said = sources.iter().map(|&(start, end)| gold.slice(&offsets, start, end)).collect::<Vec<_>>().join(" ");
        let of_chain = attribution_gold.source_entity.as_deref().and_then(|id| names.get(id).cloned());
        let who = attribution_gold.source_wiki.as_ref().filter(|wiki| !wiki.is_empty()).map(|wiki| wiki.replace('_', " ")).or(of_chain);
        let has_cue = attribution_gold.cue.as_ref().is_some_and(|cue| !cue.is_empty());
        let Some(who) = who.filter(|_| has_cue && !matches!(said.to_lowercase().as_str(), "i" | "we" | "you")) else { continue };
        let is_right = same_name(&predicted, &who);
        let is_pronoun = PRONOUNS.contains(&said.to_lowercase().as_str());
        let of_gold = gold.mentions.iter().filter(|mention| Some(&mention.id) == attribution_gold.source_entity.as_ref());
        let mut chain = of_gold.map(|mention| gold.slice(&offsets, mention.start, mention.end));
        let in_chain = is_right || predicted != "-" && chain.any(|text| text.contains(&predicted));
        tally.all += 1;
        tally.in_chain += usize::from(in_chain);
        tally.right += usize::from(is_right);
        tally.pronouns += usize::from(is_pronoun);
        tally.pronouns_right += usize::from(is_pronoun && in_chain);
        if shown && !in_chain {
            println!("{}: {said:?} is {who:?}, not {predicted:?}", gold.doc);
        }
    }
    tally
}

#[test]
fn speakers_of_gold_quotations_in_news_interviews_and_biographies() {
    let (Some(path), Some(_)) = (shared("data/gum_attribution/train.jsonl"), shared("data/gum/dep")) else { return };
    let data = fs::read_to_string(path).expect("a gold file");
    let mut by_genre: BTreeMap<String, Tally> = BTreeMap::new();
    for line in data.lines() {
        let gold: GoldDocument = serde_json::from_str(line).expect("a document per line");
        let shown = GENRES.contains(&gold.genre.as_str());
        let tally = score(&gold, shown);
        for name in [gold.genre.as_str(), "all genres"].into_iter().chain(shown.then_some("tuned")) {
            let sum = by_genre.entry(name.to_owned()).or_default();
            sum.right += tally.right;
            sum.in_chain += tally.in_chain;
            sum.all += tally.all;
            sum.pronouns_right += tally.pronouns_right;
            sum.pronouns += tally.pronouns;
        }
    }
    for (genre, tally) in &by_genre {
        println!(
            "{genre}: {}/{} speakers right, {} by any name of theirs, pronouns {}/{}",
            tally.right, tally.all, tally.in_chain, tally.pronouns_right, tally.pronouns
        );
    }
    let tuned = by_genre["tuned"];
    assert!(tuned.right * 100 >= tuned.all * 64, "{} of {}", tuned.right, tuned.all);
    assert!(tuned.in_chain * 100 >= tuned.all * 92, "{} of {}", tuned.in_chain, tuned.all);
}
