//! What planners ask of cells: how many, or a study of one kommun. The same question is answered as GeoJSON, as columns and on map tiles.

use super::change::{ChangeQuestion, Compared};
use super::density::{DensityQuestion, Valued};
use super::features::{Form, Values};
use super::hotspots::{Found, HotspotQuestion};
use super::moran::{Associated, MoranQuestion};
use super::rates::{RateQuestion, Rated};
use super::{COUNTED, Counted, DEFAULT_GRID, hotspots, live_heatmap, only_with};
use crate::analysis::heatmap::Statistic;
use crate::app::population::GRID;
use crate::app::query::{Part, ReportQuery};
use crate::domain::invalid::Fault;
use crate::geo::grid::Grid;
use crate::http::Server;
use crate::http::extract::Parameters;
use crate::http::form::one_of;
use crate::http::problem::{Kind, Problem};

/// What a cell may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Asked {
    Of(Statistic),
    GiStar,
    LocalMoran,
    Rate,
    Density,
    Change,
}

impl Asked {
    /// In the order of the description.
    pub(in crate::http) const ALL: [Self; 7] = [
        Self::Of(Statistic::Count),
        Self::Of(Statistic::Reporters),
        Self::GiStar,
        Self::LocalMoran,
        Self::Rate,
        Self::Density,
        Self::Change,
    ];

    /// The code in the API.
    pub(in crate::http) const fn as_str(self) -> &'static str {
        match self {
            Self::Of(statistic) => statistic.as_str(),
            Self::GiStar => "gi_star",
            Self::LocalMoran => "local_moran",
            Self::Rate => "rate",
            Self::Density => "density",
            Self::Change => "change",
        }
    }

    /// Takes `statistic`.
    pub(in crate::http) fn take(parameters: &mut Parameters) -> Option<Self> {
        parameters.parsed("statistic", |text| one_of(text, &Self::ALL, Self::as_str))
    }
}

/// A question, with all that belongs to its statistic.
#[derive(Clone, Copy, Debug)]
pub(in crate::http) enum LiveQuestion {
    Count(Grid, Statistic),
    GiStar(HotspotQuestion),
    LocalMoran(MoranQuestion),
    Rate(RateQuestion),
    Density(DensityQuestion),
    Change(ChangeQuestion),
}

impl LiveQuestion {
    /// Takes what each statistic is asked with; a fault beside another one. A study is of one kommun.
    pub(in crate::http) fn take(parameters: &mut Parameters, grid: Option<Grid>, statistic: Option<Asked>, query: &ReportQuery) -> Self {
        let statistic = statistic.unwrap_or(Asked::Of(Statistic::Count));
        let grid = grid.unwrap_or(if statistic == Asked::Rate { GRID } else { DEFAULT_GRID });
        let study = !matches!(statistic, Asked::Of(_));
        only_with(parameters, &["of"], study, "statistic=gi_star, local_moran, rate, density, change");
        let of = parameters.parsed("of", |text| one_of(text, &COUNTED, Statistic::as_str)).unwrap_or(Statistic::Reporters);
        let rings = hotspots::rings(parameters, matches!(statistic, Asked::GiStar | Asked::LocalMoran | Asked::Rate));
        let hotspots = HotspotQuestion::take(parameters, grid, of, rings, statistic == Asked::GiStar);
        let rate = RateQuestion::take(parameters, grid, of, rings, statistic == Asked::Rate);
        let density = DensityQuestion::take(parameters, grid, of, statistic == Asked::Density);
        let change = ChangeQuestion::take(parameters, grid, of, query, statistic == Asked::Change);
        if study && query.municipality.is_none() {
            parameters.fault("municipality", Fault::Missing);
        }
        match statistic {
            Asked::Of(counted) => Self::Count(grid, counted),
            Asked::GiStar => Self::GiStar(hotspots),
            Asked::LocalMoran => Self::LocalMoran(MoranQuestion { grid, of, rings }),
            Asked::Rate => Self::Rate(rate),
            Asked::Density => Self::Density(density),
            Asked::Change => Self::Change(change),
        }
    }

    /// Takes what only a FeatureCollection can answer: bands are no cells, and a study's area is the kommun's, not the screen's.
    pub(super) fn of_collection(mut self, parameters: &mut Parameters, view: Option<[f64; 4]>) -> Self {
        let bands = DensityQuestion::bands(parameters, matches!(self, Self::Density(_)));
        if let Self::Density(density) = &mut self {
            density.bands = bands;
        }
        if view.is_some() && !matches!(self, Self::Count(..)) {
            parameters.fault("view", Fault::Conflicts(self.statistic().as_str()));
        }
        self
    }

    fn statistic(self) -> Asked {
        match self {
            Self::Count(_, statistic) => Asked::Of(statistic),
            Self::GiStar(_) => Asked::GiStar,
            Self::LocalMoran(_) => Asked::LocalMoran,
            Self::Rate(_) => Asked::Rate,
            Self::Density(_) => Asked::Density,
            Self::Change(_) => Asked::Change,
        }
    }

    /// Its grid.
    pub(in crate::http) const fn grid(self) -> Grid {
        match self {
            Self::Count(grid, _) => grid,
            Self::GiStar(question) => question.grid,
            Self::LocalMoran(question) => question.grid,
            Self::Rate(_) => GRID,
            Self::Density(question) => question.grid,
            Self::Change(question) => question.grid,
        }
    }

    /// What is said of a cell beside its id: properties and what they hold.
    pub(in crate::http) const fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Count(..) => Counted::FIELDS,
            Self::GiStar(_) => Found::FIELDS,
            Self::LocalMoran(_) => Associated::FIELDS,
            Self::Rate(_) => Rated::FIELDS,
            Self::Density(_) => Valued::FIELDS,
            Self::Change(_) => Compared::FIELDS,
        }
    }

    /// The form that answers: bands are GeoJSON alone.
    pub(super) const fn form(self, wanted: Form) -> Form {
        match self {
            Self::Density(density) if density.is_bands() => Form::GeoJson,
            _ => wanted,
        }
    }

    /// The answer, from what the kommuner have; of counts, with a view, only the cells that meet it. `name` names the question and the
    /// versions that answer it.
    pub(in crate::http) fn written(
        self,
        form: Form,
        server: &Server,
        name: &str,
        parts: &[Part],
        view: Option<[f64; 4]>,
    ) -> Result<Vec<u8>, Problem> {
        let pieces = &server.pieces;
        match self {
            Self::Count(grid, statistic) => live_heatmap(form, pieces, parts, grid, statistic, view),
            Self::GiStar(question) => {
                let part = only(parts)?;
                question.written(form, pieces, part, &question.known(&server.studies, name, part)?)
            }
            Self::LocalMoran(question) => question.written(form, pieces, only(parts)?),
            Self::Rate(question) => question.written(form, pieces, only(parts)?),
            Self::Density(question) => question.written(form, pieces, only(parts)?),
            Self::Change(question) => question.written(form, pieces, only(parts)?),
        }
    }
}

/// The one kommun that a study is of.
pub(super) fn only(parts: &[Part]) -> Result<&Part, Problem> {
    parts.first().ok_or_else(|| Problem::new(Kind::Internal))
}
