//! Densities as they are asked for and written: a value for each square, or bands between equal levels.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::documents::StatisticKind;
use super::features::{Form, Pieces, Said, said};
use crate::analysis::density::{BANDWIDTH_M, DEFAULT_BANDWIDTH_M, Kernel, METHOD, Parameters as DensityParameters};
use crate::analysis::heatmap::Statistic;
use crate::analysis::isobands::{Band, Levels, MAX_BANDS, METHOD as BANDS_METHOD, isobands, levels};
use crate::app::hotspots::DensityMap;
use crate::app::query::Part;
use crate::domain::invalid::Fault;
use crate::geo::grid::Grid;
use crate::geo::sweref::MetricCrs;
use crate::http::extract::Parameters;
use crate::http::geojson::{Feature, FeatureCollection, Members, Outline, Polygon, Subject};
use crate::http::problem::{Kind, Problem};
use crate::http::query::decimal;

/// What planners see of a density: squares.
pub(super) type DensityCells = FeatureCollection<DensityProperties, DensityMembers>;
/// What planners see of a density: bands.
pub(super) type DensityBands = FeatureCollection<BandProperties, BandMembers>;

/// One square of a density.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DensityProperties {
    /// Its id.
    cell: String,
    /// Reports, or people, per km² around its centre.
    density: f64,
}

said! {
    /// What is said of a square after its name: the rest of [`DensityProperties`].
    Valued {
        density: f64 = "Number of reports, or people, per km² around its centre",
    }
}

/// One band of a density.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BandProperties {
    /// The least density in it, per km².
    low: f64,
    /// What it stays below; none in the uppermost.
    #[schema(required)]
    high: Option<f64>,
}

macro_rules! members {
    ($(#[doc = $doc:literal] $name:ident $(, $field:ident: $type:ty = $words:literal)*;)+) => {
        $(
            #[doc = $doc]
            #[derive(Debug, Serialize, ToSchema)]
            pub(super) struct $name {
                grid: SquareKind,
                /// Side of a square in metres.
                size_m: f64,
                /// Name and version of the method.
                method: &'static str,
                statistic: DensityKind,
                /// What was counted; a person's reports weigh 1 together.
                of: StatisticKind,
                /// Version of the kommun.
                version: i64,
                /// Reports that answer the filters and are placed.
                total: u64,
                /// Always 0: nothing is held back from planners.
                suppressed: u64,
                /// Squares of the study area.
                cells: usize,
                /// The shape of the bump that each report becomes.
                kernel: KernelKind,
                /// Its radius in metres.
                bandwidth_m: f64,
                /// Whether what a bump loses beyond the study area is made up for.
                edge_correction: bool,
                $(#[doc = $words] $field: $type,)*
            }
        )+
    };
}

members! {
    /// What belongs to a density so that it can be repeated.
    DensityMembers;
    /// What belongs to the bands of a density so that they can be repeated.
    BandMembers,
        bands_method: &'static str = "Name and version of how the bands are drawn.",
        levels: Vec<f64> = "Where the bands begin, per km².";
}

/// Densities are on squares.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum SquareKind {
    Square,
}

/// The statistic.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum DensityKind {
    Density,
}

/// The kernel.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum KernelKind {
    Quartic,
}

impl Subject for DensityProperties {
    const FEATURE: &'static str = "DensityFeature";
    type Geometry = Polygon;
}

impl Members for DensityMembers {
    const COLLECTION: &'static str = "DensityMap";
}

impl Subject for BandProperties {
    const FEATURE: &'static str = "BandFeature";
    type Geometry = Outline;
}

impl Members for BandMembers {
    const COLLECTION: &'static str = "BandMap";
}

/// How a density is asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct DensityQuestion {
    pub(super) grid: Grid,
    of: Statistic,
    bandwidth_m: f64,
    edge_correction: bool,
    /// How many to draw instead of squares.
    pub(super) bands: Option<usize>,
}

impl DensityQuestion {
    /// Takes the parameters of densities; each is a fault where no density is asked for.
    pub(super) fn take(parameters: &mut Parameters, grid: Grid, of: Statistic, asked: bool) -> Self {
        super::only_with(parameters, &["bandwidth_m", "edge_correction"], asked, "statistic=density");
        if asked && !matches!(grid, Grid::Square(_)) {
            parameters.fault("grid", Fault::NotAllowed(vec!["square"]));
        }
        // A kernel narrower than a square falls between their centres.
        let least = grid.size_m().max(BANDWIDTH_M.0);
        Self {
            grid,
            of,
            bandwidth_m: parameters
                .parsed("bandwidth_m", |text| decimal(text, least, BANDWIDTH_M.1))
                .unwrap_or(DEFAULT_BANDWIDTH_M.max(least)),
            edge_correction: parameters
                .parsed("edge_correction", |text| super::one_of(text, &[true, false], |on| if on { "true" } else { "false" }))
                .unwrap_or(false),
            bands: None,
        }
    }

