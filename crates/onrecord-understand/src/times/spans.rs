//! Durations and sets: "for three months", "25-year-old", "every Monday", "twice a week", "daily".

use super::scan::{Hit, Scan};
use super::value::{duration, shift};
use super::words::{SEASONS, Unit, Way, Word};
use jiff::civil::Date;
use onrecord_model::{Pos, Rel, Tag, TimeType};

/// How many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Count {
    /// So many.
    Whole(u32),
    /// So many halves: "two and a half".
    Halves(u32),
    /// "several".
    Vague,
}

impl Count {
    fn text(self) -> String {
        match self {
            Count::Whole(n) => n.to_string(),
            Count::Halves(n) if n % 2 == 0 => (n / 2).to_string(),
            Count::Halves(n) => format!("{}.5", n / 2),
            Count::Vague => "X".to_owned(),
        }
    }
}

impl Quantity {
    /// The quantity as an ISO 8601 duration: half an hour is thirty minutes, half a century fifty years.
    fn value(&self) -> String {
        let of = |n: u32, each: u32, unit| duration(&n.saturating_mul(each).to_string(), unit);
        match (self.count, self.unit) {
            (Count::Halves(n), Unit::Century) => of(n, 50, Unit::Year),
            (Count::Halves(n), Unit::Decade) => of(n, 5, Unit::Year),
            (Count::Halves(1), Unit::Year) => of(1, 6, Unit::Month),
            (Count::Halves(1), Unit::Day) => of(1, 12, Unit::Hour),
            (Count::Halves(1), Unit::Hour) => of(1, 30, Unit::Minute),
            (Count::Halves(1), Unit::Minute) => of(1, 30, Unit::Second),
            (count, unit) => duration(&count.text(), unit),
        }
    }
}

/// A count of units, up to the token `end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    pub count: Count,
    pub unit: Unit,
    pub end: usize,
}

/// Reads a duration or set at `at`.
pub(super) fn read(scan: &Scan, at: usize) -> Option<Hit> {
    set(scan, at).or_else(|| quarter_century(scan, at)).or_else(|| stretch(scan, at)).or_else(|| plain(scan, at))
}

/// "three", "twenty-one", "a", "a few", "several", "two and a half", "half a": the count and the token after it.
fn count(scan: &Scan, at: usize) -> Option<(Count, usize)> {
    match scan.word(at) {
        Word::Digits(n) => Some(after_number(scan, n, at + 1)),
        Word::Number(n) => {
            let ones = match (scan.word(at + 1), scan.word(at + 2)) {
                (Word::Hyphen, Word::Number(ones)) if n >= 20 && ones < 10 => Some(ones),
                _ => None,
            };
            let (n, end) = ones.map_or((n, at + 1), |ones| (n + ones, at + 3));
            Some(after_number(scan, n, end))
        }
        Word::Half => match scan.word(at + 1) {
            Word::A => Some((Count::Halves(1), at + 2)),
            Word::Hyphen => Some((Count::Halves(1), at + 2)),
            _ => None,
        },
        Word::A => match scan.word(at + 1) {
            Word::Vague => Some((Count::Vague, at + 2)),
            Word::Couple => Some((Count::Whole(2), at + 2 + usize::from(scan.word(at + 2) == Word::Of))),
            Word::Number(n) if n >= 12 => Some((Count::Whole(n), at + 2)),
            Word::Half => Some((Count::Halves(1), at + 2 + usize::from(scan.word(at + 2) == Word::Hyphen))),
            _ => Some((Count::Whole(1), at + 1)),
        },
        Word::Couple => Some((Count::Whole(2), at + 1 + usize::from(scan.word(at + 1) == Word::Of))),
        Word::Vague => Some((Count::Vague, at + 1)),
        _ => decimal(scan.token(at)).map(|count| (count, at + 1)),
    }
}

/// `2.5` as halves; other decimals are not counted in time.
fn decimal(token: &str) -> Option<Count> {
    let (whole, rest) = token.split_once('.')?;
    (rest == "5").then(|| whole.parse::<u32>().ok()).flatten()?.checked_mul(2).map(|n| Count::Halves(n + 1))
}

/// "and a half", "to four", "or three", "dozen" after a number.
fn after_number(scan: &Scan, n: u32, end: usize) -> (Count, usize) {
    let hyphens = |at: usize| usize::from(scan.word(at) == Word::Hyphen);
    // "two and a half", "two-and-a-half", "a year and a half" is read after the unit.
    let and = end + hyphens(end);
    let a = and + 1 + hyphens(and + 1);
    let half = a + 1 + hyphens(a + 1);
    if scan.word(and) == Word::And && scan.word(a) == Word::A && scan.word(half) == Word::Half {
        return (Count::Halves(n.saturating_mul(2).saturating_add(1)), half + 1);
    }
    match (scan.word(end), scan.word(end + 1)) {
        (Word::To | Word::And | Word::Hyphen, Word::Digits(more) | Word::Number(more)) if more > n => {
            (Count::Whole(more), end + 2)
        }
        (Word::Number(12 | 100), _) => (Count::Whole(n.saturating_mul(12)), end + 1),
        _ => (Count::Whole(n), end),
    }
}

