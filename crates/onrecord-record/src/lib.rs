//! The sourced record: one SQLite file.
