//! What every page has around it.

use maud::{DOCTYPE, Markup, html};

/// Where in the pages we are, to mark it in the head.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Room {
    Desk,
    Stories,
    Reports,
    People,
    Elsewhere,
}

/// What the frame says.
pub struct Frame<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// File name of the record.
    pub record: &'a str,
    /// Which room is marked.
    pub room: Room,
    /// What is in the search field.
    pub query: &'a str,
}

/// A whole page around `inside`.
pub fn page(frame: &Frame, inside: Markup) -> Markup {
    let rooms = [
        (Room::Desk, "/", "Desk"),
        (Room::Stories, "/stories", "Stories"),
        (Room::Reports, "/reports", "Reports"),
        (Room::People, "/people", "People"),
    ];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (frame.title) " · Onrecord" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/onrecord.css";
                script src="/assets/onrecord.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to content" }
                header.top {
                    div {
                        a.wordmark href="/" { "Onrecord" span { "." } }
                        nav aria-label="Rooms" {
                            ul {
                                @for (room, address, name) in rooms {
                                    li { a href=(address) aria-current=[(room == frame.room).then_some("page")] { (name) } }
                                }
                            }
                        }
                        span.record-name { (frame.record) }
                        form role="search" action="/search" method="get" {
                            label.visually-hidden for="search" { "Search reports, statements and people" }
                            input #search type="search" name="q" value=(frame.query) placeholder="Search the record  ( / )";
                            button { "Search" }
                        }
                    }
                }
                main #main tabindex="-1" { (inside) }
                footer.bottom {
                    span { "Who said what, on whose word. No verdict on what is true." }
                    span { kbd { "j" } " " kbd { "k" } " move · " kbd { "Enter" } " evidence · " kbd { "o" } " open · " kbd { "c" } " copy citation · " kbd { "/" } " search" }
                    a href="/api" { "API" }
                }
            }
        }
    }
}
