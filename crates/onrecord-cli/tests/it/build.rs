//! Building: the sample story from end to end; the same bytes whatever the order, the threads and the number of builds.

use super::{REPORTS, done, exported, run, story, write_reports};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn the_sample_story_becomes_a_sound_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = story();
    let story = story.to_str().expect("a path is text");
    done(folder.path(), &["build", story, "--record", "bridge.sqlite", "--quiet"]);
    let checked = done(folder.path(), &["check", "bridge.sqlite"]);
    assert!(checked.contains("all in order"), "{checked}");
    assert!(checked.starts_with("18 reports"), "{checked}");
    let desk = done(folder.path(), &["show", "bridge.sqlite"]);
    assert!(desk.starts_with("18 reports → "), "{desk}");
    let files = exported(folder.path(), "bridge.sqlite");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "copies.jsonl",
            "entities.jsonl",
            "events.jsonl",
            "judgements.jsonl",
            "mentions.jsonl",
            "notes.jsonl",
            "reports.jsonl",
            "statements.jsonl",
            "stories.jsonl",
            "times.jsonl",
            "utterances.jsonl"
        ]
    );
    every_passage_is_what_it_cites(&files);
}

/// Any reader of an export can check it: so does this one, with nothing but the export.
fn every_passage_is_what_it_cites(files: &[(String, Vec<u8>)]) {
    let rows = |name: &str| -> Vec<Value> {
        let (_, bytes) = files.iter().find(|(file, _)| file == name).expect("the table is there");
        let text = String::from_utf8(bytes.clone()).expect("an export is UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    };
    let texts: std::collections::BTreeMap<String, Vec<char>> = rows("reports.jsonl")
        .iter()
        .map(|row| (row["id"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().chars().collect()))
        .collect();
    let same = |report: &str, words: &Value| {
        let (start, end) = (words["start"].as_u64().unwrap() as usize, words["end"].as_u64().unwrap() as usize);
        let found: String = texts[report][start..end].iter().collect();
        assert_eq!(found, words["exact"].as_str().unwrap());
    };
    let mut compared = 0;
    let ids: BTreeSet<String> =
        rows("entities.jsonl").iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    for row in rows("utterances.jsonl") {
        let report = row["report"].as_str().unwrap();
        let parts = row["content"].as_array().unwrap();
        assert!(!parts.is_empty());
        for words in parts.iter().chain([&row["source"], &row["cue"]]).filter(|words| !words.is_null()) {
            same(report, words);
            compared += 1;
        }
        if let Some(entity) = row["speaker"]["entity"].as_str() {
            assert!(ids.contains(entity), "the speaker {entity} is an entity");
        }
    }
    for row in rows("mentions.jsonl") {
        same(row["report"].as_str().unwrap(), &row);
        assert!(ids.contains(row["entity"].as_str().unwrap()));
        compared += 1;
    }
    for row in rows("copies.jsonl") {
        for pair in row["passages"].as_array().unwrap() {
            same(row["from"].as_str().unwrap(), &pair["from"]);
            same(row["to"].as_str().unwrap(), &pair["to"]);
        }
    }
    assert!(compared > 100, "only {compared} passages");
}

#[test]
fn order_threads_and_steps_do_not_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    write_reports(&at.join("pile"));
    let about = ["--about", "pile/reports.csv", "--quiet"];
    let build = |record: &str, files: &[&str], jobs: &str| {
        let files: Vec<String> = files.iter().map(|name| format!("pile/{name}")).collect();
        let mut arguments = vec!["build", "--record", record, "--jobs", jobs];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(about);
        done(at, &arguments);
    };
    let [a, b, c] = REPORTS.map(|(name, _)| name);
    build("one.sqlite", &[a, b, c], "1");
    build("two.sqlite", &[c, a, b], "4");
    build("three.sqlite", &[b], "2");
    build("three.sqlite", &[c, b], "1");
    build("three.sqlite", &[a], "3");
    let first = exported(at, "one.sqlite");
    assert!(first.iter().any(|(name, bytes)| name == "utterances.jsonl" && !bytes.is_empty()));
    for other in ["two.sqlite", "three.sqlite"] {
        for (one, two) in first.iter().zip(exported(at, other)) {
            assert_eq!(String::from_utf8_lossy(&one.1), String::from_utf8_lossy(&two.1), "{} of {other}", one.0);
        }
    }
}

#[test]
fn a_second_build_changes_not_one_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let build = || run(folder.path(), &["build", "pile", "--record", "r.sqlite"]);
    build();
    let before = std::fs::read(folder.path().join("r.sqlite")).expect("the record is there");
    let again = build();
    assert_eq!(again.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&again.stderr), "r.sqlite: nothing new, 3 reports known\n");
    assert_eq!(before, std::fs::read(folder.path().join("r.sqlite")).expect("the record is there"));
}

