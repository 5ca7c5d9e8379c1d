//! One thread's work: documents go through all steps in groups, with room and tables kept between groups.

use crate::analysis::AnalysisCache;
use crate::draft::{Draft, RawToken};
use crate::form::Forms;
use crate::network::{Buffer, Rows, Tables, WIDTH};
use crate::parser::ParserRoom;
use crate::pipeline::{Job, Steps};
use crate::scorer::Parts;
use crate::tokenizer::ChunkCache;
use crate::write::LemmaSlots;
use onrecord_model::{Parse, Span};

/// A group is closed once it has so many tokens: enough for whole matrix tiles, few enough for the nearer caches.
const GROUP_TOKENS: usize = 512;
/// Room for longer documents than this is given back when they are done.
const ROOM_TOKENS_MAX: usize = 1 << 15;
/// Word forms remembered before all are forgotten.
const FORMS_MAX: usize = 1 << 16;

/// A longer document is parsed in pieces, so that memory stays bounded. That is some 700,000 characters of English; spaCy
/// refuses texts of more than a million.
const PIECE_TOKENS_MAX: usize = 1 << 17;

/// Room and tables of one thread.
#[derive(Default)]
pub(crate) struct Worker {
    forms: Forms,
    chunks: ChunkCache,
    analyses: AnalysisCache,
    context_tables: Tables,
    names_tables: Tables,
    rows: Rows,
    drafts: Vec<Draft>,
    tokens: Vec<RawToken>,
    group: Vec<Member>,
    group_tokens: usize,
    scores: Buffer,
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

impl Worker {
    /// Parses all jobs.
    pub fn parse(&mut self, steps: &Steps, jobs: &[Job]) -> Vec<Parse> {
        let mut parses: Vec<Parse> = jobs.iter().map(|_| Parse::default()).collect();
        self.written = None;
        for (job, Job { text, spans, .. }) in jobs.iter().enumerate() {
            assert!(u32::try_from(text.len()).is_ok(), "a text must be shorter than 4 GiB");
            for &span in spans {
                let mut tokens = std::mem::take(&mut self.tokens);
                let Steps { lexicon, tokenizer, .. } = steps;
                tokenizer.tokenize(lexicon, &mut self.forms, &mut self.chunks, &text[span], span.start(), &mut tokens);
                let mut rest = tokens.as_slice();
                while !rest.is_empty() {
                    let (piece, behind) = rest.split_at(piece_length(rest, &self.forms));
                    self.add(job, piece);
                    if self.group_tokens >= GROUP_TOKENS {
                        self.run(steps, jobs, &mut parses);
                    }
                    rest = behind;
                }
                tokens.clear();
                self.tokens = tokens;
            }
            if self.forms.len() > FORMS_MAX {
                // Between texts, so that nothing in a parse can show it.
                self.run(steps, jobs, &mut parses);
                self.forget();
            }
        }
        self.run(steps, jobs, &mut parses);
        if self.tokens.capacity() > ROOM_TOKENS_MAX {
            self.give_back_room();
        }
        parses
    }

    /// The tokens of a text alone.
    pub fn tokenize(&mut self, steps: &Steps, text: &str) -> Vec<Span> {
        let mut tokens = Vec::new();
        steps.tokenizer.tokenize(&steps.lexicon, &mut self.forms, &mut self.chunks, text, 0, &mut tokens);
        if self.forms.len() > FORMS_MAX {
            self.forget();
        }
        tokens.into_iter().map(|token| token.span).collect()
    }

    /// Makes a group of one text, for those who want to run single steps.
    pub fn begin(&mut self, steps: &Steps, text: &str) -> usize {
        self.group.clear();
        self.group_tokens = 0;
        let mut tokens = Vec::new();
        steps.tokenizer.tokenize(&steps.lexicon, &mut self.forms, &mut self.chunks, text, 0, &mut tokens);
        self.add(0, &tokens);
        self.lay_out();
        tokens.len()
    }

    /// Adds a document to the group.
    fn add(&mut self, job: usize, tokens: &[RawToken]) {
        if self.drafts.len() == self.group.len() {
            self.drafts.push(Draft::default());
        }
        let draft = &mut self.drafts[self.group.len()];
        draft.tokens.clear();
        draft.tokens.extend_from_slice(tokens);
        self.group.push(Member { job, first_row: 0 });
        self.group_tokens += tokens.len();
    }

