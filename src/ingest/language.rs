//! The language of a text, where it can be told.

use whatlang::Lang;

/// How much of a text is looked at, in bytes: its start tells as much as the whole.
const SAMPLE: usize = 6000;

/// Fewer letters than this tell nothing sure.
const FEWEST_LETTERS: usize = 80;

/// The code of the text's language (ISO 639-3); empty where it cannot be told.
pub(crate) fn detect(text: &str) -> &'static str {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    let sample = text.get(..end).unwrap_or_default();
    if sample.chars().filter(|ch| ch.is_alphabetic()).count() < FEWEST_LETTERS && !is_dense(sample) {
        return "";
    }
    whatlang::detect(sample).filter(whatlang::Info::is_reliable).map_or("", |info| info.lang().code())
}

/// Whether a text is written in signs that each say as much as a word.
fn is_dense(text: &str) -> bool {
    text.chars().filter(|ch| matches!(*ch, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}')).count() >= 20
}

/// The name of a language's code for people; `None` for English and for what could not be told.
pub(crate) fn foreign(code: &str) -> Option<&'static str> {
    Lang::from_code(code).filter(|&lang| lang != Lang::Eng).map(whatlang::Lang::eng_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_english_from_others() {
        for (text, expected) in [
            (
                "The minister said on Monday that the bridge would be closed for repairs until the spring, and that ferries would run twice a day.",
                "eng",
            ),
            (
                "Der Minister sagte am Montag, dass die Brücke bis zum Frühjahr für Reparaturen gesperrt werde und die Fähren zweimal am Tag fahren.",
                "deu",
            ),
            (
                "Le ministre a déclaré lundi que le pont serait fermé pour travaux jusqu'au printemps et que les bacs passeraient deux fois par jour.",
                "fra",
            ),
            (
                "El ministro dijo el lunes que el puente estará cerrado por obras hasta la primavera y que los transbordadores saldrán dos veces al día.",
                "spa",
            ),
            ("部长星期一表示，大桥将关闭维修至春天，渡轮每天开行两次，居民对此表示不满并要求赔偿。", "cmn"),
            ("Министр сказал в понедельник, что мост будет закрыт на ремонт до весны, а паромы будут ходить два раза в день.", "rus"),
            ("“No,” she said.", ""),
            ("", ""),
        ] {
            assert_eq!(detect(text), expected, "{text}");
        }
        assert_eq!((foreign("deu"), foreign("eng"), foreign("")), (Some("German"), None, None));
    }
}
