//! What can be typed. The comments here are the help.

use clap::{Args as Flags, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Shows who said what in a pile of news reports, on whose word, and how many independent origins stand behind it.
#[derive(Parser, Debug)]
#[command(name = "onrecord", version, propagate_version = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing of progress.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Settings file, in place of ./onrecord.toml.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language model file, in place of the one that the program carries.
    #[arg(long, global = true, value_name = "FILE")]
    pub model: Option<PathBuf>,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Build the record of the sample story, print its desk and serve its pages.
    Demo(Demo),
    /// Read reports and print who said what in each, without a record.
    Read(Read),
    /// Print what the language runtime alone says of text files.
    Parse(Parse),
    /// Read inputs into a record, new or existing, and connect them.
    Build(Build),
    /// Take reports out of a record, with everything that rests on them alone.
    Remove(Remove),
    /// Say who is who: merge people, split them, name them, or undo that.
    Judge(Judge),
    /// Print the desk of a record, or a story, statement, report or person of it.
    Show(Show),
    /// Search reports, utterances and statements.
    Search(Search),
    /// Serve the pages and the API of a record.
    Serve(Serve),
    /// Write a record's contents to files.
    Export(Export),
    /// Prove that every row has its passage, every passage its characters and every id its row.
    Check(Check),
    /// Score against annotated data.
    Eval(Eval),
    /// Print each setting, its value and where it came from.
    Settings,
}

/// How many threads.
#[derive(Flags, Debug, Clone, Copy)]
pub struct Jobs {
    /// Threads to use; all cores by default.
    #[arg(long, short, visible_alias = "threads", value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
}

/// What is known of the inputs beside what they say.
#[derive(Flags, Debug)]
pub struct Inputs {
    /// Table about the files, in place of a reports.csv beside them.
    #[arg(long, value_name = "CSV")]
    pub about: Option<PathBuf>,
    /// Other names of the columns of tables and JSON Lines: text=body,published=date.
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = pair)]
    pub map: Vec<(String, String)>,
}

fn pair(given: &str) -> Result<(String, String), String> {
    match given.split_once('=') {
        Some((field, column)) if !field.is_empty() && !column.is_empty() => Ok((field.to_owned(), column.to_owned())),
        _ => Err("write FIELD=COLUMN, for example text=body".to_owned()),
    }
}

/// `onrecord demo`.
#[derive(Flags, Debug)]
pub struct Demo {
    /// Stop after printing the desk.
    #[arg(long)]
    pub no_serve: bool,
    /// Where to write the record; a temporary place by default.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub address: Address,
}

/// `onrecord read`.
#[derive(Flags, Debug)]
pub struct Read {
    /// Files and folders.
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// Take a text file's characters as the report's text, unchanged.
    #[arg(long)]
    pub as_is: bool,
    /// Publication date (YYYY-MM-DD or RFC 3339), before what files and tables say.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ReadFormat,
    /// Print the tokens too.
    #[arg(long)]
    pub layers: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: Inputs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub jobs: Jobs,
}

/// How a reading is printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadFormat {
    /// One JSON object a line.
    Jsonl,
    /// For people.
    Text,
}

/// `onrecord parse`.
#[derive(Flags, Debug)]
pub struct Parse {
    /// Text files.
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<PathBuf>,
    /// How to print.
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ParseFormat,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub jobs: Jobs,
}

/// How a parse is printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ParseFormat {
    /// One JSON object a line.
    Jsonl,
    /// Not at all, for measuring.
    None,
}

/// `onrecord build`.
#[derive(Flags, Debug)]
pub struct Build {
    /// Files and folders.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// The record to add to; it is made where it is missing.
    #[arg(long, short, value_name = "FILE")]
    pub record: Option<PathBuf>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub about: Inputs,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub jobs: Jobs,
}

/// `onrecord remove`.
#[derive(Flags, Debug)]
pub struct Remove {
    /// The record.
    pub record: PathBuf,
    /// Ids of reports.
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub jobs: Jobs,
}

/// `onrecord judge`.
#[derive(Flags, Debug)]
pub struct Judge {
    /// The record.
    pub record: PathBuf,
    /// What is decided.
    #[command(subcommand)]
    pub decision: Decision,
    /// Who decides; kept beside the decision.
    #[arg(long, global = true, env = "ONRECORD_BY", default_value = "", value_name = "NAME")]
    pub by: String,
    /// Why; kept beside the decision.
    #[arg(long, global = true, default_value = "", value_name = "TEXT")]
    pub why: String,
}

/// What can be decided.
#[derive(Subcommand, Debug, Clone)]
pub enum Decision {
    /// Two people (or bodies, or places) are one.
    Merge {
        /// Id of one.
        one: String,
        /// Id of the other.
        other: String,
    },
    /// Whom these reports mean is not whom the other reports mean.
    Split {
        /// Id of the person.
        person: String,
        /// Ids of the reports that mean somebody else.
        #[arg(required = true, value_name = "REPORT")]
        reports: Vec<String>,
    },
    /// A person is to be called so.
    Name {
        /// Id of the person.
        person: String,
        /// The name.
        name: String,
    },
    /// Take a decision back.
    Undo {
        /// Id of the decision.
        judgement: String,
    },
    /// Print all decisions.
    List,
}

/// `onrecord show`.
#[derive(Flags, Debug)]
pub struct Show {
    /// The record.
    pub record: PathBuf,
    /// Id of a story.
    #[arg(long, value_name = "ID", group = "one")]
    pub story: Option<String>,
    /// Id of a statement.
    #[arg(long, value_name = "ID", group = "one")]
    pub statement: Option<String>,
    /// Id of a report.
    #[arg(long, value_name = "ID", group = "one")]
    pub report: Option<String>,
    /// Id of a person, an organisation or anything else that is named.
    #[arg(long, value_name = "ID", group = "one")]
    pub person: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub format: ViewFormat,
}

/// How a view is printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
}

/// `onrecord search`.
#[derive(Flags, Debug)]
pub struct Search {
    /// The record.
    pub record: PathBuf,
    /// Words that must all occur; "words in quotes" must follow each other.
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// How to print.
    #[arg(long, value_enum, default_value = "text")]
    pub format: ViewFormat,
}

/// Where pages are served.
#[derive(Flags, Debug)]
pub struct Address {
    /// Port.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Address to listen on.
    #[arg(long, value_name = "H")]
    pub host: Option<String>,
}

/// `onrecord serve`.
#[derive(Flags, Debug)]
pub struct Serve {
    /// The record.
    pub record: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub address: Address,
}

/// `onrecord export`.
#[derive(Flags, Debug)]
pub struct Export {
    /// The record.
    pub record: PathBuf,
    /// What to write.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Folder (jsonl, csv) or file (the others) to write.
    #[arg(long, short, value_name = "PATH")]
    pub out: PathBuf,
}

/// What an export writes.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExportFormat {
    /// A folder with one JSON Lines file a table: everything.
    Jsonl,
    /// A folder with one CSV file a table.
    Csv,
    /// One workbook with a sheet a table.
    Xlsx,
    /// One page that needs nothing else.
    Html,
    /// One Markdown file.
    Md,
    /// Utterances as Web Annotations (JSON-LD).
    Webannotation,
    /// Reports, copies, people and statements as a graph.
    Graphml,
}

/// `onrecord check`.
#[derive(Flags, Debug)]
pub struct Check {
    /// The record.
    pub record: PathBuf,
}

/// `onrecord eval`.
#[derive(Flags, Debug)]
pub struct Eval {
    /// What to score.
    #[command(subcommand)]
    pub task: onrecord_eval::Task,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub jobs: Jobs,
}
