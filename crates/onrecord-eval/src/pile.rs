//! Annotated texts as inputs of the engine: written to a temporary folder, read, and given back as rows.

use anyhow::Context;
use onrecord::rows::ReadingRow;
use onrecord::{Engine, Flow, Progress, ReadOptions};
use serde_json::Value;
use std::path::Path;

/// One text with what is known about it.
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// Who published, or empty.
    pub outlet: &'a str,
    /// Day or moment, or empty.
    pub published: &'a str,
}

/// Lines of a file of JSON objects.
pub fn lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = crate::text::read(path)?;
    let filled = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}: line {} is not JSON", path.display(), at + 1))
        })
        .collect()
}

/// A field that is text, or empty.
pub fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

/// Reads the texts as they are, character by character.
pub fn readings(texts: &[Text], engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Vec<ReadingRow>> {
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    let quoted = |words: &str| format!("\"{}\"", words.replace('"', "\"\""));
    let mut about = "file,outlet,published\n".to_owned();
    let mut paths = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        let name = format!("{at:08}.txt");
        about.push_str(&format!("{name},{},{}\n", quoted(text.outlet), quoted(text.published)));
        let path = folder.path().join(name);
        std::fs::write(&path, text.text).with_context(|| path.display().to_string())?;
        paths.push(path);
    }
    let table = folder.path().join("reports.csv");
    std::fs::write(&table, about).with_context(|| table.display().to_string())?;
    let options = ReadOptions { as_is: true, about: Some(table), ..ReadOptions::default() };
    let (mut rows, mut failed) = (Vec::new(), None);
    engine.read(&paths, &options, progress, &mut |item| match item {
        Ok(reading) => {
            rows.push(onrecord::reading_row(&reading, false));
            Flow::Go
        }
        Err(trouble) => {
            failed = Some(trouble);
            Flow::Stop
        }
    });
    match failed {
        Some(trouble) => Err(trouble.into()),
        None => Ok(rows),
    }
}
