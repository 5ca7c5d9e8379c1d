//! A decision that was made on a page: checked, kept, and the person shown again.

use super::Shared;
use super::guard::same_origin;
use super::rooms::{Failure, Query};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use onrecord::{Decision, Engine, Error, Grounds, Record};

/// Bytes of a form.
const FORM_MAX: usize = 64 << 10;
/// Characters of a reason or a name that are kept.
const WORDS_MAX: usize = 400;

/// `POST /person/{id}/judge`
pub async fn judge(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let Some(settings) = shared.settings.clone() else {
        return Err(Failure("people are judged on this machine only".to_owned(), StatusCode::FORBIDDEN));
    };
    if !same_origin(&headers) {
        let sentence = "a decision is taken from the pages of this server only";
        return Err(Failure(sentence.to_owned(), StatusCode::FORBIDDEN));
    }
    if body.len() > FORM_MAX {
        return Err(Failure("this form is too long".to_owned(), StatusCode::PAYLOAD_TOO_LARGE));
    }
    let form = Query::of(std::str::from_utf8(&body).ok());
    let Some(decision) = decision(&id, &form) else {
        return Err(Failure("this form does not say what is decided".to_owned(), StatusCode::BAD_REQUEST));
    };
    let grounds = Grounds { by: words(&form, "by"), why: words(&form, "why"), when: crate::commands::judge::now() };
    let path = shared.path.clone();
    let judged = tokio::task::spawn_blocking(move || -> Result<String, Error> {
        let made = Engine::new(&settings)?.judge(&path, &decision, &grounds, &())?;
        // Ids are made of what is known: the person may have another one now.
        let record = Record::open(&path)?;
        let first = made.first().map(|row| record.entity_at(&row.one)).transpose()?.flatten();
        Ok(first.unwrap_or(id))
    });
    match judged.await {
        Ok(Ok(id)) => {
            let to = format!("{}#judgements", super::links::person(&id));
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Ok(Err(error)) => {
            let status = if error.is_unknown() { StatusCode::NOT_FOUND } else { StatusCode::CONFLICT };
            Err(Failure(error.to_string(), status))
        }
        Err(_) => Err(Failure("the decision could not be kept".to_owned(), StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

fn words(form: &Query, name: &str) -> String {
    form.get(name).unwrap_or_default().trim().chars().take(WORDS_MAX).collect()
}

fn decision(id: &str, form: &Query) -> Option<Decision> {
    let id = id.to_owned();
    Some(match form.get("decision")? {
        "merge" => Decision::Merge { one: id, other: form.get("other")?.trim().to_owned() },
        "split" => Decision::Split { entity: id, reports: form.all("report") },
        "name" => Decision::Name { entity: id, name: words(form, "name") },
        "undo" => Decision::Undo { judgement: form.get("judgement")?.to_owned() },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_taken_apart() {
        let read = |form: &str| decision("a", &Query::of(Some(form)));
        let one = || "a".to_owned();
        assert_eq!(read("decision=merge&other=b"), Some(Decision::Merge { one: one(), other: "b".into() }));
        let reports = vec!["r".to_owned(), "s".to_owned()];
        assert_eq!(read("decision=split&report=r&report=s&why="), Some(Decision::Split { entity: one(), reports }));
        assert_eq!(
            read("decision=name&name=Ines+%3Cb%3E"),
            Some(Decision::Name { entity: one(), name: "Ines <b>".into() })
        );
        assert_eq!((read("decision=merge"), read("decision=eat"), read("")), (None, None, None));
    }
}
