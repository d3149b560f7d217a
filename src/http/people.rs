//! People with an account, for those who look after them.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
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
use super::session::PartyName;
use super::{Server, address, answer};
use crate::app::directory::{Administered, Assignment};
use crate::app::people::{ASSIGNMENTS_MAX, Invitation, NewPerson, Person, PersonPatch};
use crate::domain::ids::{PartyId, PersonId};
use crate::domain::invalid::Fault;
use crate::domain::permission::{Act, Role};
use crate::domain::person;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_people, create_person))
        .routes(routes!(patch_person, delete_person))
        .routes(routes!(invite_person_again))
}

/// People.
#[derive(Debug, Serialize, ToSchema)]
struct People {
    /// By name.
    people: Vec<PersonItem>,
}

/// A person with an account.
#[derive(Debug, Serialize, ToSchema)]
struct PersonItem {
    /// Id.
    id: String,
    /// E-mail address.
    login: String,
    /// Name.
    name: String,
    /// `invited`, `active` or `closed`.
    state: &'static str,
    /// What they are for the caller's parties.
    assignments: Vec<AssignmentView>,
    /// Day of the last log-in.
    #[schema(required, format = Date)]
    last_seen: Option<String>,
}

/// What somebody is, for whom.
#[derive(Debug, Serialize, ToSchema)]
struct AssignmentView {
    /// For whom.
    party: PartyName,
    /// Code.
    role: &'static str,
    /// Last day.
    #[schema(required, format = Date)]
    until: Option<String>,
}

/// A one-time link.
#[derive(Debug, Serialize, ToSchema)]
struct Link {
    /// To be handed over; told this once.
    link: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A person who was just invited.
#[derive(Debug, Serialize, ToSchema)]
struct InvitedPerson {
    #[serde(flatten)]
    person: PersonItem,
    /// By which they set their password.
    invitation: Link,
}

impl PersonItem {
    fn of(person: Person, administered: &Administered) -> Self {
        let state = match (person.closed, person.active) {
            (true, _) => "closed",
            (false, true) => "active",
            (false, false) => "invited",
        };
        let assignment = |given: &Assignment| {
            let party = administered.party(given.party)?;
            Some(AssignmentView {
                party: PartyName { id: party.id.to_string(), name: party.name.clone(), kind: party.kind.as_str() },
                role: given.role.as_str(),
                until: given.until.map(|date| date.to_string()),
            })
        };
        let assignments = person.assignments.iter().filter_map(assignment).collect();
        Self { id: person.id.to_string(), login: person.login, name: person.name, state, assignments, last_seen: person.seen_on }
    }
}

impl Link {
    fn of(server: &Server, headers: &HeaderMap, invitation: &Invitation) -> Self {
        let base = address::base_url(server, headers);
        Self { link: format!("{base}/konto#inbjudan={}", invitation.key), expires_at: invitation.expires_at.to_string() }
    }
}

/// Lists the people of the caller's parties.
#[utoipa::path(
    get, path = "/people", tag = "people",
    responses((status = 200, description = "Everybody who is something for one of the caller's parties.", body = People), Asks, NeedsRight),
    security(("bearer" = []), ("session" = [])),
)]
async fn list_people(State(server): State<Server>, caller: Caller, parameters: Parameters) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let (people, administered) = server.app.people(&actor).await?;
    Ok(answer::private_json(&People { people: people.into_iter().map(|person| PersonItem::of(person, &administered)).collect() }))
}

fn assignments(form: &mut Form) -> Option<Vec<Assignment>> {
    form.objects("assignments", ASSIGNMENTS_MAX, |form| {
        let party = form.required("party", |form| form.parsed("party", |text| PartyId::parse(text).ok_or(Fault::UnknownParty)));
        let role = form.required("role", |form| form.code("role", Role::ALL, Role::as_str));
        let until = form.date("until");
        Some(Assignment { party: party?, role: role?, until })
    })
}

/// Invites somebody.
///
/// The answer holds a one-time link to hand over; nothing is sent. Repeated before it is accepted, the link is a new one.
#[utoipa::path(
    post, path = "/people", tag = "people",
    request_body(content = bodies::NewPerson),
    responses(
        (status = 201, description = "Invited.", body = InvitedPerson),
        (status = 409, description = "The id is another's (`/problems/id-reused`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsRight, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn create_person(
    State(server): State<Server>,
    caller: Caller,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let id = form.required("id", |form| form.parsed("id", PersonId::from_client));
    let login = form.required("login", |form| form.parsed("login", person::login));
    let name = form.required("name", |form| form.name("name"));
    let assignments = form.required("assignments", assignments);
    let read = match (id, login, name, assignments) {
        (Some(id), Some(login), Some(name), Some(assignments)) => Some(NewPerson { id, login, name, assignments }),
        _ => None,
    };
    let (person, invitation) = server.app.invite(&actor, form.finish(read)?).await?;
    let administered = server.app.administered(&actor).await?;
    let invitation = Link::of(&server, &headers, &invitation);
    let body = InvitedPerson { person: PersonItem::of(person, &administered), invitation };
    Ok((StatusCode::CREATED, answer::private_json(&body)).into_response())
}

fn person_id(text: &str) -> Result<PersonId, Problem> {
    PersonId::parse(text).ok_or_else(|| Problem::new(Kind::NotFound))
}

/// Changes a person.
///
/// `assignments` is all that they are for the caller's parties. Their sessions end when what they may do changes. Nobody changes their own.
#[utoipa::path(
    patch, path = "/people/{id}", tag = "people",
    params(IdPath),
    request_body(content = bodies::PersonPatch),
    responses((status = 200, description = "As they are now.", body = PersonItem), Asks, TakesJson, NeedsRight, Finds, Writes),
    security(("bearer" = []), ("session" = [])),
)]
async fn patch_person(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let id = person_id(&id)?;
    let mut form = Form::new(body)?;
    let patch = PersonPatch { name: form.name("name"), closed: form.truth("closed"), assignments: assignments(&mut form) };
    let (person, administered) = server.app.change_person(&actor, id, form.finish(Some(patch))?).await?;
    Ok(answer::private_json(&PersonItem::of(person, &administered)))
}

/// Erases an account.
///
/// Name, address, password, sessions and tokens go; the change logs keep an id that tells nobody anything.
#[utoipa::path(
    delete, path = "/people/{id}", tag = "people",
    params(IdPath),
    responses((status = 204, description = "Erased."), Asks, NeedsRight, Finds, Writes),
    security(("bearer" = []), ("session" = [])),
)]
async fn delete_person(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    server.app.erase_person(&actor, person_id(&id)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a new link for a person.
///
/// The link before it, the password, the sessions and the tokens hold no longer.
#[utoipa::path(
    post, path = "/people/{id}/invitation", tag = "people",
    params(IdPath),
    responses((status = 201, description = "A new link.", body = Link), Asks, NeedsRight, Finds, Writes),
    security(("bearer" = []), ("session" = [])),
)]
async fn invite_person_again(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::ManagePeople)?;
    parameters.finish()?;
    let invitation = server.app.invite_again(&actor, person_id(&id)?).await?;
    Ok((StatusCode::CREATED, answer::private_json(&Link::of(&server, &headers, &invitation))).into_response())
}
