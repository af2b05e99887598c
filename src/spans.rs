//! Checks that every span of an analysis stands in its text: in bounds, on the borders of characters, in order, and inside what it is a part of.

use std::fmt;

use crate::{Analysis, Document, Evidence, Quote, Reason, Segmentation, Span, Speaker, SpeakerMention, Theme};

/// A span that does not fit its text, or an index that points nowhere: a bug of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct SpanFault {
    /// Which part of the analysis (`quotes[2].content[0]`).
    place: String,
    span: Option<Span>,
    why: &'static str,
}

impl fmt::Display for SpanFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span {
            Some(span) => write!(f, "{} [{}, {}) {}", self.place, span.start(), span.end(), self.why),
            None => write!(f, "{} {}", self.place, self.why),
        }
    }
}

impl Analysis {
    /// Checks every span and index of every stage against the text and against what it is a part of.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let analysis = sayso::Pipeline::builder().build()?.analyze_text("“Prices will fall,” said Ana Silva.")?;
    /// analysis.check_spans()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// With the first span that does not fit.
    pub fn check_spans(&self) -> Result<(), SpanFault> {
        let check = Check { doc: &self.doc };
        for (at, &(span, _)) in self.doc.markup().iter().enumerate() {
            check.words(format!("markup[{at}]"), span)?;
        }
        check.segmentation(&self.seg)?;
        for (at, entity) in self.entities.iter().enumerate() {
            check.in_order(&format!("entities[{at}].mentions"), entity.mentions.iter().map(|mention| mention.span))?;
        }
        for (at, keyphrase) in self.keyphrases.iter().enumerate() {
            check.in_order(&format!("keyphrases[{at}].mentions"), keyphrase.mentions.iter().copied())?;
        }
        check.quotes(&self.quotes, &self.seg)?;
        self.check_attribution(check)?;
        for (at, theme) in self.themes.iter().enumerate() {
            check.theme(&format!("themes[{at}]"), theme, self)?;
        }
        Ok(())
    }

    fn check_attribution(&self, check: Check<'_>) -> Result<(), SpanFault> {
        let found = &self.attribution;
        let counts = [found.by_quote.len(), found.confidence.len()];
        // A hand-made attribution may leave the confidences out.
        hold(
            counts.into_iter().all(|count| count == self.quotes.len() || count == 0),
            "attribution",
            "has not one entry for each quotation",
        )?;
        let is_known = |speaker: &usize| *speaker < found.speakers.len();
        hold(found.by_quote.iter().flatten().all(is_known), "attribution.by_quote", "points at no speaker")?;
        hold(found.joint.iter().flatten().all(is_known), "attribution.joint", "points at no speaker")?;
        for (at, speaker) in found.speakers.iter().enumerate() {
            check.speaker(&format!("speakers[{at}]"), speaker)?;
        }
        for (at, chain) in found.chains.iter().enumerate() {
            check.mentions(&format!("chains[{at}]"), chain)?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Check<'a> {
    doc: &'a Document,
}

fn hold(holds: bool, place: impl Into<String>, why: &'static str) -> Result<(), SpanFault> {
    if holds { Ok(()) } else { Err(SpanFault { place: place.into(), span: None, why }) }
}

fn fits(holds: bool, place: impl Into<String>, span: Span, why: &'static str) -> Result<(), SpanFault> {
    if holds { Ok(()) } else { Err(SpanFault { place: place.into(), span: Some(span), why }) }
}

impl Check<'_> {
    fn misfit(self, span: Span) -> Option<&'static str> {
        let text = self.doc.text();
        if span.end() > text.len() {
            Some("ends behind the text")
        } else if text.get(span.range()).is_none() {
            Some("cuts a character in two")
        } else {
            None
        }
    }

    /// In bounds and on borders, with something other than white space in it and none at its ends.
    fn words(self, place: impl Into<String>, span: Span) -> Result<(), SpanFault> {
        if let Some(why) = self.misfit(span) {
            return fits(false, place, span, why);
        }
        let words = self.doc.text().get(span.range()).unwrap_or_default();
        fits(!words.is_empty() && words.trim() == words, place, span, "is empty or has white space at its ends")
    }

