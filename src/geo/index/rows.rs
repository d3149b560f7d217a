//! The rows of a segment, and beside them where they lie in whole steps of a degree: on the edge of a box most places are decided by
//! these eight bytes, without the row.

use std::ops::Deref;

use super::entry::Entry;

/// Steps of a degree, a centimetre each: all the way round fits into 32 bits.
const STEPS: f64 = 1e7;

/// Steps east of 180° west and north of the south pole; the last there are for a row without a point.
pub(super) type Mark = [u32; 2];

/// A degree as a step: of two degrees the lesser never has the greater step.
fn step(degrees: f64, from: f64) -> u32 {
    // A float becomes the nearest whole number there is, and nothing less than a number 0.
    ((degrees - from) * STEPS) as u32
}

/// Of a place in degrees.
pub(super) fn mark(lon: f64, lat: f64) -> Mark {
    [step(lon, -180.0), step(lat, -90.0)]
}

/// A box in degrees that holds every place with one of the marks of a square: so many steps east and north of a corner.
pub(super) fn box_of(corner: Mark, away: [usize; 2], side: usize) -> [f64; 4] {
    // A step more on each side, as no sum of floats is exact.
    let degrees = |axis: usize, steps: f64, from: f64| (f64::from(corner[axis]) + away[axis] as f64 + steps) / STEPS + from;
    let far = side as f64 + 1.0;
    [degrees(0, -1.0, -180.0), degrees(1, -1.0, -90.0), degrees(0, far, -180.0), degrees(1, far, -90.0)]
}

/// A box, its edges belonging to it, as steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    low: Mark,
    high: Mark,
}

impl Edges {
    /// Of a box in degrees: west, south, east, north.
    pub(super) fn new([west, south, east, north]: [f64; 4]) -> Self {
        Self { low: mark(west, south), high: mark(east, north) }
    }
}

/// Rows with their marks. Reads as the rows.
#[derive(Debug)]
pub(super) struct Rows {
    entries: Vec<Entry>,
    marks: Vec<Mark>,
}

impl Rows {
    /// Marks rows.
    pub(super) fn new(entries: Vec<Entry>) -> Self {
        let marks = entries.iter().map(|entry| mark(entry.lon, entry.lat)).collect();
        Self { entries, marks }
    }

    /// None yet, with room for some.
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self { entries: Vec::with_capacity(rows), marks: Vec::with_capacity(rows) }
    }

    /// Puts one behind the others.
    pub(super) fn push(&mut self, entry: Entry) {
        self.marks.push(mark(entry.lon, entry.lat));
        self.entries.push(entry);
    }

    /// Whether a row with a point lies in a box; `None` where it is so near an edge that only its degrees decide.
    pub(super) fn within(&self, row: usize, edges: &Edges) -> Option<bool> {
        let ([x, y], Edges { low, high }) = (self.marks[row], edges);
        // Each as one comparison: where a place lies cannot be guessed.
        let inside = [x > low[0], x < high[0], y > low[1], y < high[1]] == [true; 4];
        let outside = [x < low[0], x > high[0], y < low[1], y > high[1]] != [false; 4];
        (inside || outside).then_some(inside)
    }

    /// Where a row with a point lies, to a centimetre.
    pub(super) fn mark(&self, row: usize) -> Mark {
        self.marks[row]
    }

    /// Bytes of the marks.
    pub(super) fn bytes_of_marks(&self) -> usize {
        size_of_val(&self.marks[..])
    }
}

impl Deref for Rows {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Where steps decide, they say what degrees say, on edges a hair's breadth away too; and a centimetre away they do decide.
        #[test]
        fn steps_say_what_degrees_say(
            lon in -179.0..179.0_f64,
            lat in -89.0..89.0_f64,
            off in proptest::array::uniform4(prop_oneof![Just(0.0), -1e-15..1e-15_f64, -3e-7..3e-7_f64, -400.0..400.0_f64]),
        ) {
            let rows = Rows::new(vec![Entry { lon, lat, ..Entry::blank() }]);
            let [west, south, east, north] = [lon + off[0], lat + off[1], lon + off[2], lat + off[3]];
            let inside = lon >= west && lon <= east && lat >= south && lat <= north;
            match rows.within(0, &Edges::new([west, south, east, north])) {
                Some(told) => prop_assert_eq!(told, inside),
                None => prop_assert!(off.iter().any(|off| off.abs() < 1.1e-7), "{:?}", off),
            }
        }
    }
}
