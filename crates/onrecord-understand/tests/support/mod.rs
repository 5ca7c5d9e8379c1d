//! What tests and examples share: the pipeline, reports around a text, and saved parses (the JSON of `onrecord parse`, with its
//! text) with which layers can be tried without weights.
#![allow(dead_code, reason = "each test uses its part")]

use onrecord_language::{Job, Pipeline};
use onrecord_model::{
    Block, BlockKind, Label, Name, NameKind, OriginMap, Parse, Pos, Reading, Rel, Report, ReportId, Span, Tag, Token,
};
use onrecord_understand::{Models, spans_to_parse, understand};
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

/// The pipeline that the program carries.
pub static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::english().expect("the carried model is whole"));

/// A reading by rules of a text with a blank line between paragraphs.
pub fn read(outlet: &str, published: &str, text: &str) -> Reading {
    let report = Report { outlet: outlet.to_owned(), ..report(text, Some(published)) };
    let spans = spans_to_parse(&report);
    let parse = PIPELINE.parse_batch(&[Job { text, spans, vectors: false }]).pop().expect("one parse a job");
    understand(Arc::new(report), parse, &Models::rules())
}

/// A text with its parse.
pub struct Saved {
    /// Name of the text.
    pub name: String,
    /// The text.
    pub text: String,
    /// Its parse.
    pub parse: Parse,
}

/// Reads one saved parse.
pub fn load(json: &str) -> Saved {
    let value: Value = serde_json::from_str(json).expect("a saved parse is JSON");
    let text = value["text"].as_str().expect("text").to_owned();
    let bytes: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
    let place = |v: &Value| bytes[v.as_u64().expect("an offset") as usize];
    let mut parse = Parse::default();
    let mut lemmas: HashMap<String, u32> = HashMap::new();
    for token in value["tokens"].as_array().expect("tokens") {
        let lemma = token["lemma"].as_str().expect("lemma");
        let next = lemmas.len() as u32;
        let lemma_ix = *lemmas.entry(lemma.to_owned()).or_insert(next);
        if lemma_ix == next && parse.lemmas.len() as u32 == next {
            parse.lemmas.push(lemma.into());
        }
        parse.tokens.push(Token {
            span: Span::new(place(&token["start"]), place(&token["end"])),
            tag: Tag::from_name(token["tag"].as_str().unwrap_or("")).unwrap_or(Tag::Xx),
            pos: Pos::from_name(token["pos"].as_str().unwrap_or("")).unwrap_or(Pos::X),
            rel: Rel::from_name(token["relation"].as_str().unwrap_or("")).unwrap_or(Rel::Dep),
            lemma: lemma_ix,
            head: token["head"].as_u64().expect("head") as u32,
        });
    }
    let tokens = parse.tokens.clone();
    let range = |start: u32, end: u32| {
        let first = tokens.partition_point(|t| t.span.end() <= start) as u32;
        let last = tokens.partition_point(|t| t.span.start() < end) as u32;
        (first, last)
    };
    for sentence in value["sentences"].as_array().expect("sentences") {
        parse.sentences.push(range(place(&sentence[0]), place(&sentence[1])));
    }
    for name in value["names"].as_array().expect("names") {
        let (first, last) = range(place(&name["start"]), place(&name["end"]));
        if let Some(kind) = NameKind::from_name(name["label"].as_str().unwrap_or("")) {
            parse.names.push(Name { first, last, kind });
        }
    }
    Saved { name: value["name"].as_str().unwrap_or("").to_owned(), text, parse }
}

/// A report of a text; its blocks are the paragraphs between blank lines.
pub fn report(text: &str, published: Option<&str>) -> Report {
    let mut blocks = Vec::new();
    let mut at = 0;
    for paragraph in text.split("\n\n") {
        let start = at + paragraph.len() - paragraph.trim_start().len();
        let end = at + paragraph.trim_end().len();
        if start < end {
            blocks.push(Block { kind: BlockKind::Body, span: Span::new(start as u32, end as u32) });
        }
        at += paragraph.len() + 2;
    }
    Report {
        id: ReportId(1),
        name: "sample".into(),
        file: "sample.txt".into(),
        sha256: String::new(),
        title: String::new(),
        outlet: String::new(),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: String::new(),
        published: published.map(str::to_owned),
        language: "en".into(),
        text: text.into(),
        blocks,
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}
