//! Person names: their parts without titles, and which two names can mean one person, in whatever order their parts stand.

use unicode_normalization::UnicodeNormalization;

use crate::speakers::lexicon;

/// Lower case without diacritics, hyphens, apostrophes and full stops: *Jae-myung* and *Jaemyung*, *Orbán* and *Orban* fall together.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for ch in text.nfd().flat_map(char::to_lowercase) {
        match ch {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            _ if ch.is_whitespace() => folded.push(' '),
            _ if ch.is_alphanumeric() => folded.push(ch),
            _ => {}
        }
    }
    folded
}

/// One way to write a person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::speakers) struct PersonName {
    /// Folded parts in the order they stand, without titles, particles and suffixes. Never empty.
    parts: Vec<String>,
    /// Whether a title stays with the single part (*Pope Francis*).
    keeps_title: bool,
    /// How many words of the mention before the name are titles.
    pub(in crate::speakers) titles: usize,
}

impl PersonName {
    /// Reads the words of a mention; `None` where nothing but titles is left.
    pub(in crate::speakers) fn parse(words: &[&str]) -> Option<Self> {
        let mut titles = words.iter().take_while(|word| is_title(word)).count().min(words.len().saturating_sub(1));
        titles = titles.max(inner_title(words));
        let left = words.len() - titles;
        let keeps = |title: usize| words.get(title).is_some_and(|word| lexicon::stays_with_name(&word.to_lowercase()));
        let keeps_title = left <= 2 && titles > 0 && keeps(titles - 1) && words.get(titles + 1).is_none_or(|word| is_suffix(word));
        let name: Vec<&str> = words.iter().skip(titles).copied().collect();
        let parts: Vec<String> = name
            .iter()
            .enumerate()
            .filter(|(at, word)| !is_particle(word, *at == 0 && name.len() > 1))
            .map(|(_, word)| word)
            .filter(|word| !is_suffix(word))
            .map(|word| part(word))
            .filter(|part| !part.is_empty())
            .collect();
        titles -= usize::from(keeps_title);
        (!parts.is_empty()).then_some(Self { parts, keeps_title, titles })
    }

    /// Adds the name to `out` as [`Self::unpack`] reads it; the titles before it are left out.
    pub(in crate::speakers) fn pack(&self, out: &mut String) {
        out.push_str(&self.parts.join(" "));
        if self.keeps_title {
            out.push(' ');
        }
    }

    /// Reads a packed name.
    pub(in crate::speakers) fn unpack(packed: &str) -> Self {
        Self { parts: packed.split_whitespace().map(ToOwned::to_owned).collect(), keeps_title: packed.ends_with(' '), titles: 0 }
    }

    /// Whether this is one part only (*Wang*).
    pub(in crate::speakers) fn is_short(&self) -> bool {
        self.parts.len() == 1
    }

    /// The folded parts.
    pub(in crate::speakers) fn parts(&self) -> &[String] {
        &self.parts
    }

    /// A rank of fullness: more whole parts, then more initials, then a title that stays, then more letters.
    pub(in crate::speakers) fn fullness(&self) -> (usize, usize, bool, usize) {
        let whole = self.parts.iter().filter(|part| !is_initial(part)).count();
        (whole, self.parts.len(), self.keeps_title, self.parts.iter().map(String::len).sum())
    }

    /// Whether two names of several parts can mean one person: the shorter one's parts all have a match in the longer one, in any order.
    pub(in crate::speakers) fn agrees_with(&self, other: &Self) -> bool {
        if self.parts.concat() == other.parts.concat() || self.is_joined(other) || other.is_joined(self) {
            return true;
        }
        let (short, long) = if self.parts.len() <= other.parts.len() { (self, other) } else { (other, self) };
        let mut free: Vec<&String> = long.parts.iter().collect();
        let mut whole = 0;
        for part in &short.parts {
            let exact = free.iter().position(|other| *other == part);
            let Some(at) = exact.or_else(|| free.iter().position(|other| matches(part, other))) else {
                return false;
            };
            whole += usize::from(exact.is_some() && !is_initial(part));
            free.remove(at);
        }
        whole > 0
    }

    /// Whether two neighbouring parts of this name are one of the other, whatever order the parts stand in: *Kim Min-seo*, *Min Seo Kim*.
    fn is_joined(&self, other: &Self) -> bool {
        let sorted = |mut parts: Vec<String>| {
            parts.sort_unstable();
            parts
        };
        let joined = |at: usize| {
            let mut parts = self.parts.clone();
            let second = parts.remove(at + 1);
            if let Some(first) = parts.get_mut(at) {
                first.push_str(&second);
            }
            parts
        };
        self.parts.len() == other.parts.len() + 1 && other.parts.len() > 1 && {
            let others = sorted(other.parts.clone());
            (0..self.parts.len() - 1).any(|at| sorted(joined(at)) == others)
        }
    }

    /// How well the single part of `short` names the bearer of this name: 0 not at all, 1 a middle or given name, 2 a given name used
    /// alone where surnames stand first, 3 the surname.
    pub(in crate::speakers) fn named_by(&self, short: &Self) -> u8 {
        let Some(wanted) = short.parts.first() else { return 0 };
        let Some(at) = self.parts.iter().position(|part| part == wanted) else {
            let bare = |part: &String| ["al", "el"].iter().any(|article| part.strip_prefix(article) == Some(wanted) && wanted.len() > 3);
            return if self.parts.iter().any(bare) { 3 } else { 0 };
        };
        let last = self.parts.len() - 1;
        let is_leading = self.parts.first().is_some_and(|part| lexicon::is_leading_surname(part));
        match at {
            _ if last == 0 => 3,
            0 if is_leading => 3,
            _ if at == last && is_leading => 2,
            _ if at == last => 3,
            // Spanish names: *Claudia Sheinbaum Pardo* is *Sheinbaum*.
            _ if at + 1 == last && last >= 2 => 2,
            _ => 1,
        }
    }

