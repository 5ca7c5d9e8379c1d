//! People of one story: which full names are one person's, and whose surname stands alone.

use super::name::PersonName;
use super::roles::title_words;
use super::sets::Sets;
use super::{Gender, Node};
use onrecord_model::{EntityKind, ReportId};
use std::collections::{BTreeMap, BTreeSet};

/// So many people of one surname in a story, and a name that is not quite one of theirs tells nobody apart. Bounds the work.
const MOST: usize = 64;

/// The people of a story by what they are called.
struct People<'a, 'n> {
    nodes: &'a [Node<'n>],
    all: Vec<Person<'a>>,
    /// Word of a full name → people, in order.
    with: BTreeMap<&'a str, BTreeSet<usize>>,
}

/// What is known of one person.
#[derive(Default)]
struct Person<'a> {
    /// Distinct full names, the fullest first.
    names: Vec<&'a PersonName>,
    nodes: Vec<usize>,
    titles: BTreeSet<String>,
    reports: BTreeSet<ReportId>,
    gender: Gender,
}

/// Which chains of a story are people's: those called so, and those that bear a name which is a person's elsewhere in the story.
/// The language layer may take one name for a person in one report and for a body in the next.
pub(super) fn tell_people(nodes: &mut [Node], members: &[usize]) {
    let mut votes: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    for node in members.iter().map(|&ix| &nodes[ix]).filter(|node| node.office.is_none()) {
        let vote = votes.entry(node.name.key()).or_default();
        match node.fact.kind {
            EntityKind::Person => vote.0 += node.fact.mentions,
            // Who is he, she or "who" is no body, whatever the name looked like.
            _ if node.fact.gender != (0, 0) || node.fact.human => vote.0 += node.fact.mentions,
            _ => vote.1 += node.fact.mentions,
        }
    }
    for &ix in members {
        let (person, other) = votes.get(&nodes[ix].name.key()).copied().unwrap_or_default();
        nodes[ix].person = person > other || person == other && nodes[ix].fact.kind == EntityKind::Person;
    }
    tell_by_surname(nodes, members);
}

/// Of a full name that looked like a body's, the report goes on with the surname as a person's, who has no other full name in it.
fn tell_by_surname(nodes: &mut [Node], members: &[usize]) {
    let last = |node: &Node| Some(node.name.words.last()?.plain.clone());
    let mut surnames: BTreeSet<(ReportId, String)> = BTreeSet::new();
    let mut bearers: BTreeMap<(ReportId, String), Vec<usize>> = BTreeMap::new();
    for &ix in members {
        let node = &nodes[ix];
        let Some(word) = last(node) else { continue };
        let linked = node.words.iter().any(|word| matches!(word.as_str(), "of" | "and" | "for" | "the"));
        if node.name.is_full() && !linked {
            bearers.entry((node.at.0, word)).or_default().push(ix);
        } else if node.person && !node.name.is_full() {
            surnames.insert((node.at.0, word));
        }
    }
    for key in &surnames {
        if let Some([one]) = bearers.get(key).map(Vec::as_slice) {
            nodes[*one].person = true;
        }
    }
}

/// Joins the names of people in one story. O(n log n) in names but for names of one surname, of which [`MOST`] are compared.
pub(super) fn join(nodes: &mut [Node], members: &[usize], sets: &mut Sets) {
    let adopted = {
        let nodes = &*nodes;
        let mut people = People { nodes, all: Vec::new(), with: BTreeMap::new() };
        people.full_names(members);
        let mut adopted = people.misread(members);
        adopted.extend(people.surnames(members));
        people.same_surnames(members, &adopted, sets);
        for person in &people.all {
            person.nodes.iter().for_each(|&ix| sets.join(ix, person.nodes[0]));
        }
        adopted
    };
    for ix in adopted {
        nodes[ix].person = true;
    }
}

