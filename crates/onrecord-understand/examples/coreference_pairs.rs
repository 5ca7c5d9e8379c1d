//! Writes what the trainer of the pronoun ranker reads: for each text file of a folder, in the order of names, one JSON object
//! a line with `name` and `pronouns`: `class`, `span`, `candidates` with `span`, `entity` and `features`. Spans are code points.
//!
//! Speakers are those of the rules, so that what is learned does not change with the attribution tagger.
//!
//! `cargo run --release -p onrecord-understand --example coreference_pairs -- TEXTS OUT`

mod texts;

use onrecord_language::{Job, Pipeline};
use onrecord_model::Span;
use onrecord_understand::attribution::attributions;
use onrecord_understand::coreference::{judged_in, speeches};
use onrecord_understand::quotes::quotes;
use serde_json::json;
use std::io::{BufWriter, Error, Result, Write};
use std::path::Path;
use texts::{paragraphs, text_files};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [texts, out] = arguments.as_slice() else {
        return Err(Error::other("usage: coreference_pairs TEXTS OUT"));
    };
    let pipeline = Pipeline::english().map_err(Error::other)?;
    let files = text_files(texts)?;
    let mut out = BufWriter::new(std::fs::File::create(out)?);
    for file in &files {
        writeln!(out, "{}", pairs(&pipeline, file)?)?;
    }
    out.flush()
}

fn pairs(pipeline: &Pipeline, file: &Path) -> Result<serde_json::Value> {
    let text = std::fs::read_to_string(file)?;
    let blocks = paragraphs(&text);
    let parses = pipeline.parse_batch(&[Job { text: &text, spans: blocks.clone(), vectors: false }]);
    let parse = parses.first().ok_or_else(|| Error::other("no parse"))?;
    let quotes = quotes(&text, &blocks);
    let speeches = speeches(&quotes, &attributions(&text, &blocks, parse, &quotes, None));
    let point = |byte: u32| text[..byte as usize].chars().count();
    let span = |span: Span| json!([point(span.start()), point(span.end())]);
    let pronouns: Vec<_> = judged_in(&text, parse, &speeches)
        .iter()
        .map(|judged| {
            let candidates: Vec<_> = judged
                .candidates
                .iter()
                .map(|c| json!({"span": span(c.mention), "entity": c.entity, "features": c.features}))
                .collect();
            json!({"class": judged.class, "span": span(judged.pronoun), "candidates": candidates})
        })
        .collect();
    Ok(json!({"name": file.file_stem().unwrap_or_default().to_string_lossy(), "pronouns": pronouns}))
}
