//! The language layer against another parse of the same texts: an answer is the same only where it is given of the same
//! characters, so that a token that differs shifts nothing.

use crate::lines::{self, field};
use crate::{Data, Table, text};
use anyhow::Context;
use onrecord::rows::ParseRow;
use onrecord::{Engine, Progress};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An answer: the characters it is about, and what it says of them.
type Answers = BTreeSet<(u64, u64, String)>;

const MEASURES: [&str; 8] =
    ["tokens", "tags", "parts of speech", "lemmas", "heads", "relations", "sentence starts", "names"];

/// Scores a folder with texts and spacy.jsonl: one object a text, in the form that `onrecord parse` prints.
pub fn score(data: &Data, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let other: BTreeMap<String, Value> = lines::lines(&data.data.join("spacy.jsonl"))?
        .into_iter()
        .map(|row| (field(&row, "name").to_owned(), row))
        .collect();
    let files = text::files(&data.data, "txt")?;
    progress.stage("parsing", Some(files.len()));
    let mut counts = [[0.0; 3]; MEASURES.len()];
    for file in files {
        let Some(row) = other.get(&text::stem(&file)) else { continue };
        let text: Arc<str> = text::read(&file)?.into();
        let parse = engine.parse(&[&text]).pop().context("a text gives a parse")?;
        let ours = serde_json::to_value::<ParseRow>(onrecord::parse_row("", &text, &parse))?;
        let (ours, theirs) = (answers(&ours), answers(row));
        for (count, (a, b)) in counts.iter_mut().zip(ours.iter().zip(&theirs)) {
            count[0] += a.intersection(b).count() as f64;
            count[1] += a.len() as f64;
            count[2] += b.len() as f64;
        }
        progress.done(1);
    }
    let mut table = Table::prf();
    for (name, [same, ours, theirs]) in MEASURES.iter().zip(counts) {
        table.add_prf(name, same, ours, theirs);
    }
    Ok(table)
}

fn answers(row: &Value) -> [Answers; 8] {
    let number = |value: &Value| value.as_u64().unwrap_or(u64::MAX);
    let list = |name: &str| row[name].as_array().cloned().unwrap_or_default();
    let tokens = list("tokens");
    let span = |token: &Value| (number(&token["start"]), number(&token["end"]));
    let said = |of: &dyn Fn(&Value) -> String| -> Answers {
        tokens.iter().map(|token| (span(token).0, span(token).1, of(token))).collect()
    };
    let text = |name: &'static str| move |token: &Value| field(token, name).to_owned();
    let head = |token: &Value| {
        let head = tokens.get(number(&token["head"]) as usize).map(span).unwrap_or_default();
        format!("{} {}", head.0, head.1)
    };
    [
        said(&|_| String::new()),
        said(&text("tag")),
        said(&text("pos")),
        said(&text("lemma")),
        said(&head),
        said(&text("relation")),
        list("sentences").iter().map(|sentence| (number(&sentence[0]), 0, String::new())).collect(),
        list("names").iter().map(|name| (span(name).0, span(name).1, field(name, "label").to_owned())).collect(),
    ]
}
