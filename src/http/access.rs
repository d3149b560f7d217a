//! Who looked at which reports, for those who look after people.

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Caller, Parameters};
use super::openapi::answers::{Asks, NeedsRight, Reads};
use super::openapi::codes;
use super::openapi::parameters::AccessParameters;
use super::problem::{Kind, Problem};
use super::query::next_link;
use super::{Server, answer};
use crate::app::access::Access;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;
use crate::domain::permission::Act;

/// Looks on a page unless asked otherwise, and at most.
pub(super) const PAGE: (usize, usize) = (100, 1_000);

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(list_accesses))
}

/// A page of looks.
#[derive(Debug, Serialize, ToSchema)]
struct AccessLog {
    /// The newest first.
    accesses: Vec<AccessItem>,
    /// The next page.
    #[schema(required)]
    next: Option<String>,
}

/// That somebody looked at reports.
#[derive(Debug, Serialize, ToSchema)]
struct AccessItem {
    /// In the column `export` of a CSV file that was taken home.
    #[schema(format = Uuid)]
    id: String,
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// Who: `person:` and an id, or `operator`.
    actor: String,
    #[schema(value_type = codes::Look)]
    look: &'static str,
    /// At which, where it was one.
    #[schema(required, format = Uuid)]
    report: Option<String>,
    /// At how many; of places on a map, at least one.
    #[schema(minimum = 1)]
    reports: i64,
    /// Whether it was the 200th look or a later one within an hour.
    many: bool,
}

impl AccessItem {
    fn of(access: &Access) -> Self {
        Self {
            id: access.id.to_string(),
            at: access.at.to_string(),
            actor: access.actor.clone(),
            look: access.look.as_str(),
            report: access.report.map(|id| id.to_string()),
            reports: access.reports,
            many: access.many,
        }
    }
}

/// Lists who looked at which reports.
///
/// Of a kommun, newest first: each look at one report, a list, the moderators' queue or a file taken home, and once an hour that a map program was given exact
/// places. With `many=true` only what was one of 200 looks or more of one person within an hour.
#[utoipa::path(
    get, path = "/access", tag = "people",
    params(AccessParameters),
    responses((status = 200, description = "A page of looks.", body = AccessLog), Asks, NeedsRight, Reads),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_accesses(
    State(server): State<Server>,
    caller: Caller,
    uri: axum::http::Uri,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::Audit)?;
    let code = parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality));
    let many = parameters.parsed("many", |text| text.parse::<bool>().map_err(|_| Fault::Unreadable)).unwrap_or(false);
    let limit = parameters.parsed("limit", |text| match text.parse::<usize>() {
        Ok(limit) if (1..=PAGE.1).contains(&limit) => Ok(limit),
        _ => Err(Fault::OutOfRange(1.0, PAGE.1 as f64)),
    });
    let after = parameters.parsed("after", |text| {
        let (at, id) = text.split_once('_').ok_or(Fault::Unreadable)?;
        Ok::<_, Fault>((at.parse::<i64>().map_err(|_| Fault::Unreadable)?, Uuid::try_parse(id).map_err(|_| Fault::Unreadable)?))
    });
    if code.is_none() && !parameters.is_faulty("municipality") {
        parameters.fault("municipality", Fault::Missing);
    }
    parameters.finish()?;
    let code = code.ok_or_else(|| Problem::new(Kind::NotFound))?;
    let page = server.app.accesses(&actor, code, after, many, limit.unwrap_or(PAGE.0)).await?;
    let next = page.next.map(|(at, id)| next_link(&uri, &format!("{at}_{}", id.simple())));
    Ok(answer::private_json(&AccessLog { accesses: page.accesses.iter().map(AccessItem::of).collect(), next }))
}
