//! A small exact linear-program solver: whole-number arithmetic, no rounding, the same answer everywhere.
//!
//! A condensed tableau kept integral by a common denominator (Edmonds 1967, Bareiss 1968). Feasibility is
//! found by the least-index criss-cross method (Terlaky 1985), optima by the primal simplex with
//! Bland's rule (1977); both are finite. The matrices here are nested sets of −1, 0, 1, whose
//! subdeterminants stay tiny. Whatever would overflow ends in `None`, which the caller takes as "unsafe".

/// What ended a search that has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No point satisfies all rows.
    Infeasible,
    /// The numbers or the patience ran out.
    GaveUp,
}

/// `rows · x ≤ limits`, `x ≥ 0`, brought to a vertex.
#[derive(Clone, Debug)]
pub(crate) struct Simplex {
    /// `rows` lines of `columns` coefficients and the right-hand side, all times `denominator`.
    table: Vec<i64>,
    denominator: i64,
    /// Which variable each row and column stands for: `x` first, then one slack per row.
    basic: Vec<usize>,
    free: Vec<usize>,
}

const PATIENCE: usize = 20_000;

impl Simplex {
    /// Takes the rows (sparse coefficients, limit) over `variables` variables to a feasible vertex.
    pub(crate) fn feasible(variables: usize, rows: &[(Vec<(usize, i64)>, i64)]) -> Result<Self, Failure> {
        let width = variables + 1;
        let mut table = vec![0; rows.len() * width];
        for (line, (coefficients, limit)) in table.chunks_exact_mut(width).zip(rows) {
            for &(variable, coefficient) in coefficients {
                line[variable] += coefficient;
            }
            line[variables] = *limit;
        }
        let basic = (variables..variables + rows.len()).collect();
        let mut simplex = Self { table, denominator: 1, basic, free: (0..variables).collect() };
        for step in 0..PATIENCE {
            let short = (0..rows.len()).filter(|&r| simplex.limit(r) < 0);
            // The row that lacks most gets there fastest; the least index cannot go round in circles.
            let row = if step < 3 * rows.len() { short.min_by_key(|&r| simplex.limit(r)) } else { short.min_by_key(|&r| simplex.basic[r]) };
            let Some(row) = row else { return Ok(simplex) };
            let column = (0..variables).filter(|&c| simplex.at(row, c) < 0).min_by_key(|&c| simplex.free[c]);
            simplex.pivot(row, column.ok_or(Failure::Infeasible)?).ok_or(Failure::GaveUp)?;
        }
        Err(Failure::GaveUp)
    }

    /// The values of `x` at this vertex, unless they are fractions.
    pub(crate) fn point(&self) -> Option<Vec<i64>> {
        let mut point = vec![0; self.free.len()];
        for (row, &variable) in self.basic.iter().enumerate() {
            if let Some(value) = point.get_mut(variable) {
                let limit = self.limit(row);
                if limit % self.denominator != 0 {
                    return None;
                }
                *value = limit / self.denominator;
            }
        }
        Some(point)
    }

    /// Moves to a vertex where `sign` times the sum of the given variables is largest; the rows that hold
    /// it down there (none if nothing does).
    pub(crate) fn maximise(&mut self, sum: &[usize], sign: i64) -> Option<Vec<usize>> {
        for _ in 0..PATIENCE {
            let gains = self.gains(sum, sign)?;
            let entering = (0..self.free.len()).filter(|&c| gains[c] > 0).min_by_key(|&c| self.free[c]);
            let Some(column) = entering else {
                let rows = self.free.iter().zip(&gains).filter(|&(&variable, &gain)| gain != 0 && variable >= self.free.len());
                return Some(rows.map(|(variable, _)| variable - self.free.len()).collect());
            };
            let leaving = (0..self.basic.len()).filter(|&r| self.at(r, column) > 0).min_by(|&a, &b| {
                let left = i128::from(self.limit(a)) * i128::from(self.at(b, column));
                let right = i128::from(self.limit(b)) * i128::from(self.at(a, column));
                left.cmp(&right).then(self.basic[a].cmp(&self.basic[b]))
            });
            let Some(row) = leaving else {
                return Some(Vec::new());
            };
            self.pivot(row, column)?;
        }
        None
    }

    /// The objective in terms of the free variables, times the denominator.
    fn gains(&self, sum: &[usize], sign: i64) -> Option<Vec<i64>> {
        let wanted = |variable: &usize| if sum.contains(variable) { sign } else { 0 };
        let mut gains: Vec<i64> = self.free.iter().map(|variable| wanted(variable) * self.denominator).collect();
        for (row, variable) in self.basic.iter().enumerate() {
            let weight = wanted(variable);
            if weight != 0 {
                for (column, gain) in gains.iter_mut().enumerate() {
                    *gain = gain.checked_sub(weight * self.at(row, column))?;
                }
            }
        }
        Some(gains)
    }

    fn at(&self, row: usize, column: usize) -> i64 {
        self.table[row * (self.free.len() + 1) + column]
    }

    fn limit(&self, row: usize) -> i64 {
        self.at(row, self.free.len())
    }

    /// Exchanges the variable of a row with the variable of a column.
    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        let width = self.free.len() + 1;
        let pivot = self.at(row, column);
        let line = &self.table[row * width..(row + 1) * width];
        // Where nothing is to be scaled, only what the pivot row touches changes.
        let scaled = pivot != self.denominator;
        let line: Vec<(usize, i64)> = line.iter().copied().enumerate().filter(|&(_, up)| scaled || up != 0).collect();
        for (r, other) in self.table.chunks_exact_mut(width).enumerate() {
            let factor = other[column];
            if r == row || (factor == 0 && !scaled) {
                continue;
            }
            for &(c, up) in &line {
                let product = other[c].checked_mul(pivot)?.checked_sub(factor.checked_mul(up)?)?;
                other[c] = if self.denominator == 1 { product } else { product / self.denominator };
            }
            other[column] = -factor;
        }
        self.table[row * width + column] = self.denominator;
        self.denominator = pivot;
        if pivot < 0 {
            self.denominator = -pivot;
            self.table.iter_mut().for_each(|value| *value = -*value);
        }
        std::mem::swap(&mut self.basic[row], &mut self.free[column]);
        Some(())
    }
}
