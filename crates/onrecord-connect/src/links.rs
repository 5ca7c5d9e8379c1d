//! All links at once.

use crate::figures::{Figure, figures, merge};
use crate::{Context, Digest, Judgement, Judgements, MemoryPile};
use crate::{copies, stories, story_groups, story_links};
use onrecord_model::{CopyEdge, Entity, Event, ReportId, Statement, Story};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything that connects reports, in a fixed order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Links {
    /// By child, then parent.
    pub copies: Vec<CopyEdge>,
    /// By first report.
    pub stories: Vec<Story>,
    /// By id.
    pub entities: Vec<Entity>,
    /// By id.
    pub statements: Vec<Statement>,
    /// By first day, then id.
    pub events: Vec<Event>,
}

/// What one story says, or one report that is in none.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Told {
    /// Who and what occurs, by id.
    pub figures: Vec<Figure>,
    /// By id.
    pub statements: Vec<Statement>,
    /// By first day, then id.
    pub events: Vec<Event>,
}

/// Connects a whole pile. The order of `digests` does not matter.
pub fn connect(digests: &[Arc<Digest>], judgements: &Judgements) -> Links {
    let pile = MemoryPile::new(digests);
    let digests: Vec<Arc<Digest>> = pile.digests().cloned().collect();
    let mut copies: Vec<CopyEdge> =
        digests.iter().flat_map(|digest| copies::edges_into(digest, &pile, judgements)).collect();
    copies.sort_by_key(|edge| (edge.to, edge.from));
    let stories = stories::stories(&digests, &pile, judgements);
    let mut links = Links { copies, stories, ..Links::default() };
    let mut edges_into: BTreeMap<ReportId, Vec<CopyEdge>> = BTreeMap::new();
    for edge in &links.copies {
        edges_into.entry(edge.to).or_default().push(edge.clone());
    }
    let mut figures = Vec::new();
    for (story, mut members) in story_groups(&digests, &links.stories) {
        if members.len() > 1 {
            read_meaning(&mut members);
        }
        let edges: Vec<CopyEdge> =
            members.iter().filter_map(|member| edges_into.get(&member.report)).flatten().cloned().collect();
        let told = told(story, &members, edges, judgements);
        figures.extend(told.figures);
        links.statements.extend(told.statements);
        links.events.extend(told.events);
    }
    links.entities = entities(figures, judgements);
    links.statements.sort_by_key(|statement| statement.id);
    links.events.sort_by(|a, b| (&a.interval, a.id).cmp(&(&b.interval, b.id)));
    links
}

/// What one story says, from its reports, the copies among them and the judgements on them alone: so a record that grew
/// asks again for the stories that changed, and for no others. Of several reports the meaning has been
/// [read](Digest::read_meaning). The order of the reports does not matter.
pub fn told(story: Option<u64>, members: &[Arc<Digest>], mut copies: Vec<CopyEdge>, judgements: &Judgements) -> Told {
    let reports: BTreeSet<ReportId> = members.iter().map(|member| member.report).collect();
    let Some(&first) = reports.first() else { return Told::default() };
    copies.retain(|edge| reports.contains(&edge.from) && reports.contains(&edge.to));
    copies.sort_by_key(|edge| (edge.to, edge.from));
    let (figures, entities) = figures(story.unwrap_or(first.0), members, judgements);
    let (statements, events) = story_links(story, members, &Context::new(&entities, &copies));
    Told { figures, statements, events }
}

/// The pairs of propositions that may be one statement, as they are weighed: for whoever learns the weights.
pub fn weighed(members: &[Arc<Digest>], copies: &[CopyEdge]) -> crate::story::Weighed {
    let mut members = members.to_vec();
    read_meaning(&mut members);
    let scope = members.iter().map(|member| member.report.0).min().unwrap_or_default();
    let (_, entities) = figures(scope, &members, &Judgements::default());
    crate::story::weighed(&members, &Context::new(&entities, copies))
}

fn read_meaning(members: &mut [Arc<Digest>]) {
    members.iter_mut().for_each(|member| {
        Arc::make_mut(member).read_meaning();
    });
}

/// The entities of all figures: unit by unit, units that judgements tie together at once.
fn entities(figures: Vec<Figure>, judgements: &Judgements) -> Vec<Entity> {
    let mut leader: BTreeMap<u64, u64> = BTreeMap::new();
    for (one, other) in tied(&figures, judgements) {
        let root = |mut unit: u64| {
            while let Some(&up) = leader.get(&unit) {
                unit = up;
            }
            unit
        };
        let (one, other) = (root(one), root(other));
        if one != other {
            leader.insert(one.max(other), one.min(other));
        }
    }
    let mut units: BTreeMap<u64, Vec<Figure>> = BTreeMap::new();
    for figure in figures {
        let mut unit = figure.unit;
        while let Some(&up) = leader.get(&unit) {
            unit = up;
        }
        units.entry(unit).or_default().push(figure);
    }
    let mut made: Vec<Entity> =
        units.values().flat_map(|unit| merge(unit, judgements)).map(|merged| merged.entity).collect();
    made.sort_by_key(|entity| entity.id);
    made
}

/// Pairs of units that a judgement makes one.
fn tied(figures: &[Figure], judgements: &Judgements) -> Vec<(u64, u64)> {
    let wanted: BTreeSet<_> = judgements.0.iter().flat_map(Judgement::chains).collect();
    let mut unit_of = BTreeMap::new();
    if !wanted.is_empty() {
        for figure in figures {
            let named = figure.entity.chains.iter().filter(|chain| wanted.contains(chain));
            unit_of.extend(named.map(|&chain| (chain, figure.unit)));
        }
    }
    let pair = |judgement: &Judgement| match judgement {
        Judgement::SameEntity { one, other } => Some((*unit_of.get(one)?, *unit_of.get(other)?)),
        _ => None,
    };
    judgements.0.iter().filter_map(pair).collect()
}
