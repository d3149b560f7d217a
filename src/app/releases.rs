//! Public releases: made once per quarter under the privacy rules, stored, and from then on only read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::registry::Kommun;
use super::{App, rows};
use crate::analysis::release::{self, Category, Published, Record};
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::releases::{ReleaseCellRow, ReleaseHead};
use crate::domain::actor::Actor;
use crate::domain::codes::PublicationClass;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::moderation::Moderation;
use crate::domain::report::Report;
use crate::domain::time::Quarter;

/// Fewest distinct reporters and fewest reports behind a published cell (rule P2).
pub const K: u32 = 5;

/// The cells of a release, by kommun, period and when it was made: example data may be erased, and its quarters released again.
type Cells = BTreeMap<(MunicipalityCode, String, i64), Arc<Vec<Published>>>;

/// Releases that have been read; they never change, so they are never forgotten.
#[derive(Debug, Default)]
pub struct Cache(Mutex<Cells>);

/// Why a release was not made.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// No such kommun.
    #[error("no kommun has this code")]
    UnknownMunicipality,
    /// The quarter is not over: a release must never be able to change.
    #[error("the quarter {0} is not over")]
    NotOver(Quarter),
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What making a release did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The quarter.
    pub period: String,
    /// `false` when it had been made before; then nothing was changed.
    pub new: bool,
    /// Reports that were received in the quarter.
    pub reports: usize,
    /// Published numbers.
    pub cells: usize,
    /// Numbers held back by complementary suppression; for the operator only.
    pub withheld: usize,
}

/// One public answer: what is published in a view, and where it comes from.
#[derive(Clone, Debug)]
pub struct PublicView {
    /// The releases summed, newest first.
    pub releases: Vec<ReleaseHead>,
    /// Whether the kommun has released anything yet, in whatever span.
    pub any: bool,
    /// Side of the squares, metres.
    pub size_m: u16,
    category: Category,
    /// What each of the releases published.
    published: Vec<Arc<Vec<Published>>>,
}

impl PublicView {
    /// Square (corner / size) and published count; `None` marks a square inside a published larger one with too little of its own.
    /// Years of small squares take a while to add up: only where an answer is made, and not on the threads that serve everybody else.
    pub fn cells(&self) -> BTreeMap<(i64, i64), Option<u32>> {
        let mut cells: BTreeMap<(i64, i64), Option<u32>> = BTreeMap::new();
        for cell in self.published.iter().flat_map(|published| release::view(published, self.size_m, self.category)) {
            let sum = cells.entry(cell.cell).or_default();
            *sum = match (*sum, cell.count) {
                (None, None) => None,
                (a, b) => Some(a.unwrap_or(0) + b.unwrap_or(0)),
            };
        }
        cells
    }
}

