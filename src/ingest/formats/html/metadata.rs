//! What a page says about its article: JSON-LD first, then Open Graph and other meta tags, then marked elements.
//!
//! Only what the page states is taken: no date is guessed from the text or the address.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use scraper::{Html, Selector};
use serde_json::Value;

use super::super::blocks::{Block, Kind, one_line, tidy};
use super::render::words;
use crate::ingest::format::RawArticle;

/// The facts of one page.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Meta tags by name, lower-cased; the first of a name counts.
    meta: BTreeMap<String, String>,
    /// The JSON-LD object of the article.
    article: Option<Value>,
    /// Marked elements by key.
    marked: BTreeMap<&'static str, String>,
    /// What the `title` element says.
    title: String,
    pub(super) is_behind_paywall: bool,
}

/// Elements that name a fact: key, selector, and the attribute that holds it (else the words do).
const MARKED: [(&str, &str, &str); 11] = [
    ("title", "h1[itemprop=headline], [itemprop=headline] h1, article h1, main h1, h1", ""),
    ("date", "meta[itemprop=datePublished]", "content"),
    ("date", "time[itemprop=datePublished], time[pubdate], article time, header time, .byline time, time", "datetime"),
    ("byline", "meta[itemprop=author]", "content"),
    ("byline", "[itemprop=author] [itemprop=name]", ""),
    ("byline", "[itemprop=author], [rel=author], .byline-author, .author-name, .byline__name", ""),
    ("byline", ".byline, .author, .amp-meta", ""),
    ("section", "meta[itemprop=articleSection]", "content"),
    ("outlet", "[itemprop=publisher] [itemprop=name]", "content"),
    ("url", "link[rel=canonical]", "href"),
    ("language", "html[lang]", "lang"),
];

static SELECTORS: LazyLock<Vec<(&str, Option<Selector>, &str)>> =
    LazyLock::new(|| MARKED.iter().map(|(key, selector, attribute)| (*key, Selector::parse(selector).ok(), *attribute)).collect());

