//! Finds personal data in free text: e-mail addresses, telephone numbers, Swedish personal numbers, registration plates, names of
//! persons; and whether it points somebody out and accuses them, which belongs with the police.
//!
//! The rules stand in `tests/fixtures/guard.md`, the vectors that this guard and the phone's share in `guard.json` beside it.
//! The guard protects people from writing down themselves or others by habit; it is no match for someone who wants to. Time
//! and memory grow linearly with the text, whatever it holds.

mod accusation;
mod digits;
mod email;
mod lists;
mod name;
mod personal_number;
mod phone;
mod plate;
mod reading;
mod suspicion;
mod words;

use reading::Reading;
use words::Words;

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

/// The kinds of personal data the guard knows, and the suspicion against somebody.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FindingKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A personnummer or samordningsnummer.
    PersonalNumber,
    /// A registration plate of a vehicle.
    RegistrationPlate,
    /// The name of a person.
    PersonName,
    /// Somebody who is pointed out, and what they are accused of. Never among [`Seen::personal`].
    Suspicion,
}

impl FindingKind {
    /// All kinds.
    pub const ALL: &[Self] = &[Self::Email, Self::Phone, Self::PersonalNumber, Self::RegistrationPlate, Self::PersonName, Self::Suspicion];

    /// The code in the API and in the shared vectors.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::PersonalNumber => "personal_number",
            Self::RegistrationPlate => "registration_plate",
            Self::PersonName => "person_name",
            Self::Suspicion => "suspicion",
        }
    }
}

/// What the guard sees in a text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Seen {
    /// Personal data, in order, none overlapping another.
    pub personal: Vec<Finding>,
    /// Concrete suspicions against somebody, in order, none overlapping another; each may cover personal data.
    pub suspicions: Vec<Finding>,
}

/// Looks a text through.
pub fn inspect(text: &str) -> Seen {
    let reading = Reading::of(text);
    let mut spans = email::find(&reading);
    let groups = digits::groups(&reading, &spans);
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
    let words = Words::of(&reading);
    let accusations = accusation::find(&words);
    add(&mut spans, plate::find(&reading, &words));
    add(&mut spans, name::find(&reading, &words, &accusations));
    let suspicions = suspicion::find(&reading, &words, &spans, &accusations);
    let findings = |spans: &[Span]| spans.iter().map(|span| reading.finding(span)).collect();
    Seen { personal: findings(&spans), suspicions: findings(&suspicions) }
}

/// Adds the spans that overlap none found before; both in order.
fn add(spans: &mut Vec<Span>, more: Vec<Span>) {
    let mut known = spans.iter().peekable();
    let mut free = Vec::new();
    for span in more {
        while known.next_if(|other| other.end <= span.start).is_some() {}
        if known.peek().is_none_or(|other| span.end <= other.start) {
            free.push(span);
        }
    }
    spans.extend(free);
    spans.sort_unstable_by_key(|span| span.start);
}

/// The text with [`MASK`] for each finding; findings in order, as [`inspect`] gives them.
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

#[cfg(test)]
#[path = "guard_sentences_tests.rs"]
mod sentences;
