//! Prints the time expressions over saved parses: `layers times FILE=PUBLISHED…`.

#[path = "../tests/support/mod.rs"]
mod support;

use onrecord_understand::times::{day_of, times_in};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    for arg in &args[1..] {
        let (file, published) = arg.split_once('=').unwrap_or((arg, ""));
        let saved = support::load(&std::fs::read_to_string(file).expect("a file"));
        for when in times_in(&saved.text, day_of(published), &saved.parse) {
            println!(
                "{}\t{:?}\t{}\t{:?}\t{}\t{}",
                saved.name,
                when.span,
                when.value,
                &saved.text.as_str()[when.span],
                when.rule,
                when.interval.map_or(String::new(), |(a, b)| format!("{a}..{b}"))
            );
        }
    }
}
