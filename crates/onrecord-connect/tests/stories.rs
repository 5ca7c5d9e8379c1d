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
