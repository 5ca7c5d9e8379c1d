//! A whole record against running stories with gold: copies, statements, origins, conflicts, people, stories, events.
//!
//! All folders of a set go into one pile, the pile is built into a record, and the exported record is compared. Copies: pairs of
//! reports that share copied text (two heirs of one unseen parent count). Statements: pairs of gold utterances of different
//! reports that stand in one statement. Origins: over gold statements in two or more reports, the range of the found statement
//! that holds most of its utterances. Conflicts: gold lists each at least once, so recall, and how many are shown.

mod copies;
mod events;
#[cfg(test)]
mod fixture;
mod found;
mod gold;
mod people;
mod statements;
mod words;

use crate::{Measure, OriginsData, Table};
use anyhow::Context;
use found::Found;
use gold::Pile;
use include_dir::{Dir, include_dir};
use onrecord::{Engine, Progress, ReadOptions, Record};
use serde_json::{Map, Value};
use std::path::Path;

/// The project's own set, carried by the program.
static OWN: Dir = include_dir!("$CARGO_MANIFEST_DIR/sets/origins");

/// One measure, as the table shows it and as the file of results has it.
pub struct Score {
    /// What is measured.
    name: &'static str,
    /// F1 or share, then precision and recall where there are any, in 0 to 1.
    values: Vec<f64>,
    /// Found, and of the gold.
    counts: Vec<u64>,
}

impl Score {
    fn prf(name: &'static str, right: usize, found: usize, gold: usize) -> Score {
        let share = |of: usize| right as f64 / of.max(1) as f64;
        let (p, r) = (share(found), share(gold));
        Score { name, values: vec![2.0 * p * r / (p + r).max(1e-9), p, r], counts: vec![found as u64, gold as u64] }
    }

    fn share(name: &'static str, right: usize, of: usize) -> Score {
        Score { name, values: vec![right as f64 / of.max(1) as f64], counts: vec![right as u64, of as u64] }
    }
}

/// Scores a set: the folder that was named, or the project's own.
pub fn score(data: &OriginsData, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let work =
        tempfile::Builder::new().prefix("onrecord-eval-").tempdir().context("no temporary folder can be made")?;
    let own = work.path().join("set");
    let set = match &data.data {
        Some(set) => set,
        None => {
            std::fs::create_dir(&own)
                .and_then(|()| OWN.extract(&own))
                .context("the project's own set cannot be written")?;
            &own
        }
    };
    let mut table = Table { columns: vec!["score", "P", "R"], counted: vec!["found", "gold"], measures: Vec::new() };
    let mut results = Map::new();
    for (part, folder) in gold::parts(set)? {
        let scores = match &data.exported {
            Some(exported) => score_exported(&folder, &exported.join(&part))?,
            None => score_part(&folder, engine, progress)?,
        };
        let rows = scores.iter().map(|score| (score.name.to_owned(), json(score))).collect();
        results.insert(if part.is_empty() { "all".to_owned() } else { part.clone() }, Value::Object(rows));
        table.measures.extend(scores.into_iter().map(|score| measure(&part, score)));
    }
    if let Some(path) = &data.predictions {
        let text = serde_json::to_string_pretty(&Value::Object(results))?;
        std::fs::write(path, text + "\n").with_context(|| path.display().to_string())?;
    }
    Ok(table)
}

fn json(score: &Score) -> Value {
    let rounded: Vec<f64> = score.values.iter().map(|value| (value * 1000.0).round() / 1000.0).collect();
    serde_json::json!({"values": rounded, "counts": score.counts})
}

fn measure(part: &str, score: Score) -> Measure {
    let name = if part.is_empty() { score.name.to_owned() } else { format!("{part}: {}", score.name) };
    Measure { name, values: score.values.iter().map(|value| 100.0 * value).collect(), counts: score.counts }
}

/// Builds one pile into a record and scores what the record exports.
fn score_part(folder: &Path, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Vec<Score>> {
    let work =
        tempfile::Builder::new().prefix("onrecord-eval-").tempdir().context("no temporary folder can be made")?;
    let (reports, record, out) =
        (work.path().join("pile"), work.path().join("record.sqlite"), work.path().join("export"));
    std::fs::create_dir(&reports).context("no folder for the pile")?;
    let pile = gold::lay_out(folder, &reports)?;
    let built = engine.build(&[reports], &ReadOptions::default(), &record, progress)?;
    anyhow::ensure!(built.troubles.is_empty(), "{} of the reports cannot be read", built.troubles.len());
    Record::open(&record).and_then(|record| record.export_jsonl(&out)).map_err(onrecord::Error::from)?;
    Ok(compare(&pile, &Found::read(&out)?))
}

/// Scores a record that some program has exported.
fn score_exported(folder: &Path, exported: &Path) -> anyhow::Result<Vec<Score>> {
    let pile = tempfile::tempdir().context("no temporary folder can be made")?;
    let found = Found::read(exported)?;
    anyhow::ensure!(!found.reports.is_empty(), "{}: no reports.jsonl here, or an empty one", exported.display());
    Ok(compare(&gold::lay_out(folder, pile.path())?, &found))
}

/// All measures of a pile.
fn compare(pile: &Pile, found: &Found) -> Vec<Score> {
    let mut scores = copies::score(pile, found);
    scores.extend(statements::score(pile, found));
    scores.extend(statements::conflicts(pile, found));
    scores.extend(people::score(pile, found));
    scores.push(events::stories(pile, found));
    scores.push(events::score(pile, found));
    scores
}
