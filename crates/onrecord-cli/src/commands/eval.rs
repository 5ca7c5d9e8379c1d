//! `onrecord eval`.

use crate::args::Eval;
use crate::{Outcome, terminal};
use onrecord::{Engine, Settings};

pub fn run(settings: &Settings, args: &Eval) -> anyhow::Result<Outcome> {
    let engine = Engine::new(settings)?;
    let progress = terminal::progress(settings);
    let result = onrecord_eval::run(&args.task, &engine, settings, &*progress)?;
    drop(progress);
    onrecord_eval::print(&result, &mut std::io::stdout().lock())?;
    Ok(Outcome::Done)
}
