//! Statements for the Discourse Network Analyzer (Leifeld 2017): who of which organisation voices which concept, where and when.
//!
//! One row a quotation and theme; a quotation without a theme has one row with an empty concept, to be coded. `start` and `stop` are
//! code points into the text in `dna/ID.txt`.

use super::Writer;
use super::offsets::Offsets;
use super::output::Output;
use super::record::ArticleRecord;
use crate::{Error, ErrorKind, Result};

const HEADER: [&str; 14] = [
    "statement_id",
    "document_id",
    "title",
    "date",
    "outlet",
    "person",
    "organization",
    "person_role",
    "concept_id",
    "concept",
    "agreement",
    "start",
    "stop",
    "text",
];

#[derive(Debug, Default)]
pub(super) struct Dna {
    statements: usize,
}

impl Writer for Dna {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.write(&format!("dna/{}.txt", article.id), article.text.as_bytes())?;
        let offsets = Offsets::new(&article.text);
        let mut rows = csv::Writer::from_writer(Vec::new());
        let failed = |error: csv::Error| Error::new(ErrorKind::Write(error.into())).at("dna/statements.csv");
        if self.statements == 0 {
            rows.write_record(HEADER).map_err(failed)?;
        }
        for quote in &article.quotes {
            let speaker = article.speaker_of(quote);
            let is_person = speaker.is_some_and(|speaker| speaker.kind == "person");
            let name = speaker.map_or("", |speaker| speaker.name.as_str());
            let body = if is_person { speaker.and_then(|speaker| speaker.affiliation()).unwrap_or_default() } else { name };
            let role = speaker.and_then(|speaker| speaker.roles.first()).map_or("", |role| role.role.as_str());
            let span = quote.span();
            let content: Vec<&str> = quote.content.iter().map(|&piece| offsets.slice(piece)).collect();
            let themes = article.themes.iter().filter(|theme| quote.themes.contains(&theme.id));
            let mut concepts: Vec<(&str, &str)> = themes.map(|theme| (theme.id.as_str(), theme.label.as_str())).collect();
            if concepts.is_empty() {
                concepts.push(("", ""));
            }
            for (id, concept) in concepts {
                self.statements += 1;
                let title = article.title.map_or("", |title| offsets.slice(title));
                let row: [&str; 14] = [
                    &self.statements.to_string(),
                    &article.id,
                    title,
                    article.metadata("date").unwrap_or_default(),
                    article.metadata("outlet").unwrap_or_default(),
                    if is_person { name } else { "" },
                    body,
                    role,
                    id,
                    concept,
                    "",
                    &span.start.to_string(),
                    &span.end.to_string(),
                    &content.join(" … "),
                ];
                rows.write_record(row.map(inert)).map_err(failed)?;
            }
        }
        let rows = rows.into_inner().map_err(|error| Error::new(ErrorKind::Write(error.into_error())).at("dna/statements.csv"))?;
        out.append("dna/statements.csv", &rows)
    }
}

/// No cell may start a formula.
fn inert(cell: &str) -> String {
    crate::report::inert(cell).into_owned()
}
