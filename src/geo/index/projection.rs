//! Places sorted by (cell, category, time) of one grid, with a directory: counting costs what is shown, not what exists.
//!
//! Every place is indexed directly at the grid, never by the parent of a finer cell. Beside each place stand its second and its word of
//! codes, so that most filters are answered without a look at the row.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::ask::{Ask, Moment, second};
use super::clock::{Aim, Clock};
use super::entry::Entry;
use super::flat::scatter;
use super::rows::Rows;
use super::squares::Squares;
use crate::geo::grid::{CellKey, Grid, Window};
use crate::geo::shape::join;
use crate::geo::sweref::MetricCrs;

/// The places of one grid.
#[derive(Debug)]
pub(super) struct Projection {
    grid: Grid,
    /// In order of key.
    cells: Vec<Cell>,
    /// Column numbers with their first cell, where the grid has columns.
    columns: Vec<(i32, u32)>,
    /// Degrees, where the grid has none.
    pub(super) centres: Vec<[f64; 2]>,
    /// Where each (cell, category) begins; one more at the end.
    pub(super) runs: Vec<u32>,
    pub(super) seconds: Vec<u32>,
    pub(super) words: Vec<u32>,
    /// Numbers of the rows.
    pub(super) rows: Vec<u32>,
    clock: Clock,
}

/// The cells of a projection, field by field.
pub(super) struct Cells {
    pub(super) keys: Vec<u64>,
    pub(super) present: Vec<u64>,
    pub(super) runs: Vec<u32>,
    pub(super) bounds: Vec<[f64; 4]>,
}

/// A cell with something in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    key: CellKey,
    /// Its categories, by index; each has a run.
    present: u64,
    /// Its first run.
    run: u32,
    /// West, south, east, north of its places in degrees.
    bounds: [f64; 4],
}

/// A stretch of places of one cell that answer as far as category and time go.
struct Stretch {
    /// The cell's number.
    cell: usize,
    start: u32,
    end: u32,
    /// Its categories, where each place has to be held against the conditions on the place; else none.
    look: u64,
}

