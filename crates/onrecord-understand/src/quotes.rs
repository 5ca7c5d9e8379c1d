//! The quotes layer: which words stand between quotation marks.
//!
//! Straight, curly and doubled marks (`"`, `“ ”`, `' '`, `‘ ’`, `''`, ``` `` ```, `‘‘ ’’`, `« »`, `„ “`), nested and
//! mixed. Apostrophes are no quotation marks. A quotation that is not closed ends with its block; where the next block
//! opens one of the same kind again, the two are parts of one run-on quotation. Linear in the length of the text.

use onrecord_model::Span;

/// A quotation inside one block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quote {
    /// With its marks; to the end of the block where it is not closed.
    pub span: Span,
    /// The closing mark stands in this block.
    pub closed: bool,
    /// Marks are single (`'…'`, `‘…’`).
    pub single: bool,
    /// It runs on: the next block opens it again.
    pub runs_on: bool,
    /// It goes on from the block before.
    pub continues: bool,
    /// Number of quotations around it in its block.
    pub depth: u32,
    /// The quotation around it (index in the list).
    pub within: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    /// Opens or closes, whichever is possible.
    Either,
}

/// A mark that may open or close a quotation.
#[derive(Clone, Copy)]
struct Mark {
    start: u32,
    end: u32,
    single: bool,
    role: Role,
    /// A single closing mark that may as well be the apostrophe of a plural owner ("the players’ union").
    owner: bool,
}

/// All quotations of `text`, in the order of their opening marks (a quotation comes before those inside it).
/// `blocks` are disjoint and in text order; no quotation crosses one.
pub fn quotes(text: &str, blocks: &[Span]) -> Vec<Quote> {
    let mut list: Vec<Quote> = Vec::new();
    let mut continues = false;
    for (ix, block) in blocks.iter().enumerate() {
        let marks = marks(text, *block);
        let next_opens = |single| blocks.get(ix + 1).is_some_and(|next| opens_with(text, *next, single));
        let first = list.len();
        pair(&marks, *block, &mut list);
        let mut runs_on = false;
        if let Some(last) = list[first..].iter_mut().rev().find(|q| !q.closed && q.within.is_none()) {
            runs_on = next_opens(last.single);
            last.runs_on = runs_on;
        }
        // An unclosed single mark that is not taken up by the next block was an apostrophe.
        drop_strays(&mut list, first);
        if continues && let Some(quote) = list.get_mut(first) {
            quote.continues = true;
        }
        continues = runs_on;
    }
    list
}

/// Whether the first character of the block opens a quotation of this kind.
fn opens_with(text: &str, block: Span, single: bool) -> bool {
    let start = text[block].trim_start();
    if single {
        start.starts_with(['‘', '\'']) && !start.starts_with("‘‘") && !start.starts_with("''")
    } else {
        start.starts_with(['“', '"', '«', '„', '”']) || ["``", "''", "‘‘"].iter().any(|m| start.starts_with(m))
    }
}

fn is_opening_context(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{<—–-―/…“‘\"'„«`.".contains(c))
}

/// Finds the marks of a block, apostrophes left out.
fn marks(text: &str, block: Span) -> Vec<Mark> {
    let mut marks = Vec::new();
    let body = &text[block];
    let mut before: Option<char> = None;
    let mut rest = body.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let doubled = matches!(c, '\'' | '`' | '‘' | '’') && rest.peek().is_some_and(|(_, d)| *d == c);
        if !matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' | '`') || (c == '`' && !doubled)
        {
            before = Some(c);
            continue;
        }
        if doubled {
            rest.next();
        }
        let end = rest.peek().map_or(body.len(), |(next, _)| *next);
        let after = rest.peek().map(|(_, d)| *d);
        if let Some(mut mark) = classify(c, doubled, before, &body[end..], after) {
            mark.start = block.start() + at as u32;
            mark.end = block.start() + end as u32;
            marks.push(mark);
        }
        before = Some(c);
    }
    marks
}

