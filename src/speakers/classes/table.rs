//! The table of classes, and how a speaker is found in it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::SpeakerClass;
use crate::speakers::lexicon;
use crate::speakers::names::fold;
use crate::{Error, ErrorKind, Result, Speaker, SpeakerKind};

/// The table inside the program.
const SHIPPED: &str = include_str!("table.csv");

/// The columns that a table must have.
const COLUMNS: [&str; 3] = ["where", "words", "class"];

static SHIPPED_TABLE: LazyLock<SpeakerClasses> = LazyLock::new(|| {
    SpeakerClasses::from_csv(SHIPPED).unwrap_or_else(|error| unreachable!("the shipped table is sound: {error}")) // a test reads it
});

/// Which words of roles and bodies make which class.
///
/// ```
/// # fn main() -> sayso::Result<()> {
/// use sayso::speakers::SpeakerClasses;
///
/// let classes = SpeakerClasses::from_csv("where,words,class\nrole,beekeeper,expert\n")?;
/// let pipeline = sayso::Pipeline::builder().speaker_classes(classes).build()?;
/// let analysis = pipeline.analyze_text("“The hives are full,” said Ana Silva, a beekeeper.")?;
/// assert_eq!(analysis.speaker_of(0).and_then(|speaker| speaker.class).map(|class| class.name()), Some("expert"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SpeakerClasses {
    roles: Arc<HashMap<String, Entry>>,
    bodies: Arc<HashMap<String, Entry>>,
    /// The most words of one entry.
    longest: usize,
}

/// What the table says of some words.
#[derive(Debug, Clone, Copy)]
struct Entry {
    class: SpeakerClass,
    /// Whether the body decides where the table knows it.
    yields: bool,
}

#[derive(Deserialize)]
struct Row {
    r#where: String,
    words: String,
    class: String,
    #[serde(default)]
    yields: String,
}

impl SpeakerClasses {
    /// The table inside the program, as CSV.
    pub fn shipped() -> &'static str {
        SHIPPED
    }

    /// Reads a table: `where` (`role` or `body`), `words`, `class`, and `yields` (`yes`, or empty).
    ///
    /// # Errors
    /// Where a column is missing, or a row names no place or class that there is; the error names the line.
    pub fn from_csv(text: &str) -> Result<Self> {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let wrong = |line: u64, why: String| {
            Error::new(ErrorKind::Config(format!("line {line}: {why}"))).on_line(usize::try_from(line).unwrap_or(usize::MAX))
        };
        let headers = reader.headers().map_err(|error| wrong(1, format!("not a CSV table: {error}")))?.clone();
        if let Some(missing) = COLUMNS.iter().find(|column| !headers.iter().any(|header| header == **column)) {
            return Err(wrong(1, format!("there is no column '{missing}'")).with_hint("sayso speaker-classes prints a table to edit"));
        }
        let (mut roles, mut bodies, mut longest) = (HashMap::new(), HashMap::new(), 1);
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| wrong(reader_line(&record), format!("not a CSV table: {error}")))? {
            let line = reader_line(&record);
            let row: Row = record.deserialize(Some(&headers)).map_err(|error| wrong(line, format!("not a row of this table: {error}")))?;
            let Some(class) = SpeakerClass::from_name(&row.class) else {
                let classes: Vec<&str> = SpeakerClass::ALL.iter().map(|class| class.name()).collect();
                return Err(wrong(line, format!("there is no class '{}': {}", row.class, classes.join(", "))));
            };
            let words: Vec<String> = words_of(&row.words);
            longest = longest.max(words.len());
            let entry = Entry { class, yields: row.yields.eq_ignore_ascii_case("yes") };
            let before = match row.r#where.as_str() {
                _ if words.is_empty() => return Err(wrong(line, "a row has no words".to_owned())),
                "role" => roles.insert(words.join(" "), entry),
                "body" => bodies.insert(words.join(" "), entry),
                other => return Err(wrong(line, format!("'{other}' is neither role nor body"))),
            };
            if before.is_some_and(|before| before.class != class) {
                return Err(wrong(line, format!("a row above gives '{}' another class", row.words)));
            }
        }
        Ok(Self { roles: Arc::new(roles), bodies: Arc::new(bodies), longest })
    }

    /// Reads a table from a file.
    ///
    /// # Errors
    /// Where it cannot be read, and as [`Self::from_csv`].
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        let text = std::fs::read_to_string(path).map_err(|error| Error::new(ErrorKind::Read(error)).at(path))?;
        Self::from_csv(&text).map_err(|error| error.at(path))
    }

    /// The class of a speaker; `None` for a person of whom neither role nor body tells it.
    pub fn class_of(&self, speaker: &Speaker) -> Option<SpeakerClass> {
        let by_role = speaker.roles.iter().find_map(|role| self.of_role(&role.role, role.affiliation.as_deref()));
        match speaker.kind {
            SpeakerKind::Document => Some(SpeakerClass::Document),
            SpeakerKind::Organization => {
                let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
                let state = || speaker.is_metonym.then_some(SpeakerClass::Official);
                Some(names.into_iter().find_map(|name| self.of_body(name)).or_else(state).unwrap_or(SpeakerClass::Body))
            }
            SpeakerKind::Person => by_role,
            SpeakerKind::Unnamed => Some(by_role.or_else(|| self.of_role(&speaker.name, None)).unwrap_or(SpeakerClass::Unnamed)),
        }
    }

    fn of_role(&self, role: &str, body: Option<&str>) -> Option<SpeakerClass> {
        let entry = self.find(&self.roles, role);
        let of_body = || body.and_then(|body| self.of_body(body));
        match entry {
            Some(entry) if !entry.yields => Some(entry.class),
            Some(entry) => of_body().or(Some(entry.class)),
            None => of_body(),
        }
    }

    fn of_body(&self, name: &str) -> Option<SpeakerClass> {
        self.find(&self.bodies, name).map(|entry| entry.class)
    }

    /// The entry with most words that stand in `phrase`; of several the last, where the noun stands.
    fn find(&self, entries: &HashMap<String, Entry>, phrase: &str) -> Option<Entry> {
        let words = words_of(phrase);
        let windows = (1..=self.longest.min(words.len())).rev().flat_map(|count| words.windows(count).rev());
        windows.map(|window| window.join(" ")).find_map(|key| entries.get(&key).copied())
    }
}

