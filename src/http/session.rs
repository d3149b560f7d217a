//! The session in a browser: a password or the operator token is shown once, then a cookie that no script can read.

use std::net::IpAddr;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Caller, JsonBody, Parameters, SameSite, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::openapi::answers::{Acts, Asks, Knows, Limited, TakesJson, Writes};
use super::openapi::bodies::Credentials;
use super::problem::{Kind, Problem, ProblemDocument};
use super::proofs::AwaitedView;
use super::{HttpSettings, Server, answer};
use crate::app::directory::Held;
use crate::app::session::{Proven, SESSION};
use crate::domain::actor::Actor;
use crate::domain::invalid::Fault;
use crate::domain::permission::Act;
use crate::domain::person::PASSWORD_MAX;

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

/// Who holds a token. One that holds is heard whatever others behind the same address have tried; wrong ones are counted, and whoever has shown too many
/// is told to wait. They are 160 random bits: looking one up tells nothing.
pub(super) async fn holder(server: &Server, token: &str, visitor: IpAddr) -> Result<Actor, Problem> {
    if let Some(actor) = server.app.actor_of_token(token).await? {
        return Ok(actor);
    }
    server.limits.take(Lane::Key, visitor)?;
    Err(Problem::new(Kind::Unauthorized))
}

/// Who a login and password belong to. An attempt counts for the visitor and for the login, known or not, before it is heard, so that of many at once none
/// slips by; a right one is put back.
async fn person(server: &Server, login: &str, password: String, visitor: IpAddr) -> Result<Proven, Problem> {
    server.limits.take(Lane::Password, visitor)?;
    server.limits.take_login(login, visitor)?;
    let found = if password.chars().count() > PASSWORD_MAX { None } else { server.app.log_in(login, password).await? };
    let found = found.ok_or_else(|| Problem::new(Kind::Unauthorized))?;
    server.limits.give_back(Lane::Password, visitor);
    server.limits.give_back_login(login, visitor);
    Ok(found)
}

/// Begins a session for somebody who has just shown who they are; the one before in this browser ends.
pub(super) async fn begin(server: &Server, headers: &HeaderMap, person: Option<Proven>) -> Result<Response, Problem> {
    // Whoever shares a browser and logs in again begins anew; what somebody else put there is worth nothing.
    if let Some(before) = read_cookie(headers, cookie_name(&server.settings)) {
        server.app.end_session(&before).await?;
    }
    // Closed, or given another password, while it was computed.
    let session = server.app.begin_proven(person).await?.ok_or_else(|| Problem::new(Kind::Unauthorized))?;
    let cookie = set_cookie(server, &session, SESSION.as_secs())?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))])
        .into_response())
}

/// Logs in.
///
/// With e-mail address and password, or with the operator token. The answer is a cookie that no script can read; it holds for half an hour
/// after its last use, twelve hours at most. An unknown address, a wrong password and a closed account are answered alike.
#[utoipa::path(
    post, path = "/session", tag = "session",
    request_body(content = Credentials, example = json!({"login": "anna.berg@kommun.example", "password": "lampan över bron blinkar"})),
    responses(
        (status = 202, description = "They hold, and the account has a second factor: what `POST /session/proof` waits for.", body = AwaitedView),
        (status = 204, description = "Logged in.", headers(("Set-Cookie" = String, description = "The session."))),
        (status = 401, description = "They do not hold (`/problems/unauthorized`).", body = ProblemDocument, content_type = "application/problem+json", headers(("WWW-Authenticate" = String))),
        (status = 403, description = "From another site (`/problems/cross-site`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, Limited, Writes,
    ),
)]
async fn create_session(
    State(server): State<Server>,
    Visitor(visitor): Visitor,
    _: SameSite,
    headers: HeaderMap,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let has_token = form.has("token");
    let token = form.string("token");
    let words = ["login", "password"].map(|field| {
        match (has_token, form.has(field)) {
            (true, true) => form.fault(field, Fault::Conflicts("token")),
            (false, false) => form.fault(field, Fault::Missing),
            _ => {}
        }
        form.string(field)
    });
    let (token, [login, password]) = form.finish(Some((token, words)))?;
    if let Some(token) = token {
        // A machine's token makes no session.
        return match holder(&server, token.trim(), visitor).await? {
            Actor::Operator => begin(&server, &headers, None).await,
            _ => Err(Problem::new(Kind::Unauthorized)),
        };
    }
    let (login, password) = (login.unwrap_or_default(), password.unwrap_or_default());
    let person = person(&server, &login, password, visitor).await?;
    match server.app.second_factor(&person).await? {
        Some(awaited) => Ok((StatusCode::ACCEPTED, answer::private_json(&AwaitedView::from(awaited))).into_response()),
        None => begin(&server, &headers, Some(person)).await,
    }
}

