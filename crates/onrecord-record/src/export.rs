//! An export as JSON Lines: one file a table, rows in an order that depends on the content alone.

use crate::error::Error;
use crate::open::Record;
use crate::query::{Of, Take};
use serde::Serialize;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Files of an export, in the order they are written.
pub const TABLES: [&str; 11] = [
    "reports",
    "utterances",
    "entities",
    "mentions",
    "times",
    "statements",
    "copies",
    "stories",
    "events",
    "notes",
    "judgements",
];

impl Record {
    /// Writes all tables into `folder`, which is made where it is missing.
    pub fn export_jsonl(&self, folder: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(folder).map_err(|source| Error::Write { path: folder.to_owned(), source })?;
        write_table(folder, "reports", |take| self.each_report(Of::All, take))?;
        write_table(folder, "utterances", |take| self.each_utterance(Of::All, take))?;
        write_table(folder, "entities", |take| self.each_entity(Of::All, take))?;
        write_table(folder, "mentions", |take| self.each_mention(Of::All, take))?;
        write_table(folder, "times", |take| self.each_time(Of::All, take))?;
        write_table(folder, "statements", |take| self.each_statement(Of::All, take))?;
        write_table(folder, "copies", |take| self.each_copy(Of::All, take))?;
        write_table(folder, "stories", |take| self.each_story(Of::All, take))?;
        write_table(folder, "events", |take| self.each_event(Of::All, take))?;
        write_table(folder, "notes", |take| self.each_note(Of::All, take))?;
        write_table(folder, "judgements", |take| self.each_judgement(Of::All, take))
    }
}

fn write_table<T: Serialize>(
    folder: &Path,
    name: &str,
    ask: impl FnOnce(Take<T>) -> Result<(), Error>,
) -> Result<(), Error> {
    let path = folder.join(format!("{name}.jsonl"));
    let failed = |source| Error::Write { path: path.clone(), source };
    let mut file = BufWriter::new(File::create(&path).map_err(failed)?);
    ask(&mut |row| {
        serde_json::to_writer(&mut file, &row).map_err(|error| failed(error.into()))?;
        file.write_all(b"\n").map_err(failed)
    })?;
    file.flush().map_err(failed)
}
