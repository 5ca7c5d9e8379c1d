//! `onrecord show`.

use crate::args::{Show, ViewFormat};
use crate::{Outcome, terminal};
use onrecord::{Record, views};
use serde::Serialize;
use std::io::Write;

pub fn run(args: &Show) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    if let Some(id) = &args.story {
        print(args.format, &views::story(&record, id)?, terminal::story)?;
    } else if let Some(id) = &args.statement {
        print(args.format, &views::statement(&record, id)?, terminal::statement)?;
    } else if let Some(id) = &args.report {
        print(args.format, &views::report(&record, id)?, terminal::report)?;
    } else if let Some(id) = &args.person {
        print(args.format, &views::person(&record, id)?, terminal::person)?;
    } else {
        let desk = views::desk(&record)?;
        print(args.format, &desk, terminal::desk)?;
        return Ok(Outcome::of(0, desk.counts.reports > 0));
    }
    Ok(Outcome::Done)
}

/// Prints a view as text or as JSON.
pub fn print<V: Serialize>(format: ViewFormat, view: &V, text: fn(&V) -> String) -> anyhow::Result<()> {
    let shown = match format {
        ViewFormat::Text => text(view),
        ViewFormat::Json => serde_json::to_string(view)? + "\n",
    };
    // Styles are taken out again where the output is no terminal.
    anstream::stdout().lock().write_all(shown.as_bytes())?;
    Ok(())
}
