//! A report: its text with marks, and beside each paragraph who says what in it.

use crate::web::marks::{Line, Marks, Numbers, lines};
use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::rows::StoryRow;
use onrecord::views::{CopyView, ReportView, StatementHead, Wording};
use std::collections::BTreeMap;

/// The class of a basis.
pub fn basis_class(basis: &str) -> &str {
    match basis {
        "named" | "organisation" | "anonymous" | "document" | "outlet" => basis,
        _ => "plain",
    }
}

/// The page. `here` is the passage that was asked for.
pub fn page(view: &ReportView, story: Option<&StoryRow>, here: Option<(u32, u32)>) -> Markup {
    html! {
        (head(view, story))
        (article(view, here))
        (copies(view))
        @if !view.notes.is_empty() {
            section {
                h2 { "Notes" }
                ul.reasons { @for note in &view.notes { li { (note.note) } } }
            }
        }
    }
}

fn head(view: &ReportView, story: Option<&StoryRow>) -> Markup {
    let report = &view.report;
    html! {
        div.report-head {
            @if let Some(story) = story { p.crumb { "Story: " a href=(links::story(&story.id)) { (story.title) } } }
            @if !view.paragraphs.iter().any(|block| block.kind == "title") {
                h1 { (report.title) @if report.title.is_empty() { (report.name) } }
            }
            p.facts {
                strong { (report.outlet) @if report.outlet.is_empty() { "Unknown outlet" } }
                (parts::date(report.published.as_deref(), true))
                @if !report.authors.is_empty() { span { "By " (report.authors.join(", ")) } }
                @if !report.credit.is_empty() { span { "Credit: " (report.credit) } }
                @if report.copied_share >= 0.005 { span { (percent(report.copied_share)) " copied" } }
                span { (parts::count(report.utterances, "utterance", "utterances"))
                    @if report.anonymous > 0 { ", " (report.anonymous) " unnamed" } }
            }
            p.facts.small {
                @if report.url.starts_with("https://") || report.url.starts_with("http://") {
                    a.wrap-anywhere href=(report.url) rel="noreferrer external" { (report.url) }
                }
                span.wrap-anywhere { "File: " (report.file) }
                @if let Some(earlier) = &report.version_of { a href=(links::report(earlier)) { "Earlier version of this page" } }
                @for later in &view.later_versions { a href=(links::report(&later.id)) { "Later version, " (parts::date(later.published.as_deref(), true)) } }
            }
            (legend())
        }
    }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn legend() -> Markup {
    html! {
        p.legend aria-label="How to read the marks" {
            span { span.src { "who is credited" } }
            span { span.cue { "the words that credit" } }
            @for basis in ["named", "organisation", "anonymous", "document", "outlet"] {
                span { span.u.(basis) { (parts::basis_word(basis)) } }
            }
            span { span.via { "carrier" } }
            span { span.copied { "shared with another report" } }
        }
    }
}

fn article(view: &ReportView, here: Option<(u32, u32)>) -> Markup {
    let copied = copied_passages(view);
    let numbers = Numbers::of_all(&view.utterances);
    let mut marks = Marks::of(&view.utterances, &copied, here);
    let statements = view.statements.iter().map(|head| (head.id.as_str(), head)).collect();
    let said =
        Said { utterances: &view.utterances, by_start: by_start(&view.utterances), numbers: &numbers, statements };
    let mut shown: Vec<Markup> = Vec::new();
    let mut aside: Vec<Markup> = Vec::new();
    let mut aside_open = false;
    for line in lines(&view.paragraphs) {
        let texts: Vec<Markup> = line.blocks.iter().map(|block| marks.block(block, &numbers)).collect();
        let text = html! { @for (n, text) in texts.iter().enumerate() { @if n > 0 { " " } (text) } };
        if line.is_aside() {
            aside_open |= here.is_some_and(|(start, end)| start < line.end() && line.start() < end);
            aside.push(html! { div.para.aside { p.text { (text) } } });
        } else {
            flush(&mut shown, &mut aside, &mut aside_open);
            shown.push(html! {
                div.para.(line.kind) {
                    @if line.kind == "title" { h1.text { (text) } } @else { p.text { (text) } }
                    (said.beside(&line))
                }
            });
        }
    }
    flush(&mut shown, &mut aside, &mut aside_open);
    html! { article.article lang=(view.language) { @for part in shown { (part) } } }
}

/// Folds the furniture met so far into one line that opens.
fn flush(shown: &mut Vec<Markup>, aside: &mut Vec<Markup>, open: &mut bool) {
    if aside.is_empty() {
        return;
    }
    let count = aside.len() as u32;
    shown.push(html! {
        details.set-aside open[*open] {
            summary { "Set aside as not the story: " (parts::count(count, "piece", "pieces")) " of the page (captions, prompts, menus)" }
            @for part in aside.drain(..) { (part) }
        }
    });
    *open = false;
}

/// The passages of this report that stand in another one too.
fn copied_passages(view: &ReportView) -> Vec<(u32, u32)> {
    view.copies.iter().flat_map(|copy| &copy.passages).map(|(here, _)| (here.start, here.end)).collect()
}

fn by_start(utterances: &[Wording]) -> Vec<(u32, usize)> {
    let first = |(ix, u): (usize, &Wording)| u.content.first().map(|part| (part.start, ix));
    let mut starts: Vec<(u32, usize)> = utterances.iter().enumerate().filter_map(first).collect();
    starts.sort_unstable();
    starts
}

/// What stands in the margin.
struct Said<'a> {
    utterances: &'a [Wording],
    /// Where each content starts, in order, with the index of its utterance.
    by_start: Vec<(u32, usize)>,
    numbers: &'a Numbers,
    statements: BTreeMap<&'a str, &'a StatementHead>,
}

