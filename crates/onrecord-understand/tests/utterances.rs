//! Golden cases: who says what, to whom, on whose word, in invented passages.

mod support;

use onrecord_model::{Reading, Span};
use std::fmt::Write;

/// Reads `text` as a report of The Sarn Ledger on Friday, 7 March 2031.
fn read(text: &str) -> Reading {
    support::read("The Sarn Ledger", "2031-03-07", text)
}

/// One line an utterance: what it stands in, source | cue | content, then the fields that are there.
fn shown(text: &str) -> String {
    let reading = read(text);
    let text = &*reading.report.text;
    let mut out = String::new();
    for (ix, u) in reading.utterances.iter().enumerate() {
        let words = |span: Option<Span>| span.map_or("-", |s| &text[s]).to_string();
        let content: Vec<&str> = u.content.iter().map(|s| &text[*s]).collect();
        let within = u.within.map_or(String::new(), |w| format!(" in {w}"));
        let _ = writeln!(out, "{ix}{within}: {} | {} | {}", words(u.source), words(u.cue), content.join(" … "));
        let _ = write!(
            out,
            "   {:?} {:?} {:?} by {}",
            u.form,
            u.stance,
            u.basis,
            u.speaker.as_ref().map_or("nobody", |s| &s.name)
        );
        if let Some(to) = &u.addressee {
            let _ = write!(out, "; to {}", to.name);
        }
        if let Some(a) = &u.anonymity {
            let count = a.count.map_or("some".to_string(), |c| c.to_string());
            let _ =
                write!(out, "; unnamed: {count}, {}, {}", a.described_as, a.reason.as_deref().unwrap_or("no reason"));
        }
        if !u.via.is_empty() {
            let _ = write!(out, "; via {}", u.via.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join(", "));
        }
        if let Some(said) = &u.said {
            let _ = write!(out, "; said {}", said.value);
        }
        out.push('\n');
    }
    out
}

#[test]
fn unnamed_people_have_a_number_a_description_and_a_reason() {
    insta::assert_snapshot!(shown(
        "The dredging contract was split in two to avoid a tender, according to three harbour officials who spoke on condition of \
         anonymity because they feared for their jobs. The officials said the minister had known since January."
    ));
}

#[test]
fn a_report_that_reports_carries_the_voices_inside() {
    insta::assert_snapshot!(shown(
        "The Northern Courier reported on Tuesday that two aides to the mayor had said she promised the dockers a new crane. \
         Mayor Odile Brandt's office declined to comment."
    ));
}

#[test]
fn an_outlet_that_was_told_is_addressee_and_carrier() {
    insta::assert_snapshot!(shown(
        "“We had one pump for the whole quay,” fire chief Tomas Ruzicka told the Evening Tribune on Wednesday. \
         “I wrote that down twice.”"
    ));
}

#[test]
fn a_quotation_goes_on_over_paragraphs() {
    insta::assert_snapshot!(shown(
        "The harbour master, Ilka Moraru, read from her own letter: “The gate was never inspected.\n\n\
         “It was painted instead, and the paint was charged to the dredging fund.”\n\n\
         She will appear before the committee in April."
    ));
}

#[test]
fn denials_promises_orders_and_questions_are_told_apart() {
    insta::assert_snapshot!(shown(
        "The bank denied that any letter had been written. Its chairman, Petr Hlavac, vowed to publish the minutes. \
         The court ordered the company to hand over its files. “Who signed the order?” asked Judge Nora Szabo. \
         The ministry did not respond to a request for comment."
    ));
}

#[test]
fn documents_and_bodies_speak_too() {
    insta::assert_snapshot!(shown(
        "An audit seen by the Northern Courier says that the port overpaid by 12 million crowns. \
         Police said no one had been arrested. The crane allegedly failed twice last year."
    ));
}

#[test]
fn what_is_no_attribution_stays_out() {
    insta::assert_snapshot!(shown(
        "The “doctor” had no licence, and her lecture, ‘What the Governors Said’, was moved to a smaller hall. \
         Of the 90 seats, say 30 were taken."
    ));
}

#[test]
fn a_surname_taken_for_a_body_is_still_its_bearer() {
    let reading =
        read("Former harbour chief Odile Brandt accused the board of neglect. Brandt described the pier as a wreck.");
    let speakers: Vec<&str> =
        reading.utterances.iter().filter_map(|u| u.speaker.as_ref()).map(|s| s.name.as_str()).collect();
    assert!(!speakers.is_empty() && speakers.iter().all(|s| *s == "Odile Brandt"), "{speakers:?}");
}
