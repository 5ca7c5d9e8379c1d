//! Bad input: one sentence that names the file, exit status 2, everything else still done.

use super::{done, fails, run, write_reports};

/// One sentence each, with the file named.
fn one_sentence(said: &str, file: &str) {
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.starts_with("onrecord: ") && said.contains(file), "{said}");
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    std::fs::write(folder.path().join("pile/empty.txt"), "").expect("written");
    let said = fails(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    one_sentence(&said, "empty.txt");
    assert!(done(folder.path(), &["check", "r.sqlite"]).starts_with("3 reports"));
    let notes = super::exported(folder.path(), "r.sqlite").remove(5).1;
    assert!(String::from_utf8(notes).expect("UTF-8").contains("empty.txt"), "the note is kept");
    one_sentence(&fails(folder.path(), &["read", "nowhere.txt"]), "nowhere.txt");
}

#[test]
fn a_record_that_is_none_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    std::fs::write(folder.path().join("letter.txt"), "Dear reader, this file is not a database at all. ".repeat(40))
        .expect("written");
    let before = std::fs::read(folder.path().join("letter.txt")).expect("there");
    for arguments in
        [&["show", "letter.txt"][..], &["check", "letter.txt"], &["build", "pile", "--record", "letter.txt", "--quiet"]]
    {
        one_sentence(&fails(folder.path(), arguments), "letter.txt");
    }
    assert_eq!(before, std::fs::read(folder.path().join("letter.txt")).expect("there"));
    one_sentence(&fails(folder.path(), &["show", "missing.sqlite"]), "missing.sqlite");
    assert!(!folder.path().join("missing.sqlite").exists(), "looking makes no record");
    one_sentence(&fails(folder.path(), &["show", "pile"]), "pile");
    one_sentence(
        &fails(folder.path(), &["build", "pile", "--record", "no/such/folder.sqlite", "--quiet"]),
        "no/such/folder.sqlite",
    );
}

#[test]
fn a_newer_format_and_a_foreign_database_are_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    let record = rusqlite::Connection::open(folder.path().join("r.sqlite")).expect("a record opens");
    record.execute_batch("PRAGMA user_version = 99").expect("changed");
    drop(record);
    for arguments in [&["show", "r.sqlite"][..], &["build", "pile", "--record", "r.sqlite", "--quiet"]] {
        let said = fails(folder.path(), arguments);
        one_sentence(&said, "r.sqlite");
        assert!(said.contains("format 99"), "{said}");
    }
    let foreign = rusqlite::Connection::open(folder.path().join("f.sqlite")).expect("a database opens");
    foreign.execute_batch("CREATE TABLE t (a)").expect("made");
    drop(foreign);
    one_sentence(&fails(folder.path(), &["build", "pile", "--record", "f.sqlite", "--quiet"]), "f.sqlite");
}

#[test]
fn a_locked_record_is_told_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile/ferry-delay.txt", "--record", "r.sqlite", "--quiet"]);
    let other = rusqlite::Connection::open(folder.path().join("r.sqlite")).expect("a record opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("locked");
    let said = fails(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    one_sentence(&said, "r.sqlite");
    assert!(said.contains("another process"), "{said}");
    // Reading goes on meanwhile.
    assert!(done(folder.path(), &["show", "r.sqlite"]).starts_with("1 report "));
    drop(other);
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_record_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let story = super::story();
    let first = story.join("ledger-herring-quota.txt");
    let all = story.to_str().expect("text");
    done(folder.path(), &["build", first.to_str().expect("text"), "--record", "r.sqlite", "--quiet"]);
    let before = super::exported(folder.path(), "r.sqlite");
    // No file may grow beyond this many blocks: the log of the build does not fit.
    let script =
        format!("ulimit -f 64; exec {} build '{all}' --record r.sqlite --quiet", env!("CARGO_BIN_EXE_onrecord"));
    let output =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("sh starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    one_sentence(&said, "r.sqlite");
    assert!(said.contains("disk is full"), "{said}");
    assert_eq!(before, super::exported(folder.path(), "r.sqlite"));
    assert!(done(folder.path(), &["check", "r.sqlite"]).contains("all in order"));
    let output = run(folder.path(), &["build", all, "--record", "r.sqlite", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "with room, the same build succeeds");
}

#[test]
fn a_damaged_record_is_found_out() {
    let folder = tempfile::tempdir().expect("a folder");
    write_reports(&folder.path().join("pile"));
    done(folder.path(), &["build", "pile", "--record", "r.sqlite", "--quiet"]);
    let record = rusqlite::Connection::open(folder.path().join("r.sqlite")).expect("a record opens");
    record.execute_batch("UPDATE mentions SET start = start + 1 WHERE key = 1; UPDATE utterances SET words = words || ' herring' WHERE key = 1")
        .expect("changed");
    drop(record);
    let output = run(folder.path(), &["check", "r.sqlite"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("a mention cites") && said.contains("more or fewer words") && said.contains("utterances_search"),
        "{said}"
    );
}

#[test]
fn wrong_settings_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("onrecord.toml"), "jobs = \"many\"\n").expect("written");
    let said = fails(folder.path(), &["settings"]);
    one_sentence(&said, "onrecord.toml");
    std::fs::write(folder.path().join("onrecord.toml"), "jbos = 2\n").expect("written");
    one_sentence(&fails(folder.path(), &["settings"]), "jbos");
}
