//! Logging in beside or instead of a password: a passkey, an authenticator app, a recovery code.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{JsonBody, Parameters, SameSite, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::openapi::answers::{Asks, Limited, TakesJson, Writes};
use super::openapi::bodies::{CEREMONY_MAX, Proof};
use super::problem::{Kind, Problem, ProblemDocument};
use super::session::begin;
use super::{Server, answer};
use crate::app::proofs::{Awaited, Shown};
use crate::domain::factor::{CODE_MAX, Factor};
use crate::domain::invalid::Fault;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(ask_passkey)).routes(routes!(prove_log_in))
}

/// What is awaited before a session begins.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Awaited)]
pub(super) struct AwaitedView {
    /// To be sent with the answer; holds for five minutes and five answers.
    ceremony: String,
    /// Any one of `passkey`, `totp`, `recovery_code`.
    factors: Vec<&'static str>,
    /// For `navigator.credentials.get`, where `passkey` is one of them.
    #[schema(required, value_type = Option<Object>)]
    options: Option<Value>,
}

impl From<Awaited> for AwaitedView {
    fn from(awaited: Awaited) -> Self {
        Self {
            ceremony: awaited.ceremony,
            factors: awaited.factors.into_iter().map(Factor::as_str).collect(),
            options: awaited.options.and_then(|options| serde_json::to_value(options).ok()),
        }
    }
}

/// Asks for a passkey.
///
/// In place of login and password: the authenticator knows whose it is.
#[utoipa::path(
    post, path = "/session/passkey", tag = "session",
    responses(
        (status = 200, description = "What to ask the authenticator; the answer goes to `POST /session/proof`.", body = AwaitedView),
        (status = 403, description = "From another site (`/problems/cross-site`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "Not reached by a name over https: there are no passkeys (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Limited, Writes,
    ),
)]
async fn ask_passkey(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    _: SameSite,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    server.limits.take(Lane::Password, visitor)?;
    let awaited = server.app.ask_passkey().await?.ok_or_else(|| Problem::new(Kind::NotFound))?;
    Ok(answer::private_json(&AwaitedView::from(awaited)))
}

/// Shows what was awaited, and logs in.
///
/// A code of the authenticator app holds once, a recovery code too. What does not hold, comes too late or too often is answered alike.
#[utoipa::path(
    post, path = "/session/proof", tag = "session",
    request_body(content = Proof, example = json!({"ceremony": "5f…", "code": "123456"})),
    responses(
        (status = 204, description = "Logged in.", headers(("Set-Cookie" = String, description = "The session."))),
        (status = 401, description = "It does not hold, or nothing is awaited (`/problems/unauthorized`).", body = ProblemDocument, content_type = "application/problem+json", headers(("WWW-Authenticate" = String))),
        (status = 403, description = "From another site (`/problems/cross-site`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Limited, Writes,
    ),
)]
async fn prove_log_in(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    _: SameSite,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let ceremony = form.required("ceremony", |form| form.short("ceremony", CEREMONY_MAX));
    let (code, credential) = (form.short("code", CODE_MAX), form.object("credential"));
    let shown = match (code, credential, form.faults().is_empty()) {
        (Some(_), Some(_), _) => {
            form.fault("code", Fault::Conflicts("credential"));
            None
        }
        (Some(code), None, _) => Some(Shown::Code(code)),
        (None, Some(credential), _) => Some(Shown::Passkey(credential)),
        (None, None, clean) => {
            if clean {
                form.fault("code", Fault::Missing);
            }
            None
        }
    };
    let (ceremony, shown) = form.finish(ceremony.zip(shown))?;
    let counted = count(&server, &ceremony, visitor).await?;
    let proven = server.app.prove(&ceremony, shown).await?.ok_or_else(|| Problem::new(Kind::Unauthorized))?;
    server.limits.give_back(Lane::Password, visitor);
    if let Some(name) = counted {
        server.limits.give_back_login(&name, visitor);
    }
    begin(&server, &headers, Some(proven)).await
}

/// Counts an answer, for the visitor and for the person it is about, before it is heard: whoever has the password guesses no code by beginning anew. For
/// a passkey alone the question was counted. Returns by what it was counted.
async fn count(server: &Server, ceremony: &str, visitor: IpAddr) -> Result<Option<String>, Problem> {
    match server.app.awaited_of(ceremony).await? {
        None => server.limits.take(Lane::Key, visitor).map(|()| None),
        Some(None) => Ok(None),
        Some(Some(person)) => {
            let name = format!("second factor of {person}");
            server.limits.take(Lane::Password, visitor)?;
            server.limits.take_login(&name, visitor)?;
            Ok(Some(name))
        }
    }
}
