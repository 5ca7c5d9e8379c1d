//! From a pile of news reports to a sourced record.
