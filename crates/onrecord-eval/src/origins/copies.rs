//! Pairs of reports that share copied text, and which of the two was named the parent.

use super::Score;
use super::found::Found;
use super::gold::{Pile, file};
use std::collections::{BTreeMap, BTreeSet};

/// Two reports, the lesser name first.
type Pair = (String, String);

fn pair(one: &str, other: &str) -> Pair {
    (one.min(other).to_owned(), one.max(other).to_owned())
}

#[derive(Default)]
struct Gold {
    /// Pairs that share copied text.
    pairs: BTreeSet<Pair>,
    /// Parent and child, where both are in the pile.
    directed: BTreeSet<Pair>,
    /// Pairs that the texts do not exclude.
    accepted: BTreeSet<Pair>,
    /// Pairs that share words for another reason.
    never: BTreeSet<Pair>,
}

/// Copies, their direction, and shared quotations that were called copies.
pub fn score(pile: &Pile, found: &Found) -> Vec<Score> {
    let gold = gold(pile);
    let files = found.files();
    let name = |id: &str| files.get(id).map_or(id, |file| *file).to_owned();
    let mut named: BTreeMap<Pair, Pair> = BTreeMap::new();
    for copy in &found.copies {
        let (from, to) = (name(&copy.from), name(&copy.to));
        named.insert(pair(&from, &to), (from, to));
    }
    // Two heirs of one seen parent share its text too: neither right nor wrong.
    let neutral = |pair: &Pair| gold.accepted.contains(pair) || pair.0 != pair.1 && kin(pair, &gold.pairs);
    let judged: Vec<&Pair> = named.keys().filter(|pair| gold.pairs.contains(*pair) || !neutral(pair)).collect();
    let right = judged.iter().filter(|pair| gold.pairs.contains(**pair)).count();
    let directed = gold.directed.iter().filter(|edge| named.get(&pair(&edge.0, &edge.1)) == Some(edge)).count();
    let wrong = gold.never.iter().filter(|pair| named.contains_key(*pair)).count();
    vec![
        Score::prf("copies", right, judged.len(), gold.pairs.len()),
        Score::share("copies: parent named", directed, gold.directed.len()),
        Score::share("shared quotes called copies", wrong, gold.never.len()),
    ]
}

fn gold(pile: &Pile) -> Gold {
    let mut gold = Gold::default();
    for (story, of) in &pile.gold {
        let mut heirs: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for copy in &of.copies {
            let to = file(story, &copy.to);
            for other in &copy.also_accept {
                gold.accepted.insert(pair(&file(story, other), &to));
            }
            if copy.from.starts_with("unseen:") {
                heirs.entry(&copy.from).or_default().insert(to);
            } else {
                let from = file(story, &copy.from);
                gold.pairs.insert(pair(&from, &to));
                gold.directed.insert((from, to));
            }
        }
        for heirs in heirs.values() {
            for one in heirs {
                gold.pairs.extend(heirs.iter().filter(|other| *other > one).map(|other| pair(one, other)));
            }
        }
        for two in of.not_copies.iter().filter(|two| two.len() >= 2) {
            gold.never.insert(pair(&file(story, &two[0]), &file(story, &two[1])));
        }
    }
    gold
}

/// Whether copying leads from one of the two to the other.
fn kin(of: &Pair, edges: &BTreeSet<Pair>) -> bool {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut ahead: Vec<&str> = vec![&of.0];
    while let Some(report) = ahead.pop() {
        if seen.insert(report) {
            for (one, other) in edges {
                if one == report || other == report {
                    ahead.extend([one.as_str(), other.as_str()]);
                }
            }
        }
    }
    seen.contains(of.1.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{found, pile};
    use super::*;

    #[test]
    fn heirs_of_an_unseen_wire_count_and_heirs_of_a_seen_one_do_not() {
        let pile = pile(
            r#"{"copies": [{"from": "unseen:Wire", "to": "a"}, {"from": "unseen:Wire", "to": "b"}, {"from": "c", "to": "d"},
               {"from": "c", "to": "e"}], "not_copies": [["a", "d", "one speech"]]}"#,
        );
        let found =
            found(&["a", "b", "c", "d", "e"], r#"{"copies": [["a", "b"], ["d", "e"], ["d", "c"], ["a", "d"]]}"#);
        let scores = score(&pile, &found);
        // Four found; d and e are kin; two of the others are right, of three.
        assert_eq!(scores[0].counts, [3, 3]);
        assert!((scores[0].values[0] - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(scores[1].counts, [0, 2], "the parent was named the wrong way round");
        assert_eq!(scores[2].counts, [1, 1]);
    }
}
