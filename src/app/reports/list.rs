//! Reports that answer a question, newest first.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use uuid::Uuid;

use super::ReportError;
use crate::app::query::{Part, ReportQuery};
use crate::app::registry::Kommun;
use crate::app::{App, rows};
use crate::db::DbError;
use crate::domain::access::Look;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::permission::Act;
use crate::domain::report::Report;
use crate::geo::index::Entry;

/// A page of a list.
#[derive(Debug)]
pub struct Page {
    /// Reports, newest first, each with its kommun.
    pub reports: Vec<(Report, Arc<Kommun>)>,
    /// How many answer the question in all.
    pub total: usize,
    /// Versions of the kommuner that answered.
    pub versions: Vec<(MunicipalityCode, i64)>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// A place in a list ordered newest first: everything strictly after this report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// When the last one shown was received.
    pub received: i64,
    /// Its id.
    pub id: Uuid,
}

/// What one look at the indexes found: which reports, not yet what they say.
#[derive(Debug)]
pub struct Found {
    /// How many answer the question in all.
    pub total: usize,
    parts: Vec<Part>,
    /// The newest of them, newest first, each with the number of its part.
    keys: Vec<(Cursor, usize)>,
}

impl Found {
    /// Looks through every index; keeps the newest `most`, and of the rest only how many there are.
    fn look(parts: Vec<Part>, after: Option<Cursor>, most: usize) -> Self {
        let mut total = 0;
        let mut newest: BinaryHeap<Reverse<(Cursor, usize)>> = BinaryHeap::new();
        for (at, part) in parts.iter().enumerate() {
            let mut take = |entry: &Entry| {
                total += 1;
                let key = (Cursor { received: entry.received, id: entry.id }, at);
                if after.is_some_and(|after| key.0 >= after) {
                    return;
                }
                if newest.len() < most {
                    newest.push(Reverse(key));
                } else if let Some(mut oldest) = newest.peek_mut()
                    && key > oldest.0
                {
                    *oldest = Reverse(key);
                }
            };
            part.snapshot.select(&part.filter, &mut take);
            part.snapshot.select_unplaced(&part.filter, &mut take);
        }
        let keys = newest.into_sorted_vec().into_iter().map(|Reverse(key)| key).collect();
        Self { total, parts, keys }
    }

    /// The reports that were found, in pieces of this size.
    pub fn pieces(&self, size: usize) -> impl Iterator<Item = &[(Cursor, usize)]> {
        self.keys.chunks(size)
    }
}

impl App {
    /// A page of the reports that answer a question.
    pub async fn list_reports(&self, by: &Actor, query: &ReportQuery, after: Option<Cursor>, limit: usize) -> Result<Page, ReportError> {
        let mut found = self.find_reports(by, Act::ReadReports, query, after, limit + 1).await?;
        let more = found.keys.len() > limit;
        found.keys.truncate(limit);
        let reports = self.read_reports(&found, &found.keys).await?;
        for code in found.parts.iter().map(|part| part.kommun.municipality.code) {
            let shown = reports.iter().filter(|(report, _)| report.municipality == code).count();
            self.note_look(by, code, Look::List, None, shown).await?;
        }
        Ok(Page {
            reports,
            total: found.total,
            versions: found.parts.iter().map(|part| (part.kommun.municipality.code, part.snapshot.version())).collect(),
            next: found.keys.last().map(|(key, _)| *key).filter(|_| more),
        })
    }

    /// Notes that these reports are taken home; what marks the rows of each kommun.
    pub async fn note_export(&self, by: &Actor, found: &Found) -> Result<HashMap<MunicipalityCode, Uuid>, ReportError> {
        let mut marks = HashMap::new();
        for (at, part) in found.parts.iter().enumerate() {
            let (code, taken) = (part.kommun.municipality.code, found.keys.iter().filter(|(_, of)| *of == at).count());
            marks.extend(self.note_look(by, code, Look::Export, None, taken).await?.map(|id| (code, id)));
        }
        Ok(marks)
    }

    /// Which reports answer a question: the newest `most` of them.
    pub async fn find_reports(
        &self,
        by: &Actor,
        act: Act,
        query: &ReportQuery,
        after: Option<Cursor>,
        most: usize,
    ) -> Result<Found, ReportError> {
        let parts = self.resolve(by, act, query)?;
        // Looking through a large kommun takes milliseconds of pure computing: not on the threads that serve everybody else.
        let look = tokio::task::spawn_blocking(move || Found::look(parts, after, most)).await;
        look.map_err(|_| DbError::Unavailable("a search was cut off".to_owned()).into())
    }

    /// What some of the found reports say. One that was withdrawn meanwhile is left out.
    pub async fn read_reports(&self, found: &Found, keys: &[(Cursor, usize)]) -> Result<Vec<(Report, Arc<Kommun>)>, ReportError> {
        let mut reports = Vec::with_capacity(keys.len());
        for (at, part) in found.parts.iter().enumerate() {
            let ids: Vec<Uuid> = keys.iter().filter(|(_, of)| *of == at).map(|(key, _)| key.id).collect();
            if ids.is_empty() {
                continue;
            }
            for row in self.db.reports_by_ids(part.kommun.municipality.code, &ids).await? {
                let report = rows::report(row)?;
                // It may have been given another class since it was found.
                if part.readable.holds(report.secrecy) {
                    reports.push((report, Arc::clone(&part.kommun)));
                }
            }
        }
        reports.sort_by_key(|(report, _)| Reverse((report.received_at, report.id)));
        Ok(reports)
    }
}
