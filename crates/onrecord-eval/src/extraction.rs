//! Article extraction: the body by runs of four words, snippets that must be there or must not, title, day and authors.

use crate::lines::{self, field};
use crate::{Data, Table, text};
use onrecord::rows::ReadingRow;
use onrecord::{Engine, Flow, Progress, ReadOptions};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Scores a folder with gold.jsonl and index.tsv (id, path of the page).
pub fn score(data: &Data, engine: &Engine, progress: &dyn Progress) -> anyhow::Result<Table> {
    let gold = lines::lines(&data.data.join("gold.jsonl"))?;
    let index = text::read(&data.data.join("index.tsv"))?;
    let pages: BTreeMap<&str, PathBuf> = index
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(id, rest)| (id, data.data.join(rest.split('\t').next().unwrap_or_default())))
        .collect();
    let mut found: BTreeMap<&str, ReadingRow> = BTreeMap::new();
    for row in &gold {
        let id = field(row, "id");
        let Some(path) = pages.get(id) else { continue };
        engine.read(std::slice::from_ref(path), &ReadOptions::default(), progress, &mut |item| {
            // A page that gives no report is a page without an answer.
            if let Ok(reading) = item {
                found.insert(id, onrecord::reading_row(&reading, false));
            }
            Flow::Go
        });
    }
    let pages: BTreeMap<&str, Page> = found.into_iter().map(|(id, row)| (id, Page::of(row))).collect();
    let predictions = pages.iter().map(|(id, page)| {
        json!({"id": id, "text": page.text, "title": page.title, "authors": page.authors, "published": page.published})
    });
    lines::write(data.predictions.as_deref(), predictions)?;
    let mut table = Table { columns: vec!["P", "R", "F1"], counted: vec!["pages", "of"], measures: Vec::new() };
    bodies(&gold, &pages, &mut table);
    snippets(&gold, &pages, &mut table);
    facts(&gold, &pages, &mut table);
    Ok(table)
}

/// What was found on a page.
#[derive(Default)]
struct Page {
    text: String,
    title: String,
    authors: Vec<String>,
    published: String,
}

impl Page {
    fn of(row: ReadingRow) -> Page {
        let letters: Vec<char> = row.report.text.chars().collect();
        let story =
            row.report.blocks.iter().filter(|block| matches!(block.kind.as_str(), "standfirst" | "body" | "list"));
        let blocks: Vec<String> =
            story.map(|block| letters[block.start as usize..block.end as usize].iter().collect()).collect();
        Page {
            text: blocks.join("\n"),
            title: row.report.title,
            authors: row.report.authors,
            published: row.report.published.unwrap_or_default(),
        }
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty()).collect()
}

fn normal(text: &str) -> String {
    words(&text.to_lowercase()).join(" ")
}

/// Runs of four words (or all, of fewer) with how often they stand there.
fn shingles(text: &str) -> BTreeMap<String, u32> {
    let words = words(text);
    let mut counts = BTreeMap::new();
    for run in words.windows(4.min(words.len()).max(1)) {
        *counts.entry(run.join(" ")).or_default() += 1;
    }
    counts
}

/// Right, too much and missing on one page, as shares that sum to one.
fn overlap(truth: &str, found: &str) -> [f64; 3] {
    let (truth, found) = (shingles(truth), shingles(found));
    let right: u32 = truth.iter().map(|(run, count)| found.get(run).copied().unwrap_or(0).min(*count)).sum();
    let [all, given]: [u32; 2] = [truth.values().sum(), found.values().sum()];
    let total = f64::from(all + given - right);
    if total == 0.0 { [0.0; 3] } else { [right, given - right, all - right].map(|count| f64::from(count) / total) }
}

fn bodies(gold: &[Value], pages: &BTreeMap<&str, Page>, table: &mut Table) {
    let with: Vec<&Value> = gold.iter().filter(|row| row["body"].is_string()).collect();
    let none = Page::default();
    let page = |row: &Value| pages.get(field(row, "id")).unwrap_or(&none);
    let rows: Vec<[f64; 3]> = with.iter().map(|row| overlap(field(row, "body"), &page(row).text)).collect();
    if rows.is_empty() {
        return;
    }
    let sum = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>();
    let share = |part: f64, all: f64| if all > 0.0 { 100.0 * part / all } else { 0.0 };
    let (p, r) = (share(sum(0), sum(0) + sum(1)), share(sum(0), sum(0) + sum(2)));
    let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    table.add("body", vec![p, r, f1], vec![rows.len() as u64, gold.len() as u64]);
}

fn snippets(gold: &[Value], pages: &BTreeMap<&str, Page>, table: &mut Table) {
    let (mut counts, mut judged) = ([[0u64; 2]; 2], 0);
    for row in gold.iter().filter(|row| !row["with"].is_null()) {
        let text = pages.get(field(row, "id")).map(|page| normal(&page.text)).unwrap_or_default();
        judged += 1;
        for (count, name) in counts.iter_mut().zip(["with", "without"]) {
            for snippet in row[name].as_array().into_iter().flatten().filter_map(Value::as_str) {
                count[0] += u64::from(text.contains(&normal(snippet)));
                count[1] += 1;
            }
        }
    }
    for (name, [hit, all]) in ["snippets found", "snippets leaked"].into_iter().zip(counts) {
        if judged > 0 {
            table.add(name, vec![0.0, 100.0 * hit as f64 / all.max(1) as f64, 0.0], vec![judged, all]);
        }
    }
}

/// Whether what a page gave is what gold says.
type Judge<'j> = dyn Fn(&Value, &Page) -> bool + 'j;

fn facts(gold: &[Value], pages: &BTreeMap<&str, Page>, table: &mut Table) {
    let day = |moment: &str| moment.chars().take(10).collect::<String>();
    let title = |gold: &Value, page: &Page| {
        let (a, b) = (normal(gold.as_str().unwrap_or_default()), normal(&page.title));
        let (x, y): (BTreeSet<&str>, BTreeSet<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        a == b || 10 * x.intersection(&y).count() >= 8 * x.union(&y).count().max(1)
    };
    let date = |gold: &Value, page: &Page| day(gold.as_str().unwrap_or_default()) == day(&page.published);
    let author = |gold: &Value, page: &Page| names(gold) == names(&json!(page.authors));
    let checks: [(&str, &Judge); 3] = [("title", &title), ("date", &date), ("author", &author)];
    let none = Page::default();
    for (name, check) in checks {
        let given = |value: &Value| value.as_str().map_or(!value.is_null(), |words| !words.is_empty());
        let have: Vec<&Value> = gold.iter().filter(|row| given(&row[name])).collect();
        let hits = have.iter().filter(|row| check(&row[name], pages.get(field(row, "id")).unwrap_or(&none))).count();
        if !have.is_empty() {
            let share = 100.0 * hits as f64 / have.len() as f64;
            table.add(&format!("{name} right"), vec![0.0, share, 0.0], vec![have.len() as u64, gold.len() as u64]);
        }
    }
}

/// Names of authors, however they are listed.
fn names(value: &Value) -> BTreeSet<String> {
    let all = match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    let mut spaced = String::new();
    for word in
        all.split_inclusive(|letter: char| letter.is_whitespace() || matches!(letter, ';' | ',' | '&' | '|' | '/'))
    {
        match word.trim_end().to_lowercase().as_str() {
            "by" => spaced.push(' '),
            "and" => spaced.push(';'),
            _ => spaced.push_str(word),
        }
    }
    spaced.split([';', ',', '&', '|', '/']).map(normal).filter(|name| !name.is_empty()).collect()
}
