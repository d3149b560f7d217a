//! What changes seldom, kept in memory as one immutable whole: kommuner with their outlines, agreements, focus areas, place names.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::hotspots::Covers;
use super::population::Population;
use crate::db::agreements::{AgreementRow, FocusAreaRow, PledgeRow};
use crate::db::municipalities::MunicipalityRow;
use crate::db::population::PopulationRow;
use crate::db::{Db, DbError};
use crate::domain::agreement::{Agreement, Bilingual, FocusArea, Pledge, Scope};
use crate::domain::codes::{Bits, Category};
use crate::domain::ids::{AgreementId, FocusAreaId, MunicipalityCode, PledgeId};
use crate::domain::municipality::{Contacts, Municipality};
use crate::geo::areas::Areas;
use crate::geo::kommuner::Locator;
use crate::geo::outline::polygon_from_geojson;
use crate::geo::sweref::MetricCrs;

/// Most vertices a trusted outline or area may have.
pub const TRUSTED_VERTICES: usize = 200_000;

/// A kommun with what belongs to it.
#[derive(Debug)]
pub struct Kommun {
    /// The kommun itself.
    pub municipality: Municipality,
    /// Its outline as the GeoJSON it was read from.
    pub outline: Value,
    /// Its metric reference system.
    pub crs: MetricCrs,
    /// Its agreements, oldest first.
    pub agreements: Vec<Agreement>,
    /// Their focus areas.
    pub areas: Areas,
    /// Changes whenever what is told of the focus areas does.
    pub areas_tag: u64,
    /// Their pledges.
    pub pledges: Vec<Pledge>,
    /// Place names.
    pub places: Vec<PlaceName>,
    /// How many live where.
    pub population: Population,
    /// Its cells.
    pub covers: Covers,
}

/// A name on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceName {
    /// As written.
    pub name: String,
    /// Lower case without accents, for search.
    pub folded: String,
    /// `locality`, …
    pub kind: String,
    /// Degrees.
    pub lon: f64,
    /// Degrees.
    pub lat: f64,
    /// Where the name comes from.
    pub source: String,
}

/// Everything, at one moment.
#[derive(Debug, Default)]
pub struct Registry {
    /// By code.
    pub kommuner: BTreeMap<MunicipalityCode, Arc<Kommun>>,
    /// Which kommun a point lies in.
    pub locator: Locator,
}

impl Registry {
    /// Reads everything from the store.
    pub async fn load(db: &Db, built_in: &BTreeMap<MunicipalityCode, (String, Value)>) -> Result<Self, DbError> {
        let (agreements, areas, pledges) = (db.agreements().await?, db.focus_areas().await?, db.pledges().await?);
        let (places, population) = (db.places().await?, db.population().await?);
        // Every kommun's squares stand together.
        let squares: BTreeMap<&str, &[PopulationRow]> =
            population.chunk_by(|a, b| a.municipality == b.municipality).map(|rows| (rows[0].municipality.as_str(), rows)).collect();
        let mut kommuner = BTreeMap::new();
        for row in db.municipalities().await? {
            let (municipality, outline) = municipality(&row, built_in)?;
            let code = municipality.code;
            let own: Vec<Agreement> =
                agreements.iter().filter(|a| a.municipality == row.code).map(|a| agreement(code, a)).collect::<Result<_, _>>()?;
            let list: Vec<FocusArea> =
                areas.iter().filter(|a| a.municipality == row.code).map(|a| focus_area(code, a, &own)).collect::<Result<_, _>>()?;
            let pledges = pledges.iter().filter(|p| p.municipality == row.code).map(pledge).collect::<Result<_, _>>()?;
            let places = places
                .iter()
                .filter(|p| p.municipality == row.code)
                .map(|p| PlaceName {
                    name: p.name.clone(),
                    folded: fold(&p.name),
                    kind: p.kind.clone(),
                    lon: p.lon,
                    lat: p.lat,
                    source: p.source.clone(),
                })
                .collect();
            let population = Population::new(squares.get(row.code.as_str()).copied().unwrap_or_default());
            let crs = u32::try_from(row.epsg).ok().and_then(MetricCrs::from_epsg).unwrap_or(MetricCrs::Sweref99Tm);
            kommuner.insert(
                code,
                Arc::new(Kommun {
                    municipality,
                    outline,
                    crs,
                    areas_tag: areas_tag(&list),
                    agreements: own,
                    areas: Areas::new(list),
                    pledges,
                    places,
                    population,
                    covers: Covers::default(),
                }),
            );
        }
        let locator =
            Locator::new(kommuner.values().map(|k| (k.municipality.code, k.municipality.outline.clone(), k.municipality.uncertainty_m)));
        Ok(Self { kommuner, locator })
    }

