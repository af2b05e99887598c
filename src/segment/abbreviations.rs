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
    let listed = in_any_case(&lower).or_else(|| if first.is_uppercase() { capitalised(&lower) } else { None });
    listed.or_else(|| is_dotted(word).then_some(Abbreviation::Acronym))
}

/// Whether `word` is letters parted by full stops: `U.S`, `a.k.a`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic) && !part.is_empty())
}

/// Abbreviations that no other word looks like.
fn in_any_case(lower: &str) -> Option<Abbreviation> {
    use Abbreviation::{AfterName, BeforeNumber, Final, Inner, Title};
    Some(match lower {
        "mr" | "mrs" | "ms" | "messrs" | "dr" | "drs" | "prof" | "profs" | "sgt" | "capt" | "lt" | "cmdr" | "lic" => Title,
        "no" | "nos" | "div" | "art" | "arts" | "fig" | "figs" | "pp" | "vol" | "vols" | "ch" | "chap" | "op" | "par" | "para"
        | "paras" | "ver" | "nr" | "pg" | "pgs" | "eq" | "tel" | "ext" | "rs" | "sec" | "secs" | "cl" | "reg" | "ss" | "stat" => {
            BeforeNumber
        }
        "vs" | "cf" | "viz" | "e.g" | "i.e" | "eg" | "ca" | "approx" | "al" | "incl" | "resp" | "esp" | "op.cit" | "a.k.a" | "w.r.t"
        | "int'l" | "nat'l" => Inner,
        "dept" | "univ" | "gov't" | "govt" | "ass'n" | "assn" | "ph.d" | "m.d" | "s.a" | "n.v" | "b.v" | "s.p.a" | "mln" | "bln"
        | "trln" => AfterName,
        "etc" | "a.m" | "p.m" | "ibid" | "b.c" | "a.d" | "b.c.e" | "c.e" | "oz" | "lbs" | "lb" | "sq" | "cu" => Final,
        _ => return None,
    })
}

/// Abbreviations if they start with a capital: a `mass` is none, `Mass` may be.
fn capitalised(lower: &str) -> Option<Abbreviation> {
    use Abbreviation::{AfterName, Date, Region, Title};
    Some(match lower {
        "mx" | "mmes" | "mme" | "mlle" | "sen" | "sens" | "rep" | "reps" | "gov" | "govs" | "gen" | "brig" | "maj" | "col" | "cdr"
        | "cpl" | "pvt" | "pfc" | "sgts" | "adm" | "rev" | "revs" | "hon" | "fr" | "st" | "ste" | "mt" | "ft" | "pres" | "amb" | "atty"
        | "supt" | "det" | "insp" | "msgr" | "del" | "treas" | "comdr" | "dep" | "asst" | "assoc" | "ald" | "shri" | "smt" | "engr"
        | "pte" => Title,
        "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec" | "mon" | "tue" | "tues" | "wed"
        | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun" => Date,
        "ala" | "ariz" | "ark" | "calif" | "cal" | "colo" | "conn" | "fla" | "ga" | "ill" | "ind" | "kan" | "kans" | "ky" | "la" | "md"
        | "mass" | "mich" | "minn" | "miss" | "mo" | "mont" | "neb" | "nebr" | "nev" | "okla" | "ore" | "pa" | "penn" | "penna"
        | "tenn" | "tex" | "vt" | "va" | "wash" | "wis" | "wisc" | "wyo" | "ont" | "que" | "alta" | "sask" | "man" | "vic" | "tas"
        | "qld" => Region,
        "inc" | "corp" | "ltd" | "co" | "cos" | "bros" | "llc" | "plc" | "jr" | "sr" | "esq" | "ave" | "blvd" | "rd" | "hwy" | "bldg"
        | "jnr" | "snr" | "pty" | "mfg" | "dist" | "cie" | "gmbh" => AfterName,
        _ => return None,
    })
}

/// Capitalised words that mostly start a sentence; sorted.
#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "A", "About", "According", "Additionally", "After", "All", "Also", "Although", "Among", "An", "And", "Another", "Any", "Are", "As",
    "Asked", "At", "Back", "Because", "Before", "Between", "Both", "But", "By", "Can", "Could", "Despite", "Did", "Do", "Does",
    "During", "Each", "Earlier", "Even", "Every", "Everyone", "Few", "Finally", "First", "For", "From", "Further", "Furthermore",
    "Given", "Had", "Has", "Have", "He", "Her", "Here", "His", "How", "However", "I", "If", "In", "Indeed", "Instead", "Is", "It",
    "Its", "Just", "Last", "Later", "Let", "Like", "Many", "Maybe", "Meanwhile", "Moreover", "Most", "Mr", "Mrs", "Ms", "My",
    "Nevertheless", "Nobody", "None", "Nor", "Not", "Now", "Of", "On", "Once", "Only", "Or", "Other", "Others", "Our", "Over",
    "Perhaps", "Please", "Rather", "Regarding", "Second", "Several", "She", "Should", "Similarly", "Since", "So", "Some", "Someone",
    "Speaking", "Still", "Such", "Thank", "Thanks", "That", "The", "Their", "Then", "There", "Therefore", "These", "They", "Third",
    "This", "Those", "Though", "Through", "Thus", "To", "Today", "Tomorrow", "Under", "Unless", "Unlike", "Until", "Upon", "Was", "We",
    "Well", "Were", "What", "Whatever", "When", "Where", "Whether", "Which", "While", "Who", "Why", "Will", "With", "Within", "Without",
    "Would", "Yes", "Yesterday", "Yet", "You", "Your",
];

/// Whether a capitalised `word` mostly stands at the start of a sentence, so that a full stop before it ends one.
pub(super) fn starts_sentences(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
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
