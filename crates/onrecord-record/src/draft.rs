//! Making a new record: a draft beside it, written without a log, that gets the record's name when it is done.
//!
//! A first build may be a hundred thousand reports in one transaction. With a log, each of its pages would be written twice and, once
//! it left the cache, be looked for among gigabytes of log. There is nothing to go back to, so there is no log: a build that
//! ends early leaves a draft, which is no record and is taken away by the next build, and its lock tells whether somebody is at it.

use crate::error::{Error, told};
use crate::open::{APPLICATION_ID, beside, make_schema};
use rusqlite::{Connection, OpenFlags};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// What stands between the name of the record and the numbers of process and draft.
const MARK: &str = ".draft-";

/// The file of a record that is being made. Dropped, it is removed.
pub(crate) struct Draft {
    file: PathBuf,
}

impl Draft {
    /// Starts a draft of the record at `path`, empty and held by nobody else, after taking away what earlier builds left.
    pub(crate) fn begin(path: &Path) -> Result<(Connection, Draft), Error> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        loop {
            take_left_away(path)?;
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let draft = Draft { file: beside(path, &format!("{MARK}{}-{number}", std::process::id())) };
            // Connecting asks for digests in another order than they lie in: the cache is as large as memory in bounds allows.
            let connection = Connection::open(&draft.file).and_then(|connection| {
                connection.execute_batch(
                    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                     PRAGMA cache_size = -786432; PRAGMA temp_store = MEMORY;",
                )?;
                make_schema(&connection)?;
                Ok(connection)
            });
            let connection = connection.map_err(told(path))?;
            // Another process may have met the file before it was locked, and taken it for one that was left.
            if draft.file.exists() {
                return Ok((connection, draft));
            }
        }
    }

    /// Gives the draft, whose transaction is done, the record's name; tells where there is a record by now.
    pub(crate) fn name(self, connection: Connection, path: &Path) -> Result<(), Error> {
        // The switch to the mode in which records are kept is written with everything before it to the disk.
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL;").map_err(told(path))?;
        let closed = |connection: Connection| connection.close().map_err(|(_, error)| told(path)(error));
        match std::fs::hard_link(&self.file, path) {
            Ok(()) => closed(connection)?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(Error::Taken { path: path.to_owned() });
            }
            // Some file systems know no links.
            Err(_) => {
                closed(connection)?;
                if path.exists() {
                    return Err(Error::Taken { path: path.to_owned() });
                }
                std::fs::rename(&self.file, path)
                    .map_err(|error| Error::ReadOnly { path: path.to_owned(), reason: error.to_string() })?;
            }
        }
        #[cfg(unix)]
        if let Ok(folder) = std::fs::File::open(folder(path)) {
            // Some file systems cannot; then the name is written a little later.
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        remove(&self.file);
    }
}

fn remove(file: &Path) {
    for left in ["", "-journal", "-wal", "-shm"] {
        let _ = std::fs::remove_file(beside(file, left));
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes the drafts of this record that nobody holds. One that somebody holds is another build of it.
fn take_left_away(path: &Path) -> Result<(), Error> {
    let Some(name) = path.file_name() else { return Ok(()) };
    let start = format!("{}{MARK}", name.to_string_lossy());
    let Ok(entries) = std::fs::read_dir(folder(path)) else { return Ok(()) };
    for entry in entries.flatten() {
        let found = entry.file_name();
        let numbers = found.to_str().and_then(|found| found.strip_prefix(&start)).and_then(|rest| rest.split_once('-'));
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if numbers.is_some_and(|(process, draft)| number(process) && number(draft)) {
            let file = entry.path();
            if is_held(&file) {
                return Err(Error::Locked { path: path.to_owned() });
            }
            if is_draft(&file) {
                remove(&file);
            }
        }
    }
    Ok(())
}

fn is_held(file: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let tried = Connection::open_with_flags(file, flags).and_then(|connection| {
        connection.busy_timeout(Duration::ZERO)?;
        connection.execute_batch("BEGIN EXCLUSIVE; ROLLBACK;")
    });
    let code = tried.err().and_then(|error| error.sqlite_error_code());
    matches!(code, Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked))
}

/// Whether a file is empty or says of itself that it is a record: nothing else is taken away.
fn is_draft(file: &Path) -> bool {
    let mut head = Vec::new();
    let read = std::fs::File::open(file).and_then(|file| file.take(72).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || head.get(68..72).is_some_and(|id| id == (APPLICATION_ID as u32).to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Build, Record};

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_build_that_ends_early_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.sqlite");
        let build = Build::begin(&path).expect("a build begins");
        assert_eq!(names(folder.path()).len(), 1);
        assert!(!path.exists());
        drop(build);
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }

    #[test]
    fn one_new_record_is_made_by_one_build() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.sqlite");
        let build = Build::begin(&path).expect("a build begins");
        assert!(matches!(Build::begin(&path), Err(Error::Locked { .. })));
        build.commit().expect("committed");
        assert_eq!(names(folder.path()), ["record.sqlite"]);
        let before = std::fs::read(&path).expect("a file");
        Build::begin(&path).expect("a build begins").commit().expect("committed");
        assert!(before == std::fs::read(&path).expect("a file"), "a build of nothing changes nothing");
        Record::open(&path).expect("a record");
    }

    #[test]
    fn what_was_left_is_taken_away_and_what_others_made_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.sqlite");
        let at = |name: &str| folder.path().join(name);
        drop(Draft::begin(&at("left")).map(|(connection, draft)| {
            connection.close().expect("closed");
            std::fs::rename(&draft.file, at("record.sqlite.draft-1-1")).expect("renamed");
        }));
        std::fs::write(at("record.sqlite.draft-2-2"), "").expect("written");
        std::fs::write(
            at("record.sqlite.draft-3-3"),
            "my own draft of a record of old things, which is a text of mine",
        )
        .expect("written");
        std::fs::write(at("record.sqlite.draft-of-mine"), "").expect("written");
        Build::begin(&path).expect("a build begins").commit().expect("committed");
        assert_eq!(names(folder.path()), ["record.sqlite", "record.sqlite.draft-3-3", "record.sqlite.draft-of-mine"]);
    }

    #[test]
    fn a_record_made_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.sqlite");
        let build = Build::begin(&path).expect("a build begins");
        std::fs::write(&path, "somebody else's").expect("written");
        assert!(matches!(build.commit(), Err(Error::Taken { .. })));
        assert_eq!(std::fs::read_to_string(&path).expect("a file"), "somebody else's");
    }
}
