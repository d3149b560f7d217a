//! The share of a kernel's mass that lies within the study area.

use super::{Lattice, Parameters};

/// How finely the kernel is sampled for its mass per cell: points along its full width, over all cells together.
const SAMPLES_ACROSS: f64 = 256.0;

/// Per cell of the lattice, the share of the mass of a kernel at the cell's centre that lies in the cells of `area` (all of the
/// lattice, if none is given). Never 0 for a cell of the area: a kernel has mass in its own cell.
pub(super) fn share_within(lattice: &Lattice, area: Option<&[bool]>, parameters: &Parameters, reach_cells: f64) -> Vec<f64> {
    let (columns, rows) = (lattice.columns, lattice.rows);
    let side = (reach_cells + 0.5).floor() as usize;
    let masses = masses(lattice.step_m, parameters, side);
    let within = |cell: usize| area.is_none_or(|area| area[cell]);
    // Cells of the area in the rectangle from the first cell: most cells see nothing but area and need no sum.
    let mut before = vec![0_u32; (columns + 1) * (rows + 1)];
    for row in 0..rows {
        let mut in_row = 0;
        for column in 0..columns {
            in_row += u32::from(within(row * columns + column));
            before[(row + 1) * (columns + 1) + column + 1] = before[row * (columns + 1) + column + 1] + in_row;
        }
    }
    let ones: Vec<f64> = (0..columns * rows).map(|cell| f64::from(u8::from(within(cell)))).collect();
    let width = 2 * side + 1;
    let mut shares = vec![1.0; columns * rows];
    for row in 0..rows {
        let (south, north) = (row.saturating_sub(side), (row + side + 1).min(rows));
        for column in 0..columns {
            let (west, east) = (column.saturating_sub(side), (column + side + 1).min(columns));
            let corner = |column: usize, row: usize| u64::from(before[row * (columns + 1) + column]);
            let inside = corner(east, north) + corner(west, south) - corner(west, north) - corner(east, south);
            if inside == (width * width) as u64 || !within(row * columns + column) {
                continue;
            }
            let mass = |other: usize| {
                let masses = &masses[(other + side - row) * width + (west + side - column)..][..east - west];
                ones[other * columns + west..][..east - west].iter().zip(masses).map(|(one, mass)| one * mass).sum::<f64>()
            };
            shares[row * columns + column] = (south..north).map(mass).sum();
        }
    }
    shares
}

/// The kernel's mass in each of the `(2 side + 1)²` cells around the one at whose centre it stands, together 1.
fn masses(step_m: f64, parameters: &Parameters, side: usize) -> Vec<f64> {
    let width = 2 * side + 1;
    let samples = (SAMPLES_ACROSS / width as f64).ceil();
    let offset = |cell: usize, sample: usize| (cell as f64 - side as f64 - 0.5 + (sample as f64 + 0.5) / samples) * step_m;
    let cell_mass = |row: usize, column: usize| -> f64 {
        let value = |at: usize| {
            let (x, y) = (offset(column, at % samples as usize), offset(row, at / samples as usize));
            parameters.kernel.relative(x * x + y * y, parameters.bandwidth_m)
        };
        (0..(samples * samples) as usize).map(value).sum()
    };
    let mut masses: Vec<f64> = (0..width * width).map(|cell| cell_mass(cell / width, cell % width)).collect();
    let total: f64 = masses.iter().sum();
    for mass in &mut masses {
        *mass /= total;
    }
    masses
}
