//! Where reports lie: made-up streets around real localities, hamlets, roads between them, and a few places where many meet.
//!
//! Streets and places are invented; only the localities and the outline are real. Distances are metres on a plane
//! fitted at each locality, which is exact enough for ten kilometres.

use super::mixes::{HOT, Kind};
use super::random::{Dice, Table};

/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// A locality as the example needs it.
#[derive(Clone, Copy, Debug)]
pub struct Locality {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Inhabitants.
    pub population: u32,
}

/// The kommun to fill.
pub struct Seeded<'a> {
    /// Four digits; part of the seed.
    pub code: &'a str,
    /// Its localities; without any, one is invented.
    pub localities: &'a [Locality],
    /// Middles of its place focus areas (lon, lat): some of the busier places lie there.
    pub centres: &'a [(f64, f64)],
    /// West, south, east, north of the outline.
    pub bbox: [f64; 4],
    /// Whether a point (lon, lat) is inside the outline.
    pub inside: &'a dyn Fn(f64, f64) -> bool,
}

/// A point in degrees.
pub(super) type Point = (f64, f64);

/// A town or village with invented streets.
struct Town {
    middle: Point,
    radius_m: f64,
    /// Middle (metres from the town's), direction and half length of each street.
    streets: Vec<(Point, Point, f64)>,
}

/// A place where many reports meet.
pub(super) struct HotPlace {
    middle: Point,
    axis: Point,
    pub(super) kind: &'static Kind,
}

/// The invented ground of one kommun.
pub(super) struct Ground<'a> {
    seeded: &'a Seeded<'a>,
    towns: Vec<Town>,
    by_population: Table,
    hamlets: Vec<Point>,
    hot: Vec<HotPlace>,
    by_heat: Table,
}

/// The point some metres east and north of another.
fn moved((lon, lat): Point, (east, north): (f64, f64)) -> Point {
    (lon + east / (DEGREE_M * lat.to_radians().cos()), lat + north / DEGREE_M)
}

/// A point along and across an axis.
const fn along(axis: Point, forward: f64, sideways: f64) -> (f64, f64) {
    (axis.0 * forward - axis.1 * sideways, axis.1 * forward + axis.0 * sideways)
}

fn distance_m(a: Point, b: Point) -> f64 {
    let east = (a.0 - b.0) * DEGREE_M * a.1.to_radians().cos();
    let north = (a.1 - b.1) * DEGREE_M;
    (east * east + north * north).sqrt()
}

impl Town {
    fn new(dice: &mut Dice, middle: Point, population: u32) -> Self {
        // Some 1,500 inhabitants per square kilometre.
        let radius_m = (f64::from(population.max(150)) / 1_500.0 / std::f64::consts::PI).sqrt() * 1_000.0;
        let axis = dice.direction();
        let count = (population / 60).clamp(8, 400);
        let streets = (0..count)
            .map(|_| {
                let out = dice.direction();
                let far = radius_m * dice.unit();
                let turn = if dice.chance(0.5) { axis } else { (-axis.1, axis.0) };
                ((out.0 * far, out.1 * far), turn, dice.between(60.0, 220.0).min(radius_m * 0.6))
            })
            .collect();
        Self { middle, radius_m, streets }
    }

    /// A point beside one of the streets.
    fn on_a_street(&self, dice: &mut Dice) -> Point {
        let Some((middle, axis, half)) = self.streets.get(dice.below(self.streets.len())) else { return self.middle };
        let (east, north) = along(*axis, dice.between(-half, *half), 5.0 * dice.normal());
        moved(self.middle, (middle.0 + east, middle.1 + north))
    }
}

impl<'a> Ground<'a> {
    /// Lays out streets, hamlets and busy places; `None` when no point can be found inside the outline.
    pub(super) fn new(dice: &mut Dice, seeded: &'a Seeded<'a>, reports: usize) -> Option<Self> {
        let mut localities: Vec<_> = seeded.localities.iter().filter(|l| (seeded.inside)(l.lon, l.lat)).copied().collect();
        if localities.is_empty() {
            let (lon, lat) = somewhere(dice, seeded)?;
            localities.push(Locality { lon, lat, population: 3_000 });
        }
        localities.sort_by_key(|l| std::cmp::Reverse(l.population));
        let towns: Vec<_> = localities.iter().map(|l| Town::new(dice, (l.lon, l.lat), l.population)).collect();
        let by_population = Table::new(localities.iter().map(|l| f64::from(l.population) + 400.0));
        let hamlets = (0..dice.below(7) + 8).filter_map(|_| somewhere(dice, seeded)).collect();
        let mut ground = Self { seeded, towns, by_population, hamlets, hot: Vec::new(), by_heat: Table::new([]) };
        ground.lay_out_hot_places(dice, &localities, reports);
        Some(ground)
    }

