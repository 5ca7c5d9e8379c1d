//! Prefixes, suffixes and infixes: by hand, what spaCy's English expressions say (`lang/punctuation.py`).
//!
//! The conversion script refuses a model whose expressions differ from those that this file follows.

use super::characters::{Characters, class};
use crate::error::ModelError;
use crate::fields::Fields;
use crate::model::Model;

/// Matchers of affixes.
pub(crate) struct Affixes {
    pub characters: Characters,
    /// Currencies and units, suffixes after an ASCII digit, by their last byte.
    units: Vec<Vec<Box<str>>>,
}

const CURRENCY_PREFIXES: [&str; 3] = ["US$", "C$", "A$"];
const POSSESSIVES: [&str; 4] = ["'s", "'S", "’s", "’S"];
const DEGREES: [&str; 6] = ["°F", "°f", "°C", "°c", "°K", "°k"];

impl Affixes {
    pub fn new(model: &Model) -> Result<Affixes, ModelError> {
        let mut fields = Fields::new(model, "tokenizer.units")?;
        let mut units = vec![Vec::new(); 256];
        for unit in fields.texts()? {
            let last = *unit.as_bytes().last().ok_or_else(|| fields.wrong("it has an empty unit"))?;
            units[last as usize].push(unit.into());
        }
        fields.end()?;
        Ok(Affixes { characters: Characters::new(model)?, units })
    }

    /// Bytes of the prefix at the start of `text`, or 0.
    pub fn prefix(&self, text: &str) -> usize {
        let Some(first) = text.chars().next() else { return 0 };
        if self.characters.is(first, class::PREFIX) {
            return first.len_utf8();
        }
        match first {
            '+' if !text[1..].starts_with(|c: char| c.is_ascii_digit()) => 1,
            '.' => match leading_stops(text) {
                1 => 0,
                stops => stops,
            },
            'U' | 'C' | 'A' => CURRENCY_PREFIXES.iter().find(|p| text.starts_with(**p)).map_or(0, |p| p.len()),
            _ => 0,
        }
    }

    /// Bytes of the longest suffix at the end of `text`, or 0.
    pub fn suffix(&self, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        let head = &text[..text.len() - last.len_utf8()];
        let mut longest = match last {
            '.' => self.stop_suffix(text, head),
            's' | 'S' => POSSESSIVES.iter().find(|p| text.ends_with(**p)).map_or(0, |p| p.len()),
            '—' | '–' => last.len_utf8(),
            '…' if head.ends_with('…') => 2 * last.len_utf8(),
            '+' if head.ends_with(|c: char| c.is_ascii_digit()) => 1,
            _ if self.characters.is(last, class::SUFFIX) => last.len_utf8(),
            _ => 0,
        };
        for unit in &self.units[text.as_bytes()[text.len() - 1] as usize] {
            if unit.len() > longest
                && text.strip_suffix(&**unit).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()))
            {
                longest = unit.len();
            }
        }
        longest
    }

    /// The suffix of a `text` that is `head` and a full stop.
    fn stop_suffix(&self, text: &str, head: &str) -> usize {
        if head.ends_with('.') {
            return text.len() - text.trim_end_matches('.').len();
        }
        let mut before = head.chars().rev();
        let Some(last) = before.next() else { return 0 };
        let classes = self.characters.of(last);
        let mut two_capitals = || before.next().is_some_and(|c| self.characters.is(c, class::ALPHA_UPPER));
        let is_suffix = classes & class::BEFORE_STOP != 0
            || classes & class::ALPHA_UPPER != 0 && two_capitals()
            || DEGREES.iter().any(|degree| head.ends_with(degree));
        usize::from(is_suffix)
    }

    /// Calls `found` with the byte range of each infix of `text`, from left to right.
    pub fn infixes(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let mut before = '\0'; // no class has it
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let length = self.infix(before, c, &text[at..]);
            if length == 0 {
                before = c;
                at += c.len_utf8();
            } else {
                found(at, at + length);
                before = text[at..at + length].chars().next_back().expect("an infix is not empty");
                at += length;
            }
        }
    }

    /// Bytes of the infix at the start of `rest`, whose first character is `c` and which stands after `before`; or 0.
    fn infix(&self, before: char, c: char, rest: &str) -> usize {
        if c.is_ascii_alphanumeric() {
            return 0;
        }
        if self.characters.is(c, class::INFIX) {
            return c.len_utf8();
        }
        let stops = if c == '.' { leading_stops(rest) } else { 0 };
        if stops > 1 {
            return stops;
        }
        let next_is = |length: usize, classes| {
            rest[length..].chars().next().is_some_and(|next| self.characters.is(next, classes))
        };
        let is_before = |classes| self.characters.is(before, classes);
        let between_digits =
            || before.is_ascii_digit() && rest[1..].starts_with(|next: char| next.is_ascii_digit() || next == '-');
        let after_word = || before.is_ascii_digit() || is_before(class::ALPHA);
        match c {
            '+' | '*' | '^' => usize::from(between_digits()),
            '-' if between_digits() => 1,
            '-' | '–' | '—' | '~' if after_word() => hyphen(c, rest, |length| next_is(length, class::ALPHA)),
            '.' => usize::from(
                is_before(class::ALPHA_LOWER | class::QUOTE) && next_is(1, class::ALPHA_UPPER | class::QUOTE),
            ),
            ',' => usize::from(is_before(class::ALPHA) && next_is(1, class::ALPHA)),
            ':' | '<' | '>' | '=' | '/' => usize::from(after_word() && next_is(1, class::ALPHA)),
            _ => 0,
        }
    }
}

/// Bytes of the hyphen (one to three `-`, one or two `—`, one `–` or `~`) at the start of `rest` that a letter follows.
fn hyphen(c: char, rest: &str, letter_at: impl Fn(usize) -> bool) -> usize {
    let most = match c {
        '-' => 3,
        '—' => 2,
        _ => 1,
    };
    let run = rest.chars().take(most).take_while(|&next| next == c).count();
    (1..=run).map(|count| count * c.len_utf8()).find(|&length| letter_at(length)).unwrap_or(0)
}

fn leading_stops(text: &str) -> usize {
    text.bytes().take_while(|&byte| byte == b'.').count()
}
