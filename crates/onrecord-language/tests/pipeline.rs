//! The pipeline over small texts of our own.

use onrecord_language::{Job, Pipeline};
use onrecord_model::{Label, Parse, Span};
use proptest::prelude::*;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().expect("the carried model is whole"));

const STORY: &str = "Harbour master Ilse Brandt told the Tidewater Courier on Friday that 1,200 crates weren't \
    inspected. \"We lost the forms,\" she said.\n\nTwo officials, who asked not to be named, denied it.";

/// One line a token, one blank line between sentences, names last.
fn drawn(text: &str, parse: &Parse) -> String {
    let mut out = String::new();
    for &(first, last) in &parse.sentences {
        for ix in first..last {
            let token = &parse.tokens[ix as usize];
            let head = &text[parse.tokens[token.head as usize].span];
            let fields =
                [&text[token.span], token.tag.name(), token.pos.name(), parse.lemma(ix), token.rel.name(), head];
            out += &fields.join(" ").replace('\n', "⏎");
            out.push('\n');
        }
        out.push('\n');
    }
    for name in &parse.names {
        out += &format!("{} = {}\n", &text[parse.span_of(name.first, name.last)], name.kind.name());
    }
    out
}

#[test]
fn a_story_is_parsed() {
    insta::assert_snapshot!(drawn(STORY, &ENGLISH.parse(STORY)), @r#"
    Harbour NNP PROPN Harbour compound master
    master NN NOUN master compound Brandt
    Ilse NNP PROPN Ilse compound Brandt
    Brandt NNP PROPN Brandt nsubj told
    told VBD VERB tell ROOT told
    the DT DET the det Courier
    Tidewater NNP PROPN Tidewater compound Courier
    Courier NNP PROPN Courier dobj told
    on IN ADP on prep told
    Friday NNP PROPN Friday pobj on
    that IN SCONJ that mark inspected
    1,200 CD NUM 1,200 nummod crates
    crates NNS NOUN crate nsubjpass inspected
    were VBD AUX be auxpass inspected
    n't RB PART not neg inspected
    inspected VBN VERB inspect ccomp told
    . . PUNCT . punct told

    " `` PUNCT " punct said
    We PRP PRON we nsubj lost
    lost VBD VERB lose ccomp said
    the DT DET the det forms
    forms NNS NOUN form dobj lost
    , , PUNCT , punct said
    " '' PUNCT " punct said
    she PRP PRON she nsubj said
    said VBD VERB say ROOT said
    . . PUNCT . punct said
    ⏎⏎ _SP SPACE ⏎⏎ dep .

    Two CD NUM two nummod officials
    officials NNS NOUN official nsubj denied
    , , PUNCT , punct officials
    who WP PRON who nsubj asked
    asked VBD VERB ask relcl officials
    not RB PART not neg named
    to TO PART to aux named
    be VB AUX be auxpass named
    named VBN VERB name xcomp asked
    , , PUNCT , punct officials
    denied VBD VERB deny ROOT denied
    it PRP PRON it dobj denied
    . . PUNCT . punct denied

    Ilse Brandt = PERSON
    the Tidewater Courier = ORG
    Friday = DATE
    1,200 = CARDINAL
    Two = CARDINAL
    "#);
}

#[test]
fn no_text_has_no_tokens() {
    let parse = ENGLISH.parse("");
    assert!(parse.tokens.is_empty() && parse.sentences.is_empty() && parse.names.is_empty());
    assert!(ENGLISH.parse_batch(&[]).is_empty());
}

#[test]
fn vectors_come_when_asked_for() {
    let vectors = |vectors| {
        let job = Job { vectors, ..Job::whole(STORY) };
        ENGLISH.parse_batch(&[job]).remove(0)
    };
    assert!(vectors(false).vectors.is_empty());
    let parse = vectors(true);
    assert_eq!(parse.vectors.len(), parse.tokens.len() * Parse::VECTOR);
    assert!(parse.vectors.iter().all(|number| number.is_finite()));
}

#[test]
fn spans_are_documents_of_their_own() {
    let middle = STORY.find('"').expect("there is a quotation") as u32;
    let end = STORY.len() as u32;
    let spans = vec![Span::new(0, middle), Span::new(middle, end)];
    let together = ENGLISH.parse_batch(&[Job { text: STORY, spans, vectors: false }]).remove(0);
    let [first, second] = [&STORY[..middle as usize], &STORY[middle as usize..]].map(|text| ENGLISH.parse(text));
    let count = first.tokens.len() as u32;
    assert_eq!(together.tokens.len(), first.tokens.len() + second.tokens.len());
    for (ix, token) in together.tokens.iter().enumerate() {
        let (alone, by, base) = match ix.checked_sub(first.tokens.len()) {
            None => (&first.tokens[ix], 0, 0),
            Some(ix) => (&second.tokens[ix], middle, count),
        };
        assert_eq!(token.span, alone.span.shifted(by));
        assert_eq!((token.tag, token.pos, token.rel), (alone.tag, alone.pos, alone.rel));
        assert_eq!(token.head, alone.head + base);
    }
    assert!(together.sentences.iter().any(|&(start, _)| start == count));
}

#[test]
fn answers_do_not_depend_on_company_order_or_threads() {
    let texts: Vec<String> = (0..40).map(|i| format!("{STORY} Crate {i} of {} is gone.", i * 7)).collect();
    let alone: Vec<Parse> = texts.iter().map(|text| ENGLISH.parse(text)).collect();
    let jobs: Vec<Job> = texts.iter().map(|text| Job::whole(text)).collect();
    let turned: Vec<Job> = jobs.iter().rev().cloned().collect();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| ENGLISH.parse_batch(&jobs))).collect();
        for thread in threads {
            assert!(thread.join().expect("no thread panics") == alone);
        }
    });
    let mut turned = ENGLISH.parse_batch(&turned);
    turned.reverse();
    assert!(turned == alone);
}

