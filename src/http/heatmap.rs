//! The heatmap and the numbers beside it: live and exact with the right, the frozen release for everybody else.

mod cells;
mod change;
mod density;
mod documents;
mod features;
mod hotspots;
mod moran;
mod public;
mod question;
mod rates;
mod tile;

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sha2::{Digest, Sha256};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::cells::too_many_cells;
use self::documents::{ColumnHeatmap, Heatmaps, LiveMembers, Summary};
use self::features::{Said, said};
use self::public::public_heatmap;
use self::question::only;
use super::bodies::Audience;
use super::extract::{Caller, Parameters};
use super::form::one_of;
use super::openapi::answers::{Asks, Knows, NeedsRight, Reads};
use super::openapi::parameters::{GridParameters, IfNoneMatch, ReportFilters};
use super::problem::{Kind, Problem, ProblemDocument};
use super::query::{bbox, one_kommun, polygon, report_query, within};
use super::{Server, csv::wants_csv};
use crate::analysis::density::{DensityError, MAX_EVENTS};
use crate::analysis::heatmap::{Heatmap, Statistic, heatmap};
use crate::analysis::scan::{self, ScanError};
use crate::app::hotspots::{STUDY_MAX, StudyError};
use crate::app::keys::hex;
use crate::app::query::Part;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;
use crate::geo::grid::{Grid, Window};

/// Name and version of the live count.
const LIVE_METHOD: &str = "lykta-count/1";

pub(super) use self::cells::{CELLS_MAX, DEFAULT_GRID, bounded, grid};
pub(super) use self::change::name as against_name;
pub(super) use self::documents::{GridKind, StatisticKind};
pub(super) use self::features::{Form, Pieces, Values};

pub(super) use self::hotspots::{PERMUTATIONS_MOST, RINGS, Studies, TOO_LITTLE};
pub(super) use self::public::{PublicQuestion, Published, cells as public_cells, public_question, release_etag, summed};
pub(super) use self::question::{Asked, LiveQuestion};
pub(super) use self::rates::{DEFAULT_PER, EbKind, NO_POPULATION, PER, only_kilometres};
pub(super) use self::tile::{HEATMAP, MVT};

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_heatmap)).routes(routes!(get_summary))
}

