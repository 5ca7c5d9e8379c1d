//! `onrecord read`.

use crate::args::{Read, ReadFormat};
use crate::{Outcome, terminal};
use onrecord::{Engine, Flow, Settings};
use std::io::{BufWriter, Write};

pub fn run(settings: &Settings, args: &Read) -> anyhow::Result<Outcome> {
    let engine = Engine::new(settings)?;
    let mut options = super::read_options(&args.about);
    options.as_is = args.as_is;
    options.published = args.published.clone();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut read, mut troubles, mut failed) = (0, 0, None);
    engine.read(&args.inputs, &options, &(), &mut |item| {
        let printed = match item {
            Ok(reading) => {
                read += 1;
                let row = onrecord::reading_row(&reading, args.layers);
                match args.format {
                    ReadFormat::Jsonl => serde_json::to_writer(&mut out, &row)
                        .map_err(std::io::Error::from)
                        .and_then(|()| out.write_all(b"\n")),
                    ReadFormat::Text => {
                        out.write_all(anstream::adapter::strip_str(&terminal::reading(&row)).to_string().as_bytes())
                    }
                }
            }
            Err(trouble) => {
                troubles += 1;
                terminal::complain(&trouble);
                Ok(())
            }
        };
        match printed {
            Ok(()) => Flow::Go,
            Err(error) => {
                failed = Some(error);
                Flow::Stop
            }
        }
    });
    match failed {
        Some(error) => return Err(error.into()),
        None => out.flush()?,
    }
    Ok(Outcome::of(troubles, read > 0))
}
