//! From bytes to reports.
//!
//! [`read_inputs`] walks files and folders and hands every report to a sink as it is read, in an order that depends on the
//! names alone. A report keeps its text, the [`Block`](onrecord_model::Block)s the text consists of (only some of them are
//! story), what is known about it (title, outlet, authors, credit, publication date) and a map from every character back to
//! the bytes it was read from. What cannot be read is one [`Trouble`]: a sentence that names the file and says what to do.
//!
//! Formats: plain text, HTML, JSON and JSON Lines, CSV with a text column, RSS and Atom, WARC, each also packed with gzip, ZIP
//! files and folders of those; a `reports.csv` beside the files says what is known about them from outside.
//!
//! # Example: reading a text with a headline, a byline and a dateline
//! ```
//! use onrecord_read::{ReadOptions, read_bytes};
//!
//! let text = "Harbour crane fails again\nBy Ada Bell\n\nPORT ELLEN (NPW) - The crane stopped on Monday, the board said.\n";
//! let report = read_bytes("crane", "crane.txt", text.as_bytes(), None, &ReadOptions::default()).unwrap();
//! assert_eq!(report.title, "Harbour crane fails again");
//! assert_eq!(report.authors, ["Ada Bell"]);
//! assert_eq!((&*report.dateline, &*report.credit), ("PORT ELLEN", "NPW"));
//! ```

mod about;
mod assemble;
mod charset;
mod dates;
mod feed;
mod html;
mod inputs;
mod json;
mod kinds;
mod language;
mod plain;
mod runs;
mod table;
mod text;
mod warc;

pub use about::AboutRow;
pub use inputs::read_inputs;

use onrecord_model::Report;
use std::fmt::Display;
use std::path::PathBuf;

/// How inputs are to be read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReadOptions {
    /// A table about the files, in place of a `reports.csv` beside them.
    pub about: Option<PathBuf>,
    /// Take a text file's characters as the report's text, unchanged.
    pub as_is: bool,
    /// Publication date of what is read; goes before what tables and texts say.
    pub published: Option<String>,
    /// Other names for the columns of tables and JSON Lines: (`text`, `body`) reads the column `body` as the text.
    pub map: Vec<(String, String)>,
}

/// Something that could not be read, or only in part: one sentence that names the file and says what to do.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file} {problem}")]
pub struct Trouble {
    /// The file, as given, or the member of a container.
    pub file: String,
    /// The rest of the sentence.
    pub problem: String,
}

impl Trouble {
    pub(crate) fn new(file: impl Display, problem: impl Into<String>) -> Trouble {
        Trouble { file: file.to_string(), problem: problem.into() }
    }
}

/// Most bytes of one report's input. Spans are 32 bits wide, and a report of more than this is no report.
pub(crate) const LARGEST: u64 = 256 << 20;

/// Reads one report from bytes: HTML if the name or the first bytes say so, else plain text.
///
/// `file` is kept as [`Report::file`] and named in troubles; `about` goes before what the input says of itself.
///
/// # Errors
/// When the bytes are empty, no text in any charset, or no report can be made of them.
pub fn read_bytes(
    name: &str,
    file: &str,
    bytes: &[u8],
    about: Option<&AboutRow>,
    options: &ReadOptions,
) -> Result<Report, Trouble> {
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(file, bytes.len() as u64));
    }
    let draft = if !options.as_is && html::is_html(file, bytes) {
        html::read(file, bytes, None)?
    } else {
        plain::read(file, bytes, options.as_is)?
    };
    let draft =
        assemble::Draft { name: name.to_owned(), file: file.to_owned(), sha256: assemble::sha256(bytes), ..draft };
    Ok(draft.finish(about, options))
}

pub(crate) fn too_large(file: impl Display, bytes: u64) -> Trouble {
    let (have, most) = (bytes >> 20, LARGEST >> 20);
    Trouble::new(
        file,
        format!(
            "is {have} MiB long and a report has at most {most}; split it into single reports, or give them as JSON Lines"
        ),
    )
}

/// An error of reading, with what to do about it where that is known.
pub(crate) fn io_problem(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => "it ends too early, so it was cut short; fetch it again".to_owned(),
        std::io::ErrorKind::InvalidInput | std::io::ErrorKind::InvalidData => {
            format!("it is damaged ({error}); fetch it again")
        }
        _ => error.to_string(),
    }
}
