//! Ids of themes that are made of a label.

/// Lower-case letters and digits with a hyphen for everything between them: `Water prices:` → `water-prices`.
pub(crate) fn slug(label: &str) -> String {
    let lower = label.to_lowercase();
    let words: Vec<&str> = lower.split(|ch: char| !ch.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "theme".to_owned() } else { words.join("-") }
}
