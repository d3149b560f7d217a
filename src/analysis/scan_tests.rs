//! The scan against a brute force in NumPy, against what SaTScan found in New York, and against the definition.

use proptest::prelude::*;

use super::*;

/// Made by `tests/reference/scan/make.py` and `export.R`.
const CLUSTERS: &str = include_str!("../../tests/reference/scan/clusters.csv");
const MADE_UP: &str = include_str!("../../tests/reference/scan/made_up.csv");
const SIDS: &str = include_str!("../../tests/reference/scan/sids.csv");
const NEW_YORK: &str = include_str!("../../tests/reference/scan/ny.csv");

/// Centroids, cases and what is expected.
struct Map {
    centroids: Vec<[f64; 2]>,
    cases: Vec<u32>,
    expected: Vec<f64>,
}

impl Map {
    fn read(text: &str, expected: usize, cases: usize) -> Self {
        let rows = text.lines().skip(2).map(|line| line.split(',').map(|cell| cell.parse::<f64>().expect("a number")).collect::<Vec<_>>());
        let mut map = Self { centroids: Vec::new(), cases: Vec::new(), expected: Vec::new() };
        for row in rows {
            map.centroids.push([row[0], row[1]]);
            map.cases.push(row[cases] as u32);
            map.expected.push(row[expected]);
        }
        map
    }

    fn named(name: &str) -> Self {
        match name {
            "made_up" => Self::read(MADE_UP, 2, 3),
            "sids74" => Self::read(SIDS, 2, 3),
            "sids79" => Self::read(SIDS, 4, 5),
            _ => Self::read(NEW_YORK, 2, 3),
        }
    }

    fn scan(&self, parameters: &Parameters) -> Result<Scan, ScanError> {
        scan(&self.centroids, &self.cases, &self.expected, parameters)
    }
}

#[test]
fn clusters_are_those_of_a_brute_force() {
    let rows: Vec<Vec<&str>> = CLUSTERS.lines().skip(2).map(|line| line.split(',').collect()).collect();
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let (mut worst, mut checked) = (0.0_f64, 0);
    for group in rows.chunk_by(|a, b| a[..3] == b[..3]) {
        let parameters = Parameters {
            max_share: number(group[0][1]),
            max_radius_m: number(group[0][2]),
            permutations: 1999,
            seed: 26,
            max_clusters: MAX_CLUSTERS,
            ..Parameters::default()
        };
        let found = Map::named(group[0][0]).scan(&parameters).expect("within bounds");
        // The reference ends at the first tie.
        assert!(found.clusters.len() >= group.len().min(MAX_CLUSTERS), "{:?}", &group[0][..3]);
        for (cluster, row) in found.clusters.iter().zip(group) {
            let cells: Vec<usize> = row[8].split(' ').map(|cell| cell.parse().expect("a cell")).collect();
            assert_eq!((&cluster.cells, cluster.observed as f64), (&cells, number(row[3])), "{:?}", &row[..6]);
            worst = worst.max((cluster.llr - number(row[5])).abs()).max((cluster.expected - number(row[4])).abs());
            // Two simulations of the same p: their difference in standard deviations.
            let (p, reference) = (cluster.p, (number(row[6]) + 1.0) / (number(row[7]) + 1.0));
            let pooled = p.midpoint(reference);
            let deviation = (pooled * (1.0 - pooled) * 2.0 / 1999.0).sqrt();
            assert!((p - reference).abs() <= 4.0 * deviation, "{p} for {reference}");
            checked += 1;
        }
    }
    assert_eq!(checked, 87);
    assert!(worst < 1.0e-9, "{worst:e}");
}

/// What SaTScan found in the same counts (with slightly other middles of the tracts), as published in the tests of the R package
/// smerc: tracts counted from 1, cases, expected, relative risk, log likelihood ratio.
const SATSCAN: [(&[usize], u64, f64, f64, f64); 3] = [
    (
        &[52, 50, 53, 38, 49, 48, 15, 39, 37, 1, 16, 44, 47, 40, 14, 2, 51, 13, 43, 45, 17, 55, 11, 3, 12, 46, 36, 35, 54, 10, 5],
        106,
        62.13,
        1.87,
        14.78,
    ),
    (&[88, 87, 92, 86, 89, 91, 93, 85, 90], 42, 21.24, 2.06, 8.29),
    (&[113, 117, 116, 112, 220, 118, 115, 123, 124, 111, 114, 125, 219, 122, 126, 119], 44, 23.83, 1.92, 7.20),
];

