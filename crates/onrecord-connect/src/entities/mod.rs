//! People and organisations across reports.
//!
//! Within a story, chains of different reports mean one person when their names go together: short forms of first names, initials,
//! accents, second family names and the order of writing are no difference; a bare surname is the one person's whom it fits, by
//! title or gender where there are several. Across stories, a name needs a title or another person in company. Bodies and
//! places are one by their full name.

mod bodies;
mod name;
mod offices;
mod people;
mod roles;
mod sets;

use crate::facts::{ChainFact, hash};
use crate::{Digest, Judgement, Judgements};
pub(crate) use name::PersonName;
use offices::Office;
use onrecord_model::{Entity, EntityKind, ReportId, full_first_names};
pub(crate) use roles::{organisation, title_words};
pub(crate) use sets::Sets;
use std::cmp::Reverse;
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
    /// The name as a person's.
    name: PersonName,
    /// Other names that the report gives: "born Dale", "knew her as Ida Dale".
    also: Vec<PersonName>,
    /// Whether it is a person's.
    person: bool,
    /// The post, where it is a description and no name.
    office: Option<Office>,
    day: Option<&'a str>,
}

/// How often somebody is "he" or "Mr", and how often "she" or "Ms".
#[derive(Clone, Copy, Default)]
struct Gender {
    he: u32,
    she: u32,
}

impl Gender {
    fn add(&mut self, (he, she): (u16, u16)) {
        self.he += u32::from(he);
        self.she += u32::from(she);
    }

    /// Whether what is known of both differs.
    fn differs(self, other: Gender) -> bool {
        self.he > self.she && other.he < other.she || self.he < self.she && other.he > other.she
    }

    /// The same, beyond the doubt that one pronoun read wrongly leaves.
    fn clashes(self, other: Gender) -> bool {
        self.differs(other) && self.he.abs_diff(self.she) >= 2 && other.he.abs_diff(other.she) >= 2
    }
}

/// Entities of a set of reports with the story of each. The order of `reports` does not matter. O(n log n) in chains.
pub fn entities(reports: &[(Arc<Digest>, u64)], judgements: &Judgements) -> Vec<Entity> {
    let mut nodes = nodes(reports);
    nodes.sort_by_key(|n| n.at);
    let mut by_story: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (ix, node) in nodes.iter().enumerate() {
        by_story.entry(node.story).or_default().push(ix);
    }
    let mut sets = Sets::new(nodes.len());
    for members in by_story.values() {
        people::tell_people(&mut nodes, members);
        people::join(&mut nodes, members, &mut sets);
    }
    bodies::join_full_names(&nodes, &mut sets);
    for members in by_story.values() {
        bodies::join_short_names(&nodes, members, &mut sets);
    }
    join_across_stories(&nodes, &mut sets);
    for members in by_story.values() {
        offices::join(&nodes, members, &mut sets);
    }
    judge(&nodes, &mut sets, judgements);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ix in 0..nodes.len() {
        groups.entry(sets.root(ix)).or_default().push(ix);
    }
    groups.retain(|_, group| group.iter().any(|&ix| nodes[ix].fact.named));
    let mut made: Vec<Entity> = groups.values().map(|group| entity(&nodes, group, judgements)).collect();
    made.sort_by_key(|e| e.id);
    made
}