/// A count and its unit, with what weakens the count ("more than", "nearly", "at least").
pub(super) fn quantity(scan: &Scan, at: usize) -> Option<Quantity> {
    let core = match (scan.word(at), scan.word(at + 1)) {
        (Word::More, Word::Than) | (Word::At, Word::Least | Word::Most) => at + 2,
        _ if scan.token(at) == "up" && scan.word(at + 1) == Word::To => at + 2,
        (Word::About, Word::A | Word::Digits(_) | Word::Number(_) | Word::Half | Word::Other | Word::Couple) => at + 1,
        _ => at,
    };
    if let Some(quantity) = compound(scan, core) {
        return Some(quantity);
    }
    if let Word::Unit(unit, true) = scan.word(core)
        && core == at
        && unit != Unit::Quarter
    {
        let led = matches!(scan.before(at), Word::For | Word::In | Word::Preposition)
            || scan.is_dated(at) && unit != Unit::Second;
        let pointed = matches!(scan.word(at + 1), Word::Ago | Word::Earlier | Word::Later | Word::Before | Word::After);
        return (led || pointed).then_some(Quantity { count: Count::Vague, unit, end: at + 1 });
    }
    let (count, mut unit_ix) = count(scan, core)?;
    unit_ix += usize::from(scan.word(unit_ix) == Word::Hyphen);
    if matches!(
        scan.token(unit_ix),
        "more"
            | "full"
            | "consecutive"
            | "straight"
            | "additional"
            | "whole"
            | "long"
            | "extra"
            | "working"
            | "business"
            | "calendar"
    ) {
        unit_ix += 1;
    }
    let Word::Unit(unit, plural) = scan.word(unit_ix) else { return None };
    // "a quarter of voters".
    if unit == Unit::Quarter && scan.word(unit_ix + 1) == Word::Of {
        return None;
    }
    let single = matches!(scan.word(core), Word::A) && count == Count::Whole(1);
    // "a second term", "a quarter of voters", "a day" as such are no durations unless the names layer sees one.
    let compounded = scan.word(unit_ix + 1) == Word::Hyphen && matches!(scan.word(unit_ix + 2), Word::Unit(..));
    if compounded
        || single && (unit == Unit::Second || unit == Unit::Quarter) && !scan.is_dated(unit_ix)
        || unit == Unit::Quarter && !scan.is_dated(unit_ix)
        || count == Count::Vague && !plural
        || scan.word(core) == Word::Vague && scan.tag(core) == Tag::Dt && !scan.is_dated(core)
    {
        return None;
    }
    let mut quantity = Quantity { count, unit, end: unit_ix + 1 };
    // "a year and a half".
    if scan.word(unit_ix + 1) == Word::And
        && scan.word(unit_ix + 2) == Word::A
        && scan.word(unit_ix + 3) == Word::Half
        && single
    {
        quantity = Quantity { count: Count::Halves(3), unit, end: unit_ix + 4 };
    }
    Some(quantity)
}

/// `25-year`, `10-day` as one token.
fn compound(scan: &Scan, at: usize) -> Option<Quantity> {
    let (number, unit) = scan.token(at).split_once('-')?;
    let count = match super::words::classify(number) {
        Word::Digits(n) | Word::Number(n) => Count::Whole(n),
        _ => decimal(number)?,
    };
    match super::words::classify(unit) {
        Word::Unit(unit, _) if unit != Unit::Quarter => Some(Quantity { count, unit, end: at + 1 }),
        _ => None,
    }
}

/// "a quarter-century", "a quarter of a century".
fn quarter_century(scan: &Scan, at: usize) -> Option<Hit> {
    if scan.word(at) != Word::A || scan.word(at + 1) != Word::Unit(Unit::Quarter, false) {
        return None;
    }
    let end = match (scan.word(at + 2), scan.word(at + 3)) {
        (Word::Hyphen, _) => at + 3,
        (Word::Of, Word::A) => at + 4,
        _ => at + 2,
    };
    (scan.word(end) == Word::Unit(Unit::Century, false))
        .then(|| Hit::new(at, end + 1, TimeType::Duration, "P25Y", "quarter-century"))
}

/// A duration as it stands: "three months", "25-year-old", "two years old", "decades-long".
fn plain(scan: &Scan, at: usize) -> Option<Hit> {
    if let (Word::Unit(unit, _), Word::Hyphen) = (scan.word(at), scan.word(at + 1))
        && scan.token(at + 2) == "long"
    {
        let count = if matches!(scan.word(at), Word::Unit(_, true)) { "X" } else { "1" };
        return Some(Hit::new(at, at + 3, TimeType::Duration, duration(count, unit), "duration"));
    }
    let quantity = quantity(scan, at)?;
    let mut end = quantity.end;
    if scan.word(end) == Word::Hyphen && scan.word(end + 1) == Word::Old {
        end += 2;
    } else if scan.word(end) == Word::Old {
        end += 1;
    } else if scan.word(end) == Word::Hyphen && scan.token(end + 1) == "long" {
        end += 2;
    }
    Some(Hit::new(at, end, TimeType::Duration, quantity.value(), "duration"))
}

