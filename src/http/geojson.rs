//! GeoJSON (RFC 7946) as typed structs, so that large answers are written without building trees of values and are described as exactly
//! what they are.

use serde::Serialize;
use serde_json::Value;

/// What a Feature is about: its properties, which say what its geometry is and what the schema of the Feature is called.
pub(super) trait Subject: Serialize {
    /// Name of the Feature's schema.
    const FEATURE: &'static str;
    /// Its geometry; an `Option` where it may be `null`.
    type Geometry: Serialize + std::fmt::Debug;
}

/// Foreign members of a FeatureCollection, which say what its schema is called.
pub(super) trait Members: Serialize {
    /// Name of the collection's schema.
    const COLLECTION: &'static str;
}

/// A FeatureCollection; foreign members beside `features` come from `M`.
#[derive(Debug, Serialize)]
pub(super) struct FeatureCollection<P: Subject, M> {
    r#type: &'static str,
    /// Foreign members.
    #[serde(flatten)]
    pub members: M,
    /// The features.
    pub features: Vec<Feature<P>>,
}

/// A Feature.
#[derive(Debug, Serialize)]
pub(super) struct Feature<P: Subject> {
    r#type: &'static str,
    /// Its id.
    pub id: String,
    /// Where.
    pub geometry: P::Geometry,
    /// What.
    pub properties: P,
}

/// A point, WGS 84 lon and lat.
#[derive(Debug, Serialize)]
pub(super) struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// A polygon of one ring, WGS 84 lon and lat.
#[derive(Debug, Serialize)]
pub(super) struct Polygon {
    r#type: &'static str,
    coordinates: [Vec<[f64; 2]>; 1],
}

/// What encloses some places: a polygon, a line where they lie on one, a point where they are one.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Enclosure {
    /// With an area.
    Polygon(Polygon),
    /// Without.
    Line(LineString),
    /// One place.
    Point(Point),
}

/// Where everybody may see something: its place, or the square it lies in.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum PublicPlace {
    /// Its place.
    At(Point),
    /// Its square.
    Within(Polygon),
}

/// A line, WGS 84 lon and lat.
#[derive(Debug, Serialize)]
pub(super) struct LineString {
    r#type: &'static str,
    coordinates: Vec<[f64; 2]>,
}

/// A Polygon or MultiPolygon as stored.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Outline(pub Value);

impl<P: Subject, M: Members> FeatureCollection<P, M> {
    /// A collection.
    pub(super) const fn new(members: M, features: Vec<Feature<P>>) -> Self {
        Self { r#type: "FeatureCollection", members, features }
    }
}

impl<P: Subject> Feature<P> {
    /// A feature.
    pub(super) const fn new(id: String, geometry: P::Geometry, properties: P) -> Self {
        Self { r#type: "Feature", id, geometry, properties }
    }
}

impl Point {
    /// The point at a position.
    pub(super) const fn new(lon: f64, lat: f64) -> Self {
        Self { r#type: "Point", coordinates: [lon, lat] }
    }
}

impl LineString {
    /// A line along positions, to seven decimals.
    pub(super) fn new(positions: Vec<[f64; 2]>) -> Self {
        Self { r#type: "LineString", coordinates: positions.into_iter().map(rounded).collect() }
    }
}

impl Polygon {
    /// A polygon from a closed ring, to seven decimals.
    pub(super) fn new(ring: Vec<[f64; 2]>) -> Self {
        Self { r#type: "Polygon", coordinates: [ring.into_iter().map(rounded).collect()] }
    }
}

/// A position to seven decimals (a centimetre).
pub(super) fn rounded(position: [f64; 2]) -> [f64; 2] {
    position.map(|degrees| (degrees * 1e7).round() / 1e7)
}
