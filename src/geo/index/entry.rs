//! A row of the index: what filters and counts need of a report, nothing more.

use uuid::Uuid;

use crate::domain::codes::{Category, Feeling, Light, Status, TimeBand, TravelMode};

/// Marks a small field that the report does not tell.
pub const UNKNOWN: u8 = u8::MAX;

/// What the index keeps of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Public id.
    pub id: Uuid,
    /// Version of the kommun's log when the row last changed.
    pub version: i64,
    /// Degrees east; NaN when the report has no point yet.
    pub lon: f64,
    /// Degrees north; NaN when the report has no point yet.
    pub lat: f64,
    /// Metres east.
    pub x: f64,
    /// Metres north.
    pub y: f64,
    /// Microseconds UTC.
    pub received: i64,
    /// When it happened, else when it was received; microseconds UTC.
    pub happened: i64,
    /// First 64 bits of the reporter's hash; 0 when none was given.
    pub reporter: u64,
    /// Perspective codes, one bit each.
    pub perspectives: u16,
    /// Local calendar year of the day it happened (received, if unknown).
    pub year: i16,
    /// The kommun's number for the source.
    pub source: u16,
    /// Local hour 0–23 when the moment is known.
    pub hour: u8,
    /// Monday 1 … Sunday 7, of the day it happened (received, if unknown).
    pub weekday: u8,
    /// 1–12, of the day it happened (received, if unknown).
    pub month: u8,
    /// Time band index.
    pub time_band: u8,
    /// Light index.
    pub light: u8,
    /// Category index.
    pub category: u8,
    /// Status index.
    pub status: u8,
    /// 0–3.
    pub insecurity: u8,
    /// Travel mode index.
    pub travel_mode: u8,
}

impl Entry {
    /// Whether it is on the map.
    pub fn is_placed(&self) -> bool {
        self.lon.is_finite() && self.x.is_finite()
    }

    /// Who reported, if a token tells.
    pub const fn reporter(&self) -> Option<u64> {
        if self.reporter == 0 { None } else { Some(self.reporter) }
    }

    /// The category.
    pub fn category(&self) -> Category {
        Category::from_index(usize::from(self.category)).unwrap_or(Category::OtherUnsafe)
    }

    /// The feeling, which the category decides.
    pub fn feeling(&self) -> Feeling {
        self.category().feeling()
    }

    /// Whether somebody still has something to do.
    pub fn is_open(&self) -> bool {
        Status::from_index(usize::from(self.status)).is_some_and(Status::is_open)
    }

    /// The small codes in one word; [`set_word`](Self::set_word) is its inverse.
    pub(super) fn word(&self) -> u32 {
        let fields = [self.hour, self.light, self.status, self.weekday, self.month, self.time_band, self.travel_mode, self.insecurity];
        fields.into_iter().zip(WIDTHS).rev().fold(0, |word, (value, width)| word << width | u32::from(value.min((1 << width) - 1)))
    }

    /// Takes the small codes from a word; the largest value of a field is [`UNKNOWN`].
    pub(super) fn set_word(&mut self, mut word: u32) {
        let mut next = |width: u32| {
            let (value, largest) = ((word & ((1 << width) - 1)) as u8, (1 << width) - 1);
            word >>= width;
            if value == largest { UNKNOWN } else { value }
        };
        let [hour, light, status, weekday, month, time_band, travel_mode, insecurity] = WIDTHS.map(&mut next);
        *self = Self { hour, weekday, month, time_band, light, status, insecurity, travel_mode, ..self.clone() };
    }

    /// A row of which nothing is known.
    pub(super) const fn blank() -> Self {
        Self {
            id: Uuid::nil(),
            version: 0,
            lon: f64::NAN,
            lat: f64::NAN,
            x: f64::NAN,
            y: f64::NAN,
            received: 0,
            happened: 0,
            reporter: 0,
            perspectives: 0,
            year: 0,
            source: 0,
            hour: UNKNOWN,
            weekday: UNKNOWN,
            month: UNKNOWN,
            time_band: UNKNOWN,
            light: UNKNOWN,
            category: 0,
            status: UNKNOWN,
            insecurity: UNKNOWN,
            travel_mode: UNKNOWN,
        }
    }
}

/// Bits of each field of a word, lowest first; two fields fill a byte.
const WIDTHS: [u32; 8] = [5, 3, 4, 4, 4, 4, 5, 3];

// One value of each field stands for what is not told.
const _: () = assert!(Light::ALL.len() < 8 && Status::ALL.len() < 16 && TimeBand::ALL.len() < 16 && TravelMode::ALL.len() < 32);
