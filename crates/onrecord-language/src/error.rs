//! What can be wrong with a model file.

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file could not be read.
    #[error("cannot read the model file {}", path.display())]
    Read {
        /// The file.
        path: std::path::PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The bytes are no model file.
    #[error("not a model file of this program")]
    Magic,
    /// The file is of another format version.
    #[error("the model file has format version {found}, this program reads version {known}")]
    Version {
        /// Version of the file.
        found: u32,
        /// Version this program reads.
        known: u32,
    },
    /// The file is cut short, or has something behind it.
    #[error("the model file should be {said} bytes long and is {found}")]
    Length {
        /// What its header says.
        said: u64,
        /// What there is.
        found: u64,
    },
    /// The table of sections is broken.
    #[error("row {row} of the model file's table of sections makes no sense")]
    Table {
        /// The first bad row, from 0.
        row: usize,
    },
    /// A part is not there.
    #[error("the model file has no section {section}")]
    Missing {
        /// Its name.
        section: &'static str,
    },
    /// A part is there but cannot be what it should be.
    #[error("the section {section} of the model file cannot be used: {what}")]
    Shape {
        /// Its name.
        section: &'static str,
        /// What is wrong.
        what: &'static str,
    },
    /// Model files are read in place, and are little-endian.
    #[error("model files cannot be used on a big-endian machine")]
    BigEndian,
}
