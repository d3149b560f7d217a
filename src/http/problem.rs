//! Every failure as one RFC 9457 problem document, in the reader's language.
//!
//! A handler returns a [`Problem`]; it travels as a response extension until the outermost layer, which knows the request's language,
//! renders it. Failures that layers make themselves (time-outs, unknown paths) get their document there as well.

mod document;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub use self::document::ProblemDocument;
use crate::app::directory::DirectoryError;
use crate::app::reports::{Inactive, ReportError};
use crate::db::DbError;
use crate::domain::agreement::Bilingual;
use crate::domain::invalid::{Fault, FieldFault};

/// The languages Lykta speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Swedish, the default.
    Swedish,
    /// English.
    English,
}

impl Language {
    /// The first of Lykta's languages in an `Accept-Language` header, by quality; Swedish when none is named.
    pub fn from_header(header: Option<&HeaderValue>) -> Self {
        let text = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best = (0.0_f32, Self::Swedish);
        for part in text.split(',').take(32) {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let quality = pieces.find_map(|p| p.trim().strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let language = match tag.split('-').next() {
                Some("sv") => Self::Swedish,
                Some("en") => Self::English,
                _ => continue,
            };
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// A text in this language.
    pub fn of(self, text: &Bilingual) -> &str {
        match self {
            Self::Swedish => &text.sv,
            Self::English => &text.en,
        }
    }

    /// BCP 47.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }
}

/// The name of one request, random.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The kinds of failure; each is a URI reference `/problems/<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Faults in a body (422) or in the parameters (400).
    Invalid,
    /// The body does not read at all.
    Malformed,
    /// The words hold personal data.
    PersonalData,
    /// The words accuse somebody who is pointed out.
    Suspicion,
    /// The place is in no kommun.
    Outside,
    /// The kommun takes no reports here.
    Inactive,
    /// The id is taken.
    IdReused,
    /// It was withdrawn.
    Withdrawn,
    /// Not there, or not for the caller.
    NotFound,
    /// Not with these rights.
    Forbidden,
    /// One's own rights are another's to change.
    OwnRights,
    /// It is used by something else.
    InUse,
    /// As many as there may be.
    TooMany,
    /// What was begun waits no longer.
    Over,
    /// Logged in too long ago for this.
    LogInAgain,
    /// Only the frozen release is public.
    NotPublic,
    /// Log in first.
    Unauthorized,
    /// Changed meanwhile.
    Stale,
    /// `If-Match` is missing.
    PreconditionRequired,
    /// Too many from one visitor.
    RateLimited,
    /// The disk is full.
    StorageFull,
    /// Try again soon.
    Unavailable,
    /// The body is too large.
    TooLarge,
    /// Only plain `application/json`.
    UnsupportedMediaType,
    /// The method is not for this path.
    MethodNotAllowed,
    /// Took too long.
    Timeout,
    /// From another site.
    CrossSite,
    /// The range is not in the file.
    Range,
    /// A fault of Lykta's own.
    Internal,
}

impl Kind {
    /// Status code and code in `type`.
    pub const fn status(self) -> (StatusCode, &'static str) {
        match self {
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Self::PersonalData => (StatusCode::UNPROCESSABLE_ENTITY, "personal-data"),
            Self::Suspicion => (StatusCode::UNPROCESSABLE_ENTITY, "suspicion"),
            Self::Outside => (StatusCode::UNPROCESSABLE_ENTITY, "outside"),
            Self::Inactive => (StatusCode::UNPROCESSABLE_ENTITY, "inactive"),
            Self::IdReused => (StatusCode::CONFLICT, "id-reused"),
            Self::Withdrawn => (StatusCode::GONE, "withdrawn"),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::OwnRights => (StatusCode::FORBIDDEN, "own-rights"),
            Self::Over => (StatusCode::GONE, "over"),
            Self::LogInAgain => (StatusCode::FORBIDDEN, "log-in-again"),
            Self::InUse => (StatusCode::CONFLICT, "in-use"),
            Self::TooMany => (StatusCode::CONFLICT, "too-many"),
            Self::NotPublic => (StatusCode::FORBIDDEN, "not-public"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::Stale => (StatusCode::PRECONDITION_FAILED, "stale"),
            Self::PreconditionRequired => (StatusCode::PRECONDITION_REQUIRED, "precondition-required"),
            Self::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "rate-limited"),
            Self::StorageFull => (StatusCode::INSUFFICIENT_STORAGE, "storage-full"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::UnsupportedMediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed"),
            Self::Timeout => (StatusCode::REQUEST_TIMEOUT, "timeout"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross-site"),
            Self::Range => (StatusCode::RANGE_NOT_SATISFIABLE, "range"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        }
    }
}

/// A failure on its way to the reader.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What kind.
    pub kind: Kind,
    /// Overrides the kind's status (400 for parameters).
    pub status: StatusCode,
    /// All faults at once.
    pub faults: Vec<FieldFault>,
    /// The kommun that is not active.
    pub inactive: Option<Box<Inactive>>,
    /// Seconds after which to try again.
    pub retry_after: Option<u64>,
}

impl Problem {
    /// A problem without faults.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, status: kind.status().0, faults: Vec::new(), inactive: None, retry_after: None }
    }

    /// Faults in a body.
    pub fn invalid(faults: Vec<FieldFault>) -> Self {
        let about_persons = |fault: &FieldFault| matches!(fault.fault, Fault::PersonalData(_) | Fault::Suspicion(_));
        let suspicion = faults.iter().any(|fault| matches!(fault.fault, Fault::Suspicion(_)));
        let kind = match faults.iter().all(about_persons) {
            // Whoever accuses somebody is turned to the police, whatever else has to be corrected.
            _ if suspicion => Kind::Suspicion,
            true if !faults.is_empty() => Kind::PersonalData,
            _ => Kind::Invalid,
        };
        Self { faults, ..Self::new(kind) }
    }

    /// Faults in the parameters.
    pub fn parameters(faults: Vec<FieldFault>) -> Self {
        Self { faults, status: StatusCode::BAD_REQUEST, ..Self::new(Kind::Invalid) }
    }

    /// "Try again in this many seconds."
    pub const fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The document and its response.
    pub fn render(&self, language: Language, request: Option<&RequestId>) -> Response {
        // Texts and numbers only: nothing in it can fail to be written.
        let bytes = serde_json::to_vec(&ProblemDocument::of(self, language, request)).unwrap_or_default();
        let mut response = (self.status, Body::from(bytes)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<DbError> for Problem {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Full => Self::new(Kind::StorageFull).retry_after(60),
            DbError::Unavailable(why) => {
                tracing::warn!(why, "the store is unavailable");
                Self::new(Kind::Unavailable).retry_after(2)
            }
            other => {
                tracing::error!(error = %other, "the store failed");
                Self::new(Kind::Internal)
            }
        }
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Outside => Self::new(Kind::Outside),
            ReportError::Inactive(kommun) => Self { inactive: Some(kommun), ..Self::new(Kind::Inactive) },
            ReportError::IdReused => Self::new(Kind::IdReused),
            ReportError::Withdrawn => Self::new(Kind::Withdrawn),
            ReportError::NotFound => Self::new(Kind::NotFound),
            ReportError::Stale => Self::new(Kind::Stale),
            ReportError::Forbidden => Self::new(Kind::Forbidden),
            ReportError::Invalid(faults) if faults.iter().any(|fault| fault.pointer.starts_with('?')) => Self::parameters(faults),
            ReportError::Invalid(faults) => Self::invalid(faults),
            ReportError::Db(error) => error.into(),
        }
    }
}

impl From<DirectoryError> for Problem {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::NotFound => Self::new(Kind::NotFound),
            DirectoryError::Forbidden => Self::new(Kind::Forbidden),
            DirectoryError::OwnRights => Self::new(Kind::OwnRights),
            DirectoryError::Over => Self::new(Kind::Over),
            DirectoryError::IdReused => Self::new(Kind::IdReused),
            DirectoryError::InUse => Self::new(Kind::InUse),
            DirectoryError::TooMany => Self::new(Kind::TooMany),
            DirectoryError::Invalid(faults) => Self::invalid(faults),
            DirectoryError::Db(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_language_is_found_and_swedish_is_the_default() {
        let of = |text: &'static str| Language::from_header(Some(&HeaderValue::from_static(text)));
        assert_eq!(Language::from_header(None), Language::Swedish);
        assert_eq!(of("en-GB,en;q=0.9,sv;q=0.8"), Language::English);
        assert_eq!(of("fi, sv;q=0.5, en;q=0.4"), Language::Swedish);
        assert_eq!(of("de"), Language::Swedish);
    }
}
