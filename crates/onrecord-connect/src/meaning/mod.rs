//! What a proposition says, as a point: wordings that say the same lie close together.
//!
//! A small transformer of the BERT family (Devlin and others 2019), with weights and rows in eight bits, reads the pieces of words
//! of a proposition and gives 64 numbers of length one, kept in eight bits each. How it was taught is told in
//! `models/en/MEANING.md`. Two propositions are compared by the cosine alone, so that pairs cost next to nothing.

mod encoder;
mod pieces;

use encoder::Encoder;
use std::sync::OnceLock;

static WEIGHTS: &[u8] = include_bytes!("../../../../models/en/meaning.onrecord");

/// Numbers of a point.
pub(crate) const POINT: usize = 64;

/// Points of texts, one behind the other: [`POINT`] numbers each; none for a text without words. O(characters) to cut texts into
/// pieces, then O(pieces) for a network of fixed size, which reads the first 48 of a text.
pub(crate) fn points<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Vec<i8>> {
    static ENCODER: OnceLock<Encoder> = OnceLock::new();
    ENCODER.get_or_init(|| Encoder::from_bytes(WEIGHTS)).points(texts)
}

/// Cosine of two points, -1.0..=1.0; 0 where one has none.
pub(crate) fn cosine(a: &[i8], b: &[i8]) -> f32 {
    let sum: i32 = a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum();
    sum as f32 / (127.0 * 127.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wordings_that_say_the_same_lie_closer_than_others_of_the_same_words() {
        let told = [
            "the ferry struck a rock that is marked on every chart",
            "the vessel had run onto a well-known reef",
            "the ferry will be towed to a dock on Monday",
        ];
        let points = points(told);
        let (same, other) = (cosine(&points[0], &points[1]), cosine(&points[0], &points[2]));
        assert!(same > other + 0.1, "{same} {other}");
    }

    #[test]
    fn a_point_does_not_depend_on_what_is_read_with_it() {
        let long = "Nobody told the council that the bridge had been closed for a week, ".repeat(20);
        let mut texts = vec!["The mayor resigned.", "", " \u{200b}\n", "Nobody told the council", &long, "No."];
        texts.extend(["The ferry struck a rock that is marked on every chart, he said."; 40]);
        let together = points(texts.iter().copied());
        assert_eq!(together.len(), texts.len());
        assert!(together[1].is_empty() && together[2].is_empty());
        for (text, point) in texts.iter().zip(&together) {
            assert_eq!(points([*text])[0], *point);
        }
        assert_eq!(cosine(&together[0], &together[1]), 0.0);
        assert!((cosine(&together[0], &together[0]) - 1.0).abs() < 0.02);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_has_a_point_of_length_one_or_none(texts in prop::collection::vec(any::<String>(), 0..4)) {
            let points = points(texts.iter().map(String::as_str));
            prop_assert_eq!(points.len(), texts.len());
            for point in points {
                prop_assert!(point.is_empty() || point.len() == POINT && (cosine(&point, &point) - 1.0).abs() < 0.03);
            }
        }
    }
}
