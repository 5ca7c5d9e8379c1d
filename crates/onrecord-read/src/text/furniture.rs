//! What belongs to a page and not to its story, told by the shape and the stock phrases of a line.

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

const GALLERY_OPENS: &[&str] = &[
    "see gallery",
    "view gallery",
    "open gallery",
    "launch gallery",
    "photo gallery",
    "gallery",
    "slideshow",
    "view slideshow",
    "start slideshow",
    "view photos",
    "view all photos",
    "see photos",
    "see all photos",
    "launch slideshow",
    "in pictures",
    "image gallery",
    "click through the gallery",
];
const GALLERY_CLOSES: &[&str] = &[
    "back to slide",
    "back to gallery",
    "close gallery",
    "exit gallery",
    "end of gallery",
    "see all",
    "hide caption",
    "show caption",
    "hide captions",
    "show captions",
    "next slide",
    "previous slide",
    "next photo",
    "previous photo",
    "next image",
    "previous image",
    "toggle caption",
    "of",
    "back to first slide",
    "restart gallery",
    "end slideshow",
    "close slideshow",
    "replay gallery",
];
const CODAS: &[&str] = &[
    "about the author",
    "about the authors",
    "about the writer",
    "about author",
    "author bio",
    "about us",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "join the conversation",
    "join the discussion",
    "add a comment",
    "post your comment",
    "view comments",
    "show comments",
    "comments are closed",
    "comments",
    "read full story",
    "read the full story",
    "subscribe to our other newsletters",
    "subscribe to our newsletter",
    "subscribe to our newsletters",
    "write a comment",
    "conversation",
    "sponsored content",
    "around the web",
    "from around the web",
    "promoted stories",
];
const LINK_HEADS: &[&str] = &[
    "see also",
    "read more",
    "read also",
    "also read",
    "read next",
    "up next",
    "related",
    "related stories",
    "related articles",
    "related story",
    "related article",
    "related news",
    "related content",
    "related topics",
    "related links",
    "related posts",
    "related coverage",
    "related video",
    "related videos",
    "more related",
    "most read",
    "most popular",
    "most viewed",
    "most shared",
    "most commented",
    "popular",
    "popular now",
    "popular stories",
    "popular news",
    "popular posts",
    "trending",
    "trending now",
    "trending stories",
    "top stories",
    "top news",
    "latest",
    "latest news",
    "latest stories",
    "recent news",
    "recent posts",
    "recent stories",
    "recent articles",
    "you might also like",
    "you may also like",
    "you may like",
    "you might like",
    "recommended",
    "recommended for you",
    "recommended stories",
    "recommended reading",
    "recommended articles",
    "editor's picks",
    "editors' picks",
    "editor's choice",
    "editor's pick",
    "don't miss",
    "must read",
    "must reads",
    "must watch",
    "more stories",
    "more news",
    "more headlines",
    "more top stories",
    "more like this",
    "more on this story",
    "more on this topic",
    "more from this section",
    "in case you missed it",
    "what to read next",
    "what others are reading",
    "keep reading",
    "further reading",
    "explore more",
    "now watch",
    "watch now",
    "in other news",
    "also in the news",
    "elsewhere",
    "tags",
    "topics",
    "filed under",
    "categories",
    "topics in this article",
    "in this article",
    "sections",
    "links",
    "our picks",
    "today's top stories",
    "stories for you",
    "featured",
    "featured stories",
    "sponsored",
    "paid content",
    "other stories",
];
/// A line that is one of these and nothing else.
const BUTTONS: &[&str] = &[
    "print",
    "email",
    "e-mail",
    "share",
    "tweet",
    "pin it",
    "save",
    "saved",
    "copy link",
    "link copied",
    "copy",
    "facebook",
    "twitter",
    "x",
    "linkedin",
    "whatsapp",
    "reddit",
    "pinterest",
    "telegram",
    "messenger",
    "flipboard",
    "instagram",
    "youtube",
    "tiktok",
    "bluesky",
    "threads",
    "share this",
    "share this article",
    "share this story",
    "share this page",
    "share this post",
    "share article",
    "share on facebook",
    "share on twitter",
    "share on x",
    "share on linkedin",
    "share on whatsapp",
    "share on reddit",
    "share by email",
    "share via email",
    "email this",
    "email this article",
    "print this article",
    "print article",
    "print this page",
    "send",
    "send to a friend",
    "gift this article",
    "gift article",
    "listen",
    "listen to this article",
    "listen to article",
    "play",
    "pause",
    "mute",
    "advertisement",
    "advertising",
    "ad",
    "ads",
    "story continues below advertisement",
    "article continues below advertisement",
    "story continues below",
    "article continues below",
    "article continues after advertisement",
    "continue reading",
    "continue reading below",
    "continue reading the main story",
    "scroll to continue",
    "scroll down to continue reading",
    "skip to content",
    "skip to main content",
    "skip advertisement",
    "skip ad",
    "loading",
    "load more",
    "load more comments",
    "show more",
    "view more",
    "see more",
    "more",
    "view all posts",
    "view all posts by this author",
    "view all",
    "view profile",
    "see full bio",
    "full bio",
    "read full article",
    "read more here",
    "learn more",
    "find out more",
    "click here",
    "tap here",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "subscribe",
    "subscribe now",
    "join now",
    "my account",
    "home",
    "menu",
    "search",
    "close",
    "back",
    "next",
    "previous",
    "back to top",
    "top",
    "go to top",
    "contact us",
    "about us",
    "terms of service",
    "terms of use",
    "terms and conditions",
    "terms & conditions",
    "privacy policy",
    "privacy notice",
    "cookie policy",
    "cookies",
    "accept cookies",
    "accept all",
    "manage cookies",
    "manage preferences",
    "cookie settings",
    "do not sell my personal information",
    "newsletter",
    "newsletters",
    "sign up for free",
    "sign up free",
    "get the app",
    "download the app",
    "follow us",
    "follow",
    "following",
    "follow topic",
    "follow author",
    "like",
    "dislike",
    "reply",
    "report",
    "flag",
    "text size",
    "font size",
    "reset",
    "view on twitter",
    "view on instagram",
    "view this post on instagram",
    "play video",
    "watch video",
    "watch the video",
    "video unavailable",
    "photos",
    "photo",
    "video",
    "videos",
    "image",
    "enlarge this image",
    "enlarge image",
    "view image",
    "view original",
    "toggle menu",
    "breaking news",
    "sponsored by",
    "opens in new window",
    "opens in a new tab",
    "original article",
    "source",
    "read the original article",
    "hide comments",
    "bookmark",
    "permalink",
    "donate",
    "donate now",
    "support us",
    "get alerts",
    "turn on notifications",
    "thank you for reading",
    "thanks for reading",
    "photo credit",
    "image credit",
    "republish this article",
    "republish",
    "cite this article",
    "want to read more",
    "already a subscriber",
    "already have an account",
    "submit",
    "submit a tip",
    "submit a letter",
    "e-paper",
    "e-edition",
    "edition",
    "read comments",
    "write to us",
    "correct this article",
    "report an error",
    "report a typo",
    "suggest a correction",
];
/// Prompts that stand before a colon or another mark and name another piece.
const PREFIXES: &[&str] = &[
    "related:",
    "related -",
    "related |",
    "related story:",
    "related stories:",
    "related article:",
    "related coverage:",
    "related video:",
    "read more:",
    "read more about",
    "read more on",
    "read also:",
    "also read:",
    "read next:",
    "read:",
    "see also:",
    "see more:",
    "more:",
    "more news:",
    "watch:",
    "watch now:",
    "watch live:",
    "now watch:",
    "listen:",
    "listen now:",
    "don't miss:",
    "must read:",
    "must-read:",
    "up next:",
    "trending:",
    "trending now:",
    "popular:",
    "in pictures:",
    "gallery:",
    "photo gallery:",
    "photos:",
    "video:",
    "slideshow:",
    "share this:",
    "tags:",
    "filed under:",
    "filed in:",
    "topics:",
    "topic:",
    "categories:",
    "category:",
    "posted in:",
    "posted in ",
    "explore:",
    "explore more:",
    "further reading:",
    "recommended:",
    "recommended reading:",
    "you might also like:",
    "you may also like:",
    "in case you missed it:",
    "icymi:",
    "most read:",
    "previous:",
    "next:",
    "click here to",
    "click here for",
    "click to ",
    "tap here to",
    "tap to ",
    "view on ",
    "view all posts by",
    "view this post on",
    "follow us on",
    "find us on",
    "like us on",
    "share on ",
    "share via ",
    "share to ",
    "originally published",
    "first published on",
    "this article originally appeared",
    "this article was originally published",
    "this story originally appeared",
    "this story was originally published",
    "this article first appeared",
    "this post originally appeared",
    "the post ",
    "email the author",
    "email the writer",
    "contact the author",
    "contact the writer",
    "contact the reporter",
    "reach the reporter",
    "follow the author",
    "got a tip?",
    "have a tip?",
    "have a news tip?",
    "do you have a news tip",
    "do you have a story",
    "got a story?",
    "want more news?",
    "want to read more?",
    "like what you're reading?",
    "enjoyed this article?",
    "support our journalism",
    "become a member",
    "story continues below",
    "article continues below",
    "advertisement ",
    "sponsored:",
    "paid post",
    "from our partners:",
    "for more ",
    "photo gallery |",
    "download our app",
    "download the app",
    "please enable javascript",
    "javascript is",
];
/// First words of a call to the reader; counts only with [`BAIT`].
const CALLS: &[&str] = &[
    "sign up",
    "subscribe",
    "follow",
    "like",
    "join",
    "download",
    "get",
    "click",
    "tap",
    "share",
    "register",
    "log in",
    "support",
    "become",
    "stay",
    "never miss",
    "enter your",
    "want",
    "start your",
    "try",
    "receive",
    "add",
    "keep up",
    "be the first",
    "to get",
    "to receive",
    "find",
    "send",
    "email",
    "e-mail",
    "contact",
    "emails may",
    "catch up",
    "don't miss",
    "check out",
    "you can",
    "this site",
    "this website",
    "we use",
    "by signing up",
    "by clicking",
    "by subscribing",
    "by entering",
];
const BAIT: &[&str] = &[
    "newsletter",
    "newsletters",
    "inbox",
    "our app",
    "the app",
    "news app",
    "twitter",
    "facebook",
    "instagram",
    "whatsapp",
    "youtube",
    "telegram",
    "our channel",
    "our podcast",
    "subscriber",
    "subscribers",
    "subscription",
    "free trial",
    "breaking news alerts",
    "news alerts",
    "email alerts",
    "unlimited access",
    "cookies",
    "your email",
    "email address",
    "e-mail address",
    "terms of service",
    "privacy policy",
    "terms of use",
    "breaking news",
    "daily digest",
    "daily briefing",
    "full access",
    "google news",
    "delivered straight",
    "delivered to you",
    "delivered daily",
    "our journalism",
    "independent journalism",
    "may offer",
    "here to",
];
const LEGAL: &[&str] = &[
    "all rights reserved",
    "may not be published, broadcast",
    "without written permission",
    "without prior permission",
    "you may unsubscribe",
    "unsubscribe at any time",
    "unsubscribe any time",
    "opt out at any time",
    "terms of service apply",
    "protected by recaptcha",
    "(c) copyright",
    "clients may edit for length",
    "affiliate commission",
    "comments on this story are closed",
    "comments on this article are closed",
    "comments are moderated",
    "views expressed in this article are",
    "the views expressed are those of the author",
    "standards: the ",
    "our standards:",
];
const CAPTION_STARTS: &[&str] = &[
    "photo:",
    "photos:",
    "photo by",
    "photos by",
    "photograph by",
    "photograph:",
    "photographs by",
    "picture:",
    "pictures:",
    "pictured:",
    "image:",
    "image by",
    "image credit",
    "image source",
    "image caption",
    "caption:",
    "file photo",
    "file image",
    "file picture",
    "illustration:",
    "illustration by",
    "graphic:",
    "photo illustration",
    "(photo",
    "[photo",
    "media caption",
    "image copyright",
    "photo courtesy",
    "photo credit",
];
const CREDITS: &[&str] = &[
    "(photo:",
    "(photo by",
    "(photo credit",
    "[photo:",
    "(photo courtesy",
    "photo credit should read",
    "(image:",
    "(image credit",
    "(picture:",
    "(pic:",
    "(file photo",
    "(file)",
    "/getty images",
    "afp photo",
    "(ap photo",
    "ap photo/",
    "tpx images",
    "(screen capture",
    "(screengrab",
    "(screenshot",
    "(courtesy of",
    "(courtesy:",
    "(handout",
    " photo: ",
    " photograph: ",
    " picture: ",
    " image: ",
    " photo credit: ",
    " credit: ",
    "(reuters photo",
    "/file photo",
    "(supplied)",
    "(pool photo",
    "/shutterstock",
    "via getty images",
    "via ap)",
    "via reuters)",
    "via afp)",
    "/wikimedia",
    "(left) and ",
    "photo by:",
];
const CREDIT_ENDS: &[&str] = &[
    "getty images",
    "shutterstock",
    "file photo",
    "file picture",
    "ap photo",
    "afp photo",
    "via ap",
    "via reuters",
    "istock",
    "associated press photo",
    "photo supplied",
    "photo: supplied",
    "staff photo",
    "courtesy photo",
    "wikimedia commons",
    "flickr",
    "unsplash",
];
const COUNTED: &[&str] = &[
    "comments",
    "comment",
    "shares",
    "share",
    "likes",
    "views",
    "reactions",
    "retweets",
    "replies",
    "reads",
    "followers",
    "photos",
    "videos",
    "images",
    "points",
    "votes",
];

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
