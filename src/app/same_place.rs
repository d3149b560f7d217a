//! Which reports are of one place: put together, and taken apart again without loss. Each report keeps its own supporters, answers and history; a place is
//! only what they have in common, so the people of each follow along into it and out of it.

use serde_json::json;
use uuid::Uuid;

use super::App;
use super::reports::ReportError;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::domain::actor::Actor;
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::{Fault, FieldFault};
use crate::domain::permission::Act;
use crate::domain::report::Report;

/// Most reports of one place.
const MOST: usize = 200;

/// What several reports are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPlace {
    /// Id.
    pub id: Uuid,
    /// Its reports, the oldest first.
    pub reports: Vec<Uuid>,
    /// How many people have told of it, in a report or by "me too".
    pub people: i64,
}

impl App {
    /// Says that two reports are of one place. Both have to be of one kommun; two places that hold several reports each are not made one, as nobody could
    /// take them apart again as they were.
    pub async fn merge_reports(&self, by: &Actor, one: ReportId, other: ReportId) -> Result<SharedPlace, ReportError> {
        let (report, with) = (self.visible_report(by, one).await?, self.visible_report(by, other).await?);
        let code = report.municipality;
        if !by.may(Act::MergePlaces, code) {
            return Err(ReportError::Forbidden);
        }
        if one == other || with.municipality != code {
            return Err(ReportError::Invalid(vec![FieldFault::at("/with", Fault::NotMergeable)]));
        }
        let (now, actor) = (self.now(), by.clone());
        // Follows from the reports, as every id that no phone makes.
        let new = Uuid::new_v5(&one.0, other.0.as_bytes());
        let (place, version) = self
            .writer
            .write(&[code], move |tx| {
                Box::pin(async move {
                    let refused = || ReportError::Invalid(vec![FieldFault::at("/with", Fault::NotMergeable)]);
                    let mut version = 0;
                    let places = [tx.place_of(code, one.0).await?, tx.place_of(code, other.0).await?];
                    let [Some(a), Some(b)] = places else { return Err(ReportError::NotFound) };
                    let place = a.or(b).unwrap_or(new);
                    if b.is_some_and(|b| b != place) || tx.reports_of_place(code, place).await?.len() >= MOST {
                        return Err(refused());
                    }
                    for (id, of) in [(one, a), (other, b)] {
                        if of.is_none() {
                            let facts = json!({"place": place.to_string()});
                            let change = NewChange {
                                at: now,
                                actor: actor.clone(),
                                entity: "report",
                                entity_id: id.to_string(),
                                kind: "merged",
                                facts,
                            };
                            version = tx.append_change(code, change).await?;
                            tx.put_in_place(code, id.0, version, Some(place)).await?;
                        }
                    }
                    Ok((place, version))
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        Ok(self.shared_place(by, code, place).await?)
    }

    /// Takes a report out of its place. A place of which one report is left is none.
    pub async fn unmerge_report(&self, by: &Actor, id: ReportId) -> Result<(), ReportError> {
        let report = self.visible_report(by, id).await?;
        let code = report.municipality;
        if !by.may(Act::MergePlaces, code) {
            return Err(ReportError::Forbidden);
        }
        let (now, actor) = (self.now(), by.clone());
        let version = self
            .writer
            .write::<_, ReportError>(&[code], move |tx| {
                Box::pin(async move {
                    let Some(place) = tx.place_of(code, id.0).await?.ok_or(ReportError::NotFound)? else { return Ok(0) };
                    let rest: Vec<Uuid> = tx.reports_of_place(code, place).await?.into_iter().filter(|of| *of != id.0).collect();
                    let mut version = 0;
                    for out in [id.0].into_iter().chain((rest.len() == 1).then(|| rest[0])) {
                        let facts = json!({"place": place.to_string()});
                        let change = NewChange {
                            at: now,
                            actor: actor.clone(),
                            entity: "report",
                            entity_id: out.to_string(),
                            kind: "unmerged",
                            facts,
                        };
                        version = tx.append_change(code, change).await?;
                        tx.put_in_place(code, out, version, None).await?;
                    }
                    Ok(version)
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        Ok(())
    }

    /// The place a report shares with others, as far as the caller may read them.
    pub(super) async fn place_of(&self, by: &Actor, report: &Report) -> Result<Option<SharedPlace>, DbError> {
        let Some(place) = report.place else { return Ok(None) };
        Ok(Some(self.shared_place(by, report.municipality, place).await?).filter(|place| place.reports.len() > 1))
    }

    async fn shared_place(&self, by: &Actor, code: MunicipalityCode, id: Uuid) -> Result<SharedPlace, DbError> {
        let (reports, people) = self.db.place(code, id, &by.readable(code).codes()).await?;
        Ok(SharedPlace { id, reports, people })
    }
}
