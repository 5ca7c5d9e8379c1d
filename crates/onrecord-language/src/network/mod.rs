//! The neural half: word forms to rows of numbers, rows to scores.

mod buffer;
mod choice;
mod dense;
mod encoder;
mod integers;
mod kernels;
mod lanes;
mod steps;
mod table;
#[cfg(test)]
mod tests;
mod windows;

pub(crate) use buffer::Buffer;
pub(crate) use choice::{ACTIONS_MAX, Choice, HIDDEN, PART};
pub(crate) use dense::Dense;
pub(crate) use encoder::{Encoder, EncoderSections, Rows, Tables};
pub(crate) use integers::{GROUP, OFFSET, WholeProduct};
pub(crate) use kernels::{HAS_FUSED, Kernels, PANEL, Product, WIDTH};
pub(crate) use lanes::LANES;
pub(crate) use steps::Steps;
pub use steps::{HEAD, ROWS_MAX};
