//! Numbers in digits and words: "4.2 million", "forty-one", "a hundred and twenty", "half a million", "£1.3bn".

/// Words of a number at most: more are a list.
const MOST: usize = 12;

/// A word and whether white space follows it.
pub(crate) type Word<'a> = (&'a str, bool);

/// The number that `words` (neighbouring tokens) begin with, in thousandths, and how many of them it takes. After a sign of money
/// "4m" is four million and "500k" half of one. O(1).
pub(crate) fn numeral(words: &[Word], after_money: bool) -> Option<(i64, usize)> {
    let words: Vec<(String, bool)> =
        words.iter().take(MOST).map(|&(word, spaced)| (word.to_lowercase(), spaced)).collect();
    let word = |at: usize| words.get(at).map_or("", |(word, _)| word.as_str());
    let glued = |at: usize| words.get(at).is_some_and(|&(_, spaced)| !spaced);
    // What is summed up to the last thousand or million, what stands since, and how many words that makes.
    let (mut whole, mut since, mut taken) = (0i64, None::<i64>, 0);
    let mut at = 0;
    while at < words.len() {
        let own = word(at);
        if let Some(value) = below_hundred(own) {
            let below = since.map(|before| (before, before % 100_000));
            let follows = match below {
                None => true,
                Some((before, 0)) => before > 0,
                Some((_, tens)) => tens >= 20_000 && tens % 10_000 == 0 && (1000..10_000).contains(&value),
            };
            if !follows {
                break;
            }
            since = Some(since.unwrap_or(0) + value);
        } else if let Some(value) = digits(own, after_money).filter(|_| since.is_none() && whole == 0) {
            since = Some(value);
            if after_money && glued(at) && word(at + 1) == "m" {
                (since, at) = (value.checked_mul(1_000_000), at + 1);
            }
        } else if let Some(times) = magnitude(own) {
            // "Several hundred": nobody says how many.
            let before = since.or((at > 0 && taken == 0).then_some(1000))?;
            let value = before.checked_mul(times)?;
            (whole, since) = if times < 1000 { (whole, Some(value)) } else { (whole.checked_add(value)?, None) };
        } else {
            let next = word(at + 1);
            let joins = match own {
                "a" | "an" => at == 0 && magnitude(next).is_some(),
                "half" if at == 0 && magnitude(next).is_some() => true,
                "half" => at == 0 && matches!(next, "a" | "-") && magnitude(word(2)).is_some(),
                "-" => {
                    taken == at && at > 0 && glued(at) && (below_hundred(next).is_some() || magnitude(next).is_some())
                }
                "and" => {
                    taken == at && since.is_some_and(|before| before % 100_000 == 0) && below_hundred(next).is_some()
                }
                _ => false,
            };
            if !joins {
                break;
            }
            if own == "half" {
                since = Some(500);
                at += usize::from(matches!(next, "a" | "-"));
            }
            at += 1;
            continue;
        }
        at += 1;
        taken = at;
    }
    (taken > 0).then_some(())?;
    Some((whole.checked_add(since.unwrap_or(0))?, taken))
}

/// Thousandths of a word for less than a hundred.
fn below_hundred(word: &str) -> Option<i64> {
    #[rustfmt::skip]
    const UNITS: [&str; 20] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let unit = || UNITS.iter().position(|w| *w == word).map(|value| value as i64 * 1000);
    let tens = || TENS.iter().position(|w| *w == word).map(|value| (value as i64 + 2) * 10_000);
    unit().or_else(tens)
}

/// What a word of magnitude multiplies by.
fn magnitude(word: &str) -> Option<i64> {
    match word {
        "dozen" => Some(12),
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "lakh" => Some(100_000),
        "million" => Some(1_000_000),
        "crore" => Some(10_000_000),
        "billion" => Some(1_000_000_000),
        "trillion" => Some(1_000_000_000_000),
        _ => None,
    }
}

