//! What is reported where and when: each kind of place has its own mix of categories, each category its own rhythm.
//!
//! The weights are our own and only meant to be plausible; nothing here is measured.

use super::calendar::Rhythm;
use crate::domain::codes::Category;
use crate::domain::codes::Category as C;

/// A share of each category among the reports of a kind of place.
type Mix = &'static [(Category, f64)];

/// What a kind of place is like.
pub(super) struct Kind {
    /// Unsafe categories with their weights.
    pub(super) unsafe_mix: Mix,
    /// Safe categories with their weights.
    pub(super) safe_mix: Mix,
    /// Share of safe reports.
    pub(super) safe: f64,
    /// How far from the middle of a town it tends to lie, in town radii.
    pub(super) ring: (f64, f64),
    /// Half length and half width in metres.
    pub(super) size: (f64, f64),
    /// How many different people report it; `None` means anyone.
    pub(super) reporters: Option<usize>,
}

const fn kind(ring: (f64, f64), size: (f64, f64), safe: f64, unsafe_mix: Mix, safe_mix: Mix) -> Kind {
    Kind { unsafe_mix, safe_mix, safe, ring, size, reporters: None }
}

/// The kinds of place where many reports meet, the most central first.
#[rustfmt::skip]
pub(super) const HOT: [Kind; 13] = [
    // A station and its waiting people.
    kind((0.05, 0.25), (60.0, 35.0), 0.10,
        &[(C::DisorderGathering, 8.0), (C::AlcoholDrugsPlace, 6.0), (C::Dark, 5.0), (C::HarassmentPlace, 5.0), (C::Deserted, 4.0),
            (C::LitterDecay, 3.0), (C::SharedPathConflict, 2.0), (C::OtherUnsafe, 1.0)],
        &[(C::WellLit, 3.0), (C::FriendlyStaff, 3.0), (C::Lively, 1.0)]),
    // A square with shops and a bench too many.
    kind((0.0, 0.15), (45.0, 40.0), 0.30,
        &[(C::DisorderGathering, 7.0), (C::AlcoholDrugsPlace, 4.0), (C::MotorYouth, 3.0), (C::LitterDecay, 3.0), (C::HarassmentPlace, 2.0),
            (C::DamageGraffiti, 2.0), (C::KerbParking, 1.0)],
        &[(C::Lively, 8.0), (C::FriendlyStaff, 3.0), (C::WellLit, 3.0), (C::Favourite, 2.0), (C::GoodExample, 1.0)]),
    // A park, lovely by day.
    kind((0.15, 0.5), (130.0, 70.0), 0.20,
        &[(C::Dark, 10.0), (C::Hidden, 6.0), (C::Vegetation, 5.0), (C::LightingBroken, 4.0), (C::Deserted, 4.0), (C::AlcoholDrugsPlace, 4.0),
            (C::HarassmentPlace, 2.0), (C::LitterDecay, 2.0)],
        &[(C::Favourite, 6.0), (C::GoodPath, 3.0), (C::GoodView, 3.0)]),
    // A school at half past seven.
    kind((0.35, 0.8), (80.0, 45.0), 0.08,
        &[(C::DropoffChaosSchool, 14.0), (C::UnsafeCrossing, 5.0), (C::Speeding, 4.0), (C::DamageGraffiti, 3.0), (C::NearMiss, 2.0),
            (C::DisorderGathering, 2.0), (C::KerbParking, 2.0), (C::SignMissing, 0.5)],
        &[(C::GoodExample, 3.0), (C::GoodPath, 2.0), (C::FriendlyStaff, 1.0)]),
    // A crossing of two larger streets.
    kind((0.1, 0.6), (28.0, 22.0), 0.04,
        &[(C::UnsafeCrossing, 12.0), (C::Speeding, 5.0), (C::SightBlocked, 4.0), (C::JunctionTurning, 4.0), (C::NearMiss, 4.0),
            (C::HeavyTraffic, 3.0), (C::CrashSelfreport, 1.0), (C::SignMissing, 1.0)],
        &[(C::GoodExample, 2.0), (C::GoodView, 1.0)]),
    // An underpass.
    kind((0.15, 0.55), (35.0, 12.0), 0.04,
        &[(C::Dark, 6.0), (C::Trapped, 6.0), (C::Hidden, 5.0), (C::DamageGraffiti, 4.0), (C::LightingBroken, 4.0), (C::SharedPathConflict, 3.0),
            (C::Deserted, 3.0), (C::HarassmentPlace, 1.5)],
        &[(C::WellLit, 2.0), (C::GoodExample, 1.0)]),
    // A large car park on a summer evening.
    kind((0.4, 0.9), (75.0, 55.0), 0.03,
        &[(C::MotorYouth, 14.0), (C::DisorderGathering, 3.0), (C::LitterDecay, 3.0), (C::Speeding, 2.0), (C::Dark, 2.0), (C::DamageGraffiti, 1.0)],
        &[(C::WellLit, 1.0), (C::GoodView, 1.0)]),
    // A path through trees between a housing area and the centre.
    kind((0.3, 0.8), (190.0, 14.0), 0.15,
        &[(C::Dark, 6.0), (C::SurfaceIceHole, 5.0), (C::SharedPathConflict, 5.0), (C::LightingBroken, 4.0), (C::Vegetation, 3.0), (C::Deserted, 3.0),
            (C::LightingRoad, 2.0), (C::NearMiss, 1.0)],
        &[(C::GoodPath, 6.0), (C::WellLit, 2.0), (C::Favourite, 2.0)]),
    // A bus stop at the edge.
    kind((0.6, 1.0), (25.0, 15.0), 0.06,
        &[(C::Deserted, 6.0), (C::Dark, 6.0), (C::LightingBroken, 4.0), (C::UnsafeCrossing, 3.0), (C::SurfaceIceHole, 2.0), (C::DamageGraffiti, 2.0)],
        &[(C::WellLit, 2.0), (C::FriendlyStaff, 1.0)]),
    // A street of pubs.
    kind((0.05, 0.2), (70.0, 18.0), 0.12,
        &[(C::DisorderGathering, 10.0), (C::HarassmentPlace, 6.0), (C::AlcoholDrugsPlace, 4.0), (C::LitterDecay, 2.0), (C::OtherUnsafe, 1.0)],
        &[(C::Lively, 6.0), (C::FriendlyStaff, 2.0)]),
    // A courtyard of flats.
    kind((0.35, 0.85), (70.0, 50.0), 0.10,
        &[(C::DamageGraffiti, 5.0), (C::LitterDecay, 5.0), (C::LightingBroken, 5.0), (C::AlcoholDrugsPlace, 3.0), (C::DisorderGathering, 3.0),
            (C::BurglaryWorry, 2.0), (C::Hidden, 2.0), (C::OtherUnsafe, 1.5)],
        &[(C::Favourite, 3.0), (C::Lively, 2.0), (C::GoodView, 1.0)]),
    // A level crossing and the street to it.
    kind((0.3, 0.9), (40.0, 15.0), 0.02,
        &[(C::CrossingRail, 10.0), (C::HeavyTraffic, 3.0), (C::SightBlocked, 3.0), (C::NoFootwayCycleway, 2.0)],
        &[(C::GoodExample, 1.0)]),
    // One lane that two neighbours report over and over: many reports, few people, so never public.
    Kind { unsafe_mix: &[(C::Speeding, 8.0), (C::MotorYouth, 3.0), (C::HeavyTraffic, 3.0), (C::KerbParking, 2.0)],
        safe_mix: &[(C::GoodView, 1.0)], safe: 0.0, ring: (0.6, 1.0), size: (45.0, 10.0), reporters: Some(2) },
];

