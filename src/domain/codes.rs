//! The fixed vocabulary: each code is an English word in data, with its Swedish and English label in the web's catalogue.
//!
//! Categories, groups, light classes, time bands, travel modes, perspectives and states are contracts; adding one is a migration.

/// Declares an enum whose variants are known by a stable code in data and by a small index in memory.
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as written in data and in the API.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value of a code; `None` when nothing is called that.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// Position in [`Self::ALL`].
            pub const fn index(self) -> usize { self as usize }

            /// The value at a position in [`Self::ALL`].
            pub fn from_index(index: usize) -> Option<Self> { Self::ALL.get(index).copied() }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

pub(super) use codes;

codes!(
    /// What kind of thing a report is about; the first level a resident chooses.
    Group {
        Light = "light", Sight = "sight", Life = "life", Disorder = "disorder", Damage = "damage", Care = "care",
        Property = "property", TrafficSpeed = "traffic_speed", TrafficCrossing = "traffic_crossing",
        TrafficPath = "traffic_path", Other = "other",
        /// The one group of good places; goes with [`Feeling::Safe`] and only with it.
        Safe = "safe",
    }
);

codes!(
    /// The second level: what exactly.
    Category {
        Dark = "dark", LightingBroken = "lighting_broken",
        Hidden = "hidden", Trapped = "trapped", Vegetation = "vegetation",
        Deserted = "deserted",
        DisorderGathering = "disorder_gathering", HarassmentPlace = "harassment_place", AlcoholDrugsPlace = "alcohol_drugs_place",
        DamageGraffiti = "damage_graffiti",
        LitterDecay = "litter_decay",
        BurglaryWorry = "burglary_worry",
        Speeding = "speeding", HeavyTraffic = "heavy_traffic", MotorYouth = "motor_youth",
        UnsafeCrossing = "unsafe_crossing", SightBlocked = "sight_blocked", JunctionTurning = "junction_turning",
        CrossingRail = "crossing_rail", DropoffChaosSchool = "dropoff_chaos_school",
        NoFootwayCycleway = "no_footway_cycleway", SharedPathConflict = "shared_path_conflict", SurfaceIceHole = "surface_ice_hole",
        KerbParking = "kerb_parking", Roadworks = "roadworks", LightingRoad = "lighting_road", SignMissing = "sign_missing",
        NearMiss = "near_miss", CrashSelfreport = "crash_selfreport",
        OtherUnsafe = "other_unsafe",
        Lively = "lively", WellLit = "well_lit", GoodView = "good_view", FriendlyStaff = "friendly_staff", GoodPath = "good_path",
        Favourite = "favourite", GoodExample = "good_example",
    }
);

codes!(
    /// How the place feels.
    Feeling { Unsafe = "unsafe", Safe = "safe" }
);

codes!(
    /// How much of a report's place may ever be shown once a moderator has released it.
    PublicationClass {
        /// The place itself: a broken lamp, a crossing.
        Point = "point",
        /// Only the square it lies in.
        Cell = "cell",
        /// Only inside a release.
        Aggregate = "aggregate",
    }
);

codes!(
    /// Whom something located is for; who reads which class stands in [`super::permission`].
    Secrecy {
        /// Everybody who works here, guests too.
        Public = "public",
        /// The parties of the agreement: kommun and police. What residents send.
        Partners = "partners",
        /// The kommun alone.
        Kommun = "kommun",
        /// The police alone.
        Police = "police",
        /// A few: coordinators and kommunpoliser.
        Restricted = "restricted",
    }
);

codes!(
    /// Daylight at the place and moment, by the sun's height.
    Light { Day = "day", Twilight = "twilight", Dark = "dark", Unknown = "unknown" }
);

codes!(
    /// Part of the day, local time (Europe/Stockholm).
    TimeBand { Morning = "morning", Day = "day", Afternoon = "afternoon", Evening = "evening", Night = "night" }
);

