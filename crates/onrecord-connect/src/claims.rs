//! What of a proposition can clash with another: its figures, its times, how firmly it is said, which words speak of a turn, and what
//! it is about without all these.

use crate::facts::{Proposition, hash};
use crate::numbers;
use crate::opposites::sides;
use crate::propositions::number_term;
use onrecord_model::{Span, Stance, UtteranceRef};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A figure that may be compared with others of its measure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Figure {
    /// Thousandths.
    pub value: i64,
    /// What it measures; 0 where the words do not say.
    pub unit: u64,
    /// Whether it counts people.
    pub people: bool,
}

/// A proposition as it may clash.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Claim {
    /// What it is about: terms that are no figure and no time, names among them. Sorted.
    pub topic: Vec<u64>,
    pub figures: Vec<Figure>,
    /// Days ("2031-04-03"), months and years. Sorted.
    pub times: Vec<String>,
    /// How far it is limited: 0 not at all, 1 to what may be, or to what somebody wants.
    pub limited: bool,
    /// Whether it speaks of what will be, without a limit.
    pub will: bool,
    /// Whether its words say that what held before does not hold now.
    pub turns: bool,
    /// Whether they say so more softly: that a figure moved, that something holds by now.
    pub moves: bool,
    /// Verbs too plain to be content ("told", "took"), each with whether it is denied. Sorted.
    pub light: Vec<(&'static str, bool)>,
    /// Whether it says what should be or what somebody wants, not what is.
    pub wished: bool,
    /// Terms that it denies. Sorted.
    pub denied: Vec<u64>,
    /// Whether it speaks of a year long before the report: of another occasion.
    pub old: bool,
    /// Hash of its words, without marks.
    pub plain: u64,
    /// Whether an unnamed speaker is one person by its description ("a source").
    pub one_person: bool,
    /// Scales of opposites on which it stands, with the side: a denied word stands on the other side. Sorted.
    pub sides: Vec<(u8, bool)>,
}

/// Words that limit what is said to what may be, is meant to be or is thought to be.
#[rustfmt::skip]
const LIMITS: &[&str] = &[
    "alleged", "allegedly", "apparently", "appear", "appeared", "appears", "believe", "believed", "believes", "consider", "considered", "considering", "considers",
    "could", "expect", "expected", "expects", "hope", "hoped", "hopes", "hoping", "intend", "intends", "likely", "may", "maybe", "might", "offer", "offered",
    "offers", "perhaps", "plan", "planned", "planning", "plans", "possible", "possibly", "potential", "potentially", "probably", "proposal", "propose", "proposed",
    "proposes", "reported", "reportedly", "seem", "seemed", "seems", "suggest", "suggested", "suggests", "suspect", "suspected", "suspects", "talks", "tentative",
    "think", "thinks", "threaten", "threatened", "threatening", "threatens", "tried", "try", "trying", "unclear", "unconfirmed", "weigh", "weighing",
];

/// Words after which another state holds than before.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "abandoned", "admits", "admitted", "apologise", "apologised", "apologises", "apologize", "apologized", "backtracked", "canceled", "cancelled", "concede", "conceded",
    "corrected", "correction", "delayed", "dropped", "earlier", "ended", "error", "fired", "halted", "instead", "longer", "mistake", "mistaken", "originally", "ousted",
    "overturned", "postponed", "previously", "removed", "replaced", "rescinded", "resign", "resigned", "resigns", "retract", "retracted", "reversal", "reverse",
    "reversed", "revised", "sacked", "scrapped", "shelved", "sorry", "suspended", "withdrawn", "withdrew", "wrong",
];

/// The same in two words.
const TURNS_OF_TWO: &[(&str, &str)] = &[
    ("on", "hold"),
    ("on", "ice"),
    ("put", "back"),
    ("put", "off"),
    ("step", "aside"),
    ("stepped", "aside"),
    ("stepped", "down"),
    ("stood", "down"),
    ("after", "all"),
    ("u", "turn"),
    ("had", "said"),
    ("has", "said"),
];

/// Words of a count that moved.
#[rustfmt::skip]
const MOVES: &[&str] = &[
    "already", "climbed", "confirmed", "fallen", "fell", "finally", "grew", "grown", "has", "increased", "lowered", "now", "raised", "risen", "rises", "rose", "updated",
];

/// Words of what should be, or of what somebody wants.
const WISHES: &[&str] = &["cannot", "should", "shouldn", "want", "wanted", "wants", "wish"];

/// "Can't", "could not", "must not": a demand, and no word on what is.
fn forbids(verb: &str, not: &str) -> bool {
    matches!(verb, "can" | "could" | "couldn" | "must" | "mustn") && matches!(not, "not" | "t")
}

