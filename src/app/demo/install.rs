//! Fills a database with the example: three real kommuner and agreements, reports that nobody made, and the releases of past quarters.

use std::collections::HashSet;
use std::sync::Arc;

use geo::BoundingRect;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::agreements::{DemoMunicipality, agreements};
use super::synthetic::{Locality, Seeded, SyntheticReport, reports};
use crate::app::municipalities::contacts_text;
use crate::app::{App, rows};
use crate::db::DbError;
use crate::db::agreements::{AgreementRow, FocusAreaRow, PledgeRow};
use crate::db::changes::NewChange;
use crate::db::municipalities::MunicipalityRow;
use crate::domain::actor::Actor;
use crate::domain::agreement::Bilingual;
use crate::domain::codes::{Category, Perspective, PublicationClass, Secrecy};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::moderation::{Moderation, Review, opens_at_once};
use crate::domain::municipality::Contacts;
use crate::domain::position::Position;
use crate::domain::report::{Report, ReporterToken, Status, When};
use crate::domain::time::Quarter;
use crate::geo::outline;

/// Reports per kommun.
pub const REPORTS: usize = 3_000;
/// The example is the same on every machine.
const SEED: u64 = 112;
/// The name under which example reports are stored.
pub const SOURCE: &str = "demo";
/// The setting that says how far the example got: `partial`, `whole` or `removed`.
pub(in crate::app) const STATE: &str = "demo";
/// Days after a quarter's end when its release was made.
const RELEASE_AFTER: SignedDuration = SignedDuration::from_hours(14 * 24 + 9);
/// What came this shortly before the end of the example, nobody has looked at yet.
const WAITING: SignedDuration = SignedDuration::from_hours(10 * 24);
/// How soon somebody looked at the others.
const LOOKED_AT_AFTER: SignedDuration = SignedDuration::from_hours(20);
/// Acts per transaction.
const BATCH: usize = 1_000;
/// For ids that follow from names.
pub(super) const NAMESPACE: Uuid = uuid::uuid!("6c796b74-612d-4465-8d6f-000000000001");

