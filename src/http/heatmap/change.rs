//! The change between two periods, as it is asked for and written.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::documents::{GridKind, StatisticKind};
use super::features::{Form, Pieces, Said, said};
use crate::analysis::change::{Against, Change, METHOD};
use crate::analysis::heatmap::Statistic;
use crate::app::hotspots::ChangeMap;
use crate::app::query::{Part, ReportQuery};
use crate::domain::invalid::Fault;
use crate::geo::grid::Grid;
use crate::http::extract::Parameters;
use crate::http::geojson::{FeatureCollection, Members, Polygon, Subject};
use crate::http::municipalities::Bilingual;
use crate::http::problem::Problem;
use crate::http::query::instant;

/// What planners see of a change.
pub(super) type ChangeCells = FeatureCollection<ChangeProperties, ChangeMembers>;

/// One period may be so many times as long as the other.
const MOST_APART: f64 = 100.0;

/// One cell of a change.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeProperties {
    /// Its id.
    cell: String,
    /// Reports, or people, of the earlier period.
    before: u32,
    /// Of the later one.
    after: u32,
    /// The later rate over the earlier; `null` where the earlier is 0.
    #[schema(required)]
    ratio: Option<f64>,
    /// The exact 95 % limits of the ratio; `null` where there is nothing to hold it against.
    #[schema(required)]
    low: Option<f64>,
    /// `null` where the earlier rate is 0.
    #[schema(required)]
    high: Option<f64>,
    /// Two-sided, exact.
    #[schema(required)]
    p: Option<f64>,
    /// Benjamini–Hochberg false discovery rate of `p`.
    #[schema(required)]
    q: Option<f64>,
}

said! {
    /// What is said of a cell after its name: the rest of [`ChangeProperties`].
    Compared {
        before: u32 = "Number of reports, or people, of the earlier period",
        after: u32 = "Number of reports, or people, of the later period",
        ratio: Option<f64> = "Number: the later rate over the earlier; not there where the earlier is 0",
        low: Option<f64> = "Number: the lower 95 % limit of the ratio, where there is one",
        high: Option<f64> = "Number: the upper 95 % limit of the ratio, where there is one",
        p: Option<f64> = "Number: two-sided exact p, where there is one",
        q: Option<f64> = "Number: false discovery rate of p, where there is one",
    }
}

/// What belongs to a change so that it can be repeated.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangeMembers {
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
    statistic: ChangeKind,
    /// What was counted.
    of: StatisticKind,
    /// What each cell is held against: itself before, or the change of all cells together.
    against: AgainstKind,
    /// Version of the kommun.
    version: i64,
    /// Reports of the later period.
    total: u64,
    /// Reports of the earlier period.
    total_before: u64,
    /// Always 0: nothing is held back from planners.
    suppressed: u64,
    /// What was counted of the later period: what lies between the kommun's first and last report; `null` where that is nothing.
    #[schema(required)]
    counted: Option<CountedSpan>,
    /// The same of the earlier period.
    #[schema(required)]
    counted_before: Option<CountedSpan>,
    /// Days of `counted` with the weekdays and months that are asked for.
    days: f64,
    /// Days of `counted_before` with the weekdays and months that are asked for.
    days_before: f64,
    /// Only when one of the periods has no day to count; there are no cells then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
    /// The change of all cells together; `null` without a report.
    #[schema(required)]
    all: Option<Overall>,
}

/// What was counted of a period, half-open.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CountedSpan {
    #[schema(value_type = String, format = DateTime)]
    from: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    to: Timestamp,
}

impl CountedSpan {
    fn of((from, to): (i64, i64)) -> Option<Self> {
        let at = |moment| Timestamp::from_microsecond(moment).ok();
        (from < to).then_some(()).and(at(from).zip(at(to))).map(|(from, to)| Self { from, to })
    }
}

const NO_DAY: Bilingual<'static> = Bilingual {
    sv: "Det finns inget att jämföra med: i den ena perioden kunde ännu ingen rapportera, eller så har den ingen av de valda dagarna. Välj en annan period.",
    en: "There is nothing to compare with: in one of the periods nobody could report yet, or it has none of the chosen days. Choose another period.",
};

