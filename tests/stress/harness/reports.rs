//! Reports that nobody made, each with an id of its own, as a phone in Växjö would send them.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

/// The kommun the reports lie in.
pub(crate) const KOMMUN: &str = "0780";

/// 64 random bits, others in every run and at every call.
pub(crate) fn random() -> u64 {
    static STATE: OnceLock<RandomState> = OnceLock::new();
    static NEXT: AtomicU64 = AtomicU64::new(0);
    STATE.get_or_init(RandomState::new).hash_one(NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A number between 0 and 1.
pub(crate) fn unit() -> f64 {
    (random() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A random UUID of version 4.
pub(crate) fn id() -> String {
    let bits = u128::from(random()) << 64 | u128::from(random());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
}

/// A new report somewhere in the town.
pub(crate) fn report() -> Value {
    const CATEGORIES: [&str; 6] = ["dark", "lighting_broken", "deserted", "vegetation", "unsafe_crossing", "litter_decay"];
    json!({
        "id": id(),
        "location": {"type": "Point", "coordinates": [14.76 + unit() * 0.09, 56.86 + unit() * 0.04]},
        "feeling": "unsafe",
        "category": CATEGORIES[(random() % 6) as usize],
        "insecurity": random() % 4,
        "note": "Gångvägen är mörk och buskarna skymmer.",
        "reporter": format!("{:016x}{:016x}", random(), random()),
    })
}

/// The id of a report.
pub(crate) fn id_of(report: &Value) -> &str {
    report["id"].as_str().unwrap_or_default()
}
