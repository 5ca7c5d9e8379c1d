//! Fine part-of-speech tags: one linear layer over token vectors.

use crate::error::ModelError;
use crate::model::Model;
use crate::network::{Buffer, Dense, Kernels, WIDTH};
use onrecord_model::{Label, Tag};

/// Rows scored at a time.
const CHUNK: usize = 64;

/// The tagger.
pub(crate) struct Tagger {
    layer: Dense,
    labels: Vec<Tag>,
}

impl Tagger {
    pub fn new(model: &Model) -> Result<Tagger, ModelError> {
        let unknown = || ModelError::Shape { section: "tagger.labels", what: "it names an unknown tag" };
        let names = model.lines("tagger.labels")?;
        let labels = names.into_iter().map(|name| Tag::from_name(name).ok_or_else(unknown));
        let labels = labels.collect::<Result<Vec<Tag>, ModelError>>()?;
        if labels.is_empty() {
            return Err(unknown());
        }
        let layer = Dense::new(model, "tagger.weights", "tagger.bias", WIDTH, labels.len())?;
        Ok(Tagger { layer, labels })
    }

    /// Tags of tokens from their vectors, rows of 96.
    pub fn tag(&self, kernels: &Kernels, vectors: &[f32], scores: &mut Buffer, tags: &mut Vec<Tag>) {
        tags.clear();
        let width = self.layer.outputs();
        for rows in vectors.chunks(CHUNK * WIDTH) {
            let count = rows.len() / WIDTH;
            scores.fit(CHUNK * width);
            self.layer.apply(kernels, rows, WIDTH, count, scores, width);
            tags.extend(scores.chunks_exact(width).take(count).map(|row| self.labels[best(&row[..self.labels.len()])]));
        }
    }
}

/// Index of the greatest number, the first of equals.
fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = i;
        }
    }
    best
}
