//! Finds personal data in free text: e-mail addresses, telephone numbers, Swedish personal numbers.
//!
//! The rules stand in `tests/fixtures/guard.md`, the vectors that this guard and the phone's share in `guard.json` beside it.
//! The guard protects people from writing down themselves or others by habit; it is no match for someone who wants to. Time
//! and memory grow linearly with the text, whatever it holds.

mod digits;
mod email;
mod personal_number;
mod phone;
mod reading;

use reading::Reading;

/// What stands in place of a finding in a masked text.
pub const MASK: &str = "[borttaget]";

/// Something in a text that tells who somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The first Unicode code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What it is.
    pub kind: FindingKind,
}

/// The kinds of personal data the guard knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FindingKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A personnummer or samordningsnummer.
    PersonalNumber,
}

impl FindingKind {
    /// The code in the API and in the shared vectors.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::PersonalNumber => "personal_number",
        }
    }
}

/// Every finding, in order, none overlapping another.
pub fn inspect(text: &str) -> Vec<Finding> {
    let reading = Reading::of(text);
    let emails = email::find(&reading);
    let groups = digits::groups(&reading, &emails);
    let mut spans = emails;
    let mut next = 0;
    while next < groups.len() {
        let found = personal_number::at(&reading, &groups[next..]).or_else(|| phone::at(&reading, &groups[next..]));
        match found {
            Some((span, used)) => {
                spans.push(span);
                next += used;
            }
            None => next += 1,
        }
    }
    spans.sort_unstable_by_key(|span| span.start);
    spans.iter().map(|span| reading.finding(span)).collect()
}

/// The text with [`MASK`] for each finding; findings as [`inspect`] gives them.
pub fn mask(text: &str, findings: &[Finding]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut waiting = findings.iter().peekable();
    for (index, c) in text.chars().enumerate() {
        while waiting.next_if(|finding| finding.end <= index).is_some() {}
        match waiting.peek() {
            Some(finding) if finding.start == index => masked.push_str(MASK),
            Some(finding) if finding.start < index => {}
            _ => masked.push(c),
        }
    }
    masked
}

/// A finding in terms of the signs of a [`Reading`].
struct Span {
    start: usize,
    end: usize,
    kind: FindingKind,
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
