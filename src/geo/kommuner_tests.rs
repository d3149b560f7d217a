//! Locating against a scan of all outlines, and what is said near a border.

use geo_types::{MultiPolygon, Rect};
use proptest::prelude::*;

use super::*;

fn code(at: usize) -> MunicipalityCode {
    MunicipalityCode::parse(&format!("{at:04}")).expect("a code")
}

fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
    MultiPolygon(vec![Rect::new((west, south), (west + side, south + side)).to_polygon()])
}

#[test]
fn near_a_generalised_border_the_answer_is_uncertain_and_a_gap_goes_to_the_nearest() {
    let locator = Locator::new([(code(1), square(14.0, 56.0, 0.5), 3_000.0), (code(2), square(14.52, 56.0, 0.5), 3_000.0)]);
    assert_eq!(locator.locate(14.25, 56.25), Some(Located { code: code(1), certain: true }));
    assert_eq!(locator.locate(14.49, 56.25), Some(Located { code: code(1), certain: false }));
    assert_eq!(locator.locate(14.505, 56.25), Some(Located { code: code(1), certain: false }), "in the gap, nearer to the first");
    assert_eq!(locator.locate(14.517, 56.25), Some(Located { code: code(2), certain: false }));
    assert_eq!(locator.locate(13.9, 56.25), None, "six kilometres out");
}

#[test]
fn an_exact_outline_is_certain_to_its_edge_and_wins_over_a_generalised_one() {
    let locator = Locator::new([(code(1), square(14.0, 56.0, 0.5), 3_000.0), (code(2), square(14.4, 56.0, 0.5), 0.0)]);
    assert_eq!(locator.locate(14.45, 56.25), Some(Located { code: code(2), certain: true }));
    assert_eq!(locator.locate(14.4001, 56.25), Some(Located { code: code(2), certain: true }));
    assert_eq!(locator.locate(14.91, 56.25), None, "an exact outline has no slack");
}

proptest! {
    #[test]
    fn the_tree_finds_what_a_scan_finds(
        squares in proptest::collection::vec((13.0..16.0_f64, 56.0..58.0_f64, 0.05..0.6_f64), 1..20),
        lon in 12.9..16.7_f64, lat in 55.9..58.7_f64,
    ) {
        let outlines: Vec<_> = squares.iter().enumerate().map(|(at, (west, south, side))| (code(at), square(*west, *south, *side), 3_000.0)).collect();
        let found = Locator::new(outlines.clone()).locate(lon, lat);
        let inside = outlines.iter().find(|(_, polygon, _)| outline::contains(polygon, lon, lat));
        let near = outlines.iter().any(|(_, polygon, slack)| outline::distance_to_border_m(polygon, lon, lat) <= *slack);
        if let Some((code, ..)) = inside { prop_assert_eq!(found.map(|located| located.code), Some(*code)) } else { prop_assert_eq!(found.is_some(), near) }
    }
}
