//! Telephone numbers: Swedish ones as people write them (the national numbering plan of PTS: a number is 7 to 9 digits after
//! the 0 or +46), and foreign ones with + or 00 (E.164).

use super::digits::{Group, append, link, runs_on, value};
use super::reading::Reading;
use super::{FindingKind, Span};

/// 00 and the 15 digits of E.164.
const MOST_DIGITS: usize = 17;

/// Words that people write a number onto without a space.
const LEADING_WORDS: [&str; 14] =
    ["tel", "tfn", "nr", "mob", "mobil", "telefon", "ring", "sms", "phone", "call", "nummer", "mobilnummer", "telefonnummer", "på"];

/// How a number begins.
#[derive(Clone, Copy, PartialEq)]
enum Prefix {
    Plus,
    DoubleZero,
    National,
    /// 46 without the plus, as systems export mobile numbers.
    Bare46,
}

/// The groups of a number so far.
#[derive(Default)]
struct Row<'a> {
    digits: Vec<u8>,
    lengths: Vec<usize>,
    links: Vec<&'a [char]>,
}

/// A number that starts with the first of these groups, and how many groups it takes.
pub(super) fn at(reading: &Reading, groups: &[Group]) -> Option<(Span, usize)> {
    let first = *groups.first().filter(|first| first.len() <= MOST_DIGITS)?;
    // "+070 …" is no foreign number, but a number all the same.
    let with_plus = plus(reading, first).and_then(|start| number(reading, groups, Prefix::Plus, start));
    with_plus.or_else(|| number(reading, groups, prefix(reading, first)?, first.start))
}

fn number(reading: &Reading, groups: &[Group], prefix: Prefix, start: usize) -> Option<(Span, usize)> {
    let mut row = Row::default();
    let mut best = None;
    for (index, group) in groups.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).and_then(|previous| groups.get(previous)) {
            let Some(between) = link(reading, before, group).filter(|between| fits_link(between, index == 1)) else { break };
            row.links.push(between);
        }
        if row.digits.len() + group.len() > MOST_DIGITS {
            break;
        }
        append(reading, *group, &mut row.digits);
        row.lengths.push(group.len());
        if !runs_on(reading, group.end) && row.is_number(prefix) {
            best = Some((group.end, index + 1));
        }
    }
    let (end, used) = best?;
    let closed = used > 1 && row.links.first().is_some_and(|link| link.contains(&')'));
    let start = if closed && reading.before(start) == '(' { start - 1 } else { start };
    Some((Span { start, end, kind: FindingKind::Phone }, used))
}

/// Where the plus of a number stands, if it has one: not a sum such as 1+2 or 1 + 2.
fn plus(reading: &Reading, first: Group) -> Option<usize> {
    let spaced = reading.before(first.start) == ' ';
    let plus = first.start.checked_sub(if spaced { 2 } else { 1 }).filter(|&plus| reading.sign(plus) == '+')?;
    let sum = reading.before(plus).is_ascii_digit() || (spaced && reading.before(plus) == ' ' && reading.before(plus - 1).is_ascii_digit());
    (!sum).then_some(plus)
}

/// How a number without a plus begins, if one can begin here.
fn prefix(reading: &Reading, first: Group) -> Option<Prefix> {
    let before = reading.before(first.start);
    let within_other = matches!(before, '-' | '.' | ':') && reading.before(first.start - 1).is_ascii_digit();
    if within_other || !may_follow_letters(reading, first.start) {
        return None;
    }
    let signs = reading.slice(first.start, first.end);
    match *signs {
        ['0', '0'] if reading.sign(first.end) == ' ' => Some(Prefix::DoubleZero),
        ['0', '0', '1'..='9', ..] => Some(Prefix::DoubleZero),
        ['0'] | ['0', '1'..='9', ..] => Some(Prefix::National),
        ['4', '6', '7', ..] if signs.len() == 11 => Some(Prefix::Bare46),
        _ => None,
    }
}

/// Whether no letter, or one of the known words, stands right before.
fn may_follow_letters(reading: &Reading, start: usize) -> bool {
    let longest = LEADING_WORDS.iter().map(|word| word.chars().count()).max().unwrap_or(0);
    let count = (0..=longest).take_while(|&back| start > back && reading.sign(start - back - 1).is_alphabetic()).count();
    let word: String = reading.slice(start - count, start).iter().collect();
    word.is_empty() || LEADING_WORDS.contains(&word.as_str())
}

