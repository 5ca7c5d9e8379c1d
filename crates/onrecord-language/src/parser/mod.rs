//! Dependencies and sentences: greedy arc-eager transitions scored by a small network.

mod state;
mod tree;

use crate::draft::Draft;
use crate::error::ModelError;
use crate::form::Forms;
use crate::model::Model;
use crate::network::Kernels;
use crate::scorer::{Barred, Parts, Scorer, ScorerSections};
use onrecord_model::{Label, Rel};
use state::{MOVES_COUNT, Move, State};
use tree::{Edges, Relation};

const SECTIONS: ScorerSections = ScorerSections {
    lower: ["parser.lower.weights", "parser.lower.bias"],
    parts: ["parser.parts.weights", "parser.parts.bias", "parser.parts.missing"],
    upper: ["parser.upper.weights", "parser.upper.bias"],
};
const MOVES: &str = "parser.moves";

/// The parser.
pub(crate) struct Parser {
    scorer: Scorer<8>,
    actions: Vec<(Move, u16)>,
    /// By the set of valid moves.
    barred: Barred,
    relations: Vec<Relation>,
}

/// Room to work in, kept between documents.
#[derive(Default)]
pub(crate) struct ParserRoom {
    parts: Parts,
    state: State,
    edges: Edges,
    relations: Vec<Relation>,
}

impl Parser {
    pub fn new(model: &Model) -> Result<Parser, ModelError> {
        let unknown = || ModelError::Shape { section: MOVES, what: "it names an unknown action" };
        let mut actions = Vec::new();
        let mut relations = vec![Relation { rel: Rel::Root, lifted_from: None }];
        for name in model.lines(MOVES)? {
            let (kind, label) = name.split_once('-').unwrap_or((name, ""));
            let action = match kind {
                "S" => Move::Shift,
                "D" => Move::Reduce,
                "L" => Move::Left,
                "R" => Move::Right,
                "B" => Move::Break,
                _ => return Err(unknown()),
            };
            let mut index = 0;
            if matches!(action, Move::Left | Move::Right) {
                index = relations.len() as u16;
                relations.push(relation(label).ok_or_else(unknown)?);
            }
            actions.push((action, index));
        }
        let scorer = Scorer::new(model, &SECTIONS, actions.len())?;
        let barred = scorer.barred(1 << MOVES_COUNT, |valid, action| valid >> actions[action].0 as usize & 1 == 1);
        Ok(Parser { scorer, actions, barred, relations })
    }

    /// Fills heads, relations and sentence starts of `draft` from its tokens' vectors.
    pub fn parse(&self, kernels: &Kernels, vectors: &[f32], forms: &Forms, draft: &mut Draft, room: &mut ParserRoom) {
        let ParserRoom { parts, state, edges, relations } = room;
        let length = draft.tokens.len();
        self.scorer.begin(kernels, vectors, parts);
        state.begin(length);
        while !state.is_final() {
            let barred = self.barred.in_situation(state.valid());
            match self.scorer.choose(kernels, parts, &state.features(), barred) {
                Some(chosen) => {
                    let (action, label) = self.actions[chosen];
                    state.act(action, label);
                }
                None => state.finish(),
            }
        }
        draft.heads.clear();
        relations.clear();
        for token in 0..length {
            let (head, label) = state.arc(token).unwrap_or((token as u32, 0));
            draft.heads.push(head);
            relations.push(self.relations[usize::from(label)]);
        }
        let tokens = &draft.tokens;
        edges.settle(&mut draft.heads, relations, |at| forms.get(tokens[at].form).is_space, &mut draft.starts);
        draft.rels.clear();
        draft.rels.extend(relations.iter().map(|relation| relation.rel));
    }
}

fn relation(label: &str) -> Option<Relation> {
    Some(match label.split_once("||") {
        Some((rel, from)) => Relation { rel: Rel::from_name(rel)?, lifted_from: Some(Rel::from_name(from)?) },
        None => Relation { rel: Rel::from_name(label)?, lifted_from: None },
    })
}
