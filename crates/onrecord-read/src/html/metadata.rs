//! What a page says of itself: JSON-LD, OpenGraph and other `<meta>`, `<time>`.

use super::page::Page;
use crate::{AboutRow, dates, text::byline};
use serde_json::Value;

/// Title, outlet, date, authors and address as the page's head gives them.
pub(crate) fn metadata(page: &Page) -> AboutRow {
    let mut found = AboutRow::default();
    for data in &page.data {
        if let Ok(value) = serde_json::from_str::<Value>(data.trim()) {
            linked(&value, &mut found, 0);
        }
    }
    let meta = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| page.metas.iter().find(|(key, value)| key == name && !value.is_empty()))
            .map(|(_, value)| value.as_str())
    };
    set(
        &mut found.outlet,
        meta(&[
            "og:site_name",
            "application-name",
            "twitter:app:name:iphone",
            "dc.publisher",
            "citation_journal_title",
        ]),
    );
    let heading =
        meta(&["og:title", "twitter:title", "dc.title", "title", "headline", "parsely-title", "sailthru.title"]);
    if found.title.is_empty() {
        found.title = unsuffixed(heading.unwrap_or(&page.title), &found.outlet);
    }
    if found.outlet.is_empty() {
        found.outlet = outlet_of_title(&page.title, &found.title);
    }
    if found.published.is_none() {
        found.published = DATES.iter().find_map(|name| meta(&[name]).and_then(dates::parse_date));
    }
    if found.authors.is_empty() {
        let named = [
            "author",
            "article:author",
            "dc.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
            "dcterms.creator",
            "citation_author",
            "article:author_name",
            "cxenseparse:author",
        ];
        for name in named {
            let values = page.metas.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
            add_authors(&mut found, values);
            if !found.authors.is_empty() {
                break;
            }
        }
    }
    set(&mut found.url, Some(page.canonical.as_str()).filter(|url| url.starts_with("http")).or(meta(&["og:url"])));
    if found.published.is_none() {
        found.published = date_of_url(&found.url);
    }
    found
}

const DATES: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "article.published",
    "published_time",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "date",
    "cxenseparse:recs:publishtime",
    "ptime",
    "article_date_original",
    "originalpublicationdate",
    "citation_publication_date",
    "citation_date",
    "last-modified-date",
    "displaydate",
    "bt:pubdate",
    "date_published",
    "rnews:datepublished",
];

fn set(into: &mut String, value: Option<&str>) {
    if into.is_empty() {
        *into = value.unwrap_or_default().trim().to_owned();
    }
}

/// Takes what a JSON-LD value says of an article; looks into lists and graphs.
fn linked(value: &Value, found: &mut AboutRow, depth: usize) {
    if depth > 8 {
        return;
    }
    match value {
        Value::Array(all) => all.iter().for_each(|value| linked(value, found, depth + 1)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                linked(graph, found, depth + 1);
            }
            let kind = |value: &Value| {
                value.as_str().is_some_and(|kind| {
                    kind.ends_with("Article")
                        || kind.ends_with("Posting")
                        || kind == "ReportageNewsArticle"
                        || kind == "Report"
                })
            };
            let article =
                object.get("@type").is_some_and(|t| kind(t) || t.as_array().is_some_and(|all| all.iter().any(kind)));
            if !article {
                return ["mainEntity", "mainEntityOfPage"]
                    .iter()
                    .filter_map(|key| object.get(*key))
                    .for_each(|inner| linked(inner, found, depth + 1));
            }
            let text = |key: &str| object.get(key).and_then(Value::as_str).map(decoded);
            if found.title.is_empty() {
                found.title = text("headline").or_else(|| text("name")).unwrap_or_default();
            }
            if found.published.is_none() {
                found.published =
                    text("datePublished").or_else(|| text("dateCreated")).and_then(|date| dates::parse_date(&date));
            }
            if found.outlet.is_empty() {
                found.outlet = object
                    .get("publisher")
                    .and_then(names_of)
                    .and_then(|names| names.first().cloned())
                    .unwrap_or_default();
            }
            if found.authors.is_empty()
                && let Some(names) = object.get("author").and_then(names_of)
            {
                add_authors(found, names.iter().map(String::as_str));
            }
            if found.url.is_empty() {
                found.url = text("url").filter(|url| url.starts_with("http")).unwrap_or_default();
            }
        }
        _ => {}
    }
}

