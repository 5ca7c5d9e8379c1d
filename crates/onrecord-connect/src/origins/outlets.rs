//! Outlets by name: which names mean one, and who credits whom.

use crate::entities::name_words;
use crate::facts::Voice;
use crate::statements::Item;

/// Whether two names mean one outlet: one begins or ends the other, or is its initials.
pub(crate) fn same_outlet(a: &str, b: &str) -> bool {
    let (a, b) = (name_words(a), name_words(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    long == short || long.starts_with(short) || long.ends_with(short) || short.len() == 1 && initials(long) == short[0]
}

fn initials(words: &[String]) -> String {
    words.iter().filter_map(|w| w.chars().next()).collect()
}

/// "The paper", "the newspaper": an outlet that is named elsewhere.
pub(super) fn some_outlet(name: &str) -> bool {
    let words = name_words(name);
    let [word] = words.as_slice() else { return false };
    matches!(
        word.as_str(),
        "agency" | "broadcaster" | "magazine" | "newspaper" | "outlet" | "paper" | "site" | "station"
    )
}

/// Whether the report names the other's outlet anywhere as one that it has things from.
pub(super) fn credits(item: &Item, other: &Item) -> bool {
    let outlet = &other.digest.outlet;
    let mut voices = item.digest.facts.propositions.iter().filter_map(|p| p.voice.as_ref());
    let carriers = |v: &Voice| v.via.iter().any(|(_, name)| same_outlet(name, outlet));
    voices.any(|v| carriers(v) || same_outlet(&v.name, outlet))
}

/// What a report calls itself: its outlet, else its headline.
pub(super) fn outlet(item: &Item) -> String {
    if item.digest.outlet.is_empty() { format!("“{}”", item.digest.title) } else { item.digest.outlet.clone() }
}

/// The outlet to which an unnamed source spoke: the carrier nearest to it that is no person, else the report's own.
pub(super) fn spoke_to(item: &Item, voice: &Voice) -> String {
    voice.via.last().map_or_else(|| item.digest.outlet.clone(), |(_, name)| name.clone())
}
