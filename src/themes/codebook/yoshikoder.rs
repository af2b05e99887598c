//! Yoshikoder dictionaries, which Lexicoder 2 wrote too: XML with categories (`cnode`) and patterns (`pnode`).
//!
//! A single category around all others is the dictionary's own name, not a theme. With `patternengine="regexp"` a pattern is a regular
//! expression for one word.

use roxmltree::{Document, Node};

use super::draft::{CategoryTree, DEEPEST, Draft, Lines, TermList};

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Draft {
    let mut tree = CategoryTree::new();
    let xml = match Document::parse(text) {
        Ok(xml) => xml,
        Err(error) => {
            let line = usize::try_from(error.pos().row).unwrap_or(1);
            tree.error(line, format!("not well-formed XML: {error}"), "save the dictionary again with Yoshikoder");
            return tree.draft;
        }
    };
    let root = xml.root_element();
    if !root.has_tag_name("dictionary") {
        let message = format!("`{}` is no Yoshikoder dictionary", root.tag_name().name());
        tree.error(1, message, "the outermost element is `dictionary`");
        return tree.draft;
    }
    let is_regexp = root.attribute("patternengine").is_some_and(|engine| engine.starts_with("regex"));
    let tops: Vec<Node<'_, '_>> = categories(root).collect();
    let mut reader = Reader { lines: Lines::of(text), tree, is_regexp };
    match tops.as_slice() {
        [only] if categories(*only).next().is_some() && !only.children().any(|node| node.has_tag_name("pnode")) => {
            reader.tree.draft.title = only.attribute("name").map(str::to_owned);
            reader.children(*only, None, 1);
        }
        _ => reader.children(root, None, 1),
    }
    reader.tree.draft
}

fn categories<'a, 'i>(node: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(|node| node.has_tag_name("cnode"))
}

struct Reader {
    lines: Lines,
    tree: CategoryTree,
    is_regexp: bool,
}

impl Reader {
    fn children(&mut self, node: Node<'_, '_>, parent: Option<usize>, depth: usize) {
        for child in node.children().filter(Node::is_element) {
            let line = self.lines.at(child.range().start);
            let Some(name) = child.attribute("name") else {
                self.tree.error(line, format!("`{}` has no name", child.tag_name().name()), "give it the attribute name=\"…\"");
                continue;
            };
            match (child.tag_name().name(), parent) {
                ("cnode", _) if depth > DEEPEST => {
                    self.tree.error(line, "the categories are nested too deep", "move this one further out");
                    return;
                }
                ("cnode", _) => {
                    let index = self.tree.category(parent, name, line);
                    let description = child.attribute("desc").filter(|text| !text.trim().is_empty()).map(str::to_owned);
                    if let Some(theme) = self.tree.draft.themes.get_mut(index) {
                        theme.description = description;
                    }
                    self.children(child, Some(index), depth + 1);
                }
                ("pnode", Some(parent)) if self.is_regexp => {
                    if let Some(theme) = self.tree.draft.themes.get_mut(parent) {
                        theme.add(TermList::Patterns, format!("/\\b(?:{name})\\b/"), line);
                    }
                }
                ("pnode", Some(parent)) => self.tree.term(parent, name, line),
                (other, _) => self.tree.error(line, format!("`{other}` stands outside a category"), "move it into a `cnode`"),
            }
        }
    }
}
