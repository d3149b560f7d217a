//! The schemas of GeoJSON answers, from the same types that write them.

use std::borrow::Cow;

use utoipa::openapi::{ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::build::{codes, named, number, or_null, text, tuple};
use crate::http::geojson::{Enclosure, Feature, FeatureCollection, Members, Outline, Point, Polygon, PublicPlace, Subject};

type Schemas = Vec<(String, RefOr<Schema>)>;

/// A geometry as the member `geometry` refers to it.
pub(crate) trait Shape {
    /// By name, or by name or `null`.
    fn reference() -> RefOr<Schema>;
    /// The schema behind the name.
    fn collect(schemas: &mut Schemas);
}

impl<T: Shape> Shape for Option<T> {
    fn reference() -> RefOr<Schema> {
        or_null(T::reference())
    }

    fn collect(schemas: &mut Schemas) {
        T::collect(schemas);
    }
}

macro_rules! shapes {
    ($($name:ident = $schema:expr;)+) => {
        $(
            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    $schema
                }
            }

            impl ToSchema for $name {}

            impl Shape for $name {
                fn reference() -> RefOr<Schema> {
                    named(stringify!($name))
                }

                fn collect(schemas: &mut Schemas) {
                    schemas.push((stringify!($name).to_owned(), Self::schema()));
                }
            }
        )+
    };
}

shapes! {
    Point = geometry("Point", position()).description(Some("A point: longitude, latitude (WGS 84).")).into();
    Polygon = geometry("Polygon", array(ring())).description(Some("A polygon: one or more closed rings.")).into();
    Outline = OneOfBuilder::new()
        .item(geometry("Polygon", array(ring())))
        .item(geometry("MultiPolygon", array(array(ring()))))
        .description(Some("A Polygon or MultiPolygon."))
        .into();
    PublicPlace = OneOfBuilder::new()
        .item(geometry("Point", position()))
        .item(geometry("Polygon", array(ring())))
        .description(Some("The place of a thing, or the square of 250 m that something was felt in."))
        .into();
    Enclosure = OneOfBuilder::new()
        .item(geometry("Polygon", array(ring())))
        .item(geometry("LineString", array(position()).min_items(Some(2))))
        .item(geometry("Point", position()))
        .description(Some("A Polygon, a LineString where it has no area, a Point where it has no extent."))
        .into();
}

fn position() -> ArrayBuilder {
    tuple([number(-180.0, 180.0), number(-90.0, 90.0)], 2)
}

fn array(items: ArrayBuilder) -> ArrayBuilder {
    ArrayBuilder::new().items(items)
}

fn ring() -> ArrayBuilder {
    array(position()).min_items(Some(4))
}

fn geometry(kind: &str, coordinates: ArrayBuilder) -> ObjectBuilder {
    ObjectBuilder::new().property("type", codes([kind])).property("coordinates", coordinates).required("type").required("coordinates")
}

impl<P: Subject<Geometry: Shape> + ToSchema> PartialSchema for Feature<P> {
    fn schema() -> RefOr<Schema> {
        let fields = ObjectBuilder::new()
            .property("type", codes(["Feature"]))
            .property("id", text())
            .property("geometry", P::Geometry::reference())
            .property("properties", named(&P::name()));
        ["type", "id", "geometry", "properties"].into_iter().fold(fields, ObjectBuilder::required).into()
    }
}

impl<P: Subject<Geometry: Shape> + ToSchema> ToSchema for Feature<P> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(P::FEATURE)
    }

    fn schemas(schemas: &mut Schemas) {
        P::Geometry::collect(schemas);
        schemas.push((P::name().into_owned(), P::schema()));
        P::schemas(schemas);
    }
}

impl<P: Subject<Geometry: Shape> + ToSchema, M: Members + ToSchema> PartialSchema for FeatureCollection<P, M> {
    fn schema() -> RefOr<Schema> {
        // The members stand beside `features`, so their fields are this schema's own.
        let mut whole = match M::schema() {
            RefOr::T(Schema::Object(members)) => members,
            _ => Object::new(),
        };
        let features = ArrayBuilder::new().items(named(P::FEATURE)).into();
        whole.properties.insert("features".to_owned(), features);
        whole.properties.insert("type".to_owned(), codes(["FeatureCollection"]).into());
        whole.required.extend(["type".to_owned(), "features".to_owned()]);
        RefOr::T(Schema::Object(whole))
    }
}

impl<P: Subject<Geometry: Shape> + ToSchema, M: Members + ToSchema> ToSchema for FeatureCollection<P, M> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(M::COLLECTION)
    }

    fn schemas(schemas: &mut Schemas) {
        schemas.push((P::FEATURE.to_owned(), Feature::<P>::schema()));
        <Feature<P> as ToSchema>::schemas(schemas);
        M::schemas(schemas);
    }
}
