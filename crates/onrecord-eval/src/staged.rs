//! Texts that annotated data keeps inside other files, laid out as files of their own so that the engine reads them as it reads any.

use anyhow::Context;
use onrecord::rows::ReadingRow;
use onrecord::{Engine, Flow, Progress, ReadOptions};

/// A text of annotated data.
pub struct Text {
    /// Its name; a file name.
    pub name: String,
    /// Its characters.
    pub text: String,
    /// Who published it, or empty.
    pub outlet: String,
    /// The day it was published, or empty.
    pub published: String,
}

/// Reads all texts, in their order, and hands over each reading.
///
/// # Errors
/// Files that cannot be written, texts that cannot be read.
pub fn read(
    texts: &[Text],
    engine: &Engine,
    progress: &dyn Progress,
    each: &mut dyn FnMut(&Text, &ReadingRow) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no folder for the texts")?;
    let mut about = String::from("file,outlet,published\n");
    let mut paths = Vec::with_capacity(texts.len());
    for (ix, text) in texts.iter().enumerate() {
        // Names of data are not always names of files.
        let path = folder.path().join(format!("{ix}.txt"));
        std::fs::write(&path, &text.text).with_context(|| path.display().to_string())?;
        let outlet = text.outlet.replace('"', "\"\"");
        about.push_str(&format!("{ix}.txt,\"{outlet}\",{}\n", text.published));
        paths.push(path);
    }
    let table = folder.path().join("reports.csv");
    std::fs::write(&table, about).with_context(|| table.display().to_string())?;
    let options = ReadOptions { as_is: true, ..ReadOptions::default() };
    let mut failed = None;
    engine.read(&paths, &options, progress, &mut |item| {
        let done = item.map_err(anyhow::Error::from).and_then(|reading| {
            let row = onrecord::reading_row(&reading, false);
            let at: usize = row.report.name.parse().context("a text with a name of its own")?;
            each(&texts[at], &row)
        });
        match done {
            Ok(()) => Flow::Go,
            Err(error) => {
                failed = Some(error);
                Flow::Stop
            }
        }
    });
    failed.map_or(Ok(()), Err)
}
