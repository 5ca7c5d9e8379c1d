//! Texts to pieces of words (WordPiece: Schuster and Nakajima 2012, as BERT has it): lower case, without accents, cut at blanks and
//! at each punctuation mark, then into the longest pieces that the vocabulary knows.

use std::collections::HashMap;
use std::ops::Range;
use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters of a word that is read; longer ones are unknown.
const WORD_CHARACTERS: usize = 100;

/// What a piece that goes on with a word begins with.
const GOES_ON: &str = "##";

/// The pieces that there are.
pub(super) struct Vocabulary {
    table: Table,
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
        let table = Table::new(lines);
        let mark = |name: &str| table.find("", name).expect("a vocabulary with its marks");
        let (unknown, begin, end) = (mark("[UNK]"), mark("[CLS]"), mark("[SEP]"));
        Vocabulary { table, unknown, begin, end }
    }

    /// How many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.table.starts.len() - 1
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
            let mark = if at == 0 { "" } else { GOES_ON };
            let ends =
                (at + 1..=text.len().min(at + self.table.piece_bytes)).rev().filter(|&end| text.is_char_boundary(end));
            let found = ends.filter_map(|end| self.table.find(mark, &text[at..end]).map(|id| (id, end))).next();
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

/// Lines by their text, at least half of the slots empty: so small that it is made in a moment.
struct Table {
    lines: &'static str,
    /// Where lines start, and where one after the last would.
    starts: Vec<u32>,
    /// Numbers of lines.
    slots: Vec<u32>,
    /// Bytes of the longest line.
    piece_bytes: usize,
}

impl Table {
    const EMPTY: u32 = u32::MAX;

    fn new(lines: &'static str) -> Table {
        let ends = lines.bytes().zip(1..).filter(|&(byte, _)| byte == b'\n').map(|(_, next)| next);
        let mut starts: Vec<u32> = std::iter::once(0).chain(ends).collect();
        if !lines.is_empty() && !lines.ends_with('\n') {
            starts.push(lines.len() as u32 + 1);
        }
        let piece_bytes = starts.windows(2).map(|two| (two[1] - two[0]) as usize - 1).max().unwrap_or(0);
        let slots = vec![Table::EMPTY; (2 * starts.len()).next_power_of_two()];
        let mut table = Table { lines, starts, slots, piece_bytes };
        for line in 0..table.starts.len() as u32 - 1 {
            let slot = table.chain("", table.line(line)).find(|&slot| table.slots[slot] == Table::EMPTY);
            table.slots[slot.expect("half of the slots are empty")] = line;
        }
        table
    }

    fn line(&self, number: u32) -> &'static str {
        let number = number as usize;
        &self.lines[self.starts[number] as usize..self.starts[number + 1] as usize - 1]
    }

    /// The number of the line that is `mark`, then `text`.
    fn find(&self, mark: &str, text: &str) -> Option<u32> {
        let mut lines = self.chain(mark, text).map(|slot| self.slots[slot]).take_while(|&line| line != Table::EMPTY);
        lines.find(|&line| self.line(line).strip_prefix(mark) == Some(text))
    }

    /// The slots where a line can be, in the order to look there (hash of Fowler, Noll and Vo).
    fn chain(&self, mark: &str, text: &str) -> impl Iterator<Item = usize> + use<> {
        let bytes = mark.bytes().chain(text.bytes());
        let hash =
            bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let (first, slots) = ((hash ^ hash >> 32) as usize, self.slots.len());
        (0..slots).map(move |step| first.wrapping_add(step) & (slots - 1))
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

    #[test]
    fn a_last_line_needs_no_end() {
        for lines in [LINES, LINES.trim_end()] {
            let vocabulary = Vocabulary::new(lines);
            assert_eq!(vocabulary.len(), LINES.lines().count());
            assert_eq!(vocabulary.table.find(GOES_ON, "σ"), Some(15));
            assert_eq!(vocabulary.table.find("", "σ"), None);
        }
    }
}