fn fits_link(between: &[char], first: bool) -> bool {
    let marks = between.iter().filter(|c| "-./".contains(**c)).count();
    !between.contains(&'+') && marks <= 1 && (first || !between.contains(&'/')) && !between.windows(3).any(|three| three == [' '; 3])
}

impl Row<'_> {
    fn is_number(&self, prefix: Prefix) -> bool {
        match prefix {
            Prefix::National => self.is_national(),
            Prefix::Plus => self.is_international(0),
            Prefix::DoubleZero => self.is_international(2),
            Prefix::Bare46 => self.lengths.len() == 1,
        }
    }

    fn digit_by_digit(&self) -> bool {
        self.lengths.len() > 1 && self.lengths.len() == self.digits.len()
    }

    fn is_national(&self) -> bool {
        let count = self.digits.len();
        if !(8..=10).contains(&count) || self.digits.get(1) == Some(&0) {
            return false;
        }
        let mobile = self.digits.starts_with(&[0, 7]);
        if mobile && count < 9 {
            return false;
        }
        match self.lengths.as_slice() {
            [_] => !self.is_date([2, 2, 4]),
            _ if self.digit_by_digit() => true,
            [first, rest @ ..] => {
                let area = *first >= 3 || self.digits.starts_with(&[0, 8]) && *first == 2;
                let enough = *first < 4 || count >= 9;
                area && enough && rest.iter().all(|&length| length >= 2) && !self.is_date_or_time()
            }
            [] => false,
        }
    }

    /// The digits of a country code and a number, `zeros` digits from the start.
    fn is_international(&self, zeros: usize) -> bool {
        let digits = self.digits.get(zeros..).unwrap_or_default();
        let before = |index: usize| self.lengths.iter().take(index).sum::<usize>().saturating_sub(zeros);
        let single_too_late = self.lengths.iter().enumerate().any(|(index, &length)| length == 1 && before(index) > 4);
        if single_too_late && !self.digit_by_digit() || self.digits.ends_with(&[0; 6]) && self.lengths.ends_with(&[3, 3]) {
            return false;
        }
        match digits {
            [4, 6, rest @ ..] => {
                let rest = rest.strip_prefix(&[0]).unwrap_or(rest);
                (7..=9).contains(&rest.len())
            }
            [1, 0 | 1, ..] | [0, ..] => false,
            _ => (8..=15).contains(&digits.len()),
        }
    }

    /// The numbers of the first digits, cut into these lengths.
    fn parts<const N: usize>(&self, lengths: [usize; N]) -> [u32; N] {
        let mut from = 0;
        lengths.map(|length| {
            let part = self.digits.get(from..from + length).unwrap_or_default();
            from += length;
            value(part)
        })
    }

    fn is_date(&self, lengths: [usize; 3]) -> bool {
        let [day, month, year] = self.parts(lengths);
        self.digits.len() == 8 && (1..=31).contains(&day) && (1..=12).contains(&month) && (1900..2100).contains(&year)
    }

    fn is_date_or_time(&self) -> bool {
        let marked = |index: usize, mark: char| self.links.get(index).is_some_and(|link| link.contains(&mark));
        let dashes = (0..self.links.len()).filter(|&index| marked(index, '-')).count();
        let dotted = (0..self.links.len()).all(|index| marked(index, '.'));
        let time = |hour: u32, minute: u32| hour <= 24 && minute <= 59;
        match self.lengths.as_slice() {
            [2, 2, 4] if self.is_date([2, 2, 4]) => true,
            [2, 2, ..] if marked(0, '.') && !(dotted && self.lengths.len() >= 4) => true,
            [2, 2, 2, 2] if marked(1, '-') && !marked(0, '-') && !marked(2, '-') => {
                let [from, from_minute, to, to_minute] = self.parts([2; 4]);
                time(from, from_minute) && time(to, to_minute)
            }
            [4, 4, ..] => self.parts([2; 4]).chunks(2).all(|pair| time(pair[0], pair[1])),
            [2, ..] => dashes >= 2 && dashes < self.links.len(),
            _ => false,
        }
    }
}
