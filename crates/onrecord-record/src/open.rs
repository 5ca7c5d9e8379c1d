//! Opening a record: what kind of file it is, which format, and who else holds it.

use crate::error::{Error, told};
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Format of the records that this program writes. Older ones are read, newer ones are not.
pub const FORMAT: i64 = 4;

/// Marks an SQLite file as a record ("ORec" in its header).
pub(crate) const APPLICATION_ID: i64 = 0x4F52_6563;

const SCHEMA: &str = concat!(include_str!("schema.sql"), include_str!("kept.sql"));

/// Forgets everything that connecting made.
pub(crate) const FORGET_LINKS: &str =
    "DELETE FROM entities; DELETE FROM stories; DELETE FROM copies; DELETE FROM events;
     DELETE FROM statements; DELETE FROM neighbours; DELETE FROM strangers; DELETE FROM points; DELETE FROM figures;
     INSERT INTO statements_search (statements_search) VALUES ('rebuild');
     DELETE FROM utterances WHERE ord IS NULL;
     INSERT INTO utterances_search (utterances_search) VALUES ('rebuild');
     UPDATE chains SET entity = NULL;
     UPDATE utterances SET statement = NULL;
     UPDATE reports SET story = NULL, copied_share = 0;";

/// From format 1. The digests are made anew by the build that is under way, and then all links.
const FROM_FORMAT_1: &str = concat!(
    "DROP TABLE digests;
     DELETE FROM copies; DELETE FROM events;
     ALTER TABLE copies ADD COLUMN bytes BLOB NOT NULL DEFAULT x'';
     ALTER TABLE events ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE entities ADD COLUMN unit INTEGER;
     CREATE INDEX entities_by_unit ON entities(unit) WHERE unit IS NOT NULL;
     CREATE INDEX events_by_scope ON events(scope);
     CREATE INDEX utterances_idle ON utterances(key) WHERE ord IS NULL AND statement IS NULL;",
    include_str!("kept.sql"),
    "PRAGMA user_version = 4;"
);

/// From format 2. The digests are made anew by the build that is under way, and then all links.
const FROM_FORMAT_2: &str = "CREATE TABLE strangers (report INTEGER PRIMARY KEY, story INTEGER NOT NULL) STRICT;
     CREATE INDEX strangers_by_story ON strangers(story);
     CREATE TABLE points (report INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
     PRAGMA user_version = 4;";

/// From format 3. All links are made anew by the build that is under way.
const FROM_FORMAT_3: &str = "CREATE TABLE points (report INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
     PRAGMA user_version = 4;";

/// How long to wait for another process before saying that the record is locked.
const PATIENCE: Duration = Duration::from_secs(2);

/// A record opened for reading: one moment of it, whatever is built meanwhile.
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Record {
    /// Opens a record for reading.
    ///
    /// # Errors
    /// No such file, no record, a newer format, or a damaged file.
    pub fn open(path: &Path) -> Result<Record, Error> {
        let connection = open_read(path)?;
        known_format(&connection, path)?;
        // All queries of this value see one state, even while another process builds.
        connection.execute_batch("BEGIN; SELECT count(*) FROM meta;").map_err(told(path))?;
        Ok(Record { connection, path: path.to_owned() })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Opens for reading, also in a folder that cannot be written.
fn open_read(path: &Path) -> Result<Connection, Error> {
    if !path.exists() {
        return Err(Error::Missing { path: path.to_owned() });
    }
    if !path.is_file() {
        return Err(Error::NotARecord { path: path.to_owned() });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read_only = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let usable = |connection: &Connection| connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    let connection = Connection::open_with_flags(path, flags).map_err(told(path))?;
    connection.busy_timeout(PATIENCE).map_err(told(path))?;
    match usable(&connection).map_err(told(path)) {
        Ok(()) => {
            connection.execute_batch("PRAGMA query_only = ON;").map_err(told(path))?;
            Ok(connection)
        }
        // Without the right to make the -shm file beside it, a closed record can still be read as it is.
        Err(Error::ReadOnly { .. }) if !beside(path, "-wal").exists() => {
            let address = format!("file:{}?immutable=1", escaped(path));
            let connection =
                Connection::open_with_flags(address, read_only | OpenFlags::SQLITE_OPEN_URI).map_err(told(path))?;
            usable(&connection).map_err(told(path))?;
            Ok(connection)
        }
        Err(error) => Err(error),
    }
}

/// Opens a record for writing.
pub(crate) fn open_write(path: &Path) -> Result<Connection, Error> {
    if !path.is_file() {
        return Err(Error::NotARecord { path: path.to_owned() });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(told(path))?;
    connection.busy_timeout(PATIENCE).map_err(told(path))?;
    if is_empty(&connection).map_err(told(path))? {
        make_schema(&connection).map_err(told(path))?;
    }
    known_format(&connection, path)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -262144;
             PRAGMA temp_store = MEMORY;",
        )
        .map_err(told(path))?;
    Ok(connection)
}

pub(crate) fn make_schema(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "BEGIN IMMEDIATE; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
    ))
}

/// Brings a record of an older format to this one, as a part of the transaction that is open.
pub(crate) fn bring_up_to_date(connection: &Connection) -> rusqlite::Result<()> {
    let found: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match found {
        1 => connection.execute_batch(FROM_FORMAT_1),
        2 => connection.execute_batch(FROM_FORMAT_2),
        3 => connection.execute_batch(FROM_FORMAT_3),
        _ => Ok(()),
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    Ok(tables == 0 && application == 0)
}

fn known_format(connection: &Connection, path: &Path) -> Result<(), Error> {
    let number = |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
    let application = number("application_id").map_err(told(path))?;
    let found = number("user_version").map_err(told(path))?;
    if application != APPLICATION_ID {
        return Err(Error::NotARecord { path: path.to_owned() });
    }
    if found > FORMAT {
        return Err(Error::Newer { path: path.to_owned(), found, known: FORMAT });
    }
    Ok(())
}

/// The path with something added to its file name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A path inside an SQLite file address.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
