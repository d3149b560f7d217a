//! What one has beside a password: passkeys, an authenticator app, recovery codes.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Fresh, JsonBody, LoggedIn, Parameters, PathPart};
use super::form::Form;
use super::openapi::answers::{Asks, Finds, NeedsAccount, NeedsFresh, TakesJson, Writes};
use super::openapi::bodies::{CEREMONY_MAX, PasskeyAnswer, TotpAnswer};
use super::openapi::parameters::IdPath;
use super::problem::{Kind, Problem, ProblemDocument};
use super::{Server, answer};
use crate::app::factors::OwnPasskey;
use crate::domain::factor::CODE_MAX;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_factors))
        .routes(routes!(ask_new_passkey))
        .routes(routes!(create_passkey))
        .routes(routes!(delete_passkey))
        .routes(routes!(ask_new_totp, set_totp, delete_totp))
        .routes(routes!(renew_recovery_codes))
}

/// What one has beside a password. Once there is anything, a password alone logs nobody in.
#[derive(Debug, Serialize, ToSchema)]
struct Factors {
    /// Oldest first.
    passkeys: Vec<PasskeyItem>,
    /// Since when there is an authenticator app.
    #[schema(required, format = DateTime)]
    totp_since: Option<String>,
    /// How many recovery codes are left.
    recovery_codes: i64,
    /// Whether passkeys can be added here.
    passkeys_possible: bool,
}

/// A passkey.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Passkey)]
struct PasskeyItem {
    /// By which it is removed.
    id: String,
    /// What its owner calls it.
    name: String,
    /// When it was added.
    #[schema(format = DateTime)]
    created_at: String,
    /// Day of its last log-in.
    #[schema(required, format = Date)]
    used_on: Option<String>,
}

impl From<OwnPasskey> for PasskeyItem {
    fn from(own: OwnPasskey) -> Self {
        Self { id: own.id.to_string(), name: own.name, created_at: own.created_at.to_string(), used_on: own.used_on }
    }
}

/// A question to an authenticator.
#[derive(Debug, Serialize, ToSchema)]
struct AskedPasskey {
    /// To be sent with the answer; holds for five minutes.
    ceremony: String,
    /// For `navigator.credentials.create`.
    #[schema(value_type = Object)]
    options: Value,
}

/// A secret for an authenticator app.
#[derive(Debug, Serialize, ToSchema)]
struct AskedTotp {
    /// To be sent with the first code; holds for five minutes.
    ceremony: String,
    /// Base32, to be written into the app.
    secret: String,
    /// The same for the app's camera, `otpauth://`.
    uri: String,
}

/// A passkey that was just added.
#[derive(Debug, Serialize, ToSchema)]
struct AddedPasskey {
    /// The passkey.
    passkey: PasskeyItem,
    /// With the first factor: codes that stand in for it, each once; told this once.
    #[schema(required)]
    recovery_codes: Option<Vec<String>>,
}

/// Recovery codes, told once.
#[derive(Debug, Serialize, ToSchema)]
struct RecoveryCodes {
    /// Each holds once; `null` where those from before hold on.
    #[schema(required)]
    recovery_codes: Option<Vec<String>>,
}

/// Lists what one has beside a password.
#[utoipa::path(
    get, path = "/account/factors", tag = "account",
    responses((status = 200, description = "Passkeys, authenticator app, recovery codes.", body = Factors), Asks, NeedsAccount),
    security(("session" = [])),
)]
async fn list_factors(State(server): State<Server>, caller: LoggedIn, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let factors = server.app.factors(caller.person).await?;
    Ok(answer::private_json(&Factors {
        passkeys: factors.passkeys.into_iter().map(PasskeyItem::from).collect(),
        totp_since: factors.totp.map(|at| at.to_string()),
        recovery_codes: factors.recovery_codes,
        passkeys_possible: factors.passkeys_possible,
    }))
}

/// Begins to add a passkey.
#[utoipa::path(
    post, path = "/account/passkeys/options", tag = "account",
    responses(
        (status = 200, description = "What to ask the authenticator.", body = AskedPasskey),
        (status = 404, description = "Not reached by a name over https: there are no passkeys (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "Ten already (`/problems/too-many`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, NeedsFresh, Writes,
    ),
    security(("session" = [])),
)]
async fn ask_new_passkey(State(server): State<Server>, Fresh(caller): Fresh, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let asked = server.app.begin_passkey(caller.person).await?;
    let options = serde_json::to_value(asked.options).map_err(|_| Problem::new(Kind::Internal))?;
    Ok(answer::private_json(&AskedPasskey { ceremony: asked.ceremony, options }))
}

