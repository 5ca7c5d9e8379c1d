//! From whom the words of a wording entered the report.

use super::outlets::same_outlet;
use crate::entities::name_words;
use crate::facts::Voice;
use crate::speakers::is_paper;
use crate::statements::Item;
use onrecord_model::{Basis, Stance, UtteranceRef};

/// The voice from which the words entered the report: the speaker, for who names his source is a carrier. But what was said in
/// private, somebody unnamed told; and none where the report speaks for itself.
pub(super) fn entered_by(item: &Item, items: &[Item], group: &[usize]) -> Option<Voice> {
    let Some(mut voice) = item.what.voice.as_ref() else {
        return from_paper(&item.what.text).or_else(|| hearsay(&item.what.text).then(nobody));
    };
    // A container comes before what it contains, so that the way up ends.
    let mut carried = false;
    while let Some(within) = voice.within.filter(|_| voice.in_private) {
        let at = UtteranceRef::Said(item.report(), within);
        let container = item.digest.facts.propositions.iter().find(|p| p.at == at).and_then(|p| p.voice.as_ref());
        let Some(container) = container.filter(|c| c.within.is_none_or(|w| w < within) && !c.name.is_empty()) else {
            break;
        };
        carried = matches!(container.basis, Basis::Named | Basis::Organisation);
        if carried {
            break;
        }
        voice = container;
    }
    let mut voice = voice.clone();
    // Said in private and known through an outlet: what the outlet has it from is not told.
    if voice.in_private
        && !carried
        && let Some((chain, name)) = voice.via.pop()
    {
        voice = Voice { basis: Basis::Outlet, chain, name, via: Vec::new(), count: None, ..voice };
    }
    if voice.basis == Basis::Organisation && voice.name.is_empty() {
        voice.basis = Basis::Unspecified;
    }
    // A name that another report of the group is published under is an outlet, whatever it was read as.
    let is_outlet =
        |g: &usize| items[*g].report() != item.report() && same_outlet(&items[*g].digest.outlet, &voice.name);
    if matches!(voice.basis, Basis::Named | Basis::Organisation) && group.iter().any(is_outlet) {
        voice.basis = Basis::Outlet;
    }
    Some(voice)
}

/// "The minutes give October 19": a sentence whose subject is a paper has it from there.
fn from_paper(text: &str) -> Option<Voice> {
    const REACH: usize = 4;
    let start = opening(text, 60);
    let words = name_words(start);
    let at = words.iter().take(REACH).position(|word| is_paper(word))?;
    let opens = start.split_whitespace().next().is_some_and(|w| matches!(w, "The" | "Its" | "Their" | "His" | "Her"));
    (opens && words.len() > at + 1).then(|| Voice { basis: Basis::Document, name: words[..=at].join(" "), ..nobody() })
}

/// "It emerged", "it is understood": no source is claimed.
fn hearsay(text: &str) -> bool {
    const OPENINGS: &[&str] = &[
        "it became known",
        "it emerged",
        "it has become known",
        "it has emerged",
        "it has transpired",
        "it is known",
        "it is understood",
        "it transpired",
        "it turned out",
        "it turns out",
        "it was learned",
        "it was learnt",
        "it was understood",
    ];
    let lower = opening(text, 30).to_lowercase();
    OPENINGS.iter().any(|opening| lower.starts_with(opening))
}

/// The first so many characters.
fn opening(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

fn nobody() -> Voice {
    Voice {
        basis: Basis::Unspecified,
        stance: Stance::Asserts,
        chain: None,
        name: String::new(),
        count: None,
        via: Vec::new(),
        said: None,
        source: None,
        within: None,
        in_private: false,
    }
}

/// "Two other workers", "another official": the words themselves tell them from whom else the report names.
pub(super) fn is_set_apart(voice: &Voice) -> bool {
    name_words(&voice.name).iter().any(|word| matches!(word.as_str(), "other" | "another" | "second" | "different"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_a_paper_has_it_from_there_whatever_letters_follow() {
        let voice =
            from_paper("The minutes, which Łukasz Żółkiewski signed on 3 May, give “19 październikaś” as the day");
        assert_eq!(voice.map(|voice| voice.name).as_deref(), Some("minutes"));
        assert!(from_paper("Harbour minutes are kept by the clerk").is_none());
        assert!(hearsay("It emerged — “wczoraj” — that no vote was taken"));
    }
}
