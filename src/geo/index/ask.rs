//! A question made ready for the index: what the layout answers by itself, what a look at a word of codes decides, and what takes the
//! row.

use crate::domain::codes::{Bits, Category};
use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid};
use crate::geo::shape::Relation;

use super::entry::Entry;
use super::rows::Edges;

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
    /// The box, where it is all that is asked of the place.
    pub(super) edges: Option<Edges>,
}

impl<'f> Ask<'f> {
    /// Prepares a filter.
    pub(super) fn new(filter: &'f Filter) -> Self {
        // Names every field, so that a new one is not forgotten.
        #[rustfmt::skip]
        let Filter {
            bbox, polygon, cell, areas, categories, feeling, from, to,
            hours, light, statuses, weekdays, months, time_bands, travel_modes, insecurity_min, perspectives, sources, since,
        } = filter;
        let felt = |feeling: &_| Category::ALL.iter().filter(|c| c.feeling() == *feeling).map(|c| c.index()).collect::<Bits>();
        let wanted = categories.map_or(u64::MAX, |bits| bits.0) & feeling.as_ref().map_or(u64::MAX, |feeling| felt(feeling).0);
        let asked = |byte: bool, part: Filter| byte.then_some(part);
        let words = WordTests::new([
            asked(hours.is_some() || light.is_some(), Filter { hours: *hours, light: *light, ..Filter::default() }),
            asked(statuses.is_some() || weekdays.is_some(), Filter { statuses: *statuses, weekdays: *weekdays, ..Filter::default() }),
            asked(months.is_some() || time_bands.is_some(), Filter { months: *months, time_bands: *time_bands, ..Filter::default() }),
            asked(
                travel_modes.is_some() || insecurity_min.is_some(),
                Filter { travel_modes: *travel_modes, insecurity_min: *insecurity_min, ..Filter::default() },
            ),
        ]);
        let rows = perspectives.is_some() || sources.is_some() || since.is_some();
        let edges = bbox.filter(|_| polygon.is_none() && cell.is_none() && areas.is_none()).map(Edges::new);
        Self { filter, categories: wanted, from: from.map(Moment::new), to: to.map(Moment::new), words, rows, edges }
    }

    /// Of the places of a cell, all of them in a box (degrees): the categories whose every row passes the conditions on the place, and
    /// those where each has to be looked at.
    pub(super) fn place(&self, grid: Grid, key: CellKey, bounds: [f64; 4]) -> (u64, u64) {
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
        if let Some(cell) = &self.filter.cell {
            match cell.relation(grid, key, bounds) {
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

    /// Whether the conditions name no time.
    pub(super) const fn is_timeless(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether the conditions name no place.
    pub(super) const fn is_anywhere(&self) -> bool {
        self.filter.bbox.is_none() && self.filter.polygon.is_none() && self.filter.cell.is_none() && self.filter.areas.is_none()
    }
}

/// Tests of the codes of a word, one for each of its bytes that something is asked of.
#[derive(Debug)]
pub(super) struct WordTests(Vec<ByteTest>);

/// Which of the 256 values of a byte pass: 1, else 0.
#[derive(Debug)]
struct ByteTest {
    /// How many bits lie below the byte.
    shift: u32,
    passes: [u8; 256],
}

impl ByteTest {
    fn pass(&self, word: u32) -> u32 {
        u32::from(self.passes[usize::from((word >> self.shift) as u8)])
    }
}

impl WordTests {
    /// Asks each byte's own conditions of every value that it can have.
    fn new(asked: [Option<Filter>; 4]) -> Self {
        let mut probe = Entry::blank();
        let test = |(byte, filter): (usize, Option<Filter>)| {
            let (filter, shift) = (filter?, 8 * byte as u32);
            let passes = std::array::from_fn(|value| {
                probe.set_word((value as u32) << shift);
                u8::from(filter.matches_words(&probe))
            });
            Some(ByteTest { shift, passes })
        };
        Self(asked.into_iter().enumerate().filter_map(test).collect())
    }

    /// Whether nothing is asked.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a word passes.
    pub(super) fn pass(&self, word: u32) -> bool {
        self.0.iter().all(|test| test.pass(word) == 1)
    }

    /// How many words pass.
    pub(super) fn count(&self, words: &[u32]) -> u32 {
        // One or two bytes are what people ask of; a loop over a list of tests for each word takes twice as long.
        match &self.0[..] {
            [] => words.len() as u32,
            [one] => words.iter().map(|word| one.pass(*word)).sum(),
            [one, two] => words.iter().map(|word| one.pass(*word) & two.pass(*word)).sum(),
            all => words.iter().map(|word| all.iter().fold(1, |passes, test| passes & test.pass(*word))).sum(),
        }
    }
}
