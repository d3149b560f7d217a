//! Reports from a file: read by the rules of the API, stored once each.

mod read;
mod store;

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use self::read::{category, place, status, values, when};
use self::store::{Fate, Ready, Told, Versions};
use super::account::Reason;
use super::fields::{Fields, Moment};
use super::mapping::{Field, Mapping, also, field, told};
use super::row::{Body, Row};
use super::{ImportError, Job};
use crate::app::registry::Registry;
use crate::app::reports::{light, new_reference};
use crate::app::{App, rows};
use crate::db::DbError;
use crate::db::reports::Known;
use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Perspective, Secrecy, TravelMode};
use crate::domain::ids::{MunicipalityCode, ReportId};
use crate::domain::invalid::Fault;
use crate::domain::moderation::{Moderation, Review};
use crate::domain::report::{NewReport, Place, Report, ReporterToken};
use crate::domain::text::{ANSWER_MAX, NOTE_MAX};
use crate::domain::time::Quarter;
use crate::geo::kommuner::Located;

/// The fields of a report.
const FIELDS: &[Field] = &[
    also("lon", &["longitude", "lng"]),
    also("lat", &["latitude"]),
    field("category"),
    field("feeling"),
    field("occurred_at"),
    field("occurred_on"),
    field("time_band"),
    field("received_at"),
    field("note"),
    field("place_text"),
    field("insecurity"),
    field("risk"),
    field("travel_mode"),
    field("perspectives"),
    field("avoids"),
    told("status"),
    told("status_reason"),
    told("answer"),
    field("reporter"),
    field("id"),
];

/// What one import reads its rows by.
struct Reader {
    mapping: Mapping,
    values: HashMap<String, Category>,
    source: String,
    /// Under which the ids of this source are made.
    namespace: Uuid,
    municipality: Option<MunicipalityCode>,
    now: Timestamp,
    /// How often the same content has been seen, by half of its hash: identical rows are different reports.
    seen: HashMap<u64, u32>,
}

