//! What belongs to a page and not to its story, told by the shape and the stock phrases of a line.

use super::phrases::{
    BAIT, BUTTONS, CALLS, CAPTION_STARTS, CODAS, COUNTED, CREDIT_ENDS, CREDITS, GALLERY_CLOSES, GALLERY_OPENS, LEGAL,
    LINK_HEADS, PREFIXES,
};

/// What a line is, seen alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// Nothing speaks against its being story.
    Story,
    /// A prompt, a button, a notice.
    Prompt,
    /// A heading over a list of links ("Most read").
    Links,
    /// A heading over words about the writer or the paper; the story is over.
    Coda,
    /// A caption, by its photo credit.
    Caption,
    /// Opens a gallery ("13 PHOTOS", "See Gallery").
    GalleryOpens,
    /// Closes a gallery ("BACK TO SLIDE").
    GalleryCloses,
}

/// Judges one line or paragraph.
pub(crate) fn judge(line: &str) -> Line {
    // Prompts and captions are short; a long line is not looked at twice.
    if line.len() > 1000 {
        return Line::Story;
    }
    let words = line.split_whitespace().count();
    if words > 90 {
        return Line::Story;
    }
    let lower = normal(line);
    let bare = lower
        .trim_end_matches([':', '.', '…', '»', '›', '>', '→', ' ', '!', '+', '▸', '▶'])
        .trim_start_matches(['▶', '»', '›', '>', '←', '→', '+', ' ']);
    if GALLERY_OPENS.contains(&bare) || counted(bare, &["photos", "images", "pictures", "slides"]) {
        return Line::GalleryOpens;
    }
    if GALLERY_CLOSES.contains(&bare) {
        return Line::GalleryCloses;
    }
    if CODAS.contains(&bare) {
        return Line::Coda;
    }
    if LINK_HEADS.contains(&bare)
        || (words <= 6 && bare.starts_with("more from "))
        || (words <= 6 && bare.starts_with("more on "))
    {
        return Line::Links;
    }
    if is_prompt(line, &lower, bare, words) {
        return Line::Prompt;
    }
    if is_caption(line, &lower) { Line::Caption } else { Line::Story }
}

/// Lower case, straight apostrophes, single spaces.
fn normal(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '’' | '‘') { out.push('\'') } else { out.extend(c.to_lowercase()) }
        }
    }
    out
}

fn is_prompt(line: &str, lower: &str, bare: &str, words: usize) -> bool {
    if !bare.chars().any(char::is_alphanumeric) {
        return words <= 3;
    }
    if BUTTONS.contains(&bare) || is_counter(bare) {
        return true;
    }
    if words <= 30 && PREFIXES.iter().any(|prefix| lower.starts_with(prefix) && lower.len() > prefix.len()) {
        return true;
    }
    let quoted = line.contains(['"', '“', '”', '«']);
    if quoted {
        return false;
    }
    let call = words <= 45
        && CALLS.iter().any(|call| starts_with_words(bare, call))
        && BAIT.iter().any(|bait| has_words(lower, bait));
    let legal = words <= 60 && LEGAL.iter().any(|words| lower.contains(words))
        || words <= 30 && (lower.contains('©') || has_words(lower, "unsubscribe"))
        || words <= 25 && has_words(lower, "our privacy policy");
    call || legal
        || (words <= 30
            && (lower.starts_with("(reporting by ")
                || lower.starts_with("reporting by ")
                || lower.starts_with("(editing by ")))
}

/// "3 comments", "12 shares", "5 min read", "1 of 12", "2/14".
fn is_counter(bare: &str) -> bool {
    let mut parts = bare.split([' ', '/']).filter(|p| !p.is_empty());
    let Some(first) = parts.next() else { return false };
    if !first.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return false;
    }
    let rest: Vec<&str> = parts.collect();
    match rest[..] {
        [word] => COUNTED.contains(&word) || (bare.contains('/') && word.bytes().all(|b| b.is_ascii_digit())),
        ["of", word] => word.bytes().all(|b| b.is_ascii_digit()),
        ["min" | "mins" | "minute" | "minutes", "read"]
        | ["minutes" | "min" | "hours" | "hour" | "days" | "day", "ago"] => true,
        _ => false,
    }
}

