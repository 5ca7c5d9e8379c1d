//! Scores of Onrecord against annotated data. Each task is one file: it reads a data folder, runs the engine over its texts,
//! compares, and gives a table of measures. `--predictions FILE` also writes what was predicted.

mod attribution;
mod chains;
pub mod conll;
mod copies;
mod coreference;
mod extraction;
mod language;
mod lines;
mod origins;
mod sets;
mod staged;
mod stories;
mod table;
mod text;
mod time;

pub use table::{Measure, Table, print};

use clap::Subcommand;
use onrecord::{Engine, Progress, Settings};
use std::path::PathBuf;

/// What to score.
#[derive(Subcommand, Debug)]
pub enum Task {
    /// Who said what, against PolNeAR: source, cue, content and whole attributions.
    Attribution(Data),
    /// Who copied whom, in a folder with docs.jsonl, gold.jsonl and negatives.jsonl.
    Copies(CopiesData),
    /// Which texts tell one story, in a JSON Lines file with `id`, `text`, `story`.
    Stories(Data),
    /// Copies, statements, origins, conflicts, people, stories and events in running stories with gold.
    Origins(OriginsData),
    /// Chains of mentions, against OntoGUM: MUC, B cubed, CEAF and the CoNLL score.
    Coreference(Data),
    /// Speakers, carriers, basis, anonymity, addressee, stance and nesting, against annotated passages.
    Chains(Chains),
    /// Time expressions, against TIMEX3 annotation in JSON.
    Time(Data),
    /// Tokens, tags, tree and names, against another parse, in a folder of texts with spacy.jsonl.
    Language(Data),
    /// Article bodies and facts of saved pages, in a folder with gold.jsonl and index.tsv.
    Extraction(Data),
}

/// Which annotated passages.
#[derive(clap::Args, Debug)]
pub struct Chains {
    /// JSON Lines file of annotated passages; the program's own set unless told.
    pub data: Option<PathBuf>,
    /// Only passages with this tag (the own set has `tune` and `check`).
    #[arg(long, value_name = "TAG")]
    pub split: Option<String>,
    /// Also print what was missed, what is false and which fields are wrong.
    #[arg(long)]
    pub errors: bool,
}

/// Where the annotated data lies.
#[derive(clap::Args, Debug)]
pub struct Data {
    /// Folder or file of the annotated data.
    pub data: PathBuf,
    /// Part of the data, where it has parts.
    #[arg(long, default_value = "dev")]
    pub split: String,
    /// Where to write what was predicted.
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
}

/// Where a set of copies lies, and how to find them.
#[derive(clap::Args, Debug)]
pub struct CopiesData {
    /// Where the set lies.
    #[command(flatten)]
    pub data: Data,
    /// Only which texts are whole copies of each other, from fingerprints alone: no passages, no direction.
    #[arg(long)]
    pub whole: bool,
}

/// Where running stories with gold lie.
#[derive(clap::Args, Debug)]
pub struct OriginsData {
    /// Folder with a folder a story, or with such folders [default: the project's own set, which the program carries].
    pub data: Option<PathBuf>,
    /// Folder of an exported record to score, or of one a part of the set, instead of building a record.
    #[arg(long, value_name = "FOLDER")]
    pub exported: Option<PathBuf>,
    /// Where to write the results, in JSON.
    #[arg(long, value_name = "FILE")]
    pub predictions: Option<PathBuf>,
}

/// Scores one task.
///
/// # Errors
/// Data that cannot be read, in one sentence.
pub fn run(task: &Task, engine: &Engine, _settings: &Settings, progress: &dyn Progress) -> anyhow::Result<Table> {
    match task {
        Task::Attribution(data) => attribution::score(data, engine, progress),
        Task::Copies(task) => copies::score(task),
        Task::Stories(data) => stories::score(data),
        Task::Origins(data) => origins::score(data, engine, progress),
        Task::Coreference(data) => coreference::score(data, engine, progress),
        Task::Chains(data) => chains::score(data, engine, progress),
        Task::Time(data) => time::score(data, engine, progress),
        Task::Language(data) => language::score(data, engine, progress),
        Task::Extraction(data) => extraction::score(data, engine, progress),
    }
}
