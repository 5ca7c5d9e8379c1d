//! Passages of a report as the rare words that stand together: what tells whether two reports say anything alike.

use crate::terms::{each_word, hash_folded, level};

/// Words rarer than this level count.
const LEVEL_MIN: u8 = 2;
/// What a number counts for, as a level.
const NUMBER_LEVEL: u8 = 9;
/// Rare words of a passage; a longer paragraph is several.
const PASSAGE_WORDS_MAX: usize = 40;
/// Fewer rare words tell nothing.
const PASSAGE_WORDS_MIN: usize = 3;
/// A report is judged by so many words from its start.
const WORDS_MAX: usize = 600;

/// Passages in the order of the text; of each the rare words, with how rare they are, by hash.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Passages(pub Vec<Vec<(u32, u8)>>);

impl Passages {
    /// How many rare words there are.
    pub fn words(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }
}

/// The passages of texts that belong together: a headline and the blocks of a story.
pub fn passages<'a>(texts: impl IntoIterator<Item = &'a str>) -> Passages {
    let mut found = Vec::new();
    let mut left = WORDS_MAX;
    for line in texts.into_iter().flat_map(str::lines) {
        let mut rare: Vec<(u32, u8)> = Vec::new();
        each_word(line, &mut |_, word| {
            if left == 0 {
                return;
            }
            left -= 1;
            let (hash, number) = hash_folded(word);
            let level = if number { NUMBER_LEVEL } else { level(hash) };
            if level > LEVEL_MIN {
                rare.push((hash, level));
            }
        });
        for part in rare.chunks_mut(PASSAGE_WORDS_MAX) {
            part.sort_unstable();
            let mut part = part.to_vec();
            part.dedup_by_key(|&mut (hash, _)| hash);
            if part.len() >= PASSAGE_WORDS_MIN {
                found.push(part);
            }
        }
    }
    Passages(found)
}

/// How much two passages share: two words and more, each by the square of its rarity, where the rarest count one.
pub fn shared(one: &[(u32, u8)], other: &[(u32, u8)]) -> f64 {
    let (mut i, mut j, mut words, mut squares) = (0, 0, 0, 0u32);
    while let (Some(&(a, level)), Some(&(b, _))) = (one.get(i), other.get(j)) {
        if a == b {
            words += 1;
            squares += u32::from(level) * u32::from(level);
        }
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    if words >= 2 { f64::from(squares) / 225.0 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_share_what_stands_together_in_both() {
        let one =
            passages(["The dredger Corvina was halted by arsenic in the silt.", "The orchestra opened its season."]);
        let other = passages(["Arsenic was found in the silt by the crew of the Corvina."]);
        assert_eq!(one.0.len(), 2);
        assert!(shared(&one.0[0], &other.0[0]) > 2.0);
        assert_eq!(shared(&one.0[1], &other.0[0]), 0.0);
        assert_eq!(passages(["It was so."]).words(), 0);
    }
}
