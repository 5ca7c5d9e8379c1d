//! The desk: everything a record holds, at a glance.

use super::{EntityHead, OutletHead, ROWS_MAX, ReportHead, StatementHead};
use crate::Error;
use onrecord_record::rows::{RecordedNote, StatementRow, StoryRow};
use onrecord_record::{Of, Record};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Share of a report that makes it a copy when it stands in another.
const COPY_SHARE_MIN: f64 = 0.5;

/// "412 reports → 37 texts → 6 to 9 origins".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Reports.
    pub reports: u32,
    /// Reports, copies of one text counted once.
    pub texts: u32,
    /// Distinct certain origins of what stands in more than one report.
    pub origins_min: u32,
    /// With the possible ones.
    pub origins_max: u32,
    /// Utterances.
    pub utterances: u32,
    /// Statements.
    pub statements: u32,
    /// Stories.
    pub stories: u32,
    /// People.
    pub people: u32,
    /// Outlets.
    pub outlets: u32,
    /// Notes of what was left out.
    pub notes: u32,
}

impl Counts {
    /// The line at the head of a desk.
    pub fn line(&self) -> String {
        let many = |count: u32, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
        let origins = match (self.origins_min, self.origins_max) {
            (min, max) if min == max => many(max, "origin"),
            (min, max) => format!("{min} to {}", many(max, "origin")),
        };
        format!("{} → {} → {origins}", many(self.reports, "report"), many(self.texts, "text"))
    }
}

/// Everything a record holds, at a glance.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Desk {
    /// How much there is.
    pub counts: Counts,
    /// The largest first.
    pub stories: Vec<StoryRow>,
    /// Those in most reports first.
    pub statements: Vec<StatementHead>,
    /// Those who speak most first.
    pub people: Vec<EntityHead>,
    /// Those with most reports first.
    pub outlets: Vec<OutletHead>,
    /// By publication.
    pub reports: Vec<ReportHead>,
    /// What was left out or could not be read.
    pub notes: Vec<RecordedNote>,
}

/// The desk of a record.
pub fn desk(record: &Record) -> Result<Desk, Error> {
    let totals = record.totals()?;
    let (origins_min, origins_max) = distinct_origins(record, Of::All)?;
    let reports = record.report_heads(Of::All, u32::MAX)?;
    let counts = Counts {
        reports: totals.reports,
        texts: texts_count(record, reports.iter().map(|report| report.id.as_str()))?,
        origins_min,
        origins_max,
        utterances: totals.utterances,
        statements: totals.statements,
        stories: totals.stories,
        people: totals.people,
        outlets: totals.outlets,
        notes: totals.notes,
    };
    let mut stories = record.all(|take| record.each_story(Of::All, take))?;
    stories.sort_by(|a, b| (b.reports.len(), &a.from, &a.id).cmp(&(a.reports.len(), &b.from, &b.id)));
    stories.truncate(ROWS_MAX as usize);
    let mut notes = Vec::new();
    record.each_note(Of::All, &mut |note| {
        if notes.len() < ROWS_MAX as usize {
            notes.push(note);
        }
        Ok(())
    })?;
    Ok(Desk {
        counts,
        stories,
        statements: record.statement_heads(Of::All, ROWS_MAX)?,
        people: record.named_people(Of::All, ROWS_MAX)?,
        outlets: record.outlet_heads(ROWS_MAX)?,
        reports: reports.into_iter().take(ROWS_MAX as usize).collect(),
        notes,
    })
}

/// How many texts there are among reports: those that are copies of one text count once.
pub(super) fn texts_count<'i>(record: &Record, reports: impl Iterator<Item = &'i str>) -> Result<u32, Error> {
    let reports: Vec<&str> = reports.collect();
    Ok(texts(record, &reports)?.len() as u32)
}

/// Reports that stand for a text: of those that are copies of one text, the first in the order given.
pub fn texts<'i>(record: &Record, reports: &[&'i str]) -> Result<Vec<&'i str>, Error> {
    let index: BTreeMap<&str, usize> = reports.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut first: Vec<usize> = (0..reports.len()).collect();
    for (from, to, share) in record.copy_shares()? {
        let pair = index.get(from.as_str()).zip(index.get(to.as_str()));
        if let (true, Some((&from, &to))) = (share >= COPY_SHARE_MIN, pair) {
            let (a, b) = (find(&mut first, from), find(&mut first, to));
            first[a.max(b)] = a.min(b);
        }
    }
    Ok((0..reports.len()).filter(|&at| find(&mut first, at) == at).map(|at| reports[at]).collect())
}

/// The first report of the text that a report belongs to.
fn find(first: &mut [usize], mut at: usize) -> usize {
    while first[at] != at {
        first[at] = first[first[at]];
        at = first[at];
    }
    at
}

/// Origins of the statements that stand in more than one report: one that several of them rest on counts once. A possible origin without a name
/// can be told from none of the others, so of those only the most that any one statement has are counted.
pub(super) fn distinct_origins(record: &Record, of: Of) -> Result<(u32, u32), Error> {
    let mut certain: BTreeSet<(String, String)> = BTreeSet::new();
    let mut possible = BTreeSet::new();
    let mut nameless = 0;
    record.each_statement(of, &mut |statement: StatementRow| {
        if statement.reports.len() < 2 {
            return Ok(());
        }
        let origins = statement.origins;
        nameless = nameless.max(origins.max.saturating_sub(origins.roots.len() as u32));
        for (at, root) in origins.roots.into_iter().enumerate() {
            let key = (root.kind, root.name);
            if (at as u32) < origins.min {
                certain.insert(key)
            } else {
                possible.insert(key)
            };
        }
        Ok(())
    })?;
    let extra = possible.difference(&certain).count() as u32;
    Ok((certain.len() as u32, certain.len() as u32 + extra + nameless))
}