/// Who one is here.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
struct SessionView {
    /// `operator`, `person`, or `null` for everybody.
    #[schema(required, examples("person"))]
    role: Option<&'static str>,
    /// Who, with an account.
    #[schema(required)]
    person: Option<PersonView>,
    /// What one may do, by kommun; only kommuner that are active.
    rights: Vec<RightView>,
    /// What one may do in every kommun.
    everywhere: Vec<&'static str>,
}

/// A person, to that person.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PersonView {
    /// Id.
    id: String,
    /// Name.
    name: String,
    /// E-mail address.
    login: String,
}

/// What one may do in a kommun.
#[derive(Debug, Serialize, ToSchema)]
struct RightView {
    /// Where.
    municipality: MunicipalityName,
    /// What.
    acts: Vec<&'static str>,
    /// By which roles.
    roles: Vec<HeldView>,
}

/// A kommun by name.
#[derive(Debug, Serialize, ToSchema)]
struct MunicipalityName {
    /// Four digits.
    code: String,
    /// Name.
    name: String,
}

/// A role that somebody has.
#[derive(Debug, Serialize, ToSchema)]
struct HeldView {
    /// Code.
    role: &'static str,
    /// For whom.
    party: PartyName,
    /// Last day.
    #[schema(required, format = Date)]
    until: Option<String>,
}

/// A party by name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct PartyName {
    /// Id.
    pub(super) id: String,
    /// Name.
    pub(super) name: String,
    /// Kind.
    pub(super) kind: &'static str,
}

/// Who is calling, and what they may do where.
#[utoipa::path(
    get, path = "/session", tag = "session",
    responses((status = 200, description = "The caller.", body = SessionView), Asks, Knows),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_session(State(server): State<Server>, Caller(actor): Caller, parameters: Parameters) -> Result<Response, Problem> {
    parameters.finish()?;
    let account = match actor.person() {
        Some(member) => server.app.account(member.id).await?,
        None => None,
    };
    let role = match actor {
        Actor::Operator => Some("operator"),
        Actor::Person(_) => Some("person"),
        Actor::Resident | Actor::System => None,
    };
    let (person, held) = account.map_or((None, Vec::new()), |account| (Some(account.person), account.held));
    let registry = server.app.registry();
    let rights = registry.kommuner.iter().filter(|(_, kommun)| kommun.municipality.active).filter_map(|(code, kommun)| {
        let acts: Vec<&str> = Act::ALL.iter().filter(|act| actor.may(**act, *code)).map(|act| act.as_str()).collect();
        let roles = held.iter().filter(|held| held.right.extent.covers(*code)).map(HeldView::of).collect::<Vec<_>>();
        let municipality = MunicipalityName { code: code.to_string(), name: kommun.municipality.name.clone() };
        (!acts.is_empty() || !roles.is_empty()).then_some(RightView { municipality, acts, roles })
    });
    Ok(answer::private_json(&SessionView {
        role,
        person: person.map(|row| PersonView { id: row.id.to_string(), name: row.name, login: row.login }),
        rights: rights.collect(),
        everywhere: Act::ALL.iter().filter(|act| actor.may_everywhere(**act)).map(|act| act.as_str()).collect(),
    }))
}

impl HeldView {
    fn of(held: &Held) -> Self {
        let party = PartyName { id: held.party.to_string(), name: held.party_name.clone(), kind: held.kind.as_str() };
        Self { role: held.right.role.as_str(), party, until: held.until.map(|date| date.to_string()) }
    }
}

/// Logs out.
#[utoipa::path(
    delete, path = "/session", tag = "session",
    responses((status = 204, description = "The session is over and its cookie taken back.", headers(("Set-Cookie" = String, description = "An empty session."))), Asks, Acts, Writes),
)]
async fn delete_session(
    State(server): State<Server>,
    _: SameSite,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    if let Some(session) = read_cookie(&headers, cookie_name(&server.settings)) {
        server.app.end_session(&session).await?;
    }
    let cookie = set_cookie(&server, "", 0)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}
