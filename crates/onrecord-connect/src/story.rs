//! What one story says: its statements with their origins and conflicts, and its events.

use crate::conflicts::{self, Difference};
use crate::entities::ChainRef;
use crate::likeness::Scale;
use crate::origins::{self, Evidence};
use crate::statements::{self, Item, UNDATED};
use crate::{Digest, events};
use onrecord_model::{Conflict, CopyEdge, Entity, Event, ReportId, Statement, Story, UtteranceRef};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What statements of any story are told from: who is who, and who copied whom.
pub struct Context<'a> {
    entities: &'a [Entity],
    entity_of: BTreeMap<ChainRef, usize>,
    copies: BTreeMap<ReportId, Vec<&'a CopyEdge>>,
}

impl<'a> Context<'a> {
    /// Indexes entities and copy edges. O(n log n).
    pub fn new(entities: &'a [Entity], copies: &'a [CopyEdge]) -> Context<'a> {
        let mut entity_of = BTreeMap::new();
        for (ix, entity) in entities.iter().enumerate() {
            entity_of.extend(entity.chains.iter().map(|&chain| (chain, ix)));
        }
        let mut of_report: BTreeMap<ReportId, Vec<&CopyEdge>> = BTreeMap::new();
        for edge in copies {
            of_report.entry(edge.to).or_default().push(edge);
            of_report.entry(edge.from).or_default().push(edge);
        }
        Context { entities, entity_of, copies: of_report }
    }
}

/// The reports of each story, and each report that is in none by itself, in order of the first report's id.
pub fn story_groups(digests: &[Arc<Digest>], stories: &[Story]) -> Vec<(Option<u64>, Vec<Arc<Digest>>)> {
    let story_of: BTreeMap<ReportId, u64> =
        stories.iter().flat_map(|story| story.reports.iter().map(|&report| (report, story.id))).collect();
    let mut sorted: Vec<&Arc<Digest>> = digests.iter().collect();
    sorted.sort_by_key(|d| d.report);
    let mut place: BTreeMap<u64, usize> = BTreeMap::new();
    let mut groups: Vec<(Option<u64>, Vec<Arc<Digest>>)> = Vec::new();
    for digest in sorted {
        let story = story_of.get(&digest.report).copied();
        match story.and_then(|story| place.get(&story)) {
            Some(&ix) => groups[ix].1.push(digest.clone()),
            None => {
                place.extend(story.map(|story| (story, groups.len())));
                groups.push((story, vec![digest.clone()]));
            }
        }
    }
    groups
}

/// Each report with the key of its story, for [`entities`](crate::entities()): the story's id, or its own where it is in none.
pub fn with_story(groups: &[(Option<u64>, Vec<Arc<Digest>>)]) -> Vec<(Arc<Digest>, u64)> {
    groups
        .iter()
        .flat_map(|(story, digests)| digests.iter().map(|d| (d.clone(), story.unwrap_or(d.report.0))))
        .collect()
}

/// Statements (by id) and events (by day) of the reports of one story, or of one report that is in none. The order of `digests` does
/// not matter. O(n · m) for n propositions, each compared with at most m others a word.
pub fn story_links(story: Option<u64>, digests: &[Arc<Digest>], context: &Context) -> (Vec<Statement>, Vec<Event>) {
    let evidence = Evidence { entities: context.entities, entity_of: &context.entity_of, copies: &context.copies };
    let items = statements::items(digests, &evidence);
    (statements_of(&items, &evidence), events::events(story, digests))
}

fn statements_of(items: &[Item], evidence: &Evidence) -> Vec<Statement> {
    let scale = Scale::new(items);
    let pairs = statements::pairs(items, &scale, evidence);
    let groups = statements::groups(items.len(), &pairs);
    let mut group_of = vec![0; items.len()];
    for (ix, group) in groups.iter().enumerate() {
        for &item in group {
            group_of[item] = ix;
        }
    }
    let several = |group: &[usize]| group.iter().map(|&ix| items[ix].report()).collect::<BTreeSet<_>>().len() >= 2;
    let shared = groups.iter().filter(|g| several(g)).count();
    let differences = conflicts::differences(items, &pairs, &group_of, &scale);
    let differences = conflicts::most_telling(differences, shared);
    let disputed: BTreeSet<usize> = differences.iter().flat_map(|d| [group_of[d.earlier], group_of[d.later]]).collect();
    // A clause, or a sentence in the report's own voice, is a statement only where another report has it too, or where it differs
    // from one.
    let spoken = |group: &[usize]| group.iter().any(|&ix| matches!(items[ix].what.at, UtteranceRef::Said(..)));
    let mut made: BTreeMap<usize, Statement> = BTreeMap::new();
    for (ix, group) in groups.iter().enumerate() {
        if spoken(group) || several(group) || disputed.contains(&ix) {
            made.insert(ix, statement(items, group, &scale, evidence));
        }
    }
    for difference in &differences {
        add(items, &mut made, &group_of, difference);
    }
    let mut list: Vec<Statement> = made.into_values().collect();
    list.sort_by_key(|s| s.id);
    list
}

