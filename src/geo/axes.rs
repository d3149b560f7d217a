//! Coordinate reference systems as GIS programs name them: a URI (OGC 18-058) that also says in which order the two numbers stand.
//!
//! CRS84 is longitude, latitude; EPSG:4326 is latitude, longitude; EPSG:3006 (SWEREF 99 TM) is northing, easting in metres, the order of
//! the EPSG register.

use geo::{BoundingRect, Intersects, MapCoords};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, Rect};

use super::shape::join;
use super::sweref::MetricCrs;

/// A reference system with its order of axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// WGS 84, longitude and latitude.
    Crs84,
    /// WGS 84, latitude and longitude.
    Epsg4326,
    /// SWEREF 99 TM, northing and easting.
    Epsg3006,
}

/// Metres by which the side of a metric box may leave its polygon of degrees.
const BOW_M: f64 = 0.01;
/// Most corners per side of such a polygon.
const CORNERS: usize = 500;

impl Axes {
    /// The default first.
    pub const ALL: [Self; 3] = [Self::Crs84, Self::Epsg4326, Self::Epsg3006];

    /// Its name.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Epsg4326 => "http://www.opengis.net/def/crs/EPSG/0/4326",
            Self::Epsg3006 => "http://www.opengis.net/def/crs/EPSG/0/3006",
        }
    }

    /// A place (WGS 84 degrees) as its two numbers in order, to a centimetre; `None` beyond the projection.
    pub fn written(self, lon: f64, lat: f64) -> Option<[f64; 2]> {
        let round = |value: f64, parts: f64| (value * parts).round() / parts;
        match self {
            Self::Crs84 => Some([round(lon, 1e7), round(lat, 1e7)]),
            Self::Epsg4326 => Some([round(lat, 1e7), round(lon, 1e7)]),
            Self::Epsg3006 => MetricCrs::Sweref99Tm.forward(lon, lat).map(|(e, n)| [round(n, 1e3), round(e, 1e3)]),
        }
    }

    /// East and north of two numbers as they stand.
    const fn east_north(self, [first, second]: [f64; 2]) -> Coord<f64> {
        match self {
            Self::Crs84 => Coord { x: first, y: second },
            Self::Epsg4326 | Self::Epsg3006 => Coord { x: second, y: first },
        }
    }

    /// East and north of a place in degrees.
    fn plane(self, lon: f64, lat: f64) -> Coord<f64> {
        match self {
            Self::Crs84 | Self::Epsg4326 => Coord { x: lon, y: lat },
            Self::Epsg3006 => {
                let (x, y) = MetricCrs::Sweref99Tm.forward(lon, lat).unwrap_or((f64::NAN, f64::NAN));
                Coord { x, y }
            }
        }
    }
}

/// What is wrong with a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtentFault {
    /// The upper edge below the lower one, or no numbers.
    Order,
    /// Beyond the globe or the projection.
    Beyond,
}

/// A box in some reference system; one that crosses the antimeridian is two.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    axes: Axes,
    boxes: Vec<Rect<f64>>,
    /// The same in degrees, where it is not a box of degrees.
    drawn: Option<MultiPolygon<f64>>,
}

impl Extent {
    /// The box between two corners, each as its two numbers in order. In degrees, a western edge east of the eastern one means that the
    /// box crosses the antimeridian.
    pub fn new(axes: Axes, low: [f64; 2], high: [f64; 2]) -> Result<Self, ExtentFault> {
        let (low, high) = (axes.east_north(low), axes.east_north(high));
        if !(low.x.is_finite() && high.x.is_finite() && low.y <= high.y) {
            return Err(ExtentFault::Order);
        }
        let (lons, lats) = ([low.x, high.x], [low.y, high.y]);
        if axes == Axes::Epsg3006 {
            if low.x > high.x {
                return Err(ExtentFault::Order);
            }
            let rect = Rect::new(low, high);
            let drawn = Some(MultiPolygon(vec![bowed(rect).ok_or(ExtentFault::Beyond)?]));
            return Ok(Self { axes, boxes: vec![rect], drawn });
        }
        if lons.iter().any(|lon| lon.abs() > 180.0) || lats.iter().any(|lat| lat.abs() > 90.0) {
            return Err(ExtentFault::Beyond);
        }
        if low.x <= high.x {
            return Ok(Self { axes, boxes: vec![Rect::new(low, high)], drawn: None });
        }
        let east = Rect::new(low, Coord { x: 180.0, y: high.y });
        let west = Rect::new(Coord { x: -180.0, y: low.y }, high);
        Ok(Self { axes, boxes: vec![east, west], drawn: Some(MultiPolygon(vec![east.to_polygon(), west.to_polygon()])) })
    }

    /// As a condition on points: the box in degrees, or the polygon in degrees where it is none. A side of a metric box of up to 250 km
    /// is true to a centimetre, a longer one to a metre.
    pub fn condition(&self) -> (Option<[f64; 4]>, Option<&MultiPolygon<f64>>) {
        let plain = self.boxes.first().filter(|_| self.drawn.is_none()).copied().map(edges);
        (plain, self.drawn.as_ref())
    }

    /// West, south, east, north of all of it in degrees.
    pub fn around(&self) -> Option<[f64; 4]> {
        match &self.drawn {
            Some(drawn) => drawn.bounding_rect().map(edges),
            None => self.boxes.iter().copied().map(edges).reduce(join),
        }
    }

