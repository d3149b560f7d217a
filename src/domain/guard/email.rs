//! E-mail addresses, also with the at sign and the dots spelled out or set apart.

use super::reading::{Reading, is_letter};
use super::{FindingKind, Span};

/// How the at sign is written.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Sign,
    /// In brackets, or as "snabel-a".
    Spelled,
    /// The mere word "at", which English text is full of.
    BareWord,
}

/// Where a domain ends, and whether its dots were spelled.
struct Domain {
    end: usize,
    spelled: bool,
    first: String,
    single: bool,
}

const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>')];
const AT_IN_BRACKETS: [&str; 6] = ["at", "a", "@", "snabel-a", "snabela", "snabel a"];
const AT_WORDS: [&str; 3] = ["snabel-a", "snabela", "snabel a"];
const DOTS: [&str; 2] = ["dot", "punkt"];
/// Labels that may follow a dot with a space beside it.
const SPACED_TOP_LEVEL: [&str; 10] = ["se", "com", "nu", "org", "net", "eu", "fi", "no", "dk", "info"];
/// Providers known by one label, after an at sign.
const PROVIDERS: [&str; 7] = ["gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "protonmail"];
/// Further providers, after the bare word.
const MORE_PROVIDERS: [&str; 2] = ["live", "msn"];

/// Every address, in order, none overlapping another.
pub(super) fn find(reading: &Reading) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut index = 0;
    while index < reading.len() {
        let Some((at, token_end)) = at_sign(reading, index) else {
            index += 1;
            continue;
        };
        if let Some((start, end)) = address(reading, at, index, token_end) {
            match found.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => found.push(Span { start, end, kind: FindingKind::Email }),
            }
        }
        index = token_end;
    }
    found
}

fn at_sign(reading: &Reading, index: usize) -> Option<(At, usize)> {
    let sign = reading.sign(index);
    if let Some(end) = bracketed(reading, index, &AT_IN_BRACKETS, 1) {
        return Some((At::Spelled, end));
    }
    if sign == '@' {
        return Some((At::Sign, index + 1));
    }
    if !matches!(sign, 's' | 'a') || reading.before(index) != ' ' {
        return None;
    }
    let word = |word: &str| {
        let end = index + word.chars().count();
        (reading.reads(index, word) && reading.sign(end) == ' ').then_some(end)
    };
    AT_WORDS.iter().find_map(|spelled| word(spelled)).map(|end| (At::Spelled, end)).or_else(|| Some((At::BareWord, word("at")?)))
}

fn address(reading: &Reading, at: At, token: usize, token_end: usize) -> Option<(usize, usize)> {
    let local_end = token - spaces_before(reading, token, 2);
    let start = local_part(reading, local_end)?;
    let domain = domain(reading, token_end + spaces_after(reading, token_end, 2))?;
    let known = |names: &[&str]| names.contains(&domain.first.as_str());
    let accepted = match at {
        At::Sign => !domain.single || known(&PROVIDERS),
        At::Spelled => !domain.single,
        At::BareWord => !domain.single && (domain.spelled || known(&PROVIDERS) || known(&MORE_PROVIDERS)),
    };
    accepted.then_some((start, domain.end))
}

/// Where the part before the at sign starts.
fn local_part(reading: &Reading, end: usize) -> Option<usize> {
    let mut start = local_run(reading, end)?;
    while let Some(earlier) = dot_before(reading, start).and_then(|end| local_run(reading, end)) {
        start = earlier;
    }
    Some(start)
}

fn local_run(reading: &Reading, end: usize) -> Option<usize> {
    let is_local = |c: char| is_letter(c) || c.is_ascii_digit() || "._%+-'&#!*=~".contains(c);
    let mut start = end;
    while is_local(reading.before(start)) {
        start -= 1;
    }
    (start..end).find(|&index| {
        let c = reading.sign(index);
        is_letter(c) || c.is_ascii_digit() || c == '_'
    })
}

