//! A snapshot as bytes, so that a start need not read every row of the database.
//!
//! Versioned and checksummed: what is torn, changed, of another Lykta or of another machine's byte order is refused and made anew.
//! Only a *settled* snapshot is written: no row that no longer holds then (edited, withdrawn, erased). A file is thrown away when a report
//! goes; one that is only edited stays in it as it was until the next is written.
//!
//! Layout: [`MAGIC`], length of the head (u32), the head (JSON), XXH3-64 of all that; then the arrays that the head lists, unpadded, in
//! the machine's byte order, and XXH3-64 of them.

use std::io::{Read, Write};
use std::sync::Arc;

use bytemuck::{AnyBitPattern, NoUninit, Pod, Zeroable};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use super::entry::Entry;
use super::flat::Flat;
use super::projection::{Cells, Projection};
use super::rows::Rows;
use super::segment::Segment;
use super::{Part, Snapshot};
use crate::geo::grid::Grid;
use crate::geo::sweref::MetricCrs;

/// Changes with the layout of the arrays and with what rows are made of.
const MAGIC: &[u8; 16] = b"Lykta index 2\n\0\0";
/// Largest head that is read, in bytes.
const HEAD_MAX: u32 = 16 << 20;

/// Rows that are written or read together: they stay in the cache until they are in their other form.
const CHUNK: usize = 1024;

/// What a snapshot was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Which Lykta made it.
    pub program: String,
    /// The kommun.
    pub municipality: String,
    /// Version of its change log.
    pub version: i64,
    /// Hash of that log at this version: no other history has it.
    pub head: Vec<u8>,
    /// The EPSG code of `x` and `y`.
    pub epsg: u32,
    /// What the numbers in `source` stand for.
    pub sources: Vec<String>,
}

/// Why bytes are not a snapshot.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// Reading failed, or the bytes end early.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Something else, or made by another version.
    #[error("not an index of this version of Lykta")]
    Foreign,
    /// A checksum does not agree.
    #[error("torn or changed since it was written")]
    Torn,
}

/// How long the arrays are.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    origin: Origin,
    parts: Vec<PartHead>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PartHead {
    rows: usize,
    placed: usize,
    flat: FlatHead,
    grids: Vec<GridHead>,
}

/// The numbers of a flat grid.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct FlatHead {
    /// Metres.
    pub(super) origin: [f64; 2],
    /// Metres.
    pub(super) edge: f64,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct GridHead {
    number: usize,
    cells: usize,
    centres: usize,
    runs: usize,
}

/// A row without padding.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Row {
    id: [u8; 16],
    version: i64,
    at: [f64; 4],
    received: i64,
    happened: i64,
    reporter: u64,
    perspectives: u16,
    year: i16,
    source: u16,
    codes: [u8; 9],
    zero: u8,
}

impl From<&Entry> for Row {
    fn from(entry: &Entry) -> Self {
        let Entry { id, version, lon, lat, x, y, received, happened, reporter, perspectives, year, source, .. } = *entry;
        let Entry { hour, weekday, month, time_band, light, category, status, insecurity, travel_mode, .. } = *entry;
        let codes = [hour, weekday, month, time_band, light, category, status, insecurity, travel_mode];
        Self {
            id: id.into_bytes(),
            version,
            at: [lon, lat, x, y],
            received,
            happened,
            reporter,
            perspectives,
            year,
            source,
            codes,
            zero: 0,
        }
    }
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        let Row { id, version, at: [lon, lat, x, y], received, happened, reporter, perspectives, year, source, codes, zero: _ } = row;
        let [hour, weekday, month, time_band, light, category, status, insecurity, travel_mode] = codes;
        #[rustfmt::skip]
        let entry = Self {
            id: uuid::Uuid::from_bytes(id), version, lon, lat, x, y, received, happened, reporter, perspectives, year, source,
            hour, weekday, month, time_band, light, category, status, insecurity, travel_mode,
        };
        entry
    }
}

struct Hashed<T> {
    inner: T,
    hash: Xxh3,
}

impl<W: Write> Hashed<W> {
    fn put<T: NoUninit>(&mut self, values: &[T]) -> std::io::Result<()> {
        let bytes = bytemuck::cast_slice(values);
        self.hash.update(bytes);
        self.inner.write_all(bytes)
    }

    /// Ends what is checked together.
    fn seal(&mut self) -> std::io::Result<()> {
        let digest = std::mem::replace(&mut self.hash, Xxh3::new()).digest();
        self.inner.write_all(&digest.to_le_bytes())
    }
}

impl<R: Read> Hashed<R> {
    fn take<T: Zeroable + AnyBitPattern + NoUninit>(&mut self, count: usize) -> std::io::Result<Vec<T>> {
        let mut values = bytemuck::allocation::zeroed_vec(count);
        self.fill(&mut values)?;
        Ok(values)
    }

    fn fill<T: AnyBitPattern + NoUninit>(&mut self, values: &mut [T]) -> std::io::Result<()> {
        let bytes = bytemuck::cast_slice_mut(values);
        self.inner.read_exact(bytes)?;
        self.hash.update(bytes);
        Ok(())
    }

