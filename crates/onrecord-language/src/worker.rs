//! One thread's work: documents go through all steps in groups, with room and tables kept between groups.

use crate::analysis::AnalysisCache;
use crate::draft::Draft;
use crate::form::Forms;
use crate::network::{Rows, Table, WIDTH};
use crate::parser::ParserRoom;
use crate::pipeline::{Job, Steps};
use crate::scorer::Parts;
use crate::tokenizer::ChunkCache;
use crate::write::LemmaSlots;
use onrecord_model::{Parse, Span};

/// A group is closed once it has so many tokens: enough for whole matrix tiles, few enough for the nearer caches.
const GROUP_TOKENS: usize = 512;
/// Word forms remembered before all are forgotten.
const FORMS_MAX: usize = 1 << 17;
/// Word forms whose rows are kept, for each of the two networks: about 31 MB each.
const TABLE_ROWS: usize = 8 << 10;

/// Room and tables of one thread.
pub(crate) struct Worker {
    forms: Forms,
    chunks: ChunkCache,
    analyses: AnalysisCache,
    context_table: Table,
    names_table: Table,
    rows: Rows,
    drafts: Vec<Draft>,
    group: Vec<Member>,
    scores: Vec<f32>,
    parser: ParserRoom,
    name_parts: Parts,
    lemma_slots: LemmaSlots,
    /// The job whose parse was written to last.
    written: Option<usize>,
}

/// A document of the group: which job it is of, and its first row.
struct Member {
    job: usize,
    first_row: usize,
}

impl Default for Worker {
    fn default() -> Worker {
        Worker {
            forms: Forms::default(),
            chunks: ChunkCache::default(),
            analyses: AnalysisCache::default(),
            context_table: Table::new(TABLE_ROWS),
            names_table: Table::new(TABLE_ROWS),
            rows: Rows::default(),
            drafts: Vec::new(),
            group: Vec::new(),
            scores: Vec::new(),
            parser: ParserRoom::default(),
            name_parts: Parts::default(),
            lemma_slots: LemmaSlots::default(),
            written: None,
        }
    }
}

impl Worker {
    /// Parses all jobs.
    pub fn parse(&mut self, steps: &Steps, jobs: &[Job]) -> Vec<Parse> {
        let mut parses: Vec<Parse> = jobs.iter().map(|_| Parse::default()).collect();
        let mut tokens = 0;
        self.written = None;
        for (job, Job { text, spans, .. }) in jobs.iter().enumerate() {
            assert!(u32::try_from(text.len()).is_ok(), "a text must be shorter than 4 GiB");
            for &span in spans {
                tokens += self.add(steps, text, span, job);
                if tokens >= GROUP_TOKENS {
                    self.run(steps, jobs, &mut parses);
                    tokens = 0;
                }
            }
        }
        self.run(steps, jobs, &mut parses);
        self.forget_if_full();
        parses
    }

    /// The tokens of a text alone.
    pub fn tokenize(&mut self, steps: &Steps, text: &str) -> Vec<Span> {
        let mut tokens = Vec::new();
        steps.tokenizer.tokenize(&steps.lexicon, &mut self.forms, &mut self.chunks, text, 0, &mut tokens);
        self.forget_if_full();
        tokens.into_iter().map(|token| token.span).collect()
    }

    /// Tokenizes a document into the group; gives its number of tokens.
    fn add(&mut self, steps: &Steps, text: &str, span: Span, job: usize) -> usize {
        if self.drafts.len() == self.group.len() {
            self.drafts.push(Draft::default());
        }
        let tokens = &mut self.drafts[self.group.len()].tokens;
        tokens.clear();
        let Steps { lexicon, tokenizer, .. } = steps;
        tokenizer.tokenize(lexicon, &mut self.forms, &mut self.chunks, &text[span], span.start(), tokens);
        self.group.push(Member { job, first_row: 0 });
        tokens.len()
    }

    /// Takes the group's documents through the other steps and writes down their parses.
    fn run(&mut self, steps: &Steps, jobs: &[Job], parses: &mut [Parse]) {
        let kernels = &steps.kernels;
        let vector_row = |id| steps.vectors.row(id);
        self.lay_out();
        steps.context.encode(kernels, &self.forms, &vector_row, &mut self.context_table, &mut self.rows);
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            let vectors = vectors_of(&self.rows, member, draft);
            steps.tagger.tag(kernels, vectors, &mut self.scores, &mut draft.tags);
            steps.parser.parse(kernels, vectors, &self.forms, draft, &mut self.parser);
            if jobs[member.job].vectors {
                parses[member.job].vectors.extend_from_slice(vectors);
            }
        }
        steps.names_context.encode(kernels, &self.forms, &vector_row, &mut self.names_table, &mut self.rows);
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            let vectors = vectors_of(&self.rows, member, draft);
            steps.names.find(kernels, vectors, &self.forms, draft, &mut self.name_parts);
        }
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            if self.written != Some(member.job) {
                self.lemma_slots.begin();
                self.written = Some(member.job);
            }
            steps.analyser.analyse(&steps.lexicon, &self.forms, &mut self.analyses, draft);
            self.lemma_slots.write(draft, |lemma| self.analyses.lemma(lemma), &mut parses[member.job]);
        }
        self.group.clear();
    }

    /// Gives each document of the group its rows.
    fn lay_out(&mut self) {
        self.rows.clear();
        for (member, draft) in self.group.iter_mut().zip(&self.drafts) {
            member.first_row = self.rows.push(draft.tokens.iter().map(|token| (token.form, token.space_after)));
        }
    }

    /// Between batches, so that nothing in a parse can show it: word forms are numbered anew, and so is all that is kept by
    /// their numbers.
    fn forget_if_full(&mut self) {
        if self.forms.len() > FORMS_MAX {
            self.forms.clear();
            self.chunks.clear();
            self.analyses.clear();
            self.context_table.clear();
            self.names_table.clear();
            self.lemma_slots.clear();
        }
    }
}

fn vectors_of<'a>(rows: &'a Rows, member: &Member, draft: &Draft) -> &'a [f32] {
    &rows.encoded()[member.first_row * WIDTH..][..draft.tokens.len() * WIDTH]
}