/// Names of people or organisations, given as text, object or list.
fn names_of(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(name) => Some(vec![decoded(name)]),
        Value::Object(object) => match object.get("name")? {
            Value::Array(names) => Some(names.iter().filter_map(Value::as_str).map(decoded).collect()),
            name => Some(vec![decoded(name.as_str()?)]),
        },
        Value::Array(all) => Some(all.iter().filter_map(names_of).flatten().collect()),
        _ => None,
    }
}

/// Titles inside JSON-LD often bear the references of HTML.
fn decoded(text: &str) -> String {
    super::characters::decoded(text, 0, text.len()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Adds people; an address, a handle or the outlet itself is none.
pub(crate) fn add_authors<'a>(found: &mut AboutRow, names: impl Iterator<Item = &'a str>) {
    for name in names {
        if name.contains("://") || name.starts_with(['@', '/']) || name.contains(".com") || name.is_empty() {
            continue;
        }
        let read = byline::names(name).unwrap_or_default();
        for author in read.authors {
            let known = found.authors.iter().any(|known| known.eq_ignore_ascii_case(&author));
            if !known
                && !author.eq_ignore_ascii_case(&found.outlet)
                && !NOBODY.contains(&author.to_lowercase().as_str())
            {
                found.authors.push(author);
            }
        }
        if found.credit.is_empty() && !read.credit.eq_ignore_ascii_case(&found.outlet) {
            found.credit = read.credit;
        }
    }
}

const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "editor",
    "editorial",
    "staff",
    "newsroom",
    "guest",
    "anonymous",
    "webmaster",
    "author",
    "unknown",
    "null",
    "undefined",
    "news desk",
    "web desk",
];
const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • ", " // "];

/// A title without the outlet behind (or before) it.
fn unsuffixed(title: &str, outlet: &str) -> String {
    let mut title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in SEPARATORS {
        if let Some((before, after)) = title.rsplit_once(mark) {
            let named = same(after, outlet);
            let short =
                after.split_whitespace().count() <= 4 && before.split_whitespace().count() >= 4 && mark != " - ";
            let dashed = mark == " - "
                && before.split_whitespace().count() >= 5
                && after.split_whitespace().count() <= 4
                && after.starts_with(char::is_uppercase);
            if named || short || dashed {
                title = before.trim().to_owned();
                continue;
            }
        }
        if let Some((before, after)) = title.split_once(mark)
            && same(before, outlet)
        {
            title = after.trim().to_owned();
        }
    }
    title
}

fn same(a: &str, b: &str) -> bool {
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && a == b
}

/// The outlet that stands behind the headline in the page's title.
fn outlet_of_title(whole: &str, title: &str) -> String {
    let rest = whole.strip_prefix(title).unwrap_or_default();
    SEPARATORS
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))
        .filter(|outlet| outlet.split_whitespace().count() <= 5)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// "…/2024/05/03/…" or "…/2024-05-03-…" in an address.
fn date_of_url(url: &str) -> Option<String> {
    let digits = |text: &str, n: usize| text.len() >= n && text.as_bytes()[..n].iter().all(u8::is_ascii_digit);
    for (at, _) in url.match_indices("/20").chain(url.match_indices("/19")) {
        let rest = &url[at + 1..];
        let Some(mark) = rest.as_bytes().get(4).map(|b| *b as char).filter(|c| matches!(c, '/' | '-')) else {
            continue;
        };
        let mut parts = rest.splitn(3, mark);
        let (year, month, day) = (parts.next()?, parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if digits(year, 4)
            && year.len() == 4
            && digits(month, 2)
            && month.len() == 2
            && digits(day, 2)
            && !digits(day, 3)
        {
            return dates::parse_date(&format!("{year}-{month}-{}", &day[..2]));
        }
    }
    None
}
