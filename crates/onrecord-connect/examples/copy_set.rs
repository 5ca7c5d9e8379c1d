//! Finds the copies in a set of texts: `copy_set SET_DIR/docs.jsonl > pred.jsonl`. Each line of the set has `id`, `text`
//! and may have `title`, `outlet` and `minute` (of publication). One line comes out for each edge.

use onrecord_connect::{Digest, Judgements, connect, digest::digest_report};
use onrecord_model::{OriginMap, Report, ReportId};
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: copy_set DOCS.jsonl")?;
    let mut names = Vec::new();
    let mut reports = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let id = ReportId(names.len() as u64);
        names.push(row["id"].as_str().unwrap_or_default().to_string());
        reports.push(report(id, &row));
    }
    let start = Instant::now();
    let digests: Vec<Arc<Digest>> = reports.iter().map(|report| Arc::new(digest_report(report))).collect();
    let digested = start.elapsed();
    let links = connect(&digests, &Judgements::default());
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "{} reports, {} edges, {seconds:.2} s ({:.0} reports/s), of it digests {:.2} s",
        names.len(),
        links.copies.len(),
        names.len() as f64 / seconds,
        digested.as_secs_f64()
    );
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for edge in &links.copies {
        let (from, to) = (&names[edge.from.0 as usize], &names[edge.to.0 as usize]);
        let row = serde_json::json!({"from": from, "to": to, "share": edge.share, "rival": edge.rival,
            "direction": format!("{:?}", edge.direction), "evidence": edge.evidence, "unseen": edge.unseen_parent,
            "passages": edge.passages.iter().map(|(a, b)| [a.start(), a.end(), b.start(), b.end()]).collect::<Vec<_>>()});
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn report(id: ReportId, row: &serde_json::Value) -> Report {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
    let published =
        row["minute"].as_i64().and_then(|m| jiff::Timestamp::from_second(m * 60).ok()).map(|t| t.to_string());
    Report {
        id,
        name: text("id"),
        file: String::new(),
        sha256: String::new(),
        title: text("title"),
        outlet: text("outlet"),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: String::new(),
        published,
        language: "en".to_string(),
        text: text("text").into(),
        blocks: Vec::new(),
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}
