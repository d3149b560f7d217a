//! Logging in by another's service: out to it, and back.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Parameters, PathPart, Visitor};
use super::form::one_of;
use super::limits::Lane;
use super::openapi::answers::{Asks, Limited, Writes};
use super::openapi::parameters::{BackQuery, NextQuery, ProviderPath};
use super::problem::{Kind, Problem, ProblemDocument};
use super::session::{begin, read_cookie};
use super::{Server, answer};
use crate::app::oidc::{OidcError, Returned};
use crate::domain::factor::CEREMONY;

/// Where one may go after logging in.
pub(super) const NEXT: [&str; 4] = ["konto", "plan", "granska", "personer"];
/// Most characters of what a provider sends back.
const BACK_MAX: usize = 4_096;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default().routes(routes!(list_providers)).routes(routes!(begin_oidc)).routes(routes!(finish_oidc))
}

/// Log-in services.
#[derive(Debug, Serialize, ToSchema)]
struct Providers {
    /// In the operator's order.
    providers: Vec<ProviderItem>,
}

/// A log-in service.
#[derive(Debug, Serialize, ToSchema)]
struct ProviderItem {
    /// In the address that begins.
    id: String,
    /// For people.
    name: String,
}

/// Lists the log-in services.
#[utoipa::path(
    get, path = "/session/providers", tag = "session",
    responses((status = 200, description = "Those the operator trusts.", body = Providers), Asks),
)]
async fn list_providers(State(server): State<Server>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let providers = server.app.providers().map(|(id, name)| ProviderItem { id: id.to_owned(), name: name.to_owned() }).collect();
    Ok(answer::private_json(&Providers { providers }))
}

/// Goes to a log-in service.
///
/// For a browser to follow: OpenID Connect, code flow with PKCE.
#[utoipa::path(
    get, path = "/session/oidc/{provider}", tag = "session",
    params(ProviderPath, NextQuery),
    responses(
        (status = 303, description = "To the service; or, when it does not answer, back with the reason.", headers(("Location" = String))),
        (status = 404, description = "No such service (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Limited, Writes,
    ),
)]
async fn begin_oidc(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    PathPart(id): PathPart,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let next = parameters.parsed("next", |text| one_of(text, &NEXT, |page| page));
    parameters.finish()?;
    server.limits.take(Lane::Password, visitor)?;
    match server.app.begin_oidc(&id, next.unwrap_or(NEXT[0])).await {
        Ok(sent) => {
            let cookie = cookie(&server, &sent.ceremony, CEREMONY.as_secs())?;
            let location = HeaderValue::from_str(&sent.location).map_err(|_| Problem::new(Kind::Internal))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::SET_COOKIE, cookie), no_store()]).into_response())
        }
        Err(error) => back(&server, &error),
    }
}

/// Comes back from a log-in service.
///
/// For a browser that the service sends; whatever it sends beside what is read is left alone.
#[utoipa::path(
    get, path = "/session/oidc/{provider}/callback", tag = "session",
    params(ProviderPath, BackQuery),
    responses(
        (status = 303, description = "Logged in, and on to the page; or back to the log-in with the reason.", headers(("Location" = String), ("Set-Cookie" = String))),
        (status = 404, description = "No such service (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Limited, Writes,
    ),
)]
async fn finish_oidc(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    PathPart(id): PathPart,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    if !server.app.providers().any(|(known, _)| known == id) {
        return Err(Problem::new(Kind::NotFound));
    }
    let mut text = |name: &str| parameters.take(name).filter(|text| text.len() <= BACK_MAX);
    let (state, code, issuer) = (text("state"), text("code"), text("iss"));
    let ceremony = read_cookie(&headers, name(&server)).unwrap_or_default();
    let returned = match (state, code) {
        // The service said no, or somebody called it off there.
        (_, None) => return back(&server, &OidcError::Refused("no code came back".to_owned())),
        (state, Some(code)) => Returned { state: state.unwrap_or_default(), code, issuer },
    };
    server.limits.take(Lane::Password, visitor)?;
    match server.app.finish_oidc(&id, &ceremony, returned).await {
        Ok((proven, next)) => {
            // Both: this, and what it began with.
            server.limits.give_back(Lane::Password, visitor);
            server.limits.give_back(Lane::Password, visitor);
            let mut answer = begin(&server, &headers, Some(proven)).await?;
            *answer.status_mut() = StatusCode::SEE_OTHER;
            let location = HeaderValue::from_str(&format!("/{next}")).map_err(|_| Problem::new(Kind::Internal))?;
            answer.headers_mut().insert(header::LOCATION, location);
            answer.headers_mut().append(header::SET_COOKIE, cookie(&server, "", 0)?);
            Ok(answer)
        }
        Err(error) => back(&server, &error),
    }
}

/// Back to the log-in, with why in the part of the address that no server sees.
fn back(server: &Server, error: &OidcError) -> Result<Response, Problem> {
    let why = match error {
        OidcError::Unknown => return Err(Problem::new(Kind::NotFound)),
        OidcError::Over => "over",
        OidcError::Refused(_) => "refused",
        OidcError::NoAccount => "no-account",
        OidcError::Unreached(_) => "unreached",
        OidcError::Db(_) => "unavailable",
    };
    tracing::warn!(%error, "a log-in by another service failed");
    let location = HeaderValue::from_str(&format!("/konto#inloggning={why}")).map_err(|_| Problem::new(Kind::Internal))?;
    let gone = cookie(server, "", 0)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::SET_COOKIE, gone), no_store()]).into_response())
}

fn no_store() -> (header::HeaderName, HeaderValue) {
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

fn name(server: &Server) -> &'static str {
    if server.settings.https { "__Host-lykta-oidc" } else { "lykta-oidc" }
}

fn cookie(server: &Server, value: &str, seconds: i64) -> Result<HeaderValue, Problem> {
    let secure = if server.settings.https { "; Secure" } else { "" };
    // Lax: the service sends the browser here from its own site.
    HeaderValue::from_str(&format!("{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", name(server)))
        .map_err(|_| Problem::new(Kind::Internal))
}
