//! Citations: where words stand, and what stands around them.

use crate::Error;
use onrecord_record::rows::PassageRow;
use onrecord_record::{CodePoints, Of, Record};
use serde::Serialize;
use std::collections::BTreeMap;

/// Words of a report with what a reader needs to cite them.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Citation {
    /// Id of the report.
    pub report: String,
    /// Its headline, or its name where it has none.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// First code point of the report's text.
    pub start: u32,
    /// First code point after.
    pub end: u32,
    /// The characters.
    pub exact: String,
    /// What stands around them in the same paragraph.
    pub context: Context,
}

impl Citation {
    /// Outlet and day: "Boston Globe, 2017-07-21".
    pub fn place(&self) -> String {
        let outlet = if self.outlet.is_empty() { "unknown outlet" } else { &self.outlet };
        let day = self.published.as_deref().and_then(|published| published.get(..10)).unwrap_or("no date");
        format!("{outlet}, {day}")
    }
}

/// Some words before and after a passage, of the same paragraph.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Context {
    /// Before it; starts with "… " where more stands there.
    pub before: String,
    /// After it; ends with " …" where more stands there.
    pub after: String,
}

/// What a citation needs of a report.
struct Cited {
    title: String,
    outlet: String,
    published: Option<String>,
    points: CodePoints,
}

/// Reports that citations are made from, each read once.
pub(super) struct Texts<'r> {
    record: &'r Record,
    held: BTreeMap<String, Cited>,
}

impl<'r> Texts<'r> {
    pub fn new(record: &'r Record) -> Texts<'r> {
        Texts { record, held: BTreeMap::new() }
    }

    /// The record.
    pub fn record(&self) -> &'r Record {
        self.record
    }

    /// Words of a report.
    pub fn citation(&mut self, report: &str, start: u32, end: u32) -> Result<Citation, Error> {
        if !self.held.contains_key(report) {
            let found = self.record.all(|take| self.record.each_report(Of::Id(report), take))?;
            if let Some(found) = found.into_iter().next() {
                let row = found.report;
                let title = if row.title.is_empty() { row.name } else { row.title };
                let points = CodePoints::new(&row.text.into());
                self.held.insert(row.id, Cited { title, outlet: row.outlet, published: row.published, points });
            }
        }
        let Some(cited) = self.held.get(report) else { return Err(Error::unknown("report", report)) };
        Ok(Citation {
            report: report.to_owned(),
            title: cited.title.clone(),
            outlet: cited.outlet.clone(),
            published: cited.published.clone(),
            start,
            end,
            exact: cited.points.exact(start, end).unwrap_or_default().to_owned(),
            context: context(&cited.points, start, end),
        })
    }

    /// A passage of a link.
    pub fn passage(&mut self, passage: &PassageRow) -> Result<Citation, Error> {
        self.citation(&passage.report, passage.start, passage.end)
    }
}

/// Bytes of context on each side, at most.
const CONTEXT_BYTES_MAX: usize = 140;

fn context(points: &CodePoints, start: u32, end: u32) -> Context {
    let text = points.text();
    let Some(span) = points.span(start, end) else { return Context::default() };
    let (from, to) = (span.start() as usize, span.end() as usize);
    let paragraph_start = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let paragraph_end = text[to..].find('\n').map_or(text.len(), |at| to + at);
    let mut first = from.saturating_sub(CONTEXT_BYTES_MAX).max(paragraph_start);
    let mut last = (to + CONTEXT_BYTES_MAX).min(paragraph_end);
    // To the edges of words, and so of characters.
    while first > paragraph_start && first < from && !text.as_bytes()[first - 1].is_ascii_whitespace() {
        first += 1;
    }
    while last < paragraph_end && last > to && !text.as_bytes()[last].is_ascii_whitespace() {
        last -= 1;
    }
    let before = if first > paragraph_start { "… " } else { "" };
    let after = if last < paragraph_end { " …" } else { "" };
    Context {
        before: format!("{before}{}", text.get(first..from).unwrap_or_default()),
        after: format!("{}{after}", text.get(to..last).unwrap_or_default().trim_end()),
    }
}
