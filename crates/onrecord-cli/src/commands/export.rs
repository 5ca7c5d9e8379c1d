//! `onrecord export`.

use crate::Outcome;
use crate::args::{Export, ExportFormat};
use onrecord::{Record, export};

pub fn run(args: &Export) -> anyhow::Result<Outcome> {
    let record = Record::open(&args.record).map_err(onrecord::Error::from)?;
    match args.format {
        ExportFormat::Jsonl => record.export_jsonl(&args.out).map_err(onrecord::Error::from)?,
        ExportFormat::Csv => export::csv(&record, &args.out)?,
        ExportFormat::Xlsx => export::workbook(&record, &args.out)?,
        ExportFormat::Html => crate::web::whole::write(&record, &args.out)?,
        ExportFormat::Md => export::markdown(&record, &args.out)?,
        ExportFormat::Webannotation => export::annotations(&record, &args.out)?,
        ExportFormat::Graphml => export::graph(&record, &args.out)?,
    }
    Ok(Outcome::Done)
}