/// What a mark between these characters may do; `None` for an apostrophe or an inch mark.
fn classify(c: char, doubled: bool, before: Option<char>, rest: &str, after: Option<char>) -> Option<Mark> {
    let single = matches!(c, '\'' | '‘' | '’') && !doubled;
    let mark = |role, owner| Some(Mark { start: 0, end: 0, single, role, owner });
    let spaced_before = before.is_none_or(char::is_whitespace);
    let spaced_after = after.is_none_or(char::is_whitespace);
    let word_after = after.is_some_and(char::is_alphanumeric);
    let word_before = before.is_some_and(char::is_alphanumeric);
    match c {
        '“' | '„' | '«' | '`' => mark(Role::Open, false),
        '”' | '»' if spaced_before && !spaced_after => mark(Role::Either, false),
        '”' | '»' => mark(Role::Close, false),
        '‘' if doubled => mark(Role::Open, false),
        '’' if doubled => mark(Role::Close, false),
        '"' | '\'' if !single => {
            let may_open = is_opening_context(before) && !spaced_after;
            match (may_open, spaced_before) {
                (true, true) => mark(Role::Open, false),
                (false, false) => mark(Role::Close, false),
                _ => mark(Role::Either, false),
            }
        }
        '‘' if elision(rest) => None,
        '‘' => mark(Role::Open, false),
        // Single closing marks and straight single marks from here on.
        _ if word_before && word_after => None,
        '\'' if is_opening_context(before) && !spaced_after => {
            if elision(rest) || !(word_after || after.is_some_and(|a| "$£€(“\"…".contains(a))) {
                return if spaced_before { None } else { mark(Role::Close, false) };
            }
            mark(if spaced_before { Role::Open } else { Role::Either }, false)
        }
        _ if spaced_before => None,
        _ => {
            let owner = matches!(before, Some('s' | 'S' | 'x' | 'z'))
                && spaced_after
                && rest.trim_start().chars().next().is_some_and(char::is_alphabetic);
            mark(Role::Close, owner)
        }
    }
}

/// Words that begin with an apostrophe: years ("’90s") and clipped words.
fn elision(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 2 && (word.len() == 2 || word.ends_with('s')))
        || ["em", "til", "tis", "twas", "cause", "bout", "n", "round", "cept", "nuff"]
            .iter()
            .any(|w| word.eq_ignore_ascii_case(w))
}

/// Pairs the marks of one block with a stack.
fn pair(marks: &[Mark], block: Span, list: &mut Vec<Quote>) {
    // For each mark: does a sure single closing mark come before the next single opening mark?
    let mut closes_later = vec![false; marks.len()];
    let mut state = false;
    for (ix, mark) in marks.iter().enumerate().rev() {
        closes_later[ix] = state;
        match (mark.single, mark.role, mark.owner) {
            (true, Role::Open, _) => state = false,
            (true, Role::Close, false) => state = true,
            _ => {}
        }
    }
    let mut stack: Vec<usize> = Vec::new();
    let mut open_doubles = 0u32;
    for (mark, closes_later) in marks.iter().zip(closes_later) {
        let can_close = match mark.single {
            true => stack.last().is_some_and(|top| list[*top].single),
            false => open_doubles > 0,
        };
        let closes = match mark.role {
            Role::Open => false,
            Role::Close => true,
            Role::Either => can_close,
        };
        if !closes {
            let depth = stack.len() as u32;
            let within = stack.last().map(|top| *top as u32);
            stack.push(list.len());
            open_doubles += u32::from(!mark.single);
            let span = Span::new(mark.start, block.end());
            let (closed, runs_on, continues) = (false, false, false);
            list.push(Quote { span, closed, single: mark.single, runs_on, continues, depth, within });
        } else if can_close && !(mark.owner && closes_later) {
            while let Some(top) = stack.pop() {
                open_doubles -= u32::from(!list[top].single);
                if list[top].single == mark.single {
                    list[top].closed = true;
                    list[top].span = Span::new(list[top].span.start(), mark.end);
                    break;
                }
            }
        }
    }
}

