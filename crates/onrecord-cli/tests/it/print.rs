//! What the commands print.

use super::{REPORTS, done, run, write_reports};
use serde_json::Value;

#[test]
fn a_reading_names_speaker_and_basis_with_exact_characters() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let printed = done(folder.path(), &["read", "pile/ferry-delay.txt", "pile/ferry-costs.txt"]);
    let rows: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(rows.len(), 2);
    let reading = &rows[0];
    assert_eq!(reading["format"], "onrecord.reading/1");
    assert_eq!(reading["report"]["outlet"], "Skarholm Post");
    assert_eq!(reading["report"]["published"], "2023-03-06");
    let utterances = reading["utterances"].as_array().expect("a list");
    assert!(!utterances.is_empty());
    let text: Vec<char> = reading["report"]["text"].as_str().expect("text").chars().collect();
    for utterance in utterances {
        for words in utterance["content"].as_array().expect("a list") {
            let (start, end) = (words["start"].as_u64().unwrap() as usize, words["end"].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].iter().collect::<String>(), words["exact"].as_str().unwrap());
        }
    }
    assert!(utterances.iter().any(|one| one["speaker"]["name"] == "Ines Vik"), "{utterances:#?}");
    let unnamed = rows[1]["utterances"].as_array().expect("a list");
    assert!(unnamed.iter().any(|one| one["basis"] == "anonymous" && one["anonymity"]["count"] == 2), "{unnamed:#?}");
}

#[test]
fn as_is_keeps_every_character() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "  “Nein”, said  Élise.\r\n\r\n\tOdd   spacing 😀 stays.  ";
    std::fs::write(folder.path().join("odd.txt"), text).expect("written");
    let printed = done(folder.path(), &["read", "--as-is", "odd.txt"]);
    let row: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(row["report"]["text"], text);
}

#[test]
fn a_parse_has_heads_tags_and_names() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.txt"), "Ines Vik left Oslo on Monday.").expect("written");
    let row: Value = serde_json::from_str(&done(folder.path(), &["parse", "a.txt"])).expect("JSON");
    assert_eq!(row["name"], "a");
    let tokens = row["tokens"].as_array().expect("a list");
    assert_eq!(tokens.len(), 7);
    assert_eq!(tokens[2]["relation"], "ROOT");
    assert_eq!(tokens[2]["lemma"], "leave");
    assert_eq!(tokens[2]["head"], 2);
    assert!(row["names"].as_array().expect("a list").iter().any(|name| name["label"] == "PERSON"), "{row}");
    assert_eq!(done(folder.path(), &["parse", "a.txt", "--format", "none"]), "");
}

#[test]
fn searching_finds_words_and_phrases_and_never_fails_on_syntax() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    let found = done(folder.path(), &["search", "r.sqlite", "engine"]);
    assert!(found.contains("engine") && found.contains("Skarholm Post, 2023-03-06"), "{found}");
    let json: Value =
        serde_json::from_str(&done(folder.path(), &["search", "r.sqlite", "\"four million\"", "--format", "json"]))
            .expect("JSON");
    let hit = &json["found"].as_array().expect("a list")[0];
    assert!(hit["text"].as_str().expect("text").contains("four million"));
    for query in ["\"", "NOT", "a* OR (", "ferry AND", "sørøya:*", "--"] {
        let output = run(folder.path(), &["search", "r.sqlite", "--", query]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{query}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(run(folder.path(), &["search", "r.sqlite", "zeppelin"]).status.code(), Some(1));
}

#[test]
fn every_id_on_the_desk_can_be_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = super::story();
    done(folder.path(), &["build", story.to_str().expect("text"), "--record", "r.sqlite", "--quiet"]);
    let desk: Value =
        serde_json::from_str(&done(folder.path(), &["show", "r.sqlite", "--format", "json"])).expect("JSON");
    for (list, flag) in
        [("stories", "--story"), ("statements", "--statement"), ("reports", "--report"), ("people", "--person")]
    {
        let rows = desk[list].as_array().expect("a list");
        assert!(!rows.is_empty(), "the desk has {list}");
        for row in rows.iter().take(5) {
            let id = row["id"].as_str().expect("an id");
            let text = done(folder.path(), &["show", "r.sqlite", flag, id]);
            assert!(!text.contains('\u{1b}'), "styles are for terminals");
            let json: Value =
                serde_json::from_str(&done(folder.path(), &["show", "r.sqlite", flag, id, "--format", "json"]))
                    .expect("JSON");
            assert!(json.is_object());
        }
    }
    assert_eq!(run(folder.path(), &["show", "r.sqlite", "--story", "0000000000000000"]).status.code(), Some(1));
}

