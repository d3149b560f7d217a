//! The false discovery rate: how many of the cells called hotspots are so by chance alone.

/// Benjamini–Hochberg adjusted p: q_(i) = min over j ≥ i of m p_(j) / j, at most 1, for the m cells that have a p
/// (Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289–300). Of the cells with q ≤ 0.05 at most 5 % are expected to be false,
/// under independence and under positive dependence such as that of overlapping neighbourhoods (Benjamini & Yekutieli 2001,
/// Annals of Statistics 29, 1165–1188).
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, usize)> = p.iter().enumerate().filter_map(|(cell, &p)| p.map(|p| (p, cell))).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let m = order.len() as f64;
    let mut q = vec![None; p.len()];
    let mut least: f64 = 1.0;
    for (before, &(p, cell)) in order.iter().enumerate().rev() {
        least = least.min(p * m / (before + 1) as f64);
        q[cell] = Some(least);
    }
    q
}

/// The class of a cell: ±3, ±2, ±1 where q is at most 0.01, 0.05, 0.10 with the sign of z, else 0. (ArcGIS calls it Gi_Bin.)
pub fn class(z: f64, q: f64) -> i8 {
    let level = [0.01, 0.05, 0.10].iter().filter(|&&most| q <= most).count() as i8;
    if z < 0.0 { -level } else { level }
}

#[cfg(test)]
#[path = "fdr_tests.rs"]
mod tests;
