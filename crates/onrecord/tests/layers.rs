//! The direction of the house: which crate may know which (docs/decisions/0001). Reads the manifests and fails on any other edge.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What each crate may depend on.
const ALLOWED: [(&str, &[&str]); 9] = [
    ("onrecord-model", &[]),
    ("onrecord-read", &["onrecord-model"]),
    ("onrecord-language", &["onrecord-model"]),
    ("onrecord-connect", &["onrecord-model", "onrecord-language"]),
    ("onrecord-record", &["onrecord-model"]),
    ("onrecord-understand", &["onrecord-model", "onrecord-language"]),
    (
        "onrecord",
        &[
            "onrecord-model",
            "onrecord-read",
            "onrecord-language",
            "onrecord-understand",
            "onrecord-connect",
            "onrecord-record",
        ],
    ),
    ("onrecord-eval", &["onrecord"]),
    // The command `eval` is the scorer's front door.
    ("onrecord-cli", &["onrecord", "onrecord-eval"]),
];

/// Names of our crates in the sections of a manifest whose name ends so.
fn edges(manifest: &str, sections: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            let (section, table) = match section.rsplit_once("dependencies.") {
                Some((before, name)) => (format!("{before}dependencies"), Some(name.to_owned())),
                None => (section.to_owned(), None),
            };
            inside = sections.iter().any(|wanted| section == *wanted || section.ends_with(&format!(".{wanted}")));
            found.extend(table.filter(|name| inside && name.starts_with("onrecord")));
            inside &= !line.contains("dependencies.");
        } else if inside && line.starts_with("onrecord") {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            found.insert(name.to_owned());
        }
    }
    found
}

#[test]
fn every_crate_knows_only_the_crates_before_it() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates stand in one folder");
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.into_iter().collect();
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(crates).expect("the folder of crates can be read") {
        let folder = entry.expect("the folder of crates can be read").path();
        let Ok(manifest) = std::fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        let name = folder.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let Some(allowed) = allowed.get(name.as_str()) else {
            panic!("crate {name} has no place in this test; give it one");
        };
        for edge in edges(&manifest, &["dependencies", "build-dependencies"]) {
            assert!(allowed.contains(&edge.as_str()), "{name} must not depend on {edge}");
        }
        seen.insert(name);
    }
    assert_eq!(seen.len(), ALLOWED.len(), "every crate of this test exists: {seen:?}");
}

#[test]
fn edges_are_seen_in_every_form() {
    let manifest = "[package]\nname = \"onrecord-x\"\n[dependencies]\nonrecord-model = { workspace = true }\nonrecord-read.workspace = true\n\
        [dependencies.onrecord-connect]\npath = \"../onrecord-connect\"\nonrecord-ghost = 1\n[dev-dependencies]\nonrecord-language = \"1\"\n\
        [target.'cfg(unix)'.dependencies]\nonrecord-record = \"1\"\n";
    let found: Vec<String> = edges(manifest, &["dependencies"]).into_iter().collect();
    assert_eq!(found, ["onrecord-connect", "onrecord-model", "onrecord-read", "onrecord-record"]);
}
