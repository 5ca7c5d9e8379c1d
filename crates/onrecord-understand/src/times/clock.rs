//! Times of the day: "9 a.m.", "14:30", "noon", with the day that stands beside them.

use super::scan::{Hit, Scan};
use super::words::Word;
use onrecord_model::TimeType;

/// Reads a clock time at `at`, with a zone and a day after it.
pub(super) fn read(scan: &Scan, at: usize) -> Option<Hit> {
    // "early", "about", "shortly" lead.
    let core = at + usize::from(matches!(scan.word(at), Word::About | Word::Early | Word::Late));
    let (hour, minute, mut end) = clock_at(scan, core)?;
    let mut zone = "";
    if scan.word(end) == Word::Zone && scan.token(end).as_bytes()[0].is_ascii_uppercase() {
        zone = if matches!(scan.token(end), "GMT" | "UTC") { "Z" } else { "" };
        end += 1;
    }
    // "local time", "Eastern time".
    if scan.token(end + 1) == "time"
        && matches!(scan.token(end), "local" | "Eastern" | "Pacific" | "Central" | "Mountain")
    {
        end += 2;
    }
    let (day, anchor, end) = match day_beside(scan, end) {
        Some(day) => (day.value, day.anchor, day.end),
        None => match scan.anchor {
            Some(day) => (day.to_string(), Some(day), end),
            None => ("XXXX-XX-XX".to_owned(), None, end),
        },
    };
    let value = format!("{day}T{hour:02}:{minute:02}{zone}");
    Some(Hit::new(at, end, TimeType::Time, value, "clock").against(anchor))
}

/// Hour, minute and the token after.
fn clock_at(scan: &Scan, at: usize) -> Option<(u32, u32, usize)> {
    let afternoon = |hour: u32, pm: bool| hour % 12 + if pm { 12 } else { 0 };
    match (scan.word(at), scan.word(at + 1)) {
        (Word::Digits(hour) | Word::Number(hour), Word::Meridiem(pm))
            if (1..=12).contains(&hour) && is_meridiem(scan, at + 1) =>
        {
            Some((afternoon(hour, pm), 0, at + 2))
        }
        (Word::Clock(hour, minute), Word::Meridiem(pm)) if hour <= 12 && is_meridiem(scan, at + 1) => {
            Some((afternoon(u32::from(hour), pm), u32::from(minute), at + 2))
        }
        (Word::Digits(hour) | Word::Number(hour), Word::OClock) if (1..=24).contains(&hour) => {
            Some((hour % 24, 0, at + 2))
        }
        (Word::Clock(hour, minute), _)
            if scan.is_dated(at) || matches!(scan.before(at), Word::At | Word::Preposition) =>
        {
            Some((u32::from(hour), u32::from(minute), at + 1))
        }
        (Word::Clock(hour, minute), _) if !scan.token(at).contains(':') => {
            Some((u32::from(hour), u32::from(minute), at + 1))
        }
        (Word::Digits(_), Word::Zone) if scan.token(at).len() == 4 && matches!(scan.token(at + 1), "GMT" | "UTC") => {
            let digits = scan.token(at);
            let (hour, minute) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
            (hour < 24 && minute < 60).then_some((hour, minute, at + 1))
        }
        (Word::Noon, _) => Some((12, 0, at + 1)),
        (Word::Midnight, _) => Some((24, 0, at + 1)),
        _ => None,
    }
}

/// "am" without points is a verb unless it touches a number or is in capitals.
fn is_meridiem(scan: &Scan, at: usize) -> bool {
    let token = scan.token(at);
    token.contains('.') || token != "am" || scan.is_dated(at) || scan.touches(at - 1)
}

/// A day right after a clock time: "Thursday", "on Thursday", "today", "on June 5".
fn day_beside(scan: &Scan, at: usize) -> Option<Hit> {
    let day = at + usize::from(matches!(scan.word(at), Word::On | Word::Comma));
    let hit = super::absolute::read(scan, day).or_else(|| super::relative::read(scan, day))?;
    (hit.kind == TimeType::Date && hit.value.len() == 10 && !hit.value.contains('W')).then_some(hit)
}
