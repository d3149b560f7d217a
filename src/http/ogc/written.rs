//! Features straight into bytes, and what is around them: links, numbers, headers.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use geo_types::{LineString, MultiPolygon, Polygon};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::collection::Collection;
use super::html;
use super::links::{Format, GEOJSON, Here, JSON, Link};
use crate::app::keys::hex;
use crate::geo::axes::Axes;
use crate::http::Server;
use crate::http::bodies::Audience;
use crate::http::problem::{Kind, Problem};

/// What stands before the features of a page.
const OPENING: &[u8] = br#"{"type":"FeatureCollection","features":["#;

/// Some features, written.
#[derive(Debug)]
pub(super) struct Features {
    /// [`OPENING`], then Feature after Feature, with commas between.
    pub(super) text: Vec<u8>,
    pub(super) returned: usize,
    /// On all pages.
    pub(super) matched: u64,
    /// Where the next page begins.
    pub(super) next: Option<String>,
}

impl Features {
    /// None yet, with room for so many bytes of them. They come first on their page, so that they need not be copied; what is known of
    /// them at their end follows.
    pub(super) fn new(matched: u64, room: usize) -> Self {
        let mut text = Vec::with_capacity(room + 2_048);
        text.extend_from_slice(OPENING);
        Self { text, returned: 0, matched, next: None }
    }
}

/// Who may keep an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Everybody, and asked about again. Such an answer is frozen: it tells no time of its own.
    Public,
    /// The caller, and asked about again.
    Private,
    /// Nobody: true points stay on no disk.
    Nobody,
}

/// What was asked of a collection, ready to be answered on a thread that may compute.
pub(super) struct Question {
    /// Everything that the features depend on beside the request.
    pub(super) etag: String,
    pub(super) keep: Keep,
    pub(super) make: Box<dyn FnOnce() -> Result<Features, Problem> + Send>,
}

/// What is shown of which collection.
pub(super) struct Shown {
    pub(super) collection: Collection,
    pub(super) question: Question,
    pub(super) axes: Axes,
    /// A page of features, or one of them.
    pub(super) is_page: bool,
}

/// The features with everything around them.
pub(super) async fn answer(server: &Server, headers: &HeaderMap, here: Here, format: Format, shown: Shown) -> Result<Response, Problem> {
    let Shown { collection, question: Question { etag, keep, make }, axes, is_page } = shown;
    let etag = format!("ogc-{}", hex(&Sha256::digest(format!("{}|{etag}|{keep:?}", here.name(format)).as_bytes())[..16]));
    let kind = if format == Format::Html { html::CONTENT_TYPE } else { GEOJSON };
    let made_at = (keep != Keep::Public).then(|| server.app.now());
    let asking = here.clone();
    let write = move || {
        let features = make()?;
        let text = if is_page { page(&here, format, collection, made_at, features) } else { single(&here, format, collection, features) }?;
        if format == Format::Json {
            return Ok(text);
        }
        let mut value: Value = serde_json::from_slice(&text).map_err(failed)?;
        let id = value["id"].as_str().map(|id| format!(": {id}")).unwrap_or_default();
        value["title"] = Value::from(format!("{}{id}", collection.title(&here)));
        Ok(html::page(&here, &value).into_bytes())
    };
    let audience = if keep == Keep::Public { Audience::Everybody } else { Audience::Caller };
    let mut response = server.bodies.answer(headers, audience, etag, kind, write).await?;
    let out = response.headers_mut();
    // The features are the same whenever they are made; the time stamp need not be.
    let weak = out.get(header::ETAG).and_then(|tag| HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()).ok());
    if let Some(weak) = weak.filter(|_| keep != Keep::Public) {
        out.insert(header::ETAG, weak);
    }
    let kept = match keep {
        Keep::Public => "public, no-cache",
        Keep::Private => "private, no-cache",
        Keep::Nobody => "no-store",
    };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if let Ok(uri) = HeaderValue::from_str(&format!("<{}>", axes.uri())) {
        out.insert("content-crs", uri);
    }
    depends(&mut response, &asking);
    Ok(response)
}

/// What of the request chooses an answer, and its language.
pub(super) fn depends(response: &mut Response, here: &Here) {
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept, accept-encoding, accept-language"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(here.language.tag()));
}

