//! What a long run tells while it works.

/// Listens to a run. The library only tells; drawing a bar is the program's business. `()` listens to nothing.
pub trait Progress: Sync {
    /// A stage begins; `reports` is how many it will treat, where that is known.
    fn stage(&self, name: &'static str, reports: Option<usize>);
    /// So many more reports are done.
    fn done(&self, reports: usize);
}

impl Progress for () {
    fn stage(&self, _: &'static str, _: Option<usize>) {}
    fn done(&self, _: usize) {}
}
