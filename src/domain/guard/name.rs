//! Names of persons: a given name with a surname anywhere, a single name beside a word that accuses. Streets, squares and schools
//! that are called after somebody are none.

use super::accusation::Accusation;
use super::lists::{LISTS, Tag};
use super::reading::Reading;
use super::words::{Word, Words};
use super::{FindingKind, Span};

/// Words between a single name and an accusation, at most.
const NEAR: usize = 10;
/// Words that are read together as a name, at most.
const LONGEST: usize = 8;
/// Endings of surnames that need no given name we know.
const SURE_ENDINGS: [&str; 6] = ["sson", "qvist", "kvist", "ström", "gren", "lund"];

/// A text with its words, and which of them accuse.
struct Names<'a> {
    reading: &'a Reading,
    words: &'a Words,
    accuses: Vec<bool>,
}

/// Every name, in order.
pub(super) fn find(reading: &Reading, words: &Words, accusations: &[Accusation]) -> Vec<Span> {
    let mut accuses = vec![false; words.all.len()];
    for accusation in accusations {
        accuses.iter_mut().take(accusation.last + 1).skip(accusation.first).for_each(|mark| *mark = true);
    }
    let names = Names { reading, words, accuses };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.all.len() {
        let (name, next) = names.from(at);
        found.extend(name.map(|(first, last)| Span {
            start: words.all[first].start,
            end: words.all[last].end,
            kind: FindingKind::PersonName,
        }));
        at = next;
    }
    found
}

