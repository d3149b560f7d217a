//! A concrete suspicion: somebody is pointed out, and accused, in the same breath. What happens at a place ("folk säljer droger vid
//! bänkarna") is none: that is what Lykta asks for.

use super::accusation::{Accusation, Charge};
use super::lists::{LISTS, Tag};
use super::reading::Reading;
use super::words::Words;
use super::{FindingKind, Span};

/// Words between who is pointed out and what is said, at most; over the end of a sentence; and when the accusation comes first.
const APART: usize = 8;
const APART_OVER_SENTENCES: usize = 12;
const APART_BACKWARDS: usize = 5;
/// Words before an accusation in the next sentence among which "han" or "hon" carries the person over.
const PRONOUN_WITHIN: usize = 3;
/// Words between a person and the number of the house.
const NUMBER_WITHIN: usize = 5;
/// Words of a street's name.
const STREET_WORDS: usize = 3;

/// Somebody who is pointed out.
struct Pointer {
    start: usize,
    end: usize,
    sentence: usize,
    /// The first word of it, and the first after it.
    first: usize,
    after: usize,
    /// A dwelling, a vehicle or a number of a person, beside which any accusation counts.
    exact: bool,
}

/// Every suspicion, in order, none overlapping another; `findings` are the personal data found in the text.
pub(super) fn find(reading: &Reading, words: &Words, findings: &[Span], accusations: &[Accusation]) -> Vec<Span> {
    let pointers = pointers(reading, words, findings);
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for accusation in accusations {
        let from = pointers.partition_point(|pointer| pointer.first + APART_OVER_SENTENCES + NUMBER_WITHIN + 8 < accusation.first);
        let near = pointers.iter().skip(from).take_while(|pointer| pointer.first <= accusation.last + 1 + APART);
        let (Some(first), Some(last)) = (words.all.get(accusation.first), words.all.get(accusation.last)) else { continue };
        for pointer in near.filter(|pointer| is_against(words, pointer, *accusation)) {
            spans.push((pointer.start.min(first.start), pointer.end.max(last.end)));
        }
    }
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.end => last.end = last.end.max(end),
            _ => merged.push(Span { start, end, kind: FindingKind::Suspicion }),
        }
    }
    merged
}

/// Everybody who is pointed out, in order.
fn pointers(reading: &Reading, words: &Words, findings: &[Span]) -> Vec<Pointer> {
    let pointer = |start: usize, end: usize, exact: bool| Pointer {
        start,
        end,
        sentence: words.sentence_at(start),
        first: words.from(start),
        after: words.from(end),
        exact,
    };
    let mut found = Vec::new();
    for finding in findings {
        match finding.kind {
            FindingKind::PersonName => found.push(pointer(finding.start, finding.end, false)),
            FindingKind::RegistrationPlate | FindingKind::PersonalNumber => found.push(pointer(finding.start, finding.end, true)),
            FindingKind::Email | FindingKind::Phone | FindingKind::Suspicion => {}
        }
    }
    for (at, word) in words.all.iter().enumerate() {
        let next = words.all.get(at + 1).filter(|_| matches!(words.gap(reading, at), [' '] | [' ', ' ']));
        if word.is(Tag::Pointed) {
            found.push(pointer(word.start, word.end, false));
        }
        if let Some(relation) = next.filter(|next| word.is(Tag::Possessive) && next.is(Tag::Relation)) {
            found.push(pointer(word.start, relation.end, false));
        }
        if word.is(Tag::Home)
            && let Some(end) = numbered(reading, words, at)
        {
            found.push(pointer(word.start, end, true));
        }
        if word.is(Tag::Person) {
            let house = words.ahead(at, NUMBER_WITHIN, Tag::House);
            if let Some(end) = house.and_then(|house| numbered(reading, words, house)) {
                found.push(pointer(word.start, end, true));
            }
            // "Killen på Storgatan 5", but not a man who stood there.
            if let Some(end) = street(reading, words, at) {
                found.push(pointer(word.start, end, true));
            }
            let lives = words.ahead(at, 2, Tag::Who).and_then(|who| words.ahead(who, 2, Tag::Lives));
            // "De som bor här" are nobody in particular.
            if let Some(lives) = lives.and_then(|lives| words.all.get(lives)).filter(|_| !word.is(Tag::Unspecific)) {
                found.push(pointer(word.start, lives.end, false));
            }
        }
    }
    found.sort_by_key(|pointer| pointer.first);
    found
}

/// The end of the address that comes right after somebody: a preposition, the name of a street and a number.
fn street(reading: &Reading, words: &Words, person: usize) -> Option<usize> {
    if !words.is(person + 1, Tag::AtHouse) {
        return None;
    }
    let names = |at: &usize| {
        words.together(person, *at)
            && words.all.get(*at).is_some_and(|word| word.is(Tag::Place) && *at > person + 2 || LISTS.ends_as_place(&word.text))
    };
    (person + 2..person + 2 + STREET_WORDS).find(names).and_then(|street| numbered(reading, words, street))
}

/// The end of the number after a word such as "lgh" or "lägenhet nr".
fn numbered(reading: &Reading, words: &Words, at: usize) -> Option<usize> {
    let number = |at: usize| {
        let start = words.all.get(at)?.end;
        let digits = (start..start + 3).find(|&sign| reading.sign(sign).is_ascii_digit())?;
        if !reading.slice(start, digits).iter().all(|c| matches!(c, ' ' | '.' | ':')) {
            return None;
        }
        (digits..=reading.len()).find(|&sign| !reading.sign(sign).is_ascii_digit())
    };
    number(at).or_else(|| if words.is(at + 1, Tag::House) && words.together(at, at + 1) { number(at + 1) } else { None })
}

fn is_against(words: &Words, pointer: &Pointer, accusation: Accusation) -> bool {
    use Charge::{Crime, Deals, Does, Is, Sold};
    let Accusation { first, last, charge } = accusation;
    let Some(sentence) = words.all.get(first).map(|word| word.sentence) else { return false };
    let any = |from: usize, to: usize, tag: Tag| (from..to).any(|at| words.is(at, tag));
    if pointer.after <= first {
        let apart = first - pointer.after;
        if sentence == pointer.sentence {
            let led = apart <= APART && !any(pointer.after, first, Tag::Unspecific);
            return match charge {
                _ if pointer.exact => apart <= APART && charge != Crime,
                Does | Deals => led,
                Is => led && (apart == 0 || any(pointer.after, first, Tag::Linking)),
                Sold | Crime => false,
            };
        }
        // "Grannen i 1203 stör. Han säljer knark."
        let begins = (pointer.after..first).find(|&at| words.together(at, first)).unwrap_or(first);
        let carried = any(begins.max(first.saturating_sub(PRONOUN_WITHIN)), last, Tag::Pronoun) && !any(begins, first, Tag::Unspecific);
        let next = sentence == pointer.sentence + 1 && apart <= APART_OVER_SENTENCES && carried;
        return next && (matches!(charge, Does | Deals) || charge == Is && any(begins, first, Tag::Linking));
    }
    if sentence != pointer.sentence {
        return false;
    }
    if pointer.first <= last {
        return charge == Deals;
    }
    let (from, to) = (last + 1, pointer.first);
    let apart = to - from;
    if pointer.exact {
        return apart <= APART && charge != Crime;
    }
    if apart > APART_BACKWARDS || any(from, to, Tag::Unspecific) {
        return false;
    }
    let by = any(from, to, Tag::By);
    match charge {
        Is => apart == 0 || by || any(from, to, Tag::Linking),
        Does | Deals => by || any(from, to, Tag::Linking),
        Crime | Sold => by,
    }
}
