//! The dependency tree of a parse as flat arrays: children, edges of subtrees. Linear in the number of tokens.

use onrecord_model::{Parse, Rel, Tag, TokenIx};

/// Half-open range of tokens.
pub type Range = (TokenIx, TokenIx);

/// Children and subtree edges of every token.
pub struct Tree<'a> {
    /// The parse it belongs to.
    pub parse: &'a Parse,
    first_child: Vec<u32>,
    children: Vec<TokenIx>,
    edges: Vec<Range>,
    sentence: Vec<u32>,
}

impl<'a> Tree<'a> {
    /// Builds the arrays.
    pub fn new(parse: &'a Parse) -> Tree<'a> {
        let n = parse.tokens.len();
        let mut first_child = vec![0u32; n + 1];
        for (ix, token) in parse.tokens.iter().enumerate() {
            if token.head as usize != ix {
                first_child[token.head as usize + 1] += 1;
            }
        }
        for ix in 0..n {
            first_child[ix + 1] += first_child[ix];
        }
        let mut next = first_child.clone();
        let mut children = vec![0; first_child[n] as usize];
        for (ix, token) in parse.tokens.iter().enumerate() {
            if token.head as usize != ix {
                let slot = &mut next[token.head as usize];
                children[*slot as usize] = ix as TokenIx;
                *slot += 1;
            }
        }
        let mut sentence = vec![0; n];
        for (ix, (first, last)) in parse.sentences.iter().enumerate() {
            sentence[*first as usize..*last as usize].fill(ix as u32);
        }
        let mut tree =
            Tree { parse, first_child, children, edges: (0..n as u32).map(|t| (t, t + 1)).collect(), sentence };
        tree.find_edges();
        tree
    }

    fn find_edges(&mut self) {
        let tokens = &self.parse.tokens;
        let mut order: Vec<TokenIx> = (0..tokens.len() as u32).filter(|t| tokens[*t as usize].head == *t).collect();
        let mut at = 0;
        while at < order.len() {
            let token = order[at] as usize;
            order.extend(&self.children[self.first_child[token] as usize..self.first_child[token + 1] as usize]);
            at += 1;
        }
        for token in order.into_iter().rev() {
            let (head, edge) = (tokens[token as usize].head as usize, self.edges[token as usize]);
            self.edges[head] = (self.edges[head].0.min(edge.0), self.edges[head].1.max(edge.1));
        }
    }

    /// Number of tokens.
    pub fn len(&self) -> u32 {
        self.parse.tokens.len() as u32
    }

    /// The children of `token` in text order.
    pub fn children(&self, token: TokenIx) -> &[TokenIx] {
        &self.children[self.first_child[token as usize] as usize..self.first_child[token as usize + 1] as usize]
    }

    /// The first child with one of these relations.
    pub fn child(&self, token: TokenIx, rels: &[Rel]) -> Option<TokenIx> {
        self.children(token).iter().copied().find(|c| rels.contains(&self.rel(*c)))
    }

    /// The first and one past the last token of the subtree.
    pub fn edges(&self, token: TokenIx) -> Range {
        self.edges[token as usize]
    }

    /// Relation to the head.
    pub fn rel(&self, token: TokenIx) -> Rel {
        self.parse.tokens[token as usize].rel
    }

    /// Fine tag.
    pub fn tag(&self, token: TokenIx) -> Tag {
        self.parse.tokens[token as usize].tag
    }

    /// Head; a root is its own.
    pub fn head(&self, token: TokenIx) -> TokenIx {
        self.parse.tokens[token as usize].head
    }

    /// Index of the sentence.
    pub fn sentence(&self, token: TokenIx) -> u32 {
        self.sentence[token as usize]
    }

    /// Tokens of the sentence of `token`.
    pub fn sentence_range(&self, token: TokenIx) -> Range {
        self.parse.sentences[self.sentence(token) as usize]
    }

    /// Whether the token is a verb form.
    pub fn is_verb(&self, token: TokenIx) -> bool {
        matches!(self.tag(token), Tag::Vb | Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbp | Tag::Vbz)
    }
}