#[test]
fn ratios_are_those_of_satscan() {
    let map = Map::named("ny");
    let (total, residents) = (map.cases.iter().sum::<u32>(), map.expected.iter().sum::<f64>());
    for (tracts, cases, expected, _, llr) in SATSCAN {
        let inside: f64 = tracts.iter().map(|tract| map.expected[tract - 1]).sum::<f64>() * f64::from(total) / residents;
        assert_eq!(tracts.iter().map(|tract| u64::from(map.cases[tract - 1])).sum::<u64>(), cases);
        assert!((inside - expected).abs() < 0.005, "{inside}");
        assert!((log_likelihood_ratio(cases, inside, u64::from(total)) - llr).abs() < 0.005);
    }
}

#[test]
fn the_second_and_third_cluster_of_satscan_are_found_whole() {
    let parameters = Parameters { max_share: 0.5, max_radius_m: 1.0e6, ..Parameters::default() };
    let found = Map::named("ny").scan(&parameters).expect("within bounds");
    assert!(found.clusters.len() >= 3);
    for (cluster, (tracts, cases, expected, relative_risk, llr)) in found.clusters.iter().zip(SATSCAN).skip(1) {
        let mut tracts: Vec<usize> = tracts.iter().map(|tract| tract - 1).collect();
        tracts.sort_unstable();
        assert_eq!((&cluster.cells, cluster.observed), (&tracts, cases));
        assert!((cluster.expected - expected).abs() < 0.005 && (cluster.llr - llr).abs() < 0.005);
        assert!(cluster.relative_risk.is_some_and(|found| (found - relative_risk).abs() < 0.005));
    }
    // Of the first, middles that lie otherwise leave out two tracts.
    let first: Vec<usize> = SATSCAN[0].0.iter().map(|tract| tract - 1).collect();
    assert_eq!((found.clusters[0].cells.len(), first.len()), (29, 31));
    assert!(found.clusters[0].cells.iter().all(|cell| first.contains(cell)));
}

#[test]
fn the_same_seed_gives_the_same_answer_and_another_another() {
    let map = Map::named("sids79");
    let with = |seed| map.scan(&Parameters { max_share: 0.5, max_radius_m: 1.0e6, seed, ..Parameters::default() }).expect("within bounds");
    assert_eq!(with(1), with(1));
    let p = |scan: &Scan| scan.clusters.iter().map(|cluster| cluster.p.to_bits()).collect::<Vec<_>>();
    assert_ne!(p(&with(1)), p(&with(2)));
}

#[test]
fn the_gumbel_tail_agrees_where_simulations_resolve_it() {
    let map = Map::named("sids79");
    let parameters = Parameters { max_share: 0.5, max_radius_m: 1.0e6, permutations: 9999, ..Parameters::default() };
    let found = map.scan(&parameters).expect("within bounds");
    // Abrams et al. found the approximation good in the tail; here p is 0.001, 0.09, 0.3 …
    for cluster in &found.clusters[..3] {
        let gumbel = cluster.p_gumbel.expect("varied");
        assert!((gumbel / cluster.p).ln().abs() < 0.4, "{gumbel} for {}", cluster.p);
    }
    // Of a standard Gumbel distribution: mean Euler's constant, variance π²/6.
    let mean_and_deviation = |at: f64| EULER + at * (std::f64::consts::PI.powi(2) / 6.0 * 0.5).sqrt();
    let tail = p_gumbel(3.0, &[mean_and_deviation(-1.0), mean_and_deviation(1.0)]).expect("varied");
    assert!((tail - (1.0 - (-(-3.0_f64).exp()).exp())).abs() < 1.0e-12, "{tail}");
    assert_eq!(p_gumbel(3.0, &[1.0, 1.0]), None);
}

#[test]
fn by_chance_p_is_below_a_twentieth_in_a_twentieth_of_maps() {
    let centroids: Vec<[f64; 2]> = (0..64).map(|cell| [f64::from(cell % 8) * 250.0, f64::from(cell / 8) * 250.0]).collect();
    let expected: Vec<f64> = (0..64).map(|cell| f64::from(1 + cell * 7 % 5)).collect();
    let dealer = Multinomial::new(&expected);
    let mut cases = vec![0; 64];
    let maps = 400;
    let significant = (0..maps).filter(|&map| {
        dealer.deal(300, &mut Philox::new(400, map), &mut cases);
        let parameters = Parameters { permutations: 99, seed: map, max_clusters: 1, ..Parameters::default() };
        let found = scan(&centroids, &cases, &expected, &parameters).expect("within bounds");
        found.clusters.first().is_some_and(|cluster| cluster.p <= 0.05)
    });
    let (significant, mean) = (significant.count() as f64, maps as f64 * 0.05);
    assert!((significant - mean).abs() <= 4.0 * (mean * 0.95).sqrt(), "{significant} of {maps}");
}