impl Facts {
    pub(super) fn read(tree: &Html) -> Self {
        let mut facts = Self::default();
        let select = |selector: &str| Selector::parse(selector).ok();
        for meta in select("meta").iter().flat_map(|meta| tree.select(meta)) {
            let name = meta.attr("property").or(meta.attr("name")).or(meta.attr("http-equiv"));
            if let (Some(name), Some(content)) = (name, meta.attr("content")) {
                let content = one_line(content);
                if !content.is_empty() && content.len() < 4096 {
                    facts.meta.entry(name.to_lowercase()).or_insert(content);
                }
            }
        }
        for script in select("script[type=\"application/ld+json\"]").iter().flat_map(|script| tree.select(script)) {
            let text: String = script.text().collect();
            if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
                facts.take_json(value, 0);
            }
        }
        for (key, selector, attribute) in SELECTORS.iter() {
            let Some(found) = selector.as_ref().and_then(|selector| tree.select(selector).next()) else { continue };
            let value = if attribute.is_empty() { words(*found) } else { found.attr(attribute).unwrap_or_default().to_owned() };
            let value = one_line(&value);
            if !value.is_empty() && value.len() < 400 {
                facts.marked.entry(*key).or_insert(value);
            }
        }
        facts.title = select("title")
            .and_then(|title| tree.select(&title).next().map(|title| one_line(&title.text().collect::<String>())))
            .unwrap_or_default();
        facts
    }

    /// Keeps the first object that is an article, wherever it stands.
    fn take_json(&mut self, value: Value, depth: usize) {
        match value {
            Value::Array(values) if depth < 8 => values.into_iter().for_each(|value| self.take_json(value, depth + 1)),
            Value::Object(mut object) => {
                let kinds = strings(object.get("@type"));
                let is_article = kinds.iter().any(|kind| {
                    kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind.as_str(), "Report" | "AnalysisNewsArticle")
                });
                if let Some(graph) = object.remove("@graph").filter(|_| depth < 8) {
                    self.take_json(graph, depth + 1);
                }
                if is_article && self.article.is_none() {
                    self.is_behind_paywall = matches!(object.get("isAccessibleForFree"), Some(Value::Bool(false)))
                        || object.get("isAccessibleForFree").and_then(Value::as_str).is_some_and(|free| free.eq_ignore_ascii_case("false"));
                    self.article = Some(Value::Object(object));
                }
            }
            _ => {}
        }
    }

    fn json(&self, key: &str) -> String {
        strings(self.article.as_ref().and_then(|article| article.get(key))).join(", ")
    }

    fn first(&self, json: &str, meta: &[&str], marked: &str) -> String {
        let meta = || meta.iter().find_map(|name| self.meta.get(*name)).cloned();
        let said = Some(self.json(json)).filter(|value| !value.is_empty());
        said.or_else(meta).or_else(|| self.marked.get(marked).cloned()).map(|value| one_line(&value)).unwrap_or_default()
    }

    /// The headline, without the name of the outlet behind it.
    pub(super) fn title(&self) -> String {
        let said = self.first("headline", &["og:title", "twitter:title", "dc.title", "parsely-title"], "title");
        let title = if said.is_empty() { self.title.clone() } else { said };
        let title = plain(&title);
        let outlet = self.outlet();
        let without = [" | ", " - ", " – ", " — "].iter().find_map(|dash| {
            let (title, site) = title.rsplit_once(dash)?;
            (!outlet.is_empty() && site.eq_ignore_ascii_case(&outlet)).then(|| title.to_owned())
        });
        without.unwrap_or(title)
    }

    fn outlet(&self) -> String {
        self.first("publisher", &["og:site_name", "application-name", "dc.publisher", "publisher"], "outlet")
    }

    /// The text that the page's JSON-LD holds.
    pub(super) fn body_blocks(&self) -> Vec<Block> {
        let body = self.article.as_ref().and_then(|article| article.get("articleBody")).and_then(Value::as_str).unwrap_or_default();
        let body = if body.contains("</") { super::blocks(Html::parse_fragment(body).tree.root()) } else { Vec::new() };
        if !body.is_empty() {
            return body;
        }
        let body = self.article.as_ref().and_then(|article| article.get("articleBody")).and_then(Value::as_str).unwrap_or_default();
        let texts = body.lines().map(|line| tidy(&plain(line))).filter(|line| !line.is_empty());
        texts.map(|text| Block { kind: Kind::Paragraph, text }).collect()
    }

    /// Notes the facts as the article's metadata.
    pub(super) fn note(&self, article: &mut RawArticle) {
        article.note_metadata("title", &self.title());
        article.note_metadata("outlet", &self.outlet());
        let byline =
            self.first("author", &["author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"], "byline");
        let byline = if byline.starts_with("http") { String::new() } else { byline };
        let by = byline.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
        article.note_metadata("byline", if by { byline.get(3..).unwrap_or_default() } else { &byline });
        let dates = ["article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate"];
        let more = ["publish-date", "parsely-pub-date", "sailthru.date", "citation_publication_date", "published_at"];
        let date = self.first("datePublished", &[&dates[..], &more[..]].concat(), "date");
        article.note_metadata("date", date.split('T').next().unwrap_or_default());
        article.note_metadata("section", &self.first("articleSection", &["article:section", "section", "parsely-section"], "section"));
        article.note_metadata("url", &self.first("url", &["og:url"], "url"));
        article.note_metadata("language", &self.first("inLanguage", &["og:locale", "language", "content-language"], "language"));
        article.note_metadata("keywords", &self.first("keywords", &["news_keywords", "keywords"], ""));
        article.note_metadata("description", &plain(&self.first("description", &["og:description", "description"], "")));
        let modified = self.first("dateModified", &["article:modified_time"], "");
        article.note_metadata("modified", modified.split('T').next().unwrap_or_default());
    }
}

/// The strings of a JSON value: itself, the names of objects, all of a list.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![plain(text)],
        Some(Value::Array(values)) => values.iter().take(50).flat_map(|value| strings(Some(value))).collect(),
        Some(Value::Object(object)) => strings(object.get("name").filter(|name| name.is_string())),
        _ => Vec::new(),
    }
}

/// A text whose entities were escaped twice, as pages built by programs have them.
fn plain(text: &str) -> String {
    if text.contains('&') && text.contains(';') {
        let tree = Html::parse_fragment(text);
        return one_line(&tree.root_element().text().collect::<String>());
    }
    one_line(text)
}
