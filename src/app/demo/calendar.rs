//! Days, hours and seasons of the example: two years of local time, eight whole quarters, 2024-10-01 to 2026-09-30.
//!
//! Own small calendar arithmetic (Hinnant 2013; the summer-time rule of directive 2000/84/EC), so that the example
//! does not change with a time-zone library. The tests hold it against one.

use super::random::{Dice, Table};

/// Days from 1970-01-01 to 2024-10-01.
const FIRST_DAY: i64 = 19_997;
/// Days in the two years.
pub(super) const DAYS: i64 = 730;
const DAY_S: i64 = 86_400;

/// A day of the example in the words a season needs.
#[derive(Clone, Copy)]
pub(super) struct Day {
    /// 0 = 2024-10-01.
    pub(super) number: i64,
    /// 1–12.
    pub(super) month: u32,
    /// 0–6, Monday 0.
    pub(super) weekday: usize,
    /// Day of the year, from 1 (close enough for the sun).
    pub(super) of_year: f64,
}

impl Day {
    /// The day with this number.
    pub(super) fn new(number: i64) -> Self {
        let (_, month, day) = civil(FIRST_DAY + number);
        Self { number, month, weekday: weekday(FIRST_DAY + number), of_year: f64::from(month - 1) * 30.44 + f64::from(day) }
    }
}

/// Year, month and day of a day since 1970.
fn civil(days: i64) -> (i64, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month as u32, (doy - (153 * mp + 2) / 5 + 1) as u32)
}

/// 0–6, Monday 0: 1970-01-01 was a Thursday.
const fn weekday(days: i64) -> usize {
    (days + 3).rem_euclid(7) as usize
}

/// Whether an instant (seconds UTC) lies in summer time: from the last Sunday of March to that of October, 01:00 UTC.
fn summer_time(utc: i64) -> bool {
    let days = utc.div_euclid(DAY_S);
    let (_, month, day) = civil(days);
    let last_sunday = 31 - (weekday(days) as u32 + 31 - day + 1) % 7;
    let passed = day > last_sunday || (day == last_sunday && utc.rem_euclid(DAY_S) >= 3_600);
    match month {
        4..=9 => true,
        3 => passed,
        10 => !passed,
        _ => false,
    }
}

/// Microseconds UTC of a local time: a day number and seconds after its midnight (more than a day's is the next day).
pub(super) fn instant_us(day: i64, seconds: f64) -> i64 {
    let local = (FIRST_DAY + day) * DAY_S * 1_000_000 + (seconds * 1e6) as i64;
    let winter = local - 3_600_000_000;
    if summer_time(winter.div_euclid(1_000_000) - 3_600) { winter - 3_600_000_000 } else { winter }
}

/// The first instant after the example.
pub(super) fn end_us() -> i64 {
    instant_us(DAYS, 0.0)
}

/// The local quarter, 0–7, an instant lies in.
pub(super) fn quarter(us: i64) -> usize {
    let utc = us.div_euclid(1_000_000);
    let local = utc + if summer_time(utc) { 7_200 } else { 3_600 };
    let (year, month, _) = civil(local.div_euclid(DAY_S));
    ((year * 12 + i64::from(month) - 1 - (2024 * 12 + 9)) / 3).clamp(0, 7) as usize
}

/// Local clock hours of sunrise and sunset (Cooper's declination, 1969): a quarter of an hour is near enough.
pub(super) fn sun(day: Day, lon: f64, lat: f64) -> (f64, f64) {
    let declination = (-23.44_f64).to_radians() * ((day.of_year + 10.0) * std::f64::consts::TAU / 365.25).cos();
    let half = (-lat.to_radians().tan() * declination.tan()).clamp(-1.0, 1.0).acos().to_degrees() / 15.0;
    let clock = 1.0 + f64::from(u8::from(summer_time((FIRST_DAY + day.number) * DAY_S + 43_200)));
    let noon = 12.0 - lon / 15.0 + clock;
    (noon - half, noon + half)
}

