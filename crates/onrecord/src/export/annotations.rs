//! Utterances as Web Annotations (W3C, JSON-LD): a target with position and quotation, a body that says who speaks.

use super::write_file;
use crate::Error;
use crate::views::{self, Wording};
use onrecord_record::{Of, Record};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Writes one annotation collection with an annotation an utterance.
pub fn annotations(record: &Record, path: &Path) -> Result<(), Error> {
    let failed = |error: std::io::Error| Error::write(path, &error);
    write_file(path, |file| {
        let total = record.totals()?.utterances;
        write!(
            file,
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationCollection\",\"label\":\"Who said what\",\
             \"total\":{total},\"first\":{{\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":["
        )
        .map_err(failed)?;
        let mut first = true;
        let mut reports = record.report_heads(Of::All, u32::MAX)?;
        reports.sort_by(|a, b| a.id.cmp(&b.id));
        for report in reports {
            let view = views::report(record, &report.id)?;
            let source = if report.url.is_empty() { format!("urn:onrecord:report:{}", report.id) } else { report.url };
            for wording in view.utterances.iter().filter(|one| one.basis != "own-voice") {
                file.write_all(if first { b"\n" } else { b",\n" }).map_err(failed)?;
                first = false;
                write!(file, "{}", annotation(wording, &source)).map_err(failed)?;
            }
        }
        file.write_all(b"\n]}}\n").map_err(failed)
    })
}

fn annotation(wording: &Wording, source: &str) -> Value {
    let citation = &wording.citation;
    let context = |words: &str| words.trim_start_matches("… ").trim_end_matches(" …").to_owned();
    // A content in several parts is quoted as one range, from its first word to its last.
    let quote = json!({
        "type": "TextQuoteSelector",
        "exact": citation.exact,
        "prefix": context(&citation.context.before),
        "suffix": context(&citation.context.after),
    });
    let position = json!({"type": "TextPositionSelector", "start": citation.start, "end": citation.end});
    json!({
        "id": format!("urn:onrecord:utterance:{}", wording.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": format!("{} {} ({})", wording.voices(), wording.stance, wording.basis),
        },
        "target": {"source": source, "selector": [position, quote]},
    })
}