/// Ordinary streets of a town or village.
#[rustfmt::skip]
pub(super) const STREET: Kind = kind((0.0, 1.0), (0.0, 0.0), 0.21,
    &[(C::Speeding, 6.0), (C::LightingBroken, 4.0), (C::Dark, 4.0), (C::BurglaryWorry, 4.0), (C::SurfaceIceHole, 4.0), (C::LitterDecay, 3.0),
        (C::KerbParking, 3.0), (C::UnsafeCrossing, 3.0), (C::NoFootwayCycleway, 2.0),
      (C::HeavyTraffic, 2.0), (C::DamageGraffiti, 2.0), (C::OtherUnsafe, 2.0), (C::Vegetation, 2.0), (C::Roadworks, 2.0), (C::JunctionTurning, 1.5),
          (C::SightBlocked, 1.5), (C::SignMissing, 1.0), (C::NearMiss, 1.0), (C::CrashSelfreport, 0.5)],
    &[(C::Favourite, 4.0), (C::GoodPath, 3.0), (C::WellLit, 3.0), (C::GoodView, 2.0), (C::Lively, 2.0), (C::FriendlyStaff, 1.0),
        (C::GoodExample, 1.0)]);

/// The country between.
#[rustfmt::skip]
pub(super) const RURAL: Kind = kind((0.0, 1.0), (0.0, 0.0), 0.06,
    &[(C::Speeding, 10.0), (C::LightingRoad, 7.0), (C::NoFootwayCycleway, 6.0), (C::BurglaryWorry, 4.0), (C::SurfaceIceHole, 3.0),
        (C::HeavyTraffic, 3.0), (C::MotorYouth, 2.0), (C::SightBlocked, 1.5), (C::CrossingRail, 1.0), (C::NearMiss, 1.0), (C::SignMissing, 1.0)],
    &[(C::GoodPath, 3.0), (C::Favourite, 3.0), (C::GoodView, 2.0)]);

