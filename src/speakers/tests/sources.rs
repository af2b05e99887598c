//! Which source is whom: names, titles, pronouns, noun phrases, bodies, missing sources.

use super::Case;
use crate::speakers::SpeakerKind;

/// A case with its speakers in order of quotation.
type Row<'a> = (Case<'a>, &'a [&'a str]);

fn check(rows: &[Row<'_>]) {
    let wrong = rows.iter().map(|(case, expected)| (case.text, case.speakers(), expected));
    let wrong: Vec<_> = wrong.filter(|(_, found, expected)| found != *expected).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A case with persons alone.
const fn people<'a>(text: &'a str, persons: &'a str, quotes: &'a [(&'a str, &'a str, &'a str)]) -> Case<'a> {
    Case { text, persons, quotes, ..Case::text("") }
}

/// A case with persons and bodies.
const fn all<'a>(text: &'a str, persons: &'a str, organizations: &'a str, quotes: &'a [(&'a str, &'a str, &'a str)]) -> Case<'a> {
    Case { text, persons, organizations, quotes, ..Case::text("") }
}

#[test]
fn short_names_in_every_order_find_the_full_name() {
    check(&[
        (people("Wang Lijun spoke. Wang said prices fell.", "Wang Lijun|Wang", &[("Wang^ said", "said", "prices fell")]), &["Wang Lijun"]),
        (
            people("Angela Merkel came. Merkel said all was well.", "Angela Merkel|Merkel", &[("Merkel^ said", "said", "all was well")]),
            &["Angela Merkel"],
        ),
        (
            people("Nguyen Xuan Phuc spoke. Phuc said yes.", "Nguyen Xuan Phuc|Phuc", &[("Phuc^ said", "said", "yes")]),
            &["Nguyen Xuan Phuc"],
        ),
        (people("Lee Jae-myung won. Lee said so.", "Lee Jae-myung|Lee", &[("Lee^ said", "said", "so")]), &["Lee Jae-myung"]),
        (people("Orbán Viktor came. Orban said no.", "Orbán Viktor|Orban", &[("Orban", "said", "no")]), &["Orbán Viktor"]),
        (
            people(
                "Claudia Sheinbaum Pardo won. Sheinbaum said so.",
                "Claudia Sheinbaum Pardo|Sheinbaum",
                &[("Sheinbaum^ said", "said", "so")],
            ),
            &["Claudia Sheinbaum Pardo"],
        ),
        (
            people(
                "Vladimir Vladimirovich Putin met Sergei Lavrov. Vladimir Putin said no.",
                "Vladimir Vladimirovich Putin|Vladimir Putin|Sergei Lavrov",
                &[("Vladimir Putin", "said", "no")],
            ),
            &["Vladimir Vladimirovich Putin"],
        ),
        (
            people("Bashar al-Assad left. Assad said little.", "Bashar al-Assad|Assad", &[("Assad^ said", "said", "little")]),
            &["Bashar al-Assad"],
        ),
        (
            people(
                "Mohammed bin Salman came. Prince Mohammed said yes.",
                "Mohammed bin Salman|Prince Mohammed",
                &[("Prince Mohammed", "said", "yes")],
            ),
            &["Mohammed bin Salman"],
        ),
        (people("J. D. Vance spoke. Mr. Vance said no.", "J. D. Vance|Vance", &[("Mr. Vance", "said", "no")]), &["J. D. Vance"]),
        (
            people("James Farley spoke. Jim Farley said costs rose.", "James Farley|Jim Farley", &[("Jim Farley", "said", "costs rose")]),
            &["James Farley"],
        ),
        (
            people(
                "Ursula von der Leyen came. Von der Leyen said yes.",
                "Ursula von der Leyen|Von der Leyen",
                &[("Von der Leyen", "said", "yes")],
            ),
            &["Ursula von der Leyen"],
        ),
        (
            people(
                "Lula spoke first. Luiz Inácio Lula da Silva will stay, Lula said.",
                "Luiz Inácio Lula da Silva|Lula",
                &[("Lula^ said", "said", "Luiz Inácio")],
            ),
            &["Luiz Inácio Lula da Silva"],
        ),
        (
            people(
                "Lieutenant-General Ana Ruiz spoke. Premier Li Qiang left. Dr Ruiz said no.",
                "Ana Ruiz|Li Qiang|Ruiz",
                &[("Dr Ruiz", "said", "no")],
            ),
            &["Ana Ruiz"],
        ),
    ]);
}

