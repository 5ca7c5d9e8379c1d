//! Texts to pieces of words (WordPiece: Schuster and Nakajima 2012, as BERT has it): lower case, without accents, cut at blanks and
//! at each punctuation mark, then into the longest pieces that the vocabulary knows.

use crate::hashed::Hashed;
use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters of a word that is read; longer ones are unknown.
const WORD_CHARACTERS: usize = 100;

/// The pieces that there are.
pub(super) struct Vocabulary {
    /// Pieces that begin a word.
    first: Hashed<&'static str, u32>,
    /// Pieces that go on with one.
    next: Hashed<&'static str, u32>,
    /// Bytes of the longest piece.
    piece_bytes: usize,
    unknown: u32,
    /// What stands before each text.
    begin: u32,
    /// What stands behind each text.
    end: u32,
}

/// Pieces of texts, one behind the other, those that stand before and behind each included; none of a text without words.
#[derive(Default)]
pub(super) struct Cut {
    pub pieces: Vec<u32>,
    /// Where each text ends.
    pub ends: Vec<usize>,
}

impl Vocabulary {
    /// A vocabulary of pieces, one a line; those that go on with a word begin with `##`.
    ///
    /// # Panics
    /// If the marks that every text needs are not among them.
    pub(super) fn new(lines: &'static str) -> Vocabulary {
        let count = lines.bytes().filter(|&byte| byte == b'\n').count();
        let (mut first, mut next) = (Hashed::default(), Hashed::default());
        first.reserve(count);
        next.reserve(count / 4);
        let mut piece_bytes = 0;
        for (id, piece) in (0..).zip(lines.lines()) {
            piece_bytes = piece_bytes.max(piece.len());
            match piece.strip_prefix("##") {
                Some(rest) => next.insert(rest, id),
                None => first.insert(piece, id),
            };
        }
        let mark = |name: &str| *first.get(name).expect("a vocabulary with its marks");
        let (unknown, begin, end) = (mark("[UNK]"), mark("[CLS]"), mark("[SEP]"));
        Vocabulary { first, next, piece_bytes, unknown, begin, end }
    }

    /// Cuts texts into at most `most` pieces each. What stands between blanks is cut once.
    pub(super) fn cut<'a>(&self, texts: impl IntoIterator<Item = &'a str>, most: usize) -> Cut {
        let (mut cut, mut word, mut known) = (Cut::default(), Word::default(), HashMap::new());
        let mut pool: Vec<u32> = Vec::new();
        let room = most.saturating_sub(2);
        for text in texts {
            let start = cut.pieces.len();
            cut.pieces.push(self.begin);
            for run in text.split(is_blank).filter(|run| !run.is_empty()) {
                let range: &Range<usize> = known.entry(run).or_insert_with(|| {
                    let start = pool.len();
                    self.cut_run(run, start + room, &mut word, &mut pool);
                    start..pool.len()
                });
                cut.pieces.extend(&pool[range.clone()]);
                if cut.pieces.len() > start + room {
                    cut.pieces.truncate(start + 1 + room);
                    break;
                }
            }
            if cut.pieces.len() == start + 1 {
                cut.pieces.truncate(start);
            } else {
                cut.pieces.push(self.end);
            }
            cut.ends.push(cut.pieces.len());
        }
        cut
    }

    /// Adds the pieces of a run without blanks, until there are `enough`.
    fn cut_run(&self, run: &str, enough: usize, word: &mut Word, pieces: &mut Vec<u32>) {
        for c in run.chars().filter(|&c| !is_control(c)) {
            if pieces.len() >= enough {
                break;
            }
            let alone = is_ideograph(c);
            if alone {
                self.cut_word(word, pieces);
            }
            if c.is_ascii() {
                self.read(c, word, pieces);
            } else {
                decompose_canonical(c, |part| self.read(part, word, pieces));
            }
            if alone {
                self.cut_word(word, pieces);
            }
        }
        self.cut_word(word, pieces);
        pieces.truncate(enough);
    }

    /// Adds a decomposed character to the word, or ends the word and makes one of the character alone.
    fn read(&self, c: char, word: &mut Word, pieces: &mut Vec<u32>) {
        if is_punctuation(c) {
            self.cut_word(word, pieces);
            word.push(c);
            self.cut_word(word, pieces);
        } else if c.is_ascii() {
            word.push(c.to_ascii_lowercase());
        } else if c.general_category() != GeneralCategory::NonspacingMark {
            c.to_lowercase().for_each(|c| word.push(c));
        }
    }

    /// Adds the pieces of the word, the longest that fit from the left, and empties it. It is unknown if any part of it is.
    fn cut_word(&self, word: &mut Word, pieces: &mut Vec<u32>) {
        let (start, text) = (pieces.len(), word.text.as_str());
        let mut at = 0;
        let mut known = word.characters <= WORD_CHARACTERS;
        while known && at < text.len() {
            let table = if at == 0 { &self.first } else { &self.next };
            let ends = (at + 1..=text.len().min(at + self.piece_bytes)).rev().filter(|&end| text.is_char_boundary(end));
            let found = ends.filter_map(|end| table.get(&text[at..end]).map(|&id| (id, end))).next();
            match found {
                Some((id, end)) => {
                    pieces.push(id);
                    at = end;
                }
                None => known = false,
            }
        }
        if !known {
            pieces.truncate(start);
            pieces.push(self.unknown);
        }
        word.text.clear();
        word.characters = 0;
    }
}

