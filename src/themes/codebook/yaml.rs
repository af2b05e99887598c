//! quanteda's dictionaries: a YAML mapping from category to terms, or to further categories.
//!
//! ```yaml
//! economy:
//!   trade: [tariff*, export*]
//!   growth:
//!     - gdp
//!   __: [econom*]          # quanteda's own name for the terms of `economy` beside its parts
//! ```

use saphyr_parser::{Event, Parser, StrInput};

use super::draft::{CategoryTree, DEEPEST, Draft};

/// The key under which quanteda writes a category's own terms.
const OWN_TERMS: &str = "__";

/// Reads a dictionary.
pub(super) fn read(text: &str) -> Draft {
    let mut reader = Reader { parser: Parser::new_from_str(text), tree: CategoryTree::new(), is_broken: false };
    reader.document();
    reader.tree.draft
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    tree: CategoryTree,
    /// The parser has met a fault and cannot go on.
    is_broken: bool,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, usize)> {
        match self.parser.next_event()? {
            Ok((event, span)) => Some((event, span.start.line())),
            Err(error) => {
                self.is_broken = true;
                self.tree.error(error.marker().line(), error.info().to_owned(), "see https://yaml.org/spec/1.2.2/");
                None
            }
        }
    }

    fn document(&mut self) {
        while let Some((event, line)) = self.next() {
            match event {
                Event::MappingStart(..) => return self.mapping(None, 1),
                Event::Scalar(..) | Event::SequenceStart(..) => return self.not_a_mapping(line),
                _ => {}
            }
        }
        if !self.is_broken {
            self.not_a_mapping(1);
        }
    }

    fn not_a_mapping(&mut self, line: usize) {
        self.tree.error(line, "a dictionary is a mapping from categories to terms", "write `category: [term, term]`");
    }

    /// The pairs of a mapping; `parent` is the category it stands in.
    fn mapping(&mut self, parent: Option<usize>, depth: usize) {
        while let Some((event, line)) = self.next() {
            match event {
                Event::MappingEnd => return,
                Event::Scalar(key, ..) if key == OWN_TERMS && parent.is_some() => self.value(parent.unwrap_or_default(), depth),
                Event::Scalar(key, ..) => {
                    let category = self.tree.category(parent, &key, line);
                    self.value(category, depth);
                }
                _ => return self.refuse(line, "a category's name is no word"),
            }
            if self.is_broken {
                return;
            }
        }
    }

    /// The terms or parts of a category.
    fn value(&mut self, category: usize, depth: usize) {
        let Some((event, line)) = self.next() else { return };
        self.entry(category, event, line, depth);
    }

    fn entry(&mut self, category: usize, event: Event<'a>, line: usize, depth: usize) {
        match event {
            // `category:` without a value is an empty one, as YAML's null is.
            Event::Scalar(term, ..) if term.is_empty() || term == "~" => {}
            Event::Scalar(term, ..) => self.tree.term(category, &term, line),
            Event::MappingStart(..) if depth < DEEPEST => self.mapping(Some(category), depth + 1),
            Event::SequenceStart(..) if depth < DEEPEST => {
                while let Some((event, line)) = self.next() {
                    if event == Event::SequenceEnd || self.is_broken {
                        return;
                    }
                    self.entry(category, event, line, depth + 1);
                }
            }
            Event::Alias(_) => self.refuse(line, "an alias (`*name`) stands for a term"),
            _ => self.refuse(line, "the categories are nested too deep"),
        }
    }

    fn refuse(&mut self, line: usize, message: &str) {
        self.is_broken = true;
        self.tree.error(line, message, "put the term in quotation marks, and write `category: [term, term]`");
    }
}
