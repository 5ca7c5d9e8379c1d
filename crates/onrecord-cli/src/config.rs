//! From what was typed to what is meant: flags over variables over the settings file over the defaults.

use crate::args::{Address, Args, Command};
use anyhow::{Context, Result, bail};
use onrecord::{Origin, Settings};
use std::path::{Path, PathBuf};

/// Settings file that is used when it is there.
const FILE: &str = "onrecord.toml";

/// Variables start so.
const PREFIX: &str = "ONRECORD_";

/// All settings of this run.
pub fn settings(args: &Args) -> Result<Settings> {
    let mut settings = Settings::standard();
    let chosen = args.config.clone().or_else(|| std::env::var_os("ONRECORD_CONFIG").map(PathBuf::from));
    match chosen {
        Some(path) => take_file(&mut settings, &path)?,
        None if Path::new(FILE).exists() => take_file(&mut settings, Path::new(FILE))?,
        None => {}
    }
    take_variables(&mut settings)?;
    take_flags(&mut settings, args);
    Ok(settings)
}

fn take_file(settings: &mut Settings, path: &Path) -> Result<()> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{shown}: this settings file cannot be read"))?;
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => bail!("{shown}: this settings file is not TOML ({})", error.message()),
    };
    for (name, value) in table {
        let value = match value {
            toml::Value::String(value) => value,
            toml::Value::Integer(value) => value.to_string(),
            toml::Value::Boolean(value) => value.to_string(),
            _ => bail!("{shown}: {name} is a single value"),
        };
        take(settings, &name, &value, Origin::File(path.to_owned())).with_context(|| shown.to_string())?;
    }
    Ok(())
}

fn take_variables(settings: &mut Settings) -> Result<()> {
    for name in ["jobs", "model", "record", "host", "port", "quiet"] {
        let variable = format!("{PREFIX}{}", name.to_uppercase());
        if let Ok(value) = std::env::var(&variable) {
            take(settings, name, &value, Origin::Variable(variable.clone())).context(variable)?;
        }
    }
    Ok(())
}

fn take(settings: &mut Settings, name: &str, value: &str, origin: Origin) -> Result<()> {
    match name {
        "jobs" => match value.parse() {
            Ok(jobs @ 1..=1024) => settings.jobs.take(jobs, origin),
            _ => bail!("jobs is a number from 1 to 1024, not {value:?}"),
        },
        "model" => settings.model.take(Some(PathBuf::from(value)), origin),
        "record" => settings.record.take(PathBuf::from(value), origin),
        "host" => settings.host.take(value.to_owned(), origin),
        "port" => match value.parse() {
            Ok(port) => settings.port.take(port, origin),
            Err(_) => bail!("port is a number from 0 to 65535, not {value:?}"),
        },
        "quiet" => match value {
            "true" | "1" => settings.quiet.take(true, origin),
            "false" | "0" => settings.quiet.take(false, origin),
            _ => bail!("quiet is true or false, not {value:?}"),
        },
        _ => bail!("there is no setting {name:?}; `onrecord settings` lists them"),
    }
    Ok(())
}

fn take_flags(settings: &mut Settings, args: &Args) {
    if args.quiet {
        settings.quiet.take(true, Origin::Flag("--quiet"));
    }
    if let Some(model) = &args.model {
        settings.model.take(Some(model.clone()), Origin::Flag("--model"));
    }
    let jobs = match &args.command {
        Command::Read(read) => read.jobs.jobs,
        Command::Parse(parse) => parse.jobs.jobs,
        Command::Build(build) => build.jobs.jobs,
        Command::Eval(eval) => eval.jobs.jobs,
        Command::Remove(remove) => remove.jobs.jobs,
        _ => None,
    };
    if let Some(jobs) = jobs {
        settings.jobs.take(usize::from(jobs), Origin::Flag("--jobs"));
    }
    match &args.command {
        Command::Build(build) => take_record(settings, build.record.as_deref()),
        Command::Serve(serve) => take_address(settings, &serve.address),
        Command::Demo(demo) => take_address(settings, &demo.address),
        _ => {}
    }
}

fn take_record(settings: &mut Settings, record: Option<&Path>) {
    if let Some(record) = record {
        settings.record.take(record.to_owned(), Origin::Flag("--record"));
    }
}

fn take_address(settings: &mut Settings, address: &Address) {
    if let Some(port) = address.port {
        settings.port.take(port, Origin::Flag("--port"));
    }
    if let Some(host) = &address.host {
        settings.host.take(host.clone(), Origin::Flag("--host"));
    }
}
