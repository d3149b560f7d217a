//! Parties, for those who look after them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Caller, JsonBody, Parameters, PathPart};
use super::form::Form;
use super::openapi::answers::{Asks, Finds, NeedsRight, TakesJson, Writes};
use super::openapi::bodies;
use super::openapi::parameters::IdPath;
use super::problem::{Kind, Problem, ProblemDocument};
use super::{Server, answer};
use crate::app::parties::{MUNICIPALITIES_MAX, NewParty, PartyPatch};
use crate::domain::ids::{MunicipalityCode, PartyId};
use crate::domain::invalid::Fault;
use crate::domain::party::{Extent, Party, PartyKind};
use crate::domain::permission::{self, Act, Role};

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_parties, create_party))
        .routes(routes!(patch_party, delete_party))
        .routes(routes!(list_roles))
}

/// Parties.
#[derive(Debug, Serialize, ToSchema)]
struct Parties {
    /// Each after the one above it.
    parties: Vec<PartyView>,
}

/// A party.
#[derive(Debug, Serialize, ToSchema)]
struct PartyView {
    /// Id.
    id: String,
    /// The party above; `null` for the root.
    #[schema(required)]
    parent: Option<String>,
    /// What it is.
    kind: &'static str,
    /// Its name.
    name: String,
    /// Where it works, by code; `null` is everywhere.
    #[schema(required)]
    municipalities: Option<Vec<String>>,
    /// Last day.
    #[schema(required, format = Date)]
    valid_until: Option<String>,
    /// How many people it has.
    people: i64,
}

impl PartyView {
    fn of(party: &Party, people: i64) -> Self {
        let municipalities = match &party.extent {
            Extent::Everywhere => None,
            Extent::In(codes) => Some(codes.iter().map(ToString::to_string).collect()),
        };
        Self {
            id: party.id.to_string(),
            parent: party.parent.map(|id| id.to_string()),
            kind: party.kind.as_str(),
            name: party.name.clone(),
            municipalities,
            valid_until: party.valid_until.map(|date| date.to_string()),
            people,
        }
    }
}

/// Lists the parties that the caller looks after.
#[utoipa::path(
    get, path = "/parties", tag = "people",
    responses((status = 200, description = "The caller's parties.", body = Parties), Asks, NeedsRight),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_parties(State(server): State<Server>, caller: Caller, parameters: Parameters) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let administered = server.app.administered(&actor).await?;
    let people: BTreeMap<PartyId, i64> = server.app.people_by_party().await?;
    let view = |id: &PartyId| administered.party(*id).map(|party| PartyView::of(party, people.get(id).copied().unwrap_or(0)));
    Ok(answer::private_json(&Parties { parties: administered.own.iter().filter_map(view).collect() }))
}

fn municipality(text: &str) -> Result<MunicipalityCode, Fault> {
    MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality)
}

/// Adds a party.
#[utoipa::path(
    post, path = "/parties", tag = "people",
    request_body(content = bodies::NewParty),
    responses(
        (status = 201, description = "Added.", body = PartyView),
        (status = 200, description = "Was there already, the same.", body = PartyView),
        (status = 409, description = "The id is another's (`/problems/id-reused`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsRight, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn create_party(
    State(server): State<Server>,
    caller: Caller,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let id = form.required("id", |form| form.parsed("id", PartyId::from_client));
    let parent = form.required("parent", |form| form.parsed("parent", |text| PartyId::parse(text).ok_or(Fault::UnknownParty)));
    let kind = form.required("kind", |form| form.code("kind", PartyKind::ALL, PartyKind::as_str));
    let name = form.required("name", |form| form.name("name"));
    let municipalities = form.texts("municipalities", MUNICIPALITIES_MAX, municipality);
    let valid_until = form.date("valid_until");
    let read = match (id, parent, kind, name) {
        (Some(id), Some(parent), Some(kind), Some(name)) => Some(NewParty { id, parent, kind, name, municipalities, valid_until }),
        _ => None,
    };
    let (party, new) = server.app.add_party(&actor, form.finish(read)?).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, answer::private_json(&PartyView::of(&party, 0))).into_response())
}

/// Changes a party.
///
/// Where it works and its term are for those above it to change.
#[utoipa::path(
    patch, path = "/parties/{id}", tag = "people",
    params(IdPath),
    request_body(content = bodies::PartyPatch),
    responses(
        (status = 200, description = "As it is now.", body = PartyView),
        (status = 409, description = "A party below it works where it would not (`/problems/in-use`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsRight, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn patch_party(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let id = PartyId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let mut form = Form::new(body)?;
    let name = form.name("name");
    let municipalities = form.texts("municipalities", MUNICIPALITIES_MAX, municipality);
    let given = form.given("valid_until");
    let valid_until = form.date("valid_until");
    let patch = form.finish(Some(PartyPatch { name, municipalities, valid_until: given.then_some(valid_until) }))?;
    let party = server.app.change_party(&actor, id, patch).await?;
    let people = server.app.people_by_party().await?.get(&id).copied().unwrap_or(0);
    Ok(answer::private_json(&PartyView::of(&party, people)))
}

/// Removes a party.
#[utoipa::path(
    delete, path = "/parties/{id}", tag = "people",
    params(IdPath),
    responses(
        (status = 204, description = "Removed."),
        (status = 409, description = "It has people, or parties below it (`/problems/in-use`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, NeedsRight, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn delete_party(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let id = PartyId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    server.app.remove_party(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The roles there are.
#[derive(Debug, Serialize, ToSchema)]
struct Roles {
    /// In the order of the permission table.
    roles: Vec<RoleView>,
}

/// A role.
#[derive(Debug, Serialize, ToSchema)]
struct RoleView {
    /// Code.
    role: &'static str,
    /// The kinds of party whose people may have it.
    parties: Vec<&'static str>,
    /// What it may do.
    acts: Vec<&'static str>,
    /// The secrecy classes it reads.
    reads: Vec<&'static str>,
    /// Whether it is given for a term.
    needs_term: bool,
}

/// Lists the roles.
///
/// The permission table: which role fits which kind of party, and what it may do.
#[utoipa::path(
    get, path = "/roles", tag = "people",
    responses((status = 200, description = "Every role.", body = Roles), Asks),
)]
async fn list_roles(parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let view = |role: &Role| RoleView {
        role: role.as_str(),
        parties: PartyKind::ALL.iter().filter(|kind| kind.roles().contains(role)).map(|kind| kind.as_str()).collect(),
        acts: Act::ALL.iter().filter(|act| permission::allows(*role, **act)).map(|act| act.as_str()).collect(),
        reads: permission::READS.iter().filter(|(_, roles)| roles.contains(role)).map(|(class, _)| class.as_str()).collect(),
        needs_term: *role == Role::Guest,
    };
    Ok(answer::public_json(&Roles { roles: Role::ALL.iter().map(view).collect() }))
}
