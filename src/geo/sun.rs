//! The height of the sun, and what it says about the light at a place and a moment.
//!
//! Positions are NREL's Solar Position Algorithm (Reda & Andreas 2004, NREL/TP-560-34302) as the `solar-positioning` crate
//! computes it, with ΔT after Espenak & Meeus. −0.833° is the sun's upper limb on the horizon with ordinary refraction
//! (sunrise), −6° the end of civil twilight.

use jiff::Timestamp;
use solar_positioning::delta_t;
use solar_positioning::time::JulianDate;
use solar_positioning::{Location, SolarPositions};

use crate::domain::report::Light;

/// Degrees at or above which it is day.
pub const DAY_FROM_DEG: f64 = -0.833;
/// Degrees at or above which it is (civil) twilight.
pub const TWILIGHT_FROM_DEG: f64 = -6.0;

/// Julian date of 1970-01-01T00:00Z.
const UNIX_EPOCH_JD: f64 = 2_440_587.5;
const SECONDS_PER_DAY: f64 = 86_400.0;

/// Degrees of the sun's centre above the horizon at sea level, without refraction; negative below. NaN for a point that is
/// not on Earth, or a time outside the years −2000 to 6000.
pub fn elevation_deg(lon: f64, lat: f64, at: Timestamp) -> f64 {
    position(lon, lat, at).unwrap_or(f64::NAN)
}

/// The light at a place and a moment, under a clear sky and a level horizon. `Unknown` only where there is no elevation.
pub fn light_at(lon: f64, lat: f64, at: Timestamp) -> Light {
    match position(lon, lat, at) {
        None => Light::Unknown,
        Some(elevation) if elevation >= DAY_FROM_DEG => Light::Day,
        Some(elevation) if elevation >= TWILIGHT_FROM_DEG => Light::Twilight,
        Some(_) => Light::Dark,
    }
}

fn position(lon: f64, lat: f64, at: Timestamp) -> Option<f64> {
    let date = at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let delta_t = delta_t::estimate_from_date(i32::from(date.year()), u32::try_from(date.month()).ok()?).ok()?;
    let julian = UNIX_EPOCH_JD + at.as_second() as f64 / SECONDS_PER_DAY;
    let time = JulianDate::new(julian, delta_t).ok()?;
    let location = Location { latitude: lat, longitude: lon };
    let position = SolarPositions::new().at_from_julian(time, location, 0.0, None).ok()?;
    Some(position.elevation_angle()).filter(|degrees| degrees.is_finite())
}

#[cfg(test)]
#[path = "sun_tests.rs"]
mod tests;
