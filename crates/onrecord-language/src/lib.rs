//! An English language pipeline in pure Rust: tokens, tags, lemmas, dependencies, sentences, names.
