//! From a request to a page: take the address apart, ask the views, hand the answer to the page.

use super::frame::{Frame, Room, page};
use super::{Shared, pages};
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use onrecord::views::{self, Filter, Order, ReportHead};
use onrecord::{Error, Of, Record};
use std::cmp::Reverse;

/// Lines of a ledger on one page.
const LINES_MAX: usize = 200;
/// Rows of a list on one page.
const ROWS_MAX: u32 = 2_000;
/// People that a search shows.
const PEOPLE_MAX: usize = 24;

type Answer = Result<Response, Failure>;

/// Why there is no page.
pub struct Failure(pub String, pub StatusCode);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let status = if error.is_unknown() { StatusCode::NOT_FOUND } else { StatusCode::INTERNAL_SERVER_ERROR };
        Failure(error.to_string(), status)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let frame = Frame { title: "Not found", record: "", room: Room::Elsewhere, query: "" };
        let Failure(sentence, status) = self;
        let inside = html! { h1 { @if status == StatusCode::NOT_FOUND { "Not in this record" } @else { "This did not work" } } p.lede { (sentence) "." } };
        (status, page(&frame, inside)).into_response()
    }
}

/// Asks the record away from the threads that serve.
pub async fn ask<T: Send + 'static>(
    shared: Shared,
    question: impl FnOnce(&Record) -> Result<T, Error> + Send + 'static,
) -> Result<T, Failure> {
    let answer = tokio::task::spawn_blocking(move || {
        let record = Record::open(&shared.path).map_err(Error::from)?;
        question(&record)
    });
    match answer.await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Failure("the question could not be answered".to_owned(), StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

fn whole(shared: &Shared, room: Room, title: &str, query: &str, inside: Markup) -> Answer {
    let name = shared.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(page(&Frame { title, record: &name, room, query }, inside).into_response())
}

/// The pairs of a query, decoded; a name may come more than once.
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Takes a raw query apart.
    pub fn of(raw: Option<&str>) -> Query {
        let pairs = raw.unwrap_or("").split('&').filter(|pair| !pair.is_empty());
        Query(
            pairs
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    /// The first value of this name that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// All values of this name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.clone()).collect()
    }

    /// The filter that the query asks for.
    pub fn filter(&self) -> Filter {
        let order = pages::desk::ORDERS.iter().find(|(_, value, _)| Some(*value) == self.get("order"));
        Filter {
            story: self.get("story").map(str::to_owned),
            bases: self.all("basis"),
            outlet: self.get("outlet").map(str::to_owned),
            disputed: self.get("disputed").is_some(),
            single: self.get("single").is_some(),
            order: order.map_or(Order::default(), |(order, ..)| *order),
        }
    }

    /// The passage asked for: `at=120-180`, in code points.
    fn passage(&self) -> Option<(u32, u32)> {
        let (start, end) = self.get("at")?.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start < end).then_some((start, end))
    }
}

/// Undoes percent-encoding and the plus sign; broken bytes become replacement characters.
fn decoded(words: &str) -> String {
    let bytes = words.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |n: usize| bytes.get(n).and_then(|b| (*b as char).to_digit(16));
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'+', ..) => out.push(b' '),
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 2;
            }
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `/`
pub async fn desk(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer {
    let query = Query::of(raw.as_deref());
    let filter = query.filter();
    let open = query.get("open").map(str::to_owned);
    let inside = ask(shared.clone(), move |record| {
        let ledger = views::ledger(record, &filter, LINES_MAX)?;
        let counts = match &filter.story {
            Some(story) => views::story(record, story)?.counts,
            None => views::desk(record)?.counts,
        };
        let stories = stories_by_size(record)?;
        let evidence = match &open {
            Some(id) => Some((id.as_str(), pages::statement::evidence(&views::statement(record, id)?))),
            None => None,
        };
        Ok(pages::desk::page(&pages::desk::DeskPage {
            counts: &counts,
            stories: &stories,
            ledger: &ledger,
            open: evidence,
        }))
    });
    whole(&shared, Room::Desk, "Desk", "", inside.await?)
}

fn stories_by_size(record: &Record) -> Result<Vec<onrecord::rows::StoryRow>, Error> {
    let mut stories = record.all(|take| record.each_story(Of::All, take))?;
    stories.sort_by(|a, b| (b.reports.len(), &a.from, &a.id).cmp(&(a.reports.len(), &b.from, &b.id)));
    stories.truncate(ROWS_MAX as usize);
    Ok(stories)
}

/// `/stories`
pub async fn stories(State(shared): State<Shared>) -> Answer {
    let inside = ask(shared.clone(), |record| Ok(pages::lists::stories(&stories_by_size(record)?))).await?;
    whole(&shared, Room::Stories, "Stories", "", inside)
}

/// `/story/{id}`
pub async fn story(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let (title, inside) = ask(shared.clone(), move |record| {
        let view = views::story(record, &id)?;
        let heads =
            view.statements.iter().filter(|head| head.reports > 1 || !head.conflicts.is_empty()).cloned().collect();
        let lines = views::ledger_lines(record, heads)?;
        Ok((view.story.title.clone(), pages::story::page(&view, &lines)))
    })
    .await?;
    whole(&shared, Room::Stories, &title, "", inside)
}

/// `/reports`
pub async fn reports(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer {
    let query = Query::of(raw.as_deref());
    let story = query.get("story").map(str::to_owned);
    let texts_only = query.get("texts").is_some();
    let inside = ask(shared.clone(), move |record| {
        let of = story.as_deref().map_or(Of::All, Of::Story);
        let mut reports: Vec<ReportHead> = record.report_heads(of, if texts_only { u32::MAX } else { ROWS_MAX })?;
        if texts_only {
            let ids: Vec<&str> = reports.iter().map(|report| report.id.as_str()).collect();
            let kept: std::collections::BTreeSet<String> =
                views::texts(record, &ids)?.into_iter().map(str::to_owned).collect();
            reports.retain(|report| kept.contains(&report.id));
            reports.truncate(ROWS_MAX as usize);
        }
        Ok(pages::lists::reports(&reports, if texts_only { "Texts" } else { "Reports" }))
    });
    whole(&shared, Room::Reports, "Reports", "", inside.await?)
}

/// `/report/{id}`
pub async fn report(State(shared): State<Shared>, Path(id): Path<String>, RawQuery(raw): RawQuery) -> Answer {
    let here = Query::of(raw.as_deref()).passage();
    let (title, inside) = ask(shared.clone(), move |record| {
        let view = views::report(record, &id)?;
        let story = record.all(|take| record.each_story(Of::Report(&id), take))?.into_iter().next();
        Ok((view.report.title.clone(), pages::report::page(&view, story.as_ref(), here)))
    })
    .await?;
    whole(&shared, Room::Reports, &title, "", inside)
}

/// `/compare/{from}/{to}`
pub async fn compare(State(shared): State<Shared>, Path((from, to)): Path<(String, String)>) -> Answer {
    let inside = ask(shared.clone(), move |record| Ok(pages::compare::page(&views::comparison(record, &from, &to)?)));
    whole(&shared, Room::Reports, "Shared text", "", inside.await?)
}

/// `/statement/{id}`
pub async fn statement(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let (title, inside) = ask(shared.clone(), move |record| {
        let view = views::statement(record, &id)?;
        Ok((view.statement.gist.clone(), pages::statement::page(&view)))
    })
    .await?;
    whole(&shared, Room::Desk, &title, "", inside)
}

/// `/statement/{id}/evidence`: a part of a page, for the pane of the desk.
pub async fn evidence(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let inside = ask(shared, move |record| Ok(pages::statement::evidence(&views::statement(record, &id)?))).await?;
    Ok(inside.into_response())
}

/// `/people`
pub async fn people(State(shared): State<Shared>) -> Answer {
    let inside = ask(shared.clone(), |record| {
        let mut people = record.named_people(Of::All, ROWS_MAX)?;
        let mut bodies = record.entity_heads(Of::All, "organisation", ROWS_MAX)?;
        bodies.retain(|entity| entity.utterances > 0);
        people.append(&mut bodies);
        people.sort_by_key(|entity| (Reverse(entity.utterances), Reverse(entity.reports)));
        Ok(pages::lists::people(&people))
    });
    whole(&shared, Room::People, "People", "", inside.await?)
}

/// `/person/{id}`
pub async fn person(State(shared): State<Shared>, Path(id): Path<String>) -> Answer {
    let may_judge = shared.may_judge();
    let (name, inside) = ask(shared.clone(), move |record| {
        let view = views::person(record, &id)?;
        Ok((view.person.name.clone(), pages::person::page(&view, may_judge)))
    })
    .await?;
    whole(&shared, Room::People, &name, "", inside)
}

/// `/search?q=`
pub async fn search(State(shared): State<Shared>, RawQuery(raw): RawQuery) -> Answer {
    let query = Query::of(raw.as_deref()).get("q").unwrap_or("").trim().to_owned();
    let asked = query.clone();
    let inside = ask(shared.clone(), move |record| {
        let found = views::search(record, &asked)?;
        Ok(pages::search::page(&found, &people_named(record, &asked)?))
    });
    whole(&shared, Room::Elsewhere, "Search", &query, inside.await?)
}

/// People and organisations whose name has all words of the query.
fn people_named(record: &Record, query: &str) -> Result<Vec<views::EntityHead>, Error> {
    let sought: Vec<String> = query
        .split_whitespace()
        .map(|word| word.trim_matches('"').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let mut people = record.entity_heads(Of::All, "", u32::MAX)?;
    people.retain(|entity| {
        let name = entity.name.to_lowercase();
        matches!(entity.kind.as_str(), "person" | "organisation" | "group")
            && sought.iter().all(|word| name.contains(word.as_str()))
    });
    people.truncate(PEOPLE_MAX);
    Ok(people)
}

/// Any other address.
pub async fn nowhere() -> Failure {
    Failure("there is no page at this address".to_owned(), StatusCode::NOT_FOUND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_taken_apart() {
        let query = Query::of(Some("q=a+b%20%C3%A9%zz&basis=named&basis=anonymous&at=3-9&order=newest&x"));
        assert_eq!(query.get("q"), Some("a b é%zz"));
        assert_eq!(query.all("basis"), ["named", "anonymous"]);
        assert_eq!(query.passage(), Some((3, 9)));
        assert_eq!(query.filter().order, Order::Newest);
        assert_eq!(Query::of(Some("at=9-3")).passage(), None);
        assert_eq!(Query::of(Some("at=-&at=")).passage(), None);
        assert_eq!(Query::of(None).get("q"), None);
    }
}