#[test]
fn a_circle_of_exactly_the_share_is_allowed_and_neighbours_enter_together() {
    let centroids: Vec<[f64; 2]> = (0..100).map(|cell| [f64::from(cell % 10) * 250.0, f64::from(cell / 10) * 250.0]).collect();
    let cross = [45, 44, 46, 35, 55];
    let cases: Vec<u32> = (0..100).map(|cell| if cross.contains(&cell) { 30 } else { 1 }).collect();
    let with = |max_share| {
        // The neighbours are exactly as far away as is allowed.
        let parameters = Parameters { max_share, max_radius_m: 250.0, permutations: 99, max_clusters: 1, ..Parameters::default() };
        scan(&centroids, &cases, &[0.1; 100], &parameters).expect("within bounds").clusters.remove(0)
    };
    let (found, less) = (with(0.05), with(0.049));
    assert_eq!((found.cells, found.centre, found.observed), (vec![35, 44, 45, 46, 55], 45, 150));
    assert!((found.radius_m - 250.0).abs() < 1.0e-9 && (found.p - 0.01).abs() < 1.0e-12);
    assert_eq!(less.cells.len(), 1, "no two of four neighbours without the others");
}

#[test]
fn without_excess_there_is_no_cluster() {
    let found = scan(&[[0.0, 0.0], [100.0, 0.0]], &[5, 5], &[1.0, 1.0], &Parameters { max_share: 0.5, ..Parameters::default() });
    assert_eq!(found, Ok(Scan { cases: 10, zones: 2, clusters: Vec::new() }));
}

#[test]
fn all_cases_in_one_place_leave_no_risk_outside() {
    let found = scan(
        &[[0.0, 0.0], [100.0, 0.0], [0.0, 3000.0]],
        &[0, 7, 0],
        &[1.0, 1.0, 2.0],
        &Parameters { max_share: 0.5, ..Parameters::default() },
    )
    .expect("within bounds");
    let cluster = &found.clusters[0];
    assert_eq!((cluster.cells.as_slice(), cluster.relative_risk), (&[1][..], None));
    assert!((cluster.llr - 7.0 * 4.0_f64.ln()).abs() < 1.0e-12);
}

#[test]
fn what_is_out_of_bounds_is_refused_by_name() {
    let places = [[0.0, 0.0], [100.0, 0.0]];
    let normal = Parameters::default();
    let named = |parameters| match scan(&places, &[1, 2], &[1.0, 1.0], &parameters) {
        Err(ScanError::Parameter { name, .. }) => name,
        _ => "none",
    };
    for max_share in [0.0, 0.51, -1.0, f64::NAN] {
        assert_eq!(named(Parameters { max_share, ..normal }), "max_share");
    }
    for max_radius_m in [0.5, 1.1e6, f64::INFINITY, f64::NAN] {
        assert_eq!(named(Parameters { max_radius_m, ..normal }), "max_radius_m");
    }
    assert_eq!(named(Parameters { permutations: 98, ..normal }), "permutations");
    assert_eq!(named(Parameters { permutations: 100_000, ..normal }), "permutations");
    assert_eq!(named(Parameters { max_clusters: 0, ..normal }), "max_clusters");
    assert_eq!(named(Parameters { max_clusters: 21, ..normal }), "max_clusters");
    let refused = |places: &[[f64; 2]], cases: &[u32], expected: &[f64]| scan(places, cases, expected, &normal).err();
    assert_eq!(refused(&places, &[1], &[1.0, 1.0]), Some(ScanError::Length { what: "cases", given: 1, expected: 2 }));
    assert_eq!(refused(&places, &[1, 1], &[1.0]), Some(ScanError::Length { what: "expected", given: 1, expected: 2 }));
    assert_eq!(refused(&[[0.0, f64::NAN]], &[1], &[1.0]), Some(ScanError::Centroid(0)));
    assert_eq!(refused(&places, &[1, 1], &[1.0, f64::INFINITY]), Some(ScanError::Expected(1)));
    assert_eq!(refused(&places, &[1, 1], &[1.0, -1.0]), Some(ScanError::Expected(1)));
    assert_eq!(refused(&places, &[1, 1], &[1.0, 0.0]), Some(ScanError::Unexpected(1)));
    assert_eq!(refused(&places, &[1, 1], &[1.0e308, 1.0e308]), Some(ScanError::Expected(0)));
    assert_eq!(refused(&places, &[0, 0], &[1.0, 1.0]), Some(ScanError::Cases(0)));
    assert_eq!(refused(&[], &[], &[]), Some(ScanError::Cases(0)));
    assert_eq!(refused(&places, &[3_000_000, 3_000_000], &[1.0, 1.0]), Some(ScanError::Cases(6_000_000)));
    assert_eq!(refused(&vec![[0.0; 2]; 50_001], &[], &[]), Some(ScanError::Cells(50_001)));
    // Dealing alone would take too long; so would the circles.
    let dealt = scan(&places, &[2_000_000, 2_000_000], &[1.0, 1.0], &Parameters { permutations: 99_999, ..normal });
    assert_eq!(dealt, Err(ScanError::Work));
    let street: Vec<[f64; 2]> = (0..5000).map(|cell| [f64::from(cell), 0.0]).collect();
    let circles =
        scan(&street, &vec![1; 5000], &vec![1.0; 5000], &Parameters { max_share: 0.5, permutations: 9999, max_radius_m: 1.0e6, ..normal });
    assert_eq!(circles, Err(ScanError::Work));
    // Two cells in two circles, and two cases: four steps in each of a hundred rounds.
    let few = |max_work| scan(&places, &[1, 1], &[1.0, 1.0], &Parameters { max_share: 0.5, permutations: 99, max_work, ..normal });
    assert!(few(400).is_ok());
    assert_eq!((few(399), few(0)), (Err(ScanError::Work), Err(ScanError::Work)));
    // Small circles in a sea of cells: finding them would take too long.
    let sea: Vec<[f64; 2]> = (0..20_000).map(|cell| [f64::from(cell % 100), f64::from(cell / 100)]).collect();
    let of_request = Parameters { max_share: 0.001, permutations: 99, max_radius_m: 1.0e6, max_work: 2_000_000_000, ..normal };
    assert_eq!(scan(&sea[..16_000], &vec![1; 16_000], &vec![1.0; 16_000], &of_request), Err(ScanError::Work));
    let sorted = scan(&sea, &vec![1; 20_000], &vec![1.0; 20_000], &Parameters { max_share: 0.001, permutations: 99, ..normal });
    assert_eq!(sorted, Err(ScanError::Work));
}