/// "the past three years", "the last week", "the next few months", "the first two days".
fn stretch(scan: &Scan, at: usize) -> Option<Hit> {
    let core = at + usize::from(scan.word(at) == Word::The);
    let way = match scan.word(core) {
        Word::Toward(way) | Word::Stretch(way) | Word::Following(way) => Some(way),
        Word::Ordinal(1) => None,
        _ => return None,
    };
    let (count, unit, end) = match scan.word(core + 1) {
        Word::Unit(unit, false) if core > at && matches!(way, Some(Way::Last)) && unit >= Unit::Hour => {
            (Count::Whole(1), unit, core + 2)
        }
        _ => {
            let quantity = quantity(scan, core + 1)?;
            if matches!(scan.word(core + 1), Word::A | Word::Unit(..))
                && !matches!(scan.word(core + 2), Word::Couple | Word::Half | Word::Number(_))
            {
                return None;
            }
            (quantity.count, quantity.unit, quantity.end)
        }
    };
    let mut hit = Hit::new(at, end, TimeType::Duration, Quantity { count, unit, end }.value(), "stretch");
    if let (Count::Whole(n), Some(anchor), Some(way)) = (count, scan.anchor, way) {
        hit.days = covered(anchor, unit, n, way);
        hit.anchor = hit.days.map(|_| anchor);
    }
    Some(hit)
}

/// The days between the anchor and `n` units before or after it.
fn covered(anchor: Date, unit: Unit, n: u32, way: Way) -> Option<(Date, Date)> {
    match way {
        Way::Last => Some((shift(anchor, unit, -i64::from(n))?, anchor)),
        Way::Next => Some((anchor, shift(anchor, unit, i64::from(n))?)),
        Way::This => None,
    }
}

/// Sets.
fn set(scan: &Scan, at: usize) -> Option<Hit> {
    let hit = |end, value: String| Some(Hit::new(at, end, TimeType::Set, value, "set"));
    match scan.word(at) {
        Word::Every => every(scan, at),
        Word::Set(value) => hit(at + 1, value.to_owned()),
        Word::Weekday(day, true) => hit(at + 1, format!("XXXX-WXX-{day}")),
        Word::Unit(Unit::Weekend, true) if matches!(scan.before(at), Word::On | Word::At | Word::Preposition) => {
            hit(at + 1, "XXXX-WXX-WE".to_owned())
        }
        Word::Per => match scan.word(at + 1) {
            Word::Unit(unit, false) => hit(at + 2, duration("1", unit)),
            _ => None,
        },
        Word::A => rate(scan, at),
        Word::Other if matches!(scan.token(at), "once" | "twice") => match (scan.word(at + 1), scan.word(at + 2)) {
            (Word::A | Word::Every, Word::Unit(unit, false)) => hit(at + 3, duration("1", unit)),
            _ => None,
        },
        _ => None,
    }
}

/// "a year" after a price or a number of times.
fn rate(scan: &Scan, at: usize) -> Option<Hit> {
    let Word::Unit(unit, false) = scan.word(at + 1) else { return None };
    let before = scan.previous(at)?;
    let token = &scan.parse.tokens[at + 1];
    let hangs = token.rel == Rel::Npadvmod && token.head as usize <= before;
    let counted = scan.pos(before) == Pos::Num
        || scan.tag(before) == Tag::Dollar
        || matches!(scan.token(before), "%" | "times" | "percent" | "twice" | "once");
    let counted = counted || scan.tag(before) == Tag::Nns && hangs && token.head as usize == before;
    (counted && unit != Unit::Second && unit != Unit::Quarter)
        .then(|| Hit::new(at, at + 2, TimeType::Set, duration("1", unit), "rate"))
}

/// "every day", "every other week", "every three months", "each Monday", "every morning".
fn every(scan: &Scan, at: usize) -> Option<Hit> {
    let hit = |end, value: String| Some(Hit::new(at, end, TimeType::Set, value, "set"));
    let other = usize::from(scan.token(at + 1) == "other");
    let n = if other == 1 { "2" } else { "1" };
    match scan.word(at + 1 + other) {
        Word::Unit(Unit::Second, _) => None,
        Word::Unit(unit, false) => hit(at + 2 + other, duration(n, unit)),
        Word::Weekday(day, false) => hit(at + 2 + other, format!("XXXX-WXX-{day}")),
        Word::Part(code) => hit(at + 2, format!("XXXX-XX-XXT{code}")),
        Word::Month(month) => hit(at + 2, format!("XXXX-{month:02}")),
        Word::Season(season) => hit(at + 2, format!("XXXX-{}", SEASONS[usize::from(season)])),
        Word::Ordinal(n) => match scan.word(at + 2) {
            Word::Unit(unit, false) => hit(at + 3, duration(&n.to_string(), unit)),
            _ => None,
        },
        _ => {
            let quantity = quantity(scan, at + 1)?;
            hit(quantity.end, quantity.value())
        }
    }
}
