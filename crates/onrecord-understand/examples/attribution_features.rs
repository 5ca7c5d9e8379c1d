//! Writes what the trainer of the attribution tagger reads: for each text file of a folder, in the order of names, the
//! description that the tagger sees, the token vectors and what the rules find.
//!
//! `cargo run --release -p onrecord-understand --example attribution_features -- TEXTS OUT`
//!
//! All numbers are little-endian. A text is: length of its name, tokens, chunks and rules (`u32` each); start and end of
//! each token in code points, its head and its sentence (four runs of `u32`); first and last token of each chunk; each
//! rule (see [`rule`]); the name; 13 `u16` a token; 96 `f32` a token.

mod texts;

use onrecord_language::{Job, Pipeline};
use onrecord_model::Parse;
use onrecord_understand::attribution::{Candidate, describe};
use onrecord_understand::quotes::quotes;
use std::io::{BufWriter, Error, Result, Write};
use std::path::Path;
use texts::{paragraphs, text_files};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [texts, out] = arguments.as_slice() else {
        return Err(Error::other("usage: attribution_features TEXTS OUT"));
    };
    let pipeline = Pipeline::english().map_err(Error::other)?;
    let files = text_files(texts)?;
    let mut out = BufWriter::new(std::fs::File::create(out)?);
    for file in &files {
        write(&pipeline, file, &mut out)?;
    }
    out.flush()
}

fn write(pipeline: &Pipeline, file: &Path, out: &mut impl Write) -> Result<()> {
    let text = std::fs::read_to_string(file)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let blocks = paragraphs(&text);
    let parses = pipeline.parse_batch(&[Job { text: &text, spans: blocks.clone(), vectors: true }]);
    let parse = parses.first().ok_or_else(|| Error::other("no parse"))?;
    let description = describe(&text, &blocks, parse, &quotes(&text, &blocks));
    let numbers = [name.len(), parse.tokens.len(), description.chunks.len(), description.rules.len()];
    write_all(out, numbers.map(|n| n as u32))?;
    let code_points = code_points(&text, parse);
    write_all(out, code_points.iter().map(|(start, _)| *start))?;
    write_all(out, code_points.iter().map(|(_, end)| *end))?;
    write_all(out, parse.tokens.iter().map(|t| t.head))?;
    write_all(out, description.sentences.iter().copied())?;
    write_all(out, description.chunks.iter().flat_map(|c| [c.0, c.1]))?;
    for found in &description.rules {
        write_all(out, rule(found))?;
    }
    out.write_all(name.as_bytes())?;
    for number in &description.tokens {
        out.write_all(&number.to_le_bytes())?;
    }
    for number in &parse.vectors {
        out.write_all(&number.to_le_bytes())?;
    }
    Ok(())
}

/// Anchor, source (twice `u32::MAX` for none), cue, thousandths of the score, number of parts of the content, the parts.
fn rule(found: &Candidate) -> Vec<u32> {
    let source = found.source.unwrap_or((u32::MAX, u32::MAX));
    let score = (found.score * 1000.0) as u32;
    let mut out = vec![found.anchor, source.0, source.1, found.cue.0, found.cue.1, score, found.content.len() as u32];
    out.extend(found.content.iter().flat_map(|part| [part.0, part.1]));
    out
}

fn write_all(out: &mut impl Write, numbers: impl IntoIterator<Item = u32>) -> Result<()> {
    numbers.into_iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

/// Start and end of each token in code points.
fn code_points(text: &str, parse: &Parse) -> Vec<(u32, u32)> {
    let mut points = 0;
    let mut at = 0;
    let mut until = |to: u32| {
        points += text[at..to as usize].chars().count() as u32;
        at = to as usize;
        points
    };
    parse.tokens.iter().map(|t| (until(t.span.start()), until(t.span.end()))).collect()
}