/// Removes unclosed single quotations that do not run on, and puts the nesting right again.
fn drop_strays(list: &mut Vec<Quote>, first: usize) {
    let mut kept = first;
    for ix in first..list.len() {
        let quote = list[ix];
        if quote.closed || !quote.single || quote.runs_on {
            list[kept] = quote;
            kept += 1;
        }
    }
    list.truncate(kept);
    let mut around: Vec<usize> = Vec::new();
    for ix in first..list.len() {
        while around.last().is_some_and(|top| list[*top].span.end() <= list[ix].span.start()) {
            around.pop();
        }
        list[ix].depth = around.len() as u32;
        list[ix].within = around.last().map(|top| *top as u32);
        around.push(ix);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    /// Blocks are the lines.
    fn lines(text: &str) -> Vec<Span> {
        let mut at = 0;
        let mut blocks = Vec::new();
        for line in text.split('\n') {
            blocks.push(Span::new(at, at + line.len() as u32));
            at += line.len() as u32 + 1;
        }
        blocks
    }

    /// The quotations, one a line; `>` a level of nesting, `+` goes on from before, `…` runs on, `?` not closed.
    fn check(text: &str) -> String {
        let mut out = String::new();
        for q in quotes(text, &lines(text)) {
            out.push_str(&">".repeat(q.depth as usize));
            out.push_str(if q.continues { "+" } else { "" });
            out.push_str(&text[q.span]);
            out.push_str(if q.runs_on { "…" } else { "" });
            out.push_str(if q.closed || q.runs_on { "\n" } else { "?\n" });
        }
        out
    }

    #[test]
    fn straight_and_curly_marks() {
        assert_snapshot!(check("\"No,\" she said. \"Never.\" “Well,” he said, “maybe.”"), @r#"
        "No,"
        "Never."
        “Well,”
        “maybe.”
        "#);
    }

    #[test]
    fn doubled_marks() {
        assert_snapshot!(check("''No,'' she said. ``Never.'' ‘‘Pay him,’’ he said."), @"
        ''No,''
        ``Never.''
        ‘‘Pay him,’’
        ");
    }

    #[test]
    fn apostrophes_are_no_quotation_marks() {
        assert_snapshot!(check("It's the players' union, y'all, in the '90s. Don’t use ’em; the judges’ view’s clear."), @"");
    }

    #[test]
    fn single_marks_with_apostrophes_inside() {
        assert_snapshot!(check("'It's ours,' he said. ‘The miners’ hall isn’t for sale,’ Ruda said."), @"
        'It's ours,'
        ‘The miners’ hall isn’t for sale,’
        ");
    }

    #[test]
    fn nested_marks() {
        assert_snapshot!(check("“She told me ‘go home’ and I said “no”,” he said. 'I heard \"stop\" twice,' Orr said."), @r#"
        “She told me ‘go home’ and I said “no”,”
        >‘go home’
        >“no”
        'I heard "stop" twice,'
        >"stop"
        "#);
    }

    #[test]
    fn run_on_over_paragraphs() {
        assert_snapshot!(check("“We came early.\n“We left late.\n“We are tired,” he said."), @"
        “We came early.…
        +“We left late.…
        +“We are tired,”
        ");
    }

    #[test]
    fn an_unbalanced_mark_ends_with_its_paragraph() {
        assert_snapshot!(check("He said \"nobody came.\nThe hall \"stood\" empty."), @r#"
        "nobody came.?
        "stood"
        "#);
    }

    #[test]
    fn inches_are_no_quotation() {
        assert_snapshot!(check("He is 6'2\" tall and 5'11\" wide."), @"");
    }

    #[test]
    fn a_hundred_thousand_marks_and_deep_nesting_are_linear() {
        let many = "\"a\" ".repeat(50_000);
        assert_eq!(quotes(&many, &lines(&many)).len(), 50_000);
        let deep = format!("{}x{}", "“".repeat(10_000), "”".repeat(10_000));
        assert_eq!(quotes(&deep, &lines(&deep)).last().map(|q| q.depth), Some(9_999));
        let strays = format!("{}{}", "‘a ".repeat(50_000), "b” ".repeat(50_000));
        assert_eq!(quotes(&strays, &lines(&strays)), []);
    }

    proptest! {
        #[test]
        fn quotations_nest_and_stay_in_their_block(text in "[a-s \"'“”‘’`.\n0-9«»„]{0,80}") {
            let blocks = lines(&text);
            let list = quotes(&text, &blocks);
            for (ix, q) in list.iter().enumerate() {
                prop_assert!(text.is_char_boundary(q.span.start() as usize) && text.is_char_boundary(q.span.end() as usize));
                prop_assert!(blocks.iter().any(|b| b.contains(q.span)));
                prop_assert!(ix == 0 || list[ix - 1].span.start() < q.span.start());
                if let Some(outer) = q.within {
                    prop_assert!(list[outer as usize].span.contains(q.span));
                    prop_assert_eq!(list[outer as usize].depth + 1, q.depth);
                }
            }
        }
    }
}
