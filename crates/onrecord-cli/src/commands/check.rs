//! `onrecord check`.

use crate::args::Check;
use crate::{Outcome, terminal};
use onrecord::Record;
use std::io::Write;

/// Faults that are printed before only their number is.
const SHOWN_MAX: usize = 50;

pub fn run(args: &Check) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    let checked = record.check().map_err(onrecord::Error::from)?;
    for fault in checked.faults.iter().take(SHOWN_MAX) {
        terminal::complain(&format!("{}: {fault}", args.record.display()));
    }
    if checked.faults.len() > SHOWN_MAX {
        terminal::complain(&format!("{}: and {} more", args.record.display(), checked.faults.len() - SHOWN_MAX));
    }
    let mut out = std::io::stdout().lock();
    let state = if checked.faults.is_empty() { "all in order" } else { "not in order" };
    writeln!(
        out,
        "{} reports, {} utterances, {} rows, {} passages: {state}",
        checked.reports, checked.utterances, checked.rows, checked.passages
    )?;
    Ok(if checked.faults.is_empty() { Outcome::Done } else { Outcome::Failed })
}
