//! Lines to paragraphs: one line a paragraph, blank lines between, indented first lines, or lines wrapped by hand.

/// A paragraph of a text: trimmed, not empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Paragraph {
    pub start: usize,
    pub end: usize,
    /// Whether a blank line stands before it.
    pub gap: bool,
}

struct Line {
    start: usize,
    end: usize,
    /// Length in characters, without the indent.
    length: usize,
    indented: bool,
    gap: bool,
}

/// The paragraphs of `text` in order. Lines are joined only where the text as a whole looks wrapped at a width: most lines
/// are so full that the next line's first word would not have fitted.
pub(crate) fn paragraphs(text: &str) -> Vec<Paragraph> {
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut found: Vec<Paragraph> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let joined = at > 0 && !line.gap && width.is_some_and(|width| continues(text, &lines[at - 1], line, width));
        match found.last_mut() {
            Some(last) if joined => last.end = line.end,
            _ => found.push(Paragraph { start: line.start, end: line.end, gap: line.gap }),
        }
    }
    found
}

fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let (mut at, mut gap) = (0, false);
    for raw in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{0C}']) {
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            // The line feed of a CR LF pair is no blank line.
            gap |= raw != "\n" || at == 0 || !text[..at].ends_with('\r');
        } else {
            let indent = raw.len() - raw.trim_start().len();
            let start = at + indent;
            found.push(Line {
                start,
                end: start + trimmed.len(),
                length: trimmed.chars().count(),
                indented: indent > 1,
                gap,
            });
            gap = false;
        }
        at += raw.len();
    }
    found
}

/// The width at which the text was wrapped, if it was.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.windows(2).filter(|w| !w[1].gap).map(|w| w[0].length).collect();
    if lengths.len() < 3 {
        return None;
    }
    lengths.sort_unstable();
    let width = lengths[(lengths.len() - 1) * 9 / 10];
    if !(38..=110).contains(&width) {
        return None;
    }
    // A text wrapped at a width has hardly a line that is far longer.
    let long = lines.iter().filter(|line| line.length > width + width / 3).count();
    if long * 10 > lines.len() {
        return None;
    }
    let followed = lines.windows(2).filter(|w| !w[1].gap && !w[1].indented);
    let (mut full, mut all) = (0, 0);
    for pair in followed {
        all += 1;
        full += usize::from(is_full(text, &pair[0], &pair[1], width));
    }
    // Paragraphs end in a short line, so texts without blank lines between them have fewer full lines.
    (full * 100 >= all * 60).then_some(width)
}

/// Whether the next line's first word would not have fitted into `width`, give or take a hyphen.
fn is_full(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let word = text[next.start..next.end].split_whitespace().next().map_or(0, |w| w.chars().count());
    line.length + 1 + word + 1 > width
}

fn continues(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    if next.indented && !line.indented {
        return false;
    }
    let before = &text[line.start..line.end];
    let after = &text[next.start..next.end];
    if after.starts_with(['•', '*', '·', '▪']) || after.starts_with("- ") {
        return false;
    }
    let ragged = !before.ends_with(['.', '!', '?', '"', '”', ':', '’']) && after.starts_with(char::is_lowercase);
    is_full(text, line, next, width) || ragged
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    fn shown(text: &str) -> Vec<String> {
        paragraphs(text).iter().map(|p| text[p.start..p.end].replace('\n', "/")).collect()
    }

    #[test]
    fn one_line_a_paragraph() {
        let text = "A headline\n\nThe first paragraph is here.\nThe second follows on the next line and is longer than the first one is.\nThird.\nA fourth one.";
        assert_eq!(shown(text).len(), 5);
    }

    #[test]
    fn a_head_of_short_lines_over_long_paragraphs_is_not_wrapped() {
        let long = "The harbour board met on Monday to hear why the crane had been bought without a vote and who had signed for it, and it heard nobody.";
        let text = format!(
            "Print\nHarbour board hears nobody about crane\nNo vote was taken, members say again\nBy Ada Bell and Bo Ray\nNorthern Press Wire\n\n{long}\n\n{long}"
        );
        assert_eq!(shown(&text).len(), 7);
    }

    #[test]
    fn lines_wrapped_by_hand() {
        let text = "Harbour board meets\n\nThe harbour board met on Monday to hear why\nthe crane had been bought without a vote and\nwho had signed for it. It heard nobody.\n\nA second meeting is planned for the spring, the\nclerk said, when the engineer is back from\nleave and can be asked.\n";
        let found = shown(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[1].ends_with("It heard nobody."));
    }

    #[test]
    fn wrapped_with_indents_and_no_blank_lines() {
        let text = "  The harbour board met on Monday to hear why\nthe crane had been bought without a vote and\nwho had signed for it. It heard nobody.\n  A second meeting is planned for the spring, the\nclerk said, when the engineer is back from\nleave and can be asked.\n";
        assert_eq!(shown(text).len(), 2);
    }

    #[test]
    fn carriage_returns_make_no_gaps() {
        let found = paragraphs("One\r\nTwo\r\n\r\nThree");
        assert_eq!(found.iter().map(|p| p.gap).collect::<Vec<_>>(), [false, false, true]);
    }
}
