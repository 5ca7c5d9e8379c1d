//! An English language pipeline in pure Rust: tokens, tags, lemmas, dependencies, sentences, names.

mod analysis;
mod draft;
mod error;
mod fields;
mod form;
mod hash;
mod lemmatizer;
mod model;
mod ruler;
mod tokenizer;

pub use error::ModelError;
