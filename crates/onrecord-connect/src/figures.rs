//! Who is who across stories.
//!
//! Inside a story names are told apart by everything that it says ([`entities`]); what comes out is a [`Figure`]. Figures of
//! several stories are one entity by their full name alone, and people only where something else agrees: a title, or company
//! they keep. So an entity depends on nothing but the figures of one name (its *unit*), and a name that is mistaken for
//! another in one story changes no other story.

use crate::entities::{ChainRef, PersonName, Sets, entities, name_words, title_words};
use crate::facts::hash;
use crate::{Digest, Judgement, Judgements};
use onrecord_model::{Entity, EntityKind, ReportId, RoleSpan};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Figures by which a body is described that more stories know than this: those of the least scopes, which are hashes.
pub const DESCRIBED_BY: usize = 256;
/// Passages kept of a title.
const PASSAGES_MAX: usize = 24;

/// Who or what occurs in one story, or in one report that is in none.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The story's id, or that of the report.
    pub scope: u64,
    /// Figures of one unit may be one entity.
    pub unit: u64,
    /// Whether all figures of the unit are one entity, whatever else is known of them.
    pub by_name_alone: bool,
    /// Whether a user said of its one chain that it is somebody else.
    pub apart: bool,
    /// Hashes of its titles and of the company it keeps, sorted.
    pub evidence: Vec<u64>,
    /// What the story knows of it.
    pub entity: Entity,
}

/// The figures of one story, by id, and its entities as the user's judgements on this story's chains leave them.
pub fn figures(scope: u64, members: &[Arc<Digest>], judgements: &Judgements) -> (Vec<Figure>, Vec<Entity>) {
    let reports: Vec<(Arc<Digest>, u64)> = members.iter().map(|digest| (digest.clone(), scope)).collect();
    let own = judgements.on_entities_of(&members.iter().map(|digest| digest.report).collect());
    let mut found = entities(&reports, &Judgements::default());
    if own.0.is_empty() {
        return (figures_of(scope, found.clone(), &BTreeSet::new()), found);
    }
    let apart: BTreeSet<ChainRef> = own
        .0
        .iter()
        .filter_map(|judgement| match judgement {
            Judgement::DifferentEntities { other, .. } => Some(*other),
            _ => None,
        })
        .collect();
    let mut out = Vec::new();
    for entity in &found {
        let stays = entity.chains.iter().find(|chain| !apart.contains(chain)).or(entity.chains.first());
        let Some(&one) = stays else { continue };
        let goes = entity.chains.iter().filter(|&&chain| chain != one && apart.contains(&chain));
        out.extend(goes.map(|&other| Judgement::DifferentEntities { one, other }));
    }
    let judged = entities(&reports, &own);
    if !out.is_empty() {
        found = entities(&reports, &Judgements(out));
    }
    (figures_of(scope, found, &apart), judged)
}

fn figures_of(scope: u64, entities: Vec<Entity>, apart: &BTreeSet<ChainRef>) -> Vec<Figure> {
    // The full names of people, by the report in which they occur.
    let key = |entity: &Entity| {
        let name = PersonName::new(&entity.name);
        (entity.kind == EntityKind::Person && name.is_full()).then(|| name.key())
    };
    let keys: Vec<Option<String>> = entities.iter().map(key).collect();
    let mut company: BTreeMap<ReportId, BTreeSet<u64>> = BTreeMap::new();
    for (entity, key) in entities.iter().zip(&keys) {
        let Some(key) = key else { continue };
        for (report, _) in &entity.chains {
            company.entry(*report).or_default().insert(hash(&format!("with {key}")));
        }
    }
    let figure = |(entity, key): (Entity, Option<String>)| {
        let mut evidence = BTreeSet::new();
        let unit = match &key {
            Some(key) => {
                let titles = entity.roles.iter().flat_map(|role| title_words(&role.title));
                evidence.extend(titles.map(|word| hash(&format!("title {word}"))));
                evidence.extend(entity.chains.iter().filter_map(|(report, _)| company.get(report)).flatten());
                evidence.remove(&hash(&format!("with {key}")));
                hash(&format!("person {key}"))
            }
            // A bare surname, or a first name, is somebody of this story only.
            None if entity.kind == EntityKind::Person => {
                hash(&format!("person {} {}", entity.chains[0].0, entity.chains[0].1))
            }
            None => hash(&format!("body {}", name_words(&entity.name).join(" "))),
        };
        let by_name_alone = entity.kind != EntityKind::Person;
        let apart = entity.chains.len() == 1 && apart.contains(&entity.chains[0]);
        Figure { scope, unit, by_name_alone, apart, evidence: evidence.into_iter().collect(), entity }
    };
    entities.into_iter().zip(keys).map(figure).collect()
}

