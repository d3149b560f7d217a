//! Kernel density: how many events per square kilometre there are around each point of a lattice.
//!
//! `f(s) = Σ wᵢ k(|s − xᵢ|)` over the events `xᵢ` of weight `wᵢ`, with one of two kernels in the metric plane:
//! - *quartic* (biweight; Silverman 1986, *Density Estimation*, eq. 4.5): `k(d) = 3/(πh²) (1 − d²/h²)²` for `d < h`, else 0,
//!   where `h` is the bandwidth. Its standard deviation along an axis is `h/√8`.
//! - *Gaussian*: `k(d) = 1/(2πσ²) exp(−d²/2σ²)`, where `σ` is the bandwidth. An event reaches the square of half side 8σ
//!   around it; the mass neglected beyond is 2.5 · 10⁻¹⁵.
//!
//! Sums are exact (every event at every cell in reach; no binning of events, no Fourier transform).
//!
//! The *uniform* edge correction (Diggle 1985, *Applied Statistics* 34; Jones 1993, *Statistics and Computing* 3) divides by
//! the share of the kernel's mass that lies within the study area, so that the map does not fade where the area ends. Each
//! cell's share is summed over the cells of the area; the kernel's mass per cell is its mean over a raster of points in it.
//!
//! **The bandwidth is the user's choice**, and the picture depends on it more than on anything else. The default is 200 m.
//! The automatic rules are not offered: on one and the same set of crimes they gave 62 m (Diggle), 106 m (Scott) and 206 m
//! (likelihood cross-validation). A density has no error bars and no test: a bright spot is not yet a hotspot.

use std::f64::consts::PI;

use thiserror::Error;

mod edge;

/// Name and version of the method, for the answer's own record.
pub const METHOD: &str = "lykta-kde/1";
/// Metres, where the user states none.
pub const DEFAULT_BANDWIDTH_M: f64 = 200.0;
/// The bandwidths that may be asked for, in metres.
pub const BANDWIDTH_M: (f64, f64) = (10.0, 10_000.0);
/// Events at most.
pub const MAX_EVENTS: usize = 5_000_000;
/// Cells of a lattice at most.
pub const MAX_CELLS: usize = 4_000_000;
/// Kernel values summed at most: some seconds of one core.
pub const MAX_WORK: f64 = 4.0e9;

/// Metres: no coordinate of the metric plane is further out.
const MAX_METRES: f64 = 2.0e7;
/// Weights at most.
const MAX_WEIGHT: f64 = 1.0e9;
/// How far a Gaussian reaches, in standard deviations.
const GAUSSIAN_REACH: f64 = 8.0;
const M2_PER_KM2: f64 = 1.0e6;

/// The shape of the bump that each event becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Biweight: nothing beyond the bandwidth.
    Quartic,
    /// Normal: the bandwidth is its standard deviation.
    Gaussian,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// The kernel.
    pub kernel: Kernel,
    /// `h` or `σ` in metres, within [`BANDWIDTH_M`] and not below the lattice's step: a narrower kernel falls between the cells.
    pub bandwidth_m: f64,
    /// Divide by the kernel's mass within the study area. Events outside it are then left out, since the area is all there is.
    pub edge_correction: bool,
}

impl Default for Parameters {
    fn default() -> Self {
        Self { kernel: Kernel::Quartic, bandwidth_m: DEFAULT_BANDWIDTH_M, edge_correction: false }
    }
}

/// Square cells of the metric plane in columns (eastwards) and rows (northwards).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// Easting of the lower-left corner of the first cell, metres.
    pub west: f64,
    /// Northing of that corner, metres.
    pub south: f64,
    /// Edge of a cell, metres.
    pub step_m: f64,
    /// Cells per row.
    pub columns: usize,
    /// Cells per column.
    pub rows: usize,
}

impl Lattice {
    /// How many cells there are. They are numbered row by row from the south, each row from the west.
    pub fn cells(&self) -> usize {
        self.columns.saturating_mul(self.rows)
    }

    /// Easting of the centres of a column, metres.
    pub fn x(&self, column: usize) -> f64 {
        self.west + (column as f64 + 0.5) * self.step_m
    }

    /// Northing of the centres of a row, metres.
    pub fn y(&self, row: usize) -> f64 {
        self.south + (row as f64 + 0.5) * self.step_m
    }

