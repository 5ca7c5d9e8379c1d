//! Direct, mixed or indirect: by the quotation marks inside the content alone.

use onrecord_model::{Form, Span};

/// The form of an utterance. Quotation marks of a quote that contains the content do not count: they lie outside it.
pub(super) fn form(text: &str, content: &[Span]) -> Form {
    let (mut quoted, mut all) = (0u32, 0u32);
    for &part in content {
        let counts = words_in_quotes(&text[part]);
        quoted += counts.0;
        all += counts.1;
    }
    match quoted {
        0 => Form::Indirect,
        n if n == all => Form::Direct,
        _ => Form::Mixed,
    }
}

/// (words between quotation marks, all words) of one part.
fn words_in_quotes(part: &str) -> (u32, u32) {
    let mut open: Option<char> = None;
    let (mut quoted, mut all) = (0, 0);
    let mut before = ' ';
    let mut in_word = false;
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_word = c.is_alphanumeric();
        if is_word && !in_word {
            all += 1;
            quoted += u32::from(open.is_some());
        }
        in_word = is_word || (in_word && matches!(c, '\'' | '’') && next.is_alphanumeric());
        if !in_word {
            open = toggle(open, c, before, next);
        }
        before = c;
    }
    (quoted, all)
}

/// The closing mark we wait for after reading `c`.
fn toggle(open: Option<char>, c: char, before: char, next: char) -> Option<char> {
    let opens_here = !before.is_alphanumeric() && !next.is_whitespace();
    match (open, c) {
        (Some('"'), '"') | (Some('”'), '”') | (Some('»'), '»') => None,
        (Some('’'), '’' | '\'') if !next.is_alphanumeric() && !before.is_whitespace() => None,
        (Some(_), _) => open,
        (None, '"') => Some('"'),
        (None, '“' | '„' | '”') => Some('”'),
        (None, '«') => Some('»'),
        (None, '‘') => Some('’'),
        (None, '\'' | '’' | '`')
            if opens_here && (next.is_alphanumeric() || matches!(next, '\'' | '’' | '‘' | '`')) =>
        {
            Some('’')
        }
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Form {
        form(text, &[Span::new(0, text.len() as u32)])
    }

    #[test]
    fn marks_decide() {
        assert_eq!(of("“No ship left,”"), Form::Direct);
        assert_eq!(of("\"No ship left,\""), Form::Direct);
        assert_eq!(of("‘‘I'm sure no ship left.’’"), Form::Direct);
        assert_eq!(of("''No ship left''"), Form::Direct);
        assert_eq!(of("that the port's ships stayed"), Form::Indirect);
        assert_eq!(of("that the harbour was ‘as safe as a church’"), Form::Mixed);
        assert_eq!(of("the dockers' leaders and the bank’s clerks"), Form::Indirect);
        assert_eq!(of("«Niemand ging»"), Form::Direct);
        assert_eq!(of("‘She said, “Run!” and we ran,’"), Form::Direct);
        assert_eq!(of("“Nobody’s boat sank on the captain’s watch,”"), Form::Direct);
    }
}
