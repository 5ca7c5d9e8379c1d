//! The gold of the project's own set agrees with its reports: every passage stands in its file, every name is known.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn set() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sets/origins")
}

fn folders() -> Vec<PathBuf> {
    let halves = ["tune", "hold"].map(|half| set().join(half));
    let halves = halves.iter().filter(|half| half.is_dir());
    let mut all: Vec<PathBuf> = halves
        .flat_map(|half| std::fs::read_dir(half).expect("half"))
        .map(|entry| entry.expect("entry").path())
        .collect();
    all.sort();
    all
}

/// What a reader of the file sees: no head, no tags, entities decoded.
fn visible(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("report");
    if path.extension().is_some_and(|kind| kind == "txt") {
        return text;
    }
    let body = text.split_once("</head>").map_or(text.as_str(), |(_, body)| body);
    let mut out = String::new();
    for piece in body.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, rest)| rest));
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Each (file, passage) of a story's gold.
fn passages(gold: &Value) -> Vec<(String, String)> {
    let pair = |value: &Value| (text(value, "file").to_owned(), text(value, "exact").to_owned());
    let mut all: Vec<(String, String)> =
        list(gold, "statements").iter().flat_map(|statement| list(statement, "utterances")).map(pair).collect();
    all.extend(list(gold, "conflicts").iter().flat_map(|conflict| [pair(&conflict["a"]), pair(&conflict["b"])]));
    all.extend(list(gold, "people").iter().flat_map(|person| list(person, "hard_mentions")).map(pair));
    for event in list(gold, "events") {
        let exact = event["exact"].as_object().expect("exact");
        all.extend(exact.iter().map(|(file, passage)| (file.clone(), passage.as_str().unwrap_or_default().to_owned())));
    }
    for copy in list(gold, "copies") {
        for passage in list(copy, "passages") {
            all.push((text(copy, "to").to_owned(), text(passage, "to").to_owned()));
            if !passage["from"].is_null() {
                all.push((text(copy, "from").to_owned(), text(passage, "from").to_owned()));
            }
        }
    }
    all
}

fn check(folder: &Path, wrong: &mut Vec<String>) {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut say = |what: String| wrong.push(format!("{name}: {what}"));
    let gold = std::fs::read_to_string(folder.join("gold.json")).expect("gold.json");
    let gold: Value = serde_json::from_str(&gold).expect("gold.json is JSON");
    let files: BTreeSet<&str> = gold["reports"].as_object().expect("reports").keys().map(String::as_str).collect();
    let rows = std::fs::read_to_string(folder.join("reports.csv")).expect("reports.csv");
    let listed: BTreeSet<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    if files != listed {
        say(format!("gold.json knows {files:?}, reports.csv {listed:?}"));
    }
    for (file, passage) in passages(&gold) {
        if !files.contains(file.as_str()) {
            say(format!("no report {file}"));
        } else if passage.is_empty() || passage.contains('\n') || !visible(&folder.join(&file)).contains(&passage) {
            say(format!("{file} does not say “{passage}”"));
        }
    }
    for copy in list(&gold, "copies") {
        let from = text(copy, "from");
        if !files.contains(from) && !from.starts_with("unseen:") || from == text(copy, "to") {
            say(format!("a copy of {from}"));
        }
    }
    let pairs = list(&gold, "not_copies").iter().flat_map(|pair| pair.as_array().expect("pair").iter().take(2));
    let people = list(&gold, "people").iter().flat_map(|person| list(person, "files"));
    for file in pairs.chain(people).chain(list(&gold, "phenomena").iter().flat_map(|found| list(found, "files"))) {
        if !files.contains(file.as_str().unwrap_or_default()) {
            say(format!("no report {file}"));
        }
    }
    let mut ids = BTreeSet::new();
    for statement in list(&gold, "statements") {
        let origins = &statement["origins"];
        let (min, max) = (origins["min"].as_u64().unwrap_or(0), origins["max"].as_u64().unwrap_or(0));
        let roots = list(origins, "roots").len() as u64;
        if min == 0 || min > roots || roots > max || list(statement, "utterances").is_empty() {
            say(format!("{}: {min} to {max} origins, {roots} roots", statement["id"]));
        }
        if !ids.insert(text(statement, "id")) {
            say(format!("{} twice", statement["id"]));
        }
    }
}

#[test]
fn gold_agrees_with_the_reports() {
    let folders = folders();
    assert!(!folders.is_empty(), "no stories");
    let mut wrong = Vec::new();
    for folder in &folders {
        check(folder, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
