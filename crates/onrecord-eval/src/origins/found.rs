//! A record as it is exported, in JSON Lines: what is scored. Any program that writes these fields can be.

use crate::sets;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// The rows of an exported record that are scored.
#[derive(Default)]
pub struct Found {
    pub reports: Vec<Report>,
    pub copies: Vec<Copy>,
    pub utterances: Vec<Utterance>,
    pub statements: Vec<Statement>,
    pub entities: Vec<Entity>,
    pub events: Vec<Event>,
}

#[derive(Deserialize, Debug)]
pub struct Report {
    pub id: String,
    pub file: String,
    pub story: Option<String>,
}

#[derive(Deserialize, Debug)]
pub struct Copy {
    pub from: String,
    pub to: String,
}

#[derive(Deserialize, Debug)]
pub struct Utterance {
    pub report: String,
    pub content: Vec<Exact>,
    pub cue: Option<Exact>,
    pub statement: Option<String>,
}

#[derive(Deserialize, Debug)]
pub struct Exact {
    pub exact: String,
}

#[derive(Deserialize, Debug)]
pub struct Statement {
    pub id: String,
    pub origins: super::gold::Range,
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
}

#[derive(Deserialize, Debug)]
pub struct Conflict {
    pub kind: Option<String>,
    #[serde(default)]
    pub passages: Vec<Passage>,
}

#[derive(Deserialize, Debug)]
pub struct Passage {
    pub report: String,
    pub exact: String,
}

#[derive(Deserialize, Debug)]
pub struct Entity {
    pub kind: String,
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub reports: Vec<String>,
}

#[derive(Deserialize, Debug)]
pub struct Event {
    pub when: When,
    pub what: Option<String>,
    #[serde(default)]
    pub passages: Vec<Exact>,
    #[serde(default)]
    pub reports: Vec<String>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub struct When {
    pub value: Option<String>,
    pub from: Option<String>,
}

impl When {
    /// The day, or what is known of it.
    pub fn day(&self) -> &str {
        let said = self.value.as_deref().filter(|value| !value.is_empty()).or(self.from.as_deref()).unwrap_or("");
        day(said)
    }
}

/// The first ten characters of a date.
pub fn day(date: &str) -> &str {
    date.char_indices().nth(10).map_or(date, |(at, _)| &date[..at])
}

impl Found {
    /// Reads the tables of an exported record. A table that is not there is empty.
    ///
    /// # Errors
    /// A row in another form.
    pub fn read(folder: &Path) -> anyhow::Result<Found> {
        Ok(Found {
            reports: table(folder, "reports")?,
            copies: table(folder, "copies")?,
            utterances: table(folder, "utterances")?,
            statements: table(folder, "statements")?,
            entities: table(folder, "entities")?,
            events: table(folder, "events")?,
        })
    }

    /// File names of the reports by their ids.
    pub fn files(&self) -> BTreeMap<&str, &str> {
        self.reports.iter().map(|report| (report.id.as_str(), base(&report.file))).collect()
    }
}

fn table<T: DeserializeOwned>(folder: &Path, name: &str) -> anyhow::Result<Vec<T>> {
    let path = folder.join(format!("{name}.jsonl"));
    if path.exists() { sets::read(&path) } else { Ok(Vec::new()) }
}

/// The last part of a path, whatever system wrote it.
pub fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
