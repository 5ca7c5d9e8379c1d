//! The record as flat tables for spreadsheets: every row says which report, outlet and day it comes from.

use crate::Error;
use onrecord_record::rows::{NamedRow, PassageRow, RecordedUtterance};
use onrecord_record::{Of, Record, ReportHead};
use std::collections::BTreeMap;

/// One cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Words; may be empty.
    Text(String),
    /// A number.
    Number(f64),
    /// Nothing known.
    Empty,
}

/// Takes tables row by row.
pub trait Sheets {
    /// A table begins.
    fn begin(&mut self, name: &'static str, columns: &[&'static str]) -> Result<(), Error>;
    /// One row of it.
    fn row(&mut self, cells: Vec<Cell>) -> Result<(), Error>;
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}

fn number(number: impl Into<f64>) -> Cell {
    Cell::Number(number.into())
}

fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Cell) -> Cell {
    value.map_or(Cell::Empty, cell)
}

fn list(words: &[String]) -> Cell {
    text(words.join("; "))
}

/// Reports that rows are joined with.
type Reports = BTreeMap<String, ReportHead>;

/// Hands over all tables.
pub fn sheets(record: &Record, to: &mut dyn Sheets) -> Result<(), Error> {
    let reports: Reports =
        record.report_heads(Of::All, u32::MAX)?.into_iter().map(|head| (head.id.clone(), head)).collect();
    report_sheet(&reports, to)?;
    utterance_sheet(record, &reports, to)?;
    statement_sheet(record, to)?;
    entity_sheet(record, to)?;
    copy_sheet(record, &reports, to)?;
    conflict_sheet(record, &reports, to)?;
    time_sheets(record, &reports, to)?;
    note_sheet(record, to)
}

