//! What people do: official, politician, spokesperson, expert, witness, lawyer, company, document, told from their titles and
//! descriptions, with the words that say so.

use crate::words::{Words, in_list};
use onrecord_model::{Chain, EntityKind, MentionKind, PersonKind, Span, TokenIx};
use std::borrow::Cow;

const SPOKESPEOPLE: &[&str] = &["spokesman", "spokespeople", "spokesperson", "spokeswoman"];
const LAWYERS: &[&str] = &["advocate", "attorney", "barrister", "counsel", "lawyer", "solicitor"];
const POLITICIANS: &[&str] = &[
    "alderman",
    "assemblyman",
    "assemblywoman",
    "backbencher",
    "candidate",
    "chancellor",
    "congressman",
    "congresswoman",
    "councillor",
    "councilman",
    "councilor",
    "councilwoman",
    "democrat",
    "governor",
    "lawmaker",
    "legislator",
    "mayor",
    "mep",
    "minister",
    "mp",
    "nominee",
    "parliamentarian",
    "politician",
    "premier",
    "president",
    "republican",
    "senator",
    "taoiseach",
];
const EXPERTS: &[&str] = &[
    "academic",
    "analyst",
    "anthropologist",
    "archaeologist",
    "astronomer",
    "biologist",
    "chemist",
    "climatologist",
    "criminologist",
    "economist",
    "epidemiologist",
    "expert",
    "geologist",
    "historian",
    "lecturer",
    "meteorologist",
    "physicist",
    "pollster",
    "professor",
    "psychologist",
    "researcher",
    "scholar",
    "scientist",
    "seismologist",
    "sociologist",
    "specialist",
    "statistician",
    "strategist",
    "virologist",
];
const WITNESSES: &[&str] = &[
    "bystander",
    "eyewitness",
    "neighbor",
    "neighbour",
    "onlooker",
    "passenger",
    "passer-by",
    "passerby",
    "resident",
    "survivor",
    "villager",
    "witness",
];
const OFFICIALS: &[&str] = &[
    "administrator",
    "admiral",
    "adviser",
    "advisor",
    "agent",
    "aide",
    "ambassador",
    "bureaucrat",
    "captain",
    "clerk",
    "colonel",
    "commander",
    "commissioner",
    "constable",
    "consul",
    "coroner",
    "deputy",
    "detective",
    "diplomat",
    "envoy",
    "general",
    "inspector",
    "investigator",
    "judge",
    "justice",
    "magistrate",
    "marshal",
    "officer",
    "official",
    "ombudsman",
    "policeman",
    "policewoman",
    "prosecutor",
    "regulator",
    "secretary",
    "sergeant",
    "sheriff",
    "superintendent",
    "undersecretary",
];
const COMPANY_PEOPLE: &[&str] =
    &["ceo", "cfo", "chairman", "chairwoman", "coo", "entrepreneur", "executive", "founder", "manager", "owner"];
/// Posts that public bodies and companies both have: what stands beside them decides.
const HEADS: &[&str] = &["boss", "chair", "chief", "director", "head", "leader"];
const COMPANIES: &[&str] = &[
    "airline",
    "bank",
    "broker",
    "business",
    "company",
    "conglomerate",
    "contractor",
    "corporation",
    "developer",
    "employer",
    "firm",
    "insurer",
    "landlord",
    "lender",
    "manufacturer",
    "operator",
    "retailer",
    "startup",
    "supplier",
];
const DOCUMENTS: &[&str] = &[
    "affidavit",
    "audit",
    "complaint",
    "contract",
    "document",
    "dossier",
    "email",
    "file",
    "filing",
    "indictment",
    "lawsuit",
    "letter",
    "memo",
    "memoir",
    "memorandum",
    "minute",
    "report",
    "review",
    "ruling",
    "slide",
    "statement",
    "study",
    "survey",
    "transcript",
];
/// Bodies of the state, beside a head or director.
const PUBLIC: &[&str] = &[
    "agency",
    "army",
    "authority",
    "bureau",
    "cabinet",
    "city",
    "coastguard",
    "committee",
    "council",
    "county",
    "court",
    "department",
    "district",
    "emergency",
    "fbi",
    "federal",
    "fire",
    "government",
    "health",
    "house",
    "intelligence",
    "justice",
    "military",
    "ministry",
    "municipal",
    "navy",
    "office",
    "police",
    "prison",
    "security",
    "staff",
    "state",
    "treasury",
    "white",
];

/// Gives each chain of people, companies and documents its kind.
pub fn assign(words: &Words, chains: &mut [Chain]) {
    for chain in chains {
        chain.person_kind = match chain.kind {
            EntityKind::Person | EntityKind::Group => of_person(words, chain),
            EntityKind::Organisation => of_body(words, chain),
            EntityKind::Work => described(chain)
                .into_iter()
                .find(|&span| head(words, span).is_some_and(|(_, lemma)| in_list(DOCUMENTS, &lemma)))
                .map(|span| (PersonKind::Document, span)),
            _ => None,
        };
    }
}

