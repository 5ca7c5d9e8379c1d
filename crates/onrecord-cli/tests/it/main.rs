//! The program as its users meet it: every test runs the real binary.

mod build;
mod killed;
mod print;
mod trouble;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The sample story of the project.
fn story() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/sorrel-bridge")
}

/// The program, in a folder of its own, untouched by the environment.
fn onrecord(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(folder).env_remove("ONRECORD_JOBS").env_remove("ONRECORD_RECORD").env("NO_COLOR", "1");
    command
}

/// Runs the program to its end.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    onrecord(folder).args(arguments).output().expect("the program starts")
}

/// Runs the program, which must end well; what it printed.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("what is printed is UTF-8")
}

/// Runs the program, which must fail; what it said.
fn fails(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    said
}

/// Some small reports of one story, as (file name, text).
const REPORTS: [(&str, &str); 3] = [
    (
        "ferry-delay.txt",
        "Ferry to Skarholm delayed until May\n\nThe new ferry to Skarholm will not sail before May, harbour master Ines Vik said on Monday. \
         \"The engine has to come out again,\" Vik told reporters.\n",
    ),
    (
        "ferry-costs.txt",
        "Repairs to cost four million\n\nRepairs to the Skarholm ferry will cost four million crowns, according to two people at the yard \
         who asked not to be named because the talks are private.\n",
    ),
    (
        "ferry-minister.txt",
        "Minister denies delay\n\nTransport minister Olav Brandt denied on Tuesday that the ferry was late. \
         Brandt said the ferry would sail in April.\n",
    ),
];

/// Writes the small reports and what is known about them into a folder.
fn write_reports(folder: &Path) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    for (name, text) in REPORTS {
        std::fs::write(folder.join(name), text).expect("a file can be written");
    }
    let about = "file,outlet,published\nferry-delay.txt,Skarholm Post,2023-03-06\nferry-costs.txt,Coast Radio,2023-03-07\n\
                 ferry-minister.txt,Skarholm Post,2023-03-07\n";
    std::fs::write(folder.join("reports.csv"), about).expect("a file can be written");
}

/// All files of a folder with their bytes, by name.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("an export is a folder")
        .map(|entry| {
            let path = entry.expect("a folder can be read").path();
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("a file can be read"))
        })
        .collect();
    files.sort();
    files
}

/// Exports a record as JSON Lines and gives the bytes.
fn exported(folder: &Path, record: &str) -> Vec<(String, Vec<u8>)> {
    let out = folder.join(format!("{record}.export"));
    done(folder, &["export", record, "--format", "jsonl", "--out", out.to_str().expect("a path is text")]);
    bytes(&out)
}
