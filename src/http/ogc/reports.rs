//! Reports from the index: what filters and maps need of each, no free text. Page after page in an order that writing does not disturb.

use std::sync::{Arc, LazyLock};

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::asked::Asked;
use super::written::{self, Features, Keep, Question};
use crate::app::query::{Part, ReportQuery};
use crate::domain::access::Look;
use crate::domain::actor::Actor;
use crate::domain::codes::{Category, Light, Perspective, Status, TimeBand, TravelMode};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::permission::Act;
use crate::geo::axes::Axes;
use crate::geo::grid::CellKey;
use crate::geo::index::{Entry, PageKey};
use crate::geo::shape::Shape;
use crate::http::Server;
use crate::http::extract::Parameters;
use crate::http::heatmap::versions;
use crate::http::problem::{Kind, Problem};
use crate::http::query::report_query;

/// Questions whose count is kept.
const COUNTS: usize = 4_096;
/// About the bytes of a report.
const FEATURE: usize = 512;

/// A page of reports.
pub(super) async fn items(server: &Server, actor: &Actor, mut parameters: Parameters, asked: Asked) -> Result<Question, Problem> {
    let after = asked.begin(&mut parameters, cursor);
    let mut query = report_query(&mut parameters);
    parameters.finish()?;
    (query.from, query.to) = asked.time.within(query.from, query.to);
    if let Some(extent) = &asked.extent {
        let (bbox, drawn) = extent.condition();
        query.bbox = bbox;
        query.polygon = drawn.and_then(Shape::new);
    }
    let parts = server.app.resolve_anywhere(actor, Act::Export, &query)?;
    server.app.note_places(actor, &parts).await?;
    let etag = versions(&parts);
    let (name, counts) = (Counts::name(&etag, &query), Arc::clone(&server.counts));
    let make = move || Ok(page(&parts, &asked, after, counts.of(name, &parts)));
    Ok(Question { etag, keep: Keep::Nobody, make: Box::new(make) })
}

/// One report.
pub(super) async fn item(server: &Server, actor: &Actor, feature: &str, axes: Axes) -> Result<Question, Problem> {
    let id = ReportId::parse(feature).ok_or_else(|| Problem::new(Kind::NotFound))?.0;
    let parts = server.app.resolve_anywhere(actor, Act::Export, &ReportQuery::default())?;
    let part = parts
        .into_iter()
        .find(|part| part.snapshot.get(id).is_some_and(|entry| part.filter.admits(entry)))
        .ok_or_else(|| Problem::new(Kind::NotFound))?;
    server.app.note_look(actor, part.kommun.municipality.code, Look::Report, Some(ReportId(id)), 1).await?;
    let etag = versions(std::slice::from_ref(&part));
    let make = move || {
        let mut features = Features::new(1, FEATURE);
        if let Some(entry) = part.snapshot.get(id) {
            Writer::new(&part, axes).feature(&mut features, entry);
        }
        Ok(features)
    };
    Ok(Question { etag, keep: Keep::Nobody, make: Box::new(make) })
}

/// How many reports answer a question, for the pages that follow the first: by what is asked, and of which versions of the kommuner.
#[derive(Debug)]
pub struct Counts(Cache<[u8; 32], u64>);

impl Default for Counts {
    fn default() -> Self {
        Self(Cache::new(COUNTS))
    }
}

impl Counts {
    fn name(versions: &str, query: &ReportQuery) -> [u8; 32] {
        Sha256::digest(format!("{versions} {query:?}")).into()
    }

    fn of(&self, name: [u8; 32], parts: &[Part]) -> u64 {
        self.0.get(&name).unwrap_or_else(|| {
            let matched = parts.iter().map(|part| part.snapshot.matched(&part.filter)).sum();
            self.0.insert(name, matched);
            matched
        })
    }
}

/// Where a page begins: kommun, cell and id of the report before it.
type Cursor = (MunicipalityCode, PageKey);

/// `1060_80001d7780018b02_6f2c1f0a-3c1b-4a55-9d1e-0a4f7b8c9d10`.
fn cursor(text: &str) -> Option<Cursor> {
    let mut parts = text.split('_');
    let (code, cell, id) = (parts.next()?, parts.next()?, parts.next()?);
    let key = PageKey { cell: CellKey(u64::from_str_radix(cell, 16).ok()?), id: Uuid::try_parse(id).ok()? };
    parts.next().is_none().then_some((MunicipalityCode::parse(code)?, key))
}

fn page(parts: &[Part], asked: &Asked, after: Option<Cursor>, matched: u64) -> Features {
    let mut features = Features::new(matched, asked.limit.min(matched as usize) * FEATURE);
    let mut last = None;
    for part in parts {
        let code = part.kommun.municipality.code;
        if after.is_some_and(|(begin, _)| code < begin) {
            continue;
        }
        let after = after.filter(|(begin, _)| code == *begin).map(|(_, key)| key);
        let left = asked.limit - features.returned;
        // One more tells whether a page follows.
        let found = part.snapshot.page(&part.filter, after, left + 1);
        let writer = Writer::new(part, asked.axes);
        for entry in found.iter().take(left) {
            writer.feature(&mut features, entry);
            last = Some((code, *entry));
        }
        if found.len() > left {
            features.next = last.map(|(code, entry)| {
                let PageKey { cell, id } = PageKey::of(entry);
                format!("{code}_{:016x}_{id}", cell.0)
            });
            break;
        }
    }
    features
}