codes!(
    /// How the person travelled; aligned to Strada's traffic elements.
    TravelMode {
        Walking = "walking", Wheelchair = "wheelchair", Bicycle = "bicycle", EBicycle = "e_bicycle", EScooter = "e_scooter",
        Moped = "moped", ATractor = "a_tractor", Motorcycle = "motorcycle", Car = "car", Truck = "truck", Bus = "bus",
        Tram = "tram", Skateboard = "skateboard", Snowmobile = "snowmobile", Horse = "horse", Other = "other",
    }
);

codes!(
    /// Whom one answers as; chosen freely for this one report.
    Perspective {
        Woman = "woman", Man = "man", OtherGender = "other_gender", Child = "child_7_12", Youth = "youth_13_19",
        Age65Plus = "age_65_plus", WheelchairOrWalker = "wheelchair_or_walker", LowVision = "low_vision",
        HardOfHearing = "hard_of_hearing", Cognitive = "cognitive", Stroller = "stroller", Cyclist = "cyclist",
        NightWorker = "night_worker", Visitor = "visitor", NewInSweden = "new_in_sweden",
    }
);

codes!(
    /// Whether one stays away because of how it feels (the wording of regional public-health surveys).
    Avoids { No = "no", Sometimes = "sometimes", Often = "often" }
);

codes!(
    /// Where a report is in its life; the first four are *open*.
    Status {
        Received = "received", Acknowledged = "acknowledged", Planned = "planned", InProgress = "in_progress",
        Done = "done", Declined = "declined", Forwarded = "forwarded", Duplicate = "duplicate",
    }
);

codes!(
    /// Why a report was closed; a closed list, shown to the reporter.
    CloseReason {
        Fixed = "fixed", NotOurs = "not_ours", Budget = "budget", Regulation = "regulation", AlreadyDone = "already_done",
        NotFoundOnSite = "not_found_on_site", SentOn = "sent_on", SameAsOther = "same_as_other",
    }
);

impl Category {
    /// The group a category belongs to.
    pub const fn group(self) -> Group {
        use Category as C;
        match self {
            C::Dark | C::LightingBroken => Group::Light,
            C::Hidden | C::Trapped | C::Vegetation => Group::Sight,
            C::Deserted => Group::Life,
            C::DisorderGathering | C::HarassmentPlace | C::AlcoholDrugsPlace => Group::Disorder,
            C::DamageGraffiti => Group::Damage,
            C::LitterDecay => Group::Care,
            C::BurglaryWorry => Group::Property,
            C::Speeding | C::HeavyTraffic | C::MotorYouth => Group::TrafficSpeed,
            C::UnsafeCrossing | C::SightBlocked | C::JunctionTurning | C::CrossingRail | C::DropoffChaosSchool => Group::TrafficCrossing,
            C::NoFootwayCycleway
            | C::SharedPathConflict
            | C::SurfaceIceHole
            | C::KerbParking
            | C::Roadworks
            | C::LightingRoad
            | C::SignMissing
            | C::NearMiss
            | C::CrashSelfreport => Group::TrafficPath,
            C::OtherUnsafe => Group::Other,
            C::Lively | C::WellLit | C::GoodView | C::FriendlyStaff | C::GoodPath | C::Favourite | C::GoodExample => Group::Safe,
        }
    }

    /// How much of the place may ever become public.
    pub const fn publication_class(self) -> PublicationClass {
        use Category as C;
        match self {
            C::LightingBroken
            | C::Vegetation
            | C::DamageGraffiti
            | C::LitterDecay
            | C::UnsafeCrossing
            | C::SightBlocked
            | C::JunctionTurning
            | C::CrossingRail
            | C::NoFootwayCycleway
            | C::SharedPathConflict
            | C::SurfaceIceHole
            | C::KerbParking
            | C::Roadworks
            | C::LightingRoad
            | C::SignMissing
            | C::WellLit
            | C::GoodView
            | C::GoodPath
            | C::GoodExample => PublicationClass::Point,
            C::Dark
            | C::Hidden
            | C::Trapped
            | C::Deserted
            | C::Speeding
            | C::HeavyTraffic
            | C::MotorYouth
            | C::DropoffChaosSchool
            | C::NearMiss
            | C::OtherUnsafe
            | C::Lively
            | C::FriendlyStaff
            | C::Favourite => PublicationClass::Cell,
            C::DisorderGathering | C::HarassmentPlace | C::AlcoholDrugsPlace | C::BurglaryWorry | C::CrashSelfreport => {
                PublicationClass::Aggregate
            }
        }
    }

