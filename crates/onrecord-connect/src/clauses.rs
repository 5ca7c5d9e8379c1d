//! Clauses: one sentence often says several things ("the fire began at four and 23 people died, police said").

use onrecord_model::{Parse, Pos, Rel, TokenIx};

/// A part of a sentence that says one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Clause {
    /// The word at its top.
    pub head: TokenIx,
    /// Its tokens, in order; those of clauses inside it are left out.
    pub tokens: Vec<TokenIx>,
    /// Words of another clause that belong to its meaning: the subject that it shares, the noun that it describes.
    pub lends: Vec<TokenIx>,
}

/// Words of content that a clause needs to say something by itself, and that must be left to the one it is taken from.
const OWN_LEAST: usize = 3;
const REST_LEAST: usize = 2;

/// Conjunctions of clauses that hold by themselves; what stands after "if" or "unless" does not.
const HOLDING: &[&str] =
    &["after", "although", "as", "because", "before", "but", "since", "though", "whereas", "while"];

/// The clauses of `tokens` (in order, all of one sentence), the main one first, then in text order. Every token is in exactly one.
/// O(tokens).
pub(crate) fn clauses(parse: &Parse, tokens: &[TokenIx]) -> Vec<Clause> {
    let Some((&first, &last)) = tokens.first().zip(tokens.last()) else { return Vec::new() };
    let mut sentence = Sentence { parse, first, inside: vec![false; (last - first + 1) as usize] };
    for &ix in tokens {
        sentence.inside[(ix - first) as usize] = true;
    }
    let mut heads: Vec<TokenIx> = tokens.iter().copied().filter(|&ix| sentence.starts_clause(ix)).collect();
    let mut owners = sentence.owners(tokens, &heads);
    let weight = |owners: &[Option<TokenIx>], head| {
        tokens.iter().zip(owners).filter(|&(&ix, &owner)| owner == head && sentence.is_content(ix)).count()
    };
    let before = heads.len();
    heads.retain(|&head| weight(&owners, Some(head)) >= OWN_LEAST);
    if heads.len() < before {
        owners = sentence.owners(tokens, &heads);
    }
    if !heads.is_empty() && weight(&owners, None) < REST_LEAST {
        heads.remove(0);
        owners = sentence.owners(tokens, &heads);
    }
    let of = |owner: Option<TokenIx>| -> Vec<TokenIx> {
        tokens.iter().zip(&owners).filter(|&(_, &o)| o == owner).map(|(&ix, _)| ix).collect()
    };
    let main = of(None);
    let top = main.iter().copied().find(|&ix| sentence.is_top(ix)).unwrap_or(first);
    let mut made = vec![Clause { head: top, tokens: main, lends: Vec::new() }];
    made.extend(heads.iter().map(|&head| Clause { head, tokens: of(Some(head)), lends: sentence.lends(head) }));
    made
}

struct Sentence<'a> {
    parse: &'a Parse,
    first: TokenIx,
    inside: Vec<bool>,
}

impl Sentence<'_> {
    fn has(&self, ix: TokenIx) -> bool {
        ix.checked_sub(self.first).and_then(|at| self.inside.get(at as usize)).copied().unwrap_or(false)
    }

    fn is_verb(&self, ix: TokenIx) -> bool {
        matches!(self.parse.tokens[ix as usize].pos, Pos::Verb | Pos::Aux)
    }

    /// Whether no other token of ours governs this verb.
    fn is_top(&self, ix: TokenIx) -> bool {
        let head = self.parse.tokens[ix as usize].head;
        (head == ix || !self.has(head)) && self.is_verb(ix)
    }

    fn is_content(&self, ix: TokenIx) -> bool {
        let token = &self.parse.tokens[ix as usize];
        matches!(token.pos, Pos::Noun | Pos::Verb | Pos::Adj | Pos::Propn | Pos::Num)
    }

    fn starts_clause(&self, ix: TokenIx) -> bool {
        let token = &self.parse.tokens[ix as usize];
        if token.head == ix || !self.has(token.head) {
            return false;
        }
        match token.rel {
            Rel::Conj => self.is_verb(ix) && self.is_verb(token.head) && token.head < ix,
            Rel::Relcl | Rel::Acl => self.is_verb(ix) && self.after_comma(ix),
            Rel::Advcl => self.is_verb(ix) && self.children(ix).any(|child| self.holds(child)),
            Rel::Parataxis => self.is_verb(ix),
            _ => false,
        }
    }

    fn holds(&self, ix: TokenIx) -> bool {
        let token = &self.parse.tokens[ix as usize];
        matches!(token.rel, Rel::Mark | Rel::Prep | Rel::Advmod)
            && HOLDING.binary_search(&self.parse.lemma(ix).to_lowercase().as_str()).is_ok()
    }

    /// The direct dependents before `ix`, as far as a clause may reach.
    fn children(&self, ix: TokenIx) -> impl Iterator<Item = TokenIx> + '_ {
        const REACH: TokenIx = 24;
        (ix.saturating_sub(REACH).max(self.first)..ix).rev().filter(move |&c| self.parse.tokens[c as usize].head == ix)
    }

    /// Whether the clause under `ix` begins after a comma or a dash.
    fn after_comma(&self, ix: TokenIx) -> bool {
        let mut start = ix;
        while let Some(before) = self.children(start).last() {
            start = before;
        }
        start.checked_sub(1).is_some_and(|before| self.parse.tokens[before as usize].pos == Pos::Punct)
    }

    /// For each token the nearest of `heads` above it, or none: the main clause.
    fn owners(&self, tokens: &[TokenIx], heads: &[TokenIx]) -> Vec<Option<TokenIx>> {
        let mut known: Vec<Option<Option<TokenIx>>> = vec![None; self.inside.len()];
        let mut way = Vec::new();
        for &start in tokens {
            let mut ix = start;
            let owner = loop {
                let at = (ix - self.first) as usize;
                if let Some(owner) = known[at] {
                    break owner;
                }
                way.push(at);
                if heads.binary_search(&ix).is_ok() {
                    break Some(ix);
                }
                let head = self.parse.tokens[ix as usize].head;
                if head == ix || !self.has(head) {
                    break None;
                }
                ix = head;
            };
            for at in way.drain(..) {
                known[at] = Some(owner);
            }
        }
        tokens.iter().map(|&ix| known[(ix - self.first) as usize].flatten()).collect()
    }

    /// The subject that a second verb shares with the first; the noun that a clause describes.
    fn lends(&self, head: TokenIx) -> Vec<TokenIx> {
        let token = &self.parse.tokens[head as usize];
        let subject = |ix: TokenIx| matches!(self.parse.tokens[ix as usize].rel, Rel::Nsubj | Rel::Nsubjpass);
        match token.rel {
            Rel::Relcl | Rel::Acl => vec![token.head],
            Rel::Conj if !self.children(head).any(subject) => {
                // "rose, fell and rose again": the subject stands at the first of them.
                let mut top = token.head;
                while self.parse.tokens[top as usize].rel == Rel::Conj && self.has(self.parse.tokens[top as usize].head)
                {
                    top = self.parse.tokens[top as usize].head;
                }
                self.children(top).filter(|&ix| subject(ix)).collect()
            }
            _ => Vec::new(),
        }
    }
}
