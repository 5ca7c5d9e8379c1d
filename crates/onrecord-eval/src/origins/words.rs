//! Bags of words.

use std::collections::BTreeMap;

/// How often each word occurs, in lower case: letters, digits and underscores.
#[derive(Clone, Default, Debug, PartialEq)]
pub struct Bag(BTreeMap<String, usize>);

/// Words of a text, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

impl Bag {
    /// The words of several texts.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Bag {
        let mut bag = Bag::default();
        for word in texts.into_iter().flat_map(words) {
            *bag.0.entry(word).or_default() += 1;
        }
        bag
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// The share of the smaller bag that is in both.
    pub fn overlap(&self, other: &Bag) -> f64 {
        let both: usize = self.0.iter().map(|(word, count)| (*count).min(*other.0.get(word).unwrap_or(&0))).sum();
        if self.0.is_empty() || other.0.is_empty() {
            return 0.0;
        }
        both as f64 / self.len().min(other.len()).max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlap_is_of_the_smaller_bag() {
        let (short, long) = (Bag::of(["The dam, the dam"]), Bag::of(["the dam broke", "at noon"]));
        assert_eq!(short.overlap(&long), 0.5);
        assert_eq!(long.overlap(&short), 0.5);
        assert_eq!(short.overlap(&Bag::default()), 0.0);
    }
}
