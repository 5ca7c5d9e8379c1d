//! Scores of Onrecord against annotated data.
