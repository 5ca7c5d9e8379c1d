//! What can go wrong, one sentence each.

/// Trouble with a record, a model file or a question about what is not there. The message is one sentence.
#[derive(Debug)]
pub struct Error(Cause);

#[derive(Debug, thiserror::Error)]
enum Cause {
    #[error(transparent)]
    Record(#[from] onrecord_record::Error),
    #[error("no {kind} in this record has the id {id}")]
    Unknown { kind: &'static str, id: String },
    #[error("{0}")]
    Other(String),
}

impl Error {
    pub(crate) fn unknown(kind: &'static str, id: &str) -> Error {
        Error(Cause::Unknown { kind, id: id.to_owned() })
    }

    /// Trouble in words of one's own.
    pub(crate) fn other(sentence: impl Into<String>) -> Error {
        Error(Cause::Other(sentence.into()))
    }

    /// A file that cannot be written.
    pub(crate) fn write(path: &std::path::Path, error: &dyn std::fmt::Display) -> Error {
        Error(Cause::Other(format!("{}: cannot be written ({error})", path.display())))
    }

    /// Whether something was asked for that the record does not have.
    pub fn is_unknown(&self) -> bool {
        matches!(self.0, Cause::Unknown { .. })
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

// The message says everything; a cause beside it would say it twice.
impl std::error::Error for Error {}

impl From<onrecord_record::Error> for Error {
    fn from(error: onrecord_record::Error) -> Error {
        Error(Cause::Record(error))
    }
}
