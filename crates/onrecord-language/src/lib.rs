//! An English language pipeline in pure Rust: tokens, tags, lemmas, dependencies, sentences, names.

mod draft;
mod error;
mod fields;
mod form;
mod hash;
mod model;
mod tokenizer;

pub use error::ModelError;