#[test]
fn a_shared_surname_goes_to_the_latest_or_the_one_that_agrees() {
    check(&[
        (
            people("Li Qiang opened. Li Hui closed. Li said it ended.", "Li Qiang|Li Hui|Li ", &[("Li^ said", "said", "it ended")]),
            &["Li Hui"],
        ),
        (
            people(
                "Bill Clinton came with Hillary Clinton. Mr. Clinton said no. Ms. Clinton added yes.",
                "Bill Clinton|Hillary Clinton|Clinton",
                &[("Mr. Clinton", "said", "no"), ("Ms. Clinton", "added", "yes")],
            ),
            &["Bill Clinton", "Hillary Clinton"],
        ),
        (
            people("John Reed left. Mary Reed stayed. John Reed said no.", "John Reed|Mary Reed", &[("John Reed#1", "said", "no")]),
            &["John Reed"],
        ),
    ]);
}

#[test]
fn personal_pronouns_follow_subject_gender_and_last_source() {
    check(&[
        (
            people("Zhou Yuan met Anna Weiss. He said talks went on.", "Zhou Yuan|Anna Weiss", &[("He", "said", "talks went on")]),
            &["Zhou Yuan"],
        ),
        (
            people("Tom Reed met Anna Weiss. She said talks went on.", "Tom Reed|Anna Weiss", &[("She", "said", "talks went on")]),
            &["Anna Weiss"],
        ),
        (
            people(
                "Prices fell, Mr. Okoro said. Trade will grow, he added.",
                "Okoro",
                &[("Mr. Okoro", "said", "Prices fell"), ("he", "added", "Trade will grow")],
            ),
            &["Okoro", "Okoro"],
        ),
        (people("Zhang’s proposals deal with cars. He says training matters.", "Zhang", &[("He", "says", "training matters")]), &["Zhang"]),
        (all("Acme hired Ana Lima. Acme grew. She said sales rose.", "Ana Lima", "Acme", &[("She", "said", "sales rose")]), &["Ana Lima"]),
        (all("Acme grew last year. He said sales rose.", "", "Acme", &[("He", "said", "sales rose")]), &["-"]),
        (people("In his speech, Omar Diallo said rain came.", "Omar Diallo", &[("Omar Diallo", "said", "rain came")]), &["Omar Diallo"]),
        (people("As he arrived, Omar Diallo waved. He said rain came.", "Omar Diallo", &[("He", "said", "rain came")]), &["Omar Diallo"]),
        (
            people(
                "Ana Lima spoke. “Peter Holm and I agree,” she said.",
                "Ana Lima|Peter Holm",
                &[("she", "said", "“Peter Holm and I agree,”")],
            ),
            &["Ana Lima"],
        ),
        (
            people("Ana Lima spoke. “Mary Holm is wrong,” she said.", "Ana Lima|Mary Holm", &[("she", "said", "“Mary Holm is wrong,”")]),
            &["Ana Lima"],
        ),
        (
            people("Mr. Holm met voters. Ms. Lima stayed away. He called it a start.", "Holm|Lima", &[("He", "called", "it a start")]),
            &["Holm"],
        ),
        (people("A farmer in Kano lost his crop. He said rain came late.", "", &[("He", "said", "rain came late")]), &["A farmer"]),
        (people("A spokesman for the port spoke. He said ships wait.", "", &[("He", "said", "ships wait")]), &["A spokesman"]),
        (people("The mayor greeted Ana Lima, who said roads matter.", "Ana Lima", &[("who", "said", "roads matter")]), &["Ana Lima"]),
    ]);
}

