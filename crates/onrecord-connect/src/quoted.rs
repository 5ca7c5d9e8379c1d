//! Words that are not the writer's own: quotations, and page furniture by its wording.

use crate::words::Words;

/// A quotation shorter than this many words is a turn of phrase: copying may be seen in it.
const QUOTATION_WORDS_MIN: u32 = 4;
/// A paragraph longer than this is no furniture, whatever it says.
const FURNITURE_WORDS_MAX: usize = 80;

/// Half-open ranges of word indexes between quotation marks, in order. A quotation that its paragraph leaves open goes on
/// in the next one where that opens with a mark again, or closes one more than it opens; else the mark is taken for a
/// stray one. O(n).
pub fn quoted_words(text: &str, words: &Words) -> Vec<(u32, u32)> {
    let mut ranges = Vec::new();
    let paragraphs = paragraphs(words);
    let lines: Vec<&str> = paragraphs
        .iter()
        .map(|&(first, last)| {
            let (from, to) = bytes(text, words, first, last);
            &text[from..to]
        })
        .collect();
    let mut carried: Option<Mark> = None;
    for (at, (&line, &(first, last))) in lines.iter().zip(&paragraphs).enumerate() {
        let from = line.as_ptr() as usize - text.as_ptr() as usize;
        let mut open = carried.map(|mark| (from, mark));
        let mut word = first;
        carried = None;
        for (byte, mark) in marks(line) {
            let byte = from + byte;
            match (open, mark) {
                (Some((start, by)), Mark::Close | Mark::Either | Mark::CloseSingle) if by.closes(mark) => {
                    push(&mut ranges, words, &mut word, last, start, byte);
                    open = None;
                }
                (None, Mark::Open | Mark::Either | Mark::OpenSingle) => open = Some((byte, mark)),
                _ => {}
            }
        }
        let next = lines.get(at + 1).copied().unwrap_or("");
        if let Some((start, mark)) = open {
            let again = next.starts_with(['"', '“', '`', '‘', '«', '„']);
            carried = (!again && leaves_open(next)).then_some(mark);
            if again || carried.is_some() {
                push(&mut ranges, words, &mut word, last, start, from + line.len());
            }
        }
    }
    ranges
}

/// Whether a paragraph closes, or leaves open, a mark of its own.
fn leaves_open(line: &str) -> bool {
    let mut marks = marks(line);
    let balance = marks.by_ref().fold((0, 0, 0), |(opens, closes, either), (_, mark)| match mark {
        Mark::Open => (opens + 1, closes, either),
        Mark::Close => (opens, closes + 1, either),
        Mark::Either => (opens, closes, either + 1),
        Mark::OpenSingle | Mark::CloseSingle => (opens, closes, either),
    });
    balance.2 % 2 == 1 || balance.0 != balance.1
}

/// Half-open ranges of word indexes of short paragraphs that speak of the page and not of the news, in order.
pub fn furniture_words(text: &str, words: &Words) -> Vec<(u32, u32)> {
    let mut ranges = Vec::new();
    for (first, last) in paragraphs(words) {
        if last - first <= FURNITURE_WORDS_MAX {
            let (from, to) = bytes(text, words, first, last);
            let folded = text[from..to].to_lowercase();
            if FURNITURE.iter().any(|phrase| folded.contains(phrase)) {
                ranges.push((first as u32, last as u32));
            }
        }
    }
    ranges
}

/// Word ranges of the paragraphs, in order; they cover all words.
pub fn paragraphs(words: &Words) -> Vec<(usize, usize)> {
    let starts = words.paragraphs.iter().map(|&start| start as usize);
    let ends = words.paragraphs.iter().skip(1).map(|&start| start as usize).chain([words.len()]);
    starts.zip(ends).collect()
}

/// Bytes of a paragraph with the marks around its words.
fn bytes(text: &str, words: &Words, first: usize, last: usize) -> (usize, usize) {
    let span = words.span(first, last);
    let (from, to) = (span.start() as usize, span.end() as usize);
    let before = text[..from].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n').len();
    // Lines of marks alone belong to the paragraph before them.
    let next = text[to..].find(char::is_alphanumeric).map_or(text.len(), |at| to + at);
    (before, text[to..next].rfind('\n').map_or(next, |line| to + line))
}