impl<'a, 'n> People<'a, 'n> {
    /// Makes people of the full names: the fullest first, each other name with the one person whom it fits.
    fn full_names(&mut self, members: &[usize]) {
        let mut distinct: BTreeMap<&PersonName, Vec<usize>> = BTreeMap::new();
        for &ix in members {
            let node = &self.nodes[ix];
            if node.person && node.name.is_full() {
                distinct.entry(&node.name).or_default().push(ix);
            }
        }
        let mut names: Vec<(&PersonName, Vec<usize>)> = distinct.into_iter().collect();
        names.sort_by(|a, b| (b.0.fullness(), a.0).cmp(&(a.0.fullness(), b.0)));
        for (name, nodes) in names {
            let person = self.bearer(name, &nodes).unwrap_or_else(|| self.open());
            self.add(person, name, &nodes);
        }
        self.other_names(members);
    }

    /// What a report says somebody is also called joins the bearers of both names.
    fn other_names(&mut self, members: &[usize]) {
        let all = self.nodes;
        if members.iter().all(|&ix| all[ix].also.is_empty()) {
            return;
        }
        let mut person_of: BTreeMap<usize, usize> = BTreeMap::new();
        for (person, of) in self.all.iter().enumerate() {
            person_of.extend(of.nodes.iter().map(|&ix| (ix, person)));
        }
        for &ix in members {
            for other in &all[ix].also {
                let Some(&own) = person_of.get(&ix) else { break };
                match self.having(other).into_iter().find(|&person| self.all[person].names.contains(&other)) {
                    Some(bearer) if bearer != own => {
                        person_of.extend(self.all[bearer].nodes.iter().map(|&ix| (ix, own)));
                        self.merge(own, bearer);
                    }
                    Some(_) => {}
                    None => self.add(own, other, &[]),
                }
            }
        }
    }

    fn merge(&mut self, into: usize, from: usize) {
        let person = std::mem::take(&mut self.all[from]);
        for key in person.names.iter().flat_map(|name| &name.words).flat_map(|word| word.keys()) {
            if let Some(people) = self.with.get_mut(key) {
                people.remove(&from);
                people.insert(into);
            }
        }
        let own = &mut self.all[into];
        own.names.extend(person.names);
        own.nodes.extend(person.nodes);
        own.titles.extend(person.titles);
        own.reports.extend(person.reports);
        own.gender.he += person.gender.he;
        own.gender.she += person.gender.she;
    }

    fn open(&mut self) -> usize {
        self.all.push(Person::default());
        self.all.len() - 1
    }

    fn add(&mut self, person: usize, name: &'a PersonName, nodes: &[usize]) {
        if name.is_full() {
            for key in name.words.iter().flat_map(|word| word.keys()) {
                self.with.entry(key).or_default().insert(person);
            }
        }
        let person = &mut self.all[person];
        if name.is_full() && !person.names.contains(&name) {
            person.names.push(name);
        }
        for &ix in nodes {
            let node = &self.nodes[ix];
            person.nodes.push(ix);
            person.titles.extend(titles(node));
            person.reports.insert(node.at.0);
            person.gender.add(node.fact.gender);
        }
    }

    /// People who have a word of this name in a full name, in order.
    fn having(&self, name: &PersonName) -> Vec<usize> {
        let keys = name.words.iter().flat_map(|word| word.keys());
        let found: BTreeSet<usize> = keys
            .filter_map(|key| self.with.get(key))
            .flat_map(|people| people.iter().take(MOST + 1))
            .copied()
            .collect();
        if found.len() > MOST { Vec::new() } else { found.into_iter().collect() }
    }

    /// The one person whom a full name fits.
    fn bearer(&self, name: &PersonName, nodes: &[usize]) -> Option<usize> {
        let reports: BTreeSet<ReportId> = nodes.iter().map(|&ix| self.nodes[ix].at.0).collect();
        let mut gender = Gender::default();
        nodes.iter().for_each(|&ix| gender.add(self.nodes[ix].fact.gender));
        let fits = |person: &Person| {
            let fullest = person.names[0];
            // Father and son stand in one report by both names.
            let apart = fullest.generation != name.generation && !person.reports.is_disjoint(&reports);
            fullest.agrees(name) && !apart && !person.gender.clashes(gender)
        };
        let found = self.having(name).into_iter().filter(|&person| fits(&self.all[person])).collect();
        self.decide(found, nodes.iter().flat_map(|&ix| titles(&self.nodes[ix])).collect(), Gender::default())
    }

