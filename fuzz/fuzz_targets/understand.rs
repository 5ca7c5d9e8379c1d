//! Any text through the language layer and all layers of understanding: every span on characters of the text, every
//! index in its list, the same reading the second time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_language::{Job, Pipeline};
use onrecord_model::{Reading, Report, Span};
use onrecord_read::{ReadOptions, read_bytes};
use onrecord_understand::{Models, spans_to_parse, understand};
use std::sync::{Arc, LazyLock};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().expect("the carried model opens"));
static LEARNED: LazyLock<Models> = LazyLock::new(|| Models::english().expect("the carried weights open"));

fuzz_target!(|text: &str| {
    let Ok(report) = read_bytes("a", "a.txt", text.as_bytes(), None, &ReadOptions::default()) else { return };
    let report = Arc::new(report);
    for models in [&*LEARNED, &Models::rules()] {
        let reading = read(&report, models);
        check(&reading);
        assert_eq!(format!("{reading:?}"), format!("{:?}", read(&report, models)));
    }
});

fn read(report: &Arc<Report>, models: &Models) -> Reading {
    let job = Job { text: &report.text, spans: spans_to_parse(report), vectors: true };
    let parse = PIPELINE.parse_batch(&[job]).pop().expect("a parse for each job");
    understand(report.clone(), parse, models)
}

fn check(reading: &Reading) {
    let text = &*reading.report.text;
    let words = |span: Span| assert!(text.get(span.start() as usize..span.end() as usize).is_some_and(|s| !s.is_empty()));
    let chains = reading.chains.len() as u32;
    for chain in &reading.chains {
        assert!(!chain.mentions.is_empty() && chain.mentions.is_sorted_by_key(|mention| mention.span.start()));
        chain.mentions.iter().for_each(|mention| words(mention.span));
        chain.roles.iter().for_each(|role| words(role.span));
        chain.person_kind.iter().for_each(|(_, span)| words(*span));
    }
    let mut end = 0;
    for when in &reading.times {
        words(when.span);
        assert!(when.span.start() >= end);
        end = when.span.end();
    }
    for (ix, utterance) in reading.utterances.iter().enumerate() {
        assert!(utterance.within.is_none_or(|outer| (outer as usize) < ix));
        assert!(!utterance.content.is_empty() && (0.0..=1.0).contains(&utterance.score));
        assert!(utterance.content.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        utterance.content.iter().chain(&utterance.source).chain(&utterance.cue).for_each(|span| words(*span));
        utterance.via.iter().for_each(|carrier| words(carrier.span));
        utterance.addressee.iter().for_each(|addressee| words(addressee.span));
        let speaker = utterance.speaker.iter().filter_map(|speaker| speaker.chain);
        let addressee = utterance.addressee.iter().filter_map(|addressee| addressee.chain);
        let carriers = utterance.via.iter().filter_map(|carrier| carrier.chain);
        assert!(speaker.chain(addressee).chain(carriers).all(|chain| chain < chains));
    }
}
