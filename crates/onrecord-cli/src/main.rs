//! The program `onrecord`.

mod args;
mod commands;
mod config;
mod terminal;
mod web;

use args::{Args, Command};
use clap::Parser;
use std::io::ErrorKind;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    /// Done.
    Done,
    /// Done, and nothing found.
    Nothing,
    /// Something failed; it was told, and the rest was done.
    Failed,
}

impl Outcome {
    /// Failed where there was trouble, nothing where nothing was found.
    fn of(troubles: usize, found: bool) -> Outcome {
        match (troubles, found) {
            (1.., _) => Outcome::Failed,
            (0, true) => Outcome::Done,
            (0, false) => Outcome::Nothing,
        }
    }
}

fn main() -> ExitCode {
    keep_running_on_full_files();
    let args = Args::parse();
    match dispatch(args) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => ExitCode::from(1),
        Ok(Outcome::Failed) => ExitCode::from(2),
        // Whoever reads our output has had enough: `onrecord … | head` is no failure.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) if error.downcast_ref::<onrecord::Error>().is_some_and(onrecord::Error::is_unknown) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
        Err(error) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn dispatch(args: Args) -> anyhow::Result<Outcome> {
    let settings = config::settings(&args)?;
    match args.command {
        Command::Demo(demo) => commands::demo::run(&settings, &demo),
        Command::Read(read) => commands::read::run(&settings, &read),
        Command::Parse(parse) => commands::parse::run(&settings, &parse),
        Command::Build(build) => commands::build::run(&settings, &build),
        Command::Remove(remove) => commands::remove::run(&settings, &remove),
        Command::Judge(judge) => commands::judge::run(&settings, &judge),
        Command::Show(show) => commands::show::run(&show),
        Command::Search(search) => commands::search::run(&search),
        Command::Serve(serve) => commands::serve::run(&settings, &serve),
        Command::Export(export) => commands::export::run(&export),
        Command::Check(check) => commands::check::run(&check),
        Command::Eval(eval) => commands::eval::run(&settings, &eval),
        Command::Settings => commands::settings::run(&settings),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}

/// A file that may grow no more is an error that can be told, not a reason to die: SIGXFSZ is ignored.
#[cfg(unix)]
fn keep_running_on_full_files() {
    // SAFETY: called first, while there is one thread; SIG_IGN is a valid handler for this signal.
    unsafe {
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    }
}

#[cfg(not(unix))]
fn keep_running_on_full_files() {}