#[test]
fn noun_phrases_find_who_holds_the_role() {
    check(&[
        (
            all(
                "Health Minister Ana Lima came. Tom Reed, mayor of Porto, left. The minister said beds are full.",
                "Ana Lima|Tom Reed",
                "",
                &[("The minister", "said", "beds are full")],
            ),
            &["Ana Lima"],
        ),
        (
            all(
                "Ana Lima, founder of Acme, met Tom Reed, a lawyer. The company’s founder said sales rose.",
                "Ana Lima|Tom Reed",
                "Acme",
                &[("The company’s founder", "said", "sales rose")],
            ),
            &["Ana Lima"],
        ),
        (
            people(
                "Emmanuel Macron, president of France, met Olaf Scholz, the German chancellor. The French president said yes. The chancellor said no.",
                "Emmanuel Macron|Olaf Scholz",
                &[("The French president", "said", "yes"), ("The chancellor", "said#1", "no.")],
            ),
            &["Emmanuel Macron", "Olaf Scholz"],
        ),
        (
            people(
                "Senator Kay Moss spoke. Tom Reed, an actor, left. The lawmaker said taxes fall.",
                "Kay Moss|Tom Reed",
                &[("The lawmaker", "said", "taxes fall")],
            ),
            &["Kay Moss"],
        ),
        (
            people(
                "Zhang Wei built cars for decades. The 60-year-old said quality counts.",
                "Zhang Wei",
                &[("The 60-year-old", "said", "quality counts")],
            ),
            &["Zhang Wei"],
        ),
        (
            people("Minister Ana Lima came. The deputy minister said no.", "Ana Lima", &[("The deputy minister", "said", "no")]),
            &["The deputy minister"],
        ),
        (
            people("A senior official came. The official said talks failed.", "", &[("The official", "said", "talks failed")]),
            &["A senior official"],
        ),
        (
            people(
                "The deputy leader, Ana Lima, said roads matter.",
                "Ana Lima",
                &[("The deputy leader, Ana Lima,", "said", "roads matter")],
            ),
            &["Ana Lima"],
        ),
        (
            people("Zhou Yuan’s statement warned of a split.", "Zhou Yuan", &[("Zhou Yuan’s statement", "warned of", "a split")]),
            &["Zhou Yuan"],
        ),
    ]);
}

#[test]
fn unnamed_sources_keep_their_phrase_and_never_find_a_name() {
    let rows: &[Row<'_>] = &[
        (people("Minister Ana Lima came. A minister said no.", "Ana Lima", &[("A minister", "said", "no")]), &["A minister"]),
        (
            people(
                "Ana Lima came. Experts said no. Experts warned of floods.",
                "Ana Lima",
                &[("Experts", "said", "no"), ("Experts#1", "warned of", "floods")],
            ),
            &["Experts", "Experts"],
        ),
        (
            people("Many people in the north believe rain will come.", "", &[("Many people in the north", "believe", "rain will come")]),
            &["Many people in the north"],
        ),
        (
            people("A resident said yes. A resident told us no.", "", &[("A resident", "said", "yes"), ("A resident#1", "told", "no")]),
            &["A resident", "A resident"],
        ),
        (
            people("A spokesman for Mayor Ana Lima said no.", "Ana Lima", &[("A spokesman for Mayor Ana Lima", "said", "no")]),
            &["A spokesman for Mayor Ana Lima"],
        ),
        (
            people(
                "Two officials, who asked for no name, said no. They added that talks failed.",
                "",
                &[("Two officials, who asked for no name,", "said", "no."), ("They", "added", "talks failed")],
            ),
            &["Two officials", "Two officials"],
        ),
    ];
    check(rows);
    for (case, _) in rows {
        assert!(case.resolve().speakers.iter().all(|speaker| speaker.kind == SpeakerKind::Unnamed), "{}", case.text);
    }
    let residents = &rows[3].0;
    assert_eq!(residents.resolve().speakers.len(), 2, "two residents are two people");
    assert_eq!(rows[1].0.resolve().speakers.len(), 1, "experts stay experts");
}

