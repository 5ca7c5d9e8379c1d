//! `onrecord search`.

use crate::args::Search;
use crate::{Outcome, terminal};
use onrecord::{Record, views};

pub fn run(args: &Search) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    let found = views::search(&record, &args.query.join(" "))?;
    super::show::print(args.format, &found, terminal::search)?;
    Ok(Outcome::of(0, !found.found.is_empty()))
}
