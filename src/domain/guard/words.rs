//! The words of a text, with what they are known as and the sentence they stand in.

use super::lists::{LISTS, Tag, Tags};
use super::reading::Reading;

/// Longer ones are no words.
const LONGEST: usize = 40;

/// A run of letters.
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    /// In lower case, composed.
    pub(super) text: String,
    /// Begins with a capital letter.
    pub(super) capital: bool,
    /// More than one letter, and all of them capital.
    pub(super) shouted: bool,
    /// The first of its sentence.
    pub(super) first: bool,
    pub(super) sentence: usize,
    tags: Tags,
    /// What it is known as without the s of a genitive, where three letters or more are left.
    base: Tags,
}

impl Word {
    pub(super) fn is(&self, tag: Tag) -> bool {
        self.tags.has(tag)
    }

    /// A name, also in the genitive.
    pub(super) fn is_name(&self, tag: Tag) -> bool {
        self.tags.has(tag) || self.base.has(tag)
    }

    /// Without the s of a genitive.
    pub(super) fn base(&self) -> &str {
        self.text.strip_suffix('s').unwrap_or(&self.text)
    }
}

/// The words of a text in order.
pub(super) struct Words {
    pub(super) all: Vec<Word>,
    /// Where sentences end: the first ending in each stretch between words that has one.
    breaks: Vec<usize>,
}

impl Words {
    pub(super) fn of(reading: &Reading) -> Self {
        let mut words = Self { all: Vec::new(), breaks: Vec::new() };
        let mut index = 0;
        while index < reading.len() {
            if !is_word_letter(reading.sign(index)) {
                index += 1;
                continue;
            }
            let start = index;
            while is_word_letter(reading.sign(index)) {
                index += 1;
            }
            words.push(reading, start, index);
        }
        let end = words.all.last().map_or(0, |word| word.end);
        words.breaks.extend(words.sentence_end(reading, end, reading.len()));
        words
    }

    fn push(&mut self, reading: &Reading, start: usize, end: usize) {
        let before = self.all.last().map_or(0, |word| word.end);
        let ended = self.sentence_end(reading, before, start);
        self.breaks.extend(ended);
        let text = if end - start <= LONGEST { composed(reading.slice(start, end)) } else { String::new() };
        let letters = (start..end).filter(|&at| !is_mark(reading.sign(at)));
        let capitals = letters.clone().filter(|&at| reading.is_upper(at)).count();
        self.all.push(Word {
            start,
            end,
            capital: reading.is_upper(start),
            shouted: capitals > 1 && capitals == letters.count(),
            first: ended.is_some() || self.all.is_empty(),
            sentence: self.breaks.len(),
            tags: LISTS.tags(&text),
            base: text.strip_suffix('s').filter(|base| base.chars().count() > 2).map(|base| LISTS.tags(base)).unwrap_or_default(),
            text,
        });
    }

    /// Where a sentence ends between two places: a line break, `! ? ; …`, or a full stop that nothing goes on after. The stop after a
    /// word of one or two letters, or "lgh", is that of a short form.
    fn sentence_end(&self, reading: &Reading, from: usize, to: usize) -> Option<usize> {
        let short = |at: usize| {
            at == from && self.all.last().is_some_and(|word| word.end == from && (word.text.chars().count() <= 2 || word.text == "lgh"))
        };
        (from..to).find(|&at| match reading.sign(at) {
            '\n' | '\r' | '!' | '?' | ';' | '\u{2026}' => true,
            '.' => !short(at) && !is_word_letter(reading.sign(at + 1)) && !reading.sign(at + 1).is_ascii_digit(),
            _ => false,
        })
    }

    /// The sentence that a sign stands in.
    pub(super) fn sentence_at(&self, sign: usize) -> usize {
        self.breaks.partition_point(|&end| end < sign)
    }

    /// The first word at or after a sign.
    pub(super) fn from(&self, sign: usize) -> usize {
        self.all.partition_point(|word| word.start < sign)
    }

    pub(super) fn is(&self, index: usize, tag: Tag) -> bool {
        self.all.get(index).is_some_and(|word| word.is(tag))
    }

    /// Whether two words stand in one sentence.
    pub(super) fn together(&self, one: usize, other: usize) -> bool {
        matches!((self.all.get(one), self.all.get(other)), (Some(one), Some(other)) if one.sentence == other.sentence)
    }

    /// The first word with a tag among `most` after one, in its sentence.
    pub(super) fn ahead(&self, index: usize, most: usize, tag: Tag) -> Option<usize> {
        (index + 1..=index + most).take_while(|&next| self.together(index, next)).find(|&next| self.is(next, tag))
    }

    /// The nearest word with a tag among `most` before one, in its sentence.
    pub(super) fn behind(&self, index: usize, most: usize, tag: Tag) -> Option<usize> {
        (index.saturating_sub(most)..index).rev().take_while(|&back| self.together(index, back)).find(|&back| self.is(back, tag))
    }

    /// What stands between a word and the next.
    pub(super) fn gap<'a>(&self, reading: &'a Reading, index: usize) -> &'a [char] {
        match (self.all.get(index), self.all.get(index + 1)) {
            (Some(word), Some(next)) => reading.slice(word.end, next.start),
            _ => &['\n'],
        }
    }
}

/// Latin letters with and without marks, in lower case: the same ranges on the phone.
fn is_word_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{17f}') || is_mark(c)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A word with its marks on its letters; marks on other letters are dropped.
fn composed(signs: &[char]) -> String {
    let mut text = String::with_capacity(signs.len() + 4);
    for &c in signs {
        if !is_mark(c) {
            text.push(c);
            continue;
        }
        let whole = match (text.chars().next_back(), c) {
            (Some('a'), '\u{30a}') => 'å',
            (Some('a'), '\u{308}') => 'ä',
            (Some('o'), '\u{308}') => 'ö',
            (Some('u'), '\u{308}') => 'ü',
            (Some('e'), '\u{301}') => 'é',
            _ => continue,
        };
        text.pop();
        text.push(whole);
    }
    text
}
