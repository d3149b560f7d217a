//! The names and words the rules go by: `src/data/guard`, which the phone carries as well.

use std::collections::HashMap;
use std::sync::LazyLock;

const GIVEN: &str = include_str!("../../data/guard/given.txt");
const SURNAMES: &str = include_str!("../../data/guard/surnames.txt");
const WORDS: &str = include_str!("../../data/guard/words.txt");

/// Fewest letters of a stem.
const SHORTEST_STEM: usize = 4;

macro_rules! tags {
    ($($name:ident $section:literal,)+) => {
        /// What a word is known as: the list or section it stands in.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Tag { $($name),+ }

        const SECTIONS: &[(&str, Tag)] = &[$(($section, Tag::$name)),+];
    };
}

tags! {
    Given "given", Surname "surname", Ordinary "ordinary", AlsoPlace "also_place", Starter "starter", Title "title", Particle "particle",
    SurnameEnding "surname_ending", AtPlace "at_place", Saint "saint", NoGiven "no_given", Place "place", PlaceEnding "place_ending",
    NotPlate "not_plate", Numbered "numbered", Vehicle "vehicle",
    Does "does", Is "is", Deals "deals", Goods "goods", Sold "sold", Hits "hits", Victims "victims", Drives "drives", Drunk "drunk",
    Crime "crime", By "by", Linking "linking", Negation "negation", Afraid "afraid", Unspecific "unspecific", Pronoun "pronoun",
    Pointed "pointed", Possessive "possessive", Relation "relation", Person "person", Who "who", AtHouse "at_house",
    Lives "lives", Home "home", House "house",
}

/// Any number of tags.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Tags(u64);

impl Tags {
    pub(super) const fn has(self, tag: Tag) -> bool {
        self.0 & (1 << tag as u32) != 0
    }

    const fn with(self, tag: Tag) -> Self {
        Self(self.0 | 1 << tag as u32)
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Every list by word.
pub(super) struct Lists {
    whole: HashMap<&'static str, Tags>,
    stems: HashMap<&'static str, Tags>,
    surname_endings: Vec<&'static str>,
    place_endings: Vec<&'static str>,
}

/// The lists, read at the first question.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(Lists::read);

impl Lists {
    fn read() -> Self {
        let mut lists = Self { whole: HashMap::new(), stems: HashMap::new(), surname_endings: Vec::new(), place_endings: Vec::new() };
        GIVEN.lines().for_each(|name| lists.add(name, Tag::Given));
        SURNAMES.lines().for_each(|name| lists.add(name, Tag::Surname));
        let mut tag = None;
        for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                tag = SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, tag)| *tag);
                continue;
            }
            if let Some(tag) = tag {
                line.split(' ').for_each(|word| lists.add(word, tag));
            }
        }
        lists
    }

    fn add(&mut self, word: &'static str, tag: Tag) {
        let (words, word) = match (tag, word.strip_suffix('*')) {
            (Tag::SurnameEnding, _) => return self.surname_endings.push(word),
            (Tag::PlaceEnding, _) => return self.place_endings.push(word),
            (_, Some(stem)) => (&mut self.stems, stem),
            (_, None) => (&mut self.whole, word),
        };
        let known = words.entry(word).or_default();
        *known = known.with(tag);
    }

    /// What a word is known as, also by its beginning.
    pub(super) fn tags(&self, word: &str) -> Tags {
        let whole = self.whole.get(word).copied().unwrap_or_default();
        let stems = word.char_indices().map(|(at, _)| at).chain([word.len()]).skip(SHORTEST_STEM);
        stems.filter_map(|end| self.stems.get(word.get(..end)?)).fold(whole, |all, tags| all.and(*tags))
    }

    /// Whether a word of six letters or more ends as surnames do.
    pub(super) fn ends_as_surname(&self, word: &str) -> bool {
        word.chars().count() >= 6 && self.surname_endings.iter().any(|ending| word.ends_with(ending))
    }

    /// Whether a word is the name of a street, a square, a school … with the kind of place at its end.
    pub(super) fn ends_as_place(&self, word: &str) -> bool {
        self.place_endings.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_known_and_filled() {
        let written: Vec<&str> = WORDS.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        assert_eq!(written, SECTIONS.iter().skip(2).map(|(name, _)| *name).collect::<Vec<_>>());
        assert!(SECTIONS.len() <= 64);
        for (name, tag) in SECTIONS.iter().filter(|(_, tag)| !matches!(tag, Tag::SurnameEnding | Tag::PlaceEnding)) {
            let known = LISTS.whole.values().filter(|tags| tags.has(*tag)).count();
            assert!(known > 0, "{name}");
        }
    }

    #[test]
    fn lists_hold_plain_words_once() {
        for (line, word) in
            WORDS.lines().filter(|line| !line.starts_with(['#', '['])).flat_map(|line| line.split(' ').map(move |w| (line, w)))
        {
            let stem = word.strip_suffix('*');
            assert!(stem.is_none_or(|stem| stem.chars().count() >= SHORTEST_STEM), "{word}");
            let plain = stem.unwrap_or(word);
            assert!(!plain.is_empty() && plain.chars().all(char::is_lowercase), "{word:?} in {line:?}");
        }
        for list in [GIVEN, SURNAMES] {
            let names: Vec<&str> = list.lines().collect();
            assert!(names.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn stems_take_any_ending() {
        assert!(LISTS.tags("knarklangarna").has(Tag::Is) && LISTS.tags("rattfylleri").has(Tag::Crime));
        assert!(!LISTS.tags("knark").has(Tag::Is) && LISTS.tags("knark").has(Tag::Crime));
    }
}