fn counted(bare: &str, what: &[&str]) -> bool {
    bare.split_once(' ').is_some_and(|(n, word)| n.bytes().all(|b| b.is_ascii_digit()) && what.contains(&word))
}

fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Whether a line ends in, or opens with, the credit of a picture.
pub(crate) fn is_caption(line: &str, lower: &str) -> bool {
    if CAPTION_STARTS.iter().any(|start| lower.starts_with(start)) {
        return true;
    }
    if CREDITS.iter().any(|credit| lower.contains(credit)) {
        return true;
    }
    let end = lower.trim_end_matches(['.', ')', ']', ' ']);
    let bracketed = lower.ends_with([')', ']']);
    if CREDIT_ENDS.iter().any(|credit| end.ends_with(credit)) && (bracketed || !lower.ends_with('.')) {
        return true;
    }
    // "(Gazette file)", "REUTERS/Ada Bell", "AFP/Bo Ray", "(AP)"
    let file = bracketed && end.ends_with(" file") && lower.rfind('(').is_some_and(|at| end.len() - at < 40);
    let agency = ["REUTERS/", "Reuters/", "AFP/", "EPA/", "AP/", "PA/", "AAP/", "EFE/", "TASS/"]
        .iter()
        .any(|mark| line.match_indices(mark).any(|(at, _)| line[at + mark.len()..].starts_with(char::is_uppercase)));
    let slashed = ["/ap", "/afp", "/reuters", "/epa", "/pa", "/aap", "/efe"].iter().any(|mark| end.ends_with(mark));
    file || (agency && !line.contains("http")) || slashed
}

#[cfg(test)]
mod tests {
    use super::{Line, judge};

    #[test]
    fn prompts() {
        for line in [
            "Print",
            "SHARE",
            "3 Comments",
            "5 min read",
            "1 of 12",
            "RELATED: Harbour crane fails again",
            "Read more: The crane that never was",
            "Sign up for the Morning Tide newsletter and get the harbour news in your inbox",
            "Follow us on Facebook and Instagram",
            "© 2024 Coastal Media. All rights reserved.",
            "Click here to subscribe to the Gazette.",
            "NOW WATCH: How a crane is built",
            "Advertisement",
            "Emails may offer personalised content. You may unsubscribe at any time.",
            "(Reporting by Ada Bell; Editing by Bo Ray)",
            "* * *",
            "Download our app and never miss a goal",
        ] {
            assert_eq!(judge(line), Line::Prompt, "{line}");
        }
    }

    #[test]
    fn heads_and_galleries() {
        assert_eq!(judge("You might also like"), Line::Links);
        assert_eq!(judge("MOST READ"), Line::Links);
        assert_eq!(judge("More from Coastal Now"), Line::Links);
        assert_eq!(judge("About the author"), Line::Coda);
        assert_eq!(judge("7 PHOTOS"), Line::GalleryOpens);
        assert_eq!(judge("Back to slide"), Line::GalleryCloses);
    }

    #[test]
    fn captions() {
        for line in [
            "The harbour at dawn. (Photo: Ada Bell)",
            "A crane falls, March 3. REUTERS/Ada Bell",
            "The mayor on Monday. Bo Ray / AFP PHOTO",
            "The mayor on Monday. Ada Bell/Getty Images",
            "The clerk leaves the hall in May. (Gazette file)",
            "Photo: Supplied",
            "Mayor Bell at the hearing. Photograph: Bo Ray/PA",
        ] {
            assert_eq!(judge(line), Line::Caption, "{line}");
        }
    }

    #[test]
    fn story_lines_stay() {
        for line in [
            "“Sign up for the newsletter,” the mayor told residents.",
            "Sign up sheets were missing, the clerk said.",
            "The board updated its privacy policy in May, the union said.",
            "Share prices fell by a third on Monday.",
            "Related families were housed together, she said.",
            "More than 40 people signed.",
            "Follow the money, the auditor wrote.",
            "He said Facebook and Twitter had removed the posts.",
            "The photographs were taken in May.",
            "What happens next",
            "Like many harbour towns, it lives from fish.",
            "Comments by the mayor drew anger.",
            "Getty Images sued the firm over the pictures in 2020, and it lost.",
        ] {
            assert_eq!(judge(line), Line::Story, "{line}");
        }
    }
}
