//! What everybody may see of single reports: those a moderator has shown, each in the geometry of its publication class.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use uuid::Uuid;

use super::registry::Kommun;
use super::reports::ReportError;
use super::{App, rows};
use crate::db::DbError;
use crate::domain::codes::{Category, Feeling, Group, PublicationClass, Status};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::position::Position;
use crate::domain::report::Report;
use crate::domain::time::Quarter;
use crate::geo::grid::Grid;
use crate::geo::index::Near;
use crate::geo::outline::distance_m;

/// How near a report of the same category is similar, metres; and how many are told.
const SIMILAR_WITHIN_M: f64 = 250.0;
const SIMILAR_MOST: usize = 5;

/// Where everybody may see a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// At its place: it is about a thing.
    At(Position),
    /// Somewhere in its square of 250 m: the ring, degrees.
    Within(Vec<[f64; 2]>),
}

/// A report as everybody may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicReport {
    /// Random id, by which one can say "me too".
    pub id: Uuid,
    /// Kommun.
    pub municipality: MunicipalityCode,
    /// The quarter it was received in; nothing finer is told.
    pub period: String,
    /// What.
    pub category: Category,
    /// Where in its life.
    pub status: Status,
    /// The words a moderator has approved.
    pub words: Option<String>,
    /// The public answer.
    pub answer: Option<String>,
    /// Where.
    pub shown: Shown,
}

/// A report near a place.
#[derive(Clone, Debug)]
pub struct SimilarReport {
    /// Id.
    pub id: Uuid,
    /// What.
    pub category: Category,
    /// Where in its life.
    pub status: Status,
    /// Metres; `None` of one that is only somewhere in the same square.
    pub distance_m: Option<f64>,
}

impl SimilarReport {
    /// Of a live report, for somebody who may see it.
    pub fn of(near: &Near) -> Self {
        let status = Status::from_index(usize::from(near.entry.status)).unwrap_or(Status::Received);
        Self { id: near.entry.id, category: near.entry.category(), status, distance_m: Some(near.distance_m) }
    }
}

/// What somebody without an account asks.
#[derive(Clone, Debug, Default)]
pub struct PublicQuery {
    /// One kommun; without it, every kommun the box meets.
    pub municipality: Option<MunicipalityCode>,
    /// West, south, east, north; meets the point or square that is shown, never the place behind it.
    pub bbox: Option<[f64; 4]>,
    /// Any of these groups.
    pub groups: Vec<Group>,
    /// Any of these categories.
    pub categories: Vec<Category>,
    /// This feeling.
    pub feeling: Option<Feeling>,
    /// Any of these.
    pub statuses: Vec<Status>,
}

/// A kommun's public reports, newest quarter first, as of a version of its log.
type Kept = (i64, Arc<Vec<PublicReport>>);

/// The public reports that have been read.
#[derive(Debug, Default)]
pub struct Cache(Mutex<HashMap<MunicipalityCode, Kept>>);

impl App {
    /// The public reports that answer a question, newest quarter first and by id within it, after one that was shown before; at most `limit`, and how many
    /// there are in all.
    pub async fn public_reports(
        &self,
        query: &PublicQuery,
        after: Option<&(String, Uuid)>,
        limit: usize,
    ) -> Result<(Vec<PublicReport>, usize, bool), ReportError> {
        let registry = self.registry();
        let fault = |fault| ReportError::Invalid(vec![FieldFault::at("?municipality", fault)]);
        let codes: Vec<MunicipalityCode> = match (query.municipality, query.bbox) {
            (Some(code), _) => {
                vec![registry.kommun(code).map(|kommun| kommun.municipality.code).ok_or_else(|| fault(Fault::UnknownMunicipality))?]
            }
            (None, Some([west, south, east, north])) => {
                let beside = super::query::BESIDE;
                registry.locator.near([west - beside, south - beside, east + beside, north + beside])
            }
            (None, None) => return Err(fault(Fault::Missing)),
        };
        let mut found = Vec::new();
        for code in codes {
            let reports = self.published_of(code).await?;
            found.extend(reports.iter().filter(|report| query.holds(report)).cloned());
        }
        found.sort_by(|a, b| place_in_list(a).cmp(&place_in_list(b)));
        let total = found.len();
        let mut rest: Vec<PublicReport> = match after {
            Some((period, id)) => found.into_iter().filter(|report| place_in_list(report) > (std::cmp::Reverse(period), *id)).collect(),
            None => found,
        };
        let more = rest.len() > limit;
        rest.truncate(limit);
        Ok((rest, total, more))
    }

