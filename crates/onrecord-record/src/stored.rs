//! Reports taken out again as the model has them, to be read anew when a digest was kept by another version of the program.

use crate::code_points::CodePoints;
use crate::error::{Error, told};
use crate::query::{REPORT_COLUMNS, origin, report_row};
use crate::rows::BlockRow;
use crate::write::Build;
use onrecord_model::{Block, BlockKind, Label, Report, ReportId};
use rusqlite::{OptionalExtension, Row};
use std::sync::Arc;

impl Build {
    /// A report as it was read. Its notes stay in the record.
    pub fn stored(&self, id: ReportId) -> Result<Report, Error> {
        let found = self
            .connection
            .prepare_cached(&format!("SELECT {REPORT_COLUMNS}, sha256, file, origin FROM reports WHERE id = ?1"))
            .and_then(|mut ask| ask.query_row([id.to_string()], |row| report(id, row)).optional())
            .map_err(told(&self.path))?;
        found.ok_or_else(|| self.damaged("a digest belongs to no report"))
    }
}

fn report(id: ReportId, row: &Row) -> rusqlite::Result<Report> {
    let read = report_row(row)?;
    let text: Arc<str> = read.text.into();
    let points = CodePoints::new(&text);
    let block = |block: BlockRow| {
        Some(Block { kind: BlockKind::from_name(&block.kind)?, span: points.span(block.start, block.end)? })
    };
    Ok(Report {
        id,
        name: read.name,
        file: row.get("file")?,
        sha256: row.get("sha256")?,
        title: read.title,
        outlet: read.outlet,
        authors: read.authors,
        credit: read.credit,
        dateline: read.dateline,
        url: read.url,
        published: read.published,
        language: read.language,
        blocks: read.blocks.into_iter().filter_map(block).collect(),
        origin: origin(row.get_ref("origin")?.as_blob().unwrap_or_default()),
        text,
        notes: Vec::new(),
    })
}
