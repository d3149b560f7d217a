//! Logging in by another's service: OpenID Connect Core 1.0, code flow with PKCE (RFC 7636), one redirect address per provider (RFC 9700 § 4.4).

mod account;
pub mod providers;

use chrono::{DateTime, Utc};
use jiff::SignedDuration;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AdditionalClaims, AuthenticationContextClass, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, IdTokenFields, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse, StandardTokenResponse,
    TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use self::providers::Provider;
use super::App;
use super::directory::DirectoryError;
use super::outbound::{Outbound, OutboundError};
use super::session::Proven;
use crate::db::DbError;
use crate::domain::factor::Ceremony;

/// How far the provider's clock may be from ours.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How old a token may be.
const AGE: SignedDuration = SignedDuration::from_mins(10);
/// What a token may be signed with: never nothing, and never with the secret that both know.
const SIGNED: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// Claims that the standard has no name for, such as groups.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct OtherClaims(Map<String, Value>);
impl AdditionalClaims for OtherClaims {}

type Fields =
    IdTokenFields<OtherClaims, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;
type Relying = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody was logged in.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// There is no provider of that name.
    #[error("no such provider")]
    Unknown,
    /// Nothing was begun in this browser, or too long ago, or it was answered already.
    #[error("nothing was begun here")]
    Over,
    /// The provider, or what it says, is not trusted. What it said is for the operator's log.
    #[error("refused: {0}")]
    Refused(String),
    /// It is somebody whom nobody has given anything to do here.
    #[error("no account")]
    NoAccount,
    /// The provider does not answer.
    #[error("{0}")]
    Unreached(String),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<DirectoryError> for OidcError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::Db(error) => Self::Db(error),
            other => Self::Refused(other.to_string()),
        }
    }
}

/// A provider with what it takes to ask it.
#[derive(Debug)]
pub(super) struct Known {
    provider: Provider,
    secret: Option<String>,
    outbound: Outbound,
}

/// Where a browser is to go, and what it is to bring back.
#[derive(Debug)]
pub struct Sent {
    /// The provider's address.
    pub location: String,
    /// For a cookie: binds the answer to this browser.
    pub ceremony: String,
}

/// What a browser brings back.
#[derive(Debug, Default)]
pub struct Returned {
    /// As it was sent along.
    pub state: String,
    /// Holds once.
    pub code: String,
    /// Who says so (RFC 9207), where the provider tells.
    pub issuer: Option<String>,
}

/// Kept until the browser is back.
#[derive(Serialize, Deserialize)]
struct Begun {
    provider: String,
    state: String,
    nonce: String,
    verifier: String,
    next: String,
}

/// Readies the providers of a file.
pub(super) fn open(providers: Vec<Provider>) -> Result<Vec<Known>, providers::ProvidersError> {
    let ready = |provider: Provider| {
        let refused = |path: &std::path::Path, why: String| providers::ProvidersError { path: path.to_owned(), why };
        let secret = match &provider.client_secret_file {
            Some(path) => Some(std::fs::read_to_string(path).map_err(|error| refused(path, error.to_string()))?.trim().to_owned()),
            None => None,
        };
        let outbound = Outbound::new(provider.private_network, provider.ca_file.as_deref());
        let outbound = outbound.map_err(|error| refused(provider.ca_file.as_deref().unwrap_or_else(|| "".as_ref()), error.to_string()))?;
        Ok(Known { provider, secret, outbound })
    };
    providers.into_iter().map(ready).collect()
}

