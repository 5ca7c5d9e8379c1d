//! What numbers measure: money, a share, the dead, people.

use crate::facts::hash;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Units under which numbers are compared whatever noun they stand with.
pub(crate) const MONEY: &str = "$money";
/// See [`MONEY`].
pub(crate) const PERCENT: &str = "$percent";
/// How many died.
pub(crate) const DEAD: &str = "$dead";
/// How many were hurt.
pub(crate) const HURT: &str = "$hurt";

/// How many fell ill.
pub(crate) const ILL: &str = "$ill";

/// An hour of the day.
pub(crate) const CLOCK: &str = "$clock";

/// Whether a unit says what became of people, so that it is no other such unit.
pub(crate) fn is_fate(unit: u64) -> bool {
    [DEAD, HURT, ILL].iter().any(|fate| hash(fate) == unit)
}

/// Words of money.
#[rustfmt::skip]
const CURRENCIES: &[&str] = &[
    "$", "cedi", "cent", "crown", "dinar", "dollar", "euro", "franc", "krona", "krone", "lira", "naira", "peso", "pound", "rand", "real", "rouble", "ruble", "rupee",
    "shilling", "won", "yen", "yuan", "£", "¥", "€",
];

/// Words of death, and of injury.
const DEATHS: &[&str] = &["body", "casualty", "dead", "death", "die", "fatality", "kill", "toll", "victim"];
const INJURIES: &[&str] =
    &["burn", "hospital", "hospitalize", "hurt", "injure", "injured", "injury", "treat", "wound", "wounded"];

const ILLNESS: &[&str] = &[
    "case",
    "diagnose",
    "disease",
    "ill",
    "illness",
    "infect",
    "infection",
    "outbreak",
    "poison",
    "sick",
    "sicken",
    "virus",
];

/// More words for people in number, who are no measure by themselves.
#[rustfmt::skip]
const CROWDS: &[&str] = &[
    "crowd", "customer", "demonstrator", "employee", "family", "fan", "household", "marcher", "member", "mourner", "parent", "protester", "pupil", "saver", "spectator", "supporter", "visitor", "voter",
];

/// People, where they are only counted.
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "adult", "boy", "child", "civilian", "girl", "inmate", "man", "miner", "passenger", "patient", "people", "person", "resident", "soldier", "student", "woman", "worker",
];

/// Whether a unit, as the hash of a stem, is people, by whatever name.
pub(crate) fn counts_people(unit: u64) -> bool {
    static STEMS: OnceLock<BTreeSet<u64>> = OnceLock::new();
    let stems = STEMS.get_or_init(|| {
        let stemmer = Stemmer::create(Algorithm::English);
        PEOPLE
            .iter()
            .chain(CROWDS)
            .map(|word| hash(&stemmer.stem(word)))
            .chain([hash(DEAD), hash(HURT), hash(ILL)])
            .collect()
    });
    stems.contains(&unit)
}

/// What a number measures, by the words around it, the noun it stands with, and the words of its clause: money, a share, the dead or
/// the hurt; else none.
pub(crate) fn measure<I: Iterator<Item = String>>(
    around: &[String],
    counted: &str,
    words: impl Fn() -> I,
) -> Option<&'static str> {
    let has = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    if around.iter().any(|w| has(CURRENCIES, w)) || has(CURRENCIES, counted) {
        return Some(MONEY);
    }
    if around.iter().any(|w| matches!(w.as_str(), "%" | "percent" | "per")) || matches!(counted, "%" | "percent") {
        return Some(PERCENT);
    }
    let open = [PEOPLE, DEATHS, INJURIES, ILLNESS].iter().any(|list| has(list, counted)) || counted.is_empty();
    let bare =
        !counted.chars().any(char::is_alphabetic) || matches!(counted, "at" | "to" | "from" | "be" | "number" | "of");
    if !open && !bare {
        return None;
    }
    if words().any(|w| has(DEATHS, &w)) {
        return Some(DEAD);
    }
    if words().any(|w| has(INJURIES, &w)) {
        return Some(HURT);
    }
    words().any(|w| has(ILLNESS, &w)).then_some(ILL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_measure_are_compared() {
        let of = |around: &[&str], counted: &str, clause: &str| {
            let around: Vec<String> = around.iter().map(|w| w.to_string()).collect();
            measure(&around, counted, || clause.split(' ').map(str::to_string))
        };
        assert_eq!(of(&["€", "million"], "contract", "a contract"), Some(MONEY));
        assert_eq!(of(&[], "people", "nine people be kill"), Some(DEAD));
        assert_eq!(of(&["to"], "to", "the toll rise to"), Some(DEAD));
        assert_eq!(of(&[], "worker", "six worker be hurt"), Some(HURT));
        assert_eq!(of(&[], "vote", "nine vote kill the plan"), None);
        assert!([CURRENCIES, DEATHS, INJURIES, ILLNESS, PEOPLE, CROWDS].iter().all(|list| list.is_sorted()));
    }
}
