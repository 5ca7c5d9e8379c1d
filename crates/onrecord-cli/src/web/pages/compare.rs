//! Two reports side by side: what they share, in the order of the copy, and what each has alone.

use crate::web::differ::differ;
use crate::web::marks::Characters;
use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::{AlignedRow, BlockRow, RecordedReport};
use onrecord::views::Comparison;

/// The page.
pub fn page(view: &Comparison) -> Markup {
    let edge = &view.edge;
    html! {
        p.crumb { "Shared text" }
        h1 { (headline(view)) }
        p.facts {
            span { b { (format!("{:.0} %", edge.share * 100.0)) } " of the copy's words" }
            span { "direction by " b { (edge.direction) } }
            span { (parts::count(edge.passages.len() as u32, "passage", "passages")) }
        }
        ul.reasons { @for reason in &edge.evidence { li { (reason) } } }
        @if !view.changes.is_empty() {
            div.chips aria-label="What changed in copied text" { @for kind in &view.changes { span.badge.conflict { (change_word(kind)) } } }
        }
        div.compare {
            (head(&view.from, if edge.unseen_parent.is_some() || edge.direction == "unknown" { "One" } else { "Original" }))
            (head(&view.to, if edge.unseen_parent.is_some() || edge.direction == "unknown" { "Other" } else { "Copy" }))
            (rows(view))
        }
        p.soft.small { "On a tinted ground: copied text; underlined words are only in the right column, struck words only in the left. Soft: text of one report alone." }
    }
}

/// A change in copied text, in words.
fn change_word(kind: &str) -> &str {
    match kind {
        "number" => "number changed",
        "date" => "date changed",
        kind => parts::conflict_word(kind),
    }
}

fn headline(view: &Comparison) -> String {
    let (from, to) = (outlet(&view.from), outlet(&view.to));
    match &view.edge.unseen_parent {
        Some(parent) => format!("{to} and {from} both print {parent}"),
        None if view.edge.direction == "unknown" => format!("{to} and {from} share text"),
        None => format!("{to} copied {from}"),
    }
}

fn outlet(report: &RecordedReport) -> &str {
    if report.report.outlet.is_empty() { "An unknown outlet" } else { &report.report.outlet }
}

fn head(report: &RecordedReport, role: &str) -> Markup {
    html! {
        div.head {
            p.crumb { (role) ": " (outlet(report)) ", " (parts::date(report.report.published.as_deref(), true)) }
            h2 { a href=(links::report(&report.report.id)) { (report.report.title) } }
        }
    }
}

fn rows(view: &Comparison) -> Markup {
    let from = Characters::of(&view.from.report.text, 0);
    let to = Characters::of(&view.to.report.text, 0);
    let mut pairs: Vec<&AlignedRow> = view.edge.passages.iter().collect();
    pairs.sort_by_key(|pair| (pair.to.start, pair.from.start));
    let (mut at_from, mut at_to) = (0, 0);
    let mut shown: Vec<Markup> = Vec::new();
    let (from_blocks, to_blocks) = (&view.from.report.blocks, &view.to.report.blocks);
    for pair in &pairs {
        let left = story(&from, from_blocks, at_from, pair.from.start);
        shown.push(alone(&left, &story(&to, to_blocks, at_to, pair.to.start)));
        shown.push(shared(&view.from.report.id, &view.to.report.id, pair));
        at_from = at_from.max(pair.from.end);
        at_to = at_to.max(pair.to.end);
    }
    shown.push(alone(&story(&from, from_blocks, at_from, from.end()), &story(&to, to_blocks, at_to, to.end())));
    html! { @for row in shown { (row) } }
}

/// The story between two places, without captions and furniture, and without the stop of a sentence that was copied.
fn story(text: &Characters, blocks: &[BlockRow], start: u32, end: u32) -> String {
    let story = blocks.iter().filter(|block| !matches!(block.kind.as_str(), "caption" | "furniture" | "byline"));
    let parts = story.map(|block| text.slice(block.start.max(start), block.end.min(end).max(block.start.max(start))));
    let joined = parts.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(" ");
    joined.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';')).to_owned()
}

/// Text that only one of both has.
fn alone(left: &str, right: &str) -> Markup {
    if left.trim().is_empty() && right.trim().is_empty() {
        return html! {};
    }
    let cell = |text: &str| match text.trim() {
        "" => html! { p.gap { "–" } },
        text => html! { p.own { (shortened(text)) } },
    };
    html! { div.pair { (cell(left)) (cell(right)) } }
}

/// Long text of one side, cut to its beginning and end: the page is about what is shared.
fn shortened(text: &str) -> String {
    const WORDS_MAX: usize = 70;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= WORDS_MAX {
        return words.join(" ");
    }
    format!("{} […] {}", words[..WORDS_MAX / 2].join(" "), words[words.len() - WORDS_MAX / 2..].join(" "))
}

fn shared(from: &str, to: &str, pair: &AlignedRow) -> Markup {
    let lost = differ(&pair.to.exact, &pair.from.exact);
    let new = differ(&pair.from.exact, &pair.to.exact);
    html! {
        div.pair {
            p.same { @for (same, words) in lost { @if same { (words) } @else { del { (words) } } }
                " " a.small href=(links::passage(from, pair.from.start, pair.from.end)) { "passage" } }
            p.same { @for (same, words) in new { @if same { (words) } @else { ins { (words) } } }
                " " a.small href=(links::passage(to, pair.to.start, pair.to.end)) { "passage" } }
        }
    }
}
