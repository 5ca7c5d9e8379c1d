//! Sorts the pieces of a text into blocks: what heads the story, what is story, what is furniture.

use super::byline::{self, Byline};
use super::dateline::{self, Dateline};
use super::furniture::{self, Line};
use super::{Hint, Piece};
use onrecord_model::{Block, BlockKind, Span};
use std::collections::BTreeSet;

/// The blocks of a text and what its head says.
#[derive(Default, Debug)]
pub(crate) struct Found {
    pub blocks: Vec<Block>,
    pub title: String,
    pub authors: Vec<String>,
    pub credit: String,
    pub dateline: String,
    pub published: Option<String>,
}

/// How many pieces the head of a text may have.
const HEAD: usize = 16;
/// Body pieces that may open with a dateline.
const DATELINES: usize = 2;

/// Sorts `pieces` (ordered, disjoint, trimmed) of `text`.
pub(crate) fn sort_blocks(text: &str, pieces: &[Piece]) -> Found {
    let mut sorter = Sorter { text, pieces, kinds: vec![None; pieces.len()], found: Found::default() };
    sorter.galleries();
    let body = sorter.head();
    sorter.body(body);
    sorter.blocks();
    sorter.found
}

struct Sorter<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    kinds: Vec<Option<BlockKind>>,
    found: Found,
}

