//! The pipeline: all steps over many documents, a group at a time.

use crate::analysis::Analyser;
use crate::error::ModelError;
use crate::form::Lexicon;
use crate::model::{Aligned, Model};
use crate::names::NameFinder;
use crate::network::{Encoder, EncoderSections, Kernels};
use crate::parser::Parser;
use crate::tagger::Tagger;
use crate::tokenizer::Tokenizer;
use crate::vectors::VectorKeys;
use crate::worker::Worker;
use onrecord_model::{Parse, Span};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

pub(crate) static ENGLISH: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/en/english.onrecord"));

macro_rules! encoder_sections {
    ($name:literal) => {
        EncoderSections {
            features: concat!($name, ".features"),
            seeds: concat!($name, ".seeds"),
            rows: concat!($name, ".rows"),
            tables: concat!($name, ".tables"),
            vectors: concat!($name, ".vectors"),
            maxouts: encoder_sections!($name; ".maxout0", ".maxout1", ".maxout2", ".maxout3", ".maxout4"),
        }
    };
    ($name:literal; $($layer:literal),*) => {
        [$([
            concat!($name, $layer, ".weights"),
            concat!($name, $layer, ".bias"),
            concat!($name, $layer, ".gain"),
            concat!($name, $layer, ".shift"),
        ]),*]
    };
}

const CONTEXT: EncoderSections = encoder_sections!("context");
const NAMES: EncoderSections = encoder_sections!("names");

/// One text to parse.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The text.
    pub text: &'a str,
    /// Its parts to parse, each as a document of its own; in order, disjoint, on character boundaries.
    pub spans: Vec<Span>,
    /// Whether to give the contextual token vectors.
    pub vectors: bool,
}

impl<'a> Job<'a> {
    /// All of `text`, as one document, without vectors.
    pub fn whole(text: &'a str) -> Job<'a> {
        Job { text, spans: vec![Span::new(0, text.len() as u32)], vectors: false }
    }
}

/// The loaded pipeline. Any number of threads may use one at the same time; answers depend on the text alone.
pub struct Pipeline {
    pub(crate) steps: Steps,
    workers: Mutex<Vec<Worker>>,
}

/// What the steps know; it never changes.
pub(crate) struct Steps {
    pub kernels: Kernels,
    pub lexicon: Lexicon,
    pub tokenizer: Tokenizer,
    pub analyser: Analyser,
    pub vectors: VectorKeys,
    pub context: Encoder,
    pub tagger: Tagger,
    pub parser: Parser,
    pub names_context: Encoder,
    pub names: NameFinder,
}

impl Pipeline {
    /// The English pipeline that the program carries.
    ///
    /// # Errors
    /// Only if the program was built with a broken model file, or runs on a big-endian machine.
    pub fn english() -> Result<Pipeline, ModelError> {
        Pipeline::new(&Model::carried(ENGLISH)?)
    }

    /// The pipeline of a model file in memory; its bytes are copied.
    ///
    /// # Errors
    /// If they are no whole model file of this format.
    pub fn from_bytes(bytes: &[u8]) -> Result<Pipeline, ModelError> {
        Pipeline::new(&Model::copied(bytes)?)
    }

    /// The pipeline of a model file.
    ///
    /// # Errors
    /// If it cannot be read, or is no whole model file of this format.
    pub fn from_file(path: &Path) -> Result<Pipeline, ModelError> {
        let bytes = std::fs::read(path).map_err(|source| ModelError::Read { path: path.into(), source })?;
        Pipeline::from_bytes(&bytes)
    }

    fn new(model: &Model) -> Result<Pipeline, ModelError> {
        let lexicon = Lexicon::new(model)?;
        let vectors = VectorKeys::new(model)?;
        let steps = Steps {
            kernels: Kernels::best(),
            tokenizer: Tokenizer::new(model, &lexicon)?,
            analyser: Analyser::new(model, &lexicon)?,
            lexicon,
            context: Encoder::new(model, &CONTEXT, vectors.count())?,
            tagger: Tagger::new(model)?,
            parser: Parser::new(model)?,
            names_context: Encoder::new(model, &NAMES, vectors.count())?,
            names: NameFinder::new(model)?,
            vectors,
        };
        Ok(Pipeline { steps, workers: Mutex::default() })
    }

    /// Which arithmetic this machine gets: `AVX-512`, `AVX2` or `portable`.
    pub fn arithmetic(&self) -> &'static str {
        self.steps.kernels.name
    }

    /// Parses a whole text as one document.
    ///
    /// # Panics
    /// If the text is 4 GiB long or longer.
    pub fn parse(&self, text: &str) -> Parse {
        self.parse_batch(&[Job::whole(text)]).pop().unwrap_or_default()
    }

    /// Parses many texts, one [`Parse`] a job, in order. Many short texts at a time are faster than one by one.
    ///
    /// # Panics
    /// If a text is 4 GiB long or longer, or a span is not on character boundaries of its text.
    pub fn parse_batch(&self, jobs: &[Job]) -> Vec<Parse> {
        self.with_worker(|worker| worker.parse(&self.steps, jobs))
    }

    /// Only cuts a text into tokens, which is some hundred times faster than parsing it.
    ///
    /// # Panics
    /// If the text is 4 GiB long or longer.
    pub fn tokenize(&self, text: &str) -> Vec<Span> {
        assert!(u32::try_from(text.len()).is_ok(), "a text must be shorter than 4 GiB");
        self.with_worker(|worker| worker.tokenize(&self.steps, text))
    }

    fn with_worker<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let free = || self.workers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut worker = free().pop().unwrap_or_default();
        let result = work(&mut worker);
        free().push(worker);
        result
    }
}
