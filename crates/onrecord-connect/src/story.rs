//! What one story says: its statements with their origins and conflicts, and its events.

use crate::conflicts::{self, Difference};
use crate::entities::ChainRef;
use crate::likeness::Scale;
use crate::origins::{self, Evidence};
use crate::statements::{self, Group, Item, UNDATED};
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
    let evidence = Evidence::new(digests, context.entities, &context.entity_of, &context.copies);
    let items = statements::items(digests, &evidence);
    let left = statements::left(digests);
    let mut list: Vec<Statement> =
        stretches(&items, ITEMS_AT_ONCE).flat_map(|stretch| statements_of(stretch, &left, &evidence)).collect();
    list.sort_by_key(|s| s.id);
    (list, events::events(story, digests))
}

/// Propositions that are compared with each other, those of some eight hundred reports. A longer story is told in stretches of time, so
/// that memory stays in bounds: what is said in two stretches is two statements.
const ITEMS_AT_ONCE: usize = 16_384;

/// Stretches of at least `least` items, none of which cuts a report in two; the last may be shorter.
fn stretches<'i, 'a>(mut items: &'i [Item<'a>], least: usize) -> impl Iterator<Item = &'i [Item<'a>]> {
    std::iter::from_fn(move || {
        let end = least.min(items.len());
        let last = items[..end].last()?.report();
        let end = end + items[end..].iter().take_while(|item| item.report() == last).count();
        let (stretch, rest) = items.split_at(end);
        items = rest;
        Some(stretch)
    })
}

/// Propositions of a story and the pairs of them that are weighed.
#[derive(serde::Serialize)]
pub struct Weighed {
    /// In order of day, report and place.
    pub items: Vec<WeighedItem>,
    /// Indexes of two items, and what they share.
    pub pairs: Vec<(usize, usize, Vec<f32>)>,
    /// Indexes of two items that contrast, the earlier first; in what; and what is weighed.
    pub contrasts: Vec<(usize, usize, Vec<bool>, Vec<f32>)>,
}

/// A proposition and where it stands.
#[derive(serde::Serialize)]
pub struct WeighedItem {
    /// The report that has it.
    pub report: String,
    /// Its day.
    pub day: String,
    /// What is said.
    pub what: crate::facts::Proposition,
}

pub(crate) fn weighed(digests: &[Arc<Digest>], context: &Context) -> Weighed {
    let evidence = Evidence::new(digests, context.entities, &context.entity_of, &context.copies);
    let items = statements::items(digests, &evidence);
    let scale = Scale::new(&items);
    let pairs = statements::candidates(&items, &scale, &evidence);
    let weigh = |&((a, b), copied): &((usize, usize), bool)| {
        (a, b, crate::likeness::features(&items, a, b, &scale, copied).to_vec())
    };
    let contrasts = conflicts::contrasted(&items, &statements::pairs(&items, &scale, &evidence), &scale);
    Weighed {
        contrasts,
        pairs: pairs.iter().map(weigh).collect(),
        items: items
            .iter()
            .map(|item| WeighedItem {
                report: item.report().to_string(),
                day: item.day.to_string(),
                what: item.what.clone(),
            })
            .collect(),
    }
}

fn statements_of(items: &[Item], left: &Left, evidence: &Evidence) -> Vec<Statement> {
    let scale = Scale::new(items);
    let pairs = statements::pairs(items, &scale, evidence);
    let (groups, group_of) = statements::groups(items, &pairs);
    let several = |group: &[usize]| group.iter().map(|&ix| items[ix].report()).collect::<BTreeSet<_>>().len() >= 2;
    let differences = conflicts::differences(items, &pairs, &group_of, &scale);
    let disputed: BTreeSet<usize> = differences.iter().flat_map(|d| [group_of[d.earlier], group_of[d.later]]).collect();
    // A clause, or a sentence in the report's own voice, is a statement only where another report has it too, or where it differs
    // from one.
    let spoken = |group: &[usize]| group.iter().any(|&ix| matches!(items[ix].what.at, UtteranceRef::Said(..)));
    let mut made: BTreeMap<usize, Statement> = BTreeMap::new();
    for (ix, group) in statements::with_unsure(items, &groups, &group_of, &pairs, &scale).iter().enumerate() {
        if spoken(&group.members) || several(&group.members) || disputed.contains(&ix) {
            made.insert(ix, statement(items, group, left, &scale, evidence));
        }
    }
    for difference in &differences {
        add(items, &mut made, &group_of, difference);
    }
    made.into_values().collect()
}

