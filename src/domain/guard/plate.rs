//! Swedish registration plates: three letters and three digits, or two digits and a letter (since 2019). Letters without I, Q, V
//! and Å, Ä, Ö; the last one also without O (Transportstyrelsen).

use super::lists::{LISTS, Tag};
use super::reading::Reading;
use super::words::Words;
use super::{FindingKind, Span};

/// Words before and after within which a word for the vehicle counts.
const VEHICLE_BEFORE: usize = 5;
const VEHICLE_AFTER: usize = 3;
const LONGEST_SEPARATOR: usize = 3;

/// Every plate, in order.
pub(super) fn find(reading: &Reading, words: &Words) -> Vec<Span> {
    let mut found = Vec::new();
    let mut index = 0;
    while index + 6 <= reading.len() {
        match plate(reading, words, index) {
            Some(end) => {
                found.push(Span { start: index, end, kind: FindingKind::RegistrationPlate });
                index = end;
            }
            None => index += 1,
        }
    }
    found
}

/// The end of the plate that starts at an index.
fn plate(reading: &Reading, words: &Words, start: usize) -> Option<usize> {
    let letters = start + 3;
    if !(start..letters).all(|at| is_plate_letter(reading.sign(at))) || goes_on_before(reading, start) {
        return None;
    }
    let digits = letters + separator(reading, letters)?;
    let last = reading.sign(digits + 2);
    let right = reading.sign(digits).is_ascii_digit()
        && reading.sign(digits + 1).is_ascii_digit()
        && (last.is_ascii_digit() || is_plate_letter(last) && last != 'o');
    let end = digits + 3;
    if !right || goes_on_after(reading, end) {
        return None;
    }
    let word: String = reading.slice(start, letters).iter().collect();
    let apart = digits > letters;
    let amount = apart && reading.sign(end) == ' ' && reading.sign(end + 1).is_ascii_digit();
    let capitals = (start..letters).all(|at| reading.is_upper(at));
    let by_itself = !LISTS.tags(&word).has(Tag::NotPlate) && !amount && (capitals || !apart) && !numbers_something(words, start);
    (by_itself || beside_vehicle(words, start, end)).then_some(end)
}

fn is_plate_letter(c: char) -> bool {
    c.is_ascii_lowercase() && !matches!(c, 'i' | 'q' | 'v')
}

/// How many signs stand between letters and digits: none, one or two spaces, or a hyphen with at most one space on a side.
fn separator(reading: &Reading, at: usize) -> Option<usize> {
    let length = (0..=LONGEST_SEPARATOR).find(|&ahead| reading.sign(at + ahead).is_ascii_digit())?;
    matches!(reading.slice(at, at + length), [] | [' ' | '-'] | [' ', ' ' | '-'] | ['-', ' '] | [' ', '-', ' ']).then_some(length)
}

fn goes_on_before(reading: &Reading, start: usize) -> bool {
    let before = reading.before(start);
    let joined = matches!(before, '-' | '.') && start > 1 && reading.before(start - 1).is_alphanumeric();
    before.is_alphanumeric() || joined || "_@/#&=".contains(before)
}

fn goes_on_after(reading: &Reading, end: usize) -> bool {
    let after = reading.sign(end);
    after.is_alphanumeric()
        || "_@".contains(after)
        || matches!(after, '-' | '.' | ',' | ':' | '/') && reading.sign(end + 1).is_ascii_digit()
}

/// Whether it is the number of a lamp post, a room, a case: the word stands right before it.
fn numbers_something(words: &Words, start: usize) -> bool {
    let first = words.from(start);
    let before = |by: usize| first.checked_sub(by).filter(|&at| words.together(at, first));
    let house = before(1).is_some_and(|at| words.is(at, Tag::House));
    before(if house { 2 } else { 1 }).is_some_and(|at| words.is(at, Tag::Numbered))
}

/// Whether a word for the vehicle stands nearby in the same sentence.
fn beside_vehicle(words: &Words, start: usize, end: usize) -> bool {
    let (first, after) = (words.from(start), words.from(end));
    let near = first.saturating_sub(VEHICLE_BEFORE)..first;
    let then = after..after + VEHICLE_AFTER;
    near.chain(then).any(|at| words.together(first, at) && words.is(at, Tag::Vehicle))
}
