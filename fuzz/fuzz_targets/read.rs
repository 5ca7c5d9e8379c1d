//! Any bytes, read as text and as a page: no panic, blocks in order, a true map back to the bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_read::{ReadOptions, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    for file in ["a.txt", "a.html"] {
        let Ok(report) = read_bytes("a", file, bytes, None, &ReadOptions::default()) else { continue };
        let mut at = 0;
        for block in &report.blocks {
            assert!(at <= block.span.start() && !report.text[block.span].is_empty());
            at = block.span.end();
        }
        for run in report.origin.runs.iter().filter(|run| run[2] == run[3]) {
            let [start, place, length, _] = run.map(|n| n as usize);
            assert_eq!(report.text.as_bytes()[start..start + length], bytes[place..place + length]);
        }
    }
});
