//! Views as text for people, trouble and progress.

mod desk;
mod page;
mod progress;
mod reading;
mod report;
mod statement;

pub use desk::{desk, search, story};
pub use progress::progress;
pub use reading::reading;
pub use report::{person, report};
pub use statement::statement;

use std::fmt::Display;
use std::io::Write;

/// Says one sentence on standard error.
pub fn complain(sentence: &impl Display) {
    let said: String = sentence.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    // Nobody can be told that nobody can be told.
    let _ = writeln!(std::io::stderr().lock(), "onrecord: {said}");
}
