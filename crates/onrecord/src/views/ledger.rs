//! The ledger: statements a line each, narrowed and ordered as a person asks.

use super::passages::Texts;
use super::{Citation, StatementHead, Wording, wordings};
use crate::Error;
use onrecord_record::{Of, Record};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Statements that are looked through for one ledger.
const STATEMENTS_MAX: u32 = 50_000;

/// A statement in one line.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LedgerLine {
    /// Gist, numbers, bases and conflicts.
    pub statement: StatementHead,
    /// Who says it, each once, in the order of publication.
    pub speakers: Vec<String>,
    /// Where it stands first.
    pub first: Citation,
}

/// What a ledger is narrowed to; the default shows what stands in more than one report or is in conflict.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Filter {
    /// Id of a story.
    pub story: Option<String>,
    /// Bases of which one must occur; empty means any.
    pub bases: Vec<String>,
    /// An outlet that must have it.
    pub outlet: Option<String>,
    /// Whether only statements that are disputed or were changed.
    pub disputed: bool,
    /// Whether statements that stand in one report alone are shown too.
    pub single: bool,
    /// The order.
    pub order: Order,
}

/// The order of a ledger.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Those on most certain origins first, then on most possible ones; among equals those in conflict, then those in most reports: a
    /// text that many reprint is no news, two people who say the same are.
    #[default]
    Origins,
    /// Those in most reports first.
    Reports,
    /// The latest first.
    Newest,
    /// The earliest first.
    Oldest,
}

/// A value to filter by, and how many statements have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facet {
    /// The value.
    pub value: String,
    /// How many statements.
    pub statements: u32,
}

/// Statements, narrowed and ordered.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Ledger {
    /// What it was narrowed to.
    pub filter: Filter,
    /// The first of the statements left.
    pub lines: Vec<LedgerLine>,
    /// How many statements are left, shown or not.
    pub total: u32,
    /// Bases to narrow by.
    pub bases: Vec<Facet>,
    /// Outlets to narrow by.
    pub outlets: Vec<Facet>,
}

/// The ledger that `filter` leaves, at most `lines_max` lines of it.
pub fn ledger(record: &Record, filter: &Filter, lines_max: usize) -> Result<Ledger, Error> {
    let of = filter.story.as_deref().map_or(Of::All, Of::Story);
    let mut heads = record.statement_heads(of, STATEMENTS_MAX)?;
    heads.retain(|head| filter.single || head.reports > 1 || !head.conflicts.is_empty());
    let bases = facets(heads.iter().flat_map(|head| &head.bases));
    let outlets = facets(heads.iter().flat_map(|head| head.outlets.iter().filter(|outlet| !outlet.is_empty())));
    heads.retain(|head| fits(head, filter));
    match filter.order {
        Order::Reports => {} // as the record gives them
        Order::Origins => heads.sort_by_key(|head| {
            Reverse((head.reports > 1, head.origins_min, head.origins_max, !head.conflicts.is_empty(), head.reports))
        }),
        Order::Newest => heads.sort_by(|a, b| b.first_reported.cmp(&a.first_reported)),
        Order::Oldest => heads.sort_by_key(|head| (head.first_reported.is_none(), head.first_reported.clone())),
    }
    let total = heads.len() as u32;
    heads.truncate(lines_max);
    Ok(Ledger { filter: filter.clone(), lines: ledger_lines(record, heads)?, total, bases, outlets })
}

fn fits(head: &StatementHead, filter: &Filter) -> bool {
    (filter.bases.is_empty() || filter.bases.iter().any(|basis| head.bases.contains(basis)))
        && filter.outlet.as_ref().is_none_or(|outlet| head.outlets.contains(outlet))
        && (!filter.disputed || !head.conflicts.is_empty())
}

/// Values by frequency, then name.
fn facets<'a>(values: impl Iterator<Item = &'a String>) -> Vec<Facet> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let facet = |(value, statements): (&str, u32)| Facet { value: value.to_owned(), statements };
    let mut facets: Vec<Facet> = counts.into_iter().map(facet).collect();
    facets.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.value.cmp(&b.value)));
    facets
}

/// Statements as lines, in the order given.
pub fn ledger_lines(record: &Record, heads: Vec<StatementHead>) -> Result<Vec<LedgerLine>, Error> {
    let mut texts = Texts::new(record);
    let mut lines = Vec::with_capacity(heads.len());
    for head in heads {
        let utterances = record.all(|take| record.each_utterance(Of::Statement(&head.id), take))?;
        let mut wordings = wordings(&mut texts, utterances)?;
        wordings.sort_by(|a, b| super::statement::order(a).cmp(&super::statement::order(b)));
        let mut speakers: Vec<String> = Vec::new();
        for name in wordings.iter().map(Wording::origin) {
            if !speakers.contains(&name) {
                speakers.push(name);
            }
        }
        if let Some(first) = wordings.into_iter().next() {
            lines.push(LedgerLine { statement: head, speakers, first: first.citation });
        }
    }
    Ok(lines)
}
