//! From role scores to the best reading of a window: one run of cue that holds the anchor, at most one run of source, one
//! to three runs of content. Exact (Viterbi over a small automaton); ties go to the earlier state.

use super::spans::Candidate;
use super::tagger::ROLES;
use super::tree::Range;
use std::sync::LazyLock;

const CONTENT_PARTS: u8 = 3;
const IMPOSSIBLE: f32 = -1e9;
/// Roles as the tagger numbers them.
const CUE: u8 = 1;
const SOURCE: u8 = 2;
const CONTENT: u8 = 3;

#[derive(Clone, Copy, PartialEq, Debug)]
struct State {
    role: u8,
    /// Runs seen so far, the running one among them.
    cues: u8,
    sources: u8,
    contents: u8,
}

impl State {
    /// The state after a token of `role`, if that is allowed.
    fn next(self, role: u8) -> Option<State> {
        let mut next = State { role, ..self };
        if role != self.role {
            next.cues += u8::from(role == CUE);
            next.sources += u8::from(role == SOURCE);
            next.contents += u8::from(role == CONTENT);
        }
        (next.cues <= 1 && next.sources <= 1 && next.contents <= CONTENT_PARTS).then_some(next)
    }
}

struct Automaton {
    states: Vec<State>,
    /// For each state, those it may follow, in order.
    before: Vec<Vec<u8>>,
    first: Vec<bool>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let start = State { role: 0, cues: 0, sources: 0, contents: 0 };
    let mut states = vec![start];
    let mut at = 0;
    while at < states.len() {
        for role in 0..ROLES as u8 {
            let next = states[at].next(role).filter(|next| !states.contains(next));
            states.extend(next);
        }
        at += 1;
    }
    let before = states
        .iter()
        .map(|s| (0..states.len() as u8).filter(|b| states[usize::from(*b)].next(s.role) == Some(*s)).collect())
        .collect();
    let first = states.iter().map(|s| start.next(s.role) == Some(*s)).collect();
    Automaton { states, before, first }
});

/// Room for decoding, kept between windows.
#[derive(Default)]
pub struct Decoder {
    /// The role of each token in the reading found last.
    pub roles: Vec<u8>,
    back: Vec<u8>,
    now: Vec<f32>,
    next: Vec<f32>,
}

impl Decoder {
    /// The best parts for role scores of a window that begins at token `first`; `scores[t]` are natural logarithms.
    /// Nothing where no reading has the cue and `parts_min` parts of content. The roles are left in [`Decoder::roles`].
    pub fn decode(&mut self, scores: &[[f32; ROLES]], first: u32, anchor: u32, parts_min: u8) -> Option<Candidate> {
        let automaton = &*AUTOMATON;
        let count = automaton.states.len();
        let anchor_at = (anchor - first) as usize;
        self.back.clear();
        self.back.resize(scores.len() * count, 0);
        self.now.clear();
        self.now.extend(automaton.first.iter().map(|first| if *first { 0.0 } else { IMPOSSIBLE }));
        for (at, scores) in scores.iter().enumerate() {
            if at > 0 {
                self.next.clear();
                for (state, before) in automaton.before.iter().enumerate() {
                    let (mut best, mut from) = (f32::MIN, 0);
                    for candidate in before {
                        if self.now[usize::from(*candidate)] > best {
                            (best, from) = (self.now[usize::from(*candidate)], *candidate);
                        }
                    }
                    self.back[at * count + state] = from;
                    self.next.push(best);
                }
                std::mem::swap(&mut self.now, &mut self.next);
            }
            for (score, state) in self.now.iter_mut().zip(&automaton.states) {
                *score = if at == anchor_at && state.role != CUE {
                    IMPOSSIBLE
                } else {
                    *score + scores[usize::from(state.role)]
                };
            }
        }
        let (mut best, mut state) = (IMPOSSIBLE / 2.0, None);
        for (ix, s) in automaton.states.iter().enumerate() {
            if s.cues == 1 && s.contents >= parts_min && self.now[ix] > best {
                (best, state) = (self.now[ix], Some(ix));
            }
        }
        Some(self.parts(scores.len(), state?, first, anchor))
    }

    fn parts(&mut self, length: usize, mut state: usize, first: u32, anchor: u32) -> Candidate {
        let automaton = &*AUTOMATON;
        let mut runs: Vec<(u8, Range)> = Vec::new();
        self.roles.clear();
        self.roles.resize(length, 0);
        for at in (0..length).rev() {
            let (role, token) = (automaton.states[state].role, first + at as u32);
            self.roles[at] = role;
            match runs.last_mut() {
                Some((last, range)) if *last == role => range.0 = token,
                _ => runs.push((role, (token, token + 1))),
            }
            state = usize::from(self.back[at * automaton.states.len() + state]);
        }
        let mut found = Candidate { anchor, ..Candidate::default() };
        for (role, range) in runs.into_iter().rev() {
            match role {
                CUE => found.cue = range,
                SOURCE => found.source = Some(range),
                CONTENT => found.content.push(range),
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores that favour the letters: `.` none, `c` cue, `s` source, `x` content; capitals favour strongly.
    fn check(letters: &str, anchor: u32) -> String {
        let scores: Vec<[f32; ROLES]> = letters
            .chars()
            .map(|c| {
                let role = ".csx".find(c.to_ascii_lowercase()).expect("a known letter");
                let mut row = [-3.0; ROLES];
                row[role] = if c.is_ascii_uppercase() { 5.0 } else { -0.1 };
                row
            })
            .collect();
        let found = Decoder::default().decode(&scores, 0, anchor, 1).expect("a reading");
        let mut out = vec!['.'; letters.len()];
        let parts =
            found.content.iter().map(|r| (*r, 'x')).chain(found.source.map(|r| (r, 's'))).chain([(found.cue, 'c')]);
        for (range, letter) in parts {
            out[range.0 as usize..range.1 as usize].fill(letter);
        }
        out.into_iter().collect()
    }

    #[test]
    fn one_cue_one_source_and_parts_of_content() {
        assert_eq!(check("xxx.ssc.xxx", 6), "xxx.ssc.xxx");
        // A second source and a cue away from the anchor are not possible.
        assert_eq!(check("xxx.sSc.s.xxx", 6), "xxx.ssc...xxx");
        assert_eq!(check("c...xx", 3), "...cxx");
        // Content is needed.
        assert!(check("..sc.", 3).contains('x'));
    }
}
