//! GeoJSON (RFC 7946) as typed structs, so that large answers are written without building trees of values.

use serde::Serialize;
use serde_json::Value;

/// A FeatureCollection; foreign members beside `features` come from `M`.
#[derive(Debug, Serialize)]
pub struct FeatureCollection<P, M> {
    r#type: &'static str,
    /// Foreign members.
    #[serde(flatten)]
    pub members: M,
    /// The features.
    pub features: Vec<Feature<P>>,
}

/// A Feature.
#[derive(Debug, Serialize)]
pub struct Feature<P> {
    r#type: &'static str,
    /// Its id.
    pub id: String,
    /// Where.
    pub geometry: Option<Geometry>,
    /// What.
    pub properties: P,
}

/// A geometry, WGS 84 lon and lat.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Geometry {
    /// A point.
    Point {
        /// `Point`.
        r#type: &'static str,
        /// Lon, lat.
        coordinates: [f64; 2],
    },
    /// A polygon of one ring.
    Polygon {
        /// `Polygon`.
        r#type: &'static str,
        /// The ring.
        coordinates: [Vec<[f64; 2]>; 1],
    },
    /// As stored.
    Stored(Value),
}

impl<P, M> FeatureCollection<P, M> {
    /// A collection.
    pub const fn new(members: M, features: Vec<Feature<P>>) -> Self {
        Self { r#type: "FeatureCollection", members, features }
    }
}

impl<P> Feature<P> {
    /// A feature.
    pub const fn new(id: String, geometry: Option<Geometry>, properties: P) -> Self {
        Self { r#type: "Feature", id, geometry, properties }
    }
}

impl Geometry {
    /// A point.
    pub const fn point(lon: f64, lat: f64) -> Self {
        Self::Point { r#type: "Point", coordinates: [lon, lat] }
    }

    /// A polygon from a closed ring, to seven decimals (a centimetre).
    pub fn polygon(ring: Vec<[f64; 2]>) -> Self {
        let round = |value: f64| (value * 1e7).round() / 1e7;
        Self::Polygon { r#type: "Polygon", coordinates: [ring.into_iter().map(|[lon, lat]| [round(lon), round(lat)]).collect()] }
    }
}
