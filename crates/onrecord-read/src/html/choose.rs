//! Which texts of a page are its story.
//!
//! The choice is made by a port of Mozilla's Readability. It gives back text without places, so each run of characters gets a
//! mark (one private-use character) before the port sees it; the marks that come back say which runs were chosen.

use super::page::{ElementIx, Page};
use dom_smoothie::{Config, Readability, TextMode};
use std::collections::BTreeSet;

/// First mark; marks reach to the end of the last private-use plane.
const FIRST: u32 = 0xF_0000;
const LAST: u32 = 0x10_FFFD;

/// For every run of `page.runs`, whether it was chosen. `None` when the page gives the port nothing to choose.
pub(crate) fn choose(source: &str, page: &Page) -> Option<Vec<bool>> {
    if page.runs.len() as u32 > LAST - FIRST - 4 || source.chars().any(|c| c as u32 >= FIRST) {
        return None;
    }
    let marked = mark(source, page);
    let config = Config { text_mode: TextMode::Raw, disable_json_ld: true, ..Config::default() };
    let article = Readability::new(marked, None, Some(config)).ok()?.parse().ok()?;
    let mut chosen = vec![false; page.runs.len()];
    for c in article.text_content.chars() {
        if let Some(run) = index(c).and_then(|ix| chosen.get_mut(ix)) {
            *run = true;
        }
    }
    chosen.contains(&true).then_some(chosen)
}

fn mark(source: &str, page: &Page) -> String {
    let mut out = String::with_capacity(source.len() + page.runs.len() * 4);
    let mut from = 0;
    for (ix, run) in page.runs.iter().enumerate() {
        if !run.is_break && !source[run.start..run.end].trim().is_empty() {
            out.push_str(&source[from..run.start]);
            out.extend(mark_of(ix));
            from = run.start;
        }
    }
    out.push_str(&source[from..]);
    out
}

/// The mark of run `ix`; the last two code points of a plane are no characters and are left out.
fn mark_of(ix: usize) -> Option<char> {
    let ix = ix as u32;
    char::from_u32(FIRST + ix + if ix >= 0xFFFE { 2 } else { 0 })
}

fn index(c: char) -> Option<usize> {
    let place = (c as u32).checked_sub(FIRST)?;
    Some(if place > 0xFFFF { place - 2 } else { place } as usize)
}

/// Chooses by structure alone: the text of the article element, or of the whole page, without what is furniture by its elements.
/// For pages so small that the port finds nothing.
pub(crate) fn choose_by_structure(page: &Page, furniture: &[bool]) -> Vec<bool> {
    let within = main_element(page);
    page.runs
        .iter()
        .map(|run| !furniture[run.element as usize] && within.is_none_or(|main| inside(page, run.element, main)))
        .collect()
}

/// The one `<article>` or `<main>` that holds the story.
pub(crate) fn main_element(page: &Page) -> Option<ElementIx> {
    let mut found = BTreeSet::new();
    for tag in ["article", "main"] {
        found.extend(page.elements.iter().enumerate().filter(|(_, e)| *e.tag == *tag).map(|(ix, _)| ix as ElementIx));
        if found.len() == 1 {
            return found.first().copied();
        }
        found.clear();
    }
    None
}

/// Whether `element` is `outer` or stands in it.
pub(crate) fn inside(page: &Page, mut element: ElementIx, outer: ElementIx) -> bool {
    while element > outer {
        element = page.elements[element as usize].parent;
    }
    element == outer
}
