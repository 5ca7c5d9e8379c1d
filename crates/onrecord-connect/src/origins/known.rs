//! Roots made before: to which of them a wording belongs.

use super::outlets::{credits, outlet, same_outlet, some_outlet, spoke_to};
use super::voice::is_set_apart;
use super::{Draft, Telling, who};
use crate::facts::{Proposition, Voice};
use crate::likeness::{common, covers};
use crate::speakers::Speaker;
use crate::statements::Item;
use onrecord_model::{Basis, Direction, Span};
use std::collections::BTreeSet;

impl<'a> Telling<'a> {
    /// The root of the text that this one was copied from.
    pub(super) fn copied_root(&mut self, item: &Item) -> Option<usize> {
        let copies = self.evidence.copies;
        for edge in copies.get(&item.report()).into_iter().flatten().filter(|e| !e.rival) {
            let other = if edge.to == item.report() { edge.from } else { edge.to };
            let child_side = edge.to == item.report();
            let sides = |pair: &(Span, Span)| if child_side { (pair.1, pair.0) } else { *pair };
            let Some((_, there)) = edge.passages.iter().map(sides).find(|(here, _)| covers(*here, item.what)) else {
                continue;
            };
            let Some(source) = self.told().find(|g| g.report() == other && covers(there, g.what)) else { continue };
            let (root, from, to) = (self.root_of.get(&source.what.at).copied(), outlet(source), outlet(item));
            let how = match (&edge.unseen_parent, edge.direction) {
                (Some(parent), _) => format!("{from} and {to} share the text of {parent}"),
                (None, Direction::Unknown) => format!("{from} and {to} share copied text"),
                (None, _) if child_side => format!("{to} copied the text of {from}"),
                (None, _) => format!("{from} copied the text of {to}"),
            };
            self.note(format!("{how} here, so they are one origin."));
            return root;
        }
        None
    }

    /// The wordings that have a root.
    fn told(&self) -> impl Iterator<Item = &Item<'_>> {
        self.group.iter().map(|&g| &self.items[g]).filter(|g| self.root_of.contains_key(&g.what.at))
    }

    /// A root made before that this voice belongs to.
    pub(super) fn known_root(&mut self, item: &Item, voice: Option<&Voice>) -> Option<usize> {
        if let Some(same) = self.same_quotation(item) {
            return Some(same);
        }
        let Some(voice) = voice else { return self.rests_on(item) };
        match voice.basis {
            Basis::Named | Basis::Organisation | Basis::Document => self.known_speaker(item, voice),
            Basis::Anonymous => self.known_unnamed(item, voice),
            Basis::Outlet => self.known_outlet(item, voice),
            Basis::Unspecified => {
                let carried = self.drafts.iter().position(|d| d.certain);
                if carried.is_some() {
                    self.note(format!("{} names no source for what others had reported.", outlet(item)));
                }
                carried
            }
            Basis::OwnVoice => None,
        }
    }

    fn known_speaker(&mut self, item: &Item, voice: &Voice) -> Option<usize> {
        let who = who(item, voice, self.evidence);
        let authors = &self.evidence.authors;
        let same =
            |d: &Draft| d.speakers.iter().any(|s| s.is(&who) || wrote(s, &who, authors) || wrote(&who, s, authors));
        let found = self
            .drafts
            .iter()
            .position(same)
            .or_else(|| who.is_bodiless().then(|| only_body(&self.drafts)).flatten())?;
        let known = &self.drafts[found];
        if known.speakers.iter().any(|s| s.shares_body(&who)) && known.name != voice.name {
            let reason = format!("{} and {} speak for one body, so they are one origin.", known.name, voice.name);
            self.note(reason);
        }
        Some(found)
    }

    /// A cited outlet whose own report is in the pile adds nothing to what that report rests on.
    fn known_outlet(&mut self, item: &Item, voice: &Voice) -> Option<usize> {
        let names =
            |g: &&Item| same_outlet(&g.digest.outlet, &voice.name) || some_outlet(&voice.name) && credits(item, g);
        let cited = self.told().find(|g| names(g) && g.report() != item.report());
        if let Some(cited) = cited {
            let root = self.root_of.get(&cited.what.at).copied();
            self.note(format!("{} only cites {}, whose report is here.", outlet(item), voice.name));
            return root;
        }
        self.drafts.iter().position(|d| {
            d.kind == Basis::Outlet && same_outlet(&d.name, &voice.name) || same_outlet(&d.outlet, &voice.name)
        })
    }

    /// What a report's own sentence rests on: whom the report, or its outlet before, credits for the same; or the report from which
    /// it has copied, or which it credits, elsewhere in the text.
    fn rests_on(&mut self, item: &Item) -> Option<usize> {
        let home = |g: &&Item| g.report() == item.report() || same_outlet(&g.digest.outlet, &item.digest.outlet);
        if let Some(own) = self.told().find(home) {
            return self.root_of.get(&own.what.at).copied();
        }
        let of_outlet = |d: &Draft| d.kind == Basis::OwnVoice && same_outlet(&d.outlet, &item.digest.outlet);
        if let Some(found) = self.drafts.iter().position(of_outlet) {
            return Some(found);
        }
        let edges = self.evidence.copies.get(&item.report());
        let copied =
            |g: &&Item| edges.into_iter().flatten().any(|e| e.to == item.report() && e.from == g.report() && !e.rival);
        let parent = self.told().find(|g| figures_differ(item, g) && (copied(g) || credits(item, g)))?;
        let root = self.root_of.get(&parent.what.at).copied();
        let reason =
            format!("{} credits or copies {} elsewhere; its other figure is no source.", outlet(item), outlet(parent));
        self.note(reason);
        root
    }

    /// The root of a wording in quotation marks that has most of these quoted words: two reports that quote the same words heard one
    /// speaker on one occasion.
    fn same_quotation(&self, item: &Item) -> Option<usize> {
        let quote = Quote::of(item.what)?;
        self.quotes.iter().find(|(known, _)| quote.is(known)).map(|&(_, root)| root)
    }

    /// Keeps the quotation of a wording that has a root.
    pub(super) fn keep_quotation(&mut self, what: &'a Proposition, root: usize) {
        self.quotes.extend(Quote::of(what).map(|quote| (quote, root)));
    }

    /// Unnamed people are the same when one outlet had them, or when the later report credits the outlet that had them; but not where
    /// the words tell them apart.
    fn known_unnamed(&mut self, item: &Item, voice: &Voice) -> Option<usize> {
        let spoke_to = spoke_to(item, voice);
        let who = who(item, voice, self.evidence);
        let same = |d: &Draft| d.speakers.iter().any(|s| s.entity.is_some() && s.entity == who.entity);
        if let Some(found) = self.drafts.iter().position(same) {
            return Some(found);
        }
        if is_set_apart(voice) {
            return None;
        }
        let named = |d: &Draft| some_outlet(&spoke_to) && !same_outlet(&d.outlet, &item.digest.outlet);
        let theirs = |d: &Draft| d.kind == Basis::Anonymous && (same_outlet(&d.outlet, &spoke_to) || named(d));
        let found = self.drafts.iter().position(theirs)?;
        if !same_outlet(&item.digest.outlet, &spoke_to) {
            self.note(format!("{} has it from {}, so it adds no origin.", outlet(item), spoke_to));
        }
        Some(found)
    }
}

