//! Stock phrases of pages, in lower case with straight apostrophes. Kept apart from the rules that use them.

/// Opens a gallery.
#[rustfmt::skip]
pub(super) const GALLERY_OPENS: &[&str] = &[
    "see gallery", "view gallery", "open gallery", "launch gallery", "photo gallery", "gallery", "slideshow",
    "view slideshow", "start slideshow", "view photos", "view all photos", "see photos", "see all photos",
    "launch slideshow", "in pictures", "image gallery", "click through the gallery",
];

/// Stands in or closes a gallery.
#[rustfmt::skip]
pub(super) const GALLERY_CLOSES: &[&str] = &[
    "back to slide", "back to gallery", "close gallery", "exit gallery", "end of gallery", "see all", "hide caption",
    "show caption", "hide captions", "show captions", "next slide", "previous slide", "next photo", "previous photo",
    "next image", "previous image", "toggle caption", "of", "back to first slide", "restart gallery", "end slideshow",
    "close slideshow", "replay gallery",
];

/// Heads what follows the story.
#[rustfmt::skip]
pub(super) const CODAS: &[&str] = &[
    "about the author", "about the authors", "about the writer", "about author", "author bio", "about us",
    "leave a comment", "leave a reply", "post a comment", "join the conversation", "join the discussion",
    "add a comment", "post your comment", "view comments", "show comments", "comments are closed", "comments",
    "read full story", "read the full story", "subscribe to our other newsletters", "subscribe to our newsletter",
    "subscribe to our newsletters", "write a comment", "conversation", "sponsored content", "around the web",
    "from around the web", "promoted stories",
];

/// Heads a list of links.
#[rustfmt::skip]
pub(super) const LINK_HEADS: &[&str] = &[
    "see also", "read more", "read also", "also read", "read next", "up next", "related", "related stories",
    "related articles", "related story", "related article", "related news", "related content", "related topics",
    "related links", "related posts", "related coverage", "related video", "related videos", "more related",
    "most read", "most popular", "most viewed", "most shared", "most commented", "popular", "popular now",
    "popular stories", "popular news", "popular posts", "trending", "trending now", "trending stories", "top stories",
    "top news", "latest", "latest news", "latest stories", "recent news", "recent posts", "recent stories",
    "recent articles", "you might also like", "you may also like", "you may like", "you might like", "recommended",
    "recommended for you", "recommended stories", "recommended reading", "recommended articles", "editor's picks",
    "editors' picks", "editor's choice", "editor's pick", "don't miss", "must read", "must reads", "must watch",
    "more stories", "more news", "more headlines", "more top stories", "more like this", "more on this story",
    "more on this topic", "more from this section", "in case you missed it", "what to read next",
    "what others are reading", "keep reading", "further reading", "explore more", "now watch", "watch now",
    "in other news", "also in the news", "elsewhere", "tags", "topics", "filed under", "categories",
    "topics in this article", "in this article", "sections", "links", "our picks", "today's top stories",
    "stories for you", "featured", "featured stories", "sponsored", "paid content", "other stories",
];

