//! Time as people live it: local hours, weekdays and parts of the day in Sweden; instants are UTC microseconds in storage.

use std::sync::LazyLock;

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};

use super::codes::{Bits, TimeBand};

/// The one source of "now"; tests bring their own.
pub trait Clock: Send + Sync + 'static {
    /// The current instant.
    fn now(&self) -> Timestamp;
}

static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| {
    // The database is bundled, so the name is always there; UTC keeps hours meaningful if a build ever leaves it out.
    TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC)
});

/// Hour, weekday and month in Sweden, as filters and histograms use them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// 0–23.
    pub hour: u8,
    /// Monday 1 … Sunday 7.
    pub weekday: u8,
    /// 1–12.
    pub month: u8,
    /// Calendar year.
    pub year: i16,
    /// Day of the month.
    pub day: u8,
}

/// The local calendar of an instant.
pub fn local(at: Timestamp) -> LocalTime {
    let zoned = at.to_zoned(STOCKHOLM.clone());
    LocalTime {
        hour: zoned.hour() as u8,
        weekday: zoned.weekday().to_monday_one_offset() as u8,
        month: zoned.month() as u8,
        year: zoned.year(),
        day: zoned.day() as u8,
    }
}

/// An instant with its Swedish calendar.
pub fn zoned(at: Timestamp) -> Zoned {
    at.to_zoned(STOCKHOLM.clone())
}

/// The instant when a local day begins.
pub fn start_of_day(date: civil::Date) -> Option<Timestamp> {
    date.to_zoned(STOCKHOLM.clone()).ok().map(|zoned| zoned.timestamp())
}

/// The instant of a local wall-clock hour on a date.
pub fn at_hour(date: civil::Date, hour: i8) -> Option<Timestamp> {
    date.at(hour, 0, 0, 0).to_zoned(STOCKHOLM.clone()).ok().map(|zoned| zoned.timestamp())
}

/// The local date of an instant.
pub fn local_date(at: Timestamp) -> civil::Date {
    at.to_zoned(STOCKHOLM.clone()).date()
}

/// How many local days a span (microseconds UTC, half-open) has of some weekdays (Monday 1 … Sunday 7) and months (1–12); of a day that it
/// has a part of, that part. 0 where it ends before it begins or leaves the calendar.
pub fn days_of(span: (i64, i64), weekdays: Option<Bits>, months: Option<Bits>) -> f64 {
    let (Ok(from), Ok(to)) = (Timestamp::from_microsecond(span.0), Timestamp::from_microsecond(span.1)) else { return 0.0 };
    let mut days = 0.0;
    let mut date = local_date(from);
    let Some(mut begins) = start_of_day(date) else { return days };
    while begins < to
        && let Ok(next) = date.tomorrow()
        && let Some(ends) = start_of_day(next)
    {
        let wanted = |bits: Option<Bits>, value: i8| bits.is_none_or(|bits| bits.contains(value as usize));
        if wanted(weekdays, date.weekday().to_monday_one_offset()) && wanted(months, date.month()) {
            let inside = ends.min(to).as_microsecond() - begins.max(from).as_microsecond();
            days += inside as f64 / (ends.as_microsecond() - begins.as_microsecond()) as f64;
        }
        (date, begins) = (next, ends);
    }
    days
}

/// The whole local days that a span (microseconds UTC, both ends in) meets, half-open.
pub fn whole_days((first, last): (i64, i64)) -> Option<(i64, i64)> {
    let day = |at: i64| Timestamp::from_microsecond(at).ok().map(local_date);
    let (from, to) = (start_of_day(day(first)?)?, start_of_day(day(last)?.tomorrow().ok()?)?);
    Some((from.as_microsecond(), to.as_microsecond()))
}

impl TimeBand {
    /// The part of the day an hour lies in.
    pub const fn of_hour(hour: u8) -> Self {
        match hour {
            5..=8 => Self::Morning,
            9..=14 => Self::Day,
            15..=17 => Self::Afternoon,
            18..=21 => Self::Evening,
            _ => Self::Night,
        }
    }

    /// An hour in the middle of the band, for the light at an unknown minute; night is taken at 01.
    pub const fn middle_hour(self) -> i8 {
        match self {
            Self::Morning => 7,
            Self::Day => 12,
            Self::Afternoon => 16,
            Self::Evening => 20,
            Self::Night => 1,
        }
    }