    /// Words, one after the other.
    fn in_order(self, place: &str, spans: impl IntoIterator<Item = Span>) -> Result<(), SpanFault> {
        let mut before = 0;
        for (at, span) in spans.into_iter().enumerate() {
            self.words(format!("{place}[{at}]"), span)?;
            fits(before <= span.start(), format!("{place}[{at}]"), span, "stands before the one it follows")?;
            before = span.start();
        }
        Ok(())
    }

    fn segmentation(self, seg: &Segmentation) -> Result<(), SpanFault> {
        for (place, span) in [("title", seg.title), ("byline", seg.byline), ("dateline", seg.dateline), ("credit", seg.credit)] {
            span.map_or(Ok(()), |span| self.words(place, span))?;
        }
        for (at, section) in seg.sections.iter().enumerate() {
            self.words(format!("sections[{at}]"), section.span)?;
            if let Some(heading) = section.heading {
                self.words(format!("sections[{at}].heading"), heading)?;
                fits(section.span.contains(heading), format!("sections[{at}].heading"), heading, "stands outside its section")?;
            }
        }
        let mut end = 0;
        for (at, paragraph) in seg.paragraphs.iter().enumerate() {
            let place = format!("paragraphs[{at}]");
            self.words(&place, paragraph.span)?;
            fits(end <= paragraph.span.start(), &place, paragraph.span, "overlaps the one before")?;
            hold(paragraph.section < seg.sections.len(), &place, "belongs to no section")?;
            end = paragraph.span.end();
            self.sentences(seg, at)?;
        }
        let tokens = seg.sentences.iter().map(|sentence| sentence.tokens.len()).sum::<usize>();
        hold(tokens == seg.tokens.len(), "tokens", "do not all belong to one sentence")
    }

    /// The sentences of a paragraph tile it, their tokens tile them.
    fn sentences(self, seg: &Segmentation, paragraph: usize) -> Result<(), SpanFault> {
        let Some(whole) = seg.paragraphs.get(paragraph) else { return Ok(()) };
        let sentences = seg.sentences.get(whole.sentences.clone());
        hold(sentences.is_some(), format!("paragraphs[{paragraph}].sentences"), "points at no sentences")?;
        let mut end = whole.span.start();
        for (at, sentence) in whole.sentences.clone().zip(sentences.unwrap_or_default()) {
            let place = format!("sentences[{at}]");
            self.words(&place, sentence.span)?;
            hold(sentence.paragraph == paragraph, &place, "names another paragraph")?;
            fits(end <= sentence.span.start() && whole.span.contains(sentence.span), &place, sentence.span, "leaves its paragraph")?;
            hold(seg.span_of(sentence.tokens.clone()) == Some(sentence.span), &place, "is not what its tokens cover")?;
            for (token, found) in sentence.tokens.clone().zip(seg.tokens.get(sentence.tokens.clone()).unwrap_or_default()) {
                self.words(format!("tokens[{token}]"), found.span)?;
                fits(end <= found.span.start(), format!("tokens[{token}]"), found.span, "overlaps the one before")?;
                end = found.span.end();
            }
        }
        Ok(())
    }

    fn quotes(self, quotes: &[Quote], seg: &Segmentation) -> Result<(), SpanFault> {
        let mut contents: Vec<Span> = Vec::new();
        for (at, quote) in quotes.iter().enumerate() {
            let place = format!("quotes[{at}]");
            hold(!quote.content.is_empty(), &place, "has no content")?;
            self.in_order(&format!("{place}.content"), quote.content.iter().copied())?;
            for (name, part) in [("cue", quote.cue), ("source", quote.source)] {
                part.map_or(Ok(()), |span| self.words(format!("{place}.{name}"), span))?;
            }
            let is_inside =
                |content: Span| seg.paragraphs.is_empty() || seg.paragraphs.iter().any(|paragraph| paragraph.span.contains(content));
            for &content in &quote.content {
                fits(is_inside(content), format!("{place}.content"), content, "leaves its paragraph")?;
                let crosses = |other: &Span| other.overlaps(content) && !other.contains(content) && !content.contains(*other);
                fits(!contents.iter().any(crosses), format!("{place}.content"), content, "crosses another quotation")?;
            }
            let overlap = quote.content.windows(2).any(|pair| matches!(pair, [first, second] if first.overlaps(*second)));
            hold(!overlap, format!("{place}.content"), "overlaps itself")?;
            contents.extend(&quote.content);
        }
        Ok(())
    }