impl App {
    /// Id and name of each log-in service.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.oidc.iter().map(|known| (known.provider.id.as_str(), known.provider.name.as_str()))
    }

    /// Sends a browser to a log-in service; `next` is where it goes afterwards.
    pub async fn begin_oidc(&self, id: &str, next: &str) -> Result<Sent, OidcError> {
        let known = self.oidc.iter().find(|known| known.provider.id == id).ok_or(OidcError::Unknown)?;
        let client = self.relying(known).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut ask = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .set_pkce_challenge(challenge);
        for scope in &known.provider.scopes {
            ask = ask.add_scope(Scope::new(scope.clone()));
        }
        for level in &known.provider.acr_values {
            ask = ask.add_auth_context_value(AuthenticationContextClass::new(level.clone()));
        }
        let (location, state, nonce) = ask.url();
        let begun = Begun {
            provider: id.to_owned(),
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            next: next.to_owned(),
        };
        let begun = serde_json::to_string(&begun).map_err(|error| DbError::Corrupt(error.to_string()))?;
        let ceremony = self.begin_ceremony(Ceremony::Oidc, None, begun).await?;
        Ok(Sent { location: location.into(), ceremony })
    }

    /// Who came back from a log-in service, and where they go.
    pub async fn finish_oidc(&self, id: &str, ceremony: &str, returned: Returned) -> Result<(Proven, String), OidcError> {
        let known = self.oidc.iter().find(|known| known.provider.id == id).ok_or(OidcError::Unknown)?;
        let (_, waited) = self.begun(ceremony, &[Ceremony::Oidc]).await?.ok_or(OidcError::Over)?;
        let begun: Begun = serde_json::from_str(&waited.state).map_err(|error| DbError::Corrupt(error.to_string()))?;
        if begun.provider != id || !bool::from(begun.state.as_bytes().ct_eq(returned.state.as_bytes())) {
            return Err(OidcError::Over);
        }
        // Once, whatever comes of it.
        let hash = waited.hash;
        if !self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.end_ceremony(hash))).await? {
            return Err(OidcError::Over);
        }
        if returned.issuer.is_some_and(|issuer| issuer != known.provider.issuer) {
            return Err(OidcError::Refused("the answer is another issuer's".to_owned()));
        }
        let (subject, claims) = self.exchange(known, returned.code, begun.nonce, begun.verifier).await?;
        let person = self.oidc_person(&known.provider, &subject, &claims).await?;
        Ok((Proven { id: person, password: None }, begun.next))
    }

    /// Trades the code for a token, and reads who it is about.
    async fn exchange(
        &self,
        known: &Known,
        code: String,
        nonce: String,
        verifier: String,
    ) -> Result<(String, Map<String, Value>), OidcError> {
        let client = self.relying(known).await?;
        let http = http(known);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| OidcError::Refused(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&http)
            .await
            .map_err(|error| failed(&error))?;
        let token = tokens.id_token().ok_or_else(|| OidcError::Refused("no ID token".to_owned()))?;
        let now = self.now();
        let moment = |at: jiff::Timestamp| DateTime::<Utc>::from_timestamp(at.as_second(), 0).unwrap_or_default();
        let (earliest, latest) = (moment(now - AGE), moment(now + SKEW));
        let levels = known.provider.acr_values.clone();
        let id_verifier = client
            .id_token_verifier()
            .set_allowed_algs(SIGNED)
            .set_time_fn(move || moment(now - SKEW))
            .set_issue_time_verifier_fn(move |at| if (earliest..=latest).contains(&at) { Ok(()) } else { Err(format!("issued at {at}")) })
            .set_auth_context_verifier_fn(move |level| {
                let shown = level.map(|level| level.as_str());
                let enough = levels.is_empty() || shown.is_some_and(|shown| levels.iter().any(|level| level == shown));
                if enough { Ok(()) } else { Err(format!("level {shown:?}")) }
            });
        let refused = |error: &dyn std::error::Error| OidcError::Refused(chain(error));
        let claims = token.claims(&id_verifier, &Nonce::new(nonce)).map_err(|error| refused(&error))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| refused(&error))?;
            let key = token.signing_key(&id_verifier).map_err(|error| refused(&error))?;
            let found = AccessTokenHash::from_token(tokens.access_token(), algorithm, key).map_err(|error| refused(&error))?;
            if found != *expected {
                return Err(OidcError::Refused("the access token is not the one that was signed for".to_owned()));
            }
        }
        let subject = claims.subject().clone();
        let mut all = object(claims)?;
        let named = &known.provider.claims;
        let lacks = [&named.login, &named.name, &named.groups].iter().any(|name| !all.contains_key(name.as_str()));
        if lacks && let Ok(asked) = client.user_info(tokens.access_token().clone(), Some(subject.clone())) {
            let more: UserInfoClaims<OtherClaims, CoreGenderClaim> = asked.request_async(&http).await.map_err(|error| failed(&error))?;
            for (name, value) in object(&more)? {
                all.entry(name).or_insert(value);
            }
        }
        Ok((subject.to_string(), all))
    }

    /// This service as a client of a provider, which says of itself where it is and what it signs with.
    async fn relying(&self, known: &Known) -> Result<Relying, OidcError> {
        let provider = &known.provider;
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| OidcError::Refused(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &http(known)).await.map_err(|error| failed(&error))?;
        let back = format!("{}/api/v1/session/oidc/{}/callback", self.origin.trim_end_matches('/'), provider.id);
        let back = RedirectUrl::new(back).map_err(|error| OidcError::Refused(error.to_string()))?;
        let secret = known.secret.clone().map(ClientSecret::new);
        Ok(Relying::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), secret).set_redirect_uri(back))
    }
}

/// How a provider is asked.
fn http(
    known: &Known,
) -> impl Fn(HttpRequest) -> std::pin::Pin<Box<dyn Future<Output = Result<openidconnect::HttpResponse, OutboundError>> + Send>> {
    let outbound = known.outbound.clone();
    move |request| {
        let outbound = outbound.clone();
        Box::pin(async move { outbound.ask(request).await })
    }
}

/// A provider that does not answer is not one that says no.
fn failed(error: &(dyn std::error::Error + 'static)) -> OidcError {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if let Some(OutboundError::Unreached(_) | OutboundError::Late) = inner.downcast_ref::<OutboundError>() {
            return OidcError::Unreached(inner.to_string());
        }
        cause = inner.source();
    }
    OidcError::Refused(chain(error))
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

fn object(claims: &impl Serialize) -> Result<Map<String, Value>, OidcError> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(all)) => Ok(all),
        _ => Err(OidcError::Refused("the claims are no object".to_owned())),
    }
}
