//! `onrecord judge`.

use crate::args::{Decision as Typed, Judge};
use crate::{Outcome, terminal};
use onrecord::{Decision, Engine, Grounds, JudgementRow, Of, Record, Settings};
use std::io::Write;

pub fn run(settings: &Settings, args: &Judge) -> anyhow::Result<Outcome> {
    let decision = match args.decision.clone() {
        Typed::List => return list(args),
        Typed::Merge { one, other } => Decision::Merge { one, other },
        Typed::Split { person, reports } => Decision::Split { entity: person, reports },
        Typed::Name { person, name } => Decision::Name { entity: person, name },
        Typed::Undo { judgement } => Decision::Undo { judgement },
    };
    let grounds = Grounds { by: args.by.clone(), why: args.why.clone(), when: now() };
    let engine = Engine::new(settings)?;
    let progress = terminal::progress(settings);
    let made = engine.judge(&args.record, &decision, &grounds, &*progress)?;
    drop(progress);
    print(&made)?;
    Ok(Outcome::Done)
}

/// The moment, to the second: what is decided is told by its day and hour.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn list(args: &Judge) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    let all = record.all(|take| record.each_judgement(Of::All, take)).map_err(onrecord::Error::from)?;
    print(&all)?;
    Ok(Outcome::of(0, !all.is_empty()))
}

fn print(judgements: &[JudgementRow]) -> anyhow::Result<()> {
    let mut out = anstream::stdout().lock();
    for judgement in judgements {
        let other = judgement.other.as_ref().map(|passage| passage.exact.as_str());
        let what = match (judgement.kind.as_str(), other, &judgement.name) {
            ("same", Some(other), _) => format!("“{}” and “{other}” are one", judgement.one.exact),
            ("different", Some(other), _) => format!("“{other}” is not “{}”", judgement.one.exact),
            (_, _, Some(name)) => format!("“{}” is called {name}", judgement.one.exact),
            (kind, ..) => kind.to_owned(),
        };
        let by = if judgement.by.is_empty() { String::new() } else { format!(", by {}", judgement.by) };
        let why = if judgement.why.is_empty() { String::new() } else { format!(": {}", judgement.why) };
        let undone = judgement.undone.as_ref().map(|when| format!(" (taken back {when})")).unwrap_or_default();
        writeln!(out, "{} {}{by}  {what}{why}{undone}", judgement.id, judgement.made)?;
    }
    Ok(())
}
