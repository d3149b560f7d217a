//! Focus areas of an agreement: places with a polygon, themes with a list of categories.
//!
//! The link between reports and areas is a function of both, so a changed polygon relinks every report by being stored.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect, Intersects, MultiPolygon};
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Reason;
use super::agreements::{NAMESPACE, TITLE_MAX, agreement_id};
use super::fields::Fields;
use super::mapping::{Field, Mapping, field, told};
use super::row::Row;
use super::{ImportError, Job, shape};
use crate::app::App;
use crate::app::registry::Kommun;
use crate::db::DbError;
use crate::db::agreements::{AgreementRow, FocusAreaRow};
use crate::db::changes::NewChange;
use crate::domain::actor::Actor;
use crate::domain::agreement::{Bilingual, FocusArea, Scope};
use crate::domain::codes::Category;
use crate::domain::ids::{FocusAreaId, MunicipalityCode};
use crate::domain::invalid::Fault;
use crate::domain::text;

const FIELDS: &[Field] = &[
    field("title"),
    field("title_en"),
    field("description"),
    field("description_en"),
    field("kind"),
    field("categories"),
    told("agreement"),
];
/// Longest description.
const DESCRIPTION_MAX: usize = 2_000;

/// The agreement that the areas go to.
struct Target {
    id: Uuid,
    /// Set when it has to be made first.
    new: Option<AgreementRow>,
}

/// An area on its way into the store.
struct Ready {
    row: FocusAreaRow,
    /// `None` when an area like this one is not there yet; else what changes.
    changes: Option<Vec<&'static str>>,
}

impl App {
    /// Imports focus areas.
    pub(super) async fn import_focus_areas(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        job.require(&mapping, "title")?;
        let kommun = job.kommun(self)?;
        let (code, kommun) = (kommun.municipality.code, &*kommun);
        let target = target(kommun, &mapping, job.request.valid)?;
        let mut ready = Vec::new();
        let mut seen = BTreeSet::new();
        let mut position = kommun.areas.iter().filter(|area| area.agreement.0 == target.id).map(|area| area.position).max().unwrap_or(0);
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            for row in batch {
                match read_area(&mapping, kommun, &target, &row, position + 1) {
                    Err((title, reasons)) => job.account.reject(row.number, &title, reasons)?,
                    Ok(area) if !seen.insert(area.row.id) => {
                        let reason = Reason::new("duplicate", "an earlier row is about the same focus area");
                        job.account.reject(row.number, &area.row.id.to_string(), vec![reason])?;
                    }
                    Ok(area) => {
                        position = position.max(area.row.position);
                        match &area.changes {
                            Some(changes) if changes.is_empty() => job.account.know(row.number, &area.row.id.to_string())?,
                            _ => ready.push(area),
                        }
                    }
                }
            }
        }
        batches.end().await?;
        let replaced: Vec<bool> = ready.iter().map(|area| area.changes.is_some()).collect();
        if let Some(new) = target.new.as_ref().filter(|_| !ready.is_empty()) {
            job.account.notes.push(format!("New agreement: {} ({} to {})", new.title, new.valid_from, new.valid_to));
        }
        if !job.request.dry_run && !ready.is_empty() {
            let version = self.store_areas(code, target, ready, job.name.clone()).await?;
            self.settle([(code, version)]).await;
        }
        for replaced in replaced {
            if replaced { job.account.replace() } else { job.account.load(0) }
        }
        job.tell_progress();
        Ok(())
    }

    /// One act: all areas of the file, or none.
    async fn store_areas(&self, code: MunicipalityCode, target: Target, ready: Vec<Ready>, source: String) -> Result<i64, DbError> {
        let now = self.now();
        let change = move |entity, id: Uuid, kind, facts| NewChange {
            at: now,
            actor: Actor::System,
            entity,
            entity_id: id.to_string(),
            kind,
            facts,
        };
        self.writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    let mut version = 0;
                    if let Some(mut agreement) = target.new {
                        version = tx.append_change(code, change("agreement", agreement.id, "imported", json!({"source": source}))).await?;
                        agreement.version = version;
                        tx.put_agreement(&agreement).await?;
                    }
                    for mut area in ready {
                        let (kind, facts) = match &area.changes {
                            None => ("created", json!({"kind": area.row.kind, "source": source})),
                            Some(fields) => ("changed", json!({"fields": fields, "source": source})),
                        };
                        version = tx.append_change(code, change("focus_area", area.row.id, kind, facts)).await?;
                        area.row.version = version;
                        tx.put_focus_area(&area.row).await?;
                    }
                    Ok(version)
                })
            })
            .await
    }
}

/// The agreement named by `--map agreement==…`, else the kommun's latest.
fn target(
    kommun: &Kommun,
    mapping: &Mapping,
    valid: (Option<jiff::civil::Date>, Option<jiff::civil::Date>),
) -> Result<Target, ImportError> {
    let refuse = |what: &str| Err(ImportError::Request(what.to_owned()));
    let Some(constant) = mapping.constant("agreement") else {
        if mapping.is_told("agreement") {
            return refuse("all areas of a file go to one agreement: give --map agreement==TITLE");
        }
        return match kommun.agreements.iter().max_by_key(|agreement| agreement.valid_from) {
            Some(latest) => Ok(Target { id: latest.id.0, new: None }),
            None => refuse("the kommun has no agreement: give --map agreement==TITLE --valid-from DATE --valid-to DATE to make one"),
        };
    };
    let Ok(Some(title)) = text::clean(constant, TITLE_MAX) else {
        return refuse("the title of an agreement has at most 200 characters");
    };
    if let Some(known) = kommun.agreements.iter().find(|agreement| agreement.title == title) {
        return Ok(Target { id: known.id.0, new: None });
    }
    let (Some(from), Some(to)) = valid else {
        return refuse("the kommun has no agreement of that title: give --valid-from DATE and --valid-to DATE to make it");
    };
    if from > to {
        return refuse("the last day of an agreement is not before its first");
    }
    let code = kommun.municipality.code;
    let id = agreement_id(code, &title);
    let none = || "[]".to_owned();
    let new = AgreementRow {
        municipality: code.to_string(),
        id,
        version: 0,
        title,
        kind: "operative".to_owned(),
        dnr: None,
        valid_from: from.to_string(),
        valid_to: to.to_string(),
        parties: none(),
        signers: none(),
        purposes: none(),
    };
    Ok(Target { id, new: Some(new) })
}

