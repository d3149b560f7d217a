//! Photos that come with a report: how many, how large, and what a moderator may do with one.

use jiff::SignedDuration;

use super::codes::codes;
use super::invalid::{Fault, FieldFault};

/// Most photos of one report.
pub const PHOTOS_MAX: i64 = 5;
/// Largest file that is taken.
pub const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Most pixels of a file that is taken. The web app makes larger ones smaller before it sends them.
pub const PIXELS_MAX: u64 = 30_000_000;
/// Longest edge of a file that is taken.
pub const EDGE_MAX: u32 = 16_384;
/// Longest edge of what is kept.
pub const EDGE: u32 = 1_600;
/// Longest edge of the small one.
pub const THUMBNAIL_EDGE: u32 = 320;
/// How long after a report its photos may come.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(72);
/// Most areas hidden at a time.
pub const HIDDEN_MAX: usize = 50;

codes!(
    /// What is to be done with a photo.
    PhotoState {
        /// Its file is being written.
        Storing = "storing",
        /// Nobody has looked at it.
        Waiting = "waiting",
        /// A moderator lets everybody see it, where the report is seen.
        Shown = "shown",
        /// A moderator does not.
        Rejected = "rejected",
    }
);

/// A part of a picture that nobody is to see: whole pixels from the upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// From the left.
    pub x: u32,
    /// From above.
    pub y: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// What a moderator says of a photo.
#[derive(Clone, Debug)]
pub struct PhotoDecision {
    /// `waiting`, `shown` or `rejected`.
    pub state: PhotoState,
    /// What is hidden for good, faces and plates.
    pub hidden: Vec<Hidden>,
}

impl PhotoDecision {
    /// What of it does not fit a picture of this size.
    pub fn faults(&self, width: u32, height: u32) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        if self.state == PhotoState::Storing {
            faults.push(FieldFault::at("/state", Fault::NotAllowed(vec!["waiting", "shown", "rejected"])));
        }
        for (at, part) in self.hidden.iter().enumerate() {
            let fits = |from: u32, length: u32, whole: u32| length > 0 && from.checked_add(length).is_some_and(|end| end <= whole);
            if !fits(part.x, part.width, width) || !fits(part.y, part.height, height) {
                faults.push(FieldFault::at(format!("/hidden/{at}"), Fault::OutsidePicture(width, height)));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_lies_inside_the_picture() {
        let fits = |x, y, width, height| {
            let hidden = vec![Hidden { x, y, width, height }];
            PhotoDecision { state: PhotoState::Shown, hidden }.faults(100, 50).is_empty()
        };
        assert!(fits(0, 0, 100, 50) && fits(99, 49, 1, 1));
        assert!(!fits(0, 0, 101, 1) && !fits(99, 0, 2, 1) && !fits(0, 0, 0, 1) && !fits(u32::MAX, 0, 2, 1) && !fits(0, 49, 1, 2));
        assert!(!PhotoDecision { state: PhotoState::Storing, hidden: Vec::new() }.faults(1, 1).is_empty());
    }
}
