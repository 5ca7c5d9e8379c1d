//! A parse made easy to walk: tokens by offset, children, heads of phrases.

use onrecord_model::{Name, Parse, Pos, Rel, Span, Tag, Token, TokenIx};
use std::borrow::Cow;
use std::ops::Range;

/// A parse with its text and its child lists. Building costs O(tokens).
pub struct Words<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The language layer over it.
    pub parse: &'a Parse,
    // Children of token t: child[first[t]..first[t + 1]], in text order.
    first: Vec<u32>,
    child: Vec<TokenIx>,
}

impl<'a> Words<'a> {
    /// Indexes `parse`.
    pub fn new(text: &'a str, parse: &'a Parse) -> Words<'a> {
        let count = parse.tokens.len();
        let mut first = vec![0u32; count + 2];
        for (ix, token) in parse.tokens.iter().enumerate() {
            if token.head as usize != ix {
                first[token.head as usize + 2] += 1;
            }
        }
        for ix in 2..first.len() {
            first[ix] += first[ix - 1];
        }
        let mut child = vec![0; first[count + 1] as usize];
        for (ix, token) in parse.tokens.iter().enumerate() {
            if token.head as usize != ix {
                let slot = &mut first[token.head as usize + 1];
                child[*slot as usize] = ix as TokenIx;
                *slot += 1;
            }
        }
        Words { text, parse, first, child }
    }

    /// The token itself.
    pub fn token(&self, ix: TokenIx) -> &Token {
        &self.parse.tokens[ix as usize]
    }

    /// Its characters.
    pub fn form(&self, ix: TokenIx) -> &'a str {
        &self.text[self.token(ix).span]
    }

    /// Whether its characters are `word`, ASCII case aside.
    pub fn is(&self, ix: TokenIx, word: &str) -> bool {
        self.form(ix).eq_ignore_ascii_case(word)
    }

    /// Its lemma in lower case; copied only where it has capitals.
    pub fn lemma(&self, ix: TokenIx) -> Cow<'a, str> {
        lower(self.parse.lemma(ix))
    }

    /// Its characters in lower case; copied only where it has capitals.
    pub fn lower(&self, ix: TokenIx) -> Cow<'a, str> {
        lower(self.form(ix))
    }

    /// Whether its lemma, in lower case, is in the sorted `list`.
    pub fn lemma_in(&self, ix: TokenIx, list: &[&str]) -> bool {
        in_list(list, &self.lemma(ix))
    }

    /// Whether the word before names a body by its initials: what follows is a post there ("FBI Directory Orr"), no first name.
    pub fn follows_initials(&self, ix: TokenIx) -> bool {
        // "then-FBI Director Orr".
        let own = |form: &'a str| form.rsplit('-').next().unwrap_or_default();
        let all_capitals = |form: &str| form.len() > 1 && form.bytes().all(|b| b.is_ascii_uppercase());
        ix.checked_sub(1).is_some_and(|before| all_capitals(own(self.form(before))))
    }

    /// The name that holds `ix`. Names are in text order and disjoint.
    pub fn name_at(&self, ix: TokenIx) -> Option<&Name> {
        let names = &self.parse.names;
        let at = names.partition_point(|n| n.last <= ix);
        names.get(at).filter(|n| n.first <= ix)
    }

    /// Names that begin inside `range`, in text order.
    pub fn names_in(&self, range: Range<TokenIx>) -> &[Name] {
        let names = &self.parse.names;
        let first = names.partition_point(|n| n.first < range.start);
        let last = names.partition_point(|n| n.first < range.end);
        &names[first..last.max(first)]
    }

    /// Direct dependents in text order.
    pub fn children(&self, ix: TokenIx) -> &[TokenIx] {
        &self.child[self.first[ix as usize] as usize..self.first[ix as usize + 1] as usize]
    }

    /// The first dependent with relation `rel`.
    pub fn child(&self, ix: TokenIx, rel: Rel) -> Option<TokenIx> {
        self.children(ix).iter().copied().find(|&c| self.token(c).rel == rel)
    }

    /// From the head of `ix` up to its root (at most 200 steps: a tree of news is never that deep).
    pub fn ancestors(&self, ix: TokenIx) -> impl Iterator<Item = TokenIx> + '_ {
        let mut at = ix;
        std::iter::from_fn(move || {
            let head = self.token(at).head;
            (head != at).then(|| {
                at = head;
                head
            })
        })
        .take(200)
    }

    /// Tokens that overlap `span`.
    pub fn range(&self, span: Span) -> Range<TokenIx> {
        let tokens = &self.parse.tokens;
        let first = tokens.partition_point(|t| t.span.end() <= span.start());
        let last = tokens.partition_point(|t| t.span.start() < span.end());
        first as TokenIx..last.max(first) as TokenIx
    }

    /// The token of `span` that its other tokens hang from: a noun or pronoun before anything else, the last name token for
    /// flat names.
    pub fn head(&self, span: Span) -> Option<TokenIx> {
        let range = self.range(span);
        let mut best: Option<(u8, TokenIx)> = None;
        for ix in range.clone() {
            let token = self.token(ix);
            if matches!(token.pos, Pos::Punct | Pos::Space) {
                continue;
            }
            let top = token.head == ix || !range.contains(&token.head);
            let nominal = self.is_nominal(ix);
            let rank = match (top, nominal) {
                (true, true) => 0,
                (false, true) => 2,
                (true, false) => 1,
                (false, false) => 3,
            };
            if best.is_none_or(|(r, _)| rank < r) {
                best = Some((rank, ix));
            }
        }
        best.map(|(_, ix)| ix)
    }

    /// Noun, name, pronoun, number or determiner used alone.
    pub fn is_nominal(&self, ix: TokenIx) -> bool {
        let token = self.token(ix);
        match token.pos {
            Pos::Noun | Pos::Propn | Pos::Pron => token.tag != Tag::PrpPoss,
            Pos::Num | Pos::Det | Pos::Adj => {
                matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass | Rel::Pobj | Rel::Dobj | Rel::Root)
            }
            _ => false,
        }
    }

    /// The sentence (token range) that holds `ix`.
    pub fn sentence(&self, ix: TokenIx) -> Range<TokenIx> {
        let sentences = &self.parse.sentences;
        let at = sentences.partition_point(|&(_, last)| last <= ix);
        sentences.get(at).map_or(ix..ix + 1, |&(first, last)| first..last)
    }

    /// The number of the sentence that holds `ix`.
    pub fn sentence_ix(&self, ix: TokenIx) -> usize {
        self.parse.sentences.partition_point(|&(_, last)| last <= ix)
    }

    /// Smallest run of tokens that holds `ix` and all that hangs from it, within its sentence.
    pub fn subtree(&self, ix: TokenIx) -> Range<TokenIx> {
        let (mut low, mut high) = (ix, ix);
        let mut todo = vec![ix];
        while let Some(at) = todo.pop() {
            low = low.min(at);
            high = high.max(at);
            todo.extend_from_slice(self.children(at));
        }
        low..high + 1
    }

    /// The span of a token range, without white space and punctuation at its end.
    pub fn span(&self, range: Range<TokenIx>) -> Option<Span> {
        let blank = |ix: TokenIx| {
            self.token(ix).pos == Pos::Space || matches!(self.token(ix).tag, Tag::Comma | Tag::Stop | Tag::Colon)
        };
        let (mut first, mut last) = (range.start, range.end);
        while first < last && blank(first) {
            first += 1;
        }
        while first < last && blank(last - 1) {
            last -= 1;
        }
        (first < last).then(|| self.parse.span_of(first, last))
    }
}

