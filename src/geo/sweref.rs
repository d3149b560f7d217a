//! Metric coordinates: between WGS 84 degrees and SWEREF 99 TM, or a UTM zone for a test kommun abroad.
//!
//! SWEREF 99 TM (EPSG:3006) is transverse Mercator on GRS 80: central meridian 15° E, scale 0.9996, false easting 500 km
//! (Lantmäteriet, "Kartprojektionen transversal Mercator"), that is UTM zone 33 on GRS 80. SWEREF 99 and WGS 84 are taken
//! as one (they differ by some decimetres of plate motion, below the accuracy of a phone), as EPSG:1879 does.
//! The projection is the Poder/Engsager series of `proj4rs`, exact to well under a millimetre within the domain.

use std::sync::LazyLock;

use proj4rs::Proj;
use proj4rs::transform::transform;

/// A metric coordinate reference system: eastings and northings in metres.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum MetricCrs {
    /// EPSG:3006, the national system of Sweden.
    Sweref99Tm,
    /// EPSG:32601–32660 (north) or 32701–32760 (south).
    Utm {
        /// 1 to 60; any other number projects nothing.
        zone: u8,
        /// Whether northings count from a false 10,000 km south of the equator.
        south: bool,
    },
}

/// Degrees either side of the central meridian that we project. Sweden needs 9; a UTM zone 3.
const MAX_FROM_MERIDIAN_DEG: f64 = 30.0;
/// UTM's own limit towards the poles.
const MAX_LATITUDE_DEG: f64 = 84.0;
/// Metres: no point of the domain has a larger coordinate.
const MAX_METRES: f64 = 2.0e7;

static GRS80_DEGREES: LazyLock<Option<Proj>> = LazyLock::new(|| proj("+proj=longlat +ellps=GRS80"));
static WGS84_DEGREES: LazyLock<Option<Proj>> = LazyLock::new(|| proj("+proj=longlat +ellps=WGS84"));
static SWEREF99_TM: LazyLock<Option<Proj>> = LazyLock::new(|| proj("+proj=utm +zone=33 +ellps=GRS80 +units=m"));
/// All 120 zones, north then south: building them costs microseconds, and no lock is taken afterwards.
static UTM: LazyLock<Vec<Option<Proj>>> = LazyLock::new(|| {
    let zones = |south: &'static str| (1..=60).map(move |zone| proj(&format!("+proj=utm +zone={zone}{south} +ellps=WGS84 +units=m")));
    zones("").chain(zones(" +south")).collect()
});

fn proj(definition: &str) -> Option<Proj> {
    Proj::from_proj_string(definition).ok()
}

impl MetricCrs {
    /// SWEREF 99 TM within 10.5–24.5° E, 55–69.5° N; elsewhere the plain six-degree UTM zone (without the
    /// exceptions for western Norway and Svalbard).
    pub fn for_point(lon: f64, lat: f64) -> Self {
        if (10.5..=24.5).contains(&lon) && (55.0..=69.5).contains(&lat) {
            return Self::Sweref99Tm;
        }
        let zone = ((lon + 180.0) / 6.0).floor() as i32 + 1;
        Self::Utm { zone: zone.clamp(1, 60) as u8, south: lat < 0.0 }
    }

    /// The code in the EPSG register.
    pub fn epsg(self) -> u32 {
        match self {
            Self::Sweref99Tm => 3006,
            Self::Utm { zone, south: false } => 32_600 + u32::from(zone),
            Self::Utm { zone, south: true } => 32_700 + u32::from(zone),
        }
    }

    /// The system of an EPSG code, where it is one of ours.
    pub fn from_epsg(code: u32) -> Option<Self> {
        match code {
            3006 => Some(Self::Sweref99Tm),
            32_601..=32_660 => Some(Self::Utm { zone: (code - 32_600) as u8, south: false }),
            32_701..=32_760 => Some(Self::Utm { zone: (code - 32_700) as u8, south: true }),
            _ => None,
        }
    }

    /// Easting and northing in metres of a point in WGS 84 degrees; `None` for what is not finite, nearer a pole than
    /// 84°, or more than 30° from the central meridian.
    pub fn forward(self, lon: f64, lat: f64) -> Option<(f64, f64)> {
        if !self.in_domain(lon, lat) {
            return None;
        }
        let (degrees, metric) = self.projections()?;
        let mut point = (lon.to_radians(), lat.to_radians());
        transform(degrees, metric, &mut point).ok()?;
        (point.0.is_finite() && point.1.is_finite()).then_some(point)
    }

    /// Longitude and latitude in WGS 84 degrees of an easting and a northing in metres; `None` outside the domain of
    /// [`forward`](Self::forward).
    pub fn inverse(self, e: f64, n: f64) -> Option<(f64, f64)> {
        // A NaN fails both comparisons.
        if !(e.abs() <= MAX_METRES && n.abs() <= MAX_METRES) {
            return None;
        }
        let (degrees, metric) = self.projections()?;
        let mut point = (e, n);
        transform(metric, degrees, &mut point).ok()?;
        let (lon, lat) = (point.0.to_degrees(), point.1.to_degrees());
        self.in_domain(lon, lat).then_some((lon, lat))
    }

    /// A box of metres (low and high corner) around a box of degrees (west, south, east, north); `None` where that leaves the domain.
    pub fn metric_box(self, [west, south, east, north]: [f64; 4]) -> Option<([f64; 2], [f64; 2])> {
        let corners = [(west, south), (east, south), (east, north), (west, north)];
        let (mut low, mut high, mut bow) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2], 0.0_f64);
        for ((from_lon, from_lat), (to_lon, to_lat)) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
            let (from, to) = (self.forward(from_lon, from_lat)?, self.forward(to_lon, to_lat)?);
            let middle = self.forward(f64::midpoint(from_lon, to_lon), f64::midpoint(from_lat, to_lat))?;
            low = [low[0].min(from.0).min(middle.0), low[1].min(from.1).min(middle.1)];
            high = [high[0].max(from.0).max(middle.0), high[1].max(from.1).max(middle.1)];
            // A straight line in degrees bows in metres, most in its middle.
            bow = bow.max((f64::midpoint(from.0, to.0) - middle.0).abs()).max((f64::midpoint(from.1, to.1) - middle.1).abs());
        }
        let slack = bow + 0.01;
        Some(([low[0] - slack, low[1] - slack], [high[0] + slack, high[1] + slack]))
    }

    fn central_meridian(self) -> f64 {
        match self {
            Self::Sweref99Tm => 15.0,
            Self::Utm { zone, .. } => f64::from(zone) * 6.0 - 183.0,
        }
    }

    fn in_domain(self, lon: f64, lat: f64) -> bool {
        let from_meridian = (lon - self.central_meridian() + 540.0).rem_euclid(360.0) - 180.0;
        lon.abs() <= 180.0 && lat.abs() <= MAX_LATITUDE_DEG && from_meridian.abs() <= MAX_FROM_MERIDIAN_DEG
    }

    fn projections(self) -> Option<(&'static Proj, &'static Proj)> {
        match self {
            Self::Sweref99Tm => Some((GRS80_DEGREES.as_ref()?, SWEREF99_TM.as_ref()?)),
            Self::Utm { zone, south } => {
                let index = usize::from(zone).checked_sub(1).filter(|&i| i < 60)? + if south { 60 } else { 0 };
                Some((WGS84_DEGREES.as_ref()?, UTM.get(index)?.as_ref()?))
            }
        }
    }
}

#[cfg(test)]
#[path = "sweref_tests.rs"]
mod tests;
