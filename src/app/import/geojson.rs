//! GeoJSON (RFC 7946), feature by feature: a file of hundreds of megabytes never lies in memory as a whole.
//!
//! Depth is bounded by serde_json's 128 levels, the size of one feature by the reader.

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Deserializer, Map, Value};

use super::account::shown;
use super::row::{Body, Row};
use super::source::{Bounded, Stopped, Taken};

/// What a file may hold instead of a FeatureCollection or a Feature.
const GEOMETRIES: &[&str] = &["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// Hands every feature to `each`; a feature or geometry that stands alone is a file of one.
pub(super) fn for_each(reader: Bounded, each: &mut dyn FnMut(Row, u64) -> bool) -> Result<(), Stopped> {
    let taken = reader.taken();
    let mut stopped = false;
    let mut number = 0;
    let mut hand_over = |body, size| {
        number += 1;
        stopped = !each(Row { number, body }, size);
        !stopped
    };
    let mut json = Deserializer::from_reader(reader);
    let read = json.deserialize_map(Document { taken, each: &mut |feature, size| hand_over(Body::from_feature(feature), size) });
    let outcome = read.and_then(|rest| json.end().map(|()| rest)).map_err(|error| error.to_string()).and_then(|mut rest| {
        check_crs(rest.get("crs"))?;
        let has_features = rest.remove(FEATURES).is_some();
        match rest.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") if has_features => {}
            Some("FeatureCollection") => return Err("a FeatureCollection without features".to_owned()),
            Some("Feature") => {
                hand_over(Body::from_feature(Value::Object(rest)), 0);
            }
            Some(geometry) if GEOMETRIES.contains(&geometry) => {
                hand_over(Ok(Body::from_geometry(rest)), 0);
            }
            _ => return Err("not GeoJSON: its type is neither FeatureCollection, Feature nor a geometry".to_owned()),
        }
        Ok(())
    });
    match outcome {
        _ if stopped => Err(None),
        Err(why) => Err(Some(why)),
        Ok(()) => Ok(()),
    }
}

/// Old files name their reference system; anything but WGS 84 longitude and latitude would put every row in the wrong place.
fn check_crs(crs: Option<&Value>) -> Result<(), String> {
    let Some(crs) = crs.filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or("one without a name");
    if name.ends_with("CRS84") || name.ends_with(":4326") {
        Ok(())
    } else {
        Err(format!("its coordinates are in another reference system ({}): convert it to WGS 84 (EPSG:4326)", shown(name)))
    }
}

const FEATURES: &str = "features";

type Each<'a> = &'a mut dyn FnMut(Value, u64) -> bool;

/// The top level: everything but `features` is kept.
struct Document<'a> {
    taken: Taken,
    each: Each<'a>,
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut rest = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if rest.contains_key(&name) {
                return Err(A::Error::custom(format_args!("the member {} is there twice", shown(&name))));
            }
            if name == FEATURES {
                members.next_value_seed(Features { taken: &self.taken, each: &mut *self.each })?;
                rest.insert(name, Value::Null);
            } else {
                rest.insert(name, members.next_value()?);
            }
        }
        Ok(rest)
    }
}

/// The list of features, each handed over as soon as it is read.
struct Features<'a> {
    taken: &'a Taken,
    each: Each<'a>,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        self.taken.next_row();
        while let Some(feature) = features.next_element()? {
            if !(self.each)(feature, self.taken.next_row()) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
