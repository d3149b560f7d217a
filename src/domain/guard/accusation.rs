//! Words that accuse: what somebody does, what somebody is called, and crimes that have no doer.

use super::lists::Tag;
use super::words::Words;

/// How an accusation is put.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Charge {
    /// A verb: somebody does it.
    Does,
    /// A verb with a thing nobody may sell or have.
    Deals,
    /// The same without a doer.
    Sold,
    /// A noun: somebody is it.
    Is,
    /// A crime, or what happened to its victim.
    Crime,
}

/// An accusation from one word to another, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Accusation {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) charge: Charge,
}

/// Words after a verb, and before it, within which its object is looked for.
const OBJECT_AFTER: usize = 4;
const OBJECT_BEFORE: usize = 3;
/// A victim stands closer to the blow: "slog på ficklampan för barnen" hits nobody.
const VICTIM_AFTER: usize = 3;
/// A negation takes a verb back from right before it to this many words after.
const NEGATION_AFTER: usize = 2;
/// Fear of what somebody is points nobody out: "rädd för rånare".
const FEAR_BEFORE: usize = 3;

/// Every accusation, in order of its first word.
pub(super) fn find(words: &Words) -> Vec<Accusation> {
    let mut found: Vec<Accusation> = (0..words.all.len()).filter_map(|at| accusation(words, at)).collect();
    found.sort_by_key(|accusation| accusation.first);
    found
}

fn accusation(words: &Words, at: usize) -> Option<Accusation> {
    let one = |charge| Accusation { first: at, last: at, charge };
    let pair = |other: usize, charge| Accusation { first: at.min(other), last: at.max(other), charge };
    let with = |tag| words.ahead(at, OBJECT_AFTER, tag);
    let goods = || with(Tag::Goods).or_else(|| words.behind(at, OBJECT_BEFORE, Tag::Goods));
    let is = |tag| words.is(at, tag);
    if is(Tag::Is) {
        return words.behind(at, FEAR_BEFORE, Tag::Afraid).is_none().then(|| one(Charge::Is));
    }
    let negated = || words.behind(at, 1, Tag::Negation).or_else(|| words.ahead(at, NEGATION_AFTER, Tag::Negation)).is_some();
    let verbs = [Tag::Does, Tag::Deals, Tag::Sold, Tag::Hits, Tag::Drives];
    if verbs.into_iter().any(is) && negated() {
        return None;
    }
    if is(Tag::Does) {
        return Some(one(Charge::Does));
    }
    let deals = || is(Tag::Deals).then(goods).flatten().map(|other| pair(other, Charge::Deals));
    let sold = || is(Tag::Sold).then(goods).flatten().map(|other| pair(other, Charge::Sold));
    let hits = || is(Tag::Hits).then(|| words.ahead(at, VICTIM_AFTER, Tag::Victims).or_else(|| named_victim(words, at))).flatten();
    let drives = || is(Tag::Drives).then(|| with(Tag::Drunk)).flatten();
    let does = || hits().or_else(drives).map(|other| pair(other, Charge::Does));
    deals().or_else(sold).or_else(does).or_else(|| is(Tag::Crime).then(|| one(Charge::Crime)))
}

/// "slog Anna": a given name right after the verb.
fn named_victim(words: &Words, at: usize) -> Option<usize> {
    let next = words.all.get(at + 1)?;
    (words.together(at, at + 1) && next.capital && next.is(Tag::Given)).then_some(at + 1)
}