/// Thousandths of digits, with a magnitude behind them: "1,250", "11.32", "1.3bn".
fn digits(word: &str, after_money: bool) -> Option<i64> {
    let (number, times) = match word {
        _ if word.ends_with("bn") => (&word[..word.len() - 2], 1_000_000_000),
        _ if after_money && word.ends_with('b') => (&word[..word.len() - 1], 1_000_000_000),
        _ if after_money && word.ends_with('m') => (&word[..word.len() - 1], 1_000_000),
        _ if after_money && word.ends_with('k') => (&word[..word.len() - 1], 1000),
        _ => (word, 1),
    };
    let number: String = number.chars().filter(|c| *c != ',').collect();
    let (whole, rest) = number.split_once('.').unwrap_or((&number, ""));
    let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || !is_number(whole) || !is_number(rest) {
        return None;
    }
    let thousandths: String = rest.chars().chain("000".chars()).take(3).collect();
    (whole.parse::<i64>().ok()? * 1000 + thousandths.parse::<i64>().ok()?).checked_mul(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The number at the start of a line of tokens; "_" before a token glues it to the one before.
    fn read(line: &str) -> Option<(i64, usize)> {
        let tokens: Vec<&str> = line.split(' ').collect();
        let spaced = |at: usize| tokens.get(at + 1).is_none_or(|next| !next.starts_with('_'));
        let words: Vec<Word> =
            tokens.iter().enumerate().map(|(at, token)| (token.trim_start_matches('_'), spaced(at))).collect();
        match words.split_first() {
            Some((("$", _), rest)) => numeral(rest, true),
            _ => numeral(&words, false),
        }
    }

    #[test]
    fn numbers_are_read_in_thousandths() {
        for (line, value, taken) in [
            ("1,250", 1_250_000, 1),
            ("11.32 percent", 11_320, 1),
            ("Twelve", 12_000, 1),
            ("forty", 40_000, 1),
            ("forty _- _one people", 41_000, 3),
            ("4.2 million euros", 4_200_000_000, 2),
            ("12 _- _million", 12_000_000_000, 3),
            ("a dozen patients", 12_000, 2),
            ("two dozen", 24_000, 2),
            ("half a million dollars", 500_000_000, 3),
            ("half _- _million", 500_000_000, 3),
            ("a hundred and twenty _- _one were", 121_000, 6),
            ("two hundred thousand", 200_000_000, 3),
            ("one million two hundred thousand", 1_200_000_000, 5),
            ("2.3 crore", 23_000_000_000, 2),
            ("1.3bn", 1_300_000_000_000, 1),
            ("$ 4 _m", 4_000_000_000, 2),
            ("$ 4m", 4_000_000_000, 1),
            ("$ 500k", 500_000_000, 1),
            ("4 _m high", 4000, 1),
            ("3 _- _2", 3000, 1),
            ("17 _- _year", 17_000, 1),
            ("nine two", 9000, 1),
            ("two and three", 2000, 1),
            ("zero", 0, 1),
        ] {
            assert_eq!(read(line), Some((value, taken)), "{line}");
        }
    }

    #[test]
    fn what_does_not_say_how_many_is_no_number() {
        for line in
            ["hundred people", "half the town", "a town", "v2", "1.2.3", "and two", "-", "", "1,000,000,000,000,000"]
        {
            assert_eq!(read(line), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_words_are_read_or_left(words in prop::collection::vec(("[a-z0-9.,-]{0,4}|two|ten|ninety|hundred|million|trillion|half|a|and|-", any::<bool>()), 0..16), money: bool) {
            let words: Vec<Word> = words.iter().map(|(word, spaced)| (word.as_str(), *spaced)).collect();
            if let Some((value, taken)) = numeral(&words, money) {
                prop_assert!(value >= 0 && taken > 0 && taken <= words.len());
            }
        }
    }
}
