//! Kommuner: the 290 of Sweden from the start, others by importing an outline.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{App, places};
use crate::db::changes::NewChange;
use crate::db::municipalities::MunicipalityRow;
use crate::db::places::PlaceRow;
use crate::db::{Db, DbError, Writer};
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::municipality::{BUILT_IN_UNCERTAINTY_M, Contacts};

/// Puts the built-in kommuner into an empty database; what is there stays.
pub(super) async fn seed(db: &Db, writer: &Writer, built_in: &BTreeMap<MunicipalityCode, (String, Value)>) -> Result<(), DbError> {
    if db.municipality_count().await? >= built_in.len() as i64 {
        return Ok(());
    }
    let rows: Vec<MunicipalityRow> = built_in
        .iter()
        .map(|(code, (name, _))| MunicipalityRow {
            code: code.to_string(),
            name: name.clone(),
            active: false,
            demo: false,
            outline: None,
            uncertainty_m: BUILT_IN_UNCERTAINTY_M,
            epsg: 3006,
            fault_report_url: None,
            contacts: contacts_text(&Contacts::default()),
            version: 0,
        })
        .collect();
    writer
        .write(&[], move |tx| {
            Box::pin(async move {
                for row in &rows {
                    tx.seed_municipality(row).await?;
                }
                for place in places::built_in() {
                    let source = places::BUILT_IN_SOURCE.to_owned();
                    let (municipality, name, kind) = (place.municipality, place.name, place.kind);
                    tx.put_place(&PlaceRow { municipality, name, kind, lon: place.lon, lat: place.lat, source }).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Contacts as they are stored.
pub(super) fn contacts_text(contacts: &Contacts) -> String {
    serde_json::to_string(contacts).unwrap_or_else(|_| "{}".to_owned())
}

/// What an operator decides about a kommun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Whether it takes reports here.
    pub active: bool,
    /// Where pure faults are reported.
    pub fault_report_url: Option<String>,
    /// Whom to turn to.
    pub contacts: Contacts,
}

impl App {
    /// Sets whether a kommun takes reports, and whom to turn to. Returns the version of its log.
    pub async fn set_profile(&self, by: &Actor, code: MunicipalityCode, profile: Profile) -> Result<i64, DbError> {
        let demo = self.registry().kommun(code).is_some_and(|kommun| kommun.municipality.demo);
        let contacts = contacts_text(&profile.contacts);
        let (now, actor) = (self.now(), by.clone());
        let version = self
            .writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    let facts = json!({"active": profile.active});
                    let change = NewChange { at: now, actor, entity: "municipality", entity_id: code.to_string(), kind: "profile", facts };
                    let version = tx.append_change(code, change).await?;
                    tx.set_profile(code, profile.active, demo, profile.fault_report_url, contacts).await?;
                    Ok(version)
                })
            })
            .await?;
        self.indexes.wait_for(code, version).await;
        Ok(version)
    }
}