/// Adds the words that start between two bytes. `word` walks on, so that the whole is linear.
fn push(ranges: &mut Vec<(u32, u32)>, words: &Words, word: &mut usize, last: usize, from: usize, to: usize) {
    while *word < last && (words.starts[*word] as usize) < from {
        *word += 1;
    }
    let first = *word;
    while *word < last && (words.starts[*word] as usize) < to {
        *word += 1;
    }
    let range = (first as u32, *word as u32);
    if range.1 - range.0 >= QUOTATION_WORDS_MIN {
        ranges.push(range);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Open,
    Close,
    Either,
    OpenSingle,
    CloseSingle,
}

impl Mark {
    /// Whether a quotation that this mark opened is closed by the other: a nested one closes nothing but itself.
    fn closes(self, other: Mark) -> bool {
        (self == Mark::OpenSingle) == (other == Mark::CloseSingle)
    }
}

/// Quotation marks with their bytes. A single curly mark counts where it cannot be an apostrophe.
fn marks(text: &str) -> impl Iterator<Item = (usize, Mark)> + '_ {
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (byte, character) = characters.next()?;
            let next = characters.peek().map_or(' ', |&(_, next)| next);
            let was = std::mem::replace(&mut before, character);
            let mark = match character {
                '"' | '＂' => Mark::Either,
                '“' | '„' | '«' => Mark::Open,
                '”' | '»' => Mark::Close,
                '`' if next == '`' => Mark::Open,
                '\'' if next == '\'' => Mark::Close,
                '‘' if !was.is_alphanumeric() => Mark::OpenSingle,
                '’' if !next.is_alphanumeric() && matches!(was, '.' | ',' | '!' | '?' | '…') => Mark::CloseSingle,
                _ => continue,
            };
            return Some((byte, mark));
        }
    })
}

/// Phrases by which newspapers speak of themselves at the foot of a page.
const FURNITURE: &[&str] = &[
    "all rights reserved",
    "can be reached at",
    "click here to",
    "contributed reporting",
    "contributed to this article",
    "contributed to this report",
    "contributed to this story",
    "copyright ©",
    "data delayed",
    "delayed by at least",
    "download our app",
    "email the author",
    "first published in",
    "follow him on twitter",
    "follow her on twitter",
    "follow us on",
    "for more news from",
    "in your inbox",
    "join the conversation",
    "letters may be edited",
    "letters to the editor",
    "like us on facebook",
    "may not be published, broadcast",
    "may not be reproduced",
    "on twitter at @",
    "on twitter: @",
    "our standards:",
    "privacy policy",
    "read more:",
    "reach the reporter",
    "reporting by ",
    "rewritten or redistributed",
    "sign up for our",
    "sign up to our",
    "sign up here",
    "sign up to receive",
    "story continues below",
    "subscribe to our",
    "support our journalism",
    "terms of service",
    "terms of use",
    "this article originally appeared",
    "this article was originally published",
    "this story originally appeared",
    "trust principles",
    "write to the editor",
];

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Span;

    fn quoted(text: &str) -> Vec<&str> {
        let mut words = Words::default();
        words.add(text, Span::new(0, text.len() as u32));
        let spans =
            quoted_words(text, &words).into_iter().map(|(first, last)| words.span(first as usize, last as usize));
        spans.map(|span| &text[span.start() as usize..span.end() as usize]).collect()
    }

    #[test]
    fn a_nested_quotation_does_not_end_the_outer_one() {
        let text = "\u{201c}They asked \u{2018}Where is the ferry?\u{2019} and nobody knew,\u{201d} she said.";
        assert_eq!(quoted(text), ["They asked \u{2018}Where is the ferry?\u{2019} and nobody knew"]);
    }

    #[test]
    fn a_quotation_may_run_over_paragraphs() {
        let text = "He said: \"We waited until the evening.\n\n\"Then the boats came back.\" It was late.";
        assert_eq!(quoted(text), ["We waited until the evening", "Then the boats came back"]);
        let text = "He said: \"We waited until the evening.\n\nThen the boats came back.\"\n\nIt was late by then.";
        assert_eq!(quoted(text), ["We waited until the evening", "Then the boats came back"]);
    }

    #[test]
    fn a_stray_mark_quotes_nothing() {
        assert!(quoted("The plank was 12\" wide and lay there.\n\nNobody had moved it since the storm.").is_empty());
    }

    #[test]
    fn short_paragraphs_about_the_page_are_furniture() {
        let text = "The ferry sank at noon.\n\nSign up for our newsletter.";
        let mut words = Words::default();
        words.add(text, Span::new(0, text.len() as u32));
        assert_eq!(furniture_words(text, &words), [(5, 10)]);
    }
}
