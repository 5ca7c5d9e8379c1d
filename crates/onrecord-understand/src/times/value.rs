//! TIMEX3 values and the days they cover.

use super::words::{SEASONS, Unit, Way};
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span as Stretch, ToSpan};

/// `date` moved by a stretch; `None` beyond the calendar.
fn moved(date: Date, by: Stretch) -> Option<Date> {
    date.checked_add(by).ok()
}

/// `date` moved by `count` units (a quarter is three months, a decade ten years).
pub(super) fn shift(date: Date, unit: Unit, count: i64) -> Option<Date> {
    let by = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(date),
        Unit::Day => Stretch::new().try_days(count),
        Unit::Week | Unit::Weekend => Stretch::new().try_weeks(count),
        Unit::Fortnight => Stretch::new().try_weeks(count.checked_mul(2)?),
        Unit::Month => Stretch::new().try_months(count),
        Unit::Quarter => Stretch::new().try_months(count.checked_mul(3)?),
        Unit::Year => Stretch::new().try_years(count),
        Unit::Decade => Stretch::new().try_years(count.checked_mul(10)?),
        Unit::Century => Stretch::new().try_years(count.checked_mul(100)?),
    };
    moved(date, by.ok()?)
}

/// The value of the unit of time that holds `date`: its day, ISO week, month, …
pub(super) fn at_grain(date: Date, unit: Unit) -> String {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => date.to_string(),
        Unit::Week | Unit::Fortnight => week(date),
        Unit::Weekend => week(date) + "-WE",
        Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Unit::Quarter => format!("{:04}-Q{}", date.year(), (date.month() + 2) / 3),
        Unit::Year => format!("{:04}", date.year()),
        Unit::Decade => format!("{:03}", date.year() / 10),
        Unit::Century => format!("{:02}", date.year() / 100),
    }
}

fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// A count and a unit as an ISO 8601 duration; `count` may be "X" or have a fraction.
pub(super) fn duration(count: &str, unit: Unit) -> String {
    let (lead, code) = match unit {
        Unit::Second => ("PT", "S"),
        Unit::Minute => ("PT", "M"),
        Unit::Hour => ("PT", "H"),
        Unit::Day => ("P", "D"),
        Unit::Week => ("P", "W"),
        Unit::Weekend => ("P", "WE"),
        Unit::Month => ("P", "M"),
        Unit::Quarter => ("P", "Q"),
        Unit::Year => ("P", "Y"),
        Unit::Decade => ("P", "DE"),
        Unit::Century => ("P", "CE"),
        Unit::Fortnight => {
            let weeks = count.parse::<u32>().map_or_else(|_| count.to_owned(), |n| n.saturating_mul(2).to_string());
            return format!("P{weeks}W");
        }
    };
    format!("{lead}{count}{code}")
}

/// The weekday `day` (1 = Monday) on the given side of `anchor`; the anchor itself counts when it is that weekday.
pub(super) fn weekday_near(anchor: Date, day: i8, way: Way) -> Option<Date> {
    let from = i64::from(anchor.weekday().to_monday_one_offset());
    let to = i64::from(day);
    let days = match way {
        Way::Last => -((from - to).rem_euclid(7)),
        Way::Next => (to - from).rem_euclid(7),
        Way::This => to - from,
    };
    moved(anchor, days.days())
}

/// The weekday strictly before or after the anchor.
pub(super) fn weekday_beyond(anchor: Date, day: i8, way: Way) -> Option<Date> {
    let step = match way {
        Way::Last => -1,
        Way::Next => 1,
        Way::This => 0,
    };
    weekday_near(moved(anchor, step.days())?, day, way)
}

/// The weekday `day` of the week `weeks` away from the anchor's.
pub(super) fn weekday_of_week(anchor: Date, day: i8, weeks: i64) -> Option<Date> {
    weekday_near(shift(anchor, Unit::Week, weeks)?, day, Way::This)
}

/// The year in which `month` lies nearest on the given side of the anchor's month.
pub(super) fn year_of_month(anchor: Date, month: i8, way: Way) -> i16 {
    match way {
        Way::Last if month > anchor.month() => anchor.year() - 1,
        Way::Next if month < anchor.month() => anchor.year() + 1,
        _ => anchor.year(),
    }
}

/// Month in which a season starts, by its index in [`SEASONS`].
pub(super) fn season_start(season: u8) -> i8 {
    [3, 6, 9, 12][usize::from(season) % 4]
}

/// Western Easter (Meeus, Jones and Butcher).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Day of a holiday of the word table in a year.
pub(super) fn holiday(which: u8, year: i16) -> Option<Date> {
    match which {
        0 => Date::new(year, 12, 25).ok(),
        1 => Date::new(year, 11, 1).ok()?.nth_weekday_of_month(4, Weekday::Thursday).ok(),
        2 => easter(year),
        3 => Date::new(year, 10, 31).ok(),
        _ => None,
    }
}

