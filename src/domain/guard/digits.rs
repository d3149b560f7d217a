//! Runs of digits and what stands between them.

use super::Span;
use super::reading::Reading;

/// A run of digits, from one sign to before another.
#[derive(Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Group {
    pub(super) fn len(self) -> usize {
        self.end - self.start
    }
}

/// Most signs between two groups that belong together.
const LONGEST_LINK: usize = 4;

/// The groups outside the spans found already.
pub(super) fn groups(reading: &Reading, taken: &[Span]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut taken = taken.iter().peekable();
    let mut index = 0;
    while index < reading.len() {
        if !reading.sign(index).is_ascii_digit() {
            index += 1;
            continue;
        }
        let start = index;
        while reading.sign(index).is_ascii_digit() {
            index += 1;
        }
        while taken.next_if(|span| span.end <= start).is_some() {}
        if taken.peek().is_none_or(|span| index <= span.start) {
            groups.push(Group { start, end: index });
        }
    }
    groups
}

/// The signs between two groups, if so few and such that the groups may belong together.
pub(super) fn link<'a>(reading: &'a Reading, left: &Group, right: &Group) -> Option<&'a [char]> {
    let between = reading.slice(left.end, right.start);
    (between.len() <= LONGEST_LINK && between.iter().all(|c| " -+./()".contains(*c))).then_some(between)
}

/// Appends the digits of a group as numbers.
pub(super) fn append(reading: &Reading, group: Group, digits: &mut Vec<u8>) {
    digits.extend(reading.slice(group.start, group.end).iter().filter_map(|c| c.to_digit(10)).map(|digit| digit as u8));
}

/// A number of a few digits.
pub(super) fn value(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, &digit| sum * 10 + u32::from(digit))
}

/// Whether a date, a time or a decimal fraction goes on after a group.
pub(super) fn runs_on(reading: &Reading, end: usize) -> bool {
    matches!(reading.sign(end), '-' | '.' | ':') && reading.sign(end + 1).is_ascii_digit()
}
