//! A record that grew, shrank and was corrected is the same, byte for byte, as one that was built at once.

use super::{Changes, Growth, remove};
use crate::{Engine, Settings, pile};
use onrecord_connect::{Digest, Judgements, connect};
use onrecord_model::{Block, BlockKind, OriginMap, Reading, Report, ReportId, Span};
use onrecord_record::{Build, Of, Record, hex};
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
}

fn step() -> impl Strategy<Value = Step> {
    let some = || proptest::collection::vec(0..REPORTS, 1..8);
    prop_oneof![3 => some().prop_map(Step::Add), 1 => some().prop_map(Step::Remove)]
}

fn take(path: &Path, step: &Step, everything: bool) {
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
    }
    Growth::new(&mut build, Judgements::default(), changes).run(&|_| ()).expect("connected");
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
        }
    }
    held.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_that_grew_is_as_one_built_at_once(steps in proptest::collection::vec(step(), 1..7)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (grown, whole) = (folder.path().join("grown"), folder.path().join("whole"));
        for step in &steps {
            take(&grown, step, false);
        }
        let held = held(&steps);
        take(&whole, &Step::Add(held.clone()), true);
        for (one, other) in exported(&grown).iter().zip(&exported(&whole)) {
            prop_assert_eq!(one, other);
        }
        let record = Record::open(&grown).expect("opens");
        let checked = record.check().expect("checked");
        prop_assert!(checked.faults.is_empty(), "{:?}", checked.faults);
        agrees_with_the_pure_answer(&record, &held);
    }
}

/// The record says what connecting all digests in memory says.
fn agrees_with_the_pure_answer(record: &Record, held: &[usize]) {
    let digests: Vec<Arc<Digest>> = held.iter().map(|&at| readings()[at].1.clone()).collect();
    let links = connect(&digests, &Judgements::default());
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
