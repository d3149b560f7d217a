//! The one-time link by which somebody gets a password: the first administrator, who was invited, and who has forgotten theirs.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{JsonBody, Parameters, SameSite, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::openapi::answers::{Acts, Asks, Finds, Limited, TakesJson, Writes};
use super::openapi::bodies::{Acceptance, InvitationKey};
use super::problem::{Kind, Problem};
use super::{Server, answer, session};
use crate::app::directory::DirectoryError;
use crate::app::session::Proven;
use crate::domain::person;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(read_invitation)).routes(routes!(accept_invitation))
}

/// For whom a link is.
#[derive(Debug, Serialize, ToSchema)]
struct Invitation {
    /// `first_administrator`, `new` or `reset`.
    purpose: &'static str,
    /// E-mail address; the first administrator gives theirs.
    #[schema(required)]
    login: Option<String>,
    /// Name; the first administrator gives theirs.
    #[schema(required)]
    name: Option<String>,
    /// When the link ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// Counts a link that is none.
fn nothing(server: &Server, visitor: IpAddr) -> Problem {
    match server.limits.take(Lane::Key, visitor) {
        Ok(()) => Problem::new(Kind::NotFound),
        Err(problem) => problem,
    }
}

/// Reads a link.
///
/// A `POST`, so that the key stands in no log.
#[utoipa::path(
    post, path = "/invitations", tag = "account",
    request_body(content = InvitationKey),
    responses((status = 200, description = "For whom it is.", body = Invitation), Asks, TakesJson, Acts, Finds, Limited, Writes),
)]
async fn read_invitation(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    _: SameSite,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let key = form.required("key", |form| form.string("key"));
    let key = form.finish(key)?;
    let invited = server.app.invited(&key).await?.ok_or_else(|| nothing(&server, visitor))?;
    let (login, name) = invited.person.map(|person| (person.login, person.name)).unzip();
    let (purpose, expires_at) = (invited.purpose.as_str(), invited.expires_at.to_string());
    Ok(answer::private_json(&Invitation { purpose, login, name, expires_at }))
}

/// Accepts an invitation.
///
/// The link is used up, the password is set, and the answer is a session. Only the first administrator gives name and e-mail address.
#[utoipa::path(
    post, path = "/invitations/accept", tag = "account",
    request_body(content = Acceptance),
    responses(
        (status = 204, description = "Accepted and logged in.", headers(("Set-Cookie" = String, description = "The session."))),
        Asks, TakesJson, Acts, Finds, Limited, Writes,
    ),
)]
async fn accept_invitation(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    _: SameSite,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let key = form.required("key", |form| form.string("key"));
    let password = form.required("password", |form| form.string("password"));
    let is_first = form.has("login") || form.has("name");
    let first = if is_first {
        form.required("name", |form| form.name("name")).zip(form.required("login", |form| form.parsed("login", person::login)))
    } else {
        None
    };
    let (key, password) = form.finish(key.zip(password))?;
    let accepted = server.app.accept(&key, &password, first).await;
    let person = accepted.map_err(|error| match error {
        DirectoryError::NotFound => nothing(&server, visitor),
        other => other.into(),
    })?;
    session::begin(&server, &headers, Some(Proven { id: person, password: None })).await
}