const LEVEL: [f64; 12] = [1.0; 12];
const WINTER: [f64; 12] = [10.0, 7.0, 4.0, 1.5, 0.6, 0.3, 0.3, 1.0, 3.0, 6.0, 10.0, 11.0];
const SUMMER: [f64; 12] = [0.3, 0.3, 0.8, 2.0, 5.0, 7.0, 8.0, 7.0, 4.0, 1.5, 0.4, 0.3];
const TERM: [f64; 12] = [5.0, 4.5, 5.0, 4.5, 5.0, 1.5, 0.0, 2.5, 5.5, 5.0, 5.5, 3.5];
const EVERY_DAY: [f64; 7] = [1.0; 7];
const WORKING_DAYS: [f64; 7] = [1.0, 1.0, 1.0, 1.0, 0.9, 0.1, 0.1];
const WEEKEND: [f64; 7] = [0.5, 0.5, 0.7, 1.2, 5.0, 6.0, 0.8];
#[rustfmt::skip]
const ALL_DAY: &[(u8, f64)] = &[
    (7, 2.0), (8, 2.0), (9, 2.0), (10, 3.0), (11, 3.0), (12, 3.0), (13, 3.0), (14, 3.0),
    (15, 3.0), (16, 4.0), (17, 4.0), (18, 4.0), (19, 3.0), (20, 2.0), (21, 1.0),
];
const COMMUTING: &[(u8, f64)] = &[(6, 2.0), (7, 8.0), (8, 6.0), (9, 2.0), (12, 1.0), (14, 1.5), (15, 4.0), (16, 7.0), (17, 6.0), (18, 2.0)];
const SCHOOL: &[(u8, f64)] = &[(7, 12.0), (8, 6.0), (13, 1.5), (14, 4.0), (15, 3.0)];
const LATE: &[(u8, f64)] = &[(16, 1.0), (18, 2.0), (20, 4.0), (21, 5.0), (22, 6.0), (23, 7.0), (24, 5.0), (25, 4.0), (26, 2.0)];
const EVENING: &[(u8, f64)] = &[(17, 2.0), (18, 3.0), (19, 4.0), (20, 5.0), (21, 5.0), (22, 4.0), (23, 2.0)];

