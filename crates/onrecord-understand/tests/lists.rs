//! Word lists are searched by halves: all that stand in the sources must be sorted.

use std::path::{Path, PathBuf};

/// The lists of string literals that `opening` begins in a source, in order; lists of anything else are left out.
fn lists<'a>(source: &'a str, opening: &str) -> Vec<Vec<&'a str>> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(opening) {
        rest = &rest[at + opening.len()..];
        let Some(end) = rest.find(']') else { break };
        let body = &rest[..end];
        let is_words = body.split(',').map(str::trim).filter(|item| !item.is_empty()).all(|item| item.starts_with('"'));
        if is_words && body.contains('"') {
            found.push(body.split('"').skip(1).step_by(2).collect());
        }
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn lists_in_look_ups_are_sorted() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = ["kinds.rs", "outlets.rs", "words.rs"].map(|file| source.join(file)).to_vec();
    sources(&source.join("coreference"), &mut files);
    sources(&source.join("utterances"), &mut files);
    files.sort();
    let mut seen = 0;
    for file in files {
        let source = std::fs::read_to_string(&file).expect("a source");
        // White space apart, so that a list over several lines is found too.
        let source: String = source.lines().map(str::trim).collect();
        let inline = lists(&source, "in_list(&[");
        let by_lemma =
            source.split("lemma_in(").skip(1).filter_map(|call| call.split_once(',')).flat_map(|(_, list)| {
                let list = list.trim_start();
                if list.starts_with("&[") { lists(&list[..=list.find(']').unwrap_or(0)], "&[") } else { Vec::new() }
            });
        let named = lists(&source, ": &[&str] = &[");
        for list in inline.into_iter().chain(by_lemma).chain(named) {
            seen += 1;
            assert!(list.is_sorted(), "{}: {list:?} must be sorted", file.display());
        }
    }
    assert!(seen > 50, "only {seen} lists were found: the search for them is out of date");
}
