//! UIMA CAS XMI with its type system, as `INCEpTION` and `dkpro-cassis` read it. Offsets are UTF-16 units.

use super::Writer;
use super::labels::{CONTENT, CUE, SOURCE};
use super::offsets::Offsets;
use super::output::Output;
use super::record::{ArticleRecord, QuoteRecord, SpanRecord};
use super::tokens::tokens;
use super::xml::Xml;
use crate::Result;

const SEGMENTATION: &str = "http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore";
const ENTITIES: &str = "http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore";
const OWN: &str = "http:///webanno/custom.ecore";

#[derive(Debug, Default)]
pub(super) struct Cas {}

impl Writer for Cas {
    fn add(&mut self, out: &mut Output, article: &ArticleRecord) -> Result<()> {
        out.write(&format!("cas/{}.xmi", article.id), document(article).as_bytes())
    }

    fn finish(self: Box<Self>, out: &mut Output) -> Result<()> {
        out.write("cas/TypeSystem.xml", type_system().as_bytes())
    }
}

/// The annotations of one document, numbered as they are written.
struct Annotations<'a> {
    xml: Xml,
    offsets: &'a Offsets<'a>,
    members: Vec<String>,
}

impl Annotations<'_> {
    fn add(&mut self, name: &str, span: SpanRecord, features: &[(&str, Option<&str>)]) -> String {
        let id = (self.members.len() + 2).to_string(); // 0 is the null, 1 the text
        let (begin, end) = (self.offsets.utf16(span.start).to_string(), self.offsets.utf16(span.end).to_string());
        let place = [("xmi:id", Some(id.as_str())), ("sofa", Some("1")), ("begin", Some(begin.as_str())), ("end", Some(end.as_str()))];
        self.xml.empty(name, &[&place[..], features].concat()).line();
        self.members.push(id.clone());
        id
    }
}

fn document(article: &ArticleRecord) -> String {
    let offsets = Offsets::new(&article.text);
    let mut xml = Xml::document();
    let spaces = [
        ("xmi:version", Some("2.0")),
        ("xmlns:xmi", Some("http://www.omg.org/XMI")),
        ("xmlns:cas", Some("http:///uima/cas.ecore")),
        ("xmlns:seg", Some(SEGMENTATION)),
        ("xmlns:ner", Some(ENTITIES)),
        ("xmlns:custom", Some(OWN)),
    ];
    xml.open("xmi:XMI", &spaces).line().empty("cas:NULL", &[("xmi:id", Some("0"))]).line();
    let mut made = Annotations { xml, offsets: &offsets, members: Vec::new() };
    for sentence in &article.sentences {
        made.add("seg:Sentence", SpanRecord { start: sentence.start, end: sentence.end }, &[]);
    }
    for token in tokens(article, &offsets) {
        made.add("seg:Token", token, &[]);
    }
    for entity in &article.entities {
        for mention in &entity.mentions {
            let features = [("value", Some(entity.label.as_str())), ("identifier", Some(entity.name.as_str()))];
            made.add("ner:NamedEntity", SpanRecord { start: mention.start, end: mention.end }, &features);
        }
    }
    for quote in &article.quotes {
        quotation(&mut made, article, quote);
    }
    let Annotations { mut xml, members, .. } = made;
    let sofa = [
        ("xmi:id", Some("1")),
        ("sofaNum", Some("1")),
        ("sofaID", Some("_InitialView")),
        ("mimeType", Some("text/plain")),
        ("sofaString", Some(article.text.as_str())),
    ];
    xml.empty("cas:Sofa", &sofa).line().empty("cas:View", &[("sofa", Some("1")), ("members", Some(&members.join(" ")))]).line();
    xml.finish()
}

fn quotation(made: &mut Annotations<'_>, article: &ArticleRecord, quote: &QuoteRecord) {
    let speaker = article.speaker_of(quote);
    let confidence = format!("{:.4}", quote.confidence);
    let themes: Vec<&str> =
        article.themes.iter().filter(|theme| quote.themes.contains(&theme.id)).map(|theme| theme.label.as_str()).collect();
    let themes = themes.join("; ");
    let common = |part: &'static str| {
        [
            ("part", Some(part)),
            ("quotation", Some(quote.local_id())),
            ("kind", Some(quote.kind.as_str())),
            ("speaker", speaker.map(|speaker| speaker.name.as_str())),
            ("role", speaker.and_then(|speaker| speaker.roles.first()).map(|role| role.role.as_str())),
        ]
    };
    for &span in &quote.content {
        let own = [("themes", Some(themes.as_str()).filter(|themes| !themes.is_empty())), ("confidence", Some(confidence.as_str()))];
        made.add("custom:Quotation", span, &[&common(CONTENT)[..], &own[..]].concat());
    }
    for (span, part) in [(quote.cue, CUE), (quote.source, SOURCE)] {
        if let Some(span) = span {
            made.add("custom:Quotation", span, &common(part));
        }
    }
}

fn type_system() -> String {
    const STRING: &str = "uima.cas.String";
    let types: [(&str, &[&str]); 4] = [
        ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence", &[]),
        ("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", &[]),
        ("de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity", &["value", "identifier"]),
        ("webanno.custom.Quotation", &["part", "quotation", "kind", "speaker", "role", "themes", "confidence"]),
    ];
    let mut xml = Xml::document();
    xml.open("typeSystemDescription", &[("xmlns", Some("http://uima.apache.org/resourceSpecifier"))]).line().open("types", &[]).line();
    for (name, features) in types {
        xml.open("typeDescription", &[]).leaf("name", &[], name).leaf("description", &[], "");
        xml.leaf("supertypeName", &[], "uima.tcas.Annotation");
        if !features.is_empty() {
            xml.open("features", &[]);
            for feature in features {
                xml.open("featureDescription", &[]).leaf("name", &[], feature).leaf("description", &[], "");
                xml.leaf("rangeTypeName", &[], STRING).close();
            }
            xml.close();
        }
        xml.close().line();
    }
    xml.finish()
}
