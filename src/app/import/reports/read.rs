//! The fields of a report that need more than one column, or more than the row.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::app::import::ImportError;
use crate::app::import::account::Reason;
use crate::app::import::fields::{Fields, Moment};
use crate::app::import::mapping::pairs;
use crate::app::registry::Registry;
use crate::domain::codes::{Category, CloseReason, Status, TimeBand};
use crate::domain::ids::MunicipalityCode;
use crate::domain::invalid::Fault;
use crate::domain::report::{Place, When};
use crate::domain::text::PLACE_TEXT_MAX;
use crate::geo::kommuner::Located;
use crate::geo::outline;

/// `Graffiti=damage_graffiti,*=other_unsafe`.
pub(super) fn values(told: &[String]) -> Result<HashMap<String, Category>, ImportError> {
    pairs(told)?
        .iter()
        .map(|pair| {
            let (value, code) = pair.rsplit_once('=').unwrap_or((pair, ""));
            let category =
                Category::parse(code.trim()).ok_or_else(|| ImportError::Request(format!("--values: there is no category \"{code}\"")))?;
            Ok((value.trim().to_owned(), category))
        })
        .collect()
}

/// The category of a value: by `--values`, as a code, or by `*`.
pub(super) fn category(fields: &mut Fields<'_>, values: &HashMap<String, Category>) -> Option<Category> {
    let Some(text) = fields.text("category") else {
        // An empty value is any other value, too.
        return values.get("*").copied().or_else(|| {
            fields.fault("category", &Fault::Missing, None);
            None
        });
    };
    let found = values.get(&*text).copied().or_else(|| Category::parse(&text)).or_else(|| values.get("*").copied());
    if found.is_none() {
        fields.fault("category", &Fault::NotAllowed(Vec::new()), Some(&text));
    }
    found
}

/// Where it is and in which kommun, or why nowhere.
pub(super) fn place(fields: &mut Fields<'_>, registry: &Registry, asked: Option<MunicipalityCode>) -> Option<(Place, Located)> {
    let empty = fields.body.geometry.is_none() && fields.text("lon").is_none() && fields.text("lat").is_none();
    let at = fields.position();
    let text = fields.masked_words("place_text", PLACE_TEXT_MAX);
    let (place, located) = match (at, text, asked) {
        (Some(at), text, _) => {
            let located = locate(registry, at.lon(), at.lat(), asked).map_err(|reason| fields.reason(reason)).ok()?;
            (Place::Point { at, accuracy_m: None, text }, located)
        }
        (None, Some(text), Some(code)) if empty => (Place::Words { text, municipality: code }, Located { code, certain: true }),
        _ => {
            if empty {
                fields.fault("location", &Fault::NeedsPlace, None);
            }
            return None;
        }
    };
    let kommun = registry.kommun(located.code)?;
    if !kommun.municipality.active {
        fields.reason(Reason::new("inactive", format!("{} {} does not take reports here", located.code, kommun.municipality.name)));
        return None;
    }
    Some((place, located))
}

/// The kommun of a point. Where the file is known to be one kommun's, its word counts within the uncertainty of the border.
fn locate(registry: &Registry, lon: f64, lat: f64, asked: Option<MunicipalityCode>) -> Result<Located, Reason> {
    let found = registry.locator.locate(lon, lat);
    let Some(asked) = asked else { return found.ok_or_else(|| Reason::new("outside", "outside every kommun")) };
    if let Some(found) = found.filter(|found| found.code == asked) {
        return Ok(found);
    }
    let close = registry.kommun(asked).is_some_and(|kommun| {
        let municipality = &kommun.municipality;
        outline::contains(&municipality.outline, lon, lat)
            || (municipality.uncertainty_m > 0.0
                && outline::distance_to_border_m(&municipality.outline, lon, lat) <= municipality.uncertainty_m)
    });
    if close {
        return Ok(Located { code: asked, certain: false });
    }
    let place = found.map_or_else(|| "outside every kommun".to_owned(), |found| format!("in {}, not in {asked}", found.code));
    Err(Reason::new("outside", place))
}

/// When it happened.
pub(super) fn when(fields: &mut Fields<'_>, now: Timestamp) -> When {
    let at = fields.moment("occurred_at", now);
    let on = fields.moment("occurred_on", now).map(Moment::date);
    let band = fields.code("time_band", TimeBand::parse);
    match (at, on, band) {
        (Some(_), Some(_), _) => {
            fields.fault("occurred_on", &Fault::Conflicts("occurred_at"), None);
            When::Unknown
        }
        (Some(Moment::Instant(_)), None, Some(_)) => {
            fields.fault("time_band", &Fault::Conflicts("occurred_at"), None);
            When::Unknown
        }
        (Some(Moment::Instant(at)), None, None) => When::At(at),
        (Some(Moment::Day(date)), None, band) | (None, Some(date), band) => When::On(date, band),
        (None, None, Some(band)) => When::Band(band),
        (None, None, None) => When::Unknown,
    }
}

/// The state, with the reason that every close has.
pub(super) fn status(fields: &mut Fields<'_>) -> (Status, Option<CloseReason>) {
    let status = fields.code("status", Status::parse).unwrap_or(Status::Received);
    let reason = fields.code("status_reason", CloseReason::parse);
    let allowed = status.reasons();
    let fits = reason.map_or(allowed.is_empty(), |reason| allowed.contains(&reason));
    if !fits {
        fields.fault("status_reason", &Fault::ReasonNeeded(allowed.iter().map(|reason| reason.as_str()).collect()), None);
    }
    (status, reason)
}
