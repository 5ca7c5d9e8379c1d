//! Progress: a bar on a terminal, plain lines otherwise, nothing when asked to be quiet.

use indicatif::{ProgressBar, ProgressStyle};
use onrecord::{Progress, Settings};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often a plain line says how far things are.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// What fits this run.
pub fn progress(settings: &Settings) -> Box<dyn Progress> {
    if settings.quiet.value {
        Box::new(())
    } else if std::io::stderr().is_terminal() {
        Box::new(Bar(Mutex::new(ProgressBar::hidden())))
    } else {
        Box::new(Lines(Mutex::new(Line { stage: "", done: 0, last: Instant::now() })))
    }
}

/// A bar on a terminal.
struct Bar(Mutex<ProgressBar>);

impl Progress for Bar {
    fn stage(&self, name: &'static str, reports: Option<usize>) {
        let Ok(mut bar) = self.0.lock() else { return };
        bar.finish_and_clear();
        let (next, template) = match reports {
            Some(reports) => (ProgressBar::new(reports as u64), "{msg:12} {bar:40} {pos}/{len}"),
            None => (ProgressBar::new_spinner(), "{msg:12} {spinner} {pos}, {per_sec}"),
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            next.set_style(style);
        }
        next.set_message(name);
        next.enable_steady_tick(Duration::from_millis(200));
        *bar = next;
    }

    fn done(&self, reports: usize) {
        if let Ok(bar) = self.0.lock() {
            bar.inc(reports as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Ok(bar) = self.0.lock() {
            bar.finish_and_clear();
        }
    }
}

/// Plain lines.
struct Lines(Mutex<Line>);

struct Line {
    stage: &'static str,
    done: usize,
    last: Instant,
}

impl Progress for Lines {
    fn stage(&self, name: &'static str, reports: Option<usize>) {
        if let Ok(mut line) = self.0.lock() {
            if let Some(reports) = reports {
                eprintln!("{name}: {reports} to look at");
            }
            *line = Line { stage: name, done: 0, last: Instant::now() };
        }
    }

    fn done(&self, reports: usize) {
        let Ok(mut line) = self.0.lock() else { return };
        line.done += reports;
        if line.last.elapsed() >= LINE_EVERY {
            line.last = Instant::now();
            eprintln!("{}: {} done", line.stage, line.done);
        }
    }
}
