//! Rows into domain types and back, and into what the index keeps.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::db::DbError;
use crate::db::reports::{IndexRow, ReportRow};
use crate::domain::codes::{Avoids, Bits, Category, CloseReason, Feeling, Light, Secrecy, Status, TimeBand, TravelMode};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::moderation::{Moderation, ModerationReason, Review};
use crate::domain::position::Position;
use crate::domain::report::{Report, When};
use crate::domain::time;
use crate::geo::index::{Entry, UNKNOWN};
use crate::geo::sweref::MetricCrs;

/// What the index keeps of a row. A code that does not read (a newer Lykta wrote it) is kept as unknown rather than lost.
pub(super) fn entry(row: &IndexRow, crs: MetricCrs, sources: &mut Vec<Provenance>) -> Entry {
    let (lon, lat) = (row.lon.unwrap_or(f64::NAN), row.lat.unwrap_or(f64::NAN));
    let (x, y) = crs.forward(lon, lat).unwrap_or((f64::NAN, f64::NAN));
    let when = when(row.happened_at, row.happened_on.as_deref(), row.time_band.as_deref());
    let happened = when.sort_instant().map_or(row.received_at, Timestamp::as_microsecond);
    let local = Timestamp::from_microsecond(happened).map(time::local).ok();
    let small = |value: Option<i64>| value.and_then(|value| u8::try_from(value).ok()).unwrap_or(UNKNOWN);
    let code = |index: Option<usize>| index.map_or(UNKNOWN, |index| index as u8);
    Entry {
        id: row.id,
        version: row.version,
        lon,
        lat,
        x,
        y,
        received: row.received_at,
        happened,
        reporter: row.reporter.as_deref().and_then(|bytes| bytes.first_chunk::<8>()).map_or(0, |bytes| u64::from_be_bytes(*bytes)),
        perspectives: row.perspectives as u16,
        year: local.map_or(0, |local| local.year),
        source: provenance_number(&row.provenance, sources),
        hour: when.instant().map_or(UNKNOWN, |at| time::local(at).hour),
        weekday: local.map_or(UNKNOWN, |local| local.weekday),
        month: local.map_or(UNKNOWN, |local| local.month),
        time_band: code(when.band().map(TimeBand::index)),
        light: Light::parse(&row.light).unwrap_or(Light::Unknown).index() as u8,
        category: Category::parse(&row.category).unwrap_or(Category::OtherUnsafe).index() as u8,
        status: Status::parse(&row.status).unwrap_or(Status::Received).index() as u8,
        insecurity: small(row.insecurity),
        travel_mode: code(row.travel_mode.as_deref().and_then(TravelMode::parse).map(TravelMode::index)),
    }
}

/// Where a report came from and whom it is for: what the index keeps as one small number, so that who may not read a class of a kommun
/// counts, draws and lists without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Whom it is for.
    pub secrecy: Secrecy,
    /// `resident`, or the name of an import.
    pub source: String,
}

impl Provenance {
    /// Reads what is written as [`std::fmt::Display`] does; a class that does not read (a newer Lykta wrote it) is for few.
    pub fn parse(text: &str) -> Self {
        let (secrecy, source) = text.split_once(' ').unwrap_or((text, ""));
        Self { secrecy: Secrecy::parse(secrecy).unwrap_or(Secrecy::Restricted), source: source.to_owned() }
    }

    fn reads(&self, text: &str) -> bool {
        text.strip_prefix(self.secrecy.as_str()).and_then(|rest| rest.strip_prefix(' ')) == Some(&self.source)
    }
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.secrecy, self.source)
    }
}

fn provenance_number(text: &str, sources: &mut Vec<Provenance>) -> u16 {
    let at = sources.iter().position(|known| known.reads(text)).unwrap_or_else(|| {
        sources.push(Provenance::parse(text));
        sources.len() - 1
    });
    at as u16
}

/// When it happened, from the three columns that tell.
pub(super) fn when(at: Option<i64>, on: Option<&str>, band: Option<&str>) -> When {
    let band = band.and_then(TimeBand::parse);
    match (at.and_then(|at| Timestamp::from_microsecond(at).ok()), on.and_then(|on| on.parse::<Date>().ok())) {
        (Some(at), _) => When::At(at),
        (None, Some(date)) => When::On(date, band),
        (None, None) => band.map_or(When::Unknown, When::Band),
    }
}

