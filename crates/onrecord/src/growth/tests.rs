//! A record that grew, shrank and was corrected is the same, byte for byte, as one that was built at once.

use super::{Changes, Growth, remove};
use crate::{Engine, Settings, judging, pile};
use onrecord_connect::{Digest, Judgements, connect};
use onrecord_model::{Block, BlockKind, EntityKind, MentionKind, OriginMap, Reading, Report, ReportId, Span};
use onrecord_record::rows::PassageRow;
use onrecord_record::{Build, CodePoints, JudgementRow, Of, Record, hex};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Sentences of three stories and some that stand in many reports. `{}` is a number that differs.
const STORIES: [&[&str]; 3] = [
    &[
        "The harbour board of Ballymoor stopped the dredging of the harbour on Monday, engineer Ines Calder said.",
        "“We found arsenic in the silt in {} places,” said Ines Calder, the engineer of the harbour board.",
        "Calder denied that the dredger Corvina would be sold.",
        "A person close to the harbour board, who asked not to be named, said the silt would be taken to Tarsa.",
        "The dredger Corvina was built in 1987 and has worked in four harbours of the northern coast since, the longest of them \
         the old port of Ballymoor, where it removed {} tonnes of silt in its first year.",
        "According to the Harbour Echo, the laboratory in Tarsa will report on 14 May 2031.",
    ],
    &[
        "The Tarsa chamber orchestra will open its season with a symphony by Aurel Vint, conductor Mara Lind said.",
        "“It took {} rehearsals,” Lind told the Valley Post.",
        "Jonas Calder, the cellist of the chamber orchestra, said he would not play the encore.",
        "The concert hall of Tarsa was opened in 1911 by the mayor of that year, burned down in 1944, and was built again stone \
         by stone after plans that a clerk had kept in a drawer for {} years.",
        "Two musicians said the orchestra owed them money. The orchestra denied it.",
    ],
    &[
        "Mayor Tova Brandt resigned on 3 May 2031 after a vote in the council of Marrowfield, council member Piet Holm said.",
        "“She left {} minutes after the vote,” Holm said.",
        "Brandt said she had done nothing wrong.",
        "The council of Marrowfield will elect a new mayor in June, the council said in a statement.",
        "Officials of the council said the mayor had signed {} contracts without a tender.",
    ],
];

const OUTLETS: [&str; 4] = ["Harbour Echo", "Valley Post", "Marrow Gazette", ""];

/// A number that looks random and is always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) * limit as u64) >> 31) as usize
    }
}