/// Chains that bear a name, and those that name a post. A post alone is nobody until a holder is found.
fn nodes(reports: &[(Arc<Digest>, u64)]) -> Vec<Node<'_>> {
    let mut nodes = Vec::new();
    for (digest, story) in reports {
        let day = digest.published.as_deref().and_then(|published| published.get(..10));
        for (ix, fact) in digest.facts.chains.iter().enumerate() {
            let person = fact.kind == EntityKind::Person;
            let office = if person { offices::described(&fact.name) } else { None };
            let words = name_words(&fact.name);
            if words.is_empty() || !fact.named && office.is_none() {
                continue;
            }
            let name = PersonName::new(if office.is_some() { "" } else { &fact.name });
            let also = fact.also.iter().flat_map(|(other, _)| name.with(other)).collect();
            let at = (digest.report, ix as u32);
            nodes.push(Node { at, story: *story, fact, words, name, also, person, office, day });
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

/// Full names of people in different stories: joined where a title is the same, or another person is in company.
fn join_across_stories(nodes: &[Node], sets: &mut Sets) {
    let full = |node: &&Node| node.person && node.name.is_full();
    let mut companions: BTreeMap<ReportId, BTreeSet<String>> = BTreeMap::new();
    for node in nodes.iter().filter(full) {
        companions.entry(node.at.0).or_default().insert(node.name.key());
    }
    let mut first: BTreeMap<(String, u64), usize> = BTreeMap::new();
    for (ix, node) in nodes.iter().enumerate().filter(|(_, node)| full(node)) {
        let own = node.name.key();
        let titles = node.fact.roles.iter().flat_map(|(title, _, _)| title_words(title));
        let company = companions[&node.at.0].iter().filter(|other| **other != own);
        let keys = titles.map(|title| format!("title {title}")).chain(company.map(|other| format!("with {other}")));
        for key in keys.map(|key| hash(&key)) {
            match first.get(&(own.clone(), key)) {
                Some(&other) => sets.join(ix, other),
                None => {
                    first.insert((own.clone(), key), ix);
                }
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
    let named = || group.iter().copied().filter(|&ix| nodes[ix].fact.named);
    let plain = named().any(|ix| nodes[ix].office.is_none());
    let names = || named().filter(|&ix| !plain || nodes[ix].office.is_none());
    for ix in names() {
        let fact = nodes[ix].fact;
        *counts.entry(&fact.name).or_default() += fact.mentions;
        for alias in &fact.aliases {
            counts.entry(alias).or_default();
        }
    }
    let mut full: Vec<(&str, u32)> = names().map(|ix| &*nodes[ix].fact.name).map(|name| (name, counts[name])).collect();
    // The fullest name, one in full before one in short ("Margaret" before "Peggy"), the most used, the first by letters.
    full.sort_by_key(|&(name, uses)| {
        let bare = name::without_titles(name);
        let words = name_words(&bare.replace('-', " "));
        let short = words.first().is_some_and(|first| !full_first_names(first).is_empty());
        (Reverse(words.len().min(4)), short, Reverse(uses), name)
    });
    let judged = judgements.0.iter().rev().find_map(|j| match j {
        Judgement::NameEntity { chain, name } if chains.contains(chain) => Some(name.clone()),
        _ => None,
    });
    let kind = kind(nodes, group);
    let fullest = full[0].0;
    let name = judged.unwrap_or_else(|| match kind {
        EntityKind::Person => name::without_titles(fullest).to_string(),
        _ => fullest.to_string(),
    });
    counts.entry(fullest).or_default();
    let aliases: Vec<String> = counts.keys().filter(|alias| **alias != name).map(|alias| alias.to_string()).collect();
    let id = hash(&format!("entity {kind:?} {name} {} {}", chains[0].0, chains[0].1));
    Entity { id, kind, name, aliases, roles: roles::roles(nodes, group), chains }
}

/// A person where one of the chains is; else what most of the chains say, the first in the order of kinds where they are even.
fn kind(nodes: &[Node], group: &[usize]) -> EntityKind {
    if group.iter().any(|&ix| nodes[ix].person) {
        return EntityKind::Person;
    }
    let mut votes: BTreeMap<EntityKind, u32> = BTreeMap::new();
    for &ix in group {
        *votes.entry(nodes[ix].fact.kind).or_default() += nodes[ix].fact.mentions;
    }
    votes.iter().max_by_key(|&(kind, count)| (*count, Reverse(*kind))).map_or(EntityKind::Other, |(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::fixture::{chain, report};
    use onrecord_model::EntityKind::{Organisation, Person};
    use onrecord_model::Span;

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
    fn a_post_stands_for_its_holder_of_the_day() {
        let described = |name: &str| ChainFact { named: false, aliases: Vec::new(), ..chain(Person, name, &[]) };
        let reports = pile(&[
            (1, 7, "2031-02-01", vec![chain(Person, "Mirela Novak", &["harbour master", "governor"])]),
            (2, 7, "2031-02-03", vec![described("The governor"), described("the witness")]),
            (3, 7, "2031-02-04", vec![chain(Person, "Mirela Novak", &["governor"])]),
            (4, 7, "2031-02-06", vec![chain(Person, "Ivo Hale", &["governor"])]),
            (5, 7, "2031-02-06", vec![described("the governor")]),
            (6, 8, "2031-02-06", vec![described("the governor")]),
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &Judgements::default())), @r#"
        [
            "Ivo Hale: 4.0 5.0",
            "Mirela Novak: 1.0 2.0 3.0",
        ]
        "#);
    }

    #[test]
    fn other_names_that_a_report_gives_join_their_bearers() {
        let born = ChainFact { also: vec![("Dale".to_owned(), Span::new(0, 4))], ..chain(Person, "Ida Sund", &[]) };
        let reports = pile(&[
            (1, 7, "", vec![chain(Person, "Ida Dale", &["witness"])]),
            (2, 7, "", vec![born]),
            (3, 7, "", vec![chain(Person, "Dale", &[])]),
        ]);
        insta::assert_debug_snapshot!(shown(&entities(&reports, &Judgements::default())), @r#"
        [
            "Ida Dale: 1.0 2.0 3.0",
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