/// The three columns of a moment.
pub(super) fn when_columns(when: When) -> (Option<i64>, Option<String>, Option<String>) {
    match when {
        When::At(at) => (Some(at.as_microsecond()), None, None),
        When::On(date, band) => (None, Some(date.to_string()), band.map(|band| band.as_str().to_owned())),
        When::Band(band) => (None, None, Some(band.as_str().to_owned())),
        When::Unknown => (None, None, None),
    }
}

/// A stored row as a report.
pub(super) fn report(row: ReportRow) -> Result<Report, DbError> {
    let corrupt = || DbError::Corrupt(format!("report {}", row.id));
    let small = |value: Option<i64>| value.and_then(|value| u8::try_from(value).ok());
    let instant = |at: i64| Timestamp::from_microsecond(at).map_err(|_| corrupt());
    let at = match (row.lon, row.lat) {
        (Some(lon), Some(lat)) => Some(Position::new(lon, lat).map_err(|_| corrupt())?),
        _ => None,
    };
    Ok(Report {
        id: ReportId(row.id),
        municipality: MunicipalityCode::parse(&row.municipality).ok_or_else(corrupt)?,
        version: row.version,
        received_at: instant(row.received_at)?,
        when: when(row.happened_at, row.happened_on.as_deref(), row.time_band.as_deref()),
        at,
        feeling: Feeling::parse(&row.feeling).ok_or_else(corrupt)?,
        category: Category::parse(&row.category).ok_or_else(corrupt)?,
        insecurity: small(row.insecurity),
        risk: small(row.risk),
        travel_mode: row.travel_mode.as_deref().and_then(TravelMode::parse),
        perspectives: Bits(row.perspectives as u64),
        avoids: row.avoids.as_deref().and_then(Avoids::parse),
        light: Light::parse(&row.light).unwrap_or(Light::Unknown),
        status: Status::parse(&row.status).ok_or_else(corrupt)?,
        status_reason: row.status_reason.as_deref().and_then(CloseReason::parse),
        answered_at: row.answered_at.map(instant).transpose()?,
        reporter: row.reporter.as_deref().and_then(|bytes| bytes.try_into().ok()),
        reference: row.reference,
        accuracy_m: row.accuracy_m,
        place_text: row.place_text,
        certain: row.certain,
        note: row.note,
        answer: row.answer,
        source: row.source,
        secrecy: Secrecy::parse(&row.secrecy).unwrap_or(Secrecy::Restricted),
        review: Review {
            state: Moderation::parse(&row.moderation).unwrap_or(Moderation::Held),
            reason: row.moderation_reason.as_deref().and_then(ModerationReason::parse),
            at: row.moderated_at.map(instant).transpose()?,
            words: row.public_note,
            opened: row.opened,
            released_in: row.released_in,
        },
        place: row.place,
    })
}

/// A report as a row to insert.
pub(super) fn row(report: &Report) -> ReportRow {
    let (happened_at, happened_on, time_band) = when_columns(report.when);
    let text = |code: Option<&'static str>| code.map(str::to_owned);
    ReportRow {
        municipality: report.municipality.to_string(),
        id: report.id.0,
        version: report.version,
        reference: report.reference.clone(),
        received_at: report.received_at.as_microsecond(),
        happened_at,
        happened_on,
        time_band,
        lon: report.at.map(Position::lon),
        lat: report.at.map(Position::lat),
        accuracy_m: report.accuracy_m,
        place_text: report.place_text.clone(),
        certain: report.certain,
        feeling: report.feeling.as_str().to_owned(),
        category: report.category.as_str().to_owned(),
        insecurity: report.insecurity.map(i64::from),
        risk: report.risk.map(i64::from),
        travel_mode: text(report.travel_mode.map(TravelMode::as_str)),
        perspectives: report.perspectives.0 as i64,
        avoids: text(report.avoids.map(Avoids::as_str)),
        note: report.note.clone(),
        reporter: report.reporter.map(|hash| hash.to_vec()),
        light: report.light.as_str().to_owned(),
        status: report.status.as_str().to_owned(),
        status_reason: text(report.status_reason.map(CloseReason::as_str)),
        answer: report.answer.clone(),
        answered_at: report.answered_at.map(Timestamp::as_microsecond),
        source: report.source.clone(),
        secrecy: report.secrecy.as_str().to_owned(),
        moderation: report.review.state.as_str().to_owned(),
        moderation_reason: text(report.review.reason.map(ModerationReason::as_str)),
        moderated_at: report.review.at.map(Timestamp::as_microsecond),
        public_note: report.review.words.clone(),
        opened: report.review.opened,
        released_in: report.review.released_in.clone(),
        place: report.place,
    }
}
