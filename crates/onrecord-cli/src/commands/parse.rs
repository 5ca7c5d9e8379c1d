//! `onrecord parse`.

use crate::args::{Parse, ParseFormat};
use crate::{Outcome, terminal};
use onrecord::{Engine, Settings};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

/// Bytes of text that are parsed at a time.
const BATCH_BYTES: usize = 1 << 20;

pub fn run(settings: &Settings, args: &Parse) -> anyhow::Result<Outcome> {
    let engine = Engine::new(settings)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut batch, mut bytes, mut parsed, mut troubles) = (Vec::new(), 0, 0, 0);
    for path in &args.inputs {
        match text(path) {
            Ok(text) => {
                bytes += text.len();
                batch.push((path, text));
            }
            Err(sentence) => {
                troubles += 1;
                terminal::complain(&sentence);
            }
        }
        if bytes >= BATCH_BYTES {
            parsed += print(&engine, args, &mut batch, &mut out)?;
            bytes = 0;
        }
    }
    parsed += print(&engine, args, &mut batch, &mut out)?;
    out.flush()?;
    Ok(Outcome::of(troubles, parsed > 0))
}

/// A text file's characters as they are, or one sentence.
fn text(path: &Path) -> Result<Arc<str>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{}: cannot be read ({error})", path.display()))?;
    if bytes.len() >= u32::MAX as usize {
        return Err(format!("{}: is 4 GiB long or longer; split it into smaller files", path.display()));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(_) => Err(format!("{}: is not UTF-8; convert it to UTF-8 first", path.display())),
    }
}

fn print(
    engine: &Engine,
    args: &Parse,
    batch: &mut Vec<(&std::path::PathBuf, Arc<str>)>,
    out: &mut impl Write,
) -> anyhow::Result<usize> {
    let texts: Vec<&str> = batch.iter().map(|(_, text)| &**text).collect();
    let parses = engine.parse(&texts);
    for ((path, text), parse) in batch.iter().zip(&parses) {
        if args.format == ParseFormat::Jsonl {
            let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
            serde_json::to_writer(&mut *out, &onrecord::parse_row(&name, text, parse)).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(std::mem::take(batch).len())
}