    fn speaker(self, place: &str, speaker: &Speaker) -> Result<(), SpanFault> {
        hold(!speaker.name.trim().is_empty(), place, "has no name")?;
        for (at, role) in speaker.roles.iter().enumerate() {
            self.words(format!("{place}.roles[{at}]"), role.span)?;
        }
        self.mentions(&format!("{place}.mentions"), &speaker.mentions)
    }

    fn mentions(self, place: &str, mentions: &[SpeakerMention]) -> Result<(), SpanFault> {
        self.in_order(place, mentions.iter().map(|mention| mention.span))
    }

    fn theme(self, place: &str, theme: &Theme, analysis: &Analysis) -> Result<(), SpanFault> {
        hold(theme.sentences.iter().all(|&at| at < analysis.seg.sentences.len()), place, "points at no sentence")?;
        hold(theme.quotes.iter().all(|&at| at < analysis.quotes.len()), place, "points at no quotation")?;
        for (at, Evidence { span, reason }) in theme.evidence.iter().enumerate() {
            self.words(format!("{place}.evidence[{at}]"), *span)?;
            if let Reason::Context { from: Some(from), .. } = reason {
                self.words(format!("{place}.evidence[{at}].from"), *from)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, EntityLabel, EntityMention, QuoteKind, Segmenter};

    fn analysis(text: &str) -> Analysis {
        let doc = Document::from_text(text);
        let seg = Segmenter::new().segment(&doc);
        Analysis {
            doc,
            seg,
            entities: Vec::new(),
            keyphrases: Vec::new(),
            quotes: Vec::new(),
            attribution: crate::Attribution::default(),
            themes: Vec::new(),
            passages: Vec::new(),
        }
    }

    fn with_quotes(text: &str, contents: &[(usize, usize)]) -> Analysis {
        let quote = |&(start, end): &(usize, usize)| Quote {
            id: String::new(),
            kind: QuoteKind::Indirect,
            content: vec![Span::new(start, end)],
            cue: None,
            cue_class: None,
            source: None,
            confidence: 0.5,
            rules: Vec::new(),
        };
        Analysis { quotes: contents.iter().map(quote).collect(), ..analysis(text) }
    }

    fn fault(analysis: &Analysis) -> String {
        analysis.check_spans().err().map(|fault| fault.to_string()).unwrap_or_default()
    }

    #[test]
    fn spans_that_do_not_fit_are_named() {
        let text = "“Wir kommen früh.”\n\nIt rained.";
        for (contents, expected) in [
            (&[(0, 12)][..], ""),
            (&[(0, 99)], "quotes[0].content[0] [0, 99) ends behind the text"),
            (&[(1, 12)], "quotes[0].content[0] [1, 12) cuts a character in two"),
            (&[(3, 7)], "quotes[0].content[0] [3, 7) is empty or has white space at its ends"),
            (&[(3, 3)], "quotes[0].content[0] [3, 3) is empty or has white space at its ends"),
            (&[(3, 27)], "quotes[0].content [3, 27) leaves its paragraph"),
            (&[(0, 12), (7, 20)], "quotes[1].content [7, 20) crosses another quotation"),
            // One inside another is nested.
            (&[(0, 20), (3, 6)], ""),
        ] {
            let mut analysis = with_quotes(text, contents);
            analysis.attribution.by_quote = vec![None; contents.len()];
            assert_eq!(fault(&analysis), expected, "{contents:?}");
        }
    }

    #[test]
    fn order_tiling_and_indices_are_checked() {
        let mut mentions = analysis("Ana Lind met Bo Dahl.");
        let mention = |start, end| EntityMention { span: Span::new(start, end), score: 0.9 };
        let entity = |mentions| Entity { id: "e1".to_owned(), label: EntityLabel::Person, name: "x".to_owned(), mentions };
        mentions.entities = vec![entity(vec![mention(13, 20), mention(0, 8)])];
        assert_eq!(fault(&mentions), "entities[0].mentions[1] [0, 8) stands before the one it follows");

        let mut torn = analysis("It rained. It snowed.");
        torn.seg.sentences[1].tokens.end -= 1;
        assert!(fault(&torn).starts_with("sentences[1] is not what its tokens cover"), "{}", fault(&torn));

        let mut lost = with_quotes("It rained.", &[(0, 9)]);
        assert_eq!(fault(&lost), "");
        lost.attribution.by_quote = vec![Some(3)];
        assert_eq!(fault(&lost), "attribution.by_quote points at no speaker");
    }
}