    fn rows(&mut self, count: usize) -> std::io::Result<Rows> {
        let mut rows = Rows::with_capacity(count);
        let mut chunk = bytemuck::allocation::zeroed_vec::<Row>(count.min(CHUNK));
        while rows.len() < count {
            let some = chunk.len().min(count - rows.len());
            self.fill(&mut chunk[..some])?;
            chunk[..some].iter().for_each(|row| rows.push(Entry::from(*row)));
        }
        Ok(rows)
    }

    fn check(&mut self) -> Result<(), FileFault> {
        let digest = std::mem::replace(&mut self.hash, Xxh3::new()).digest();
        let mut written = [0; 8];
        self.inner.read_exact(&mut written)?;
        if u64::from_le_bytes(written) == digest { Ok(()) } else { Err(FileFault::Torn) }
    }
}

impl Snapshot {
    /// Writes a settled snapshot.
    pub fn write(&self, origin: Origin, out: impl Write) -> std::io::Result<()> {
        if !self.is_settled() {
            return Err(std::io::Error::other("an index is written without rows that no longer hold"));
        }
        let mut out = Hashed { inner: out, hash: Xxh3::new() };
        let parts = self.parts.iter().map(|part| part_head(&part.segment)).collect();
        let head = serde_json::to_vec(&Head { origin, parts })?;
        out.put(MAGIC)?;
        out.put(&[head.len() as u32])?;
        out.put(&head)?;
        out.seal()?;
        for part in &self.parts {
            let segment = &part.segment;
            for rows in segment.rows.chunks(CHUNK) {
                out.put(&rows.iter().map(Row::from).collect::<Vec<_>>())?;
            }
            out.put(&segment.by_id)?;
            out.put(&segment.flat.starts)?;
            out.put(&segment.flat.at)?;
            for (_, projection) in segment.projections() {
                let Cells { keys, present, runs, bounds } = projection.cells();
                out.put(&keys)?;
                out.put(&present)?;
                out.put(&runs)?;
                out.put(&bounds)?;
                out.put(&projection.centres)?;
                out.put(&projection.runs)?;
                out.put(&projection.seconds)?;
                out.put(&projection.words)?;
                out.put(&projection.rows)?;
            }
        }
        out.seal()
    }

    /// Reads what [`write`](Self::write) wrote; `bytes` is how many there are.
    pub fn read(input: impl Read, bytes: u64) -> Result<(Self, Origin), FileFault> {
        let mut input = Hashed { inner: input, hash: Xxh3::new() };
        if input.take::<u8>(MAGIC.len())? != MAGIC {
            return Err(FileFault::Foreign);
        }
        let length = input.take::<u32>(1)?[0];
        if length > HEAD_MAX || u64::from(length) > bytes {
            return Err(FileFault::Torn);
        }
        let head = input.take::<u8>(length as usize)?;
        input.check()?;
        // The head is as it was written: so are the lengths in it.
        let Head { origin, parts } = serde_json::from_slice(&head).map_err(|_| FileFault::Foreign)?;
        let crs = MetricCrs::from_epsg(origin.epsg).ok_or(FileFault::Foreign)?;
        let parts = parts.into_iter().map(|head| Ok(Part::new(read_part(&mut input, &head, crs)?))).collect::<Result<_, FileFault>>()?;
        input.check()?;
        if input.inner.read(&mut [0])? != 0 {
            return Err(FileFault::Torn);
        }
        Ok((Self { crs, version: origin.version, parts, delta: Arc::default() }, origin))
    }
}

fn part_head(segment: &Segment) -> PartHead {
    let grid = |(number, projection): (usize, &Projection)| GridHead {
        number,
        cells: projection.cell_count(),
        centres: projection.centres.len(),
        runs: projection.runs.len(),
    };
    PartHead {
        rows: segment.rows.len(),
        placed: segment.flat.len(),
        flat: segment.flat.head,
        grids: segment.projections().map(grid).collect(),
    }
}

fn read_part(input: &mut Hashed<impl Read>, head: &PartHead, crs: MetricCrs) -> Result<Segment, FileFault> {
    let rows = input.rows(head.rows)?;
    let by_id = input.take(head.rows)?;
    let starts = input.take(if head.placed == 0 { 0 } else { head.flat.columns * head.flat.rows + 1 })?;
    let flat = Flat { head: head.flat, starts, at: input.take(head.placed)? };
    let mut projections = Vec::new();
    for GridHead { number, cells, centres, runs } in &head.grids {
        let grid = *Grid::ALL.get(*number).ok_or(FileFault::Foreign)?;
        let cells =
            Cells { keys: input.take(*cells)?, present: input.take(*cells)?, runs: input.take(*cells)?, bounds: input.take(*cells)? };
        let (centres, runs) = (input.take(*centres)?, input.take(*runs)?);
        let (seconds, words, rows) = (input.take(head.placed)?, input.take(head.placed)?, input.take(head.placed)?);
        projections.push((*number, Projection::of_parts(grid, cells, centres, runs, seconds, words, rows)));
    }
    Ok(Segment::of_parts(crs, rows, by_id, flat, projections))
}
