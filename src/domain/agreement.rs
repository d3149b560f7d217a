//! The agreement between a kommun and its police (samverkansöverenskommelse), its focus areas and pledges, and the linking rule.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::{Bits, Category};
use super::ids::{AgreementId, FocusAreaId, MunicipalityCode, PledgeId};

/// One who agrees: the kommun, the Polismyndighet, a local police district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Official name.
    pub name: String,
    /// `kommun`, `police`, `local_police_district`, …
    pub kind: String,
}

/// A text in both languages of the interface.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Swedish, the original.
    pub sv: String,
    /// English.
    pub en: String,
}

/// A cooperation agreement; signers are roles, never names.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Id.
    pub id: AgreementId,
    /// The kommun it is about.
    pub municipality: MunicipalityCode,
    /// As written on its first page.
    pub title: String,
    /// `operative`, `strategic`, …
    pub kind: String,
    /// Diary number, where one is stated.
    pub dnr: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_to: Date,
    /// Who agree.
    pub parties: Vec<Party>,
    /// Roles that signed.
    pub signers: Vec<String>,
    /// Stated purposes.
    pub purposes: Vec<Bilingual>,
}

impl Agreement {
    /// Whether its term is over on a day. It still links reports: the successor will want to know what went on.
    pub fn expired(&self, today: Date) -> bool {
        today > self.valid_to
    }
}

/// What the police, the kommun or both promise residents (medborgarlöfte).
#[derive(Clone, Debug, PartialEq)]
pub struct Pledge {
    /// Id.
    pub id: PledgeId,
    /// The agreement it belongs to.
    pub agreement: AgreementId,
    /// The focus area it is a footnote of.
    pub focus_area: Option<FocusAreaId>,
    /// As pledged.
    pub text: Bilingual,
    /// `both`, `police` or `kommun`.
    pub promisor: String,
}

/// A prioritised theme or place of an agreement (fokusområde).
#[derive(Clone, Debug, PartialEq)]
pub struct FocusArea {
    /// Id.
    pub id: FocusAreaId,
    /// The kommun.
    pub municipality: MunicipalityCode,
    /// The agreement that names it.
    pub agreement: AgreementId,
    /// Its place in the agreement's list, from 1.
    pub position: i64,
    /// As written in the agreement, and in English.
    pub title: Bilingual,
    /// What it is about.
    pub description: Bilingual,
    /// Place (with a shape) or theme.
    pub scope: Scope,
    /// Last day of its agreement.
    pub valid_to: Date,
}

/// What a focus area covers.
#[derive(Clone, Debug, PartialEq)]
pub enum Scope {
    /// A report inside the polygon, of any category unless some are listed.
    Place {
        /// WGS 84.
        polygon: geo_types::MultiPolygon<f64>,
        /// Empty means any.
        categories: Bits,
    },
    /// A report of a listed category anywhere in the kommun; an empty list covers none.
    Theme {
        /// The listed categories.
        categories: Bits,
    },
}

impl Scope {
    /// What a report has to be for the area to cover it.
    pub const fn rule(&self) -> LinkingRule {
        match self {
            Self::Place { categories, .. } if categories.is_empty() => LinkingRule { categories: Bits(u64::MAX), place: true },
            Self::Place { categories, .. } => LinkingRule { categories: *categories, place: true },
            Self::Theme { categories } => LinkingRule { categories: *categories, place: false },
        }
    }

    /// The codes as listed in the agreement's data.
    pub fn listed(&self) -> Vec<Category> {
        let (Self::Place { categories, .. } | Self::Theme { categories }) = self;
        Category::ALL.iter().copied().filter(|category| categories.contains(category.index())).collect()
    }

    /// `place` or `theme`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Place { .. } => "place",
            Self::Theme { .. } => "theme",
        }
    }
}

/// **The linking rule** of one area: a report of these categories, inside its polygon where it is a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkingRule {
    /// Categories by index.
    pub categories: Bits,
    /// Whether the report has to lie inside the polygon.
    pub place: bool,
}

impl LinkingRule {
    /// Whether a report is covered; `inside` is asked only where it matters.
    pub fn covers(self, category: usize, inside: impl FnOnce() -> bool) -> bool {
        self.categories.contains(category) && (!self.place || inside())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covers(scope: &Scope, category: Category, inside: bool) -> bool {
        scope.rule().covers(category.index(), || inside)
    }

    fn square() -> geo_types::MultiPolygon<f64> {
        geo_types::MultiPolygon(vec![geo_types::Rect::new((14.0, 56.0), (15.0, 57.0)).to_polygon()])
    }

    #[test]
    fn a_place_without_a_list_covers_any_category_inside_only() {
        let place = Scope::Place { polygon: square(), categories: Bits::default() };
        assert!(covers(&place, Category::Dark, true) && !covers(&place, Category::Dark, false));
    }

    #[test]
    fn a_place_with_a_list_covers_only_those() {
        let place = Scope::Place { polygon: square(), categories: [Category::Dark.index()].into_iter().collect() };
        assert!(covers(&place, Category::Dark, true) && !covers(&place, Category::Speeding, true));
    }

    #[test]
    fn a_theme_covers_its_categories_anywhere_and_nothing_when_it_lists_none() {
        let theme = Scope::Theme { categories: [Category::Speeding.index()].into_iter().collect() };
        assert!(covers(&theme, Category::Speeding, false) && !covers(&theme, Category::Dark, true));
        let silent = Scope::Theme { categories: Bits::default() };
        assert!(Category::ALL.iter().all(|category| !covers(&silent, *category, true)));
    }
}
