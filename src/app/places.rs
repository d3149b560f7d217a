//! Searching place names: what begins with the words first, larger matches before longer ones.

use std::sync::Arc;

use super::App;
use super::registry::{Kommun, PlaceName, fold};
use crate::domain::ids::MunicipalityCode;

/// Most names in an answer to a search.
pub const SEARCH_MAX: usize = 20;
/// Most names of one kommun for drawing on the map.
pub const ALL_MAX: usize = 2_000;

/// A found name.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which kommun.
    pub kommun: Arc<Kommun>,
    /// The name.
    pub place: PlaceName,
}

/// Where the built-in names come from.
pub const BUILT_IN_SOURCE: &str = "GeoNames (geonames.org), CC BY 4.0";

/// A locality inside the binary (see `src/data/README.md`).
#[derive(Clone, Debug, serde::Deserialize)]
pub struct BuiltIn {
    /// Name.
    pub name: String,
    /// `locality`.
    pub kind: String,
    /// Kommun.
    pub municipality: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    /// Inhabitants.
    pub population: u32,
}

/// The localities inside the binary.
pub fn built_in() -> impl Iterator<Item = BuiltIn> {
    csv::Reader::from_reader(include_str!("../data/places.csv").as_bytes()).into_deserialize().filter_map(Result::ok)
}

impl App {
    /// Names that match `words` (all names, when there are none), best first, at most `limit`.
    pub fn search_places(&self, words: &str, municipality: Option<MunicipalityCode>, limit: usize) -> Vec<Found> {
        let registry = self.registry();
        let wanted = fold(words.trim());
        let mut found: Vec<(u8, usize, Found)> = Vec::new();
        for kommun in registry.kommuner.values() {
            if municipality.is_some_and(|code| code != kommun.municipality.code) {
                continue;
            }
            for place in &kommun.places {
                if let Some(rank) = rank(&place.folded, &wanted) {
                    // An active kommun's names first: that is where a report can be taken.
                    let rank = rank * 2 + u8::from(!kommun.municipality.active);
                    found.push((rank, place.folded.len(), Found { kommun: Arc::clone(kommun), place: place.clone() }));
                }
            }
        }
        found.sort_by(|a, b| (a.0, a.1, &a.2.place.name).cmp(&(b.0, b.1, &b.2.place.name)));
        found.truncate(limit);
        found.into_iter().map(|(_, _, found)| found).collect()
    }
}

fn rank(name: &str, wanted: &str) -> Option<u8> {
    if wanted.is_empty() || name == wanted {
        Some(0)
    } else if name.starts_with(wanted) {
        Some(1)
    } else if name.split([' ', '-']).any(|word| word.starts_with(wanted)) {
        Some(2)
    } else if wanted.len() >= 3 && name.contains(wanted) {
        Some(3)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_come_before_middles() {
        assert!(rank("vaxjo", "vax") < rank("norra vaxjo", "vax"));
        assert!(rank("norra vaxjo", "vax") < rank("lovaxa", "vax"));
        assert_eq!(rank("vaxjo", "lund"), None);
        assert_eq!(rank("lovaxa", "va"), None, "two letters in the middle are noise");
    }
}