    /// The feeling a category goes with: good places are safe, everything else unsafe.
    pub const fn feeling(self) -> Feeling {
        if matches!(self.group(), Group::Safe) { Feeling::Safe } else { Feeling::Unsafe }
    }
}

impl Group {
    /// The categories of a group, in the order of the contract.
    pub fn categories(self) -> impl Iterator<Item = Category> {
        Category::ALL.iter().copied().filter(move |category| category.group() == self)
    }
}

impl Status {
    /// Open means that somebody still has something to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::Acknowledged | Self::Planned | Self::InProgress)
    }

    /// The states that may follow this one; a closed report may be taken up again.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Received => {
                &[Self::Acknowledged, Self::Planned, Self::InProgress, Self::Done, Self::Declined, Self::Forwarded, Self::Duplicate]
            }
            Self::Acknowledged => &[Self::Planned, Self::InProgress, Self::Done, Self::Declined, Self::Forwarded, Self::Duplicate],
            Self::Planned => &[Self::InProgress, Self::Done, Self::Declined, Self::Forwarded, Self::Duplicate],
            Self::InProgress => &[Self::Planned, Self::Done, Self::Declined, Self::Forwarded, Self::Duplicate],
            Self::Done | Self::Declined | Self::Forwarded | Self::Duplicate => &[Self::Acknowledged],
        }
    }

    /// The reasons one may give for arriving in this state; empty when the state needs none.
    pub const fn reasons(self) -> &'static [CloseReason] {
        match self {
            Self::Done => &[CloseReason::Fixed, CloseReason::AlreadyDone],
            Self::Declined => &[CloseReason::NotOurs, CloseReason::Budget, CloseReason::Regulation, CloseReason::NotFoundOnSite],
            Self::Forwarded => &[CloseReason::NotOurs, CloseReason::SentOn],
            Self::Duplicate => &[CloseReason::SameAsOther],
            Self::Received | Self::Acknowledged | Self::Planned | Self::InProgress => &[],
        }
    }
}

/// A small set of codes, one bit each (every vocabulary here has fewer than 64 words).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bits(pub u64);

impl Bits {
    /// Adds the code with this index.
    pub fn insert(&mut self, index: usize) {
        self.0 |= 1 << (index & 63);
    }

    /// Whether the code with this index is in the set.
    pub const fn contains(self, index: usize) -> bool {
        self.0 >> (index & 63) & 1 == 1
    }

    /// Whether nothing is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        let mut bits = Self::default();
        for index in indices {
            bits.insert(index);
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_its_group_and_every_group_its_categories() {
        let total: usize = Group::ALL.iter().map(|group| group.categories().count()).sum();
        assert_eq!(total, Category::ALL.len());
        assert_eq!(Group::ALL.len(), 12);
        assert!(Group::ALL.iter().all(|group| group.categories().next().is_some()));
    }

    #[test]
    fn codes_round_trip() {
        assert!(Category::ALL.iter().all(|c| Category::parse(c.as_str()) == Some(*c) && Category::from_index(c.index()) == Some(*c)));
        assert_eq!(Category::parse("Dark"), None);
    }

    #[test]
    fn every_close_has_a_reason_and_no_open_state_asks_for_one() {
        assert!(Status::ALL.iter().all(|status| status.is_open() == status.reasons().is_empty()));
    }

    #[test]
    fn no_state_is_a_dead_end_and_none_follows_itself() {
        assert!(Status::ALL.iter().all(|status| !status.next().is_empty() && !status.next().contains(status)));
    }
}
