//! What holds for every report, whatever the bytes.

use onrecord_model::Report;
use onrecord_read::{ReadOptions, read_bytes};
use proptest::prelude::*;

/// Blocks are ordered, disjoint, on character boundaries and cover all but white space; the map is ordered and true.
fn check(report: &Report, bytes: &[u8]) {
    let text = &*report.text;
    let mut at = 0;
    for block in &report.blocks {
        let (start, end) = (block.span.start() as usize, block.span.end() as usize);
        assert!(at <= start && start < end && end <= text.len(), "{at} {:?}", block.span);
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(text[at..start].trim().is_empty(), "{:?} is in no block", &text[at..start]);
        at = end;
    }
    assert!(text[at..].trim().is_empty(), "{:?} is in no block", &text[at..]);
    let (mut from, mut input) = (0, 0);
    for run in &report.origin.runs {
        let [start, place, len, input_len] = run.map(|n| n as usize);
        assert!(from <= start && input <= place, "{run:?} goes back");
        assert!(start + len <= text.len() && place + input_len <= bytes.len(), "{run:?} goes over");
        if len == input_len {
            assert_eq!(&text.as_bytes()[start..start + len], &bytes[place..place + len], "{run:?}");
        }
        (from, input) = (start + len, place + input_len);
    }
}

/// Whether every character but white space comes from the input.
fn is_mapped(report: &Report) -> bool {
    let covered = |at: usize| report.origin.runs.iter().any(|r| (r[0] as usize) <= at && at < (r[0] + r[2]) as usize);
    report.text.char_indices().all(|(at, c)| c.is_whitespace() || covered(at))
}

fn read(file: &str, bytes: &[u8]) {
    for as_is in [false, true] {
        let options = ReadOptions { as_is, ..ReadOptions::default() };
        if let Ok(report) = read_bytes("name", file, bytes, None, &options) {
            check(&report, bytes);
            assert!(is_mapped(&report), "{:?} {:?}", report.text, report.origin);
        }
    }
}

const WORDS: &[&str] = &[
    "The harbour board said",
    "By Ada Bell",
    "PORT ELLEN (NPW) - The crane",
    "RELATED: More",
    "3 PHOTOS",
    "BACK TO SLIDE",
    "• one",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "“No,”",
    "é",
    "日本",
    "Updated 3 May 2024",
    "See Also:",
    "—",
    "\u{A0}",
    "\u{2028}",
    "(Photo: Bell)",
    "\t",
    "-",
    "Published 03/04/2024",
    "About the author",
];
const MARKUP: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"share\">",
    "</div>",
    "<h1>",
    "</h1>",
    "<b>",
    "</i>",
    "<br>",
    "<br/>",
    "<li>",
    "<ul>",
    "&amp;",
    "&nbsp;",
    "&#8220;",
    "&copy",
    "&acE;",
    "&#x0;",
    "&",
    "<",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<title>",
    "</title>",
    "<article>",
    "</article>",
    "<table><tr><td>",
    "text of some length, with commas, ",
    "é",
    " ",
    "\n",
    "\u{200B}",
    "<a href=x>",
    "</a>",
    "<time datetime=2024-05-03>",
    "<meta charset=utf-8>",
    "<svg>",
    "<p hidden>",
    "\u{F0001}",
    "<figure><figcaption>",
    "</figure>",
    "<textarea>",
    "<![CDATA[",
    "<?php ?>",
    "\0",
    "\r",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read("a.txt", &bytes);
        read("a.html", &bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        read("a.txt", text.as_bytes());
        read("a.html", text.as_bytes());
    }

    #[test]
    fn text_of_news(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60)) {
        read("a.txt", words.concat().as_bytes());
    }

    #[test]
    fn pages(words in proptest::collection::vec(proptest::sample::select(MARKUP), 0..80)) {
        read("a.html", words.concat().as_bytes());
    }

    #[test]
    fn other_charsets(text in "[a-zéüßа-я \\n]{1,80}", charset in 0usize..3) {
        let bytes: Vec<u8> = match charset {
            0 => [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
            1 => [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
            _ => text.chars().filter(|c| (*c as u32) < 256).map(|c| c as u8).collect(),
        };
        read("a.txt", &bytes);
        if charset < 2 && !text.trim().is_empty() {
            let options = ReadOptions { as_is: true, ..ReadOptions::default() };
            let report = read_bytes("a", "a.txt", &bytes, None, &options).unwrap();
            prop_assert_eq!(&*report.text, text.as_str());
        }
    }

    #[test]
    fn as_is_changes_nothing(text in "[a-z \\r\\n•é]{1,80}") {
        prop_assume!(!text.trim().is_empty());
        let options = ReadOptions { as_is: true, ..ReadOptions::default() };
        let report = read_bytes("a", "a.html", text.as_bytes(), None, &options).unwrap();
        prop_assert_eq!(&*report.text, text.as_str());
        prop_assert_eq!(report.origin.runs, vec![[0, 0, text.len() as u32, text.len() as u32]]);
    }
}
