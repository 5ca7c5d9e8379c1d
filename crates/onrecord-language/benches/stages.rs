//! Tokens a second of each step, and the share of what this machine's arithmetic would allow.
//!
//! `cargo bench -p onrecord-language`. Texts are given in `LANGUAGE_BENCH_TEXTS` (a folder of plain text files); without it,
//! a short text of our own is repeated, which flatters everything that is kept by word form.

#![allow(missing_docs, clippy::needless_range_loop)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use onrecord_language::stages::{STAGES, Stages, kinds_of_arithmetic};
use onrecord_language::{Job, Pipeline};
use std::hint::black_box;
use std::time::Instant;

const STORY: &str = "The harbour office said on Tuesday that 1,200 crates were never inspected. \"We lost the forms,\" said Ilse \
    Brandt, its director, who has run the Tidewater pier since 2009. Two officials who asked not to be named disputed that, \
    according to the Courier; a third wouldn't comment.\n\n";

fn texts() -> Vec<String> {
    let Ok(folder) = std::env::var("LANGUAGE_BENCH_TEXTS") else { return vec![STORY.repeat(8); 8] };
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().take(100).map(|path| std::fs::read_to_string(path).expect("a text file")).collect()
}

/// Multiplications and additions a second that one core reaches with nothing else to do.
fn peak() -> f64 {
    let best = (0..20).map(|_| fused_rate()).fold(0.0, f64::max);
    println!("peak of one core: {:.1} GFLOP/s", best / 1e9);
    best
}

#[cfg(target_arch = "x86_64")]
fn fused_rate() -> f64 {
    use std::arch::x86_64::*;
    const ROUNDS: usize = 400_000;

    #[target_feature(enable = "avx512f")]
    fn wide() -> f32 {
        let mut sums = [_mm512_set1_ps(0.5); 24];
        let (a, b) = (_mm512_set1_ps(black_box(0.999)), _mm512_set1_ps(black_box(0.001)));
        for _ in 0..ROUNDS {
            for i in 0..24 {
                sums[i] = _mm512_fmadd_ps(sums[i], a, b);
            }
        }
        sums.into_iter().map(|sum| _mm512_reduce_add_ps(sum)).sum()
    }

    #[target_feature(enable = "avx2,fma")]
    fn narrow() -> f32 {
        let mut sums = [_mm256_set1_ps(0.5); 12];
        let (a, b) = (_mm256_set1_ps(black_box(0.999)), _mm256_set1_ps(black_box(0.001)));
        for _ in 0..ROUNDS {
            for i in 0..12 {
                sums[i] = _mm256_fmadd_ps(sums[i], a, b);
            }
        }
        sums.into_iter().map(|sum| _mm256_cvtss_f32(sum)).sum()
    }

    let begin = Instant::now();
    let lanes = if is_x86_feature_detected!("avx512f") {
        // SAFETY: the machine has it.
        black_box(unsafe { wide() });
        24 * 16
    } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the machine has it.
        black_box(unsafe { narrow() });
        12 * 8
    } else {
        return f64::NAN;
    };
    (ROUNDS * lanes * 2) as f64 / begin.elapsed().as_secs_f64()
}

#[cfg(not(target_arch = "x86_64"))]
fn fused_rate() -> f64 {
    f64::NAN
}

fn stages(criterion: &mut Criterion) {
    let pipeline = Pipeline::english().expect("the carried model is whole");
    let texts = texts();
    let peak = peak();
    let mut group = criterion.benchmark_group("stage");
    for (index, (name, run, operations)) in STAGES.into_iter().enumerate() {
        let mut all: Vec<Stages> = texts.iter().map(|text| Stages::new(&pipeline, text, index)).collect();
        let tokens: usize = all.iter().map(Stages::tokens).sum();
        let begin = Instant::now();
        all.iter_mut().for_each(run);
        let rate = tokens as f64 / begin.elapsed().as_secs_f64();
        if operations > 0 {
            let share = rate * operations as f64 / peak * 100.0;
            println!("{name}: {rate:.0} tokens a second, {share:.0} % of what {operations} operations a token allow");
        }
        group.throughput(Throughput::Elements(tokens as u64));
        group
            .bench_function(BenchmarkId::from_parameter(name), |bencher| bencher.iter(|| all.iter_mut().for_each(run)));
    }
    group.finish();
}

/// One text in four with each kind of arithmetic, once, after a first round that warms it.
fn arithmetic() {
    let texts = texts();
    let jobs: Vec<Job> = texts.iter().step_by(4).map(|text| Job::whole(text)).collect();
    for pipeline in kinds_of_arithmetic().expect("the carried model is whole") {
        let tokens: usize = pipeline.parse_batch(&jobs).iter().map(|parse| parse.tokens.len()).sum();
        let begin = Instant::now();
        black_box(pipeline.parse_batch(&jobs));
        println!("{}: {:.0} tokens a second", pipeline.arithmetic(), tokens as f64 / begin.elapsed().as_secs_f64());
    }
}

fn whole(criterion: &mut Criterion) {
    let pipeline = Pipeline::english().expect("the carried model is whole");
    let texts = texts();
    let jobs: Vec<Job> = texts.iter().map(|text| Job::whole(text)).collect();
    let tokens: usize = pipeline.parse_batch(&jobs).iter().map(|parse| parse.tokens.len()).sum();
    arithmetic();
    let mut group = criterion.benchmark_group("pipeline");
    group.throughput(Throughput::Elements(tokens as u64));
    group.bench_function("parse_batch", |bencher| bencher.iter(|| pipeline.parse_batch(black_box(&jobs))));
    group.bench_function("start", |bencher| bencher.iter(Pipeline::english));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = stages, whole
}
criterion_main!(benches);
