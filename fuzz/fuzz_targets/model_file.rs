//! A model file with some of its bytes changed, or cut short: an error, or a pipeline that parses; never a panic.
#![no_main]

mod small_model;

use libfuzzer_sys::fuzz_target;
use onrecord_language::Pipeline;
use std::sync::LazyLock;

static SMALL: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let small = small_model::small_model(include_bytes!("../../models/en/english.onrecord"));
    Pipeline::from_bytes(&small).expect("the small model opens");
    small
});

fuzz_target!(|changes: (Option<u32>, Vec<(u16, u8)>, Vec<(u32, u8)>)| {
    let (length, head, anywhere) = changes;
    let length = length.map_or(SMALL.len(), |length| length as usize % (SMALL.len() + 1));
    let mut bytes = SMALL[..length].to_vec();
    // Most of what can go wrong stands at the start, so that is where most changes go.
    let count = bytes.len().max(1);
    for (at, byte) in head.into_iter().map(|(at, byte)| (u32::from(at), byte)).chain(anywhere) {
        if let Some(place) = bytes.get_mut(at as usize % count) {
            *place = byte;
        }
    }
    if let Ok(pipeline) = Pipeline::from_bytes(&bytes) {
        let parse = pipeline.parse("She didn't say so, \"they\" did: see page 12 (or not).");
        assert!(parse.tokens.iter().all(|token| (token.head as usize) < parse.tokens.len()));
    }
});
