//! The planner's session: the token is shown once, then a cookie that no script can read.

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::json;

use super::extract::{Caller, JsonBody, Parameters, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::problem::{Kind, Problem};
use super::{HttpSettings, Server, answer};
use crate::app::session::SESSION_SECONDS;
use crate::domain::invalid::Fault;

/// The routes of this file.
pub fn routes() -> Router<Server> {
    Router::new().route("/session", post(log_in).get(who_am_i).delete(log_out))
}

/// `__Host-` needs https; on plain http (a first look on localhost) the cookie goes without.
pub fn cookie_name(settings: &HttpSettings) -> &'static str {
    if settings.https { "__Host-lykta" } else { "lykta" }
}

/// The value of a cookie.
pub fn read_cookie(headers: &HeaderMap, name: &str) -> Option<String> {
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

async fn log_in(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.check(Lane::Session, visitor)?;
    let mut form = Form::new(body)?;
    let token = form.string("token");
    if token.is_none() {
        form.fault("token", Fault::Missing);
    }
    let token = form.finish(token)?;
    if server.app.actor_of_token(token.trim()).is_none() {
        return Err(Problem::new(Kind::Unauthorized));
    }
    let cookie = set_cookie(&server, &server.app.new_session(), SESSION_SECONDS)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

async fn who_am_i(Caller(actor): Caller, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let role = actor.may_plan_everywhere().then(|| actor.as_str());
    Ok(answer::private_json(&json!({"role": role})))
}

async fn log_out(State(server): State<Server>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let cookie = set_cookie(&server, "", 0)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
