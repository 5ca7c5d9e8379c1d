//! Parses text files without printing them: tokens a second, and the time from the start to the first parse.
//!
//! `cargo run --release --example throughput -- [--threads N] [--repeat N] FILE…`

use onrecord_language::{Job, Pipeline};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Texts a thread takes at a time.
const BATCH: usize = 16;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut arguments = std::env::args().skip(1).peekable();
    let mut number_after = |flag: &str, or: usize| match arguments.next_if(|argument| argument == flag) {
        Some(_) => arguments.next().and_then(|number| number.parse().ok()).unwrap_or(or),
        None => or,
    };
    let threads = number_after("--threads", 1);
    let repeat = number_after("--repeat", 1);
    let texts = arguments.map(std::fs::read_to_string).collect::<Result<Vec<String>, _>>()?;
    let pipeline = Pipeline::english()?;
    let loaded = start.elapsed();
    let first = texts.first().map_or(0, |text| pipeline.parse(text).tokens.len());
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    let (loaded, parsed) = (milliseconds(loaded), milliseconds(start.elapsed()));
    println!("start to loaded {loaded:.1} ms, to first parse of {first} tokens {parsed:.1} ms");

    let begin = Instant::now();
    let (next, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let batches: Vec<&[String]> = texts.chunks(BATCH).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let at = next.fetch_add(1, Ordering::Relaxed)
                    && at < batches.len() * repeat
                {
                    let jobs: Vec<Job> = batches[at % batches.len()].iter().map(|text| Job::whole(text)).collect();
                    let count = pipeline.parse_batch(&jobs).iter().map(|parse| parse.tokens.len()).sum::<usize>();
                    tokens.fetch_add(count, Ordering::Relaxed);
                }
            });
        }
    });
    let (took, tokens) = (begin.elapsed().as_secs_f64(), tokens.into_inner());
    let rate = tokens as f64 / took;
    println!("{tokens} tokens, {threads} threads, {}: {took:.3} s, {rate:.0} tokens a second", pipeline.arithmetic());
    Ok(())
}