/// What a wording quotes, ready to be compared with many others.
pub(super) struct Quote<'a> {
    what: &'a Proposition,
    /// Letters and digits of all of it.
    letters: String,
    /// The same of stretches of four words and more in quotation marks.
    fragments: Vec<String>,
}

impl<'a> Quote<'a> {
    /// None where nothing is quoted.
    fn of(what: &'a Proposition) -> Option<Quote<'a>> {
        let fragments: Vec<String> = fragments(&what.text).map(letters).collect();
        (what.quoted || !fragments.is_empty()).then(|| Quote { what, letters: letters(&what.text), fragments })
    }

    /// Whether both quote the same words: most of the content of one, all words of a short one, or a fragment of several words.
    fn is(&self, other: &Quote) -> bool {
        let (p, q) = (self.what, other.what);
        if p.quoted && q.quoted {
            let shared = common(&p.terms, &q.terms).count();
            if shared >= 3 && shared * 5 >= p.terms.len().min(q.terms.len()) * 4 || self.letters == other.letters {
                return true;
            }
        }
        let has_part = |whole: &Quote, of: &Quote| {
            whole.what.quoted && of.fragments.iter().any(|part| whole.letters.contains(part.as_str()))
        };
        has_part(self, other) || has_part(other, self)
    }
}

/// The stretches of four words and more in quotation marks.
fn fragments(text: &str) -> impl Iterator<Item = &str> {
    const LEAST: usize = 4;
    let inside = text.split(['"', '“', '”']).skip(1).step_by(2);
    inside.filter(|part| part.split_whitespace().count() >= LEAST)
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether both give figures, and none alike.
fn figures_differ(a: &Item, b: &Item) -> bool {
    let (p, q) = (&a.what.numbers, &b.what.numbers);
    !p.is_empty() && !q.is_empty() && !p.iter().any(|n| q.iter().any(|m| n.value == m.value))
}

/// Whether the paper of one is known to be by the other.
fn wrote(paper: &Speaker, author: &Speaker, authors: &BTreeSet<(String, String)>) -> bool {
    paper.basis == Basis::Document
        && author.basis == Basis::Named
        && author
            .words
            .last()
            .is_some_and(|surname| paper.words.iter().any(|word| authors.contains(&(word.clone(), surname.clone()))))
}

/// The one draft that is a body, or speaks for one.
fn only_body(drafts: &[Draft]) -> Option<usize> {
    let mut bodies = drafts.iter().enumerate().filter(|(_, d)| d.speakers.iter().any(|s| !s.body.is_empty()));
    let first = bodies.next()?.0;
    bodies.next().is_none().then_some(first)
}