/// Why the example was not filled in.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The embedded data does not read.
    #[error("the embedded example does not read: {0}")]
    Data(String),
    /// The database already holds something else.
    #[error("this database is not empty: the demo fills an empty one (or its own)")]
    NotEmpty,
    /// The store.
    #[error(transparent)]
    Db(#[from] DbError),
    /// A release.
    #[error(transparent)]
    Release(#[from] crate::app::releases::ReleaseError),
}

/// What happens to a report at a moment.
enum Event {
    Received,
    Closed,
}

impl App {
    /// Fills an empty database; one that already holds the demo is left as it is, and one that was cut short is begun anew. `progress`
    /// is told each kommun's name.
    pub async fn install_demo(&self, mut progress: impl FnMut(&str)) -> Result<(), DemoError> {
        match self.db.setting(STATE).await?.as_deref() {
            Some("whole") => return Ok(()),
            Some("partial") => {
                self.erase_demo().await?;
            }
            _ => {}
        }
        if !self.is_untouched().await? {
            return Err(DemoError::NotEmpty);
        }
        self.mark_demo("partial").await?;
        for kommun in agreements().map_err(|error| DemoError::Data(error.to_string()))? {
            let code = MunicipalityCode::parse(&kommun.municipality).ok_or_else(|| DemoError::Data(kommun.municipality.clone()))?;
            let name = self.registry().kommun(code).map(|k| k.municipality.name.clone()).unwrap_or_default();
            progress(&name);
            self.install_agreement(code, &kommun).await?;
            self.install_reports(code, &kommun, REPORTS).await?;
            self.install_releases(code).await?;
        }
        self.install_people().await?;
        self.mark_demo("whole").await
    }

    /// Whether there is nothing that the example would be mixed with: no reports, agreements or releases, and no kommun that somebody
    /// has set up.
    async fn is_untouched(&self) -> Result<bool, DbError> {
        let holds = |(table, rows): &(&str, i64)| *rows > 0 && ["report", "agreement", "public_release"].contains(table);
        let nobody = contacts_text(&Contacts::default());
        let set_up = |row: &MunicipalityRow| row.active || row.fault_report_url.is_some() || row.contacts != nobody;
        Ok(!self.db.row_counts().await?.iter().any(holds) && !self.db.municipalities().await?.iter().any(set_up))
    }

    async fn mark_demo(&self, state: &'static str) -> Result<(), DemoError> {
        self.writer.write::<_, DbError>(&[], move |tx| Box::pin(tx.put_setting(STATE, state.to_owned()))).await?;
        Ok(())
    }

    /// Stores what a kommun and the police agreed, and activates the kommun.
    pub async fn install_agreement(&self, code: MunicipalityCode, kommun: &DemoMunicipality) -> Result<(), DemoError> {
        let agreement_id = agreement_id(code);
        let area_id = |at: usize| Uuid::new_v5(&NAMESPACE, format!("{code}/area/{at}").as_bytes());
        let text = |value: &Value| value.to_string();
        let bilingual = |sv: &str, en: &str| serde_json::to_value(Bilingual { sv: sv.to_owned(), en: en.to_owned() }).unwrap_or_default();
        let stated = &kommun.agreement;
        let mut agreement = AgreementRow {
            municipality: code.to_string(),
            id: agreement_id,
            version: 0,
            title: stated.title.clone(),
            kind: stated.kind.clone(),
            dnr: stated.dnr.clone(),
            valid_from: stated.valid_from.to_string(),
            valid_to: stated.valid_to.to_string(),
            parties: text(&json!(stated.parties)),
            signers: text(&json!(stated.signers)),
            purposes: text(&json!(stated.purposes)),
        };
        let mut areas: Vec<FocusAreaRow> = kommun
            .focus_areas
            .iter()
            .enumerate()
            .map(|(at, area)| FocusAreaRow {
                municipality: code.to_string(),
                id: area_id(at),
                version: 0,
                agreement: agreement_id,
                position: at as i64 + 1,
                title: text(&bilingual(&area.title, &area.title_en)),
                description: text(&json!(area.description)),
                kind: area.kind.clone(),
                categories: text(&json!(area.categories.iter().copied().map(Category::as_str).collect::<Vec<_>>())),
                polygon: area.geometry.as_ref().map(|shape| text(&json!({"type": shape.r#type, "coordinates": shape.coordinates}))),
            })
            .collect();
        let mut pledges: Vec<PledgeRow> = kommun
            .pledges
            .iter()
            .enumerate()
            .map(|(at, pledge)| PledgeRow {
                municipality: code.to_string(),
                id: Uuid::new_v5(&NAMESPACE, format!("{code}/pledge/{at}").as_bytes()),
                version: 0,
                agreement: agreement_id,
                focus_area: Some(area_id(pledge.focus_area_index)),
                text: text(&bilingual(&pledge.text, &pledge.text_en)),
                promisor: pledge.promisor.clone(),
            })
            .collect();
        let (now, url, contacts) = (self.now(), kommun.fault_report_url.clone(), contacts_of(kommun));
        let version = self
            .writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    tx.set_profile(code, true, true, Some(url), contacts).await?;
                    let facts = json!({"focus_areas": areas.len(), "pledges": pledges.len(), "source": SOURCE});
                    let change = NewChange {
                        at: now,
                        actor: Actor::System,
                        entity: "agreement",
                        entity_id: agreement.id.to_string(),
                        kind: "imported",
                        facts,
                    };
                    let version = tx.append_change(code, change).await?;
                    agreement.version = version;
                    tx.put_agreement(&agreement).await?;
                    for area in &mut areas {
                        area.version = version;
                        tx.put_focus_area(area).await?;
                    }
                    for pledge in &mut pledges {
                        pledge.version = version;
                        tx.put_pledge(pledge).await?;
                    }
                    Ok(version)
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        Ok(())
    }

    /// Generates and stores `n` reports, event by event as they would have happened.
    pub async fn install_reports(&self, code: MunicipalityCode, kommun: &DemoMunicipality, n: usize) -> Result<(), DemoError> {
        let registry = self.registry();
        let known = registry.kommun(code).cloned().ok_or_else(|| DemoError::Data(code.to_string()))?;
        let centres: Vec<(f64, f64)> =
            kommun.focus_areas.iter().filter_map(|area| area.geometry.as_ref()).map(|shape| middle(&shape.coordinates[0])).collect();
        let localities = localities(code);
        let made = tokio::task::spawn_blocking(move || {
            let polygon = &known.municipality.outline;
            let rect = polygon.bounding_rect();
            let bbox = rect.map_or([0.0; 4], |rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y]);
            let inside = |lon: f64, lat: f64| outline::contains(polygon, lon, lat);
            reports(SEED, &Seeded { code: code.as_str(), localities: &localities, centres: &centres, bbox, inside: &inside }, n)
        })
        .await
        .map_err(|error| DemoError::Data(error.to_string()))?;
        let mut events: Vec<(i64, usize, Event)> = Vec::with_capacity(made.len() * 2);
        for (at, report) in made.iter().enumerate() {
            events.push((report.received_at_us, at, Event::Received));
            if let Some(closed) = report.status_at_us {
                events.push((closed.max(report.received_at_us + 1), at, Event::Closed));
            }
        }
        events.sort_by_key(|(time, at, event)| (*time, *at, matches!(event, Event::Closed)));
        let prepared: Vec<Prepared> = made.iter().map(|report| self.prepare(code, report)).collect::<Result<_, _>>()?;
        let prepared = Arc::new(std::sync::Mutex::new(prepared));
        let ids = lock_all(&prepared).iter().map(|item| item.row.id).collect();
        self.erasures.forget(&ids).map_err(|error| DbError::Unavailable(format!("the list of what was erased: {error}")))?;
        let buried: Arc<HashSet<Uuid>> = Arc::new(self.db.removed_after(code.as_str(), 0).await?.into_iter().collect());
        let mut last = 0;
        for batch in events.chunks(BATCH) {
            let batch: Vec<(i64, usize, bool)> =
                batch.iter().map(|(time, at, event)| (*time, *at, matches!(event, Event::Closed))).collect();
            let (prepared, buried) = (Arc::clone(&prepared), Arc::clone(&buried));
            last = self
                .writer
                .write::<_, DbError>(&[code], move |tx| {
                    Box::pin(async move {
                        let mut version = 0;
                        for (time, at, closed) in batch {
                            let mut item = lock(&prepared, at);
                            let when = Timestamp::from_microsecond(time).unwrap_or(Timestamp::UNIX_EPOCH);
                            let change = NewChange {
                                at: when,
                                actor: Actor::System,
                                entity: "report",
                                entity_id: item.row.id.to_string(),
                                kind: if closed { "changed" } else { "created" },
                                facts: if closed {
                                    json!({"status": {"to": item.status}})
                                } else {
                                    json!({"placed": true, "source": SOURCE})
                                },
                            };
                            version = tx.append_change(code, change).await?;
                            if closed {
                                item.close(time);
                                tx.update_report(&item.row, version, time).await?;
                            } else {
                                item.row.version = version;
                                // An example that was erased may come back.
                                if buried.contains(&item.row.id) {
                                    tx.forget_withdrawn(&item.row.municipality, item.row.id).await?;
                                }
                                tx.insert_report(&item.row, item.receipt_hash.clone(), item.content_hash.clone()).await?;
                            }
                            put_back(&prepared, at, item, version);
                        }
                        Ok(version)
                    })
                })
                .await?;
        }
        self.indexes.wait_for(code, last).await;
        Ok(())
    }

    fn prepare(&self, code: MunicipalityCode, made: &SyntheticReport) -> Result<Prepared, DemoError> {
        let id = ReportId(Uuid::from_bytes(made.id));
        let at = Position::new(made.lon, made.lat).map_err(|fault| DemoError::Data(fault.code().to_owned()))?;
        let instant = |us: i64| Timestamp::from_microsecond(us).map_err(|error| DemoError::Data(error.to_string()));
        let when = made.occurred_at_us.map(instant).transpose()?.map_or(When::Unknown, When::At);
        let report = Report {
            id,
            municipality: code,
            // Example reports must be the same on every machine, so their names follow from their ids.
            reference: crate::app::keys::crockford(&Sha256::digest(made.id)[..5]),
            version: 0,
            received_at: instant(made.received_at_us)?,
            when,
            at: Some(at),
            accuracy_m: None,
            place_text: None,
            certain: self.registry().locator.locate(made.lon, made.lat).is_some_and(|located| located.certain),
            feeling: made.feeling,
            category: made.category,
            insecurity: made.insecurity,
            risk: made.risk,
            travel_mode: made.travel_mode,
            perspectives: made.perspectives.iter().copied().map(Perspective::index).collect(),
            avoids: made.avoids,
            note: made.note.clone(),
            reporter: made.reporter.map(|token| self.reporter_hash(ReporterToken(token), code)),
            light: crate::app::reports::light(Some(at), when.light_instant()),
            status: Status::Received,
            status_reason: None,
            answer: None,
            answered_at: None,
            source: SOURCE.to_owned(),
            secrecy: Secrecy::Partners,
            review: review(made),
            place: None,
        };
        Ok(Prepared {
            row: rows::row(&report),
            receipt_hash: Sha256::digest(self.keys.receipt(id.0)).to_vec(),
            content_hash: Sha256::digest(made.id).to_vec(),
            status: made.status.as_str(),
            reason: made.reason.map(|reason| reason.as_str().to_owned()),
            answer: made.answer.clone(),
        })
    }

    async fn install_releases(&self, code: MunicipalityCode) -> Result<(), DemoError> {
        let (mut quarter, last) = (Quarter::parse("2024-Q4"), Quarter::parse("2026-Q3"));
        while let (Some(at), Some(end)) = (quarter, last)
            && at <= end
        {
            self.make_release(code, at, at.end() + RELEASE_AFTER).await?;
            quarter = Some(at.next());
        }
        Ok(())
    }
}

/// What a moderator has made of an example report: the newest that nobody has answered still wait, and so do a few of them held.
fn review(made: &SyntheticReport) -> Review {
    let received = Timestamp::from_microsecond(made.received_at_us).unwrap_or(Timestamp::MIN);
    let newest = Quarter::parse("2026-Q3").map(Quarter::end);
    let is_new = newest.is_some_and(|end| end.duration_since(received) < WAITING);
    if is_new && made.status == Status::Received && made.reason.is_none() {
        return Review::new(Moderation::Waiting, None);
    }
    let class = made.category.publication_class();
    let state = if class == PublicationClass::Aggregate { Moderation::Counted } else { Moderation::Shown };
    Review {
        at: Some(received + LOOKED_AT_AFTER),
        words: made.note.clone().filter(|_| state == Moderation::Shown),
        opened: opens_at_once(class),
        ..Review::new(state, None)
    }
}

/// The id of a kommun's example agreement.
pub(in crate::app) fn agreement_id(code: MunicipalityCode) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{code}/agreement").as_bytes())
}

/// Whom the example says to turn to, as it is stored.
fn contacts_of(kommun: &DemoMunicipality) -> String {
    contacts_text(&Contacts {
        controller: kommun.contacts.controller.clone(),
        controller_contact: kommun.contacts.controller_contact.clone(),
        dpo_contact: kommun.contacts.dpo_contact.clone(),
    })
}

/// Whether a kommun's profile is the one the example gave it.
pub(in crate::app) fn has_demo_profile(row: &MunicipalityRow) -> bool {
    let given = |kommun: &DemoMunicipality| {
        kommun.municipality == row.code
            && row.fault_report_url.as_ref() == Some(&kommun.fault_report_url)
            && row.contacts == contacts_of(kommun)
    };
    agreements().is_ok_and(|examples| examples.iter().any(given))
}

/// A report on its way into the store.
#[derive(Clone)]
struct Prepared {
    row: crate::db::reports::ReportRow,
    receipt_hash: Vec<u8>,
    content_hash: Vec<u8>,
    status: &'static str,
    reason: Option<String>,
    answer: Option<String>,
}

impl Prepared {
    fn close(&mut self, time: i64) {
        self.row.status = self.status.to_owned();
        self.row.status_reason = self.reason.clone();
        self.row.answer = self.answer.clone();
        self.row.answered_at = self.answer.is_some().then_some(time);
    }
}

type Shared = std::sync::Mutex<Vec<Prepared>>;

fn lock_all(prepared: &Shared) -> std::sync::MutexGuard<'_, Vec<Prepared>> {
    prepared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn lock(prepared: &Shared, at: usize) -> Prepared {
    lock_all(prepared)[at].clone()
}

fn put_back(prepared: &Shared, at: usize, mut item: Prepared, version: i64) {
    item.row.version = version;
    lock_all(prepared)[at] = item;
}

fn middle(ring: &[(f64, f64)]) -> (f64, f64) {
    let n = ring.len().max(1) as f64;
    (ring.iter().map(|p| p.0).sum::<f64>() / n, ring.iter().map(|p| p.1).sum::<f64>() / n)
}

fn localities(code: MunicipalityCode) -> Vec<Locality> {
    crate::app::places::built_in()
        .filter(|place| place.municipality == code.as_str())
        .map(|place| Locality { lon: place.lon, lat: place.lat, population: place.population })
        .collect()
}
