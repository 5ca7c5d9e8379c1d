//! Saved web pages.

mod characters;
mod choose;
mod metadata;
mod page;
mod signs;

use crate::assemble::Draft;
use crate::runs::{Copier, Mapped};
use crate::text::{self, Found, Hint, Piece, byline, dateline};
use crate::{AboutRow, Trouble, dates, plain};
use characters::{Spacing, push_visible};
use onrecord_model::{BlockKind, OriginMap};
use page::{Page, TextBlock, page};
use signs::Names;

/// Deepest nesting of elements; pages that people make stay below a hundred or two.
const DEEPEST: usize = 600;

/// Whether a file is a page by its name, or by its first bytes where the name does not tell.
pub(crate) fn is_html(file: &str, bytes: &[u8]) -> bool {
    let name = file.rsplit(['.']).next().unwrap_or_default().to_ascii_lowercase();
    if matches!(name.as_str(), "html" | "htm" | "xhtml") {
        return true;
    }
    let start: String =
        bytes.iter().take(1024).filter(|b| b.is_ascii()).map(|&b| b.to_ascii_lowercase() as char).collect();
    let start = start.trim_start();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with("<!--") && start.contains("<html"))
        || (start.starts_with("<?xml") && start.contains("<html"))
}

/// Reads a page. `charset` is what the server said, if it was asked.
pub(crate) fn read(file: &str, bytes: &[u8], charset: Option<&str>) -> Result<Draft, Trouble> {
    let charset = charset.map(str::to_owned).or_else(|| declared_charset(bytes));
    let decoded = plain::decode(file, bytes, charset.as_deref())?;
    let source = &decoded.text;
    let page = page(source);
    if page.deepest > DEEPEST {
        let problem = format!(
            "nests its elements {} deep, which no page needs and no browser shows; save its text and read that",
            page.deepest
        );
        return Err(Trouble::new(file, problem));
    }
    if page.blocks.is_empty() {
        return Err(Trouble::new(
            file,
            "shows no text; it may be drawn by scripts: open it in a browser, save the page as shown and read that",
        ));
    }
    let mut given = metadata::metadata(&page);
    let story = Story::find(source, &page, &mut given);
    let (text, origin, found, left_out) = story.text(&decoded.origin);
    let mut notes: Vec<String> = decoded.note.into_iter().collect();
    if left_out.0 > 0 {
        notes.push(format!(
            "{} passages of the page around the story were left out ({} characters: menus, links, notices)",
            left_out.0, left_out.1
        ));
    }
    if !found.blocks.iter().any(|b| b.kind == BlockKind::Body) {
        notes.push("no paragraph of a story was found on this page".to_owned());
    }
    if given.published.is_none() {
        given.published = found.published.clone().or_else(|| story.visible_date());
    }
    if given.authors.is_empty() && found.authors.is_empty() {
        given.authors = story.marked_authors(&given.outlet);
    }
    Ok(Draft { text, origin, found, given, language: page.language, notes, ..Draft::default() })
}

/// Reads a piece of HTML that is a story already, as feeds carry it.
pub(crate) fn read_fragment(file: &str, bytes: &[u8]) -> Result<Draft, Trouble> {
    read(file, bytes, Some("utf-8"))
}

/// The characters that a text with references of HTML stands for.
pub(crate) fn decoded(text: &str) -> String {
    characters::decoded(text, 0, text.len())
}

/// The charset a page names in its first bytes.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head: String =
        bytes.iter().take(4096).map(|&b| if b.is_ascii() { b.to_ascii_lowercase() as char } else { ' ' }).collect();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// A block of the page and what it was found to be.
struct Judged {
    block: TextBlock,
    words: String,
    chosen: bool,
    hint: Hint,
}

struct Story<'a> {
    source: &'a str,
    page: &'a Page,
    judged: Vec<Judged>,
    /// The blocks that go into the report's text.
    range: std::ops::Range<usize>,
}

