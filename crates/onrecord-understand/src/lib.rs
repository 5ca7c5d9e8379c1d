//! From a report to a reading: mentions, times, utterances, speakers, basis.
//!
//! Pure: no input or output, no clock, no randomness; trouble goes to the reading's notes. Each layer is one file (or folder) with
//! one writer; later layers read earlier ones, nothing edits backwards. [`understand`] is the whole way, step by step.

pub mod attribution;
pub mod coreference;
pub mod kinds;
mod outlets;
pub mod quotes;
pub mod times;
pub mod utterances;
pub mod words;

use onrecord_model::{Note, Parse, Reading, Report, Span};
use std::sync::Arc;

/// What the layers have learned from annotated reports. Loaded once, shared by all threads.
#[derive(Debug, Default)]
pub struct Models {
    /// The learned tagger of attributions; without it the rules find all.
    pub attribution: Option<attribution::Model>,
}

static ATTRIBUTION: &[u8] = include_bytes!("../../../models/en/attribution.onrecord");

impl Models {
    /// The models for English that the program carries.
    ///
    /// # Errors
    /// Only if the program was built with a broken weights file.
    pub fn english() -> Result<Models, attribution::WeightsError> {
        Ok(Models { attribution: Some(attribution::Model::from_bytes(ATTRIBUTION)?) })
    }

    /// Rules alone.
    pub fn rules() -> Models {
        Models::default()
    }
}

/// The parts of a report that the language runtime is to parse: its story blocks, in text order. Furniture, captions and
/// bylines carry no utterances and are left out.
pub fn spans_to_parse(report: &Report) -> Vec<Span> {
    report.blocks.iter().filter(|block| block.is_story()).map(|block| block.span).collect()
}

/// Reads one report. `parse` is the language layer over [`spans_to_parse`]; with its token vectors the learned tagger of
/// `models` reads attributions, without them the rules do. The reading keeps the parse without the vectors. Cannot fail;
/// linear in the report's length.
pub fn understand(report: Arc<Report>, mut parse: Parse, models: &Models) -> Reading {
    let text = &*report.text;
    let blocks = spans_to_parse(&report);
    let quotes = quotes::quotes(text, &blocks);
    let attributions = attribution::attributions(text, &blocks, &parse, &quotes, models.attribution.as_ref());
    let times = times::times(&report, &parse);
    let speeches = coreference::speeches(&quotes, &attributions);
    let mut chains = coreference::coreference(&report, &parse, &speeches).chains;
    let words = words::Words::new(text, &parse);
    kinds::assign(&words, &mut chains);
    let utterances = utterances::utterances(&report, &words, &attributions, &chains, &times);
    let mut notes = report.notes.clone();
    if models.attribution.is_some() && parse.tokens.len() > attribution::LEARNED_TOKENS_MAX as usize {
        let note = "this report is too long for the learned tagger: rules alone found who said what".to_owned();
        notes.push(Note { span: Span::default(), note });
    }
    parse.vectors = Vec::new();
    Reading { report, parse, chains, times, utterances, notes }
}
