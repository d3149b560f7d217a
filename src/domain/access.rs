//! Looking at single reports: what is noted of it, and how much is more than anybody's work asks for.

use jiff::SignedDuration;

use super::codes::codes;

codes!(
    /// How somebody looked.
    Look {
        /// One report, with its words and its exact place.
        Report = "report",
        /// A page of a list.
        List = "list",
        /// The moderators' queue.
        Queue = "queue",
        /// A file taken home.
        Export = "export",
        /// Exact places by a GIS program or as tiles; noted once an hour.
        Places = "places",
    }
);

/// So many looks of one person within [`WINDOW`] are more than anybody's work asks for.
pub const MANY: i64 = 200;
/// The time in which looks are counted.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(1);
