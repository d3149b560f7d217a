//! Which places a question is about: the report filters of the API, parsed, resolved and ready to test one indexed place after another.

use super::grid::{CellKey, Grid, square_parent};
use super::index::{Entry, UNKNOWN};
use super::shape::{Relation, Shape, join};
use super::sweref::MetricCrs;
use crate::domain::agreement::LinkingRule;
use crate::domain::codes::{Bits, Category, Feeling};

/// One focus area as a condition: its rule, and its polygon when it is a place.
#[derive(Clone, Debug)]
pub struct AreaCondition {
    /// What it covers.
    pub rule: LinkingRule,
    /// `None` for a theme: anywhere.
    pub shape: Option<Shape>,
}

impl AreaCondition {
    /// The linking rule for an indexed report.
    pub fn covers(&self, entry: &Entry) -> bool {
        self.covers_at(entry.is_placed().then_some((entry.lon, entry.lat)), usize::from(entry.category))
    }

    /// The linking rule for a report of a category (by index); `at` is `None` while it has only words for its place.
    pub fn covers_at(&self, at: Option<(f64, f64)>, category: usize) -> bool {
        let inside = || at.zip(self.shape.as_ref()).is_some_and(|((lon, lat), shape)| shape.covers(lon, lat));
        self.rule.covers(category, inside)
    }
}

/// One cell of one grid as a condition: the places that a heatmap on that grid counts there.
#[derive(Clone, Copy, Debug)]
pub struct CellCondition {
    grid: Grid,
    key: CellKey,
    around: [f64; 4],
}

impl CellCondition {
    /// The cell of a kommun with this metric reference system; `None` for one beyond the projection.
    pub fn new(grid: Grid, key: CellKey, crs: MetricCrs) -> Option<Self> {
        let ring = grid.ring(key, crs)?;
        let corners = ring.into_iter().map(|[lon, lat]| [lon, lat, lon, lat]);
        let [west, south, east, north] = corners.reduce(join)?;
        // Edges bow between their corners, by much less than this.
        let (aside, up) = ((east - west) * 0.01, (north - south) * 0.01);
        Some(Self { grid, key, around: [west - aside, south - up, east + aside, north + up] })
    }

    /// A box that it lies in: west, south, east, north in degrees.
    pub const fn around(&self) -> [f64; 4] {
        self.around
    }

    /// Whether an indexed report is counted there.
    pub fn covers(&self, entry: &Entry) -> bool {
        self.grid.cell(entry.x, entry.y, entry.lon, entry.lat) == self.key
    }

    /// Whether the centre of a cell of any grid would be counted there.
    pub fn covers_centre(&self, grid: Grid, key: CellKey, crs: MetricCrs) -> bool {
        if grid == self.grid {
            return key == self.key;
        }
        let centre = grid.centre(key, crs).zip(grid.metric_centre(key, crs));
        centre.is_some_and(|((lon, lat), (x, y))| self.grid.cell(x, y, lon, lat) == self.key)
    }

    /// How the places of a cell of any grid lie to it, all of them within some bounds (degrees).
    pub(in crate::geo) fn relation(&self, grid: Grid, key: CellKey, bounds: [f64; 4]) -> Relation {
        let alike = |same: bool, otherwise: Relation| if same { otherwise } else { Relation::Outside };
        match (grid, self.grid) {
            // Squares nest.
            (Grid::Square(of), Grid::Square(asked)) if of <= asked => alike(square_parent(key, of, asked) == self.key, Relation::Inside),
            (Grid::Square(of), Grid::Square(asked)) => alike(square_parent(self.key, asked, of) == key, Relation::Crossed),
            _ if grid == self.grid => alike(key == self.key, Relation::Inside),
            _ => {
                let [west, south, east, north] = meet(self.around, bounds);
                alike(west <= east && south <= north, Relation::Crossed)
            }
        }
    }
}

