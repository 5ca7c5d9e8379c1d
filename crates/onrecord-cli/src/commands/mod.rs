//! One file a command.

pub mod build;
pub mod check;
pub mod demo;
pub mod eval;
pub mod export;
pub mod judge;
pub mod parse;
pub mod read;
pub mod remove;
pub mod search;
pub mod serve;
pub mod settings;
pub mod show;

use crate::args::Inputs;
use onrecord::ReadOptions;

/// How inputs are read, as typed.
fn read_options(inputs: &Inputs) -> ReadOptions {
    ReadOptions { about: inputs.about.clone(), as_is: false, published: None, map: inputs.map.clone() }
}