    /// Public reports of the same category near a place (degrees), that are not closed; nearest first.
    pub async fn public_similar(&self, at: Position, category: Category, except: Option<Uuid>) -> Result<Vec<SimilarReport>, ReportError> {
        let Some(located) = self.registry().locator.locate(at.lon(), at.lat()) else { return Ok(Vec::new()) };
        let mut near: Vec<SimilarReport> = self
            .published_of(located.code)
            .await?
            .iter()
            .filter(|report| report.category == category && report.status.is_open() && Some(report.id) != except)
            .filter_map(|report| {
                let near = |distance_m| SimilarReport { id: report.id, category, status: report.status, distance_m };
                match &report.shown {
                    Shown::At(place) => {
                        let metres = distance_m(at.lon(), at.lat(), place.lon(), place.lat());
                        (metres <= SIMILAR_WITHIN_M).then(|| near(Some(metres)))
                    }
                    Shown::Within(ring) => holds(ring, at).then(|| near(None)),
                }
            })
            .collect();
        near.sort_by(|a, b| a.distance_m.unwrap_or(SIMILAR_WITHIN_M).total_cmp(&b.distance_m.unwrap_or(SIMILAR_WITHIN_M)));
        near.truncate(SIMILAR_MOST);
        Ok(near)
    }

    async fn published_of(&self, code: MunicipalityCode) -> Result<Arc<Vec<PublicReport>>, DbError> {
        let version = self.indexes.live(code).map_or(-1, |live| live.snapshot().version());
        let kept = self.published.0.lock().unwrap_or_else(PoisonError::into_inner).get(&code).cloned();
        if let Some((of, reports)) = kept {
            // Every report that comes in is a version: the list is read anew only when it may be another.
            if of >= version || !self.db.may_show_after(code, of).await? {
                self.published.0.lock().unwrap_or_else(PoisonError::into_inner).insert(code, (of.max(version), Arc::clone(&reports)));
                return Ok(reports);
            }
        }
        let Some(kommun) = self.registry().kommun(code).cloned() else { return Ok(Arc::default()) };
        let mut reports = Vec::new();
        for row in self.db.shown_reports(code).await? {
            reports.extend(public_report(&kommun, rows::report(row)?));
        }
        reports.sort_by(|a, b| place_in_list(a).cmp(&place_in_list(b)));
        let reports = Arc::new(reports);
        self.published.0.lock().unwrap_or_else(PoisonError::into_inner).insert(code, (version, Arc::clone(&reports)));
        Ok(reports)
    }
}

impl PublicQuery {
    fn holds(&self, report: &PublicReport) -> bool {
        let any_category = self.groups.is_empty() && self.categories.is_empty();
        (any_category || self.groups.contains(&report.category.group()) || self.categories.contains(&report.category))
            && self.feeling.is_none_or(|feeling| report.category.feeling() == feeling)
            && (self.statuses.is_empty() || self.statuses.contains(&report.status))
            && self.bbox.is_none_or(|bbox| report.shown.meets(bbox))
    }
}

impl Shown {
    /// Whether it meets a box; a square by its own extent.
    fn meets(&self, [west, south, east, north]: [f64; 4]) -> bool {
        match self {
            Self::At(at) => (west..=east).contains(&at.lon()) && (south..=north).contains(&at.lat()),
            Self::Within(ring) => {
                let [w, s, e, n] = extent(ring);
                w <= east && e >= west && s <= north && n >= south
            }
        }
    }
}

/// Whether everybody may see a report.
pub fn is_public(report: &Report) -> bool {
    report.at.is_some() && report.review.is_public(report.secrecy)
}

/// Newest quarter first, then by id, which is random: the order tells nothing.
fn place_in_list(report: &PublicReport) -> (std::cmp::Reverse<&String>, Uuid) {
    (std::cmp::Reverse(&report.period), report.id)
}

/// `None` for what is only ever counted, or has no place.
fn public_report(kommun: &Kommun, report: Report) -> Option<PublicReport> {
    let at = report.at.filter(|_| is_public(&report))?;
    let shown = match report.category.publication_class() {
        PublicationClass::Point => Shown::At(at),
        PublicationClass::Cell => {
            let grid = Grid::square(250.0)?;
            let (x, y) = kommun.crs.forward(at.lon(), at.lat())?;
            Shown::Within(grid.ring(grid.cell(x, y, at.lon(), at.lat()), kommun.crs)?)
        }
        PublicationClass::Aggregate => return None,
    };
    Some(PublicReport {
        id: report.id.0,
        municipality: report.municipality,
        period: Quarter::of(report.received_at).to_string(),
        category: report.category,
        status: report.status,
        words: report.review.words,
        answer: report.answer,
        shown,
    })
}

fn extent(ring: &[[f64; 2]]) -> [f64; 4] {
    ring.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |[w, s, e, n], [lon, lat]| {
        [w.min(*lon), s.min(*lat), e.max(*lon), n.max(*lat)]
    })
}

fn holds(ring: &[[f64; 2]], at: Position) -> bool {
    let [w, s, e, n] = extent(ring);
    (w..=e).contains(&at.lon()) && (s..=n).contains(&at.lat())
}
