//! The shape of `articles/ID.json`, and the JSON Schema that describes it to other programs.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::Metadata;

/// The version of the tables and the JSON. Columns and fields may be added under the same version; a change of meaning makes a new one.
pub const SCHEMA: &str = "sayso/2";

/// The JSON Schema (draft 2020-12) of one `articles/ID.json`.
///
/// ```
/// let schema = sayso::report::json_schema();
/// assert_eq!(schema["title"], "Article");
/// ```
pub fn json_schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<ArticleJson<'static>>().to_value()
}

/// The analysis of one article. Offsets are Unicode code points, half open, into `text`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Article")]
pub(super) struct ArticleJson<'a> {
    /// The version of this format.
    #[schemars(extend("const" = SCHEMA))]
    pub(super) schema: &'static str,
    /// The article's id, unique in its run; this file is `articles/ID.json`.
    pub(super) id: &'a str,
    /// The file it was read from, relative to the input.
    pub(super) path: &'a str,
    /// SHA-256 of that file's bytes, in lower-case hexadecimal; empty where there was no file.
    pub(super) sha256: &'a str,
    /// The text every offset points into.
    pub(super) text: &'a str,
    /// The article's title.
    pub(super) title: Option<SpanJson<'a>>,
    /// The line that names the author.
    pub(super) byline: Option<SpanJson<'a>>,
    /// Place and date at the start of the text.
    pub(super) dateline: Option<SpanJson<'a>>,
    /// The line that names where the text was published first.
    pub(super) credit: Option<SpanJson<'a>>,
    /// What the file says about the article outside its text.
    pub(super) metadata: &'a Metadata,
    /// Sections, in text order.
    pub(super) sections: Vec<SectionJson<'a>>,
    /// Paragraphs, in text order.
    pub(super) paragraphs: Vec<ParagraphJson>,
    /// Sentences, in text order.
    pub(super) sentences: Vec<SentenceJson<'a>>,
    /// Named entities, in order of first mention.
    pub(super) entities: Vec<EntityJson<'a>>,
    /// Keyphrases, best first.
    pub(super) keyphrases: Vec<KeyphraseJson<'a>>,
    /// Quotations, in text order.
    pub(super) quotes: Vec<QuoteJson<'a>>,
    /// Speakers, in order of first quotation.
    pub(super) speakers: Vec<SpeakerJson<'a>>,
    /// Themes, largest share first.
    pub(super) themes: Vec<ThemeJson<'a>>,
}

/// A piece of the text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Span")]
pub(super) struct SpanJson<'a> {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The words.
    pub(super) text: &'a str,
}

/// A piece of the text, without its words.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Place")]
pub(super) struct PlaceJson {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
}

/// A heading with the paragraphs that follow it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Section")]
pub(super) struct SectionJson<'a> {
    /// `sec1`, `sec2`, … in text order.
    pub(super) id: String,
    /// The heading; none before the first one.
    pub(super) heading: Option<SpanJson<'a>>,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
}

/// A paragraph.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Paragraph")]
pub(super) struct ParagraphJson {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The id of its section.
    pub(super) section: String,
    /// Whether it is a heading.
    pub(super) heading: bool,
    /// What it is for.
    #[schemars(extend("enum" = ["title", "byline", "heading", "body", "credit", "furniture"]))]
    pub(super) kind: &'static str,
}

/// A sentence.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Sentence")]
pub(super) struct SentenceJson<'a> {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The index of its paragraph in `paragraphs`.
    pub(super) paragraph: usize,
    /// The ids of its themes, those with the largest share of the article first.
    pub(super) themes: Vec<&'a str>,
}

/// A person, organization, place or other named thing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Entity")]
pub(super) struct EntityJson<'a> {
    /// `e1`, `e2`, … in order of first mention.
    pub(super) id: &'a str,
    /// What kind of thing it is.
    #[schemars(extend("enum" = ["Person", "Organization", "Location", "Facility", "NORP", "Date", "Money", "Product", "Misc"]))]
    pub(super) label: &'static str,
    /// The fullest name in the article.
    pub(super) name: &'a str,
    /// Where it is named, in text order.
    pub(super) mentions: Vec<EntityMentionJson<'a>>,
}

/// One place that names an entity.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EntityMention")]
pub(super) struct EntityMentionJson<'a> {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The words.
    pub(super) text: &'a str,
    /// The model's probability.
    #[schemars(range(min = 0, max = 1))]
    pub(super) score: f64,
}

/// A phrase that says what the article is about.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Keyphrase")]
pub(super) struct KeyphraseJson<'a> {
    /// The phrase as the article writes it most often.
    pub(super) phrase: &'a str,
    /// The acronym that the article explains with it; its mentions are among the phrase's.
    pub(super) acronym: Option<&'a str>,
    /// What it names (a label of `entities`), by most of its mentions; null for what is no name.
    pub(super) label: Option<&'static str>,
    /// How many mentions stand in the title or a heading.
    pub(super) in_headings: usize,
    /// How many mentions stand in a quotation, direct or indirect.
    pub(super) in_quotes: usize,
    /// A ranking number, comparable inside one article only.
    pub(super) score: f64,
    /// Where it stands, in text order.
    pub(super) mentions: Vec<PlaceJson>,
}

