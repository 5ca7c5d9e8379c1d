//! From a report to a reading: mentions, times, utterances, speakers, basis.
//!
//! Pure: no input or output, no clock, no randomness; trouble goes to the reading's notes. Each layer is one file with one writer.

pub mod attribution;
pub mod quotes;
pub mod times;
pub mod words;
