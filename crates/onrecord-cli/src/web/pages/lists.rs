//! Lists: stories, reports, people.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::StoryRow;
use onrecord::views::{EntityHead, ReportHead};

/// All stories.
pub fn stories(stories: &[StoryRow]) -> Markup {
    html! {
        h1 { "Stories" }
        @if stories.is_empty() { p.nothing { "No two reports tell one story." } }
        @else {
            div.scroll {
                table {
                    thead { tr { th { "Story" } th { "From" } th { "To" } th.number { "Reports" } th { "" } } }
                    tbody {
                        @for story in stories {
                            tr data-line=(story.id) {
                                td { a href=(links::story(&story.id)) { (story.title) } }
                                td.date { (parts::date(story.from.as_deref(), false)) }
                                td.date { (parts::date(story.to.as_deref(), false)) }
                                td.number { (story.reports.len()) }
                                td { a href=(links::query("/", &[("story", &story.id)])) { "desk" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Reports, a line each.
pub fn reports(reports: &[ReportHead], heading: &str) -> Markup {
    html! {
        h1 { (heading) }
        p.lede { (parts::count(reports.len() as u32, "report", "reports")) }
        (report_table(reports))
    }
}

/// Reports as a table.
pub fn report_table(reports: &[ReportHead]) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Published" } th { "Outlet" } th { "Report" } th { "By" } th.number { "Utterances" } th.number { "Copied" } } }
                tbody {
                    @for report in reports {
                        tr data-line=(report.id) {
                            td.date { (parts::date(report.published.as_deref(), true)) }
                            td { (report.outlet) }
                            td { a href=(links::report(&report.id)) { (report.title) @if report.title.is_empty() { "(no headline)" } } }
                            td { (report.authors.join(", ")) @if !report.credit.is_empty() { " (" (report.credit) ")" } }
                            td.number { (report.utterances) }
                            td.number { @if report.copied_share > 0.0 { (format!("{:.0} %", report.copied_share * 100.0)) } @else { "–" } }
                        }
                    }
                }
            }
        }
    }
}

/// People and organisations, those who say most first.
pub fn people(people: &[EntityHead]) -> Markup {
    html! {
        h1 { "People and organisations" }
        p.lede { "Those who say most come first." }
        (cast(people))
    }
}

/// Names with roles and counts.
pub fn cast(people: &[EntityHead]) -> Markup {
    html! {
        ul.cast {
            @for person in people {
                li data-line=(person.id) {
                    a.name href=(links::person(&person.id)) { (person.name) }
                    @if person.kind != "person" { " " span.badge { (person.kind) } }
                    @if !person.roles.is_empty() { div.small { (person.roles.iter().take(3).cloned().collect::<Vec<_>>().join(" · ")) } }
                    div.small.soft { (parts::count(person.utterances, "utterance", "utterances")) " · " (parts::count(person.reports, "report", "reports")) }
                }
            }
        }
    }
}
