//! A build killed at any moment leaves the record as it was before or as it is after.

use super::{done, exported, onrecord, story};
use std::process::Stdio;
use std::time::Duration;

#[cfg(unix)]
#[test]
fn a_killed_build_leaves_the_record_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let first = story().join("meridian-bridge-section-falls.txt");
    let (first, all) = (first.to_str().expect("text").to_owned(), story().to_str().expect("text").to_owned());
    let about = format!("{all}/reports.csv");
    let build = |record: &str, input: &str| {
        done(at, &["build", input, "--record", record, "--about", &about, "--quiet"]);
    };
    build("before.sqlite", &first);
    build("after.sqlite", &first);
    let start = std::time::Instant::now();
    build("after.sqlite", &all);
    let whole = start.elapsed();
    let (before, after) = (exported(at, "before.sqlite"), exported(at, "after.sqlite"));
    assert_ne!(before, after);
    let record = at.join("killed.sqlite");
    for step in 0..12u32 {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(at.join(format!("killed.sqlite{suffix}")));
        }
        std::fs::copy(at.join("before.sqlite"), &record).expect("a record is a file");
        let mut child = onrecord(at)
            .args(["build", &all, "--record", "killed.sqlite", "--about", &about, "--quiet"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // From the first moments to past the end.
        std::thread::sleep(Duration::from_millis(2) + whole * step / 10);
        child.kill().expect("a child can be killed");
        child.wait().expect("a child ends");
        assert!(done(at, &["check", "killed.sqlite"]).contains("all in order"), "step {step}");
        let found = exported(at, "killed.sqlite");
        assert!(found == before || found == after, "step {step}: neither before nor after");
    }
    // What is left behind hinders no later build.
    build("killed.sqlite", &all);
    assert_eq!(exported(at, "killed.sqlite"), after);
}

#[cfg(unix)]
#[test]
fn a_first_build_killed_leaves_no_half_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let all = story().to_str().expect("text").to_owned();
    for step in 0..6u64 {
        let mut child = onrecord(at)
            .args(["build", &all, "--record", "new.sqlite", "--quiet"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(1 + 40 * step));
        child.kill().expect("a child can be killed");
        child.wait().expect("a child ends");
        if at.join("new.sqlite").exists() {
            let output = super::run(at, &["check", "new.sqlite"]);
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    done(at, &["build", &all, "--record", "new.sqlite", "--quiet"]);
    assert!(done(at, &["check", "new.sqlite"]).starts_with("18 reports"));
}
