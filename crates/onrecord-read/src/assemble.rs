//! Puts a report together: what was found in the text, what the table beside it says, the id.

use crate::{AboutRow, ReadOptions, dates, language, text::Found};
use onrecord_model::{Note, OriginMap, Report, ReportId, Span};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a reader hands over to be made a report.
#[derive(Default)]
pub(crate) struct Draft {
    pub name: String,
    pub file: String,
    pub sha256: String,
    pub text: String,
    pub origin: OriginMap,
    pub found: Found,
    /// What the input says about itself outside of the text; goes before what was found in the text.
    pub given: AboutRow,
    /// Language named by the input, used where the words do not tell.
    pub language: String,
    pub notes: Vec<String>,
}

impl Draft {
    /// The report. A table beside the files goes before what the input says of itself, and that before what the words say.
    pub fn finish(self, about: Option<&AboutRow>, options: &ReadOptions) -> Report {
        let none = AboutRow::default();
        let (about, given, found) = (about.unwrap_or(&none), self.given, self.found);
        let story = found.blocks.iter().filter(|b| b.is_story()).map(|b| &self.text.as_str()[b.span]);
        let mut language = language::language_of(story).to_owned();
        if language == "und" && !self.language.is_empty() {
            language = self.language;
        }
        let authors =
            [&about.authors, &given.authors].into_iter().find(|a| !a.is_empty()).cloned().unwrap_or(found.authors);
        let asked = options.published.as_deref().and_then(dates::parse_date);
        let notes = self.notes.into_iter().map(|note| Note { span: Span::default(), note }).collect();
        let mut report = Report {
            id: ReportId(0),
            name: self.name,
            file: self.file,
            sha256: self.sha256,
            title: first(&about.title, &given.title, &found.title),
            outlet: first(&about.outlet, &given.outlet, ""),
            authors,
            credit: first(&about.credit, &given.credit, &found.credit),
            dateline: found.dateline,
            url: first(&about.url, &given.url, ""),
            published: asked.or_else(|| about.published.clone()).or(given.published).or(found.published),
            language,
            text: Arc::from(self.text),
            blocks: found.blocks,
            origin: self.origin,
            notes,
        };
        report.id = report_id(&report);
        report
    }
}

fn first(a: &str, b: &str, c: &str) -> String {
    [a, b, c].into_iter().find(|s| !s.is_empty()).unwrap_or_default().to_owned()
}

/// The first eight bytes of a SHA-256 over name, outlet, published, url and text, each before its length.
fn report_id(report: &Report) -> ReportId {
    let mut hash = Sha256::new();
    for part in
        [&report.name, &report.outlet, report.published.as_deref().unwrap_or_default(), &report.url, &report.text]
    {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    ReportId(digest[..8].iter().fold(0, |id, byte| id << 8 | u64::from(*byte)))
}

/// SHA-256 of the bytes, hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