impl<'a> Story<'a> {
    fn find(source: &'a str, page: &'a Page, given: &mut AboutRow) -> Story<'a> {
        let lengths = signs::lengths(page, |_| true);
        let by_structure =
            || choose::choose_by_structure(page, &signs::furniture(page, &vec![0; lengths.len()], Names::Count));
        let chosen = choose::choose(source, page).unwrap_or_else(by_structure);
        let weights = signs::lengths(page, |at| chosen[at]);
        let mut furniture = signs::furniture(page, &weights, Names::Count);
        let kept = signs::lengths(page, |at| chosen[at] && !furniture[page.runs[at].element as usize]);
        if kept[0] * 2 < weights[0] {
            // Names that would throw away most of what was chosen mean something else on this page.
            furniture = signs::furniture(page, &weights, Names::Ignored);
        }
        let seen = Seen { source, page, chosen: &chosen, furniture: &furniture, lengths: &lengths };
        let mut judged: Vec<Judged> = page.blocks.iter().map(|block| judge(&seen, *block)).collect();
        let title = find_title(&judged, page, given);
        if let Some(at) = title {
            judged[at].hint = Hint::Title;
            let words = judged[at].words.trim();
            if given.title.is_empty() || words.len() >= given.title.len() || words.split_whitespace().count() >= 4 {
                given.title = words.to_owned();
            }
        }
        let is_body = |j: &Judged| j.hint == Hint::Body || j.hint == Hint::Item || j.hint == Hint::Heading;
        let body = judged
            .iter()
            .position(|j| j.hint == Hint::Body && j.words.len() > 60)
            .or_else(|| judged.iter().position(is_body));
        let last = judged.iter().rposition(is_body).or(title).unwrap_or(judged.len() - 1);
        let first = match (title, body) {
            (Some(title), Some(body)) => title.min(judged.iter().position(is_body).unwrap_or(body)),
            (Some(title), None) => title,
            (None, Some(body)) => body,
            (None, None) => 0,
        };
        head_hints(&mut judged, first, body.unwrap_or(first));
        Story { source, page, judged, range: first..last.max(first) + 1 }
    }

    /// The report's text with its map, its blocks, and how much of the page was left out (passages, characters).
    fn text(&self, origin: &OriginMap) -> (String, OriginMap, Found, (usize, usize)) {
        let mut copier = Copier::new(self.source, origin);
        let mut mapped = Mapped::default();
        let mut pieces = Vec::new();
        for judged in &self.judged[self.range.clone()] {
            let before = mapped.text.len();
            if before > 0 {
                mapped.push_made("\n\n");
            }
            let start = mapped.text.len();
            let mut spacing = Spacing::default();
            for run in &self.page.runs[judged.block.first..judged.block.last] {
                if run.is_break {
                    spacing.break_line(run.start, run.end);
                } else {
                    push_visible(self.source, run.start, run.end, &mut copier, &mut spacing, &mut mapped);
                }
            }
            let end = mapped.text.len();
            if start == end {
                mapped.text.truncate(before);
            } else {
                pieces.push(Piece { start, end, gap: true, hint: judged.hint });
            }
        }
        let (text, origin) = mapped.finish();
        let found = text::sort_blocks(&text, &pieces);
        let out = self.judged.iter().enumerate().filter(|(at, _)| !self.range.contains(at));
        let left_out = out.fold((0, 0), |(n, length), (_, judged)| (n + 1, length + judged.words.chars().count()));
        (text, origin, found, left_out)
    }

    /// Writers in an element marked as byline, from a little above the headline on; those with a first and a last name.
    fn marked_authors(&self, outlet: &str) -> Vec<String> {
        let marked = self.judged[self.range.start.saturating_sub(6)..]
            .iter()
            .filter(|j| j.hint == Hint::Byline && j.words.len() <= 100);
        let mut found = AboutRow { outlet: outlet.to_owned(), ..AboutRow::default() };
        for judged in marked {
            metadata::add_authors(&mut found, std::iter::once(judged.words.as_str()));
            found.authors.retain(|author| author.contains(' '));
            if !found.authors.is_empty() {
                break;
            }
        }
        found.authors
    }

    /// A date that stands by itself near the headline, or in a `<time>` there.
    fn visible_date(&self) -> Option<String> {
        let first = self.range.start;
        let near = &self.judged[first.saturating_sub(4)..(first + 12).min(self.judged.len())];
        let in_time = || {
            let date = |(_, value): &(u32, String)| dates::parse_date(value);
            self.page
                .times
                .iter()
                .find(|(ix, _)| near.iter().any(|j| choose::inside(self.page, *ix, j.block.element)))
                .and_then(date)
        };
        let in_words = || near.iter().filter(|j| j.words.len() < 120).find_map(|j| dates::parse_date(&j.words));
        in_time().or_else(in_words).or_else(|| self.page.times.first().and_then(|(_, value)| dates::parse_date(value)))
    }
}

