//! The request bodies, which handlers read field by field so that every fault is found at once.

use utoipa::openapi::schema::{AdditionalProperties, AnyOfBuilder, SchemaType};
use utoipa::openapi::{AllOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use super::build::{closed, codes, formatted, integer, list, nullable, number, or_null, pattern, text, tuple};
use super::codes as vocabulary;
use crate::app::parties::MUNICIPALITIES_MAX;
use crate::app::people::ASSIGNMENTS_MAX;
use crate::domain::codes::{Avoids, Category, CloseReason, Feeling, Perspective, Secrecy, Status, TimeBand, TravelMode};
use crate::domain::moderation::{Moderation, ModerationReason};
use crate::domain::party::PartyKind;
use crate::domain::permission::Role;
use crate::domain::person::{LOGIN_MAX, NAME_MAX, PASSWORD_MAX, PASSWORD_MIN, Scope};
use crate::domain::photo::{EDGE, HIDDEN_MAX, PhotoState};
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

/// Most characters of a ceremony's key.
pub const CEREMONY_MAX: usize = 64;

bodies! {
    /// The body of `POST /reports`.
    NewReport = new_report();
    /// The body of `PATCH /reports/{id}`.
    ReportPatch = report_patch();
    /// The body of `PUT /reports/{id}/moderation`.
    ModerationDecision = closed()
        .property("state", codes(Moderation::ALL.iter().map(|code| code.as_str())))
        .property("reason", or_null(codes(ModerationReason::ALL.iter().map(|code| code.as_str())).description(Some("Why it is held or rejected; only then.")).into()))
        .property("words", nullable(text().max_length(Some(NOTE_MAX)).description(Some("The words everybody may read; only with `shown`. Without any its words stay inside."))))
        .required("state")
        .into();
    /// The body of `PUT /reports/{id}/place`.
    PlaceWith = closed()
        .property("with", formatted(KnownFormat::Uuid).description(Some("The other report.")))
        .required("with")
        .into();
    /// The body of `POST /reports/{id}/support`.
    Support = closed().property("reporter", reporter()).required("reporter").into();
    /// The body of `POST` and `DELETE /receipts`.
    ReceiptCode = closed()
        .property("receipt", text().description(Some("As printed, such as `7Q2M-0XKD-9T3A-VB51`; case, spaces and dashes do not matter.")))
        .required("receipt")
        .into();
    /// The body of `POST /session`: login and password, or the operator token.
    Credentials = closed()
        .property("login", text().max_length(Some(LOGIN_MAX)).description(Some("E-mail address; case does not matter.")))
        .property("password", secret("The password."))
        .property("token", text().description(Some("The operator token, in place of both.")))
        .into();
    /// The body of `POST /invitations`.
    InvitationKey = closed().property("key", text().description(Some("What the link holds."))).required("key").into();
    /// The body of `POST /invitations/accept`.
    Acceptance = closed()
        .property("key", text().description(Some("What the link holds.")))
        .property("password", new_password())
        .property("login", nullable(text().max_length(Some(LOGIN_MAX)).description(Some("E-mail address, of the first administrator only."))))
        .property("name", nullable(name("Name, of the first administrator only.")))
        .required("key")
        .required("password")
        .into();
    /// The body of `POST /account/password`.
    PasswordChange = closed()
        .property("current", secret("The password as it is."))
        .property("password", new_password())
        .required("current")
        .required("password")
        .into();
    /// The body of `POST /session/proof`: a code or what a passkey answered.
    Proof = closed()
        .property("ceremony", text().max_length(Some(CEREMONY_MAX)).description(Some("As it came with the question.")))
        .property("code", secret("Six digits of the authenticator app, or a recovery code."))
        .property("credential", any_object("What `navigator.credentials.get` answered, as JSON (Web Authentication, `PublicKeyCredential.toJSON`)."))
        .required("ceremony")
        .into();
    /// The body of `POST /account/passkeys`.
    PasskeyAnswer = closed()
        .property("ceremony", text().max_length(Some(CEREMONY_MAX)).description(Some("As it came with the question.")))
        .property("name", name("What its owner calls it."))
        .property("credential", any_object("What `navigator.credentials.create` answered, as JSON."))
        .required("ceremony")
        .required("name")
        .required("credential")
        .into();
    /// The body of `PUT /account/totp`.
    TotpAnswer = closed()
        .property("ceremony", text().max_length(Some(CEREMONY_MAX)).description(Some("As it came with the secret.")))
        .property("code", secret("The six digits that the app shows."))
        .required("ceremony")
        .required("code")
        .into();
    /// A picture: the bytes of a file.
    PhotoBytes = ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).into();
    /// The body of `PUT /photos/{id}/review`.
    PhotoReview = closed()
        .property("state", codes(PhotoState::ALL[1..].iter().map(|state| state.as_str())))
        .property("hidden", list(hidden_part(), HIDDEN_MAX).description(Some("Parts that nobody is to see, in whole pixels from the upper left corner.")))
        .required("state")
        .into();
    /// The body of `POST /account/tokens`.
    NewToken = closed()
        .property("name", name("What it is for."))
        .property("scope", codes(Scope::ALL.iter().map(|code| code.as_str())).description(Some("What it may do of what its owner may.")))
        .property("expires_on", formatted(KnownFormat::Date).description(Some("Its last day, within a year.")))
        .required("name")
        .required("scope")
        .required("expires_on")
        .into();
    /// The body of `POST /parties`.
    NewParty = closed()
        .property("id", uuid_v4().description(Some("Made at random by the client.")))
        .property("parent", text().description(Some("The party above, one of the caller's.")))
        .property("kind", codes(PartyKind::ALL.iter().map(|code| code.as_str())))
        .property("name", name("Its name."))
        .property("municipalities", or_null(municipalities().into()))
        .property("valid_until", nullable(formatted(KnownFormat::Date).description(Some("Last day; guests need one within a year."))))
        .required("id")
        .required("parent")
        .required("kind")
        .required("name")
        .into();
    /// The body of `PATCH /parties/{id}`.
    PartyPatch = closed()
        .property("name", nullable(name("Its name.")))
        .property("municipalities", or_null(municipalities().into()))
        .property("valid_until", nullable(formatted(KnownFormat::Date).description(Some("Last day; `null` takes the end away."))))
        .into();
    /// The body of `POST /people`.
    NewPerson = closed()
        .property("id", uuid_v4().description(Some("Made at random by the client.")))
        .property("login", text().max_length(Some(LOGIN_MAX)).description(Some("E-mail address.")))
        .property("name", name("Name."))
        .property("assignments", assignments())
        .required("id")
        .required("login")
        .required("name")
        .required("assignments")
        .into();
    /// The body of `PATCH /people/{id}`.
    PersonPatch = closed()
        .property("name", nullable(name("Name.")))
        .property("closed", nullable(ObjectBuilder::new().schema_type(Type::Boolean).description(Some("Whether the account is closed."))))
        .property("assignments", or_null(assignments().into()))
        .into();
}

