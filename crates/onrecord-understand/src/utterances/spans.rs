//! Last touch to spans: no stray quotation mark at the edge of a source, no quotation cut off before its closing mark.

use onrecord_model::Span;

/// `source` without a closing mark at its start or an opening one at its end: those belong to the words beside it.
pub(super) fn source(text: &str, source: Span) -> Span {
    let own = &text[source];
    let mut start = 0;
    while let Some(c) = own[start..].chars().next() {
        let next = own[start + c.len_utf8()..].chars().next().unwrap_or(' ');
        let stray = matches!(c, '”' | '»' | ',' | ';')
            || matches!(c, '"' | '\'' | '’') && next.is_whitespace()
            || c.is_whitespace();
        if !stray {
            break;
        }
        start += c.len_utf8();
    }
    let mut end = own.len();
    while let Some(c) = own[start..end].chars().next_back() {
        let before = own[start..end - c.len_utf8()].chars().next_back().unwrap_or(' ');
        let stray = matches!(c, '“' | '«' | ',' | ';')
            || matches!(c, '"' | '\'' | '‘') && before.is_whitespace()
            || c.is_whitespace();
        if !stray {
            break;
        }
        end -= c.len_utf8();
    }
    if start >= end {
        return source; // nothing but marks: leave what was found
    }
    Span::new(source.start() + start as u32, source.start() + end as u32)
}

/// `part` up to the closing mark of the quotation that it opens, where only the mark (and a comma or stop) is missing.
pub(super) fn content(text: &str, part: Span) -> Span {
    let own = &text[part];
    let opened = |open: char, close: char| own.matches(open).count() > own.matches(close).count();
    let close = if opened('“', '”') {
        '”'
    } else if opened('«', '»') {
        '»'
    } else if own.matches('"').count() % 2 == 1 {
        '"'
    } else {
        return part;
    };
    let rest = &text[part.end() as usize..];
    let mut end = 0;
    for c in rest.chars().take(3) {
        end += c.len_utf8();
        if c == close {
            return Span::new(part.start(), part.end() + end as u32);
        }
        if !matches!(c, ',' | '.' | '?' | '!' | '…' | '’' | '\'') {
            break;
        }
    }
    part
}

/// Parts of one content with few words between them that belong to nobody else are one part; a lone small word apart from the
/// rest is none.
pub(super) fn join(text: &str, parts: &[Span], source: Option<Span>, cue: Option<Span>) -> Vec<Span> {
    const GAP: usize = 6;
    let mut joined: Vec<Span> = Vec::with_capacity(parts.len());
    for &part in parts {
        let Some(last) = joined.last_mut() else {
            joined.push(part);
            continue;
        };
        if part.start() < last.end() {
            // A mark that closes one part may have been the whole of the next.
            *last = last.cover(part);
            continue;
        }
        let gap = Span::new(last.end(), part.start());
        let taken = [source, cue].into_iter().flatten().any(|span| span.overlaps(gap));
        let between = &text[gap];
        let quotes = between.contains(['“', '”', '"', '«', '»', '\n']);
        if !taken && !quotes && between.split_whitespace().count() <= GAP {
            *last = last.cover(part);
        } else {
            joined.push(part);
        }
    }
    let words = |span: &Span| text[*span].split_whitespace().count();
    let most = joined.iter().map(words).max().unwrap_or(0);
    if most >= 4 {
        joined.retain(|span| words(span) > 1 || text[*span].len() > 5);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words") as u32;
        Span::new(start, start + words.len() as u32)
    }

    #[test]
    fn parts_that_share_a_mark_are_one() {
        let text = "He denied it: \"No.\"";
        assert_eq!(join(text, &[at(text, "\"No.\""), Span::new(18, 19)], None, None), [at(text, "\"No.\"")]);
    }

    #[test]
    fn marks_at_the_edge_go_to_the_quotation() {
        let text = "“We had one pump,” fire chief Ruzicka said, “and no hose.”";
        assert_eq!(&text[source(text, at(text, "” fire chief Ruzicka"))], "fire chief Ruzicka");
        assert_eq!(&text[content(text, at(text, "“We had one pump"))], "“We had one pump,”");
        assert_eq!(&text[content(text, at(text, "“and no hose.”"))], "“and no hose.”");
    }

    #[test]
    fn a_content_has_no_holes() {
        let text = "Novak has often cited the delay to aides in private as one reason, the officials said, for the strike at the pier.";
        let parts = [
            at(text, "Novak has often cited the delay to"),
            at(text, "in"),
            at(text, "as one reason"),
            at(text, "for the strike at the pier"),
        ];
        let joined = join(text, &parts, Some(at(text, "the officials")), Some(at(text, "said")));
        let shown: Vec<&str> = joined.iter().map(|s| &text[*s]).collect();
        assert_eq!(
            shown,
            ["Novak has often cited the delay to aides in private as one reason", "for the strike at the pier"]
        );
    }

    #[test]
    fn a_source_in_quotation_marks_keeps_them() {
        let text = "He said \"foreign powers\" had asked.";
        assert_eq!(&text[source(text, at(text, "\"foreign powers\""))], "\"foreign powers\"");
    }
}
