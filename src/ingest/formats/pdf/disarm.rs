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
    /// A page that draws a form which draws itself.
    const ENDLESS: &[u8] = b"%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>/Font<</F 6 0 R>>>>>> endobj
4 0 obj <</Length 91>> stream
BT /F 12 Tf 20 200 Td (The bank raised its rates on Monday for the third time.) Tj ET /A Do   
endstream endobj
5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 5>> stream
/A Do
endstream endobj
6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R/Size 7>>
";

    #[test]
    fn a_form_that_draws_itself_is_left_out() {
        // Without a table of places the file is read only where the library repairs it; either way it must end.
        if let Ok(article) = super::super::read_document(ENDLESS) {
            assert_eq!(article.text, "The bank raised its rates on Monday for the third time.");
        }
        let mut document = pdf_extract::Document::load_mem(&with_table()).unwrap();
        super::disarm(&mut document);
        let article = super::super::read_document(&with_table()).unwrap();
        assert_eq!(article.text, "The bank raised its rates on Monday for the third time.");
    }

    /// The same file with its table.
    fn with_table() -> Vec<u8> {
        let text = String::from_utf8(ENDLESS.to_vec()).unwrap();
        let (body, trailer) = text.split_once("trailer").unwrap();
        let mut table = String::from("xref\n0 7\n0000000000 65535 f \n");
        for number in 1..7 {
            let at = body.find(&format!("\n{number} 0 obj")).unwrap() + 1;
            table.push_str(&format!("{at:010} 00000 n \n"));
        }
        format!("{body}{table}trailer{trailer}startxref\n{}\n%%EOF\n", body.len()).into_bytes()
    }
}
