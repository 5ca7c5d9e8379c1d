//! Text files as examples read them.

use onrecord_model::Span;
use std::io::Result;
use std::path::{Path, PathBuf};

/// The text files of a folder, in the order of names.
pub fn text_files(folder: impl AsRef<Path>) -> Result<Vec<PathBuf>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    Ok(files)
}

/// Runs of lines between blank lines, without white space at their ends.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            open = false;
        } else {
            let start = (at + (line.len() - line.trim_start().len())) as u32;
            let span = Span::new(start, start + words.len() as u32);
            match blocks.last_mut() {
                Some(last) if open => *last = last.cover(span),
                _ => blocks.push(span),
            }
            open = true;
        }
        at += line.len();
    }
    blocks
}
