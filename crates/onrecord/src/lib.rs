//! From a pile of news reports to a sourced record: who said what, on whose word, and how many independent origins stand
//! behind it, down to the exact characters.
//!
//! Data flows one way: **read → understand → connect → record → show**. An [`Engine`] does the first four steps; [`views`]
//! show what a [`Record`] holds.

mod engine;
mod error;
pub mod export;
mod growth;
mod judging;
mod pile;
mod progress;
mod settings;
mod version;
pub mod views;

pub use engine::{Built, Engine, Flow};
pub use error::Error;
pub use judging::{Decision, Grounds};
pub use onrecord_read::{ReadOptions, Trouble};
pub use onrecord_record::{JudgementRow, Of, Record, parse_row, reading_row, rows};
pub use progress::Progress;
pub use settings::{Origin, Setting, Settings};
#[doc(no_inline)]
pub use {onrecord_connect as connect, onrecord_model as model};
