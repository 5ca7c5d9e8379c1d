//! What can go wrong with a record, one sentence each.

use std::path::{Path, PathBuf};

/// Trouble with a record file. The message is one sentence that names the file and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("{}: there is no such record; `onrecord build … --record {}` makes one", path.display(), path.display())]
    Missing {
        /// The record.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: this file is not a record of Onrecord; name another file", path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later program.
    #[error(
        "{}: this record has format {found} and this program reads formats up to {known}; use a newer onrecord",
        path.display()
    )]
    Newer {
        /// The record.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// Another process holds the record.
    #[error("{}: another process is writing this record; try again when it is done", path.display())]
    Locked {
        /// The record.
        path: PathBuf,
    },
    /// Another process made a record of this name while a new one was built.
    #[error("{}: another process made this record meanwhile, so it was left as it is; build again to add to it", path.display())]
    Taken {
        /// The record.
        path: PathBuf,
    },
    /// No room.
    #[error("{}: the disk is full, so nothing was changed; make room and build again", path.display())]
    Full {
        /// The record.
        path: PathBuf,
    },
    /// The file or its folder cannot be written.
    #[error("{}: the record cannot be written here ({reason}); name another place", path.display())]
    ReadOnly {
        /// The record.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file is damaged.
    #[error("{}: this record is damaged ({reason}); build it again from its inputs", path.display())]
    Damaged {
        /// The record.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A link cites what the record does not have: a mistake of the program, not of the input.
    #[error("{}: nothing was changed, because {what}", path.display())]
    Unsourced {
        /// The record.
        path: PathBuf,
        /// What is missing.
        what: String,
    },
    /// Anything else that SQLite says.
    #[error("{}: the record cannot be used ({source})", path.display())]
    Sqlite {
        /// The record.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
    /// An export could not be written.
    #[error("{}: cannot be written ({source})", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Turns what SQLite says about `path` into a sentence.
pub(crate) fn told(path: &Path) -> impl Fn(rusqlite::Error) -> Error + '_ {
    use rusqlite::ErrorCode;
    move |source| {
        let path = path.to_owned();
        let reason = source.to_string();
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Locked { path },
            Some(ErrorCode::NotADatabase) => Error::NotARecord { path },
            Some(ErrorCode::DiskFull) => Error::Full { path },
            // A write that fails for want of room is told as an input/output error on some systems.
            Some(ErrorCode::SystemIoFailure) if no_room(&source) => Error::Full { path },
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Error::ReadOnly { path, reason }
            }
            Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, reason },
            _ => Error::Sqlite { path, source },
        }
    }
}

/// Whether an input/output error of SQLite is one of writing or growing a file.
fn no_room(source: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    matches!(
        source.sqlite_error().map(|error| error.extended_code),
        Some(ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE | ffi::SQLITE_IOERR_SHMSIZE)
    )
}
