//! Takes out of a PDF what has no text and can do harm: the bytes of pictures, which `pdf-extract` reads as if they were drawing
//! commands, and forms that draw themselves, which it follows until the stack ends.

use std::collections::{BTreeMap, BTreeSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId};

/// How deep forms may stand in forms; programs nest three or four.
const MAX_NESTED: usize = 16;

/// Empties pictures and endless forms.
pub(super) fn disarm(document: &mut Document) {
    let mut forms: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    let mut harmful: BTreeSet<ObjectId> = BTreeSet::new();
    for (&id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => {
                harmful.insert(id);
            }
            Ok(b"Form") => {
                forms.insert(id, children(document, &stream.dict));
                // Without resources of its own a form draws from the page's, where it may find itself.
                let draws = || stream.decompressed_content().map_or(true, |content| content.windows(3).any(|word| word == b" Do"));
                if stream.dict.get(b"Resources").is_err() && (stream.content.len() > 1 << 20 || draws()) {
                    harmful.insert(id);
                }
            }
            _ => {}
        }
    }
    let mut sound: BTreeSet<ObjectId> = BTreeSet::new();
    for _ in 0..MAX_NESTED {
        let is_ready = |id: &ObjectId, children: &[ObjectId]| {
            !sound.contains(id) && children.iter().all(|child| sound.contains(child) || !forms.contains_key(child))
        };
        let ready: Vec<ObjectId> = forms.iter().filter(|(id, children)| is_ready(id, children)).map(|(id, _)| *id).collect();
        if ready.is_empty() {
            break;
        }
        sound.extend(ready);
    }
    harmful.extend(forms.keys().filter(|id| !sound.contains(id)));
    for id in harmful {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
}

/// The forms and pictures that a form can draw.
fn children(document: &Document, form: &Dictionary) -> Vec<ObjectId> {
    let within = |dictionary: &Dictionary, key: &[u8]| dictionary.get_deref(key, document).and_then(Object::as_dict).cloned();
    let drawn = within(form, b"Resources").and_then(|resources| within(&resources, b"XObject"));
    drawn.map(|drawn| drawn.iter().filter_map(|(_, object)| object.as_reference().ok()).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    /// A page that draws a form which draws itself.
    fn endless() -> Vec<u8> {
        let page = "BT /F 12 Tf 20 200 Td (The bank raised its rates on Monday for the third time.) Tj ET /A Do";
        let resources = "/Resources<</XObject<</A 5 0 R>>/Font<</F 6 0 R>>>>";
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 300]/Contents 4 0 R{resources}>>"),
            format!("<</Length {}>> stream\n{page}\nendstream", page.len()),
            format!("<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{resources}/Length 5>> stream\n/A Do\nendstream"),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        ];
        let mut file = String::from("%PDF-1.4\n");
        let mut table = String::from("xref\n0 7\n0000000000 65535 f \n");
        for (number, object) in (1..).zip(objects) {
            writeln!(table, "{:010} 00000 n ", file.len()).expect("memory takes everything");
            writeln!(file, "{number} 0 obj {object} endobj").expect("memory takes everything");
        }
        format!("{file}{table}trailer <</Root 1 0 R/Size 7>>\nstartxref\n{}\n%%EOF\n", file.len()).into_bytes()
    }

    #[test]
    fn a_form_that_draws_itself_is_left_out() {
        let article = super::super::read_document(&endless()).unwrap();
        assert_eq!(article.text, "The bank raised its rates on Monday for the third time.");
    }
}
