//! One's own account: password, sessions, tokens for machines.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Fresh, JsonBody, LoggedIn, Parameters, PathPart, Visitor};
use super::form::Form;
use super::openapi::answers::{Asks, Finds, Limited, NeedsAccount, NeedsFresh, TakesJson, Writes};
use super::openapi::bodies::{NewToken, PasswordChange};
use super::openapi::parameters::IdPath;
use super::problem::{Kind, Problem, ProblemDocument};
use super::{Server, answer};
use crate::app::session::{OwnSession, OwnToken};
use crate::domain::invalid::Fault;
use crate::domain::person::{PASSWORD_MAX, Scope, TERM_MAX_DAYS};
use crate::domain::time;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_sessions, end_other_sessions))
        .routes(routes!(end_session))
        .routes(routes!(change_password))
        .routes(routes!(list_tokens, create_token))
        .routes(routes!(delete_token))
}

/// The sessions of a person.
#[derive(Debug, Serialize, ToSchema)]
struct Sessions {
    /// Newest first.
    sessions: Vec<SessionItem>,
}

/// Where one is logged in.
#[derive(Debug, Serialize, ToSchema)]
struct SessionItem {
    /// By which it is ended.
    id: String,
    /// When it began.
    #[schema(format = DateTime)]
    begun_at: String,
    /// When it was last used, to a minute.
    #[schema(format = DateTime)]
    seen_at: String,
    /// When it ends at the latest.
    #[schema(format = DateTime)]
    expires_at: String,
    /// Whether it is the one that asks.
    current: bool,
}

/// Where one is logged in.
#[utoipa::path(
    get, path = "/account/sessions", tag = "account",
    responses((status = 200, description = "One's sessions.", body = Sessions), Asks, NeedsAccount),
    security(("session" = [])),
)]
async fn list_sessions(State(server): State<Server>, caller: LoggedIn, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let rows = server.app.own_sessions(caller.person).await?;
    let item = |row: OwnSession| SessionItem {
        id: row.id.to_string(),
        begun_at: row.begun_at.to_string(),
        seen_at: row.seen_at.to_string(),
        expires_at: row.expires_at.to_string(),
        current: row.id == caller.session,
    };
    Ok(answer::private_json(&Sessions { sessions: rows.into_iter().map(item).collect() }))
}

/// Logs out everywhere else.
#[utoipa::path(
    delete, path = "/account/sessions", tag = "account",
    responses((status = 204, description = "Every session but this one is over."), Asks, NeedsAccount, Writes),
    security(("session" = [])),
)]
async fn end_other_sessions(State(server): State<Server>, caller: LoggedIn, parameters: Parameters) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.app.end_other_sessions(caller.person, caller.session).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends one of one's sessions.
#[utoipa::path(
    delete, path = "/account/sessions/{id}", tag = "account",
    params(IdPath),
    responses((status = 204, description = "It is over."), Asks, NeedsAccount, Finds, Writes),
    security(("session" = [])),
)]
async fn end_session(
    State(server): State<Server>,
    caller: LoggedIn,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NotFound))?;
    server.app.end_own_session(caller.person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes one's password.
///
/// The other sessions end. Twenty attempts in twenty minutes are heard.
#[utoipa::path(
    post, path = "/account/password", tag = "account",
    request_body(content = PasswordChange),
    responses((status = 204, description = "Changed."), Asks, TakesJson, NeedsAccount, Limited, Writes),
    security(("session" = [])),
)]
async fn change_password(
    State(server): State<Server>,
    caller: LoggedIn,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let current = form.required("current", |form| form.string("current"));
    let password = form.required("password", |form| form.string("password"));
    if current.as_ref().is_some_and(|text| text.chars().count() > PASSWORD_MAX) {
        form.fault("current", Fault::TooLong(PASSWORD_MAX));
    }
    let (current, password) = form.finish(current.zip(password))?;
    // Whoever has got hold of a session is not to find the password by it.
    server.limits.take_login(&format!("password of {}", caller.person), visitor)?;
    server.app.change_password(caller.person, caller.session, current, password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tokens of a person.
#[derive(Debug, Serialize, ToSchema)]
struct Tokens {
    /// Oldest first.
    tokens: Vec<TokenItem>,
}

/// A token for a machine.
#[derive(Debug, Serialize, ToSchema)]
struct TokenItem {
    /// By which it is removed.
    id: String,
    /// What it is for.
    name: String,
    /// `read` or `read_write`: what it may do of what its owner may.
    scope: &'static str,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it ends.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// A token that was just made.
#[derive(Debug, Serialize, ToSchema)]
struct MadeToken {
    #[serde(flatten)]
    item: TokenItem,
    /// For `Authorization: Bearer`; told this once.
    token: String,
}

impl From<OwnToken> for TokenItem {
    fn from(row: OwnToken) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            scope: row.scope.as_str(),
            created_at: row.created_at.to_string(),
            expires_at: row.expires_at.to_string(),
        }
    }
}

/// Lists one's tokens.
#[utoipa::path(
    get, path = "/account/tokens", tag = "account",
    responses((status = 200, description = "One's tokens; what they are is not told again.", body = Tokens), Asks, NeedsAccount),
    security(("session" = [])),
)]
async fn list_tokens(State(server): State<Server>, caller: LoggedIn, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let tokens = server.app.own_tokens(caller.person).await?.into_iter().map(TokenItem::from).collect();
    Ok(answer::private_json(&Tokens { tokens }))
}

/// Makes a token for a machine.
///
/// It may do what its owner may at the time it is used, or only read of it; nothing of the account itself.
#[utoipa::path(
    post, path = "/account/tokens", tag = "account",
    request_body(content = NewToken, example = json!({"name": "QGIS på kontoret", "scope": "read", "expires_on": "2027-06-30"})),
    responses(
        (status = 201, description = "Made; the token is told this once.", body = MadeToken),
        (status = 409, description = "Twenty already (`/problems/too-many`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsFresh, Writes,
    ),
    security(("session" = [])),
)]
async fn create_token(
    State(server): State<Server>,
    Fresh(caller): Fresh,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let name = form.required("name", |form| form.name("name"));
    let scope = form.required("scope", |form| form.code("scope", Scope::ALL, Scope::as_str));
    let day = form.required("expires_on", |form| form.date("expires_on"));
    let today = server.app.today();
    let latest = today.checked_add(jiff::Span::new().days(TERM_MAX_DAYS)).unwrap_or(Date::MAX);
    let end = day.filter(|day| (today..=latest).contains(day)).and_then(|day| time::start_of_day(day.tomorrow().ok()?));
    if day.is_some() && end.is_none() {
        form.fault("expires_on", Fault::TermNeeded);
    }
    let read = match (name, scope, end) {
        (Some(name), Some(scope), Some(end)) => Some((name, scope, end)),
        _ => None,
    };
    let (name, scope, end) = form.finish(read)?;
    let (row, token) = server.app.make_token(caller.person, name, scope, end).await?;
    Ok((StatusCode::CREATED, answer::private_json(&MadeToken { item: row.into(), token })).into_response())
}

/// Removes a token.
#[utoipa::path(
    delete, path = "/account/tokens/{id}", tag = "account",
    params(IdPath),
    responses((status = 204, description = "It holds no longer."), Asks, NeedsAccount, Finds, Writes),
    security(("session" = [])),
)]
async fn delete_token(
    State(server): State<Server>,
    caller: LoggedIn,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NotFound))?;
    server.app.remove_token(caller.person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
