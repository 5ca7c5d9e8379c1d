//! The desk, a story and what a search found, as text.

use super::page::{
    FAINT, PLAIN, Page, SAID, STRONG, WARN, column, count, day, days, one_line, origin_bar, outlet, range,
};
use onrecord::views::{Counts, Desk, EntityHead, ReportHead, Search, StatementHead, StoryView};

/// Lines of a list on the desk.
const LINES_MAX: usize = 20;

/// The desk of a record.
pub fn desk(desk: &Desk) -> String {
    let mut page = Page::default();
    let counts = &desk.counts;
    page.title(&counts.line());
    page.line(&[(FAINT, &totals(counts))]);
    if !desk.stories.is_empty() {
        page.heading("Stories");
        for story in desk.stories.iter().take(LINES_MAX) {
            let size = column(&count(story.reports.len() as u32, "report"), 12);
            let when = days(story.from.as_deref(), story.to.as_deref());
            page.line(&[(PLAIN, &size), (STRONG, &story.title), (FAINT, &format!("  {when}  {}", story.id))]);
        }
        more(&mut page, desk.stories.len(), counts.stories as usize, "story");
    }
    statements(&mut page, &desk.statements, counts.statements);
    people(&mut page, &desk.people, counts.people);
    if !desk.outlets.is_empty() {
        page.heading("Outlets");
        for one in desk.outlets.iter().take(LINES_MAX) {
            let words = format!(
                "{}{}{} named, {} unnamed of {}",
                column(outlet(&one.outlet), 28),
                column(&format!("{}, {} copied", count(one.reports, "report"), one.copied), 24),
                one.named,
                one.anonymous,
                count(one.utterances, "utterance"),
            );
            page.line(&[(PLAIN, &words)]);
        }
        more(&mut page, desk.outlets.len(), desk.outlets.len(), "outlet");
    }
    reports(&mut page, &desk.reports, counts.reports);
    if !desk.notes.is_empty() {
        page.heading("Left out");
        for note in desk.notes.iter().take(LINES_MAX) {
            page.line(&[(PLAIN, &column(&note.file, 30)), (FAINT, &format!(" {}", one_line(&note.note)))]);
        }
        more(&mut page, desk.notes.len(), counts.notes as usize, "note");
    }
    page.finish()
}

/// A story.
pub fn story(view: &StoryView) -> String {
    let mut page = Page::default();
    page.title(&view.story.title);
    let when = days(view.story.from.as_deref(), view.story.to.as_deref());
    page.line(&[(PLAIN, &view.counts.line()), (FAINT, &format!("  {when}"))]);
    page.line(&[(FAINT, &totals(&view.counts))]);
    reports(&mut page, &view.reports, view.counts.reports);
    statements(&mut page, &view.statements, view.counts.statements);
    people(&mut page, &view.people, view.counts.people);
    if !view.events.is_empty() {
        page.heading("What happened");
        for event in view.events.iter().take(LINES_MAX * 2) {
            let when = column(&days(Some(&event.when.from), Some(&event.when.to)), 24);
            page.line(&[(FAINT, &when), (PLAIN, &event.what)]);
        }
        more(&mut page, view.events.len().min(LINES_MAX), view.events.len(), "event");
    }
    if !view.copies.is_empty() {
        page.heading("Copied text");
        let name = |id: &str| {
            let report = view.reports.iter().find(|report| report.id == id);
            report.map_or(id.to_owned(), |report| format!("{} ({})", outlet(&report.outlet), report.name))
        };
        for copy in &view.copies {
            let share = format!("{:>3.0} %  ", copy.share * 100.0);
            let arrow = if copy.direction == "unknown" { "shares text with" } else { "copied from" };
            page.line(&[(STRONG, &share), (PLAIN, &format!("{} {arrow} {}", name(&copy.to), name(&copy.from)))]);
            copy.evidence.iter().for_each(|why| {
                page.wrapped("       ", FAINT, why);
            });
        }
    }
    page.finish()
}

