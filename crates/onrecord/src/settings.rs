//! Settings: what a user may choose, and where each choice came from.

use std::fmt;
use std::path::PathBuf;

/// Where a value came from. Later ones go before earlier ones.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// The program's own choice.
    Default,
    /// A settings file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
    /// A flag of the command line.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Variable(name) => write!(f, "variable {name}"),
            Origin::Flag(name) => write!(f, "flag {name}"),
        }
    }
}

/// A value that knows where it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

impl<T> Setting<T> {
    /// The program's own choice.
    pub fn default(value: T) -> Setting<T> {
        Setting { value, origin: Origin::Default }
    }

    /// Takes another value, unless the one it has goes before it.
    pub fn take(&mut self, value: T, origin: Origin) {
        if origin >= self.origin {
            *self = Setting { value, origin };
        }
    }
}

/// Everything that can be set. No part of it changes what a record says, only how the program works.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Threads that read and understand; at least one.
    pub jobs: Setting<usize>,
    /// The language model; none is the one that the program carries.
    pub model: Setting<Option<PathBuf>>,
    /// The record to build when no other is named.
    pub record: Setting<PathBuf>,
    /// Address that the pages are served on.
    pub host: Setting<String>,
    /// Port that the pages are served on.
    pub port: Setting<u16>,
    /// Whether to say nothing of progress.
    pub quiet: Setting<bool>,
}

impl Settings {
    /// What holds when nobody says otherwise: all cores, the carried model, pages for this machine alone.
    pub fn standard() -> Settings {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Settings {
            jobs: Setting::default(cores),
            model: Setting::default(None),
            record: Setting::default(PathBuf::from("record.sqlite")),
            host: Setting::default("127.0.0.1".to_owned()),
            port: Setting::default(8417),
            quiet: Setting::default(false),
        }
    }

    /// Each setting: name, value as written, and where it came from.
    pub fn table(&self) -> Vec<(&'static str, String, String)> {
        let model = self.model.value.as_ref().map_or("carried".to_owned(), |path| path.display().to_string());
        vec![
            ("jobs", self.jobs.value.to_string(), self.jobs.origin.to_string()),
            ("model", model, self.model.origin.to_string()),
            ("record", self.record.value.display().to_string(), self.record.origin.to_string()),
            ("host", self.host.value.clone(), self.host.origin.to_string()),
            ("port", self.port.value.to_string(), self.port.origin.to_string()),
            ("quiet", self.quiet.value.to_string(), self.quiet.origin.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_goes_before_a_variable_whichever_comes_first() {
        let mut jobs = Setting::default(8);
        jobs.take(2, Origin::Flag("--jobs"));
        jobs.take(4, Origin::Variable("ONRECORD_JOBS".to_owned()));
        assert_eq!(jobs, Setting { value: 2, origin: Origin::Flag("--jobs") });
    }
}
