//! Annotated data as JSON Lines.

use anyhow::Context;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

/// Lines of a file of JSON objects.
pub fn lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = crate::text::read(path)?;
    let filled = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}: line {} is not JSON", path.display(), at + 1))
        })
        .collect()
}

/// A field that is text, or empty.
pub fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

/// Writes one JSON object a line, where a file was asked for.
pub fn write(path: Option<&Path>, rows: impl Iterator<Item = Value>) -> anyhow::Result<()> {
    let Some(path) = path else { return Ok(()) };
    let failed = || format!("{}: cannot be written", path.display());
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).with_context(failed)?);
    for row in rows {
        writeln!(file, "{row}").with_context(failed)?;
    }
    file.flush().with_context(failed)
}
