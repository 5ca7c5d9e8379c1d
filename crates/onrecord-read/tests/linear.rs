//! Large inputs are read in time that grows with their size. The bounds are wide: they tell linear from quadratic, not fast from slow.

use onrecord_read::{ReadOptions, read_bytes};
use std::time::{Duration, Instant};

fn timed(file: &str, input: &str) -> Duration {
    let start = Instant::now();
    let _ = read_bytes("large", file, input.as_bytes(), None, &ReadOptions::default());
    start.elapsed()
}

#[test]
fn ten_times_the_input_takes_about_ten_times_as_long() {
    type Make = fn(usize) -> String;
    let cases: [(&str, Make); 9] = [
        ("line.txt", |n| "word, ".repeat(n * 200)),
        ("letters.txt", |n| "x".repeat(n * 1000)),
        ("quotes.txt", |n| "“".repeat(n * 300)),
        ("lines.txt", |n| "See Gallery\n\nA line\nBACK TO SLIDE\nRELATED: x\n".repeat(n * 20)),
        ("titles.txt", |n| "Crane fails\n".repeat(n * 80)),
        ("breaks.txt", |n| "\r\n".repeat(n * 500) + "x"),
        ("page.html", |n| {
            format!(
                "<html><body><h1>Crane fails again</h1>{}</body></html>",
                "<p>The crane stopped on Monday, the board said.</p>".repeat(n * 10)
            )
        }),
        ("ends.html", |n| "</div></p></b>text".repeat(n * 20)),
        ("references.html", |n| "&amp;&x&#; ".repeat(n * 50)),
    ];
    for (file, make) in cases {
        let small = timed(file, &make(20)).max(Duration::from_millis(2));
        let large = timed(file, &make(200));
        assert!(large < small * 60, "{file}: {small:?}, then {large:?} for ten times as much");
        eprintln!("{file}: {small:?} {large:?}");
    }
}
