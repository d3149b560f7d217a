//! Clusters of reports as they are asked for and written.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use geo_types::Polygon as Hull;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Server;
use super::bodies::Audience;
use super::extract::{Caller, Parameters};
use super::geojson::{Enclosure, Feature, FeatureCollection, LineString, Members, Point, Polygon, Subject, rounded};
use super::heatmap::{CELLS_MAX, live_etag};
use super::municipalities::Bilingual;
use super::openapi::answers::{Asks, NeedsRight};
use super::openapi::parameters::{ClusterParameters, IfNoneMatch, ReportFilters};
use super::problem::{Kind, Problem};
use super::query::{decimal, one_kommun, within};
use crate::analysis::clusters::{EPS_M, MAX_MIN_POINTS, METHOD, Parameters as ClusterQuestion};
use crate::app::clusters::{ClusterMap, ClustersError, FoundCluster, REPORTS_MAX};
use crate::app::query::Part;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;
use crate::geo::sweref::MetricCrs;

/// A hull less wide than this is a line, and a line less long a point: more than seven decimals tell.
const LEAST_M: f64 = 0.05;

type Clusters = FeatureCollection<ClusterProperties, ClusterMembers>;

/// One cluster.
#[derive(Debug, Serialize, ToSchema)]
struct ClusterProperties {
    /// From 1, by people, then by reports.
    cluster: usize,
    /// Its reports.
    points: usize,
    /// Those with at least `min_points` reports within `eps_m`.
    core: usize,
    /// The distinct people behind its reports.
    reporters: usize,
    /// The mean of its reports: longitude, latitude.
    #[schema(value_type = Vec<f64>, min_items = 2, max_items = 2)]
    centre: [f64; 2],
}

/// What belongs to clusters so that they can be repeated.
#[derive(Debug, Serialize, ToSchema)]
struct ClusterMembers {
    /// Name and version of the method.
    method: &'static str,
    /// Version of the kommun.
    version: i64,
    /// Metres to a neighbour.
    eps_m: f64,
    /// Neighbours of a core, itself counted.
    min_points: u32,
    /// Reports that answer the filters and are placed.
    total: usize,
    /// Those in no cluster.
    noise: usize,
    /// Only when there is no cluster.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    message: Option<Bilingual<'static>>,
}

impl Subject for ClusterProperties {
    const FEATURE: &'static str = "ClusterFeature";
    type Geometry = Enclosure;
}

impl Members for ClusterMembers {
    const COLLECTION: &'static str = "ClusterMap";
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(get_clusters))
}

/// Clusters of reports that lie close together.
///
/// DBSCAN over one kommun's placed reports under every filter, at most 500,000 of them: for each cluster the convex hull of its reports. It
/// describes and tests nothing: there are clusters in pure chance too.
#[utoipa::path(
    get, path = "/clusters", tag = "heatmap",
    params(ClusterParameters, ReportFilters, IfNoneMatch),
    responses(
        (status = 200, description = "Hulls, those of most people first.", body = Clusters, content_type = "application/geo+json", headers(("ETag" = String))),
        (status = 304, description = "As the `ETag` one has."),
        Asks, NeedsRight,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn get_clusters(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    uri: Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::SeeLive)?;
    let default = ClusterQuestion::default();
    let question = ClusterQuestion {
        eps_m: parameters.parsed("eps_m", |text| decimal(text, EPS_M.0, EPS_M.1)).unwrap_or(default.eps_m),
        min_points: parameters.parsed("min_points", |text| within(text, 1, MAX_MIN_POINTS)).unwrap_or(default.min_points),
    };
    let part = one_kommun(&server, &actor, parameters).await?;
    let etag = format!("clusters-{}", live_etag(std::slice::from_ref(&part), &uri));
    server.bodies.answer(&headers, Audience::Caller, etag, "application/geo+json", move || written(&part, question)).await
}

