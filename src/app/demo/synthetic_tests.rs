//! What must hold of the example whatever its seed: alike on every machine, inside, consistent, plausible, harmless.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::geo::sun::{DAY_FROM_DEG, elevation_deg};

/// A kommun of the tests: a diamond with a notch, a town, a village and a place focus area.
fn inside(lon: f64, lat: f64) -> bool {
    (lon - 14.6).abs() / 0.30 + (lat - 56.7).abs() / 0.16 < 1.0 && !(lon > 14.62 && lat > 56.75)
}

fn made(seed: u64, n: usize) -> Vec<SyntheticReport> {
    let localities = [Locality { lon: 14.58, lat: 56.69, population: 9_000 }, Locality { lon: 14.70, lat: 56.66, population: 1_100 }];
    let seeded =
        Seeded { code: "9999", localities: &localities, centres: &[(14.585, 56.70)], bbox: [14.3, 56.54, 14.9, 56.86], inside: &inside };
    reports(seed, &seeded, n)
}

/// FNV-1a over everything a report says.
fn fingerprint(reports: &[SyntheticReport]) -> u64 {
    format!("{reports:?}").bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

fn timestamp(us: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(us).expect("in range")
}

fn local(us: i64) -> jiff::Zoned {
    timestamp(us).in_tz("Europe/Stockholm").expect("the bundled database has Stockholm")
}

fn local_hour(us: i64) -> i8 {
    local(us).hour()
}

fn local_date(us: i64) -> jiff::civil::Date {
    local(us).date()
}

fn moments(reports: &[SyntheticReport], category: Category) -> impl Iterator<Item = (i64, &SyntheticReport)> {
    reports.iter().filter(move |report| report.category == category).filter_map(|report| Some((report.occurred_at_us?, report)))
}

fn share(yes: usize, all: usize) -> f64 {
    yes as f64 / all.max(1) as f64
}

#[test]
fn the_same_seed_makes_the_same_reports_to_the_last_letter() {
    assert_eq!(fingerprint(&made(1, 500)), PINNED, "the example changed: was that meant?");
    assert_ne!(fingerprint(&made(2, 500)), PINNED);
}

#[test]
fn as_many_as_asked_all_inside_and_none_exactly_on_another() {
    let reports = made(1, 3_000);
    assert_eq!(reports.len(), 3_000);
    assert!(reports.iter().all(|report| inside(report.lon, report.lat)));
    let points: HashSet<_> = reports.iter().map(|report| (report.lon.to_bits(), report.lat.to_bits())).collect();
    let ids: HashSet<_> = reports.iter().map(|report| report.id).collect();
    assert_eq!((points.len(), ids.len()), (3_000, 3_000));
    assert!(reports.iter().all(|report| report.id[6] >> 4 == 4 && report.id[8] >> 6 == 2));
}

#[test]
fn an_outline_without_any_inside_gives_no_reports() {
    let seeded = Seeded { code: "9999", localities: &[], centres: &[], bbox: [14.0, 56.0, 15.0, 57.0], inside: &|_, _| false };
    assert!(reports(1, &seeded, 10).is_empty());
}

#[test]
fn times_lie_in_the_two_years_and_in_order() {
    let reports = made(1, 3_000);
    let (first, last) = (local_date(reports[0].received_at_us), local_date(reports[2_999].received_at_us));
    assert!(first >= jiff::civil::date(2024, 10, 1) && last <= jiff::civil::date(2026, 9, 30), "{first} {last}");
    assert!(reports.is_sorted_by_key(|report| report.received_at_us));
    assert!(reports.iter().all(|report| report.occurred_at_us.is_none_or(|at| at <= report.received_at_us)));
    assert!(reports.iter().all(|report| report.status_at_us.is_none_or(|at| at > report.received_at_us && at < end_us())));
    let quarters: HashSet<_> = reports.iter().map(|report| quarter(report.received_at_us)).collect();
    assert_eq!(quarters.len(), 8);
}

#[test]
fn every_report_agrees_with_itself() {
    for report in made(1, 3_000) {
        assert_eq!(report.feeling, report.category.feeling());
        assert!(report.insecurity.is_none_or(|v| v <= 3) && report.risk.is_none_or(|v| v <= 3));
        assert!(report.feeling == Feeling::Unsafe || (report.insecurity, report.risk, report.avoids) == (None, None, None));
        assert_eq!(report.reason.is_some(), !report.status.is_open());
        assert!(report.reason.is_none_or(|reason| report.status.reasons().contains(&reason)));
        assert_eq!(report.status_at_us.is_some(), report.status != Status::Received);
        assert!(report.answer.is_none() || report.status != Status::Received);
    }
}

#[test]
fn shares_are_as_described() {
    let reports = made(1, 3_000);
    let of = |test: &dyn Fn(&SyntheticReport) -> bool| share(reports.iter().filter(|report| test(report)).count(), 3_000);
    let safe = of(&|report| report.feeling == Feeling::Safe);
    let noted = of(&|report| report.note.is_some());
    let tokenless = of(&|report| report.reporter.is_none());
    let categories: HashSet<_> = reports.iter().map(|report| report.category).collect();
    assert!((0.11..0.19).contains(&safe), "{safe}");
    assert!((0.17..0.23).contains(&noted), "{noted}");
    assert!((0.06..0.10).contains(&tokenless), "{tokenless}");
    assert!(categories.len() >= 36, "{}", categories.len());
}

#[test]
fn darkness_is_reported_when_the_sun_is_down_and_mostly_in_winter() {
    let reports = made(1, 3_000);
    let dark: Vec<_> = [Category::Dark, Category::LightingBroken].iter().flat_map(|category| moments(&reports, *category)).collect();
    let below = dark.iter().filter(|(at, report)| elevation_deg(report.lon, report.lat, timestamp(*at)) < DAY_FROM_DEG).count();
    assert!(share(below, dark.len()) > 0.97, "{below} of {}", dark.len());
    let winter = dark.iter().filter(|(at, _)| matches!(local_date(*at).month(), 10..=12 | 1..=3)).count();
    assert!(share(winter, dark.len()) > 0.75, "{winter} of {}", dark.len());
}

#[test]
fn schools_weekends_and_summers_have_their_own_hours() {
    let reports = made(1, 3_000);
    let part = |category, test: &dyn Fn(i64) -> bool| {
        let all: Vec<_> = moments(&reports, category).map(|(at, _)| at).collect();
        assert!(all.len() >= 20, "{category}: {}", all.len());
        share(all.iter().filter(|at| test(**at)).count(), all.len())
    };
    let school = part(Category::DropoffChaosSchool, &|at| {
        matches!(local_hour(at), 7..=8 | 13..=15) && local_date(at).weekday().to_monday_one_offset() <= 5
    });
    let july = part(Category::DropoffChaosSchool, &|at| local_date(at).month() == 7);
    let late = part(Category::DisorderGathering, &|at| !(4..18).contains(&local_hour(at)));
    let weekend = part(Category::DisorderGathering, &|at| local_date(at - 5 * 3_600_000_000).weekday().to_monday_one_offset() >= 4);
    let summer = part(Category::MotorYouth, &|at| matches!(local_date(at).month(), 4..=9));
    let commuting = part(Category::UnsafeCrossing, &|at| matches!(local_hour(at), 6..=9 | 14..=18));
    assert!(school > 0.999 && july < 0.001, "{school} {july}");
    assert!(late > 0.85 && weekend > 0.75, "{late} {weekend}");
    assert!(summer > 0.85 && commuting > 0.85, "{summer} {commuting}");
}

#[test]
fn people_are_many_a_few_of_them_eager_and_places_have_enough_of_them() {
    let reports = made(1, 3_000);
    let mut by_cell: HashMap<_, (usize, HashSet<[u8; 16]>)> = HashMap::new();
    for report in &reports {
        let cell = (quarter(report.received_at_us), (report.lon * 61_000.0 / 500.0) as i64, (report.lat * 111_320.0 / 500.0) as i64);
        let (count, people) = by_cell.entry(cell).or_default();
        *count += 1;
        people.extend(report.reporter);
    }
    let shown = by_cell.values().filter(|(count, people)| *count >= 5 && people.len() >= 5).count();
    let loud = by_cell.values().filter(|(count, people)| *count >= 5 && people.len() < 5).count();
    assert!(shown >= 8 * 8, "{shown} cells of 500 m in eight quarters");
    assert!(loud >= 4, "{loud} cells of many reports by few people");
    let mut per_token: HashMap<_, usize> = HashMap::new();
    reports.iter().filter_map(|report| report.reporter).for_each(|token| *per_token.entry(token).or_default() += 1);
    assert!(per_token.values().max() >= Some(&5));
}

#[test]
fn words_hold_no_personal_data() {
    let reports = made(1, 3_000);
    let words = || reports.iter().flat_map(|report| [&report.note, &report.answer]).flatten();
    assert!(words().count() > 1_000);
    assert!(words().all(|text| !text.contains('@') && !text.contains(|c: char| c.is_ascii_digit()) && text.chars().count() < 300));
}

#[test]
fn most_old_reports_are_answered_and_closed() {
    let reports = made(1, 3_000);
    let old: Vec<_> = reports.iter().filter(|report| quarter(report.received_at_us) < 4 && report.feeling == Feeling::Unsafe).collect();
    let closed = old.iter().filter(|report| !report.status.is_open()).count();
    let answered = old.iter().filter(|report| report.answer.is_some()).count();
    assert!(share(closed, old.len()) > 0.75 && share(answered, old.len()) > 0.7, "{closed} {answered} of {}", old.len());
    let fresh: Vec<_> = reports.iter().rev().take(60).collect();
    assert!(fresh.iter().filter(|report| report.status == Status::Received).count() > 20);
}

/// Changes whenever the example does; see it as the version of the example.
const PINNED: u64 = 13_179_412_592_169_864_483;
