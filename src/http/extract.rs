//! What a handler may ask of a request: who is calling, in which language, which parameters, which JSON.

use std::net::{IpAddr, SocketAddr};

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ipnet::IpNet;
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::problem::{Kind, Language, Problem};
use super::{Server, session};
use crate::app::session::Session;
use crate::domain::actor::Actor;
use crate::domain::factor::FRESH;
use crate::domain::ids::PersonId;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;

/// Largest JSON body; the longest honest report is a tenth of it.
pub const BODY_MAX: usize = 64 * 1024;

/// Who is calling, by bearer token (or, reading, as the password of HTTP Basic) or session cookie.
#[derive(Clone, Debug)]
pub struct Caller(pub Actor);

impl Caller {
    /// Refuses a caller who may not do something in any kommun; whether they may in the one they ask about is the act's to say.
    pub fn who_may(self, act: Act) -> Result<Actor, Problem> {
        match self.0 {
            actor if actor.may_somewhere(act) => Ok(actor),
            Actor::Resident => Err(Problem::new(Kind::Unauthorized)),
            _ => Err(Problem::new(Kind::Forbidden)),
        }
    }
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        if let Some(value) = parts.headers.get(header::AUTHORIZATION) {
            let token = value.to_str().ok().and_then(|text| token(text, &parts.method)).unwrap_or_default();
            // A token that does not hold is refused, not treated as nobody: its bearer must hear of it.
            let actor = session::holder(server, &token, Visitor::of(parts, server).0).await?;
            if actor.person().is_some_and(|member| member.reads_only) && !is_safe(&parts.method) {
                return Err(Problem::new(Kind::Forbidden));
            }
            return Ok(Self(actor));
        }
        Ok(Self(in_session(parts, server).await?.map_or(Actor::Resident, |session| session.actor)))
    }
}

/// The session that the request's cookie names, if it holds.
async fn in_session(parts: &Parts, server: &Server) -> Result<Option<Session>, Problem> {
    let cookie = session::read_cookie(&parts.headers, session::cookie_name(&server.settings));
    let session = match cookie {
        Some(cookie) => server.app.session(&cookie).await?,
        None => None,
    };
    if session.is_some() && !is_safe(&parts.method) && !is_same_origin(&parts.headers) {
        return Err(Problem::new(Kind::CrossSite));
    }
    Ok(session)
}

/// A person in a browser: what concerns the account itself is nothing for tokens.
#[derive(Clone, Debug)]
pub struct LoggedIn {
    /// Who.
    pub person: PersonId,
    /// By which session.
    pub session: Uuid,
    /// Since when.
    pub begun_at: Timestamp,
}

impl FromRequestParts<Server> for LoggedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            Caller::from_request_parts(parts, server).await?;
            return Err(Problem::new(Kind::Forbidden));
        }
        let session = in_session(parts, server).await?.ok_or_else(|| Problem::new(Kind::Unauthorized))?;
        let member = session.actor.person().ok_or_else(|| Problem::new(Kind::Forbidden))?;
        let begun_at = Timestamp::from_microsecond(session.row.begun_at).map_err(|_| Problem::new(Kind::Internal))?;
        Ok(Self { person: member.id, session: session.row.id, begun_at })
    }
}

/// A person who has lately shown who they are: what changes how one logs in, or outlives the session, is not for whoever finds a screen unlocked.
#[derive(Clone, Debug)]
pub struct Fresh(pub LoggedIn);

impl FromRequestParts<Server> for Fresh {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Problem> {
        let caller = LoggedIn::from_request_parts(parts, server).await?;
        let fresh = server.app.now().duration_since(caller.begun_at) <= FRESH;
        if fresh { Ok(Self(caller)) } else { Err(Problem::new(Kind::LogInAgain)) }
    }
}

/// The token of an `Authorization`. GIS programs know only names and passwords: for them it is the password, under any name. Browsers send
/// those by themselves, from whatever site, so with them one only reads.
fn token(authorization: &str, method: &Method) -> Option<String> {
    let (scheme, rest) = authorization.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") || !is_safe(method) {
        return None;
    }
    let pair = String::from_utf8(BASE64_STANDARD.decode(rest.trim()).ok()?).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// A browser tells where a request comes from; one that carries a cookie and does not tell is not trusted.
fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()) {
        return matches!(site, "same-origin" | "none");
    }
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    matches!((host, origin.and_then(|origin| origin.split_once("://"))), (Some(host), Some((_, origin))) if origin == host)
}

/// A request that no page of another site has made. A browser always says where an unsafe request comes from; a program that is none says
/// nothing, and has no cookies that somebody else could use.
#[derive(Clone, Copy, Debug)]
pub struct SameSite;

impl<S: Send + Sync> FromRequestParts<S> for SameSite {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let says = ["sec-fetch-site", "origin"].iter().any(|name| parts.headers.contains_key(*name));
        if says && !is_same_origin(&parts.headers) { Err(Problem::new(Kind::CrossSite)) } else { Ok(Self) }
    }
}

/// The one variable part of a path. One that is not text names nothing.
#[derive(Debug)]
pub struct PathPart(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathPart {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = RawPathParams::from_request_parts(parts, state).await.ok();
        let part = path.as_ref().and_then(|path| path.iter().next()).map(|(_, part)| Self(part.to_owned()));
        part.ok_or_else(|| Problem::new(Kind::NotFound))
    }
}

/// The language the caller reads.
impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::from_header(parts.headers.get(header::ACCEPT_LANGUAGE)))
    }
}

/// The visitor's network address, for rate limits only; never stored, never logged.
#[derive(Clone, Copy, Debug)]
pub struct Visitor(pub IpAddr);

