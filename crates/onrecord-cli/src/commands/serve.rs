//! `onrecord serve`.

use crate::Outcome;
use crate::args::Serve;
use onrecord::{Record, Settings};

pub fn run(settings: &Settings, args: &Serve) -> anyhow::Result<Outcome> {
    // Trouble with the record is told before anyone connects.
    drop(Record::open(&args.record).map_err(onrecord::Error::from)?);
    crate::web::serve(&args.record, settings)?;
    Ok(Outcome::Done)
}
