//! The whole record as one page that needs nothing else: no server, no script, no other file.

use super::pages;
use anyhow::Context;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use onrecord::views::{self, ReportHead};
use onrecord::{Of, Record};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Writes the page. Links between the pages of the server become links inside this one.
pub fn write(record: &Record, path: &Path) -> anyhow::Result<()> {
    let shown = || path.display().to_string();
    let mut file = BufWriter::new(std::fs::File::create(path).with_context(shown)?);
    let mut put = |markup: Markup| file.write_all(inside(&markup.into_string()).as_bytes()).with_context(shown);
    let desk = views::desk(record)?;
    put(PreEscaped(head()))?;
    put(html! {
        h1 { (desk.counts.line()) }
        section #stories { h2 { "Stories" } (pages::lists::stories(&desk.stories)) }
        section #reports { h2 { "Reports" } (pages::lists::report_table(&record.report_heads(Of::All, u32::MAX)?)) }
        section #people { h2 { "People" } (pages::lists::cast(&record.named_people(Of::All, u32::MAX)?)) }
    })?;
    for head in record.statement_heads(Of::All, u32::MAX)? {
        let view = views::statement(record, &head.id)?;
        put(html! { article id={ "statement-" (head.id) } { (pages::statement::page(&view)) } })?;
    }
    for head in record.entity_heads(Of::All, "person", u32::MAX)? {
        let view = views::person(record, &head.id)?;
        put(html! { article id={ "person-" (head.id) } { (pages::person::page(&view, false)) } })?;
    }
    for head in record.report_heads(Of::All, u32::MAX)? {
        put(report(record, &head)?)?;
    }
    put(PreEscaped("</main></body></html>\n".to_owned()))?;
    file.flush().with_context(shown)
}

fn report(record: &Record, head: &ReportHead) -> anyhow::Result<Markup> {
    let view = views::report(record, &head.id)?;
    let story = match &head.story {
        Some(story) => record.all(|take| record.each_story(Of::Id(story), take)).map_err(onrecord::Error::from)?.pop(),
        None => None,
    };
    Ok(html! { article id={ "report-" (head.id) } { (pages::report::page(&view, story.as_ref(), None)) } })
}

/// Everything before the first heading.
fn head() -> String {
    let style = PreEscaped(include_str!("assets/onrecord.css"));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Who said what · Onrecord" }
                style { (style) }
            }
            body { main #main {} }
        }
    };
    let page = page.into_string();
    page.strip_suffix("</main></body></html>").unwrap_or(&page).to_owned()
}

/// Makes addresses of the server's pages addresses inside this page: `/report/1f?at=3-9#at` becomes `#report-1f`. What has no
/// place here (stories, comparisons, the API) leads to the top. Texts hold no such attribute: they are escaped.
fn inside(markup: &str) -> String {
    const LINK: &str = "href=\"/";
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find(LINK) {
        out.push_str(&rest[..at]);
        rest = &rest[at + LINK.len()..];
        let end = rest.find('"').unwrap_or(rest.len());
        let address = rest[..end].split(['?', '#']).next().unwrap_or_default();
        rest = &rest[end..];
        let parts: Vec<&str> = address.split('/').collect();
        match parts[..] {
            [kind @ ("report" | "statement" | "person"), id] => out.push_str(&format!("href=\"#{kind}-{id}")),
            ["story", _] => out.push_str("href=\"#stories"),
            [room @ ("stories" | "reports" | "people")] => out.push_str(&format!("href=\"#{room}")),
            _ => out.push_str("href=\"#main"),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn addresses_lead_into_the_page() {
        let page = r##"<a href="/report/1f?at=3-9#at">x</a> <a href="/story/2b">y</a> <a href="https://e.example/">z</a> <a href="/compare/1/2">c</a>"##;
        let want = r##"<a href="#report-1f">x</a> <a href="#stories">y</a> <a href="https://e.example/">z</a> <a href="#main">c</a>"##;
        assert_eq!(inside(page), want);
    }
}
