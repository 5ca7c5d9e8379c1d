//! Which texts are whole copies, from fingerprints alone.

mod common;

use common::{Numbers, digest, paragraph, text};
use onrecord_connect::whole::{COMMON, LEADERS, Print, WholeCopy, compare, whole_copies};
use onrecord_model::ReportId;
use proptest::prelude::*;

fn print(id: u64, numbers: impl IntoIterator<Item = u64>) -> Print {
    Print::of(ReportId(id), &text(&numbers.into_iter().map(paragraph).collect::<Vec<_>>()))
}

fn lines(copies: &[WholeCopy]) -> Vec<String> {
    let line = |copy: &WholeCopy| format!("{} {} {:.2} {:.2}", copy.one.0, copy.other.0, copy.of_one, copy.of_other);
    copies.iter().map(line).collect()
}

/// One word in seven is another.
fn rewritten(of: &str) -> String {
    let mut numbers = Numbers(3);
    of.split(' ').map(|word| if numbers.below(7) == 0 { "elsewhere" } else { word }).collect::<Vec<_>>().join(" ")
}

#[test]
fn whole_cut_padded_reordered_and_rewritten_texts_are_copies() {
    let source: Vec<String> = (0..8).map(paragraph).collect();
    let prints = [
        print(1, 0..8),
        print(2, 0..8),
        print(3, 0..4),
        print(4, [0, 20, 1, 21, 2, 22, 3, 4]),
        print(5, [5, 2, 7, 0, 1, 6, 3, 4]),
        Print::of(ReportId(6), &rewritten(&text(&source))),
        // A lifted paragraph, and a text of its own.
        print(7, [30, 31, 3, 32, 33, 34]),
        print(8, 40..48),
    ];
    insta::assert_snapshot!(lines(&whole_copies(&prints)).join("\n"), @"
    1 2 1.00 1.00
    1 3 0.48 1.00
    1 4 0.57 0.59
    1 5 0.93 0.96
    1 6 0.51 0.51
    2 3 0.48 1.00
    2 4 0.57 0.59
    2 5 0.93 0.96
    2 6 0.51 0.51
    3 4 0.91 0.45
    3 5 0.95 0.46
    3 6 0.56 0.32
    4 5 0.59 0.58
    ");
}

#[test]
fn a_footer_in_all_makes_no_copies() {
    let prints: Vec<Print> = (0..COMMON as u64 * 2).map(|n| print(n, [1_000 + 2 * n, 1_001 + 2 * n, 7])).collect();
    assert_eq!(whole_copies(&prints), []);
    assert_eq!(whole_copies(&prints[..20]), []);
}

#[test]
fn a_text_that_went_round_is_held_against_the_first_few() {
    let count = COMMON as u64 * 4;
    let found = whole_copies(&(0..count).map(|n| print(n, 0..4)).collect::<Vec<_>>());
    assert_eq!(found.len(), LEADERS * (LEADERS - 1) / 2 + (count as usize - LEADERS) * LEADERS);
    assert!(found.iter().all(|copy| copy.one.0 < LEADERS as u64 && copy.of_one == 1.0));
}

#[test]
fn a_digest_has_the_same_print() {
    let report = digest(4, "Echo", None, &text(&[paragraph(1), paragraph(2)]));
    assert_eq!(Print::of_facts(report.report, &report.text), print(4, [1, 2]));
}

#[test]
fn short_and_empty_texts_are_copies_only_of_the_same() {
    let of = |id, text: &str| Print::of(ReportId(id), text);
    let words = "ten words are enough for one run of eight, no more";
    let prints = [of(1, ""), of(2, ""), of(3, words), of(4, words), of(5, "seven words make no run at all")];
    assert_eq!(lines(&whole_copies(&prints)), ["3 4 1.00 1.00"]);
}

proptest! {
    /// Whatever the order, the answer is that of comparing each with each.
    #[test]
    fn order_does_not_matter(
        texts in prop::collection::vec(prop::collection::vec(0u64..12, 0..7), 0..14),
        seed in any::<u64>(),
    ) {
        let mut prints: Vec<Print> = texts.iter().enumerate().map(|(at, text)| print(at as u64, text.clone())).collect();
        let mut expected = Vec::new();
        for (at, one) in prints.iter().enumerate() {
            expected.extend(prints[at + 1..].iter().filter_map(|other| compare(one, other, &[])));
        }
        let mut numbers = Numbers(seed);
        for at in (1..prints.len()).rev() {
            prints.swap(at, numbers.below(at + 1));
        }
        prop_assert_eq!(whole_copies(&prints), expected);
    }
}
