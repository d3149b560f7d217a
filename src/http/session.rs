//! The planner's session: the token is shown once, then a cookie that no script can read.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Caller, JsonBody, Parameters, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::openapi::answers::{Asks, Knows, Limited, TakesJson, Writes};
use super::openapi::bodies::Token;
use super::problem::{Kind, Problem, ProblemDocument};
use super::{HttpSettings, Server, answer};
use crate::app::session::SESSION;
use crate::domain::actor::Actor;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(create_session, get_session, delete_session))
}

/// `__Host-` needs https; on plain http (a first look on localhost) the cookie goes without.
pub(super) fn cookie_name(settings: &HttpSettings) -> &'static str {
    if settings.https { "__Host-lykta" } else { "lykta" }
}

/// The value of a cookie.
pub(super) fn read_cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().split_once('=').filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()))
}

fn set_cookie(server: &Server, value: &str, seconds: i64) -> Result<HeaderValue, Problem> {
    let secure = if server.settings.https { "; Secure" } else { "" };
    let name = cookie_name(&server.settings);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
        .map_err(|_| Problem::new(Kind::Internal))
}

/// Who holds a token. Wrong ones are counted, and whoever has shown too many is refused unheard: guessing takes as long with or without a form.
pub(super) fn holder(server: &Server, token: &str, visitor: IpAddr) -> Result<Actor, Problem> {
    server.limits.check(Lane::Session, visitor)?;
    server.app.actor_of_token(token).ok_or_else(|| {
        // Empty just now or not: the answer to this one is the same.
        let _ = server.limits.take(Lane::Session, visitor);
        Problem::new(Kind::Unauthorized)
    })
}

/// Logs in.
///
/// The token is shown once; from then on the cookie, which no script can read, has the right for twelve hours.
#[utoipa::path(
    post, path = "/session", tag = "session",
    request_body(content = Token, example = json!({"token": "the-operator-token"})),
    responses(
        (status = 204, description = "Logged in.", headers(("Set-Cookie" = String, description = "The session."))),
        (status = 401, description = "The token does not hold (`/problems/unauthorized`).", body = ProblemDocument, content_type = "application/problem+json", headers(("WWW-Authenticate" = String))),
        Asks, TakesJson, Limited, Writes,
    ),
)]
async fn create_session(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let token = form.required("token", |form| form.string("token"));
    let token = form.finish(token)?;
    holder(&server, token.trim(), visitor)?;
    // Whoever shares a browser and logs in again begins anew: the session before ends here.
    if let Some(before) = read_cookie(&headers, cookie_name(&server.settings)) {
        server.app.end_session(&before).await?;
    }
    let cookie = set_cookie(&server, &server.app.begin_session().await?, SESSION.as_secs())?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who one is here.
#[derive(Debug, Serialize, ToSchema)]
struct Session {
    /// `operator`, or `null` for everybody.
    #[schema(required, examples("operator"))]
    role: Option<&'static str>,
}

/// Who is calling.
#[utoipa::path(
    get, path = "/session", tag = "session",
    responses((status = 200, description = "The caller's role.", body = Session), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_session(Caller(actor): Caller, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let role = actor.may_plan_everywhere().then(|| actor.as_str());
    Ok(answer::private_json(&Session { role }))
}

/// Logs out.
#[utoipa::path(
    delete, path = "/session", tag = "session",
    responses((status = 204, description = "The session is over and its cookie taken back.", headers(("Set-Cookie" = String, description = "An empty session."))), Asks, Writes),
)]
async fn delete_session(State(server): State<Server>, headers: HeaderMap, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    if let Some(session) = read_cookie(&headers, cookie_name(&server.settings)) {
        server.app.end_session(&session).await?;
    }
    let cookie = set_cookie(&server, "", 0)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
