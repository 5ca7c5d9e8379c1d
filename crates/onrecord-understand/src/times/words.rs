//! The words that time expressions are made of.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Which way an expression points from its anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub(super) enum Way {
    Last,
    This,
    Next,
}

/// What a word can do in a time expression.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(missing_docs)]
pub(super) enum Word {
    Other,
    /// 1 = Monday; whether in the plural.
    Weekday(i8, bool),
    Month(i8),
    /// Whether in the plural.
    Unit(Unit, bool),
    /// Index into the TIMEX codes SP, SU, FA, WI.
    Season(u8),
    /// TIMEX code of a part of the day.
    Part(&'static str),
    /// Days from today.
    Today(i32),
    Tonight,
    Overnight,
    /// "one" … "ninety", "dozen", "hundred".
    Number(u32),
    Digits(u32),
    /// "first" … "thirty-first", "3rd".
    Ordinal(u32),
    /// "several", "few", "many", "some".
    Vague,
    Couple,
    /// "last", "past", "previous", "next", "coming", "this".
    Toward(Way),
    /// "past", "coming" and the like: span a stretch rather than name one.
    Stretch(Way),
    /// "previous", "following", "preceding": from the time last spoken of.
    Following(Way),
    Same,
    That,
    These,
    Ago,
    Earlier,
    Later,
    Before,
    After,
    Early,
    Mid,
    Late,
    Edge,
    Every,
    Per,
    A,
    The,
    Of,
    In,
    On,
    At,
    For,
    From,
    And,
    To,
    Than,
    More,
    Least,
    Most,
    About,
    Half,
    Old,
    Now,
    Hyphen,
    Comma,
    Meridiem(bool),
    Clock(u8, u8),
    Noon,
    Midnight,
    OClock,
    Zone,
    Fiscal,
    /// A value and whether it names the past, present or future.
    Reference(&'static str),
    Recent,
    /// Adverb or adjective of a set: its value.
    Set(&'static str),
    Decade(u32),
    Holiday(u8),
    /// Prepositions after which a bare year, month or season is one.
    Preposition,
}

/// Codes of the seasons.
pub(super) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

const TABLE: &[(Word, &str)] = &[
    (Word::Month(1), "january jan jan."),
    (Word::Month(2), "february feb feb."),
    (Word::Month(3), "march mar."),
    (Word::Month(4), "april apr apr."),
    (Word::Month(5), "may"),
    (Word::Month(6), "june jun."),
    (Word::Month(7), "july jul."),
    (Word::Month(8), "august aug aug."),
    (Word::Month(9), "september sept sept. sep."),
    (Word::Month(10), "october oct oct."),
    (Word::Month(11), "november nov nov."),
    (Word::Month(12), "december dec dec."),
    (Word::Weekday(1, false), "monday mon."),
    (Word::Weekday(2, false), "tuesday tues. tue."),
    (Word::Weekday(3, false), "wednesday wed."),
    (Word::Weekday(4, false), "thursday thurs. thu."),
    (Word::Weekday(5, false), "friday fri."),
    (Word::Weekday(6, false), "saturday sat."),
    (Word::Weekday(7, false), "sunday"),
    (Word::Weekday(1, true), "mondays"),
    (Word::Weekday(2, true), "tuesdays"),
    (Word::Weekday(3, true), "wednesdays"),
    (Word::Weekday(4, true), "thursdays"),
    (Word::Weekday(5, true), "fridays"),
    (Word::Weekday(6, true), "saturdays"),
    (Word::Weekday(7, true), "sundays"),
    (Word::Unit(Unit::Second, false), "second"),
    (Word::Unit(Unit::Second, true), "seconds secs"),
    (Word::Unit(Unit::Minute, false), "minute"),
    (Word::Unit(Unit::Minute, true), "minutes mins"),
    (Word::Unit(Unit::Hour, false), "hour"),
    (Word::Unit(Unit::Hour, true), "hours hrs"),
    (Word::Unit(Unit::Day, false), "day"),
    (Word::Unit(Unit::Day, true), "days"),
    (Word::Unit(Unit::Weekend, false), "weekend"),
    (Word::Unit(Unit::Weekend, true), "weekends"),
    (Word::Unit(Unit::Week, false), "week"),
    (Word::Unit(Unit::Week, true), "weeks"),
    (Word::Unit(Unit::Fortnight, false), "fortnight"),
    (Word::Unit(Unit::Fortnight, true), "fortnights"),
    (Word::Unit(Unit::Month, false), "month"),
    (Word::Unit(Unit::Month, true), "months"),
    (Word::Unit(Unit::Quarter, false), "quarter"),
    (Word::Unit(Unit::Quarter, true), "quarters"),
    (Word::Unit(Unit::Year, false), "year"),
    (Word::Unit(Unit::Year, true), "years"),
    (Word::Unit(Unit::Decade, false), "decade"),
    (Word::Unit(Unit::Decade, true), "decades"),
    (Word::Unit(Unit::Century, false), "century"),
    (Word::Unit(Unit::Century, true), "centuries"),
    (Word::Season(0), "spring springtime"),
    (Word::Season(1), "summer summertime"),
    (Word::Season(2), "autumn fall"),
    (Word::Season(3), "winter wintertime"),
    (Word::Part("MO"), "morning"),
    (Word::Part("AF"), "afternoon"),
    (Word::Part("EV"), "evening"),
    (Word::Part("NI"), "night"),
    (Word::Today(0), "today"),
    (Word::Today(-1), "yesterday"),
    (Word::Today(1), "tomorrow"),
    (Word::Tonight, "tonight"),
    (Word::Overnight, "overnight"),
    (Word::Number(1), "one"),
    (Word::Number(2), "two"),
    (Word::Number(3), "three"),
    (Word::Number(4), "four"),
    (Word::Number(5), "five"),
    (Word::Number(6), "six"),
    (Word::Number(7), "seven"),
    (Word::Number(8), "eight"),
    (Word::Number(9), "nine"),
    (Word::Number(10), "ten"),
    (Word::Number(11), "eleven"),
    (Word::Number(12), "twelve dozen"),
    (Word::Number(13), "thirteen"),
    (Word::Number(14), "fourteen"),
    (Word::Number(15), "fifteen"),
    (Word::Number(16), "sixteen"),
    (Word::Number(17), "seventeen"),
    (Word::Number(18), "eighteen"),
    (Word::Number(19), "nineteen"),
    (Word::Number(20), "twenty"),
    (Word::Number(30), "thirty"),
    (Word::Number(40), "forty"),
    (Word::Number(50), "fifty"),
    (Word::Number(60), "sixty"),
    (Word::Number(70), "seventy"),
    (Word::Number(80), "eighty"),
    (Word::Number(90), "ninety"),
    (Word::Number(100), "hundred"),
    (Word::Ordinal(1), "first"),
    (Word::Ordinal(3), "third"),
    (Word::Ordinal(4), "fourth"),
    (Word::Ordinal(5), "fifth"),
    (Word::Ordinal(6), "sixth"),
    (Word::Ordinal(7), "seventh"),
    (Word::Ordinal(8), "eighth"),
    (Word::Ordinal(9), "ninth"),
    (Word::Ordinal(10), "tenth"),
    (Word::Ordinal(11), "eleventh"),
    (Word::Ordinal(12), "twelfth"),
    (Word::Ordinal(13), "thirteenth"),
    (Word::Ordinal(14), "fourteenth"),
    (Word::Ordinal(15), "fifteenth"),
    (Word::Ordinal(16), "sixteenth"),
    (Word::Ordinal(17), "seventeenth"),
    (Word::Ordinal(18), "eighteenth"),
    (Word::Ordinal(19), "nineteenth"),
    (Word::Ordinal(20), "twentieth"),
    (Word::Ordinal(21), "twenty-first"),
    (Word::Ordinal(30), "thirtieth"),
    (Word::Vague, "several few many some countless numerous multiple various"),
    (Word::Couple, "couple"),
    (Word::Toward(Way::Last), "last"),
    (Word::Toward(Way::Next), "next"),
    (Word::Toward(Way::This), "this"),
    (Word::Stretch(Way::Last), "past"),
    (Word::Stretch(Way::Next), "coming upcoming"),
    (Word::Following(Way::Last), "previous preceding prior"),
    (Word::Following(Way::Next), "following"),
    (Word::Same, "same"),
    (Word::That, "that"),
    (Word::These, "these"),
    (Word::Ago, "ago"),
    (Word::Earlier, "earlier"),
    (Word::Later, "later hence"),
    (Word::Before, "before"),
    (Word::After, "after"),
    (Word::Early, "early"),
    (Word::Mid, "mid middle"),
    (Word::Late, "late"),
    (Word::Edge, "end beginning start"),
    (Word::Every, "every each"),
    (Word::Per, "per"),
    (Word::A, "a an"),
    (Word::The, "the"),
    (Word::Of, "of"),
    (Word::In, "in"),
    (Word::On, "on"),
    (Word::At, "at"),
    (Word::For, "for"),
    (Word::From, "from"),
    (Word::And, "and or"),
    (Word::To, "to through"),
    (Word::Than, "than"),
    (Word::More, "more less fewer"),
    (Word::Least, "least"),
    (Word::Most, "most"),
    (Word::About, "about around nearly almost over roughly approximately under"),
    (Word::Half, "half"),
    (Word::Old, "old"),
    (Word::Now, "now"),
    (Word::Hyphen, "- – — ‑"),
    (Word::Comma, ","),
    (Word::Meridiem(false), "a.m. am a.m"),
    (Word::Meridiem(true), "p.m. pm p.m"),
    (Word::Noon, "noon midday"),
    (Word::Midnight, "midnight"),
    (Word::OClock, "o'clock o’clock"),
    (Word::Zone, "gmt utc bst est edt cst cdt mst mdt pst pdt cet cest et pt ct"),
    (Word::Fiscal, "fiscal"),
    (Word::Reference("PRESENT_REF"), "currently presently nowadays"),
    (Word::Reference("PAST_REF"), "recently lately previously formerly"),
    (Word::Reference("FUTURE_REF"), "soon"),
    (Word::Recent, "recent"),
    (Word::Set("P1D"), "daily"),
    (Word::Set("PT1H"), "hourly"),
    (Word::Set("P1W"), "weekly"),
    (Word::Set("P2W"), "fortnightly"),
    (Word::Set("P1M"), "monthly"),
    (Word::Set("P1Q"), "quarterly"),
    (Word::Set("P1Y"), "annually annual yearly"),
    (Word::Decade(192), "twenties"),
    (Word::Decade(193), "thirties"),
    (Word::Decade(194), "forties"),
    (Word::Decade(195), "fifties"),
    (Word::Decade(196), "sixties"),
    (Word::Decade(197), "seventies"),
    (Word::Decade(198), "eighties"),
    (Word::Decade(199), "nineties"),
    (Word::Holiday(0), "christmas"),
    (Word::Holiday(1), "thanksgiving"),
    (Word::Holiday(2), "easter"),
    (Word::Holiday(3), "halloween"),
    (Word::Preposition, "since by until till during between throughout towards toward circa ending ended"),
];

fn table() -> &'static HashMap<&'static str, Word> {
    static WORDS: OnceLock<HashMap<&'static str, Word>> = OnceLock::new();
    WORDS.get_or_init(|| TABLE.iter().flat_map(|(word, forms)| forms.split(' ').map(|form| (form, *word))).collect())
}

/// The class of one token, from its characters.
pub(super) fn classify(token: &str) -> Word {
    let bytes = token.as_bytes();
    if bytes.is_empty() || bytes.len() > 14 {
        return Word::Other;
    }
    if bytes[0].is_ascii_digit() || bytes[0] == b'\'' || token.starts_with('’') {
        return classify_digits(token);
    }
    let mut buffer = [0u8; 14];
    let lower = &mut buffer[..bytes.len()];
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).ok().and_then(|form| table().get(form).copied()).unwrap_or(Word::Other)
}

/// Tokens that open with a digit: numbers, ordinals, decades, clock times.
fn classify_digits(token: &str) -> Word {
    let bare = token.trim_start_matches(['\'', '’']);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = bare.split_at(digits);
    if digits == 0 || digits > 6 {
        return Word::Other;
    }
    let Ok(value) = number.parse::<u32>() else { return Word::Other };
    match rest {
        "" if bare.len() == token.len() => Word::Digits(value),
        "st" | "nd" | "rd" | "th" => Word::Ordinal(value),
        "s" | "'s" | "’s" if digits == 4 && value % 10 == 0 && (1100..2100).contains(&value) => {
            Word::Decade(value / 10)
        }
        "s" | "'s" | "’s" if digits == 2 && value % 10 == 0 => {
            Word::Decade(if value < 30 { 200 } else { 190 } + value / 10)
        }
        "am" | "a.m." | "pm" | "p.m." if (1..=12).contains(&value) => {
            Word::Clock(((value % 12) + if rest.starts_with('p') { 12 } else { 0 }) as u8, 0)
        }
        _ => clock(value, rest).unwrap_or(Word::Other),
    }
}

/// `9:30`, `9:30pm`, `09.30` is not one (a decimal).
fn clock(hour: u32, rest: &str) -> Option<Word> {
    let rest = rest.strip_prefix(':')?;
    let minutes = rest.get(..2)?;
    let minute = minutes.parse::<u8>().ok().filter(|m| *m < 60 && minutes.bytes().all(|b| b.is_ascii_digit()))?;
    let hour = u8::try_from(hour).ok().filter(|h| *h < 24)?;
    match rest.get(2..)? {
        "" => Some(Word::Clock(hour, minute)),
        "am" | "a.m." if hour <= 12 => Some(Word::Clock(hour % 12, minute)),
        "pm" | "p.m." if hour <= 12 => Some(Word::Clock(hour % 12 + 12, minute)),
        _ => None,
    }
}
