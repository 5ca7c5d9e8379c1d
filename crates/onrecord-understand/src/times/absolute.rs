//! Expressions of the calendar: dates, months, years, decades, quarters, seasons, holidays.

use super::scan::{Hit, Scan};
use super::value::{self, holiday, year_of_month};
use super::words::{SEASONS, Unit, Way, Word};
use jiff::civil::Date;
use onrecord_model::{Pos, Tag, TimeType};

/// Reads a calendar expression at `at`, with what may lead it ("the", "early", "the end of").
pub(super) fn read(scan: &Scan, at: usize) -> Option<Hit> {
    let core = lead(scan, at);
    let hit = core_at(scan, core).or_else(|| (core != at).then(|| core_at(scan, at)).flatten())?;
    Some(Hit { first: at.min(hit.first), ..hit })
}

/// Skips "the", "early", "late", "mid-", "the end of".
pub(super) fn lead(scan: &Scan, at: usize) -> usize {
    let mut core = at;
    if scan.word(core) == Word::The {
        core += 1;
    }
    match scan.word(core) {
        Word::Edge if scan.word(core + 1) == Word::Of => {
            core += 2;
            if scan.word(core) == Word::The {
                core += 1;
            }
        }
        Word::Early | Word::Late | Word::Mid => {
            core += 1;
            if matches!(scan.word(core), Word::Hyphen | Word::Of) {
                core += 1;
            }
        }
        _ => {}
    }
    core
}

fn core_at(scan: &Scan, at: usize) -> Option<Hit> {
    numeric(scan, at)
        .or_else(|| with_weekday(scan, at))
        .or_else(|| day_month(scan, at))
        .or_else(|| month_first(scan, at))
        .or_else(|| quarter(scan, at))
        .or_else(|| century(scan, at))
        .or_else(|| season(scan, at))
        .or_else(|| holiday_at(scan, at))
        .or_else(|| fiscal(scan, at))
        .or_else(|| decade(scan, at))
        .or_else(|| year(scan, at))
}

/// A month name, told apart from "may", "to march" and people called April.
pub(super) fn month_at(scan: &Scan, at: usize) -> Option<i8> {
    let Word::Month(month) = scan.word(at) else { return None };
    let capital = scan.token(at).as_bytes()[0].is_ascii_uppercase();
    let proper = scan.pos(at) == Pos::Propn || scan.is_dated(at);
    (capital && proper && scan.tag(at) != Tag::Md && !scan.is_person(at) && !scan.opens_name(at)).then_some(month)
}

/// A year of four digits, or of two after an apostrophe.
pub(super) fn year_at(scan: &Scan, at: usize) -> Option<i16> {
    match scan.word(at) {
        Word::Digits(year) if (1000..2200).contains(&year) && scan.token(at).len() == 4 => i16::try_from(year).ok(),
        _ => None,
    }
}

/// A year after an optional comma or "of": the year and the token after it.
fn year_after(scan: &Scan, at: usize) -> Option<(i16, usize)> {
    let skip = usize::from(matches!(scan.word(at), Word::Comma | Word::Of));
    year_at(scan, at + skip).map(|year| (year, at + skip + 1))
}

/// Day of a month, in digits or as an ordinal.
fn day_at(scan: &Scan, at: usize) -> Option<i8> {
    match scan.word(at) {
        Word::Digits(day) | Word::Ordinal(day) if (1..=31).contains(&day) && scan.token(at).len() <= 12 => {
            Some(day as i8)
        }
        _ => None,
    }
}

/// Year of a month that is named without one: that of a later month of the same range, else by the tense.
fn year_for(scan: &Scan, at: usize, month: i8, end: usize) -> (Option<i16>, bool) {
    for ahead in end..(end + 5) {
        if month_at(scan, ahead).is_some() && matches!(scan.before(ahead), Word::To | Word::And | Word::Hyphen) {
            let after = ahead + 1 + usize::from(day_at(scan, ahead + 1).is_some());
            if let Some((year, _)) = year_after(scan, after) {
                return (Some(year), false);
            }
        }
    }
    let by_tense = |anchor: Date| {
        let year = year_of_month(anchor, month, scan.side(at));
        // "Stems from his decision in March": a present tense alone does not carry what lies nearer behind into next year.
        let nearer_behind = anchor.month() - month < 6;
        if year > anchor.year() && nearer_behind && !scan.is_surely_ahead(at) { anchor.year() } else { year }
    };
    (scan.anchor.map(by_tense), true)
}