impl App {
    /// Makes the release of a quarter that is over; one that exists is left exactly as it is.
    pub async fn make_release(&self, code: MunicipalityCode, quarter: Quarter, at: Timestamp) -> Result<Made, ReleaseError> {
        if quarter.end() > self.now() {
            return Err(ReleaseError::NotOver(quarter));
        }
        let kommun = self.registry().kommun(code).cloned().ok_or(ReleaseError::UnknownMunicipality)?;
        let period = quarter.to_string();
        let (from, to) = (quarter.start().as_microsecond(), quarter.end().as_microsecond());
        let earlier = self.db.releases(code).await?.into_iter().map(|head| head.to_at).filter(|end| *end <= from).max();
        let rows = self.db.releasable(code, (from, to), earlier.unwrap_or(i64::MIN)).await?;
        let mut counted = Vec::with_capacity(rows.len());
        for row in rows {
            let report = rows::report(row)?;
            let record = self.record(&kommun, &period, &report);
            counted.extend(record.map(|record| (report, record)));
        }
        let margin = self.keys.release(code.as_str(), &period);
        let opens = opening(&counted, &margin);
        let is_seen = |report: &Report| report.review.state == Moderation::Shown && (report.review.opened || opens.contains(&report.id));
        let (seen, unseen): (Vec<_>, Vec<_>) = counted.iter().partition(|(report, _)| is_seen(report));
        let [listed, records] = [seen, unseen].map(|part| part.into_iter().map(|(_, record)| *record).collect::<Vec<Record>>());
        let marks: Vec<(Uuid, bool)> = counted.iter().map(|(report, _)| (report.id.0, opens.contains(&report.id))).collect();
        let key = self.keys.release(code.as_str(), &period);
        let (reports, made) = (marks.len(), tokio::task::spawn_blocking(move || release::release(&records, &listed, &key, K)).await);
        let made = made.map_err(|error| DbError::Unavailable(error.to_string()))?;
        let head = ReleaseHead {
            municipality: code.to_string(),
            period: period.clone(),
            from_at: from,
            to_at: to,
            made_at: at.as_microsecond(),
            method: release::METHOD.to_owned(),
            k: i64::from(K),
        };
        let cells: Vec<ReleaseCellRow> = made.cells.iter().map(to_row).collect();
        let (published, withheld) = (cells.len(), made.withheld);
        let version = self
            .writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    if !tx.put_release(&head, &cells).await? {
                        return Ok(None);
                    }
                    for (id, opens) in marks {
                        tx.mark_released(code, id, &head.period, opens).await?;
                    }
                    let facts = json!({"cells": cells.len(), "method": head.method});
                    let change = NewChange { at, actor: Actor::System, entity: "release", entity_id: head.period, kind: "made", facts };
                    Ok(Some(tx.append_change(code, change).await?))
                })
            })
            .await?;
        if let Some(version) = version {
            self.indexes.wait_for(code, version).await;
        }
        let new = version.is_some();
        Ok(Made { period, new, reports, cells: published, withheld })
    }

    /// A report as a release counts it.
    fn record(&self, kommun: &Kommun, period: &str, report: &Report) -> Option<Record> {
        let at = report.at?;
        let (x, y) = kommun.crs.forward(at.lon(), at.lat())?;
        Some(Record {
            key: self.keys.release_record(report.municipality.as_str(), period, report.id.0),
            reporter: report.reporter.as_ref().and_then(|bytes| bytes.first_chunk::<8>()).map(|bytes| u64::from_be_bytes(*bytes)),
            leaf: ((x / 250.0).floor() as i64, (y / 250.0).floor() as i64),
            group: report.category.group().index() as u8,
        })
    }

    /// A kommun's releases, newest first.
    pub async fn releases(&self, code: MunicipalityCode) -> Result<Vec<ReleaseHead>, DbError> {
        self.db.releases(code).await
    }

    /// What is published of a kommun: the newest release, or the sum of those whose quarters lie in a span of whole quarters.
    pub async fn public_view(
        &self,
        code: MunicipalityCode,
        size_m: u16,
        category: Category,
        span: Option<(i64, i64)>,
    ) -> Result<PublicView, DbError> {
        self.view_of(code, self.db.releases(code).await?, size_m, category, span).await
    }

    /// The same of every kommun that has released something, in order of code; of one kommun only, where one is named.
    pub async fn public_views(
        &self,
        only: Option<MunicipalityCode>,
        size_m: u16,
        category: Category,
        span: Option<(i64, i64)>,
    ) -> Result<Vec<(MunicipalityCode, PublicView)>, DbError> {
        let all = match only {
            Some(code) => self.db.releases(code).await?,
            None => self.db.all_releases().await?,
        };
        let mut views = Vec::new();
        for heads in all.chunk_by(|a, b| a.municipality == b.municipality) {
            if let Some(code) = heads.first().and_then(|head| MunicipalityCode::parse(&head.municipality)) {
                views.push((code, self.view_of(code, heads.to_vec(), size_m, category, span).await?));
            }
        }
        Ok(views)
    }

    async fn view_of(
        &self,
        code: MunicipalityCode,
        all: Vec<ReleaseHead>,
        size_m: u16,
        category: Category,
        span: Option<(i64, i64)>,
    ) -> Result<PublicView, DbError> {
        let any = !all.is_empty();
        let releases: Vec<ReleaseHead> = match span {
            None => all.into_iter().take(1).collect(),
            Some((from, to)) => all.into_iter().filter(|head| head.from_at >= from && head.to_at <= to).collect(),
        };
        let mut published = Vec::with_capacity(releases.len());
        for head in &releases {
            published.push(self.cells_of(code, head).await?);
        }
        Ok(PublicView { releases, any, size_m, category, published })
    }

    async fn cells_of(&self, code: MunicipalityCode, head: &ReleaseHead) -> Result<Arc<Vec<Published>>, DbError> {
        let key = (code, head.period.clone(), head.made_at);
        if let Some(cells) = self.releases.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(cells));
        }
        let rows = self.db.release_cells(code, &head.period).await?;
        let cells: Arc<Vec<Published>> = Arc::new(rows.iter().filter_map(from_row).collect());
        self.releases.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&cells));
        Ok(cells)
    }
}

/// The reports of squares that open with a release: of the class `cell`, shown by a moderator, in a square where enough people have told of
/// such. The threshold is keyed to the very records, as every other of the release.
fn opening(counted: &[(Report, Record)], key: &[u8; 32]) -> BTreeSet<ReportId> {
    let waits = |report: &Report| {
        report.review.state == Moderation::Shown && !report.review.opened && report.category.publication_class() == PublicationClass::Cell
    };
    let mut squares: BTreeMap<(i64, i64), Vec<&(Report, Record)>> = BTreeMap::new();
    for one in counted.iter().filter(|(report, _)| waits(report)) {
        squares.entry(one.1.leaf).or_default().push(one);
    }
    let opens = squares.into_values().filter(|square| release::passes(square.iter().map(|(_, record)| record), key, K));
    opens.flatten().map(|(report, _)| report.id).collect()
}

fn to_row(cell: &Published) -> ReleaseCellRow {
    ReleaseCellRow {
        size_m: i64::from(cell.size_m),
        category: i64::from(cell.category.index()),
        e: cell.cell.0,
        n: cell.cell.1,
        count: i64::from(cell.count),
    }
}

fn from_row(row: &ReleaseCellRow) -> Option<Published> {
    Some(Published {
        size_m: u16::try_from(row.size_m).ok()?,
        cell: (row.e, row.n),
        category: Category::from_index(row.category.try_into().ok()?)?,
        count: u32::try_from(row.count).ok()?,
    })
}