fn any_object(what: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(AdditionalProperties::FreeForm(true))).description(Some(what))
}

fn hidden_part() -> ObjectBuilder {
    let part = ["x", "y", "width", "height"]
        .into_iter()
        .fold(closed(), |part, name| part.property(name, integer(i64::from(name.len() > 1), i64::from(EDGE))));
    ["x", "y", "width", "height"].into_iter().fold(part, ObjectBuilder::required)
}

fn secret(what: &str) -> ObjectBuilder {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Password))).description(Some(what))
}

fn new_password() -> ObjectBuilder {
    secret("The new password, not one that is soon guessed.").min_length(Some(PASSWORD_MIN)).max_length(Some(PASSWORD_MAX))
}

fn name(what: &str) -> ObjectBuilder {
    text().min_length(Some(1)).max_length(Some(NAME_MAX)).description(Some(what))
}

fn municipalities() -> ArrayBuilder {
    list(municipality(), MUNICIPALITIES_MAX).description(Some("Where it works, by code; one, or several for a police district."))
}

fn assignments() -> ArrayBuilder {
    let assignment = closed()
        .property("party", text().description(Some("For whom: the id of one of the caller's parties.")))
        .property("role", codes(Role::ALL.iter().map(|code| code.as_str())).description(Some("As what; it must fit the kind of party.")))
        .property("until", nullable(formatted(KnownFormat::Date).description(Some("Last day; guests need one within a year."))))
        .required("party")
        .required("role");
    list(assignment, ASSIGNMENTS_MAX)
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
        .property(
            "secrecy",
            nullable(
                codes(Secrecy::ALL.iter().map(|code| code.as_str())).description(Some("Whom it is for; a class that the caller reads.")),
            ),
        )
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
