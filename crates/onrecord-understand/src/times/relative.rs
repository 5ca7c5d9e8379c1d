//! Expressions that point from the day of publication or from the day last spoken of.

use super::absolute::month_at;
use super::scan::{Hit, Scan};
use super::spans::{Count, quantity};
use super::value::{at_grain, season_start, shift, weekday_beyond, weekday_near, weekday_of_week, year_of_month};
use super::words::{SEASONS, Unit, Way, Word};
use jiff::civil::Date;
use onrecord_model::{Pos, TimeType};

/// Reads a relative expression at `at`.
pub(super) fn read(scan: &Scan, at: usize) -> Option<Hit> {
    let core = lead(scan, at);
    let hit = reference(scan, at)
        .or_else(|| core_at(scan, core))
        .or_else(|| (core != at).then(|| core_at(scan, at)).flatten())
        .or_else(|| counted(scan, at))?;
    Some(Hit { first: at.min(hit.first), ..hit })
}

/// Skips "the", "early", "late", "earlier", "later", "the end of".
fn lead(scan: &Scan, at: usize) -> usize {
    let core = super::absolute::lead(scan, at);
    match scan.word(core) {
        Word::Earlier | Word::Later if core == at => core + 1,
        _ => core,
    }
}

fn core_at(scan: &Scan, at: usize) -> Option<Hit> {
    match scan.word(at) {
        Word::Today(days) => today(scan, at, days),
        Word::Tonight => {
            Some(dated(scan, at, at + 1, scan.anchor, TimeType::Time, "tonight", |day| format!("{day}TNI")))
        }
        Word::Overnight => {
            Some(dated(scan, at, at + 1, scan.anchor, TimeType::Time, "overnight", |day| format!("{day}TNI")))
        }
        Word::Weekday(day, false) => weekday(scan, at, day),
        Word::Toward(way) => toward(scan, at, way),
        Word::Following(way) => following(scan, at, way),
        Word::Same | Word::That => same(scan, at),
        Word::Part(_) | Word::Unit(..) => of_the_day(scan, at),
        _ => None,
    }
}

/// A hit whose value is made from `day`, or is open without one.
fn dated(
    _scan: &Scan,
    first: usize,
    end: usize,
    day: Option<Date>,
    kind: TimeType,
    rule: &'static str,
    value: impl Fn(&str) -> String,
) -> Hit {
    let text = day.map_or_else(|| "XXXX-XX-XX".to_owned(), |day| day.to_string());
    Hit::new(first, end, kind, value(&text), rule).against(day)
}

/// Adds the part of the day that follows a day: "Thursday night", "yesterday evening".
fn with_part(scan: &Scan, hit: Hit) -> Hit {
    match scan.word(hit.end) {
        Word::Part(code) if hit.value.len() == 10 => {
            Hit { end: hit.end + 1, kind: TimeType::Time, value: format!("{}T{code}", hit.value), ..hit }
        }
        _ => hit,
    }
}

/// "today", "yesterday evening".
fn today(scan: &Scan, at: usize, days: i32) -> Option<Hit> {
    let day = match scan.anchor {
        Some(anchor) => Some(shift(anchor, Unit::Day, i64::from(days))?),
        None => None,
    };
    let rule = match days {
        0 => "today",
        1 => "tomorrow",
        _ => "yesterday",
    };
    let mut hit = dated(scan, at, at + 1, day, TimeType::Date, rule, str::to_owned);
    hit.anchor = scan.anchor;
    Some(with_part(scan, hit))
}

/// "Thursday", "Thursday night", "Thursday of last week", "Thursday last week".
fn weekday(scan: &Scan, at: usize, day: i8) -> Option<Hit> {
    let of = at + 1 + usize::from(scan.word(at + 1) == Word::Of);
    if let (Word::Toward(way), Word::Unit(Unit::Week, false)) = (scan.word(of), scan.word(of + 1)) {
        let date = scan.anchor.and_then(|anchor| weekday_of_week(anchor, day, step(way)));
        return Some(
            dated(scan, at, of + 2, date, TimeType::Date, "weekday-of-week", str::to_owned).against(scan.anchor),
        );
    }
    let Some(anchor) = scan.anchor else {
        return Some(with_part(scan, Hit::new(at, at + 1, TimeType::Date, format!("XXXX-WXX-{day}"), "weekday")));
    };
    let date = weekday_near(anchor, day, scan.side(at))?;
    Some(with_part(scan, Hit::new(at, at + 1, TimeType::Date, date.to_string(), "weekday").against(Some(anchor))))
}

