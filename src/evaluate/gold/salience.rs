//! The salient entities of GUM: those that summaries of a document name, with their mentions, from the comments and the last column.
//!
//! `# meta::salientEntities = 3 (5*), 18` lists their numbers; `Entity=(3-person-new-sssss-cf1-1,2-coref(4-…)` opens mentions and `18)`
//! closes one. The sixth field of an opening numbers the mention's words that carry it.

use std::collections::{BTreeMap, HashMap};

use super::SalientEntity;

/// A word with its tag.
type Word<'t> = (&'t str, &'t str);

/// A mention that is open: entity, first word, words that carry it.
type Opening<'t> = (&'t str, usize, &'t str);

/// The salient entities of each document that has some, in the order of the comment.
pub(super) fn read(text: &str) -> HashMap<String, Vec<SalientEntity>> {
    let mut found = HashMap::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(name) = value(line, "newdoc id") else { continue };
        let mut reader = Reader::default();
        while let Some(line) = lines.next_if(|line| value(line, "newdoc id").is_none()) {
            if let Some(list) = value(line, "meta::salientEntities") {
                reader.salient = list.split(',').filter_map(|item| item.split_whitespace().next()).collect();
            } else {
                reader.word(line);
            }
        }
        if !reader.salient.is_empty() {
            found.insert(name.to_owned(), reader.entities());
        }
    }
    found
}

fn value<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    let (found, value) = line.strip_prefix('#')?.split_once('=')?;
    (found.trim() == key).then(|| value.trim())
}

#[derive(Default)]
struct Reader<'t> {
    salient: Vec<&'t str>,
    words: Vec<Word<'t>>,
    open: Vec<Opening<'t>>,
    mentions: BTreeMap<&'t str, Vec<(String, Vec<String>)>>,
}

impl<'t> Reader<'t> {
    fn word(&mut self, line: &'t str) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[id, form, _, tag, .., misc] = columns.as_slice() else { return };
        if line.starts_with('#') || id.contains(['-', '.']) {
            return;
        }
        self.words.push((form, tag));
        let Some(brackets) = misc.split('|').find_map(|item| item.strip_prefix("Entity=")) else { return };
        let mut rest = brackets;
        while !rest.is_empty() {
            if let Some(opened) = rest.strip_prefix('(') {
                let end = opened.find(['(', ')']).unwrap_or(opened.len());
                let (opening, after) = opened.split_at_checked(end).unwrap_or((opened, ""));
                let mut fields = opening.split('-');
                self.open.push((fields.next().unwrap_or_default(), self.words.len() - 1, fields.nth(4).unwrap_or_default()));
                rest = after;
                if let Some(after) = rest.strip_prefix(')') {
                    self.close(None);
                    rest = after;
                }
            } else if let Some((closed, after)) = rest.split_once(')') {
                self.close(Some(closed));
                rest = after;
            } else {
                return;
            }
        }
    }

    /// Ends the last opened mention, or the last one of `entity`.
    fn close(&mut self, entity: Option<&str>) {
        let Some(at) = self.open.iter().rposition(|(opened, ..)| entity.is_none_or(|entity| entity == *opened)) else { return };
        let (entity, start, numbers) = self.open.remove(at);
        let words = self.words.get(start..).unwrap_or_default();
        let carrying = numbers.split(',').filter_map(|number| words.get(number.parse::<usize>().ok()?.checked_sub(1)?));
        let carrying: Vec<Word<'t>> = carrying.copied().collect();
        let is_said = carrying.iter().any(|(_, tag)| matches!(*tag, "NOUN" | "PROPN" | "ADJ" | "NUM" | "VERB"));
        if is_said {
            let text = words.iter().map(|(form, _)| *form).collect::<Vec<_>>().join(" ");
            let carrying = carrying.into_iter().map(|(form, _)| form.to_owned()).collect();
            self.mentions.entry(entity).or_default().push((text, carrying));
        }
    }

    /// Entities whose mentions are pronouns alone are left out.
    fn entities(mut self) -> Vec<SalientEntity> {
        let entities = self.salient.iter().filter_map(|entity| self.mentions.remove(entity));
        entities.map(|mentions| SalientEntity { mentions }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_of_salient_entities_are_read_with_their_carrying_words() {
        let row = |id: &str, form: &str, tag: &str, misc: &str| format!("{id}\t{form}\t_\t{tag}\t_\t_\t_\t_\t_\t{misc}\n");
        let text = [
            "# newdoc id = GUM_news_harbour\n# meta::salientEntities = 1 (5*), 4, 9 (1)\n".to_owned(),
            row("1", "The", "DET", "Entity=(1-organization-new-cf1-cf1-3-coref"),
            row("2", "Port", "PROPN", "Entity=(2-place-new-sg-cf2-1-sgl)|SpaceAfter=No"),
            row("3", "council", "NOUN", "Entity=1)"),
            row("4", "taxes", "VERB", "_"),
            row("5", "it", "PRON", "Entity=(4-abstract-giv-cf-cf2-1-ana)"),
        ]
        .concat();
        let expected = SalientEntity { mentions: vec![("The Port council".to_owned(), vec!["council".to_owned()])] };
        assert_eq!(read(&text).remove("GUM_news_harbour"), Some(vec![expected]));
        assert!(read("# newdoc id = plain\n1\tx\n").is_empty());
    }
}
