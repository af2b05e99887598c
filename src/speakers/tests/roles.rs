//! Which roles and affiliations are read, and from which words.

use super::Case;

/// Text, persons, bodies, places, and the roles of the first person quoted, as `role @ affiliation`.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a [&'a str]);

fn check(rows: &[Row<'_>]) {
    let mut wrong = Vec::new();
    for &(text, persons, organizations, places, expected) in rows {
        let name = persons.split('|').next().expect("a person");
        // Every text ends with a quotation of its first person.
        let text: String = format!("{text} {name} said yes.");
        let occurrence = format!("{name}^ said yes");
        let case = Case { text: &text, persons, organizations, places, quotes: &[(&occurrence, "said yes", "yes.")] };
        let attribution = case.resolve();
        let roles = attribution.speakers[0].roles.iter().map(|role| {
            assert!(!role.span.is_empty());
            format!("{}{}", role.role, role.affiliation.as_ref().map_or(String::new(), |body| format!(" @ {body}")))
        });
        let roles: Vec<_> = roles.collect();
        if roles != expected {
            wrong.push((text, roles, expected));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn titles_before_the_name() {
    check(&[
        ("Premier Li Qiang spoke.", "Li Qiang", "", "", &["premier"]),
        ("US Treasury Secretary Ana Lima spoke.", "Ana Lima", "", "US", &["treasury secretary @ US"]),
        ("Beijing-based analyst Tom Reed spoke.", "Tom Reed", "", "", &["analyst @ Beijing"]),
        ("Ford CEO Jim Farley spoke.", "Jim Farley", "Ford", "", &["CEO @ Ford"]),
        ("On Monday, former German Chancellor Angela Merkel spoke.", "Angela Merkel", "", "", &["former chancellor @ Germany"]),
        ("The visit by Kenya’s Foreign Minister Amina Odera ended.", "Amina Odera", "", "Kenya", &["foreign minister @ Kenya"]),
        ("Minister of Health Muhammad Sani spoke.", "Muhammad Sani", "", "", &["minister of health"]),
        ("Talks with company founder and chief executive Li Na ended.", "Li Na", "", "", &["company founder and chief executive"]),
        ("Lieutenant-General Ana Ruiz spoke.", "Ana Ruiz", "", "", &["lieutenant-general"]),
        ("Prime Minister Abiy Tessema spoke.", "Abiy Tessema", "", "", &["prime minister"]),
        ("Chinese foreign ministry spokesman Wang Bo spoke.", "Wang Bo", "", "", &["spokesman @ Chinese foreign ministry"]),
        ("The subdued Prime Minister Li Bo spoke.", "Li Bo", "", "", &["prime minister"]),
        ("Talks ended, said the wife of Mr. Reed.", "Reed", "", "", &[]),
        ("President of the Rain Society Dr. Ana Lima spoke.", "Ana Lima", "Rain Society", "", &["president @ Rain Society"]),
        ("Mr. Reed spoke.", "Reed", "", "", &[]),
        ("World Bank economist Ana Lima of Peru spoke.", "Ana Lima", "World Bank", "Peru", &["economist @ World Bank"]),
        ("State Sen. Ana Lima spoke.", "Ana Lima", "", "", &["state senator"]),
        ("Gov. Tom Reed spoke.", "Tom Reed", "", "", &["governor"]),
        ("The minister, Smt. Ana Lima, spoke.", "Ana Lima", "", "", &["minister"]),
    ]);
}

#[test]
fn appositions() {
    check(&[
        ("Zhou Yuan, CEO of Zhihu, China’s largest forum, spoke.", "Zhou Yuan", "Zhihu", "China", &["CEO @ Zhihu"]),
        ("Tom Reed, 45, a farmer from Hebei, spoke.", "Tom Reed", "", "Hebei", &["farmer @ Hebei"]),
        (
            "Ana Lima, the head of the Institute of Water in Porto, spoke.",
            "Ana Lima",
            "Institute of Water",
            "Porto",
            &["head @ Institute of Water"],
        ),
        (
            "Ana Lima, another member of the 9th Water Council and a private entrepreneur, spoke.",
            "Ana Lima",
            "Water Council",
            "",
            &["member @ 9th Water Council", "private entrepreneur"],
        ),
        (
            "Ana Lima, professor of economics at Porto University, spoke.",
            "Ana Lima",
            "Porto University",
            "",
            &["professor of economics @ Porto University"],
        ),
        ("The company’s founder, Ana Lima, spoke.", "Ana Lima", "", "", &["founder"]),
        ("The Rain League met. Its president, Ana Lima, spoke.", "Ana Lima", "Rain League", "", &["president @ Rain League"]),
        ("The Rain League met. The league’s director, Ana Lima, spoke.", "Ana Lima", "Rain League", "", &["director @ Rain League"]),
        ("Ana Lima, 45, is head of the Porto cooperative.", "Ana Lima", "", "Porto", &["head @ Porto cooperative"]),
        ("Ana Lima, a bean and rice farmer, spoke.", "Ana Lima", "", "", &["bean and rice farmer"]),
        (
            "The Guild’s deputy leader in the Rain Council, Ana Lima, spoke.",
            "Ana Lima",
            "Guild|Rain Council",
            "",
            &["deputy leader @ Guild"],
        ),
        ("The Kenyan president, Tom Reed, spoke.", "Tom Reed", "", "", &["president @ Kenya"]),
        ("Ana Lima (director, Acme) spoke.", "Ana Lima", "Acme", "", &["director @ Acme"]),
        ("Ana Lima, who leads Acme, spoke.", "Ana Lima", "Acme", "", &["leader @ Acme"]),
        (
            "Ana Lima, spokeswoman for the Ministry of Trade and Industry, spoke.",
            "Ana Lima",
            "",
            "",
            &["spokeswoman @ Ministry of Trade and Industry"],
        ),
        ("Ana Lima of Acme spoke.", "Ana Lima", "Acme", "", &[" @ Acme"]),
        ("Analyst Ana Lima of Acme spoke.", "Ana Lima", "Acme", "", &["analyst @ Acme"]),
        ("Ana Lima met the mayor, Tom Reed.", "Ana Lima|Tom Reed", "", "", &[]),
        ("Ana Lima, mayor Tom Reed and others met.", "Ana Lima|Tom Reed", "", "", &[]),
        ("Ana Lima, Chief Executive Officer, Acme: we grew.", "Ana Lima", "Acme", "", &["chief executive officer @ Acme"]),
    ]);
}

#[test]
fn copulas_and_verbs_of_office() {
    check(&[
        (
            "Jiang Wei is vice mayor of Suzhou in Anhui and a member of the Rain Party, one of nine parties.",
            "Jiang Wei",
            "Rain Party",
            "Suzhou|Anhui",
            &["vice mayor @ Suzhou", "member @ Rain Party"],
        ),
        ("Tom Reed spoke. He is also a member of the Rain Party.", "Tom Reed", "Rain Party", "", &["member @ Rain Party"]),
        ("Ana Lima was appointed minister of trade.", "Ana Lima", "", "", &["minister of trade"]),
        ("Ana Lima serves as director of Acme.", "Ana Lima", "Acme", "", &["director @ Acme"]),
        ("Ana Lima is one of the founders of Acme.", "Ana Lima", "Acme", "", &["founder @ Acme"]),
        ("Ana Lima is not a member of the Rain Party.", "Ana Lima", "Rain Party", "", &[]),
        ("Ana Lima is confident the minister will go.", "Ana Lima", "", "", &[]),
        ("Tom Reed spoke. The company he founded in Porto, SERA, grew.", "Tom Reed", "SERA", "Porto", &["founder @ SERA"]),
        ("Acme, founded by Tom Reed, grew.", "Tom Reed", "Acme", "", &["founder @ Acme"]),
        ("Tom Reed spoke. A nurse by training, he left early.", "Tom Reed", "", "", &["nurse"]),
        ("Tom Reed heads Acme.", "Tom Reed", "Acme", "", &["head @ Acme"]),
        (
            "President Tom Reed spoke. President Reed left. Tom Reed, president of Peru, won.",
            "Tom Reed|Reed",
            "",
            "Peru",
            &["president @ Peru"],
        ),
    ]);
}

#[test]
fn roles_around_titles_relatives_and_possessors() {
    check(&[
        ("The watch met; its founder, the former judge Ada Holm, left.", "Ada Holm", "", "", &["founder", "former judge"]),
        (
            "Ada Holm, a farmer from Vik who is also secretary of the Dyke Union, spoke.",
            "Ada Holm",
            "Dyke Union",
            "Vik",
            &["farmer @ Vik", "secretary @ Dyke Union"],
        ),
        ("Vice Minister of Rivers and Rural Roads Ada Holm spoke.", "Ada Holm", "", "", &["vice minister of rivers and rural roads"]),
        ("Ada Holm, author of “The Sea Book”, spoke.", "Ada Holm", "", "", &["author"]),
        ("Dyke Works, a company founded in 1990 by Ada Holm, closed.", "Ada Holm", "Dyke Works", "", &["founder @ Dyke Works"]),
        (
            "Dyke Works was led by Owen Gale. He left. His finance manager, Ada Holm, stayed.",
            "Ada Holm|Owen Gale",
            "Dyke Works",
            "",
            &["finance manager @ Dyke Works"],
        ),
    ]);
}
