//! Organisations, places and works: one where the full name is one; short forms and initials within a story.

use super::Node;
use super::sets::Sets;
use std::collections::BTreeMap;

/// Full names, in any story.
pub(super) fn join_full_names(nodes: &[Node], sets: &mut Sets) {
    let mut first: BTreeMap<&[String], usize> = BTreeMap::new();
    for (ix, node) in nodes.iter().enumerate().filter(|(_, node)| !node.person) {
        match first.get(&node.words[..]) {
            Some(&other) => sets.join(ix, other),
            None => {
                first.insert(&node.words, ix);
            }
        }
    }
}

/// Full names of one story, an index for each distinct one.
type Full<'a> = BTreeMap<&'a [String], usize>;

/// The leading or closing words of a body's name, and its initials: joined to the one longer name in their story that fits.
pub(super) fn join_short_names(nodes: &[Node], members: &[usize], sets: &mut Sets) {
    let mut with: BTreeMap<&str, Full> = BTreeMap::new();
    let mut by_initials: BTreeMap<String, Full> = BTreeMap::new();
    let bodies = || members.iter().copied().filter(|&ix| !nodes[ix].person);
    for ix in bodies().filter(|&ix| nodes[ix].words.len() >= 2) {
        let words = &nodes[ix].words[..];
        for word in words {
            with.entry(word).or_default().entry(words).or_insert(ix);
        }
        let initials: String = words
            .iter()
            .filter(|word| !matches!(word.as_str(), "of" | "and" | "for" | "the"))
            .filter_map(|word| word.chars().next())
            .collect();
        if initials.len() >= 2 {
            by_initials.entry(initials).or_default().entry(words).or_insert(ix);
        }
    }
    for ix in bodies() {
        if let Some(other) = longer_name(&nodes[ix].words, &with, &by_initials, sets) {
            sets.join(ix, other);
        }
    }
}

/// The one entity of the story whose name opens or closes with this shorter one, or has these initials.
fn longer_name(
    words: &[String],
    with: &BTreeMap<&str, Full>,
    by_initials: &BTreeMap<String, Full>,
    sets: &mut Sets,
) -> Option<usize> {
    let last = words.last()?;
    let longer = with.get(last.as_str()).into_iter().flatten();
    let mut fits: Vec<usize> = longer
        .filter(|(long, _)| long.len() > words.len() && (long.starts_with(words) || long.ends_with(words)))
        .map(|(_, &other)| other)
        .collect();
    if fits.is_empty() && words.len() == 1 {
        fits.extend(by_initials.get(last).into_iter().flatten().map(|(_, &other)| other));
    }
    let first = *fits.first()?;
    let root = sets.root(first);
    fits.iter().all(|&other| sets.root(other) == root).then_some(first)
}
