//! Which static vector a word form has.

use crate::error::ModelError;
use crate::model::{Model, View};

/// Ids in order, with their rows; `starts` says where each value of an id's leading 16 bits begins.
pub(crate) struct VectorKeys {
    keys: View<u64>,
    rows: View<u16>,
    starts: View<u32>,
    count: usize,
}

impl VectorKeys {
    pub fn new(model: &Model) -> Result<VectorKeys, ModelError> {
        let keys = model.view::<u64>("vectors.keys")?;
        let rows = model.view_of::<u16>("vectors.rows", keys.get().len())?;
        let starts = model.view_of::<u32>("vectors.starts", (1 << 16) + 1)?;
        let in_order = starts.get().is_sorted() && starts.get()[1 << 16] as usize <= keys.get().len();
        if !in_order {
            return Err(ModelError::Shape {
                section: "vectors.starts",
                what: "its numbers do not rise within the keys",
            });
        }
        let count = rows.get().iter().max().map_or(0, |&last| usize::from(last) + 1);
        Ok(VectorKeys { keys, rows, starts, count })
    }

    /// How many vectors there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The row of the form with this id.
    pub fn row(&self, id: u64) -> Option<usize> {
        let bucket = (id >> 48) as usize;
        let starts = self.starts.get();
        let range = starts[bucket] as usize..starts[bucket + 1] as usize;
        let found = self.keys.get()[range.clone()].binary_search(&id).ok()?;
        Some(usize::from(self.rows.get()[range.start + found]))
    }
}