#[test]
fn a_corrected_report_is_a_version_of_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let build = ["build", "pile", "--record", "r.sqlite", "--quiet"];
    done(folder.path(), &build);
    let (name, text) = REPORTS[0];
    std::fs::write(folder.path().join("pile").join(name), text.replace("before May", "before June")).expect("written");
    done(folder.path(), &build);
    let reports = exported(folder.path(), "r.sqlite").remove(6).1;
    let reports: Vec<Value> =
        String::from_utf8(reports).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(reports.len(), 4, "the old text is kept");
    let new = reports.iter().find(|row| row["text"].as_str().unwrap().contains("June")).expect("the new text");
    let old = reports.iter().find(|row| row["text"].as_str().unwrap().contains("before May")).expect("the old text");
    assert_eq!(new["version_of"], old["id"]);
    assert!(old["version_of"].is_null());
    assert!(done(folder.path(), &["check", "r.sqlite"]).contains("all in order"));
}

#[test]
fn versions_of_a_page_stand_in_a_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = |day: u32, url: &str, deaths: u32| {
        let text = format!(
            "The ferry “Sula” sank off Kemba harbour on Sunday night. The harbour master, Ama Quist, said {deaths} people had died."
        );
        serde_json::json!({ "id": format!("{url}-{day}"), "url": format!("https://coast.example/{url}"), "outlet": "Coast Post",
            "published": format!("2026-03-0{day}"), "title": format!("Ferry toll at {deaths}"), "text": text })
        .to_string()
    };
    let write =
        |name: &str, pages: &[String]| std::fs::write(folder.path().join(name), pages.join("\n")).expect("written");
    write("later.jsonl", &[page(3, "ferry", 31), page(1, "ferry", 9), page(2, "other", 12)]);
    write("between.jsonl", &[page(2, "ferry", 22)]);
    let versions = || -> std::collections::BTreeMap<String, (String, Value)> {
        let reports = String::from_utf8(exported(folder.path(), "r.sqlite").remove(6).1).expect("an export is UTF-8");
        let rows = reports.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line is JSON"));
        rows.map(|row| {
            let title = row["title"].as_str().expect("a title").to_owned();
            (title, (row["id"].as_str().expect("an id").to_owned(), row["version_of"].clone()))
        })
        .collect()
    };
    done(folder.path(), &["build", "later.jsonl", "--record", "r.sqlite", "--quiet"]);
    let two = versions();
    assert_eq!(two["Ferry toll at 31"].1, two["Ferry toll at 9"].0);
    assert!(two["Ferry toll at 9"].1.is_null() && two["Ferry toll at 12"].1.is_null());
    done(folder.path(), &["build", "between.jsonl", "--record", "r.sqlite", "--quiet"]);
    let three = versions();
    assert_eq!(three["Ferry toll at 31"].1, three["Ferry toll at 22"].0);
    assert_eq!(three["Ferry toll at 22"].1, three["Ferry toll at 9"].0);
    done(folder.path(), &["remove", "r.sqlite", &three["Ferry toll at 22"].0, "--quiet"]);
    assert_eq!(versions(), two);
    assert!(done(folder.path(), &["check", "r.sqlite"]).contains("all in order"));
}

