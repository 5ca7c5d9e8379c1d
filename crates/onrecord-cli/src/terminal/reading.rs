//! A reading as text: the report's head, then who said what, nested as it stands.

use super::page::{FAINT, PLAIN, Page, SAID, STRONG, day, outlet};
use onrecord::rows::{ReadingRow, UtteranceRow};
use std::collections::BTreeMap;

/// A reading.
pub fn reading(row: &ReadingRow) -> String {
    let mut page = Page::default();
    let report = &row.report;
    page.title(if report.title.is_empty() { &report.name } else { &report.title });
    let mut about = vec![outlet(&report.outlet).to_owned(), day(report.published.as_deref()).trim_end().to_owned()];
    about.extend(report.authors.iter().cloned());
    if !report.credit.is_empty() {
        about.push(format!("credited to {}", report.credit));
    }
    page.line(&[(FAINT, &about.join(" · "))]);
    let mut depth: BTreeMap<&str, usize> = BTreeMap::new();
    for utterance in &row.utterances {
        let inside = utterance.within.as_deref().and_then(|id| depth.get(id)).map_or(0, |depth| depth + 1);
        depth.insert(&utterance.id, inside);
        print(&mut page, utterance, &"  ".repeat(inside.min(6) + 1));
    }
    if !row.times.is_empty() {
        let times = |time: &onrecord::rows::TimeRow| format!("{} = {}", time.exact, time.value);
        let times: Vec<String> = row.times.iter().map(times).collect();
        page.wrapped("  ", FAINT, &times.join("; "));
    }
    for note in &row.notes {
        page.wrapped("  ", FAINT, &note.note);
    }
    page.gap();
    // Without styles where the output is no terminal; a reading goes to any writer.
    page.finish()
}

fn print(page: &mut Page, utterance: &UtteranceRow, indent: &str) {
    let speaker = match (&utterance.speaker, &utterance.anonymity) {
        (Some(speaker), _) => speaker.name.as_str(),
        (None, Some(anonymity)) => anonymity.described_as.as_str(),
        (None, None) => "no one named",
    };
    let cue = utterance.cue.as_ref().map(|cue| format!(" ({})", cue.exact)).unwrap_or_default();
    let mut facts = vec![utterance.basis.clone(), utterance.form.clone(), utterance.stance.clone()];
    if let Some(anonymity) = &utterance.anonymity {
        facts.extend(anonymity.count.map(|count| format!("count {count}")));
        facts.extend(anonymity.reason.clone());
    }
    facts.extend(utterance.via.iter().map(|carrier| format!("through {}", carrier.name)));
    facts.extend(utterance.addressee.iter().map(|to| format!("to {}", to.name)));
    facts.extend(utterance.said.iter().map(|said| format!("on {}", said.value)));
    page.line(&[(PLAIN, indent), (STRONG, speaker), (PLAIN, &cue), (FAINT, &format!("  [{}]", facts.join("; ")))]);
    page.wrapped(&format!("{indent}  "), SAID, &utterance.words());
}
