//! sayso's own format. The table is walked by hand, so that every fault is found in one reading and named with its line.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

use super::draft::{Draft, DraftTheme, Lines, Placed, TermList};
use super::fitted::{DraftFitted, FittedTheme, decoded};
use super::problem::CodebookProblem;

const TOP_FIELDS: &str = "expected one of `title`, `headings`, `min_probability`, `min_similarity`, `theme`, `fitted`";
const THEME_FIELDS: &str = "expected one of `id`, `label`, `description`, `parent`, `min_similarity`, `keywords`, `phrases`, `wildcards`, \
                            `patterns`, `exclude`";

const FITTED_FIELDS: &str = "expected one of `model`, `sentences`, `min_probability`, `themes`";
const FITTED_THEME_FIELDS: &str = "expected one of `bias`, `scale`, `toward`, `step`, `found`, `given`";

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads a codebook.
pub(super) fn read(text: &str) -> Draft {
    let mut reader = Reader { lines: Lines::of(text), draft: Draft::default() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let line = error.span().map_or(1, |span| reader.line(&span));
        reader.draft.problems.push(CodebookProblem::error(line, error.message().trim().replace('\n', ", ")));
    }
    reader.table(table.get_ref());
    reader.draft
}

struct Reader {
    lines: Lines,
    draft: Draft,
}

impl Reader {
    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "title" => self.draft.title = self.string("title", value).map(|title| title.value),
                "headings" => match value.get_ref().as_bool() {
                    Some(is_on) => self.draft.ignores_headings = !is_on,
                    None => self.wrong_type("headings", value, "true or false"),
                },
                "min_probability" => self.draft.min_probability = self.number("min_probability", value),
                "min_similarity" => self.draft.min_similarity = self.number("min_similarity", value),
                "fitted" => self.fitted(value, &key.span()),
                "theme" => self.themes(value),
                other => self.error(&key.span(), format!("unknown field `{other}`, {TOP_FIELDS}")),
            }
        }
    }

    fn themes(&mut self, value: &Value<'_>) {
        let Some(themes) = value.get_ref().as_array() else { return self.wrong_type("theme", value, "a table that begins with [[theme]]") };
        for theme in themes {
            match theme.get_ref().as_table() {
                Some(table) => self.theme(table, &theme.span()),
                None => self.wrong_type("theme", theme, "a table that begins with [[theme]]"),
            }
        }
    }

    fn theme(&mut self, table: &DeTable<'_>, span: &Range<usize>) {
        let id = table.iter().find(|(key, _)| key.get_ref() == "id").and_then(|(_, value)| self.string("id", value));
        let has_id = table.iter().any(|(key, _)| key.get_ref() == "id");
        if !has_id {
            self.error(span, "missing field `id`");
        }
        let mut theme = DraftTheme::new(id.unwrap_or_else(|| Placed::new(String::new(), self.line(span))));
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "id" => {}
                "label" => theme.label = self.string("label", value).map(|label| label.value),
                "description" => theme.description = self.string("description", value).map(|description| description.value),
                "parent" => theme.parent = self.string("parent", value),
                "min_similarity" => theme.min_similarity = self.number("min_similarity", value),
                name => match TermList::OWN.into_iter().find(|list| list.name() == name) {
                    Some(list) => self.terms(&mut theme, list, value),
                    None => self.error(&key.span(), format!("unknown field `{name}`, {THEME_FIELDS}")),
                },
            }
        }
        // A table keeps its keys in no order of the file; terms and their faults are told from the top.
        theme.terms.sort_by_key(|term| term.text.line);
        self.draft.themes.push(theme);
    }

    /// The part that `sayso codebook fit` adds.
    fn fitted(&mut self, value: &Value<'_>, span: &Range<usize>) {
        let Some(table) = value.get_ref().as_table() else { return self.wrong_type("fitted", value, "a table") };
        let mut draft = DraftFitted { line: self.line(span), ..DraftFitted::default() };
        if table.iter().all(|(key, _)| key.get_ref() != "model") {
            self.error(span, "`fitted`: missing field `model`");
        }
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "model" => draft.fitted.model = self.string("model", value).map(|model| model.value).unwrap_or_default(),
                "sentences" => {
                    draft.fitted.sentences = value.get_ref().as_integer().and_then(|count| count.as_str().parse().ok()).unwrap_or(0);
                }
                "min_probability" => draft.fitted.min_probability = self.number("min_probability", value).map(|least| least.value),
                "themes" => {
                    let Some(themes) = value.get_ref().as_table() else { return self.wrong_type("themes", value, "a table") };
                    for (id, theme) in themes {
                        let fitted = self.fitted_theme(theme);
                        draft.themes.insert(id.get_ref().to_string(), fitted);
                    }
                }
                other => self.error(&key.span(), format!("unknown field `{other}`, {FITTED_FIELDS}")),
            }
        }
        self.draft.fitted = Some(draft);
    }

    fn fitted_theme(&mut self, value: &Value<'_>) -> FittedTheme {
        let mut theme = FittedTheme::plain();
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type("themes", value, "a table for each theme");
            return theme;
        };
        let field = |name: &str| table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value);
        let mut number = |name: &str| field(name).and_then(|value| self.number(name, value)).map(|number| number.value);
        theme.bias = number("bias").unwrap_or(theme.bias);
        theme.scale = number("scale").unwrap_or(theme.scale);
        theme.rates = number("found").zip(number("given"));
        let step = number("step").unwrap_or_default();
        if let Some(value) = field("toward")
            && let Some(codes) = self.string("toward", value)
        {
            match decoded(&codes.value, step) {
                Some(toward) => theme.toward = toward,
                None => self.draft.problems.push(CodebookProblem::error(codes.line, "`toward`: is no vector in base 64")),
            }
        }
        for (key, _) in table {
            if !["bias", "scale", "toward", "step", "found", "given"].contains(&key.get_ref().as_ref()) {
                self.error(&key.span(), format!("unknown field `{}`, {FITTED_THEME_FIELDS}", key.get_ref()));
            }
        }
        theme
    }

    fn terms(&mut self, theme: &mut DraftTheme, list: TermList, value: &Value<'_>) {
        let Some(terms) = value.get_ref().as_array() else { return self.wrong_type(list.name(), value, "a list of strings") };
        for term in terms {
            if let Some(text) = self.string(list.name(), term) {
                theme.add(list, text.value, text.line);
            }
        }
    }

    fn string(&mut self, field: &str, value: &Value<'_>) -> Option<Placed<String>> {
        let text = value.get_ref().as_str().map(|text| Placed::new(text.to_owned(), self.line(&value.span())));
        if text.is_none() {
            self.wrong_type(field, value, "a string");
        }
        text
    }

    fn number(&mut self, field: &str, value: &Value<'_>) -> Option<Placed<f64>> {
        let number = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(field, value, "a number");
        }
        number.map(|number| Placed::new(number, self.line(&value.span())))
    }

    fn wrong_type(&mut self, field: &str, value: &Value<'_>, expected: &str) {
        self.error(&value.span(), format!("`{field}`: invalid type {}, expected {expected}", value.get_ref().type_str()));
    }

    fn error(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.draft.problems.push(CodebookProblem::error(self.line(span), message));
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.lines.at(span.start)
    }
}