fn report(at: usize) -> Report {
    let mut numbers = Numbers(at as u64 + 11);
    let story = STORIES[at % STORIES.len()];
    let mut lines: Vec<String> = Vec::new();
    for _ in 0..2 + numbers.below(4) {
        let line = story[numbers.below(story.len())].replace("{}", &(3 + numbers.below(3)).to_string());
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if numbers.below(5) == 0 {
        let other = STORIES[numbers.below(STORIES.len())];
        lines.push(other[numbers.below(other.len())].replace("{}", "7"));
    }
    let mut text = String::new();
    let mut blocks = Vec::new();
    for line in lines {
        let start = text.len() as u32;
        text.push_str(&line);
        blocks.push(Block { kind: BlockKind::Body, span: Span::new(start, text.len() as u32) });
        text.push('\n');
    }
    // Two reports in seven are versions of the page of another.
    let page = if at % 7 < 2 { at / 7 } else { at + 100 };
    Report {
        id: ReportId((at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        name: format!("report-{at}"),
        file: format!("report-{at}.txt"),
        sha256: String::new(),
        title: text.split([',', '.']).next().unwrap_or_default().to_owned(),
        outlet: OUTLETS[numbers.below(OUTLETS.len())].to_owned(),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: format!("https://paper.example/{page}"),
        published: Some(format!("2031-05-{:02}T{:02}:00:00Z", 1 + at % 20, at / 20)),
        language: "en".to_owned(),
        text: text.into(),
        blocks,
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}

const REPORTS: usize = 24;

/// All readings with their digests, read once.
fn readings() -> &'static [(Reading, Arc<Digest>)] {
    static READINGS: OnceLock<Vec<(Reading, Arc<Digest>)>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let engine = Engine::new(&Settings::standard()).expect("the engine starts");
        (0..REPORTS)
            .map(|at| {
                let reading = engine.read_report(report(at));
                let digest = Arc::new(onrecord_connect::digest(&reading));
                (reading, digest)
            })
            .collect()
    })
}

/// One change of a record.
#[derive(Clone, Debug)]
enum Step {
    Add(Vec<usize>),
    Remove(Vec<usize>),
    /// Whether the people met first in two reports are one.
    Judge(usize, usize, bool),
    /// The so-many-th judgement is taken back.
    Undo(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let some = || proptest::collection::vec(0..REPORTS, 1..8);
    let pair = (0..REPORTS, 0..REPORTS, any::<bool>());
    prop_oneof![
        4 => some().prop_map(Step::Add),
        1 => some().prop_map(Step::Remove),
        2 => pair.prop_map(|(one, other, same)| Step::Judge(one, other, same)),
        1 => (0usize..3).prop_map(Step::Undo),
    ]
}

/// The first person that a report names, where it does.
fn person(at: usize) -> Option<PassageRow> {
    let reading = &readings()[at].0;
    let chain = reading.chains.iter().find(|chain| chain.kind == EntityKind::Person)?;
    let mention = chain.mentions.iter().find(|mention| mention.kind == MentionKind::Name)?;
    let (start, end) = CodePoints::new(&reading.report.text).range(mention.span);
    Some(PassageRow {
        report: reading.report.id.to_string(),
        start,
        end,
        exact: reading.report.text[mention.span].into(),
    })
}

/// The judgement that is made as the so-many-th step.
fn judgement(number: usize, one: usize, other: usize, same: bool) -> Option<JudgementRow> {
    let row = JudgementRow {
        made: format!("2032-01-01T00:00:{number:02}Z"),
        id: String::new(),
        by: "a test".to_owned(),
        why: "to see".to_owned(),
        kind: if same { "same" } else { "different" }.to_owned(),
        name: None,
        one: person(one)?,
        other: Some(person(other)?),
        undone: None,
    };
    Some(row.with_id())
}

fn take(path: &Path, number: usize, step: &Step, everything: bool) {
    let mut build = Build::begin(path).expect("a build begins");
    let mut changes = Changes { everything, ..Changes::default() };
    match step {
        Step::Add(reports) => {
            for &at in reports {
                let (reading, digest) = &readings()[at];
                build.add(reading, &pile::kept(digest).expect("kept")).expect("added");
            }
            changes.came = build.added().to_vec();
        }
        Step::Remove(reports) => {
            for &at in reports {
                remove(&mut build, readings()[at].0.report.id, &mut changes).expect("removed");
            }
        }
        Step::Judge(one, other, same) => {
            let Some(row) = judgement(number, *one, *other, *same) else {
                return build.commit().expect("committed");
            };
            build.add_judgement(&row).expect("kept");
            changes.judged.extend(judging::resolved(&build, &row).expect("resolved"));
        }
        Step::Undo(nth) => {
            let Some(row) = build.judgements().expect("judgements").into_iter().nth(*nth) else {
                return build.commit().expect("committed");
            };
            build.undo_judgement(&row.id, "2033-01-01T00:00:00Z").expect("taken back");
            changes.judged.extend(judging::resolved(&build, &row).expect("resolved"));
        }
    }
    let judgements = judging::judgements(&build).expect("judgements");
    Growth::new(&mut build, judgements, changes).run(&()).expect("connected");
    build.commit().expect("committed");
}

/// The judgements of one record, carried over to another in whatever order.
fn carry(from: &Path, to: &Path) {
    let mut rows = Vec::new();
    Record::open(from)
        .expect("opens")
        .each_judgement(Of::All, &mut |row| {
            rows.push(row);
            Ok(())
        })
        .expect("judgements");
    let mut build = Build::begin(to).expect("a build begins");
    rows.iter().rev().for_each(|row| build.add_judgement(row).expect("kept"));
    build.commit().expect("committed");
}

/// All tables of an export as text.
fn exported(path: &Path) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    Record::open(path).expect("opens").export_jsonl(folder.path()).expect("exported");
    let read = |name: &&str| {
        let file = folder.path().join(format!("{name}.jsonl"));
        (name.to_string(), std::fs::read_to_string(file).expect("a table"))
    };
    onrecord_record::TABLES.iter().map(read).collect()
}

/// What is held of the reports after these steps.
fn held(steps: &[Step]) -> Vec<usize> {
    let mut held = BTreeSet::new();
    for step in steps {
        match step {
            Step::Add(reports) => held.extend(reports.iter().copied()),
            Step::Remove(reports) => reports.iter().for_each(|at| {
                held.remove(at);
            }),
            Step::Judge(..) | Step::Undo(_) => {}
        }
    }
    held.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_that_grew_is_as_one_built_at_once(steps in proptest::collection::vec(step(), 1..9)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (grown, whole) = (folder.path().join("grown"), folder.path().join("whole"));
        for (number, step) in steps.iter().enumerate() {
            take(&grown, number, step, false);
        }
        let held = held(&steps);
        carry(&grown, &whole);
        take(&whole, 0, &Step::Add(held.clone()), true);
        for (one, other) in exported(&grown).iter().zip(&exported(&whole)) {
            prop_assert_eq!(one, other);
        }
        let record = Record::open(&grown).expect("opens");
        let checked = record.check().expect("checked");
        prop_assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        agrees_with_the_pure_answer(&grown, &record, &held);
    }
}

#[test]
fn the_reports_of_these_tests_have_links_of_all_kinds() {
    let digests: Vec<Arc<Digest>> = readings().iter().map(|(_, digest)| digest.clone()).collect();
    let links = connect(&digests, &Judgements::default());
    let shared = links.statements.iter().filter(|statement| statement.utterances.len() > 1).count();
    let joined = links.entities.iter().filter(|entity| entity.chains.len() > 1).count();
    assert!(links.copies.len() > 5 && links.stories.len() > 1 && shared > 5 && joined > 5 && !links.events.is_empty());
    assert!((0..REPORTS).filter(|&at| person(at).is_some()).count() > REPORTS / 2);
}

/// The record says what connecting all digests in memory says.
fn agrees_with_the_pure_answer(path: &Path, record: &Record, held: &[usize]) {
    let digests: Vec<Arc<Digest>> = held.iter().map(|&at| readings()[at].1.clone()).collect();
    let judgements = judging::judgements(&Build::begin(path).expect("a build begins")).expect("judgements");
    let links = connect(&digests, &judgements);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let ids = |of: Vec<u64>| sorted(of.into_iter().map(hex).collect());
    let statements = record.all(|take| record.each_statement(Of::All, take)).expect("statements");
    let stories = record.all(|take| record.each_story(Of::All, take)).expect("stories");
    let events = record.all(|take| record.each_event(Of::All, take)).expect("events");
    let entities = record.all(|take| record.each_entity(Of::All, take)).expect("entities");
    let copies = record.all(|take| record.each_copy(Of::All, take)).expect("copies");
    assert_eq!(
        sorted(statements.into_iter().map(|row| row.id).collect()),
        ids(links.statements.iter().map(|s| s.id).collect())
    );
    assert_eq!(
        sorted(stories.into_iter().map(|row| row.id).collect()),
        ids(links.stories.iter().map(|s| s.id).collect())
    );
    assert_eq!(
        sorted(events.into_iter().map(|row| row.id).collect()),
        ids(links.events.iter().map(|e| e.id).collect())
    );
    assert_eq!(
        sorted(copies.into_iter().map(|row| row.from + &row.to).collect()),
        sorted(links.copies.iter().map(|edge| format!("{}{}", edge.from, edge.to)).collect())
    );
    let known: BTreeSet<String> = entities.into_iter().map(|row| row.id).collect();
    for entity in &links.entities {
        assert!(known.contains(&hex(entity.id)), "{} is in the record", entity.name);
    }
}
