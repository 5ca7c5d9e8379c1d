//! Which words of one text are not in another, in order.

/// Texts of more words than this are not aligned: the table grows with the product of both.
const WORDS_MAX: usize = 400;

/// Cuts `after` into runs that stand in `before` too (true) and runs that do not (false). The runs together are `after`.
pub fn differ<'a>(before: &str, after: &'a str) -> Vec<(bool, &'a str)> {
    let old: Vec<&str> = before.split_whitespace().map(bare).collect();
    let new = words(after);
    if after.is_empty() {
        return Vec::new();
    }
    if old.len() > WORDS_MAX || new.len() > WORDS_MAX {
        return vec![(true, after)];
    }
    let kept = common(&old, &new.iter().map(|&(_, word)| bare(word)).collect::<Vec<_>>());
    let mut runs: Vec<(bool, usize, usize)> = Vec::new();
    for (n, &(start, word)) in new.iter().enumerate() {
        // White space before a word goes to the run of that word, so that nothing is lost.
        let from = runs.last().map_or(0, |run| run.2);
        let end = if n + 1 == new.len() { after.len() } else { start + word.len() };
        match runs.last_mut() {
            Some(run) if run.0 == kept[n] => run.2 = end,
            _ => runs.push((kept[n], from, end)),
        }
    }
    if runs.is_empty() {
        return vec![(true, after)];
    }
    runs.into_iter().map(|(same, from, to)| (same, &after[from..to])).collect()
}

/// A word without the marks around it: a comma more is no difference.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| (start(word), word)).collect()
}

/// For each word of `new`, whether it is in the longest common subsequence with `old`.
fn common(old: &[&str], new: &[&str]) -> Vec<bool> {
    let width = new.len() + 1;
    let mut longest = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i * width + j] = if old[i].eq_ignore_ascii_case(new[j]) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut kept = vec![false; new.len()];
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        if old[i].eq_ignore_ascii_case(new[j]) {
            kept[j] = true;
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_words_stand_out_and_nothing_is_lost() {
        let runs = differ("19 people were injured", "About 17 people were injured, she said.");
        assert_eq!(runs, [(false, "About 17"), (true, " people were injured,"), (false, " she said.")]);
        for (before, after) in [("", "  a b "), ("x", " "), ("é a", "é  b\n"), ("", "")] {
            assert_eq!(differ(before, after).iter().map(|r| r.1).collect::<String>(), after);
        }
    }
}
