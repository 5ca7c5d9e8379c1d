//! Reports shown block by block. The inputs are fiction, written in the manner of page dumps and pages.

use insta::assert_snapshot;
use onrecord_read::{ReadOptions, read_bytes};

fn shown(file: &str, input: &str) -> String {
    let report = read_bytes("golden", file, input.as_bytes(), None, &ReadOptions::default()).unwrap();
    let mut out = format!(
        "title: {}\noutlet: {}\nauthors: {}\ncredit: {}\ndateline: {}\npublished: {}\nlanguage: {}\n\n",
        report.title,
        report.outlet,
        report.authors.join("; "),
        report.credit,
        report.dateline,
        report.published.as_deref().unwrap_or("-"),
        report.language
    );
    for block in &report.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        out += &format!("{kind:>10} | {}\n", report.text[block.span].replace('\n', "⏎"));
    }
    for note in &report.notes {
        out += &format!("      note | {}\n", note.note);
    }
    out
}

#[test]
fn a_page_dump_with_galleries() {
    assert_snapshot!(shown("dump.txt", include_str!("goldens/dump.txt")));
}

#[test]
fn a_wire_story() {
    assert_snapshot!(shown("wire.txt", include_str!("goldens/wire.txt")));
}

#[test]
fn lines_wrapped_by_hand() {
    assert_snapshot!(shown("wrapped.txt", include_str!("goldens/wrapped.txt")));
}

#[test]
fn a_paper_with_its_head() {
    assert_snapshot!(shown("paper.txt", include_str!("goldens/paper.txt")));
}

#[test]
fn a_small_page() {
    assert_snapshot!(shown("small.html", include_str!("goldens/small.html")));
}

#[test]
fn a_page_with_metadata() {
    assert_snapshot!(shown("large.html", include_str!("goldens/large.html")));
}
