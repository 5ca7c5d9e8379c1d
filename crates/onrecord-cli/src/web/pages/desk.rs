//! The desk: the numbers, the ledger of statements, filters on the left, evidence on the right.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::StoryRow;
use onrecord::views::{Counts, Facet, Filter, Ledger, Order};

/// What the desk shows.
pub struct DeskPage<'a> {
    /// The numbers of the record, or of the story it is narrowed to.
    pub counts: &'a Counts,
    /// All stories.
    pub stories: &'a [StoryRow],
    /// The statements.
    pub ledger: &'a Ledger,
    /// Id of the statement whose evidence is open, and the evidence.
    pub open: Option<(&'a str, Markup)>,
}

/// The page.
pub fn page(desk: &DeskPage) -> Markup {
    let story = desk.ledger.filter.story.as_deref().unwrap_or("");
    let open = desk.open.as_ref();
    html! {
        h1.visually-hidden { "Desk" }
        @if let Some(story) = desk.stories.iter().find(|s| s.id == story) {
            p.crumb { "Desk of the story: " a href=(links::story(&story.id)) { (story.title) } " · " a href="/" { "all stories" } }
        }
        (parts::funnel(desk.counts, &links::query("/reports", &[("story", story)]),
            &links::query("/reports", &[("story", story), ("texts", "1")]), "#ledger"))
        p.lede { (explained(desk.counts)) }
        div.desk {
            (filters(desk))
            div #ledger {
                h2 { (parts::count(desk.ledger.total, "statement", "statements"))
                    @if desk.ledger.total as usize > desk.ledger.lines.len() { ", the first " (desk.ledger.lines.len()) }
                    a.only-narrow href="#filters" { " · filters" } }
                @if desk.ledger.lines.is_empty() { (nothing(&desk.ledger.filter)) }
                @else { (parts::ledger(&desk.ledger.lines, open.map(|(id, _)| *id))) }
            }
            aside #evidence.evidence.open[open.is_some()] tabindex="-1" aria-label="Evidence" aria-live="polite" {
                @match open { Some((_, evidence)) => (evidence), None => (hint()) }
            }
        }
    }
}

fn explained(numbers: &Counts) -> String {
    let copies = match numbers.reports.saturating_sub(numbers.texts) {
        0 => "No report is in the main a copy of another.".to_owned(),
        1 => "One report is in the main a copy of another, or of a text that is not here.".to_owned(),
        n => format!("{n} reports are in the main copies of others, or of texts that are not here."),
    };
    let (min, max) = (numbers.origins_min, numbers.origins_max);
    let origins = if min == max {
        format!("What stands in more than one report rests on {}.", parts::count(min, "origin", "origins"))
    } else {
        format!("What stands in more than one report rests on at least {min} and at most {max} different origins.")
    };
    format!("{copies} {origins}")
}

fn nothing(filter: &Filter) -> Markup {
    html! {
        p.nothing {
            "No statement fits. "
            @if !filter.single { "Statements of one report alone are not shown: tick “in one report only”. " }
            a href="/" { "Take all filters off" } "."
        }
    }
}

fn hint() -> Markup {
    html! {
        h2 { "Evidence" }
        p { "Choose a statement to see the wordings, the chain back to each origin, and why that many." }
        dl.keys {
            div { dt { kbd { "j" } " " kbd { "k" } } dd { "next, previous statement" } }
            div { dt { kbd { "Enter" } } dd { "its evidence, here" } }
            div { dt { kbd { "o" } } dd { "its own page" } }
            div { dt { kbd { "c" } } dd { "copy a citation" } }
            div { dt { kbd { "/" } } dd { "search" } }
        }
        p.soft.small { "In the bar of origins a filled square is certain and a hollow one possible. Two reports need not mean two sources." }
    }
}

fn filters(desk: &DeskPage) -> Markup {
    let filter = &desk.ledger.filter;
    html! {
        form #filters.filters action="/" method="get" data-auto="" aria-label="Filters" {
            @if desk.stories.len() > 1 {
                fieldset {
                    legend { label for="story" { "Story" } }
                    select #story name="story" {
                        option value="" { "All stories" }
                        @for story in desk.stories {
                            option value=(story.id) selected[filter.story.as_deref() == Some(story.id.as_str())] { (story.title) " (" (story.reports.len()) ")" }
                        }
                    }
                }
            }
            fieldset {
                legend { "On whose word" }
                @for facet in &desk.ledger.bases { (tick("basis", facet, filter.bases.contains(&facet.value))) }
            }
            fieldset {
                legend { "State" }
                label { input type="checkbox" name="disputed" value="1" checked[filter.disputed]; span { "disputed or changed" } }
                label { input type="checkbox" name="single" value="1" checked[filter.single]; span { "in one report only, too" } }
            }
            @if desk.ledger.outlets.len() > 1 {
                fieldset {
                    legend { label for="outlet" { "Outlet" } }
                    select #outlet name="outlet" {
                        option value="" { "All outlets" }
                        @for facet in &desk.ledger.outlets {
                            option value=(facet.value) selected[filter.outlet.as_ref() == Some(&facet.value)] { (facet.value) " (" (facet.statements) ")" }
                        }
                    }
                }
            }
            fieldset {
                legend { label for="order" { "Order" } }
                select #order name="order" {
                    @for (order, value, name) in ORDERS { option value=(value) selected[filter.order == order] { (name) } }
                }
            }
            p { button data-submit="" { "Apply" } " " a.small href="/" { "Take all off" } }
        }
    }
}

/// Orders with their name in the address and on the page.
pub const ORDERS: [(Order, &str, &str); 4] = [
    (Order::Origins, "origins", "Most origins"),
    (Order::Reports, "reports", "Most reports"),
    (Order::Newest, "newest", "Newest"),
    (Order::Oldest, "oldest", "Oldest"),
];

fn tick(name: &str, facet: &Facet, on: bool) -> Markup {
    html! {
        label {
            input type="checkbox" name=(name) value=(facet.value) checked[on];
            span { (parts::basis_word(&facet.value)) }
            span.number { (facet.statements) }
        }
    }
}
