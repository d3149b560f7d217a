//! All reports page by page, in an order that writing does not disturb: by cell of one grid, then by id.
//!
//! A page begins where the one before ended: its cell is found in the directory of each part, and only cells that are shown are read.
//! Nothing is numbered, so what is written between two pages neither repeats nor hides a report that was there all the time.

use uuid::Uuid;

use super::ask::Ask;
use super::entry::Entry;
use super::projection::Projection;
use super::{Part, Snapshot, answering};
use crate::geo::filter::Filter;
use crate::geo::grid::{CellKey, Grid, SquareSize};

/// The grid of the order: its cells are kept ready, and hold few reports each.
const PAGES: Grid = Grid::Square(SquareSize::M125);
/// The grid on which all that answers is counted, where no place is named: the fewest cells that are kept ready.
const COUNTS: Grid = Grid::Square(SquareSize::M1000);
/// The cell of what has no point: after every other.
const NOWHERE: CellKey = CellKey(u64::MAX);
/// Most cells that a part reads at once.
const CELLS: usize = 128;

/// A report's place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageKey {
    /// Its cell.
    pub cell: CellKey,
    /// Its id.
    pub id: Uuid,
}

impl PageKey {
    /// The place of a report. It changes only when a report that came in words is placed.
    pub fn of(entry: &Entry) -> Self {
        let cell = if entry.is_placed() { PAGES.cell(entry.x, entry.y, entry.lon, entry.lat) } else { NOWHERE };
        Self { cell, id: entry.id }
    }
}

/// What a part has read and not yet given.
struct Reader<'a, C> {
    part: &'a Part,
    projection: &'a Projection,
    /// Numbers of the cells that are left.
    cells: C,
    /// In order of cell.
    read: Vec<(CellKey, &'a Entry)>,
    given: usize,
}

impl<'a, C: Iterator<Item = usize>> Reader<'a, C> {
    /// The next cell with something in it that answers; about `wanted` rows are read at once.
    fn cell(&mut self, ask: &Ask, wanted: usize) -> Option<CellKey> {
        while self.given == self.read.len() {
            self.read.clear();
            self.given = 0;
            let (mut numbers, mut places) = (Vec::new(), 0);
            while places < wanted
                && numbers.len() < CELLS
                && let Some(number) = self.cells.next()
            {
                places += self.projection.places_of(number);
                numbers.push(number);
            }
            if numbers.is_empty() {
                return None;
            }
            let rows = &self.part.segment.rows;
            self.projection.each_of(&numbers, ask, rows, |cell, row| {
                if self.part.is_live(row) {
                    self.read.push((cell, &rows[row]));
                }
            });
        }
        self.read.get(self.given).map(|(cell, _)| *cell)
    }

    /// What it has of a cell.
    fn give(&mut self, cell: CellKey) -> impl Iterator<Item = &'a Entry> {
        let left = &self.read[self.given..];
        let count = left.iter().take_while(|(of, _)| *of == cell).count();
        self.given += count;
        left[..count].iter().map(|(_, entry)| *entry)
    }
}

impl Snapshot {
    /// The first `most` reports that answer a question and come after a place in the order; those without a point come last.
    pub fn page(&self, filter: &Filter, after: Option<PageKey>, most: usize) -> Vec<&Entry> {
        let mut found = Vec::new();
        if after.is_none_or(|after| after.cell < NOWHERE) {
            self.placed_page(filter, after, most, &mut found);
        }
        if found.len() < most {
            let mut unplaced = Vec::new();
            self.select_unplaced(filter, |entry| {
                if after.is_none_or(|after| PageKey::of(entry) > after) {
                    unplaced.push(entry);
                }
            });
            found.extend(first(unplaced, most - found.len()));
        }
        found
    }

    fn placed_page<'a>(&'a self, filter: &Filter, after: Option<PageKey>, most: usize, found: &mut Vec<&'a Entry>) {
        let ask = Ask::new(filter);
        let window = self.window_of(PAGES, filter);
        let from = after.map_or(CellKey(0), |after| after.cell);
        let mut readers: Vec<_> = self
            .parts
            .iter()
            .map(|part| {
                let projection = part.segment.projection(PAGES);
                Reader { part, projection, cells: projection.cells_from(window.as_ref(), from), read: Vec::new(), given: 0 }
            })
            .collect();
        let of_delta = |entry: &'a Entry| answering(PAGES, filter, window.as_ref(), entry).map(|cell| (cell, entry));
        let mut changed: Vec<(CellKey, &Entry)> = self.delta.rows.values().filter_map(of_delta).filter(|(cell, _)| *cell >= from).collect();
        changed.sort_unstable_by_key(|(cell, _)| *cell);
        let mut changed = changed.into_iter().peekable();
        while found.len() < most {
            let room = most - found.len();
            let next = readers.iter_mut().filter_map(|reader| reader.cell(&ask, room)).chain(changed.peek().map(|(cell, _)| *cell)).min();
            let Some(cell) = next else { break };
            let mut of_cell: Vec<&Entry> = readers.iter_mut().flat_map(|reader| reader.give(cell)).collect();
            while let Some((_, entry)) = changed.next_if(|(of, _)| *of == cell) {
                of_cell.push(entry);
            }
            if let Some(after) = after.filter(|after| after.cell == cell) {
                of_cell.retain(|entry| entry.id > after.id);
            }
            found.extend(first(of_cell, room));
        }
    }

    /// How many reports answer a question, with or without a point.
    pub fn matched(&self, filter: &Filter) -> u64 {
        let mut unplaced = 0;
        self.select_unplaced(filter, |_| unplaced += 1);
        // Where a place is, the rows of the cells on its edge are looked at one by one: of small cells these are fewer.
        let grid = if filter.envelope().is_some() { PAGES } else { COUNTS };
        self.count(grid, filter, None).iter().map(|(_, count)| u64::from(*count)).sum::<u64>() + unplaced
    }

    /// The report with an id.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        self.delta.rows.get(&id).or_else(|| {
            self.parts.iter().find_map(|part| {
                let row = part.segment.find(id)? as usize;
                part.is_live(row).then(|| &part.segment.rows[row])
            })
        })
    }
}

/// The first so many by id, in order.
fn first(mut rows: Vec<&Entry>, most: usize) -> Vec<&Entry> {
    if rows.len() > most {
        rows.select_nth_unstable_by_key(most, |row| row.id);
        rows.truncate(most);
    }
    rows.sort_unstable_by_key(|row| row.id);
    rows
}
