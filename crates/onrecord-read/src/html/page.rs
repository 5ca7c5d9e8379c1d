//! A page as elements and blocks of text, every text with its place in the source.

use super::characters;
use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

/// Index of an element in [`Page::elements`].
pub(crate) type ElementIx = u32;

/// An element; its parents come before it.
#[derive(Debug)]
pub(crate) struct Element {
    pub tag: Box<str>,
    /// Class, id, role and the like, in lower case, each between spaces.
    pub signs: Box<str>,
    pub parent: ElementIx,
}

/// A run of characters in the source that stands in `element`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub start: usize,
    pub end: usize,
    pub element: ElementIx,
    /// A line break (`<br>`), not characters.
    pub is_break: bool,
}

/// Runs that stand in one line or paragraph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextBlock {
    /// Half-open range of [`Page::runs`].
    pub first: usize,
    pub last: usize,
    /// The nearest element around them that makes a block.
    pub element: ElementIx,
}

/// What a page consists of.
#[derive(Default, Debug)]
pub(crate) struct Page {
    pub elements: Vec<Element>,
    pub runs: Vec<Run>,
    pub blocks: Vec<TextBlock>,
    pub deepest: usize,
    /// `<meta>`: name, property or itemprop in lower case, and content.
    pub metas: Vec<(String, String)>,
    /// JSON-LD scripts.
    pub data: Vec<String>,
    pub title: String,
    pub canonical: String,
    pub language: String,
    /// `datetime` of `<time>` elements: the element and the value.
    pub times: Vec<(ElementIx, String)>,
}

/// Whether the elements of a tag stand in a line of text.
fn is_inline(tag: &str) -> bool {
    matches!(
        tag,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "img"
            | "picture"
            | "ruby"
            | "rb"
            | "bold"
            | "blink"
    )
}

fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "keygen"
    )
}

/// Elements whose text nobody sees.
fn is_unseen(tag: &str) -> bool {
    matches!(
        tag,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "noframes"
            | "noembed"
            | "object"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "textarea"
            | "datalist"
            | "option"
            | "title"
            | "button"
            | "map"
            | "xmp"
            | "plaintext"
    )
}

/// Reads the source of a page.
pub(crate) fn page(source: &str) -> Page {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut builder =
        Builder { source, page: Page::default(), open: Vec::new(), unseen: 0, block_from: 0, line: None, breaks: 0 };
    builder.page.elements.push(Element { tag: "".into(), signs: "".into(), parent: 0 });
    for token in Tokenizer::new_with_emitter(source, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => builder.start(&tag),
            Token::EndTag(tag) => builder.end(text_of(&tag.name)),
            Token::String(text) => builder.text(text.span.start, text.span.end, &text.value),
            _ => {}
        }
    }
    builder.close_block();
    builder.page
}

struct Builder<'a> {
    source: &'a str,
    page: Page,
    open: Vec<ElementIx>,
    /// How many open elements are unseen.
    unseen: usize,
    /// First run of the block being read.
    block_from: usize,
    /// Element of the block being read.
    line: Option<ElementIx>,
    /// `<br>` seen since the last characters.
    breaks: usize,
}

