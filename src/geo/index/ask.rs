//! A question made ready for the index: what the layout answers by itself, what a look at a word of codes decides, and what takes the
//! row.

use fearless_simd::{Level, Simd, dispatch};

use crate::domain::codes::{Bits, Category};
use crate::geo::filter::Filter;
use crate::geo::shape::Relation;

use super::entry::{Entry, WIDTHS};

/// A moment as the projections keep it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// As [`second`] of it.
    pub(super) second: u32,
    /// Microseconds UTC, where the second alone does not decide.
    pub(super) exact: Option<i64>,
}

/// Whole seconds since 1970 UTC, the first or last there is for what lies beyond (before 1970, after 2106).
pub(super) fn second(microseconds: i64) -> u32 {
    microseconds.div_euclid(1_000_000).clamp(0, i64::from(u32::MAX)) as u32
}

impl Moment {
    fn new(microseconds: i64) -> Self {
        let second = second(microseconds);
        let whole = i64::from(second) * 1_000_000 == microseconds && second > 0;
        Self { second, exact: (!whole).then_some(microseconds) }
    }
}

/// A filter, ready.
#[derive(Debug)]
pub(super) struct Ask<'f> {
    /// As it was asked.
    pub(super) filter: &'f Filter,
    /// Wanted categories, by index.
    pub(super) categories: u64,
    /// First moment, inclusive.
    pub(super) from: Option<Moment>,
    /// First moment after.
    pub(super) to: Option<Moment>,
    /// What the words of codes must pass.
    pub(super) words: WordTests,
    /// Whether something is asked that only the whole row tells.
    pub(super) rows: bool,
}

impl<'f> Ask<'f> {
    /// Prepares a filter.
    pub(super) fn new(filter: &'f Filter) -> Self {
        // Names every field, so that a new one is not forgotten.
        #[rustfmt::skip]
        let Filter {
            bbox: _, polygon: _, areas: _, categories, feeling, from, to,
            hours, light, statuses, weekdays, months, time_bands, travel_modes, insecurity_min, perspectives, sources, since,
        } = filter;
        let felt = |feeling: &_| Category::ALL.iter().filter(|c| c.feeling() == *feeling).map(|c| c.index()).collect::<Bits>();
        let wanted = categories.map_or(u64::MAX, |bits| bits.0) & feeling.as_ref().map_or(u64::MAX, |feeling| felt(feeling).0);
        let none = Filter::default;
        let words = WordTests::new([
            hours.map(|_| Filter { hours: *hours, ..none() }),
            light.map(|_| Filter { light: *light, ..none() }),
            statuses.map(|_| Filter { statuses: *statuses, ..none() }),
            weekdays.map(|_| Filter { weekdays: *weekdays, ..none() }),
            months.map(|_| Filter { months: *months, ..none() }),
            time_bands.map(|_| Filter { time_bands: *time_bands, ..none() }),
            travel_modes.map(|_| Filter { travel_modes: *travel_modes, ..none() }),
            insecurity_min.map(|_| Filter { insecurity_min: *insecurity_min, ..none() }),
        ]);
        let rows = perspectives.is_some() || sources.is_some() || since.is_some();
        Self { filter, categories: wanted, from: from.map(Moment::new), to: to.map(Moment::new), words, rows }
    }

    /// Of places in a box (degrees): the categories whose every row passes the conditions on the place, and those where each has to be
    /// looked at.
    pub(super) fn place(&self, bounds: [f64; 4]) -> (u64, u64) {
        let (mut sure, mut possible) = (u64::MAX, u64::MAX);
        if let Some([west, south, east, north]) = self.filter.bbox {
            if bounds[0] > east || bounds[2] < west || bounds[1] > north || bounds[3] < south {
                return (0, 0);
            }
            if !(bounds[0] >= west && bounds[1] >= south && bounds[2] <= east && bounds[3] <= north) {
                sure = 0;
            }
        }
        if let Some(shape) = &self.filter.polygon {
            match shape.relation(bounds) {
                Relation::Outside => return (0, 0),
                Relation::Crossed => sure = 0,
                Relation::Inside => {}
            }
        }
        if let Some(areas) = &self.filter.areas {
            let (mut covered, mut perhaps) = (0, 0);
            for area in areas {
                let categories = area.rule.categories.0;
                match area.shape.as_ref().filter(|_| area.rule.place).map(|shape| shape.relation(bounds)) {
                    None if area.rule.place => {}
                    None | Some(Relation::Inside) => covered |= categories,
                    Some(Relation::Crossed) => perhaps |= categories,
                    Some(Relation::Outside) => {}
                }
            }
            sure &= covered;
            possible &= covered | perhaps;
        }
        (sure & possible, possible & !sure)
    }

    /// Whether the conditions name a place at all.
    pub(super) const fn is_anywhere(&self) -> bool {
        self.filter.bbox.is_none() && self.filter.polygon.is_none() && self.filter.areas.is_none()
    }
}

/// What is asked of the words of codes, field by field.
#[derive(Debug)]
pub(super) struct WordTests {
    tests: Vec<WordTest>,
    level: Level,
}

/// The values of one field that pass.
#[derive(Clone, Copy, Debug)]
struct WordTest {
    shift: u32,
    largest: u32,
    allowed: u32,
}

impl WordTests {
    /// Asks each field's own condition of every value that it can have.
    fn new(asked: [Option<Filter>; WIDTHS.len()]) -> Self {
        let (mut probe, mut shift, mut tests) = (Entry::blank(), 0, Vec::new());
        for (filter, width) in asked.into_iter().zip(WIDTHS) {
            if let Some(filter) = filter {
                let mut passes = |value: &u32| {
                    probe.set_word(value << shift);
                    filter.matches_words(&probe)
                };
                let allowed = (0..1 << width).filter(&mut passes).fold(0, |allowed, value| allowed | 1 << value);
                tests.push(WordTest { shift, largest: (1 << width) - 1, allowed });
            }
            shift += width;
        }
        Self { tests, level: Level::new() }
    }

    /// Whether nothing is asked.
    pub(super) const fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether a word passes.
    pub(super) fn pass(&self, word: u32) -> bool {
        self.tests.iter().all(|test| test.of(word) & 1 == 1)
    }

    /// How many words pass.
    pub(super) fn count(&self, words: &[u32]) -> u32 {
        dispatch!(self.level, simd => count(simd, &self.tests, words))
    }
}

impl WordTest {
    /// One in the lowest bit if a word passes; other bits say nothing.
    #[expect(clippy::inline_always, reason = "the loop around it is compiled for the processor at hand")]
    #[inline(always)]
    const fn of(self, word: u32) -> u32 {
        self.allowed >> ((word >> self.shift) & self.largest)
    }
}

/// Field by field over some words at a time, so that several are tested by each instruction.
#[expect(clippy::inline_always, reason = "compiled for each kind of processor, and the right one chosen at run time")]
#[inline(always)]
fn count<S: Simd>(_: S, tests: &[WordTest], words: &[u32]) -> u32 {
    let mut sum = 0;
    for words in words.chunks(64) {
        let mut passes = [1_u32; 64];
        for test in tests {
            for (passes, word) in passes.iter_mut().zip(words) {
                *passes &= test.of(*word);
            }
        }
        sum += passes[..words.len()].iter().map(|passes| passes & 1).sum::<u32>();
    }
    sum
}