/// Writes the reports of a kommun.
struct Writer<'a> {
    axes: Axes,
    /// `"municipality":"1060",`
    head: String,
    /// Names of sources as JSON.
    sources: Vec<String>,
    part: &'a Part,
}

impl<'a> Writer<'a> {
    fn new(part: &'a Part, axes: Axes) -> Self {
        let sources = part.sources.iter().map(|of| serde_json::to_string(&of.source).unwrap_or_default()).collect();
        Self { axes, head: format!(r#","properties":{{"municipality":"{}","#, part.kommun.municipality.code), sources, part }
    }

    fn feature(&self, features: &mut Features, entry: &Entry) {
        let text = &mut features.text;
        if features.returned > 0 {
            text.push(b',');
        }
        features.returned += 1;
        text.extend_from_slice(br#"{"type":"Feature","id":""#);
        text.extend_from_slice(entry.id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        text.extend_from_slice(br#"","geometry":"#);
        let at = entry.is_placed().then(|| self.coordinates(entry)).flatten();
        written::point(text, at);
        text.extend_from_slice(self.head.as_bytes());
        for (said, code) in WORDS.iter().zip([entry.category, entry.status, entry.light, entry.time_band, entry.travel_mode]) {
            text.extend_from_slice(said.of(code).as_bytes());
        }
        text.extend_from_slice(br#""happened_at":"#);
        written::instant(text, entry.happened);
        text.extend_from_slice(br#","received_at":"#);
        written::instant(text, entry.received);
        text.push(b',');
        for (said, value) in NUMBERS.iter().zip([entry.hour, entry.weekday, entry.month, entry.insecurity]) {
            text.extend_from_slice(said.of(value).as_bytes());
        }
        text.extend_from_slice(br#""source":"#);
        text.extend_from_slice(self.sources.get(usize::from(entry.source)).map_or("null", String::as_str).as_bytes());
        text.extend_from_slice(br#","perspectives":""#);
        // One text: many GIS formats have no lists.
        let mut told = entry.perspectives;
        while let Some(perspective) = Perspective::ALL.get(told.trailing_zeros() as usize) {
            if told != entry.perspectives {
                text.push(b',');
            }
            text.extend_from_slice(perspective.as_str().as_bytes());
            told &= told - 1;
        }
        text.extend_from_slice(b"\"}}");
    }

    /// The index has metres already, where they are those that are asked for.
    fn coordinates(&self, entry: &Entry) -> Option<[f64; 2]> {
        if self.axes == Axes::Epsg3006 && self.part.kommun.crs.epsg() == 3006 {
            let round = |metres: f64| (metres * 1e3).round() / 1e3;
            return Some([round(entry.y), round(entry.x)]);
        }
        self.axes.written(entry.lon, entry.lat)
    }
}

/// What a property says of each of its small codes, ready to be put in: a page has thousands of them.
struct Said {
    /// By index.
    each: Vec<String>,
    unknown: String,
}

impl Said {
    fn new(name: &str, each: impl IntoIterator<Item = String>) -> Self {
        Self { each: each.into_iter().map(|value| format!(r#""{name}":{value},"#)).collect(), unknown: format!(r#""{name}":null,"#) }
    }

    /// Codes; none of them needs escaping.
    fn words<'a>(name: &str, codes: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(name, codes.into_iter().map(|code| format!(r#""{code}""#)))
    }

    fn of(&self, code: u8) -> &str {
        self.each.get(usize::from(code)).unwrap_or(&self.unknown)
    }
}

/// A category tells its group and its feeling too.
static WORDS: LazyLock<[Said; 5]> = LazyLock::new(|| {
    let of_category = |category: &Category| {
        format!(r#""{}","group":"{}","feeling":"{}""#, category.as_str(), category.group().as_str(), category.feeling().as_str())
    };
    [
        Said::new("category", Category::ALL.iter().map(of_category)),
        Said::words("status", Status::ALL.iter().map(|code| code.as_str())),
        Said::words("light", Light::ALL.iter().map(|code| code.as_str())),
        Said::words("time_band", TimeBand::ALL.iter().map(|code| code.as_str())),
        Said::words("travel_mode", TravelMode::ALL.iter().map(|code| code.as_str())),
    ]
});

/// Up to the largest that there is; [`UNKNOWN`](crate::geo::index::UNKNOWN) lies beyond.
static NUMBERS: LazyLock<[Said; 4]> = LazyLock::new(|| {
    [("hour", 24), ("weekday", 8), ("month", 13), ("insecurity", 4)]
        .map(|(name, values)| Said::new(name, (0..values).map(|value: u8| value.to_string())))
});
