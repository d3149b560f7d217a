//! Synthetic reports: a pure function of a seed, a kommun and a number, plausible in place, hour and season.
//!
//! Some 58 % meet at a few busy places, a third lie along the streets where people live, the rest in the country.
//! Nobody made any of them; [`reports`] is called by the demo and by the bench.

use std::collections::HashSet;

use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Group, Perspective, Status, TravelMode};

use super::answers::outcome;
use super::calendar::{Drawn, end_us, quarter};
use super::ground::{Ground, Point};
pub use super::ground::{Locality, Seeded};
use super::mixes::{Kind, RHYTHMS, RURAL, STREET, rhythm_of};
use super::notes::note;
use super::people::People;
use super::random::{Dice, mix};

const DAY_US: f64 = 86_400e6;

/// A report that nobody made, with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntheticReport {
    /// A UUID, version 4.
    pub id: [u8; 16],
    /// Degrees east, six decimals.
    pub lon: f64,
    /// Degrees north, six decimals.
    pub lat: f64,
    /// Microseconds UTC.
    pub received_at_us: i64,
    /// Microseconds UTC, on the minute; unknown for some.
    pub occurred_at_us: Option<i64>,
    /// Goes with the category.
    pub feeling: Feeling,
    /// What.
    pub category: Category,
    /// 0–3, for unsafe places.
    pub insecurity: Option<u8>,
    /// 0–3, for unsafe places.
    pub risk: Option<u8>,
    /// How one travelled.
    pub travel_mode: Option<TravelMode>,
    /// Whom one answered as.
    pub perspectives: Vec<Perspective>,
    /// Whether one stays away.
    pub avoids: Option<Avoids>,
    /// Own words.
    pub note: Option<String>,
    /// The token of the phone in the quarter it was received.
    pub reporter: Option<[u8; 16]>,
    /// Where it got to by the last day.
    pub status: Status,
    /// Why it was closed, if it was.
    pub reason: Option<CloseReason>,
    /// The public answer.
    pub answer: Option<String>,
    /// When it got its status (and answer); `None` while it is only received.
    pub status_at_us: Option<i64>,
}

/// `n` reports of a kommun, oldest first. The same seed, kommun and `n` give the same reports on every machine.
///
/// Empty when no point can be found inside the outline.
pub fn reports(seed: u64, municipality: &Seeded<'_>, n: usize) -> Vec<SyntheticReport> {
    let salt = municipality.code.bytes().fold(mix(seed), |salt, byte| mix(salt ^ u64::from(byte)));
    let Some(ground) = Ground::new(&mut Dice::new(salt, 1), municipality, n) else { return Vec::new() };
    let mut maker = Maker {
        dice: Dice::new(salt, 2),
        ground,
        people: People::new(mix(salt), n),
        rhythms: RHYTHMS.iter().map(Drawn::new).collect(),
        taken: HashSet::with_capacity(n),
    };
    let mut made: Vec<_> = (0..n).map(|_| maker.report()).collect();
    made.sort_by_key(|report| (report.received_at_us, report.id));
    made
}

/// Everything a report is made from.
struct Maker<'a> {
    dice: Dice,
    ground: Ground<'a>,
    people: People,
    rhythms: Vec<Drawn>,
    /// Points already used, so that no two reports lie exactly on each other.
    taken: HashSet<(i64, i64)>,
}