fn day_value(year: Option<i16>, month: i8, day: i8) -> Option<String> {
    match year {
        Some(year) => Date::new(year, month, day).ok().map(|date| date.to_string()),
        None => Some(format!("XXXX-{month:02}-{day:02}")),
    }
}

/// A day named without its year; where the month is the anchor's, the day decides too.
fn nearest_day(scan: &Scan, at: usize, month: i8, day: i8, end: usize) -> (Option<String>, bool) {
    let (year, by_anchor) = year_for(scan, at, month, end);
    let year = match (year, scan.anchor) {
        // "the Nov. 8 election" has no tense of its own.
        (Some(_), Some(anchor)) if by_anchor && scan.modifies_one(at) => nearest_year(anchor, month, day),
        (Some(y), Some(anchor)) if by_anchor && month == anchor.month() => match scan.side(at) {
            Way::Next if day < anchor.day() && scan.is_surely_ahead(at) => Some(y + 1),
            Way::Last if day > anchor.day() && scan.plain_side(at) == Way::Last => Some(y - 1),
            _ => Some(y),
        },
        (year, _) => year,
    };
    (day_value(year, month, day), by_anchor)
}

/// The year that brings a day nearest to the anchor.
fn nearest_year(anchor: Date, month: i8, day: i8) -> Option<i16> {
    let years = [anchor.year(), anchor.year() - 1, anchor.year() + 1];
    let distance = |year: i16| Date::new(year, month, day).map(|date| (date - anchor).get_days().abs()).ok();
    years.into_iter().filter(|year| distance(*year).is_some()).min_by_key(|year| distance(*year))
}

/// "Monday, June 5", "Thursday 8 June 2017".
fn with_weekday(scan: &Scan, at: usize) -> Option<Hit> {
    let Word::Weekday(_, false) = scan.word(at) else { return None };
    let mut next = at + 1;
    next += usize::from(scan.word(next) == Word::Comma);
    next += usize::from(scan.word(next) == Word::The);
    let hit = day_month(scan, next).or_else(|| month_first(scan, next))?;
    (hit.rule == "month-day").then_some(Hit { first: at, ..hit })
}

/// "5 June", "5th of June, 2017", "the first of May".
fn day_month(scan: &Scan, at: usize) -> Option<Hit> {
    let day = day_at(scan, at)?;
    let month_ix = at + 1 + usize::from(scan.word(at + 1) == Word::Of);
    let month = month_at(scan, month_ix)?;
    Some(day_of_month(scan, at, month_ix, month, day, month_ix + 1))?
}

/// The rest of a date whose month and day are read: the year, written or found.
fn day_of_month(scan: &Scan, first: usize, month_ix: usize, month: i8, day: i8, end: usize) -> Option<Hit> {
    if let Some((year, end)) = year_after(scan, end) {
        return Some(Hit::new(first, end, TimeType::Date, day_value(Some(year), month, day)?, "month-day"));
    }
    let (value, by_anchor) = nearest_day(scan, month_ix, month, day, end);
    Some(Hit::new(first, end, TimeType::Date, value?, "month-day").against(scan.anchor.filter(|_| by_anchor)))
}

/// "June 5", "June 5, 2017", "June 2017", "June".
fn month_first(scan: &Scan, at: usize) -> Option<Hit> {
    let month = month_at(scan, at)?;
    if let Some(day) = day_at(scan, at + 1)
        && !matches!(scan.word(at + 2), Word::Meridiem(_))
    {
        return day_of_month(scan, at, at, month, day, at + 2);
    }
    if let Some((year, end)) = year_after(scan, at + 1) {
        return Some(Hit::new(at, end, TimeType::Date, format!("{year:04}-{month:02}"), "month-year"));
    }
    let (year, by_anchor) = year_for(scan, at, month, at + 1);
    let value = year.map_or_else(|| format!("XXXX-{month:02}"), |year| format!("{year:04}-{month:02}"));
    Some(Hit::new(at, at + 1, TimeType::Date, value, "month").against(scan.anchor.filter(|_| by_anchor)))
}

