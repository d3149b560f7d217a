//! A text as the guard reads it: without what is invisible, every kind of digit, dash and space as one.

use super::{Finding, Span};

/// The visible signs of a text, folded, each with its place among the code points.
pub(super) struct Reading {
    signs: Vec<char>,
    places: Vec<usize>,
    /// Which signs stand for a capital letter.
    capitals: Vec<bool>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let mut reading = Self { signs: Vec::new(), places: Vec::new(), capitals: Vec::new() };
        for (place, c) in text.chars().enumerate().filter(|&(_, c)| !invisible(c)) {
            let sign = fold(c);
            reading.signs.push(lower(sign));
            reading.places.push(place);
            reading.capitals.push(is_capital(sign));
        }
        reading
    }

    pub(super) fn len(&self) -> usize {
        self.signs.len()
    }

    /// The sign at an index, or a line break beyond the end: it ends every match.
    pub(super) fn sign(&self, index: usize) -> char {
        self.signs.get(index).copied().unwrap_or('\n')
    }

    /// The sign before an index.
    pub(super) fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\n', |previous| self.sign(previous))
    }

    /// Whether a sign stands for a capital letter.
    pub(super) fn is_upper(&self, index: usize) -> bool {
        self.capitals.get(index).copied().unwrap_or_default()
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.signs.get(start..end).unwrap_or_default()
    }

    /// Whether the signs from an index on read `word`.
    pub(super) fn reads(&self, start: usize, word: &str) -> bool {
        word.chars().enumerate().all(|(offset, c)| self.sign(start + offset) == c)
    }

    /// A span in code points of the original text.
    pub(super) fn finding(&self, span: &Span) -> Finding {
        let place = |index: usize| self.places.get(index).copied().unwrap_or_default();
        Finding { start: place(span.start), end: place(span.end.saturating_sub(1)) + 1, kind: span.kind }
    }
}

/// Letters as they may stand in an address: also decomposed ones (o + ¨).
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Soft hyphens, zero-width and direction marks, variation selectors, the keycap, tags.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{20e3}' | '\u{e0000}'..='\u{e007f}')
}

fn fold(c: char) -> char {
    if c.is_ascii() {
        return if c == '\t' { ' ' } else { c };
    }
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '\u{207a}' | '\u{fe62}' => '+',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{b7}' | '\u{2024}' | '\u{fe52}' => '.',
        '\u{fe6b}' => '@',
        _ => decimal_digit(c).unwrap_or(c),
    }
}

/// A capital letter of the Latin blocks up to U+017F. In Latin Extended-A they alternate with the small ones.
fn is_capital(c: char) -> bool {
    match c {
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => true,
        '\u{100}'..='\u{137}' | '\u{14a}'..='\u{177}' => u32::from(c).is_multiple_of(2),
        '\u{139}'..='\u{148}' | '\u{179}'..='\u{17e}' => !u32::from(c).is_multiple_of(2),
        _ => false,
    }
}

fn lower(c: char) -> char {
    match c {
        _ if !is_capital(c) => c,
        '\u{100}'.. => char::from_u32(u32::from(c) + 1).unwrap_or(c),
        _ => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
    }
}

/// The ASCII digit of a Unicode decimal digit (general category Nd): blocks of ten in a row, told by their zeros.
fn decimal_digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let block = ZEROS.partition_point(|&zero| zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(block)?;
    char::from_digit(value, 10)
}

/// Unicode 17.0, DerivedGeneralCategory.txt.
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090,
    0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
    0xff10, 0x1_04a0, 0x1_0d30, 0x1_0d40, 0x1_1066, 0x1_10f0, 0x1_1136, 0x1_11d0, 0x1_12f0, 0x1_1450, 0x1_14d0, 0x1_1650, 0x1_16c0,
    0x1_16d0, 0x1_16da, 0x1_1730, 0x1_18e0, 0x1_1950, 0x1_1bf0, 0x1_1c50, 0x1_1d50, 0x1_1da0, 0x1_1de0, 0x1_1f50, 0x1_6130, 0x1_6a60,
    0x1_6ac0, 0x1_6b50, 0x1_6d70, 0x1_ccf0, 0x1_d7ce, 0x1_d7d8, 0x1_d7e2, 0x1_d7ec, 0x1_d7f6, 0x1_e140, 0x1_e2f0, 0x1_e4f0, 0x1_e5f1,
    0x1_e950, 0x1_fbf0,
];