/// Adds a passkey.
///
/// The other sessions end.
#[utoipa::path(
    post, path = "/account/passkeys", tag = "account",
    request_body(content = PasskeyAnswer),
    responses(
        (status = 201, description = "Added.", body = AddedPasskey),
        (status = 409, description = "Ten already (`/problems/too-many`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 410, description = "Begun too long ago, or answered already (`/problems/over`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsFresh, Writes,
    ),
    security(("session" = [])),
)]
async fn create_passkey(
    State(server): State<Server>,
    Fresh(caller): Fresh,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let ceremony = form.required("ceremony", |form| form.short("ceremony", CEREMONY_MAX));
    let name = form.required("name", |form| form.name("name"));
    let credential = form.required("credential", |form| form.object("credential"));
    let read = match (ceremony, name, credential) {
        (Some(ceremony), Some(name), Some(credential)) => Some((ceremony, name, credential)),
        _ => None,
    };
    let (ceremony, name, credential) = form.finish(read)?;
    let (passkey, recovery_codes) = server.app.add_passkey(caller.person, caller.session, &ceremony, name, credential).await?;
    Ok((StatusCode::CREATED, answer::private_json(&AddedPasskey { passkey: passkey.into(), recovery_codes })).into_response())
}

/// Removes a passkey.
///
/// With the last factor the recovery codes go, and the password alone logs in again.
#[utoipa::path(
    delete, path = "/account/passkeys/{id}", tag = "account",
    params(IdPath),
    responses((status = 204, description = "It holds no longer."), Asks, NeedsFresh, Finds, Writes),
    security(("session" = [])),
)]
async fn delete_passkey(
    State(server): State<Server>,
    Fresh(caller): Fresh,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NotFound))?;
    server.app.remove_passkey(caller.person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins to add an authenticator app.
#[utoipa::path(
    post, path = "/account/totp", tag = "account",
    responses((status = 200, description = "A secret for the app.", body = AskedTotp), Asks, NeedsFresh, Writes),
    security(("session" = [])),
)]
async fn ask_new_totp(State(server): State<Server>, Fresh(caller): Fresh, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let asked = server.app.begin_totp(caller.person).await?;
    Ok(answer::private_json(&AskedTotp { ceremony: asked.ceremony, secret: asked.secret, uri: asked.uri }))
}

/// Adds an authenticator app that shows this code.
///
/// In place of any before; the other sessions end.
#[utoipa::path(
    put, path = "/account/totp", tag = "account",
    request_body(content = TotpAnswer, example = json!({"ceremony": "5f…", "code": "123456"})),
    responses(
        (status = 200, description = "Added.", body = RecoveryCodes),
        (status = 410, description = "Begun too long ago, tried too often, or answered already (`/problems/over`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsFresh, Writes,
    ),
    security(("session" = [])),
)]
async fn set_totp(
    State(server): State<Server>,
    Fresh(caller): Fresh,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let ceremony = form.required("ceremony", |form| form.short("ceremony", CEREMONY_MAX));
    let code = form.required("code", |form| form.short("code", CODE_MAX));
    let (ceremony, code) = form.finish(ceremony.zip(code))?;
    let recovery_codes = server.app.add_totp(caller.person, caller.session, &ceremony, &code).await?;
    Ok(answer::private_json(&RecoveryCodes { recovery_codes }))
}

/// Removes the authenticator app.
#[utoipa::path(
    delete, path = "/account/totp", tag = "account",
    responses((status = 204, description = "Its codes hold no longer."), Asks, NeedsFresh, Finds, Writes),
    security(("session" = [])),
)]
async fn delete_totp(State(server): State<Server>, Fresh(caller): Fresh, parameters: Parameters) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    server.app.remove_totp(caller.person).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes new recovery codes; those before hold no longer.
#[utoipa::path(
    post, path = "/account/recovery-codes", tag = "account",
    responses(
        (status = 201, description = "Ten codes.", body = RecoveryCodes),
        (status = 404, description = "There is no factor that they would stand in for (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, NeedsFresh, Writes,
    ),
    security(("session" = [])),
)]
async fn renew_recovery_codes(State(server): State<Server>, Fresh(caller): Fresh, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let recovery_codes = Some(server.app.renew_recovery_codes(caller.person).await?);
    Ok((StatusCode::CREATED, answer::private_json(&RecoveryCodes { recovery_codes })).into_response())
}
