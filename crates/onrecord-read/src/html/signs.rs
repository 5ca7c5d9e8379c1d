//! What the tags, classes and ids of elements say of the text in them.

use super::page::{ElementIx, Page};
use crate::text::Hint;

/// For every element, how many bytes of the runs that `counts` stand in it.
pub(crate) fn lengths(page: &Page, counts: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut lengths = vec![0; page.elements.len()];
    for (_, run) in page.runs.iter().enumerate().filter(|(at, run)| counts(*at) && !run.is_break) {
        lengths[run.element as usize] += run.end - run.start;
    }
    for ix in (1..lengths.len()).rev() {
        lengths[page.elements[ix].parent as usize] += lengths[ix];
    }
    lengths
}

/// Whether classes and ids count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Names {
    Count,
    Ignored,
}

/// For every element, whether it or one around it is furniture by its tag or its signs. An element that holds much of what was
/// chosen as the story (`chosen` bytes of each element) is none, whatever its name.
pub(crate) fn furniture(page: &Page, chosen: &[usize], names: Names) -> Vec<bool> {
    let mut found = vec![false; page.elements.len()];
    for (ix, element) in page.elements.iter().enumerate().skip(1) {
        let parent = found[element.parent as usize];
        let tag = &*element.tag;
        let by_tag = matches!(tag, "nav" | "footer" | "form" | "dialog" | "menu")
            || (tag == "aside" && !inside_tag(page, element.parent, "aside"));
        let large = matches!(tag, "html" | "body" | "article" | "main") || chosen[ix] * 4 > chosen[0];
        found[ix] = parent || !large && (by_tag || names == Names::Count && has_any(&element.signs, FURNITURE));
    }
    found
}

/// Parts of classes, ids and roles that mark furniture; each is looked for between marks that are no letters.
const FURNITURE: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "sidebar",
    "share",
    "sharing",
    "sharebar",
    "share-buttons",
    "social",
    "social-share",
    "related",
    "related-articles",
    "related-posts",
    "related-stories",
    "recommended",
    "recommendations",
    "most-read",
    "most-popular",
    "mostread",
    "trending",
    "ticker",
    "news-ticker",
    "live-ticker",
    "marquee",
    "breaking-news",
    "newsletter",
    "newsletter-signup",
    "signup",
    "sign-up",
    "subscribe",
    "subscription",
    "promo",
    "promotion",
    "advert",
    "advertisement",
    "ad-container",
    "ads",
    "ad-slot",
    "sponsored",
    "sponsor",
    "taboola",
    "outbrain",
    "comments",
    "comment-list",
    "disqus",
    "cookie",
    "cookies",
    "cookie-banner",
    "gdpr",
    "popup",
    "modal",
    "paywall-message",
    "tags",
    "tag-list",
    "taglist",
    "author-bio",
    "about-author",
    "author-box",
    "authorbox",
    "read-more",
    "readmore",
    "more-stories",
    "see-also",
    "skip-link",
    "banner-ad",
    "toolbar",
    "pagination",
    "pager",
    "prev-next",
    "post-navigation",
    "print-only",
    "visually-hidden",
    "sr-only",
    "screen-reader-text",
    "rel",
    "copyright",
    "complementary",
    "contentinfo",
    "jp-relatedposts",
    "sharedaddy",
    "yarpp",
    "toc",
    "table-of-contents",
    "wp-block-latest-posts",
    "donate",
    "donation",
    "call-to-action",
    "cta",
];

/// What the element around a text, or one around that, says the text is.
///
/// `lengths` are the bytes of text in each element: a name on an element that holds half the page says nothing of its parts.
pub(crate) fn hint(page: &Page, element: ElementIx, lengths: &[usize]) -> Hint {
    let mut at = element;
    for _ in 0..4 {
        if at == 0 {
            break;
        }
        let found = &page.elements[at as usize];
        let tag = &*found.tag;
        let own = match tag {
            "figcaption" | "figure" if lengths[at as usize] < 1500 => Hint::Caption,
            "address" => Hint::Byline,
            "li" if at == element => Hint::Item,
            "h2" | "h3" | "h4" | "h5" | "h6" => Hint::Heading,
            "article" | "main" | "body" | "html" => break,
            _ => Hint::None,
        };
        if own == Hint::Caption && tag == "figure" && has_any(&found.signs, &["table", "quote", "pullquote"]) {
            return Hint::None;
        }
        if own != Hint::None {
            return own;
        }
        if lengths[at as usize] > 400 {
            break;
        }
        if has_any(
            &found.signs,
            &[
                "caption",
                "wp-caption-text",
                "image-caption",
                "photo-caption",
                "photo-credit",
                "image-credit",
                "media-caption",
                "cutline",
            ],
        ) {
            return Hint::Caption;
        }
        if has_any(
            &found.signs,
            &[
                "byline",
                "by",
                "author",
                "authors",
                "writer",
                "article-author",
                "entry-author",
                "post-author",
                "article-byline",
                "bylines",
                "contributor",
            ],
        ) {
            return Hint::Byline;
        }
        if has_any(
            &found.signs,
            &[
                "date",
                "datetime",
                "timestamp",
                "pubdate",
                "published",
                "publish-date",
                "article-date",
                "entry-date",
                "post-date",
                "datepublished",
                "dateline",
            ],
        ) {
            return Hint::Time;
        }
        if has_any(
            &found.signs,
            &[
                "standfirst",
                "dek",
                "deck",
                "subtitle",
                "subheadline",
                "subhead",
                "sub-title",
                "sub-headline",
                "article-summary",
                "article-subtitle",
                "article__summary",
            ],
        ) {
            return Hint::Standfirst;
        }
        at = found.parent;
    }
    Hint::None
}

/// Whether a text stands in a heading or in what is classed as one.
pub(crate) fn is_heading(page: &Page, element: ElementIx) -> bool {
    heading_of(page, element) != 0
}

/// The heading around a text, 0 if none.
pub(crate) fn heading_of(page: &Page, element: ElementIx) -> ElementIx {
    let mut at = element;
    for _ in 0..3 {
        if at == 0 {
            return 0;
        }
        let found = &page.elements[at as usize];
        if matches!(&*found.tag, "h1" | "h2" | "h3")
            || has_any(
                &found.signs,
                &["headline", "entry-title", "article-title", "post-title", "article-headline", "article__title"],
            )
        {
            return at;
        }
        at = found.parent;
    }
    0
}

fn inside_tag(page: &Page, mut element: ElementIx, tag: &str) -> bool {
    while element != 0 {
        if *page.elements[element as usize].tag == *tag {
            return true;
        }
        element = page.elements[element as usize].parent;
    }
    false
}

/// Whether one of `words` is a whole name among `signs`, or its first or last part ("article-share", "share_bar").
fn has_any(signs: &str, words: &[&str]) -> bool {
    signs.split_ascii_whitespace().any(|sign| words.iter().any(|word| sign == *word || framed(sign, word)))
}

fn framed(sign: &str, word: &str) -> bool {
    let mark = |b: Option<u8>| matches!(b, Some(b'-' | b'_'));
    (sign.len() > word.len())
        && ((sign.starts_with(word) && mark(sign.as_bytes().get(word.len()).copied()))
            || (sign.ends_with(word) && mark(sign.as_bytes().get(sign.len() - word.len() - 1).copied())))
}
