//! What a moderator decides: what of a report is counted, what is seen, and why not.
//!
//! Nothing of a report is public before somebody has looked at it (rule P6). A decision says how far it goes: counted in the next release
//! only, or shown in the geometry of its publication class as well, with the words the moderator has approved or without any.

use jiff::Timestamp;

use super::codes::{PublicationClass, Secrecy, codes};
use super::invalid::{Fault, FieldFault};

codes!(
    /// Where a report stands with the moderators.
    Moderation {
        /// Nobody has looked yet.
        Waiting = "waiting",
        /// Kept out of every count until somebody has looked: by the brake, or for a second opinion.
        Held = "held",
        /// Counted in the next release; never seen by itself.
        Counted = "counted",
        /// Counted, and seen as its publication class allows.
        Shown = "shown",
        /// Not counted anywhere, and not seen.
        Rejected = "rejected",
    }
);

codes!(
    /// Why a report is held or rejected.
    ModerationReason {
        /// Many reports of one place in a short time.
        Burst = "burst",
        /// The same words as others.
        LookAlike = "look_alike",
        /// One address is pointed at again and again.
        PointedAt = "pointed_at",
        /// A colleague should look too.
        SecondOpinion = "second_opinion",
        /// Advertising, or sent by a machine.
        Spam = "spam",
        /// Written to try the form.
        Test = "test",
        /// Threats, hatred, insults.
        Abusive = "abusive",
        /// About somebody, not about a place.
        AboutAPerson = "about_a_person",
        /// Has nothing to do with how safe a place feels.
        NotAboutSafety = "not_about_safety",
    }
);

impl Moderation {
    /// Whether it is counted in a release.
    pub const fn is_counted(self) -> bool {
        matches!(self, Self::Counted | Self::Shown)
    }

    /// Whether planners count and list it.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::Held | Self::Rejected)
    }

    /// The reasons a moderator may give; one is needed where there are any.
    pub const fn reasons(self) -> &'static [ModerationReason] {
        use ModerationReason as R;
        match self {
            Self::Held => &[R::SecondOpinion, R::Burst, R::LookAlike, R::PointedAt],
            Self::Rejected => &[R::Spam, R::Test, R::Abusive, R::AboutAPerson, R::NotAboutSafety],
            Self::Waiting | Self::Counted | Self::Shown => &[],
        }
    }
}

/// What the moderators have made of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Where it stands.
    pub state: Moderation,
    /// Why, where there is a reason.
    pub reason: Option<ModerationReason>,
    /// When it was decided.
    pub at: Option<Timestamp>,
    /// The words everybody may read.
    pub words: Option<String>,
    /// Whether its place or square may be seen while it is shown.
    pub opened: bool,
    /// The release that counted it, such as `2026-Q3`.
    pub released_in: Option<String>,
}

impl Review {
    /// Of a report that has just come, in a state that nobody has decided.
    pub const fn new(state: Moderation, reason: Option<ModerationReason>) -> Self {
        Self { state, reason, at: None, words: None, opened: false, released_in: None }
    }

    /// Whether everybody may see it, as far as its place goes.
    pub fn is_public(&self, secrecy: Secrecy) -> bool {
        self.state == Moderation::Shown && self.opened && is_public_matter(secrecy)
    }
}

/// A decision on a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Where it stands from now on.
    pub state: Moderation,
    /// Why, where a reason is needed.
    pub reason: Option<ModerationReason>,
    /// The words everybody may read, of a report that is shown.
    pub words: Option<String>,
}

impl Decision {
    /// What is wrong with it.
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let reasons = self.state.reasons();
        if !self.reason.map_or(reasons.is_empty(), |reason| reasons.contains(&reason)) {
            faults.push(FieldFault::at("/reason", Fault::ReasonNeeded(reasons.iter().map(|reason| reason.as_str()).collect())));
        }
        if self.words.is_some() && self.state != Moderation::Shown {
            faults.push(FieldFault::at("/words", Fault::Needs("state")));
        }
        faults
    }
}

/// Whether a report is seen by itself as soon as a moderator shows it: only where its place is a thing. The square of a `cell` opens with a
/// release, when enough people have told of it; an `aggregate` is only ever counted.
pub fn opens_at_once(class: PublicationClass) -> bool {
    class == PublicationClass::Point
}

/// The classes of which anything becomes public.
pub const fn is_public_matter(secrecy: Secrecy) -> bool {
    matches!(secrecy, Secrecy::Public | Secrecy::Partners)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(state: Moderation, reason: Option<ModerationReason>, words: Option<&str>) -> Vec<String> {
        let faults = Decision { state, reason, words: words.map(str::to_owned) }.faults();
        faults.into_iter().map(|fault| fault.pointer).collect()
    }

    #[test]
    fn a_refusal_has_a_reason_and_only_what_is_shown_has_words() {
        assert!(decision(Moderation::Shown, None, Some("Lampan blinkar.")).is_empty());
        assert!(decision(Moderation::Rejected, Some(ModerationReason::Spam), None).is_empty());
        assert_eq!(decision(Moderation::Rejected, None, None), ["/reason"]);
        assert_eq!(decision(Moderation::Rejected, Some(ModerationReason::Burst), None), ["/reason"]);
        assert_eq!(decision(Moderation::Counted, Some(ModerationReason::Spam), Some("x")), ["/reason", "/words"]);
    }

    #[test]
    fn nothing_is_public_but_what_is_shown_opened_and_of_an_open_class() {
        for state in Moderation::ALL {
            for opened in [false, true] {
                for secrecy in Secrecy::ALL {
                    let review = Review { opened, ..Review::new(*state, None) };
                    let open = matches!(secrecy, Secrecy::Public | Secrecy::Partners);
                    assert_eq!(review.is_public(*secrecy), *state == Moderation::Shown && opened && open);
                }
            }
        }
    }
}
