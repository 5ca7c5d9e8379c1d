//! Prints what each layer of a reading costs: `cargo run --release -p onrecord-understand --example layer_times -- TEXTS`
//!
//! TEXTS is a folder of text files, each read as one body with paragraphs between blank lines. Every layer is run over all
//! texts three times; the fastest run counts. One thread.

mod texts;

use onrecord_language::{Job, Pipeline};
use onrecord_model::{Parse, Span};
use onrecord_understand::Models;
use onrecord_understand::attribution::{Attribution, attributions};
use onrecord_understand::coreference::{coreference_in, speeches};
use onrecord_understand::quotes::quotes;
use onrecord_understand::times::times_in;
use std::io::{Error, Result};
use std::time::{Duration, Instant};
use texts::{paragraphs, text_files};

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).ok_or_else(|| Error::other("usage: layer_times TEXTS"))?;
    let files = text_files(folder)?;
    let texts: Vec<String> = files.iter().map(std::fs::read_to_string).collect::<Result<_>>()?;
    let blocks: Vec<Vec<Span>> = texts.iter().map(|text| paragraphs(text)).collect();
    let pipeline = Pipeline::english().map_err(Error::other)?;
    let models = Models::english().map_err(Error::other)?;
    let texts: Vec<(&str, &[Span])> = texts.iter().map(String::as_str).zip(blocks.iter().map(Vec::as_slice)).collect();

    let (parsing, parses) =
        fastest(|| texts.iter().map(|(text, blocks)| parse(&pipeline, text, blocks)).collect::<Vec<_>>());
    let (quoting, quoted) = fastest(|| texts.iter().map(|(text, blocks)| quotes(text, blocks)).collect::<Vec<_>>());
    let attribute = |models: &Models| -> Vec<Vec<Attribution>> {
        let one = |ix: usize| {
            let (text, blocks) = texts[ix];
            attributions(text, blocks, &parses[ix], &quoted[ix], models.attribution.as_ref())
        };
        (0..texts.len()).map(one).collect()
    };
    let (by_rules, _) = fastest(|| attribute(&Models::rules()));
    let (attributing, attributed) = fastest(|| attribute(&models));
    let (timing, _) =
        fastest(|| texts.iter().zip(&parses).map(|((text, _), parse)| times_in(text, None, parse)).collect::<Vec<_>>());
    let chain = |ix: usize| coreference_in(texts[ix].0, &parses[ix], &speeches(&quoted[ix], &attributed[ix]));
    let (chaining, _) = fastest(|| (0..texts.len()).map(chain).collect::<Vec<_>>());

    let whole = parsing + quoting + attributing + timing + chaining;
    let tokens: usize = parses.iter().map(|parse| parse.tokens.len()).sum();
    println!("{} reports, {tokens} tokens", texts.len());
    println!("| layer | reports/s | share |\n|---|---|---|");
    let rows = [
        ("language: tokens to names", parsing),
        ("quotes", quoting),
        ("attribution, rules alone", by_rules),
        ("attribution, with the tagger", attributing),
        ("times", timing),
        ("mentions and coreference", chaining),
        ("all with rules alone", whole - attributing + by_rules),
        ("all with the tagger", whole),
    ];
    for (name, time) in rows {
        let share = time.as_secs_f64() / whole.as_secs_f64();
        println!("| {name} | {:.0} | {:.1} % |", texts.len() as f64 / time.as_secs_f64(), 100.0 * share);
    }
    Ok(())
}

fn parse(pipeline: &Pipeline, text: &str, blocks: &[Span]) -> Parse {
    pipeline.parse_batch(&[Job { text, spans: blocks.to_vec(), vectors: true }]).pop().unwrap_or_default()
}

/// The shortest of three runs, and what it gave.
fn fastest<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut timed = || {
        let began = Instant::now();
        let result = run();
        (began.elapsed(), result)
    };
    let mut best = timed();
    for _ in 0..2 {
        let next = timed();
        if next.0 < best.0 {
            best = next;
        }
    }
    best
}
