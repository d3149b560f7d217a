//! What is asked of everybody: the same question as our filter, as text of SQL and, for a view, as boxes.

use std::fmt::Write;

use lykta::domain::codes::Bits;
use lykta::geo::filter::Filter;
use lykta::geo::grid::{CellKey, Grid, Window};
use lykta::geo::shape::Shape;

use crate::data::{BEGIN, CORNER, CRS, SIDE, categories};

/// West, south, east, north.
pub(crate) type Bounds = [f64; 4];

/// Half the city view in degrees: 6 × 4 km in metres.
const HALF_VIEW: [f64; 2] = [0.049_0, 0.016_8];
const YEAR: i64 = 365 * 86_400 * 1_000_000;

/// A part of the map.
#[derive(Clone, Copy)]
pub(crate) struct View {
    /// Degrees, as a client asks.
    pub(crate) degrees: Bounds,
    /// Metres: the smallest box around it.
    pub(crate) metres: Bounds,
}

impl View {
    /// The city view with its middle here (metres).
    pub(crate) fn around([x, y]: [f64; 2]) -> Self {
        let (lon, lat) = CRS.inverse(x, y).expect("in Sweden");
        let degrees = [lon - HALF_VIEW[0], lat - HALF_VIEW[1], lon + HALF_VIEW[0], lat + HALF_VIEW[1]];
        Self { degrees, metres: metric(degrees) }
    }

    /// The box of the whole cells that the view touches: exact for squares, two edges wider for others.
    pub(crate) fn whole_cells(&self, grid: Grid) -> Bounds {
        let size = grid.size_m();
        let [west, south, east, north] = self.metres;
        if matches!(grid, Grid::Square(_)) {
            let (low, high) = (|at: f64| (at / size).floor() * size, |at: f64| (at / size).ceil() * size);
            [low(west), low(south), high(east), high(north)]
        } else {
            [west - 2.0 * size, south - 2.0 * size, east + 2.0 * size, north + 2.0 * size]
        }
    }

    /// Whether a corner of the cell lies in the view.
    pub(crate) fn meets(&self, grid: Grid, cell: CellKey) -> bool {
        let [west, south, east, north] = self.degrees;
        let ring = grid.ring(cell, CRS).expect("a cell of the data");
        ring.iter().any(|[lon, lat]| *lon > west && *lon < east && *lat > south && *lat < north)
    }
}

/// The box of metres around a box of degrees.
pub(crate) fn metric(degrees: Bounds) -> Bounds {
    let (low, high) = CRS.metric_box(degrees).expect("in Sweden");
    [low[0], low[1], high[0], high[1]]
}

/// How many times faster than each rival the issue wants us to be.
#[derive(Clone, Copy, Default)]
pub(crate) struct Goals {
    /// Than PostGIS joining a grid.
    pub(crate) join: Option<f64>,
    /// Than PostgreSQL grouping by a stored cell.
    pub(crate) stored: Option<f64>,
    /// Than DuckDB doing so.
    pub(crate) duckdb: Option<f64>,
}

/// Counts per cell, under conditions.
pub(crate) struct Question {
    /// For people.
    pub(crate) name: &'static str,
    /// Of which cells.
    pub(crate) grid: Grid,
    /// The rivals' column with them.
    pub(crate) column: &'static str,
    /// `None` for everything.
    pub(crate) view: Option<View>,
    /// As we ask.
    pub(crate) filter: Filter,
    /// As they ask: without view and polygon.
    pub(crate) conditions: String,
    /// The border of the polygon, degrees.
    pub(crate) ring: Option<Vec<(f64, f64)>>,
    /// Whether PostGIS makes these cells itself.
    pub(crate) joins: bool,
    /// What the issue asks for.
    pub(crate) goals: Goals,
}

impl Question {
    /// Our window, made anew as for every request.
    pub(crate) fn window(&self) -> Option<Window> {
        self.view.map(|view| Window::new(self.grid, CRS, view.degrees))
    }

    /// The box that a rival has to look at, metres.
    pub(crate) fn reach(&self) -> Option<Bounds> {
        let polygon = self.filter.polygon.as_ref().map(|shape| metric(shape.bbox()));
        self.view.map(|view| view.whole_cells(self.grid)).or(polygon)
    }
}