#[test]
fn digests_of_another_version_are_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let [a, b, _] = REPORTS.map(|(name, _)| format!("pile/{name}"));
    let build = |record: &str, file: &str| {
        done(folder.path(), &["build", file, "--record", record, "--about", "pile/reports.csv", "--quiet"]);
    };
    build("r.sqlite", &a);
    let record = rusqlite::Connection::open(folder.path().join("r.sqlite")).expect("a record opens");
    record
        .execute_batch("UPDATE digests SET facts = x'00'; UPDATE meta SET value = 'another' WHERE name = 'reading'")
        .expect("changed");
    drop(record);
    build("r.sqlite", &b);
    build("s.sqlite", &a);
    build("s.sqlite", &b);
    assert_eq!(exported(folder.path(), "r.sqlite"), exported(folder.path(), "s.sqlite"));
}

#[test]
fn what_is_removed_leaves_no_trace() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let files = REPORTS.map(|(name, _)| format!("pile/{name}"));
    let build = |record: &str, files: &[String]| {
        let mut arguments = vec!["build", "--record", record, "--about", "pile/reports.csv", "--quiet"];
        arguments.extend(files.iter().map(String::as_str));
        done(folder.path(), &arguments);
    };
    build("all.sqlite", &files);
    build("two.sqlite", &files[..2]);
    let ids = |record: &str| -> BTreeSet<String> {
        let reports = exported(folder.path(), record).remove(6).1;
        let rows = String::from_utf8(reports).expect("UTF-8");
        rows.lines()
            .map(|row| serde_json::from_str::<Value>(row).expect("JSON")["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let gone: Vec<String> = ids("all.sqlite").difference(&ids("two.sqlite")).cloned().collect();
    assert_eq!(gone.len(), 1);
    done(folder.path(), &["remove", "all.sqlite", &gone[0], "--quiet"]);
    assert_eq!(exported(folder.path(), "all.sqlite"), exported(folder.path(), "two.sqlite"));
    let again = run(folder.path(), &["remove", "all.sqlite", &gone[0]]);
    assert_eq!(again.status.code(), Some(2));
    let missing = run(folder.path(), &["remove", "none.sqlite", &gone[0]]);
    assert!(missing.status.code() == Some(2) && !folder.path().join("none.sqlite").exists());
}

#[test]
fn a_judgement_holds_until_it_is_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    let before = exported(folder.path(), "r.sqlite");
    let is_name = |name: &str| name.contains(' ') && name.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let people: Vec<Value> = String::from_utf8(before[1].1.clone())
        .expect("UTF-8")
        .lines()
        .map(|row| serde_json::from_str(row).expect("JSON"))
        .filter(|row: &Value| row["kind"] == "person" && is_name(row["name"].as_str().unwrap()))
        .collect();
    let id = |at: usize| people[at]["id"].as_str().unwrap().to_owned();
    let said = done(
        folder.path(),
        &["judge", "r.sqlite", "merge", &id(0), &id(1), "--why", "one of them wrote to us", "--by", "R", "--quiet"],
    );
    let judgement = said.split(' ').next().expect("an id").to_owned();
    let merged = exported(folder.path(), "r.sqlite");
    assert_eq!(
        merged[1].1.iter().filter(|byte| **byte == b'\n').count() + 1,
        before[1].1.iter().filter(|byte| **byte == b'\n').count()
    );
    assert!(String::from_utf8_lossy(&merged[3].1).contains("one of them wrote to us"));
    assert!(done(folder.path(), &["check", "r.sqlite"]).contains("all in order"));
    // What is read again, and what comes, changes nothing about it.
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    assert_eq!(merged, exported(folder.path(), "r.sqlite"));
    done(folder.path(), &["judge", "r.sqlite", "undo", &judgement, "--quiet"]);
    let after = exported(folder.path(), "r.sqlite");
    for (one, other) in before.iter().zip(&after).filter(|(one, _)| one.0 != "judgements.jsonl") {
        assert_eq!(one, other);
    }
    assert_eq!(run(folder.path(), &["judge", "r.sqlite", "undo", &judgement]).status.code(), Some(1));
}