/// When in the year, the week and the day something tends to be met.
pub(super) struct Rhythm {
    /// January to December.
    pub(super) months: [f64; 12],
    /// Monday to Sunday.
    pub(super) weekdays: [f64; 7],
    /// Hours with their weights; 24 and more is the night after.
    pub(super) hours: &'static [(u8, f64)],
    /// Only when the sun is down, whatever the hours say.
    pub(super) in_the_dark: bool,
}

/// A rhythm made ready for drawing days of the example.
pub(super) struct Drawn {
    days: Table,
    rhythm: &'static Rhythm,
}

impl Drawn {
    /// The day table of a rhythm; use grows by half over the two years.
    pub(super) fn new(rhythm: &'static Rhythm) -> Self {
        let weight = |number: i64| {
            let day = Day::new(number);
            rhythm.months[day.month as usize - 1] * rhythm.weekdays[day.weekday] * (1.0 + 0.5 * number as f64 / DAYS as f64)
        };
        Self { days: Table::new((0..DAYS).map(weight)), rhythm }
    }

    /// A moment that keeps the rhythm: microseconds UTC, on the minute.
    pub(super) fn moment(&self, dice: &mut Dice, lon: f64, lat: f64) -> i64 {
        loop {
            let day = Day::new(self.days.draw(dice) as i64);
            let hour = if self.rhythm.in_the_dark { dark_hour(dice, sun(day, lon, lat)) } else { self.hour(dice) };
            let moment = instant_us(day.number, (hour * 60.0).floor() * 60.0);
            if moment >= instant_us(0, 0.0) && moment < end_us() {
                return moment;
            }
        }
    }

    fn hour(&self, dice: &mut Dice) -> f64 {
        f64::from(dice.weighted(self.rhythm.hours).unwrap_or(12)) + dice.unit()
    }
}

/// An hour after dusk, most often the early evening, or before dawn when the morning is dark enough to be met by commuters.
fn dark_hour(dice: &mut Dice, (sunrise, sunset): (f64, f64)) -> f64 {
    if sunrise > 6.2 && dice.chance(0.25) {
        return dice.between(5.3, sunrise - 0.3);
    }
    let dusk = (sunset + 0.4).max(16.3);
    dusk + (25.8 - dusk) * dice.unit() * dice.unit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_times_agree_with_the_time_zone_database() {
        let zone = jiff::tz::TimeZone::get("Europe/Stockholm").expect("the bundled database has Stockholm");
        let first = jiff::civil::date(2024, 10, 1);
        for number in 0..DAYS {
            let date = first.checked_add(jiff::Span::new().days(number)).expect("in range");
            let day = Day::new(number);
            assert_eq!(day.month, u32::from(date.month().unsigned_abs()));
            assert_eq!(day.weekday, usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()));
            for hour in [0_i8, 1, 4, 12, 23] {
                let zoned = date.at(hour, 30, 0, 0).to_zoned(zone.clone()).expect("exists");
                let ours = instant_us(number, f64::from(hour) * 3_600.0 + 1_800.0);
                assert_eq!(ours, zoned.timestamp().as_microsecond(), "{date} {hour}");
                assert_eq!(quarter(ours), number_of_quarter(date));
            }
        }
        assert_eq!(end_us(), "2026-09-30T22:00:00Z".parse::<jiff::Timestamp>().expect("a time").as_microsecond());
    }

    fn number_of_quarter(date: jiff::civil::Date) -> usize {
        ((i32::from(date.year()) * 12 + i32::from(date.month()) - 1 - (2024 * 12 + 9)) / 3).unsigned_abs() as usize
    }

    #[test]
    fn the_sun_is_up_longest_at_midsummer() {
        let hours = |number| {
            let (up, down) = sun(Day::new(number), 14.5, 56.3);
            down - up
        };
        let (winter, summer) = (hours(81), hours(263));
        assert!((6.4..7.4).contains(&winter) && (17.0..18.0).contains(&summer), "{winter} {summer}");
    }
}
