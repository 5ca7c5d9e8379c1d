//! What counts as a copy, and who copied whom.

mod common;

use common::{digest, lines, paragraph, report, text};
use onrecord_connect::digest::digest_report;
use onrecord_connect::{Digest, Judgement, Judgements, connect};
use onrecord_model::ReportId;
use std::sync::Arc;

fn edges(digests: &[Arc<Digest>]) -> Vec<String> {
    lines(&connect(digests, &Judgements::default()).copies)
}

fn paragraphs(numbers: impl IntoIterator<Item = u64>) -> String {
    text(&numbers.into_iter().map(paragraph).collect::<Vec<_>>())
}

#[test]
fn the_earlier_of_two_is_the_parent() {
    let early = digest(2, "Echo", Some("2024-03-01"), &paragraphs(0..5));
    let late = digest(1, "Herald", Some("2024-03-02"), &paragraphs(0..5));
    assert_eq!(edges(&[late, early]), ["2 -> 1 1.00 Time"]);
}

#[test]
fn a_credit_beats_the_dates() {
    let mut reprint = report(1, "Herald", Some("2024-03-01"), &paragraphs(0..5));
    reprint.credit = "Harbour Echo".into();
    let original = digest(2, "Harbour Echo", Some("2024-03-02"), &paragraphs(0..5));
    assert_eq!(edges(&[Arc::new(digest_report(&reprint)), original]), ["2 -> 1 1.00 Credit"]);
}

#[test]
fn a_credit_may_be_by_initials_or_in_the_text() {
    let agency = digest(1, "Baltic Newswire", None, &paragraphs(0..5));
    let mut client = report(2, "Post", None, &paragraphs(0..5));
    client.credit = "BNW".into();
    let reader =
        digest(3, "Herald", None, &format!("{}\n\nIt was first reported by Baltic Newswire.", paragraphs(0..5)));
    let found = edges(&[agency, Arc::new(digest_report(&client)), reader]);
    assert_eq!(found, ["1 -> 2 1.00 Credit", "1 -> 3 0.97 Credit", "2 -> 3 0.97 Unknown (rival)"]);
}

#[test]
fn two_clients_of_one_wire_have_an_unseen_parent() {
    let story = paragraphs(0..5);
    let one = digest(1, "Echo", Some("2024-03-01"), &format!("TARSA (Reuters) - {story}"));
    let other = digest(2, "Herald", Some("2024-03-01"), &format!("TARSA (Reuters) - {story}"));
    assert_eq!(edges(&[one, other]), ["1 -> 2 1.00 Unknown [unseen wire story credited to Reuters]"]);
}

#[test]
fn clients_of_a_wire_whose_story_is_in_the_pile_have_no_unseen_parent() {
    let story = paragraphs(0..5);
    let wire = digest(3, "Baltic Newswire", Some("2024-03-01T06:00:00Z"), &paragraphs(0..6));
    let client = |id, outlet, published| {
        let mut client = report(id, outlet, Some(published), &story);
        client.credit = "Baltic Newswire".into();
        Arc::new(digest_report(&client))
    };
    let found = edges(&[wire, client(1, "Echo", "2024-03-01T08:00:00Z"), client(2, "Herald", "2024-03-01T09:00:00Z")]);
    assert_eq!(found, ["3 -> 1 1.00 Credit", "1 -> 2 1.00 Time (rival)", "3 -> 2 1.00 Credit"]);
}

#[test]
fn parents_form_no_circle() {
    // The reprint stands before the original by its date, and a third report between the two.
    let mut reprint = report(1, "Herald", Some("2024-03-01"), &paragraphs(0..5));
    reprint.credit = "Harbour Echo".into();
    let between = digest(2, "Tribune", Some("2024-03-02"), &paragraphs(0..5));
    let original = digest(3, "Harbour Echo", Some("2024-03-03"), &paragraphs(0..5));
    let found = edges(&[Arc::new(digest_report(&reprint)), between, original]);
    assert_eq!(found, ["3 -> 1 1.00 Credit", "1 -> 2 1.00 Time (rival)", "3 -> 2 1.00 Credit"]);
}

#[test]
fn a_circle_of_credits_breaks_at_the_weakest() {
    // Each of three is credited to the next; the third only says where it was first reported.
    let credited = |id, outlet, published, to: &str| {
        let mut report = report(id, outlet, published, &paragraphs(0..5));
        report.credit = to.into();
        Arc::new(digest_report(&report))
    };
    let citing = |id, outlet, published, to: &str| {
        digest(id, outlet, published, &format!("{}\n\nIt was first reported by {to}.", paragraphs(0..5)))
    };
    let post = citing(3, "Valley Post", None, "the Harbour Echo");
    let found = edges(&[credited(1, "Harbour Echo", None, "Herald"), credited(2, "Herald", None, "Valley Post"), post]);
    assert_eq!(found, ["2 -> 1 1.00 Credit", "3 -> 2 1.00 Credit"]);
    // All alike: the credit that stands against the order of the dates gives way.
    let alike = [
        credited(1, "Harbour Echo", Some("2024-03-01"), "Herald"),
        credited(2, "Herald", Some("2024-03-03"), "Valley Post"),
        credited(3, "Valley Post", Some("2024-03-02"), "Harbour Echo"),
    ];
    assert_eq!(edges(&alike), ["3 -> 2 1.00 Credit", "1 -> 3 1.00 Credit"]);
}