/// The words that describe a chain: its roles, then its descriptions in text order.
fn described(chain: &Chain) -> Vec<Span> {
    let nominal = chain.mentions.iter().filter(|m| m.kind == MentionKind::Nominal).take(8).map(|m| m.span);
    chain.roles.iter().map(|role| role.span).chain(nominal).collect()
}

/// The noun that a description turns on, with its lemma in lower case.
fn head<'a>(words: &Words<'a>, span: Span) -> Option<(TokenIx, Cow<'a, str>)> {
    let range = words.range(span);
    let ix = words.head(span)?;
    // A title cut out of a longer phrase has its noun last: "Justice Department spokesman".
    let ix = if range.contains(&words.token(ix).head) || words.children(ix).is_empty() { range.end - 1 } else { ix };
    Some((ix, words.lemma(ix)))
}

fn of_person(words: &Words, chain: &Chain) -> Option<(PersonKind, Span)> {
    described(chain).into_iter().find_map(|span| kind_of(words, span).map(|kind| (kind, span)))
}

/// What a description says its bearer does.
fn kind_of(words: &Words, span: Span) -> Option<PersonKind> {
    let (at, lemma) = head(words, span)?;
    let beside: Vec<String> =
        words.range(span).filter(|&ix| ix != at).map(|ix| words.form(ix).to_lowercase()).collect();
    let has = |list: &[&str]| beside.iter().any(|word| in_list(list, word));
    let is = |word: &str| beside.iter().any(|b| b == word);
    let lemma = &*lemma;
    if in_list(SPOKESPEOPLE, lemma) || lemma == "secretary" && is("press") || lemma == "officer" && is("press") {
        return Some(PersonKind::Spokesperson);
    }
    if lemma == "general" && (is("attorney") || is("solicitor"))
        || lemma == "attorney" && (is("district") || is("general") || is("state"))
    {
        return Some(PersonKind::Official);
    }
    if in_list(LAWYERS, lemma) {
        return Some(PersonKind::Lawyer);
    }
    if lemma == "officer" && is("chief") || lemma == "executive" && is("chief") || in_list(COMPANY_PEOPLE, lemma) {
        return Some(PersonKind::Company);
    }
    if lemma == "representative" && !is("trade") && !is("union")
        || lemma == "speaker"
        || lemma == "leader" && (is("opposition") || is("party") || is("majority") || is("minority"))
    {
        return Some(PersonKind::Politician);
    }
    if lemma == "member" && ["assembly", "congress", "for", "legislature", "parliament"].iter().any(|body| is(body)) {
        return Some(PersonKind::Politician);
    }
    if lemma == "master" && (is("harbour") || is("harbor") || is("station")) {
        return Some(PersonKind::Official);
    }
    if in_list(POLITICIANS, lemma) {
        return if lemma == "president" && !is_head_of_state(&beside) { None } else { Some(PersonKind::Politician) };
    }
    if in_list(EXPERTS, lemma) {
        return Some(PersonKind::Expert);
    }
    if in_list(WITNESSES, lemma) {
        return Some(PersonKind::Witness);
    }
    if in_list(HEADS, lemma) {
        return if has(PUBLIC) {
            Some(PersonKind::Official)
        } else if has(COMPANIES) || is("finance") || is("managing") || is("marketing") || is("operations") {
            Some(PersonKind::Company)
        } else {
            None
        };
    }
    in_list(OFFICIALS, lemma).then_some(PersonKind::Official)
}

/// A president as such, of a country, or vice; no federation's or union's.
fn is_head_of_state(beside: &[String]) -> bool {
    let plain = |word: &String| {
        matches!(
            word.as_str(),
            "the"
                | "a"
                | "former"
                | "then"
                | "ex"
                | "late"
                | "vice"
                | "-"
                | "us"
                | "u.s."
                | "deposed"
                | "ousted"
                | "outgoing"
                | "interim"
                | "current"
        )
    };
    beside.iter().all(plain)
        || beside.iter().any(|word| in_list(&["country", "nation", "republic", "state", "states"], word))
}

/// Companies by their names' endings or by description.
fn of_body(words: &Words, chain: &Chain) -> Option<(PersonKind, Span)> {
    let ending = |span: Span| {
        let last = words.text[span].rsplit(' ').next().unwrap_or_default().trim_end_matches(['.', ',']).to_lowercase();
        matches!(
            last.as_str(),
            "inc"
                | "corp"
                | "corporation"
                | "ltd"
                | "llc"
                | "plc"
                | "sa"
                | "ag"
                | "gmbh"
                | "asa"
                | "group"
                | "holdings"
                | "co"
        )
    };
    let named =
        chain.mentions.iter().filter(|m| m.kind == MentionKind::Name).map(|m| m.span).find(|&span| ending(span));
    let told = described(chain)
        .into_iter()
        .find(|&span| head(words, span).is_some_and(|(_, lemma)| in_list(COMPANIES, &lemma)));
    told.or(named).map(|span| (PersonKind::Company, span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search_by_halves() {
        for list in [
            SPOKESPEOPLE,
            LAWYERS,
            POLITICIANS,
            EXPERTS,
            WITNESSES,
            OFFICIALS,
            COMPANY_PEOPLE,
            HEADS,
            COMPANIES,
            DOCUMENTS,
            PUBLIC,
        ] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