/// First and last day of a value, when it names days of the calendar.
pub(super) fn interval(value: &str) -> Option<(Date, Date)> {
    let value = value.split('T').next()?;
    let year = |s: &str| s.parse::<i16>().ok().filter(|y| *y > 0);
    let month_span = |first: Date, months: i64| {
        Some((first, moved(moved(first, Stretch::new().try_months(months).ok()?)?, (-1).days())?))
    };
    if !value.is_ascii() {
        return None;
    }
    match value.len() {
        10 if value.as_bytes()[5] != b'W' => value.parse::<Date>().ok().map(|day| (day, day)),
        2 if value.bytes().all(|b| b.is_ascii_digit()) => {
            month_span(Date::new(year(value)?.checked_mul(100)?, 1, 1).ok()?, 1200)
        }
        3 if value.bytes().all(|b| b.is_ascii_digit()) => {
            month_span(Date::new(year(value)?.checked_mul(10)?, 1, 1).ok()?, 120)
        }
        4 => month_span(Date::new(year(value)?, 1, 1).ok()?, 12),
        7 | 8 | 11 => {
            let (y, rest) = (year(value.get(..4)?)?, value.get(5..)?);
            if let Some(season) = SEASONS.iter().position(|s| *s == rest) {
                return month_span(Date::new(y, season_start(season as u8), 1).ok()?, 3);
            }
            match rest.as_bytes()[0] {
                b'W' => week_span(y, &rest[1..]),
                b'Q' => month_span(Date::new(y, rest[1..].parse::<i8>().ok()?.checked_mul(3)? - 2, 1).ok()?, 3),
                b'H' => month_span(Date::new(y, rest[1..].parse::<i8>().ok()?.checked_mul(6)? - 5, 1).ok()?, 6),
                _ => month_span(Date::new(y, rest.parse::<i8>().ok()?, 1).ok()?, 1),
            }
        }
        _ => None,
    }
}

/// Days of an ISO week (`23`) or of its weekend (`23-WE`).
fn week_span(year: i16, rest: &str) -> Option<(Date, Date)> {
    let number = rest.get(..2)?.parse::<i8>().ok()?;
    let day = |weekday| ISOWeekDate::new(year, number, weekday).ok().map(|d| d.date());
    let first = if rest.ends_with("-WE") { Weekday::Saturday } else { Weekday::Monday };
    Some((day(first)?, day(Weekday::Sunday)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn weekdays_on_either_side_may_be_the_anchor_itself() {
        let tuesday = day("2017-06-06");
        assert_eq!(weekday_near(tuesday, 2, Way::Last), Some(tuesday));
        assert_eq!(weekday_near(tuesday, 4, Way::Last), Some(day("2017-06-01")));
        assert_eq!(weekday_near(tuesday, 4, Way::Next), Some(day("2017-06-08")));
        assert_eq!(weekday_beyond(tuesday, 2, Way::Last), Some(day("2017-05-30")));
        assert_eq!(weekday_of_week(tuesday, 7, -1), Some(day("2017-06-04")));
    }

    #[test]
    fn values_cover_days() {
        let cases = [
            ("2017-06-08", "2017-06-08", "2017-06-08"),
            ("2017-06-08TNI", "2017-06-08", "2017-06-08"),
            ("2017-W23", "2017-06-05", "2017-06-11"),
            ("2017-W23-WE", "2017-06-10", "2017-06-11"),
            ("2017-02", "2017-02-01", "2017-02-28"),
            ("2016-Q4", "2016-10-01", "2016-12-31"),
            ("2016-H1", "2016-01-01", "2016-06-30"),
            ("2016-WI", "2016-12-01", "2017-02-28"),
            ("2016", "2016-01-01", "2016-12-31"),
            ("199", "1990-01-01", "1999-12-31"),
            ("19", "1900-01-01", "1999-12-31"),
        ];
        for (value, first, last) in cases {
            assert_eq!(interval(value), Some((day(first), day(last))), "{value}");
        }
        for open in ["XXXX-03", "P3D", "PAST_REF", "2017-W99", "2017-Q7", "é017", "", "T", "0000"] {
            assert_eq!(interval(open), None, "{open}");
        }
    }

    #[test]
    fn easter_falls_where_it_fell() {
        assert_eq!(easter(2017), Some(day("2017-04-16")));
        assert_eq!(easter(2024), Some(day("2024-03-31")));
        assert_eq!(holiday(1, 2016), Some(day("2016-11-24")));
    }

    #[test]
    fn shifting_beyond_the_calendar_is_none() {
        assert_eq!(shift(day("2017-06-06"), Unit::Century, 1_000_000), None);
        assert_eq!(shift(day("2017-06-06"), Unit::Fortnight, i64::MAX), None);
    }
}
