//! Any text through the whole pipeline: a tree over all tokens, sentences that cover them, names that stand in them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_language::Pipeline;
use std::sync::LazyLock;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().expect("the carried model opens"));

fuzz_target!(|text: &str| {
    let parse = PIPELINE.parse(text);
    let count = parse.tokens.len() as u32;
    for (ix, token) in parse.tokens.iter().enumerate() {
        assert!(token.head < count && (token.lemma as usize) < parse.lemmas.len());
        // Heads lead to a root without coming back.
        let (mut at, mut steps) = (ix as u32, 0);
        while parse.tokens[at as usize].head != at {
            at = parse.tokens[at as usize].head;
            steps += 1;
            assert!(steps <= count);
        }
    }
    let mut next = 0;
    for &(first, last) in &parse.sentences {
        assert!(first == next && first < last && last <= count);
        next = last;
    }
    assert_eq!(next, count);
    assert!(parse.names.windows(2).all(|pair| pair[0].last <= pair[1].first));
    assert!(parse.names.iter().all(|name| name.first < name.last && name.last <= count));
});