impl FromRequestParts<Server> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts, server))
    }
}

impl Visitor {
    fn of(parts: &Parts, server: &Server) -> Self {
        let peer = parts.extensions.get::<SocketAddr>().map_or(IpAddr::from([0, 0, 0, 0]), SocketAddr::ip);
        Self(visitor(peer, &parts.headers, &server.settings.trusted_proxies))
    }
}

/// The rightmost hop that is not a trusted proxy. What a client writes into `X-Forwarded-For` itself stands to the left and is ignored,
/// so nobody mints addresses or locks out somebody else.
pub fn visitor(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |ip: IpAddr| trusted.iter().any(|net| net.contains(&ip.to_canonical()));
    let peer = peer.to_canonical();
    if !is_trusted(peer) {
        return peer;
    }
    let mut last = peer;
    let hops: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(',')).collect();
    for hop in hops.into_iter().rev() {
        match hop.trim().parse::<IpAddr>() {
            Ok(ip) if is_trusted(ip) => last = ip.to_canonical(),
            Ok(ip) => return ip.to_canonical(),
            Err(_) => return last,
        }
    }
    last
}

/// A JSON body: `application/json`, uncompressed, bounded in size and (by serde_json) in depth.
#[derive(Debug)]
pub struct JsonBody(pub Value);

impl FromRequest<Server> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Server) -> Result<Self, Problem> {
        let headers = request.headers();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let plain = kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !plain || headers.contains_key(header::CONTENT_ENCODING) {
            return Err(Problem::new(Kind::UnsupportedMediaType));
        }
        let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<u64>().ok());
        if declared.is_some_and(|length| length > BODY_MAX as u64) {
            return Err(Problem::new(Kind::TooLarge));
        }
        let bytes = to_bytes(request.into_body(), BODY_MAX).await.map_err(|_| Problem::new(Kind::TooLarge))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| Problem::new(Kind::Malformed))
    }
}

/// Query parameters being read, strictly: each once, all known.
#[derive(Debug)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
    faults: Vec<FieldFault>,
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(parts.uri.query().unwrap_or_default()))
    }
}

impl Parameters {
    /// Reads a query string.
    pub fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { pairs, faults: Vec::new() }
    }

    /// Notes a fault.
    pub fn fault(&mut self, name: &str, fault: Fault) {
        self.faults.push(FieldFault::at(format!("?{name}"), fault));
    }

    /// Whether a parameter has a fault.
    pub fn is_faulty(&self, name: &str) -> bool {
        self.faults.iter().any(|fault| fault.pointer.strip_prefix('?') == Some(name))
    }

    /// Takes a parameter; given twice is a fault, empty reads as absent.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let mut values: Vec<String> = Vec::new();
        self.pairs.retain_mut(|(known, value)| {
            let found = known == name;
            if found {
                values.push(std::mem::take(value));
            }
            !found
        });
        if values.len() > 1 {
            self.fault(name, Fault::TooMany(1));
        }
        values.pop().filter(|value| !value.is_empty())
    }

    /// A parameter that reads as something.
    pub fn parsed<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T, Fault>) -> Option<T> {
        let text = self.take(name)?;
        parse(&text).map_err(|fault| self.fault(name, fault)).ok()
    }

    /// A comma-separated list.
    pub fn list<T>(&mut self, name: &str, max: usize, parse: impl Fn(&str) -> Result<T, Fault>) -> Vec<T> {
        let Some(text) = self.take(name) else { return Vec::new() };
        if text.split(',').count() > max {
            self.fault(name, Fault::TooMany(max));
            return Vec::new();
        }
        text.split(',').map(parse).collect::<Result<_, _>>().map_err(|fault| self.fault(name, fault)).unwrap_or_default()
    }

    /// Whether any parameters are left; their names.
    pub fn left(&self) -> Vec<String> {
        self.pairs.iter().map(|(name, _)| name.clone()).take(32).collect()
    }

    /// Ends the reading: unknown parameters are named, any fault is a 400.
    pub fn finish(mut self) -> Result<(), Problem> {
        for name in self.left() {
            self.fault(&name, Fault::UnknownParameter);
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Problem::parameters(self.faults)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(forwarded: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", axum::http::HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_visitor_is_the_rightmost_hop_nobody_could_forge() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().expect("a net"), "::1/128".parse().expect("a net")];
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert_eq!(visitor(ip("203.0.113.9"), &headers(&["198.51.100.1"]), &proxies), ip("203.0.113.9"), "not through a proxy");
        assert_eq!(visitor(ip("10.0.0.2"), &headers(&["1.1.1.1, 198.51.100.7, 10.0.0.9"]), &proxies), ip("198.51.100.7"));
        assert_eq!(visitor(ip("10.0.0.2"), &headers(&["1.1.1.1", "198.51.100.7"]), &proxies), ip("198.51.100.7"));
        assert_eq!(visitor(ip("10.0.0.2"), &headers(&["nonsense"]), &proxies), ip("10.0.0.2"));
        assert_eq!(visitor(ip("::ffff:10.0.0.2"), &headers(&["198.51.100.7"]), &proxies), ip("198.51.100.7"));
    }

    #[test]
    fn unknown_and_repeated_parameters_are_named() {
        let mut parameters = Parameters::read("a=1&b=2&a=3&c=%C3%A5");
        assert_eq!(parameters.take("a"), Some("3".to_owned()));
        assert_eq!(parameters.take("c"), Some("å".to_owned()));
        let problem = parameters.finish().expect_err("refused");
        let named: Vec<&str> = problem.faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(named, ["?a", "?b"]);
    }
}