impl Stretch {
    fn places(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The squares of the cell that was looked at last: its stretches come one after the other.
#[derive(Default)]
struct LastSquares(Option<(usize, Squares)>);

impl LastSquares {
    /// Those of a stretch's cell, where they save more than they cost.
    fn of(&mut self, projection: &Projection, ask: &Ask, stretch: &Stretch) -> Option<&Squares> {
        // A box is decided by marks alone, and a cell of another grid has no border that a square could lie beside.
        let useful = stretch.look != 0 && ask.edges.is_none() && ask.filter.cell.is_none();
        let known = self.0.as_ref().is_some_and(|(cell, _)| *cell == stretch.cell);
        if !useful || (!known && stretch.places().len() < FEW) {
            return None;
        }
        if !known {
            let Cell { key, bounds, .. } = projection.cells[stretch.cell];
            let levels = if stretch.places().len() < 4 * FEW { 3 } else { 4 };
            self.0 = Some((stretch.cell, Squares::new(bounds, levels, ask.categories, |square| ask.place(projection.grid, key, square))));
        }
        self.0.as_ref().map(|(_, squares)| squares)
    }
}

/// So many places of a stretch are looked at one by one before squares are made.
const FEW: usize = 300;
/// About how many stretches are narrowed together.
const BATCH: usize = 64;

impl Projection {
    /// Lays out rows, all with a point.
    pub(super) fn build(grid: Grid, crs: MetricCrs, rows: &[Entry]) -> Self {
        let mut numbers: FxHashMap<CellKey, u32> = FxHashMap::default();
        let mut keys = Vec::new();
        let mut found: Vec<u32> = rows
            .iter()
            .map(|row| {
                let key = grid.cell(row.x, row.y, row.lon, row.lat);
                *numbers.entry(key).or_insert_with(|| {
                    keys.push(key);
                    keys.len() as u32 - 1
                })
            })
            .collect();
        // Cells were numbered as they came; number them by key.
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_unstable_by_key(|number| keys[*number as usize]);
        let mut rank = vec![0; keys.len()];
        for (at, number) in order.iter().enumerate() {
            rank[*number as usize] = at as u32;
        }
        for number in &mut found {
            *number = rank[*number as usize];
        }
        let mut starts = vec![0; keys.len() + 1];
        let gathered = scatter(&found, &mut starts);

        let mut made = Self {
            grid,
            cells: Vec::with_capacity(keys.len()),
            columns: Vec::new(),
            centres: Vec::new(),
            runs: Vec::new(),
            seconds: Vec::with_capacity(rows.len()),
            words: Vec::with_capacity(rows.len()),
            rows: gathered,
            clock: Clock::default(),
        };
        let mut sorted: Vec<(u8, i64, u32)> = Vec::new();
        for (at, number) in order.iter().enumerate() {
            let places = starts[at] as usize..starts[at + 1] as usize;
            let numbers = &mut made.rows[places.clone()];
            sorted.clear();
            sorted.extend(numbers.iter().map(|row| (rows[*row as usize].category, rows[*row as usize].happened, *row)));
            sorted.sort_unstable();
            numbers.iter_mut().zip(&sorted).for_each(|(number, (.., row))| *number = *row);
            made.push_cell(keys[*number as usize], places, crs, rows);
        }
        made.runs.push(rows.len() as u32);
        made.runs.shrink_to_fit();
        made.clock = Clock::of(&made.seconds);
        made
    }

    fn push_cell(&mut self, key: CellKey, places: Range<usize>, crs: MetricCrs, rows: &[Entry]) {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut cell = Cell { key, present: 0, run: self.runs.len() as u32, bounds: none };
        for place in places {
            let row = &rows[self.rows[place] as usize];
            let category = 1 << (row.category & 63);
            if cell.present & category == 0 {
                cell.present |= category;
                self.runs.push(place as u32);
            }
            cell.bounds = join(cell.bounds, [row.lon, row.lat, row.lon, row.lat]);
            self.seconds.push(second(row.happened));
            self.words.push(row.word());
        }
        if matches!(self.grid, Grid::H3(_)) {
            let (lon, lat) = self.grid.centre(key, crs).unwrap_or((f64::NAN, f64::NAN));
            self.centres.push([lon, lat]);
        }
        self.list(cell);
    }

    fn list(&mut self, cell: Cell) {
        let (column, _) = cell.key.unpack();
        if !matches!(self.grid, Grid::H3(_)) && self.columns.last().is_none_or(|(last, _)| *last != column) {
            self.columns.push((column, self.cells.len() as u32));
        }
        self.cells.push(cell);
    }

    /// Puts together what was written to a file.
    pub(super) fn of_parts(
        grid: Grid,
        Cells { keys, present, runs: firsts, bounds }: Cells,
        centres: Vec<[f64; 2]>,
        runs: Vec<u32>,
        seconds: Vec<u32>,
        words: Vec<u32>,
        rows: Vec<u32>,
    ) -> Self {
        let clock = Clock::of(&seconds);
        let mut made =
            Self { grid, cells: Vec::with_capacity(keys.len()), columns: Vec::new(), centres, runs, seconds, words, rows, clock };
        for (((key, present), run), bounds) in keys.into_iter().zip(present).zip(firsts).zip(bounds) {
            made.list(Cell { key: CellKey(key), present, run, bounds });
        }
        made
    }

    /// Its cells, for a file.
    pub(super) fn cells(&self) -> Cells {
        Cells {
            keys: self.cells.iter().map(|cell| cell.key.0).collect(),
            present: self.cells.iter().map(|cell| cell.present).collect(),
            runs: self.cells.iter().map(|cell| cell.run).collect(),
            bounds: self.cells.iter().map(|cell| cell.bounds).collect(),
        }
    }

    /// How many cells have something in them.
    pub(super) const fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// Numbers of the cells of a window, in order.
    fn cells_of(&self, window: Option<&Window>, mut each: impl FnMut(usize)) {
        let Some(window) = window else {
            (0..self.cells.len()).for_each(each);
            return;
        };
        let Some([columns, rows]) = window.lattice() else {
            for (number, cell) in self.cells.iter().enumerate() {
                if self.centres.get(number).map_or_else(|| window.holds(cell.key), |[lon, lat]| window.holds_centre(*lon, *lat)) {
                    each(number);
                }
            }
            return;
        };
        let first = self.columns.partition_point(|(column, _)| column < columns.start());
        for (at, (column, start)) in self.columns.iter().enumerate().skip(first).take_while(|(_, (column, _))| columns.contains(column)) {
            let end = self.columns.get(at + 1).map_or(self.cells.len(), |(_, next)| *next as usize);
            let start = *start as usize;
            let low = CellKey::pack(*column, *rows.start());
            let skipped = self.cells[start..end].partition_point(|cell| cell.key < low);
            let high = CellKey::pack(*column, *rows.end());
            (start + skipped..end).take_while(|number| self.cells[*number].key <= high).for_each(&mut each);
        }
    }

    /// Every stretch that answers as far as category, time and place of the cell go, some at a time; cells in order of key.
    fn stretches(&self, ask: &Ask, window: Option<&Window>, rows: &Rows, mut each: impl FnMut(&[Stretch])) {
        let mut batch: Vec<Stretch> = Vec::with_capacity(BATCH + u64::BITS as usize);
        let mut flush = |batch: &mut Vec<Stretch>| {
            self.narrow(ask, batch, rows);
            each(batch);
            batch.clear();
        };
        self.cells_of(window, |number| {
            self.stretches_of(number, ask, &mut batch);
            if batch.len() >= BATCH {
                flush(&mut batch);
            }
        });
        flush(&mut batch);
    }

    /// The stretches of one cell, as far as category and place go.
    #[inline]
    fn stretches_of(&self, number: usize, ask: &Ask, batch: &mut Vec<Stretch>) {
        let cell = &self.cells[number];
        if cell.present & ask.categories == 0 {
            return;
        }
        let (sure, perhaps) = if ask.is_anywhere() { (u64::MAX, 0) } else { ask.place(self.grid, cell.key, cell.bounds) };
        let wanted = cell.present & ask.categories & (sure | perhaps);
        let run = cell.run as usize;
        if ask.is_timeless() && wanted == cell.present && (perhaps & wanted == 0 || perhaps & wanted == wanted) {
            let last = run + cell.present.count_ones() as usize;
            batch.push(Stretch { cell: number, start: self.runs[run], end: self.runs[last], look: perhaps & wanted });
            return;
        }
        let mut left = wanted;
        while left != 0 {
            let bit = left & left.wrapping_neg();
            left ^= bit;
            let run = run + (cell.present & (bit - 1)).count_ones() as usize;
            batch.push(Stretch { cell: number, start: self.runs[run], end: self.runs[run + 1], look: perhaps & bit });
        }
    }

    /// Numbers of the cells at or after a key, in order; of a window that has columns and rows, only those in it.
    pub(super) fn cells_from<'a>(&'a self, window: Option<&'a Window>, from: CellKey) -> impl Iterator<Item = usize> + 'a {
        let lattice = window.and_then(Window::lattice);
        let mut number = self.cells.partition_point(|cell| cell.key < from);
        std::iter::from_fn(move || {
            loop {
                let (column, row) = self.cells.get(number)?.key.unpack();
                let next = match lattice {
                    Some([columns, _]) if column > *columns.end() => return None,
                    Some([columns, rows]) if column < *columns.start() => CellKey::pack(*columns.start(), *rows.start()),
                    Some([_, rows]) if row < *rows.start() => CellKey::pack(column, *rows.start()),
                    Some([_, rows]) if row > *rows.end() => CellKey::pack(column.checked_add(1)?, *rows.start()),
                    Some(_) | None => {
                        number += 1;
                        return Some(number - 1);
                    }
                };
                number += self.cells[number..].partition_point(|cell| cell.key < next);
            }
        })
    }

    /// How many places a cell has, whether they answer or not.
    pub(super) fn places_of(&self, number: usize) -> usize {
        let Cell { run, present, .. } = self.cells[number];
        (self.runs[run as usize + present.count_ones() as usize] - self.runs[run as usize]) as usize
    }

    /// Every row of some cells that answers, with its number and its cell, cells as they are given.
    pub(super) fn each_of(&self, numbers: &[usize], ask: &Ask, rows: &Rows, mut each: impl FnMut(CellKey, usize)) {
        let mut batch = Vec::new();
        for number in numbers {
            self.stretches_of(*number, ask, &mut batch);
        }
        self.narrow(ask, &mut batch, rows);
        let mut squares = LastSquares::default();
        for stretch in &batch {
            self.passing(ask, stretch, squares.of(self, ask, stretch), rows).for_each(|row| each(self.cells[stretch.cell].key, row));
        }
    }

    /// Cuts each run down to the asked span of time, if any.
    fn narrow(&self, ask: &Ask, batch: &mut [Stretch], rows: &Rows) {
        if ask.is_timeless() {
            return;
        }
        let aim = |moment: Option<Moment>| moment.map(|moment| (moment, self.clock.aim(moment.second)));
        let (from, to) = (aim(ask.from), aim(ask.to));
        for stretch in batch {
            let Stretch { start, end, .. } = *stretch;
            let first = |(moment, aim): (Moment, Aim)| {
                let place = start + aim.before(&self.seconds[start as usize..end as usize]);
                self.refined(moment, place..end, rows)
            };
            stretch.start = from.map_or(start, first);
            stretch.end = to.map_or(end, first).max(stretch.start);
        }
    }

    /// The first of these places at or after a moment, none of which lies in an earlier second; where the second does not decide, the
    /// rows do.
    fn refined(&self, moment: Moment, places: Range<u32>, rows: &Rows) -> u32 {
        let Moment { second, exact: Some(exact) } = moment else { return places.start };
        let (start, end) = (places.start as usize, places.end as usize);
        let within = self.seconds[start..end].partition_point(|other| *other == second);
        places.start + self.rows[start..start + within].partition_point(|row| rows[*row as usize].happened < exact) as u32
    }

    /// Counts per cell, in order of key.
    pub(super) fn count(&self, ask: &Ask, window: Option<&Window>, rows: &Rows) -> Vec<(CellKey, u32)> {
        let mut counted: Vec<(CellKey, u32)> = Vec::new();
        let mut current = usize::MAX;
        let mut squares = LastSquares::default();
        self.stretches(ask, window, rows, |batch| {
            if !ask.words.is_empty() {
                self.fetch(batch);
            }
            for stretch in batch {
                let count = if stretch.look != 0 || ask.rows {
                    self.passing(ask, stretch, squares.of(self, ask, stretch), rows).count() as u32
                } else if !ask.words.is_empty() {
                    ask.words.count(&self.words[stretch.places()])
                } else {
                    stretch.end - stretch.start
                };
                match counted.last_mut() {
                    _ if count == 0 => continue,
                    Some((_, sum)) if current == stretch.cell => *sum += count,
                    _ => counted.push((self.cells[stretch.cell].key, count)),
                }
                current = stretch.cell;
            }
        });
        counted
    }

    /// Brings the words of some stretches into the cache, all at once: one after the other, each stretch would wait for memory.
    fn fetch(&self, batch: &[Stretch]) {
        /// Words in a cache line.
        const LINE: usize = 16;
        let mut read = 0;
        for stretch in batch {
            for word in self.words[stretch.places()].iter().step_by(LINE) {
                read |= word;
            }
        }
        std::hint::black_box(read);
    }

    /// Every row that answers, with its number and its cell, in order of the cell's key.
    pub(super) fn each(&self, ask: &Ask, window: Option<&Window>, rows: &Rows, mut each: impl FnMut(CellKey, usize)) {
        let mut squares = LastSquares::default();
        self.stretches(ask, window, rows, |batch| {
            for stretch in batch {
                self.passing(ask, stretch, squares.of(self, ask, stretch), rows).for_each(|row| each(self.cells[stretch.cell].key, row));
            }
        });
    }

    /// The rows of a stretch that pass what the stretch does not tell.
    fn passing<'a>(
        &'a self,
        ask: &'a Ask,
        stretch: &Stretch,
        squares: Option<&'a Squares>,
        rows: &'a Rows,
    ) -> impl Iterator<Item = usize> + 'a {
        let (places, look) = (stretch.places(), stretch.look);
        let words = &self.words[places.clone()];
        let lies = move |row| {
            let told = match (ask.edges, squares) {
                (Some(edges), _) => rows.within(row, &edges),
                (None, Some(squares)) => squares.told(rows.mark(row), look),
                (None, None) => None,
            };
            told.unwrap_or_else(|| ask.filter.matches_place(&rows[row]))
        };
        self.rows[places].iter().zip(words).map(|(row, word)| (*row as usize, *word)).filter_map(move |(row, word)| {
            let passes = ask.words.pass(word) && (look == 0 || lies(row)) && (!ask.rows || ask.filter.matches_words(&rows[row]));
            passes.then_some(row)
        })
    }

    /// Bytes it holds.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&self.cells[..])
            + size_of_val(&self.columns[..])
            + size_of_val(&self.centres[..])
            + size_of_val(&self.runs[..])
            + 3 * size_of_val(&self.rows[..])
    }
}
