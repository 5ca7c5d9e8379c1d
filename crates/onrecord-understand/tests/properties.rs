//! What must hold over any parse, however odd.

use onrecord_model::{Label, Name, NameKind, Parse, Pos, Rel, Span, Tag, Token};
use onrecord_understand::coreference::{Speech, coreference_in};
use onrecord_understand::times::{day_of, times_in};
use onrecord_understand::words::Words;
use proptest::prelude::*;

/// Words that some rule looks for, and some that none does.
const FORMS: &[&str] = &[
    "the",
    "Varga",
    "Ilona",
    "she",
    "he",
    "it",
    "they",
    "his",
    "minister",
    "officials",
    "Nordhav",
    "company",
    "said",
    ",",
    ".",
    "“",
    "”",
    "and",
    "'s",
    "Thursday",
    "last",
    "week",
    "two",
    "12",
    "2016",
    "March",
    "ago",
    "é",
    "日本",
    "-",
    "of",
    "25-year",
    "9:30",
    "p.m.",
    "every",
    "a",
    "day",
    "FBI",
    "I",
    "themselves",
    "former",
    "Mr.",
    "(",
    ")",
    "1990s",
    "quarter",
    "third",
    "half",
    "after",
    "before",
    "tomorrow",
    "99999999999",
    "0000-00-00",
    "12/31/9999",
    "\u{2019}90s",
];

/// One token: form, tag, part of speech, relation, and a number that picks its head.
type Draw = (usize, usize, usize, usize, u32);

/// A parse over drawn tokens: sentences of up to `length` tokens, any tree in each.
fn build(draws: &[Draw], length: usize, named: &[(u32, u32, usize)]) -> (String, Parse) {
    let mut text = String::new();
    let mut parse = Parse::default();
    for (ix, &(form, tag, pos, rel, head)) in draws.iter().enumerate() {
        let form = FORMS[form % FORMS.len()];
        if ix % 3 != 0 {
            text.push(' ');
        }
        let start = text.len() as u32;
        text.push_str(form);
        let first = ix / length * length;
        // Heads lie before their dependents or, mirrored, after: no cycle either way.
        let last = (first + length).min(draws.len());
        let mirrored = first / length % 2 == 1;
        let head = match (mirrored, ix == first, ix + 1 == last) {
            (false, true, _) | (true, _, true) => ix,
            (false, ..) => first + head as usize % (ix - first),
            (true, ..) => ix + 1 + head as usize % (last - ix - 1),
        };
        parse.lemmas.push(form.to_lowercase().into());
        parse.tokens.push(Token {
            span: Span::new(start, text.len() as u32),
            tag: Tag::ALL[tag % Tag::ALL.len()],
            pos: Pos::ALL[pos % Pos::ALL.len()],
            rel: if head == ix { Rel::Root } else { Rel::ALL[rel % Rel::ALL.len()] },
            lemma: ix as u32,
            head: head as u32,
        });
        if ix == first {
            parse.sentences.push((ix as u32, last as u32));
        }
    }
    let mut at = 0;
    for &(skip, long, kind) in named {
        let (first, last) = (at + skip % 5, at + skip % 5 + 1 + long % 3);
        if last as usize > draws.len() {
            break;
        }
        parse.names.push(Name { first, last, kind: NameKind::ALL[kind % NameKind::ALL.len()] });
        at = last;
    }
    (text, parse)
}

