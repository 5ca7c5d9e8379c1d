//! A story: its numbers, family tree, days, reports and statements.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::EventWhen;
use onrecord::views::{LedgerLine, StoryView};

/// Passages that the line of an event links.
const PASSAGES_MAX: usize = 4;
/// Events that are listed.
const EVENTS_MAX: usize = 80;

/// The page; `lines` are its statements that stand in more than one report.
pub fn page(view: &StoryView, lines: &[LedgerLine]) -> Markup {
    let id = view.story.id.as_str();
    html! {
        p.crumb { "Story, " (parts::date(view.story.from.as_deref(), false)) " to " (parts::date(view.story.to.as_deref(), false)) }
        h1 { (view.story.title) }
        (parts::funnel(&view.counts, "#reports", "#tree", &links::query("/", &[("story", id)])))
        section #tree {
            h2 { "Family tree" }
            (super::tree::figure(&view.tree, &view.story.title))
        }
        @if !view.events.is_empty() {
            section #days {
                h2 { "What happened when" }
                div.scroll {
                    table {
                        thead { tr { th { "Day" } th { "What" } th { "Stands in" } } }
                        tbody {
                            @for event in view.events.iter().take(EVENTS_MAX) {
                                tr {
                                    td.date { (when(&event.when)) }
                                    td.words { (event.what) }
                                    td { @for (n, passage) in event.passages.iter().take(PASSAGES_MAX).enumerate() { @if n > 0 { ", " } a href=(links::passage(&passage.report, passage.start, passage.end)) { @if n > 0 && event.passages[n - 1].report == passage.report { "again" } @else { (outlet(view, &passage.report)) } } }
                                        @if event.passages.len() > PASSAGES_MAX { " and " (event.passages.len() - PASSAGES_MAX) " more" } }
                                }
                            }
                        }
                    }
                }
            }
        }
        section #reports { h2 { "Reports" } (super::lists::report_table(&view.reports)) }
        section #statements.measure {
            h2 { "Statements" }
            (parts::ledger(lines, None))
            p { a href=(links::query("/", &[("story", id)])) { "All on the desk, with filters" } }
        }
    }
}

/// "8 Oct 2024", "Mar 2024", or two days.
fn when(when: &EventWhen) -> String {
    let whole =
        when.value.len() <= 10 && when.value.starts_with(|c: char| c.is_ascii_digit()) && !when.value.contains('W');
    match (whole, when.from == when.to) {
        (true, _) => parts::spelled(&when.value, false),
        (false, true) => parts::spelled(&when.from, false),
        (false, false) => format!("{} to {}", parts::spelled(&when.from, false), parts::spelled(&when.to, false)),
    }
}

/// The outlet of one of the story's reports.
fn outlet<'a>(view: &'a StoryView, id: &str) -> &'a str {
    let report = view.reports.iter().find(|report| report.id == id);
    report.map(|report| report.outlet.as_str()).filter(|outlet| !outlet.is_empty()).unwrap_or("passage")
}
