//! What holds tables together in a database: keys, references, and which columns are looked things up by.

/// What is said of a table beside its columns.
pub(super) struct Keys {
    /// Column constraints of the whole table, in SQL.
    pub(super) constraints: &'static [&'static str],
    /// The columns of each index.
    pub(super) indices: &'static [&'static str],
}

const ARTICLE: &str = "FOREIGN KEY (article_id) REFERENCES articles (article_id)";
const PERSON: &str = "FOREIGN KEY (person_id) REFERENCES people (person_id)";
const SPEAKER: &str = "FOREIGN KEY (article_id, speaker_id) REFERENCES speakers (article_id, speaker_id)";
const THEME: &str = "FOREIGN KEY (theme_id) REFERENCES themes (theme_id)";
const PARENT: &str = "FOREIGN KEY (parent_id) REFERENCES themes (theme_id)";

/// The table of themes, which no CSV file has by itself.
pub(super) const THEMES: &str = "CREATE TABLE themes (theme_id TEXT PRIMARY KEY, theme TEXT, parent_id TEXT REFERENCES themes (theme_id))";

/// Fills the table of themes from the summary, which has each theme of the run; a theme that is named as a parent alone has its id for a name.
pub(super) const FILL_THEMES: &str = "INSERT INTO themes SELECT theme_id, theme, parent_id FROM theme_summary WHERE measure = 'articles' \
    ORDER BY theme_id; INSERT INTO themes SELECT DISTINCT parent_id, parent_id, NULL FROM theme_summary \
    WHERE parent_id NOT IN (SELECT theme_id FROM themes) ORDER BY parent_id";

/// What articles say of themselves in columns of the user's own.
pub(super) const METADATA: &str = "CREATE TABLE article_metadata (article_id TEXT NOT NULL REFERENCES articles (article_id), name TEXT NOT NULL, \
    value TEXT, PRIMARY KEY (article_id, name))";

/// The keys of a table.
pub(super) fn keys(table: &str) -> Keys {
    let (constraints, indices): (&[&str], &[&str]) = match table {
        "articles" => (
            &["PRIMARY KEY (article_id)", "FOREIGN KEY (is_copy_of) REFERENCES articles (article_id)"],
            &["outlet", "date", "cluster_id", "is_copy_of"],
        ),
        "people" => (&["PRIMARY KEY (person_id)"], &["person", "known_id"]),
        "speakers" => (&["PRIMARY KEY (article_id, speaker_id)", ARTICLE, PERSON], &["person_id", "speaker"]),
        "theme_terms" => (&["PRIMARY KEY (theme_id)"], &[]),
        "quote_speakers" => (
            &["PRIMARY KEY (quote_id, position)", "FOREIGN KEY (quote_id) REFERENCES quotes (quote_id)", ARTICLE, SPEAKER, PERSON],
            &["article_id, speaker_id", "person_id"],
        ),
        "quotes" => (
            &["PRIMARY KEY (quote_id)", ARTICLE, SPEAKER, PERSON],
            &["article_id, speaker_id", "person_id", "speaker", "kind", "outlet", "date"],
        ),
        "entities" => (&["PRIMARY KEY (article_id, entity_id)", ARTICLE], &["name"]),
        "keyphrases" => (&["PRIMARY KEY (article_id, rank)", ARTICLE], &["phrase"]),
        "theme_coverage" => (&["PRIMARY KEY (article_id, theme_id)", ARTICLE, THEME, PARENT], &["theme_id"]),
        "theme_by_speaker" => (&[ARTICLE, THEME, SPEAKER, PERSON], &["article_id, speaker_id", "theme_id", "person_id"]),
        "theme_cooccurrence" => (
            &[
                "PRIMARY KEY (article_id, theme_a_id, theme_b_id)",
                ARTICLE,
                "FOREIGN KEY (theme_a_id) REFERENCES themes (theme_id)",
                "FOREIGN KEY (theme_b_id) REFERENCES themes (theme_id)",
            ],
            &["theme_a_id", "theme_b_id"],
        ),
        "theme_sentences" => (&[ARTICLE, THEME], &["sentence_id", "article_id", "theme_id"]),
        "theme_quotes" => {
            (&["FOREIGN KEY (quote_id) REFERENCES quotes (quote_id)", ARTICLE, THEME], &["quote_id", "article_id", "theme_id"])
        }
        "theme_evidence" => (
            &["FOREIGN KEY (article_id, theme_id) REFERENCES theme_coverage (article_id, theme_id)", ARTICLE, THEME],
            &["article_id, theme_id", "theme_id"],
        ),
        "theme_timeline" => (&["PRIMARY KEY (outlet, month, theme_id)", THEME], &["theme_id"]),
        "theme_summary" => (&["PRIMARY KEY (theme_id, measure)", THEME, PARENT], &[]),
        "theme_coverage_long" => (&[THEME, PARENT], &["theme_id", "speaker_kind", "speaker_class", "month"]),
        _ => (&[], &[]),
    };
    Keys { constraints, indices }
}