    /// The cell that holds a point (its west and south edges included), if one does.
    pub fn cell(&self, point: [f64; 2]) -> Option<usize> {
        let (column, row) = ((point[0] - self.west) / self.step_m, (point[1] - self.south) / self.step_m);
        let within = column >= 0.0 && row >= 0.0 && column < self.columns as f64 && row < self.rows as f64;
        within.then(|| row as usize * self.columns + column as usize)
    }
}

/// A density on a lattice.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// Where.
    pub lattice: Lattice,
    /// Events (or their weight) per km² at the centre of each cell; 0 outside the study area.
    pub values: Vec<f64>,
}

/// Why there is no density.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum DensityError {
    /// The bandwidth is out of bounds.
    #[error("bandwidth_m is {0}; it must be from 10 to 10000 metres and not below the lattice's step")]
    Bandwidth(f64),
    /// The lattice has no cells, too many, or lies nowhere.
    #[error("the lattice must have from 1 to {MAX_CELLS} cells of 1 m or more, within 20000 km of the origin")]
    Lattice,
    /// An event is nowhere.
    #[error("event {0} has no finite coordinates within 20000 km of the origin")]
    Event(usize),
    /// Too many events.
    #[error("{0} events; at most {MAX_EVENTS} can be taken")]
    Events(usize),
    /// A weight is out of bounds.
    #[error("the weight of event {0} must be from 0 to 1e9")]
    Weight(usize),
    /// The lists do not belong together.
    #[error("{what} has {given} entries where {expected} belong")]
    Length {
        /// Which list.
        what: &'static str,
        /// Its length.
        given: usize,
        /// The length it should have.
        expected: usize,
    },
    /// The bandwidth is so wide for so many events or cells that it would take too long.
    #[error("{0:.1e} kernel values are too many to sum: choose a coarser lattice or a narrower bandwidth")]
    Work(f64),
}

/// The density of events (metres east, metres north) at the centres of a lattice's cells.
///
/// `weights`: one per event, else each counts 1. `area`: which cells belong to the study area, else all do. Without edge
/// correction events outside the area still shine into it.
pub fn density(
    events: &[[f64; 2]],
    weights: Option<&[f64]>,
    lattice: &Lattice,
    area: Option<&[bool]>,
    parameters: &Parameters,
) -> Result<Surface, DensityError> {
    check(events, weights, lattice, area, parameters)?;
    let reach = Reach::of(lattice, parameters);
    let cells_per_event = reach.span.min(lattice.columns as f64) * reach.span.min(lattice.rows as f64);
    let edge_terms = if parameters.edge_correction { lattice.cells() as f64 * reach.span * reach.span } else { 0.0 };
    let terms = events.len() as f64 * cells_per_event + edge_terms;
    let edge_too_wide = parameters.edge_correction && reach.span * reach.span > MAX_CELLS as f64;
    if terms > MAX_WORK || edge_too_wide {
        return Err(DensityError::Work(terms));
    }

    let counts = |event| !parameters.edge_correction || lattice.cell(event).is_some_and(|cell| area.is_none_or(|area| area[cell]));
    let mut values = vec![0.0; lattice.cells()];
    let (mut columns, mut rows) = (Vec::new(), Vec::new());
    for (number, &event) in events.iter().enumerate().filter(|(_, event)| counts(**event)) {
        let weight = weights.map_or(1.0, |weights| weights[number]);
        let west = reach.factors((event[0] - lattice.west) / lattice.step_m, lattice.columns, &mut columns);
        let south = reach.factors((event[1] - lattice.south) / lattice.step_m, lattice.rows, &mut rows);
        for (row, &north) in rows.iter().enumerate() {
            let cells = &mut values[(south + row) * lattice.columns + west..][..columns.len()];
            match parameters.kernel {
                Kernel::Quartic => {
                    for (cell, &east) in cells.iter_mut().zip(&columns) {
                        let u = (1.0 - (east + north)).max(0.0);
                        *cell += weight * (u * u);
                    }
                }
                Kernel::Gaussian => {
                    let north = weight * north;
                    for (cell, &east) in cells.iter_mut().zip(&columns) {
                        *cell += north * east;
                    }
                }
            }
        }
    }
    let peak = M2_PER_KM2 * parameters.kernel.peak(parameters.bandwidth_m);
    for value in &mut values {
        *value *= peak;
    }
    if parameters.edge_correction {
        let share = edge::share_within(lattice, area, parameters, reach.cells);
        for (value, share) in values.iter_mut().zip(&share) {
            *value /= share;
        }
    }
    for (value, _) in values.iter_mut().zip(area.unwrap_or_default()).filter(|(_, within)| !**within) {
        *value = 0.0;
    }
    Ok(Surface { lattice: *lattice, values })
}