/// The end of the run before a spelled dot, or a dot between spaces, that ends at `end`.
fn dot_before(reading: &Reading, end: usize) -> Option<usize> {
    let after = spaces_before(reading, end, 2);
    let word_end = end - after;
    if after == 1 && reading.before(word_end) == '.' && word_end >= 2 && reading.sign(word_end - 2) == ' ' {
        return Some(word_end - 2);
    }
    let closed = BRACKETS.iter().find(|(_, close)| reading.before(word_end) == *close);
    DOTS.iter().find_map(|dot| {
        let length = dot.chars().count() + if closed.is_some() { 2 } else { 0 };
        let start = word_end.checked_sub(length)?;
        let before = spaces_before(reading, start, 2);
        let fits = match closed {
            Some((open, _)) => reading.sign(start) == *open && reading.reads(start + 1, dot),
            None => reading.reads(start, dot) && before > 0 && after > 0,
        };
        fits.then_some(start - before)
    })
}

fn domain(reading: &Reading, start: usize) -> Option<Domain> {
    let first_end = label(reading, start)?;
    let first = reading.slice(start, first_end).iter().collect();
    let mut domain = Domain { end: first_end, spelled: false, first, single: true };
    let (mut end, mut spelled) = (first_end, false);
    while let Some((next, next_end, by_word)) = next_label(reading, end) {
        spelled |= by_word;
        end = next_end;
        if is_top_level(reading.slice(next, next_end)) {
            domain = Domain { end, spelled, single: false, ..domain };
        }
    }
    Some(domain)
}

/// Start and end of the label after a dot at `end`, and whether the dot was spelled.
fn next_label(reading: &Reading, end: usize) -> Option<(usize, usize, bool)> {
    if reading.sign(end) == '.'
        && let Some(next_end) = label(reading, end + 1)
    {
        return Some((end + 1, next_end, false));
    }
    let spaces = spaces_after(reading, end, 2);
    let dot = end + spaces;
    let by_word = DOTS.iter().find(|word| spaces > 0 && reading.reads(dot, word)).and_then(|word| {
        let word_end = dot + word.chars().count();
        let after = spaces_after(reading, word_end, 2);
        (after > 0).then_some(word_end + after)
    });
    let in_brackets = || bracketed(reading, dot, &DOTS, 0).map(|close| close + spaces_after(reading, close, 2));
    if let Some(next) = by_word.or_else(in_brackets) {
        return Some((next, label(reading, next)?, true));
    }
    if reading.sign(dot) != '.' {
        return None;
    }
    let next = dot + 1 + spaces_after(reading, dot + 1, 2);
    let next_end = label(reading, next)?;
    let name: String = reading.slice(next, next_end).iter().collect();
    SPACED_TOP_LEVEL.contains(&name.as_str()).then_some((next, next_end, false))
}

/// The end of a label of letters, digits and inner hyphens.
fn label(reading: &Reading, start: usize) -> Option<usize> {
    let is_plain = |c: char| is_letter(c) || c.is_ascii_digit();
    if !is_plain(reading.sign(start)) {
        return None;
    }
    let mut end = start;
    while is_plain(reading.sign(end)) || reading.sign(end) == '-' {
        end += 1;
    }
    while reading.before(end) == '-' {
        end -= 1;
    }
    Some(end)
}

fn is_top_level(label: &[char]) -> bool {
    label.starts_with(&['x', 'n', '-', '-']) || (label.len() >= 2 && label.iter().all(|c| c.is_alphabetic()))
}

/// The end of `(word)`, with up to `inner` spaces within each bracket.
fn bracketed(reading: &Reading, start: usize, words: &[&str], inner: usize) -> Option<usize> {
    let (_, close) = BRACKETS.iter().find(|(open, _)| reading.sign(start) == *open)?;
    let word_start = start + 1 + spaces_after(reading, start + 1, inner);
    words.iter().find_map(|word| {
        let word_end = word_start + word.chars().count();
        let end = word_end + spaces_after(reading, word_end, inner);
        (reading.reads(word_start, word) && reading.sign(end) == *close).then_some(end + 1)
    })
}

fn spaces_after(reading: &Reading, index: usize, most: usize) -> usize {
    (0..most).take_while(|&ahead| reading.sign(index + ahead) == ' ').count()
}

fn spaces_before(reading: &Reading, index: usize, most: usize) -> usize {
    (0..most).take_while(|&back| index > back && reading.sign(index - back - 1) == ' ').count()
}
