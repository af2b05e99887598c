//! Gives sentences and quotations their themes.
//!
//! With a codebook, a sentence has the themes whose terms it says, and a quotation those whose terms stand inside its content. Where a
//! theme states a least similarity, words whose vector is as close to the theme's give it too, if none of its terms stands among them; where
//! the codebook states a least probability, terms, meaning and what the article says around a sentence decide together (`clues`). A heading that says a theme's term gives it to its section. A theme's parents get what it gets. Without a codebook, themes are the
//! article's own headings and the groups of its keyphrases (`discovery`).

use super::Theme;
use super::codebook::Codebook;
use super::coding::Coding;
use super::coverage::count;
use super::discovery::discover;
use super::fitting::WeighedSentence;
use super::similarity::{PhraseVectors, ThemeVectors};
use crate::{Keyphrase, Quote, Reading, Result};

/// Gives sentences and quotations their themes.
#[derive(Debug, Clone)]
pub struct ThemeCoder {
    codebook: Option<Codebook>,
    vectors: ThemeVectors,
}

impl ThemeCoder {
    /// Makes a coder with the themes of `codebook`, by their terms alone; without one, themes come from headings and keyphrases.
    pub fn new(codebook: Option<Codebook>) -> Self {
        Self { codebook, vectors: ThemeVectors::default() }
    }

    /// Whether themes are those of a codebook.
    pub(crate) fn has_codebook(&self) -> bool {
        self.codebook.is_some()
    }

    /// Also codes by meaning, where the codebook asks for it; `vectors` gives those of a phrase, of the same model as the articles'.
    ///
    /// # Errors
    /// The first of `vectors`.
    pub fn with_vectors(mut self, vectors: impl FnMut(&str) -> Result<PhraseVectors>) -> Result<Self> {
        if let Some(codebook) = &self.codebook {
            self.vectors = ThemeVectors::new(codebook.themes(), codebook.min_probability().is_some(), vectors)?;
        }
        Ok(self)
    }

    /// The themes of one article, largest share of its words first; equal ones by sentences, place and id.
    ///
    /// A sentence or quotation may have several themes, so shares may add up to more than one.
    pub fn code(&self, reading: &Reading<'_>, keyphrases: &[Keyphrase], quotes: &[Quote]) -> Vec<Theme> {
        let findings = match &self.codebook {
            Some(codebook) => Coding::new(*reading, codebook, quotes).findings(&self.vectors),
            None => discover(*reading, keyphrases),
        };
        count(*reading, findings, quotes)
    }

    /// How likely each sentence of running text is about each theme of the codebook, before codings taught it anything; nothing without
    /// a codebook.
    pub(crate) fn weigh(&self, reading: &Reading<'_>, quotes: &[Quote]) -> Vec<WeighedSentence> {
        self.codebook.as_ref().map(|codebook| Coding::new(*reading, codebook, quotes).weigh(&self.vectors)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::Reason;
    use super::*;
    use crate::testing::Annotated;
    use crate::{EntityLabel, ParagraphKind, QuoteKind, Section, Segmentation, Span};

    const PORTS: &str = r#"
        [[theme]]
        id = "sea"
        label = "The sea"
        [[theme]]
        id = "ports"
        label = "Ports"
        parent = "sea"
        keywords = ["port", "IMO"]
        phrases = ["container terminal"]
        wildcards = ["dredg*"]
        patterns = ["/berths? \\d+/"]
        exclude = ["port wine"]
        [[theme]]
        id = "fish"
        label = "Fish"
        parent = "sea"
        keywords = ["trawler"]
    "#;

    fn coder() -> ThemeCoder {
        ThemeCoder::new(Some(Codebook::from_toml(PORTS).expect("a codebook")))
    }

    fn quote(doc: &crate::Document, words: &str) -> Quote {
        let start = doc.text().find(words).expect("the words stand in the text");
        Quote {
            id: "q1".to_owned(),
            kind: QuoteKind::Indirect,
            content: vec![Span::new(start, start + words.len())],
            cue: None,
            cue_class: None,
            source: None,
            confidence: 1.0,
            rules: Vec::new(),
        }
    }

    /// Makes the paragraph that starts with `words` a heading, with a section of what follows.
    fn heading(seg: &mut Segmentation, text: &str, words: &str) {
        let start = text.find(words).expect("the words stand in the text");
        let at = seg.paragraph_at(start).expect("a paragraph");
        let section = seg.sections.len();
        for paragraph in &mut seg.paragraphs[at..] {
            paragraph.section = section;
        }
        seg.paragraphs[at].kind = ParagraphKind::Heading;
        let span = seg.paragraphs[at].span;
        seg.sections.push(Section { heading: Some(span), span: Span::new(span.start(), text.len()) });
    }

    fn evidence<'a>(annotated: &'a Annotated, theme: &Theme) -> Vec<&'a str> {
        theme.evidence.iter().map(|evidence| annotated.doc.slice(evidence.span)).collect()
    }

