//! The collections there are. A new one is a variant here, a file for its features, and its two lines in `ogc.rs`.

use super::links::Here;
use crate::domain::actor::Actor;
use crate::domain::permission::Act;
use crate::http::problem::{Kind, Problem};

/// A collection of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    FocusAreas,
    Heatmap,
    Reports,
}

impl Collection {
    const ALL: [Self; 3] = [Self::FocusAreas, Self::Heatmap, Self::Reports];

    /// Those that somebody may see.
    pub(super) fn all(actor: &Actor) -> impl Iterator<Item = Self> {
        let planner = actor.may_somewhere(Act::Export);
        Self::ALL.into_iter().filter(move |collection| planner || *collection != Self::Reports)
    }

    /// The one with a name; for those who may not see it there is none.
    pub(super) fn find(name: &str, actor: &Actor) -> Result<Self, Problem> {
        Self::all(actor).find(|collection| collection.id() == name).ok_or_else(|| Problem::new(Kind::NotFound))
    }

    /// Its name in addresses.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::FocusAreas => "focus-areas",
            Self::Heatmap => "heatmap",
            Self::Reports => "reports",
        }
    }

    /// Its name for people.
    pub(super) const fn title(self, here: &Here) -> &'static str {
        match self {
            Self::FocusAreas => here.says("Fokusområden", "Focus areas"),
            Self::Heatmap => here.says("Värmekarta", "Heatmap"),
            Self::Reports => here.says("Rapporter", "Reports"),
        }
    }

    /// What its features are.
    pub(super) const fn description(self, here: &Here) -> &'static str {
        match self {
            Self::FocusAreas => here.says(
                "Platser och teman som kommun och polis har enats om. Ett tema saknar geometri.",
                "Places and themes that a municipality and the police agree on. A theme has no geometry.",
            ),
            Self::Heatmap => here.says(
                "Antal rapporter per ruta. Öppet: den frysta kvartalsutgåvan. Med behörighet: nu, med alla filter.",
                "Reports per cell. For everybody: the frozen quarterly release. With the right: now, under every filter.",
            ),
            Self::Reports => here.says(
                "Rapporter om otrygga och trygga platser, där de gjordes. Utan fritext.",
                "Reports of unsafe and safe places, where they were made. Without free text.",
            ),
        }
    }
}
