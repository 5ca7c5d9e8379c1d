//! The carried model file with some of its bytes changed, or cut short: an error or a pipeline, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_language::Pipeline;

const ENGLISH: &[u8] = include_bytes!("../../models/en/english.onrecord");

fuzz_target!(|changes: (Option<u32>, Vec<(u16, u8)>, Vec<(u32, u8)>)| {
    let (length, head, anywhere) = changes;
    let length = length.map_or(ENGLISH.len(), |length| length as usize % (ENGLISH.len() + 1));
    let mut bytes = ENGLISH[..length].to_vec();
    // Most of what can go wrong stands at the start, so that is where most changes go.
    for (at, byte) in head.into_iter().map(|(at, byte)| (u32::from(at), byte)).chain(anywhere) {
        if let Some(place) = bytes.get_mut(at as usize) {
            *place = byte;
        }
    }
    let _ = Pipeline::from_bytes(&bytes);
});
