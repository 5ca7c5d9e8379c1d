//! People and organisations across reports.
//!
//! Two chains of different reports mean one entity when their names agree **and** something else does: the story, a title, or
//! company they keep. A bare surname joins the one person of that surname in its story, never a person of another story.

use crate::facts::{ChainFact, hash};
use crate::{Digest, Judgement, Judgements};
use onrecord_model::{Entity, EntityKind, Passage, ReportId, RoleSpan};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A chain of a report: (report, index in `Reading::chains`).
pub type ChainRef = (ReportId, u32);

/// What is known of a chain while entities are made.
struct Node<'a> {
    at: ChainRef,
    story: u64,
    fact: &'a ChainFact,
    /// Lower-case words of the name, articles and possessive endings removed.
    words: Vec<String>,
    day: Option<&'a str>,
}

/// Entities of a set of reports with the story of each. The order of `reports` does not matter. O(n log n) in chains.
pub fn entities(reports: &[(Arc<Digest>, u64)], judgements: &Judgements) -> Vec<Entity> {
    let mut nodes = nodes(reports);
    nodes.sort_by_key(|n| n.at);
    let mut sets = Sets::new(nodes.len());
    join_full_names(&nodes, &mut sets);
    join_short_names(&nodes, &mut sets);
    judge(&nodes, &mut sets, judgements);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ix in 0..nodes.len() {
        groups.entry(sets.root(ix)).or_default().push(ix);
    }
    let mut made: Vec<Entity> = groups.values().map(|group| entity(&nodes, group, judgements)).collect();
    made.sort_by_key(|e| e.id);
    made
}

fn nodes(reports: &[(Arc<Digest>, u64)]) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for (digest, story) in reports {
        for (ix, fact) in digest.facts.chains.iter().enumerate() {
            if !fact.named {
                continue;
            }
            let words = name_words(&fact.name);
            if !words.is_empty() {
                let day = digest.published.as_deref().and_then(|p| p.get(..10));
                nodes.push(Node { at: (digest.report, ix as u32), story: *story, fact, words, day });
            }
        }
    }
    nodes
}

/// Lower-case words of a name without article and possessive ending.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace('’', "'");
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    let words = bare.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-')).filter(|w| !w.is_empty());
    words.skip_while(|w| matches!(*w, "the" | "a" | "an")).map(str::to_string).collect()
}

fn is_person(node: &Node) -> bool {
    node.fact.kind == EntityKind::Person
}

/// Names of two words and more, and names of things: joined within a story by name, across stories by name and a shared title,
/// companion or body.
fn join_full_names(nodes: &[Node], sets: &mut Sets) {
    let mut companions: BTreeMap<ReportId, Vec<u64>> = BTreeMap::new();
    for node in nodes.iter().filter(|n| n.words.len() >= 2) {
        companions.entry(node.at.0).or_default().push(hash(&node.words.join(" ")));
    }
    let mut first: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for (ix, node) in nodes.iter().enumerate() {
        let person = is_person(node);
        if person && node.words.len() < 2 {
            continue;
        }
        let name = hash(&format!("{person} {}", node.words.join(" ")));
        let mut keys = vec![hash(&format!("story {}", node.story))];
        if person {
            for (title, _, _) in &node.fact.roles {
                keys.extend(title_words(title).iter().map(|w| hash(&format!("title {w}"))));
            }
            let own = hash(&node.words.join(" "));
            keys.extend(companions[&node.at.0].iter().filter(|&&c| c != own));
        } else {
            keys.push(0); // a body or place of the same full name is one
        }
        for key in keys {
            match first.get(&(name, key)) {
                Some(&other) => sets.join(ix, other),
                None => {
                    first.insert((name, key), ix);
                }
            }
        }
    }
}

/// Words of a title that tell one holder from another.
fn title_words(title: &str) -> Vec<String> {
    const COMMON: &[&str] = &[
        "a",
        "acting",
        "an",
        "and",
        "chief",
        "deputy",
        "director",
        "ex",
        "first",
        "for",
        "former",
        "head",
        "in",
        "its",
        "leader",
        "new",
        "of",
        "official",
        "on",
        "s",
        "senior",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "the",
        "then",
        "to",
        "top",
        "vice",
    ];
    name_words(title).into_iter().filter(|w| COMMON.binary_search(&w.as_str()).is_err()).collect()
}