/// A line that is one of these and nothing else.
#[rustfmt::skip]
pub(super) const BUTTONS: &[&str] = &[
    "print", "email", "e-mail", "share", "tweet", "pin it", "save", "saved", "copy link", "link copied", "copy",
    "facebook", "twitter", "x", "linkedin", "whatsapp", "reddit", "pinterest", "telegram", "messenger", "flipboard",
    "instagram", "youtube", "tiktok", "bluesky", "threads", "share this", "share this article", "share this story",
    "share this page", "share this post", "share article", "share on facebook", "share on twitter", "share on x",
    "share on linkedin", "share on whatsapp", "share on reddit", "share by email", "share via email", "email this",
    "email this article", "print this article", "print article", "print this page", "send", "send to a friend",
    "gift this article", "gift article", "listen", "listen to this article", "listen to article", "play", "pause",
    "mute", "advertisement", "advertising", "ad", "ads", "story continues below advertisement",
    "article continues below advertisement", "story continues below", "article continues below",
    "article continues after advertisement", "continue reading", "continue reading below",
    "continue reading the main story", "scroll to continue", "scroll down to continue reading", "skip to content",
    "skip to main content", "skip advertisement", "skip ad", "loading", "load more", "load more comments",
    "show more", "view more", "see more", "more", "view all posts", "view all posts by this author", "view all",
    "view profile", "see full bio", "full bio", "read full article", "read more here", "learn more", "find out more",
    "click here", "tap here", "log in", "login", "sign in", "sign up", "register", "subscribe", "subscribe now",
    "join now", "my account", "home", "menu", "search", "close", "back", "next", "previous", "back to top", "top",
    "go to top", "contact us", "about us", "terms of service", "terms of use", "terms and conditions",
    "terms & conditions", "privacy policy", "privacy notice", "cookie policy", "cookies", "accept cookies",
    "accept all", "manage cookies", "manage preferences", "cookie settings", "do not sell my personal information",
    "newsletter", "newsletters", "sign up for free", "sign up free", "get the app", "download the app", "follow us",
    "follow", "following", "follow topic", "follow author", "like", "dislike", "reply", "report", "flag", "text size",
    "font size", "reset", "view on twitter", "view on instagram", "view this post on instagram", "play video",
    "watch video", "watch the video", "video unavailable", "photos", "photo", "video", "videos", "image",
    "enlarge this image", "enlarge image", "view image", "view original", "toggle menu", "breaking news",
    "sponsored by", "opens in new window", "opens in a new tab", "original article", "source",
    "read the original article", "hide comments", "bookmark", "permalink", "donate", "donate now", "support us",
    "get alerts", "turn on notifications", "thank you for reading", "thanks for reading", "photo credit",
    "image credit", "republish this article", "republish", "cite this article", "want to read more",
    "already a subscriber", "already have an account", "submit", "submit a tip", "submit a letter", "e-paper",
    "e-edition", "edition", "read comments", "write to us", "correct this article", "report an error",
    "report a typo", "suggest a correction",
];

/// Prompts that stand before a colon or another mark and name another piece.
#[rustfmt::skip]
pub(super) const PREFIXES: &[&str] = &[
    "related:", "related -", "related |", "related story:", "related stories:", "related article:",
    "related coverage:", "related video:", "read more:", "read more about", "read more on", "read also:",
    "also read:", "read next:", "read:", "see also:", "see more:", "more:", "more news:", "watch:", "watch now:",
    "watch live:", "now watch:", "listen:", "listen now:", "don't miss:", "must read:", "must-read:", "up next:",
    "trending:", "trending now:", "popular:", "in pictures:", "gallery:", "photo gallery:", "photos:", "video:",
    "slideshow:", "share this:", "tags:", "filed under:", "filed in:", "topics:", "topic:", "categories:",
    "category:", "posted in:", "posted in ", "explore:", "explore more:", "further reading:", "recommended:",
    "recommended reading:", "you might also like:", "you may also like:", "in case you missed it:", "icymi:",
    "most read:", "previous:", "next:", "click here to", "click here for", "click to ", "tap here to", "tap to ",
    "view on ", "view all posts by", "view this post on", "follow us on", "find us on", "like us on", "share on ",
    "share via ", "share to ", "originally published", "first published on", "this article originally appeared",
    "this article was originally published", "this story originally appeared", "this story was originally published",
    "this article first appeared", "this post originally appeared", "the post ", "email the author",
    "email the writer", "contact the author", "contact the writer", "contact the reporter", "reach the reporter",
    "follow the author", "got a tip?", "have a tip?", "have a news tip?", "do you have a news tip",
    "do you have a story", "got a story?", "want more news?", "want to read more?", "like what you're reading?",
    "enjoyed this article?", "support our journalism", "become a member", "story continues below",
    "article continues below", "advertisement ", "sponsored:", "paid post", "from our partners:", "for more ",
    "photo gallery |", "download our app", "download the app", "please enable javascript", "javascript is",
];

