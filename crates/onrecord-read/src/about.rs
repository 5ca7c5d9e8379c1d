//! What a table beside the files says about them: `reports.csv`.

use crate::{Trouble, dates};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// One row of `reports.csv`: what is known about a file from outside of it. Empty cells say nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AboutRow {
    /// Headline.
    pub title: String,
    /// Who published.
    pub outlet: String,
    /// `YYYY-MM-DD` or RFC 3339.
    pub published: Option<String>,
    /// Who wrote, in the order named.
    pub authors: Vec<String>,
    /// Agency or paper credited for the whole report.
    pub credit: String,
    /// Address.
    pub url: String,
}

/// The rows of one table, found by path.
#[derive(Default)]
pub(crate) struct About {
    rows: BTreeMap<String, AboutRow>,
}

const COLUMNS: [&str; 7] = ["file", "title", "outlet", "published", "author", "credit", "url"];

impl About {
    /// Reads a table. Every unreadable row is one trouble; the other rows still count.
    pub fn read(path: &Path, trouble: &mut dyn FnMut(Trouble)) -> About {
        match std::fs::read(path) {
            Ok(bytes) => About::read_bytes(path, &bytes, trouble),
            Err(error) => {
                trouble(Trouble::new(path.display(), format!("cannot be read: {error}")));
                About::default()
            }
        }
    }

    /// Reads the bytes of a table that stands at `path`.
    pub fn read_bytes(path: &Path, bytes: &[u8], trouble: &mut dyn FnMut(Trouble)) -> About {
        let mut about = About::default();
        match crate::charset::decode(bytes, None) {
            Some(decoded) => about.read_text(path, &decoded.text, trouble),
            None => trouble(Trouble::new(path.display(), "is not text; save the table as CSV in UTF-8")),
        }
        about
    }

    fn read_text(&mut self, path: &Path, text: &str, trouble: &mut dyn FnMut(Trouble)) {
        let delimiter = delimiter_of(text);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header: Vec<String> = match reader.headers() {
            Ok(header) => header.iter().map(str::to_lowercase).collect(),
            Err(error) => return trouble(Trouble::new(path.display(), format!("has no readable first line: {error}"))),
        };
        let places =
            COLUMNS.map(|column| header.iter().position(|h| h == column || (column == "author" && h == "authors")));
        if places[0].is_none() {
            let have = header.join(", ");
            return trouble(Trouble::new(
                path.display(),
                format!(
                    "has no column \"file\" (its columns: {have}); name the columns {} in its first line",
                    COLUMNS.join(", ")
                ),
            ));
        }
        let base = path.parent().unwrap_or(Path::new(""));
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    trouble(Trouble::new(path.display(), format!("has an unreadable row: {error}")));
                    continue;
                }
            };
            let cell = |n: usize| places[n].and_then(|at| record.get(at)).unwrap_or_default().to_owned();
            let file = cell(0);
            if file.is_empty() {
                continue;
            }
            let published = cell(3);
            let date = dates::parse_date(&published);
            if date.is_none() && !published.is_empty() {
                let sentence = format!(
                    "says of {file} that it was published \"{published}\", which is no clear date; write it as YYYY-MM-DD"
                );
                trouble(Trouble::new(path.display(), sentence));
            }
            let row = AboutRow {
                title: cell(1),
                outlet: cell(2),
                published: date,
                authors: split_authors(&cell(4)),
                credit: cell(5),
                url: cell(6),
            };
            self.rows.insert(key(&base.join(file)), row);
        }
    }

    /// The row about the file at `path`, which may be a member of a container (`archive.zip!a/b.txt`).
    pub fn row(&self, path: &Path) -> Option<&AboutRow> {
        self.rows.get(&key(path))
    }

    /// Paths of the table that are no files on disk, sorted.
    pub fn missing(&self) -> Vec<String> {
        self.rows.keys().filter(|path| !path.contains('!') && !Path::new(path).exists()).cloned().collect()
    }
}

/// One spelling for one path: no `.` parts, `..` taken back, `/` between parts.
fn key(path: &Path) -> String {
    let mut parts = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if parts.file_name().is_some() => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.to_string_lossy().replace('\\', "/").replace("!/", "!")
}

/// Comma, semicolon or tab: the one the first line has most of.
pub(crate) fn delimiter_of(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|&b| b == mark).count();
    if count(b'\t') > count(b',').max(count(b';')) {
        b'\t'
    } else if count(b';') > count(b',') {
        b';'
    } else {
        b','
    }
}

/// "Ann Lee; Bo Ray", "Ann Lee and Bo Ray", "Ann Lee, Bo Ray".
pub(crate) fn split_authors(cell: &str) -> Vec<String> {
    let marks: &[&str] = if cell.contains(';') { &[";"] } else { &[", and ", " and ", " & ", ","] };
    let mut names = vec![cell];
    for mark in marks {
        names = names.iter().flat_map(|name| name.split(mark)).collect();
    }
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