impl<'a> Sorter<'a> {
    fn words(&self, at: usize) -> &'a str {
        &self.text[self.pieces[at].start..self.pieces[at].end]
    }

    /// Marks galleries: from a line that opens one to the line that closes it, if what lies between reads as captions.
    fn galleries(&mut self) {
        let lines: Vec<Line> = (0..self.pieces.len()).map(|at| furniture::judge(self.words(at))).collect();
        let mut at = 0;
        while at < lines.len() {
            if !matches!(lines[at], Line::GalleryOpens | Line::GalleryCloses) || self.pieces[at].hint == Hint::Title {
                at += 1;
                continue;
            }
            let end = self.gallery_end(&lines, at);
            for (inner, line) in lines.iter().enumerate().take(end).skip(at) {
                let caption = *line == Line::Caption || (*line == Line::Story && is_long(self.words(inner)));
                self.kinds[inner] = Some(if caption { BlockKind::Caption } else { BlockKind::Furniture });
            }
            at = end;
        }
    }

    /// One past the last piece of the gallery that opens at `from`.
    fn gallery_end(&self, lines: &[Line], from: usize) -> usize {
        let mut end = from + 1;
        // What follows without a blank line belongs to it when buttons of the gallery stand in the same run of lines.
        let run = (from + 1..lines.len()).find(|&at| self.pieces[at].gap).unwrap_or(lines.len());
        if let Some(last) =
            (from + 1..run).rev().find(|&at| matches!(lines[at], Line::GalleryOpens | Line::GalleryCloses))
        {
            let closed = lines[last] == Line::GalleryCloses;
            end = if closed || self.captions_share(lines, last + 1, run) >= 50 { run.max(last + 1) } else { last + 1 };
            if closed {
                end = last + 1;
            }
        } else if self.captions_share(lines, from + 1, run) >= 50 {
            end = run;
        }
        // Across blank lines it goes on to a closing button, if every piece before that could be a caption.
        let mut at = end;
        while at < lines.len() && at < end + 80 {
            match lines[at] {
                Line::GalleryCloses => {
                    end = at + 1;
                }
                Line::Caption | Line::Prompt | Line::GalleryOpens => {}
                Line::Story if !is_long(self.words(at)) || self.captions_share(lines, at, at + 6) >= 50 => {}
                _ => break,
            }
            at += 1;
        }
        end
    }

    /// Percent of the pieces `from..to` that bear a photo credit.
    fn captions_share(&self, lines: &[Line], from: usize, to: usize) -> usize {
        let to = to.min(lines.len());
        if from >= to {
            return 0;
        }
        lines[from..to].iter().filter(|line| **line == Line::Caption).count() * 100 / (to - from)
    }

    /// Reads headline, standfirst, byline, date and credit; gives the index of the first piece of the body.
    fn head(&mut self) -> usize {
        let hinted = self.pieces.iter().position(|p| p.hint == Hint::Title);
        let mut titled = false;
        for at in 0..self.pieces.len().min(HEAD.max(hinted.map_or(0, |t| t + HEAD))) {
            if self.kinds[at].is_some() {
                continue;
            }
            let words = self.words(at);
            let piece = self.pieces[at];
            if piece.hint == Hint::Furniture {
                self.kinds[at] = Some(BlockKind::Furniture);
                continue;
            }
            if hinted == Some(at) {
                titled = true;
                self.set_title(at);
                continue;
            }
            if self.head_line(at, words) {
                continue;
            }
            if !titled && hinted.is_none() {
                if piece.hint == Hint::Body || !is_headline(words, self.pieces.len()) {
                    return at;
                }
                titled = true;
                self.set_title(at);
            } else if hinted.is_some_and(|t| at < t) {
                let above =
                    if piece.hint == Hint::Body && is_long(words) { BlockKind::Body } else { BlockKind::Furniture };
                self.kinds[at] = Some(above);
            } else if self.is_standfirst(at) {
                self.kinds[at] = Some(BlockKind::Standfirst);
            } else {
                return at;
            }
        }
        self.pieces.len().min(HEAD.max(hinted.map_or(0, |t| t + HEAD)))
    }

    fn set_title(&mut self, at: usize) {
        self.kinds[at] = Some(BlockKind::Title);
        self.found.title = self.words(at).split_whitespace().collect::<Vec<_>>().join(" ");
    }

    /// Takes what is neither headline nor story: bylines, dates, credits, captions, buttons, bullets.
    fn head_line(&mut self, at: usize, words: &str) -> bool {
        let hint = self.pieces[at].hint;
        let marked = hint == Hint::Byline;
        let titled = !self.found.title.is_empty();
        if hint == Hint::Standfirst && titled {
            self.kinds[at] = Some(BlockKind::Standfirst);
            return true;
        }
        if hint == Hint::Caption {
            self.kinds[at] = Some(BlockKind::Caption);
            return true;
        }
        let read = byline::byline(words).or_else(|| marked.then(|| byline::names(words)).flatten());
        if let Some(byline) = read {
            self.take_byline(byline);
            self.kinds[at] = Some(BlockKind::Byline);
            return true;
        }
        if crate::dates::is_date_line(words) || hint == Hint::Time {
            self.found.published = self.found.published.take().or_else(|| crate::dates::parse_date(words));
            self.kinds[at] = Some(BlockKind::Byline);
            return true;
        }
        if titled && is_dated_line(words) {
            self.found.published = self.found.published.take().or_else(|| crate::dates::parse_date(words));
            self.kinds[at] = Some(BlockKind::Byline);
            return true;
        }
        if titled && let Some(alone) = dateline::dateline_alone(words) {
            self.take_dateline(&alone);
            self.kinds[at] = Some(BlockKind::Dateline);
            return true;
        }
        if marked {
            self.kinds[at] = Some(BlockKind::Byline);
            return true;
        }
        match furniture::judge(words) {
            Line::Caption => self.kinds[at] = Some(BlockKind::Caption),
            Line::Prompt | Line::Links | Line::Coda if titled || !is_long(words) => {
                self.kinds[at] = Some(BlockKind::Furniture)
            }
            _ if titled && bullet(words) > 0 => self.kinds[at] = Some(BlockKind::List),
            _ if self.kinds.contains(&Some(BlockKind::Byline)) && byline::is_role_line(words) => {
                self.kinds[at] = Some(BlockKind::Byline)
            }
            _ => return titled && self.take_credit_line(at, words),
        }
        true
    }

    fn take_credit_line(&mut self, at: usize, words: &str) -> bool {
        let Some(credit) = byline::credit_line(words) else {
            return false;
        };
        if !credit.to_lowercase().ends_with("staff") && self.found.credit.is_empty() {
            self.found.credit = credit.to_owned();
        }
        self.kinds[at] = Some(BlockKind::Byline);
        true
    }

    fn take_byline(&mut self, byline: Byline) {
        for author in byline.authors {
            if !self.found.authors.contains(&author) {
                self.found.authors.push(author);
            }
        }
        if self.found.credit.is_empty() {
            self.found.credit = byline.credit;
        }
        self.found.published = self.found.published.take().or(byline.date);
    }

    fn take_dateline(&mut self, dateline: &Dateline) {
        if self.found.dateline.is_empty() {
            self.found.dateline.clone_from(&dateline.place);
        }
        if self.found.credit.is_empty() {
            self.found.credit.clone_from(&dateline.agency);
        }
        self.found.published = self.found.published.take().or_else(|| dateline.date.clone());
    }

    /// A short piece under the headline, when a byline or date follows it or it stands right under the headline unpunctuated.
    fn is_standfirst(&self, at: usize) -> bool {
        let words = self.words(at);
        let short = words.len() <= 320 && !words.starts_with(['"', '“', '‘', '\'']);
        if !short
            || dateline::dateline(words).is_some()
            || self.kinds.contains(&Some(BlockKind::Byline)) && self.pieces[at].gap
        {
            return false;
        }
        let close = !self.pieces[at].gap && !words.ends_with(['.', '!', '?', '”', '"']) && words.len() <= 200;
        let headed = (at + 1..self.pieces.len().min(at + 4)).any(|next| {
            let words = self.words(next);
            byline::byline(words).is_some()
                || crate::dates::is_date_line(words)
                || self.pieces[next].hint == Hint::Byline
        });
        (close || headed) && at + 1 < self.pieces.len()
    }

    fn body(&mut self, from: usize) {
        let shown = (0..from).filter(|at| self.pieces[*at].hint != Hint::Furniture);
        let mut seen: BTreeSet<&str> = shown.map(|at| self.words(at)).collect();
        let (mut datelines, mut links, mut coda) = (0, false, false);
        for at in from..self.pieces.len() {
            let words = self.words(at);
            if self.kinds[at].is_some() {
                continue;
            }
            let line = judge_lines(words);
            let furniture = self.pieces[at].hint == Hint::Furniture;
            let repeated = !furniture && words.split_whitespace().nth(2).is_some() && !seen.insert(words);
            // A list of links lasts while its lines are short; words after the writer's name last to the next long paragraph.
            links &= is_link(words);
            coda &= words.split_whitespace().nth(60).is_none();
            let hint = self.pieces[at].hint;
            self.kinds[at] = Some(match line {
                _ if matches!(hint, Hint::Furniture | Hint::Byline | Hint::Time) => BlockKind::Furniture,
                Line::Links => {
                    links = hint != Hint::Heading || self.no_story_after(at);
                    BlockKind::Furniture
                }
                Line::Coda => {
                    coda = true;
                    BlockKind::Furniture
                }
                Line::Prompt | Line::GalleryOpens | Line::GalleryCloses => BlockKind::Furniture,
                Line::Caption => BlockKind::Caption,
                Line::Story if hint == Hint::Caption => BlockKind::Caption,
                Line::Story if links || coda || repeated => BlockKind::Furniture,
                Line::Story if hint == Hint::Item || bullet(words) > 0 => BlockKind::List,
                Line::Story => {
                    if datelines < DATELINES
                        && let Some(dateline) = dateline::dateline(words)
                    {
                        self.take_dateline(&dateline);
                    }
                    datelines += 1;
                    BlockKind::Body
                }
            });
        }
        self.end_credits(from);
    }

    fn no_story_after(&self, at: usize) -> bool {
        !(at + 1..self.pieces.len().min(at + 4)).any(|next| is_long(self.words(next)) && !is_link(self.words(next)))
    }

    /// The last line may be the agency: "(Reuters)", "— NPW".
    fn end_credits(&mut self, from: usize) {
        let Some(last) = (from..self.pieces.len()).rev().find(|&at| self.kinds[at] != Some(BlockKind::Furniture))
        else {
            return;
        };
        let words = self.words(last);
        if self.kinds[last] == Some(BlockKind::Body)
            && last > from
            && words.len() <= 40
            && self.take_credit_line(last, words)
        {
            self.kinds[last] = Some(BlockKind::Furniture);
        }
    }

    /// Turns the pieces into blocks: a dateline is split off its paragraph, a bullet off its item.
    fn blocks(&mut self) {
        let mut datelines = 0;
        for at in 0..self.pieces.len() {
            let Piece { start, end, .. } = self.pieces[at];
            let kind = self.kinds[at].unwrap_or(BlockKind::Body);
            let words = self.words(at);
            let (head, taken) = match kind {
                BlockKind::List => (BlockKind::Furniture, bullet(words)),
                BlockKind::Body if datelines < DATELINES => {
                    datelines += 1;
                    (BlockKind::Dateline, dateline::dateline(words).map_or(0, |d| d.len))
                }
                _ => (kind, 0),
            };
            if taken > 0 {
                self.push(head, start, start + taken);
            }
            let rest = start + taken + (words[taken..].len() - words[taken..].trim_start().len());
            self.push(kind, rest, end);
        }
    }

    fn push(&mut self, kind: BlockKind, start: usize, end: usize) {
        if start < end {
            self.found.blocks.push(Block { kind, span: Span::new(start as u32, end as u32) });
        }
    }
}

