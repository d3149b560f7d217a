//! What can be wrong with what somebody sends: one code per broken rule.
//!
//! The wording, in Swedish and English, is the web layer's catalogue; the place (a JSON pointer) is added where the field is known.

use super::guard::Finding;

/// A JSON type, as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A string.
    Text,
    /// An array.
    List,
    /// An object.
    Object,
    /// `true` or `false`.
    Truth,
    /// A number without decimals.
    WholeNumber,
    /// A number.
    Number,
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// A required field is absent.
    Missing,
    /// Neither a place on the map nor one in words.
    NeedsPlace,
    /// The field is not part of the contract.
    UnknownField,
    /// The JSON type is wrong; holds what was expected.
    WrongType(Expected),
    /// Not one of the allowed codes; holds the allowed ones.
    NotAllowed(Vec<&'static str>),
    /// Outside a numeric range; holds the range.
    OutOfRange(f64, f64),
    /// Longer than this many characters.
    TooLong(usize),
    /// More than this many entries.
    TooMany(usize),
    /// Only white space, or characters that cannot be shown.
    NotText,
    /// Not a random UUID.
    NotUuidV4,
    /// Not a time in RFC 3339.
    NotATime,
    /// Not a date as YYYY-MM-DD.
    NotADate,
    /// Happens later than now.
    InTheFuture,
    /// Happened before anything Lykta takes in.
    TooOld,
    /// Longitude and latitude are both zero: a device without a position.
    NullIsland,
    /// Not a GeoJSON Point with two finite numbers.
    NotAPoint,
    /// Not 32 hexadecimal digits.
    NotAToken,
    /// Two fields that exclude each other.
    Conflicts(&'static str),
    /// A field that only makes sense beside another one.
    Needs(&'static str),
    /// The category goes with the other feeling.
    FeelingMismatch,
    /// The words hold personal data.
    PersonalData(Vec<Finding>),
    /// The words accuse somebody who is pointed out: that belongs with the police.
    Suspicion(Vec<Finding>),
    /// The change of state is not in the table.
    Transition,
    /// Closing needs one of these reasons.
    ReasonNeeded(Vec<&'static str>),
    /// A shape that is not a valid polygon; holds the geometry rule that broke.
    Geometry(&'static str),
    /// No kommun has this code.
    UnknownMunicipality,
    /// The parameter is not known here.
    UnknownParameter,
    /// Finer than, or other than, what a public release holds.
    NotReleased,
    /// More cells than one answer holds.
    TooManyCells(usize),
    /// More reports than one computation takes.
    TooManyReports(usize),
    /// More to compute than one answer may cost.
    TooMuchWork,
    /// A period so short beside another that no rate of it says anything.
    PeriodTooShort,
    /// No cell of a grid is called that, or it is too far away to lie on the map.
    UnknownCell,
    /// Not two reports of one kommun, or already of two places.
    NotMergeable,
    /// Inhabitants are known only in squares of 1 km.
    PopulationGrid,
    /// The sender gave a point, which nobody else moves.
    HasPoint,
    /// A change that changes nothing.
    NothingToChange,
    /// Shorter than this many characters.
    TooShort(usize),
    /// Not an e-mail address.
    NotAnAddress,
    /// A password that is soon guessed.
    WeakPassword,
    /// Not the password.
    WrongPassword,
    /// Not JPEG, PNG or WebP.
    NotAPicture,
    /// Begins as a picture and is none.
    BrokenPicture,
    /// More pixels than are taken.
    TooManyPixels,
    /// Not inside a picture of this width and height.
    OutsidePicture(u32, u32),
    /// Not a code that the authenticator app shows now.
    WrongCode,
    /// The authenticator's answer does not hold.
    PasskeyRefused,
    /// Somebody else has it.
    Taken,
    /// No party that the caller looks after has this id.
    UnknownParty,
    /// Not for a party of this kind, or not below that one.
    DoesNotFit,
    /// Not a secrecy class that the caller reads.
    BeyondRight,
    /// Reaches further than the party above.
    BeyondParent,
    /// Needs a last day, from today and within a year.
    TermNeeded,
    /// Text that does not read as what the parameter asks for.
    Unreadable,
}

impl Fault {
    /// The stable code in `errors[].code`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NeedsPlace => "needs_place",
            Self::UnknownField => "unknown_field",
            Self::WrongType(_) => "wrong_type",
            Self::NotAllowed(_) => "not_allowed",
            Self::OutOfRange(..) => "out_of_range",
            Self::TooLong(_) => "too_long",
            Self::TooMany(_) => "too_many",
            Self::NotText => "not_text",
            Self::NotUuidV4 => "not_uuid_v4",
            Self::NotATime => "not_a_time",
            Self::NotADate => "not_a_date",
            Self::InTheFuture => "in_the_future",
            Self::TooOld => "too_old",
            Self::NullIsland => "null_island",
            Self::NotAPoint => "not_a_point",
            Self::NotAToken => "not_a_token",
            Self::Conflicts(_) => "conflicts",
            Self::Needs(_) => "needs",
            Self::FeelingMismatch => "feeling_mismatch",
            Self::PersonalData(_) => "personal_data",
            Self::Suspicion(_) => "suspicion",
            Self::Transition => "transition",
            Self::ReasonNeeded(_) => "reason_needed",
            Self::Geometry(_) => "geometry",
            Self::UnknownMunicipality => "unknown_municipality",
            Self::UnknownParameter => "unknown_parameter",
            Self::NotReleased => "not_released",
            Self::TooManyCells(_) => "too_many_cells",
            Self::TooManyReports(_) => "too_many_reports",
            Self::TooMuchWork => "too_much_work",
            Self::PeriodTooShort => "period_too_short",
            Self::UnknownCell => "unknown_cell",
            Self::NotMergeable => "not_mergeable",
            Self::PopulationGrid => "population_grid",
            Self::HasPoint => "has_point",
            Self::NothingToChange => "nothing_to_change",
            Self::TooShort(_) => "too_short",
            Self::NotAnAddress => "not_an_address",
            Self::WeakPassword => "weak_password",
            Self::WrongPassword => "wrong_password",
            Self::NotAPicture => "not_a_picture",
            Self::BrokenPicture => "broken_picture",
            Self::TooManyPixels => "too_many_pixels",
            Self::OutsidePicture(..) => "outside_picture",
            Self::WrongCode => "wrong_code",
            Self::PasskeyRefused => "passkey_refused",
            Self::Taken => "taken",
            Self::UnknownParty => "unknown_party",
            Self::DoesNotFit => "does_not_fit",
            Self::BeyondRight => "beyond_right",
            Self::BeyondParent => "beyond_parent",
            Self::TermNeeded => "term_needed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A fault and where it is: a JSON pointer into the body (`/note`), or `?name` for a query parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldFault {
    /// JSON pointer (RFC 6901) or `?name`.
    pub pointer: String,
    /// The broken rule.
    pub fault: Fault,
}

impl FieldFault {
    /// A fault at a pointer.
    pub fn at(pointer: impl Into<String>, fault: Fault) -> Self {
        Self { pointer: pointer.into(), fault }
    }
}