fn read_area(mapping: &Mapping, kommun: &Kommun, target: &Target, row: &Row, position: i64) -> Result<Ready, (String, Vec<Reason>)> {
    let body = row.body.as_ref().map_err(|reason| (String::new(), vec![reason.clone()]))?;
    let mut fields = Fields::new(mapping, body);
    let title = fields.required_words("title", TITLE_MAX);
    let title_en = fields.words("title_en", TITLE_MAX);
    let description = fields.words("description", DESCRIPTION_MAX).unwrap_or_default();
    let description_en = fields.words("description_en", DESCRIPTION_MAX);
    let mut categories = fields.codes("categories", Category::parse);
    categories.sort_unstable();
    categories.dedup();
    let given = fields.code("kind", |kind| ["place", "theme"].into_iter().find(|known| *known == kind));
    let kind = given.unwrap_or(if body.geometry.is_some() { "place" } else { "theme" });
    let polygon = match (kind, &body.geometry) {
        ("place", geometry) => match shape::polygon(geometry.as_ref()) {
            Ok(polygon) if meets(&polygon, &kommun.municipality.outline) => Some(polygon),
            Ok(_) => {
                fields.reason(Reason::new("outside", format!("the polygon does not meet {}", kommun.municipality.name)));
                None
            }
            Err(reason) => {
                fields.reason(reason);
                None
            }
        },
        (_, Some(_)) => {
            fields.fault("geometry", &Fault::Conflicts("kind"), None);
            None
        }
        (_, None) => None,
    };
    let reasons = fields.reasons();
    let title = title.unwrap_or_default();
    if !reasons.is_empty() {
        return Err((title, reasons));
    }
    let id = identify(kommun, target, body.feature_id.as_deref(), &title);
    let known = kommun.areas.iter().find(|area| area.id.0 == id);
    let bilingual = |sv: String, en: Option<String>| json!(Bilingual { en: en.unwrap_or_else(|| sv.clone()), sv }).to_string();
    let area = FocusAreaRow {
        municipality: kommun.municipality.code.to_string(),
        id,
        version: 0,
        agreement: target.id,
        position: known.filter(|known| known.agreement.0 == target.id).map_or(position, |known| known.position),
        title: bilingual(title, title_en),
        description: bilingual(description, description_en),
        kind: kind.to_owned(),
        categories: json!(categories.iter().map(|category| category.as_str()).collect::<Vec<_>>()).to_string(),
        polygon: polygon.as_ref().map(|polygon| shape::to_geojson(polygon).to_string()),
    };
    let changes = known.map(|known| changes(known, &area, polygon.as_ref()));
    Ok(Ready { row: area, changes })
}

/// The feature's own UUID, else the area of this title in the agreement, else one that follows from the names.
fn identify(kommun: &Kommun, target: &Target, feature_id: Option<&str>, title: &str) -> Uuid {
    let own = feature_id.and_then(FocusAreaId::parse).map(|id| id.0);
    let known = || kommun.areas.iter().find(|area| area.agreement.0 == target.id && area.title.sv == title).map(|area| area.id.0);
    own.or_else(known).unwrap_or_else(|| {
        let name = format!("{}/{}/{title}", kommun.municipality.code, target.id);
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    })
}

/// The names of the fields that differ from what is stored.
fn changes(known: &FocusArea, row: &FocusAreaRow, polygon: Option<&MultiPolygon<f64>>) -> Vec<&'static str> {
    let listed: Vec<&str> = known.scope.listed().into_iter().map(Category::as_str).collect();
    let same_shape = match (&known.scope, polygon) {
        (Scope::Place { polygon: stored, .. }, Some(polygon)) => shape::is_stored(&shape::to_geojson(polygon), &reread(stored)),
        (Scope::Theme { .. }, None) => true,
        _ => false,
    };
    let stored = [json!(known.title), json!(known.description), json!(listed)].map(|value| value.to_string());
    let differs = BTreeMap::from([
        ("agreement", known.agreement.0 != row.agreement),
        ("title", stored[0] != row.title),
        ("description", stored[1] != row.description),
        ("categories", stored[2] != row.categories),
        ("polygon", !same_shape),
    ]);
    differs.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

fn reread(stored: &MultiPolygon<f64>) -> Value {
    serde_json::from_str(&shape::to_geojson(stored).to_string()).unwrap_or_default()
}

/// Whether the boxes of two shapes meet: enough to catch swapped coordinates and the wrong kommun.
fn meets(polygon: &MultiPolygon<f64>, outline: &MultiPolygon<f64>) -> bool {
    matches!((polygon.bounding_rect(), outline.bounding_rect()), (Some(a), Some(b)) if a.intersects(&b))
}
