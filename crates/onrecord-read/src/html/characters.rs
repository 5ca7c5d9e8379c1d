//! Character references of HTML, each with the bytes it takes.

use crate::runs::{Copier, Mapped};
use quick_xml::escape::resolve_html5_entity;

/// Walks the characters that `source[start..end]` stands for: each piece is a stretch of plain characters or one reference.
pub(crate) fn pieces(source: &str, start: usize, end: usize, mut each: impl FnMut(Piece<'_>)) {
    let (mut plain, mut at) = (start, start);
    while let Some(found) = source[at..end].find('&') {
        at += found;
        let Some((text, len)) = reference(&source[at..end]) else {
            at += 1;
            continue;
        };
        if plain < at {
            each(Piece::Plain { start: plain, end: at });
        }
        each(Piece::Reference { text: &text, start: at, end: at + len });
        at += len;
        plain = at;
    }
    if plain < end {
        each(Piece::Plain { start: plain, end });
    }
}

/// A stretch of source.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'a> {
    /// Characters that stand for themselves.
    Plain { start: usize, end: usize },
    /// One reference and what it stands for.
    Reference { text: &'a str, start: usize, end: usize },
}

/// The characters of `source[start..end]`.
pub(crate) fn decoded(source: &str, start: usize, end: usize) -> String {
    let mut out = String::with_capacity(end - start);
    pieces(source, start, end, |piece| match piece {
        Piece::Plain { start, end } => out.push_str(&source[start..end]),
        Piece::Reference { text, .. } => out.push_str(text),
    });
    out
}

/// Longest name of a reference.
const LONGEST: usize = 32;

/// The reference that opens `text`: what it stands for and its length.
fn reference(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(text);
    }
    let len = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = &text[1..1 + len];
    if bytes.get(1 + len) == Some(&b';')
        && let Some(found) = resolve_html5_entity(name)
    {
        return Some((found.to_owned(), len + 2));
    }
    // Names of old standards also count without their semicolon: "AT&amp T", "&copy2024".
    (2..=len.min(6)).rev().find_map(|len| {
        let found = resolve_html5_entity(&name[..len])?;
        let c = found.chars().next()?;
        let old = matches!(c, '&' | '<' | '>' | '"') || ('\u{A0}'..='\u{FF}').contains(&c);
        (old && found.chars().nth(1).is_none()).then(|| (found.to_owned(), len + 1))
    })
}

fn numeric(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let from = if hex { 3 } else { 2 };
    let digits = bytes[from.min(bytes.len())..]
        .iter()
        .take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() })
        .count();
    if digits == 0 {
        return None;
    }
    let code = u32::from_str_radix(&text[from..from + digits], if hex { 16 } else { 10 }).unwrap_or(u32::MAX);
    let len = from + digits + usize::from(bytes.get(from + digits) == Some(&b';'));
    let c = match code {
        // Pages of the nineties wrote windows-1252 codes.
        0x80..=0x9F => encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[code as u8]).0.chars().next(),
        0 => None,
        code => char::from_u32(code),
    };
    Some((c.unwrap_or('\u{FFFD}').to_string(), len))
}

/// Appends the visible characters of `source[start..end]`: references decoded, white space collapsed to one space. `space`
/// says that a space is owed before the next character; `begun` that the block has begun. Places are mapped by `copier`.
pub(crate) fn push_visible(
    source: &str,
    start: usize,
    end: usize,
    copier: &mut Copier<'_>,
    state: &mut Spacing,
    into: &mut Mapped,
) {
    pieces(source, start, end, |piece| match piece {
        Piece::Plain { start, end } => push_plain(source, start, end, copier, state, into),
        Piece::Reference { text, start, end } => {
            if text.chars().all(is_space) {
                state.owe(start, end);
            } else {
                state.pay(source, copier, into);
                if let Some((first, last)) = copier.input_of(start, end) {
                    into.push_unit(text, first, last - first);
                } else {
                    into.push_made(text);
                }
            }
        }
    });
}

/// White space seen and not yet written.
#[derive(Default)]
pub(crate) struct Spacing {
    begun: bool,
    owed: Option<(usize, usize)>,
    line: bool,
}

impl Spacing {
    fn owe(&mut self, start: usize, end: usize) {
        if self.begun {
            let first = self.owed.map_or(start, |(first, _)| first);
            self.owed = Some((first, end));
        }
    }

    /// A line break inside the block.
    pub fn break_line(&mut self, start: usize, end: usize) {
        self.owe(start, end);
        self.line |= self.begun;
    }

    fn pay(&mut self, source: &str, copier: &mut Copier<'_>, into: &mut Mapped) {
        self.begun = true;
        let Some((start, end)) = self.owed.take() else { return };
        let space = if std::mem::take(&mut self.line) { "\n" } else { " " };
        if source.get(start..end) == Some(space) {
            copier.copy(start, end, into);
        } else if let Some((first, last)) = copier.input_of(start, end) {
            if last - first == 1 { into.push_made(space) } else { into.push_unit(space, first, last - first) }
        } else {
            into.push_made(space);
        }
    }
}

/// White space that pages collapse; a non-breaking space is a space to the reader of a story.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}' | '\u{A0}' | '\u{200B}' | '\u{FEFF}' | '\u{AD}')
}

fn push_plain(source: &str, start: usize, end: usize, copier: &mut Copier<'_>, state: &mut Spacing, into: &mut Mapped) {
    let mut at = start;
    while at < end {
        let rest = &source[at..end];
        let word = rest.find(is_space).unwrap_or(rest.len());
        if word > 0 {
            state.pay(source, copier, into);
            copier.copy(at, at + word, into);
        }
        at += word;
        let rest = &source[at..end];
        let space = rest.find(|c| !is_space(c)).unwrap_or(rest.len());
        if space > 0 {
            state.owe(at, at + space);
        }
        at += space;
    }
}
