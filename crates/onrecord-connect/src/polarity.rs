//! What of a clause is denied: words in the scope of "not", "no", "without", "refused to".

use onrecord_model::{Parse, Pos, Rel, TokenIx};

/// Verbs that say that what follows is not, was not or will not be so.
const DENYING: &[&str] =
    &["avoid", "decline", "deny", "disprove", "dispute", "fail", "lack", "miss", "omit", "refuse", "refute", "reject"];

/// Pronouns and determiners that deny.
const NONE: &[&str] = &["neither", "no", "nobody", "none", "nor", "nothing"];

/// How many words of negation are looked at in one clause: more are no language.
const MOST: usize = 8;

/// For each of `tokens` whether it is denied: in the scope of an odd number of negations. O(tokens).
pub(crate) fn denied(parse: &Parse, tokens: &[TokenIx]) -> Vec<bool> {
    let mut flags = vec![false; tokens.len()];
    let negations = tokens.iter().filter_map(|&ix| scope(parse, tokens, ix)).take(MOST);
    for scope in negations {
        for (flag, &ix) in flags.iter_mut().zip(tokens) {
            *flag ^= scope.holds(parse, ix);
        }
    }
    flags
}

/// What one negation denies: everything under `top`, perhaps without the subject and without `top` itself.
struct Scope {
    top: TokenIx,
    with_top: bool,
    with_subject: bool,
    /// The negation itself, which is not denied.
    word: TokenIx,
}

fn scope(parse: &Parse, tokens: &[TokenIx], ix: TokenIx) -> Option<Scope> {
    let token = &parse.tokens[ix as usize];
    let lemma = parse.lemma(ix).to_lowercase();
    let none = NONE.binary_search(&lemma.as_str()).is_ok();
    if token.rel == Rel::Neg && !none {
        return Some(Scope { top: token.head, with_top: true, with_subject: false, word: ix });
    }
    if none {
        // "No vote was taken": the vote, and that it was taken.
        let noun = if token.rel == Rel::Det || token.rel == Rel::Neg { token.head } else { ix };
        let verb = parse.tokens[noun as usize].head;
        let governs =
            matches!(parse.tokens[verb as usize].pos, Pos::Verb | Pos::Aux) && tokens.binary_search(&verb).is_ok();
        return Some(Scope { top: if governs { verb } else { noun }, with_top: true, with_subject: true, word: ix });
    }
    if token.rel == Rel::Prep && lemma == "without" {
        return Some(Scope { top: ix, with_top: false, with_subject: true, word: ix });
    }
    (token.pos == Pos::Verb && DENYING.binary_search(&lemma.as_str()).is_ok()).then_some(Scope {
        top: ix,
        with_top: false,
        with_subject: false,
        word: ix,
    })
}

impl Scope {
    fn holds(&self, parse: &Parse, ix: TokenIx) -> bool {
        const DEPTH: usize = 12;
        if ix == self.word {
            return false;
        }
        if ix == self.top {
            return self.with_top;
        }
        let mut at = ix;
        for _ in 0..DEPTH {
            let token = &parse.tokens[at as usize];
            if token.head == at {
                return false;
            }
            if token.head == self.top {
                let subject = matches!(token.rel, Rel::Nsubj | Rel::Nsubjpass);
                // Clauses beside the denied one stand for themselves.
                let beside = token.rel == Rel::Conj && token.pos == Pos::Verb || token.rel == Rel::Advcl;
                return !beside && (self.with_subject || !subject);
            }
            at = token.head;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_binary_search() {
        assert!(DENYING.is_sorted());
        assert!(NONE.is_sorted());
    }
}