    /// Whether a shape in degrees meets it; asked in its own reference system, where its sides are straight.
    pub fn meets(&self, shape: &MultiPolygon<f64>) -> bool {
        let shape = shape.map_coords(|Coord { x, y }| self.axes.plane(x, y));
        self.boxes.iter().any(|rect| shape.intersects(rect))
    }
}

fn edges(rect: Rect<f64>) -> [f64; 4] {
    [rect.min().x, rect.min().y, rect.max().x, rect.max().y]
}

/// A box of SWEREF 99 TM in degrees, with as many corners as its sides bow.
fn bowed(rect: Rect<f64>) -> Option<Polygon<f64>> {
    let crs = MetricCrs::Sweref99Tm;
    let (low, high) = (rect.min(), rect.max());
    let corners = [low, Coord { x: high.x, y: low.y }, high, Coord { x: low.x, y: high.y }];
    let mut ring = Vec::new();
    for (from, to) in corners.into_iter().zip(corners.into_iter().cycle().skip(1)) {
        let (start, end) = (crs.inverse(from.x, from.y)?, crs.inverse(to.x, to.y)?);
        let straight = crs.forward(f64::midpoint(start.0, end.0), f64::midpoint(start.1, end.1))?;
        let bow = (straight.0 - f64::midpoint(from.x, to.x)).hypot(straight.1 - f64::midpoint(from.y, to.y));
        // Halving a side quarters its bow.
        let steps = ((bow / BOW_M).sqrt().ceil() as usize).clamp(1, CORNERS);
        for step in 0..steps {
            let share = step as f64 / steps as f64;
            ring.push(crs.inverse(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)?);
        }
    }
    Some(Polygon::new(LineString::from(ring), Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::shape::Shape;

    #[test]
    fn each_system_has_its_own_order_of_axes() {
        // Lantmäteriet's control points are in tests/reference/sweref; this is about the order alone.
        let [n, e] = Axes::Epsg3006.written(15.0, 58.0).expect("in the domain");
        assert!((e - 500_000.0).abs() < 0.01 && (6_427_000.0..6_431_000.0).contains(&n), "{n} {e}");
        assert_eq!(Axes::Crs84.written(15.0, 58.0), Some([15.0, 58.0]));
        assert_eq!(Axes::Epsg4326.written(15.0, 58.0), Some([58.0, 15.0]));
    }

    #[test]
    fn a_box_is_read_in_the_order_of_its_axes() {
        let crs84 = Extent::new(Axes::Crs84, [14.0, 56.0], [15.0, 57.0]).expect("a box");
        let epsg4326 = Extent::new(Axes::Epsg4326, [56.0, 14.0], [57.0, 15.0]).expect("a box");
        assert_eq!(crs84.condition(), epsg4326.condition());
        assert_eq!(crs84.condition().0, Some([14.0, 56.0, 15.0, 57.0]));
        assert_eq!(Extent::new(Axes::Crs84, [14.0, 57.0], [15.0, 56.0]), Err(ExtentFault::Order));
        assert_eq!(Extent::new(Axes::Crs84, [14.0, 57.0], [15.0, 91.0]), Err(ExtentFault::Beyond));
        assert_eq!(Extent::new(Axes::Epsg3006, [0.0, -1e8], [1.0, 1e8]), Err(ExtentFault::Beyond));
    }

    #[test]
    fn a_box_over_the_antimeridian_is_two() {
        let extent = Extent::new(Axes::Crs84, [170.0, -20.0], [-170.0, -10.0]).expect("a box");
        let shape = Shape::new(extent.condition().1.expect("drawn")).expect("a shape");
        assert!(shape.covers(175.0, -15.0) && shape.covers(-175.0, -15.0) && !shape.covers(0.0, -15.0));
        let at = |lon: f64| MultiPolygon(vec![Rect::new((lon, -16.0), (lon + 1.0, -15.0)).to_polygon()]);
        assert!(extent.meets(&at(175.0)) && extent.meets(&at(-175.0)) && !extent.meets(&at(0.0)));
    }

    /// Points beside each side of a metric box, inside and outside by 2 cm, fall where the box says.
    #[test]
    fn a_metric_box_keeps_its_straight_sides() {
        for (low, high) in [([6_200_000.0, 460_000.0], [6_290_000.0, 560_000.0]), ([6_150_000.0, 280_000.0], [6_400_000.0, 500_000.0])] {
            let extent = Extent::new(Axes::Epsg3006, low, high).expect("a box");
            let shape = Shape::new(extent.condition().1.expect("drawn")).expect("a shape");
            let covers = |e: f64, n: f64| MetricCrs::Sweref99Tm.inverse(e, n).is_some_and(|(lon, lat)| shape.covers(lon, lat));
            for step in 1..100 {
                let share = f64::from(step) / 100.0;
                let (n, e) = (low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share);
                for (inside, outside) in [
                    ((low[1] + 0.02, n), (low[1] - 0.02, n)),
                    ((high[1] - 0.02, n), (high[1] + 0.02, n)),
                    ((e, low[0] + 0.02), (e, low[0] - 0.02)),
                    ((e, high[0] - 0.02), (e, high[0] + 0.02)),
                ] {
                    assert!(covers(inside.0, inside.1) && !covers(outside.0, outside.1), "{inside:?}");
                }
            }
        }
    }
}
