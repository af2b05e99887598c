//! Porter's first stemmer with the additions of NLTK, which scorers of keyphrases use; everything else here stems by Porter2.
//!
//! Porter, *An algorithm for suffix stripping*, Program 14 (1980). NLTK adds irregular words and changes the rules for *ies*, *ied*, *y*,
//! *alli*, *fulli* and *logi*; words of one or two letters stay as they are.

/// A suffix and what replaces it after a stem with a vowel and a consonant behind it.
type Rule = (&'static str, &'static str);

const IRREGULAR: [(&str, &str); 16] = [
    ("sky", "sky"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("news", "news"),
    ("innings", "inning"),
    ("inning", "inning"),
    ("outings", "outing"),
    ("outing", "outing"),
    ("cannings", "canning"),
    ("canning", "canning"),
    ("howe", "howe"),
    ("proceed", "proceed"),
    ("exceed", "exceed"),
    ("succeed", "succeed"),
];

const STEP_2: [Rule; 20] = [
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("bli", "ble"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("fulli", "ful"),
];

const STEP_3: [Rule; 7] = [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

const STEP_4: [&str; 19] = [
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous", "ive", "ize",
];

/// The stem of a word in lower case.
pub(super) fn porter_stem(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(form, _)| *form == word) {
        return (*stem).to_owned();
    }
    if word.chars().count() <= 2 {
        return word.to_owned();
    }
    step_5(&step_4(step_3(step_2(step_1c(step_1b(step_1a(word)))))))
}

/// Which characters are consonants: all but *a e i o u*, and *y* after a consonant.
fn consonants(word: &str) -> Vec<bool> {
    let mut flags: Vec<bool> = Vec::with_capacity(word.len());
    for ch in word.chars() {
        let before = flags.last().copied();
        flags.push(match ch {
            'a' | 'e' | 'i' | 'o' | 'u' => false,
            'y' => before.is_none_or(|before| !before),
            _ => true,
        });
    }
    flags
}

/// How often a consonant follows a vowel: *m* in the paper.
fn measure(stem: &str) -> usize {
    let flags = consonants(stem);
    flags.iter().zip(flags.iter().skip(1)).filter(|(before, after)| !**before && **after).count()
}

fn has_vowel(stem: &str) -> bool {
    consonants(stem).contains(&false)
}

/// *d in the paper.
fn ends_double_consonant(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next().is_some_and(|last| back.next() == Some(last)) && consonants(word).last() == Some(&true)
}

/// *o in the paper, and for words of two letters a vowel and a consonant.
fn ends_short(word: &str) -> bool {
    match consonants(word).as_slice() {
        [.., true, false, true] => !word.ends_with(['w', 'x', 'y']),
        [false, true] => true,
        _ => false,
    }
}

fn step_1a(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}{}", if word.chars().count() == 4 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("sses") {
        return format!("{stem}ss");
    }
    if word.ends_with("ss") { word.to_owned() } else { word.strip_suffix('s').unwrap_or(word).to_owned() }
}

fn step_1b(word: String) -> String {
    if let Some(stem) = word.strip_suffix("ied") {
        return format!("{stem}{}", if word.chars().count() == 4 { "ie" } else { "i" });
    }
    if let Some(stem) = word.strip_suffix("eed") {
        return if measure(stem) > 0 { format!("{stem}ee") } else { word };
    }
    let Some(stem) = ["ed", "ing"].iter().find_map(|suffix| word.strip_suffix(suffix).filter(|stem| has_vowel(stem))) else {
        return word;
    };
    if ["at", "bl", "iz"].iter().any(|suffix| stem.ends_with(suffix)) {
        return format!("{stem}e");
    }
    if ends_double_consonant(stem) {
        let undoubled = stem.strip_suffix(|_| true).unwrap_or(stem);
        return if stem.ends_with(['l', 's', 'z']) { stem } else { undoubled }.to_owned();
    }
    if measure(stem) == 1 && ends_short(stem) { format!("{stem}e") } else { stem.to_owned() }
}

fn step_1c(word: String) -> String {
    match word.strip_suffix('y') {
        Some(stem) if stem.chars().nth(1).is_some() && consonants(stem).last() == Some(&true) => format!("{stem}i"),
        _ => word,
    }
}

fn step_2(word: String) -> String {
    if let Some(stem) = word.strip_suffix("alli") {
        // Where the stem is too short the list below would not touch it either.
        return if measure(stem) > 0 { step_2(format!("{stem}al")) } else { word };
    }
    if let Some(stem) = word.strip_suffix("logi") {
        return if measure(&format!("{stem}l")) > 0 { format!("{stem}log") } else { word };
    }
    first_rule(word, &STEP_2)
}

fn step_3(word: String) -> String {
    first_rule(word, &STEP_3)
}

/// The first rule whose suffix fits decides, whether its condition holds or not.
fn first_rule(word: String, rules: &[Rule]) -> String {
    let fitting = rules.iter().find_map(|(suffix, replacement)| Some((word.strip_suffix(suffix)?, replacement)));
    match fitting {
        Some((stem, replacement)) if measure(stem) > 0 => format!("{stem}{replacement}"),
        _ => word,
    }
}

fn step_4(word: String) -> String {
    let fitting = STEP_4.iter().find_map(|suffix| Some((word.strip_suffix(suffix)?, *suffix)));
    match fitting {
        Some((stem, suffix)) if measure(stem) > 1 && (suffix != "ion" || stem.ends_with(['s', 't'])) => stem.to_owned(),
        _ => word,
    }
}

fn step_5(word: &str) -> String {
    let bare = match word.strip_suffix('e') {
        Some(stem) if measure(stem) > 1 || (measure(stem) == 1 && !ends_short(stem)) => stem,
        _ => word,
    };
    match bare.strip_suffix('l') {
        Some(single) if single.ends_with('l') && measure(single) > 1 => single.to_owned(),
        _ => bare.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_as_nltk_does() {
        let rows = [
            ("caresses", "caress"),
            ("ponies", "poni"),
            ("ties", "tie"),
            ("cats", "cat"),
            ("agreed", "agre"),
            ("feed", "feed"),
            ("plastered", "plaster"),
            ("sing", "sing"),
            ("conflated", "conflat"),
            ("hopping", "hop"),
            ("falling", "fall"),
            ("filing", "file"),
            ("failing", "fail"),
            ("died", "die"),
            ("spied", "spi"),
            ("happy", "happi"),
            ("enjoy", "enjoy"),
            ("by", "by"),
            ("relational", "relat"),
            ("rationally", "ration"),
            ("hopefully", "hope"),
            ("geology", "geolog"),
            ("archaeology", "archaeolog"),
            ("electricity", "electr"),
            ("triplicate", "triplic"),
            ("adoption", "adopt"),
            ("replacement", "replac"),
            ("controlling", "control"),
            ("rate", "rate"),
            ("probate", "probat"),
            ("news", "news"),
            ("skies", "sky"),
            ("yyyy", "yyyi"),
            ("élan", "élan"),
            ("universities", "univers"),
        ];
        for (word, stem) in rows {
            assert_eq!(porter_stem(word), stem, "{word}");
        }
    }
}