/// Bytes of the bullet that opens a line, 0 if none does.
fn bullet(words: &str) -> usize {
    let mut chars = words.chars();
    let Some(first) = chars.next() else { return 0 };
    let spaced = chars.next().is_some_and(char::is_whitespace);
    let mark = matches!(first, '•' | '▪' | '◦' | '‣' | '●' | '■' | '○' | '·' | '*')
        || (matches!(first, '-' | '–' | '+') && spaced);
    if mark && words.len() > first.len_utf8() && !words[first.len_utf8()..].starts_with(first) {
        first.len_utf8()
    } else {
        0
    }
}

/// Whether a first line can be a headline: not a long sentence, unless it is all there is before more text.
fn is_headline(words: &str, pieces: usize) -> bool {
    let count = words.split_whitespace().count();
    let sentence = words.ends_with(['.', '”', '"']);
    pieces > 1
        && words.len() <= 300
        && (count <= 16 || (!sentence && count <= 40) || (sentence && count <= 24 && !words.contains(". ")))
}

/// A short line with a whole date in it and no sentence: "Gull Radio staff • 12 April 2024, 7:05 am".
fn is_dated_line(words: &str) -> bool {
    let short = words.len() <= 100 && words.split_whitespace().nth(12).is_none();
    let sentence = words.ends_with(['.', '?', '!', '”', '"']) || words.contains(['“', '"']);
    short && !sentence && crate::dates::parse_date(words).is_some()
}

/// Judges a paragraph; one of several lines, a heading over links and then links, is judged by its first line.
fn judge_lines(words: &str) -> Line {
    match (furniture::judge(words), words.split_once('\n')) {
        (Line::Story, Some((first, rest)))
            if matches!(furniture::judge(first), Line::Links | Line::Coda) && rest.lines().all(is_link) =>
        {
            Line::Prompt
        }
        (line, _) => line,
    }
}

fn is_long(words: &str) -> bool {
    words.split_whitespace().nth(11).is_some()
}

/// A line of a list of links: short, no full stop, no quotation.
fn is_link(words: &str) -> bool {
    words.split_whitespace().nth(20).is_none() && !words.ends_with(['.', '”', '"'])
}