/// An entity, and which of the figures (by index) are it.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged {
    /// The entity.
    pub entity: Entity,
    /// Indexes, in order.
    pub figures: Vec<usize>,
}

/// The entities of whole units: all figures of one unit, or of several that judgements tie together. By id. The
/// order of the figures does not matter to the entities. O(n log n) in figures and their evidence.
pub fn merge(figures: &[Figure], judgements: &Judgements) -> Vec<Merged> {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by_key(|&at| (figures[at].scope, figures[at].entity.chains[0]));
    let mut sets = Sets::new(order.len());
    join_alike(figures, &order, &mut sets);
    judge(figures, &order, &mut sets, judgements);
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, &at) in order.iter().enumerate() {
        groups.entry(sets.root(place)).or_default().push(at);
    }
    let groups: Vec<Vec<usize>> = groups.into_values().collect();
    let ids = ids(figures, &groups);
    let mut made: Vec<Merged> = groups
        .into_iter()
        .zip(ids)
        .map(|(group, id)| {
            let entity = describe(id, &group.iter().map(|&at| &figures[at]).collect::<Vec<_>>(), judgements);
            Merged { entity, figures: group }
        })
        .collect();
    made.sort_by_key(|merged| merged.entity.id);
    made
}

/// Id of the entity of a unit whose figures are one by name alone, and on which there is no judgement.
pub fn name_id(unit: u64) -> u64 {
    hash(&format!("entity {unit:016x}"))
}

/// The entity of a unit whose figures are one by name alone, told from the [`DESCRIBED_BY`] figures of the least scopes. Its
/// chains are those of these figures.
pub fn named(figures: &[Figure]) -> Option<Entity> {
    let mut figures: Vec<&Figure> = figures.iter().collect();
    figures.sort_by_key(|figure| (figure.scope, figure.entity.chains[0]));
    let unit = figures.first()?.unit;
    Some(describe(name_id(unit), &figures, &Judgements::default()))
}

/// Joins figures of one unit: bodies by name, people where evidence agrees. Two people of one name in one story were told
/// apart for a reason: only the better known of them is met elsewhere.
fn join_alike(figures: &[Figure], order: &[usize], sets: &mut Sets) {
    let mut known: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    let size = |place: usize| figures[order[place]].entity.chains.len();
    for (place, &at) in order.iter().enumerate() {
        let figure = &figures[at];
        if !figure.apart && !figure.by_name_alone {
            let best = known.entry((figure.unit, figure.scope)).or_insert(place);
            if size(place) > size(*best) {
                *best = place;
            }
        }
    }
    let mut first: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    for (place, &at) in order.iter().enumerate() {
        let figure = &figures[at];
        let joins = figure.by_name_alone || known.get(&(figure.unit, figure.scope)) == Some(&place);
        if figure.apart || !joins {
            continue;
        }
        let keys = if figure.by_name_alone { &[0][..] } else { &figure.evidence };
        for &key in keys {
            let other = *first.entry((figure.unit, key)).or_insert(place);
            sets.join(place, other);
        }
    }
}

/// Replays merges and splits, in the order in which they were made.
fn judge(figures: &[Figure], order: &[usize], sets: &mut Sets, judgements: &Judgements) {
    if judgements.0.is_empty() {
        return;
    }
    let mut place_of: BTreeMap<ChainRef, usize> = BTreeMap::new();
    for (place, &at) in order.iter().enumerate() {
        place_of.extend(figures[at].entity.chains.iter().map(|&chain| (chain, place)));
    }
    let find = |chain: &ChainRef| place_of.get(chain).copied();
    for judgement in &judgements.0 {
        match judgement {
            Judgement::SameEntity { one, other } => {
                if let (Some(a), Some(b)) = (find(one), find(other)) {
                    sets.join(a, b);
                }
            }
            Judgement::DifferentEntities { one, other } => {
                if let (Some(a), Some(b)) = (find(one), find(other))
                    && a != b
                    && sets.root(a) == sets.root(b)
                {
                    sets.take_out(b);
                }
            }
            _ => {}
        }
    }
}

