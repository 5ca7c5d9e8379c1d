//! Special cases ("don't", "Mr.", ":-)"): texts whose tokens are listed, with normal forms of their own.

use crate::error::ModelError;
use crate::fields::Fields;
use crate::form::{Identity, Lexicon};
use crate::hash::hash_string;
use crate::model::Model;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

/// Place in the tree of token sequences that can be put together to a special case. 0 is the root.
pub(super) type Node = u32;

/// A token of a special case.
pub(super) struct SpecialToken {
    /// Its length in bytes.
    pub bytes: usize,
    /// Its normal form, where the case sets one.
    pub norm: Option<Box<str>>,
}

struct Special {
    text: Box<str>,
    tokens: Vec<SpecialToken>,
}

/// The special cases of a model.
pub(super) struct Specials {
    cases: Vec<Special>,
    by_hash: HashMap<u64, u32, BuildHasherDefault<Identity>>,
    longest: usize,
    /// Steps of the tree: from a node over a token's id to a node.
    steps: HashMap<(Node, u64), Node, BuildHasherDefault<Identity>>,
    /// Whether a sequence ends at this node.
    is_end: Vec<bool>,
}

impl Specials {
    pub fn new(model: &Model, lexicon: &Lexicon) -> Result<Specials, ModelError> {
        let mut fields = Fields::new(model, "tokenizer.specials")?;
        let mut specials = Specials {
            cases: Vec::new(),
            by_hash: HashMap::default(),
            longest: 0,
            steps: HashMap::default(),
            is_end: vec![false],
        };
        for case in 0..fields.word()? {
            let text = fields.text()?;
            let mut tokens = Vec::new();
            for _ in 0..fields.byte()? {
                let bytes = fields.byte()? as usize;
                let norm = fields.text()?;
                tokens.push(SpecialToken { bytes, norm: (!norm.is_empty()).then(|| norm.into()) });
            }
            let parts = (0..fields.byte()?).map(|_| fields.byte()).collect::<Result<Vec<u8>, _>>()?;
            let is_whole = is_cut_of(text, tokens.iter().map(|token| token.bytes))
                && (parts.is_empty() || is_cut_of(text, parts.iter().map(|&part| part as usize)));
            if !is_whole {
                return Err(fields.wrong("a special case is not the sum of its tokens"));
            }
            if !parts.is_empty() {
                specials.add_sequence(lexicon, text, &parts);
            }
            specials.longest = specials.longest.max(text.len());
            specials.by_hash.insert(hash_string(text), case);
            specials.cases.push(Special { text: text.into(), tokens });
        }
        fields.end()?;
        Ok(specials)
    }

    fn add_sequence(&mut self, lexicon: &Lexicon, text: &str, parts: &[u8]) {
        let (mut node, mut at) = (0, 0);
        for &part in parts {
            let end = at + part as usize;
            let next = self.is_end.len() as Node;
            node = *self.steps.entry((node, lexicon.id(&text[at..end]))).or_insert(next);
            if node == next {
                self.is_end.push(false);
            }
            at = end;
        }
        self.is_end[node as usize] = true;
    }

    /// The tokens of the special case `text`, if it is one.
    pub fn find(&self, text: &str) -> Option<&[SpecialToken]> {
        if text.len() > self.longest {
            return None;
        }
        let case = &self.cases[*self.by_hash.get(&hash_string(text))? as usize];
        (*case.text == *text).then_some(&case.tokens[..])
    }

    /// Whether `text` is a special case.
    pub fn has(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The node after a token with the id `orth` at `node`.
    pub fn step(&self, node: Node, orth: u64) -> Option<Node> {
        self.steps.get(&(node, orth)).copied()
    }

    /// Whether a sequence ends at `node`.
    pub fn ends(&self, node: Node) -> bool {
        self.is_end[node as usize]
    }
}

/// Whether pieces of these lengths make up `text`, none of them empty, all on character boundaries.
fn is_cut_of(text: &str, lengths: impl Iterator<Item = usize>) -> bool {
    let mut at = 0;
    for length in lengths {
        at += length;
        if length == 0 || !text.is_char_boundary(at) {
            return false;
        }
    }
    at == text.len()
}
