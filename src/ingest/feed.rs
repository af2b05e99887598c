//! RSS, Atom and JSON Feed: one article an entry. Many feeds give a teaser only; what they give is the text.

use feed_rs::model::{Entry, Feed};
use feed_rs::parser;

use super::ReadOptions;
use super::format::{Each, Format, Input, Likelihood, Place, RawArticle};
use super::fragment;
use super::plain::ending;
use crate::{Error, ErrorKind, Result};

/// A list of news that a site offers.
#[derive(Debug)]
pub(super) struct NewsFeed;

impl Format for NewsFeed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let start = String::from_utf8_lossy(head.get(..head.len().min(4096)).unwrap_or_default()).to_lowercase();
        let is_xml = start.trim_start_matches('\u{FEFF}').trim_start().starts_with('<');
        let is_feed = ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| start.contains(tag)) && !start.contains("<html");
        match ending(name) {
            _ if is_xml && is_feed => Likelihood::ByContent,
            "rss" | "atom" if is_xml => Likelihood::ByName,
            _ => Likelihood::No,
        }
    }

    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let feed = parser::parse(&*bytes).map_err(|error| {
            Error::new(ErrorKind::Input(format!("no feed: {error}"))).with_hint("check that the file was written whole")
        })?;
        for (number, entry) in (1..).zip(&feed.entries) {
            if each(article(&feed, entry, number)).is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn article(feed: &Feed, entry: &Entry, number: u64) -> Result<RawArticle> {
    let place = Place::Part(number);
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    let summary = entry.summary.as_ref().map(|summary| summary.content.as_str());
    let (html, rule) = match (content, summary) {
        (Some(content), _) if !content.trim().is_empty() => (content, "feed: content"),
        (_, Some(summary)) if !summary.trim().is_empty() => (summary, "feed: summary"),
        _ => return Err(Error::new(ErrorKind::Input("the entry has no text".to_owned())).at(place.to_string())),
    };
    let mut article = RawArticle::new(fragment::text(html), rule);
    article.place = place;
    let title = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|text| fragment::text(&text.content)).unwrap_or_default();
    article.note_metadata("title", &title(&entry.title));
    article.note_metadata("outlet", &title(&feed.title));
    let date = entry.published.or(entry.updated);
    article.note_metadata("date", &date.map(|date| date.format("%Y-%m-%d").to_string()).unwrap_or_default());
    let names: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
    article.note_metadata("byline", &names.join(", "));
    article.note_metadata("url", entry.links.first().map_or("", |link| link.href.as_str()));
    let sections: Vec<&str> = entry.categories.iter().map(|category| category.label.as_deref().unwrap_or(&category.term)).collect();
    article.note_metadata("section", &sections.join("; "));
    let language = entry.language.as_deref().or(feed.language.as_deref());
    article.note_metadata("language", language.unwrap_or_default());
    article.note_metadata("guid", &entry.id);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{articles, failures};
    use super::*;

    const RSS: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Ferry Post</title><link>https://example.org</link>\
        <description>News</description><language>en</language><item><title>Fares rise</title><link>https://example.org/1</link>\
        <pubDate>Mon, 12 Sep 2016 08:00:00 +0000</pubDate><description>&lt;p&gt;“No,” she said.&lt;/p&gt;&lt;p&gt;He left.&lt;/p&gt;</description></item>\
        <item><title>Nothing</title></item></channel></rss>";

    #[test]
    fn reads_entries() {
        let options = ReadOptions::default();
        let found = articles(&NewsFeed, RSS.as_bytes(), "a.xml", &options);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "“No,” she said.\n\nHe left.");
        let known: Vec<Option<&str>> =
            ["title", "outlet", "date", "url"].iter().map(|&key| found[0].metadata.get(key).map(String::as_str)).collect();
        assert_eq!(known, [Some("Fares rise"), Some("Ferry Post"), Some("2016-09-12"), Some("https://example.org/1")]);
        assert_eq!(failures(&NewsFeed, RSS.as_bytes(), "a.xml", &options), ["part 2: the entry has no text"]);
        assert_eq!(failures(&NewsFeed, RSS.get(..200).unwrap().as_bytes(), "a.xml", &options).len(), 1);
        assert_eq!(NewsFeed.recognizes(RSS.as_bytes(), "a"), Likelihood::ByContent);
    }
}
