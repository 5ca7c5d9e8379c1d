//! `onrecord settings`.

use crate::Outcome;
use onrecord::Settings;
use std::io::Write;

pub fn run(settings: &Settings) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    let table = settings.table();
    let width = table.iter().map(|(_, value, _)| value.len()).max().unwrap_or(0);
    for (name, value, origin) in table {
        writeln!(out, "{name:<8} {value:<width$}  {origin}")?;
    }
    Ok(Outcome::Done)
}
