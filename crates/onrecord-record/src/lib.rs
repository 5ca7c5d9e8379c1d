//! The sourced record: one SQLite file that holds reports, who said what in them, and the links between them.
mod check;
mod code_points;
mod convert;
mod error;
mod export;
mod heads;
mod ids;
mod links;
mod open;
mod query;
pub mod rows;
mod search;
mod stored;
mod versions;
mod write;

pub use check::Checked;
pub use code_points::CodePoints;
pub use convert::{parse_row, reading_row, report_row, sentences, token_rows};
pub use error::Error;
pub use export::TABLES;
pub use heads::{EntityHead, OutletHead, ReportHead, StatementHead, Totals};
pub use ids::{chain_ids, hex, own_voice_id, utterance_ids};
pub use links::Links;
pub use open::{FORMAT, Record};
pub use query::{Of, Take};
pub use search::Hit;
pub use write::{Build, Known};
