//! Sets of plain texts, one JSON object a line.

use anyhow::Context;
use onrecord::model::{OriginMap, Report, ReportId};
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// A text of a set. Only `id` and `text` are needed.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub struct Document {
    /// Name of the text in the set.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// Credit line.
    pub credit: String,
    /// Address.
    pub url: String,
    /// Day or moment of publication.
    pub published: Option<String>,
    /// The same as minutes since 1970.
    pub minute: Option<i64>,
    /// The text.
    pub text: String,
    /// The story that it tells, where an annotator says so.
    pub story: Option<String>,
}

/// Reads the rows of a JSON Lines file. Errors name the file and the line.
pub fn read<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let lines = BufReader::new(file).lines().enumerate();
    lines
        .map(|(at, line)| {
            let line = line.with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::from_str(&line).with_context(|| format!("{}, line {}", path.display(), at + 1))
        })
        .collect()
}

/// The reports of a set; ids are their places in it.
pub fn reports(documents: &[Document]) -> Vec<Report> {
    documents.iter().enumerate().map(|(at, document)| report(at, document)).collect()
}

fn report(at: usize, document: &Document) -> Report {
    let moment = |minute: i64| jiff::Timestamp::from_second(minute.saturating_mul(60)).ok();
    Report {
        id: ReportId(at as u64),
        name: document.id.clone(),
        file: String::new(),
        sha256: String::new(),
        title: document.title.clone(),
        outlet: document.outlet.clone(),
        authors: Vec::new(),
        credit: document.credit.clone(),
        dateline: String::new(),
        url: document.url.clone(),
        published: document.published.clone().or_else(|| Some(moment(document.minute?)?.to_string())),
        language: "en".to_string(),
        text: document.text.as_str().into(),
        blocks: Vec::new(),
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}
