//! A statement as text: wordings, origins with reasons, conflicts.

use super::page::{FAINT, PLAIN, Page, SAID, STRONG, WARN, count, origin_bar, range};
use onrecord::views::{StatementView, Wording};

/// A statement.
pub fn statement(view: &StatementView) -> String {
    let mut page = Page::default();
    let head = &view.statement;
    page.title(&format!("“{}”", head.gist));
    page.line(&[
        (SAID, &origin_bar(head.origins_min, head.origins_max)),
        (
            STRONG,
            &format!(
                " {} {} behind {}",
                range(head.origins_min, head.origins_max),
                if head.origins_max == 1 { "origin" } else { "origins" },
                count(head.reports, "report")
            ),
        ),
    ]);
    page.heading("Why");
    view.origins.reasons.iter().for_each(|why| {
        page.wrapped("  ", PLAIN, why);
    });
    for (at, root) in view.origins.roots.iter().enumerate() {
        let mark = if (at as u32) < view.origins.min { "■" } else { "□" };
        let words = format!(" {}, {}, {}", root.name, root.kind, count(root.utterances.len() as u32, "wording"));
        page.line(&[(PLAIN, "  "), (SAID, mark), (PLAIN, &words)]);
    }
    page.heading("Wordings");
    view.wordings.iter().for_each(|one| wording(&mut page, one));
    if !view.conflicts.is_empty() {
        page.heading("Conflicts and changes");
        for conflict in &view.conflicts {
            page.line(&[(WARN, &conflict.kind.replace('-', " "))]);
            for citation in [&conflict.earlier, &conflict.later] {
                page.wrapped("  ", PLAIN, &format!("“{}”", citation.exact));
                page.line(&[(FAINT, &format!("    {} · {}", citation.place(), citation.report))]);
            }
        }
    }
    page.finish()
}

/// One wording: who, on whose word, the words, and where they stand.
pub fn wording(page: &mut Page, wording: &Wording) {
    let voices = wording.voices();
    let to = wording.addressee.as_ref().map(|to| format!(", to {}", to.name)).unwrap_or_default();
    let because = wording
        .anonymity
        .as_ref()
        .and_then(|how| how.reason.as_ref())
        .map(|reason| format!(", unnamed {reason}"))
        .unwrap_or_default();
    let said = wording.said.as_ref().map(|when| format!(", {when}")).unwrap_or_default();
    page.line(&[
        (STRONG, &voices),
        (PLAIN, &format!("{to}{said}")),
        (FAINT, &format!("  [{}; {}{because}; {}]", wording.stance, wording.basis, wording.form)),
    ]);
    page.wrapped("  ", SAID, &wording.words());
    let citation = &wording.citation;
    let place = format!("  {} · {} · {}..{}", citation.place(), citation.report, citation.start, citation.end);
    page.line(&[(FAINT, &place)]);
}
