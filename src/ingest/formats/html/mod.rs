//! Saved web pages: the article's paragraphs, and what the page says about it.
//!
//! `trafilatura` finds the main content; what belongs to others is taken out before it looks (figures and captions, boxes beside the
//! text, navigation, forms, embedded posts, pull quotes, related stories), so that no quotation of another story is credited here. Its
//! content comes back as HTML and is rendered to paragraphs by this crate, which knows headings, lists and block quotations.

mod metadata;
mod render;

pub(in crate::ingest::formats) use render::{blocks, blocks_without, words};

use std::sync::LazyLock;

use encoding_rs::Encoding;
use regex::Regex;
use scraper::{Html as Tree, Node};
use trafilatura::Options;

use super::blocks::{Block, Kind, article, with_title};
use super::exports;
use crate::ingest::ReadOptions;
use crate::ingest::decode::Decoded;
use crate::ingest::format::{Each, Format, Input, Likelihood, RawArticle};
use crate::{Error, ErrorKind, Result, lexicon};

/// Saved web pages (HTML, XHTML).
#[derive(Debug)]
pub(crate) struct Html;

/// Deeper trees than any page of a person: `trafilatura` calls itself once a level.
const MAX_DEPTH: usize = 400;

/// The parser looks through all open elements at each tag: what nests deeper than this takes time that grows with the square.
const MAX_OPEN: usize = 10_000;

/// Larger pages are rendered as they stand: the search for the main content takes time that grows faster than they do.
const MAX_SEARCHED: usize = 4 << 20;

/// Elements that are not the article's own words.
const APART: &str = "figure, figcaption, aside, nav, footer, form, button, dialog, iframe, template, noscript, \
    [role=dialog], [role=navigation], [role=complementary], [hidden], [aria-hidden=true], \
    amp-sidebar, amp-ad, amp-list, amp-twitter, amp-instagram, amp-facebook, amp-embed, \
    .twitter-tweet, .twitter-video, .instagram-media, .tiktok-embed, .fb-post, .bluesky-embed, .reddit-embed-bq, .mastodon-embed, \
    .wp-caption, .wp-caption-text, .image-caption, .photo-caption, .caption, \
    .pullquote, .pull-quote, .wp-block-pullquote, \
    .related, .related-content, .related-articles, .related-stories, .related-links, .jp-relatedposts, .c-read-more, .read-more, \
    .read-also, .see-also, .recommended, .recommendations, .teaser, .promo, .most-read, .most-popular, .newsletter, .newsletter-signup, \
    .paywall, .subscribe, .author-bio, .sharedaddy, .comments-area, .comment-list";

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recognizes(&self, head: &[u8], name: &str) -> Likelihood {
        let start: String = String::from_utf8_lossy(head.get(..2048).unwrap_or(head)).to_lowercase();
        let start = start.trim_start_matches('\u{FEFF}').trim_start();
        let is_page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| start.contains(tag)) && start.starts_with('<');
        let is_named = [".html", ".htm", ".xhtml", ".shtml"].iter().any(|ext| name.ends_with(ext));
        let is_binary = head.starts_with(b"PK") || head.starts_with(b"%PDF") || head.contains(&0);
        if is_page {
            Likelihood::ByContent
        } else if is_named && !is_binary {
            Likelihood::ByName
        } else {
            Likelihood::No
        }
    }

    /// An export of a news database that its head does not show to be one holds many articles.
    fn is_collection(&self) -> bool {
        true
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions, each: Each<'_>) -> Result<()> {
        let bytes = input.bytes(options.max_file_bytes)?;
        let decoded = decode_html(&bytes, options.encoding)?;
        let tree = parse(&decoded.text)?;
        if let Some(found) = exports::split(&blocks(tree.tree.root()), "html") {
            for article in found {
                if each(article.map(|article| article.out_of(&decoded))).is_break() {
                    break;
                }
            }
            return Ok(());
        }
        let _ = each(read_page(&decoded.text, &tree).map(|article| article.out_of(&decoded)));
        Ok(())
    }
}

/// Parses a page, unless it is made to take forever.
pub(in crate::ingest::formats) fn parse(text: &str) -> Result<Tree> {
    let (mut open, mut most) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        let is_end = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split(|ch: char| !ch.is_ascii_alphanumeric()).next().unwrap_or_default();
        let nests = ["div", "span", "b", "i", "em", "strong", "section", "article", "table", "blockquote", "ul", "ol", "dl", "font", "a"];
        if nests.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            open = if is_end { open.saturating_sub(1) } else { open + 1 };
            most = most.max(open);
        }
    }
    if most > MAX_OPEN {
        let error = Error::new(ErrorKind::Input(format!("the page nests more than {MAX_OPEN} elements")));
        return Err(error.with_hint("it is no page of text; leave it out of the input"));
    }
    Ok(Tree::parse_document(text))
}