impl App {
    /// Imports reports.
    pub(super) async fn import_reports(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        job.require(&mapping, "category")?;
        if !job.survey.geojson && !mapping.has("place_text") {
            job.require(&mapping, "lon")?;
            job.require(&mapping, "lat")?;
        }
        let source = job.name.clone();
        let mut reader = Reader {
            mapping,
            values: values(&job.request.values)?,
            namespace: self.namespace(&source),
            source,
            municipality: job.request.municipality,
            now: self.now(),
            seen: HashMap::new(),
        };
        let registry = self.registry();
        if let Some(code) = reader.municipality {
            registry.kommun(code).ok_or_else(|| ImportError::Request(format!("there is no kommun {code}")))?;
        }
        let mut dry: HashMap<Uuid, Known> = HashMap::new();
        let mut last = Versions::new();
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            let mut ready = Vec::with_capacity(batch.len());
            for row in batch {
                let (own_id, read) = self.read_report(&mut reader, &registry, &row)?;
                match read {
                    Ok(one) => ready.push(one),
                    Err(reasons) => job.account.reject(row.number, &own_id, reasons)?,
                }
            }
            let fates = if job.request.dry_run {
                self.foretell(ready, &mut dry).await?
            } else {
                let (fates, versions) = self.store(ready).await?;
                last.extend(versions);
                fates
            };
            for (told, fate) in fates {
                match fate {
                    Fate::Load => {
                        job.account.load(told.masked);
                        job.account.dropped += told.dropped;
                    }
                    Fate::Known => job.account.know(told.number, &told.own_id)?,
                    Fate::Refuse(reason) => job.account.reject(told.number, &told.own_id, vec![reason])?,
                }
            }
            job.tell_progress();
        }
        batches.end().await?;
        self.settle(last).await;
        Ok(())
    }

    /// Ids follow from the row, so that a second import finds them, and from a server key, so that whoever has the file cannot name
    /// (and support) a report.
    fn namespace(&self, source: &str) -> Uuid {
        Uuid::from_bytes(self.keys.reporter(&half(source.as_bytes()), "import"))
    }

    /// A row as a report with the row's own name for it, or everything that is wrong with it.
    fn read_report(&self, reader: &mut Reader, registry: &Registry, row: &Row) -> Result<(String, Result<Ready, Vec<Reason>>), DbError> {
        let body = match &row.body {
            Ok(body) => body,
            Err(reason) => return Ok((String::new(), Err(vec![reason.clone()]))),
        };
        let (id, own_id) = reader.identify(body);
        let mut fields = Fields::new(&reader.mapping, body);
        let placed = place(&mut fields, registry, reader.municipality);
        let category = category(&mut fields, &reader.values);
        let feeling = fields.code("feeling", Feeling::parse);
        if let (Some(category), Some(feeling)) = (category, feeling)
            && category.feeling() != feeling
        {
            fields.fault("category", &Fault::FeelingMismatch, Some(category.as_str()));
        }
        let when = when(&mut fields, reader.now);
        let received_at = fields.moment("received_at", reader.now).and_then(Moment::instant);
        let insecurity = fields.small("insecurity", 3);
        let risk = fields.small("risk", 3);
        let travel_mode = fields.code("travel_mode", TravelMode::parse);
        let perspectives = fields.codes("perspectives", Perspective::parse).into_iter().map(Perspective::index).collect();
        let avoids = fields.code("avoids", Avoids::parse);
        let note = fields.masked_words("note", NOTE_MAX);
        let answer = fields.masked_words("answer", ANSWER_MAX);
        let (status, status_reason) = status(&mut fields);
        let reporter = fields.text("reporter").map(|text| reporter_token(&text, received_at.unwrap_or(reader.now)));
        let (masked, dropped) = (fields.masked, fields.dropped);
        let reasons = fields.reasons();
        let (Some((place, Located { code, certain })), Some(category), []) = (placed, category, reasons.as_slice()) else {
            return Ok((own_id, Err(reasons)));
        };
        let (at, place_text) = match &place {
            Place::Point { at, text, .. } => (Some(*at), text.clone()),
            Place::Words { text, .. } => (None, Some(text.clone())),
        };
        let feeling = category.feeling();
        // A row without a reporter is its own.
        let reporter = reporter.unwrap_or(ReporterToken(id.into_bytes()));
        let id = ReportId(id);
        let new = NewReport {
            id,
            place,
            feeling,
            category,
            insecurity,
            risk,
            travel_mode,
            when,
            perspectives,
            avoids,
            note,
            reporter: Some(reporter),
        };
        let content = json!([
            new.canonical(),
            received_at.map(Timestamp::as_microsecond),
            status.as_str(),
            status_reason.map(CloseReason::as_str),
            answer
        ]);
        let report = Report {
            id,
            municipality: code,
            reference: new_reference()?,
            version: 0,
            received_at: received_at.unwrap_or(reader.now),
            when,
            at,
            accuracy_m: None,
            place_text,
            certain,
            feeling,
            category,
            insecurity,
            risk,
            travel_mode,
            perspectives,
            avoids,
            note: new.note,
            reporter: Some(self.reporter_hash(reporter, code)),
            light: light(at, when.light_instant()),
            status,
            status_reason,
            answered_at: answer.is_some().then_some(reader.now),
            answer,
            source: reader.source.clone(),
            secrecy: Secrecy::Partners,
            // Whoever imports a file answers for it: it is counted, and nothing of it is seen by itself.
            review: Review { at: Some(reader.now), ..Review::new(Moderation::Counted, None) },
            place: None,
        };
        let ready = Ready {
            told: Told { number: row.number, own_id: own_id.clone(), masked, dropped },
            code,
            row: rows::row(&report),
            receipt_hash: Sha256::digest(self.keys.receipt(id.0)).to_vec(),
            content_hash: self.keys.content(content.to_string().as_bytes()).to_vec(),
        };
        Ok((own_id, Ok(ready)))
    }
}

impl Reader {
    /// The report's id, and what the file calls the row: its own id column, else the report's id.
    fn identify(&mut self, body: &Body) -> (Uuid, String) {
        let own = Fields::new(&self.mapping, body).text("id").map(std::borrow::Cow::into_owned);
        if let Some(own) = own {
            return (Uuid::new_v5(&self.namespace, format!("id/{own}").as_bytes()), own);
        }
        let digest = Sha256::digest(body.content());
        let key = digest.first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let times = self.seen.entry(key).or_default();
        *times += 1;
        let mut name = b"row/".to_vec();
        name.extend_from_slice(&digest);
        name.extend_from_slice(&times.to_be_bytes());
        let id = Uuid::new_v5(&self.namespace, &name);
        (id, id.to_string())
    }
}

/// As the phone's token: one per person and quarter, so that it counts people and links nothing over time.
fn reporter_token(text: &str, received: Timestamp) -> ReporterToken {
    ReporterToken(half(format!("{}/{text}", Quarter::of(received)).as_bytes()))
}

/// 128 bits of SHA-256.
fn half(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(bytes)[..16]);
    half
}
