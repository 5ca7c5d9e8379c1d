//! Reports taken out again as the model has them, to be read anew when a digest was kept by another version of the program.

use crate::code_points::CodePoints;
use crate::error::{Error, told};
use crate::query::{json, origin};
use crate::write::Build;
use onrecord_model::{Block, BlockKind, Label, Report, ReportId};
use rusqlite::{OptionalExtension, Row};
use std::sync::Arc;

impl Build {
    /// A report as it was read. Its notes stay in the record.
    pub fn stored(&self, id: ReportId) -> Result<Report, Error> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT name, file, sha256, title, outlet, authors, credit, dateline, url, published, language, text, blocks,
                 origin FROM reports WHERE id = ?1",
            )
            .and_then(|mut ask| ask.query_row([id.to_string()], |row| report(id, row)).optional())
            .map_err(told(&self.path))?;
        found.ok_or_else(|| self.damaged("a digest belongs to no report"))
    }
}

fn report(id: ReportId, row: &Row) -> rusqlite::Result<Report> {
    let text: Arc<str> = row.get::<_, String>(11)?.into();
    let points = CodePoints::new(&text);
    let block = |(kind, start, end): (String, u32, u32)| {
        Some(Block { kind: BlockKind::from_name(&kind)?, span: points.span(start, end)? })
    };
    Ok(Report {
        id,
        name: row.get(0)?,
        file: row.get(1)?,
        sha256: row.get(2)?,
        title: row.get(3)?,
        outlet: row.get(4)?,
        authors: json(row, 5)?,
        credit: row.get(6)?,
        dateline: row.get(7)?,
        url: row.get(8)?,
        published: row.get(9)?,
        language: row.get(10)?,
        blocks: json::<Vec<_>>(row, 12)?.into_iter().filter_map(block).collect(),
        origin: origin(row.get_ref(13)?.as_blob().unwrap_or_default()),
        text,
        notes: Vec::new(),
    })
}
