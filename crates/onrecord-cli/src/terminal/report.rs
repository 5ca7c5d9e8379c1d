//! A report and a person as text.

use super::page::{FAINT, PLAIN, Page, SAID, STRONG, WARN, column, count, day, days, outlet};
use super::statement::wording;
use onrecord::views::{Person, ReportView};

/// A report: its text, then who said what.
pub fn report(view: &ReportView) -> String {
    let mut page = Page::default();
    let head = &view.report;
    page.title(if head.title.is_empty() { &head.name } else { &head.title });
    let mut about = vec![outlet(&head.outlet).to_owned(), day(head.published.as_deref()).trim_end().to_owned()];
    about.extend(head.authors.iter().cloned());
    if !head.credit.is_empty() {
        about.push(format!("credited to {}", head.credit));
    }
    about.push(head.file.clone());
    page.line(&[(FAINT, &about.join(" · "))]);
    for copy in &view.copies {
        let what = if copy.copied_from { "copied from" } else { "shares text with" };
        let words = format!("{:.0} % {what} {} ({})", copy.share * 100.0, outlet(&copy.other.outlet), copy.other.id);
        page.line(&[(WARN, &words)]);
    }
    for paragraph in view.paragraphs.iter().filter(|paragraph| is_story(&paragraph.kind)) {
        let text: String = paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect();
        page.gap().wrapped("", PLAIN, &text);
    }
    page.heading("Who said what");
    for one in view.utterances.iter().filter(|one| one.basis != "own-voice") {
        wording(&mut page, one);
    }
    if !view.statements.is_empty() {
        page.heading("Statements that stand elsewhere too");
        for statement in &view.statements {
            page.wrapped("", PLAIN, &statement.gist);
            page.line(&[(FAINT, &format!("  {} · {}", count(statement.reports, "report"), statement.id))]);
        }
    }
    if !view.notes.is_empty() {
        page.heading("Left out");
        view.notes.iter().for_each(|note| {
            page.wrapped("  ", FAINT, &note.note);
        });
    }
    page.finish()
}

/// Whether a block is part of the story as a reader sees it.
fn is_story(kind: &str) -> bool {
    matches!(kind, "standfirst" | "dateline" | "body" | "list")
}

/// A person: names, roles, what they said and heard.
pub fn person(view: &Person) -> String {
    let mut page = Page::default();
    page.title(&view.person.name);
    page.line(&[(FAINT, &view.person.kind)]);
    for kind in &view.kinds {
        let words = kind.citations.first().map_or("", |citation| &citation.exact);
        page.line(&[(FAINT, &format!("{} by the words “{words}”", kind.kind))]);
    }
    if !view.aliases.is_empty() {
        page.line(&[(FAINT, "also "), (PLAIN, &view.aliases.join(", "))]);
    }
    if !view.roles.is_empty() {
        page.heading("Roles");
        for role in &view.roles {
            let of = if role.organisation.is_empty() { String::new() } else { format!(", {}", role.organisation) };
            let when = days(role.from.as_deref(), role.to.as_deref());
            page.line(&[(STRONG, &column(&format!("{}{of}", role.title), 44)), (FAINT, &when)]);
        }
    }
    if !view.said.is_empty() {
        page.heading("Said");
        view.said.iter().for_each(|one| wording(&mut page, one));
    }
    if !view.heard.is_empty() {
        page.heading("Was told");
        view.heard.iter().for_each(|one| wording(&mut page, one));
    }
    page.heading("Reports");
    for report in &view.reports {
        let title = if report.title.is_empty() { &report.name } else { &report.title };
        page.line(&[
            (FAINT, &format!("{}  ", day(report.published.as_deref()))),
            (PLAIN, &column(outlet(&report.outlet), 22)),
            (SAID, title),
            (FAINT, &format!("  {}", report.id)),
        ]);
    }
    page.finish()
}