    /// Takes `bands`; a fault where no density is asked for.
    pub(super) fn bands(parameters: &mut Parameters, asked: bool) -> Option<usize> {
        super::only_with(parameters, &["bands"], asked, "statistic=density");
        parameters.parsed("bands", |text| super::within(text, 1, MAX_BANDS as u32)).map(|bands| bands as usize)
    }

    /// Whether bands are asked for instead of squares.
    pub(super) const fn is_bands(self) -> bool {
        self.bands.is_some()
    }

    /// The map.
    pub(super) fn written(self, form: Form, pieces: &Pieces, part: &Part) -> Result<Vec<u8>, Problem> {
        let Self { grid, of: counted, bandwidth_m, edge_correction, bands } = self;
        let parameters = DensityParameters { kernel: Kernel::Quartic, bandwidth_m, edge_correction };
        let map = DensityMap::of(part, grid, counted, &parameters).map_err(|error| super::study_problem(grid, &error))?;
        let (crs, size_m, version) = (part.kommun.crs, grid.size_m(), part.snapshot.version());
        let (total, cells) = map.as_ref().map_or((0, 0), |map| (map.total, map.cells.len()));
        if let Some(bands) = bands {
            let failed = |error: crate::analysis::isobands::IsobandError| {
                tracing::warn!(%error, "bands could not be drawn");
                super::too_many_cells(grid, crate::analysis::isobands::MAX_CELLS)
            };
            let levels = map.as_ref().map_or(Ok(Vec::new()), |map| levels(&map.surface, Levels::Equal(bands))).map_err(failed)?;
            let drawn = match &map {
                Some(map) if !levels.is_empty() => isobands(&map.surface, &levels).map_err(failed)?,
                _ => Vec::new(),
            };
            let features = drawn.iter().enumerate().filter_map(|(number, band)| feature(number, band, crs)).collect();
            #[rustfmt::skip]
            let members = BandMembers {
                grid: SquareKind::Square, size_m, method: METHOD, statistic: DensityKind::Density, of: counted.into(), version, total, suppressed: 0,
                cells, kernel: KernelKind::Quartic, bandwidth_m, edge_correction, bands_method: BANDS_METHOD, levels,
            };
            return serde_json::to_vec(&DensityBands::new(members, features)).map_err(|_| Problem::new(Kind::Internal));
        }
        let of = |map: &DensityMap| -> Vec<Said<Valued>> {
            map.cells.iter().map(|(cell, number)| (crs, *cell, Valued { density: map.surface.values[*number] })).collect()
        };
        let shown: Vec<Said<Valued>> =
            map.as_ref().map(of).unwrap_or_default().into_iter().filter(|(.., valued)| valued.density > 0.0).collect();
        #[rustfmt::skip]
        let members = DensityMembers {
            grid: SquareKind::Square, size_m, method: METHOD, statistic: DensityKind::Density, of: counted.into(), version, total, suppressed: 0,
            cells, kernel: KernelKind::Quartic, bandwidth_m, edge_correction,
        };
        pieces.written(form, grid, members, &shown)
    }
}

/// A band as a Feature in degrees; `None` for one that is nowhere.
fn feature(number: usize, band: &Band, crs: MetricCrs) -> Option<Feature<BandProperties>> {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let ring = |ring: &geo_types::LineString| -> Option<Vec<[f64; 2]>> {
        ring.0.iter().map(|at| crs.inverse(at.x, at.y).map(|(lon, lat)| [round(lon), round(lat)])).collect()
    };
    let polygon = |polygon: &geo_types::Polygon| -> Option<Vec<Vec<[f64; 2]>>> {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect()
    };
    let polygons: Vec<_> = band.polygons.iter().map(polygon).collect::<Option<_>>()?;
    let geometry = Outline(json!({"type": "MultiPolygon", "coordinates": polygons}));
    let properties = BandProperties { low: band.low, high: band.high };
    (!polygons.is_empty()).then(|| Feature::new(format!("band-{}", number + 1), geometry, properties))
}