proptest! {
    #[test]
    fn the_first_cluster_has_the_greatest_ratio_of_all_circles(
        cells in prop::collection::vec((0_i32..12, 0_i32..12, 0_u32..6, 0_u32..9), 2..40),
        max_share in 0.05..0.5_f64,
        max_radius_m in 1.0..10.0_f64,
    ) {
        let centroids: Vec<[f64; 2]> = cells.iter().map(|cell| [f64::from(cell.0), f64::from(cell.1)]).collect();
        let expected: Vec<f64> = cells.iter().map(|cell| f64::from(cell.3)).collect();
        let cases: Vec<u32> = cells.iter().map(|cell| if cell.3 > 0 { cell.2 } else { 0 }).collect();
        let total: u64 = cases.iter().map(|cases| u64::from(*cases)).sum();
        prop_assume!(total > 0);
        let scale = total as f64 / expected.iter().sum::<f64>();
        let d2 = |a: usize, b: usize| (centroids[a][0] - centroids[b][0]).powi(2) + (centroids[a][1] - centroids[b][1]).powi(2);
        let mut greatest = 0.0_f64;
        for centre in 0..cells.len() {
            for edge in 0..cells.len() {
                let inside: Vec<usize> = (0..cells.len()).filter(|&cell| d2(centre, cell) <= d2(centre, edge)).collect();
                let e: f64 = inside.iter().map(|&cell| expected[cell]).sum::<f64>() * scale;
                if d2(centre, edge) <= max_radius_m * max_radius_m && e <= max_share * total as f64 * (1.0 + 1.0e-9) && e > 0.0 {
                    greatest = greatest.max(log_likelihood_ratio(inside.iter().map(|&cell| u64::from(cases[cell])).sum(), e, total));
                }
            }
        }
        let parameters = Parameters { max_share, max_radius_m, permutations: 99, ..Parameters::default() };
        let found = scan(&centroids, &cases, &expected, &parameters).expect("within bounds");
        let first = found.clusters.first().map_or(0.0, |cluster| cluster.llr);
        prop_assert!((first - greatest).abs() < 1.0e-9, "{first} for {greatest}");
        // No cell is in two clusters, and they fall.
        let mut seen = vec![false; cells.len()];
        for cluster in &found.clusters {
            prop_assert!(cluster.llr <= first + 1.0e-9 && cluster.p >= found.clusters[0].p);
            for cell in &cluster.cells {
                prop_assert!(!std::mem::replace(&mut seen[*cell], true));
            }
        }
    }
}
