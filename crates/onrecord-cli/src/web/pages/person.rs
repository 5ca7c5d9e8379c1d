//! A person (or organisation): roles over time, what they said and to whom.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::views::{Person, Role, Wording};

/// Words of an alias that is shown.
const ALIAS_WORDS_MAX: usize = 4;
/// Aliases that are shown.
const ALIASES_MAX: usize = 8;

/// The page; with forms to correct it where this server may write the record.
pub fn page(view: &Person, may_judge: bool) -> Markup {
    let person = &view.person;
    // Descriptions of many words are mentions, not names; the record keeps them.
    let short = |alias: &&String| alias.split_whitespace().count() <= ALIAS_WORDS_MAX;
    let aliases: Vec<&str> = view.aliases.iter().filter(short).map(String::as_str).take(ALIASES_MAX).collect();
    html! {
        p.crumb { (capital(&person.kind)) }
        h1 { (person.name) }
        p.facts {
            @if !aliases.is_empty() { span { "also: " (aliases.join(", ")) } }
            span { (parts::count(view.said.len() as u32, "utterance", "utterances")) }
            span { (parts::count(view.reports.len() as u32, "report", "reports")) }
        }
        @if !view.kinds.is_empty() { (kinds(view)) }
        @if !view.roles.is_empty() { section { h2 { "Roles" } (roles(view)) } }
        @if !view.said.is_empty() { section { h2 { "What they said" } (said(&view.said)) } }
        @if !view.heard.is_empty() { section { h2 { "What was said to them" } (said(&view.heard)) } }
        section { h2 { "Reports" } (super::lists::report_table(&view.reports)) }
        (super::judging::section(view, may_judge))
    }
}

/// What they are said to do, each with a link to the words that say so.
fn kinds(view: &Person) -> Markup {
    html! {
        @for kind in &view.kinds {
            p.facts { span { (capital(&kind.kind)) " by the words "
                @for (n, citation) in kind.citations.iter().take(4).enumerate() {
                    @if n > 0 { ", " } a href=(links::citation(citation)) { "“" (citation.exact) "”" } } } }
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Roles as bars over the days of the reports, and as a table.
fn roles(view: &Person) -> Markup {
    html! {
        @if let Some(axis) = Axis::of(view) { div.tree.timeline { (bars(view, &axis)) } }
        div.scroll {
            table {
                thead { tr { th { "Role" } th { "Of" } th { "First seen" } th { "Last seen" } th { "Stands in" } } }
                tbody {
                    @for role in &view.roles {
                        tr {
                            td { (role.title) }
                            td { (role.organisation) }
                            td.date { (day(role.from.as_deref())) }
                            td.date { (day(role.to.as_deref())) }
                            td { @for (n, citation) in role.citations.iter().take(4).enumerate() {
                                @if n > 0 { ", " } a href=(links::citation(citation)) { (citation.place()) } } }
                        }
                    }
                }
            }
        }
    }
}

fn day(day: Option<&str>) -> Markup {
    html! { @match day { Some(day) => (parts::spelled(day, false)), None => "–" } }
}

/// The days on which anything is dated, evenly spaced.
struct Axis<'a> {
    days: Vec<&'a str>,
}

impl<'a> Axis<'a> {
    const LEFT: f64 = 190.0;
    const STEP_MAX: f64 = 90.0;

    fn of(view: &'a Person) -> Option<Axis<'a>> {
        let mut days: Vec<&str> =
            view.roles.iter().flat_map(|role| role.from.iter().chain(&role.to)).map(String::as_str).collect();
        days.extend(view.said.iter().filter_map(|w| w.citation.published.as_deref()).map(parts::day));
        days.sort_unstable();
        days.dedup();
        (days.len() > 1).then_some(Axis { days })
    }

    fn step(&self) -> f64 {
        (820.0 / self.days.len() as f64).min(Self::STEP_MAX)
    }

    fn x(&self, day: &str) -> f64 {
        Self::LEFT + self.days.partition_point(|d| *d < day) as f64 * self.step()
    }

    fn width(&self) -> f64 {
        Self::LEFT + self.days.len() as f64 * self.step() + 30.0
    }
}

fn bars(view: &Person, axis: &Axis) -> Markup {
    const ROW: f64 = 26.0;
    let dated: Vec<&Role> = view.roles.iter().filter(|role| role.from.is_some()).collect();
    let height = 56.0 + ROW * dated.len() as f64;
    let bottom = height - 26.0;
    let every = (axis.days.len() / 12) + 1;
    html! {
        svg width=(format!("{:.1}", axis.width())) height=(format!("{height:.1}")) role="img" aria-label="Roles over time; the table below says the same" {
            @for (n, role) in dated.iter().enumerate() {
                @let y = 10.0 + ROW * n as f64;
                @let from = axis.x(role.from.as_deref().unwrap_or(""));
                @let to = axis.x(role.to.as_deref().or(role.from.as_deref()).unwrap_or(""));
                text x="12" y=(format!("{:.1}", y + 13.0)) { (role.title.chars().take(26).collect::<String>()) }
                rect.role x=(format!("{:.1}", from - 5.0)) y=(format!("{y:.1}")) width=(format!("{:.1}", to - from + 10.0)) height="17" rx="2" {}
            }
            @for wording in &view.said {
                @if let Some(published) = &wording.citation.published {
                    @let x = axis.x(parts::day(published));
                    line.tick x1=(format!("{x:.1}")) x2=(format!("{x:.1}")) y1=(format!("{:.1}", bottom - 12.0)) y2=(format!("{bottom:.1}")) {}
                }
            }
            text x="12" y=(format!("{:.1}", bottom - 2.0)) { "said something" }
            line.axis x1=(format!("{:.1}", Axis::LEFT - 12.0)) x2=(format!("{:.1}", axis.width() - 12.0)) y1=(format!("{bottom:.1}")) y2=(format!("{bottom:.1}")) {}
            @for (n, day) in axis.days.iter().enumerate() {
                @if n % every == 0 { text.day-name x=(format!("{:.1}", axis.x(day) - 10.0)) y=(format!("{:.1}", height - 9.0)) { (parts::spelled(day, false)) } }
            }
        }
    }
}

fn said(wordings: &[Wording]) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr { th { "Reported" } th { "Words" } th { "By" } th { "To" } th { "Carried by" } th { "Passage" } } }
                tbody {
                    @for wording in wordings {
                        tr data-line=(wording.id) data-cite=(parts::citation(&wording.citation)) {
                            td.date { (parts::date(wording.citation.published.as_deref(), false)) }
                            td { q { (wording.words()) } " " (parts::basis(wording))
                                @if let Some(statement) = &wording.statement { " " a.small href=(links::statement(statement)) { "statement" } } }
                            td { (parts::speaker(wording)) " " span.soft { (super::report::stance_word(&wording.stance)) } }
                            td { @if let Some(to) = &wording.addressee { (to.name) } @else { "–" } }
                            td { @if wording.via.is_empty() { "–" } @else { (wording.via.iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join(", then ")) } }
                            td { a href=(links::citation(&wording.citation)) { (wording.citation.outlet) @if wording.citation.outlet.is_empty() { "open" } } }
                        }
                    }
                }
            }
        }
    }
}
