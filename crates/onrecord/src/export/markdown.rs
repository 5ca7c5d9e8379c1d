//! One Markdown file: the desk, every statement with its wordings and origins, every report with who said what.

use super::write_file;
use crate::Error;
use crate::views::{self, Wording};
use onrecord_record::{Of, Record};
use std::io::Write;
use std::path::Path;

/// Writes the record as one Markdown file.
pub fn markdown(record: &Record, path: &Path) -> Result<(), Error> {
    write_file(path, |file| {
        let mut put = |words: String| file.write_all(words.as_bytes()).map_err(|error| Error::write(path, &error));
        let desk = views::desk(record)?;
        put(format!("# Who said what\n\n{}\n", desk.counts.line()))?;
        for story in &desk.stories {
            put(format!("- {} ({} reports)\n", escaped(&story.title), story.reports.len()))?;
        }
        put("\n## Statements\n".to_owned())?;
        for head in record.statement_heads(Of::All, u32::MAX)? {
            put(statement(&views::statement(record, &head.id)?))?;
        }
        put("\n## Reports\n".to_owned())?;
        for head in record.report_heads(Of::All, u32::MAX)? {
            put(report(&views::report(record, &head.id)?))?;
        }
        Ok(())
    })
}

fn statement(view: &views::StatementView) -> String {
    let head = &view.statement;
    let range = match (head.origins_min, head.origins_max) {
        (min, max) if min == max => min.to_string(),
        (min, max) => format!("{min} to {max}"),
    };
    let mut text = format!("\n### {}\n\n**Origins: {range}**, {} reports.", escaped(&head.gist), head.reports);
    for reason in &view.origins.reasons {
        text.push_str(&format!(" {}", escaped(reason)));
    }
    text.push_str("\n\n");
    view.wordings.iter().for_each(|one| text.push_str(&wording(one)));
    for conflict in &view.conflicts {
        text.push_str(&format!(
            "- *{}*: “{}” ({}) against “{}” ({})\n",
            conflict.kind.replace('-', " "),
            escaped(&conflict.earlier.exact),
            escaped(&conflict.earlier.place()),
            escaped(&conflict.later.exact),
            escaped(&conflict.later.place()),
        ));
    }
    text
}

fn report(view: &views::ReportView) -> String {
    let head = &view.report;
    let title = if head.title.is_empty() { &head.name } else { &head.title };
    let day = head.published.as_deref().unwrap_or("no date");
    let mut text = format!("\n### {}\n\n{}, {day}", escaped(title), escaped(&head.outlet));
    if !head.url.is_empty() {
        text.push_str(&format!(", <{}>", head.url));
    }
    text.push_str("\n\n");
    let said = view.utterances.iter().filter(|one| one.basis != "own-voice");
    said.for_each(|one| text.push_str(&wording(one)));
    text
}

fn wording(wording: &Wording) -> String {
    let citation = &wording.citation;
    format!(
        "- **{}** {} “{}” ({}, characters {} to {} of {})\n",
        escaped(&wording.voices()),
        wording.stance,
        escaped(&wording.words()),
        escaped(&citation.place()),
        citation.start,
        citation.end,
        citation.report,
    )
}

/// Words of a report in Markdown: on one line, nothing in them is markup.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for letter in word.chars().filter(|letter| !letter.is_control()) {
            if matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
                out.push('\\');
            }
            out.push(letter);
        }
    }
    out
}
