//! Local Moran's I as it is asked for and written.

use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{GridKind, StatisticKind};
use super::features::{Form, Pieces, Said, said};
use super::hotspots::TOO_LITTLE;
use super::tile::Tag;
use crate::analysis::heatmap::Statistic;
use crate::analysis::local_moran::{Association, METHOD};
use crate::app::hotspots::Study;
use crate::app::query::Part;
use crate::geo::grid::Grid;
use crate::geo::tile::mvt::{Layer, Value};
use crate::http::geojson::{FeatureCollection, Members, Polygon, Subject};
use crate::http::municipalities::Bilingual;
use crate::http::problem::Problem;

/// What planners see of local Moran's I.
pub(super) type MoranMap = FeatureCollection<MoranProperties, MoranMembers>;

/// One cell of local Moran's I.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MoranProperties {
    /// Its id.
    cell: String,
    /// Reports, or people, in it.
    count: u32,
    /// I: above 0 like its neighbours, below 0 unlike them; `null` for a cell without neighbours.
    #[schema(required)]
    local_moran: Option<f64>,
    /// What I would be on average, if the other counts were shuffled.
    #[schema(required)]
    expected: Option<f64>,
    /// The variance of I under that.
    #[schema(required)]
    variance: Option<f64>,
    /// Standard deviations of I from what is expected; `null` where I cannot vary.
    #[schema(required)]
    z: Option<f64>,
    /// Two-sided, of the normal distribution: an approximation.
    #[schema(required)]
    p: Option<f64>,
    /// Benjamini–Hochberg false discovery rate of `p` over the study area.
    #[schema(required)]
    q: Option<f64>,
    /// What the cell is beside its neighbours, where q is at most 0.05.
    #[schema(required)]
    cluster: Option<AssociationKind>,
}

said! {
    /// What is said of a cell after its name: the rest of [`MoranProperties`].
    Associated {
        count: u32 = "Number of reports, or people",
        local_moran: Option<f64> = "Number: local Moran's I; not there for a cell without neighbours",
        expected: Option<f64> = "Number: what I would be on average, where there is an I",
        variance: Option<f64> = "Number: the variance of I, where there is an I",
        z: Option<f64> = "Number: standard deviations of I from what is expected, where it can vary",
        p: Option<f64> = "Number: two-sided p of the normal distribution, where there is one",
        q: Option<f64> = "Number: false discovery rate of p, where there is one",
        cluster: Option<AssociationKind> = "String: high_high, low_low, high_low or low_high where q is at most 0.05",
    }
}

/// Many or few, among many or few.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssociationKind {
    HighHigh,
    LowLow,
    HighLow,
    LowHigh,
}

/// What belongs to local Moran's I so that it can be repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct MoranMembers {
    grid: GridKind,
    /// Side in metres; not for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    size_m: Option<f64>,
    /// Only for `h3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 7, maximum = 11)]
    resolution: Option<u8>,
    /// Name and version of the method.
    method: &'static str,
    statistic: MoranKind,
    /// What was counted.
    of: StatisticKind,
    /// What `p` is of: an approximation, poor for few and skewed counts.
    p_of: NormalKind,
    /// Version of the kommun.
    version: i64,
    /// Reports that answer the filters and are placed.
    total: u64,
    /// Always 0: nothing is held back from planners.
    suppressed: u64,
    /// Cells of the study area, empty ones too; a cell with neither reports nor a cluster is not among the features.
    cells: usize,
    /// Mean count of a cell.
    mean: f64,
    /// Population standard deviation.
    sd: f64,
    /// Steps to a neighbour.
    rings: u8,
    /// Only when there is too little to find anything in; no cell has a cluster then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
}

/// The statistic.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MoranKind {
    LocalMoran,
}

/// Where a p comes from.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum NormalKind {
    NormalApproximation,
}

impl Subject for MoranProperties {
    const FEATURE: &'static str = "LocalMoranFeature";
    type Geometry = Polygon;
}

impl Members for MoranMembers {
    const COLLECTION: &'static str = "LocalMoranMap";
}

impl AssociationKind {
    const fn as_str(&self) -> &'static str {
        match self {
            Self::HighHigh => "high_high",
            Self::LowLow => "low_low",
            Self::HighLow => "high_low",
            Self::LowHigh => "low_high",
        }
    }
}

impl Tag for AssociationKind {
    fn tag(&self, layer: &mut Layer) -> Option<Value> {
        Some(layer.text(self.as_str()))
    }
}

impl From<Association> for AssociationKind {
    fn from(association: Association) -> Self {
        match association {
            Association::HighHigh => Self::HighHigh,
            Association::LowLow => Self::LowLow,
            Association::HighLow => Self::HighLow,
            Association::LowHigh => Self::LowHigh,
        }
    }
}

/// How local Moran's I is asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct MoranQuestion {
    pub(super) grid: Grid,
    pub(super) of: Statistic,
    pub(super) rings: u8,
}

impl MoranQuestion {
    /// The map as it is sent.
    pub(super) fn written(self, form: Form, pieces: &Pieces, part: &Part) -> Result<Vec<u8>, Problem> {
        let Self { grid, of, rings } = self;
        let failed = |error| super::study_problem(grid, &error);
        let study = Study::of(part, grid, of).map_err(failed)?;
        let found = study.associations(grid, rings).map_err(failed)?;
        let too_little = study.is_too_little();
        let said = |(at, cell): (usize, &_)| {
            let moran = found.moran[at];
            let associated = Associated {
                count: study.counts[at],
                local_moran: moran.map(|moran| moran.i),
                expected: moran.map(|moran| moran.expected),
                variance: moran.map(|moran| moran.variance),
                z: moran.and_then(|moran| moran.z),
                p: found.p[at],
                q: found.q[at],
                cluster: found.association[at].filter(|_| !too_little).map(AssociationKind::from),
            };
            (part.kommun.crs, *cell, associated)
        };
        let cells: Vec<Said<Associated>> =
            study.cells.iter().enumerate().map(said).filter(|(.., cell)| cell.count > 0 || cell.cluster.is_some()).collect();
        let (kind, size_m, resolution) = GridKind::of(grid);
        let members = MoranMembers {
            grid: kind,
            size_m,
            resolution,
            method: METHOD,
            statistic: MoranKind::LocalMoran,
            of: of.into(),
            p_of: NormalKind::NormalApproximation,
            version: part.snapshot.version(),
            total: study.total,
            suppressed: 0,
            cells: study.cells.len(),
            mean: found.mean,
            sd: found.sd,
            rings,
            message: too_little.then_some(TOO_LITTLE),
        };
        pieces.written(form, grid, members, &cells)
    }
}
