//! How connecting grows: `cargo bench -p onrecord-connect --bench scale -- 10000 100000 1000000` makes piles of synthetic
//! reports and prints time and memory a report. Without numbers it takes 1,000 and 10,000, and then the piles that break
//! quadratic methods: one report copied 10,000 times, one paragraph in all, 50,000 reports of one story.

use onrecord_connect::digest::digest_report;
use onrecord_connect::{Digest, Judgements, MemoryPile, copies, stories};
use onrecord_model::{OriginMap, Report, ReportId};
use std::sync::Arc;
use std::time::Instant;

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let plain = sizes.is_empty();
    let sizes = if plain { vec![1_000, 10_000] } else { sizes };
    println!(
        "pile                      reports  digest µs  index µs  copies µs  stories µs  edges  stories  MB  B/report"
    );
    for &size in &sizes {
        measure("news", size, &|n| news(n));
    }
    growth(sizes[0]);
    if plain {
        pathological();
    }
}

/// Piles that break quadratic methods, at growing sizes: the time a report must stay level.
fn pathological() {
    for n in [2_500, 5_000, 10_000] {
        measure("copies of one report", n, &|at| text(&mut Numbers(5), 12, at % 3));
    }
    for n in [5_000, 10_000] {
        let footer = paragraph(&mut Numbers(1), 0);
        measure("one paragraph in all", n, &|at| format!("{}\n\n{footer}", text(&mut Numbers(at as u64 + 9), 5, 0)));
    }
    for n in [12_500, 25_000, 50_000] {
        measure("reports of one story", n, &|at| text(&mut Numbers(at as u64 + 3), 4, 1));
    }
}

/// Time and memory of one pile, each step by itself, a report.
fn measure(name: &str, reports: usize, text: &dyn Fn(usize) -> String) {
    let before = resident_bytes();
    let mut took = std::time::Duration::ZERO;
    let digests: Vec<Arc<Digest>> = (0..reports)
        .map(|n| {
            let report = report(n, text(n));
            let start = Instant::now();
            let digest = Arc::new(digest_report(&report));
            took += start.elapsed();
            digest
        })
        .collect();
    let start = Instant::now();
    let pile = MemoryPile::new(&digests);
    let indexed = start.elapsed();
    let start = Instant::now();
    let edges: usize =
        digests.iter().map(|digest| copies::edges_into(digest, &pile, &Judgements::default()).len()).sum();
    let copied = start.elapsed();
    let start = Instant::now();
    let told = stories::stories(&digests, &pile, &Judgements::default()).len();
    let grouped = start.elapsed();
    let each = |time: std::time::Duration| time.as_secs_f64() * 1e6 / reports as f64;
    let bytes = resident_bytes().saturating_sub(before);
    println!(
        "{name:24} {reports:8} {:10.0} {:9.0} {:10.0} {:11.0} {edges:6} {told:8} {:3} {:9}",
        each(took),
        each(indexed),
        each(copied),
        each(grouped),
        bytes >> 20,
        bytes / reports
    );
}

/// 100 reports come to a pile: only those that share a key with them are connected again.
fn growth(reports: usize) {
    let digests: Vec<Arc<Digest>> = (0..reports + 100).map(|n| Arc::new(digest_report(&report(n, news(n))))).collect();
    let mut pile = MemoryPile::new(&digests[..reports]);
    let start = Instant::now();
    for digest in &digests[reports..] {
        pile.insert(digest.clone());
    }
    let affected = copies::affected(&digests[reports..], &pile);
    for report in &affected {
        let digest = onrecord_connect::Pile::digest(&pile, *report).expect("in the pile");
        std::hint::black_box(copies::edges_into(&digest, &pile, &Judgements::default()));
    }
    println!(
        "100 more on {reports}: {} reports connected again, {:.1} ms",
        affected.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
}

/// One report in three repeats an earlier one of its story, whole, cut or in part; 40 reports a story.
fn news(n: usize) -> String {
    let own = text(&mut Numbers(n as u64 * 2 + 1), 6, n / 40);
    let earlier = || text(&mut Numbers((n - n % 40) as u64 * 2 + 1), 6, n / 40);
    match n % 9 {
        1 => earlier(),
        4 => earlier().split("\n\n").take(3).collect::<Vec<_>>().join("\n\n"),
        7 => format!("{own}\n\n{}", earlier().split("\n\n").nth(2).unwrap_or_default()),
        _ => own,
    }
}

fn report(n: usize, text: String) -> Report {
    let minute = n as i64 * 7;
    Report {
        id: ReportId((n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        name: String::new(),
        file: String::new(),
        sha256: String::new(),
        title: text.split('.').next().unwrap_or_default().to_string(),
        outlet: format!("Paper {}", n % 50),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: String::new(),
        published: jiff::Timestamp::from_second(1_500_000_000 + minute * 60).ok().map(|moment| moment.to_string()),
        language: "en".into(),
        text: text.into(),
        blocks: Vec::new(),
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}

/// Paragraphs of made-up words; a fifth of them belong to the subject.
fn text(numbers: &mut Numbers, paragraphs: usize, subject: usize) -> String {
    (0..paragraphs).map(|_| paragraph(numbers, subject)).collect::<Vec<_>>().join("\n\n")
}

fn paragraph(numbers: &mut Numbers, subject: usize) -> String {
    let mut text = String::new();
    for at in 0..40 {
        let drawn = numbers.next();
        let word = if drawn.is_multiple_of(5) {
            1_000_000 + subject as u64 * 30 + drawn / 5 % 30
        } else {
            (drawn / 7 % 300) * (drawn / 4_000 % 60)
        };
        if at > 0 {
            text.push(' ');
        }
        spell(word, &mut text);
    }
    text.push('.');
    text
}

/// A number as syllables.
fn spell(mut number: u64, text: &mut String) {
    loop {
        text.push(b"bdfgklmnprstvz"[(number % 14) as usize] as char);
        text.push(b"aeiou"[(number / 14 % 5) as usize] as char);
        number /= 70;
        if number == 0 {
            return;
        }
    }
}

struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 20
    }
}

/// Resident memory of this process, where the system tells.
fn resident_bytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or(0) * 4096
}
