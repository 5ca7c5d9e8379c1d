//! `onrecord build`.

use crate::args::Build;
use crate::{Outcome, terminal};
use onrecord::{Engine, Settings};

pub fn run(settings: &Settings, args: &Build) -> anyhow::Result<Outcome> {
    let engine = Engine::new(settings)?;
    let progress = terminal::progress(settings);
    let path = &settings.record.value;
    let built = engine.build(&args.inputs, &super::read_options(&args.about), path, &*progress)?;
    drop(progress);
    for trouble in &built.troubles {
        terminal::complain(trouble);
    }
    if !settings.quiet.value {
        eprintln!("{}: {}", path.display(), summary(&built));
    }
    Ok(Outcome::of(built.troubles.len(), built.added + built.known > 0))
}

/// What a build did, in a few words.
pub fn summary(built: &onrecord::Built) -> String {
    let reports = |count: usize| if count == 1 { "1 report".to_owned() } else { format!("{count} reports") };
    match (built.added, built.known) {
        (0, 0) => "no reports found".to_owned(),
        (0, known) => format!("nothing new, {} known", reports(known)),
        (added, 0) => format!("{} added", reports(added)),
        (added, known) => format!("{} added, {known} known", reports(added)),
    }
}
