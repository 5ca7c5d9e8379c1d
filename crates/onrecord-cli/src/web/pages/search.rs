//! What a search finds: people, statements, utterances, reports.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::views::{EntityHead, Found, Search};

/// The page.
pub fn page(search: &Search, people: &[EntityHead]) -> Markup {
    let of = |kind: &str| search.found.iter().filter(|found| found.kind == kind).collect::<Vec<&Found>>();
    let (statements, utterances, reports) = (of("statement"), of("utterance"), of("report"));
    html! {
        div.measure {
            h1 { @if search.query.is_empty() { "Search" } @else { "“" (search.query) "”" } }
            @if search.query.is_empty() { p.lede { "All words must occur; words in double quotation marks must follow each other." } }
            @else if search.found.is_empty() && people.is_empty() { p.nothing { "Nothing in this record has these words." } }
            @if !people.is_empty() { section { h2 { "People and organisations" } (super::lists::cast(people)) } }
            @if !statements.is_empty() { section { h2 { "Statements" } ol.hits { @for found in &statements { (statement(found)) } } } }
            @if !utterances.is_empty() { section { h2 { "Who said it" } ol.hits { @for found in &utterances { (utterance(found)) } } } }
            @if !reports.is_empty() { section { h2 { "Reports" } ol.hits { @for found in &reports { (report(found)) } } } }
        }
    }
}

fn statement(found: &Found) -> Markup {
    html! { li data-line=(found.id) { a.words href=(links::statement(&found.id)) { (found.text) } } }
}

fn utterance(found: &Found) -> Markup {
    let cite = found.citations.first().map(parts::citation);
    html! {
        li data-line=(found.id) data-cite=[cite] {
            b { @match &found.speaker { Some(speaker) => (speaker), None => "No one named" } }
            @match found.citations.first() {
                Some(first) => div.passage { q { (found.text) } (parts::whereabouts(first)) },
                None => div.passage { q { (found.text) } },
            }
        }
    }
}

fn report(found: &Found) -> Markup {
    html! {
        li data-line=(found.id) data-cite=[found.citations.first().map(parts::citation)] {
            @match found.citations.first() {
                Some(first) => {
                    a href=(links::report(&found.id)) { (first.title) } " " span.soft { (first.outlet) ", " (parts::date(first.published.as_deref(), false)) }
                    @for hit in &found.citations {
                        div.passage { a.words href=(links::citation(hit)) { (hit.context.before) mark { (hit.exact) } (hit.context.after) } }
                    }
                }
                None => a href=(links::report(&found.id)) { (found.text) },
            }
        }
    }
}