/// A word as far as it has been read.
#[derive(Default)]
struct Word {
    text: String,
    characters: usize,
}

impl Word {
    fn push(&mut self, c: char) {
        self.characters += 1;
        if self.characters <= WORD_CHARACTERS {
            self.text.push(c);
        }
    }
}

fn is_blank(c: char) -> bool {
    // The others that count as white space are controls here.
    c.is_whitespace() && !matches!(c, '\u{b}' | '\u{c}' | '\u{85}')
}

/// Characters that are read as if they were not there: controls, marks of format, private and unassigned ones.
fn is_control(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c == char::REPLACEMENT_CHARACTER || c.general_category_group() == GeneralCategoryGroup::Other
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// Whether a character is a word of its own: Chinese characters, those of Japanese and Korean names included, but no kana or hangul.
fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}'
        | '\u{2a700}'..='\u{2b73f}' | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\ncafe\nun\n##aff\n##able\n##a\n.\n#\n東\n京\nι\n##σ\n";

    /// The pieces of a text, without those around it.
    fn pieces(text: &str) -> Vec<&'static str> {
        let lines: Vec<&str> = LINES.lines().collect();
        let cut = Vocabulary::new(LINES).cut([text], 50);
        let names: Vec<&str> = cut.pieces.iter().map(|&id| lines[id as usize]).collect();
        assert_eq!(cut.ends, [names.len()]);
        match names.as_slice() {
            [] => Vec::new(),
            ["[CLS]", inner @ .., "[SEP]"] if !inner.is_empty() => inner.to_vec(),
            _ => panic!("{names:?}"),
        }
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        assert_eq!(pieces("the unaffable"), ["the", "un", "##aff", "##able"]);
        assert_eq!(pieces("The UNAFFA."), ["the", "un", "##aff", "##a", "."]);
        assert_eq!(pieces("unaffably the"), ["[UNK]", "the"]);
    }

    #[test]
    fn accents_and_controls_are_not_read() {
        assert_eq!(pieces("Café cafe\u{301} ca\u{ad}f\u{200b}e\u{7}"), ["cafe"; 3]);
        assert_eq!(pieces("ΙΣ"), ["ι", "##σ"]);
    }

    #[test]
    fn marks_and_ideographs_are_words_of_their_own() {
        assert_eq!(pieces("the.cafe東京##the"), ["the", ".", "cafe", "東", "京", "#", "#", "the"]);
        assert_eq!(pieces("the\u{3000}the\tthe\u{2028}the"), ["the"; 4]);
    }

    #[test]
    fn long_words_are_unknown_and_long_texts_are_cut() {
        assert_eq!(pieces(&format!("un{}", "a".repeat(98))).len(), 48);
        assert_eq!(pieces(&format!("un{}", "a".repeat(40))).len(), 41);
        assert_eq!(pieces(&format!("un{}", "a".repeat(99))), ["[UNK]"]);
        assert_eq!(pieces(&"the ".repeat(1000)), ["the"; 48]);
        assert_eq!(pieces(&".".repeat(1000)), ["."; 48]);
        assert!(pieces("").is_empty() && pieces(" \u{200b}\u{301} \n").is_empty());
    }

    #[test]
    fn a_run_that_comes_again_is_cut_alike() {
        let texts = ["the unaffable", "", "unaffable, unaffable"];
        let vocabulary = Vocabulary::new(LINES);
        let together = vocabulary.cut(texts, 50);
        let apart: Vec<u32> = texts.iter().flat_map(|&text| vocabulary.cut([text], 50).pieces).collect();
        assert_eq!(together.pieces, apart);
        assert_eq!(together.ends, [6, 6, 15]);
    }
}
