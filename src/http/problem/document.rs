//! The problem document as it is written (RFC 9457).

use serde::Serialize;
use utoipa::ToSchema;

use super::{Language, Problem, RequestId};
use crate::app::reports::Inactive;
use crate::domain::invalid::{Fault, FieldFault};
use crate::http::openapi::codes;
use crate::http::wording;

/// A failure (RFC 9457), in the reader's language.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// What kind of failure, as a URI reference.
    #[schema(pattern = "^/problems/[a-z-]+$", examples("/problems/invalid"))]
    r#type: String,
    /// The kind in words.
    title: &'static str,
    /// The status code.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    detail: Option<&'static str>,
    /// Every fault at once; empty when the failure is not about single fields.
    errors: Vec<FieldError>,
    /// With a fault of Lykta's own (5xx): the request's name in the log, as in the header `x-request-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9a-f]{16}$")]
    request_id: Option<String>,
    /// With `/problems/inactive`: the kommun, and where its residents can turn instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    municipality: Option<InactiveMunicipality>,
}

/// What is wrong with one field or parameter.
#[derive(Debug, Serialize, ToSchema)]
struct FieldError {
    /// A JSON pointer into the body (`/note`), or `?name` for a parameter.
    #[schema(examples("/note", "?bbox"))]
    pointer: String,
    /// The broken rule.
    #[schema(pattern = "^[a-z0-9_]+$", examples("missing", "unknown_field"))]
    code: &'static str,
    /// The rule in words.
    message: String,
    /// With `personal_data` and `suspicion`: where it stands in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    spans: Option<Vec<Span>>,
}

/// Personal data, or a suspicion, in a text.
#[derive(Debug, Serialize, ToSchema)]
struct Span {
    /// The first Unicode code point.
    start: usize,
    /// One past the last code point.
    end: usize,
    /// What it is.
    #[schema(value_type = codes::FindingKind)]
    kind: &'static str,
}

/// A kommun that takes no reports here.
#[derive(Debug, Serialize, ToSchema)]
struct InactiveMunicipality {
    /// Four digits.
    #[schema(pattern = "^[0-9]{4}$")]
    code: String,
    /// Its name.
    name: String,
    /// Its own fault report page.
    #[schema(required)]
    fault_report_url: Option<String>,
}

impl ProblemDocument {
    /// The document in a language.
    pub fn of(problem: &Problem, language: Language, request: Option<&RequestId>) -> Self {
        Self {
            r#type: format!("/problems/{}", problem.kind.status().1),
            title: wording::title(problem.kind, language),
            status: problem.status.as_u16(),
            detail: wording::detail(problem.kind, language),
            errors: problem.faults.iter().map(|fault| FieldError::of(fault, language)).collect(),
            request_id: request.filter(|_| problem.status.is_server_error()).map(|request| request.0.clone()),
            municipality: problem.inactive.as_deref().map(InactiveMunicipality::of),
        }
    }
}

impl FieldError {
    fn of(fault: &FieldFault, language: Language) -> Self {
        let spans = match &fault.fault {
            Fault::PersonalData(findings) | Fault::Suspicion(findings) => {
                Some(findings.iter().map(|f| Span { start: f.start, end: f.end, kind: f.kind.as_str() }).collect())
            }
            _ => None,
        };
        Self { pointer: fault.pointer.clone(), code: fault.fault.code(), message: wording::message(&fault.fault, language), spans }
    }
}

impl InactiveMunicipality {
    fn of(kommun: &Inactive) -> Self {
        Self { code: kommun.code.to_string(), name: kommun.name.clone(), fault_report_url: kommun.fault_report_url.clone() }
    }
}