/// A quotation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Quote")]
pub(super) struct QuoteJson<'a> {
    /// `ID:q1`, `ID:q2`, … in text order, with the article's id: unique in its run.
    pub(super) id: String,
    /// How the words are given.
    #[schemars(extend("enum" = ["direct", "indirect", "mixed"]))]
    pub(super) kind: &'static str,
    /// What is said; several spans where the quotation is interrupted.
    #[schemars(length(min = 1))]
    pub(super) content: Vec<SpanJson<'a>>,
    /// The words that say so.
    pub(super) cue: Option<SpanJson<'a>>,
    /// What the cue says the source did: `speech`, `writing`, `thought` or `other`.
    pub(super) cue_class: Option<&'static str>,
    /// The speaker's words beside the quotation.
    pub(super) source: Option<SpanJson<'a>>,
    /// The id of the speaker; null where it could not be resolved.
    pub(super) speaker: Option<&'a str>,
    /// The ids of everybody who speaks it, the speaker first: several for a joint source (*Smith and Jones said*); empty without a speaker.
    pub(super) speakers: Vec<&'a str>,
    /// How sure the program is that this is the speaker.
    #[schemars(range(min = 0, max = 1))]
    pub(super) speaker_confidence: Option<f64>,
    /// The evidence that chose the speaker, the decisive one first, such as `name` or `same-paragraph`; empty without a speaker.
    pub(super) speaker_basis: Vec<&'static str>,
    /// How sure the program is that this is a quotation with these borders.
    #[schemars(range(min = 0, max = 1))]
    pub(super) confidence: f64,
    /// What found it, moved its borders and chose its cue and source: the names of rules in their order; `model` is the model itself.
    pub(super) rules: Vec<&'static str>,
    /// The id of the section it begins in.
    pub(super) section: Option<String>,
    /// The index in `paragraphs` of the paragraph it begins in.
    pub(super) paragraph: Option<usize>,
    /// The index in `sentences` of the sentence it begins in.
    pub(super) sentence: Option<usize>,
    /// The share of the article's words that stand before it.
    #[schemars(range(min = 0, max = 1))]
    pub(super) position: Option<f64>,
    /// The ids of its themes, largest first.
    pub(super) themes: Vec<&'a str>,
}

/// Someone who is quoted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Speaker")]
pub(super) struct SpeakerJson<'a> {
    /// `s1`, `s2`, … in order of first quotation.
    pub(super) id: &'a str,
    /// The fullest name in the article; for unnamed speakers their phrase.
    pub(super) name: &'a str,
    /// What the speaker is.
    #[schemars(extend("enum" = ["person", "organization", "document", "unnamed"]))]
    pub(super) kind: &'static str,
    /// Whether a place or building stands for who acts there.
    pub(super) metonym: bool,
    /// Other names the article uses.
    pub(super) aliases: &'a [String],
    /// Roles, in order of their evidence.
    pub(super) roles: Vec<RoleJson<'a>>,
    /// Where the article speaks of the speaker, in text order.
    pub(super) mentions: Vec<SpeakerMentionJson<'a>>,
    /// Who the speaker is by the file of known people; null without one, or where nobody or more than one fits.
    pub(super) known: Option<KnownPersonJson<'a>>,
    /// What kind of source the speaker is, by the words of role and body; null for a person of whom neither tells it.
    #[schemars(extend("enum" = ["official", "politician", "expert", "business", "civil-society", "media", "citizen", "body", "document", "unnamed", null]))]
    pub(super) class: Option<&'static str>,
    /// How the article speaks of the person; null where it says nothing, or both *she* and *he*.
    pub(super) gender_in_text: Option<GenderInTextJson<'a>>,
}

/// A pronoun or title by which an article speaks of a person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GenderInText")]
pub(super) struct GenderInTextJson<'a> {
    /// What it says.
    #[schemars(extend("enum" = ["she", "he", "they"]))]
    pub(super) gender: &'static str,
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last.
    pub(super) end: usize,
    /// The word.
    pub(super) text: &'a str,
}

/// A person of the file of known people.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "KnownPerson")]
pub(super) struct KnownPersonJson<'a> {
    /// The id in that file.
    pub(super) id: &'a str,
    /// The name in that file.
    pub(super) name: &'a str,
    /// The offices held at the article's date; none where the article has no date.
    pub(super) offices: Vec<OfficeJson<'a>>,
}

