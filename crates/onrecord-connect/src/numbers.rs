//! Numbers in digits and words.

/// Thousandths of a plain number in digits or words.
pub(crate) fn plain_number(word: &str) -> Option<i64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let lower = word.to_lowercase();
    if let Some(value) = WORDS.iter().position(|w| *w == lower) {
        return Some(value as i64 * 1000);
    }
    let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some(value) = tens.iter().position(|w| *w == lower) {
        return Some((value as i64 + 3) * 10_000);
    }
    let digits: String = lower.chars().filter(|c| *c != ',').collect();
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    if whole.is_empty()
        || whole.len() > 12
        || !whole.bytes().all(|b| b.is_ascii_digit())
        || !rest.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let thousandths: String = rest.chars().chain("000".chars()).take(3).collect();
    Some(whole.parse::<i64>().ok()? * 1000 + thousandths.parse::<i64>().ok()?)
}

/// What a word of magnitude multiplies by.
pub(crate) fn scale(word: &str) -> Option<i64> {
    match word.to_lowercase().as_str() {
        "hundred" => Some(100),
        "thousand" => Some(1000),
        "million" => Some(1_000_000),
        "billion" => Some(1_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_thousandths() {
        assert_eq!(plain_number("1,250"), Some(1_250_000));
        assert_eq!(plain_number("11.32"), Some(11_320));
        assert_eq!(plain_number("Twelve"), Some(12_000));
        assert_eq!(plain_number("forty"), Some(40_000));
        assert_eq!(plain_number("1.2.3"), None);
        assert_eq!(plain_number("v2"), None);
    }
}
