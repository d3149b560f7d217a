//! Who acts: the words by which permission and the change log name a person or a program.

use super::ids::MunicipalityCode;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A resident without an account.
    Resident,
    /// Whoever holds the operator token: the planner's rights in every kommun.
    Operator,
    /// Lykta itself: an import, the demo, a job.
    System,
}

impl Actor {
    /// The word in the change log.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }

    /// Whether this actor may see true points and answer reports in a kommun. Issue by issue this becomes the permission table; every
    /// act and every read already asks here.
    pub const fn may_plan(&self, _municipality: MunicipalityCode) -> bool {
        matches!(self, Self::Operator | Self::System)
    }

    /// Whether this actor may see true points in every kommun (a query by box spans several).
    pub const fn may_plan_everywhere(&self) -> bool {
        matches!(self, Self::Operator | Self::System)
    }
}
