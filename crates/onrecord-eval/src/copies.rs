//! Copies in a set of plain texts: `docs.jsonl` (see [`sets::Document`]), `gold.jsonl` with `child`, `parent`, `op` and the
//! `share` of the child that was copied, `negatives.jsonl` with pairs `a`, `b` that share words for another reason (`why`).
//!
//! Recall by kind: whole copies (at least half of the child), parts, lifted passages (`op` is `passage`). Precision is not
//! judged here: real texts copy each other in ways that no such set lists.

use crate::{CopiesData, Measure, Table, sets};
use onrecord::connect::digest::digest_report;
use onrecord::connect::whole::{Print, WholeCopy, whole_copies};
use onrecord::connect::{Digest, Judgements, MemoryPile, copies};
use onrecord::model::{CopyEdge, Direction, Label, Report};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

#[derive(Deserialize)]
struct Gold {
    child: String,
    parent: String,
    op: String,
    share: f64,
}

#[derive(Deserialize)]
struct Negative {
    a: String,
    b: String,
    why: String,
}

type Kind = fn(&Gold) -> bool;

/// Scores the set in the folder `data`.
pub fn score(task: &CopiesData) -> anyhow::Result<Table> {
    let data = &task.data;
    let documents: Vec<sets::Document> = sets::read(&data.data.join("docs.jsonl"))?;
    let gold: Vec<Gold> = sets::read(&data.data.join("gold.jsonl"))?;
    let negatives: Vec<Negative> = sets::read(&data.data.join("negatives.jsonl"))?;
    let reports = sets::reports(&documents);
    let start = Instant::now();
    let edges = if task.whole { whole_edges(&reports) } else { edges(&reports) };
    let seconds = start.elapsed().as_secs_f64();
    if let Some(path) = &data.predictions {
        write(path, &documents, &edges)?;
    }
    // Each pair with the parent that was named.
    let mut found: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for edge in &edges {
        let (from, to) = (&documents[edge.from.0 as usize].id, &documents[edge.to.0 as usize].id);
        found.insert(pair(from, to), from);
    }
    let mut table = Table { columns: vec!["%"], counted: vec!["of"], measures: Vec::new() };
    let kinds: [(&str, Kind); 3] = [
        ("whole copies found", |gold| gold.op != "passage" && gold.share >= 0.5),
        ("copied parts found", |gold| gold.op != "passage" && gold.share < 0.5),
        ("lifted passages found", |gold| gold.op == "passage"),
    ];
    for (name, kind) in kinds {
        let of: Vec<bool> =
            gold.iter().filter(|gold| kind(gold)).map(|g| found.contains_key(&pair(&g.child, &g.parent))).collect();
        add(&mut table, name, of);
    }
    let directed = gold.iter().filter_map(|gold| Some(*found.get(&pair(&gold.child, &gold.parent))? == gold.parent));
    add(&mut table, "parent named, of found", directed.collect());
    let mut called: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for negative in &negatives {
        called.entry(&negative.why).or_default().push(found.contains_key(&pair(&negative.a, &negative.b)));
    }
    for (why, of) in called {
        add(&mut table, &format!("{why} called a copy"), of);
    }
    eprintln!("{} texts in {seconds:.4} s on one core", documents.len());
    Ok(table)
}

/// Edges with passages and direction.
fn edges(reports: &[Report]) -> Vec<CopyEdge> {
    let digests: Vec<Arc<Digest>> = reports.iter().map(|report| Arc::new(digest_report(report))).collect();
    let pile = MemoryPile::new(&digests);
    let judgements = Judgements::default();
    digests.iter().flat_map(|digest| copies::edges_into(digest, &pile, &judgements)).collect()
}

/// Pairs of whole copies, the parent not told: it stands here by its place in the set.
fn whole_edges(reports: &[Report]) -> Vec<CopyEdge> {
    let prints: Vec<Print> = reports.iter().map(|report| Print::of(report.id, &report.text)).collect();
    let edge = |copy: WholeCopy| CopyEdge {
        from: copy.one,
        to: copy.other,
        rival: false,
        share: copy.of_one.max(copy.of_other),
        direction: Direction::Unknown,
        evidence: Vec::new(),
        passages: Vec::new(),
        unseen_parent: None,
    };
    whole_copies(&prints).into_iter().map(edge).collect()
}

fn add(table: &mut Table, name: &str, of: Vec<bool>) {
    let yes = of.iter().filter(|&&yes| yes).count() as f64;
    let percent = if of.is_empty() { 0.0 } else { 100.0 * yes / of.len() as f64 };
    table.measures.push(Measure { name: name.to_owned(), values: vec![percent], counts: vec![of.len() as u64] });
}

fn pair<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    (one.min(other), one.max(other))
}

/// One line an edge; passages are half-open byte offsets of the two texts.
fn write(path: &Path, documents: &[sets::Document], edges: &[CopyEdge]) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for edge in edges {
        let passages: Vec<_> = edge
            .passages
            .iter()
            .map(|(from, to)| serde_json::json!({"from": [from.start(), from.end()], "to": [to.start(), to.end()]}))
            .collect();
        let row = serde_json::json!({
            "from": documents[edge.from.0 as usize].id,
            "to": documents[edge.to.0 as usize].id,
            "share": edge.share,
            "rival": edge.rival,
            "direction": edge.direction.name(),
            "evidence": edge.evidence,
            "unseen_parent": edge.unseen_parent,
            "passages": passages,
        });
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}
