//! `onrecord remove`.

use crate::args::Remove;
use crate::{Outcome, terminal};
use onrecord::{Engine, Settings};

pub fn run(settings: &Settings, args: &Remove) -> anyhow::Result<Outcome> {
    let engine = Engine::new(settings)?;
    let progress = terminal::progress(settings);
    let mut reports = Vec::new();
    let mut unknown: Vec<String> = Vec::new();
    for id in &args.reports {
        match id.parse() {
            Ok(report) => reports.push(report),
            Err(_) => unknown.push(id.clone()),
        }
    }
    reports.sort_unstable();
    reports.dedup();
    let missing = engine.remove(&args.record, &reports, &*progress)?;
    drop(progress);
    let removed = reports.len() - missing.len();
    unknown.extend(missing.iter().map(ToString::to_string));
    for id in &unknown {
        terminal::complain(&format!("{}: no report in this record has the id {id}", args.record.display()));
    }
    if !settings.quiet.value {
        let reports = if removed == 1 { "report" } else { "reports" };
        eprintln!("{}: {removed} {reports} removed", args.record.display());
    }
    Ok(Outcome::of(unknown.len(), removed > 0))
}
