//! Gazetteers of small files: what is read, what is refused, who is found.

#![expect(clippy::disallowed_methods, reason = "test files need no atomic writing")]

use super::*;
use crate::{Error, Span};

fn file(name: &str, text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, text).expect("a file");
    (dir, path)
}

/// *Ann Lee; mayor @ Vik*
fn speaker(text: &str) -> Speaker {
    let mut parts = text.split("; ");
    let name = parts.next().expect("a name").to_owned();
    let role = |text: &str| {
        let (role, body) = text.split_once(" @ ").map_or((text, None), |(role, body)| (role, Some(body.to_owned())));
        Role { role: role.to_owned(), affiliation: body, span: Span::new(0, 1) }
    };
    let roles = parts.map(role).collect();
    Speaker { roles, ..Speaker::named("s1", name) }
}

const PEOPLE: &str = "name,aliases,role,organisation,from,to,id\n\
    Ann Lee,Ann M. Lee; Annie Lee,mayor,Vik,2020-01-01,2023-12-31,Q1\n\
    Ann Lee,,senator,Norda Senate,2024-01-01,,Q1\n\
    Bo Reed,,senator,Norda Senate,2020-01-01,2030-12-31,Q2\n\
    Bo Reed,,singer,,,,Q3\n\
    Cy Lee,,senator,Norda Senate,2010-01-01,2015-12-31,Q4\n";

