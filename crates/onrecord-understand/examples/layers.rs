//! Prints a layer over saved parses: `layers times FILE=PUBLISHED…` as a table, `layers chains FILE…` as JSON Lines.

#[path = "../tests/support/mod.rs"]
mod support;

use onrecord_understand::coreference::{Speech, coreference_in};
use onrecord_understand::times::{day_of, times_in};
use serde_json::json;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    for arg in &args[1..] {
        let (file, published) = arg.split_once('=').unwrap_or((arg, ""));
        let saved = support::load(&std::fs::read_to_string(file).expect("a file"));
        match args[0].as_str() {
            "times" => print_times(&saved, published),
            _ => print_chains(&saved),
        }
    }
}

fn print_times(saved: &support::Saved, published: &str) {
    for when in times_in(&saved.text, day_of(published), &saved.parse) {
        let days = when.interval.map_or(String::new(), |(first, last)| format!("{first}..{last}"));
        let exact = &saved.text.as_str()[when.span];
        println!("{}\t{:?}\t{}\t{exact:?}\t{}\t{days}", saved.name, when.span, when.value, when.rule);
    }
}

fn print_chains(saved: &support::Saved) {
    let speeches: Vec<Speech> = Vec::new();
    let found = coreference_in(&saved.text, &saved.parse, &speeches);
    let chains: Vec<_> = found
        .chains
        .iter()
        .map(|chain| {
            let spans: Vec<_> = chain.mentions.iter().map(|m| [m.span.start(), m.span.end()]).collect();
            let roles: Vec<_> =
                chain.roles.iter().map(|r| format!("{}{}", if r.past { "former " } else { "" }, r.title)).collect();
            json!({"name": chain.name, "kind": format!("{:?}", chain.kind), "roles": roles, "mentions": spans})
        })
        .collect();
    println!("{}", json!({"name": saved.name, "chains": chains}));
}