/// Stems of figures, months and days of the week: these are no topic.
fn is_measure(term: u64) -> bool {
    #[rustfmt::skip]
    const WORDS: &[&str] = &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "dozen", "january", "february", "march", "april", "may",
        "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "today", "yesterday", "tomorrow", "percent", "%", "$", "€", "£", "people",
    ];
    static STEMS: OnceLock<BTreeSet<u64>> = OnceLock::new();
    let stems = STEMS.get_or_init(|| {
        let stemmer = Stemmer::create(Algorithm::English);
        WORDS.iter().map(|word| hash(&stemmer.stem(word))).collect()
    });
    stems.contains(&term)
}

fn is_month(unit: u64) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan.",
        "feb.",
        "mar.",
        "apr.",
        "aug.",
        "sept.",
        "sep.",
        "oct.",
        "nov.",
        "dec.",
    ];
    static STEMS: OnceLock<BTreeSet<u64>> = OnceLock::new();
    let stems = STEMS.get_or_init(|| {
        let stemmer = Stemmer::create(Algorithm::English);
        MONTHS.iter().map(|word| hash(&stemmer.stem(word))).collect()
    });
    stems.contains(&unit)
}

impl Claim {
    /// O(words).
    pub fn new(what: &Proposition, published: &str) -> Claim {
        let lower = what.text.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ','))
            .map(|w| w.trim_matches(['.', ',']))
            .filter(|w| !w.is_empty())
            .collect();
        let counts: Vec<u64> = what.numbers.iter().filter_map(|number| number_term(number.value)).collect();
        let topic: Vec<u64> = what.terms.iter().copied().filter(|t| !is_measure(*t) && !counts.contains(t)).collect();
        let has = |list: &[&str]| words.iter().any(|w| list.binary_search(w).is_ok());
        let thought = what.voice.as_ref().is_some_and(|v| matches!(v.stance, Stance::Believes | Stance::Expects));
        let limited = thought || has(LIMITS);
        let future = words.iter().any(|w| matches!(*w, "will" | "won" | "definitely"));
        let no = denied(what);
        let mut on: Vec<(u8, bool)> = what
            .terms
            .iter()
            .flat_map(|&term| {
                let denied = no.binary_search(&term).is_ok();
                sides(term).iter().map(move |&(scale, side)| (scale, side != denied))
            })
            .collect();
        on.sort_unstable();
        on.dedup();
        Claim {
            topic,
            figures: figures(what),
            times: times(what),
            limited,
            will: future && !limited,
            turns: has(TURNS) || words.windows(2).any(|two| TURNS_OF_TWO.contains(&(two[0], two[1]))),
            wished: words.iter().any(|w| WISHES.contains(w)) || words.windows(2).any(|two| forbids(two[0], two[1])),
            denied: no,
            light: light(&words, what.negated),
            moves: has(MOVES),
            plain: hash(&words.join(" ")),
            one_person: what.voice.as_ref().is_some_and(|voice| one_person(&voice.name)),
            old: old(what, published),
            sides: on,
        }
    }
}

/// The terms that a proposition denies. A later clause of a denial ("because they had known") is denied only in its own words.
fn denied(what: &Proposition) -> Vec<u64> {
    let clause = matches!(what.at, UtteranceRef::Part(..)) && what.denied == what.terms;
    if clause { Vec::new() } else { what.denied.clone() }
}

/// "A source", "the official".
fn one_person(name: &str) -> bool {
    let lower = name.to_lowercase();
    let plural =
        lower.split(" of ").next().unwrap_or_default().split(" who ").next().unwrap_or_default().ends_with('s');
    (lower.starts_with("a ") || lower.starts_with("an ") || lower.starts_with("one ") || lower.starts_with("the "))
        && !plural
}

/// Whether all times of a proposition lie two years and more before `published`.
fn old(what: &Proposition, published: &str) -> bool {
    let year = |day: &str| day.get(..4).and_then(|year| year.parse::<i32>().ok());
    let Some(now) = year(published).filter(|&year| year < 9999) else { return false };
    let mut years = what.days.iter().filter_map(|day| year(day)).peekable();
    years.peek().is_some() && years.all(|then| then < now - 1)
}

/// Forms of plain verbs under one name.
#[rustfmt::skip]
const LIGHT: &[(&str, &str)] = &[
    ("came", "come"), ("come", "come"), ("gave", "give"), ("give", "give"), ("given", "give"), ("knew", "know"), ("know", "know"), ("known", "know"), ("knows", "know"), ("made", "make"), ("make", "make"),
    ("reported", "report"), ("reports", "report"), ("saw", "see"), ("see", "see"), ("seen", "see"), ("take", "take"), ("taken", "take"), ("tell", "tell"), ("told", "tell"), ("took", "take"), ("went", "go"),
];