#[test]
fn bodies_gather_acronyms_short_forms_and_noun_phrases() {
    check(&[
        (
            all(
                "The Consultative Conference (CCP) met. The CCP said yes.",
                "",
                "Consultative Conference|CCP",
                &[("The CCP", "said", "yes")],
            ),
            &["Consultative Conference"],
        ),
        (
            all(
                "The World Health Organization met. WHO said cases fell.",
                "",
                "World Health Organization|WHO",
                &[("WHO", "said", "cases fell")],
            ),
            &["World Health Organization"],
        ),
        (
            all("Ford Motor Company grew. Ford said sales rose.", "", "Ford Motor Company|Ford", &[("Ford^ said", "said", "sales rose")]),
            &["Ford Motor Company"],
        ),
        (
            all(
                "The Ministry of Health met. The ministry said beds are full.",
                "",
                "Ministry of Health",
                &[("The ministry", "said", "beds are full")],
            ),
            &["Ministry of Health"],
        ),
        (
            all(
                "Zhihu grew. The company said users doubled. It added that sales rose.",
                "",
                "Zhihu",
                &[("The company", "said", "users doubled"), ("It", "added", "sales rose")],
            ),
            &["Zhihu", "Zhihu"],
        ),
        (
            Case {
                places: "Beijing",
                ..all("Talks stalled. Beijing said it would wait.", "", "", &[("Beijing", "said", "it would wait")])
            },
            &["Beijing"],
        ),
        (
            all(
                "A new report came out. The report warns of floods. It says roads will close.",
                "",
                "",
                &[("The report", "warns", "floods"), ("It", "says", "roads will close")],
            ),
            &["The report", "The report"],
        ),
        (all("Ana Lima leads Acme. It said sales rose.", "Ana Lima", "Acme", &[("It", "said", "sales rose")]), &["Acme"]),
        (
            all(
                "The Alliance for Rain and Ana Lima met. They said rain matters.",
                "Ana Lima",
                "Alliance for Rain",
                &[("They", "said", "rain matters")],
            ),
            &["Alliance for Rain"],
        ),
    ]);
    let case = Case { places: "Beijing", ..all("Talks stalled. Beijing said no.", "", "", &[("Beijing", "said", "no")]) };
    assert_eq!(case.resolve().speakers[0].kind, SpeakerKind::Organization);
}

#[test]
fn joint_sources_go_to_the_first() {
    check(&[(people("Ana Lima and Tom Reed said no.", "Ana Lima|Tom Reed", &[("Ana Lima and Tom Reed", "said", "no")]), &["Ana Lima"])]);
}

#[test]
fn sources_that_the_encoder_left_unlabelled_are_named_by_their_capitals() {
    check(&[
        (
            people("Premier Li Qiang said no. Mr. Li added yes.", "", &[("Premier Li Qiang", "said", "no"), ("Mr. Li", "added", "yes")]),
            &["Li Qiang", "Li Qiang"],
        ),
        (people("The Rainfall Council said no.", "", &[("The Rainfall Council", "said", "no")]), &["Rainfall Council"]),
        (people("Police said no.", "", &[("Police", "said", "no")]), &["Police"]),
    ]);
}

