//! Words of general English that cannot both hold of one thing: "open" and "shut", "paid" and "owed", "stay" and "resign".

use crate::facts::hash;
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Each line one scale with its two sides. A word may stand on several.
#[rustfmt::skip]
const SCALES: &[(&[&str], &[&str])] = &[
    (&["open", "opened", "reopen", "unlocked", "ajar"], &["shut", "closed", "close", "locked", "chained", "barred", "bolted", "sealed", "padlock", "blocked"]),
    (&["accept", "agree", "approve", "back", "endorse", "support", "welcome", "consent", "favour", "favor"], &["reject", "refuse", "oppose", "decline", "object", "against", "veto", "resist"]),
    (&["rise", "increase", "climb", "grow", "raise", "gain", "jump", "higher", "growth"], &["fall", "drop", "decrease", "decline", "cut", "lower", "shrink", "reduce", "lose"]),
    (&["win", "victory", "beat"], &["lose", "loss", "defeat"]),
    (&["guilty", "convict", "blame", "fault"], &["innocent", "acquit", "clear", "exonerate", "cleared", "blameless"]),
    (&["alive", "survive", "survivor", "recover"], &["die", "dead", "death", "kill", "drown", "perish"]),
    (&["begin", "start", "launch", "resume", "continue", "proceed"], &["end", "stop", "halt", "suspend", "cancel", "scrap", "abandon", "drop", "shelve", "postpone", "cease"]),
    (&["stay", "remain", "keep", "retain", "serve"], &["leave", "quit", "resign", "resignation", "depart", "dismiss", "sack", "fire", "oust", "remove", "suspend", "step"]),
    (&["keep", "open", "save", "reopen"], &["close", "closure", "closing", "shut", "shutter"]),
    (&["appoint", "hire", "employ"], &["dismiss", "sack", "fire", "oust"]),
    (&["know", "aware", "told", "inform", "warn", "consult", "notify", "alert", "brief"], &["unaware", "ignorant", "uninformed", "unwarned", "surprise"]),
    (&["pay", "paid", "repay", "settle", "payment"], &["owe", "owed", "unpaid", "outstanding", "withhold", "arrears"]),
    (&["safe", "clean", "harmless", "negative", "pure"], &["unsafe", "dangerous", "contaminated", "tainted", "dirty", "positive", "polluted", "poison", "toxic", "banned"]),
    (&["full", "fill"], &["empty"]),
    (&["true", "right", "correct", "accurate", "real", "genuine"], &["false", "wrong", "incorrect", "untrue", "inaccurate", "lie", "fake", "forge", "invent"]),
    (&["find", "found", "present", "exist"], &["missing", "lost", "disappear", "absent", "vanish"]),
    (&["alone", "herself", "himself", "solo"], &["together", "beside", "accompany", "joined"]),
    (&["legal", "lawful", "legitimate"], &["illegal", "unlawful", "illegitimate"]),
    (&["possible"], &["impossible"]),
    (&["public", "published", "open"], &["secret", "private", "hidden", "conceal", "hide"]),
    (&["allow", "permit", "let", "authorise", "authorize"], &["ban", "prohibit", "forbid", "block", "bar"]),
    (&["arrest", "detain", "jail", "hold", "imprison"], &["free", "release"]),
    (&["admit", "confirm", "acknowledge", "concede"], &["deny", "dispute", "reject", "contradict"]),
    (&["accident", "accidental", "mistake"], &["deliberate", "deliberately", "intentional", "arson", "sabotage"]),
    (&["enough", "sufficient", "ample"], &["insufficient", "shortage", "lack", "short"]),
    (&["buy", "purchase"], &["sell", "sale"]),
    (&["switch", "run", "operate", "work", "running", "function", "functional"], &["bypass", "off", "unfiltered", "broken", "break", "defective", "defect", "disabled", "faulty", "fault", "idle"]),
    (&["sober"], &["drunk", "intoxicated"]),
    (&["married", "wife", "husband", "spouse"], &["divorced", "single", "sister-in-law", "brother-in-law", "widow"]),
    (&["attend", "present", "there"], &["absent", "away", "abroad", "elsewhere"]),
    (&["single", "sole", "one"], &["several", "many", "multiple"]),
    (&["signed", "label", "labelled"], &["unsigned", "unlabelled", "unmarked", "blank", "anonymous"]),
    (&["voluntary", "voluntarily", "willing"], &["forced", "compelled", "ordered", "pressure"]),
    (&["ready", "complete", "finish", "finished"], &["unfinished", "incomplete"]),
    (&["satisfied", "happy", "calm", "calmly"], &["angry", "furious", "row", "dispute", "quarrel"]),
    (&["cheap", "cheapest", "lowest"], &["expensive", "dearest", "highest"]),
    (&["early"], &["late", "delay", "delayed"]),
    (&["play", "compete", "field"], &["boycott", "strike", "forfeit"]),
    (&["united", "unanimous", "unanimously"], &["divided", "split"]),
    (&["whole", "intact", "undamaged"], &["broken", "damaged", "destroyed"]),
    (&["touched", "spent", "spend", "used"], &["untouched", "unspent", "unused"]),
    (&["sudden", "suddenly", "unexpected"], &["planned", "expected"]),
];

/// Each stem's scales: which, and on which side.
pub(crate) fn sides(term: u64) -> &'static [(u8, bool)] {
    static SIDES: OnceLock<BTreeMap<u64, Vec<(u8, bool)>>> = OnceLock::new();
    let known = SIDES.get_or_init(|| {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut made: BTreeMap<u64, Vec<(u8, bool)>> = BTreeMap::new();
        for (scale, (one, other)) in (0..).zip(SCALES) {
            for (words, side) in [(one, false), (other, true)] {
                for word in *words {
                    made.entry(hash(&stemmer.stem(word))).or_default().push((scale, side));
                }
            }
        }
        for list in made.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        made
    });
    known.get(&term).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_on_both_sides_of_a_scale() {
        let stemmer = Stemmer::create(Algorithm::English);
        for (one, other) in SCALES {
            for word in *one {
                assert!(!other.iter().any(|its| stemmer.stem(its) == stemmer.stem(word)), "{word}");
            }
        }
    }
}
