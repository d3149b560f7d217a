//! Cases dealt to cells by chance.

use super::Philox;

/// Draws cells in proportion to their weights, each in constant time: the alias method of Walker (1977), its table built as
/// Vose does ("A linear algorithm for generating random numbers with a given distribution", 1991).
pub(super) struct Multinomial {
    /// Per cell: below which random number it is itself, and which cell it is otherwise.
    table: Vec<(u64, u32)>,
}

/// 2⁶⁴
const WHOLE: f64 = 18_446_744_073_709_551_616.0;

impl Multinomial {
    /// The weights must be finite, not negative, and not all 0; fewer than 2³² of them.
    pub(super) fn new(weights: &[f64]) -> Self {
        let scale = weights.len() as f64 / weights.iter().sum::<f64>();
        let mut share: Vec<f64> = weights.iter().map(|weight| weight * scale).collect();
        let (mut small, mut large): (Vec<u32>, Vec<u32>) = (0..share.len() as u32).partition(|&cell| share[cell as usize] < 1.0);
        // What is left over in the end has a share of 1 but for rounding: always itself.
        let mut table: Vec<(u64, u32)> = (0..share.len() as u32).map(|cell| (u64::MAX, cell)).collect();
        while let (Some(&lack), Some(&excess)) = (small.last(), large.last()) {
            small.pop();
            table[lack as usize] = ((share[lack as usize] * WHOLE) as u64, excess);
            share[excess as usize] -= 1.0 - share[lack as usize];
            if share[excess as usize] < 1.0 {
                large.pop();
                small.push(excess);
            }
        }
        Self { table }
    }

    /// Deals `cases` anew.
    pub(super) fn deal(&self, cases: u64, chance: &mut Philox, dealt: &mut [u32]) {
        dealt.fill(0);
        for _ in 0..cases {
            // The whole part of a number from 0 to the number of cells is a column, the rest is uniform within it.
            let number = u128::from(chance.next()) * self.table.len() as u128;
            let (column, rest) = ((number >> 64) as u32, number as u64);
            let (limit, alias) = self.table[column as usize];
            dealt[if rest < limit { column } else { alias } as usize] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_dealt_in_proportion_and_never_where_nothing_is_expected() {
        let weights = [0.0, 1.0, 7.0, 0.25, 0.0, 3.0, 3.0, 0.75];
        let (rounds, cases) = (500, 2000);
        let dealer = Multinomial::new(&weights);
        let mut dealt = [0; 8];
        let (mut sums, mut squares) = ([0.0; 8], [0.0; 8]);
        for round in 0..rounds {
            dealer.deal(cases, &mut Philox::new(7, round), &mut dealt);
            assert_eq!(dealt.iter().sum::<u32>(), 2000);
            for cell in 0..8 {
                sums[cell] += f64::from(dealt[cell]);
                squares[cell] += f64::from(dealt[cell]).powi(2);
            }
        }
        for (cell, weight) in weights.iter().enumerate() {
            let (p, n, r) = (weight / 15.0, cases as f64, rounds as f64);
            let (mean, variance) = (n * p, n * p * (1.0 - p));
            assert!((sums[cell] / r - mean).abs() <= 4.0 * (variance / r).sqrt(), "mean of cell {cell}");
            let found = squares[cell] / r - (sums[cell] / r).powi(2);
            assert!((found - variance).abs() <= 4.0 * variance * (2.0 / r).sqrt(), "variance of cell {cell}: {found} for {variance}");
        }
    }
}
