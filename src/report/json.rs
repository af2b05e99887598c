//! `articles/ID.json`: the whole analysis of one article, with every span in code points.

use std::io::{self, Write};

use super::article::Article;
use super::cell::rounded;
use super::escaped::Escaped;
use super::exporter::{Exporter, RunEnd};
use super::folder::{ARTICLES, Folder, StagedFile};
use super::schema::{
    ArticleJson, EntityJson, EntityMentionJson, EvidenceJson, GenderInTextJson, KeyphraseJson, KnownPersonJson, OfficeJson, ParagraphJson,
    PlaceJson, QuoteJson, RoleJson, SCHEMA, SectionJson, SentenceJson, SpanJson, SpeakerJson, SpeakerMentionJson, ThemeJson,
};
use crate::{Analysis, Date, Error, ErrorKind, Evidence, KnownPerson, Label, Office, ParagraphKind, Reason, Result, Span, SpeakerClass};

/// Writes one file per article.
pub(super) struct JsonExporter {}

impl JsonExporter {
    pub(super) fn new() -> Self {
        Self {}
    }
}

impl Exporter for JsonExporter {
    fn add(&mut self, folder: &Folder, article: &Article<'_>) -> Result<()> {
        let name = format!("{ARTICLES}/{}.json", article.id());
        let mut file = folder.create(&name)?;
        let written = serde_json::to_writer_pretty(Escaped(&mut file), &article_json(article)).map_err(io::Error::from);
        let written = written.and_then(|()| writeln!(file)).and_then(|()| file.flush());
        written.map_err(|error| Error::new(ErrorKind::Write(error)).at(name))
    }

    fn finish(self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        Ok(())
    }
}

/// The file of an article a line.
pub(super) const ARTICLE_LINES: &str = "articles.jsonl";

/// Writes one file with a line per article.
pub(super) struct JsonLinesExporter {
    file: StagedFile,
}

impl JsonLinesExporter {
    /// Opens the file.
    pub(super) fn create(folder: &Folder) -> Result<Self> {
        Ok(Self { file: folder.create(ARTICLE_LINES)? })
    }
}

fn failed_line(error: io::Error) -> Error {
    Error::new(ErrorKind::Write(error)).at(ARTICLE_LINES)
}

impl Exporter for JsonLinesExporter {
    fn add(&mut self, _folder: &Folder, article: &Article<'_>) -> Result<()> {
        write_line(article, &mut self.file).map_err(failed_line)
    }

    fn finish(mut self: Box<Self>, _end: &mut RunEnd<'_>) -> Result<()> {
        self.file.flush().map_err(failed_line)
    }
}

/// Writes an analysis as one line of JSON, the same object as in `articles/ID.json`.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let analysis = sayso::Pipeline::builder().build()?.analyze_text("Rates will rise, she said.")?;
/// let mut line = Vec::new();
/// sayso::report::write_json(&analysis, &mut line)?;
/// assert!(line.starts_with(b"{\"schema\":\"sayso/2\""));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// Where `writer` fails.
pub fn write_json(analysis: &Analysis, writer: impl Write) -> io::Result<()> {
    write_line(&Article::new(analysis), writer)
}

fn write_line(article: &Article<'_>, mut writer: impl Write) -> io::Result<()> {
    serde_json::to_writer(Escaped(&mut writer), &article_json(article))?;
    writeln!(writer)
}

fn article_json<'a>(article: &Article<'a>) -> ArticleJson<'a> {
    let analysis = article.analysis;
    let (doc, seg) = (&analysis.doc, &analysis.seg);
    let span = |span: Option<Span>| span.map(|span| span_json(article, span));
    ArticleJson {
        schema: SCHEMA,
        id: doc.id(),
        path: doc.path(),
        sha256: doc.sha256(),
        text: doc.text(),
        title: span(seg.title),
        byline: span(seg.byline),
        dateline: span(seg.dateline),
        credit: span(seg.credit),
        metadata: doc.metadata(),
        sections: sections(article),
        paragraphs: paragraphs(article),
        sentences: sentences(article),
        entities: entities(article),
        keyphrases: keyphrases(article),
        quotes: quotes(article),
        speakers: speakers(article),
        themes: themes(article),
    }
}

fn span_json<'a>(article: &Article<'a>, span: Span) -> SpanJson<'a> {
    let points = article.points(span);
    SpanJson { start: points.start, end: points.end, text: article.text(span) }
}

fn section_id(index: usize) -> String {
    format!("sec{}", index + 1)
}