/// What a search found.
pub fn search(search: &Search) -> String {
    let mut page = Page::default();
    let mut kind = "";
    for found in &search.found {
        if kind != found.kind {
            kind = &found.kind;
            page.heading(match kind {
                "statement" => "Statements",
                "utterance" => "Utterances",
                _ => "Reports",
            });
        }
        let speaker = found.speaker.as_ref().map(|speaker| format!("{}: ", one_line(speaker))).unwrap_or_default();
        page.wrapped("", PLAIN, &format!("{speaker}{}", found.text));
        for citation in found.citations.iter().take(1) {
            let place = format!("  {} · {} · {}..{}", citation.place(), citation.report, citation.start, citation.end);
            page.line(&[(FAINT, &place)]);
        }
        if found.citations.is_empty() {
            page.line(&[(FAINT, &format!("  {}", found.id))]);
        }
    }
    page.finish()
}

fn totals(counts: &Counts) -> String {
    [
        count(counts.outlets, "outlet"),
        count(counts.people, "person"),
        count(counts.utterances, "utterance"),
        count(counts.statements, "statement"),
    ]
    .join(" · ")
}

fn statements(page: &mut Page, heads: &[StatementHead], all: u32) {
    if heads.is_empty() {
        return;
    }
    page.heading("Statements in more than one wording");
    for head in heads.iter().take(LINES_MAX) {
        let bar = column(&origin_bar(head.origins_min, head.origins_max), 10);
        let origins = format!("{} of {}", range(head.origins_min, head.origins_max), count(head.reports, "report"));
        let changed = head.conflicts.join(", ").replace('-', " ");
        page.line(&[
            (SAID, &bar),
            (STRONG, &column(&origins, 22)),
            (PLAIN, &column(&head.bases.join(", "), 34)),
            (FAINT, &format!("{}  {}", day(head.first_reported.as_deref()), head.id)),
        ]);
        page.wrapped("          ", PLAIN, &head.gist);
        if !changed.is_empty() {
            page.line(&[(WARN, &format!("          ! {changed}"))]);
        }
    }
    more(page, heads.len(), all as usize, "statement");
}

fn people(page: &mut Page, heads: &[EntityHead], all: u32) {
    if heads.is_empty() {
        return;
    }
    page.heading("People");
    for head in heads.iter().take(LINES_MAX) {
        let said = format!("speaks {:>3}× in {:<11}", head.utterances, count(head.reports, "report"));
        page.line(&[
            (STRONG, &column(&head.name, 28)),
            (PLAIN, &column(&head.roles.join(", "), 40)),
            (FAINT, &format!(" {said}  {}", head.id)),
        ]);
    }
    more(page, heads.len(), all as usize, "person");
}

fn reports(page: &mut Page, heads: &[ReportHead], all: u32) {
    if heads.is_empty() {
        return;
    }
    page.heading("Reports");
    for head in heads.iter().take(LINES_MAX * 2) {
        let title = if head.title.is_empty() { &head.name } else { &head.title };
        let copied = match head.copied_share {
            share if share > 0.0 => format!(" {:>3.0} % copied", share * 100.0),
            _ => String::new(),
        };
        page.line(&[
            (FAINT, &format!("{}  ", day(head.published.as_deref()))),
            (PLAIN, &column(outlet(&head.outlet), 22)),
            (PLAIN, &column(title, 50)),
            (FAINT, &format!(" {}", head.id)),
            (WARN, &copied),
        ]);
    }
    if heads.len() > LINES_MAX * 2 {
        more(page, heads.len(), all as usize, "report");
    }
}

/// Says how many lines were left out.
fn more(page: &mut Page, listed: usize, all: usize, what: &str) {
    let shown = listed.min(LINES_MAX);
    if all > shown {
        page.line(&[(FAINT, &format!("and {} more", count((all - shown) as u32, what)))]);
    }
}