/// First words of a call to the reader; counts only with [`BAIT`].
#[rustfmt::skip]
pub(super) const CALLS: &[&str] = &[
    "sign up", "subscribe", "follow", "like", "join", "download", "get", "click", "tap", "share", "register",
    "log in", "support", "become", "stay", "never miss", "enter your", "want", "start your", "try", "receive", "add",
    "keep up", "be the first", "to get", "to receive", "find", "send", "email", "e-mail", "contact", "emails may",
    "catch up", "don't miss", "check out", "you can", "this site", "this website", "we use", "by signing up",
    "by clicking", "by subscribing", "by entering",
];

/// What a call to the reader is about.
#[rustfmt::skip]
pub(super) const BAIT: &[&str] = &[
    "newsletter", "newsletters", "inbox", "our app", "the app", "news app", "twitter", "facebook", "instagram",
    "whatsapp", "youtube", "telegram", "our channel", "our podcast", "subscriber", "subscribers", "subscription",
    "free trial", "breaking news alerts", "news alerts", "email alerts", "unlimited access", "cookies", "your email",
    "email address", "e-mail address", "terms of service", "privacy policy", "terms of use", "breaking news",
    "daily digest", "daily briefing", "full access", "google news", "delivered straight", "delivered to you",
    "delivered daily", "our journalism", "independent journalism", "may offer", "here to",
];

/// Notices, anywhere in a line.
#[rustfmt::skip]
pub(super) const LEGAL: &[&str] = &[
    "all rights reserved", "may not be published, broadcast", "without written permission",
    "without prior permission", "you may unsubscribe", "unsubscribe at any time", "unsubscribe any time",
    "opt out at any time", "terms of service apply", "protected by recaptcha", "(c) copyright",
    "clients may edit for length", "affiliate commission", "comments on this story are closed",
    "comments on this article are closed", "comments are moderated", "views expressed in this article are",
    "the views expressed are those of the author", "standards: the ", "our standards:",
];

/// Opens a caption.
#[rustfmt::skip]
pub(super) const CAPTION_STARTS: &[&str] = &[
    "photo:", "photos:", "photo by", "photos by", "photograph by", "photograph:", "photographs by", "picture:",
    "pictures:", "pictured:", "image:", "image by", "image credit", "image source", "image caption", "caption:",
    "file photo", "file image", "file picture", "illustration:", "illustration by", "graphic:", "photo illustration",
    "(photo", "[photo", "media caption", "image copyright", "photo courtesy", "photo credit",
];

/// Credit of a picture, anywhere in a line.
#[rustfmt::skip]
pub(super) const CREDITS: &[&str] = &[
    "(photo:", "(photo by", "(photo credit", "[photo:", "(photo courtesy", "photo credit should read", "(image:",
    "(image credit", "(picture:", "(pic:", "(file photo", "(file)", "/getty images", "afp photo", "(ap photo",
    "ap photo/", "tpx images", "(screen capture", "(screengrab", "(screenshot", "(courtesy of", "(courtesy:",
    "(handout", " photo: ", " photograph: ", " picture: ", " image: ", " photo credit: ", " credit: ",
    "(reuters photo", "/file photo", "(supplied)", "(pool photo", "/shutterstock", "via getty images", "via ap)",
    "via reuters)", "via afp)", "/wikimedia", "(left) and ", "photo by:",
];

/// Credit of a picture at the end of a line.
#[rustfmt::skip]
pub(super) const CREDIT_ENDS: &[&str] = &[
    "getty images", "shutterstock", "file photo", "file picture", "ap photo", "afp photo", "via ap", "via reuters",
    "istock", "associated press photo", "photo supplied", "photo: supplied", "staff photo", "courtesy photo",
    "wikimedia commons", "flickr", "unsplash",
];

/// What counters count.
#[rustfmt::skip]
pub(super) const COUNTED: &[&str] = &[
    "comments", "comment", "shares", "share", "likes", "views", "reactions", "retweets", "replies", "reads",
    "followers", "photos", "videos", "images", "points", "votes",
];
