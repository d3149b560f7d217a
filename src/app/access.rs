//! Who looked at which reports: a row for each look, for those who look after people. What somebody sees is not in it, only that they looked.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use super::App;
use super::people::random_uuid;
use super::query::Part;
use super::reports::ReportError;
use crate::db::DbError;
use crate::db::access::AccessRow;
use crate::domain::access::{Look, MANY, WINDOW};
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::permission::Act;

/// Whose look by a GIS program was noted in which hour.
#[derive(Debug, Default)]
pub(super) struct Hours(Mutex<(i64, HashSet<(String, MunicipalityCode)>)>);

/// A look.
#[derive(Clone, Debug)]
pub struct Access {
    /// Id; marks the rows of an export.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who, as in the change log.
    pub actor: String,
    /// How.
    pub look: Look,
    /// At which, where it was one.
    pub report: Option<Uuid>,
    /// At how many.
    pub reports: i64,
    /// Whether it was one of too many within an hour.
    pub many: bool,
}

/// A page of a kommun's looks.
#[derive(Clone, Debug)]
pub struct Accesses {
    /// The newest first.
    pub accesses: Vec<Access>,
    /// Where the next page begins.
    pub next: Option<(i64, Uuid)>,
}

impl App {
    /// Notes that somebody looks at reports of a kommun; returns what marks an export. A store that takes nothing does not keep anybody from working: then the
    /// log of the program says it.
    pub async fn note_look(
        &self,
        by: &Actor,
        municipality: MunicipalityCode,
        look: Look,
        report: Option<ReportId>,
        reports: usize,
    ) -> Result<Option<Uuid>, DbError> {
        if matches!(by, Actor::System | Actor::Resident) || reports == 0 {
            return Ok(None);
        }
        let now = self.now();
        let mut row = AccessRow {
            id: random_uuid()?,
            at: now.as_microsecond(),
            actor: by.name(),
            municipality: municipality.to_string(),
            kind: look.as_str().to_owned(),
            report: report.map(|id| id.0),
            reports: reports as i64,
            many: false,
        };
        let (id, actor) = (row.id, row.actor.clone());
        let since = (now - WINDOW).as_microsecond();
        let noted = self
            .writer
            .write::<_, DbError>(&[], move |tx| {
                Box::pin(async move {
                    let looks = tx.looks_since(&row.actor, since).await? + 1;
                    row.many = looks >= MANY;
                    tx.insert_access(&row).await?;
                    Ok(looks)
                })
            })
            .await;
        match noted {
            Ok(looks) if looks == MANY => tracing::warn!(%actor, %municipality, looks, "somebody looks at many reports"),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, %actor, %municipality, look = look.as_str(), "a look at reports was not noted"),
        }
        Ok(Some(id))
    }

    /// Notes, once an hour, that somebody is given exact places for a map.
    pub async fn note_places(&self, by: &Actor, parts: &[Part]) -> Result<(), DbError> {
        if matches!(by, Actor::System | Actor::Resident) {
            return Ok(());
        }
        let (name, hour) = (by.name(), self.now().as_second() / 3_600);
        for part in parts {
            let code = part.kommun.municipality.code;
            let is_new = {
                let mut noted = self.looked.0.lock().unwrap_or_else(PoisonError::into_inner);
                if noted.0 != hour {
                    *noted = (hour, HashSet::new());
                }
                noted.1.insert((name.clone(), code))
            };
            if is_new {
                self.note_look(by, code, Look::Places, None, 1).await?;
            }
        }
        Ok(())
    }

    /// A page of who looked at a kommun's reports, newest first; or only what was one of too many.
    pub async fn accesses(
        &self,
        by: &Actor,
        municipality: MunicipalityCode,
        before: Option<(i64, Uuid)>,
        only_many: bool,
        limit: usize,
    ) -> Result<Accesses, ReportError> {
        if !by.may(Act::Audit, municipality) {
            return Err(ReportError::Forbidden);
        }
        let mut rows = self.db.accesses(municipality, before.unwrap_or((i64::MAX, Uuid::nil())), only_many, limit as i64 + 1).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|row| (row.at, row.id));
        let corrupt = |row: &AccessRow| DbError::Corrupt(format!("access {}", row.id));
        let read = |row: AccessRow| {
            let look = Look::parse(&row.kind).ok_or_else(|| corrupt(&row))?;
            let at = Timestamp::from_microsecond(row.at).map_err(|_| corrupt(&row))?;
            Ok(Access { id: row.id, at, look, report: row.report, reports: row.reports, many: row.many, actor: row.actor })
        };
        Ok(Accesses { accesses: rows.into_iter().map(read).collect::<Result<_, DbError>>()?, next })
    }
}
