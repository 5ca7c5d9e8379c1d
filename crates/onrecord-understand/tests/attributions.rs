//! Golden cases of the attribution layer: rules alone, over the English pipeline. All samples are fiction.

mod support;

use insta::assert_snapshot;
use onrecord_language::Job;
use onrecord_model::Span;
use onrecord_understand::{attribution, quotes};
use support::PIPELINE;

/// One line an attribution: `source | cue | content / content`; `>` a level of nesting. Paragraphs are the lines.
fn check(text: &str) -> String {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        blocks.push(Span::new(at, at + line.len() as u32));
        at += line.len() as u32 + 1;
    }
    let parse = PIPELINE.parse_batch(&[Job { text, spans: blocks.clone(), vectors: false }]).pop().expect("one parse");
    let quotes = quotes::quotes(text, &blocks);
    let found = attribution::attributions(text, &blocks, &parse, &quotes, None);
    let mut depths: Vec<usize> = Vec::new();
    let mut out = String::new();
    for a in &found {
        let depth = a.within.map_or(0, |w| depths[w as usize] + 1);
        depths.push(depth);
        let words = |span: Option<Span>| span.map_or("-", |s| &text[s]);
        let content: Vec<&str> = a.content.iter().map(|part| &text[*part]).collect();
        let line = format!("{} | {} | {}\n", words(a.source), words(a.cue), content.join(" / "));
        out.push_str(&">".repeat(depth));
        out.push_str(&line);
    }
    out
}

#[test]
fn verbs_of_saying_govern_clauses_and_quotations() {
    assert_snapshot!(check("Mira Tolan said the bridge would reopen in May. \"It is safe,\" she added. \"It was never unsafe.\""), @r#"
    Mira Tolan | said | the bridge would reopen in May
    she | added | "It is safe," / "It was never unsafe."
    "#);
    assert_snapshot!(check("“We did not know,” said Ivo Brandt, who runs the ferry. Brandt wrote: “Nobody told us.”"), @r"
    Ivo Brandt | said | “We did not know,”
    Brandt | wrote: | “Nobody told us.”
    ");
    assert_snapshot!(check("The mayor did not say whether the school will close."), @r"
    The mayor | did not say | whether the school will close
    ");
}

#[test]
fn clauses_may_be_split_by_their_cue() {
    assert_snapshot!(check("The ferry, the harbour office said, will not sail before Friday."), @r"
    the harbour office | said | The ferry / will not sail before Friday
    ");
    assert_snapshot!(check("“The vote,” Tolan said, “was a farce.”"), @r"
    Tolan | said | “The vote,” / “was a farce.”
    ");
}

#[test]
fn phrases_credit_too() {
    assert_snapshot!(check("According to two officials, the dam was never inspected."), @r"
    two officials | According to | the dam was never inspected
    ");
    assert_snapshot!(check("The dam was never inspected, according to a report by the Lowfield Institute."), @r"
    a report by the Lowfield Institute | according to | The dam was never inspected
    ");
    assert_snapshot!(check("In the words of Ivo Brandt, the plan is a gift to smugglers."), @r"
    Ivo Brandt | In the words of | the plan is a gift to smugglers
    ");
}

#[test]
fn nouns_adjectives_and_adverbs_are_cues() {
    assert_snapshot!(check("Nobody believed Brandt’s claim that the pier is sinking."), @r"
    Brandt’s | claim | that the pier is sinking
    ");
    assert_snapshot!(check("She is confident that the pier will hold."), @r"
    She | is confident | that the pier will hold
    ");
    assert_snapshot!(check("The minister reportedly left before the vote."), @r"
    - | reportedly | The minister / left before the vote
    ");
}

#[test]
fn wishes_requests_and_hearsay() {
    assert_snapshot!(check("The plant is expected to shed 300 jobs."), @r"
    - | is expected | The plant / to shed 300 jobs
    ");
    assert_snapshot!(check("Tolan urged residents to leave the valley."), @r"
    Tolan | urged | residents to leave the valley
    ");
    assert_snapshot!(check("The union threatened to strike in June."), @r"
    The union | threatened | to strike in June
    ");
    assert_snapshot!(check("Critics called the scheme a farce."), @r"
    Critics | called | the scheme a farce
    ");
}

#[test]
fn attributions_nest() {
    assert_snapshot!(check("The Harbour Post reported that Brandt had told the council that the pier was sinking."), @r"
    The Harbour Post | reported | that Brandt had told the council that the pier was sinking
    >Brandt | had told | that the pier was sinking
    ");
}

#[test]
fn quotations_run_on_over_paragraphs() {
    assert_snapshot!(check("In a letter to the council, Tolan wrote:\n“The pier is sinking.”\n“Nobody listens.”\nIt was May."), @r"
    Tolan | wrote: | “The pier is sinking.” / “Nobody listens.”
    ");
    assert_snapshot!(check("“We came early,” Brandt said. “We waited.\n“Nobody came.”"), @r"
    Brandt | said | “We came early,” / “We waited. / “Nobody came.”
    ");
}

#[test]
fn headlines_and_transcripts_name_their_speaker_before_a_colon() {
    assert_snapshot!(check("Report: Dam was never inspected\nTOLAN: Why not?\nThe plan: nothing."), @r"
    Report | : | Dam was never inspected
    TOLAN | : | Why not?
    ");
}

#[test]
fn what_nobody_said_is_no_attribution() {
    assert_snapshot!(check("If the court says go, the work begins in May."), @"");
    assert_snapshot!(check("The “truce” held for an hour. She wrote “The Long Quay” in 1987. Nobody at the “Victory Ball” mentioned it."), @"");
    assert_snapshot!(check("Take, say, thirty boats. Of the ninety seats, say thirty were taken. Brandt said nothing."), @"");
}
