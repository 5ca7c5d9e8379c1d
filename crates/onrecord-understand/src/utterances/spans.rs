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

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("the words") as u32;
        Span::new(start, start + words.len() as u32)
    }

    #[test]
    fn marks_at_the_edge_go_to_the_quotation() {
        let text = "“We had one pump,” fire chief Ruzicka said, “and no hose.”";
        assert_eq!(&text[source(text, at(text, "” fire chief Ruzicka"))], "fire chief Ruzicka");
        assert_eq!(&text[content(text, at(text, "“We had one pump"))], "“We had one pump,”");
        assert_eq!(&text[content(text, at(text, "“and no hose.”"))], "“and no hose.”");
    }

    #[test]
    fn a_source_in_quotation_marks_keeps_them() {
        let text = "He said \"foreign powers\" had asked.";
        assert_eq!(&text[source(text, at(text, "\"foreign powers\""))], "\"foreign powers\"");
    }
}
