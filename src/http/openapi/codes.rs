//! The fixed vocabularies as schemas: what `domain::codes` holds, the description holds.

use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::build;
use crate::domain::{access, codes, guard, moderation};

macro_rules! described {
    ($($(#[doc = $doc:literal])+ $name:ident from $all:expr;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug)]
            pub struct $name;

            impl PartialSchema for $name {
                fn schema() -> RefOr<Schema> {
                    build::codes($all.iter().map(|code| code.as_str())).description(Some(concat!($($doc),+).trim())).into()
                }
            }

            impl ToSchema for $name {}
        )+

        /// Every vocabulary by the name of its schema.
        pub fn all() -> Vec<(String, RefOr<Schema>)> {
            vec![$((stringify!($name).to_owned(), $name::schema())),+]
        }
    };
}

described! {
    /// How somebody looked at reports.
    Look from access::Look::ALL;
    /// What kind of thing a report is about; `safe` goes with `feeling: safe`, all others with `unsafe`.
    Group from codes::Group::ALL;
    /// What exactly; each category belongs to one group.
    Category from codes::Category::ALL;
    /// How the place feels.
    Feeling from codes::Feeling::ALL;
    /// How much of a report's place may ever become public: the place itself, the square it lies in, or only a number in a release.
    PublicationClass from codes::PublicationClass::ALL;
    /// Whom something located is for.
    Secrecy from codes::Secrecy::ALL;
    /// Daylight by the sun's height at the place and moment; `unknown` without a date.
    Light from codes::Light::ALL;
    /// Part of the day in Europe/Stockholm: morning 05–09, day 09–15, afternoon 15–18, evening 18–22, night 22–05.
    TimeBand from codes::TimeBand::ALL;
    /// How the person travelled.
    TravelMode from codes::TravelMode::ALL;
    /// Whom one answers as; chosen freely for one report.
    Perspective from codes::Perspective::ALL;
    /// Whether one stays away because of how it feels.
    Avoids from codes::Avoids::ALL;
    /// Where a report is in its life; the first four are open.
    Status from codes::Status::ALL;
    /// Why a report was closed.
    CloseReason from codes::CloseReason::ALL;
    /// Where a report stands with the moderators: nobody has looked; held out of every count; counted in releases; also shown as its class allows; rejected.
    Moderation from moderation::Moderation::ALL;
    /// Why a report is held or rejected.
    ModerationReason from moderation::ModerationReason::ALL;
    /// What was found in a text: a kind of personal data, or a suspicion against somebody.
    FindingKind from guard::FindingKind::ALL;
}
