//! From the model's types to rows: bytes become code points, kinds become their names, local indexes become durable ids.

use crate::code_points::CodePoints;
use crate::ids::{chain_ids, hex, utterance_ids};
use crate::rows::{
    AnonymityRow, BlockRow, ChainRow, MentionRow, NameRow, NamedRow, NoteRow, ParseRow, PersonKindRow, READING_FORMAT,
    ReadingRow, ReportRow, SaidRow, SpeakerRow, TimeRow, TokenRow, UtteranceRow, Words,
};
use onrecord_model::{Chain, ChainIx, Label, Note, Parse, Reading, Report, Span, Utterance, When};

/// The row of a reading, as `onrecord read --format jsonl` prints it. `layers` adds the tokens.
pub fn reading_row(reading: &Reading, layers: bool) -> ReadingRow {
    let points = CodePoints::new(&reading.report.text);
    let chains = chain_ids(reading.report.id, &reading.chains);
    ReadingRow {
        format: READING_FORMAT.to_owned(),
        report: report_row(&reading.report, &points),
        sentences: sentences(&reading.parse, &points),
        entities: reading.chains.iter().zip(&chains).map(|(chain, id)| chain_row(chain, *id, &points)).collect(),
        times: reading.times.iter().map(|when| time_row(when, &points)).collect(),
        utterances: utterance_rows(reading, &chains, &points),
        notes: reading.notes.iter().map(|note| note_row(note, &points)).collect(),
        tokens: layers.then(|| token_rows(&reading.parse, &points)),
    }
}

/// Words of a text.
pub(crate) fn words(span: Span, points: &CodePoints) -> Words {
    let (start, end) = points.range(span);
    Words { start, end, exact: points.text()[span].to_owned() }
}

/// The row of a report.
pub fn report_row(report: &Report, points: &CodePoints) -> ReportRow {
    let block = |block: &onrecord_model::Block| {
        let (start, end) = points.range(block.span);
        BlockRow { kind: block.kind.name().to_owned(), start, end }
    };
    ReportRow {
        id: report.id.to_string(),
        name: report.name.clone(),
        title: report.title.clone(),
        outlet: report.outlet.clone(),
        authors: report.authors.clone(),
        credit: report.credit.clone(),
        dateline: report.dateline.clone(),
        url: report.url.clone(),
        published: report.published.clone(),
        language: report.language.clone(),
        text: report.text.to_string(),
        blocks: report.blocks.iter().map(block).collect(),
    }
}

/// The row of a parse, as `onrecord parse` prints it. Names have their own list, so tokens do not repeat them.
pub fn parse_row(name: &str, text: &std::sync::Arc<str>, parse: &Parse) -> ParseRow {
    let points = CodePoints::new(text);
    let name_row = |name: &onrecord_model::Name| {
        let (start, end) = points.range(parse.span_of(name.first, name.last));
        NameRow { start, end, label: name.kind.name().to_owned() }
    };
    let mut tokens = token_rows(parse, &points);
    tokens.iter_mut().for_each(|token| token.name = None);
    ParseRow {
        name: name.to_owned(),
        tokens,
        sentences: sentences(parse, &points),
        names: parse.names.iter().map(name_row).collect(),
    }
}

/// Sentences as half-open code points.
pub fn sentences(parse: &Parse, points: &CodePoints) -> Vec<(u32, u32)> {
    let filled = parse.sentences.iter().filter(|(first, last)| first < last);
    filled.map(|(first, last)| points.range(parse.span_of(*first, *last))).collect()
}

/// Tokens with everything that the language layer says of them.
pub fn token_rows(parse: &Parse, points: &CodePoints) -> Vec<TokenRow> {
    let mut names = vec![None; parse.tokens.len()];
    for name in &parse.names {
        names[name.first as usize..name.last as usize].fill(Some(name.kind.name()));
    }
    let row = |(ix, name): (usize, Option<&'static str>)| {
        let token = &parse.tokens[ix];
        let (start, end) = points.range(token.span);
        TokenRow {
            start,
            end,
            tag: token.tag.name().to_owned(),
            pos: token.pos.name().to_owned(),
            lemma: parse.lemma(ix as u32).to_owned(),
            head: token.head,
            relation: token.rel.name().to_owned(),
            name: name.map(str::to_owned),
        }
    };
    names.into_iter().enumerate().map(row).collect()
}