fn page(here: &Here, format: Format, collection: Collection, made_at: Option<Timestamp>, features: Features) -> Result<Vec<u8>, Problem> {
    let Features { mut text, returned, matched, next } = features;
    let mut links = here.own(format, GEOJSON);
    links.push(of(here, collection));
    links.extend(next.as_deref().map(|after| here.next(format, after)));
    text.extend_from_slice(format!(r#"],"numberMatched":{matched},"numberReturned":{returned}"#).as_bytes());
    if let Some(at) = made_at {
        text.extend_from_slice(format!(r#","timeStamp":"{at}""#).as_bytes());
    }
    text.extend_from_slice(br#","links":"#);
    serde_json::to_writer(&mut text, &links).map_err(failed)?;
    text.push(b'}');
    Ok(text)
}

fn single(here: &Here, format: Format, collection: Collection, features: Features) -> Result<Vec<u8>, Problem> {
    if features.returned != 1 {
        return Err(Problem::new(Kind::NotFound));
    }
    let mut links = here.own(format, GEOJSON);
    links.push(of(here, collection));
    let mut text = features.text;
    text.drain(..OPENING.len());
    // The links go where the Feature ends.
    text.pop();
    text.extend_from_slice(br#","links":"#);
    serde_json::to_writer(&mut text, &links).map_err(failed)?;
    text.push(b'}');
    Ok(text)
}

fn of(here: &Here, collection: Collection) -> Link {
    here.link("collection", &format!("/collections/{}", collection.id()), JSON, collection.title(here))
}

/// What is written here always can be.
#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub(super) fn failed(error: serde_json::Error) -> Problem {
    tracing::error!(%error, "features could not be written");
    Problem::new(Kind::Internal)
}

/// Numbers and words as JSON. Writing into memory cannot fail, nor can what is written here.
pub(super) fn json(text: &mut Vec<u8>, value: &impl serde::Serialize) {
    let before = text.len();
    if serde_json::to_writer(&mut *text, value).is_err() {
        text.truncate(before);
        text.extend_from_slice(b"null");
    }
}

/// An instant as JSON; microseconds UTC.
pub(super) fn instant(text: &mut Vec<u8>, at: i64) {
    match Timestamp::from_microsecond(at) {
        Ok(at) => {
            text.push(b'"');
            // Writing to a Vec cannot fail.
            let _ = PRINTER.print_timestamp(&at, jiff::fmt::StdIoWrite(&mut *text));
            text.push(b'"');
        }
        Err(_) => text.extend_from_slice(b"null"),
    }
}

const PRINTER: jiff::fmt::temporal::DateTimePrinter = jiff::fmt::temporal::DateTimePrinter::new();

fn position(text: &mut Vec<u8>, [first, second]: [f64; 2]) {
    text.push(b'[');
    json(text, &first);
    text.push(b',');
    json(text, &second);
    text.push(b']');
}

/// A Point, or `null` where there is none.
pub(super) fn point(text: &mut Vec<u8>, at: Option<[f64; 2]>) {
    match at {
        Some(at) => {
            text.extend_from_slice(br#"{"type":"Point","coordinates":"#);
            position(text, at);
            text.push(b'}');
        }
        None => text.extend_from_slice(b"null"),
    }
}

/// A polygon of one closed ring of degrees, or `null` where the reference system does not reach.
pub(super) fn polygon(text: &mut Vec<u8>, axes: Axes, ring: &[[f64; 2]]) {
    let line: Option<Vec<[f64; 2]>> = ring.iter().map(|[lon, lat]| axes.written(*lon, *lat)).collect();
    match line {
        Some(line) => {
            text.extend_from_slice(br#"{"type":"Polygon","coordinates":["#);
            line_of(text, &line);
            text.extend_from_slice(b"]}");
        }
        None => text.extend_from_slice(b"null"),
    }
}

/// A MultiPolygon of degrees, or `null` where the reference system does not reach.
pub(super) fn multi_polygon(text: &mut Vec<u8>, axes: Axes, shape: &MultiPolygon<f64>) {
    let ring = |line: &LineString<f64>| line.coords().map(|at| axes.written(at.x, at.y)).collect::<Option<Vec<_>>>();
    let rings = |part: &Polygon<f64>| std::iter::once(part.exterior()).chain(part.interiors()).map(ring).collect::<Option<Vec<_>>>();
    let Some(parts) = shape.iter().map(rings).collect::<Option<Vec<_>>>() else {
        text.extend_from_slice(b"null");
        return;
    };
    text.extend_from_slice(br#"{"type":"MultiPolygon","coordinates":"#);
    json(text, &parts);
    text.push(b'}');
}

fn line_of(text: &mut Vec<u8>, line: &[[f64; 2]]) {
    text.push(b'[');
    for (number, at) in line.iter().enumerate() {
        if number > 0 {
            text.push(b',');
        }
        position(text, *at);
    }
    text.push(b']');
}
