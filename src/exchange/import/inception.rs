//! UIMA CAS XMI back, as `INCEpTION` exports it: quotations by the feature `quotation`. Offsets are UTF-16 units.

use std::path::Path;

use roxmltree::{Document, Node};

use super::article::{Corrected, CorrectedRelation, CorrectedSpan, files, read_text, stem, wrong};
use crate::exchange::labels::{CONTENT, CONTINUES, CUE, CUED_BY, SAID_BY, SOURCE};
use crate::exchange::offsets::Offsets;
use crate::exchange::record::SpanRecord;
use crate::{Error, Result};

const CAS: &str = "http:///uima/cas.ecore";
const ENTITIES: &str = "http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore";
const OWN: &str = "http:///webanno/custom.ecore";

/// Reads a file or a folder of them.
pub(super) fn read(path: &Path) -> Result<Vec<Corrected>> {
    files(path, &["xmi", "xml"])?.iter().filter(|file| stem(file) != "TypeSystem").map(|file| article(file)).collect()
}

fn article(path: &Path) -> Result<Corrected> {
    let xml = read_text(path)?;
    let hint = "export the document as UIMA CAS XMI 1.0";
    let doc = Document::parse(&xml).map_err(|error| wrong(path, "", format_args!("not XML: {error}"), hint))?;
    let sofa = doc.descendants().filter(|node| node.has_tag_name((CAS, "Sofa"))).find_map(|node| node.attribute("sofaString"));
    let text = sofa.ok_or_else(|| wrong(path, "", "no text in it", hint))?.to_owned();
    let offsets = Offsets::new(&text);
    let mut article = Corrected { id: stem(path), has_entities: true, path: path.to_owned(), ..Corrected::default() };
    // The quotation of each span, by its number in the file.
    let mut quotations: Vec<Option<String>> = Vec::new();
    for node in doc.descendants().filter(Node::is_element) {
        let label = if node.has_tag_name((OWN, "Quotation")) {
            node.attribute("part")
        } else if node.has_tag_name((ENTITIES, "NamedEntity")) {
            node.attribute("value")
        } else {
            continue;
        };
        let place = format!("annotation {}", node.attribute(("http://www.omg.org/XMI", "id")).unwrap_or("without id"));
        let span = points(node, &offsets).ok_or_else(|| not_in_text(path, &place, node))?;
        let Some(label) = label.filter(|label| !label.is_empty()) else {
            let what = format!("“{}” has no label", offsets.slice(span));
            return Err(wrong(path, &place, what, "give its feature part one of Content, Cue and Source, or its value a label"));
        };
        let feature = |name: &str| node.attribute(name).filter(|value| !value.is_empty()).map(str::to_owned);
        article.spans.push(CorrectedSpan {
            id: format!("{}", article.spans.len() + 1),
            label: label.to_owned(),
            pieces: vec![span],
            kind: feature("kind"),
            name: feature("speaker"),
            place,
        });
        quotations.push(feature("quotation"));
    }
    article.relations = relations(path, &article.spans, &quotations, &offsets)?;
    Ok(Corrected { text, ..article })
}

/// The span of an annotation in code points.
fn points(node: Node<'_, '_>, offsets: &Offsets<'_>) -> Option<SpanRecord> {
    let unit = |name| offsets.point_of_utf16(node.attribute(name)?.parse().ok()?);
    Some(SpanRecord { start: unit("begin")?, end: unit("end")? })
}

fn not_in_text(path: &Path, place: &str, node: Node<'_, '_>) -> Error {
    let border = |name| node.attribute(name).unwrap_or("?");
    let what = format!("{}..{} does not fit its text", border("begin"), border("end"));
    wrong(path, place, what, "offsets are UTF-16 units of sofaString")
}

/// What belongs to one quotation, as relations from its first content. A content without a quotation's id is one of its own.
fn relations(path: &Path, spans: &[CorrectedSpan], quotations: &[Option<String>], offsets: &Offsets<'_>) -> Result<Vec<CorrectedRelation>> {
    let mut relations = Vec::new();
    for (at, (span, quotation)) in spans.iter().zip(quotations).enumerate() {
        let label = match span.label.as_str() {
            CONTENT => CONTINUES,
            CUE => CUED_BY,
            SOURCE => SAID_BY,
            _ => continue,
        };
        let same = |(_, (other, id)): &(usize, (&CorrectedSpan, &Option<String>))| other.label == CONTENT && id == &quotation;
        let first = quotation.as_ref().and_then(|_| spans.iter().zip(quotations).enumerate().find(same));
        match first {
            Some((first, _)) if first == at => {}
            Some((_, (content, _))) => relations.push(CorrectedRelation {
                label: label.to_owned(),
                from: content.id.clone(),
                to: span.id.clone(),
                place: span.place.clone(),
            }),
            None if span.label == CONTENT => {}
            None => {
                let what = format!("the {} “{}” belongs to no quotation", span.label.to_lowercase(), offsets.slice(span.cover()));
                let hint = "give its feature quotation the id that its content has, such as q3";
                return Err(wrong(path, &span.place, what, hint));
            }
        }
    }
    Ok(relations)
}
