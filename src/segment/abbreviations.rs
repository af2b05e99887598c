//! Which words end in a full stop of their own, and whether that stop can end a sentence too.

/// What an abbreviation tells about the words after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name (`Mr.`, `Gov.`): never ends a sentence.
    Title,
    /// Stands in mid-sentence (`vs.`, `i.e.`): never ends a sentence.
    Inner,
    /// Is one before a number only (`No. 5`, `p. 12`).
    BeforeNumber,
    /// A month or weekday (`Sept.`).
    Date,
    /// A US state or another region (`Calif.`); one only after a comma or hyphen.
    Region,
    /// Stands after a name (`Inc.`, `Jr.`).
    AfterName,
    /// Ends a list or gives a time (`etc.`, `p.m.`): a capital after it starts a sentence.
    Final,
    /// Letters with stops (`U.S.`, `D.C.`).
    Acronym,
    /// One capital letter (`J.`).
    Initial,
}

/// What `word`, given without its last full stop, abbreviates.
pub(super) fn lookup(word: &str) -> Option<Abbreviation> {
    let mut chars = word.chars();
    let first = chars.next()?;
    if chars.next().is_none() {
        return match first {
            'm' | 'p' => Some(Abbreviation::BeforeNumber),
            'b' | 'c' | 'd' | 'v' => Some(Abbreviation::Inner),
            _ => first.is_uppercase().then_some(Abbreviation::Initial),
        };
    }
    if word.len() > 12 {
        return None;
    }
    let lower = word.to_lowercase();
    listed(&lower, first.is_uppercase()).or_else(|| is_dotted(word).then_some(Abbreviation::Acronym))
}

/// Whether `word` is letters parted by full stops: `U.S`, `a.k.a`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic) && !part.is_empty())
}

fn listed(lower: &str, capital: bool) -> Option<Abbreviation> {
    use Abbreviation::{AfterName, BeforeNumber, Date, Final, Inner, Region, Title};
    let found = match lower {
        "mr" | "mrs" | "ms" | "mx" | "messrs" | "mmes" | "mme" | "mlle" | "dr" | "drs" | "prof" | "profs" | "sen" | "sens" | "rep"
        | "reps" | "gov" | "govs" | "gen" | "brig" | "maj" | "col" | "lt" | "capt" | "cmdr" | "cdr" | "cpl" | "pvt" | "pfc" | "sgt"
        | "sgts" | "adm" | "rev" | "revs" | "hon" | "fr" | "st" | "ste" | "mt" | "ft" | "pres" | "amb" | "atty" | "supt" | "det"
        | "insp" | "msgr" | "del" | "treas" | "comdr" | "dep" | "asst" | "assoc" | "ald" | "shri" | "smt" | "engr" | "arch" | "eng"
        | "pte" | "vice-adm" | "const" => Title,
        "no" | "nos" | "div" | "art" | "arts" | "fig" | "figs" | "pp" | "vol" | "vols" | "ch" | "chap" | "op" | "par" | "para"
        | "paras" | "ver" | "nr" | "pg" | "pgs" | "eq" | "tel" | "ext" | "rs" | "sec" | "secs" | "cl" | "reg" | "ss" | "stat" => {
            BeforeNumber
        }
        "vs" | "cf" | "viz" | "e.g" | "i.e" | "eg" | "ie" | "ca" | "approx" | "al" | "incl" | "resp" | "esp" | "op.cit" | "a.k.a"
        | "aka" | "w.r.t" | "dept" | "univ" | "gov't" | "govt" | "intl" | "int'l" | "natl" | "nat'l" | "misc" | "orig" | "ed" | "eds"
        | "trans" | "repr" | "temp" | "avg" | "max" | "min" | "est" | "cont" | "s.t" => Inner,
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec" | "mon" | "tue" | "tues" | "wed"
        | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" => Date,
        "ala" | "ariz" | "ark" | "calif" | "cal" | "colo" | "conn" | "fla" | "ga" | "ill" | "ind" | "kan" | "kans" | "ky" | "la" | "md"
        | "mass" | "mich" | "minn" | "miss" | "mo" | "mont" | "neb" | "nebr" | "nev" | "okla" | "ore" | "pa" | "penn" | "penna"
        | "tenn" | "tex" | "vt" | "va" | "wash" | "wis" | "wisc" | "wyo" | "ont" | "que" | "alta" | "sask" | "man" | "vic" | "tas"
        | "qld" => Region,
        "inc" | "corp" | "ltd" | "co" | "cos" | "bros" | "llc" | "plc" | "jr" | "sr" | "esq" | "ph.d" | "m.d" | "ave" | "blvd" | "rd"
        | "hwy" | "bldg" | "jnr" | "snr" | "pty" | "mfg" | "assn" | "ass'n" | "dist" | "cie" | "s.a" | "n.v" | "b.v" | "s.p.a" | "gmbh"
        | "sp" | "mln" | "bln" | "trln" => AfterName,
        "etc" | "a.m" | "p.m" | "am" | "pm" | "ibid" | "b.c" | "a.d" | "b.c.e" | "c.e" | "oz" | "lbs" | "lb" | "hrs" | "hr" | "mins"
        | "sq" | "cu" | "yrs" | "yr" | "mph" | "km" | "kg" | "mm" | "cm" => Final,
        _ => return None,
    };
    let needs_capital = matches!(found, Title | Date | Region)
        || matches!(found, AfterName if !lower.contains('.') && !matches!(lower, "mln" | "bln" | "trln"));
    let is_word_too = matches!(lower, "am" | "pm" | "hr" | "mm" | "cm" | "km" | "kg" | "mph" | "hrs" | "mins" | "yr" | "yrs");
    (!is_word_too
        && (capital
            || !needs_capital
            || matches!(lower, "sen" | "gov" | "rep" | "gen" | "lt" | "sgt" | "capt" | "mr" | "mrs" | "ms" | "dr" | "prof")))
    .then_some(found)
}

