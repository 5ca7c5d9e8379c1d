//! Groups a set of texts into stories: `story_set DOCS.jsonl > pred.jsonl`. Each line of the set has `id` and `text` and
//! may have `title`, `url` and `published`; `id` and `story` come out for each.

use onrecord_connect::{Digest, MemoryPile, digest::digest_report, stories};
use onrecord_model::{OriginMap, Report, ReportId};
use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: story_set DOCS.jsonl")?;
    let mut names = Vec::new();
    let mut digests: Vec<Arc<Digest>> = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = |key: &str| row[key].as_str().unwrap_or_default().to_string();
        let id = ReportId(names.len() as u64);
        names.push(text("id"));
        let report = Report {
            id,
            name: text("id"),
            file: String::new(),
            sha256: String::new(),
            title: text("title"),
            outlet: text("outlet"),
            authors: Vec::new(),
            credit: String::new(),
            dateline: String::new(),
            url: text("url"),
            published: row["published"].as_str().map(str::to_string),
            language: "en".to_string(),
            text: text("text").into(),
            blocks: Vec::new(),
            origin: OriginMap::default(),
            notes: Vec::new(),
        };
        digests.push(Arc::new(digest_report(&report)));
    }
    let start = Instant::now();
    let pile = MemoryPile::new(&digests);
    let stories = stories::stories(&digests, &pile, &Default::default());
    eprintln!("{} reports, {} stories, {:.2} s", names.len(), stories.len(), start.elapsed().as_secs_f64());
    let mut story_of: BTreeMap<ReportId, u64> = BTreeMap::new();
    for story in &stories {
        eprintln!("{:4} {}", story.reports.len(), story.title);
        story_of.extend(story.reports.iter().map(|&report| (report, story.id)));
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (at, name) in names.iter().enumerate() {
        let story = story_of.get(&ReportId(at as u64)).map_or(name.clone(), |id| format!("{id:016x}"));
        writeln!(out, "{}", serde_json::json!({"id": name, "story": story}))?;
    }
    Ok(())
}