/// An office of a known person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Office")]
pub(super) struct OfficeJson<'a> {
    /// The role.
    pub(super) role: &'a str,
    /// The body it is held in.
    pub(super) organisation: Option<&'a str>,
    /// The first day, as `2031-04-05`; null where it is not known.
    pub(super) from: Option<String>,
    /// The last day; null where it is not known or not over.
    pub(super) to: Option<String>,
}

/// A role with the words that say so.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Role")]
pub(super) struct RoleJson<'a> {
    /// The role.
    pub(super) role: &'a str,
    /// The body or place it is held in.
    pub(super) affiliation: Option<&'a str>,
    /// The first code point of the evidence.
    pub(super) start: usize,
    /// The code point after its last one.
    pub(super) end: usize,
}

/// One place that speaks of a speaker.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SpeakerMention")]
pub(super) struct SpeakerMentionJson<'a> {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The words.
    pub(super) text: &'a str,
    /// How the mention names the speaker.
    #[serde(rename = "type")]
    #[schemars(extend("enum" = ["name", "pronoun", "nominal"]))]
    pub(super) kind: &'static str,
}

/// How much of the article is about one theme.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Theme")]
pub(super) struct ThemeJson<'a> {
    /// The id, unique in its codebook.
    pub(super) id: &'a str,
    /// The name for people.
    pub(super) label: &'a str,
    /// The indices in `sentences` of the sentences about it.
    pub(super) sentences: &'a [usize],
    /// The words in these sentences.
    pub(super) words: usize,
    /// `words` as a share of the article's words.
    #[schemars(range(min = 0, max = 1))]
    pub(super) share: f64,
    /// The ids of the quotations about it.
    pub(super) quotes: Vec<String>,
    /// The id of the theme it is a part of.
    pub(super) parent: Option<&'a str>,
    /// What gave the theme, in text order.
    pub(super) evidence: Vec<EvidenceJson<'a>>,
}

/// Why a theme was given.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Evidence")]
pub(super) struct EvidenceJson<'a> {
    /// The first code point.
    pub(super) start: usize,
    /// The code point after the last one.
    pub(super) end: usize,
    /// The words; for a similarity or a context the whole sentence, or the quotation's piece.
    pub(super) text: &'a str,
    /// Why they gave it: a term of the codebook, the similarity of their vector to the theme's, what the article says around the sentence,
    /// what the sentence means where the article never says the theme, a heading for its section, a keyphrase.
    #[schemars(extend("enum" = ["term", "similarity", "context", "meaning", "heading", "keyphrase"]))]
    pub(super) reason: &'static str,
    /// The term as the codebook writes it, or the keyphrase.
    pub(super) term: Option<&'a str>,
    /// The cosine of the two vectors.
    #[schemars(range(min = -1, max = 1))]
    pub(super) similarity: Option<f64>,
    /// How likely the sentence is about the theme, where the codebook asks for it.
    #[schemars(range(min = 0, max = 1))]
    pub(super) probability: Option<f64>,
    /// For a context, the nearest words that say the theme.
    pub(super) from: Option<SpanJson<'a>>,
}

/// `manifest.json`: what made the report, and what could not be read. Written last: a folder without it holds no whole report.
#[derive(Debug, Serialize)]
pub(super) struct ManifestJson<'a> {
    /// The program's version.
    pub(super) sayso: &'static str,
    /// The version of the JSON.
    pub(super) schema: &'static str,
    pub(super) model: ModelJson<'a>,
    /// The options that change results.
    pub(super) options: OptionsJson<'a>,
    /// Totals over the articles that were analysed.
    pub(super) counts: BTreeMap<&'static str, usize>,
    /// What a format could not hold whole.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) notes: &'a [String],
    pub(super) failures: &'a [FailureJson],
    /// The files that were not read, each with its kind.
    pub(super) passed_over: &'a [PassedOverJson],
}

/// The model a report was made with.
#[derive(Debug, Serialize)]
pub(super) struct ModelJson<'a> {
    pub(super) version: &'a str,
    pub(super) sha256: &'a str,
}

/// The options of a run that change its results.
#[derive(Debug, Serialize)]
pub(super) struct OptionsJson<'a> {
    pub(super) codebook_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) min_probability: Option<f64>,
    pub(super) people_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) speaker_classes_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) people_merge: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) themes: Option<usize>,
    pub(super) encoding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) engine: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ner_model_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) embedding_model_sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) keyphrases: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) report_max_mb: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) no_bom: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) copies: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sample: Option<SampleJson>,
    pub(super) formats: Vec<&'static str>,
}

/// A sample that was drawn of the articles.
#[derive(Debug, Serialize)]
pub(super) struct SampleJson {
    pub(super) articles: usize,
    pub(super) of: u64,
    pub(super) seed: u64,
}

/// An article that could not be analysed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FailureJson {
    pub(super) path: String,
    /// Where in its file it stands; absent where the file is the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
    pub(super) error: String,
}

/// A file that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PassedOverJson {
    pub(super) path: String,
    pub(super) kind: String,
}