fn step(way: Way) -> i64 {
    match way {
        Way::Last => -1,
        Way::This => 0,
        Way::Next => 1,
    }
}

/// "last week", "this Thursday", "next March", "last night", "this summer".
fn toward(scan: &Scan, at: usize, way: Way) -> Option<Hit> {
    let anchor = scan.anchor;
    // "the last week" spans a week; "the next day" counts from the day spoken of.
    if scan.before(at) == Word::The {
        match (way, scan.word(at + 1)) {
            (Way::Next, Word::Unit(unit, false)) if unit >= Unit::Day => return from_spoken(scan, at, at + 2, unit, 1),
            (Way::Last, Word::Unit(..)) => return None,
            _ => {}
        }
    }
    let mut next = at + 1;
    if scan.word(next) == Word::Fiscal || matches!(scan.token(next), "calendar" | "school" | "academic") {
        next += 1;
    }
    let hit = |end, kind, value: String, rule| Some(Hit::new(at, end, kind, value, rule).against(anchor));
    match scan.word(next) {
        Word::Unit(unit, false) if unit >= Unit::Day && unit != Unit::Fortnight => {
            let value = match anchor {
                Some(anchor) => at_grain(shift(anchor, unit, step(way))?, unit),
                None => "XXXX-XX-XX".to_owned(),
            };
            hit(next + 1, TimeType::Date, value, "toward-unit")
        }
        Word::Weekday(day, false) => {
            let Some(anchor) = anchor else {
                return hit(at + 2, TimeType::Date, format!("XXXX-WXX-{day}"), "toward-weekday");
            };
            let date = match way {
                Way::This => weekday_of_week(anchor, day, 0)?,
                way => weekday_beyond(anchor, day, way)?,
            };
            Some(with_part(scan, hit(at + 2, TimeType::Date, date.to_string(), "toward-weekday")?))
        }
        Word::Month(_) => {
            let month = month_at(scan, next)?;
            let value = anchor.map_or_else(
                || format!("XXXX-{month:02}"),
                |day| {
                    let same = i16::from(month == day.month());
                    let year = match way {
                        Way::This => day.year(),
                        Way::Last => year_of_month(day, month, way) - same,
                        Way::Next => year_of_month(day, month, way) + same,
                    };
                    format!("{year:04}-{month:02}")
                },
            );
            hit(next + 1, TimeType::Date, value, "toward-month")
        }
        Word::Season(season) if matches!(scan.pos(next), Pos::Noun | Pos::Propn) => {
            let code = SEASONS[usize::from(season)];
            let value = anchor.map_or_else(|| format!("XXXX-{code}"), |day| toward_season(day, season, way));
            hit(next + 1, TimeType::Date, value, "toward-season")
        }
        Word::Part(code) => {
            let day = match anchor {
                Some(day) => Some(shift(day, Unit::Day, step(way))?),
                None => None,
            };
            let mut found =
                dated(scan, at, next + 1, day, TimeType::Time, "toward-part", |day| format!("{day}T{code}"));
            found.anchor = anchor;
            Some(found)
        }
        _ => None,
    }
}

/// Last summer is the latest that is over, this one that of the running year, next one the first to come.
fn toward_season(day: Date, season: u8, way: Way) -> String {
    let (code, start) = (SEASONS[usize::from(season)], season_start(season));
    let year = match way {
        Way::This if start == 12 && day.month() < 3 => day.year() - 1,
        Way::This => day.year(),
        // A season that began this year may still run.
        Way::Last if start + 3 <= day.month() => day.year(),
        Way::Last if start == 12 && day.month() < 3 => day.year() - 2,
        Way::Last => day.year() - 1,
        Way::Next if start > day.month() => day.year(),
        Way::Next => day.year() + 1,
    };
    format!("{year:04}-{code}")
}