#[test]
fn every_format_is_written_and_the_same_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    for format in ["xlsx", "html", "md", "webannotation", "graphml"] {
        let (one, two) = (format!("one.{format}"), format!("two.{format}"));
        done(folder.path(), &["export", "r.sqlite", "--format", format, "--out", &one]);
        done(folder.path(), &["export", "r.sqlite", "--format", format, "--out", &two]);
        let read = |name: &str| std::fs::read(folder.path().join(name)).expect("the export is there");
        assert!(read(&one).len() > 200, "{format}");
        assert_eq!(read(&one), read(&two), "{format}");
    }
    done(folder.path(), &["export", "r.sqlite", "--format", "csv", "--out", "csv"]);
    let utterances = std::fs::read_to_string(folder.path().join("csv/utterances.csv")).expect("the table is there");
    assert!(utterances.contains("Skarholm Post,2023-03-06"), "{utterances}");
    let annotations = std::fs::read(folder.path().join("one.webannotation")).expect("the export is there");
    let annotations: Value = serde_json::from_slice(&annotations).expect("annotations are JSON");
    assert_eq!(annotations["type"], "AnnotationCollection");
    let listed = annotations["first"]["items"].as_array().expect("a list").len();
    assert_eq!(annotations["total"], listed);
    assert!(listed > 0 && REPORTS.len() == 3);
}

#[test]
fn settings_say_where_they_come_from() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("onrecord.toml"), "jobs = 3\nport = 9000\n").expect("written");
    let output = super::onrecord(folder.path())
        .args(["settings", "--quiet"])
        .env("ONRECORD_PORT", "9100")
        .output()
        .expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let line = |name: &str| {
        printed
            .lines()
            .find(|line| line.starts_with(name))
            .expect("a line")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line("jobs"), "jobs 3 onrecord.toml");
    assert_eq!(line("port"), "port 9100 variable ONRECORD_PORT");
    assert_eq!(line("quiet"), "quiet true flag --quiet");
    assert_eq!(line("host"), "host 127.0.0.1 default");
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_failure() {
    use std::io::Read;
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    let mut child = super::onrecord(folder.path())
        .args(["read", "pile", "--layers"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 1];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut first).expect("something is printed");
    drop(out);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn what_people_do_is_shown_with_the_words_that_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let pile = folder.path().join("pile");
    std::fs::create_dir(&pile).expect("a folder");
    let text = "The quay must close, said Ada Venn, a seismologist at the university. “We will not close it,” said the mayor, Tor \
                Lind.\n\nInes Kolbe, a spokeswoman for the port, said the cranes were safe. Her lawyer, Jon Aske, said nothing of the \
                kind had been promised. “The ground shook twice,” said Mia Roth, a passenger. Police inspector Odd Berg warned \
                drivers. The chief executive of Nordvik Lines, Eva Holt, blamed the weather.\n";
    std::fs::write(pile.join("quay.txt"), text).expect("a report");
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    let desk: Value =
        serde_json::from_str(&done(folder.path(), &["show", "r.sqlite", "--format", "json"])).expect("JSON");
    let mut shown: Vec<String> = Vec::new();
    for row in desk["people"].as_array().expect("a list") {
        let id = row["id"].as_str().expect("an id");
        let view = done(folder.path(), &["show", "r.sqlite", "--person", id, "--format", "json"]);
        let view: Value = serde_json::from_str(&view).expect("JSON");
        for kind in view["kinds"].as_array().expect("a list") {
            let words = kind["citations"][0]["exact"].as_str().expect("the words");
            assert!(text.contains(words), "{words}");
            let name = row["name"].as_str().expect("a name");
            shown.push(format!("{name}: {} by “{words}”", kind["kind"].as_str().expect("a kind")));
        }
    }
    shown.sort();
    let want = [
        "Ada Venn: expert by “seismologist at the university”",
        "Eva Holt: company by “chief executive of Nordvik Lines”",
        "Ines Kolbe: spokesperson by “spokeswoman for the port”",
        "Jon Aske: lawyer by “lawyer”",
        "Mia Roth: witness by “passenger”",
        "Odd Berg: official by “Police inspector”",
        "Tor Lind: politician by “mayor”",
    ];
    assert_eq!(shown, want);
}