/// The encoding given, or that of the byte order mark, or what the page says, or what fits.
pub(super) fn decode_html(bytes: &[u8], encoding: Option<&'static Encoding>) -> Result<Decoded> {
    static CHARSET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?i)(?:<meta[^>]{0,200}charset|<\?xml[^>]{0,80}encoding)\s*=\s*["']?\s*([a-z0-9_:-]{2,40})"#).ok());
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes));
    let said = CHARSET.as_ref().and_then(|charset| charset.captures(&head)).and_then(|found| found.get(1));
    let said = said.and_then(|label| Encoding::for_label(label.as_str().as_bytes()));
    let is_marked = Encoding::for_bom(bytes).is_some();
    if encoding.is_none() && !is_marked && std::str::from_utf8(bytes).is_err() {
        // Pages that are not UTF-8 say so more often than they are right about anything else.
        if let Some(said) = said.filter(|said| *said != encoding_rs::UTF_8)
            && let Ok(text) = crate::ingest::decode(bytes, Some(said))
        {
            return Ok(text);
        }
    }
    crate::ingest::decode(bytes, encoding)
}

fn read_page(text: &str, tree: &Tree) -> Result<RawArticle> {
    let facts = metadata::Facts::read(tree);
    let is_deep = depth(tree) > MAX_DEPTH;
    let found = if is_deep || text.len() > MAX_SEARCHED { None } else { main_content(text) };
    let (mut paragraphs, author, rule) = match found {
        Some((paragraphs, author)) => (paragraphs, author, "html: trafilatura"),
        None => (blocks(tree.tree.root()), String::new(), "html: whole page"),
    };
    // The page's own script may say the text better than its tags do: paragraphs are lost in pages that are built by a program.
    let said = facts.body_blocks();
    let rule = if paragraphs.len() < 3 && said.len() > paragraphs.len() {
        paragraphs = said;
        "html: json-ld"
    } else {
        rule
    };
    let before = paragraphs.len();
    paragraphs.retain(|block| !is_pointer(block));
    let pointers = before - paragraphs.len();
    if paragraphs.iter().all(|block| block.kind == Kind::Heading) {
        let error = Error::new(ErrorKind::Input("the page holds no article: no running text is found in it".to_owned()));
        return Err(error.with_hint("it may be built by a script; open it in a browser and save it as a complete web page"));
    }
    let title = facts.title();
    // Tags without white space between them are joined where a page is so short that all of it is taken.
    for block in &mut paragraphs {
        let rest = block.text.strip_prefix(title.as_str()).filter(|rest| !title.is_empty() && rest.starts_with(char::is_alphanumeric));
        if let Some(rest) = rest.map(str::to_owned) {
            block.text = rest;
        }
    }
    with_title(&title, &mut paragraphs);
    let mut article = article(&paragraphs, rule);
    facts.note(&mut article);
    article.note_metadata("byline", &author);
    if rule == "html: whole page" {
        article.notes.push("the main content was not searched for: the whole page is read".to_owned());
    }
    if pointers > 0 {
        article.notes.push("pointers to other stories left out".to_owned());
    }
    if facts.is_behind_paywall {
        article.notes.push("the page says that its text is not free: it may be cut off".to_owned());
    }
    Ok(article)
}

/// The main content's paragraphs and the author that `trafilatura` finds.
fn main_content(text: &str) -> Option<(Vec<Block>, String)> {
    let options = Options::default().with_fallback(true).with_exclude_comments(true).with_prune_selector(APART);
    let found = trafilatura::extract(text, &options).ok()?;
    let tree = Tree::parse_fragment(&found.content_html);
    let paragraphs = blocks(tree.tree.root());
    (!paragraphs.is_empty()).then(|| (paragraphs, found.metadata.author.replace("; ", ", ")))
}

/// A line inside an article that names another story.
fn is_pointer(block: &Block) -> bool {
    let lower: String = block.text.chars().take(24).flat_map(char::to_lowercase).collect();
    let pointed = lexicon::after_pointer(&lower).is_some();
    pointed && (lower.contains(':') || block.text.split_whitespace().count() <= 4)
}

/// How deep the tree's elements nest.
fn depth(tree: &Tree) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for edge in tree.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) if matches!(node.value(), Node::Element(_)) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            ego_tree::iter::Edge::Close(node) if matches!(node.value(), Node::Element(_)) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}
