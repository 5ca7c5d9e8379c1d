//! Prints a layer over saved parses: `layers times FILE=PUBLISHED…` as a table, `layers chains FILE…` and
//! `layers readings FILE…` as JSON Lines.

#[path = "../tests/support/mod.rs"]
mod support;

use onrecord_model::{Label, Reading, Span};
use onrecord_understand::times::{day_of, times_in};
use onrecord_understand::{Models, understand};
use serde_json::json;
use std::sync::Arc;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    for arg in &args[1..] {
        let (file, published) = arg.split_once('=').unwrap_or((arg, ""));
        let saved = support::load(&std::fs::read_to_string(file).expect("a file"));
        match args[0].as_str() {
            "times" => print_times(&saved, published),
            "chains" => print_chains(saved),
            _ => print_reading(saved),
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

fn print_chains(saved: support::Saved) {
    let name = saved.name.clone();
    let reading = read(saved);
    let chains: Vec<_> = reading
        .chains
        .iter()
        .map(|chain| {
            let spans: Vec<_> = chain.mentions.iter().map(|m| [m.span.start(), m.span.end()]).collect();
            json!({"name": chain.name, "kind": chain.kind.name(), "mentions": spans})
        })
        .collect();
    println!("{}", json!({"name": name, "chains": chains}));
}

/// All layers, by rules.
fn read(saved: support::Saved) -> Reading {
    understand(Arc::new(support::report(&saved.text, None)), saved.parse, &Models::rules())
}

fn print_reading(saved: support::Saved) {
    let name = saved.name.clone();
    let reading = read(saved);
    let text = &*reading.report.text;
    let place = |byte: u32| text[..byte as usize].chars().count();
    let words = |span: Span| json!({"start": place(span.start()), "end": place(span.end()), "exact": &text[span]});
    let utterances: Vec<_> = reading
        .utterances
        .iter()
        .enumerate()
        .map(|(ix, said)| {
            let content: Vec<_> = said.content.iter().map(|&c| words(c)).collect();
            let via: Vec<_> = said.via.iter().map(|v| json!({"name": v.name})).collect();
            json!({"id": ix.to_string(), "within": said.within.map(|w| w.to_string()), "source": said.source.map(words),
                "cue": said.cue.map(words), "content": content, "basis": said.basis.name(), "stance": said.stance.name(),
                "form": said.form.name(), "via": via, "speaker": said.speaker.as_ref().map(|s| json!({"name": s.name})),
                "addressee": said.addressee.as_ref().map(|a| json!({"name": a.name}))})
        })
        .collect();
    let people: Vec<_> = reading
        .chains
        .iter()
        .map(|chain| {
            let kind = chain.person_kind.map(|(kind, span)| format!("{} ({})", kind.name(), &text[span]));
            let said: Vec<_> = chain.mentions.iter().map(|m| &text[m.span]).collect();
            let roles: Vec<_> = chain.roles.iter().map(|r| r.title.as_str()).collect();
            json!({"name": chain.name, "kind": chain.kind.name(), "person": kind, "roles": roles, "mentions": said})
        })
        .collect();
    println!("{}", json!({"report": {"name": name, "text": text}, "utterances": utterances, "entities": people}));
}
