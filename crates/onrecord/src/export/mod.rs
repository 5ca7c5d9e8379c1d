//! Files for other programs. Everything is ordered by the content alone: the same record gives the same bytes.

mod annotations;
mod csv;
mod graph;
mod markdown;
mod sheets;
mod workbook;

pub use annotations::annotations;
pub use csv::csv;
pub use graph::graph;
pub use markdown::markdown;
pub use workbook::workbook;

use crate::Error;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes one file through `write`; an error names the file.
fn write_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<(), Error>) -> Result<(), Error> {
    let mut file = BufWriter::new(File::create(path).map_err(|error| Error::write(path, &error))?);
    write(&mut file)?;
    file.flush().map_err(|error| Error::write(path, &error))
}
