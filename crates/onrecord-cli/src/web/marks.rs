//! A report's text with marks: what is said, who is credited, by which words, what was copied, and the passage asked for.
//!
//! Marks may overlap in any way, so the text is cut at every border and each piece carries the classes of all marks over it.

use maud::{Markup, html};
use onrecord::views::{Paragraph, Wording};
use std::collections::BTreeSet;

/// A text that can be sliced by code points.
pub struct Characters<'a> {
    text: &'a str,
    /// Code point at which the text starts.
    start: u32,
    /// Byte offset of every code point, and of the end.
    bytes: Vec<u32>,
}

impl<'a> Characters<'a> {
    /// A text that starts at code point `start` of a longer one.
    pub fn of(text: &'a str, start: u32) -> Characters<'a> {
        let mut bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
        bytes.push(text.len() as u32);
        Characters { text, start, bytes }
    }

    /// First code point after the text.
    pub fn end(&self) -> u32 {
        self.start + self.bytes.len() as u32 - 1
    }

    /// The characters from `start` to `end`; what lies outside the text is left out.
    pub fn slice(&self, start: u32, end: u32) -> &'a str {
        let end = end.clamp(self.start, self.end());
        let start = start.clamp(self.start, end);
        let byte = |at: u32| self.bytes[(at - self.start) as usize] as usize;
        &self.text[byte(start)..byte(end)]
    }
}

/// What a piece of text is marked as.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    /// Content of the utterance with this index.
    Content(usize),
    Source,
    Cue,
    Via,
    Copied,
    /// The passage that was asked for.
    Here,
}

/// Blocks of the report that stand on one line of its text (a dateline and the paragraph it opens).
pub struct Line<'a> {
    /// Kind of the last of them.
    pub kind: &'a str,
    /// The blocks.
    pub blocks: Vec<&'a Paragraph>,
}

impl Line<'_> {
    /// First code point.
    pub fn start(&self) -> u32 {
        self.blocks.first().map_or(0, |block| block.start)
    }

    /// First code point after.
    pub fn end(&self) -> u32 {
        self.blocks.last().map_or(0, |block| block.end)
    }

    /// Whether it belongs to the page rather than to the story.
    pub fn is_aside(&self) -> bool {
        matches!(self.kind, "furniture" | "caption")
    }
}

/// The lines of a report.
pub fn lines(blocks: &[Paragraph]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::new();
    for block in blocks {
        match lines.last_mut() {
            Some(line) if line.kind == "dateline" && block.kind == "body" => {
                line.kind = &block.kind;
                line.blocks.push(block);
            }
            _ => lines.push(Line { kind: &block.kind, blocks: vec![block] }),
        }
    }
    lines
}

/// All marks of one report, ordered by place.
pub struct Marks<'a> {
    utterances: &'a [Wording],
    /// Borders in order: where, whether a mark opens there, which.
    borders: Vec<(u32, bool, Mark)>,
    /// Index of the first border that is not yet behind us.
    next: usize,
    active: Active,
}

/// The marks over the place where we are.
#[derive(Default)]
struct Active {
    /// Utterances; containers come before what they contain, so the last is the innermost.
    contents: BTreeSet<usize>,
    source: u32,
    cue: u32,
    via: u32,
    copied: u32,
    here: u32,
}

impl Active {
    fn turn(&mut self, mark: Mark, opens: bool) {
        let counter = match mark {
            Mark::Content(ix) => {
                if opens {
                    self.contents.insert(ix);
                } else {
                    self.contents.remove(&ix);
                }
                return;
            }
            Mark::Source => &mut self.source,
            Mark::Cue => &mut self.cue,
            Mark::Via => &mut self.via,
            Mark::Copied => &mut self.copied,
            Mark::Here => &mut self.here,
        };
        *counter = if opens { *counter + 1 } else { counter.saturating_sub(1) };
    }

    fn classes(&self, utterances: &[Wording]) -> String {
        let mut classes: Vec<&str> = Vec::new();
        if let Some(&inner) = self.contents.last() {
            classes.push("u");
            classes.push(super::pages::report::basis_class(&utterances[inner].basis));
            if self.contents.len() > 1 {
                classes.push("nested");
            }
        }
        let flags =
            [(self.source, "src"), (self.cue, "cue"), (self.via, "via"), (self.copied, "copied"), (self.here, "here")];
        classes.extend(flags.iter().filter(|(count, _)| *count > 0).map(|(_, class)| *class));
        classes.join(" ")
    }
}

