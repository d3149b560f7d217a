//! Place names for the search box.

use std::collections::{BTreeMap, HashSet};

use serde_json::json;

use super::account::Reason;
use super::fields::Fields;
use super::mapping::{Field, Mapping, also, field};
use super::row::Row;
use super::{ImportError, Job};
use crate::app::App;
use crate::app::registry::Registry;
use crate::db::DbError;
use crate::db::changes::NewChange;
use crate::db::places::PlaceRow;
use crate::domain::actor::Actor;
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;

const FIELDS: &[Field] = &[field("name"), also("lon", &["longitude", "lng"]), also("lat", &["latitude"]), field("kind")];
/// Longest name, and longest word for what kind of place it is.
const NAME_MAX: usize = 100;
const KIND_MAX: usize = 40;

/// What makes a name the same name.
type Key = (String, String, String, u64, u64);

impl App {
    /// Imports place names.
    pub(super) async fn import_places(&self, mut job: Job<'_>) -> Result<(), ImportError> {
        let mapping = job.mapping(FIELDS)?;
        job.require(&mapping, "name")?;
        if !job.survey.geojson {
            job.require(&mapping, "lon")?;
            job.require(&mapping, "lat")?;
        }
        let (registry, source) = (self.registry(), job.name.clone());
        if let Some(code) = job.request.municipality {
            registry.kommun(code).ok_or_else(|| ImportError::Request(format!("there is no kommun {code}")))?;
        }
        let mut dry: HashSet<Key> = if job.request.dry_run { stored(&registry) } else { HashSet::new() };
        let mut last: BTreeMap<MunicipalityCode, i64> = BTreeMap::new();
        let mut batches = job.batches();
        while let Some(batch) = batches.next().await {
            let mut ready: BTreeMap<MunicipalityCode, Vec<(u64, PlaceRow)>> = BTreeMap::new();
            for row in batch {
                match read_place(&mapping, &registry, job.request.municipality, &source, &row) {
                    Ok((code, place)) => ready.entry(code).or_default().push((row.number, place)),
                    Err(reasons) => job.account.reject(row.number, "", reasons)?,
                }
            }
            for (code, places) in ready {
                let told: Vec<(u64, String)> = places.iter().map(|(number, place)| (*number, place.name.clone())).collect();
                let new = if job.request.dry_run {
                    places.iter().map(|(_, place)| dry.insert(key(place))).collect()
                } else {
                    let (new, version) = self.store_places(code, places.into_iter().map(|(_, place)| place).collect(), &source).await?;
                    last.extend(version.map(|version| (code, version)));
                    new
                };
                for ((number, name), new) in told.into_iter().zip(new) {
                    if new { job.account.load(0) } else { job.account.know(number, &name)? }
                }
            }
            job.tell_progress();
        }
        batches.end().await?;
        self.settle(last).await;
        Ok(())
    }

    /// Adds names in one act with one change, which is not made when all were there; tells which were new.
    async fn store_places(&self, code: MunicipalityCode, places: Vec<PlaceRow>, source: &str) -> Result<(Vec<bool>, Option<i64>), DbError> {
        let (now, source) = (self.now(), source.to_owned());
        self.writer
            .write::<_, DbError>(&[code], move |tx| {
                Box::pin(async move {
                    let mut new = Vec::with_capacity(places.len());
                    for place in &places {
                        new.push(tx.put_place(place).await?);
                    }
                    let count = new.iter().filter(|new| **new).count();
                    if count == 0 {
                        return Ok((new, None));
                    }
                    let facts = json!({"count": count, "source": source});
                    let change =
                        NewChange { at: now, actor: Actor::System, entity: "place", entity_id: code.to_string(), kind: "imported", facts };
                    Ok((new, Some(tx.append_change(code, change).await?)))
                })
            })
            .await
    }
}

fn read_place(
    mapping: &Mapping,
    registry: &Registry,
    asked: Option<MunicipalityCode>,
    source: &str,
    row: &Row,
) -> Result<(MunicipalityCode, PlaceRow), Vec<Reason>> {
    let body = row.body.as_ref().map_err(|reason| vec![reason.clone()])?;
    let mut fields = Fields::new(mapping, body);
    let empty = body.geometry.is_none() && fields.text("lon").is_none() && fields.text("lat").is_none();
    let at = fields.position();
    if empty {
        fields.fault("location", &Fault::Missing, None);
    }
    // A lake or a stop just across the border may well be told as this kommun's: with --municipality the file's word counts.
    let code = at.and_then(|at| asked.or_else(|| registry.locator.locate(at.lon(), at.lat()).map(|located| located.code)));
    if at.is_some() && code.is_none() {
        fields.reason(Reason::new("outside", "outside every kommun"));
    }
    let name = fields.required_words("name", NAME_MAX);
    let kind = fields.words("kind", KIND_MAX).unwrap_or_else(|| "place".to_owned());
    let reasons = fields.reasons();
    match (at, code, name) {
        (Some(at), Some(code), Some(name)) if reasons.is_empty() => {
            Ok((code, PlaceRow { municipality: code.to_string(), name, kind, lon: at.lon(), lat: at.lat(), source: source.to_owned() }))
        }
        _ => Err(reasons),
    }
}

fn key(place: &PlaceRow) -> Key {
    (place.municipality.clone(), place.name.clone(), place.kind.clone(), place.lon.to_bits(), place.lat.to_bits())
}

/// Every name there is, for a dry run.
fn stored(registry: &Registry) -> HashSet<Key> {
    let of = |code: &MunicipalityCode, place: &crate::app::registry::PlaceName| {
        (code.to_string(), place.name.clone(), place.kind.clone(), place.lon.to_bits(), place.lat.to_bits())
    };
    registry.kommuner.iter().flat_map(|(code, kommun)| kommun.places.iter().map(move |place| of(code, place))).collect()
}
