//! The agreements of the demo kommuner, as `src/data/agreements.json` tells what the signed documents state.
//!
//! Only reading: ids, versions and the change log are given where the demo is filled.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error};

use crate::domain::agreement::{Bilingual, Party};
use crate::domain::codes::Category;

const AGREEMENTS: &str = include_str!("../../data/agreements.json");

/// A kommun of the demo with what it and the police agreed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMunicipality {
    /// Four digits.
    pub municipality: String,
    /// The kommun's public start page, from where one finds its felanmälan.
    pub fault_report_url: String,
    /// Whom to ask about personal data, by role.
    pub contacts: DemoContacts,
    /// The agreement.
    pub agreement: DemoAgreement,
    /// Its focus areas, in its order.
    pub focus_areas: Vec<DemoFocusArea>,
    /// What is promised to residents.
    pub pledges: Vec<DemoPledge>,
}

/// Contacts by role, never a person.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoContacts {
    /// Who decides why and how personal data is used.
    pub controller: String,
    /// How to reach them.
    pub controller_contact: String,
    /// How to reach the data protection officer.
    pub dpo_contact: String,
}

/// The agreement's own facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoAgreement {
    /// As on its first page.
    pub title: String,
    /// `operative`, `strategic` or `overall`, by what the text says of itself.
    pub kind: String,
    /// Diary number, where one is stated.
    pub dnr: Option<String>,
    /// The date beside the (empty) diary number, where there is one.
    #[serde(default)]
    pub dated: Option<Date>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// Each signature: role, place, day.
    pub signed: Vec<DemoSignature>,
    /// Who agree.
    pub parties: Vec<Party>,
    /// Roles that signed.
    pub signers: Vec<String>,
    /// What it is for.
    pub purposes: Vec<Bilingual>,
    /// How it is followed up.
    pub follow_up: Vec<Bilingual>,
    /// What it says about its successor.
    pub renewal: Option<DemoRenewal>,
}

/// A signature by role.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSignature {
    /// In which role.
    pub role: String,
    /// Where.
    pub place: String,
    /// When; not always filled in.
    pub date: Option<Date>,
}

/// What is said about the next agreement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoRenewal {
    /// When a proposal shall be ready.
    pub proposal_due: Date,
    /// In words.
    pub text: Bilingual,
}

/// A focus area as stated, with the categories it lists under the linking rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoFocusArea {
    /// As in the agreement.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// `place` or `theme`.
    pub kind: String,
    /// In our words.
    pub description: Bilingual,
    /// Listed categories.
    #[serde(deserialize_with = "categories")]
    pub categories: Vec<Category>,
    /// Whether the shape is a sketch.
    #[serde(default)]
    pub schematic: bool,
    /// The shape of a place.
    #[serde(default)]
    pub geometry: Option<DemoPolygon>,
}

/// A GeoJSON polygon without holes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPolygon {
    /// Always `Polygon`.
    pub r#type: String,
    /// One closed ring, lon and lat, counter-clockwise.
    pub coordinates: [Vec<(f64, f64)>; 1],
}

/// A pledge, word by word.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPledge {
    /// As pledged.
    pub text: String,
    /// In English.
    pub text_en: String,
    /// `both`, `police` or `kommun`.
    pub promisor: String,
    /// The focus area it is a footnote of, from 0.
    pub focus_area_index: usize,
    /// The number of the footnote.
    pub footnote: u8,
}

/// Reads them; an error would be ours, and the tests would have seen it.
pub fn agreements() -> serde_json::Result<Vec<DemoMunicipality>> {
    serde_json::from_str(AGREEMENTS)
}

fn categories<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Category>, D::Error> {
    let codes = Vec::<String>::deserialize(deserializer)?;
    codes.iter().map(|code| Category::parse(code).ok_or_else(|| D::Error::custom(format!("no category is called {code}")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn all() -> Vec<DemoMunicipality> {
        agreements().expect("the file fits the types")
    }

    #[test]
    fn three_kommuner_with_their_six_seven_and_nine_focus_areas() {
        let all = all();
        let counts: Vec<_> = all.iter().map(|m| (m.municipality.as_str(), m.focus_areas.len(), m.pledges.len())).collect();
        assert_eq!(counts, [("1060", 6, 0), ("1862", 7, 2), ("0780", 9, 0)]);
        assert!(all.iter().all(|m| m.agreement.signers.len() == 2 && m.agreement.parties.len() == 3 && !m.agreement.purposes.is_empty()));
    }

    #[test]
    fn every_term_has_run_out_and_runs_the_right_way() {
        let terms: Vec<_> = all().iter().map(|m| (m.agreement.valid_from, m.agreement.valid_to)).collect();
        let stated =
            [(date(2020, 12, 18), date(2023, 12, 31)), (date(2021, 1, 1), date(2025, 12, 31)), (date(2016, 1, 1), date(2017, 12, 31))];
        assert_eq!(terms, stated);
    }

    #[test]
    fn a_place_has_a_closed_shape_and_a_theme_has_none() {
        for area in all().iter().flat_map(|m| &m.focus_areas) {
            assert_eq!(area.kind == "place", area.geometry.is_some(), "{}", area.title);
            if let Some(shape) = &area.geometry {
                let ring = &shape.coordinates[0];
                assert!(shape.r#type == "Polygon" && ring.len() >= 9 && ring.first() == ring.last() && area.schematic);
            }
        }
    }

    #[test]
    fn a_pledge_belongs_to_a_focus_area() {
        for kommun in all() {
            for pledge in &kommun.pledges {
                assert!(kommun.focus_areas.get(pledge.focus_area_index).is_some(), "{}", pledge.text);
            }
        }
    }

    #[test]
    fn what_is_about_persons_rather_than_places_lists_no_category() {
        let silent = [
            "Våld i nära relationer",
            "Familjestöd",
            "Organiserad brottslighet",
            "Kommunikation och synlighet",
            "Våldsbejakande extremism",
        ];
        let all = all();
        let areas: Vec<_> = all.iter().flat_map(|m| &m.focus_areas).filter(|area| silent.contains(&area.title.as_str())).collect();
        assert!(areas.len() >= 5 && areas.iter().all(|area| area.categories.is_empty()));
    }
}