    /// First and last hour of the band; the night wraps.
    pub const fn hours(self) -> &'static [u8] {
        match self {
            Self::Morning => &[5, 6, 7, 8],
            Self::Day => &[9, 10, 11, 12, 13, 14],
            Self::Afternoon => &[15, 16, 17],
            Self::Evening => &[18, 19, 20, 21],
            Self::Night => &[22, 23, 0, 1, 2, 3, 4],
        }
    }
}

/// A calendar quarter, local time: the unit of a public release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i16,
    /// 1–4.
    quarter: u8,
}

impl Quarter {
    /// The quarter an instant lies in.
    pub fn of(at: Timestamp) -> Self {
        let local = local(at);
        Self { year: local.year, quarter: (local.month - 1) / 3 + 1 }
    }

    /// Reads `2026-Q3`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.split_once("-Q")?;
        let (year, quarter) = (year.parse().ok()?, quarter.parse().ok()?);
        ((2000..=2999).contains(&year) && (1..=4).contains(&quarter)).then_some(Self { year, quarter })
    }

    /// The first day.
    pub fn first_day(self) -> civil::Date {
        civil::date(self.year, (self.quarter as i8 - 1) * 3 + 1, 1)
    }

    /// The following quarter.
    pub const fn next(self) -> Self {
        if self.quarter == 4 { Self { year: self.year + 1, quarter: 1 } } else { Self { year: self.year, quarter: self.quarter + 1 } }
    }

    /// The quarter before.
    pub const fn previous(self) -> Self {
        if self.quarter == 1 { Self { year: self.year - 1, quarter: 4 } } else { Self { year: self.year, quarter: self.quarter - 1 } }
    }

    /// First instant.
    pub fn start(self) -> Timestamp {
        start_of_day(self.first_day()).unwrap_or(Timestamp::MIN)
    }

    /// First instant after the quarter.
    pub fn end(self) -> Timestamp {
        self.next().start()
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_hours_follow_summer_time() {
        let winter: Timestamp = "2026-01-15T23:30:00Z".parse().expect("a time");
        let summer: Timestamp = "2026-07-15T23:30:00Z".parse().expect("a time");
        assert_eq!((local(winter).hour, local(summer).hour), (0, 1));
        assert_eq!(local(winter).weekday, 5, "Friday the 16th, local");
    }

    #[test]
    fn days_are_local_and_of_the_asked_kind() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time").as_microsecond();
        // July 2026 has 31 days, five of them Fridays; June has four Fridays.
        let july = (at("2026-06-30T22:00:00Z"), at("2026-07-31T22:00:00Z"));
        let june = (at("2026-05-31T22:00:00Z"), july.0);
        let fridays = Some([5].into_iter().collect());
        let close = |days: f64, wanted: f64| assert!((days - wanted).abs() < 1e-9, "{days} are not {wanted}");
        close(days_of(july, None, None), 31.0);
        close(days_of(july, fridays, None), 5.0);
        close(days_of(june, fridays, None), 4.0);
        close(days_of((june.0, july.1), None, Some([7].into_iter().collect())), 31.0);
        // The day on which summer time ends has 25 hours, and is one day.
        close(days_of((at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")), None, None), 1.0);
        close(days_of((july.0, july.0 + 6 * 3_600_000_000), None, None), 0.25);
        close(days_of((july.1, july.0), None, None), 0.0);
        assert_eq!(whole_days((july.0 + 1, july.1 - 1)), Some(july));
    }

    #[test]
    fn every_hour_lies_in_its_band() {
        for band in TimeBand::ALL {
            assert!(band.hours().iter().all(|hour| TimeBand::of_hour(*hour) == *band));
            assert!(band.hours().contains(&(band.middle_hour() as u8)));
        }
        assert_eq!(TimeBand::ALL.iter().map(|band| band.hours().len()).sum::<usize>(), 24);
    }

    #[test]
    fn a_quarter_starts_at_local_midnight_and_meets_the_next() {
        let quarter = Quarter::parse("2026-Q4").expect("a quarter");
        assert_eq!(quarter.start().to_string(), "2026-09-30T22:00:00Z");
        assert_eq!(quarter.end(), quarter.next().start());
        assert_eq!(quarter.next().to_string(), "2027-Q1");
        assert_eq!(quarter.next().previous(), quarter);
        assert!(Quarter::parse("2026-Q5").is_none() && Quarter::parse("26-Q1").is_none());
    }
}
