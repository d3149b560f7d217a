//! The request bodies, which handlers read field by field so that every fault is found at once.

use utoipa::openapi::schema::{AnyOfBuilder, SchemaType};
use utoipa::openapi::{AllOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::build::{closed, codes, formatted, integer, list, nullable, number, or_null, pattern, text, tuple};
use super::codes as vocabulary;
use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Perspective, Status, TimeBand, TravelMode};
use crate::domain::text::{ANSWER_MAX, NOTE_MAX, PLACE_TEXT_MAX};

macro_rules! bodies {
    ($($(#[doc = $doc:literal])+ $name:ident = $schema:expr;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $name;

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    $schema
                }
            }

            impl ToSchema for $name {
                fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                    schemas.extend(vocabulary::all());
                }
            }
        )+
    };
}

bodies! {
    /// The body of `POST /reports`.
    NewReport = new_report();
    /// The body of `PATCH /reports/{id}`.
    ReportPatch = report_patch();
    /// The body of `POST /reports/{id}/support`.
    Support = closed().property("reporter", reporter()).required("reporter").into();
    /// The body of `POST` and `DELETE /receipts`.
    ReceiptCode = closed()
        .property("receipt", text().description(Some("As printed, such as `7Q2M-0XKD-9T3A-VB51`; case, spaces and dashes do not matter.")))
        .required("receipt")
        .into();
    /// The body of `POST /session`.
    Token = closed()
        .property("token", text().description(Some("The operator token.")))
        .required("token")
        .into();
}

fn new_report() -> RefOr<Schema> {
    let fields = closed()
        .property(
            "id",
            uuid_v4().description(Some("Made at random by the phone (UUID version 4); repeating it with the same content is harmless.")),
        )
        .property("location", or_null(point("Where it is. Not 0,0.").into()))
        .property("accuracy_m", nullable(number(0.0, 1e6).description(Some("Radius the device gave, metres; only beside `location`."))))
        .property(
            "place_text",
            nullable(text().max_length(Some(PLACE_TEXT_MAX)).description(Some(
                "The place in words; alone it needs `municipality`, and is not counted until a planner places it. No personal data.",
            ))),
        )
        .property("municipality", nullable(municipality().description(Some("Only with `place_text` alone: a point brings its own."))))
        .property("feeling", codes(Feeling::ALL.iter().map(|code| code.as_str())).description(Some("How the place feels.")))
        .property(
            "category",
            codes(Category::ALL.iter().map(|code| code.as_str()))
                .description(Some("What it is about. Those of the group `safe` go with `feeling: safe`, all others with `unsafe`.")),
        )
        .property("insecurity", nullable(integer(0, 3).description(Some("How it feels: 0 secure … 3 very insecure."))))
        .property("risk", nullable(integer(0, 3).description(Some("What could happen: 0 nothing … 3 serious."))))
        .property("travel_mode", nullable(codes(TravelMode::ALL.iter().map(|code| code.as_str())).description(Some("How one travelled."))))
        .property(
            "occurred_at",
            nullable(formatted(KnownFormat::DateTime).description(Some(
                "When, with offset: at most ten minutes ahead and twenty years back. Not beside `occurred_on` or `time_band`.",
            ))),
        )
        .property("occurred_on", nullable(formatted(KnownFormat::Date).description(Some("The day, when the time is not known."))))
        .property(
            "time_band",
            nullable(codes(TimeBand::ALL.iter().map(|code| code.as_str())).description(Some("Part of that day, or of days in general."))),
        )
        .property("perspectives", perspectives())
        .property("avoids", nullable(codes(Avoids::ALL.iter().map(|code| code.as_str())).description(Some("Whether one stays away."))))
        .property("note", nullable(text().max_length(Some(NOTE_MAX)).description(Some("Own words, for planners only. No personal data."))))
        .property("reporter", nullable(reporter()));
    let fields = ["id", "feeling", "category"].into_iter().fold(fields, ObjectBuilder::required);
    let place = AnyOfBuilder::new()
        .item(needs(&[("location", Type::Object)]))
        .item(needs(&[("place_text", Type::String), ("municipality", Type::String)]));
    AllOfBuilder::new()
        .item(fields)
        .item(Schema::AnyOf(place.build()))
        .description(Some("A report. Optional fields may be left out or `null`."))
        .into()
}

fn report_patch() -> RefOr<Schema> {
    closed()
        .property(
            "status",
            nullable(codes(Status::ALL.iter().map(|code| code.as_str())).description(Some("One of the report's `transitions`."))),
        )
        .property(
            "reason",
            nullable(
                codes(CloseReason::ALL.iter().map(|code| code.as_str()))
                    .description(Some("Why; needed when the new status closes the report, and then one of that transition's `reasons`.")),
            ),
        )
        .property(
            "answer",
            nullable(
                text()
                    .max_length(Some(ANSWER_MAX))
                    .description(Some("The public answer; `null` or empty takes it back. No personal data.")),
            ),
        )
        .property("location", or_null(point("Where it is, for a report that came in words; in the same kommun.").into()))
        .description(Some("What changes, at least one field; fields left out stay as they are, and so do the others when they are `null`."))
        .into()
}

/// Fields that must be there and not `null`.
fn needs(fields: &[(&str, Type)]) -> Object {
    let any = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let field = |object: ObjectBuilder, (name, kind): &(&str, Type)| {
        object.property(*name, ObjectBuilder::new().schema_type(kind.clone())).required(*name)
    };
    fields.iter().fold(any, field).build()
}

fn point(what: &str) -> ObjectBuilder {
    let coordinates = tuple([number(-180.0, 180.0), number(-90.0, 90.0), ObjectBuilder::new().schema_type(Type::Number)], 2);
    closed()
        .property("type", codes(["Point"]))
        .property("coordinates", coordinates.description(Some("Longitude, latitude; a height is ignored.")))
        .required("type")
        .required("coordinates")
        .description(Some(what))
}

fn uuid_v4() -> ObjectBuilder {
    pattern("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$")
}

fn municipality() -> ObjectBuilder {
    pattern("^[0-9]{4}$")
}

fn reporter() -> ObjectBuilder {
    pattern("^[0-9a-fA-F]{32}$").description(Some(
        "HMAC-SHA-256 of the quarter (such as `2026-Q4`) under a secret of the device, cut to 128 bits; counts people, links nothing.",
    ))
}

fn perspectives() -> ArrayBuilder {
    list(codes(Perspective::ALL.iter().map(|code| code.as_str())), Perspective::ALL.len())
        .schema_type(SchemaType::from_iter([Type::Array, Type::Null]))
        .description(Some("Whom one answers as."))
}
