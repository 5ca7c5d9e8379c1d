//! CSV with a text column, one report a row.

use crate::about::{delimiter_of, split_authors};
use crate::assemble::{Draft, sha256};
use crate::runs::{Copier, Mapped};
use crate::{AboutRow, ReadOptions, Trouble, dates, plain};
use onrecord_model::{OriginMap, Report};

/// Columns as they are called here, with other names in use.
const COLUMNS: [(&str, &[&str]); 8] = [
    ("text", &["body", "content", "article", "maintext"]),
    ("id", &[]),
    ("title", &["headline"]),
    ("outlet", &["source", "publication", "publisher"]),
    ("authors", &["author", "byline"]),
    ("published", &["date", "publication_date", "date_publish"]),
    ("url", &["link"]),
    ("credit", &[]),
];

/// Reads row after row; each is one report or one trouble.
pub(crate) fn read_rows(
    file: &str,
    bytes: &[u8],
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, Trouble>),
) {
    let decoded = match plain::decode(file, bytes, None) {
        Ok(decoded) => decoded,
        Err(trouble) => return sink(Err(trouble)),
    };
    let text = &decoded.text;
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter_of(text)).flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|h| h.trim().to_owned()).collect(),
        Err(error) => return sink(Err(Trouble::new(file, format!("has no readable first line: {error}")))),
    };
    let places = COLUMNS.map(|(ours, others)| place(&header, options, ours, others));
    let Some(text_at) = places[0] else {
        let problem =
            format!("has no column \"text\" (its columns: {}); name it with --map text=COLUMN", header.join(", "));
        return sink(Err(Trouble::new(file, problem)));
    };
    let delimiter = delimiter_of(text);
    let mut copier = Copier::new(text, &decoded.origin);
    let mut record = csv::StringRecord::new();
    let mut rows = 0u64;
    loop {
        let start = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                sink(Err(Trouble::new(file, format!("has an unreadable row: {error}"))));
                continue;
            }
        }
        rows += 1;
        let end = (reader.position().byte() as usize).min(text.len());
        let start = start + (text[start..end].len() - text[start..end].trim_start_matches(['\r', '\n']).len());
        let cells = Cells { record: &record, places };
        let (words, whole) = field(&text[start..end], text_at, delimiter, &cells.of(0));
        let bytes_of_row = copier.input_of(start, end).unwrap_or((0, 0));
        let mut mapped = Mapped::default();
        for part in &words {
            copy_part(&mut copier, start, part, bytes_of_row.0, &mut mapped);
        }
        let (words, origin) = if whole { mapped.finish() } else { (cells.of(0), OriginMap::default()) };
        let row = &bytes[bytes_of_row.0..bytes_of_row.1];
        sink(report(&format!("{file}!{rows}"), rows, row, (words, origin, whole), &cells, options));
    }
    if rows == 0 {
        sink(Err(Trouble::new(file, "has a first line and no rows; fill it or remove it")));
    }
}

fn place(header: &[String], options: &ReadOptions, ours: &str, others: &[&str]) -> Option<usize> {
    let find = |name: &str| header.iter().position(|h| h.eq_ignore_ascii_case(name));
    match options.map.iter().find(|(name, _)| name == ours) {
        Some((_, column)) => find(column),
        None => find(ours).or_else(|| others.iter().find_map(|name| find(name))),
    }
}

struct Cells<'a> {
    record: &'a csv::StringRecord,
    places: [Option<usize>; COLUMNS.len()],
}

impl Cells<'_> {
    fn of(&self, column: usize) -> String {
        self.places[column].and_then(|at| self.record.get(at)).unwrap_or_default().to_owned()
    }
}

fn report(
    file: &str,
    row: u64,
    bytes: &[u8],
    (words, origin, whole): (String, OriginMap, bool),
    cells: &Cells<'_>,
    options: &ReadOptions,
) -> Result<Report, Trouble> {
    if words.trim().is_empty() {
        return Err(Trouble::new(file, "has an empty text; leave the row out or fill it"));
    }
    let published = cells.of(5);
    let date = dates::parse_date(&published);
    let mut notes = Vec::new();
    if date.is_none() && !published.trim().is_empty() {
        notes.push(format!("the publication date \"{published}\" is no clear date"));
    }
    if !whole {
        notes.push("the text could not be mapped to the characters of its row".to_owned());
    }
    let given = AboutRow {
        title: cells.of(2),
        outlet: cells.of(3),
        published: date,
        authors: split_authors(&cells.of(4)),
        credit: cells.of(7),
        url: cells.of(6),
    };
    let (words, origin) = if options.as_is { (words, origin) } else { plain::normal_line_ends(words, origin) };
    let id = cells.of(1);
    let draft = Draft {
        name: if id.is_empty() { row.to_string() } else { id },
        file: file.to_owned(),
        sha256: sha256(bytes),
        given,
        notes,
        ..plain::draft(words, origin)
    };
    Ok(draft.finish(None, options))
}

/// The parts of the raw row that make up field `wanted`: stretches between doubled quotation marks. The second value says
/// whether they spell `value`, which the CSV reader found.
fn field(row: &str, wanted: usize, delimiter: u8, value: &str) -> (Vec<(usize, usize)>, bool) {
    let bytes = row.as_bytes();
    let (mut at, mut parts) = (0, Vec::new());
    for index in 0..=wanted {
        parts.clear();
        if bytes.get(at) == Some(&b'"') {
            let mut from = at + 1;
            at = from;
            while let Some(&byte) = bytes.get(at) {
                if byte == b'"' && bytes.get(at + 1) == Some(&b'"') {
                    parts.push((from, at + 1));
                    from = at + 2;
                    at = from;
                } else if byte == b'"' {
                    break;
                } else {
                    at += 1;
                }
            }
            parts.push((from, at));
            at = (at + 1).min(bytes.len());
        }
        let from = at;
        while bytes.get(at).is_some_and(|&b| b != delimiter && (b != b'\n' && b != b'\r')) {
            at += 1;
        }
        parts.push((from, at));
        if index < wanted {
            at += 1;
        }
    }
    parts.retain(|(start, end)| start < end && *end <= row.len());
    let spelled: String = parts.iter().filter_map(|&(start, end)| row.get(start..end)).collect();
    (parts, spelled == value)
}

/// Copies one part, its places counted from the first byte of the row.
fn copy_part(copier: &mut Copier<'_>, row: usize, part: &(usize, usize), row_input: usize, into: &mut Mapped) {
    copier.copy_shifted(row + part.0, row + part.1, row_input, into);
}
