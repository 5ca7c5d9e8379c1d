//! The gold of running stories, as `gold.json` has it. The form is explained beside the project's own set.

use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Gold of one folder. Reports are named by their file there.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub struct Gold {
    pub copies: Vec<Copy>,
    pub not_copies: Vec<Vec<String>>,
    pub statements: Vec<Statement>,
    pub conflicts: Vec<Conflict>,
    pub people: Vec<Person>,
    pub events: Vec<Event>,
    pub story_of: BTreeMap<String, Option<String>>,
}

/// A child and its direct parent, which may be `unseen:<wire>`.
#[derive(Deserialize, Debug)]
pub struct Copy {
    pub from: String,
    pub to: String,
    /// Other parents that the texts do not exclude.
    #[serde(default)]
    pub also_accept: Vec<String>,
}

#[derive(Deserialize, Debug)]
pub struct Statement {
    pub id: String,
    pub utterances: Vec<Passage>,
    pub origins: Range,
}

/// How many independent origins a statement has.
#[derive(Deserialize, Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub min: u32,
    pub max: u32,
}

/// The very characters, and where they stand.
#[derive(Deserialize, Debug)]
pub struct Passage {
    pub file: String,
    pub exact: String,
}

#[derive(Deserialize, Debug)]
pub struct Conflict {
    pub a: Passage,
    pub b: Passage,
    pub kind: String,
}

#[derive(Deserialize, Debug)]
pub struct Person {
    pub name: String,
    pub files: Vec<String>,
}

#[derive(Deserialize, Debug)]
pub struct Event {
    pub when: String,
    pub what: String,
    pub files: Vec<String>,
    #[serde(default)]
    pub exact: BTreeMap<String, String>,
}

/// A pile of stories: a folder each, `noise` among them.
pub struct Pile {
    /// Gold by folder.
    pub gold: BTreeMap<String, Gold>,
    /// Names of all reports in the pile, in order.
    pub files: Vec<String>,
}

/// What a file of a story is called in the pile.
pub fn file(story: &str, file: &str) -> String {
    format!("{story}__{file}")
}

/// Lays all reports of the folders under `set` out in `pile`, with one table of what is known about them.
///
/// # Errors
/// Files that cannot be read or written, gold in another form.
pub fn lay_out(set: &Path, pile: &Path) -> anyhow::Result<Pile> {
    const COLUMNS: [&str; 6] = ["file", "outlet", "published", "author", "credit", "url"];
    let mut gold = BTreeMap::new();
    let mut files = Vec::new();
    let mut about = csv::Writer::from_path(pile.join("reports.csv")).context("no table for the pile")?;
    about.write_record(COLUMNS)?;
    for folder in folders(set)? {
        let story = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let table = folder.join("reports.csv");
        let mut rows = csv::Reader::from_path(&table).with_context(|| table.display().to_string())?;
        for row in rows.deserialize() {
            let row: BTreeMap<String, String> = row.with_context(|| table.display().to_string())?;
            let from = row.get("file").map_or("", String::as_str);
            let to = file(&story, from);
            let report = folder.join(from);
            std::fs::copy(&report, pile.join(&to)).with_context(|| report.display().to_string())?;
            let cell = |column: &str| row.get(column).map_or("", String::as_str);
            about.write_record(COLUMNS.map(|column| if column == "file" { to.as_str() } else { cell(column) }))?;
            files.push(to);
        }
        let path = folder.join("gold.json");
        if path.exists() {
            let text = crate::text::read(&path)?;
            gold.insert(story, serde_json::from_str(&text).with_context(|| path.display().to_string())?);
        }
    }
    about.flush().context("no table for the pile")?;
    anyhow::ensure!(!gold.is_empty(), "{}: no folder here has reports and a gold.json", set.display());
    Ok(Pile { gold, files })
}

/// Folders with a table of reports, by name.
fn folders(set: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listed = std::fs::read_dir(set).with_context(|| format!("{}: this folder cannot be read", set.display()))?;
    let mut folders = Vec::new();
    for entry in listed {
        let path = entry.with_context(|| set.display().to_string())?.path();
        if path.join("reports.csv").is_file() {
            folders.push(path);
        }
    }
    folders.sort();
    Ok(folders)
}

/// The piles of a set: the folder itself, or its parts where it has parts. Empty names for the folder itself.
pub fn parts(set: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    if !folders(set)?.is_empty() {
        return Ok(vec![(String::new(), set.to_owned())]);
    }
    let mut parts = Vec::new();
    for entry in std::fs::read_dir(set).with_context(|| set.display().to_string())? {
        let path = entry.with_context(|| set.display().to_string())?.path();
        if path.is_dir() && !folders(&path)?.is_empty() {
            parts.push((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path));
        }
    }
    parts.sort();
    anyhow::ensure!(!parts.is_empty(), "{}: no folder here has reports and a gold.json", set.display());
    Ok(parts)
}
