//! Prints the reports of files and folders, block by block.
//!
//! `cargo run -p onrecord-read --example blocks -- FILE…`; with `--pages DIR`, reads DIR/index.tsv (id, file, address) and
//! prints one JSON object a page for measuring extraction.

use onrecord_model::{BlockKind, Report};
use onrecord_read::{ReadOptions, read_bytes, read_inputs};
use std::path::{Path, PathBuf};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, folder] = &arguments[..]
        && flag == "--pages"
    {
        return pages(Path::new(folder));
    }
    let inputs: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    read_inputs(&inputs, &ReadOptions::default(), &mut |report| match report {
        Ok(report) => show(&report),
        Err(trouble) => eprintln!("{trouble}"),
    });
}

fn show(r: &Report) {
    println!(
        "== {} {} | {} | {:?} | {:?} | {} | {} | {} | {}",
        r.id, r.file, r.title, r.published, r.authors, r.outlet, r.credit, r.dateline, r.language
    );
    for block in &r.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        println!("{kind:>10}  {}", r.text[block.span].replace('\n', "⏎"));
    }
    for note in &r.notes {
        println!("      note  {}", note.note);
    }
}

fn pages(folder: &Path) {
    let index = std::fs::read_to_string(folder.join("index.tsv")).expect("an index.tsv in the folder");
    for line in index.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(file)) = (columns.next(), columns.next()) else { continue };
        let bytes = std::fs::read(folder.join(file)).expect("the file that the index names");
        let value = match read_bytes(id, file, &bytes, None, &ReadOptions::default()) {
            Ok(report) => {
                let story = |kind| matches!(kind, BlockKind::Body | BlockKind::List | BlockKind::Dateline);
                let text: Vec<&str> =
                    report.blocks.iter().filter(|b| story(b.kind)).map(|b| &report.text[b.span]).collect();
                serde_json::json!({"id": id, "text": text.join("\n\n"), "title": report.title, "authors": report.authors, "published": report.published})
            }
            Err(trouble) => {
                eprintln!("{trouble}");
                serde_json::json!({"id": id, "text": ""})
            }
        };
        println!("{value}");
    }
}