const fn rhythm(months: [f64; 12], weekdays: [f64; 7], hours: &'static [(u8, f64)]) -> Rhythm {
    Rhythm { months, weekdays, hours, in_the_dark: false }
}

/// The rhythms a category may have; see [`rhythm_of`].
pub(super) static RHYTHMS: [Rhythm; 10] = [
    Rhythm { months: WINTER, weekdays: EVERY_DAY, hours: &[], in_the_dark: true },
    rhythm(TERM, [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0], SCHOOL),
    rhythm([2.0, 2.0, 2.5, 3.0, 4.0, 4.5, 4.0, 4.5, 4.0, 3.0, 2.5, 3.5], WEEKEND, LATE),
    rhythm(SUMMER, [0.7, 0.7, 1.0, 1.2, 4.0, 4.0, 1.0], EVENING),
    rhythm([4.0, 3.5, 3.5, 3.0, 3.0, 2.5, 1.5, 2.5, 4.0, 4.5, 5.0, 4.0], WORKING_DAYS, COMMUTING),
    rhythm(LEVEL, EVERY_DAY, ALL_DAY),
    rhythm([9.0, 8.0, 6.0, 1.0, 0.4, 0.3, 0.3, 0.3, 0.5, 1.0, 4.0, 8.0], EVERY_DAY, COMMUTING),
    rhythm([0.2, 0.2, 0.5, 1.5, 4.0, 6.0, 7.0, 6.0, 4.0, 1.5, 0.4, 0.2], EVERY_DAY, ALL_DAY),
    rhythm([5.0, 4.0, 3.0, 2.5, 2.0, 2.0, 3.0, 2.5, 3.0, 4.0, 5.5, 6.0], EVERY_DAY, EVENING),
    rhythm([1.0, 1.0, 2.0, 3.0, 5.0, 6.0, 6.0, 5.5, 4.0, 2.5, 1.2, 1.5], EVERY_DAY, ALL_DAY),
];

/// The position in [`RHYTHMS`] of a category's rhythm.
pub(super) const fn rhythm_of(category: Category) -> usize {
    match category {
        C::Dark | C::LightingBroken | C::LightingRoad => 0,
        C::DropoffChaosSchool => 1,
        C::DisorderGathering | C::HarassmentPlace | C::AlcoholDrugsPlace => 2,
        C::MotorYouth => 3,
        C::UnsafeCrossing
        | C::JunctionTurning
        | C::NearMiss
        | C::CrashSelfreport
        | C::HeavyTraffic
        | C::CrossingRail
        | C::SharedPathConflict => 4,
        C::SurfaceIceHole => 6,
        C::Vegetation | C::Roadworks => 7,
        C::Deserted | C::Hidden | C::Trapped | C::BurglaryWorry => 8,
        C::Lively | C::WellLit | C::GoodView | C::FriendlyStaff | C::GoodPath | C::Favourite | C::GoodExample => 9,
        C::DamageGraffiti
        | C::LitterDecay
        | C::Speeding
        | C::SightBlocked
        | C::NoFootwayCycleway
        | C::KerbParking
        | C::SignMissing
        | C::OtherUnsafe => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::codes::Feeling;

    #[test]
    fn every_category_is_reported_somewhere_and_stands_on_its_own_side() {
        let kinds = || HOT.iter().chain([&STREET, &RURAL]);
        for category in Category::ALL {
            assert!(kinds().any(|k| k.unsafe_mix.iter().chain(k.safe_mix).any(|(c, _)| c == category)), "{category}");
        }
        assert!(kinds().all(|k| k.unsafe_mix.iter().all(|(c, _)| c.feeling() == Feeling::Unsafe)));
        assert!(kinds().all(|k| k.safe_mix.iter().all(|(c, _)| c.feeling() == Feeling::Safe)));
    }
}