fn written(part: &Part, question: ClusterQuestion) -> Result<Vec<u8>, Problem> {
    let found = ClusterMap::of(part, &question).map_err(|error| match error {
        ClustersError::TooMany => Problem::parameters(vec![FieldFault::at("?from", Fault::TooManyReports(REPORTS_MAX))]),
        ClustersError::Clusters(error) => {
            tracing::error!(%error, "reports could not be clustered");
            Problem::new(Kind::Internal)
        }
    })?;
    if found.clusters.len() > CELLS_MAX {
        return Err(Problem::parameters(vec![FieldFault::at("?min_points", Fault::TooMany(CELLS_MAX))]));
    }
    let crs = part.kommun.crs;
    let features: Vec<_> = found.clusters.iter().enumerate().filter_map(|(at, found)| feature(at + 1, found, crs)).collect();
    let members = ClusterMembers {
        method: METHOD,
        version: part.snapshot.version(),
        eps_m: question.eps_m,
        min_points: question.min_points,
        total: found.total,
        noise: found.noise,
        message: features.is_empty().then_some(NONE),
    };
    serde_json::to_vec(&Clusters::new(members, features)).map_err(|_| Problem::new(Kind::Internal))
}

/// A cluster as a Feature in degrees; `None` for one beyond the projection.
fn feature(number: usize, FoundCluster { cluster, reporters }: &FoundCluster, crs: MetricCrs) -> Option<Feature<ClusterProperties>> {
    let degrees = |[x, y]: [f64; 2]| crs.inverse(x, y).map(|(lon, lat)| [lon, lat]);
    let centre = rounded(degrees(cluster.centroid)?);
    let geometry = match shape(&cluster.hull) {
        Shape::Area(ring) => Enclosure::Polygon(Polygon::new(ring.into_iter().map(degrees).collect::<Option<_>>()?)),
        Shape::Line(ends) => Enclosure::Line(LineString::new(ends.into_iter().map(degrees).collect::<Option<_>>()?)),
        Shape::Spot => Enclosure::Point(Point::new(centre[0], centre[1])),
    };
    let properties = ClusterProperties { cluster: number, points: cluster.points, core: cluster.core, reporters: *reporters, centre };
    Some(Feature::new(format!("cluster-{number}"), geometry, properties))
}

/// What a hull is, metres.
#[derive(Debug, PartialEq)]
enum Shape {
    Area(Vec<[f64; 2]>),
    Line([[f64; 2]; 2]),
    Spot,
}

fn shape(hull: &Hull<f64>) -> Shape {
    let ring: Vec<[f64; 2]> = hull.exterior().coords().map(|at| [at.x, at.y]).collect();
    let by_place = |a: &&[f64; 2], b: &&[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    let (Some(&first), Some(&last)) = (ring.iter().min_by(by_place), ring.iter().max_by(by_place)) else { return Shape::Spot };
    let (mut around, mut doubled) = (0.0, 0.0);
    for pair in ring.windows(2) {
        let [a, b] = [pair[0], pair[1]].map(|at| [at[0] - first[0], at[1] - first[1]]);
        around += (b[0] - a[0]).hypot(b[1] - a[1]);
        doubled += a[0] * b[1] - b[0] * a[1];
    }
    // Of a thin hull the way around is twice its length, and its area half of that times its width.
    if around < 2.0 * LEAST_M {
        Shape::Spot
    } else if doubled.abs() < around * LEAST_M {
        Shape::Line([first, last])
    } else {
        Shape::Area(ring)
    }
}

/// Said where no reports lie close enough together.
const NONE: Bilingual<'static> = Bilingual {
    sv: "Inga kluster: ingenstans ligger så många rapporter så nära varandra. Välj ett större avstånd, ett lägre antal eller fler rapporter.",
    en: "No clusters: nowhere do so many reports lie so close together. Choose a greater distance, a lower number or more reports.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hull_without_an_area_is_a_line_or_a_spot() {
        let of = |ring: &[[f64; 2]]| shape(&Hull::new(ring.to_vec().into(), vec![]));
        let square = [[5.0e5, 6.2e6], [5.0e5 + 9.0, 6.2e6], [5.0e5 + 9.0, 6.2e6 + 9.0], [5.0e5, 6.2e6]];
        assert_eq!(of(&square), Shape::Area(square.to_vec()));
        let (from, to) = ([5.0e5, 6.2e6], [5.0e5 + 30.0, 6.2e6 + 40.0]);
        assert_eq!(of(&[to, from, to]), Shape::Line([from, to]));
        assert_eq!(of(&[from, [5.0e5 + 15.0, 6.2e6 + 20.01], to, from]), Shape::Line([from, to]));
        assert_eq!((of(&[from, from, from]), of(&[])), (Shape::Spot, Shape::Spot));
        // North and south of each other.
        let above = [5.0e5, 6.2e6 + 7.0];
        assert_eq!(of(&[above, from, above]), Shape::Line([from, above]));
    }
}