/// Surnames, first names, short forms and initials: joined to the one longer name in their story that fits.
fn join_short_names(nodes: &[Node], sets: &mut Sets) {
    let mut by_story: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (ix, node) in nodes.iter().enumerate() {
        by_story.entry(node.story).or_default().push(ix);
    }
    for members in by_story.values() {
        // word → full names in this story that have it, one index for each distinct name.
        let mut with: BTreeMap<(bool, &str), BTreeMap<&[String], usize>> = BTreeMap::new();
        let mut by_initials: BTreeMap<String, BTreeMap<&[String], usize>> = BTreeMap::new();
        for &ix in members {
            let node = &nodes[ix];
            if node.words.len() < 2 {
                continue;
            }
            for word in &node.words {
                with.entry((is_person(node), word)).or_default().entry(&node.words).or_insert(ix);
            }
            let initials: String = node
                .words
                .iter()
                .filter(|w| !matches!(w.as_str(), "of" | "and" | "for" | "the"))
                .filter_map(|w| w.chars().next())
                .collect();
            if !is_person(node) && initials.len() >= 2 {
                by_initials.entry(initials).or_default().entry(&node.words).or_insert(ix);
            }
        }
        for &ix in members {
            if let Some(other) = longer_name(nodes, ix, &with, &by_initials, sets) {
                sets.join(ix, other);
            }
        }
        join_same_short(nodes, members, sets);
    }
}

/// The one entity of the story whose name has all words of this shorter one.
fn longer_name(
    nodes: &[Node],
    ix: usize,
    with: &BTreeMap<(bool, &str), BTreeMap<&[String], usize>>,
    by_initials: &BTreeMap<String, BTreeMap<&[String], usize>>,
    sets: &mut Sets,
) -> Option<usize> {
    let node = &nodes[ix];
    let person = is_person(node);
    let last = node.words.last()?;
    let longer = with.get(&(person, last.as_str())).into_iter().flatten();
    let mut fits: Vec<usize> = longer
        .filter(|(words, _)| words.len() > node.words.len() && fits_in(&node.words, words, person))
        .map(|(_, &other)| other)
        .collect();
    if fits.is_empty() && !person && node.words.len() == 1 {
        fits.extend(by_initials.get(last).into_iter().flatten().map(|(_, &other)| other));
    }
    let mut roots: Vec<usize> = fits.iter().map(|&other| sets.root(other)).collect();
    roots.sort_unstable();
    roots.dedup();
    if roots.len() == 1 {
        return fits.first().copied();
    }
    // Several people of one surname: a shared title decides, else nobody.
    let own: BTreeSet<String> = node.fact.roles.iter().flat_map(|(t, _, _)| title_words(t)).collect();
    let mut titled = fits.iter().filter(|&&other| {
        nodes[other].fact.roles.iter().flat_map(|(t, _, _)| title_words(t)).any(|w| own.contains(&w))
    });
    match (titled.next(), titled.next()) {
        (Some(&other), None) => Some(other),
        _ => None,
    }
}

/// Whether a short name can stand for a longer one: a person's surname (or surname with one first name of several), the leading or
/// closing words of a body.
fn fits_in(short: &[String], long: &[String], person: bool) -> bool {
    if person {
        return short.last() == long.last()
            && (short.len() == 1
                || short
                    .first()
                    .zip(long.first())
                    .is_some_and(|(a, b)| a == b || a.len() == 1 && b.starts_with(a.as_str())));
    }
    long.starts_with(short) || long.ends_with(short)
}

/// Short names that found no longer one are one within their story when they are equal.
fn join_same_short(nodes: &[Node], members: &[usize], sets: &mut Sets) {
    let mut first: BTreeMap<(bool, &[String]), usize> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for &ix in members {
        let node = &nodes[ix];
        if node.words.len() >= 2 {
            taken.insert(sets.root(ix));
        }
    }
    for &ix in members {
        let node = &nodes[ix];
        if node.words.len() >= 2 || taken.contains(&sets.root(ix)) {
            continue;
        }
        match first.get(&(is_person(node), &node.words[..])) {
            Some(&other) => sets.join(ix, other),
            None => {
                first.insert((is_person(node), &node.words), ix);
            }
        }
    }
}

