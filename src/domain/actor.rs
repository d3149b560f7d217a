//! Who acts: the words by which permission and the change log name a person or a program.

use std::sync::Arc;

use super::ids::{MunicipalityCode, PersonId};
use super::party::Extent;
use super::permission::{self, Act, Readable, Right, Role};

/// What the operator token is worth, in every kommun.
const OPERATOR: Role = Role::Planner;

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A resident without an account.
    Resident,
    /// Somebody with an account, logged in or by a token of theirs.
    Person(Member),
    /// Whoever holds the operator token: the planner's rights in every kommun.
    Operator,
    /// Lykta itself: an import, the demo, a job.
    System,
}

/// A person with an account, as far as permission goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// What they are, where, at this moment.
    pub rights: Arc<[Right]>,
    /// Whether only reading is allowed: by a token of that scope.
    pub reads_only: bool,
}

impl Actor {
    /// The word in the change log. A person is an id, which tells nobody anything once the account is erased.
    pub fn name(&self) -> String {
        match self {
            Self::Resident => "resident".to_owned(),
            Self::Person(member) => format!("person:{}", member.id),
            Self::Operator => "operator".to_owned(),
            Self::System => "system".to_owned(),
        }
    }

    /// The person, if it is one with an account.
    pub const fn person(&self) -> Option<&Member> {
        match self {
            Self::Person(member) => Some(member),
            Self::Resident | Self::Operator | Self::System => None,
        }
    }

    /// Whether this actor may do something in a kommun.
    pub fn may(&self, act: Act, municipality: MunicipalityCode) -> bool {
        match self {
            Self::Resident => false,
            Self::Person(member) => permission::may(&member.rights, act, municipality),
            Self::Operator => permission::allows(OPERATOR, act),
            Self::System => true,
        }
    }

    /// Whether this actor may do something in some kommun.
    pub fn may_somewhere(&self, act: Act) -> bool {
        match self {
            Self::Resident => false,
            Self::Person(member) => member
                .rights
                .iter()
                .any(|right| permission::allows(right.role, act) && !matches!(&right.extent, Extent::In(codes) if codes.is_empty())),
            Self::Operator => permission::allows(OPERATOR, act),
            Self::System => true,
        }
    }

    /// Whether this actor may do something in every kommun.
    pub fn may_everywhere(&self, act: Act) -> bool {
        match self {
            Self::Resident => false,
            Self::Person(member) => {
                member.rights.iter().any(|right| permission::allows(right.role, act) && right.extent == Extent::Everywhere)
            }
            Self::Operator => permission::allows(OPERATOR, act),
            Self::System => true,
        }
    }

    /// Whether a question of the map is answered live: in that kommun, or somewhere, where none is named.
    pub fn sees_live(&self, municipality: Option<MunicipalityCode>) -> bool {
        municipality.map_or_else(|| self.may_somewhere(Act::SeeLive), |code| self.may(Act::SeeLive, code))
    }

    /// The classes of what is located in a kommun that this actor reads.
    pub fn readable(&self, municipality: MunicipalityCode) -> Readable {
        match self {
            Self::Resident => Readable::default(),
            Self::Person(member) => permission::readable(&member.rights, municipality),
            Self::Operator => permission::readable_by(OPERATOR),
            Self::System => Readable::ALL,
        }
    }
}