/// "the previous day", "the following week": from the day last spoken of.
fn following(scan: &Scan, at: usize, way: Way) -> Option<Hit> {
    match scan.word(at + 1) {
        Word::Unit(unit, false) if unit >= Unit::Day => from_spoken(scan, at, at + 2, unit, step(way)),
        Word::Part(code) => {
            let day = scan.reference().and_then(|day| shift(day, Unit::Day, step(way)));
            Some(
                dated(scan, at, at + 2, day, TimeType::Time, "following-part", |day| format!("{day}T{code}"))
                    .against(scan.reference()),
            )
        }
        Word::Weekday(day, false) => {
            let date = scan.reference().and_then(|from| weekday_beyond(from, day, way));
            Some(
                dated(scan, at, at + 2, date, TimeType::Date, "following-weekday", str::to_owned)
                    .against(scan.reference()),
            )
        }
        _ => None,
    }
}

/// A unit `count` steps from the day last spoken of.
fn from_spoken(scan: &Scan, first: usize, end: usize, unit: Unit, count: i64) -> Option<Hit> {
    let reference = scan.reference_for(unit);
    let value = match reference {
        Some(day) => at_grain(shift(day, unit, count)?, unit),
        None => "XXXX-XX-XX".to_owned(),
    };
    Some(Hit::new(first, end, TimeType::Date, value, "from-spoken").against(reference))
}

/// "that day", "the same week", "that night", "the same time" (no date).
fn same(scan: &Scan, at: usize) -> Option<Hit> {
    match scan.word(at + 1) {
        Word::Unit(unit, false) if unit >= Unit::Day => {
            let value = scan.reference_for(unit).map_or_else(|| "XXXX-XX-XX".to_owned(), |day| at_grain(day, unit));
            Some(Hit::new(at, at + 2, TimeType::Date, value, "same").against(scan.reference_for(unit)))
        }
        Word::Part(code) => {
            Some(dated(scan, at, at + 2, scan.reference(), TimeType::Time, "same-part", |day| format!("{day}T{code}")))
        }
        _ => None,
    }
}

/// "in the morning", "by the afternoon"; "the year", "the week" where the names layer sees a date; "the day before".
fn of_the_day(scan: &Scan, at: usize) -> Option<Hit> {
    match scan.word(at) {
        Word::Part(code) if scan.before(at) == Word::The => {
            Some(dated(scan, at, at + 1, scan.reference(), TimeType::Time, "part", |day| format!("{day}T{code}")))
        }
        Word::Unit(unit, false) if scan.before(at) == Word::The && unit >= Unit::Day => match scan.word(at + 1) {
            Word::Before | Word::After => beside(scan, at, unit),
            _ if scan.is_dated(at) && unit != Unit::Day && unit != Unit::Quarter => {
                let value = scan.anchor.map_or_else(|| "XXXX".to_owned(), |day| at_grain(day, unit));
                Some(Hit::new(at, at + 1, TimeType::Date, value, "the-unit").against(scan.anchor))
            }
            _ => None,
        },
        _ => None,
    }
}

/// "the day before", "the week after", "the day before yesterday", "the day after tomorrow".
fn beside(scan: &Scan, at: usize, unit: Unit) -> Option<Hit> {
    let by = if scan.word(at + 1) == Word::Before { -1 } else { 1 };
    if let Word::Today(days) = scan.word(at + 2) {
        let day = scan.anchor.and_then(|anchor| shift(anchor, unit, i64::from(days) + by));
        return Some(dated(scan, at, at + 3, day, TimeType::Date, "day-beside", str::to_owned).against(scan.anchor));
    }
    // "the day after the vote" dates nothing that is known.
    let closed = matches!(scan.pos(at + 2), Pos::Punct | Pos::Empty | Pos::Cconj | Pos::Space | Pos::Verb | Pos::Aux);
    closed.then(|| from_spoken(scan, at, at + 2, unit, by)).flatten()
}

