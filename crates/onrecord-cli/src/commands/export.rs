//! `onrecord export`.

use crate::Outcome;
use crate::args::{Export, ExportFormat};
use onrecord::Record;

pub fn run(args: &Export) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    match args.format {
        ExportFormat::Jsonl => record.export_jsonl(&args.out).map_err(onrecord::Error::from)?,
        other => anyhow::bail!("{other:?} is not written yet"),
    }
    Ok(Outcome::Done)
}
