//! Clusters of a kommun's reports that lie close together, and how many people are behind each.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::query::Part;
use crate::analysis::clusters::{Cluster, ClusterError, Parameters, dbscan};

/// Most reports that a question may find: some seconds of one core where they lie most unfavourably.
pub const REPORTS_MAX: usize = 500_000;

/// Why there are no clusters.
#[derive(Debug, thiserror::Error)]
pub enum ClustersError {
    /// Too many reports.
    #[error("more than {REPORTS_MAX} reports")]
    TooMany,
    /// Parameters out of bounds.
    #[error(transparent)]
    Clusters(#[from] ClusterError),
}

/// A cluster and its people.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCluster {
    /// Where, and of how many reports.
    pub cluster: Cluster,
    /// Distinct people. A report without a token is never another reporter; where there is no other, it counts one.
    pub reporters: usize,
}

/// The clusters of a question's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterMap {
    /// Those of most people first, then of most reports.
    pub clusters: Vec<FoundCluster>,
    /// Reports that answer and are placed.
    pub total: usize,
    /// Reports that are in no cluster.
    pub noise: usize,
}

impl ClusterMap {
    /// Clusters the reports that answer a question, in the order of their ids: the same on every machine.
    pub fn of(part: &Part, parameters: &Parameters) -> Result<Self, ClustersError> {
        let mut reports: Vec<(uuid::Uuid, [f64; 2], Option<u64>)> = Vec::new();
        part.snapshot.select(&part.filter, |entry| {
            if reports.len() <= REPORTS_MAX {
                reports.push((entry.id, [entry.x, entry.y], entry.reporter()));
            }
        });
        if reports.len() > REPORTS_MAX {
            return Err(ClustersError::TooMany);
        }
        reports.sort_unstable_by_key(|(id, ..)| *id);
        let points: Vec<[f64; 2]> = reports.iter().map(|(_, at, _)| *at).collect();
        let found = dbscan(&points, parameters)?;
        let people: FxHashSet<(u32, u64)> =
            found.labels.iter().zip(&reports).filter_map(|(label, (.., who))| Some(((*label)?, (*who)?))).collect();
        let mut reporters = vec![0; found.clusters.len()];
        for (label, _) in people {
            reporters[label as usize] += 1;
        }
        let noise = found.labels.iter().filter(|label| label.is_none()).count();
        let mut clusters: Vec<FoundCluster> = found
            .clusters
            .into_iter()
            .zip(reporters)
            .map(|(cluster, people): (Cluster, usize)| FoundCluster { cluster, reporters: people.max(1) })
            .collect();
        // Stable: equals keep the order of their first core points.
        clusters.sort_by_key(|found| Reverse((found.reporters, found.cluster.points)));
        Ok(Self { clusters, total: reports.len(), noise })
    }
}