fn sections<'a>(article: &Article<'a>) -> Vec<SectionJson<'a>> {
    let sections = article.analysis.seg.sections.iter().enumerate().map(|(index, section)| {
        let points = article.points(section.span);
        let heading = section.heading.map(|span| span_json(article, span));
        SectionJson { id: section_id(index), heading, start: points.start, end: points.end }
    });
    sections.collect()
}

fn paragraphs(article: &Article<'_>) -> Vec<ParagraphJson> {
    let paragraphs = article.analysis.seg.paragraphs.iter().map(|paragraph| {
        let points = article.points(paragraph.span);
        ParagraphJson {
            start: points.start,
            end: points.end,
            section: section_id(paragraph.section),
            heading: paragraph.kind == ParagraphKind::Heading,
            kind: paragraph.kind.name(),
        }
    });
    paragraphs.collect()
}

fn sentences<'a>(article: &Article<'a>) -> Vec<SentenceJson<'a>> {
    let sentences = article.analysis.seg.sentences.iter().enumerate().map(|(index, sentence)| {
        let points = article.points(sentence.span);
        let themes = article.analysis.themes_of_sentence(index).map(|theme| theme.id.as_str()).collect();
        SentenceJson { start: points.start, end: points.end, paragraph: sentence.paragraph, themes }
    });
    sentences.collect()
}

fn entities<'a>(article: &Article<'a>) -> Vec<EntityJson<'a>> {
    let entities = article.analysis.entities.iter().map(|entity| {
        let mentions = entity.mentions.iter().map(|mention| {
            let points = article.points(mention.span);
            let score = rounded(f64::from(mention.score));
            EntityMentionJson { start: points.start, end: points.end, text: article.text(mention.span), score }
        });
        EntityJson { id: &entity.id, label: entity.label.name(), name: &entity.name, mentions: mentions.collect() }
    });
    entities.collect()
}

fn keyphrases<'a>(article: &Article<'a>) -> Vec<KeyphraseJson<'a>> {
    let keyphrases = article.analysis.keyphrases.iter().map(|keyphrase| {
        let mentions = keyphrase.mentions.iter().map(|span| {
            let points = article.points(*span);
            PlaceJson { start: points.start, end: points.end }
        });
        KeyphraseJson {
            phrase: &keyphrase.phrase,
            acronym: keyphrase.acronym.as_deref(),
            label: keyphrase.label.map(Label::name),
            in_headings: article.in_headings(&keyphrase.mentions),
            in_quotes: article.in_quotes(&keyphrase.mentions),
            score: rounded(keyphrase.score),
            mentions: mentions.collect(),
        }
    });
    keyphrases.collect()
}

fn quotes<'a>(article: &Article<'a>) -> Vec<QuoteJson<'a>> {
    let quotes = article.analysis.quotes.iter().enumerate().map(|(index, quote)| QuoteJson {
        id: article.quote_id(quote),
        kind: quote.kind.name(),
        content: quote.content.iter().map(|span| span_json(article, *span)).collect(),
        cue: quote.cue.map(|span| span_json(article, span)),
        cue_class: quote.cue_class.map(crate::CueClass::name),
        source: quote.source.map(|span| span_json(article, span)),
        speaker: article.analysis.speaker_of(index).map(|speaker| speaker.id.as_str()),
        speakers: article.analysis.speakers_of(index).map(|speaker| speaker.id.as_str()).collect(),
        speaker_confidence: article.analysis.speaker_confidence(index).map(rounded),
        speaker_basis: article.analysis.speaker_basis(index).iter().map(|finding| finding.rule.name()).collect(),
        confidence: rounded(quote.confidence),
        rules: quote.rules.iter().map(|rule| rule.name()).collect(),
        section: article.section(quote).map(section_id),
        paragraph: article.paragraph(quote),
        sentence: article.sentence(quote),
        position: article.position(quote).map(rounded),
        themes: article.analysis.themes_of(index).map(|theme| theme.id.as_str()).collect(),
    });
    quotes.collect()
}

fn office(office: &Office) -> OfficeJson<'_> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    OfficeJson { role: &office.role, organisation: office.organisation.as_deref(), from: day(office.from), to: day(office.to) }
}

fn known(person: &KnownPerson) -> KnownPersonJson<'_> {
    KnownPersonJson { id: &person.id, name: &person.name, offices: person.offices.iter().map(office).collect() }
}