impl<'a> Marks<'a> {
    /// Collects the marks. `copied` are passages shared with other reports, `here` is the passage that was asked for.
    pub fn of(utterances: &'a [Wording], copied: &[(u32, u32)], here: Option<(u32, u32)>) -> Marks<'a> {
        let mut borders = Vec::new();
        let mut mark = |start: u32, end: u32, mark: Mark| {
            if start < end {
                borders.push((start, true, mark));
                borders.push((end, false, mark));
            }
        };
        for (ix, utterance) in utterances.iter().enumerate() {
            utterance.content.iter().for_each(|part| mark(part.start, part.end, Mark::Content(ix)));
            utterance.source.iter().for_each(|words| mark(words.start, words.end, Mark::Source));
            utterance.cue.iter().for_each(|words| mark(words.start, words.end, Mark::Cue));
            utterance.via.iter().for_each(|carrier| mark(carrier.start, carrier.end, Mark::Via));
        }
        copied.iter().for_each(|&(start, end)| mark(start, end, Mark::Copied));
        here.iter().for_each(|&(start, end)| mark(start, end, Mark::Here));
        // Closings before openings at one place; the sort is stable, so the rest keeps the order of the utterances.
        borders.sort_by_key(|&(at, opens, _)| (at, opens));
        Marks { utterances, borders, next: 0, active: Active::default() }
    }

    /// The text of the next block. Blocks must be asked for in order.
    pub fn block(&mut self, block: &Paragraph, numbers: &Numbers) -> Markup {
        let text: String = block.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let characters = Characters::of(&text, block.start);
        let (start, end) = (block.start, block.end);
        self.pass(start);
        let mut pieces: Vec<(u32, u32, String, Vec<usize>, bool)> = Vec::new();
        let mut at = start;
        let mut opened: Vec<usize> = Vec::new();
        let mut opens_here = false;
        loop {
            let border = self.borders.get(self.next).copied().filter(|&(place, ..)| place < end);
            let until = border.map_or(end, |(place, ..)| place);
            if until > at {
                pieces.push((
                    at,
                    until,
                    self.active.classes(self.utterances),
                    std::mem::take(&mut opened),
                    std::mem::take(&mut opens_here),
                ));
                at = until;
            }
            let Some((_, opens, mark)) = border else { break };
            match mark {
                Mark::Content(ix) if opens && self.starts(ix, at) => opened.push(ix),
                Mark::Here if opens => opens_here = true,
                _ => {}
            }
            self.active.turn(mark, opens);
            self.next += 1;
        }
        html! {
            @for (from, to, classes, opened, opens_here) in &pieces {
                @for &ix in opened {
                    span id={ "u-" (self.utterances[ix].id) } {}
                    @if let Some(number) = numbers.of(ix) {
                        sup.ref { a href={ "#n-" (self.utterances[ix].id) } aria-label={ "Who says this: note " (number) } { (number) } }
                    }
                }
                @if classes.is_empty() { (characters.slice(*from, *to)) }
                @else { span class=(classes) id=[opens_here.then_some("at")] { (characters.slice(*from, *to)) } }
            }
        }
    }

    /// Whether the utterance's content starts at `at`.
    fn starts(&self, ix: usize, at: u32) -> bool {
        self.utterances[ix].content.first().is_some_and(|part| part.start == at)
    }

    /// Turns all borders before `place`.
    fn pass(&mut self, place: u32) {
        while let Some(&(at, opens, mark)) = self.borders.get(self.next) {
            if at >= place {
                break;
            }
            self.active.turn(mark, opens);
            self.next += 1;
        }
    }
}

/// The numbers of the notes in the margin.
pub struct Numbers(Vec<Option<u32>>);

impl Numbers {
    /// Numbers the utterances in order; own-voice sentences get none.
    pub fn of_all(utterances: &[Wording]) -> Numbers {
        let mut last = 0;
        Numbers(
            utterances
                .iter()
                .map(|u| {
                    (u.basis != "own-voice").then(|| {
                        last += 1;
                        last
                    })
                })
                .collect(),
        )
    }

    /// The number of an utterance.
    pub fn of(&self, ix: usize) -> Option<u32> {
        self.0.get(ix).copied().flatten()
    }
}
