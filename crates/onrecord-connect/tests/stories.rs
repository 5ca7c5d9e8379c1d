//! What counts as one story, and what it is called.

mod common;

use common::report;
use onrecord_connect::digest::digest_report;
use onrecord_connect::{Digest, Judgement, Judgements, MemoryPile, stories};
use onrecord_model::{ReportId, Story};
use std::sync::Arc;

const HARBOUR: [(&str, &str); 3] = [
    (
        "Ballymoor harbour dredging halted",
        "The dredging of Ballymoor harbour was halted on Monday after engineer Ines Calder found arsenic in the silt. The \
         harbour board said the dredger Corvina would lie idle until the sediment was tested by a laboratory in Tarsa.",
    ),
    (
        "Arsenic in silt stops Corvina",
        "Ines Calder, the engineer who found arsenic in the silt of Ballymoor harbour, told the harbour board that dredging \
         should not resume. The dredger Corvina is tied up while sediment is tested.",
    ),
    (
        "Dredging to resume",
        "The Ballymoor harbour board will let the dredger Corvina resume dredging in May. A laboratory in Tarsa found less \
         arsenic in the silt than engineer Ines Calder had feared, and the sediment will go to a lined pit.",
    ),
];

const CONCERT: (&str, &str) = (
    "Orchestra opens season in Ballymoor",
    "The Tarsa chamber orchestra opened its season in Ballymoor with a symphony by Aurel Vint. The cellist Ines Marrow played \
     an encore and the audience rose to applaud the young conductor.",
);

fn digest(id: u64, published: &str, (title, text): (&str, &str)) -> Arc<Digest> {
    let mut report = report(id, "Echo", Some(published), text);
    report.title = title.into();
    Arc::new(digest_report(&report))
}

fn pile() -> Vec<Arc<Digest>> {
    vec![
        digest(1, "2031-03-01", HARBOUR[0]),
        digest(2, "2031-03-02", HARBOUR[1]),
        digest(3, "2031-04-20", HARBOUR[2]),
        digest(4, "2031-03-02", CONCERT),
    ]
}

fn stories_of(digests: &[Arc<Digest>], judgements: &Judgements) -> Vec<Story> {
    stories::stories(digests, &MemoryPile::new(digests), judgements)
}

fn members(stories: &[Story]) -> Vec<Vec<u64>> {
    stories.iter().map(|story| story.reports.iter().map(|report| report.0).collect()).collect()
}

#[test]
fn one_course_of_events_is_one_story_and_a_shared_town_is_not() {
    let stories = stories_of(&pile(), &Judgements::default());
    assert_eq!(members(&stories), [[1, 2, 3]]);
    assert_eq!(stories[0].title, "Ballymoor harbour dredging halted");
    assert_eq!((stories[0].from.as_deref(), stories[0].to.as_deref()), (Some("2031-03-01"), Some("2031-04-20")));
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let mut digests = pile();
    let one = stories_of(&digests, &Judgements::default());
    digests.reverse();
    assert_eq!(one, stories_of(&digests, &Judgements::default()));
}

#[test]
fn a_user_splits_joins_and_names_stories() {
    let (first, third, concert) = (ReportId(1), ReportId(3), ReportId(4));
    let judgements = Judgements(vec![
        Judgement::DifferentStories { one: third, other: first },
        Judgement::SameStory { one: third, other: concert },
        Judgement::NameStory { report: first, title: "The arsenic scare".into() },
    ]);
    let stories = stories_of(&pile(), &judgements);
    assert_eq!(members(&stories), [vec![1, 2], vec![4, 3]]);
    assert_eq!(stories[0].title, "The arsenic scare");
}

/// Seven reports of a harbour, and one of a regatta that shares the town, two names and the dredger with them.
fn busy_town() -> Vec<Arc<Digest>> {
    let told = [
        "Ballymoor harbour dredging was halted after engineer Ines Calder found arsenic in the silt. The harbour board, led by          Aurel Vint, said the dredger Corvina would lie idle until the sediment was tested by a laboratory in Tarsa.",
        "Arsenic in the silt of Ballymoor harbour was known to contractor Brannox, engineer Ines Calder told the board. Aurel Vint          denied that Brannox had hidden any sediment report, and the dredger Corvina stays tied up.",
        "The dredger Corvina may resume dredging in May, Aurel Vint said. A laboratory in Tarsa found less arsenic in Ballymoor          harbour than Ines Calder had feared, and contaminated sediment will go to a lined pit at Brannox quay.",
        "Contractor Brannox sued the Ballymoor harbour board over idle days of the dredger Corvina. Aurel Vint called the claim          absurd, since arsenic in the silt was reported by engineer Ines Calder before dredging began.",
        "Ines Calder left the Ballymoor harbour board. The engineer had found arsenic in sediment, which stopped the dredger          Corvina and set contractor Brannox against chairman Aurel Vint over who should pay for dredging.",
        "A court let Brannox keep its contract for dredging Ballymoor harbour. Arsenic in the silt, found by engineer Ines Calder,          was no breach, the judge said; Aurel Vint and the board must pay for the Corvina.",
        "Divers found no arsenic outside Ballymoor harbour, a laboratory in Tarsa said. Sediment by the quay where the dredger          Corvina worked was worst, as engineer Ines Calder had told Aurel Vint and Brannox.",
    ];
    let mut pile: Vec<Arc<Digest>> =
        (1..).zip(told).map(|(id, text)| digest(id, "2031-03-01", ("Harbour", text))).collect();
    let regatta = "The women of Ballymoor rowed home first in the coastal regatta, ahead of crews from Ostrel, Kyme and Pelgate. Trainer \
         Ines Calder, a namesake of the engineer, wept on the slipway. Spectators sang, cider flowed, and a brass band of \
         retired postmen played polkas until midnight. The trophy, a silver herring, was last won in 1961 by grandmothers of three \
         of the rowers. A toast was drunk aboard the Corvina, whose skipper lent a megaphone to the umpire. Ballymoor will host the next \
         regatta, with lanterns, bunting and a pageant of haddock.";
    pile.push(digest(8, "2031-03-02", ("Ballymoor crew wins coastal regatta", regatta)));
    pile
}

#[test]
fn a_report_that_shares_names_alone_is_no_part_of_a_story() {
    let stories = stories_of(&busy_town(), &Judgements::default());
    assert_eq!(members(&stories), [[1, 2, 3, 4, 5, 6, 7]]);
}
