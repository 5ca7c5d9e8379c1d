//! An English language pipeline in pure Rust: tokens, tags, lemmas, dependencies, sentences, names.

mod draft;
mod error;
mod form;
mod hash;
mod model;

pub use error::ModelError;