#[test]
fn without_dates_the_fuller_text_is_the_parent() {
    let short = digest(1, "Echo", None, &paragraphs(0..3));
    let full = digest(2, "Herald", None, &paragraphs(0..8));
    assert_eq!(edges(&[short, full]), ["2 -> 1 1.00 Containment"]);
}

#[test]
fn without_any_sign_the_direction_is_unknown() {
    let one = digest(1, "Echo", None, &paragraphs(0..4));
    let other = digest(2, "Herald", None, &paragraphs(0..4));
    assert_eq!(edges(&[one, other]), ["1 -> 2 1.00 Unknown"]);
}

#[test]
fn a_lifted_passage_has_spans_in_both_texts() {
    let source = digest(1, "Echo", Some("2024-03-01"), &paragraphs([1, 2, 3, 4, 5, 6]));
    let taker = digest(2, "Herald", Some("2024-03-04"), &paragraphs([11, 12, 3, 13, 14]));
    let edges = connect(&[source, taker], &Judgements::default()).copies;
    assert_eq!(lines(&edges), ["1 -> 2 0.20 Time"]);
    let (from, to) = edges[0].passages[0];
    let (source, taker) = (paragraphs([1, 2, 3, 4, 5, 6]), paragraphs([11, 12, 3, 13, 14]));
    assert_eq!(source.as_str()[from], taker.as_str()[to]);
    assert_eq!(source.as_str()[from], *paragraph(3).trim_end_matches('.'));
}

#[test]
fn quotations_of_one_speaker_are_no_copying() {
    let quote = paragraph(7);
    let one = format!("{}\n\n\u{201c}{quote}\u{201d} said the mayor.\n\n{}", paragraphs(10..14), paragraphs(14..16));
    let other = format!("{}\n\nThe mayor told reporters: \"{quote}\"\n\n{}", paragraphs(20..24), paragraphs(24..26));
    let digests = [digest(1, "Echo", Some("2024-03-01"), &one), digest(2, "Herald", Some("2024-03-02"), &other)];
    assert!(edges(&digests).is_empty());
}

#[test]
fn what_an_outlet_prints_under_everything_is_no_copying() {
    let footer = paragraph(99);
    let mut digests: Vec<Arc<Digest>> = (0..4)
        .map(|n| {
            digest(n, "Echo", Some("2024-03-01"), &format!("{}\n\n{footer}", paragraphs(n * 10 + 100..n * 10 + 105)))
        })
        .collect();
    digests.push(digest(9, "Herald", Some("2024-03-05"), &format!("{}\n\n{footer}", paragraphs(200..205))));
    assert!(edges(&digests).is_empty());
}

#[test]
fn two_copies_of_one_report_hang_on_it_and_not_on_each_other() {
    let root = digest(1, "Echo", Some("2024-03-01"), &paragraphs(0..8));
    let one = digest(2, "Herald", Some("2024-03-02"), &paragraphs(0..5));
    let other = digest(3, "Post", Some("2024-03-03"), &paragraphs(2..8));
    assert_eq!(edges(&[root, one, other]), ["1 -> 2 1.00 Time", "1 -> 3 1.00 Time"]);
}

#[test]
fn a_copy_of_a_copy_hangs_on_the_copy() {
    let root = digest(1, "Echo", Some("2024-03-01"), &paragraphs(0..6));
    let middle = digest(2, "Herald", Some("2024-03-02"), &paragraphs([0, 1, 2, 50, 51]));
    let last = digest(3, "Post", Some("2024-03-03"), &paragraphs([0, 1, 50, 51]));
    assert_eq!(edges(&[root, middle, last]), ["1 -> 2 0.60 Time", "2 -> 3 1.00 Time"]);
}

#[test]
fn small_edits_do_not_break_a_passage() {
    let words: Vec<String> = paragraphs(0..4).split_whitespace().map(str::to_string).collect();
    let edited: Vec<&str> =
        words.iter().enumerate().map(|(n, word)| if n % 17 == 5 { "amended" } else { word.as_str() }).collect();
    let one = digest(1, "Echo", Some("2024-03-01"), &words.join(" "));
    let other = digest(2, "Herald", Some("2024-03-02"), &edited.join(" "));
    let edges = connect(&[one, other], &Judgements::default()).copies;
    assert_eq!(edges[0].passages.len(), 1);
    assert!(edges[0].share > 0.9);
}

#[test]
fn a_user_has_the_last_word() {
    let one = digest(1, "Echo", Some("2024-03-01"), &paragraphs(0..4));
    let other = digest(2, "Herald", Some("2024-03-02"), &paragraphs(0..4));
    let pile = [one, other];
    let (one, other) = (ReportId(1), ReportId(2));
    let not_copied = Judgements(vec![Judgement::NotCopied { one, other }]);
    assert!(connect(&pile, &not_copied).copies.is_empty());
    let turned =
        Judgements(vec![Judgement::NotCopied { one, other }, Judgement::CopiedFrom { parent: other, child: one }]);
    assert_eq!(lines(&connect(&pile, &turned).copies), ["2 -> 1 1.00 Credit"]);
}