pub(crate) fn chain_row(chain: &Chain, id: u64, points: &CodePoints) -> ChainRow {
    let mention = |mention: &onrecord_model::Mention| {
        let Words { start, end, exact } = words(mention.span, points);
        MentionRow { start, end, exact, kind: mention.kind.name().to_owned() }
    };
    let mut roles: Vec<String> = Vec::new();
    for role in &chain.roles {
        if !roles.contains(&role.title) {
            roles.push(role.title.clone());
        }
    }
    ChainRow {
        id: hex(id),
        kind: chain.kind.name().to_owned(),
        name: chain.name.clone(),
        roles,
        person_kind: chain.person_kind.map(|(kind, span)| {
            let Words { start, end, exact } = words(span, points);
            PersonKindRow { kind: kind.name().to_owned(), start, end, exact }
        }),
        mentions: chain.mentions.iter().map(mention).collect(),
    }
}

pub(crate) fn time_row(when: &When, points: &CodePoints) -> TimeRow {
    let Words { start, end, exact } = words(when.span, points);
    TimeRow {
        start,
        end,
        exact,
        kind: when.kind.name().to_owned(),
        value: when.value.clone(),
        rule: when.rule.to_owned(),
        anchor: Some(when.anchor.clone()).filter(|anchor| !anchor.is_empty()),
    }
}

/// Rows of a reading's utterances, in its order; entities are the report's own chains.
pub(crate) fn utterance_rows(reading: &Reading, chains: &[u64], points: &CodePoints) -> Vec<UtteranceRow> {
    let ids = utterance_ids(reading.report.id, &reading.utterances);
    let row = |(ix, utterance)| utterance_row(ix, utterance, &ids, chains, points);
    reading.utterances.iter().enumerate().map(row).collect()
}

fn utterance_row(ix: usize, utterance: &Utterance, ids: &[u64], chains: &[u64], points: &CodePoints) -> UtteranceRow {
    let entity = |chain: Option<ChainIx>| chain.map(|ix| hex(chains[ix as usize]));
    let named = |chain, name: &str, span| {
        let Words { start, end, exact } = words(span, points);
        NamedRow { entity: entity(chain), name: name.to_owned(), start, end, exact }
    };
    let said = |said: &onrecord_model::Said| {
        let (start, end) = points.range(said.span);
        SaidRow { value: said.value.clone(), start, end }
    };
    let anonymity = |how: &onrecord_model::Anonymity| AnonymityRow {
        count: how.count,
        described_as: how.described_as.clone(),
        reason: how.reason.clone(),
    };
    UtteranceRow {
        id: hex(ids[ix]),
        within: utterance.within.map(|container| hex(ids[container as usize])),
        form: utterance.form.name().to_owned(),
        stance: utterance.stance.name().to_owned(),
        source: utterance.source.map(|span| words(span, points)),
        cue: utterance.cue.map(|span| words(span, points)),
        content: utterance.content.iter().map(|span| words(*span, points)).collect(),
        speaker: utterance
            .speaker
            .as_ref()
            .map(|speaker| SpeakerRow { entity: entity(speaker.chain), name: speaker.name.clone() }),
        addressee: utterance.addressee.as_ref().map(|to| named(to.chain, &to.name, to.span)),
        basis: utterance.basis.name().to_owned(),
        anonymity: utterance.anonymity.as_ref().map(anonymity),
        via: utterance.via.iter().map(|carrier| named(carrier.chain, &carrier.name, carrier.span)).collect(),
        said: utterance.said.as_ref().map(said),
        score: score(utterance.score),
    }
}

/// A probability to four places: what is printed is what is stored.
pub(crate) fn score(score: f32) -> f64 {
    (f64::from(score.clamp(0.0, 1.0)) * 1e4).round() / 1e4
}

pub(crate) fn note_row(note: &Note, points: &CodePoints) -> NoteRow {
    let (start, end) = points.range(note.span);
    NoteRow { start, end, note: note.note.clone() }
}