/// What is known of the page's elements and runs.
struct Seen<'a> {
    source: &'a str,
    page: &'a Page,
    chosen: &'a [bool],
    furniture: &'a [bool],
    lengths: &'a [usize],
}

fn judge(seen: &Seen<'_>, block: TextBlock) -> Judged {
    let Seen { source, page, chosen, furniture, lengths } = *seen;
    let runs = &page.runs[block.first..block.last];
    let mut words = String::new();
    let (mut taken, mut all) = (0, 0);
    for (at, run) in runs.iter().enumerate() {
        if run.is_break {
            words.push(' ');
            continue;
        }
        words.push_str(&characters::decoded(source, run.start, run.end));
        let length = source[run.start..run.end].trim().len();
        all += length;
        taken += if chosen[block.first + at] { length } else { 0 };
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let chosen = taken * 2 >= all && taken > 0 && !furniture[block.element as usize];
    let hint = match signs::hint(page, block.element, lengths) {
        Hint::Byline | Hint::Time if words.len() > 220 => Hint::None,
        hint => hint,
    };
    let hint = match (hint, chosen) {
        (Hint::None, true) => Hint::Body,
        (Hint::None | Hint::Item | Hint::Heading, false) => Hint::Furniture,
        (hint, _) => hint,
    };
    Judged { block, words, chosen, hint }
}

/// The block that shows the headline: the first heading that says what the page's head says, else the first `<h1>` with words.
fn find_title(judged: &[Judged], page: &Page, given: &AboutRow) -> Option<usize> {
    let headings = || {
        judged
            .iter()
            .enumerate()
            .filter(|(_, j)| signs::is_heading(page, j.block.element) && !j.words.is_empty() && j.words.len() < 400)
    };
    let alike = |words: &str| share(words, &given.title).max(share(words, &page.title) * 0.95);
    let best = headings().map(|(at, j)| (at, alike(&j.words))).filter(|(_, score)| *score >= 0.6).fold(
        None,
        |best: Option<(usize, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        },
    );
    let body = judged.iter().position(|j| j.hint == Hint::Body && j.words.len() > 120).unwrap_or(judged.len());
    let first = || {
        headings().find(|(at, j)| {
            *at < body
                && &*page.elements[signs::heading_of(page, j.block.element) as usize].tag == "h1"
                && j.words.split_whitespace().count() >= 3
        })
    };
    let plain = || judged.iter().take(body).position(|j| j.words.len() > 12 && share(&j.words, &given.title) >= 0.85);
    best.map(|(at, _)| at).or_else(|| first().map(|(at, _)| at)).or_else(plain)
}

/// Share of common words in all words of both.
fn share(a: &str, b: &str) -> f32 {
    let set = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (a, b) = (set(a), set(b));
    let both = a.intersection(&b).count() as f32;
    let all = a.union(&b).count().max(1) as f32;
    both / all
}

/// Between headline and body only what reads as byline, date, dateline, credit or summary is kept apart from furniture.
fn head_hints(judged: &mut [Judged], first: usize, body: usize) {
    for judged in &mut judged[first..body.max(first)] {
        let words = &judged.words;
        if judged.hint == Hint::Furniture && !judged.chosen {
            let dated = words.len() <= 100 && dates::parse_date(words).is_some();
            let read = byline::byline(words).is_some()
                || dateline::dateline_alone(words).is_some()
                || byline::credit_line(words).is_some();
            if dated {
                judged.hint = Hint::Byline;
            } else if read {
                judged.hint = Hint::None;
            }
        }
    }
}