/// "two weeks ago", "three days later", "a year earlier", "several years ago", "two days from now".
fn counted(scan: &Scan, at: usize) -> Option<Hit> {
    let quantity = quantity(scan, at)?;
    let (way, from_now, end) = match (scan.word(quantity.end), scan.word(quantity.end + 1)) {
        (Word::Ago, _) => (-1, true, quantity.end + 1),
        (Word::From, Word::Now) => (1, true, quantity.end + 2),
        (Word::Earlier, _) => (-1, false, quantity.end + 1),
        (Word::Later, _) => (1, false, quantity.end + 1),
        (Word::Before | Word::After, _)
            if matches!(scan.pos(quantity.end + 1), Pos::Punct | Pos::Empty | Pos::Space) =>
        {
            (if scan.word(quantity.end) == Word::Before { -1 } else { 1 }, false, quantity.end + 1)
        }
        _ => return None,
    };
    let anchor = if from_now { scan.anchor } else { scan.reference_for(quantity.unit) };
    let vague = if way < 0 { "PAST_REF" } else { "FUTURE_REF" };
    let value = match (quantity.count, anchor) {
        (Count::Whole(count), Some(day)) if quantity.unit >= Unit::Day => {
            let unit = if quantity.unit == Unit::Weekend { Unit::Week } else { quantity.unit };
            at_grain(shift(day, unit, way * i64::from(count))?, unit)
        }
        (Count::Halves(halves), Some(day)) if quantity.unit == Unit::Year => {
            at_grain(shift(day, Unit::Month, way * i64::from(halves) * 6)?, Unit::Month)
        }
        _ => vague.to_owned(),
    };
    let rule = if from_now { "counted-from-now" } else { "counted-from-spoken" };
    Some(Hit::new(at, end, TimeType::Date, value, rule).against(anchor))
}

/// "now", "currently", "recently", "the past", "at the time", "these days", "recent years".
fn reference(scan: &Scan, at: usize) -> Option<Hit> {
    let hit = |end, value| Some(Hit::new(at, end, TimeType::Date, value, "reference"));
    match (scan.word(at), scan.word(at + 1)) {
        (Word::Now, _) if scan.pos(at) == Pos::Adv => hit(at + 1, "PRESENT_REF"),
        (Word::Reference("FUTURE_REF"), _) if scan.plain_side(at) == Way::Last => None,
        (Word::Reference(value), _) => hit(at + 1, value),
        (Word::These, Word::Unit(Unit::Day, true)) => hit(at + 2, "PRESENT_REF"),
        (Word::Recent, Word::Unit(_, true)) => hit(at + 2, "PAST_REF"),
        (Word::Stretch(Way::Next), Word::Unit(_, true)) => hit(at + 2, "FUTURE_REF"),
        (Word::The, Word::Stretch(Way::Next)) if matches!(scan.word(at + 2), Word::Unit(_, true)) => {
            hit(at + 3, "FUTURE_REF")
        }
        (Word::The, Word::Stretch(Way::Last)) if scan.pos(at + 1) == Pos::Noun => hit(at + 2, "PAST_REF"),
        (Word::The, _) if scan.token(at + 1) == "future" && scan.pos(at + 1) == Pos::Noun => hit(at + 2, "FUTURE_REF"),
        (Word::The, _) if scan.token(at + 1) == "moment" && scan.before(at) == Word::At => hit(at + 2, "PRESENT_REF"),
        (Word::The | Word::That, _)
            if scan.token(at + 1) == "time"
                && scan.before(at) == Word::At
                && matches!(
                    scan.pos(at + 2),
                    Pos::Punct | Pos::Empty | Pos::Space | Pos::Verb | Pos::Adv | Pos::Adp
                )
                && scan.word(at + 2) != Word::Of =>
        {
            hit(at + 2, "PAST_REF")
        }
        _ if scan.token(at) == "long" && scan.word(at + 1) == Word::Ago => hit(at + 2, "PAST_REF"),
        _ => None,
    }
}
