//! Codebooks that are wrong, and what is said of them; every format, read into the same themes.

use super::*;
use crate::Evidence;
use crate::testing::Annotated;
use crate::themes::ThemeCoder;

#[test]
fn every_fault_names_its_line_and_key() {
    let theme = "[[theme]]\nid = \"ports\"\n";
    let rows = [
        (String::new(), "line 1: the codebook has no theme"),
        (format!("{theme}keyword = [\"port\"]"), "line 3: unknown field `keyword`, expected one of"),
        ("[[theme]]\nkeywords = [\"port\"]".to_owned(), "line 1: missing field `id`"),
        (format!("{theme}keywords = [\"port\""), "line 3: "),
        (format!("{theme}keywords = \"port\""), "line 3: `keywords`: invalid type string"),
        (theme.to_owned(), "line 2: theme `ports` has no keywords, phrases, wildcards or patterns"),
        (format!("{theme}keywords = [\"port\"]\n{theme}phrases = [\"a b\"]"), "line 5: `id`: there are two themes `ports`"),
        ("[[theme]]\nid = \"Sea Ports\"\nkeywords = [\"port\"]".to_owned(), "line 2: `id`: `Sea Ports` is not made of"),
        (format!("{theme}parent = \"sea\"\nkeywords = [\"port\"]"), "line 3: `parent`: there is no theme `sea`"),
        (format!("{theme}parent = \"ports\"\nkeywords = [\"port\"]"), "line 3: `parent`: `ports` is its own parent"),
        (format!("{theme}keywords = [\n  \"port\",\n  \"sea port\",\n]"), "line 5: `keywords`: `sea port` is more than one word"),
        (format!("{theme}keywords = [\"port*\"]"), "line 3: `keywords`: `port*` has a `*` or `?`"),
        (format!("{theme}keywords = [\"\"]"), "line 3: `keywords`: `` has a word without letters"),
        (format!("{theme}wildcards = [\"port\"]"), "line 3: `wildcards`: `port` has no `*` or `?`"),
        (format!("{theme}wildcards = [\"*\"]"), "line 3: `wildcards`: `*` has a word without letters"),
        (format!("{theme}patterns = [\"port\"]"), "line 3: `patterns`: `port` does not stand between slashes"),
        (format!("{theme}patterns = [\"/po(rt/\"]"), "line 3: `patterns`: `/po(rt/` is no regular expression: unclosed group"),
        (format!("{theme}keywords = [\"port\"]\nexclude = [\"/[/\"]"), "line 4: `exclude`: `/[/` is no regular expression"),
    ];
    for (text, expected) in rows {
        let message = Codebook::from_toml(&text).expect_err(&text).to_string();
        let expected = format!("cannot read the codebook: {expected}");
        assert!(message.starts_with(&expected), "{text}\n{message}\n{expected}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn parents_may_be_empty_and_reach_far() {
    let text = "[[theme]]\nid = \"sea\"\n[[theme]]\nid = \"ports\"\nparent = \"sea\"\n[[theme]]\nid = \"berths\"\nparent = \"ports\"\nkeywords = [\"berth\"]";
    let codebook = Codebook::from_toml(text).expect("a codebook");
    assert_eq!(codebook.ancestors(2), [1, 0]);
    assert_eq!(codebook.themes()[2].label, "berths");
}

#[test]
fn loading_names_the_file() {
    let missing = Codebook::load(Path::new("no/such.toml")).expect_err("no file");
    assert!(missing.to_string().starts_with("no/such.toml: cannot read"), "{missing}");
}

#[test]
fn one_reading_names_every_problem() {
    let text = "titel = \"x\"\nmin_similarity = 1.5\n\n[[theme]]\nid = \"a\"\nparent = \"b\"\nkeywords = [\"port\", \"two words\", 7]\n\
        [[theme]]\nid = \"b\"\nparent = \"a\"\npatterns = [\"/(/\"]\nphrases = [\n\"sea port\",\n\"Port\",\n\"port\"]\n\
        [[theme]]\nid = \"a\"\nwildcards = [\"port*\"]\nparent = \"c\"\n";
    let found = Codebook::problems(text, CodebookFormat::Toml);
    let expected = [
        (1, "unknown field `titel`"),
        (2, "`min_similarity`: 1.5 is not between 0 and 1"),
        (6, "`parent`: `a` is its own parent"),
        (7, "`keywords`: invalid type integer"),
        (7, "`keywords`: `two words` is more than one word"),
        (10, "`parent`: `b` is its own parent"),
        (11, "`patterns`: `/(/` is no regular expression: unclosed group"),
        (15, "`port` is also a term of theme `a` (line 7)"),
        (17, "`id`: there are two themes `a`, the first in line 5"),
        (19, "`parent`: there is no theme `c`"),
    ];
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{lines:#?}");
    for (problem, (line, message)) in found.iter().zip(expected) {
        assert!(problem.line == line && problem.message.starts_with(message), "{problem} is not line {line}: {message}");
    }
}

/// The same two themes in every format.
const FORMATS: [(CodebookFormat, &str); 6] = [
    (
        CodebookFormat::Quanteda,
        "Sea:\n  Ports: [port, \"container terminal\", dredg*]\n  Fish:\n    - trawler?\n    - don't fish\n  __: [tide]\n",
    ),
    (
        CodebookFormat::Liwc,
        "%\n1\tSea\n\t2\tPorts\n\t3\tFish\n%\nport\t2\ncontainer terminal\t2\ndredg*\t2\ntrawler?\t3\ndon't fish\t3\ntide\t1\n",
    ),
    (
        CodebookFormat::WordStat,
        "Sea\r\n\tPorts\r\n\t\tPORT (1)\r\n\t\tCONTAINER_TERMINAL (1)\r\n\t\tDREDG* (0.5)\r\n\tFish\r\n\t\tTRAWLER? (1)\r\n\
         \t\tDON'T_FISH (1)\r\n\tTIDE (1)\r\n",
    ),
    (
        CodebookFormat::Yoshikoder,
        "<?xml version=\"1.0\"?><dictionary style=\"050805\" patternengine=\"substring\"><cnode name=\"All\"><cnode name=\"Sea\">\
         <cnode name=\"Ports\"><pnode name=\"port\"/><pnode name=\"container terminal\"/><pnode name=\"dredg*\"/></cnode>\
         <cnode name=\"Fish\"><pnode name=\"trawler?\"/><pnode name=\"don't fish\"/></cnode><pnode name=\"tide\"/></cnode></cnode></dictionary>",
    ),
    (CodebookFormat::Lexicoder, "+Sea\ntide\n+Ports\nport\ncontainer terminal\ndredg*\n+Fish\ntrawler?\ndon't fish\n"),
    (
        CodebookFormat::Csv,
        "theme,term,parent,label\nsea,tide,,Sea\nports,port,sea,Ports\nports,container terminal,sea,\nports,dredg*,sea,\nfish,trawler?,sea,Fish\n\
         fish,don't fish,sea,\n",
    ),
];

#[test]
fn every_format_gives_the_same_themes_and_evidence() {
    let text = "The port’s Container-terminal was dredged.\nTrawlers don’t fish at high tide.\nPorts pay.";
    for (format, dictionary) in FORMATS {
        let codebook = Codebook::parse(dictionary, format).unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert_eq!((codebook.themes().len(), codebook.terms()), (3, 6), "{format:?}");
        let annotated = Annotated::new(text);
        let themes = ThemeCoder::new(Some(codebook)).code(&annotated.reading(), &[], &[]);
        let evidence = |label: &str| {
            let theme = themes.iter().find(|theme| theme.label == label).unwrap_or_else(|| panic!("{format:?}: no {label}"));
            let text = |evidence: &Evidence| annotated.doc.slice(evidence.span).to_owned();
            theme.evidence.iter().map(text).collect::<Vec<_>>().join(", ")
        };
        // The CSV list is sayso's own and inflects; the others count as in the programs they come from.
        let ports =
            if format == CodebookFormat::Csv { "port, Container-terminal, dredged, Ports" } else { "port, Container-terminal, dredged" };
        assert_eq!((evidence("Ports").as_str(), evidence("Fish").as_str()), (ports, "Trawlers, don’t fish"), "{format:?}");
        let is_flat = format == CodebookFormat::Lexicoder;
        assert_eq!(
            evidence("Sea"),
            if is_flat {
                "tide".to_owned()
            } else {
                format!(
                    "{}, Trawlers, don’t fish, tide{}",
                    "port, Container-terminal, dredged",
                    if format == CodebookFormat::Csv { ", Ports" } else { "" }
                )
            },
            "{format:?}"
        );
    }
}

#[test]
fn faults_of_dictionaries_name_their_lines() {
    let rows = [
        (CodebookFormat::Quanteda, "a: [x\nb: y\n", "line "),
        (CodebookFormat::Quanteda, "- x\n", "line 1: a dictionary is a mapping from categories to terms"),
        (CodebookFormat::Quanteda, "a: [x]\nb: &n [y]\nc: *n\n", "line 3: an alias"),
        (CodebookFormat::Quanteda, "a: [x]\nb:\n", "line 2: theme `b` has no keywords, phrases, wildcards or patterns"),
        (CodebookFormat::Liwc, "1 a\n", "line 1: there is no `%` before the categories"),
        (CodebookFormat::Liwc, "%\n1 a\n", "line 2: there is no `%` after the categories"),
        (CodebookFormat::Liwc, "%\n1 a\n1 b\n%\nx 1\n", "line 3: there are two categories 1"),
        (CodebookFormat::Liwc, "%\n1 a\n%\nx 1\ny 2\n", "line 5: `y`: there is no category 2"),
        (CodebookFormat::Liwc, "%\n1 a\n%\nx 1\ny\n", "line 5: `y` has no category"),
        (CodebookFormat::WordStat, "\nX (1)\n", "line 2: `X` stands in no category"),
        (CodebookFormat::Yoshikoder, "<dictionary>\n<cnode name=\"a\">\n", "line 1: not well-formed XML"),
        (CodebookFormat::Yoshikoder, "<dictionary>\n<cnode/></dictionary>", "line 2: `cnode` has no name"),
        (CodebookFormat::Yoshikoder, "<dict/>", "line 1: `dict` is no Yoshikoder dictionary"),
        (CodebookFormat::Lexicoder, "x\n+a\ny\n", "line 1: `x` stands before the first category"),
        (CodebookFormat::Csv, "theme,word\na,x\n", "line 1: unknown column `word`"),
        (CodebookFormat::Csv, "theme,term,type\na,x,noun\n", "line 2: `type`: `noun` is none of"),
        (CodebookFormat::Csv, "theme,term\na,x,y\n", "line 2: the row has 3 cells, the header 2"),
        (CodebookFormat::Csv, "theme,term\n,x\n", "line 2: `theme`: the cell is empty"),
    ];
    for (format, text, expected) in rows {
        let message = Codebook::parse(text, format).expect_err(text).to_string();
        assert!(message.starts_with(&format!("cannot read the codebook: {expected}")), "{text}\n{message}");
        assert!(!message.contains('\n'), "{message}");
    }
}

#[test]
fn what_has_no_counterpart_is_noted_and_left_out() {
    let rows = [
        (
            CodebookFormat::Liwc,
            "%\n1 a\n2 b\n%\nlike\t(02 134)1/2\nkind <of>\t1\n:)\t2\n",
            &["the condition of `like`", "`<of>`", "`:)`"][..],
            1,
        ),
        (CodebookFormat::WordStat, "A\n\tX (1)\n\t@NEAR_X [X NEAR Y] (1)\n", &["the rule `@NEAR_X"], 1),
    ];
    for (format, text, notes, terms) in rows {
        let problems = Codebook::problems(text, format);
        assert_eq!(problems.len(), notes.len(), "{problems:?}");
        assert!(problems.iter().zip(notes).all(|(problem, note)| problem.is_note && problem.message.contains(note)), "{problems:?}");
        assert!(Codebook::parse(text, format).expect("notes do no harm").terms() >= terms);
    }
}

#[test]
fn patterns_of_yoshikoder_may_be_regular_expressions() {
    let text = "<dictionary patternengine=\"regexp\"><cnode name=\"a\"><pnode name=\"por(t|ts)\"/></cnode></dictionary>";
    let annotated = Annotated::new("Ports and airports.");
    let coder = ThemeCoder::new(Some(Codebook::parse(text, CodebookFormat::Yoshikoder).expect("a codebook")));
    assert_eq!(coder.code(&annotated.reading(), &[], &[])[0].evidence.len(), 1);
}

#[test]
fn the_ending_says_the_format() {
    for (name, format) in [("a.TOML", CodebookFormat::Toml), ("a.yaml", CodebookFormat::Quanteda), ("a.lcd", CodebookFormat::Yoshikoder)] {
        assert_eq!(CodebookFormat::of(Path::new(name)).expect(name), format);
    }
    let error = CodebookFormat::of(Path::new("a.docx")).expect_err("no format");
    assert!(error.hint().is_some_and(|hint| hint.contains(".dic (LIWC)")));
}

#[test]
fn shipped_codebooks_are_sound() {
    for (name, text) in Codebook::SHIPPED {
        let problems = Codebook::problems(text, CodebookFormat::Toml);
        assert_eq!(problems, [], "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_codebook_or_has_problems(text in "(%\n|[+]|a: |- |\\[|\\]|\\{|&x |[*]x|\t|\n|<dictionary>|<cnode name=\"a\">|</cnode>|</dictionary>|<pnode name=\"[*]\"/>|\\[\\[theme\\]\\]\n|id = \"a\"\n|parent = \"a\"\n|keywords = \\[\"x\"\\]\n|theme,term\n|[a-c1é’*?/(),\"]){0,30}") {
        for (format, _) in FORMATS.into_iter().chain([(CodebookFormat::Toml, "")]) {
            let is_sound = Codebook::problems(&text, format).iter().all(|problem| problem.is_note);
            assert_eq!(Codebook::parse(&text, format).is_ok(), is_sound, "{format:?}");
        }
    }
}

#[test]
fn deep_nesting_is_refused() {
    let indented: Vec<String> = (0..400).map(|depth| format!("{}a:", " ".repeat(depth))).collect();
    for text in ["[".repeat(5000), "{a: ".repeat(5000), indented.join("\n")] {
        assert!(Codebook::parse(&text, CodebookFormat::Quanteda).is_err());
    }
    let xml = format!("<dictionary>{}", "<cnode name=\"a\">".repeat(20000));
    assert!(Codebook::parse(&xml, CodebookFormat::Yoshikoder).is_err());
    let closed = format!("<dictionary>{}{}</dictionary>", "<cnode name=\"a\">".repeat(3000), "</cnode>".repeat(3000));
    assert!(Codebook::parse(&closed, CodebookFormat::Yoshikoder).is_err());
}

#[test]
fn parents_are_bounded() {
    let theme = |at: usize| format!("[[theme]]\nid = \"t{at}\"\nkeywords = [\"w{at}\"]\n");
    let chain = |length: usize| (1..length).fold(theme(0), |text, at| format!("{text}{}parent = \"t{}\"\n", theme(at), at - 1));
    assert!(Codebook::from_toml(&chain(65)).is_ok());
    let problems = Codebook::problems(&chain(66), CodebookFormat::Toml);
    let told: Vec<(usize, &str)> = problems.iter().map(|problem| (problem.line, problem.message.as_str())).collect();
    assert_eq!(told, [(263, "`parent`: `t65` has more than 64 parents above it")]);
}

#[test]
fn a_term_of_too_many_themes_is_refused_once() {
    let theme = |at: usize| format!("[[theme]]\nid = \"t{at}\"\nkeywords = [\"plan\"]\n");
    let themes = |count: usize| (0..count).map(theme).collect::<Vec<_>>().concat();
    assert!(Codebook::from_toml(&themes(50)).is_ok());
    let problems = Codebook::problems(&themes(53), CodebookFormat::Toml);
    let told: Vec<(usize, &str)> =
        problems.iter().filter(|problem| !problem.is_note).map(|problem| (problem.line, problem.message.as_str())).collect();
    assert_eq!(told, [(153, "`plan` is a term of more than 50 themes")]);
}