    /// The one of several people: by a shared title, or because the others are of the other gender.
    fn decide(&self, mut found: Vec<usize>, titles: BTreeSet<String>, gender: Gender) -> Option<usize> {
        if found.len() > 1 {
            let titled: Vec<usize> =
                found.iter().copied().filter(|&person| !self.all[person].titles.is_disjoint(&titles)).collect();
            if titled.len() == 1 {
                return Some(titled[0]);
            }
            found.retain(|&person| !self.all[person].gender.differs(gender));
        }
        if found.len() == 1 { found.pop() } else { None }
    }

    /// Full names taken for something else that fit one person.
    fn misread(&mut self, members: &[usize]) -> BTreeSet<usize> {
        let mut adopted = BTreeSet::new();
        for &ix in members {
            let name = &self.nodes[ix].name;
            if !self.nodes[ix].person
                && name.is_full()
                && let Some(person) = self.bearer(name, &[ix])
            {
                self.add(person, name, &[ix]);
                adopted.insert(ix);
            }
        }
        adopted
    }

    /// Surnames, and first names where they stand alone.
    fn surnames(&mut self, members: &[usize]) -> BTreeSet<usize> {
        let mut adopted = BTreeSet::new();
        // Reports that give the full name: what a surname is found by does not depend on surnames found before.
        let full: Vec<BTreeSet<ReportId>> = self.all.iter().map(|person| person.reports.clone()).collect();
        for &ix in members {
            let node = &self.nodes[ix];
            if node.name.words.len() != 1 || !(node.person || node.fact.kind == EntityKind::Other) {
                continue;
            }
            let found = self.having(&node.name);
            let family: Vec<usize> =
                found.iter().copied().filter(|&person| self.all[person].is_family_name(&node.name)).collect();
            let mut found = if family.is_empty() { found } else { family };
            // Whom the report names in full, and yet keeps apart from this surname, is not meant where somebody else may be.
            let elsewhere: Vec<usize> =
                found.iter().copied().filter(|&person| !full[person].contains(&node.at.0)).collect();
            if !elsewhere.is_empty() {
                found = elsewhere;
            }
            let mut gender = Gender::default();
            gender.add(node.fact.gender);
            let told = self.decide(found.clone(), titles(node).collect(), gender);
            found.retain(|&person| !self.all[person].gender.differs(gender));
            if let Some(person) = told.or_else(|| best_known(&found, &full)) {
                self.add(person, &node.name, &[ix]);
                if !node.person {
                    adopted.insert(ix);
                }
            }
        }
        adopted
    }

    /// Surnames that no full name has are one person's within a story.
    fn same_surnames(&self, members: &[usize], adopted: &BTreeSet<usize>, sets: &mut Sets) {
        let mut first: BTreeMap<&PersonName, usize> = BTreeMap::new();
        for &ix in members {
            let node = &self.nodes[ix];
            if !node.person || node.name.words.len() != 1 || adopted.contains(&ix) {
                continue;
            }
            if node.name.words[0].keys().any(|key| self.with.contains_key(key)) {
                continue;
            }
            match first.get(&node.name) {
                Some(&other) => sets.join(ix, other),
                None => {
                    first.insert(&node.name, ix);
                }
            }
        }
    }
}

/// The one whom twice as many reports name in full as anybody else of the surname: a report that says no more than the surname
/// takes it that readers know who is meant.
fn best_known(people: &[usize], reports: &[BTreeSet<ReportId>]) -> Option<usize> {
    let known = |person: usize| reports[person].len();
    let best = people.iter().copied().max_by_key(|&person| known(person))?;
    let others = people.iter().copied().filter(|&person| person != best);
    others.map(known).all(|second| known(best) >= 2 * second).then_some(best)
}

fn titles<'a>(node: &'a Node) -> impl Iterator<Item = String> + 'a {
    node.fact.roles.iter().flat_map(|(title, _, _)| title_words(title))
}

impl Person<'_> {
    /// Whether this one word is what the person's names end in, but for second family names that are often left out.
    fn is_family_name(&self, one: &PersonName) -> bool {
        self.names.iter().any(|name| {
            let shortened = self.names.iter().any(|other| other.is_full() && other.opens(name));
            !shortened && name.words.last().zip(one.words.first()).is_some_and(|(last, own)| last.same(own))
        })
    }
}
