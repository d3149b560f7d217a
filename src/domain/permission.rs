//! Who may do what: one table, and one function that reads it. Every act asks here; `docs/privacy.md` prints the same table and a test
//! walks every route, role and kommun to hold the service against it.

use super::codes::{Secrecy, codes};
use super::ids::MunicipalityCode;
use super::party::Extent;

codes!(
    /// What somebody is in a kommun.
    Role {
        /// The safety coordinator (säkerhetssamordnare).
        Coordinator = "coordinator",
        /// A planner.
        Planner = "planner",
        /// Leads a safety walk (trygghetsvandring).
        WalkLeader = "walk_leader",
        /// The kommunpolis.
        Kommunpolis = "kommunpolis",
        /// Works through the list of a department.
        Handler = "handler",
        /// Reviews what becomes public.
        Moderator = "moderator",
        /// Of a party that is invited for a term.
        Guest = "guest",
        /// Looks after parties and people, and sees no reports.
        Administrator = "administrator",
    }
);

codes!(
    /// What somebody does in a kommun.
    Act {
        /// Sees the live map: places, heatmaps and statistics.
        SeeLive = "see_live",
        /// Reads single reports and what they say.
        ReadReports = "read_reports",
        /// Takes reports home: CSV, GIS.
        Export = "export",
        /// Answers a report, changes its state, places it.
        HandleReports = "handle_reports",
        /// Changes the secrecy class of something located.
        Classify = "classify",
        /// Decides what of a report is counted and seen by everybody.
        Moderate = "moderate",
        /// Says which reports are of one place.
        MergePlaces = "merge_places",
        /// Adds, changes and removes parties and people.
        ManagePeople = "manage_people",
        /// Sees who looked at which reports.
        Audit = "audit",
    }
);

/// The table: an act, and the roles that may.
pub const TABLE: &[(Act, &[Role])] = {
    use Role::{Administrator, Coordinator, Guest, Kommunpolis, Moderator, Planner, WalkLeader};
    &[
        (Act::SeeLive, &[Coordinator, Planner, WalkLeader, Kommunpolis, Moderator, Guest]),
        (Act::ReadReports, &[Coordinator, Planner, WalkLeader, Kommunpolis, Moderator]),
        (Act::Export, &[Coordinator, Planner, Kommunpolis]),
        (Act::HandleReports, &[Coordinator, Planner, Kommunpolis]),
        (Act::Classify, &[Coordinator, Kommunpolis]),
        (Act::Moderate, &[Coordinator, Planner, Moderator]),
        (Act::MergePlaces, &[Coordinator, Planner, Moderator]),
        (Act::ManagePeople, &[Administrator]),
        (Act::Audit, &[Administrator]),
    ]
};

/// The classes a role reads of what is located, among what its acts let it see.
pub const READS: &[(Secrecy, &[Role])] = {
    use Role::{Coordinator, Guest, Kommunpolis, Moderator, Planner, WalkLeader};
    &[
        (Secrecy::Public, &[Coordinator, Planner, WalkLeader, Kommunpolis, Moderator, Guest]),
        (Secrecy::Partners, &[Coordinator, Planner, WalkLeader, Kommunpolis, Moderator]),
        (Secrecy::Kommun, &[Coordinator, Planner, WalkLeader, Moderator]),
        (Secrecy::Police, &[Kommunpolis]),
        (Secrecy::Restricted, &[Coordinator, Kommunpolis]),
    ]
};

/// Secrecy classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Readable(u8);

impl Readable {
    /// Every class.
    pub const ALL: Self = Self((1 << Secrecy::ALL.len()) - 1);

    /// Whether it holds a class.
    pub const fn holds(self, class: Secrecy) -> bool {
        self.0 & 1 << class.index() != 0
    }

    /// Its classes by code.
    pub fn codes(self) -> Vec<&'static str> {
        Secrecy::ALL.iter().filter(|class| self.holds(**class)).map(|class| class.as_str()).collect()
    }

    /// As a small number: what tells two kinds of reader apart.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl FromIterator<Secrecy> for Readable {
    fn from_iter<I: IntoIterator<Item = Secrecy>>(classes: I) -> Self {
        Self(classes.into_iter().fold(0, |bits, class| bits | 1 << class.index()))
    }
}

/// A role somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// What.
    pub role: Role,
    /// Where.
    pub extent: Extent,
}

/// Whether a role may do something, wherever it is held.
pub fn allows(role: Role, act: Act) -> bool {
    TABLE.iter().any(|(of, roles)| *of == act && roles.contains(&role))
}

/// Whether these rights hold an act in a kommun. The one function that decides.
pub fn may(rights: &[Right], act: Act, municipality: MunicipalityCode) -> bool {
    rights.iter().any(|right| allows(right.role, act) && right.extent.covers(municipality))
}

/// The classes that a role reads where it is held.
pub fn readable_by(role: Role) -> Readable {
    READS.iter().filter(|(_, roles)| roles.contains(&role)).map(|(class, _)| *class).collect()
}

/// The classes that these rights let somebody read in a kommun.
pub fn readable(rights: &[Right], municipality: MunicipalityCode) -> Readable {
    let here = |roles: &[Role]| rights.iter().any(|right| roles.contains(&right.role) && right.extent.covers(municipality));
    READS.iter().filter(|(_, roles)| here(roles)).map(|(class, _)| *class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_and_class_stands_in_the_table_once_in_its_order() {
        assert_eq!(TABLE.iter().map(|(act, _)| *act).collect::<Vec<_>>(), Act::ALL);
        assert_eq!(READS.iter().map(|(class, _)| *class).collect::<Vec<_>>(), Secrecy::ALL);
    }

    #[test]
    fn whoever_manages_people_sees_no_reports_and_guests_see_only_what_is_public() {
        for act in Act::ALL.iter().copied().filter(|act| !matches!(act, Act::ManagePeople | Act::Audit)) {
            assert!(!allows(Role::Administrator, act), "{act}");
        }
        let of = |role| readable(&[Right { role, extent: Extent::Everywhere }], MunicipalityCode::parse("1060").expect("a code"));
        assert_eq!(of(Role::Guest), [Secrecy::Public].into_iter().collect());
        assert!(!of(Role::Coordinator).holds(Secrecy::Police) && !of(Role::Kommunpolis).holds(Secrecy::Kommun));
    }

    #[test]
    fn a_role_in_one_kommun_is_none_in_the_next() {
        let [here, there] = ["1060", "1080"].map(|text| MunicipalityCode::parse(text).expect("a code"));
        let rights = [Right { role: Role::Coordinator, extent: Extent::In(vec![here]) }];
        assert!(Act::ALL.iter().any(|act| may(&rights, *act, here)));
        assert!(!Act::ALL.iter().any(|act| may(&rights, *act, there)));
        assert_eq!(readable(&rights, there), Readable::default());
    }
}