impl Names<'_> {
    /// A name that begins with a word, from one word to another, and the word to go on with.
    fn from(&self, at: usize) -> (Option<(usize, usize)>, usize) {
        if self.in_small_letters(at) {
            return (Some((at, at + 1)), at + 2);
        }
        if !self.capital(at) {
            return (None, at + 1);
        }
        let last = self.run(at);
        match self.in_run(at, last) {
            Some(name) => (Some(name), name.1 + 1),
            // A run that was cut off is read on from its last word.
            None => (None, if last - at < LONGEST { last + 1 } else { last }),
        }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.words.all.get(at)
    }

    fn capital(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.capital)
    }

    /// Whether a word and the next belong together: a space or two, a hyphen, or the full stop of an initial between them.
    fn joined(&self, at: usize) -> bool {
        let initial = || self.word(at).is_some_and(|word| word.text.chars().count() == 1);
        match self.words.gap(self.reading, at) {
            [' ' | '-'] | [' ', ' '] => true,
            ['.'] | ['.', ' '] => initial(),
            _ => false,
        }
    }

    fn hyphened(&self, at: usize) -> bool {
        matches!(self.words.gap(self.reading, at), ['-'])
    }

    /// "anna andersson": the surname is so plain that it needs no capitals.
    fn in_small_letters(&self, at: usize) -> bool {
        let (Some(given), Some(surname)) = (self.word(at), self.word(at + 1)) else { return false };
        !(given.capital && surname.capital)
            && given.is(Tag::Given)
            && surname.is_name(Tag::Surname)
            && (surname.text.ends_with("sson") || surname.base().ends_with("sson"))
            && self.joined(at)
            && !self.place_follows(at + 1)
    }

    /// The last of the words with a capital that follow each other; small particles may stand between.
    fn run(&self, first: usize) -> usize {
        let mut last = first;
        while last - first < LONGEST && self.joined(last) {
            if self.capital(last + 1) {
                last += 1;
            } else if self.words.is(last + 1, Tag::Particle) && self.joined(last + 1) && self.capital(last + 2) {
                last += 2;
            } else {
                break;
            }
        }
        last
    }

    fn in_run(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        if self.place_follows(last) || self.after_saint(first) {
            return None;
        }
        let mut from = first;
        for at in first..=last {
            let compound = self.word(at).is_some_and(|word| !word.is(Tag::Surname) && LISTS.ends_as_place(&word.text));
            if compound
                && at > from
                && let Some(name) = self.full(from, at - 1)
            {
                return Some(name);
            }
            // "Stig" and "Kaj" begin a name, "Anders stig" ends a place.
            if compound || self.words.is(at, Tag::Place) && !(at == from && self.given(at)) {
                from = at + 1;
            }
        }
        self.titled(from, last).or_else(|| self.full(from, last)).or_else(|| self.single(from, last))
    }

    /// Whether the word after this one says that it all is a place: "Karl Johans gata", "Anna-parken".
    fn place_follows(&self, at: usize) -> bool {
        self.joined(at) && self.words.is(at + 1, Tag::Place)
    }

    /// "Sankt Olof", "S:t Olof", "S:ta Maria".
    fn after_saint(&self, at: usize) -> bool {
        let short = |at: usize| self.word(at).is_some_and(|word| matches!(word.text.as_str(), "t" | "ta"));
        let s_before = |at: usize| self.words.gap(self.reading, at) == [':'] && self.word(at).is_some_and(|word| word.text == "s");
        let before = at.checked_sub(1).filter(|&before| self.joined(before));
        let after = before.is_some_and(|before| self.words.is(before, Tag::Saint) || short(before) && before > 0 && s_before(before - 1));
        after || self.words.is(at, Tag::Saint) || short(at)
    }

    fn given(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.capital && word.is_name(Tag::Given))
    }

    /// A listed surname, or one that ends as they do.
    fn surname(&self, at: usize) -> bool {
        self.word(at).is_some_and(|word| {
            let ends = || LISTS.ends_as_surname(&word.text) || LISTS.ends_as_surname(word.base());
            word.capital && (word.is_name(Tag::Surname) || ends())
        })
    }

    /// A listed surname that is hardly anything else.
    fn sure_surname(&self, at: usize) -> bool {
        let sure = |name: &str| SURE_ENDINGS.iter().any(|ending| name.len() > ending.len() && name.ends_with(ending));
        self.word(at).is_some_and(|word| {
            let listed = word.is(Tag::Surname) && sure(&word.text) || word.is_name(Tag::Surname) && sure(word.base());
            word.capital && listed
        })
    }

    /// A listed surname that is long enough to tell a name from other capitals.
    fn long_surname(&self, at: usize) -> bool {
        let long = |word: &Word| word.is_name(Tag::Surname) && word.base().chars().count() >= 6;
        self.sure_surname(at) || self.word(at).is_some_and(|word| word.capital && long(word))
    }

    /// The last of the surnames that follow each other.
    fn surnames_from(&self, at: usize, last: usize) -> usize {
        (at + 1..=last).take_while(|&next| self.surname(next)).last().unwrap_or(at)
    }

    /// "Fru Berg", "familjen Lindgren".
    fn titled(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let inside = self.words.is(first, Tag::Title);
        let before = first.checked_sub(1).is_some_and(|before| self.words.is(before, Tag::Title) && self.joined(before));
        let at = if inside { first + 1 } else { first };
        ((inside || before) && at <= last && self.surname(at) && !self.given(at)).then(|| (at, self.surnames_from(at, last)))
    }

    /// A given name with a surname, or a surname that is hardly anything else after an unknown name.
    fn full(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let mut at = first;
        while at <= last {
            if !self.given(at) {
                at += 1;
                continue;
            }
            let (begin, mut given) = (at, at);
            let initial = |at: usize| self.word(at).is_some_and(|word| word.text.chars().count() == 1);
            while at < last && (self.given(at + 1) || self.words.is(at + 1, Tag::Particle) || initial(at + 1)) {
                at += 1;
                given = if self.given(at) { at } else { given };
            }
            if at < last && self.surname(at + 1) && !(begin == at && self.hyphened(at)) {
                return Some((begin, self.surnames_from(at + 1, last)));
            }
            if given > begin && self.surname(given) {
                return Some((begin, given));
            }
            at += 1;
        }
        let unknown = |word: &Word| {
            word.text.chars().count() > 1 && ![Tag::Starter, Tag::Title, Tag::Place, Tag::NoGiven].iter().any(|tag| word.is(*tag))
        };
        let surname =
            (first + 1..=last).find(|&at| self.long_surname(at) && !self.hyphened(at - 1) && self.word(at - 1).is_some_and(unknown))?;
        Some((surname - 1, self.surnames_from(surname, last)))
    }

    /// A name by itself, beside an accusation; capitalised words after it belong to it.
    fn single(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let at = (first..=last).find(|&at| self.given(at) || self.sure_surname(at))?;
        let word = self.word(at)?;
        // In a text all in capitals they say nothing about the words that follow.
        let last = if word.shouted { at } else { last };
        let followed = at < last;
        let ordinary = word.is(Tag::Ordinary) && (word.first || word.shouted) && !followed;
        let before = at.checked_sub(1);
        let at_place = before.is_some_and(|before| self.joined(before) && (self.words.is(before, Tag::AtPlace) || self.hyphened(before)));
        let compound = self.hyphened(last) || self.hyphened(at) && !self.given(at + 1);
        (!ordinary && !word.is_name(Tag::AlsoPlace) && !at_place && !compound && self.near_accusation(at, last)).then_some((at, last))
    }

    fn near_accusation(&self, first: usize, last: usize) -> bool {
        let around = first.saturating_sub(NEAR)..=last + NEAR;
        around.into_iter().any(|at| self.accuses.get(at) == Some(&true) && self.words.together(first, at))
    }
}
