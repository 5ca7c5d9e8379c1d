//! On which side of the publication date a clause stands: read from the verb that governs a time expression.

use super::words::Way;
use onrecord_model::{Parse, Pos, Rel, Tag, TokenIx};

/// What the auxiliaries of a verb say; one bit each.
const WILL: u8 = 1;
const PAST: u8 = 2;
const PRESENT: u8 = 4;
const TO: u8 = 8;

/// Tenses of a parse, ready to be asked for any token.
pub(super) struct Tenses<'a> {
    parse: &'a Parse,
    auxiliaries: Vec<u8>,
    /// By lemma: whether a verb or adjective looks ahead ("plan", "due"), whether it reports speech.
    ahead: Vec<bool>,
    speech: Vec<bool>,
}

const AHEAD: &[&str] = &[
    "expect", "plan", "schedule", "due", "set", "intend", "hope", "go", "want", "propose", "promise", "vow",
    "threaten", "urge", "order", "prepare", "aim", "agree", "likely", "ready", "slate", "pledge", "ask", "need",
    "decide", "invite",
];
const SPEECH: &[&str] = &[
    "say", "tell", "report", "announce", "write", "state", "claim", "add", "confirm", "reveal", "show", "argue",
    "note", "warn", "insist", "deny", "explain", "suggest",
];

impl<'a> Tenses<'a> {
    pub(super) fn of(parse: &'a Parse) -> Tenses<'a> {
        let is_in = |words: &[&str]| parse.lemmas.iter().map(|lemma| words.contains(&&**lemma)).collect::<Vec<_>>();
        let modal =
            is_in(&["will", "shall", "would", "may", "might", "could", "can", "must", "should", "'ll", "’ll", "wo"]);
        let have = is_in(&["have", "'ve"]);
        let mut auxiliaries = vec![0u8; parse.tokens.len()];
        for token in &parse.tokens {
            if !matches!(token.rel, Rel::Aux | Rel::Auxpass) {
                continue;
            }
            let lemma = token.lemma as usize;
            auxiliaries[token.head as usize] |= match token.tag {
                Tag::Md if modal[lemma] => WILL,
                Tag::To => TO,
                Tag::Vbd => PAST,
                Tag::Vbz | Tag::Vbp if have[lemma] => PAST,
                Tag::Vb if have[lemma] => PAST,
                Tag::Vbz | Tag::Vbp => PRESENT,
                _ => 0,
            };
        }
        Tenses { parse, auxiliaries, ahead: is_in(AHEAD), speech: is_in(SPEECH) }
    }

    /// The side on which the clause of token `ix` stands; `This` when nothing says so.
    pub(super) fn side(&self, ix: TokenIx) -> Way {
        let mut at = ix;
        for _ in 0..24 {
            let token = &self.parse.tokens[at as usize];
            if matches!(token.pos, Pos::Verb | Pos::Aux)
                && let Some(side) = self.side_of_verb(at)
            {
                return side;
            }
            if at != ix && self.ahead[token.lemma as usize] && token.pos == Pos::Adj {
                return Way::Next;
            }
            if token.head == at {
                break;
            }
            at = token.head;
        }
        Way::This
    }

    /// Whether the governing verb says outright that its clause lies ahead.
    pub(super) fn is_surely_ahead(&self, ix: TokenIx) -> bool {
        let mut at = ix;
        for _ in 0..24 {
            let token = &self.parse.tokens[at as usize];
            let with = self.auxiliaries[at as usize];
            if with & WILL != 0 {
                return with & PAST == 0;
            }
            if at != ix && self.ahead[token.lemma as usize] {
                return true;
            }
            if token.head == at || matches!(token.tag, Tag::Vbd) {
                return false;
            }
            at = token.head;
        }
        false
    }

    /// What one verb says; `None` sends on to its head.
    fn side_of_verb(&self, at: TokenIx) -> Option<Way> {
        let token = &self.parse.tokens[at as usize];
        let with = self.auxiliaries[at as usize];
        if with & WILL != 0 {
            // "would have met", "may have met" look back.
            return Some(if with & PAST != 0 { Way::Last } else { Way::Next });
        }
        match token.tag {
            Tag::Vbd => Some(Way::Last),
            Tag::Vbg | Tag::Vbn if with & PAST != 0 => {
                // "was expected on Thursday", "had planned for Thursday": the plan was made before, the day may lie ahead.
                let planned = token.tag == Tag::Vbn && self.ahead[token.lemma as usize];
                Some(if planned { Way::This } else { Way::Last })
            }
            Tag::Vbg | Tag::Vbn if with & PRESENT != 0 => Some(Way::Next),
            Tag::Vbz | Tag::Vbp if self.speech[token.lemma as usize] => Some(Way::Last),
            Tag::Vbz | Tag::Vbp => Some(Way::Next),
            Tag::Vb if with & PAST != 0 => Some(Way::Last),
            Tag::Vb if with & TO != 0 || with == 0 => {
                let head = &self.parse.tokens[token.head as usize];
                // A headline's "Minister to resign" has no head.
                let ahead = if token.head == at { with & TO != 0 } else { self.ahead[head.lemma as usize] };
                ahead.then_some(Way::Next)
            }
            _ => None,
        }
    }
}
