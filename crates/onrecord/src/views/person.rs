//! A person (or organisation, or anything that is named): roles, what they said, what was said to them.

use super::passages::Texts;
use super::{Citation, EntityHead, ReportHead, Wording, wordings};
use crate::Error;
use onrecord_record::rows::PassageRow;
use onrecord_record::{JudgementRow, Of, Record};
use serde::Serialize;

/// A title held over a time, with the words that say so.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Role {
    /// As written.
    pub title: String,
    /// Of what.
    pub organisation: String,
    /// First day seen.
    pub from: Option<String>,
    /// Last day seen.
    pub to: Option<String>,
    /// Where it stands.
    pub citations: Vec<Citation>,
}

/// What somebody is said to do, with the words that say so.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonKind {
    /// `official`, `politician`, `spokesperson`, `expert`, `witness`, `lawyer`, `company` or `document`.
    pub kind: String,
    /// The words, by report.
    pub citations: Vec<Citation>,
}

/// A person, an organisation, or anything else that reports mention.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Person {
    /// Name, kind and counts.
    pub person: EntityHead,
    /// Other names in use.
    pub aliases: Vec<String>,
    /// What they are said to do, by kind.
    pub kinds: Vec<PersonKind>,
    /// Titles over time.
    pub roles: Vec<Role>,
    /// What they said, by publication.
    pub said: Vec<Wording>,
    /// What was said to them, by publication.
    pub heard: Vec<Wording>,
    /// Reports that mention them, by publication.
    pub reports: Vec<ReportHead>,
    /// What users decided on them.
    pub judgements: Vec<JudgementRow>,
    /// Others of the same kind who share the last word of the name: they may be the same.
    pub alike: Vec<EntityHead>,
}

/// Others of a like name that are shown.
const ALIKE_MAX: u32 = 24;

/// The entity with this id.
pub fn person(record: &Record, id: &str) -> Result<Person, Error> {
    let Some(head) = record.entity_heads(Of::Id(id), "", 1)?.into_iter().next() else {
        return Err(Error::unknown("person", id));
    };
    let row = record.all(|take| record.each_entity(Of::Id(id), take))?.into_iter().next();
    let Some(row) = row else { return Err(Error::unknown("person", id)) };
    let mut texts = Texts::new(record);
    let mut roles = Vec::new();
    for role in row.roles {
        let mut citations = Vec::new();
        for passage in &role.passages {
            citations.push(texts.passage(passage)?);
        }
        roles.push(Role {
            title: role.title,
            organisation: role.organisation,
            from: role.from,
            to: role.to,
            citations,
        });
    }
    Ok(Person {
        judgements: record.all(|take| record.each_judgement(Of::Entity(id), take))?,
        alike: record.entity_namesakes(id, ALIKE_MAX)?,
        person: head,
        aliases: row.aliases,
        kinds: kinds(&mut texts, id)?,
        roles,
        said: dated(&mut texts, Of::Entity(id))?,
        heard: dated(&mut texts, Of::To(id))?,
        reports: record.report_heads(Of::Entity(id), u32::MAX)?,
    })
}

/// What an entity is said to do, each kind once with all its words.
fn kinds(texts: &mut Texts, id: &str) -> Result<Vec<PersonKind>, Error> {
    let record = texts.record();
    let mut kinds: Vec<PersonKind> = Vec::new();
    for (row, report) in record.all(|take| record.each_person_kind(Of::Entity(id), take))? {
        let passage = PassageRow { report, start: row.start, end: row.end, exact: row.exact };
        let citation = texts.passage(&passage)?;
        match kinds.last_mut().filter(|last| last.kind == row.kind) {
            Some(last) => last.citations.push(citation),
            None => kinds.push(PersonKind { kind: row.kind, citations: vec![citation] }),
        }
    }
    Ok(kinds)
}

/// Utterances by publication (the undated last), then report and place.
fn dated(texts: &mut Texts, of: Of) -> Result<Vec<Wording>, Error> {
    let record = texts.record();
    let utterances = record.all(|take| record.each_utterance(of, take))?;
    let mut wordings = wordings(texts, utterances)?;
    wordings.sort_by(|a, b| {
        let order = |wording: &Wording| {
            let citation = &wording.citation;
            (citation.published.is_none(), citation.published.clone(), citation.report.clone(), citation.start)
        };
        order(a).cmp(&order(b))
    });
    Ok(wordings)
}
