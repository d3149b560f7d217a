//! Parties: the organisations that work on one map, as a tree. A police district (lokalpolisområde) spans several kommuner; a kommun has
//! administrations and companies; others are guests, invited for a term.

use super::codes::codes;
use super::ids::{MunicipalityCode, PartyId};
use super::permission::Role;

codes!(
    /// What kind of organisation a party is.
    PartyKind {
        /// Whoever runs this Lykta: the root of the tree, in every kommun.
        Host = "host",
        /// A local police area, in one or more kommuner.
        PoliceDistrict = "police_district",
        /// A kommun.
        Municipality = "municipality",
        /// A board or department of a kommun (nämnd, förvaltning).
        Administration = "administration",
        /// A company that a kommun owns (bolag).
        Company = "company",
        /// A housing company or other owner of property (fastighetsägare).
        HousingCompany = "housing_company",
        /// An association (förening).
        Association = "association",
        /// A trader or an association of traders (näringsidkare).
        Trader = "trader",
        /// A state agency or a region, such as Trafikverket.
        StateAgency = "state_agency",
    }
);

impl PartyKind {
    /// The kinds of party that may stand right below this one.
    pub const fn below(self) -> &'static [Self] {
        match self {
            Self::Host => &[Self::PoliceDistrict, Self::Municipality],
            Self::Municipality => {
                &[Self::Administration, Self::Company, Self::HousingCompany, Self::Association, Self::Trader, Self::StateAgency]
            }
            Self::Administration => &[Self::Administration],
            Self::PoliceDistrict | Self::Company | Self::HousingCompany | Self::Association | Self::Trader | Self::StateAgency => &[],
        }
    }

    /// The roles that people of such a party may have.
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Host => &[Role::Administrator],
            Self::PoliceDistrict => &[Role::Kommunpolis, Role::Administrator],
            Self::Municipality => {
                &[Role::Coordinator, Role::Planner, Role::WalkLeader, Role::Handler, Role::Moderator, Role::Administrator]
            }
            Self::Administration => &[Role::Planner, Role::WalkLeader, Role::Handler, Role::Moderator],
            Self::Company => &[Role::WalkLeader, Role::Handler],
            Self::HousingCompany | Self::Association | Self::Trader | Self::StateAgency => &[Role::Guest],
        }
    }
}

/// Where a party works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// In every kommun, also those to come.
    Everywhere,
    /// In these, in order of code.
    In(Vec<MunicipalityCode>),
}

impl Extent {
    /// Whether a kommun belongs to it.
    pub fn covers(&self, municipality: MunicipalityCode) -> bool {
        match self {
            Self::Everywhere => true,
            Self::In(codes) => codes.contains(&municipality),
        }
    }

    /// Whether all of another extent belongs to it.
    pub fn holds(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everywhere, _) => true,
            (Self::In(_), Self::Everywhere) => false,
            (Self::In(_), Self::In(codes)) => codes.iter().all(|code| self.covers(*code)),
        }
    }
}

/// An organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Id.
    pub id: PartyId,
    /// The party above; only the root has none.
    pub parent: Option<PartyId>,
    /// What it is.
    pub kind: PartyKind,
    /// Its name.
    pub name: String,
    /// Where it works; never beyond its parent.
    pub extent: Extent,
    /// Last day of its term, local; `None` has no end.
    pub valid_until: Option<jiff::civil::Date>,
}

/// The ids of a party and of all below it, given every party.
pub fn branch(parties: &[Party], root: PartyId) -> Vec<PartyId> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(above) = found.get(next).copied() {
        found.extend(parties.iter().filter(|party| party.parent == Some(above)).map(|party| party.id));
        next += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_but_the_root_has_a_place_in_the_tree_and_roles() {
        for kind in PartyKind::ALL {
            assert!(!kind.roles().is_empty(), "{kind}");
            let above = PartyKind::ALL.iter().filter(|above| above.below().contains(kind)).count();
            assert_eq!(above == 0, *kind == PartyKind::Host, "{kind}");
        }
        for role in Role::ALL {
            assert!(PartyKind::ALL.iter().any(|kind| kind.roles().contains(role)), "{role} fits no party");
        }
    }

    #[test]
    fn an_extent_holds_no_more_than_it_covers() {
        let codes = |texts: &[&str]| Extent::In(texts.iter().filter_map(|text| MunicipalityCode::parse(text)).collect());
        assert!(Extent::Everywhere.holds(&Extent::Everywhere) && Extent::Everywhere.holds(&codes(&["1060"])));
        assert!(codes(&["1060", "1080"]).holds(&codes(&["1080"])) && !codes(&["1060"]).holds(&codes(&["1060", "1080"])));
        assert!(!codes(&["1060"]).holds(&Extent::Everywhere));
    }
}