/// A ratio of two rates.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Overall {
    #[schema(required)]
    ratio: Option<f64>,
    low: f64,
    #[schema(required)]
    high: Option<f64>,
    p: f64,
}

/// The statistic.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum ChangeKind {
    Change,
}

/// What a change is held against.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum AgainstKind {
    Before,
    Total,
}

impl Subject for ChangeProperties {
    const FEATURE: &'static str = "ChangeFeature";
    type Geometry = Polygon;
}

impl Members for ChangeMembers {
    const COLLECTION: &'static str = "ChangeMap";
}

/// How a change is asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) struct ChangeQuestion {
    pub(super) grid: Grid,
    of: Statistic,
    against: Against,
    /// Microseconds UTC, half-open.
    before: (i64, i64),
    after: (i64, i64),
}

impl ChangeQuestion {
    /// Takes the parameters of changes; each is a fault where no change is asked for, and all four moments are needed where one is.
    pub(super) fn take(parameters: &mut Parameters, grid: Grid, of: Statistic, query: &ReportQuery, asked: bool) -> Self {
        super::only_with(parameters, &["before_from", "before_to", "against"], asked, "statistic=change");
        let against = |text: &str| super::one_of(text, &[Against::Before, Against::Total], name);
        let against = parameters.parsed("against", against).unwrap_or(Against::Before);
        let bounds = [
            ("before_from", parameters.parsed("before_from", instant)),
            ("before_to", parameters.parsed("before_to", instant)),
            ("from", query.from),
            ("to", query.to),
        ];
        let [before_from, before_to, from, to] = bounds.map(|(name, moment)| {
            if asked && moment.is_none() {
                parameters.fault(name, Fault::Missing);
            }
            moment.unwrap_or_default()
        });
        let question = Self { grid, of, against, before: (before_from, before_to), after: (from, to) };
        if asked && bounds.iter().all(|(_, moment)| moment.is_some()) {
            let days = |(from, to): (i64, i64)| to as f64 - from as f64;
            let (days_before, days) = (days(question.before), days(question.after));
            for (name, days, other) in [("before_to", days_before, days), ("to", days, days_before)] {
                if days <= 0.0 {
                    parameters.fault(name, Fault::Unreadable);
                } else if days * MOST_APART < other {
                    parameters.fault(name, Fault::PeriodTooShort);
                }
            }
        }
        question
    }

    /// The map.
    pub(super) fn written(self, form: Form, pieces: &Pieces, part: &Part) -> Result<Vec<u8>, Problem> {
        let map =
            ChangeMap::of(part, self.grid, self.of, self.before, self.against).map_err(|error| super::study_problem(self.grid, &error))?;
        let said = |(at, cell): (usize, &_)| {
            let change = map.changes.cells[at];
            let compared = Compared {
                before: map.before[at],
                after: map.after[at],
                ratio: change.and_then(|change| change.ratio),
                low: change.map(|change| change.low),
                high: change.and_then(|change| change.high),
                p: change.map(|change| change.p),
                q: map.changes.q[at],
            };
            (part.kommun.crs, *cell, compared)
        };
        let cells: Vec<Said<Compared>> = map.cells.iter().enumerate().map(said).collect();
        let (grid, size_m, resolution) = GridKind::of(self.grid);
        let [(span_before, days_before), (span, days)] = [0, 1].map(|one| (map.spans[one], map.days[one]));
        let members = ChangeMembers {
            grid,
            size_m,
            resolution,
            method: METHOD,
            statistic: ChangeKind::Change,
            of: self.of.into(),
            against: match self.against {
                Against::Before => AgainstKind::Before,
                Against::Total => AgainstKind::Total,
            },
            version: part.snapshot.version(),
            total: map.totals.1,
            total_before: map.totals.0,
            suppressed: 0,
            counted: CountedSpan::of(span),
            counted_before: CountedSpan::of(span_before),
            days,
            days_before,
            message: (days <= 0.0 || days_before <= 0.0).then_some(NO_DAY),
            all: map.changes.total.map(|Change { ratio, low, high, p }| Overall { ratio, low, high, p }),
        };
        pieces.written(form, self.grid, members, &cells)
    }
}

/// The code in the API.
pub(in crate::http) const fn name(against: Against) -> &'static str {
    match against {
        Against::Before => "before",
        Against::Total => "total",
    }
}
