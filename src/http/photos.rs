//! Photos of a report: sent with its receipt, looked at by a moderator, seen by everybody only then.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Caller, JsonBody, Parameters, PathPart, Visitor};
use super::form::Form;
use super::limits::Lane;
use super::openapi::answers::{Acts, Asks, Finds, Knows, Limited, NeedsRight, Reads, TakesJson, Writes};
use super::openapi::bodies::{PhotoBytes, PhotoReview};
use super::openapi::parameters::{IdPath, PictureQuery, ReceiptHeader, ReportPath};
use super::problem::{Kind, Problem, ProblemDocument};
use super::{Server, answer};
use crate::app::photos::store::Size;
use crate::app::photos::{Photo, PhotoError, fault};
use crate::app::reports::ReportError;
use crate::domain::ids::{ReportId, photo_id};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;
use crate::domain::photo::{BYTES_MAX, HIDDEN_MAX, Hidden, PhotoDecision, PhotoState};

/// Carries a receipt; not in the address, which ends up in logs.
pub(super) const RECEIPT: HeaderName = HeaderName::from_static("lykta-receipt");

/// Most characters of what makes one address of a picture another.
const VERSION_MAX: usize = 40;

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<Server> {
    OpenApiRouter::default()
        .routes(routes!(list_photos))
        .routes(routes!(list_own_photos))
        .routes(routes!(put_photo, get_photo, delete_photo))
        .routes(routes!(get_thumbnail))
        .routes(routes!(review_photo))
}

/// Photos of a report.
#[derive(Debug, Serialize, ToSchema)]
struct Photos {
    /// In the order they came.
    photos: Vec<PhotoItem>,
}

/// A photo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Photo)]
struct PhotoItem {
    /// Id.
    id: String,
    /// `waiting`, `shown` or `rejected`.
    state: &'static str,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
}

impl From<Photo> for PhotoItem {
    fn from(photo: Photo) -> Self {
        Self { id: photo.id.to_string(), state: photo.state.as_str(), width: photo.width, height: photo.height }
    }
}

impl From<PhotoError> for Problem {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Picture(error) => Self::invalid(vec![fault(error)]),
            PhotoError::TooMany => Self::new(Kind::TooMany),
            PhotoError::Late => Self::new(Kind::Over),
            PhotoError::Report(error) => error.into(),
        }
    }
}

/// A file of bounded length, as it is.
async fn picture(request: Request) -> Result<Bytes, Problem> {
    let headers = request.headers();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !matches!(kind, "image/jpeg" | "image/png" | "image/webp") || headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Problem::new(Kind::UnsupportedMediaType));
    }
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()).and_then(|text| text.parse::<u64>().ok());
    if declared.is_some_and(|length| length > BYTES_MAX as u64) {
        return Err(Problem::new(Kind::TooLarge));
    }
    to_bytes(request.into_body(), BYTES_MAX).await.map_err(|_| Problem::new(Kind::TooLarge))
}

/// The receipt in a request; a missing one is no receipt. Counted before it is looked at, as where receipts are read.
fn receipt(server: &Server, headers: &HeaderMap, visitor: Visitor) -> Result<String, Problem> {
    server.limits.check(Lane::Receipt, visitor.0)?;
    Ok(headers.get(RECEIPT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned())
}

/// A receipt that is none is counted.
fn counted(server: &Server, visitor: Visitor, error: PhotoError) -> Problem {
    if matches!(error, PhotoError::Report(ReportError::NotFound)) {
        // Empty just now or not: the answer to this one is the same.
        let _ = server.limits.take(Lane::Receipt, visitor.0);
    }
    error.into()
}

/// Adds a photo to a report.
///
/// With the receipt of the report, within three days after it. What is kept is the picture alone, at most 1,600 pixels: no place, time or name that the file
/// held. The id is made by the telephone; with the same id and bytes again: the same photo.
#[utoipa::path(
    put, path = "/photos/{id}", tag = "photos",
    params(IdPath, ReceiptHeader),
    request_body(content = PhotoBytes, content_type = "image/jpeg"),
    responses(
        (status = 200, description = "It was there already.", body = PhotoItem),
        (status = 201, description = "It is on disk.", body = PhotoItem),
        (status = 404, description = "No report has this receipt (`/problems/not-found`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "Five already (`/problems/too-many`), or the id is another photo's (`/problems/id-reused`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 410, description = "More than three days after the report (`/problems/over`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 413, description = "Larger than 8 MiB (`/problems/too-large`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Not `image/jpeg`, `image/png` or `image/webp` (`/problems/unsupported-media-type`).", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "No such picture, a broken one, or more than thirty million pixels; or an id that is not random (`/problems/invalid`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, Limited, Writes,
    ),
)]
async fn put_photo(
    State(server): State<Server>,
    visitor: Visitor,
    PathPart(id): PathPart,
    parameters: Parameters,
    request: Request,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let receipt = receipt(&server, request.headers(), visitor)?;
    let id = photo_id(&id).map_err(|fault| Problem::invalid(vec![FieldFault::at("", fault)]))?;
    server.limits.take(Lane::Report, visitor.0)?;
    // Whose it is before it is read: nobody without a receipt fills the memory.
    let expected = server.app.expect_photo(&receipt).await.map_err(|error| counted(&server, visitor, error))?;
    let bytes = picture(request).await?;
    let (photo, new) = server.app.add_photo(expected, id, bytes).await?;
    let status = if new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, answer::private_json(&PhotoItem::from(photo))).into_response())
}

