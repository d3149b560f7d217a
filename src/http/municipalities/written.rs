//! The list of kommuner as it was last written: the outlines are large, change seldom, and anybody may ask for them as often as he likes.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::documents::{self, MunicipalityFeature};
use crate::app::keys::hex;
use crate::app::registry::Registry;

/// A list and its tag.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) body: Bytes,
    pub(super) etag: String,
}

/// A registry, and its lists by what was asked for (active, not active, all).
type Lists = (Weak<Registry>, Vec<(Option<bool>, List)>);

/// The lists of one registry.
#[derive(Debug, Default)]
pub struct Written(Mutex<Lists>);

impl Written {
    /// The list of this registry; written when it is asked for the first time.
    pub(super) fn list(&self, registry: &Arc<Registry>, active: Option<bool>) -> serde_json::Result<List> {
        // Held while writing: everybody else who asks meanwhile would write the same.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !Weak::ptr_eq(&known.0, &Arc::downgrade(registry)) {
            *known = (Arc::downgrade(registry), Vec::new());
        }
        if let Some((_, list)) = known.1.iter().find(|(asked, _)| *asked == active) {
            return Ok(list.clone());
        }
        let shown = registry.kommuner.values().filter(|kommun| active.is_none_or(|active| kommun.municipality.active == active));
        let features: Vec<MunicipalityFeature<'_>> = shown.map(|kommun| documents::municipality(kommun)).collect();
        let body = Bytes::from(serde_json::to_vec(&documents::municipalities(features))?);
        let list = List { etag: hex(&Sha256::digest(&body)[..16]), body };
        known.1.push((active, list.clone()));
        Ok(list)
    }
}