#[test]
fn a_quotation_without_source_goes_on_with_the_speaker_before_or_stays_open() {
    let text = "“Rain came,” Ana Lima said. “Roads broke.”\n“Nobody was hurt.”\nTalks went on.\nPrices rose in May.\n“Nobody knows.”";
    let quotes =
        &[("Ana Lima", "said", "“Rain came,”"), ("", "", "“Roads broke.”"), ("", "", "“Nobody was hurt.”"), ("", "", "“Nobody knows.”")];
    check(&[
        (people(text, "Ana Lima", quotes), &["Ana Lima", "Ana Lima", "Ana Lima", "-"]),
        (people("Tom Reed was blunt: “No deal.”", "Tom Reed", &[("", "", "“No deal.”")]), &["Tom Reed"]),
        (people("I said no.", "", &[("I", "said", "no")]), &["-"]),
        (
            people(
                "“I think rain comes,” Ana Lima said.",
                "Ana Lima",
                &[("Ana Lima", "said", "“I think rain comes,”"), ("I", "think", "rain comes")],
            ),
            &["Ana Lima", "Ana Lima"],
        ),
    ]);
}

#[test]
fn aliases_and_mentions_are_listed_in_text_order() {
    let case =
        people("Zhou Yuan spoke. Zhou said yes. He added no.", "Zhou Yuan|Zhou", &[("Zhou^ said", "said", "yes"), ("He", "added", "no")]);
    let attribution = case.resolve();
    let [speaker] = &attribution.speakers[..] else { panic!("one speaker") };
    assert_eq!((speaker.id.as_str(), speaker.name.as_str()), ("s1", "Zhou Yuan"));
    assert_eq!(speaker.aliases, ["Zhou"]);
    let mentions: Vec<_> = speaker.mentions.iter().map(|mention| &case.text[mention.span.range()]).collect();
    assert_eq!(mentions, ["Zhou Yuan", "Zhou", "He"]);
}

#[test]
fn long_titles_and_appositions_name_the_person() {
    check(&[
        (
            people(
                "Minister of Trade and Industry Ana Lima said no.",
                "Ana Lima",
                &[("Minister of Trade and Industry Ana Lima", "said", "no")],
            ),
            &["Ana Lima"],
        ),
        (
            people(
                "Its founder, the former judge Dame Ana Lima, said no.",
                "Ana Lima",
                &[("Its founder, the former judge Dame Ana Lima,", "said", "no")],
            ),
            &["Ana Lima"],
        ),
        (
            all(
                "The Rain Bank, its president, Ana Lima, said no.",
                "Ana Lima",
                "Rain Bank",
                &[("The Rain Bank, its president, Ana Lima,", "said", "no")],
            ),
            &["Ana Lima"],
        ),
        (people("Smt. Ana Lima came. Smt. Lima said no.", "Ana Lima|Lima", &[("Smt. Lima", "said", "no")]), &["Ana Lima"]),
        (people("Shri Tom Reed came. Shri Reed said no.", "Tom Reed|Reed", &[("Shri Reed", "said", "no")]), &["Tom Reed"]),
        (
            people("Dykes will hold: minister. Energy minister Tom Reed spoke.", "Tom Reed", &[("minister", ":", "Dykes will hold")]),
            &["Tom Reed"],
        ),
        (
            all(
                "Tom Reed came. Ana Lima directs the Soil Laboratory. Tom Reed left. The soil scientist said no.",
                "Tom Reed|Ana Lima",
                "Soil Laboratory",
                &[("The soil scientist", "said", "no")],
            ),
            &["Ana Lima"],
        ),
        (
            people(
                "A ministry official came. Minister Tom Reed left. The official said no.",
                "Tom Reed",
                &[("The official", "said", "no")],
            ),
            &["A ministry official"],
        ),
        (
            people("Reed Tom stayed. Kovács Anna came. Kovács left. He said no.", "Kovács Anna|Kovács|Reed Tom", &[("He", "said", "no")]),
            &["Reed Tom"],
        ),
    ]);
}

#[test]
fn documents_are_followed_by_their_kind() {
    check(&[
        (
            all(
                "The Clean Rain Act passed. The law says roofs must drain.",
                "",
                "Clean Rain Act",
                &[("The law", "says", "roofs must drain")],
            ),
            &["Clean Rain Act"],
        ),
        (
            all("The Clean Rain Act passed. The letter says roofs leak.", "", "Clean Rain Act", &[("The letter", "says", "roofs leak")]),
            &["The letter"],
        ),
    ]);
}