/// `2017-06-08`, `6/8/2017`, `08.06.2017`.
fn numeric(scan: &Scan, at: usize) -> Option<Hit> {
    if let Some(hit) = hyphened(scan, at) {
        return Some(hit);
    }
    let token = scan.token(at);
    if !token.as_bytes().first()?.is_ascii_digit() || token.len() > 10 || !token.is_ascii() {
        return None;
    }
    let separator = token.bytes().find(|b| !b.is_ascii_digit())?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let mut parts = token.split(separator as char);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let number = |s: &str| s.parse::<i16>().ok();
    let (year, month, day) = if a.len() == 4 {
        (number(a)?, number(b)?, number(c)?)
    } else {
        let year = match c.len() {
            4 => number(c)?,
            2 => number(c)? + if number(c)? < 50 { 2000 } else { 1900 },
            _ => return None,
        };
        // American order unless it cannot be, or points separate.
        let (first, second) = (number(a)?, number(b)?);
        if first > 12 || separator == b'.' { (year, second, first) } else { (year, first, second) }
    };
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(Hit::new(at, at + 1, TimeType::Date, date.to_string(), "numeric-date"))
}

/// `2017-06-08`, cut at its hyphens.
fn hyphened(scan: &Scan, at: usize) -> Option<Hit> {
    let year = year_at(scan, at)?;
    let (Word::Hyphen, Word::Digits(month), Word::Hyphen, Word::Digits(day)) =
        (scan.word(at + 1), scan.word(at + 2), scan.word(at + 3), scan.word(at + 4))
    else {
        return None;
    };
    let whole =
        (at..at + 4).all(|ix| scan.touches(ix)) && scan.token(at + 2).len() == 2 && scan.token(at + 4).len() == 2;
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().filter(|_| whole)?;
    Some(Hit::new(at, at + 5, TimeType::Date, date.to_string(), "numeric-date"))
}

/// "third quarter of 2016", "first half".
fn quarter(scan: &Scan, at: usize) -> Option<Hit> {
    let Word::Ordinal(n) = scan.word(at) else { return quarter_code(scan, at) };
    let (letter, most) = match scan.word(at + 1) {
        Word::Unit(Unit::Quarter, false) => ('Q', 4),
        Word::Half => ('H', 2),
        _ => return second_quarter(scan, at),
    };
    (n <= most).then(|| part_of_year(scan, at, at + 2, letter, n)).flatten()
}

/// "second" reads as a unit; before "quarter" and "half" it is an ordinal.
fn second_quarter(scan: &Scan, at: usize) -> Option<Hit> {
    if !matches!(scan.word(at), Word::Unit(Unit::Second, false)) {
        return None;
    }
    match scan.word(at + 1) {
        Word::Unit(Unit::Quarter, false) => part_of_year(scan, at, at + 2, 'Q', 2),
        Word::Half => part_of_year(scan, at, at + 2, 'H', 2),
        _ => None,
    }
}

/// "Q3", "Q3 2016".
fn quarter_code(scan: &Scan, at: usize) -> Option<Hit> {
    if matches!(scan.word(at), Word::Unit(Unit::Second, false)) {
        return second_quarter(scan, at);
    }
    let token = scan.token(at).as_bytes();
    (token.len() == 2 && token[0] == b'Q' && (b'1'..=b'4').contains(&token[1]))
        .then(|| part_of_year(scan, at, at + 1, 'Q', u32::from(token[1] - b'0')))
        .flatten()
}