fn speakers<'a>(article: &Article<'a>) -> Vec<SpeakerJson<'a>> {
    let speakers = article.analysis.attribution.speakers.iter().map(|speaker| {
        let roles = speaker.roles.iter().map(|role| {
            let points = article.points(role.span);
            RoleJson { role: &role.role, affiliation: role.affiliation.as_deref(), start: points.start, end: points.end }
        });
        let mentions = speaker.mentions.iter().map(|mention| {
            let points = article.points(mention.span);
            let text = article.text(mention.span);
            SpeakerMentionJson { start: points.start, end: points.end, text, kind: mention.kind.name() }
        });
        SpeakerJson {
            id: &speaker.id,
            name: &speaker.name,
            kind: speaker.kind.name(),
            metonym: speaker.is_metonym,
            aliases: &speaker.aliases,
            roles: roles.collect(),
            mentions: mentions.collect(),
            known: speaker.known.as_ref().map(known),
            class: speaker.class.map(SpeakerClass::name),
            gender_in_text: speaker.gender_in_text.map(|said| {
                let points = article.points(said.span);
                GenderInTextJson { gender: said.gender.name(), start: points.start, end: points.end, text: article.text(said.span) }
            }),
        }
    });
    speakers.collect()
}

fn themes<'a>(article: &Article<'a>) -> Vec<ThemeJson<'a>> {
    let quote_id = |index: &usize| article.analysis.quotes.get(*index).map(|quote| article.quote_id(quote));
    let themes = article.analysis.themes.iter().map(|theme| ThemeJson {
        id: &theme.id,
        label: &theme.label,
        sentences: &theme.sentences,
        words: theme.words,
        share: rounded(theme.share),
        quotes: theme.quotes.iter().filter_map(quote_id).collect(),
        parent: theme.parent.as_deref(),
        evidence: theme.evidence.iter().map(|evidence| evidence_json(article, evidence)).collect(),
    });
    themes.collect()
}

fn evidence_json<'a>(article: &Article<'a>, evidence: &'a Evidence) -> EvidenceJson<'a> {
    let points = article.points(evidence.span);
    let (term, similarity, from) = match &evidence.reason {
        Reason::Term { term, .. } | Reason::Keyphrase(term) => (Some(term.as_str()), None, None),
        Reason::Similarity(cosine) => (None, Some(rounded(*cosine)), None),
        Reason::Context { from, .. } => (None, None, *from),
        Reason::Heading => (None, None, None),
    };
    EvidenceJson {
        start: points.start,
        end: points.end,
        text: article.text(evidence.span),
        reason: evidence.reason.name(),
        term,
        similarity,
        probability: evidence.reason.probability().map(rounded),
        from: from.map(|from| span_json(article, from)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::super::schema::json_schema;
    use super::*;

    #[test]
    fn every_article_fits_the_schema() {
        let validator = jsonschema::validator_for(&json_schema()).expect("the schema is a schema");
        for analysis in [sample::full(), sample::bare(), sample::empty()] {
            let json = serde_json::to_value(article_json(&Article::new(&analysis))).expect("plain values");
            let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
        let mut json = serde_json::to_value(article_json(&Article::new(&sample::full()))).expect("plain values");
        json["quotes"][0]["kind"] = "loud".into();
        assert!(!validator.is_valid(&json), "the schema knows the kinds");
    }

    #[test]
    fn schema_describes_and_demands_every_field() {
        let schema = json_schema();
        let mut objects = vec![("Article", &schema)];
        objects.extend(schema["$defs"].as_object().expect("definitions").iter().map(|(name, object)| (name.as_str(), object)));
        for (name, object) in objects {
            let Some(properties) = object["properties"].as_object() else { continue };
            let required = object["required"].as_array().map_or(0, Vec::len);
            assert_eq!(required, properties.len(), "{name}: every field is always there");
            for (field, property) in properties {
                assert!(property["description"].is_string(), "{name}.{field} is described");
            }
        }
    }

    #[test]
    fn spans_are_code_points_into_the_text() {
        fn check(value: &serde_json::Value, text: &[char]) -> usize {
            let own = match (&value["start"], &value["end"], &value["text"]) {
                (start, end, serde_json::Value::String(words)) if start.is_u64() => {
                    let range = usize::try_from(start.as_u64().unwrap()).unwrap()..usize::try_from(end.as_u64().unwrap()).unwrap();
                    assert_eq!(&text[range].iter().collect::<String>(), words);
                    1
                }
                _ => 0,
            };
            let members = value.as_array().into_iter().flatten().chain(value.as_object().into_iter().flat_map(|object| object.values()));
            own + members.map(|member| check(member, text)).sum::<usize>()
        }
        let analysis = sample::full();
        let json = serde_json::to_value(article_json(&Article::new(&analysis))).expect("plain values");
        let text: Vec<char> = analysis.doc.text().chars().collect();
        assert!(check(&json, &text) > 10);
    }
}