/// Runs a query of the record whose rows go to a sheet; the first error of either side ends it.
fn feed<T>(
    ask: impl FnOnce(onrecord_record::Take<T>) -> Result<(), onrecord_record::Error>,
    to: &mut dyn Sheets,
    row: impl Fn(T) -> Vec<Cell>,
) -> Result<(), Error> {
    let mut failed = None;
    ask(&mut |one| {
        if failed.is_none() {
            failed = to.row(row(one)).err();
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)
}

fn report_sheet(reports: &Reports, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin(
        "reports",
        &[
            "id",
            "name",
            "outlet",
            "published",
            "title",
            "authors",
            "credit",
            "url",
            "file",
            "story",
            "copied_share",
            "version_of",
            "utterances",
            "anonymous",
        ],
    )?;
    reports.values().try_for_each(|report| {
        to.row(vec![
            text(&report.id),
            text(&report.name),
            text(&report.outlet),
            maybe(report.published.as_deref(), text),
            text(&report.title),
            list(&report.authors),
            text(&report.credit),
            text(&report.url),
            text(&report.file),
            maybe(report.story.as_deref(), text),
            number(report.copied_share),
            maybe(report.version_of.as_deref(), text),
            number(report.utterances),
            number(report.anonymous),
        ])
    })
}

fn utterance_sheet(record: &Record, reports: &Reports, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin(
        "utterances",
        &[
            "id",
            "report",
            "outlet",
            "published",
            "title",
            "speaker",
            "speaker_id",
            "basis",
            "anonymous_count",
            "anonymous_described_as",
            "anonymous_reason",
            "via",
            "addressee",
            "stance",
            "form",
            "said",
            "content",
            "source",
            "cue",
            "start",
            "end",
            "within",
            "statement",
            "score",
        ],
    )?;
    let row = |row: RecordedUtterance| {
        let one = row.utterance;
        let words = one.words();
        let (start, end) = (one.content.first().map(|part| part.start), one.content.last().map(|part| part.end));
        let via: Vec<String> = one.via.into_iter().map(|carrier: NamedRow| carrier.name).collect();
        let (speaker, speaker_id) = one.speaker.map(|speaker| (speaker.name, speaker.entity)).unzip();
        let [outlet, published, title] = of_report(reports, &row.report);
        vec![
            text(one.id),
            text(row.report),
            outlet,
            published,
            title,
            maybe(speaker, text),
            maybe(speaker_id.flatten(), text),
            text(one.basis),
            maybe(one.anonymity.as_ref().and_then(|how| how.count), number),
            maybe(one.anonymity.as_ref().map(|how| how.described_as.as_str()), text),
            maybe(one.anonymity.as_ref().and_then(|how| how.reason.as_deref()), text),
            list(&via),
            maybe(one.addressee.map(|to| to.name), text),
            text(one.stance),
            text(one.form),
            maybe(one.said.map(|said| said.value), text),
            text(words),
            maybe(one.source.map(|source| source.exact), text),
            maybe(one.cue.map(|cue| cue.exact), text),
            maybe(start, number),
            maybe(end, number),
            maybe(one.within, text),
            maybe(row.statement, text),
            number(one.score),
        ]
    };
    feed(|take| record.each_utterance(Of::All, take), to, row)
}

/// Outlet, day and headline of a report.
fn of_report(reports: &Reports, id: &str) -> [Cell; 3] {
    match reports.get(id) {
        Some(report) => [text(&report.outlet), maybe(report.published.as_deref(), text), text(&report.title)],
        None => [Cell::Empty, Cell::Empty, Cell::Empty],
    }
}

fn statement_sheet(record: &Record, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin(
        "statements",
        &[
            "id",
            "gist",
            "first_reported",
            "origins_min",
            "origins_max",
            "roots",
            "reasons",
            "utterances",
            "reports",
            "conflicts",
        ],
    )?;
    feed(
        |take| record.each_statement(Of::All, take),
        to,
        |row| {
            let roots: Vec<String> =
                row.origins.roots.iter().map(|root| format!("{} ({})", root.name, root.kind)).collect();
            vec![
                text(row.id),
                text(row.gist),
                maybe(row.first_reported, text),
                number(row.origins.min),
                number(row.origins.max),
                list(&roots),
                text(row.origins.reasons.join(" ")),
                number(row.utterances.len() as u32),
                number(row.reports.len() as u32),
                number(row.conflicts.len() as u32),
            ]
        },
    )
}

fn entity_sheet(record: &Record, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin("entities", &["id", "kind", "name", "aliases", "roles", "reports"])?;
    feed(
        |take| record.each_entity(Of::All, take),
        to,
        |row| {
            let roles: Vec<String> = row.roles.into_iter().map(|role| role.title).collect();
            vec![
                text(row.id),
                text(row.kind),
                text(row.name),
                list(&row.aliases),
                list(&roles),
                number(row.reports.len() as u32),
            ]
        },
    )
}

fn copy_sheet(record: &Record, reports: &Reports, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin(
        "copies",
        &[
            "from",
            "from_outlet",
            "from_published",
            "from_title",
            "to",
            "to_outlet",
            "to_published",
            "to_title",
            "share",
            "direction",
            "evidence",
            "unseen_parent",
            "passages",
        ],
    )?;
    feed(
        |take| record.each_copy(Of::All, take),
        to,
        |row| {
            let mut cells = vec![text(&row.from)];
            cells.extend(of_report(reports, &row.from));
            cells.push(text(&row.to));
            cells.extend(of_report(reports, &row.to));
            cells.extend([
                number(row.share),
                text(row.direction),
                text(row.evidence.join(" ")),
                maybe(row.unseen_parent, text),
                number(row.passages.len() as u32),
            ]);
            cells
        },
    )
}

fn conflict_sheet(record: &Record, reports: &Reports, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin(
        "conflicts",
        &[
            "statement",
            "with",
            "kind",
            "earlier_report",
            "earlier_outlet",
            "earlier_published",
            "earlier_title",
            "earlier",
            "later_report",
            "later_outlet",
            "later_published",
            "later_title",
            "later",
        ],
    )?;
    let mut failed = None;
    record.each_statement(Of::All, &mut |row| {
        for conflict in row.conflicts {
            let mut cells = vec![text(&row.id), text(conflict.with), text(conflict.kind)];
            for PassageRow { report, exact, .. } in conflict.passages {
                cells.push(text(&report));
                cells.extend(of_report(reports, &report));
                cells.push(text(exact));
            }
            if failed.is_none() {
                failed = to.row(cells).err();
            }
        }
        Ok(())
    })?;
    failed.map_or(Ok(()), Err)
}

fn time_sheets(record: &Record, reports: &Reports, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin("stories", &["id", "title", "from", "to", "reports"])?;
    feed(
        |take| record.each_story(Of::All, take),
        to,
        |row| {
            vec![
                text(row.id),
                text(row.title),
                maybe(row.from, text),
                maybe(row.to, text),
                number(row.reports.len() as u32),
            ]
        },
    )?;
    to.begin("events", &["id", "story", "value", "from", "to", "what", "reports"])?;
    feed(
        |take| record.each_event(Of::All, take),
        to,
        |row| {
            vec![
                text(row.id),
                maybe(row.story, text),
                text(row.when.value),
                text(row.when.from),
                text(row.when.to),
                text(row.what),
                number(row.reports.len() as u32),
            ]
        },
    )?;
    to.begin(
        "times",
        &["report", "outlet", "published", "title", "exact", "type", "value", "start", "end", "rule", "anchor"],
    )?;
    feed(
        |take| record.each_time(Of::All, take),
        to,
        |row| {
            let [outlet, published, title] = of_report(reports, &row.report);
            let time = row.time;
            vec![
                text(row.report),
                outlet,
                published,
                title,
                text(time.exact),
                text(time.kind),
                text(time.value),
                number(time.start),
                number(time.end),
                text(time.rule),
                maybe(time.anchor, text),
            ]
        },
    )
}

fn note_sheet(record: &Record, to: &mut dyn Sheets) -> Result<(), Error> {
    to.begin("notes", &["report", "file", "start", "end", "note"])?;
    feed(
        |take| record.each_note(Of::All, take),
        to,
        |row| {
            vec![
                maybe(row.report, text),
                text(row.file),
                maybe(row.start, number),
                maybe(row.end, number),
                text(row.note),
            ]
        },
    )
}