/// The conditions of a question; the default asks for everything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// West, south, east, north in degrees; the edges belong to it.
    pub bbox: Option<[f64; 4]>,
    /// Allowed categories by index; `None` allows all.
    pub categories: Option<Bits>,
    /// Only this feeling.
    pub feeling: Option<Feeling>,
    /// First instant, microseconds UTC, inclusive.
    pub from: Option<i64>,
    /// First instant after, exclusive.
    pub to: Option<i64>,
    /// Local hours 0–23.
    pub hours: Option<Bits>,
    /// Monday 1 … Sunday 7.
    pub weekdays: Option<Bits>,
    /// 1–12.
    pub months: Option<Bits>,
    /// Light classes by index.
    pub light: Option<Bits>,
    /// Time bands by index.
    pub time_bands: Option<Bits>,
    /// Travel modes by index.
    pub travel_modes: Option<Bits>,
    /// At least one of these perspectives.
    pub perspectives: Option<Bits>,
    /// At least this insecurity; a report that does not tell is left out.
    pub insecurity_min: Option<u8>,
    /// Covered by at least one of these areas.
    pub areas: Option<Vec<AreaCondition>>,
    /// Inside this polygon.
    pub polygon: Option<Shape>,
    /// Counted in this cell.
    pub cell: Option<CellCondition>,
    /// States by index.
    pub statuses: Option<Bits>,
    /// Sources by the kommun's source number.
    pub sources: Option<Vec<u16>>,
    /// Changed after this version of the kommun's log.
    pub since: Option<i64>,
}

impl Filter {
    /// Whether a place that is on the map answers the question.
    pub fn matches(&self, entry: &Entry) -> bool {
        self.matches_words(entry) && self.matches_place(entry)
    }

    /// Whether a report, placed or not, is of a source that is asked for.
    pub fn admits(&self, entry: &Entry) -> bool {
        self.sources.as_ref().is_none_or(|sources| sources.contains(&entry.source))
    }

    /// The conditions on the place alone.
    pub fn matches_place(&self, entry: &Entry) -> bool {
        if let Some([west, south, east, north]) = self.bbox
            && !(entry.lon >= west && entry.lon <= east && entry.lat >= south && entry.lat <= north)
        {
            return false;
        }
        if let Some(shape) = &self.polygon
            && !shape.covers(entry.lon, entry.lat)
        {
            return false;
        }
        if self.cell.is_some_and(|cell| !cell.covers(entry)) {
            return false;
        }
        self.areas.as_ref().is_none_or(|areas| areas.iter().any(|area| area.covers(entry)))
    }

    /// Every condition but those on the place: also for reports that only have words for theirs.
    pub fn matches_words(&self, entry: &Entry) -> bool {
        let known = |bits: Option<Bits>, value: u8| bits.is_none_or(|bits| value != UNKNOWN && bits.contains(usize::from(value)));
        self.categories.is_none_or(|bits| bits.contains(usize::from(entry.category)))
            && self.from.is_none_or(|from| entry.happened >= from)
            && self.to.is_none_or(|to| entry.happened < to)
            && self.statuses.is_none_or(|bits| bits.contains(usize::from(entry.status)))
            && self.light.is_none_or(|bits| bits.contains(usize::from(entry.light)))
            && known(self.hours, entry.hour)
            && known(self.weekdays, entry.weekday)
            && known(self.months, entry.month)
            && known(self.time_bands, entry.time_band)
            && known(self.travel_modes, entry.travel_mode)
            && self.feeling.is_none_or(|feeling| entry.feeling() == feeling)
            && self.perspectives.is_none_or(|bits| bits.0 & u64::from(entry.perspectives) != 0)
            && self.insecurity_min.is_none_or(|min| entry.insecurity != UNKNOWN && entry.insecurity >= min)
            && self.admits(entry)
            && self.since.is_none_or(|since| entry.version > since)
    }

    /// The whole question for a report without a point; a theme covers such a report too.
    pub fn matches_unplaced(&self, entry: &Entry) -> bool {
        self.bbox.is_none()
            && self.polygon.is_none()
            && self.cell.is_none()
            && self.matches_words(entry)
            && self.areas.as_ref().is_none_or(|areas| areas.iter().any(|area| area.covers(entry)))
    }

    /// The smallest box that everything asked for lies in (degrees); `None` means anywhere.
    pub fn envelope(&self) -> Option<[f64; 4]> {
        let areas = self.areas.as_ref().and_then(|areas| {
            areas
                .iter()
                .map(|area| area.shape.as_ref().filter(|_| area.rule.place).map(Shape::bbox))
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .reduce(join)
        });
        let cell = self.cell.as_ref().map(CellCondition::around);
        [self.bbox, self.polygon.as_ref().map(Shape::bbox), cell, areas].into_iter().flatten().reduce(meet)
    }
}

/// Indices of a category set that a list of groups and a list of categories allow together.
pub fn category_bits(groups: &[crate::domain::codes::Group], categories: &[Category]) -> Option<Bits> {
    if groups.is_empty() && categories.is_empty() {
        return None;
    }
    Some(
        Category::ALL
            .iter()
            .filter(|c| (groups.is_empty() || groups.contains(&c.group())) && (categories.is_empty() || categories.contains(c)))
            .map(|c| c.index())
            .collect(),
    )
}

fn meet(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]
}
