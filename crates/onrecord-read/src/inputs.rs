//! Files and folders, in an order that depends on their names alone.

use crate::about::About;
use crate::{ReadOptions, Trouble, json, read_bytes, table, too_large};
use onrecord_model::Report;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};

/// Name of the table that may stand beside files.
const TABLE: &str = "reports.csv";
/// Deepest folder inside a folder.
const DEEPEST: usize = 64;

type Sink<'a> = dyn FnMut(Result<Report, Trouble>) + 'a;

/// Reads files and folders and gives every report, or the trouble with it, to `sink` as soon as it is read.
///
/// Inputs are read in the order given; inside a folder, files are read sorted by path, folders included, hidden files and
/// files of other kinds left out. Only one report is held at a time.
pub fn read_inputs(inputs: &[PathBuf], options: &ReadOptions, sink: &mut dyn FnMut(Result<Report, Trouble>)) {
    let mut walk = Walk { options, tables: BTreeMap::new(), about: None, sink };
    if let Some(path) = &options.about {
        walk.about = Some(walk.read_table(path));
    }
    for input in inputs {
        match fs::metadata(input) {
            Ok(found) if found.is_dir() => walk.folder(input),
            Ok(_) => walk.file(input),
            Err(error) => (walk.sink)(Err(Trouble::new(input.display(), format!("cannot be opened: {error}")))),
        }
    }
}

struct Walk<'a> {
    options: &'a ReadOptions,
    /// Tables by folder, read once.
    tables: BTreeMap<PathBuf, About>,
    about: Option<About>,
    sink: &'a mut Sink<'a>,
}

impl Walk<'_> {
    fn trouble(&mut self, path: &Path, problem: impl Into<String>) {
        (self.sink)(Err(Trouble::new(path.display(), problem)));
    }

    fn read_table(&mut self, path: &Path) -> About {
        let sink = &mut *self.sink;
        About::read(path, &mut |trouble| sink(Err(trouble)))
    }

    fn folder(&mut self, folder: &Path) {
        let mut files = Vec::new();
        self.list(folder, 0, &mut files);
        files.sort();
        if files.is_empty() {
            return self.trouble(folder, "holds no reports; give text, HTML, JSON Lines or CSV files");
        }
        for file in &files {
            self.file(file);
        }
        let missing: Vec<String> = self.tables.values().flat_map(About::missing).collect();
        self.tables.clear();
        if let Some(first) = missing.first() {
            let problem = format!(
                "names {} that are not there, first {first}; correct its column \"file\"",
                count(missing.len(), "file")
            );
            self.trouble(&folder.join(TABLE), problem);
        }
    }

    /// Files of `folder` and the folders in it that hold reports by their names.
    fn list(&mut self, folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
        if depth > DEEPEST {
            return self.trouble(folder, format!("lies more than {DEEPEST} folders deep; give it by itself"));
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.trouble(folder, format!("cannot be listed: {error}")),
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                if !is_page_parts(&path, &name) {
                    self.list(&path, depth + 1, files);
                }
            } else if name != TABLE && kind_of(&path).is_some() {
                files.push(path);
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let size = match fs::metadata(path) {
            Ok(found) if found.is_file() => found.len(),
            Ok(_) => return self.trouble(path, "is no file; give files and folders"),
            Err(error) => return self.trouble(path, format!("cannot be opened: {error}")),
        };
        let shown = path.display().to_string();
        let kind = kind_of(path).unwrap_or(Kind::One);
        if kind == Kind::JsonLines {
            return match File::open(path) {
                Ok(file) => json::read_lines(&shown, BufReader::new(file), self.options, self.sink),
                Err(error) => self.trouble(path, format!("cannot be opened: {error}")),
            };
        }
        if size > crate::LARGEST {
            return (self.sink)(Err(too_large(shown, size)));
        }
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.trouble(path, format!("cannot be read: {error}")),
        };
        match kind {
            Kind::Table => table::read_rows(&shown, &bytes, self.options, self.sink),
            _ => self.one(path, &shown, &bytes),
        }
    }

    fn one(&mut self, path: &Path, shown: &str, bytes: &[u8]) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if self.about.is_none() {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let table = folder.join(TABLE);
            if !self.tables.contains_key(&folder) {
                let about = if table.is_file() { self.read_table(&table) } else { About::default() };
                self.tables.insert(folder, about);
            }
        }
        let beside = path.parent().and_then(|folder| self.tables.get(folder));
        let row = self.about.as_ref().or(beside).and_then(|about| about.row(path));
        let report = read_bytes(&name, shown, bytes, row, self.options);
        (self.sink)(report);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One report: text or HTML.
    One,
    JsonLines,
    Table,
}

/// What a file is by its name; `None` for what folders are not read for.
fn kind_of(path: &Path) -> Option<Kind> {
    let name = path.extension()?.to_string_lossy().to_lowercase();
    Some(match name.as_str() {
        "txt" | "text" | "html" | "htm" | "xhtml" => Kind::One,
        "jsonl" | "ndjson" => Kind::JsonLines,
        "csv" | "tsv" => Kind::Table,
        _ => return None,
    })
}

/// Whether a folder holds the pictures and scripts of a page saved beside it ("page.html", "page_files").
fn is_page_parts(folder: &Path, name: &str) -> bool {
    let stem = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"));
    stem.is_some_and(|stem| ["html", "htm"].iter().any(|end| folder.with_file_name(format!("{stem}.{end}")).is_file()))
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
