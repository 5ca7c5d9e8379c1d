//! One step of the pipeline at a time, for benches. Not part of the interface that others may rely on.

use crate::error::ModelError;
use crate::network::{HAS_FUSED, Kernels};
use crate::pipeline::Pipeline;
use crate::worker::Worker;

/// A text on its way through the pipeline.
pub struct Stages<'p> {
    pipeline: &'p Pipeline,
    worker: Worker,
    text: &'p str,
    tokens: usize,
}

impl<'p> Stages<'p> {
    /// Takes the text through the steps up to `last` (an index of [`STAGES`]), so that this one can be repeated.
    pub fn new(pipeline: &'p Pipeline, text: &'p str, last: usize) -> Stages<'p> {
        let mut worker = Worker::default();
        let tokens = worker.begin(&pipeline.steps, text);
        let mut stages = Stages { pipeline, worker, text, tokens };
        for (_, run, _) in &STAGES[..=last] {
            run(&mut stages);
        }
        stages
    }

    /// How many tokens the text has.
    pub fn tokens(&self) -> usize {
        self.tokens
    }
}

/// The English pipeline with each kind of arithmetic that this machine has and that is made for machines like it, the slowest
/// first.
///
/// # Errors
/// As [`Pipeline::english`].
pub fn kinds_of_arithmetic() -> Result<Vec<Pipeline>, ModelError> {
    let kinds = Kernels::all().into_iter().filter(|kernels| kernels.name != "portable, fused" || HAS_FUSED);
    let pipeline = |kernels| {
        let mut pipeline = Pipeline::english()?;
        pipeline.steps.kernels = kernels;
        Ok(pipeline)
    };
    kinds.map(pipeline).collect()
}

/// A step: its name, how to run it, and how many multiplications and additions of the network it costs a token (2 for each
/// weight), not counting what is kept by word form.
pub type Stage = (&'static str, fn(&mut Stages), u64);

/// Three window layers: six products of 96 × 288 for four tokens.
const WINDOWS: u64 = 3 * 6 * 96 * 288 / 4 * 2;

/// All steps in order.
pub const STAGES: [Stage; 7] = [
    ("tokenizer", |s| drop(s.worker.tokenize(&s.pipeline.steps, s.text)), 0),
    ("context vectors", |s| s.worker.encode_context(&s.pipeline.steps), WINDOWS),
    ("tagger", |s| s.worker.tag(&s.pipeline.steps), 96 * 50 * 2),
    // Two actions a token.
    ("parser", |s| s.worker.parse_group(&s.pipeline.steps), (96 * 64 + 64 * 8 * 128 + 2 * 64 * 106) * 2),
    ("ruler and lemmatizer", |s| s.worker.analyse(&s.pipeline.steps), 0),
    ("name vectors", |s| s.worker.encode_names(&s.pipeline.steps), WINDOWS),
    ("names", |s| s.worker.find_names(&s.pipeline.steps), (96 * 64 + 64 * 3 * 128 + 64 * 74) * 2),
];
