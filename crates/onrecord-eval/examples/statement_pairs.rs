//! Writes what the trainer of the weights of likeness reads: for each story of a set, one JSON object a line with `story`, `files`
//! (name and text by report), `items` (propositions) and `pairs` (two items, what they share).
//!
//! `cargo run --release -p onrecord-eval --example statement_pairs -- SET OUT`

use onrecord::connect::{Digest, Judgements, connect, digest, weighed};
use onrecord::{Engine, Flow, Progress, ReadOptions, Settings};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

struct Silent;
impl Progress for Silent {
    fn stage(&self, _: &'static str, _: Option<usize>) {}
    fn done(&self, _: usize) {}
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [set, out] = arguments.as_slice() else { anyhow::bail!("usage: statement_pairs SET OUT") };
    let engine = Engine::new(&Settings::standard())?;
    let mut folders: Vec<_> = std::fs::read_dir(set)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    folders.retain(|path| path.join("gold.json").exists());
    folders.sort();
    let mut out = BufWriter::new(std::fs::File::create(out)?);
    for folder in &folders {
        writeln!(out, "{}", story(&engine, folder)?)?;
    }
    Ok(out.flush()?)
}

fn story(engine: &Engine, folder: &Path) -> anyhow::Result<serde_json::Value> {
    let mut digests: Vec<Arc<Digest>> = Vec::new();
    let mut files = BTreeMap::new();
    let options = ReadOptions { about: Some(folder.join("reports.csv")), ..ReadOptions::default() };
    let mut names: Vec<_> = std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    names.retain(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"));
    names.sort();
    engine.read(&names, &options, &Silent, &mut |reading| {
        if let Ok(reading) = reading {
            files.insert(
                reading.report.id.to_string(),
                json!({"file": reading.report.file, "text": &*reading.report.text}),
            );
            digests.push(Arc::new(digest(&reading)));
        }
        Flow::Go
    });
    let links = connect(&digests, &Judgements::default());
    let weighed = weighed(&digests, &links.copies);
    Ok(json!({"story": folder.file_name().map(|n| n.to_string_lossy()), "files": files, "weighed": weighed}))
}
