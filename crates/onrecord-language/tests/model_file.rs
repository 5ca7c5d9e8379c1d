//! Bad model files are refused with a sentence, never with a panic.

use onrecord_language::{ModelError, Pipeline};
use proptest::prelude::*;
use std::path::Path;

const ENGLISH: &[u8] = include_bytes!("../../../models/en/english.onrecord");

fn error_of(bytes: &[u8]) -> ModelError {
    Pipeline::from_bytes(bytes).err().expect("these bytes are no model")
}

#[test]
fn a_copied_model_works_like_the_carried_one() {
    let text = "The ferry was late again.";
    let copied = Pipeline::from_bytes(ENGLISH).expect("the file is whole");
    let carried = Pipeline::english().expect("the file is whole");
    assert!(copied.parse(text) == carried.parse(text));
}

#[test]
fn other_files_are_refused() {
    assert!(matches!(error_of(b""), ModelError::Magic));
    assert!(matches!(error_of(&[0; 4096]), ModelError::Magic));
    assert!(matches!(
        error_of(b"PK\x03\x04 and then what a ZIP file holds, which is not a model at all"),
        ModelError::Magic
    ));
}

#[test]
fn another_version_is_refused() {
    let mut bytes = ENGLISH.to_vec();
    bytes[8] = 99;
    assert_eq!(error_of(&bytes).to_string(), "the model file has format version 99, this program reads version 1");
}

#[test]
fn a_file_cut_short_is_refused() {
    for length in [64, 100, 5000, ENGLISH.len() / 2, ENGLISH.len() - 1] {
        assert!(matches!(error_of(&ENGLISH[..length]), ModelError::Length { .. }), "cut at {length}");
    }
}

#[test]
fn sections_outside_the_file_are_refused() {
    let mut bytes = ENGLISH.to_vec();
    bytes[64 + 48 + 39] = 0xff; // the highest byte of the second section's offset
    assert!(matches!(error_of(&bytes), ModelError::Table { row: 1 }));
}

#[test]
fn a_missing_section_is_named() {
    let mut bytes = ENGLISH.to_vec();
    let name = b"vectors.starts\0";
    let at = bytes.windows(name.len()).position(|window| window == name).expect("the table has it");
    bytes[at + name.len() - 2] = b't';
    assert_eq!(error_of(&bytes).to_string(), "the model file has no section vectors.starts");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Pipeline::from_file(Path::new("no/such/model")).err().expect("there is no such file");
    assert!(error.to_string().contains("no/such/model"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever a byte of the table or of a small section becomes, the file is refused or it parses.
    #[test]
    fn a_changed_byte_never_panics(at in 0.0..1.0f64, value: u8, in_table: bool) {
        let length = if in_table { 5000 } else { ENGLISH.len() };
        let mut bytes = ENGLISH.to_vec();
        bytes[(at * length as f64) as usize] = value;
        if let Ok(pipeline) = Pipeline::from_bytes(&bytes) {
            pipeline.parse("She didn't say so, \"they\" did: see page 12 (or not).");
        }
    }
}
