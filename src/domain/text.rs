//! Words people write: trimmed, bounded, and without characters that change how other text is read.

use unicode_segmentation::UnicodeSegmentation;

use super::invalid::Fault;

/// Longest note, in characters as a person counts them.
pub const NOTE_MAX: usize = 1_000;
/// Longest description of a place.
pub const PLACE_TEXT_MAX: usize = 300;
/// Longest public answer.
pub const ANSWER_MAX: usize = 2_000;

/// Bytes one character may take: a family emoji needs 25; stacked accents without end are an attack.
const BYTES_PER_CHARACTER: usize = 32;

/// Cleans and bounds a text. Empty after trimming is `Ok(None)`.
///
/// Control characters and bidirectional overrides are dropped (line breaks stay), because they make the text that follows, in a list or
/// a printed protocol, read as something else. NUL would also be refused by PostgreSQL.
pub fn clean(raw: &str, max_characters: usize) -> Result<Option<String>, Fault> {
    if raw.len() > max_characters * BYTES_PER_CHARACTER {
        return Err(Fault::TooLong(max_characters));
    }
    let kept: String = raw.chars().filter(|c| !is_unwanted(*c)).collect();
    let trimmed = kept.trim();
    if trimmed.graphemes(true).count() > max_characters {
        return Err(Fault::TooLong(max_characters));
    }
    Ok(if trimmed.is_empty() { None } else { Some(trimmed.to_owned()) })
}

const fn is_unwanted(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_bounds_and_drops_overrides() {
        assert_eq!(clean("  mörkt\u{202e} här\u{0} \n", 10), Ok(Some("mörkt här".to_owned())));
        assert_eq!(clean(" \u{7} \n", 10), Ok(None));
        assert_eq!(clean(&"å".repeat(11), 10), Err(Fault::TooLong(10)));
        assert_eq!(clean(&"👨‍👩‍👧‍👦".repeat(10), 10).map(|t| t.map(|t| t.graphemes(true).count())), Ok(Some(10)));
        assert!(clean(&format!("a{}", "\u{301}".repeat(100_000)), 1_000).is_err(), "stacked accents");
    }
}
