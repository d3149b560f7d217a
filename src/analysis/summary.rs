//! The numbers beside the map: how many, from how many people, and how they spread over time, kind and place.

use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

use crate::domain::codes::{Category, Light, Perspective, Status, TimeBand, TravelMode};
use crate::geo::filter::{AreaCondition, Filter};
use crate::geo::index::{Entry, Snapshot, UNKNOWN};

/// Tallies of the reports that answer a filter; vectors are by code index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Reports on the map.
    pub total: u64,
    /// Distinct reporters among them, at least one if there is a report; one without a token is never another reporter.
    pub reporters: u64,
    /// Reports that wait for a place.
    pub unplaced: u64,
    /// By local hour, where the moment is known.
    pub hour: [u64; 24],
    /// Monday first.
    pub weekday: [u64; 7],
    /// By local hour of the week, 24 to a day from Monday on, where the moment is known.
    pub hour_of_week: [u64; 168],
    /// By local `YYYY-MM`, without gaps.
    pub month: BTreeMap<(i16, u8), u64>,
    /// By category.
    pub category: Vec<u64>,
    /// By light.
    pub light: Vec<u64>,
    /// By status.
    pub status: Vec<u64>,
    /// By time band, where known.
    pub time_band: Vec<u64>,
    /// By travel mode, where told.
    pub travel_mode: Vec<u64>,
    /// By perspective; one report may count under several.
    pub perspective: Vec<u64>,
    /// By the kommun's source number.
    pub source: Vec<u64>,
    /// By area, in the order given.
    pub areas: Vec<u64>,
}

/// Tallies everything that answers the filter; `areas` are counted each by its own condition.
pub fn summary(index: &Snapshot, filter: &Filter, areas: &[AreaCondition]) -> Summary {
    let mut sum = Summary {
        total: 0,
        reporters: 0,
        unplaced: 0,
        hour: [0; 24],
        weekday: [0; 7],
        hour_of_week: [0; 168],
        month: BTreeMap::new(),
        category: vec![0; Category::ALL.len()],
        light: vec![0; Light::ALL.len()],
        status: vec![0; Status::ALL.len()],
        time_band: vec![0; TimeBand::ALL.len()],
        travel_mode: vec![0; TravelMode::ALL.len()],
        perspective: vec![0; Perspective::ALL.len()],
        source: Vec::new(),
        areas: vec![0; areas.len()],
    };
    let mut people = FxHashSet::default();
    index.select(filter, |entry| {
        sum.add(entry, areas);
        people.extend(entry.reporter());
    });
    sum.reporters = (people.len() as u64).max(u64::from(sum.total > 0));
    index.select_unplaced(filter, |_| sum.unplaced += 1);
    sum.fill_months();
    sum
}

impl Summary {
    fn add(&mut self, entry: &Entry, areas: &[AreaCondition]) {
        self.total += 1;
        let tally = |counts: &mut [u64], value: u8| {
            if value != UNKNOWN
                && let Some(count) = counts.get_mut(usize::from(value))
            {
                *count += 1;
            }
        };
        tally(&mut self.hour, entry.hour);
        tally(&mut self.weekday, entry.weekday.wrapping_sub(1));
        if entry.hour != UNKNOWN && (1..=7).contains(&entry.weekday) {
            tally(&mut self.hour_of_week, (entry.weekday - 1) * 24 + entry.hour);
        }
        tally(&mut self.category, entry.category);
        tally(&mut self.light, entry.light);
        tally(&mut self.status, entry.status);
        tally(&mut self.time_band, entry.time_band);
        tally(&mut self.travel_mode, entry.travel_mode);
        let source = usize::from(entry.source);
        if self.source.len() <= source {
            self.source.resize(source + 1, 0);
        }
        self.source[source] += 1;
        for (perspective, count) in self.perspective.iter_mut().enumerate() {
            *count += u64::from(entry.perspectives >> perspective & 1);
        }
        for (area, count) in areas.iter().zip(&mut self.areas) {
            *count += u64::from(area.covers(entry));
        }
        *self.month.entry((entry.year, entry.month)).or_default() += 1;
    }

    /// A histogram with holes lies: months without reports are zeros.
    fn fill_months(&mut self) {
        let (Some((&first, _)), Some((&last, _))) = (self.month.first_key_value(), self.month.last_key_value()) else { return };
        let mut at = first;
        // A stray ancient time must not make a histogram of a thousand bars.
        for _ in 0..600 {
            if at >= last {
                break;
            }
            self.month.entry(at).or_default();
            at = if at.1 == 12 { (at.0 + 1, 1) } else { (at.0, at.1 + 1) };
        }
    }
}