/// Replays merges and splits: splits first take a chain out, then merges join, in the order in which they were made.
fn judge(nodes: &[Node], sets: &mut Sets, judgements: &Judgements) {
    let find = |at: ChainRef| nodes.binary_search_by_key(&at, |n| n.at).ok();
    for judgement in &judgements.0 {
        match judgement {
            Judgement::SameEntity { one, other } => {
                if let (Some(a), Some(b)) = (find(*one), find(*other)) {
                    sets.join(a, b);
                }
            }
            Judgement::DifferentEntities { one, other } => {
                if let (Some(a), Some(b)) = (find(*one), find(*other))
                    && sets.root(a) == sets.root(b)
                {
                    sets.take_out(b);
                }
            }
            _ => {}
        }
    }
}

fn entity(nodes: &[Node], group: &[usize], judgements: &Judgements) -> Entity {
    let chains: Vec<ChainRef> = group.iter().map(|&ix| nodes[ix].at).collect();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for &ix in group {
        let fact = nodes[ix].fact;
        *counts.entry(&fact.name).or_default() += fact.mentions;
        for alias in &fact.aliases {
            counts.entry(alias).or_default();
        }
    }
    let mut full: Vec<(&str, u32)> =
        group.iter().map(|&ix| &*nodes[ix].fact.name).map(|name| (name, counts[name])).collect();
    // The fullest name, the most used of those, then the first by letters.
    full.sort_by_key(|&(name, uses)| (std::cmp::Reverse(name_words(name).len().min(4)), std::cmp::Reverse(uses), name));
    let judged = judgements.0.iter().rev().find_map(|j| match j {
        Judgement::NameEntity { chain, name } if chains.contains(chain) => Some(name.clone()),
        _ => None,
    });
    let name = judged.unwrap_or_else(|| full[0].0.to_string());
    let kind = kind(nodes, group);
    let aliases: Vec<String> = counts.keys().filter(|alias| **alias != name).map(|alias| alias.to_string()).collect();
    let id = hash(&format!("entity {kind:?} {name} {} {}", chains[0].0, chains[0].1));
    Entity { id, kind, name, aliases, roles: roles(nodes, group), chains }
}

/// What most of the chains say, the first in the order of kinds where they are even.
fn kind(nodes: &[Node], group: &[usize]) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for &ix in group {
        *votes.entry(nodes[ix].fact.kind).or_default() += nodes[ix].fact.mentions;
    }
    votes
        .iter()
        .max_by_key(|&(kind, count)| (*count, std::cmp::Reverse(*kind)))
        .map_or(EntityKind::Other, |(kind, _)| *kind)
}

fn roles(nodes: &[Node], group: &[usize]) -> Vec<RoleSpan> {
    let mut made: BTreeMap<String, RoleSpan> = BTreeMap::new();
    for &ix in group {
        let node = &nodes[ix];
        for (title, past, span) in &node.fact.roles {
            let key = name_words(title).join(" ");
            let role = made.entry(key).or_insert_with(|| RoleSpan {
                title: title.clone(),
                organisation: organisation(title),
                from: None,
                to: None,
                passages: Vec::new(),
            });
            role.passages.push(Passage { report: node.at.0, span: *span });
            // A past title says that it was held before, not that it is held on the day of the report.
            if let Some(day) = node.day.filter(|_| !past) {
                if role.from.as_deref().is_none_or(|from| day < from) {
                    role.from = Some(day.to_string());
                }
                if role.to.as_deref().is_none_or(|to| day > to) {
                    role.to = Some(day.to_string());
                }
            }
        }
    }
    let mut list: Vec<RoleSpan> = made.into_values().collect();
    for role in &mut list {
        role.passages.sort();
        role.passages.dedup();
    }
    list.sort_by(|a, b| (&a.from, &a.title).cmp(&(&b.from, &b.title)));
    list
}

/// What a title is held of: "director of the FBI", "FBI director", "spokesman for the ministry", "the bank's governor".
pub(crate) fn organisation(title: &str) -> String {
    for link in [" of the ", " of ", " for the ", " for ", " at the ", " at "] {
        if let Some((_, rest)) = title.split_once(link) {
            return rest.trim().to_string();
        }
    }
    if let Some((owner, _)) = title.split_once("'s ").or_else(|| title.split_once("’s ")) {
        return owner.trim_start_matches("the ").trim_start_matches("The ").to_string();
    }
    let words: Vec<&str> = title.split_whitespace().collect();
    let names = words.iter().take_while(|w| w.starts_with(char::is_uppercase)).count();
    if names < words.len() { words[..names].join(" ") } else { String::new() }
}

