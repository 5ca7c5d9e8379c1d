//! A page of text: headings, wrapped paragraphs, lines with aligned columns.

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

pub const PLAIN: Style = Style::new();
pub const STRONG: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const SAID: Style = AnsiColor::Cyan.on_default();
pub const WARN: Style = AnsiColor::Yellow.on_default();

/// Columns of text when the width of the terminal is not known, and the most that are easy to read.
const WIDTH: usize = 100;

/// Text in the making. Styles are escape sequences, taken out again where the output is no terminal.
#[derive(Default)]
pub struct Page {
    text: String,
}

impl Page {
    /// The finished text.
    pub fn finish(self) -> String {
        self.text
    }

    /// A large heading.
    pub fn title(&mut self, words: &str) -> &mut Page {
        self.wrapped("", STRONG, words)
    }

    /// A heading, with an empty line before it.
    pub fn heading(&mut self, words: &str) -> &mut Page {
        self.text.push('\n');
        self.line(&[(STRONG, &words.to_uppercase())])
    }

    /// One line of styled parts. Parts hold no line breaks.
    pub fn line(&mut self, parts: &[(Style, &str)]) -> &mut Page {
        for (style, words) in parts {
            self.styled(*style, &one_line(words));
        }
        self.text.push('\n');
        self
    }

    /// An empty line.
    pub fn gap(&mut self) -> &mut Page {
        self.text.push('\n');
        self
    }

    /// A paragraph, wrapped, every line after `indent`.
    pub fn wrapped(&mut self, indent: &str, style: Style, words: &str) -> &mut Page {
        let room = WIDTH.saturating_sub(indent.width()).max(20);
        let mut line = String::new();
        for word in words.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > room {
                self.text.push_str(indent);
                self.styled(style, &line);
                self.text.push('\n');
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&clean(word));
        }
        if !line.is_empty() {
            self.text.push_str(indent);
            self.styled(style, &line);
            self.text.push('\n');
        }
        self
    }

    fn styled(&mut self, style: Style, words: &str) {
        self.text.push_str(&format!("{style}{words}{style:#}"));
    }
}

/// Words of a report on one line of a terminal: no line breaks, no control characters.
pub fn one_line(words: &str) -> String {
    clean(&words.replace(['\n', '\r', '\t'], " "))
}

/// Control characters of a report must not reach a terminal.
fn clean(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_control()).collect()
}

/// At most `room` columns of the words, with an ellipsis where some are left out.
pub fn short(words: &str, room: usize) -> String {
    let words = one_line(words);
    if words.width() <= room {
        return words;
    }
    let mut taken = String::new();
    for letter in words.chars() {
        if taken.width() + 2 > room {
            break;
        }
        taken.push(letter);
    }
    taken.trim_end().to_owned() + "…"
}

/// Words on the left of a column, with a blank at least before the next.
pub fn column(words: &str, width: usize) -> String {
    let words = short(words, width.saturating_sub(1));
    let gap = width.saturating_sub(words.width());
    words + &" ".repeat(gap)
}

/// Filled for each certain origin, hollow for each possible one.
pub fn origin_bar(min: u32, max: u32) -> String {
    const MOST: u32 = 8;
    let filled = "■".repeat(min.min(MOST) as usize);
    let hollow = "□".repeat(max.min(MOST).saturating_sub(min.min(MOST)) as usize);
    let more = if max > MOST { "+" } else { "" };
    format!("{filled}{hollow}{more}")
}

/// "2", or "2 to 3".
pub fn range(min: u32, max: u32) -> String {
    if min == max { min.to_string() } else { format!("{min} to {max}") }
}

/// "1 report", "2 reports".
pub fn count(number: u32, one: &str) -> String {
    let many = match one {
        "story" => "stories".to_owned(),
        "person" => "people".to_owned(),
        "copy" => "copies".to_owned(),
        one => format!("{one}s"),
    };
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The day of a publication date, or dashes.
pub fn day(published: Option<&str>) -> String {
    published.and_then(|published| published.get(..10)).unwrap_or("–         ").to_owned()
}

/// The outlet, or words that say that it is not known.
pub fn outlet(outlet: &str) -> &str {
    if outlet.is_empty() { "unknown outlet" } else { outlet }
}

/// "2024-10-08 to 2024-10-18", one day, or nothing.
pub fn days(from: Option<&str>, to: Option<&str>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from != to => format!("{from} to {to}"),
        (Some(one), _) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_of_a_report_reaches_the_terminal() {
        let mut page = Page::default();
        page.wrapped("  ", PLAIN, "a\u{1b}[31m red \u{7} herring");
        page.line(&[(PLAIN, "two\nlines\u{1b}]0;x")]);
        assert_eq!(page.finish(), "  a[31m red  herring\ntwo lines]0;x\n");
    }

    #[test]
    fn bars_show_certain_and_possible_origins() {
        assert_eq!(origin_bar(2, 3), "■■□");
        assert_eq!(origin_bar(0, 1), "□");
        assert_eq!(origin_bar(12, 14), "■■■■■■■■+");
    }
}