    /// Takes the group's documents through the other steps and writes down their parses.
    fn run(&mut self, steps: &Steps, jobs: &[Job], parses: &mut [Parse]) {
        if self.group.is_empty() {
            return;
        }
        self.lay_out();
        self.encode_context(steps);
        self.tag(steps);
        self.parse_group(steps);
        for (member, draft) in self.group.iter().zip(&self.drafts) {
            if jobs[member.job].vectors {
                parses[member.job].vectors.extend_from_slice(vectors_of(&self.rows, member, draft));
            }
        }
        self.encode_names(steps);
        self.find_names(steps);
        self.analyse(steps);
        for (member, draft) in self.group.iter().zip(&self.drafts) {
            if self.written != Some(member.job) {
                self.lemma_slots.begin();
                self.written = Some(member.job);
            }
            self.lemma_slots.write(draft, |lemma| self.analyses.lemma(lemma), &mut parses[member.job]);
        }
        self.group.clear();
        self.group_tokens = 0;
    }

    /// Vectors for tagger and parser.
    pub fn encode_context(&mut self, steps: &Steps) {
        let vector_row = |id| steps.vectors.row(id);
        steps.context.encode(&steps.kernels, &self.forms, &vector_row, &mut self.context_tables, &mut self.rows);
    }

    /// Vectors for the entity recogniser, in the place of the others.
    pub fn encode_names(&mut self, steps: &Steps) {
        let vector_row = |id| steps.vectors.row(id);
        steps.names_context.encode(&steps.kernels, &self.forms, &vector_row, &mut self.names_tables, &mut self.rows);
    }

    pub fn tag(&mut self, steps: &Steps) {
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            let vectors = vectors_of(&self.rows, member, draft);
            steps.tagger.tag(&steps.kernels, vectors, &mut self.scores, &mut draft.tags);
        }
    }

    pub fn parse_group(&mut self, steps: &Steps) {
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            let vectors = vectors_of(&self.rows, member, draft);
            steps.parser.parse(&steps.kernels, vectors, &self.forms, draft, &mut self.parser);
        }
    }

    pub fn find_names(&mut self, steps: &Steps) {
        for (member, draft) in self.group.iter().zip(&mut self.drafts) {
            let vectors = vectors_of(&self.rows, member, draft);
            steps.names.find(&steps.kernels, vectors, &self.forms, draft, &mut self.name_parts);
        }
    }

    pub fn analyse(&mut self, steps: &Steps) {
        for (_, draft) in self.group.iter().zip(&mut self.drafts) {
            steps.analyser.analyse(&steps.lexicon, &self.forms, &mut self.analyses, draft);
        }
    }

    /// Gives each document of the group its rows.
    fn lay_out(&mut self) {
        self.rows.clear();
        for (member, draft) in self.group.iter_mut().zip(&self.drafts) {
            member.first_row = self.rows.push(draft.tokens.iter().map(|token| (token.form, token.space_after)));
        }
    }

    /// After a very long document: room that ordinary ones do not need.
    fn give_back_room(&mut self) {
        self.tokens = Vec::new();
        self.rows = Rows::default();
        self.drafts = Vec::new();
        self.parser = ParserRoom::default();
        self.name_parts = Parts::default();
    }

    /// Word forms are numbered anew, and so is all that is kept by their numbers.
    fn forget(&mut self) {
        self.forms.clear();
        self.chunks.clear();
        self.analyses.clear();
        self.context_tables.clear();
        self.names_tables.clear();
        self.lemma_slots.clear();
        self.written = None;
    }
}

/// How many of these tokens are the next piece: all, unless they are too many. Then the piece ends with a full stop or with
/// white space, if there is one in its last quarter.
fn piece_length(tokens: &[RawToken], forms: &Forms) -> usize {
    if tokens.len() <= PIECE_TOKENS_MAX {
        return tokens.len();
    }
    let last_quarter = PIECE_TOKENS_MAX / 4 * 3..PIECE_TOKENS_MAX;
    let is_end = |form| forms.get(form).is_space || matches!(forms.text(form), "." | "!" | "?");
    let end = last_quarter.rev().find(|&at| is_end(tokens[at].form));
    end.map_or(PIECE_TOKENS_MAX, |at| at + 1)
}

fn vectors_of<'a>(rows: &'a Rows, member: &Member, draft: &Draft) -> &'a [f32] {
    &rows.encoded()[member.first_row * WIDTH..][..draft.tokens.len() * WIDTH]
}
