//! Entity labels by token (`token TAB label`, BIOES) beside the raw text: Worldwide English.

use std::path::Path;

use super::{GoldDocument, read_text};
use crate::{EntityLabel, Label, Result, Span};

/// How far ahead in the text a token is looked for, in bytes.
const REACH: usize = 600;

pub(super) fn read(path: &Path) -> Result<GoldDocument> {
    let rows = read_text(path)?;
    let text = read_text(&path.with_extension("txt"))?;
    let mut entities: Vec<(Span, EntityLabel)> = Vec::new();
    let mut at = 0;
    let mut open: Option<EntityLabel> = None;
    for row in rows.lines() {
        let mut columns = row.split('\t');
        let token = columns.next().unwrap_or_default().trim();
        if token.is_empty() {
            continue;
        }
        let tag = columns.next().unwrap_or("O").trim();
        let (position, label) = tag.split_once('-').map_or(("O", None), |(position, name)| (position, EntityLabel::from_name(name)));
        let place = find(&text, at, token);
        at = place.map_or(at, Span::end);
        match (place, label) {
            (Some(span), Some(label)) if matches!(position, "I" | "E") && open == Some(label) => {
                if let Some((last, _)) = entities.last_mut() {
                    *last = last.cover(span);
                }
            }
            (Some(span), Some(label)) => entities.push((span, label)),
            _ => {}
        }
        open = label.filter(|_| place.is_some());
    }
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    Ok(GoldDocument { name, text, entities: Some(entities), ..GoldDocument::default() })
}

/// The next place of a token close after byte `from`, with bracket codes and quotation marks as the text writes them.
fn find(text: &str, from: usize, token: &str) -> Option<Span> {
    let ahead = text.get(from..)?;
    let forms: &[&str] = match token {
        "-LRB-" => &["("],
        "-RRB-" => &[")"],
        "-LSB-" => &["["],
        "-RSB-" => &["]"],
        "``" | "''" => &["\"", "“", "”", "``", "''"],
        "--" => &["--", "—", "–"],
        "..." => &["...", "…", ". . ."],
        _ => &[],
    };
    let plain = token.replace(['’', '‘', '`'], "'");
    let curly = plain.replace('\'', "’");
    let spellings = forms.iter().copied().chain([token, plain.as_str(), curly.as_str()]);
    let best = spellings.filter_map(|form| ahead.find(form).filter(|&at| at < REACH).map(|at| (at, form.len()))).min()?;
    Some(Span::new(from + best.0, from + best.0 + best.1))
}