/// `text` in lower case; copied only where it has capitals.
pub fn lower(text: &str) -> Cow<'_, str> {
    if text.chars().any(char::is_uppercase) { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) }
}

/// Whether two texts are the same but for capitals.
pub fn same_but_case(a: &str, b: &str) -> bool {
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether `text` holds `phrase` (in lower case, with straight apostrophes) at the place, capitals and kind of apostrophe aside.
fn begins_with(text: &str, phrase: &str) -> bool {
    let mut letters = text.chars();
    phrase.chars().all(|want| {
        letters.next().is_some_and(|got| if got == '’' { want == '\'' } else { got.to_ascii_lowercase() == want })
    })
}

/// Whether `text` holds any of the phrases (in lower case, with straight apostrophes), capitals and kind of apostrophe aside.
/// O(text × phrases).
pub fn holds_any(text: &str, phrases: &[&str]) -> bool {
    text.char_indices().any(|(at, _)| begins_with_any(&text[at..], phrases))
}

/// Whether `text` begins with any of the phrases, as [`holds_any`] compares them.
pub fn begins_with_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| begins_with(text, phrase))
}

/// Whether `word` is in the sorted `list`.
pub fn in_list(list: &[&str], word: &str) -> bool {
    debug_assert!(list.is_sorted(), "word lists are searched by halves: {list:?}");
    list.binary_search(&word).is_ok()
}