/// Whether a capitalised `word` mostly stands at the start of a sentence, so that a full stop before it ends one.
pub(super) fn starts_sentences(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "You"
            | "I"
            | "In"
            | "On"
            | "At"
            | "But"
            | "And"
            | "However"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "When"
            | "While"
            | "If"
            | "As"
            | "For"
            | "Since"
            | "After"
            | "Before"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "Our"
            | "My"
            | "Your"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "Where"
            | "Which"
            | "Some"
            | "Many"
            | "Most"
            | "According"
            | "Although"
            | "Though"
            | "Meanwhile"
            | "So"
            | "Yet"
            | "Or"
            | "Not"
            | "Also"
            | "Here"
            | "Now"
            | "Then"
            | "Once"
            | "By"
            | "With"
            | "From"
            | "To"
            | "Under"
            | "During"
            | "Despite"
            | "Both"
            | "Each"
            | "Every"
            | "Another"
            | "Other"
            | "Others"
            | "Is"
            | "Are"
            | "Was"
            | "Were"
            | "Do"
            | "Does"
            | "Did"
            | "Can"
            | "Could"
            | "Will"
            | "Would"
            | "Should"
            | "Has"
            | "Have"
            | "Had"
            | "Let"
            | "Please"
            | "Thanks"
            | "Thank"
            | "Because"
            | "Until"
            | "Even"
            | "Just"
            | "Only"
            | "Still"
            | "Perhaps"
            | "Maybe"
            | "Nor"
            | "Instead"
            | "Indeed"
            | "Moreover"
            | "Furthermore"
            | "Additionally"
            | "Therefore"
            | "Thus"
            | "Earlier"
            | "Later"
            | "Last"
            | "Such"
            | "Of"
            | "Among"
            | "Between"
            | "About"
            | "Over"
            | "Through"
            | "Without"
            | "Within"
            | "Several"
            | "Few"
            | "All"
            | "Any"
            | "None"
            | "Nobody"
            | "Everyone"
            | "Someone"
            | "Mr"
            | "Mrs"
            | "Ms"
            | "Asked"
            | "Speaking"
            | "Unlike"
            | "Like"
            | "Whether"
            | "Unless"
            | "Yes"
            | "Well"
            | "Today"
            | "Yesterday"
            | "Tomorrow"
            | "Nevertheless"
            | "Whatever"
            | "Regarding"
            | "Given"
            | "Back"
            | "Rather"
            | "Similarly"
            | "Finally"
            | "First"
            | "Second"
            | "Third"
            | "Further"
            | "Upon"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_titles_acronyms_and_initials() {
        for (word, expected) in [
            ("Gov", Some(Abbreviation::Title)),
            ("U.S", Some(Abbreviation::Acronym)),
            ("p.m", Some(Abbreviation::Final)),
            ("J", Some(Abbreviation::Initial)),
            ("Calif", Some(Abbreviation::Region)),
            ("mass", None),
            ("house", None),
            ("sun", None),
        ] {
            assert_eq!(lookup(word), expected, "{word}");
        }
    }
}
