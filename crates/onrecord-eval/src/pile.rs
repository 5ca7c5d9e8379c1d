//! Annotated texts as inputs of the engine: written to a temporary folder, read or built, and given back as rows.

use anyhow::Context;
use onrecord::rows::ReadingRow;
use onrecord::{Engine, Flow, Progress, ReadOptions, Record};
use serde_json::{Value, json};
use std::path::Path;

/// One text with what is known about it.
pub struct Text<'a> {
    /// Name that comes back with the report.
    pub name: &'a str,
    /// Headline, or empty.
    pub title: &'a str,
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

/// Builds a record of the texts in a temporary folder and asks it.
pub fn built<T>(
    texts: &[Text],
    engine: &Engine,
    progress: &dyn Progress,
    ask: impl FnOnce(&Record) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let folder = tempfile::tempdir().context("no temporary folder can be made")?;
    let row = |text: &Text| {
        let mut row = json!({"id": text.name, "title": text.title, "text": text.text, "outlet": text.outlet});
        if !text.published.is_empty() {
            row["published"] = text.published.into();
        }
        format!("{row}\n")
    };
    let pile = folder.path().join("pile.jsonl");
    std::fs::write(&pile, texts.iter().map(row).collect::<String>()).with_context(|| pile.display().to_string())?;
    let path = folder.path().join("record.sqlite");
    let built = engine.build(&[pile], &ReadOptions::default(), &path, progress)?;
    if let Some(trouble) = built.troubles.first() {
        anyhow::bail!("{trouble}");
    }
    ask(&Record::open(&path).map_err(onrecord::Error::from)?)
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
