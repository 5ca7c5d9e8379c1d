//! Scores of Onrecord against annotated data.

pub mod conll;
