//! `onrecord demo`.

use crate::args::{Demo, ViewFormat};
use crate::{Outcome, terminal};
use anyhow::Context;
use include_dir::{Dir, include_dir};
use onrecord::{Engine, ReadOptions, Record, Settings, views};
use std::path::PathBuf;

/// The sample story, carried by the program.
static STORY: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../examples/sorrel-bridge");

/// The folder that the story is read from.
const NAME: &str = "sorrel-bridge";

pub fn run(settings: &Settings, args: &Demo) -> anyhow::Result<Outcome> {
    let folder =
        tempfile::Builder::new().prefix("onrecord-demo-").tempdir().context("no temporary folder can be made")?;
    let story = folder.path().join(NAME);
    std::fs::create_dir(&story).context("the sample story cannot be written to a temporary folder")?;
    STORY.extract(&story).context("the sample story cannot be written to a temporary folder")?;
    let path = match &args.record {
        Some(path) => std::path::absolute(path).context("the record's place cannot be told")?,
        None => fresh_record()?,
    };
    // Read by a relative name: the record says which file each report is, and must say the same on every run.
    std::env::set_current_dir(folder.path()).context("the temporary folder cannot be entered")?;
    let engine = Engine::new(settings)?;
    let progress = terminal::progress(settings);
    let built = engine.build(&[PathBuf::from(NAME)], &ReadOptions::default(), &path, &*progress)?;
    drop(progress);
    for trouble in &built.troubles {
        terminal::complain(trouble);
    }
    let record = Record::open(&path).map_err(onrecord::Error::from)?;
    super::show::print(ViewFormat::Text, &views::desk(&record)?, terminal::desk)?;
    drop(record);
    if !settings.quiet.value {
        eprintln!("The record: {}", path.display());
    }
    if !args.no_serve {
        crate::web::serve(&path, settings)?;
    }
    Ok(Outcome::of(built.troubles.len(), true))
}

/// A place for the demo's record; what an earlier demo left there goes.
fn fresh_record() -> anyhow::Result<PathBuf> {
    let path = std::env::temp_dir().join("onrecord-demo.sqlite");
    for suffix in ["", "-wal", "-shm"] {
        let mut old = path.clone().into_os_string();
        old.push(suffix);
        if let Err(error) = std::fs::remove_file(&old)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(error).context(format!("{}: the last demo's record cannot be removed", path.display()));
        }
    }
    Ok(path)
}
