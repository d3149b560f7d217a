//! Personnummer and samordningsnummer: SKV 704 and SKV 707 (Skatteverket). Ten or twelve digits with a date of birth, or that
//! date with 60 added to the day, and a check digit (Luhn) over the last ten.

use super::digits::{Group, append, link, runs_on, value};
use super::reading::Reading;
use super::{FindingKind, Span};

/// A number that starts with the first of these groups, and how many groups it takes.
pub(super) fn at(reading: &Reading, groups: &[Group]) -> Option<(Span, usize)> {
    let first = groups.first().filter(|first| first.len() <= 12)?;
    if within_decimal(reading, first.start) {
        return None;
    }
    let mut digits = Vec::with_capacity(12);
    let mut cuts = Vec::new();
    let mut links = Vec::new();
    let mut best = None;
    for (index, group) in groups.iter().enumerate().take(12) {
        if let Some(before) = index.checked_sub(1).and_then(|previous| groups.get(previous)) {
            let Some(sign) = link(reading, before, group).and_then(link_sign) else {
                break;
            };
            cuts.push(digits.len());
            links.push(sign);
        }
        if digits.len() + group.len() > 12 {
            break;
        }
        append(reading, *group, &mut digits);
        let before_date = links.last() == Some(&' ') && runs_on(reading, group.end);
        let whole = matches!(digits.len(), 10 | 12) && !before_date;
        if whole && well_spaced(&cuts, &links, digits.len()) && is_number(&digits) {
            best = Some((Span { start: first.start, end: group.end, kind: FindingKind::PersonalNumber }, index + 1));
        }
    }
    best
}

/// Whether the digits before an index are the fraction of a coordinate, or a part of a time.
fn within_decimal(reading: &Reading, start: usize) -> bool {
    matches!(reading.before(start), '.' | ':') && reading.before(start - 1).is_ascii_digit()
}

/// What separates two groups of a personal number, if anything does.
fn link_sign(between: &[char]) -> Option<char> {
    match *between {
        [sign @ ('-' | '+' | ' ')] | [' ', sign @ ('-' | '+')] | [sign @ ('-' | '+'), ' '] | [' ', sign @ ('-' | '+'), ' '] => Some(sign),
        _ => None,
    }
}

/// Whether people separate the digits of a number like this; `cuts` are the digits before each link.
fn well_spaced(cuts: &[usize], links: &[char], count: usize) -> bool {
    let last_four = count - 4;
    match cuts {
        [] => true,
        [cut] => *cut == last_four,
        _ => {
            let between_parts = cuts.iter().all(|cut| cut % 2 == 0);
            let digit_by_digit = cuts.len() == count - 1;
            let mut others = cuts.iter().zip(links).filter(|&(cut, link)| !(*cut == last_four && *link != ' ')).map(|(_, link)| link);
            let alike = others.next().is_none_or(|first| others.all(|link| link == first));
            (between_parts || digit_by_digit) && (alike || links.windows(2).all(|pair| pair[0] == pair[1]))
        }
    }
}

fn is_number(digits: &[u8]) -> bool {
    let (century, ten) = digits.split_at(digits.len() - 10);
    let year = value(&ten[..2]);
    let leap = match century {
        [] => year.is_multiple_of(4),
        _ if !(18..=20).contains(&value(century)) => return false,
        _ => year.is_multiple_of(4) && (year != 0 || value(century).is_multiple_of(4)),
    };
    let day = value(&ten[4..6]);
    let day = if day > 60 { day - 60 } else { day };
    let longest = match value(&ten[2..4]) {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=longest).contains(&day) && luhn(ten)
}

/// The sum of the digits, every other doubled (and its own digits summed), divides by ten.
fn luhn(ten: &[u8]) -> bool {
    let sum: u32 = ten
        .iter()
        .enumerate()
        .map(|(index, &digit)| {
            let weighted = u32::from(digit) * if index % 2 == 0 { 2 } else { 1 };
            weighted / 10 + weighted % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
