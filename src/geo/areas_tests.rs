//! The linking rule over the index, both ways, against a scan of all areas.

use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::agreement::Bilingual;
use crate::domain::codes::Bits;
use crate::domain::ids::{AgreementId, MunicipalityCode};
use geo::Contains;

fn area(at: usize, shape: Option<(f64, f64, f64)>, categories: u64) -> FocusArea {
    let categories = Bits(categories);
    let scope = match shape {
        Some((west, south, side)) => {
            let rect = geo_types::Rect::new((west, south), (west + side, south + side));
            Scope::Place { polygon: geo_types::MultiPolygon(vec![rect.to_polygon()]), categories }
        }
        None => Scope::Theme { categories },
    };
    FocusArea {
        id: FocusAreaId(Uuid::from_u128(at as u128 + 1)),
        municipality: MunicipalityCode::parse("1060").expect("a code"),
        agreement: AgreementId(Uuid::nil()),
        position: at as i64,
        title: Bilingual::default(),
        description: Bilingual::default(),
        scope,
        valid_to: date(2023, 12, 31),
    }
}

proptest! {
    #[test]
    fn covering_areas_are_what_the_rule_says(
        shapes in proptest::collection::vec((proptest::option::of((14.0..14.9_f64, 56.0..56.9_f64, 0.01..0.5_f64)), 0..16_u64), 0..12),
        at in proptest::option::of((14.0..15.0_f64, 56.0..57.0_f64)),
        category in 0..4_usize,
    ) {
        let list: Vec<FocusArea> = shapes.iter().enumerate().map(|(n, (shape, categories))| area(n, *shape, *categories)).collect();
        let category = Category::ALL[category];
        let expected: Vec<FocusAreaId> = list
            .iter()
            .filter(|area| {
                let inside = match (&area.scope, at) {
                    (Scope::Place { polygon, .. }, Some((lon, lat))) => polygon.contains(&geo_types::Point::new(lon, lat)),
                    _ => false,
                };
                area.scope.rule().covers(category.index(), || inside)
            })
            .map(|area| area.id)
            .collect();
        let areas = Areas::new(list);
        let found: Vec<FocusAreaId> = areas.covering(at, category).iter().map(|area| area.id).collect();
        prop_assert_eq!(found, expected);
    }
}
