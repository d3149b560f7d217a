//! A place on Earth that somebody meant.

use super::invalid::Fault;

/// WGS 84 longitude and latitude in degrees; finite, in range and never 0,0 (a device without a position says 0,0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    lon: f64,
    lat: f64,
}

impl Position {
    /// Parses a longitude–latitude pair.
    pub fn new(lon: f64, lat: f64) -> Result<Self, Fault> {
        if !lon.is_finite() || !lat.is_finite() {
            return Err(Fault::NotAPoint);
        }
        if !(-180.0..=180.0).contains(&lon) {
            return Err(Fault::OutOfRange(-180.0, 180.0));
        }
        if !(-90.0..=90.0).contains(&lat) {
            return Err(Fault::OutOfRange(-90.0, 90.0));
        }
        // Within about a metre of 0,0: nobody stands there.
        if lon.abs() < 1e-5 && lat.abs() < 1e-5 {
            return Err(Fault::NullIsland);
        }
        Ok(Self { lon, lat })
    }

    /// Degrees east.
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north.
    pub const fn lat(self) -> f64 {
        self.lat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_island_and_nonsense_are_refused() {
        assert_eq!(Position::new(0.0, 0.0), Err(Fault::NullIsland));
        assert_eq!(Position::new(f64::NAN, 1.0), Err(Fault::NotAPoint));
        assert!(Position::new(1e308, 1.0).is_err() && Position::new(1.0, -90.1).is_err());
        assert!(Position::new(14.53, 56.277).is_ok());
    }
}