/// Removes a photo from a report.
///
/// With the receipt of the report; the picture goes with it.
#[utoipa::path(
    delete, path = "/photos/{id}", tag = "photos",
    params(IdPath, ReceiptHeader),
    responses((status = 204, description = "It is gone."), Asks, Finds, Limited, Writes),
)]
async fn delete_photo(
    State(server): State<Server>,
    visitor: Visitor,
    PathPart(id): PathPart,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<StatusCode, Problem> {
    parameters.finish()?;
    let receipt = receipt(&server, &headers, visitor)?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NotFound))?;
    server.app.remove_photo(&receipt, id).await.map_err(|error| counted(&server, visitor, error))?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists one's own photos.
///
/// Of the report of a receipt.
#[utoipa::path(
    get, path = "/receipts/photos", tag = "photos",
    params(ReceiptHeader),
    responses((status = 200, description = "In the order they came.", body = Photos), Asks, Finds, Limited, Reads),
)]
async fn list_own_photos(
    State(server): State<Server>,
    visitor: Visitor,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let receipt = receipt(&server, &headers, visitor)?;
    let photos = server.app.photos_of_receipt(&receipt).await.map_err(|error| counted(&server, visitor, error))?;
    Ok(answer::private_json(&Photos { photos: photos.into_iter().map(PhotoItem::from).collect() }))
}

/// Lists the photos of a report.
///
/// All of them for whoever may read it; for everybody else those that are shown, of a report that is.
#[utoipa::path(
    get, path = "/reports/{id}/photos", tag = "photos",
    params(ReportPath),
    responses((status = 200, description = "In the order they came.", body = Photos), Asks, Knows, Finds, Reads),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn list_photos(
    State(server): State<Server>,
    Caller(actor): Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let id = ReportId::parse(&id).ok_or_else(|| Problem::new(Kind::NotFound))?;
    let photos = server.app.photos(&actor, id).await?;
    Ok(answer::private_json(&Photos { photos: photos.into_iter().map(PhotoItem::from).collect() }))
}

/// Shows a photo.
#[utoipa::path(
    get, path = "/photos/{id}", tag = "photos",
    params(IdPath, PictureQuery),
    responses((status = 200, description = "The picture, at most 1,600 pixels.", content_type = "image/jpeg", body = PhotoBytes), Asks, Knows, Finds, Reads),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_photo(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<Response, Problem> {
    show(&server, caller, &id, parameters, Size::Whole).await
}

/// Shows a photo small.
#[utoipa::path(
    get, path = "/photos/{id}/thumbnail", tag = "photos",
    params(IdPath, PictureQuery),
    responses((status = 200, description = "The picture, at most 320 pixels.", content_type = "image/jpeg", body = PhotoBytes), Asks, Knows, Finds, Reads),
    security((), ("bearer" = []), ("session" = [])),
)]
async fn get_thumbnail(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
) -> Result<Response, Problem> {
    show(&server, caller, &id, parameters, Size::Small).await
}

async fn show(server: &Server, Caller(actor): Caller, id: &str, mut parameters: Parameters, size: Size) -> Result<Response, Problem> {
    parameters.parsed("v", |text| if text.len() <= VERSION_MAX { Ok(()) } else { Err(Fault::TooLong(VERSION_MAX)) });
    parameters.finish()?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::new(Kind::NotFound))?;
    let (bytes, public) = server.app.picture(&actor, id, size).await?;
    // Never for long, even what everybody sees: it can be taken back.
    let cache = if public { "public, max-age=300" } else { "private, no-store" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"photo.jpg\"")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    Ok((headers, Body::from(bytes)).into_response())
}

/// Decides on a photo.
///
/// Whether everybody may see it, and which parts nobody may: those are hidden in the pixels for good, and the picture from before is gone. Taking a decision
/// back is deciding again.
#[utoipa::path(
    put, path = "/photos/{id}/review", tag = "photos",
    params(IdPath),
    request_body(content = PhotoReview, example = json!({"state": "shown", "hidden": [{"x": 10, "y": 20, "width": 30, "height": 40}]})),
    responses(
        (status = 200, description = "The photo as it is now.", body = PhotoItem),
        (status = 412, description = "Hidden in by somebody else meanwhile (`/problems/stale`).", body = ProblemDocument, content_type = "application/problem+json"),
        Asks, TakesJson, NeedsRight, Acts, Finds, Writes,
    ),
    security(("bearer" = []), ("session" = [])),
)]
async fn review_photo(
    State(server): State<Server>,
    caller: Caller,
    PathPart(id): PathPart,
    parameters: Parameters,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let actor = caller.who_may(Act::Moderate)?;
    parameters.finish()?;
    let mut form = Form::new(body)?;
    let state = form.required("state", |form| form.code("state", &PhotoState::ALL[1..], PhotoState::as_str));
    let hidden = form.objects("hidden", HIDDEN_MAX, |part| {
        let mut pixels = |field: &str| part.required(field, |part| part.pixels(field));
        let (x, y, width, height) = (pixels("x"), pixels("y"), pixels("width"), pixels("height"));
        Some(Hidden { x: x?, y: y?, width: width?, height: height? })
    });
    let decision = state.map(|state| PhotoDecision { state, hidden: hidden.unwrap_or_default() });
    let decision = form.finish(decision)?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::new(Kind::NotFound))?;
    let photo = server.app.decide_photo(&actor, id, decision).await?;
    Ok(answer::private_json(&PhotoItem::from(photo)))
}