fn add(items: &[Item], made: &mut BTreeMap<usize, Statement>, group_of: &[usize], difference: &Difference) {
    let (g, h) = (group_of[difference.earlier], group_of[difference.later]);
    let ids = (made[&g].id, made[&h].id);
    let passage = |ix: usize| conflicts::passage(&items[ix], difference.kind);
    let passages = [passage(difference.earlier), passage(difference.later)];
    let conflict = |with| Conflict { with, kind: difference.kind, passages };
    if let Some(statement) = made.get_mut(&g) {
        statement.conflicts.push(conflict(ids.1));
    }
    if g != h
        && let Some(statement) = made.get_mut(&h)
    {
        statement.conflicts.push(conflict(ids.0));
    }
}

fn statement(items: &[Item], group: &[usize], scale: &Scale, evidence: &Evidence) -> Statement {
    let mut utterances: Vec<UtteranceRef> = group.iter().map(|&ix| items[ix].what.at).collect();
    utterances.sort();
    let first = items[group[0]].day;
    Statement {
        id: statements::statement_id(&utterances),
        gist: statements::gist(items, group, scale),
        utterances,
        first_reported: (first != UNDATED).then(|| first.to_string()),
        origins: origins::origins(items, group, evidence),
        conflicts: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::fixture::{report, said, through, voice};
    use onrecord_model::Basis;

    fn pile() -> Vec<Arc<Digest>> {
        let facts = |propositions| Facts { propositions, ..Facts::default() };
        let source = || voice(Basis::Anonymous, "a source close to the board");
        vec![
            report(
                1,
                "Ledger",
                "2031-02-01",
                facts(vec![
                    said(1, 1, "harbour board offered contract worth 40 million crowns without tender", source()),
                    said(1, 2, "ferry service stopped running after storm damaged pier", None),
                ]),
            ),
            report(
                2,
                "Courier",
                "2031-02-02",
                facts(vec![
                    said(
                        2,
                        1,
                        "harbour board offered contract worth 40 million crowns without tender",
                        through(source(), "Ledger"),
                    ),
                    said(2, 2, "ferry service stopped running after storm damaged pier", None),
                ]),
            ),
            report(
                3,
                "Tribune",
                "2031-02-04",
                facts(vec![
                    said(
                        3,
                        1,
                        "harbour board offered contract worth 60 million crowns without tender",
                        voice(Basis::Named, "Mirela Novak"),
                    ),
                    said(
                        3,
                        2,
                        "harbour board never offered contract without tender",
                        voice(Basis::Organisation, "Port Authority"),
                    ),
                ]),
            ),
        ]
    }

    fn shown(statements: &[Statement]) -> String {
        let mut list: Vec<String> = statements
            .iter()
            .map(|s| {
                let conflicts: Vec<String> = s.conflicts.iter().map(|c| format!("{:?}", c.kind)).collect();
                let reasons = s.origins.reasons.join("\n    ");
                format!("{} [{}] {:?}\n    {reasons}\n", s.gist, s.utterances.len(), conflicts)
            })
            .collect();
        list.sort();
        list.concat()
    }

    #[test]
    fn a_story_has_statements_with_origins_and_conflicts() {
        let (statements, _) = story_links(Some(1), &pile(), &Context::new(&[], &[]));
        insta::assert_snapshot!(shown(&statements), @r#"
        ferry service stopped running after storm damaged pier [2] []
            1 to 2 origins behind 2 wordings in 2 reports: Ledger, own voice.
            Courier says so in its own voice after another report: possible, not certain.
        harbour board never offered contract without tender [1] ["Polarity"]
            1 origin behind 1 wording in 1 report: Port Authority.
        harbour board offered contract worth 40 million crowns without tender [3] ["Number", "Polarity"]
            1 to 2 origins behind 3 wordings in 3 reports: a source close to the board (unnamed, to Ledger).
            Courier has it from Ledger, so it adds no origin.
            Mirela Novak may be the unnamed source of the earlier report, now on the record.
        "#);
    }

    #[test]
    fn the_order_of_reports_does_not_matter() {
        let mut reports = pile();
        let answer = story_links(Some(1), &reports, &Context::new(&[], &[]));
        reports.reverse();
        assert_eq!(story_links(Some(1), &reports, &Context::new(&[], &[])), answer);
    }

    #[test]
    fn origins_are_a_range_with_at_least_one_certain() {
        let (statements, _) = story_links(Some(1), &pile(), &Context::new(&[], &[]));
        for statement in statements {
            assert!(statement.origins.min >= 1 && statement.origins.min <= statement.origins.max);
            assert!(statement.origins.roots.len() as u32 >= statement.origins.min);
        }
    }
}
