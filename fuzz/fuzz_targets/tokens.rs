//! Any text: tokens in order, apart, on character boundaries, covering all but single spaces; the same the second time.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_language::Pipeline;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().expect("the carried model opens"));

fuzz_target!(|text: &str| {
    let tokens = PIPELINE.tokenize(text);
    let mut at = 0;
    for span in &tokens {
        let (start, end) = (span.start() as usize, span.end() as usize);
        assert!(at <= start && start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(matches!(&text[at..start], "" | " "));
        at = end;
    }
    assert!(matches!(&text[at..], "" | " "));
    assert_eq!(tokens, PIPELINE.tokenize(text));
});
