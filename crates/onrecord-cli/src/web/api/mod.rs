//! The API: the views as JSON, described by OpenAPI. Every address is a `GET`; nothing can be changed through it.

use super::Shared;
use super::frame::{Frame, Room, page};
use super::rooms::{Failure, Query, ask};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::html;
use onrecord::rows::StoryRow;
use onrecord::views::{
    self, Comparison, Desk, Ledger, Person, ReportHead, ReportView, Search, StatementView, StoryView,
};
use onrecord::{Error, Of, Record};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

/// Lines of a ledger in one answer.
const LINES_MAX: usize = 1_000;

/// All addresses of the API.
pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/api", get(overview))
        .route("/api/openapi.json", get(openapi))
        .route("/api/desk", get(desk))
        .route("/api/ledger", get(ledger))
        .route("/api/stories", get(stories))
        .route("/api/stories/{id}", get(story))
        .route("/api/reports", get(reports))
        .route("/api/reports/{id}", get(report))
        .route("/api/statements/{id}", get(statement))
        .route("/api/people/{id}", get(person))
        .route("/api/compare/{from}/{to}", get(compare))
        .route("/api/search", get(search))
}

/// The description of everything here.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Onrecord",
        description = "Who said what, on whose word, and how many independent origins stand behind it. Offsets are half-open \
                       and count Unicode code points of the text of the report named beside them.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(desk, ledger, stories, story, reports, report, statement, person, compare, search)
)]
struct Description;

/// Why there is no answer.
#[derive(Serialize, ToSchema)]
struct Trouble {
    /// One sentence.
    error: String,
}

/// JSON, or a sentence that says why not.
struct Answer<T>(Result<T, Failure>);

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        match self.0 {
            Ok(view) => json(StatusCode::OK, &view),
            Err(Failure(error, status)) => json(status, &Trouble { error }),
        }
    }
}

fn json(status: StatusCode, view: &impl Serialize) -> Response {
    match serde_json::to_string(view) {
        Ok(body) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn answer<T: Send + 'static>(
    shared: Shared,
    question: impl FnOnce(&Record) -> Result<T, Error> + Send + 'static,
) -> Answer<T> {
    Answer(ask(shared, question).await)
}

/// Everything the record holds, at a glance.
#[utoipa::path(get, path = "/api/desk", responses((status = 200, body = Desk), (status = 500, body = Trouble)))]
async fn desk(State(shared): State<Shared>) -> Answer<Desk> {
    answer(shared, views::desk).await
}

/// Statements, narrowed and ordered.
#[utoipa::path(get, path = "/api/ledger", params(
    ("story" = Option<String>, Query, description = "Id of a story"),
    ("basis" = Option<Vec<String>>, Query, description = "Bases of which one must occur"),
    ("outlet" = Option<String>, Query, description = "An outlet that must have it"),
    ("disputed" = Option<bool>, Query, description = "Only statements that are disputed or were changed"),
    ("single" = Option<bool>, Query, description = "Statements of one report alone, too"),
    ("order" = Option<String>, Query, description = "reports, origins, newest or oldest"),
), responses((status = 200, body = Ledger), (status = 500, body = Trouble)))]
async fn ledger(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer<Ledger> {
    let filter = Query::of(raw.as_deref()).filter();
    answer(shared, move |record| views::ledger(record, &filter, LINES_MAX)).await
}

/// All stories.
#[utoipa::path(get, path = "/api/stories", responses((status = 200, body = Vec<StoryRow>), (status = 500, body = Trouble)))]
async fn stories(State(shared): State<Shared>) -> Answer<Vec<StoryRow>> {
    answer(shared, |record| Ok(record.all(|take| record.each_story(Of::All, take))?)).await
}

/// A story with its reports, family tree, statements and events.
#[utoipa::path(get, path = "/api/stories/{id}", params(("id" = String, Path)),
    responses((status = 200, body = StoryView), (status = 404, body = Trouble)))]
async fn story(State(shared): State<Shared>, Path(id): Path<String>) -> Answer<StoryView> {
    answer(shared, move |record| views::story(record, &id)).await
}

/// All reports, a line each.
#[utoipa::path(get, path = "/api/reports", params(("story" = Option<String>, Query, description = "Id of a story")),
    responses((status = 200, body = Vec<ReportHead>), (status = 500, body = Trouble)))]
async fn reports(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer<Vec<ReportHead>> {
    let story = Query::of(raw.as_deref()).get("story").map(str::to_owned);
    answer(shared, move |record| Ok(record.report_heads(story.as_deref().map_or(Of::All, Of::Story), u32::MAX)?)).await
}

/// A report with all that was found in it.
#[utoipa::path(get, path = "/api/reports/{id}", params(("id" = String, Path)),
    responses((status = 200, body = ReportView), (status = 404, body = Trouble)))]
async fn report(State(shared): State<Shared>, Path(id): Path<String>) -> Answer<ReportView> {
    answer(shared, move |record| views::report(record, &id)).await
}

/// A statement with its wordings, origins, reasons and conflicts.
#[utoipa::path(get, path = "/api/statements/{id}", params(("id" = String, Path)),
    responses((status = 200, body = StatementView), (status = 404, body = Trouble)))]
async fn statement(State(shared): State<Shared>, Path(id): Path<String>) -> Answer<StatementView> {
    answer(shared, move |record| views::statement(record, &id)).await
}

/// A person or organisation: roles over time, what they said, what was said to them.
#[utoipa::path(get, path = "/api/people/{id}", params(("id" = String, Path)),
    responses((status = 200, body = Person), (status = 404, body = Trouble)))]
async fn person(State(shared): State<Shared>, Path(id): Path<String>) -> Answer<Person> {
    answer(shared, move |record| views::person(record, &id)).await
}

/// Two reports that share text.
#[utoipa::path(get, path = "/api/compare/{from}/{to}", params(("from" = String, Path), ("to" = String, Path)),
    responses((status = 200, body = Comparison), (status = 404, body = Trouble)))]
async fn compare(State(shared): State<Shared>, Path((from, to)): Path<(String, String)>) -> Answer<Comparison> {
    answer(shared, move |record| views::comparison(record, &from, &to)).await
}

/// Statements, utterances and reports that have all words.
#[utoipa::path(get, path = "/api/search", params(("q" = String, Query, description = "Words; those in double quotes must follow each other")),
    responses((status = 200, body = Search), (status = 500, body = Trouble)))]
async fn search(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer<Search> {
    let query = Query::of(raw.as_deref()).get("q").unwrap_or("").to_owned();
    answer(shared, move |record| views::search(record, &query)).await
}

async fn openapi() -> Response {
    match Description::openapi().to_pretty_json() {
        Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// The addresses as a page, for people.
async fn overview() -> Response {
    let description = Description::openapi();
    let inside = html! {
        div.measure {
            h1 { "API" }
            p.lede { "What the pages show, as JSON. Everything is a GET; nothing can be changed here. " a href="/api/openapi.json" { "OpenAPI description" } }
            div.scroll { table {
                thead { tr { th { "Address" } th { "Gives" } } }
                tbody { @for (path, item) in &description.paths.paths {
                    tr { td { code { (path) } } td { @if let Some(get) = &item.get { (get.summary.as_deref().unwrap_or("")) } } }
                } }
            } }
        }
    };
    page(&Frame { title: "API", record: "", room: Room::Elsewhere, query: "" }, inside).into_response()
}