fn add(items: &[Item], made: &mut BTreeMap<usize, Statement>, group_of: &[usize], difference: &Difference) {
    let (g, h) = (group_of[difference.earlier], group_of[difference.later]);
    let ids = (made[&g].id, made[&h].id);
    let passage = |ix: usize| conflicts::passage(&items[ix]);
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

fn statement(items: &[Item], group: &Group, left: &Left, scale: &Scale, evidence: &Evidence) -> Statement {
    let members = &group.members;
    let with_left = |mut list: Vec<UtteranceRef>| {
        list.extend(list.clone().iter().filter_map(|at| left.get(at)).flatten());
        list.sort();
        list
    };
    let utterances = with_left(members.iter().map(|&ix| items[ix].what.at).collect());
    let first = items[members[0]].day;
    let mut origins = origins::origins(items, group, evidence);
    for root in &mut origins.roots {
        root.utterances = with_left(std::mem::take(&mut root.utterances));
    }
    Statement {
        id: statements::statement_id(&utterances),
        gist: statements::gist(items, members, scale),
        utterances,
        first_reported: (first != UNDATED).then(|| first.to_string()),
        origins,
        conflicts: Vec::new(),
    }
}

/// Utterances that are left to others, by the one to which each is left.
type Left = BTreeMap<UtteranceRef, Vec<UtteranceRef>>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::facts::Voice;
    use crate::fixture::{report, said, through, voice};
    use onrecord_model::{Basis, Span};

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

    /// The statements of reports 1, 2, … of the Ledger, the Courier and the Tribune, a day after each other, that say one thing each.
    fn told(reports: Vec<(&str, Option<Voice>)>) -> String {
        let outlets = ["Ledger", "Courier", "Tribune"];
        let digest = |(at, (text, voice)): (usize, (&str, Option<Voice>))| {
            let mut one = said(at as u64 + 1, 1, text, voice);
            one.quoted = text.starts_with('“');
            let facts = Facts { propositions: vec![one], ..Facts::default() };
            report(at as u64 + 1, outlets[at], &format!("2031-02-0{}", at + 1), facts)
        };
        let digests: Vec<Arc<Digest>> = reports.into_iter().enumerate().map(digest).collect();
        shown(&story_links(Some(1), &digests, &Context::new(&[], &[])).0)
    }

    #[test]
    fn who_quotes_the_same_few_words_heard_one_speaker() {
        insta::assert_snapshot!(told(vec![
            ("“Let us see that paper”", voice(Basis::Named, "Cllr Mirela Novak")),
            ("“Let us see that paper”", voice(Basis::Named, "Mirela Nowack")),
        ]), @r#"
        “Let us see that paper” [2] []
            1 origin behind 2 wordings in 2 reports: Cllr Mirela Novak.
        "#);
    }

    #[test]
    fn a_paper_is_known_by_what_it_is_called() {
        insta::assert_snapshot!(told(vec![
            ("harbour board offered contract without tender", voice(Basis::Document, "a memo by Ada Ferro")),
            ("harbour board offered contract without tender", voice(Basis::Document, "the memo")),
            ("harbour board offered contract without tender", voice(Basis::Anonymous, "a statement signed by Ferro")),
        ]), @r#"
        harbour board offered contract without tender [3] []
            1 origin behind 3 wordings in 3 reports: a memo by Ada Ferro.
        "#);
    }

    #[test]
    fn a_wording_joined_on_little_brings_a_possible_origin() {
        let one = |id, name| {
            let what = said(id, 1, "harbour board offered contract", voice(Basis::Named, name));
            report(id, "Ledger", "2031-02-01", Facts { propositions: vec![what], ..Facts::default() })
        };
        let reports = [one(1, "Mirela Novak"), one(2, "Ivo Brand")];
        let context = Context::new(&[], &[]);
        let evidence = Evidence::new(&reports, context.entities, &context.entity_of, &context.copies);
        let items = statements::items(&reports, &evidence);
        let told = |odds| {
            let pairs = [(0, 1, odds - statements::FLOOR)];
            let scale = Scale::new(&items);
            let groups = statements::with_unsure(&items, &[vec![0, 1]], &[0, 0], &pairs, &scale);
            let origins = origins::origins(&items, &groups[0], &evidence);
            (origins.min, origins.max, origins.reasons.len())
        };
        assert_eq!(told(2.0), (2, 2, 1));
        assert_eq!(told(0.6), (1, 2, 2));
    }

    #[test]
    fn who_asks_whether_is_no_certain_origin() {
        let one = |id, name, text| {
            let what = said(id, 1, text, voice(Basis::Named, name));
            report(id, "Ledger", "2031-02-01", Facts { propositions: vec![what], ..Facts::default() })
        };
        let reports = [
            one(1, "Mirela Novak", "harbour board offered contract"),
            one(2, "Ivo Brand", "to say whether harbour board offered contract"),
        ];
        let context = Context::new(&[], &[]);
        let evidence = Evidence::new(&reports, context.entities, &context.entity_of, &context.copies);
        let items = statements::items(&reports, &evidence);
        let pairs = [(0, 1, 3.0 - statements::FLOOR)];
        let groups = statements::with_unsure(&items, &[vec![0, 1]], &[0, 0], &pairs, &Scale::new(&items));
        let origins = origins::origins(&items, &groups[0], &evidence);
        assert_eq!((origins.min, origins.max), (1, 2));
    }

    #[test]
    fn a_wording_that_may_belong_to_a_statement_of_several_goes_to_it() {
        let one = |id| {
            let what = said(id, 1, "harbour board offered contract", voice(Basis::Named, "Ada Ferro"));
            report(id, "Ledger", "2031-02-01", Facts { propositions: vec![what], ..Facts::default() })
        };
        let reports = [one(1), one(2), one(3), one(4)];
        let context = Context::new(&[], &[]);
        let evidence = Evidence::new(&reports, context.entities, &context.entity_of, &context.copies);
        let items = statements::items(&reports, &evidence);
        let told = |pairs: &[(u32, u32, f32)]| {
            let above: Vec<_> = pairs.iter().map(|&(a, b, odds)| (a, b, odds - statements::FLOOR)).collect();
            statements::groups(&items, &above).0
        };
        // The third is as like the first two as may be, the fourth is not; of two that only may be one nothing is made.
        assert_eq!(told(&[(0, 1, 2.0), (0, 2, -1.5), (1, 2, -1.6), (0, 3, -1.0)]), [vec![0, 1, 2], vec![], vec![3]]);
        assert_eq!(told(&[(0, 1, -1.5)]), [[0], [1], [2], [3]]);
    }

    #[test]
    fn what_is_left_to_another_belongs_to_its_statement() {
        let carried = |report: u64| {
            let mut inner =
                said(report, 2, "harbour board offered contract without tender", voice(Basis::Named, "Ada Ferro"));
            let mut outer = said(
                report,
                1,
                "Ferro said harbour board offered contract without tender",
                voice(Basis::Outlet, "Post"),
            );
            inner.spans = vec![Span::new(20, 60)];
            outer.spans = vec![Span::new(10, 60)];
            Facts { propositions: vec![outer, inner], ..Facts::default() }
        };
        let reports =
            vec![report(1, "Ledger", "2031-02-01", carried(1)), report(2, "Courier", "2031-02-02", carried(2))];
        let (statements, _) = story_links(Some(1), &reports, &Context::new(&[], &[]));
        insta::assert_snapshot!(shown(&statements), @r#"
        harbour board offered contract without tender [4] []
            1 origin behind 2 wordings in 2 reports: Ada Ferro.
        "#);
        assert_eq!(statements[0].origins.roots[0].utterances, statements[0].utterances);
    }

    #[test]
    fn a_stretch_ends_where_a_report_does() {
        let (reports, context) = (pile(), Context::new(&[], &[]));
        let evidence = Evidence::new(&reports, context.entities, &context.entity_of, &context.copies);
        let items = statements::items(&reports, &evidence);
        let lengths = |least| stretches(&items, least).map(<[Item]>::len).collect::<Vec<_>>();
        assert_eq!(lengths(1), [2, 2, 2]);
        assert_eq!(lengths(3), [4, 2]);
        assert_eq!(lengths(9), [6]);
        assert_eq!(stretches(&[], 9).count(), 0);
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