impl Said<'_> {
    /// The utterances whose content starts in this line.
    fn beside(&self, line: &Line) -> Markup {
        let from = self.by_start.partition_point(|&(start, _)| start < line.start());
        let here = self.by_start[from..].iter().take_while(|(start, _)| *start < line.end()).map(|&(_, ix)| ix);
        let worth = |ix: &usize| self.numbers.of(*ix).is_some() || self.statements.contains_key(self.statement(*ix));
        html! { ul.margin { @for ix in here.filter(worth) { (self.note(ix)) } } }
    }

    fn statement(&self, ix: usize) -> &str {
        self.utterances[ix].statement.as_deref().unwrap_or("")
    }

    fn note(&self, ix: usize) -> Markup {
        let utterance = &self.utterances[ix];
        html! {
            li id={ "n-" (utterance.id) } .inner[utterance.within.is_some()] data-line=(utterance.id) data-cite=(parts::citation(&utterance.citation)) {
                @if let Some(number) = self.numbers.of(ix) { span.number.soft { (number) " " } }
                span.speaker { (parts::speaker(utterance)) } " "
                @if utterance.basis != "own-voice" { span.soft { (stance_word(&utterance.stance)) " " } }
                (parts::basis(utterance))
                " " a href=(links::citation(&utterance.citation)) aria-label={ "Show exactly this passage" @if let Some(n) = self.numbers.of(ix) { " (" (n) ")" } } { "passage" }
                (details(utterance))
                @if let Some(head) = self.statements.get(self.statement(ix)).filter(|head| head.reports > 1 || head.origins_max > 1) {
                    div { a href=(links::statement(&head.id)) { "in " (parts::count(head.reports, "report", "reports")) } " · "
                        (parts::origin_bar(head.origins_min, head.origins_max)) }
                }
            }
        }
    }
}

/// What is known of an utterance beyond its speaker.
fn details(utterance: &Wording) -> Markup {
    let described = utterance.anonymity.as_ref();
    // What the speaker is called already is not said twice.
    let name = utterance.speaker.as_ref().map(|speaker| speaker.name.as_str());
    let named_so = described.is_some_and(|anonymity| name == Some(anonymity.described_as.as_str()));
    html! {
        dl {
            @if let Some(addressee) = &utterance.addressee { dt { "to" } dd { (named(addressee)) } }
            @if !utterance.via.is_empty() {
                dt { "via" }
                dd { @for (n, carrier) in utterance.via.iter().enumerate() { @if n > 0 { ", then " } (named(carrier)) } }
            }
            @if let Some(anonymity) = described {
                dt { "unnamed" }
                dd {
                    @if !named_so { (anonymity.described_as) "; " }
                    @match &anonymity.reason { Some(reason) => { "reason given: " q { (reason) } } None => "no reason given" }
                }
            }
            @if let Some(said) = &utterance.said { dt { "said" } dd { (parts::spelled(said, true)) } }
        }
    }
}

fn named(row: &onrecord::rows::NamedRow) -> Markup {
    match &row.entity {
        Some(entity) => html! { a href=(links::person(entity)) { (row.name) } },
        None => html! { (row.name) },
    }
}

/// What the speaker does, as a verb after the name.
pub fn stance_word(stance: &str) -> &str {
    match stance {
        "asserts" => "says",
        "declines" => "declines to comment",
        other => other,
    }
}

fn copies(view: &ReportView) -> Markup {
    if view.copies.is_empty() {
        return html! {};
    }
    html! {
        section {
            h2 { "Shared text" }
            div.scroll {
                table {
                    thead { tr { th { "Report" } th { "Relation" } th.number { "Share of the copy" } th { "Why" } th { "" } } }
                    tbody {
                        @for copy in &view.copies {
                            tr {
                                td { (parts::report_link(&copy.other)) }
                                td { (relation(copy)) }
                                td.number { (percent(copy.share)) }
                                td { (copy.evidence.join("; ")) }
                                td { a href=(links::compare(&view.report.id, &copy.other.id)) { "side by side" } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn relation(copy: &CopyView) -> Markup {
    html! {
        @if let Some(parent) = &copy.unseen_parent { "both from " (parent) }
        @else if copy.direction == "unknown" { "shares text; who copied is not known" }
        @else if copy.copied_from { "this was copied from it" }
        @else { "it was copied from this" }
    }
}
