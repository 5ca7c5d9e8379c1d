//! A story: its reports, what they say, and who speaks.

use super::desk::{distinct_origins, texts_count};
use super::tree::{Tree, tree};
use super::{Counts, EntityHead, ROWS_MAX, ReportHead, StatementHead};
use crate::Error;
use onrecord_record::rows::{CopyRow, EventRow, StoryRow};
use onrecord_record::{Of, Record};
use serde::Serialize;

/// A story.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StoryView {
    /// Title, days and ids of its reports.
    pub story: StoryRow,
    /// How much there is.
    pub counts: Counts,
    /// By publication.
    pub reports: Vec<ReportHead>,
    /// Those in most reports first.
    pub statements: Vec<StatementHead>,
    /// Those who speak most first.
    pub people: Vec<EntityHead>,
    /// Copied text between its reports.
    pub copies: Vec<CopyRow>,
    /// Who has it from whom.
    pub tree: Tree,
    /// What happened, by day.
    pub events: Vec<EventRow>,
}

/// The story with this id.
pub fn story(record: &Record, id: &str) -> Result<StoryView, Error> {
    let found = record.all(|take| record.each_story(Of::Id(id), take))?;
    let Some(story) = found.into_iter().next() else { return Err(Error::unknown("story", id)) };
    let of = Of::Story(id);
    let reports = record.report_heads(of, u32::MAX)?;
    let statements = record.statement_heads(of, u32::MAX)?;
    let people = record.named_people(of, u32::MAX)?;
    let (origins_min, origins_max) = distinct_origins(record, of)?;
    let mut outlets: Vec<&str> = reports.iter().map(|report| report.outlet.as_str()).collect();
    outlets.sort_unstable();
    outlets.dedup();
    let counts = Counts {
        reports: reports.len() as u32,
        texts: texts_count(record, reports.iter().map(|report| report.id.as_str()))?,
        origins_min,
        origins_max,
        utterances: reports.iter().map(|report| report.utterances).sum(),
        statements: statements.len() as u32,
        stories: 1,
        people: people.len() as u32,
        outlets: outlets.iter().filter(|outlet| !outlet.is_empty()).count() as u32,
        notes: 0,
    };
    Ok(StoryView {
        story,
        counts,
        statements: statements.into_iter().take(ROWS_MAX as usize).collect(),
        people: people.into_iter().take(ROWS_MAX as usize).collect(),
        copies: record.all(|take| record.each_copy(of, take))?,
        tree: tree(record, id, &reports)?,
        events: record.all(|take| record.each_event(of, take))?,
        reports,
    })
}
