//! A statement: its wordings, the chain back to each origin, why that many origins, and what speaks against it.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::RootRow;
use onrecord::views::{Citation, ConflictView, StatementView, Wording};

/// The page.
pub fn page(view: &StatementView) -> Markup {
    html! {
        div.measure {
            p.crumb { "Statement" }
            h1 { (view.statement.gist) }
            p.facts {
                (parts::origin_bar(view.origins.min, view.origins.max))
                span { "in " (parts::count(view.statement.reports, "report", "reports")) }
                @if let Some(first) = &view.statement.first_reported { span { "first reported " (parts::spelled(first, false)) } }
            }
        }
        section.measure {
            h2 { "Why " (why(view)) }
            (reasons(view))
        }
        section {
            h2 { "The origins, and the way from each to the page" }
            @for (n, root) in view.origins.roots.iter().enumerate() { (origin(view, root, n as u32)) }
            (loose(view))
        }
        @if !view.conflicts.is_empty() {
            section { h2 { "What does not agree" } @for conflict in &view.conflicts { (against(conflict)) } }
        }
        section { h2 { "All wordings" } (wordings(view)) }
        @if let Some(first) = view.wordings.first() {
            section.measure {
                h2 { "To cite" }
                @let footnote = parts::citation(&first.citation);
                div.foot-note { p { (footnote) } button type="button" data-copy=(footnote) hidden { "Copy" } }
            }
        }
    }
}

/// The same, small enough for the evidence pane.
pub fn evidence(view: &StatementView) -> Markup {
    html! {
        h2 { "Evidence" }
        p.gist { a href=(links::statement(&view.statement.id)) { (view.statement.gist) } }
        p { (parts::origin_bar(view.origins.min, view.origins.max)) " " span.soft { "in " (parts::count(view.statement.reports, "report", "reports")) } }
        h3 { "Why " (why(view)) }
        (reasons(view))
        @if !view.conflicts.is_empty() {
            h3 { "What does not agree" }
            @for conflict in view.conflicts.iter().take(3) {
                p { span.badge.conflict { (parts::conflict_word(&conflict.kind)) } }
                (parts::passage(&conflict.earlier)) (parts::passage(&conflict.later))
            }
        }
        h3 { "Wordings" }
        @for wording in view.wordings.iter().take(8) {
            div.passage {
                q { (wording.words()) }
                (way(wording, None))
                (parts::whereabouts(&wording.citation))
            }
        }
        @if view.wordings.len() > 8 { p { a href=(links::statement(&view.statement.id)) { "All " (view.wordings.len()) " wordings" } } }
    }
}

/// "2 and not 14", "1 to 2 and not 6", "1".
fn why(view: &StatementView) -> String {
    let range = parts::range(view.origins.min, view.origins.max);
    if view.statement.reports > view.origins.max {
        format!("{range} and not {}", view.statement.reports)
    } else {
        range
    }
}

fn reasons(view: &StatementView) -> Markup {
    html! { ul.reasons { @for reason in &view.origins.reasons { li { (reason) } } } }
}

fn origin(view: &StatementView, root: &RootRow, place: u32) -> Markup {
    let certain = place < view.origins.min;
    html! {
        h3 { (if certain { "■ " } else { "□ " }) (root.name) " " (parts::badge(&root.kind)) " "
            span.soft.small { (if certain { "certain" } else { "possible: may be the same as another" }) } }
        @for (wording, parent) in with_parents(view).filter(|(w, _)| root.utterances.contains(&w.id)) { (step(wording, parent)) }
    }
}

/// Each wording with the words it was copied from.
fn with_parents(view: &StatementView) -> impl Iterator<Item = (&Wording, Option<&Citation>)> {
    view.wordings.iter().zip(view.copied_from.iter().map(Option::as_ref))
}

/// Wordings that lead to no origin with a name.
fn loose(view: &StatementView) -> Markup {
    let held = |wording: &Wording| view.origins.roots.iter().any(|root| root.utterances.contains(&wording.id));
    let loose: Vec<(&Wording, Option<&Citation>)> = with_parents(view).filter(|(wording, _)| !held(wording)).collect();
    html! {
        @if !loose.is_empty() {
            h3 { "No origin named, or repeated from the above" }
            @for (wording, parent) in loose { (step(wording, parent)) }
        }
    }
}

fn step(wording: &Wording, parent: Option<&Citation>) -> Markup {
    html! {
        div.passage {
            q { (wording.words()) }
            (way(wording, parent))
            (parts::whereabouts(&wording.citation))
            @if let Some(parent) = parent { span.place { "Copied text; it stands in " (parts::whereabouts(parent)) } }
        }
    }
}

/// The voices from the origin to the page.
fn way(wording: &Wording, parent: Option<&Citation>) -> Markup {
    let mut voices = wording.way();
    if let Some(parent) = parent.filter(|parent| !voices.contains(&parent.outlet)) {
        voices.insert(voices.len().saturating_sub(1), parent.outlet.clone());
    }
    html! {
        ol.chain aria-label="From the origin to the page" {
            @for (n, voice) in voices.iter().enumerate() {
                li { @if n == 0 { (voice) " " (parts::basis(wording)) } @else { (voice) } }
            }
        }
    }
}

fn against(conflict: &ConflictView) -> Markup {
    html! {
        div.measure {
            p {
                span.badge.conflict { (parts::conflict_word(&conflict.kind)) } " "
                @match &conflict.with_gist {
                    None => "between two wordings of this statement",
                    Some(gist) => { "with " a href=(links::statement(&conflict.with)) { (gist) } }
                }
            }
            div.compare { div { (parts::passage(&conflict.earlier)) } div { (parts::passage(&conflict.later)) } }
        }
    }
}

fn wordings(view: &StatementView) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Reported" } th { "Outlet" } th { "Wording" } th { "On whose word" } th { "Passage" } } }
                tbody {
                    @for (wording, parent) in with_parents(view) {
                        tr data-line=(wording.id) data-cite=(parts::citation(&wording.citation)) {
                            td.date { (parts::date(wording.citation.published.as_deref(), true)) }
                            td { (wording.citation.outlet) }
                            td.words { (aligned(&view.statement.gist, &wording.words())) }
                            td { (parts::speaker(wording)) " " (parts::basis(wording)) }
                            td { a href=(links::citation(&wording.citation)) { "open" }
                                @if let Some(parent) = parent { " " span.soft { "copied from " (parent.outlet) } } }
                        }
                    }
                }
            }
        }
        p.soft.small { "Underlined words are not in the wording at the head of this page." }
    }
}

/// A wording with the words underlined that the gist does not have.
fn aligned(gist: &str, words: &str) -> Markup {
    let pieces = crate::web::differ::differ(gist, words);
    html! { @for (same, piece) in pieces { @if same { (piece) } @else { ins { (piece) } } } }
}