/// Counts per cell.
///
/// With the right: live and exact, under every filter, up to 50,000 cells. For everybody else, or with `public=true`: the sum of the kommun's releases, in squares of
/// 250, 500 or 1000 m, with at most one `group`, `feeling`, and `from`/`to` on whole quarters. `bbox` gives whole frozen cells. Any
/// other question is refused, whatever its answer would be. `statistic=gi_star` finds hotspots over a kommun, or over the part of it that the filters name, and
/// as `text/csv` gives every cell of the study area; `statistic=local_moran` tells clusters from outliers; `statistic=rate` counts per inhabitant of squares of 1 km; `statistic=density` smooths over squares, or draws `bands`;
/// `statistic=change` compares `from`/`to` with `before_from`/`before_to`. Before the first release, and of a time
/// without one: no cells, `release: null` and a `message`. `Accept: application/vnd.lykta.columns+json` gives the same without polygons, a list
/// for each property.
#[utoipa::path(
    get, path = "/heatmap", tag = "heatmap",
    params(GridParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "Cells with what was counted in them.", content((Heatmaps = "application/geo+json"), (ColumnHeatmap = "application/vnd.lykta.columns+json"), (String = "text/csv")), headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        (status = 403, description = "Only the frozen release is public (`/problems/not-public`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Knows, Reads,
    ),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_heatmap(
    State(server): State<Server>,
    Caller(actor): Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let form = Form::wanted(&headers);
    let grid = grid(&mut parameters);
    let statistic = Asked::take(&mut parameters);
    let view = parameters.parsed("view", bbox);
    let mut query = report_query(&mut parameters);
    // The public map asks for what everybody sees, whoever is logged in beside it.
    let public = parameters.parsed("public", |text| one_of(text, &[true], |_| "true")).is_some();
    if public || !actor.sees_live(query.municipality) {
        let drawn = parameters.take("polygon").is_some();
        parameters.finish()?;
        query.bbox = query.bbox.or(view);
        let question = public_question(grid, statistic, drawn, &query);
        return public_heatmap(&server, &headers, form, question, &query).await;
    }
    query.polygon = polygon(&mut parameters).await;
    let question = LiveQuestion::take(&mut parameters, grid, statistic, &query).of_collection(&mut parameters, view);
    parameters.finish()?;
    let parts = server.app.resolve(&actor, Act::SeeLive, &query)?;
    let etag = live_etag(&parts, &uri);
    let (bodies, name) = (Arc::clone(&server.bodies), etag.clone());
    let answer = async |etag, kind, make: Making| bodies.answer(&headers, Audience::Caller, etag, kind, make).await;
    // Counting a large kommun takes milliseconds of pure computing, which does not happen on the threads that serve everybody else.
    if let LiveQuestion::GiStar(hotspots) = question
        && wants_csv(&headers)
    {
        let table = move || {
            let part = only(&parts)?;
            hotspots.csv(part, &hotspots.known(&server.studies, &name, part)?)
        };
        return answer(format!("{etag}-csv"), "text/csv; charset=utf-8", Box::new(table)).await;
    }
    let form = question.form(form);
    answer(form.tag(&etag), form.kind(), Box::new(move || question.written(form, &server, &name, &parts, view))).await
}

/// What makes an answer.
type Making = Box<dyn FnOnce() -> Result<Vec<u8>, Problem> + Send>;

/// Parameters that only make sense beside another one are faults without it.
fn only_with(parameters: &mut Parameters, names: &[&str], asked: bool, other: &'static str) {
    for name in names.iter().filter(|_| !asked) {
        if parameters.take(name).is_some() {
            parameters.fault(name, Fault::Needs(other));
        }
    }
}

/// What a study area can be too large for; the other faults cannot come of what a caller may ask.
pub(super) fn study_problem(grid: Grid, error: &StudyError) -> Problem {
    match error {
        StudyError::TooManyCells | StudyError::Neighbours(_) => too_many_cells(grid, STUDY_MAX),
        StudyError::Scan(ScanError::Cells(_)) => too_many_cells(grid, scan::MAX_CELLS),
        StudyError::Scan(ScanError::Cases(_)) => {
            Problem::parameters(vec![FieldFault::at("?from", Fault::TooManyReports(scan::MAX_CASES as usize))])
        }
        StudyError::Period { earlier } => {
            Problem::parameters(vec![FieldFault::at(if *earlier { "?before_to" } else { "?to" }, Fault::PeriodTooShort)])
        }
        StudyError::Density(DensityError::Work(_)) => Problem::parameters(vec![FieldFault::at("?bandwidth_m", Fault::TooMuchWork)]),
        StudyError::Density(DensityError::Events(_)) => {
            Problem::parameters(vec![FieldFault::at("?from", Fault::TooManyReports(MAX_EVENTS))])
        }
        StudyError::Scan(ScanError::Work) => Problem::parameters(vec![FieldFault::at("?permutations", Fault::TooMuchWork)]),
        StudyError::Scan(_)
        | StudyError::Rates(_)
        | StudyError::Counts(_)
        | StudyError::Hotspots(_)
        | StudyError::Density(_)
        | StudyError::Change(_) => {
            tracing::error!(%error, "a study failed");
            Problem::new(Kind::Internal)
        }
    }
}

/// What hotspots and densities may be of.
pub(super) const COUNTED: [Statistic; 2] = [Statistic::Reporters, Statistic::Count];

/// A name for what kommuner are asked, and the versions of them that answer.
pub(super) fn live_etag(parts: &[Part], uri: &axum::http::Uri) -> String {
    let query = hex(&Sha256::digest(uri.query().unwrap_or_default().as_bytes())[..8]);
    format!("{}-{query}", versions(parts))
}

/// What the indexes of some kommuner are at.
pub(super) fn versions(parts: &[Part]) -> String {
    // With what may be read there: two who ask the same may not see the same.
    let named = |part: &Part| format!("{}.{}.{}", part.kommun.municipality.code, part.snapshot.version(), part.readable.number());
    let versions: Vec<String> = parts.iter().map(named).collect();
    if versions.len() <= 4 { versions.join("-") } else { hex(&Sha256::digest(versions.join("-").as_bytes())[..16]) }
}

fn live_heatmap(
    form: Form,
    pieces: &Pieces,
    parts: &[Part],
    grid: Grid,
    statistic: Statistic,
    view: Option<[f64; 4]>,
) -> Result<Vec<u8>, Problem> {
    let (cells, total) = live_cells(parts, grid, statistic, view);
    let (kind, size_m, resolution) = GridKind::of(grid);
    let (statistic, version) = (statistic.into(), parts.iter().map(|part| part.snapshot.version()).sum());
    let members = LiveMembers { grid: kind, size_m, resolution, method: LIVE_METHOD, statistic, version, total, suppressed: 0 };
    pieces.written(form, grid, members, &cells)
}

/// Cells with reports in them, and the number of reports; with a view, only the cells that meet it, and perhaps a few beside it.
fn live_cells(parts: &[Part], grid: Grid, statistic: Statistic, view: Option<[f64; 4]>) -> (Vec<Said<Counted>>, u64) {
    let mut cells: Vec<Said<Counted>> = Vec::new();
    let mut total = 0;
    for part in parts {
        let crs = part.kommun.crs;
        let window = view.map(|bbox| Window::new(grid, crs, bbox));
        let Heatmap { cells: counted, total: of_part } = heatmap(&part.snapshot, grid, statistic, &part.filter, window.as_ref());
        total += of_part;
        cells.extend(counted.into_iter().map(|(cell, count)| (crs, cell, Counted { count })));
    }
    if parts.len() > 1 {
        // A cell on a border holds reports of two kommuner; people are counted within each, since tokens say nothing across.
        cells.sort_by_key(|(crs, cell, _)| (crs.epsg(), *cell));
        cells.dedup_by(|next, cell| {
            let same = (next.0, next.1) == (cell.0, cell.1);
            cell.2.count += if same { next.2.count } else { 0 };
            same
        });
    }
    (cells, total)
}

said! {
    /// What is said of a cell with reports in it.
    Counted {
        count: u32 = "Number of reports, or people",
    }
}

/// The numbers beside the map.
///
/// How many reports answer the filters, by hour, weekday, month, category and everything else one may filter by. `municipality` is needed.
#[utoipa::path(
    get, path = "/summary", tag = "heatmap",
    params(ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "The numbers.", body = Summary, headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, NeedsRight,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_summary(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: axum::http::Uri,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let part = one_kommun(&server, &caller.who_may(Act::SeeLive)?, parameters).await?;
    let etag = format!("summary-{}", live_etag(std::slice::from_ref(&part), &uri));
    let make = move || serde_json::to_vec(&Summary::of(&part)).map_err(|_| Problem::new(Kind::Internal));
    server.bodies.answer(&headers, Audience::Caller, etag, "application/json", make).await
}
