//! Focus areas: public, few, and changed only with their agreements.

use geo::orient::{Direction, Orient};
use jiff::civil::Date;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::asked::{Asked, known};
use super::written::{self, Features, Keep, Question};
use crate::app::keys::hex;
use crate::app::registry::Kommun;
use crate::domain::agreement::{FocusArea, Scope};
use crate::domain::codes::Category;
use crate::domain::ids::{FocusAreaId, MunicipalityCode};
use crate::domain::invalid::Fault;
use crate::domain::time;
use crate::geo::axes::Axes;
use crate::http::Server;
use crate::http::extract::Parameters;
use crate::http::problem::{Kind, Problem};

/// What is told of one; titles as written in the agreement, and in English.
#[derive(Serialize)]
struct Properties<'a> {
    municipality: &'a str,
    title_sv: &'a str,
    title_en: &'a str,
    kind: &'static str,
    /// With commas: many GIS formats have no lists.
    categories: String,
    agreement: String,
    position: i64,
    valid_from: Option<String>,
    valid_to: String,
    expired: bool,
}

/// A page of focus areas.
pub(super) fn items(server: &Server, mut parameters: Parameters, asked: &Asked) -> Result<Question, Problem> {
    let only = parameters.parsed("municipality", |text| MunicipalityCode::parse(text).ok_or(Fault::UnknownMunicipality));
    let after = asked.begin(&mut parameters, cursor);
    parameters.finish()?;
    known(server, only)?;
    let (registry, today) = (server.app.registry(), time::local_date(server.app.now()));
    let kommuner = registry.kommuner.values().filter(|kommun| only.is_none_or(|code| kommun.municipality.code == code));
    let mut shown: Vec<(&Kommun, &FocusArea)> = kommuner
        .flat_map(|kommun| kommun.areas.iter().map(|area| (&**kommun, area)))
        .filter(|(kommun, area)| answers(kommun, area, asked))
        .collect();
    shown.sort_unstable_by_key(|(_, area)| (area.municipality, area.id));
    let begin = after.map_or(0, |after| shown.partition_point(|(_, area)| (area.municipality, area.id) <= after));
    let page = &shown[begin..shown.len().min(begin + asked.limit)];
    let mut features = Features::new(shown.len() as u64, 0);
    for (kommun, area) in page {
        feature(&mut features, kommun, area, asked.axes, today);
    }
    let more = begin + page.len() < shown.len();
    features.next = page.last().filter(|_| more).map(|(_, area)| format!("{}_{}", area.municipality, area.id));
    Ok(frozen(features))
}

/// One focus area.
pub(super) fn item(server: &Server, id: &str, axes: Axes) -> Result<Question, Problem> {
    let nothing = || Problem::new(Kind::NotFound);
    let id = FocusAreaId::parse(id).ok_or_else(nothing)?;
    let (registry, today) = (server.app.registry(), time::local_date(server.app.now()));
    let found = registry.kommuner.values().find_map(|kommun| kommun.areas.iter().find(|area| area.id == id).map(|area| (kommun, area)));
    let (kommun, area) = found.ok_or_else(nothing)?;
    let mut features = Features::new(1, 0);
    feature(&mut features, kommun, area, axes, today);
    Ok(frozen(features))
}

/// Named by what it says: the version of a kommun would tell everybody when a report arrives.
fn frozen(features: Features) -> Question {
    let name = [&features.text[..], features.next.as_deref().unwrap_or_default().as_bytes(), &features.matched.to_be_bytes()].concat();
    Question { etag: hex(&Sha256::digest(name)[..16]), keep: Keep::Public, make: Box::new(move || Ok(features)) }
}

fn cursor(text: &str) -> Option<(MunicipalityCode, FocusAreaId)> {
    let (code, id) = text.split_once('_')?;
    Some((MunicipalityCode::parse(code)?, FocusAreaId::parse(id)?))
}

/// First day of an area's agreement.
fn valid_from(kommun: &Kommun, area: &FocusArea) -> Option<Date> {
    kommun.agreements.iter().find(|agreement| agreement.id == area.agreement).map(|agreement| agreement.valid_from)
}

/// A box takes what meets it, and no theme, which lies nowhere; a time takes what was valid some of it.
fn answers(kommun: &Kommun, area: &FocusArea, asked: &Asked) -> bool {
    let starts = |day: Date| time::start_of_day(day).map(jiff::Timestamp::as_microsecond);
    let from = valid_from(kommun, area).and_then(starts).unwrap_or(i64::MIN);
    let to = area.valid_to.tomorrow().ok().and_then(starts).unwrap_or(i64::MAX);
    asked.time.meets(from, to)
        && asked.extent.as_ref().is_none_or(|extent| match &area.scope {
            Scope::Place { polygon, .. } => extent.meets(polygon),
            Scope::Theme { .. } => false,
        })
}

fn feature(features: &mut Features, kommun: &Kommun, area: &FocusArea, axes: Axes, today: Date) {
    let text = &mut features.text;
    if features.returned > 0 {
        text.push(b',');
    }
    features.returned += 1;
    text.extend_from_slice(format!(r#"{{"type":"Feature","id":"{}","geometry":"#, area.id).as_bytes());
    match &area.scope {
        Scope::Place { polygon, .. } => written::multi_polygon(text, axes, &polygon.orient(Direction::Default)),
        Scope::Theme { .. } => text.extend_from_slice(b"null"),
    }
    text.extend_from_slice(br#","properties":"#);
    let properties = Properties {
        municipality: area.municipality.as_str(),
        title_sv: &area.title.sv,
        title_en: &area.title.en,
        kind: area.scope.kind(),
        categories: area.scope.listed().into_iter().map(Category::as_str).collect::<Vec<_>>().join(","),
        agreement: area.agreement.to_string(),
        position: area.position,
        valid_from: valid_from(kommun, area).map(|day| day.to_string()),
        valid_to: area.valid_to.to_string(),
        expired: today > area.valid_to,
    };
    written::json(text, &properties);
    text.push(b'}');
}
