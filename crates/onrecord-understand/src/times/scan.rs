//! The place where rules stand: the classed tokens of a sentence, the anchor, and what was said before.

use super::tense::Tenses;
use super::value::interval;
use super::words::{Unit, Way, Word, classify};
use jiff::civil::Date;
use onrecord_model::{NameKind, Parse, Pos, Rel, Tag, TimeType, When};

/// An expression that a rule has read: tokens `first..end`.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub first: usize,
    pub end: usize,
    pub kind: TimeType,
    pub value: String,
    pub rule: &'static str,
    /// What it was resolved against.
    pub anchor: Option<Date>,
    /// Days covered, where the value alone does not say ("the past three weeks").
    pub days: Option<(Date, Date)>,
}

impl Hit {
    /// A hit with nothing but a value.
    pub(super) fn new(first: usize, end: usize, kind: TimeType, value: impl Into<String>, rule: &'static str) -> Hit {
        Hit { first, end, kind, value: value.into(), rule, anchor: None, days: None }
    }

    /// The same, resolved against `anchor`.
    pub(super) fn against(mut self, anchor: Option<Date>) -> Hit {
        self.anchor = anchor;
        self
    }
}

/// One parse under the rules.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    pub parse: &'a Parse,
    /// Day of publication.
    pub anchor: Option<Date>,
    words: Vec<Word>,
    dated: Vec<bool>,
    person: Vec<bool>,
    /// By token: the name of an organisation, work, … that holds it, as one past the last token; 0 outside.
    titled: Vec<(u32, u32)>,
    tenses: Tenses<'a>,
    /// Day last spoken of.
    pub spoken: Option<Date>,
    /// First day of the time last spoken of, whatever its grain.
    pub mentioned: Option<Date>,
    first: usize,
    last: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, anchor: Option<Date>, parse: &'a Parse) -> Scan<'a> {
        let words = parse.tokens.iter().map(|token| classify(&text[token.span])).collect();
        let mut dated = vec![false; parse.tokens.len()];
        let mut person = vec![false; parse.tokens.len()];
        let mut titled = vec![(0, 0); parse.tokens.len()];
        for name in &parse.names {
            if matches!(
                name.kind,
                NameKind::Org | NameKind::WorkOfArt | NameKind::Fac | NameKind::Product | NameKind::Person
            ) {
                titled[name.first as usize..name.last as usize].fill((name.first, name.last));
            }
            let marks = match name.kind {
                NameKind::Date | NameKind::Time => &mut dated,
                NameKind::Person => &mut person,
                _ => continue,
            };
            marks[name.first as usize..name.last as usize].fill(true);
        }
        let tenses = Tenses::of(parse);
        Scan {
            text,
            parse,
            anchor,
            words,
            dated,
            person,
            titled,
            tenses,
            spoken: None,
            mentioned: None,
            first: 0,
            last: 0,
        }
    }

    /// Moves to a sentence.
    pub(super) fn enter(&mut self, first: usize, last: usize) {
        (self.first, self.last) = (first, last);
    }

    /// The class of a token; `Other` outside the sentence.
    pub(super) fn word(&self, at: usize) -> Word {
        if at < self.last { self.words[at] } else { Word::Other }
    }

    /// The class of the token before, `Other` at the start of the sentence.
    pub(super) fn before(&self, at: usize) -> Word {
        if at > self.first { self.words[at - 1] } else { Word::Other }
    }

    /// Index of the token before, inside the sentence.
    pub(super) fn previous(&self, at: usize) -> Option<usize> {
        (at > self.first).then(|| at - 1)
    }

    /// The characters of a token, empty outside the sentence.
    pub(super) fn token(&self, at: usize) -> &'a str {
        if at < self.last { &self.text[self.parse.tokens[at].span] } else { "" }
    }

    pub(super) fn tag(&self, at: usize) -> Tag {
        if at < self.last { self.parse.tokens[at].tag } else { Tag::Empty }
    }

    pub(super) fn pos(&self, at: usize) -> Pos {
        if at < self.last { self.parse.tokens[at].pos } else { Pos::Empty }
    }

    /// Whether the names layer calls the token part of a date or time.
    pub(super) fn is_dated(&self, at: usize) -> bool {
        at < self.last && self.dated[at]
    }

    /// Whether the names layer calls the token part of a person's name.
    pub(super) fn is_person(&self, at: usize) -> bool {
        at < self.last && self.person[at]
    }

    /// Whether a token modifies the name right after it ("August Orr").
    pub(super) fn opens_name(&self, at: usize) -> bool {
        let token = &self.parse.tokens[at];
        token.rel == Rel::Compound && token.head as usize == at + 1 && self.pos(at + 1) == Pos::Propn
    }

    /// Whether two tokens touch.
    pub(super) fn touches(&self, at: usize) -> bool {
        at + 1 < self.last && self.parse.tokens[at].span.end() == self.parse.tokens[at + 1].span.start()
    }

    /// Whether a token stands before a noun in the singular that it modifies.
    pub(super) fn modifies_one(&self, at: usize) -> bool {
        let head = self.parse.tokens[at].head as usize;
        head > at && head < self.last && matches!(self.tag(head), Tag::Nn | Tag::Nnp)
    }

    /// Which side of publication the clause of a token stands on; the past where nothing says so.
    pub(super) fn side(&self, at: usize) -> Way {
        match self.tenses.side(at as u32) {
            Way::Next => Way::Next,
            _ => Way::Last,
        }
    }

    /// The same, `This` where nothing says so.
    pub(super) fn plain_side(&self, at: usize) -> Way {
        self.tenses.side(at as u32)
    }

    /// The day last spoken of, else the day of publication.
    pub(super) fn reference(&self) -> Option<Date> {
        self.spoken.or(self.anchor)
    }

    /// What "that year" or "the following month" counts from: finer units need a day, coarser take any time.
    pub(super) fn reference_for(&self, unit: Unit) -> Option<Date> {
        if unit >= Unit::Month { self.mentioned.or(self.anchor) } else { self.reference() }
    }

    /// Whether a verb says outright that its clause lies ahead ("will", "plans to"), rather than by its present tense.
    pub(super) fn is_surely_ahead(&self, at: usize) -> bool {
        self.tenses.is_surely_ahead(at as u32)
    }

    /// Whether tokens `first..end` are part of a longer name that is no time ("the Daily Echo").
    pub(super) fn is_in_title(&self, first: usize, end: usize) -> bool {
        let (from, to) = self.titled[first];
        to as usize >= end && (to - from) as usize > end - first
    }

    /// Whether no rule can start here: spares the families most tokens.
    pub(super) fn opens_nothing(&self, at: usize) -> bool {
        let word = self.word(at);
        if word == Word::Other {
            return !self.token(at).as_bytes().first().is_some_and(u8::is_ascii_digit)
                && !super::absolute::is_compound(self.token(at));
        }
        matches!(word, Word::Comma | Word::Hyphen | Word::Of | Word::Old | Word::Ago | Word::Zone)
    }

    /// Keeps the day that later expressions count from.
    pub(super) fn remember(&mut self, hit: &Hit) {
        if matches!(hit.kind, TimeType::Date | TimeType::Time)
            && let Some((day, last)) = interval(&hit.value)
        {
            self.mentioned = Some(day);
            if day == last {
                self.spoken = Some(day);
            }
        }
    }

    /// The expression as the model has it.
    pub(super) fn when(&self, hit: Hit) -> When {
        let days = hit
            .days
            .or_else(|| matches!(hit.kind, TimeType::Date | TimeType::Time).then(|| interval(&hit.value)).flatten());
        When {
            span: self.parse.span_of(hit.first as u32, hit.end as u32),
            kind: hit.kind,
            value: hit.value,
            interval: days.map(|(first, last)| (first.to_string(), last.to_string())),
            rule: hit.rule,
            anchor: hit.anchor.map(|day| day.to_string()).unwrap_or_default(),
        }
    }
}
