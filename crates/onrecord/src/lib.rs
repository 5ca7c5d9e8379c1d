//! From a pile of news reports to a sourced record: who said what, on whose word, and how many independent origins stand
//! behind it, down to the exact characters.
mod error;
pub mod views;

pub use error::Error;
pub use onrecord_record::{Of, Record, rows};
