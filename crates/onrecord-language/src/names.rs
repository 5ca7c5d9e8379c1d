//! Named entities: greedy transitions (begin, in, last, unit, out) scored by a small network.

use crate::draft::Draft;
use crate::error::ModelError;
use crate::form::Forms;
use crate::model::Model;
use crate::network::Kernels;
use crate::scorer::{Barred, MISSING, Parts, Scorer, ScorerSections};
use onrecord_model::{Label, Name, NameKind};

const SECTIONS: ScorerSections = ScorerSections {
    lower: ["names.lower.weights", "names.lower.bias"],
    parts: ["names.parts.weights", "names.parts.bias", "names.parts.missing"],
    upper: ["names.upper.weights", "names.upper.bias"],
};
const MOVES: &str = "names.moves";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    Begin(NameKind),
    In(NameKind),
    Last(NameKind),
    Unit(NameKind),
    Out,
    /// An action that only blocked words would allow; nothing is blocked here.
    Never,
}

/// The entity recogniser.
pub(crate) struct NameFinder {
    scorer: Scorer<3>,
    actions: Vec<Move>,
    /// By situation: see [`situation`].
    barred: Barred,
}

/// An entity under way: its first token and kind.
type Open = Option<(u32, NameKind)>;

impl NameFinder {
    pub fn new(model: &Model) -> Result<NameFinder, ModelError> {
        let unknown = || ModelError::Shape { section: MOVES, what: "it names an unknown action" };
        let actions = model.lines(MOVES)?.into_iter().map(|name| action(name).ok_or_else(unknown));
        let actions = actions.collect::<Result<Vec<Move>, ModelError>>()?;
        // At any time some action must be allowed: out when none is open, the last of each kind when one is.
        let is_whole = |kind: &NameKind| actions.contains(&Move::Last(*kind));
        if !actions.contains(&Move::Out) || !NameKind::ALL.iter().all(is_whole) {
            return Err(ModelError::Shape { section: MOVES, what: "it lacks an action" });
        }
        let scorer = Scorer::new(model, &SECTIONS, actions.len())?;
        let barred = scorer.barred(SITUATIONS, |situation, action| is_allowed(actions[action], situation));
        Ok(NameFinder { scorer, actions, barred })
    }

    /// Fills the names of `draft` from its tokens' vectors; sentences must be known.
    pub fn find(&self, kernels: &Kernels, vectors: &[f32], forms: &Forms, draft: &mut Draft, parts: &mut Parts) {
        self.scorer.begin(kernels, vectors, parts);
        draft.names.clear();
        let length = draft.tokens.len() as u32;
        let mut open: Open = None;
        for token in 0..length {
            let shown = match open {
                Some((first, _)) => [token, first, token - 1],
                None => [token, MISSING, MISSING],
            };
            let may_go_on = token + 1 < length && !draft.starts[token as usize + 1];
            let is_space = forms.get(draft.tokens[token as usize].form).is_space;
            let done = |first, kind| Name { first, last: token + 1, kind };
            let barred = self.barred.in_situation(situation(open, may_go_on, is_space));
            let chosen = self.scorer.choose(kernels, parts, &shown, barred);
            match chosen.map_or(Move::Out, |chosen| self.actions[chosen]) {
                Move::Begin(kind) => open = Some((token, kind)),
                Move::Last(kind) => {
                    draft.names.push(done(open.map_or(token, |(first, _)| first), kind));
                    open = None;
                }
                Move::Unit(kind) => draft.names.push(done(token, kind)),
                Move::In(_) | Move::Out | Move::Never => {}
            }
        }
    }
}

/// How many situations there are: none open or one of each kind, may a name go on here or not, is this white space or not.
const SITUATIONS: usize = 4 * (1 + NameKind::ALL.len());

fn situation(open: Open, may_go_on: bool, is_space: bool) -> usize {
    let kind = open.map_or(0, |(_, kind)| 1 + kind as usize);
    kind << 2 | usize::from(may_go_on) << 1 | usize::from(is_space)
}

fn is_allowed(action: Move, situation: usize) -> bool {
    let (open, may_go_on, is_space) = (situation >> 2, situation & 2 != 0, situation & 1 != 0);
    let is_open_as = |kind| open == 1 + kind as usize;
    match action {
        Move::Begin(_) => open == 0 && may_go_on && !is_space,
        Move::In(kind) => is_open_as(kind) && may_go_on,
        Move::Last(kind) => is_open_as(kind),
        Move::Unit(_) => open == 0 && !is_space,
        Move::Out => open == 0,
        Move::Never => false,
    }
}

fn action(name: &str) -> Option<Move> {
    let (kind, label) = name.split_once('-').unwrap_or((name, ""));
    if kind == "O" {
        return Some(Move::Out);
    }
    if label.is_empty() {
        return Some(Move::Never);
    }
    let label = NameKind::from_name(label)?;
    Some(match kind {
        "B" => Move::Begin(label),
        "I" => Move::In(label),
        "L" => Move::Last(label),
        "U" => Move::Unit(label),
        _ => return None,
    })
}