/// Ids of groups. The group that has most figures of a unit bears the unit's id, so that a person keeps an address while
/// the record grows; the others are named by their first chain.
fn ids(figures: &[Figure], groups: &[Vec<usize>]) -> Vec<u64> {
    let first = |group: &[usize]| group.iter().map(|&at| figures[at].entity.chains[0]).min();
    let mut largest: BTreeMap<u64, (usize, std::cmp::Reverse<Option<ChainRef>>, usize)> = BTreeMap::new();
    for (ix, group) in groups.iter().enumerate() {
        let mut sizes: BTreeMap<u64, usize> = BTreeMap::new();
        for &at in group {
            *sizes.entry(figures[at].unit).or_default() += 1;
        }
        for (unit, size) in sizes {
            let claim = (size, std::cmp::Reverse(first(group)), ix);
            let best = largest.entry(unit).or_insert(claim);
            if (claim.0, claim.1) > (best.0, best.1) {
                *best = claim;
            }
        }
    }
    let mut ids: Vec<Option<u64>> = vec![None; groups.len()];
    // The least unit of a group names it.
    for (&unit, &(_, _, ix)) in largest.iter().rev() {
        ids[ix] = Some(name_id(unit));
    }
    let by_chain = |group: &Vec<usize>| {
        let (report, ix) = first(group).expect("a group has a figure, a figure a chain");
        hash(&format!("entity {report} {ix}"))
    };
    ids.into_iter().zip(groups).map(|(id, group)| id.unwrap_or_else(|| by_chain(group))).collect()
}

/// What figures in order of scope say of the one that they all are.
fn describe(id: u64, figures: &[&Figure], judgements: &Judgements) -> Entity {
    let mut chains: Vec<ChainRef> = figures.iter().flat_map(|figure| figure.entity.chains.iter().copied()).collect();
    chains.sort_unstable();
    let told = if figures.iter().all(|figure| figure.by_name_alone) {
        &figures[..figures.len().min(DESCRIBED_BY)]
    } else {
        figures
    };
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<EntityKind, usize> = BTreeMap::new();
    let mut other_names: BTreeSet<&str> = BTreeSet::new();
    for Figure { entity, .. } in told {
        *names.entry(&entity.name).or_default() += entity.chains.len();
        *kinds.entry(entity.kind).or_default() += entity.chains.len();
        other_names.extend(entity.aliases.iter().map(String::as_str));
    }
    let name = named_by(&chains, judgements).unwrap_or_else(|| {
        let fullest =
            |&(name, uses): &(&str, usize)| (name_words(name).len().min(4), uses, std::cmp::Reverse(name.to_string()));
        let best = names.iter().map(|(&name, &uses)| (name, uses)).max_by_key(fullest);
        best.map_or_else(String::new, |(name, _)| name.to_string())
    });
    let kind = kinds.iter().max_by_key(|&(kind, uses)| (*uses, std::cmp::Reverse(*kind)));
    other_names.extend(names.keys());
    other_names.remove(name.as_str());
    Entity {
        id,
        kind: kind.map_or(EntityKind::Other, |(kind, _)| *kind),
        aliases: other_names.into_iter().map(str::to_string).collect(),
        roles: roles(told),
        name,
        chains,
    }
}

/// The name that the user gave, last decision first.
fn named_by(chains: &[ChainRef], judgements: &Judgements) -> Option<String> {
    judgements.0.iter().rev().find_map(|judgement| match judgement {
        Judgement::NameEntity { chain, name } if chains.binary_search(chain).is_ok() => Some(name.clone()),
        _ => None,
    })
}

fn roles(figures: &[&Figure]) -> Vec<RoleSpan> {
    let mut made: BTreeMap<String, RoleSpan> = BTreeMap::new();
    for role in figures.iter().flat_map(|figure| &figure.entity.roles) {
        match made.get_mut(&name_words(&role.title).join(" ")) {
            None => {
                made.insert(name_words(&role.title).join(" "), role.clone());
            }
            Some(known) => {
                known.from = known.from.take().into_iter().chain(role.from.clone()).min();
                known.to = known.to.take().into_iter().chain(role.to.clone()).max();
                known.passages.extend(&role.passages);
            }
        }
    }
    let mut roles: Vec<RoleSpan> = made.into_values().collect();
    for role in &mut roles {
        role.passages.sort_unstable();
        role.passages.dedup();
        role.passages.truncate(PASSAGES_MAX);
    }
    roles.sort_by(|a, b| (&a.from, &a.title).cmp(&(&b.from, &b.title)));
    roles
}
