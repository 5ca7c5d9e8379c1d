//! Parses text files and prints one JSON object a file: tokens, sentences and names, offsets in code points.
//!
//! `cargo run --release --example parse -- FILE…`

use onrecord_language::Pipeline;
use onrecord_model::{Label, Parse};
use serde_json::{Value, json};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pipeline = Pipeline::english()?;
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let parse = pipeline.parse(&text);
        writeln!(out, "{}", as_json(&path, &text, &parse))?;
    }
    Ok(())
}

fn as_json(name: &str, text: &str, parse: &Parse) -> Value {
    let points = CodePoints::new(text);
    let tokens = parse.tokens.iter().map(|token| {
        json!({
            "start": points.at(token.span.start()),
            "end": points.at(token.span.end()),
            "tag": token.tag.name(),
            "pos": token.pos.name(),
            "lemma": &*parse.lemmas[token.lemma as usize],
            "head": token.head,
            "relation": token.rel.name(),
        })
    });
    let range = |first: u32, last: u32| {
        let span = parse.span_of(first, last);
        (points.at(span.start()), points.at(span.end()))
    };
    let names = parse.names.iter().map(|name| {
        let (start, end) = range(name.first, name.last);
        json!({ "start": start, "end": end, "label": name.kind.name() })
    });
    json!({
        "name": name,
        "tokens": tokens.collect::<Vec<Value>>(),
        "sentences": parse.sentences.iter().map(|&(first, last)| range(first, last)).collect::<Vec<_>>(),
        "names": names.collect::<Vec<Value>>(),
    })
}

/// Code points before each byte of a text.
struct CodePoints(Vec<u32>);

impl CodePoints {
    fn new(text: &str) -> CodePoints {
        let mut before = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, c) in text.char_indices() {
            before[at] = count;
            count += 1;
            before[at + c.len_utf8()] = count;
        }
        CodePoints(before)
    }

    fn at(&self, byte: u32) -> u32 {
        self.0[byte as usize]
    }
}
