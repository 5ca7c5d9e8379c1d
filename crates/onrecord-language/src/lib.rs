#![doc = include_str!("../README.md")]

mod analysis;
pub mod arithmetic;
mod draft;
mod error;
mod fields;
mod form;
mod gates;
mod hash;
mod lemmatizer;
mod model;
mod names;
mod network;
mod parser;
mod pipeline;
mod ruler;
mod scorer;
#[doc(hidden)]
pub mod stages;
mod tagger;
mod tokenizer;
pub mod transformer;
mod vectors;
mod worker;
mod write;

pub use error::ModelError;
pub use pipeline::{Job, Pipeline};