/// The columns with cells, and their grids.
pub(crate) fn columns() -> [(&'static str, Grid); 4] {
    let grid = |grid: Option<Grid>| grid.expect("one of ours");
    [("sq125", grid(Grid::square(125.0))), ("hex200", grid(Grid::hex(200.0))), ("h3_9", grid(Grid::h3(9))), ("h3_10", grid(Grid::h3(10)))]
}

/// The middle of the data, metres.
pub(crate) fn middle() -> [f64; 2] {
    CORNER.map(|corner| corner + SIDE / 2.0)
}

/// Our filter, and the same as SQL: any of these groups' first categories, in a year, perhaps by night, in the dark and still open.
fn conditions(groups: &[usize], year: bool, night: bool) -> (Filter, String) {
    let (mut filter, mut sql) = (Filter::default(), "true".to_owned());
    let bits = |values: &[usize]| Some(values.iter().copied().collect::<Bits>());
    let list = |values: &[usize]| values.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    let mut and = |text: String| write!(sql, " AND {text}").expect("written");
    if !groups.is_empty() {
        let first: Vec<usize> = groups.iter().map(|group| categories()[*group].index()).collect();
        filter.categories = bits(&first);
        and(format!("cat IN ({})", list(&first)));
    }
    if year {
        let (from, to) = (BEGIN * 1_000_000 + 2 * YEAR, BEGIN * 1_000_000 + 3 * YEAR);
        (filter.from, filter.to) = (Some(from), Some(to));
        and(format!("ts >= {from} AND ts < {to}"));
    }
    if night {
        let hours: Vec<usize> = (0..6).chain(18..24).collect();
        (filter.hours, filter.light, filter.statuses) = (bits(&hours), bits(&[2]), bits(&[0, 1]));
        and(format!("hour IN ({}) AND light = 2 AND status IN (0,1)", list(&hours)));
    }
    (filter, sql)
}

/// The groups of filter F: a little more than half of the reports are theirs, and 11 % of all are theirs in its year.
const F: [usize; 3] = [0, 1, 4];

/// Filter F with so many of the twelve groups.
pub(crate) fn of_groups(count: usize) -> Filter {
    let chosen: Vec<usize> = F.into_iter().chain((0..12).filter(|group| !F.contains(group))).take(count).collect();
    conditions(&chosen, true, false).0
}

/// A star-like ring of 200 corners, 1.2 to 1.8 km from the middle.
fn ring() -> Vec<(f64, f64)> {
    let [x, y] = middle();
    (0..=200)
        .map(|corner| {
            let turn = std::f64::consts::TAU * f64::from(corner % 200) / 200.0;
            let radius = 1_500.0 + 300.0 * (7.0 * turn).sin();
            CRS.inverse(x + radius * turn.cos(), y + radius * turn.sin()).expect("in Sweden")
        })
        .collect()
}

/// Everything that is compared.
pub(crate) fn questions() -> Vec<Question> {
    let [squares, hexagons, h3_region, h3_city] = columns();
    let plain = |name, (column, grid), city: bool, (filter, conditions), goals| Question {
        name,
        grid,
        column,
        view: city.then(|| View::around(middle())),
        filter,
        conditions,
        ring: None,
        joins: false,
        goals,
    };
    let goals = |join, stored, duckdb| Goals { join: Some(join), stored: Some(stored), duckdb: Some(duckdb) };
    let (city, region) = (goals(5_000.0, 1_800.0, 300.0), goals(4_000.0, 1_200.0, 100.0));
    let night = Goals { stored: Some(500.0), ..Goals::default() };
    let (any, f, f_night) = (conditions(&[], false, false), conditions(&F, true, false), conditions(&F, true, true));
    let within = |name, (filter, conditions): (Filter, String)| {
        let outline = geo_types::Polygon::new(geo_types::LineString::from(ring()), Vec::new());
        let polygon = Shape::new(&geo_types::MultiPolygon(vec![outline]));
        let goals = Goals { stored: Some(200.0), ..Goals::default() };
        Question { ring: Some(ring()), ..plain(name, squares, false, (Filter { polygon, ..filter }, conditions), goals) }
    };
    vec![
        Question { joins: true, ..plain("city view, F, squares 125 m", squares, true, f.clone(), city) },
        plain("city view, F, H3 r10", h3_city, true, f.clone(), city),
        Question { joins: true, ..plain("region, F, hexagons 200 m", hexagons, false, f.clone(), region) },
        plain("region, F, H3 r9", h3_region, false, f.clone(), region),
        plain("city view, F + hours, light, status, squares 125 m", squares, true, f_night.clone(), night),
        plain("region, F + hours, light, status, hexagons 200 m", hexagons, false, f_night, night),
        within("200-corner polygon, F, squares 125 m", f),
        within("200-corner polygon, no filter, squares 125 m", any.clone()),
        plain("city view, no filter, squares 125 m", squares, true, any.clone(), Goals::default()),
        plain("region, no filter, hexagons 200 m", hexagons, false, any, Goals::default()),
    ]
}
