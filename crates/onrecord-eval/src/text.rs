//! Texts of annotated data: words, and files in order.

use anyhow::Context;
use std::path::{Path, PathBuf};

/// A file's text, or one sentence.
pub fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// Files of a folder with this ending, by name.
pub fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let listed =
        std::fs::read_dir(folder).with_context(|| format!("{}: this folder cannot be read", folder.display()))?;
    let mut files = Vec::new();
    for entry in listed {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// File name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Words as half-open code points: letters, digits and underscores, joined by single apostrophes.
pub fn words(text: &[char]) -> Vec<(usize, usize)> {
    let is_word = |at: usize| text.get(at).is_some_and(|letter| letter.is_alphanumeric() || *letter == '_');
    let mut words = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !is_word(at) {
            at += 1;
            continue;
        }
        let start = at;
        while is_word(at) || (matches!(text.get(at), Some('\'' | '’')) && is_word(at + 1)) {
            at += 1;
        }
        words.push((start, at));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_apostrophes() {
        let text: Vec<char> = "She didn’t say 'no', O'Hara.".chars().collect();
        let shown: Vec<String> = words(&text).iter().map(|(start, end)| text[*start..*end].iter().collect()).collect();
        assert_eq!(shown, ["She", "didn’t", "say", "no", "O'Hara"]);
    }
}
