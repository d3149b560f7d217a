//! The retention plan (*dokumenthanteringsplan*): what is kept, what goes, when, and counted from what. It is data; this reads it and says how far back
//! each rule reaches.

use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::codes::codes;
use super::time;

codes!(
    /// What the plan has a rule for.
    RecordClass {
        /// A report that a moderator has rejected.
        RejectedReport = "rejected_report",
        /// The words of a report, and what could lead to whom.
        ReportWords = "report_words",
        /// The rest of a report.
        Report = "report",
        /// An account that was closed.
        ClosedAccount = "closed_account",
        /// What opens something until a day.
        LinkOrSession = "link_or_session",
        /// Who looked at which reports.
        AccessLog = "access_log",
        /// A public release.
        Release = "release",
        /// The log of every act, without personal data.
        ChangeLog = "change_log",
    }
);

codes!(
    /// What becomes of it.
    Disposal { Keep = "keep", Thin = "thin", Erase = "erase" }
);

/// Longest term, in months: a century.
const LONGEST: u32 = 1_200;

/// What happens to a class, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Of what.
    pub class: RecordClass,
    /// What.
    pub action: Disposal,
    /// How long after its trigger, in months; `None` of what is kept.
    pub months: Option<u32>,
}

/// A rule for every class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(Vec<Rule>);

/// Why a plan does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Not JSON, or not a list of rules.
    #[error("the retention plan does not read: {0}")]
    Unreadable(String),
    /// No such class, action or trigger.
    #[error("the retention plan has an unknown {0}: {1}")]
    Unknown(&'static str, String),
    /// None, or more than one.
    #[error("the retention plan needs exactly one rule for {0}")]
    Rules(RecordClass),
    /// Something this class cannot be.
    #[error("{0} cannot be told to {1}")]
    Action(RecordClass, Disposal),
    /// Missing, too long, or of what is kept.
    #[error("{0} needs a term of 0 to 1200 months, and none where it is kept")]
    Term(RecordClass),
}

/// A rule as it is written. `sv`, `en` and `trigger` are for those who read the plan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    class: String,
    action: String,
    months: Option<u32>,
    trigger: String,
    #[serde(rename = "sv")]
    _sv: String,
    #[serde(rename = "en")]
    _en: String,
}

impl RecordClass {
    /// What its term is counted from.
    pub const fn trigger(self) -> &'static str {
        match self {
            Self::RejectedReport => "decided",
            Self::ReportWords => "closed",
            Self::Report => "received",
            Self::ClosedAccount => "last_seen",
            Self::LinkOrSession => "expired",
            Self::AccessLog | Self::Release | Self::ChangeLog => "made",
        }
    }

    /// What may become of it.
    const fn actions(self) -> &'static [Disposal] {
        match self {
            Self::ReportWords => &[Disposal::Keep, Disposal::Thin],
            Self::RejectedReport | Self::Report | Self::ClosedAccount | Self::AccessLog => &[Disposal::Keep, Disposal::Erase],
            Self::LinkOrSession => &[Disposal::Erase],
            // A release must never change, nor the log of what was done.
            Self::Release | Self::ChangeLog => &[Disposal::Keep],
        }
    }
}

impl Plan {
    /// Reads a plan: JSON, a list of `{class, action, months?, trigger, sv, en}`.
    pub fn read(text: &str) -> Result<Self, PlanFault> {
        let written: Vec<Written> = serde_json::from_str(text).map_err(|error| PlanFault::Unreadable(error.to_string()))?;
        let mut rules: Vec<Rule> = Vec::new();
        for one in written {
            let class = RecordClass::parse(&one.class).ok_or(PlanFault::Unknown("class", one.class))?;
            let action = Disposal::parse(&one.action).ok_or(PlanFault::Unknown("action", one.action))?;
            if one.trigger != class.trigger() {
                return Err(PlanFault::Unknown("trigger", one.trigger));
            }
            if !class.actions().contains(&action) {
                return Err(PlanFault::Action(class, action));
            }
            if (action == Disposal::Keep) != one.months.is_none() || one.months.is_some_and(|months| months > LONGEST) {
                return Err(PlanFault::Term(class));
            }
            rules.push(Rule { class, action, months: one.months });
        }
        for class in RecordClass::ALL {
            if rules.iter().filter(|rule| rule.class == *class).count() != 1 {
                return Err(PlanFault::Rules(*class));
            }
        }
        Ok(Self(rules))
    }

    /// Its rules.
    pub fn rules(&self) -> &[Rule] {
        &self.0
    }

    /// What of a class was triggered before this must go; `None` where it is kept. Months of the Swedish calendar.
    pub fn cutoff(&self, class: RecordClass, now: Timestamp) -> Option<Timestamp> {
        let months = self.0.iter().find(|rule| rule.class == class)?.months?;
        time::zoned(now).checked_sub(i64::from(months).months()).ok().map(|then| then.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = include_str!("../data/retention.json");

    #[test]
    fn the_built_in_plan_reads_and_reaches_as_far_as_it_says() {
        let plan = Plan::read(BUILT_IN).expect("a plan");
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().expect("a time");
        assert_eq!(plan.cutoff(RecordClass::ReportWords, now), "2024-11-24T12:00:00Z".parse().ok());
        // Summer time: the same hour of the day in Sweden.
        assert_eq!(plan.cutoff(RecordClass::RejectedReport, now), "2026-08-24T11:00:00Z".parse().ok());
        assert_eq!(plan.cutoff(RecordClass::LinkOrSession, now), Some(now));
        assert_eq!(plan.cutoff(RecordClass::ChangeLog, now), None);
    }

    #[test]
    fn a_plan_that_does_not_hold_is_refused_with_its_reason() {
        let changed = |from: &str, to: &str| Plan::read(&BUILT_IN.replacen(from, to, 1));
        assert!(matches!(Plan::read("{}"), Err(PlanFault::Unreadable(_))));
        assert_eq!(changed("rejected_report", "nothing"), Err(PlanFault::Unknown("class", "nothing".to_owned())));
        assert_eq!(
            changed("rejected_report\", \"action\": \"erase\", \"months\": 3", "report\", \"action\": \"erase\", \"months\": 3"),
            Err(PlanFault::Unknown("trigger", "decided".to_owned()))
        );
        assert_eq!(changed("\"months\": 24", "\"months\": 1201"), Err(PlanFault::Term(RecordClass::ReportWords)));
        assert_eq!(
            changed("\"action\": \"thin\"", "\"action\": \"erase\""),
            Err(PlanFault::Action(RecordClass::ReportWords, Disposal::Erase))
        );
        assert_eq!(
            changed("\"action\": \"keep\", \"trigger\": \"made\"", "\"action\": \"erase\", \"months\": 1, \"trigger\": \"made\""),
            Err(PlanFault::Action(RecordClass::Release, Disposal::Erase))
        );
        let without =
            BUILT_IN.lines().filter(|line| !line.contains("closed_account") && !line.contains("Stängt")).collect::<Vec<_>>().join("\n");
        assert_eq!(Plan::read(&without), Err(PlanFault::Rules(RecordClass::ClosedAccount)));
    }
}