fn part_of_year(scan: &Scan, at: usize, end: usize, letter: char, n: u32) -> Option<Hit> {
    if let Some((year, end)) = year_after(scan, end) {
        return Some(Hit::new(at, end, TimeType::Date, format!("{year:04}-{letter}{n}"), "quarter"));
    }
    // "of last year", "of this year", "of the year".
    let of = end + usize::from(scan.word(end) == Word::Of);
    let step = match (scan.word(of), scan.word(of + 1)) {
        (Word::Toward(way), Word::Unit(Unit::Year, false)) => Some(match way {
            Way::Last => -1,
            Way::This => 0,
            Way::Next => 1,
        }),
        (Word::The, Word::Unit(Unit::Year, false)) => Some(0),
        _ => None,
    };
    let anchor = scan.anchor;
    if let Some(step) = step {
        let value =
            anchor.map_or_else(|| format!("XXXX-{letter}{n}"), |day| format!("{:04}-{letter}{n}", day.year() + step));
        return Some(Hit::new(at, of + 2, TimeType::Date, value, "quarter").against(anchor));
    }
    // Halves of matches are no halves of years.
    if letter == 'H' && !scan.is_dated(at) {
        return None;
    }
    let months = if letter == 'Q' { 3 } else { 6 };
    let value = match anchor {
        None => format!("XXXX-{letter}{n}"),
        Some(day) => {
            let start = (n as i8 - 1) * months + 1;
            format!("{:04}-{letter}{n}", year_of_month(day, start, scan.side(at)))
        }
    };
    Some(Hit::new(at, end, TimeType::Date, value, "quarter").against(anchor))
}

/// "19th century".
fn century(scan: &Scan, at: usize) -> Option<Hit> {
    let Word::Ordinal(n) = scan.word(at) else { return None };
    let unit = at + 1 + usize::from(scan.word(at + 1) == Word::Hyphen);
    match scan.word(unit) {
        Word::Unit(Unit::Century, _) if (1..=30).contains(&n) => {
            Some(Hit::new(at, unit + 1, TimeType::Date, format!("{:02}", n - 1), "century"))
        }
        _ => None,
    }
}

/// "spring of 2016", "summer 2012", "the winter", "in autumn".
fn season(scan: &Scan, at: usize) -> Option<Hit> {
    let Word::Season(season) = scan.word(at) else { return None };
    let code = SEASONS[usize::from(season)];
    if !matches!(scan.pos(at), Pos::Noun | Pos::Propn) || scan.is_person(at) {
        return None;
    }
    if let Some((year, end)) = year_after(scan, at + 1) {
        return Some(Hit::new(at, end, TimeType::Date, format!("{year:04}-{code}"), "season"));
    }
    let led = matches!(
        scan.before(at),
        Word::In | Word::Preposition | Word::Early | Word::Late | Word::Mid | Word::Hyphen | Word::To
    );
    if !(led || scan.is_dated(at)) {
        return None;
    }
    let value = scan.anchor.map_or_else(
        || format!("XXXX-{code}"),
        |day| format!("{:04}-{code}", year_of_month(day, value::season_start(season), scan.side(at))),
    );
    Some(Hit::new(at, at + 1, TimeType::Date, value, "season").against(scan.anchor))
}

/// "Christmas", "Christmas Day", "Thanksgiving", "New Year's Day", "Christmas 2015".
fn holiday_at(scan: &Scan, at: usize) -> Option<Hit> {
    let new_year = scan.token(at) == "New" && scan.token(at + 1) == "Year" && matches!(scan.token(at + 2), "'s" | "’s");
    let (mut end, eve) = match scan.word(at) {
        Word::Holiday(_) => (at + 1, scan.token(at + 1) == "Eve"),
        _ if new_year => (at + 3, scan.token(at + 3) == "Eve"),
        _ => return None,
    };
    end += usize::from(eve || matches!(scan.word(end), Word::Unit(Unit::Day, false)));
    let on = |year: i16| {
        let day = match scan.word(at) {
            Word::Holiday(which) => holiday(which, year)?,
            _ => Date::new(year, 1, 1).ok()?,
        };
        if eve { day.yesterday().ok() } else { Some(day) }
    };
    if let Some((year, end)) = year_after(scan, end) {
        return Some(Hit::new(at, end, TimeType::Date, on(year)?.to_string(), "holiday"));
    }
    let anchor = scan.anchor?;
    let (same, side) = (on(anchor.year())?, scan.side(at));
    let day = match side {
        Way::Next if same < anchor => on(anchor.year() + 1)?,
        Way::Last if same > anchor => on(anchor.year() - 1)?,
        _ => same,
    };
    Some(Hit::new(at, end, TimeType::Date, day.to_string(), "holiday").against(Some(anchor)))
}