impl Maker<'_> {
    fn report(&mut self) -> SyntheticReport {
        let (kind, person, (lon, lat)) = self.place();
        let dice = &mut self.dice;
        let mix = if dice.chance(kind.safe) { kind.safe_mix } else { kind.unsafe_mix };
        let category = dice.weighted(mix).unwrap_or(Category::OtherUnsafe);
        let moment = self.rhythms[rhythm_of(category)].moment(dice, lon, lat);
        let received_at_us = received(dice, moment);
        let unsafe_place = category.feeling() == Feeling::Unsafe;
        let age_days = (end_us() - received_at_us) as f64 / DAY_US;
        let outcome = outcome(dice, category, age_days);
        let changed = outcome.status != Status::Received;
        SyntheticReport {
            id: uuid_v4(dice.bytes()),
            lon,
            lat,
            received_at_us,
            occurred_at_us: dice.chance(0.87).then_some(moment),
            feeling: category.feeling(),
            category,
            insecurity: (unsafe_place && dice.chance(0.9)).then(|| dice.weighted(insecurity(category.group()))).flatten(),
            risk: (unsafe_place && dice.chance(0.55)).then(|| dice.weighted(risk(category.group()))).flatten(),
            travel_mode: dice.chance(0.75).then(|| dice.weighted(travel_modes(category))).flatten(),
            perspectives: if dice.chance(0.6) { self.people.perspectives(person) } else { Vec::new() },
            avoids: (unsafe_place && dice.chance(0.45))
                .then(|| dice.weighted(&[(Avoids::No, 3.0), (Avoids::Sometimes, 4.0), (Avoids::Often, 2.0)]))
                .flatten(),
            note: dice.chance(0.2).then(|| note(dice, category)).flatten(),
            reporter: dice.chance(0.92).then(|| self.people.token(person, quarter(received_at_us))),
            status: outcome.status,
            reason: outcome.reason,
            answer: outcome.answer.map(str::to_owned),
            status_at_us: changed.then(|| received_at_us + (outcome.after * age_days * DAY_US) as i64),
        }
    }

    /// Where, by whom and what kind of place it is: a point inside the outline that no other report has.
    fn place(&mut self) -> (&'static Kind, usize, Point) {
        loop {
            let dice = &mut self.dice;
            let roll = dice.unit();
            let (kind, person, point) = if roll < 0.58 {
                let Some((number, place)) = self.ground.hot_place(dice) else { continue };
                let person = match place.kind.reporters {
                    Some(few) => self.people.one_of(number, few, dice),
                    None => self.people.anyone(dice),
                };
                (place.kind, person, self.ground.at(place, dice))
            } else if roll < 0.92 {
                let person = self.people.anyone(dice);
                (&STREET, person, self.ground.near_home(self.people.dice(person), dice))
            } else {
                (&RURAL, self.people.anyone(dice), self.ground.in_the_country(dice))
            };
            let Some(point) = point else { continue };
            if self.taken.insert(((point.0 * 1e6).round() as i64, (point.1 * 1e6).round() as i64)) {
                return (kind, person, point);
            }
        }
    }
}

/// Most report within the hour, some days later; always before the last day is over.
fn received(dice: &mut Dice, moment: i64) -> i64 {
    let wait = (dice.wait(40.0) * 60e6) as i64 + dice.below(60_000_000) as i64;
    let left = end_us() - moment;
    moment + if wait < left { wait } else { (dice.unit() * left as f64) as i64 }
}

const fn uuid_v4(mut bytes: [u8; 16]) -> [u8; 16] {
    bytes[6] = bytes[6] & 0x0F | 0x40;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    bytes
}

/// How unsafe it feels, 0–3.
const fn insecurity(group: Group) -> &'static [(u8, f64)] {
    match group {
        Group::Disorder => &[(0, 2.0), (1, 15.0), (2, 45.0), (3, 38.0)],
        Group::Light | Group::Sight | Group::Life | Group::Property => &[(0, 3.0), (1, 27.0), (2, 48.0), (3, 22.0)],
        _ => &[(0, 14.0), (1, 40.0), (2, 34.0), (3, 12.0)],
    }
}

/// What could happen, 0–3: traffic is dangerous more often than it is frightening.
const fn risk(group: Group) -> &'static [(u8, f64)] {
    match group {
        Group::TrafficSpeed | Group::TrafficCrossing | Group::TrafficPath => &[(0, 3.0), (1, 20.0), (2, 45.0), (3, 32.0)],
        _ => &[(0, 20.0), (1, 45.0), (2, 27.0), (3, 8.0)],
    }
}

#[rustfmt::skip]
const fn travel_modes(category: Category) -> &'static [(TravelMode, f64)] {
    use TravelMode as M;
    match category {
        Category::SharedPathConflict | Category::JunctionTurning | Category::NearMiss | Category::NoFootwayCycleway | Category::SurfaceIceHole => {
            &[(M::Bicycle, 5.0), (M::Walking, 5.0), (M::EBicycle, 1.5), (M::EScooter, 0.7), (M::Wheelchair, 0.5), (M::Moped, 0.3), (M::Horse, 0.1)]
        }
        Category::DropoffChaosSchool => &[(M::Walking, 5.0), (M::Car, 4.0), (M::Bicycle, 3.0), (M::Skateboard, 0.1)],
        Category::Speeding | Category::HeavyTraffic | Category::MotorYouth | Category::SightBlocked | Category::Roadworks | Category::SignMissing
        | Category::LightingRoad | Category::CrossingRail | Category::CrashSelfreport => {
            &[(M::Walking, 5.0), (M::Car, 4.0), (M::Bicycle, 3.0), (M::Moped, 0.4), (M::ATractor, 0.3), (M::Truck, 0.2), (M::Motorcycle, 0.2),
                (M::Bus, 0.2), (M::Horse, 0.1), (M::Snowmobile, 0.02)]
        }
        _ => &[(M::Walking, 12.0), (M::Bicycle, 3.0), (M::Bus, 0.8), (M::Wheelchair, 0.4), (M::EBicycle, 0.5), (M::Car, 0.6), (M::EScooter, 0.3),
            (M::Other, 0.1)],
    }
}

#[cfg(test)]
#[path = "synthetic_tests.rs"]
mod tests;