impl Builder<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = text_of(&tag.name);
        let attribute =
            |key: &str| tag.attributes.get(key.as_bytes()).map(|value| text_of(&value.value)).unwrap_or_default();
        self.notice(name, &attribute);
        if name == "br" || name == "hr" {
            return self.line_break(tag.span.start, tag.span.end, name == "hr");
        }
        self.close_implied(name);
        if !is_inline(name) {
            self.close_block();
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let ix = self.page.elements.len() as ElementIx;
        let hidden = hidden(tag);
        let signs = if is_void(name) { String::new() } else { signs(tag, hidden) };
        if name == "time" && !attribute("datetime").is_empty() {
            self.page.times.push((ix, attribute("datetime").to_owned()));
        }
        if is_void(name) || (tag.self_closing && !is_inline(name) && name != "p" && name != "div") {
            return;
        }
        self.page.elements.push(Element { tag: name.into(), signs: signs.into(), parent });
        self.open.push(ix);
        self.page.deepest = self.page.deepest.max(self.open.len());
        self.unseen += usize::from(self.is_unseen(ix));
    }

    fn is_unseen(&self, ix: ElementIx) -> bool {
        let element = &self.page.elements[ix as usize];
        is_unseen(&element.tag) || element.signs.contains(" !hidden ")
    }

    /// Metadata that an element carries.
    fn notice<'t>(&mut self, name: &str, attribute: &impl Fn(&str) -> &'t str) {
        let content = |value: &str| characters::decoded(value, 0, value.len()).trim().to_owned();
        match name {
            "script" if attribute("type").to_ascii_lowercase().contains("ld+json") => {
                self.page.data.push(String::new())
            }
            "html" if self.page.language.is_empty() => self.page.language = attribute("lang").to_owned(),
            "link" if attribute("rel").eq_ignore_ascii_case("canonical") => {
                self.page.canonical = content(attribute("href"))
            }
            "meta" => {
                for key in ["name", "property", "itemprop"] {
                    if !attribute(key).is_empty() {
                        self.page.metas.push((attribute(key).to_ascii_lowercase(), content(attribute("content"))));
                    }
                }
            }
            _ if attribute("itemprop") == "datePublished" && !attribute("content").is_empty() => {
                self.page.metas.push(("datepublished".into(), content(attribute("content"))));
            }
            _ => {}
        }
    }

    /// Start tags that close what stands open: a paragraph by any block, an item by an item.
    fn close_implied(&mut self, name: &str) {
        let Some(&top) = self.open.last() else { return };
        let open = &*self.page.elements[top as usize].tag;
        let closes = match open {
            "p" => !is_inline(name),
            "li" => name == "li",
            "dt" | "dd" => matches!(name, "dt" | "dd"),
            "td" | "th" => matches!(name, "td" | "th" | "tr"),
            "option" => matches!(name, "option" | "optgroup"),
            "head" => matches!(
                name,
                "body" | "div" | "p" | "h1" | "article" | "main" | "header" | "nav" | "section" | "table" | "center"
            ),
            _ => false,
        };
        if closes {
            let open = open.to_owned();
            self.end(&open);
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" || name == "p" && !self.is_open("p") {
            return self.close_block();
        }
        // An end tag without its start closes nothing; one that crosses others closes them too, but never out of a cell or a section.
        let Some(depth) = self.open.iter().rev().take(64).position(|&ix| *self.page.elements[ix as usize].tag == *name)
        else {
            return;
        };
        let crossed = self.open[self.open.len() - depth..].iter().any(|&ix| {
            matches!(
                &*self.page.elements[ix as usize].tag,
                "td" | "th" | "table" | "article" | "section" | "main" | "div"
            )
        });
        if is_inline(name) && crossed {
            return;
        }
        if !is_inline(name) {
            self.close_block();
        }
        for _ in 0..=depth {
            if let Some(ix) = self.open.pop() {
                self.unseen -= usize::from(self.is_unseen(ix));
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.iter().rev().take(64).any(|&ix| *self.page.elements[ix as usize].tag == *name)
    }

    fn text(&mut self, start: usize, end: usize, value: &HtmlString) {
        let Some(&element) = self.open.last() else { return self.run(start, end, 0) };
        match &*self.page.elements[element as usize].tag {
            "script" if self.page.elements[element as usize].signs.contains("ld+json") => {
                if let Some(data) = self.page.data.last_mut() {
                    data.push_str(text_of(value));
                }
            }
            "title" if self.page.title.is_empty() && !self.is_open("svg") => {
                self.page.title = text_of(value).split_whitespace().collect::<Vec<_>>().join(" ")
            }
            _ if self.unseen > 0 => {}
            _ => self.run(start, end, element),
        }
    }

    fn run(&mut self, start: usize, end: usize, element: ElementIx) {
        let Some(raw) = self.source.get(start..end) else { return };
        let blank = raw.trim().is_empty();
        if blank && self.block_from == self.page.runs.len() {
            return;
        }
        if !blank {
            self.breaks = 0;
            if self.line.is_none() {
                self.line = Some(self.block_element(element));
            }
        }
        self.page.runs.push(Run { start, end, element, is_break: false });
    }

    fn line_break(&mut self, start: usize, end: usize, rule: bool) {
        self.breaks += 1;
        if rule || self.breaks > 1 {
            self.close_block();
        } else if self.block_from < self.page.runs.len() {
            let element = self.open.last().copied().unwrap_or(0);
            self.page.runs.push(Run { start, end, element, is_break: true });
        }
    }

    fn block_element(&self, mut element: ElementIx) -> ElementIx {
        while element != 0 && is_inline(&self.page.elements[element as usize].tag) {
            element = self.page.elements[element as usize].parent;
        }
        element
    }

    fn close_block(&mut self) {
        if let Some(element) = self.line.take() {
            self.page.blocks.push(TextBlock { first: self.block_from, last: self.page.runs.len(), element });
        }
        self.block_from = self.page.runs.len();
    }
}

fn text_of(value: &HtmlString) -> &str {
    std::str::from_utf8(value).unwrap_or_default()
}

/// Hidden by its own attributes.
fn hidden(tag: &StartTag<usize>) -> bool {
    let value = |key: &str| tag.attributes.get(key.as_bytes()).map(|value| text_of(&value.value));
    let style = value("style").unwrap_or_default();
    value("hidden").is_some_and(|hidden| hidden != "until-found")
        || style.split(';').any(|rule| {
            let rule: String = rule.chars().filter(|c| !c.is_whitespace()).collect();
            rule.eq_ignore_ascii_case("display:none")
        })
}

fn signs(tag: &StartTag<usize>, hidden: bool) -> String {
    let mut out = String::from(" ");
    for key in ["class", "id", "role", "itemprop", "rel", "data-testid", "data-component", "type", "aria-label"] {
        if let Some(value) = tag.attributes.get(key.as_bytes()) {
            out.push_str(&text_of(&value.value).to_lowercase());
            out.push(' ');
        }
    }
    if hidden {
        out.push_str("!hidden ");
    }
    out
}