/// "fiscal 2013", "fiscal year 2013".
fn fiscal(scan: &Scan, at: usize) -> Option<Hit> {
    if scan.word(at) != Word::Fiscal {
        return None;
    }
    let year_ix = at + 1 + usize::from(matches!(scan.word(at + 1), Word::Unit(Unit::Year, _)));
    let year = year_at(scan, year_ix)?;
    Some(Hit::new(at, year_ix + 1, TimeType::Date, format!("{year:04}"), "fiscal-year"))
}

/// "1990s", "'90s", "nineties".
fn decade(scan: &Scan, at: usize) -> Option<Hit> {
    let (decade, end) = match scan.word(at) {
        Word::Decade(decade) => (decade, at + 1),
        // "'" and "90s" as two tokens.
        _ if matches!(scan.token(at), "'" | "’" | "‘") => match scan.word(at + 1) {
            Word::Decade(decade) if scan.touches(at) => (decade, at + 2),
            _ => return None,
        },
        _ => return None,
    };
    // "in his fifties" is an age.
    let spelled = !scan.token(end - 1).as_bytes()[0].is_ascii_digit();
    if spelled && scan.before(at) != Word::The && !scan.is_dated(at)
        || scan.previous(at).is_some_and(|b| scan.tag(b) == Tag::PrpPoss)
    {
        return None;
    }
    Some(Hit::new(at, end, TimeType::Date, format!("{decade:03}"), "decade"))
}

/// A year on its own: after a preposition of time, or where the names layer sees a date; also `mid-2015`, `2015-16`.
fn year(scan: &Scan, at: usize) -> Option<Hit> {
    if let Some(year) = compound_year(scan.token(at)) {
        return Some(Hit::new(at, at + 1, TimeType::Date, format!("{year:04}"), "year"));
    }
    let year = year_at(scan, at)?;
    if !(1500..2100).contains(&year) {
        return None;
    }
    let led = matches!(
        scan.before(at),
        Word::In
            | Word::Preposition
            | Word::Of
            | Word::From
            | Word::To
            | Word::Early
            | Word::Late
            | Word::Mid
            | Word::Before
            | Word::After
    );
    let counted = matches!(scan.pos(at + 1), Pos::Noun | Pos::Propn) && scan.tag(at + 1) == Tag::Nns
        || matches!(scan.token(at + 1), "%" | "percent");
    let money = scan.previous(at).is_some_and(|before| scan.tag(before) == Tag::Dollar);
    // "the 2016 campaign".
    let modifies = scan.modifies_one(at) && (1900..2100).contains(&year);
    if money || (!scan.is_dated(at) && !modifies && (!led || counted)) {
        return None;
    }
    Some(Hit::new(at, at + 1, TimeType::Date, format!("{year:04}"), "year"))
}

/// The year of `mid-2015`, `pre-2014`.
fn compound_year(token: &str) -> Option<i16> {
    let (lead, year) = token.split_once('-')?;
    let known = ["mid", "early", "late", "pre", "post", "Mid", "Early", "Late"].contains(&lead);
    (known && year.len() == 4).then(|| year.parse().ok().filter(|y| (1500..2100).contains(y))).flatten()
}

/// Whether a token without a class may still open an expression.
pub(super) fn is_compound(token: &str) -> bool {
    compound_year(token).is_some()
        || matches!(
            token,
            "New" | "'" | "’" | "‘" | "Q1" | "Q2" | "Q3" | "Q4" | "twice" | "once" | "long" | "up" | "at"
        )
}
