//! Small words for writing schemas by hand, where what is described is read field by field and no type stands for it.

use utoipa::openapi::schema::{AdditionalProperties, ArrayItems, SchemaType};
use utoipa::openapi::{ArrayBuilder, KnownFormat, Object, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, SchemaFormat, Type};

/// An object that takes no other fields.
pub(super) fn closed() -> ObjectBuilder {
    ObjectBuilder::new().additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

/// A string.
pub(super) fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

/// A string in a named format.
pub(super) fn formatted(format: KnownFormat) -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(format)))
}

/// A string that matches a pattern.
pub(super) fn pattern(pattern: &str) -> ObjectBuilder {
    text().pattern(Some(pattern))
}

/// One of some codes.
pub(super) fn codes<'a>(all: impl IntoIterator<Item = &'a str>) -> ObjectBuilder {
    text().enum_values(Some(all))
}

/// A whole number in a range.
pub(super) fn integer(min: i64, max: i64) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(min)).maximum(Some(max))
}

/// A number in a range.
pub(super) fn number(min: f64, max: f64) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Number).minimum(Some(min)).maximum(Some(max))
}

/// A list of at most so many.
pub(super) fn list(item: impl Into<RefOr<Schema>>, max: usize) -> ArrayBuilder {
    ArrayBuilder::new().items(item.into()).max_items(Some(max))
}

/// Numbers by position, from `least` of them to all.
pub(super) fn tuple<const N: usize>(items: [ObjectBuilder; N], least: usize) -> ArrayBuilder {
    ArrayBuilder::new()
        .prefix_items(items.map(|item| Schema::Object(item.build())))
        .items(ArrayItems::False)
        .min_items(Some(least))
        .max_items(Some(N))
}

/// A field that may also be `null`, which reads as absent.
pub(super) fn nullable(schema: ObjectBuilder) -> Object {
    let mut object = schema.build();
    if let SchemaType::Type(only) = &object.schema_type {
        object.schema_type = [only.clone(), Type::Null].into_iter().collect();
    }
    if let Some(values) = &mut object.enum_values {
        values.push(serde_json::Value::Null);
    }
    object
}

/// What a schema says, or `null`.
pub(super) fn or_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    OneOfBuilder::new().item(ObjectBuilder::new().schema_type(Type::Null)).item(schema).into()
}

/// A named schema.
pub fn named(name: &str) -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name(name))
}