    /// The part most likely given by parents: the first, or the second after a surname that stands first.
    pub(in crate::speakers) fn given(&self) -> Option<&str> {
        let leading = self.parts.len() > 1 && self.parts.first().is_some_and(|part| lexicon::is_leading_surname(part));
        self.parts.get(usize::from(leading)).filter(|_| self.parts.len() > 1).map(String::as_str)
    }
}

/// A word of a name, folded; a leading Arabic article goes (*al-Assad* → *assad*).
fn part(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = ["al-", "el-", "al‑"].iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    fold(bare)
}

/// Whether a word is a particle: written small, or with the capital of a name that starts with it (*Von der Leyen*, never *Al Gore*).
fn is_particle(word: &str, is_first: bool) -> bool {
    let folded = fold(word);
    lexicon::is_inner_particle(&folded) && (!word.starts_with(char::is_uppercase) || is_first && folded != "al")
}

fn is_initial(part: &str) -> bool {
    part.chars().count() == 1
}

fn is_suffix(word: &str) -> bool {
    lexicon::is_suffix(&fold(word))
}

fn matches(a: &str, b: &str) -> bool {
    (is_initial(a) && b.starts_with(a)) || (is_initial(b) && a.starts_with(b)) || lexicon::are_nicknames(a, b)
}

/// Whether a word before a name is an honorific or a title (*Dr.*, *Premier*, *Lieutenant-General*).
pub(in crate::speakers) fn is_title(word: &str) -> bool {
    let lower = word.to_lowercase();
    lexicon::is_honorific(&lower)
        || word.starts_with(char::is_uppercase) && (lexicon::is_role_noun(&lower) || lexicon::is_role_modifier(&lower) && word.len() > 3)
}

/// How many words lead to the last title before a whole name: *Nobel Laureate Ana Lind* has two.
fn inner_title(words: &[&str]) -> usize {
    let names_office = |word: &str| lexicon::is_inner_title(&word.to_lowercase()) && word.starts_with(char::is_uppercase);
    let last = words.len().saturating_sub(2);
    words.get(..last).unwrap_or_default().iter().rposition(|word| names_office(word)).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> PersonName {
        PersonName::parse(&text.split(' ').collect::<Vec<_>>()).expect("a name")
    }

    #[test]
    fn words_before_a_title_are_no_name() {
        assert_eq!(name("Nobel Laureate Ana Lind").parts(), ["ana", "lind"]);
        assert_eq!(name("Nobel Laureate Ana Lind").titles, 2);
        assert_eq!(name("Ana Mayor Lind").titles, 0);
    }

    #[test]
    fn titles_particles_and_suffixes_are_no_parts() {
        for (text, parts) in [
            ("Dr. Ursula von der Leyen", vec!["ursula", "leyen"]),
            ("Lieutenant-General J. R. Smith Jr.", vec!["j", "r", "smith"]),
            ("President Bashar al-Assad", vec!["bashar", "assad"]),
            ("Prime Minister Orbán", vec!["orban"]),
            ("Pope Francis", vec!["francis"]),
            ("Mohammed bin Salman", vec!["mohammed", "salman"]),
            ("Marine Le Pen", vec!["marine", "le", "pen"]),
        ] {
            assert_eq!(name(text).parts(), parts, "{text}");
        }
    }

    #[test]
    fn full_names_agree_in_any_order_and_form() {
        for (a, b) in [
            ("Orbán Viktor", "Viktor Orban"),
            ("Kim Jong-un", "Kim Jong Un"),
            ("Kim Min-seo", "Min Seo Kim"),
            ("Jim Farley", "James D. Farley"),
            ("J. K. Rowling", "Joanne Rowling"),
            ("Hillary Clinton", "Hillary Rodham Clinton"),
        ] {
            assert!(name(a).agrees_with(&name(b)) || name(b).agrees_with(&name(a)), "{a} = {b}");
        }
        for (a, b) in [("Bill Clinton", "Hillary Clinton"), ("Wang Lijun", "Wang Wenbin"), ("J. Smith", "Peter Smith")] {
            assert!(!name(a).agrees_with(&name(b)), "{a} ≠ {b}");
        }
    }

    #[test]
    fn a_short_name_is_first_of_all_a_surname() {
        for (full, short, fit) in [
            ("Wang Lijun", "Wang", 3),
            ("Wang Lijun", "Lijun", 2),
            ("Angela Merkel", "Merkel", 3),
            ("Angela Merkel", "Angela", 1),
            ("Nguyen Xuan Phuc", "Phuc", 2),
            ("Lee Jae-myung", "Lee", 3),
            ("Robert Lee", "Lee", 3),
            ("Viktor Orbán", "Orban", 3),
            ("Claudia Sheinbaum Pardo", "Sheinbaum", 2),
            ("Bashar al-Assad", "Assad", 3),
            ("Angela Merkel", "Scholz", 0),
        ] {
            assert_eq!(name(full).named_by(&name(short)), fit, "{short} for {full}");
        }
    }
}
