//! A place report: where somebody feels unsafe, or safe, when and why.

use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};
use uuid::Uuid;

pub use super::codes::{Avoids, Category, CloseReason, Feeling, Light, Perspective, Secrecy, Status, TimeBand, TravelMode};
use super::ids::{MunicipalityCode, ReportId};
use super::moderation::Review;
use super::position::Position;
use super::{codes::Bits, time};

/// Where a report is: a point, or only words that a planner places later.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A point, with the device's accuracy in metres where it told.
    Point {
        /// Where.
        at: Position,
        /// Radius in metres.
        accuracy_m: Option<f64>,
        /// Words beside the point.
        text: Option<String>,
    },
    /// Words only; kept, shown to planners, and not counted until placed.
    Words {
        /// The description.
        text: String,
        /// The kommun the resident chose.
        municipality: MunicipalityCode,
    },
}

/// When it happened, as precisely as the resident knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// An instant.
    At(Timestamp),
    /// A local date, perhaps with a part of the day.
    On(Date, Option<TimeBand>),
    /// Only a part of the day ("evenings").
    Band(TimeBand),
    /// Not told.
    Unknown,
}

/// An anonymous, quarterly token: 128 bits made on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReporterToken(pub [u8; 16]);

/// A report as sent, with every rule of the form already held.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReport {
    /// Made by the phone; idempotency key.
    pub id: ReportId,
    /// Where.
    pub place: Place,
    /// Unsafe or safe.
    pub feeling: Feeling,
    /// What.
    pub category: Category,
    /// How it feels, 0–3.
    pub insecurity: Option<u8>,
    /// What could happen, 0–3.
    pub risk: Option<u8>,
    /// How one travelled.
    pub travel_mode: Option<TravelMode>,
    /// When.
    pub when: When,
    /// Whom one answers as.
    pub perspectives: Bits,
    /// Whether one stays away.
    pub avoids: Option<Avoids>,
    /// Own words.
    pub note: Option<String>,
    /// Distinct-reporter token.
    pub reporter: Option<ReporterToken>,
}

impl When {
    /// The instant, where one is known.
    pub const fn instant(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            _ => None,
        }
    }

    /// The local date, where one is known.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::At(at) => Some(time::local_date(at)),
            Self::On(date, _) => Some(date),
            Self::Band(_) | Self::Unknown => None,
        }
    }

    /// The part of the day, where it is known.
    pub fn band(self) -> Option<TimeBand> {
        match self {
            Self::At(at) => Some(TimeBand::of_hour(time::local(at).hour)),
            Self::On(_, band) => band,
            Self::Band(band) => Some(band),
            Self::Unknown => None,
        }
    }

    /// The instant by which the light is judged: the moment itself, or the middle of the band on the date.
    pub fn light_instant(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::On(date, Some(band)) => time::at_hour(date, band.middle_hour()),
            _ => None,
        }
    }

    /// The instant by which it is filtered in time: the moment, or the start of the date.
    pub fn sort_instant(self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(at),
            Self::On(date, band) => match band {
                Some(band) => time::at_hour(date, band.middle_hour()),
                None => time::at_hour(date, 12),
            },
            _ => None,
        }
    }
}

impl NewReport {
    /// The content in one canonical form: a repeat of an id with the same content is the same report, anything else a clash.
    pub fn canonical(&self) -> Value {
        let place = match &self.place {
            Place::Point { at, accuracy_m, text } => json!({"lon": at.lon(), "lat": at.lat(), "accuracy_m": accuracy_m, "text": text}),
            Place::Words { text, municipality } => json!({"text": text, "municipality": municipality.as_str()}),
        };
        let when = match self.when {
            When::At(at) => json!({"at": at.as_microsecond()}),
            When::On(date, band) => json!({"on": date.to_string(), "band": band.map(TimeBand::as_str)}),
            When::Band(band) => json!({"band": band.as_str()}),
            When::Unknown => Value::Null,
        };
        json!({
            "place": place, "when": when, "feeling": self.feeling.as_str(), "category": self.category.as_str(),
            "insecurity": self.insecurity, "risk": self.risk, "travel_mode": self.travel_mode.map(TravelMode::as_str),
            "perspectives": self.perspectives.0, "avoids": self.avoids.map(Avoids::as_str), "note": self.note,
            "reporter": self.reporter.map(|token| u128::from_be_bytes(token.0).to_string()),
        })
    }
}

/// A stored report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Public id.
    pub id: ReportId,
    /// The kommun it belongs to.
    pub municipality: MunicipalityCode,
    /// Random short name one can say on the phone.
    pub reference: String,
    /// Version of the kommun's change log when the row last changed; the `ETag` of the report.
    pub version: i64,
    /// When Lykta had it.
    pub received_at: Timestamp,
    /// When it happened.
    pub when: When,
    /// Where, once it is on the map.
    pub at: Option<Position>,
    /// The device's accuracy, metres.
    pub accuracy_m: Option<f64>,
    /// The place in words.
    pub place_text: Option<String>,
    /// Whether the kommun is beyond doubt (see [`super::municipality::Municipality::uncertainty_m`]).
    pub certain: bool,
    /// Unsafe or safe.
    pub feeling: Feeling,
    /// What.
    pub category: Category,
    /// 0–3.
    pub insecurity: Option<u8>,
    /// 0–3.
    pub risk: Option<u8>,
    /// How one travelled.
    pub travel_mode: Option<TravelMode>,
    /// Whom one answered as.
    pub perspectives: Bits,
    /// Whether one stays away.
    pub avoids: Option<Avoids>,
    /// Own words; seen by planners only.
    pub note: Option<String>,
    /// Server-keyed hash of the reporter token: counts people within one kommun and quarter, links nothing else.
    pub reporter: Option<[u8; 16]>,
    /// Daylight.
    pub light: Light,
    /// Where in its life.
    pub status: Status,
    /// Why it was closed.
    pub status_reason: Option<CloseReason>,
    /// The public answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// `resident`, or the name of an import.
    pub source: String,
    /// Whom it is for.
    pub secrecy: Secrecy,
    /// What the moderators have made of it.
    pub review: Review,
    /// What it has in common with the other reports of its place.
    pub place: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_on_a_date_has_light_and_a_bare_band_has_none() {
        let date = jiff::civil::date(2026, 12, 1);
        assert!(When::On(date, Some(TimeBand::Afternoon)).light_instant().is_some());
        assert!(When::On(date, None).light_instant().is_none() && When::Band(TimeBand::Night).light_instant().is_none());
    }
}
