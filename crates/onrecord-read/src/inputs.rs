//! Files, folders and what is packed in them, in an order that depends on names alone.

use crate::about::About;
use crate::kinds::{Kind, kind_of};
use crate::{ReadOptions, Trouble, feed, io_problem, json, read_bytes, table, too_large, warc};
use flate2::read::MultiGzDecoder;
use onrecord_model::Report;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// Name of the table that may stand beside files.
const TABLE: &str = "reports.csv";
/// Deepest folder inside a folder.
const DEEPEST: usize = 64;
/// Most bytes that the members of one archive may unpack to.
const UNPACKED: u64 = 8 << 30;

type Sink<'a> = dyn FnMut(Result<Report, Trouble>) + 'a;

/// Reads files and folders and gives every report, or the trouble with it, to `sink` as soon as it is read.
///
/// Inputs are read in the order given; inside a folder, files are read sorted by path, folders included, hidden files and
/// files of other kinds left out; inside an archive likewise. Only one file or member is held at a time.
pub fn read_inputs(inputs: &[PathBuf], options: &ReadOptions, sink: &mut dyn FnMut(Result<Report, Trouble>)) {
    let mut walk = Walk { options, tables: BTreeMap::new(), about: None, lenient: false, sink };
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
    /// Inside a folder or archive a JSON file need not be a report.
    lenient: bool,
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
            return self.trouble(folder, "holds no reports; give text, HTML, JSON Lines, CSV, ZIP, WARC or feed files");
        }
        self.lenient = true;
        for file in &files {
            self.file(file);
        }
        self.lenient = false;
        let missing: Vec<String> = self.tables.values().flat_map(About::missing).collect();
        self.tables.clear();
        if let Some(first) = missing.first() {
            let what =
                if missing.len() == 1 { "a file that is".into() } else { format!("{} files that are", missing.len()) };
            self.trouble(&folder.join(TABLE), format!("names {what} not there ({first}); correct its column \"file\""));
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
            } else if name != TABLE && kind_of(&name).is_some() {
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
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.trouble(path, format!("cannot be opened: {error}")),
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (kind, packed) = kind_of(&name).unwrap_or((Kind::One, false));
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        if kind == Kind::One && self.about.is_none() && !self.tables.contains_key(&folder) {
            let table = folder.join(TABLE);
            let about = if table.is_file() { self.read_table(&table) } else { About::default() };
            self.tables.insert(folder, about);
        }
        let shown = path.display().to_string();
        if kind == Kind::Zip {
            return self.archive(&shown, BufReader::new(file));
        }
        self.input(kind, packed, path, &shown, Box::new(file), size);
    }

    /// Reads one file or member. `path` is where tables look for it.
    fn input(&mut self, kind: Kind, packed: bool, path: &Path, shown: &str, input: Box<dyn Read + '_>, size: u64) {
        let input: Box<dyn Read + '_> =
            if packed { Box::new(MultiGzDecoder::new(BufReader::new(input))) } else { input };
        match kind {
            Kind::JsonLines => return json::read_lines(shown, BufReader::new(input), self.options, self.sink),
            Kind::Warc => return warc::read_records(shown, BufReader::new(input), self.options, self.sink),
            _ if size > crate::LARGEST && !packed => return (self.sink)(Err(too_large(shown, size))),
            _ => {}
        }
        let mut bytes = Vec::new();
        if let Err(error) = input.take(crate::LARGEST + 1).read_to_end(&mut bytes) {
            return (self.sink)(Err(Trouble::new(shown, format!("cannot be read: {}", io_problem(&error)))));
        }
        if bytes.len() as u64 > crate::LARGEST {
            return (self.sink)(Err(too_large(shown, bytes.len() as u64)));
        }
        match kind {
            Kind::Table => table::read_rows(shown, &bytes, self.options, self.sink),
            Kind::Feed => feed::read(shown, &bytes, self.options, self.sink),
            Kind::Json if self.lenient && !json::is_report(&bytes, self.options) => {}
            Kind::Json => (self.sink)(json::read_object(shown, &stem(path), &bytes, self.options)),
            Kind::Zip => self.archive(shown, Cursor::new(bytes)),
            _ => self.one(path, shown, &bytes),
        }
    }

    fn one(&mut self, path: &Path, shown: &str, bytes: &[u8]) {
        let beside = path.parent().and_then(|folder| self.tables.get(folder));
        let row = self.about.as_ref().or(beside).and_then(|about| about.row(path));
        let report = read_bytes(&stem(path), shown, bytes, row, self.options);
        (self.sink)(report);
    }

    /// Reads the members of a ZIP (or WACZ) file, sorted by name.
    fn archive(&mut self, shown: &str, input: impl Read + std::io::Seek) {
        let mut archive = match zip::ZipArchive::new(input) {
            Ok(archive) => archive,
            Err(error) => {
                return (self.sink)(Err(Trouble::new(
                    shown,
                    format!("is no readable ZIP file ({error}); pack it again"),
                )));
            }
        };
        let mut names: Vec<String> = archive
            .file_names()
            .filter_map(|name| name.ok().map(|name| name.into_owned()))
            .filter(|name| !name.ends_with('/') && !is_hidden(name))
            .collect();
        names.sort();
        let root = PathBuf::from(format!("{shown}!"));
        let (tables, members): (Vec<String>, Vec<String>) =
            names.into_iter().partition(|name| name.rsplit('/').next() == Some(TABLE));
        for name in &tables {
            let path = root.join(name);
            if let Some(bytes) = self.member(&mut archive, shown, name) {
                let sink = &mut *self.sink;
                let about = About::read_bytes(&path, &bytes, &mut |trouble| sink(Err(trouble)));
                self.tables.insert(path.parent().unwrap_or(Path::new("")).to_owned(), about);
            }
        }
        let lenient = std::mem::replace(&mut self.lenient, true);
        let mut unpacked = 0;
        for name in members {
            let Some((kind, packed)) = kind_of(&name) else { continue };
            let member = format!("{shown}!{name}");
            if kind == Kind::Zip {
                (self.sink)(Err(Trouble::new(
                    member,
                    "is a ZIP file inside a ZIP file; unpack the outer one and give what is in it",
                )));
                continue;
            }
            let Some(bytes) = self.member(&mut archive, shown, &name) else { continue };
            unpacked += bytes.len() as u64;
            if unpacked > UNPACKED {
                let problem =
                    format!("unpacks to more than {} GiB; unpack it and give what is wanted of it", UNPACKED >> 30);
                (self.sink)(Err(Trouble::new(shown, problem)));
                break;
            }
            let size = bytes.len() as u64;
            self.input(kind, packed, &root.join(&name), &member, Box::new(Cursor::new(bytes)), size);
        }
        self.lenient = lenient;
    }

    fn member<R: Read + std::io::Seek>(
        &mut self,
        archive: &mut zip::ZipArchive<R>,
        shown: &str,
        name: &str,
    ) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = match archive.by_name(name) {
            Ok(member) => member.take(crate::LARGEST + 1).read_to_end(&mut bytes).map_err(|error| io_problem(&error)),
            Err(error) => Err(error.to_string()),
        };
        let member = format!("{shown}!{name}");
        match read {
            Ok(_) if bytes.len() as u64 > crate::LARGEST => (self.sink)(Err(too_large(member, bytes.len() as u64))),
            Ok(_) => return Some(bytes),
            Err(problem) => {
                (self.sink)(Err(Trouble::new(member, format!("cannot be unpacked ({problem}); pack it again"))))
            }
        }
        None
    }
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    // "page.html.gz" is the report "page".
    let packed = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("gz"));
    if packed { stem.rsplit_once('.').map_or(&*stem, |(stem, _)| stem).to_owned() } else { stem.into_owned() }
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX")
}

/// Whether a folder holds the pictures and scripts of a page saved beside it ("page.html", "page_files").
fn is_page_parts(folder: &Path, name: &str) -> bool {
    let stem = name.strip_suffix("_files").or_else(|| name.strip_suffix(".files"));
    stem.is_some_and(|stem| ["html", "htm"].iter().any(|end| folder.with_file_name(format!("{stem}.{end}")).is_file()))
}