fn any_parse() -> impl Strategy<Value = (String, Parse)> {
    let draw = (any::<u16>(), any::<u16>(), any::<u16>(), any::<u16>(), any::<u32>());
    let draw = draw.prop_map(|(a, b, c, d, e)| (a as usize, b as usize, c as usize, d as usize, e));
    let named = proptest::collection::vec((any::<u32>(), any::<u32>(), any::<usize>()), 0..12);
    (proptest::collection::vec(draw, 0..60), 1usize..25, named)
        .prop_map(|(draws, length, named)| build(&draws, length, &named))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn times_are_ordered_disjoint_and_on_characters((text, parse) in any_parse(), published in "(20[0-9]{2}-0[1-9]-1[0-9])?") {
        let mut end = 0;
        for when in times_in(&text, day_of(&published), &parse) {
            prop_assert!(when.span.start() >= end && !when.span.is_empty());
            prop_assert!(!text.as_str()[when.span].trim().is_empty());
            prop_assert!(!when.value.is_empty() && !when.rule.is_empty());
            if let Some((first, last)) = &when.interval {
                prop_assert!(first <= last, "{first} {last}");
            }
            end = when.span.end();
        }
    }

    #[test]
    fn every_mention_is_in_one_chain((text, parse) in any_parse(), cut in (0u32..200, 0u32..80)) {
        let clip = |at: u32| (0..=at.min(text.len() as u32)).rev().find(|&b| text.is_char_boundary(b as usize)).unwrap_or(0);
        let content = Span::new(clip(cut.0), clip(cut.0.saturating_add(cut.1)));
        let speech = Speech { content, source: parse.tokens.first().map(|t| t.span) };
        let found = coreference_in(&text, &parse, &[speech]);
        prop_assert_eq!(found.chains.len(), found.facts.len());
        let mut seen = std::collections::BTreeSet::new();
        let mut first = 0;
        for chain in &found.chains {
            prop_assert!(!chain.mentions.is_empty());
            prop_assert!(chain.mentions[0].span.start() >= first);
            first = chain.mentions[0].span.start();
            prop_assert!(chain.mentions.is_sorted_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end()))));
            for mention in &chain.mentions {
                prop_assert!(!text.as_str()[mention.span].is_empty());
                prop_assert!(seen.insert(mention.span), "{:?} stands in two chains", mention.span);
            }
            for role in &chain.roles {
                prop_assert!(!text.as_str()[role.span].is_empty());
            }
        }
        let words = Words::new(&text, &parse);
        for token in &parse.tokens {
            if let Some(chain) = found.chain_of(&words, token.span) {
                prop_assert!((chain as usize) < found.chains.len());
            }
        }
        prop_assert_eq!(found, coreference_in(&text, &parse, &[speech]));
    }
}

/// A mark of possession that heads what it marks: trimmed, its phrase is that of the word before.
#[test]
fn one_phrase_is_one_mention() {
    let (text, mut parse) = build(&[(23, 0, 0, 0, 0), (37, 0, 0, 0, 0)], 2, &[(0, 0, 0)]);
    parse.tokens[0].head = 1;
    (parse.tokens[0].tag, parse.tokens[0].pos, parse.tokens[0].rel) = (Tag::Comma, Pos::Noun, Rel::Csubj);
    (parse.tokens[1].head, parse.tokens[1].tag, parse.tokens[1].pos) = (1, Tag::Pos, Pos::Pron);
    parse.tokens[1].rel = Rel::Root;
    parse.names[0].kind = NameKind::Language;
    let found = coreference_in(&text, &parse, &[]);
    let mut spans: Vec<_> = found.chains.iter().flat_map(|chain| &chain.mentions).map(|mention| mention.span).collect();
    let all = spans.len();
    spans.sort_unstable();
    spans.dedup();
    assert!(all > 0 && spans.len() == all, "{found:?}");
}

/// Every token hangs from the one before: each phrase reaches to the end of the text.
#[test]
fn a_chain_of_phrases_takes_time_in_proportion() {
    let draws: Vec<Draw> = (0..60_000).map(|_| (1, 19, 13, 36, u32::MAX)).collect();
    let (text, mut parse) = build(&draws, 60_000, &[]);
    for ix in 1..parse.tokens.len() {
        parse.tokens[ix].head = ix as u32 - 1;
        (parse.tokens[ix].pos, parse.tokens[ix].rel) = (Pos::Noun, Rel::Prep);
    }
    let start = std::time::Instant::now();
    coreference_in(&text, &parse, &[]);
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn long_texts_take_time_in_proportion() {
    let draws: Vec<Draw> =
        (0..60_000usize).map(|i| (i * 7919 % 1009, i * 31 % 97, i * 17 % 89, i * 13 % 83, (i * 101) as u32)).collect();
    let named: Vec<(u32, u32, usize)> = (0..15_000).map(|i| (i, i / 3, i as usize * 7)).collect();
    for length in [30, 60_000] {
        let (text, parse) = build(&draws, length, &named);
        let start = std::time::Instant::now();
        times_in(&text, day_of("2017-06-06"), &parse);
        coreference_in(&text, &parse, &[]);
        assert!(start.elapsed().as_secs() < 30, "60,000 tokens in sentences of {length}: {:?}", start.elapsed());
    }
}