#[test]
fn a_document_far_too_long_is_parsed_in_pieces() {
    let text = "Nobody answered. ".repeat(60_000);
    let parse = ENGLISH.parse(&text);
    assert_eq!(parse.tokens.len(), 180_000);
    assert_eq!(parse.sentences.len(), 60_000);
    assert!(parse.tokens.iter().enumerate().all(|(ix, token)| token.head.abs_diff(ix as u32) <= 2));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gets_a_forest_and_sentences_that_cover_it(text in "(\\PC|[a-z ,.\"\n]){0,200}") {
        let parse = ENGLISH.parse(&text);
        let count = parse.tokens.len() as u32;
        prop_assert!(parse.tokens.iter().all(|token| token.head < count));
        let mut next = 0;
        for &(first, last) in &parse.sentences {
            prop_assert!(first == next && last > first);
            next = last;
        }
        prop_assert_eq!(next, count);
        let mut end = 0;
        for name in &parse.names {
            prop_assert!(name.first >= end && name.last > name.first && name.last <= count);
            end = name.last;
        }
        for start in 0..count {
            let mut at = start;
            for _ in 0..=count {
                at = parse.tokens[at as usize].head;
            }
            prop_assert_eq!(parse.tokens[at as usize].head, at, "heads lead to a root");
        }
    }

    #[test]
    fn any_texts_parse_alike_alone_and_together(texts in prop::collection::vec("(\\PC|[a-z ]){0,60}", 0..6)) {
        let jobs: Vec<Job> = texts.iter().map(|text| Job { vectors: true, ..Job::whole(text) }).collect();
        let together = ENGLISH.parse_batch(&jobs);
        for (job, parse) in jobs.iter().zip(&together) {
            prop_assert!(&ENGLISH.parse_batch(std::slice::from_ref(job))[0] == parse);
        }
    }
}