impl Default for SpeakerClasses {
    fn default() -> Self {
        SHIPPED_TABLE.clone()
    }
}

/// The words of a role or name, folded, plural nouns of roles in the singular.
fn words_of(phrase: &str) -> Vec<String> {
    let words = phrase.split(|ch: char| ch.is_whitespace() || ",;()/".contains(ch)).map(fold).filter(|word| !word.is_empty());
    words
        .map(|word| lexicon::role_noun(&word).filter(|(_, is_plural)| *is_plural).map_or(word.clone(), |(noun, _)| noun.to_owned()))
        .collect()
}

fn reader_line(record: &csv::StringRecord) -> u64 {
    record.position().map_or(1, csv::Position::line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Role, Span};

    fn class(kind: SpeakerKind, name: &str, roles: &[(&str, Option<&str>)]) -> Option<&'static str> {
        let role = |(role, body): &(&str, Option<&str>)| Role {
            role: (*role).to_owned(),
            affiliation: body.map(ToOwned::to_owned),
            span: Span::new(0, 1),
        };
        let speaker = Speaker { kind, roles: roles.iter().map(role).collect(), ..Speaker::named("s1", name) };
        SpeakerClasses::default().class_of(&speaker).map(SpeakerClass::name)
    }

    #[test]
    fn roles_and_bodies_tell_the_class() {
        use SpeakerKind::{Document, Organization, Person, Unnamed};
        for (kind, name, roles, expected) in [
            (Person, "Ana Lima", &[("finance minister", None)][..], Some("politician")),
            (Person, "Ana Lima", &[("president", Some("Acme Corp"))], Some("business")),
            (Person, "Ana Lima", &[("president", Some("Brazil"))], Some("politician")),
            (Person, "Ana Lima", &[("director", Some("Institute of Ocean Studies"))], Some("expert")),
            (Person, "Ana Lima", &[("spokeswoman", Some("Ministry of Trade"))], Some("official")),
            (Person, "Ana Lima", &[("spokeswoman", Some("Weavers Union"))], Some("civil-society")),
            (Person, "Ana Lima", &[("rice farmer", None), ("mayor", None)], Some("citizen")),
            (Person, "Ana Lima", &[("chief economist", Some("Bank of Vik"))], Some("expert")),
            (Person, "Ana Lima", &[("actuary", None)], Some("expert")),
            (Person, "Ana Lima", &[], None),
            (Organization, "Ministry of Trade", &[], Some("official")),
            (Organization, "Acme Motors", &[], Some("business")),
            (Organization, "Equinor", &[], Some("body")),
            (Document, "Sea Level Report", &[], Some("document")),
            (Unnamed, "two senior officials", &[], Some("official")),
            (Unnamed, "a person close to the talks", &[], Some("unnamed")),
        ] {
            assert_eq!(class(kind, name, roles), expected, "{name} {roles:?}");
        }
    }

    #[test]
    fn the_shipped_rows_are_sorted_and_no_two_have_the_same_words() {
        for place in ["role", "body"] {
            let rows = SHIPPED.lines().map(|line| line.split(',').take(2).collect::<Vec<&str>>());
            let words: Vec<&str> = rows.filter(|row| row[0] == place).map(|row| row[1]).collect();
            assert!(words.len() > 200 && words.is_sorted_by(|one, other| one < other), "{place}");
        }
    }

    #[test]
    fn a_faulty_table_is_refused_with_its_line() {
        for (table, line, why) in [
            ("words,class\nmayor,politician\n", "1", "no column 'where'"),
            ("where,words,class\nrole,mayor,boss\n", "2", "there is no class 'boss'"),
            ("where,words,class\nrole,mayor,politician\nplace,vik,official\n", "3", "neither role nor body"),
            ("where,words,class\nrole,,politician\n", "2", "no words"),
            ("where,words,class\nrole,mayor,politician\nrole,mayors,official\n", "3", "gives 'mayors' another class"),
        ] {
            let error = SpeakerClasses::from_csv(table).expect_err("it is faulty");
            let said = format!("{error}");
            assert!(said.contains(why) && said.contains(line), "{said}");
        }
    }
}