fn light(words: &[&str], negated: bool) -> Vec<(&'static str, bool)> {
    let named = |word: &&str| LIGHT.binary_search_by_key(word, |&(form, _)| form).ok().map(|at| (LIGHT[at].1, negated));
    let mut made: Vec<(&'static str, bool)> = words.iter().filter_map(named).collect();
    made.sort_unstable();
    made.dedup();
    made
}

/// The figures that may be compared: no days, no years, no ages between commas. Hours of the day are a measure of their own.
fn figures(what: &Proposition) -> Vec<Figure> {
    let mut made = Vec::new();
    for number in what.numbers.iter().filter(|n| !is_month(n.unit)) {
        let (before, after) = around(what, number.span);
        let bare = number.unit == 0;
        let whole = number.value % 1000 == 0;
        // "One of them", "one-on-one": no count.
        if number.value == 1000
            && (bare || after.starts_with('-') || before.ends_with('-') || after.starts_with(" of "))
        {
            continue;
        }
        if is_distance(after) {
            continue;
        }
        if bare
            && (whole && (1_900_000..2_100_000).contains(&number.value)
                || before.ends_with(", ") && after.starts_with(','))
        {
            continue;
        }
        let hour = (0..25_000).contains(&number.value)
            && (bare && ["at ", "until ", "by ", "from "].iter().any(|word| before.ends_with(word))
                || ["am", "pm", "a.m", "p.m", " am", " pm", " a.m", " p.m", " o'clock", " o’clock"]
                    .iter()
                    .any(|word| after.starts_with(word)));
        let unit = if hour { hash(numbers::CLOCK) } else { number.unit };
        made.push(Figure { value: number.value, unit, people: !hour && numbers::counts_people(unit) });
    }
    made
}

/// "Two days after the fall", "61-year-old": how far off something is, or how old, and no count that another could contradict.
fn is_distance(after: &str) -> bool {
    const UNITS: [&str; 6] = ["minute", "hour", "day", "week", "month", "year"];
    const FROM: [&str; 5] = [" after", " ago", " before", " earlier", " later"];
    let Some(rest) = after.strip_prefix([' ', '-']) else { return false };
    let Some(rest) = UNITS.iter().find_map(|unit| rest.strip_prefix(unit)) else { return false };
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    rest.starts_with("-old") || FROM.iter().any(|word| rest.starts_with(word))
}

/// The words before and after a part of a proposition.
fn around(what: &Proposition, part: Span) -> (&str, &str) {
    let mut at = 0;
    for span in &what.spans {
        if span.contains(part) {
            let (start, end) = (at + (part.start() - span.start()) as usize, at + (part.end() - span.start()) as usize);
            return (what.text.get(..start).unwrap_or_default(), what.text.get(end..).unwrap_or_default());
        }
        at += span.len() as usize + 1;
    }
    ("", "")
}

/// Days, months and years, without the time of day.
fn times(what: &Proposition) -> Vec<String> {
    let plain = |value: &str| {
        let value = value.split('T').next().unwrap_or_default();
        let whole = value.bytes().all(|b| b.is_ascii_digit() || b == b'-') && matches!(value.len(), 4 | 7 | 10);
        whole.then(|| value.to_string())
    };
    let mut made: Vec<String> = what.days.iter().filter_map(|value| plain(value)).collect();
    made.sort();
    made.dedup();
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::said;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        let mut limits = LIMITS.to_vec();
        limits.sort_unstable();
        assert_eq!(LIMITS, limits);
        assert!(TURNS.is_sorted());
        assert!(MOVES.is_sorted());
    }

    #[test]
    fn a_claim_is_told_from_its_words() {
        let claim = |text: &str| Claim::new(&said(1, 1, text, None), "2031-02-01");
        let plan = claim("ferry may close before summer");
        assert!(plan.limited && !plan.will);
        assert!(claim("ferry will close before summer").will);
        assert!(claim("board withdrew plan for ferry").turns);
        assert!(claim("board put off decision about ferry").turns);
        assert!(claim("ferry should stay open").wished);
    }

    #[test]
    fn a_distance_in_time_is_no_count() {
        assert!(is_distance(" days after the bridge fell"));
        assert!(is_distance("-year-old bridge"));
        assert!(!is_distance(" days of strike"));
        assert!(!is_distance("-year contract"));
    }

    #[test]
    fn opposites_turn_round_when_denied() {
        let claim = |text: &str| Claim::new(&said(1, 1, text, None), "2031-02-01");
        let (open, shut) = (claim("gates open"), claim("gates shut"));
        assert!(open.sides.iter().any(|&(scale, side)| shut.sides.contains(&(scale, !side))));
        let denied = claim("gates not shut");
        assert!(open.sides.iter().any(|side| denied.sides.contains(side)));
    }
}
