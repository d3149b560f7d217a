//! The failures an operation can end in, each a problem document; handlers name the sets that apply to them.

use std::collections::BTreeMap;

use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::build::{integer, named, text};
use crate::http::problem::ProblemDocument;

macro_rules! sets {
    ($($(#[doc = $doc:literal])+ $name:ident { $($status:literal: $what:literal,)+ })+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $name;

            impl IntoResponses for $name {
                fn responses() -> BTreeMap<String, RefOr<Response>> {
                    [$(($status, $what)),+].into_iter().map(|(status, what)| (status.to_string(), problem(status, what).into())).collect()
                }
            }
        )+
    };
}

sets! {
    /// Any operation that reads the query string.
    Asks {
        400: "A parameter is unknown, given twice, or does not read (`/problems/invalid`).",
        408: "The request took too long (`/problems/timeout`).",
        500: "A fault of Lykta's own (`/problems/internal`).",
    }
    /// Also reads the store.
    Reads {
        503: "The store does not answer right now (`/problems/unavailable`).",
    }
    /// Also writes to the store.
    Writes {
        503: "The store does not answer right now; nothing was kept (`/problems/unavailable`).",
        507: "The disk is full; nothing was kept (`/problems/storage-full`).",
    }
    /// Takes a JSON body.
    TakesJson {
        400: "The body is not a JSON object (`/problems/malformed`), or a parameter is unknown (`/problems/invalid`).",
        413: "The body is larger than 64 KiB (`/problems/too-large`).",
        415: "Not plain, uncompressed `application/json` (`/problems/unsupported-media-type`).",
        422: "Fields are missing, unknown or break a rule; all faults at once (`/problems/invalid`).",
    }
    /// Looks at who is calling.
    Knows {
        401: "The bearer token does not hold (`/problems/unauthorized`).",
        429: "Too many wrong bearer tokens from one visitor (`/problems/rate-limited`).",
        503: "The store, which knows the sessions, does not answer right now (`/problems/unavailable`).",
    }
    /// Only for those with the right.
    NeedsRight {
        401: "Neither a bearer token nor a session (`/problems/unauthorized`).",
        403: "Not with this role, or not in this kommun (`/problems/forbidden`); one's own rights (`/problems/own-rights`); a session cookie was sent from another site (`/problems/cross-site`).",
        429: "Too many wrong bearer tokens from one visitor (`/problems/rate-limited`).",
        503: "The store does not answer right now (`/problems/unavailable`).",
    }
    /// Only for a person in a browser.
    NeedsAccount {
        401: "Not logged in (`/problems/unauthorized`).",
        403: "A token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`).",
        429: "Too many wrong bearer tokens from one visitor (`/problems/rate-limited`).",
        503: "The store does not answer right now (`/problems/unavailable`).",
    }
    /// Concerns one's own account, and asks for a log-in not longer ago than a quarter of an hour.
    NeedsFresh {
        401: "Not logged in (`/problems/unauthorized`).",
        403: "Logged in longer ago than a quarter of an hour (`/problems/log-in-again`); a token, or the operator's session, which have no account (`/problems/forbidden`); a session cookie was sent from another site (`/problems/cross-site`).",
        429: "Too many wrong bearer tokens from one visitor (`/problems/rate-limited`).",
        503: "The store does not answer right now (`/problems/unavailable`).",
    }
    /// Acts on behalf of a caller who may hold a session cookie.
    Acts {
        403: "A session cookie was sent from another site (`/problems/cross-site`); a token that only reads, or a role that may not (`/problems/forbidden`).",
    }
    /// Counted per visitor.
    Limited {
        429: "Too many from one visitor: reports, receipts that are none, or tokens that do not hold (`/problems/rate-limited`).",
    }
    /// Names something in its path.
    Finds {
        404: "Not there, or not for the caller (`/problems/not-found`).",
    }
}

fn problem(status: u16, what: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(named(&ProblemDocument::name()))).build();
    let answer = ResponseBuilder::new().description(what).content("application/problem+json", content);
    match status {
        401 => answer.header("WWW-Authenticate", HeaderBuilder::new().schema(Some(text())).description(Some("`Bearer`.")).build()),
        429 | 503 | 507 => {
            let seconds =
                HeaderBuilder::new().schema(Some(integer(1, 3_600))).description(Some("Seconds after which to try again.")).build();
            answer.header("Retry-After", seconds)
        }
        _ => answer,
    }
    .build()
}