    /// One kommun.
    pub fn kommun(&self, code: MunicipalityCode) -> Option<&Arc<Kommun>> {
        self.kommuner.get(&code)
    }
}

/// Lower case, accents off, so that "vaxjo" finds Växjö and "Växjö" does too.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'å' | 'ä' | 'á' | 'à' | 'â' | 'æ' => 'a',
            'ö' | 'ó' | 'ø' | 'ô' => 'o',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'ü' | 'ú' => 'u',
            'í' | 'ï' => 'i',
            'ç' | 'č' => 'c',
            'š' => 's',
            'ž' => 'z',
            'đ' | 'ð' => 'd',
            'ŋ' | 'ñ' => 'n',
            'ŧ' => 't',
            other => other,
        })
        .collect()
}

fn areas_tag(areas: &[FocusArea]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for area in areas {
        hash.update(format!("{area:?}").as_bytes());
    }
    hash.digest()
}

fn corrupt(what: &str, id: &impl std::fmt::Display) -> DbError {
    DbError::Corrupt(format!("{what} {id}"))
}

fn municipality(row: &MunicipalityRow, built_in: &BTreeMap<MunicipalityCode, (String, Value)>) -> Result<(Municipality, Value), DbError> {
    let code = MunicipalityCode::parse(&row.code).ok_or_else(|| corrupt("municipality", &row.code))?;
    let outline: Value = match &row.outline {
        Some(text) => serde_json::from_str(text).map_err(|_| corrupt("outline of", &code))?,
        None => built_in.get(&code).map(|(_, outline)| outline.clone()).ok_or_else(|| corrupt("no outline of", &code))?,
    };
    let polygon = polygon_from_geojson(&outline, TRUSTED_VERTICES).map_err(|_| corrupt("outline of", &code))?;
    let contacts: Contacts = serde_json::from_str(&row.contacts).map_err(|_| corrupt("contacts of", &code))?;
    let municipality = Municipality {
        code,
        name: row.name.clone(),
        active: row.active,
        demo: row.demo,
        outline: polygon,
        uncertainty_m: row.uncertainty_m,
        epsg: u32::try_from(row.epsg).unwrap_or(3006),
        fault_report_url: row.fault_report_url.clone(),
        contacts,
        version: row.version,
    };
    Ok((municipality, outline))
}

fn agreement(code: MunicipalityCode, row: &AgreementRow) -> Result<Agreement, DbError> {
    let broken = || corrupt("agreement", &row.id);
    let date = |text: &str| text.parse::<Date>().map_err(|_| broken());
    Ok(Agreement {
        id: AgreementId(row.id),
        municipality: code,
        title: row.title.clone(),
        kind: row.kind.clone(),
        dnr: row.dnr.clone(),
        valid_from: date(&row.valid_from)?,
        valid_to: date(&row.valid_to)?,
        parties: serde_json::from_str(&row.parties).map_err(|_| broken())?,
        signers: serde_json::from_str(&row.signers).map_err(|_| broken())?,
        purposes: serde_json::from_str(&row.purposes).map_err(|_| broken())?,
    })
}

fn focus_area(code: MunicipalityCode, row: &FocusAreaRow, agreements: &[Agreement]) -> Result<FocusArea, DbError> {
    let broken = || corrupt("focus area", &row.id);
    let codes: Vec<String> = serde_json::from_str(&row.categories).map_err(|_| broken())?;
    let categories: Bits = codes.iter().filter_map(|code| Category::parse(code)).map(Category::index).collect();
    let text = |text: &str| serde_json::from_str::<Bilingual>(text).map_err(|_| broken());
    let scope = match &row.polygon {
        Some(polygon) => {
            let value: Value = serde_json::from_str(polygon).map_err(|_| broken())?;
            Scope::Place { polygon: polygon_from_geojson(&value, TRUSTED_VERTICES).map_err(|_| broken())?, categories }
        }
        None => Scope::Theme { categories },
    };
    let valid_to = agreements.iter().find(|a| a.id.0 == row.agreement).map_or(Date::MAX, |a| a.valid_to);
    Ok(FocusArea {
        id: FocusAreaId(row.id),
        municipality: code,
        agreement: AgreementId(row.agreement),
        position: row.position,
        title: text(&row.title)?,
        description: text(&row.description)?,
        scope,
        valid_to,
    })
}

fn pledge(row: &PledgeRow) -> Result<Pledge, DbError> {
    Ok(Pledge {
        id: PledgeId(row.id),
        agreement: AgreementId(row.agreement),
        focus_area: row.focus_area.map(FocusAreaId),
        text: serde_json::from_str(&row.text).map_err(|_| corrupt("pledge", &row.id))?,
        promisor: row.promisor.clone(),
    })
}
