//! Who is who, by a user's word: what was decided on a person, and forms to decide more. They work with scripts off.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::JudgementRow;
use onrecord::views::{EntityHead, Person};

/// What was decided, and the forms where this server may write the record.
pub fn section(view: &Person, may_judge: bool) -> Markup {
    html! {
        @if may_judge || !view.judgements.is_empty() {
            section #judgements {
                h2 { "Who is who" }
                @if !view.judgements.is_empty() { (decided(view, may_judge)) }
                @if may_judge {
                    details {
                        summary { "Correct who this is" }
                        (merge(view)) (split(view)) (name(view))
                    }
                }
            }
        }
    }
}

fn address(view: &Person) -> String {
    format!("{}/judge", links::person(&view.person.id))
}

fn decided(view: &Person, may_judge: bool) -> Markup {
    html! {
        ul.judgements {
            @for judgement in &view.judgements {
                li {
                    (sentence(judgement))
                    " " span.soft {
                        (parts::spelled(&judgement.made, true))
                        @if !judgement.by.is_empty() { ", " (judgement.by) }
                        @if !judgement.why.is_empty() { ": " (judgement.why) }
                        @if let Some(undone) = &judgement.undone { " (taken back " (parts::spelled(undone, true)) ")" }
                    }
                    @if may_judge && judgement.undone.is_none() {
                        " " form.inline method="post" action=(address(view)) {
                            input type="hidden" name="decision" value="undo";
                            input type="hidden" name="judgement" value=(judgement.id);
                            button { "Take back" }
                        }
                    }
                }
            }
        }
    }
}

/// A decision in words, with links to the passages that it names.
fn sentence(judgement: &JudgementRow) -> Markup {
    let place = |passage: &onrecord::rows::PassageRow| {
        html! { a href=(links::passage(&passage.report, passage.start, passage.end)) { "“" (passage.exact) "”" } }
    };
    html! {
        @match (judgement.kind.as_str(), &judgement.other, &judgement.name) {
            ("same", Some(other), _) => { (place(&judgement.one)) " and " (place(other)) " are one." },
            ("different", Some(other), _) => { (place(other)) " is not " (place(&judgement.one)) "." },
            (_, _, Some(name)) => { (place(&judgement.one)) " is called " (name) "." },
            (kind, ..) => { (kind) },
        }
    }
}

fn why() -> Markup {
    html! { label { "Why " input type="text" name="why" maxlength="400"; } " " label { "Your name " input type="text" name="by" maxlength="80"; } }
}

fn merge(view: &Person) -> Markup {
    html! {
        form.judge method="post" action=(address(view)) {
            input type="hidden" name="decision" value="merge";
            @if view.alike.is_empty() {
                label { "The same as the one with the id " input type="text" name="other" maxlength="16" required; }
            } @else {
                label { "The same as " select name="other" { @for other in &view.alike { option value=(other.id) { (described(other)) } } } }
            }
            " " (why()) " " button { "They are one" }
        }
    }
}

/// A name with what tells it from others.
fn described(other: &EntityHead) -> String {
    let role = other.roles.first().map(|role| format!(", {role}")).unwrap_or_default();
    format!("{}{role} ({} reports, {})", other.name, other.reports, other.id)
}

fn split(view: &Person) -> Markup {
    /// Reports that a form lists.
    const REPORTS_MAX: usize = 200;
    html! {
        @if view.reports.len() > 1 {
            form.judge method="post" action=(address(view)) {
                input type="hidden" name="decision" value="split";
                fieldset {
                    legend { "These reports mean somebody else" }
                    @for report in view.reports.iter().take(REPORTS_MAX) {
                        label.line { input type="checkbox" name="report" value=(report.id); " " (report.title) " " span.soft { (report.outlet) } }
                    }
                }
                (why()) " " button { "Split them off" }
            }
        }
    }
}

fn name(view: &Person) -> Markup {
    html! {
        form.judge method="post" action=(address(view)) {
            input type="hidden" name="decision" value="name";
            label { "Called " input type="text" name="name" value=(view.person.name) maxlength="120" required; }
            " " (why()) " " button { "Call them so" }
        }
    }
}