    #[test]
    fn sentences_get_the_themes_whose_terms_they_say() {
        let rows: [(&str, &[&str]); 9] = [
            ("Two ports closed.", &["ports"]),
            ("The IMO met.", &["IMO"]),
            ("An imo bird.", &[]),
            ("A container-terminal opened.", &["container-terminal"]),
            ("They dredged it.", &["dredged"]),
            ("Ships wait at Berth 12.", &["Berth 12"]),
            ("He drank port wine.", &[]),
            ("He drank port wine in the port.", &["port"]),
            ("Portable radios.", &[]),
        ];
        for (text, expected) in rows {
            let annotated = Annotated::new(text);
            let themes = coder().code(&annotated.reading(), &[], &[]);
            let found = themes.iter().find(|theme| theme.id == "ports").map(|theme| evidence(&annotated, theme)).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn coverage_counts_words_and_parents_once_a_sentence() {
        let annotated = Annotated::new("A port and a trawler.\nNo theme in this one.\nThe port grew.");
        let themes = coder().code(&annotated.reading(), &[], &[]);
        let rows: Vec<(&str, &[usize], usize)> = themes.iter().map(|t| (t.id.as_str(), t.sentences.as_slice(), t.words)).collect();
        assert_eq!(rows, [("ports", &[0, 2][..], 8), ("sea", &[0, 2], 8), ("fish", &[0], 5)]);
        assert!((themes[0].share - 8.0 / 13.0).abs() < 1e-9);
        assert_eq!(evidence(&annotated, &themes[1]), ["port", "trawler", "port"]);
    }

    #[test]
    fn quotations_get_the_themes_said_inside_them() {
        let annotated = Annotated::new("The port chief said rates would rise.\nShe said the port would grow.");
        let quotes = [quote(&annotated.doc, "rates would rise"), quote(&annotated.doc, "the port would grow")];
        let themes = coder().code(&annotated.reading(), &[], &quotes);
        assert_eq!((themes[0].sentences.as_slice(), themes[0].quotes.as_slice()), (&[0, 1][..], &[1][..]));
    }

    const SECTIONS: &str = "Rain came late.\n1. Water prices:\nFees will double, she said.\nHouseholds pay more.\nSummary\nIt rained.";

    #[test]
    fn headings_are_themes_of_their_sections() {
        let mut annotated = Annotated::new(SECTIONS);
        heading(&mut annotated.seg, SECTIONS, "1. Water");
        heading(&mut annotated.seg, SECTIONS, "Summary");
        let quotes = [quote(&annotated.doc, "Fees will double"), quote(&annotated.doc, "Rain came late")];
        let themes = ThemeCoder::new(None).code(&annotated.reading(), &[], &quotes);
        assert_eq!(themes.len(), 1, "a heading that only places its section is no theme");
        let theme = &themes[0];
        assert_eq!((theme.id.as_str(), theme.label.as_str()), ("water-prices", "Water prices"));
        assert_eq!((theme.sentences.as_slice(), theme.words, theme.quotes.as_slice()), (&[2, 3][..], 8, &[0][..]));
        assert!((theme.share - 8.0 / 13.0).abs() < 1e-9, "headings are not counted");
    }

    fn keyphrase(doc: &crate::Document, phrase: &str) -> Keyphrase {
        let mentions = doc.text().match_indices(phrase).map(|(at, found)| Span::new(at, at + found.len())).collect();
        Keyphrase { phrase: phrase.to_owned(), score: 1.0, mentions, ..Keyphrase::default() }
    }

    #[test]
    fn keyphrases_that_share_words_are_one_theme() {
        let text = "Green hydrogen is dear.\nBuyers of hydrogen wait.\nThe ferry fleet ages.\nOslo hopes.";
        let annotated = Annotated::new(text).entity("Oslo", EntityLabel::Location);
        let keyphrases = ["Green hydrogen", "hydrogen", "Oslo", "ferry fleet"].map(|phrase| keyphrase(&annotated.doc, phrase));
        let themes = ThemeCoder::new(None).code(&annotated.reading(), &keyphrases, &[quote(&annotated.doc, "The ferry fleet ages")]);
        let rows: Vec<(&str, &[usize], usize)> = themes.iter().map(|t| (t.id.as_str(), t.sentences.as_slice(), t.quotes.len())).collect();
        assert_eq!(rows, [("green-hydrogen", &[0, 1][..], 0), ("ferry-fleet", &[2], 1)]);
        assert_eq!(evidence(&annotated, &themes[0]), ["Green hydrogen", "hydrogen"]);
    }

    #[test]
    fn a_group_named_like_a_heading_joins_it() {
        let text = "Water price talks began.\nWater prices\nFees will double.";
        let mut annotated = Annotated::new(text);
        heading(&mut annotated.seg, text, "Water prices");
        let themes = ThemeCoder::new(None).code(&annotated.reading(), &[keyphrase(&annotated.doc, "Water price")], &[]);
        let rows: Vec<(&str, &[usize])> = themes.iter().map(|theme| (theme.id.as_str(), theme.sentences.as_slice())).collect();
        assert_eq!(rows, [("water-prices", &[0, 2][..])]);
    }

    #[test]
    fn at_most_eight_themes_with_room_for_keyphrases() {
        let lines: Vec<String> = (0..9).map(|at| format!("Heading{at} here\nFerry{at} is said.\nAgain Ferry{at} is said.")).collect();
        let text = lines.join("\n");
        let mut annotated = Annotated::new(&text);
        for at in 0..9 {
            heading(&mut annotated.seg, &text, &format!("Heading{at} "));
        }
        let keyphrases: Vec<Keyphrase> = (0..9).map(|at| keyphrase(&annotated.doc, &format!("Ferry{at}"))).collect();
        let themes = ThemeCoder::new(None).code(&annotated.reading(), &keyphrases, &[]);
        assert_eq!(themes.iter().filter(|theme| theme.label.starts_with("Heading")).count(), 5);
        assert_eq!(themes.iter().filter(|theme| theme.label.starts_with("Ferry")).count(), 3);
    }

    #[test]
    fn shipped_codebooks_tell_their_themes_apart() {
        let rows: [(&str, &str, &[&str]); 20] = [
            ("policy-agenda", "The council will subsidise heat pumps and cut emissions.", &["energy", "environment"]),
            ("policy-agenda", "Trade unions asked for higher wages.", &["labour"]),
            ("policy-agenda", "Ministers waged a long campaign.", &[]),
            ("policy-agenda", "The business climate improved as exporters paid lower tariffs.", &["foreign-trade"]),
            ("policy-agenda", "Farmers want cheaper irrigation and the wind farm gone.", &["agriculture", "energy"]),
            ("policy-agenda", "Shares trading at a discount cropped up.", &[]),
            ("policy-agenda", "Refugees may study at the university.", &["education", "immigration"]),
            ("policy-agenda", "Her defence lawyer left the court.", &["crime-justice"]),
            ("policy-agenda", "The central bank kept interest rates where they were.", &["macroeconomy"]),
            ("policy-agenda", "Rents rose faster than wages.", &["housing", "labour"]),
            ("policy-agenda", "The bus took a heavy toll of patience.", &["transport"]),
            (
                "innovation-industry",
                "The state will subsidise a new chip plant.",
                &["industry", "innovation", "manufacturing", "subsidies", "technologies"],
            ),
            ("innovation-industry", "A quantum computer left the laboratory.", &["innovation", "research", "technologies"]),
            ("innovation-industry", "The music industry waits.", &[]),
            ("innovation-industry", "Export controls hit gallium.", &["conditions", "industry", "supply-chains", "trade-controls"]),
            ("climate-energy", "Wind farms need grid connections.", &["energy", "grids-storage", "renewables"]),
            ("climate-energy", "The political climate cooled.", &[]),
            ("climate-energy", "A carbon tax would cut emissions.", &["carbon-pricing", "climate", "emissions"]),
            ("climate-energy", "The sales pipeline is full.", &[]),
            ("climate-energy", "Energy bills will fall.", &["energy", "energy-prices"]),
        ];
        for (name, text, expected) in rows {
            let codebook = Codebook::from_toml(Codebook::shipped(name).expect(name)).expect(name).with_min_probability(None);
            let annotated = Annotated::new(text);
            let mut ids: Vec<String> =
                ThemeCoder::new(Some(codebook)).code(&annotated.reading(), &[], &[]).into_iter().map(|theme| theme.id).collect();
            ids.sort();
            assert_eq!(ids, expected, "{name}: {text}");
        }
    }

    /// One vector a token: the first axis for words about the sea, the second for others.
    fn with_vectors(mut annotated: Annotated) -> Annotated {
        for token in 0..annotated.seg.tokens.len() {
            let is_sea = ["tide", "wave", "salt", "gull", "spray"].contains(&annotated.reading().token_text(token));
            annotated.encoding.vectors.push(if is_sea { &[1.0, 0.0, 0.0, 0.0] } else { &[0.0, 1.0, 0.0, 0.0] });
        }
        annotated
    }

    #[test]
    fn similar_words_give_a_theme_where_no_term_stands() {
        let text = "[[theme]]\nid = \"sea\"\n[[theme]]\nid = \"coast\"\nparent = \"sea\"\ndescription = \"Coasts\"\nmin_similarity = 0.8\nkeywords = [\"coast\"]";
        let codebook = Codebook::from_toml(text).expect("a codebook");
        let coder = ThemeCoder::new(Some(codebook))
            .with_vectors(|_| Ok(PhraseVectors { tokens: Some(vec![1.0, 0.0, 0.0, 0.0]), meaning: None }))
            .expect("vectors");
        let article = "tide wave salt gull spray there.\nThe coast tide wave salt gull spray.\nFive words on another thing.\ntide wave.\n\
            He said tide wave salt gull spray to us all who stood at his door.";
        let annotated = with_vectors(Annotated::new(article));
        let last = annotated.doc.text().rfind("tide").expect("said");
        let mut quote = quote(&annotated.doc, "tide wave salt gull spray");
        quote.content = vec![Span::new(last, last + "tide wave salt gull spray".len())];
        let themes = coder.code(&annotated.reading(), &[], &[quote]);
        let coast = themes.iter().find(|theme| theme.id == "coast").expect("the coast");
        let reasons: Vec<&str> = coast.evidence.iter().map(|evidence| evidence.reason.name()).collect();
        assert_eq!((coast.sentences.as_slice(), coast.quotes.as_slice()), (&[0, 1, 4][..], &[0][..]), "{themes:?}");
        assert_eq!(reasons, ["similarity", "term", "similarity"]);
        assert_eq!(annotated.doc.slice(coast.evidence[2].span), "tide wave salt gull spray");
        assert!(matches!(coast.evidence[0].reason, Reason::Similarity(cosine) if cosine > 0.9 && cosine < 1.0));
        assert_eq!(themes.iter().find(|theme| theme.id == "sea").map(|theme| theme.sentences.len()), Some(3), "parents get it too");
    }

    #[test]
    fn a_heading_that_says_a_term_gives_it_to_its_section() {
        let text = "Rain came late.\nThe port question\nFees will double, she said.\nHouseholds pay more.";
        let mut annotated = Annotated::new(text);
        heading(&mut annotated.seg, text, "The port");
        let quotes = [quote(&annotated.doc, "Fees will double"), quote(&annotated.doc, "Rain came late")];
        let themes = coder().code(&annotated.reading(), &[], &quotes);
        let ports = themes.iter().find(|theme| theme.id == "ports").expect("ports");
        assert_eq!((ports.sentences.as_slice(), ports.quotes.as_slice()), (&[2, 3][..], &[0][..]));
        assert_eq!((evidence(&annotated, ports), ports.evidence[0].reason.name()), (vec!["port"], "heading"));
        let without = ThemeCoder::new(Some(Codebook::from_toml(&format!("headings = false\n{PORTS}")).expect("a codebook")));
        assert_eq!(without.code(&annotated.reading(), &[], &quotes), []);
    }

    #[test]
    fn nothing_to_find_gives_no_theme() {
        let annotated = Annotated::new("");
        assert_eq!(coder().code(&annotated.reading(), &[], &[]), []);
        assert_eq!(ThemeCoder::new(None).code(&annotated.reading(), &[], &[]), []);
    }
}