impl Kernel {
    /// The kernel's value at its centre, per m².
    fn peak(self, bandwidth_m: f64) -> f64 {
        let area = PI * bandwidth_m * bandwidth_m;
        match self {
            Self::Quartic => 3.0 / area,
            Self::Gaussian => 0.5 / area,
        }
    }

    /// How far it reaches along an axis, metres.
    fn reach_m(self, bandwidth_m: f64) -> f64 {
        match self {
            Self::Quartic => bandwidth_m,
            Self::Gaussian => GAUSSIAN_REACH * bandwidth_m,
        }
    }

    /// The kernel as a share of its peak at (squared metres) `d2` from its centre.
    fn relative(self, d2: f64, bandwidth_m: f64) -> f64 {
        let t = d2 / (bandwidth_m * bandwidth_m);
        match self {
            Self::Quartic => (1.0 - t).max(0.0).powi(2),
            Self::Gaussian => (-0.5 * t).exp(),
        }
    }
}

/// The kernel against the lattice, in cells.
struct Reach {
    kernel: Kernel,
    /// The bandwidth in cells.
    bandwidth: f64,
    /// How many cells the kernel reaches to each side.
    cells: f64,
    /// How many it covers at most.
    span: f64,
}

impl Reach {
    fn of(lattice: &Lattice, parameters: &Parameters) -> Self {
        let cells = parameters.kernel.reach_m(parameters.bandwidth_m) / lattice.step_m;
        Self { kernel: parameters.kernel, bandwidth: parameters.bandwidth_m / lattice.step_m, cells, span: 2.0 * cells + 1.0 }
    }

    /// What each column (or row) in reach of position `at` (in cells from the lattice's edge) contributes: the kernel of
    /// both axes is `(1 − (a + b))²` of their quartic factors, the product of their Gaussian ones. Returns the first column.
    fn factors(&self, at: f64, cells: usize, into: &mut Vec<f64>) -> usize {
        // Centres at k + ½ with |k + ½ − at| <= reach. A cast saturates: what lies before the first cell becomes 0.
        let first = (at - self.cells - 0.5).ceil() as usize;
        let end = ((at + self.cells + 0.5).floor() as usize).min(cells);
        let scaled = |cell: usize| ((cell as f64 + 0.5 - at) / self.bandwidth).powi(2);
        into.clear();
        match self.kernel {
            Kernel::Quartic => into.extend((first..end).map(scaled)),
            Kernel::Gaussian => into.extend((first..end).map(|cell| (-0.5 * scaled(cell)).exp())),
        }
        first.min(cells)
    }
}

fn check(
    events: &[[f64; 2]],
    weights: Option<&[f64]>,
    lattice: &Lattice,
    area: Option<&[bool]>,
    parameters: &Parameters,
) -> Result<(), DensityError> {
    let lattice_fits = [lattice.west, lattice.south, lattice.x(lattice.columns), lattice.y(lattice.rows)];
    if lattice.cells() == 0
        || lattice.cells() > MAX_CELLS
        || !(1.0..=MAX_METRES).contains(&lattice.step_m)
        || lattice_fits.iter().any(|metres| !within(*metres))
    {
        return Err(DensityError::Lattice);
    }
    let bandwidth = parameters.bandwidth_m;
    if !(BANDWIDTH_M.0..=BANDWIDTH_M.1).contains(&bandwidth) || bandwidth < lattice.step_m {
        return Err(DensityError::Bandwidth(bandwidth));
    }
    if events.len() > MAX_EVENTS {
        return Err(DensityError::Events(events.len()));
    }
    if let Some(event) = events.iter().position(|event| !event.iter().all(|metres| within(*metres))) {
        return Err(DensityError::Event(event));
    }
    let length = |what, given, expected| if given == expected { Ok(()) } else { Err(DensityError::Length { what, given, expected }) };
    if let Some(weights) = weights {
        length("weights", weights.len(), events.len())?;
        if let Some(event) = weights.iter().position(|weight| !(0.0..=MAX_WEIGHT).contains(weight)) {
            return Err(DensityError::Weight(event));
        }
    }
    area.map_or(Ok(()), |area| length("area", area.len(), lattice.cells()))
}

fn within(metres: f64) -> bool {
    metres.abs() <= MAX_METRES
}

#[cfg(test)]
#[path = "density_tests.rs"]
mod tests;
