//! What a file is, by its name.

/// How a file is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// One report: text or HTML.
    One,
    /// One JSON object.
    Json,
    JsonLines,
    Table,
    Feed,
    Warc,
    Zip,
}

/// The kind of a file and whether it is packed with gzip; `None` for what folders are not read for.
pub(crate) fn kind_of(name: &str) -> Option<(Kind, bool)> {
    let lower = name.to_ascii_lowercase();
    let (name, packed) = match lower.strip_suffix(".gz") {
        Some(inner) => (inner, true),
        None => (lower.as_str(), false),
    };
    let (_, end) = name.rsplit_once('.')?;
    let kind = match end {
        "txt" | "text" | "html" | "htm" | "xhtml" => Kind::One,
        "json" => Kind::Json,
        "jsonl" | "ndjson" => Kind::JsonLines,
        "csv" | "tsv" => Kind::Table,
        "rss" | "atom" | "xml" | "rdf" => Kind::Feed,
        "warc" => Kind::Warc,
        "zip" | "wacz" if !packed => Kind::Zip,
        _ => return None,
    };
    Some((kind, packed))
}
