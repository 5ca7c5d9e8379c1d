//! Roots that a wording brings: certain, or possible only.

use super::outlets::{outlet, spoke_to};
use super::voice::is_set_apart;
use super::{Draft, Telling, capital, who};
use crate::entities::name_words;
use crate::facts::Voice;
use crate::statements::Item;
use onrecord_model::Basis;

impl Telling<'_> {
    /// The root of a wording that belongs to none made before.
    pub(super) fn new_root(&mut self, item: &Item, voice: Option<&Voice>) -> Draft {
        let alone = self.drafts.iter().all(|d| !d.certain);
        let mut draft = Draft {
            speakers: Vec::new(),
            kind: Basis::OwnVoice,
            name: format!("{}, own voice", outlet(item)),
            outlet: item.digest.outlet.clone(),
            certain: alone,
            pair: false,
            utterances: Vec::new(),
        };
        let Some(voice) = voice else {
            if !alone {
                let of = outlet(item);
                self.note(format!("{of} says so in its own voice after another report: possible, not certain."));
            }
            return draft;
        };
        let who = who(item, voice, self.evidence);
        draft.kind = who.basis;
        draft.certain = true;
        draft.name = who.entity.map_or_else(|| voice.name.clone(), |e| self.evidence.entities[e].name.clone());
        draft.speakers.push(who);
        match draft.kind {
            Basis::Anonymous => self.unnamed(item, voice, alone, &mut draft),
            Basis::Unspecified => {
                draft.name = "no source given".to_string();
                draft.certain = self.drafts.is_empty();
            }
            // An inquiry rests on people and papers; who they are is not told.
            Basis::Document if rests_on_others(&voice.name) && !alone => {
                draft.certain = false;
                self.note(format!("{} may rest on sources counted before.", capital(&voice.name)));
            }
            Basis::Outlet => draft.name = format!("{} (its source not given)", voice.name),
            _ => {}
        }
        draft
    }

    fn unnamed(&mut self, item: &Item, voice: &Voice, alone: bool, draft: &mut Draft) {
        draft.outlet = spoke_to(item, voice);
        let to = if draft.outlet.is_empty() { "this report" } else { &draft.outlet };
        draft.name = format!("{} (unnamed, to {to})", voice.name);
        // Three people and more cannot all be the one who was named.
        let group = voice.count.is_some_and(|n| n >= 3) && self.drafts.iter().all(|d| d.kind != Basis::Anonymous);
        draft.certain = is_set_apart(voice) || group || alone;
        draft.pair = voice.count == Some(2) && draft.certain;
        if !draft.certain {
            let of = outlet(item);
            self.note(format!("The unnamed {} of {of} may be the same people as a source counted before.", voice.name));
        } else if draft.pair {
            self.note(format!("{} speak together: one for certain, possibly two.", capital(&voice.name)));
        }
    }
}

fn rests_on_others(document: &str) -> bool {
    name_words(document).iter().any(|w| matches!(w.as_str(), "inquiry" | "investigation" | "review" | "enquiry"))
}
