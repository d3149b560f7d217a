//! `lykta analyse`: the same functions as everywhere, from the command line, so that anybody can repeat a figure.

mod gi_star;
mod scan;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::{Failure, say};
use crate::geo::sun;
use crate::geo::sweref::MetricCrs;

/// Flags.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Hotspots: Getis-Ord Gi* of a grid, with p and its false discovery rate q, as CSV
    GiStar(gi_star::Arguments),
    /// Circles with more cases than expected: Kulldorff's spatial scan, with p by simulation, as CSV
    Scan(scan::Arguments),
    /// Elevation of the sun (degrees, no refraction) and the light class
    #[command(allow_negative_numbers = true)]
    Sun {
        /// Degrees north
        lat: f64,
        /// Degrees east
        lon: f64,
        /// RFC 3339, such as 2026-12-01T16:00:00+01:00
        time: String,
    },
    /// Northing and easting in SWEREF 99 TM (metres)
    #[command(allow_negative_numbers = true)]
    Sweref {
        /// Degrees north
        lat: f64,
        /// Degrees east
        lon: f64,
    },
}

/// Computes and prints.
pub(super) fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    match arguments.what {
        What::GiStar(arguments) => gi_star::run(&arguments)?,
        What::Scan(arguments) => scan::run(&arguments)?,
        What::Sun { lat, lon, time } => {
            let at: Timestamp = time.parse().map_err(|_| format!("{time} is not a time in RFC 3339"))?;
            say(&format!("{:.4} {}", sun::elevation_deg(lon, lat, at), sun::light_at(lon, lat, at)));
        }
        What::Sweref { lat, lon } => {
            let (e, n) = MetricCrs::Sweref99Tm.forward(lon, lat).ok_or("outside SWEREF 99 TM")?;
            say(&format!("{n:.3} {e:.3}"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Where a file has the one column of this name.
fn column(headers: &csv::StringRecord, name: &str) -> Result<usize, String> {
    let mut places = headers.iter().enumerate().filter(|(_, header)| header.trim_start_matches('\u{feff}') == name);
    match (places.next(), places.next()) {
        (Some((at, _)), None) => Ok(at),
        (None, _) => Err(format!("there is no column {name}")),
        _ => Err(format!("there are two columns {name}")),
    }
}
