//! Subheads that the search for the main content loses: those that stand on the page right between two paragraphs it kept.

use std::collections::HashMap;
use std::sync::LazyLock;

use ego_tree::NodeId;
use scraper::{Html as Tree, Selector};

use super::APART;
use super::render::blocks;
use crate::ingest::formats::blocks::{Block, Kind, fold};

/// A longer line is a paragraph that somebody made large.
const LONGEST: usize = 200;

/// What stands apart from the text of a page.
static BESIDE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse(APART).ok());

/// The paragraphs with the subheads that stand between them on the page.
pub(super) fn with_subheads(kept: Vec<Block>, tree: &Tree) -> Vec<Block> {
    static HEADS: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("h2, h3, h4, h5, h6").ok());
    let count = HEADS.as_ref().map_or(0, |heads| tree.select(heads).count());
    if count <= kept.iter().filter(|block| block.kind == Kind::Heading).count() {
        return kept;
    }
    let mut page = tree.clone();
    let beside: Vec<NodeId> = BESIDE.as_ref().map(|beside| tree.select(beside).map(|element| element.id()).collect()).unwrap_or_default();
    for id in beside {
        if let Some(mut node) = page.tree.get_mut(id) {
            node.detach();
        }
    }
    recovered(kept, &blocks(page.tree.root()))
}

/// Puts the headings of `page` between those of `kept` that they stand between, if nothing else does.
fn recovered(kept: Vec<Block>, page: &[Block]) -> Vec<Block> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, block) in kept.iter().enumerate() {
        places.entry(fold(&block.text)).or_default().push(at);
    }
    let mut lost: HashMap<usize, Vec<Block>> = HashMap::new();
    // The last paragraph of the page that was kept, and the headings since.
    let (mut behind, mut between): (Option<usize>, Vec<Block>) = (None, Vec::new());
    for block in page {
        let at =
            places.get(&fold(&block.text)).and_then(|places| places.iter().copied().find(|at| behind.is_none_or(|behind| *at > behind)));
        match at {
            Some(at) => {
                if behind.is_some_and(|behind| behind + 1 == at) && !between.is_empty() {
                    lost.insert(at, std::mem::take(&mut between));
                }
                (behind, between) = (Some(at), Vec::new());
            }
            None if block.kind == Kind::Heading && block.text.chars().count() <= LONGEST && behind.is_some() => between.push(block.clone()),
            // What else stands there belongs to others: so may the heading.
            None => (behind, between) = (None, Vec::new()),
        }
    }
    let with_lost = kept.into_iter().enumerate().flat_map(|(at, block)| lost.remove(&at).unwrap_or_default().into_iter().chain([block]));
    with_lost.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks_of(lines: &[&str]) -> Vec<Block> {
        let block = |line: &&str| match line.strip_prefix("# ") {
            Some(head) => Block { kind: Kind::Heading, text: head.to_owned() },
            None => Block { kind: Kind::Paragraph, text: (*line).to_owned() },
        };
        lines.iter().map(block).collect()
    }

    #[test]
    fn a_heading_between_two_kept_paragraphs_comes_back() {
        let kept = ["# Title", "One.", "Two.", "# Known", "Three.", "Four."];
        for (page, expected) in [
            (
                &["# Title", "One.", "# Lost", "Two.", "# Known", "Three.", "Four."][..],
                &["# Title", "One.", "# Lost", "Two.", "# Known", "Three.", "Four."][..],
            ),
            // Neither before the first paragraph nor behind the last, nor beside what was left out.
            (&["# Site", "# Title", "One.", "Two.", "# Known", "Three.", "Four.", "# More"], &kept),
            (&["One.", "# More stories", "A teaser.", "Two.", "Three.", "An advertisement.", "# Buy", "Four."], &kept),
            (&["Two.", "# Another order", "One."], &kept),
        ] {
            let found = recovered(blocks_of(&kept), &blocks_of(page));
            assert_eq!(found, blocks_of(expected), "{page:?}");
        }
    }

    #[test]
    fn boxes_beside_the_text_give_no_subsince() {
        let page = "<article><p>One.</p><aside><h3>Related</h3></aside><p>Two.</p><h2>Lost</h2><p>Three.</p></article>";
        let found = with_subheads(blocks_of(&["One.", "Two.", "Three."]), &Tree::parse_document(page));
        assert_eq!(found, blocks_of(&["One.", "Two.", "# Lost", "Three."]));
    }
}