/// Disjoint sets whose root is always the least member.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Sets {
        Sets { parent: (0..count).collect() }
    }

    fn root(&mut self, ix: usize) -> usize {
        let mut at = ix;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }

    /// Makes `ix` a set of its own.
    fn take_out(&mut self, ix: usize) {
        let root = self.root(ix);
        let members: Vec<usize> = (0..self.parent.len()).filter(|&m| m != ix && self.root(m) == root).collect();
        self.parent[ix] = ix;
        if let Some(&least) = members.first() {
            for member in members {
                self.parent[member] = least;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::fixture::{chain, report};
    use onrecord_model::EntityKind::{Organisation, Person};

    fn pile(reports: &[(u64, u64, &str, Vec<ChainFact>)]) -> Vec<(Arc<Digest>, u64)> {
        reports
            .iter()
            .map(|(id, story, day, chains)| {
                (report(*id, "Ledger", day, Facts { chains: chains.clone(), ..Facts::default() }), *story)
            })
            .collect()
    }

    fn shown(entities: &[Entity]) -> Vec<String> {
        let mut list: Vec<String> = entities
            .iter()
            .map(|e| {
                format!(
                    "{}: {}",
                    e.name,
                    e.chains.iter().map(|(r, c)| format!("{}.{c}", r.0)).collect::<Vec<_>>().join(" ")
                )
            })
            .collect();
        list.sort();
        list
    }

    #[test]
    fn surnames_join_the_one_full_name_of_their_story() {
        let reports = pile(&[
            (1, 7, "2031-02-01", vec![chain(Person, "Mirela Novak", &["harbour master"])]),
            (2, 7, "2031-02-02", vec![chain(Person, "Novak", &[]), chain(Organisation, "Port Authority of Sarn", &[])]),
            (3, 8, "2031-02-02", vec![chain(Person, "Novak", &[])]),
            (4, 7, "2031-02-03", vec![chain(Organisation, "PAS", &[]), chain(Organisation, "Port Authority", &[])]),
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &Judgements::default())), @r#"
        [
            "Mirela Novak: 1.0 2.0",
            "Novak: 3.0",
            "Port Authority of Sarn: 2.1 4.0 4.1",
        ]
        "#);
    }

    #[test]
    fn two_people_of_one_surname_are_told_apart_by_title() {
        let reports = pile(&[
            (
                1,
                7,
                "",
                vec![
                    chain(Person, "Mirela Novak", &["harbour master"]),
                    chain(Person, "Ivo Novak", &["opposition spokesman"]),
                ],
            ),
            (2, 7, "", vec![chain(Person, "Novak", &["harbour master"])]),
            (3, 7, "", vec![chain(Person, "Novak", &[])]),
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &Judgements::default())), @r#"
        [
            "Ivo Novak: 1.1",
            "Mirela Novak: 1.0 2.0",
            "Novak: 3.0",
        ]
        "#);
    }

    #[test]
    fn one_name_in_two_stories_needs_more_than_the_name() {
        let reports = pile(&[
            (1, 7, "", vec![chain(Person, "Mirela Novak", &["harbour master"])]),
            (2, 8, "", vec![chain(Person, "Mirela Novak", &["goalkeeper"])]),
            (3, 9, "", vec![chain(Person, "Mirela Novak", &["former harbour master"])]),
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &Judgements::default())), @r#"
        [
            "Mirela Novak: 1.0 3.0",
            "Mirela Novak: 2.0",
        ]
        "#);
    }

    #[test]
    fn a_user_may_split_and_merge_and_name() {
        let reports = pile(&[
            (1, 7, "", vec![chain(Person, "Mirela Novak", &[])]),
            (2, 7, "", vec![chain(Person, "Novak", &[])]),
            (3, 8, "", vec![chain(Person, "Novak", &[])]),
        ]);
        let at = |id| (ReportId(id), 0);
        let judgements = Judgements(vec![
            Judgement::DifferentEntities { one: at(1), other: at(2) },
            Judgement::SameEntity { one: at(2), other: at(3) },
            Judgement::NameEntity { chain: at(3), name: "Ivo Novak".to_string() },
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &judgements)), @r#"
        [
            "Ivo Novak: 2.0 3.0",
            "Mirela Novak: 1.0",
        ]
        "#);
    }

    #[test]
    fn titles_name_what_they_are_held_of() {
        assert_eq!(organisation("director of the FBI"), "FBI");
        assert_eq!(organisation("FBI director"), "FBI");
        assert_eq!(organisation("the bank's governor"), "bank");
        assert_eq!(organisation("spokesman for the ministry"), "ministry");
        assert_eq!(organisation("mayor"), "");
    }
}