#[test]
fn finds_people_by_name_role_and_day() {
    let (_dir, path) = file("people.csv", PEOPLE);
    let gazetteer = Gazetteer::load(&path).expect("a gazetteer");
    assert_eq!(gazetteer.people().len(), 4);
    let cases = [
        ("Ann Lee", "2022-05-01", "Q1 mayor"),
        ("Ann Lee", "2025-05-01", "Q1 senator"),
        ("Ann Lee", "-", "Q1"),
        ("Annie Lee", "2025-05-01", "Q1 senator"),
        ("Ann Lee; former mayor @ Vik", "2025-05-01", "Q1 senator"),
        ("Ann Lee; dentist @ Oslo", "2025-05-01", "-"),
        ("Ann Lee; committee chair", "2025-05-01", "Q1 senator"),
        // Two people of one name, told apart by what the article says.
        ("Bo Reed; senator", "2025-05-01", "Q2 senator"),
        ("Bo Reed; singer", "2025-05-01", "Q3 singer"),
        ("Bo Reed", "-", "-"),
        // A surname needs a title that somebody held then.
        ("Lee; senator", "2025-05-01", "Q1 senator"),
        ("Lee; senator", "2012-05-01", "Q4 senator"),
        ("Lee; senator", "-", "-"),
        ("Lee", "2025-05-01", "-"),
        ("Dee Lee; senator", "2025-05-01", "-"),
    ];
    for (text, day, expected) in cases {
        let found = gazetteer.find(&speaker(text), crate::Date::parse(day, None));
        let shown = found.map_or("-".to_owned(), |person| {
            let roles = person.offices.iter().map(|office| office.role.clone());
            std::iter::once(person.id).chain(roles).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(shown, expected, "{text} on {day}");
    }
}

#[test]
fn refuses_tables_by_line() {
    let cases = [
        ("title\nx\n", "line 1: unknown column 'title'"),
        ("id\nx\n", "line 1: no column 'name'"),
        ("name,from\nAnn,2020-13-01\n", "line 2: from: '2020-13-01' is no day"),
        ("name,role,from,to\nAnn,mayor,2020-01-01,\nBo,mayor,2020-01-02,2020-01-01\n", "line 3: the office ends before it begins"),
        ("name,id\n,Q1\n", "line 2: no name"),
        ("name,id\nAnn\n", "line 2: 1 cells, but the header has 2"),
        ("name,id\n", "line 1: no person after the header"),
    ];
    for (text, expected) in cases {
        let (_dir, path) = file("people.csv", text);
        let error = Gazetteer::load(&path).expect_err(text);
        assert_eq!(error.reason(), expected, "{text}");
        assert_eq!(error.path(), Some(path.as_path()));
    }
}

#[test]
fn imports_actor_dictionaries() {
    let text = "# a comment\nNORDA_ [NRD]\n+NORDIA_\n\nANN_LEE-HOLM_  ; a minister\n+LEE_ANN_\n\t[NRDGOV 060601-100131]\n\t[NRDOPP >20110101]\n\
        GREEN_ARMY_\n\t[NRDREB]\nBO_REED_\n\t[XYZMIL <900631]\n";
    let (dir, path) = file("small.actors.txt", text);
    let to = dir.path().join("people.csv");
    assert_eq!(import_people(PeopleShape::Petrarch, &path, &to).expect("imported").people, 2);
    let expected = "name,aliases,role,organisation,from,to,id\r\n\
        Ann Lee-Holm,Lee Ann,government official,Norda,2006-06-01,2010-01-31,ann-lee-holm\r\n\
        Ann Lee-Holm,Lee Ann,opposition politician,Norda,2011-01-01,,ann-lee-holm\r\n\
        Bo Reed,,military officer,XYZ,,1990-06-30,bo-reed\r\n";
    assert_eq!(std::fs::read_to_string(&to).expect("written"), expected);
    assert_eq!(Gazetteer::load(&to).expect("read back").people().len(), 2);
    // A slip in one line of thousands takes nobody else's office away.
    let (_dir, path) = file("bad.actors.txt", "ANN_LEE_\n\t[NRDGOV >1999]\n\t[NRDGOV >19990101]\n");
    let import = import_people(PeopleShape::Petrarch, &path, &to).expect("imported");
    let skipped: Vec<String> = import.skipped.iter().map(Error::reason).collect();
    assert_eq!((import.people, skipped), (1, vec!["line 2: '1999' is no date; dates are written YYMMDD or YYYYMMDD".to_owned()]));
}

#[test]
fn imports_legislators() {
    let text = "- id:\n    bioguide: L1\n    fec:\n    - X1\n  name:\n    first: Ann\n    middle: M.\n    last: \"L\\xE9e\"\n    nickname: Nan\n    \
        official_full: 'Ann M. O''Lee'\n  leadership_roles:\n  - title: Majority Whip\n    chamber: senate\n    start: '2021-01-03'\n  terms:\n  \
        - type: sen\n    start: '2019-01-03'\n    end: '2025-01-03'\n    address: 1 Long Road\n      Vik\n";
    let (dir, path) = file("legislators.yaml", text);
    let to = dir.path().join("people.csv");
    import_people(PeopleShape::Legislators, &path, &to).expect("imported");
    let expected = "name,aliases,role,organisation,from,to,id\r\n\
        Ann M. O'Lee,Ann Lée; Nan Lée; Ann M. Lée,Majority Whip,U.S. Senate,2021-01-03,,L1\r\n\
        Ann M. O'Lee,Ann Lée; Nan Lée; Ann M. Lée,senator,U.S. Senate,2019-01-03,2025-01-03,L1\r\n";
    assert_eq!(std::fs::read_to_string(&to).expect("written"), expected);
    for (text, expected) in [
        ("people: 1\n", "line 1: no list of people: the first entry starts with '- '"),
        ("- id:\n    bioguide: L1\n", "line 1: a person without 'name' of 'first' and 'last'"),
        ("- name:\n    first: A\n    last: B\n", "line 1: a person without 'id' of 'bioguide' or 'govtrack'"),
        (
            "- id:\n    bioguide: L1\n  name:\n    first: A\n    last: B\n  terms:\n  - type: king\n",
            "line 7: 'king' is no type of term; types are sen, rep, prez, viceprez",
        ),
    ] {
        let (_dir, path) = file("legislators.yaml", text);
        assert_eq!(import_people(PeopleShape::Legislators, &path, &to).expect_err(text).reason(), expected);
    }
}