    fn lay_out_hot_places(&mut self, dice: &mut Dice, localities: &[Locality], reports: usize) {
        // One of each kind, and more of them only where very many reports ask for it.
        let count = HOT.len() + reports / 10_000;
        let attraction = Table::new(localities.iter().map(|l| f64::from(l.population).sqrt()));
        for (number, kind) in HOT.iter().cycle().take(count).enumerate() {
            for _ in 0..200 {
                // The two most central kinds stay in the largest town; two others go to a place focus area, if there is one.
                let middle = match number {
                    0 | 1 => self.around_a_town(dice, 0, kind),
                    5 | 10 if !self.seeded.centres.is_empty() => {
                        let centre = self.seeded.centres[dice.below(self.seeded.centres.len())];
                        moved(centre, (180.0 * dice.normal(), 180.0 * dice.normal()))
                    }
                    _ => {
                        let town = attraction.draw(dice);
                        self.around_a_town(dice, town, kind)
                    }
                };
                let apart = if number < HOT.len() { 230.0 } else { 60.0 };
                if (self.seeded.inside)(middle.0, middle.1) && self.hot.iter().all(|other| distance_m(other.middle, middle) > apart) {
                    self.hot.push(HotPlace { middle, axis: dice.direction(), kind });
                    break;
                }
            }
        }
        // The busiest has about four times the reports of the quietest.
        self.by_heat = Table::new((0..self.hot.len()).map(|_| dice.between(0.5, 2.0)).collect::<Vec<_>>());
    }

    fn around_a_town(&self, dice: &mut Dice, town: usize, kind: &Kind) -> Point {
        let Town { middle, radius_m, .. } = &self.towns[town];
        let out = dice.direction();
        let far = radius_m * dice.between(kind.ring.0, kind.ring.1);
        moved(*middle, (out.0 * far, out.1 * far))
    }

    /// One of the busy places, by how busy they are.
    pub(super) fn hot_place(&self, dice: &mut Dice) -> Option<(usize, &HotPlace)> {
        let number = self.by_heat.draw(dice);
        self.hot.get(number).map(|place| (number, place))
    }

    /// Near where a person lives, or somewhere else in the same town.
    pub(super) fn near_home(&self, mut person: Dice, dice: &mut Dice) -> Option<Point> {
        let town = &self.towns[self.by_population.draw(&mut person)];
        let home = town.on_a_street(&mut person);
        let point = if dice.chance(0.5) { moved(home, (110.0 * dice.normal(), 110.0 * dice.normal())) } else { town.on_a_street(dice) };
        self.kept(point)
    }

    /// In a hamlet, or along a straight road between two places.
    pub(super) fn in_the_country(&self, dice: &mut Dice) -> Option<Point> {
        let from = *self.hamlets.get(dice.below(self.hamlets.len()))?;
        if dice.chance(0.4) {
            return self.kept(moved(from, (250.0 * dice.normal(), 250.0 * dice.normal())));
        }
        let to = self.towns[dice.below(self.towns.len())].middle;
        let share = dice.unit();
        let between = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        self.kept(moved(between, (15.0 * dice.normal(), 15.0 * dice.normal())))
    }

    /// A point at a busy place.
    pub(super) fn at(&self, place: &HotPlace, dice: &mut Dice) -> Option<Point> {
        let (long, wide) = place.kind.size;
        self.kept(moved(place.middle, along(place.axis, long * 0.85 * dice.normal(), wide * 0.85 * dice.normal())))
    }

    /// The point to six decimals (a decimetre), if it lies inside the outline.
    fn kept(&self, (lon, lat): Point) -> Option<Point> {
        let point = ((lon * 1e6).round() / 1e6, (lat * 1e6).round() / 1e6);
        (self.seeded.inside)(point.0, point.1).then_some(point)
    }
}

/// Any point inside the outline.
fn somewhere(dice: &mut Dice, seeded: &Seeded<'_>) -> Option<Point> {
    let [west, south, east, north] = seeded.bbox;
    (0..1_000).map(|_| (dice.between(west, east), dice.between(south, north))).find(|(lon, lat)| (seeded.inside)(*lon, *lat))
}
