//! Style, script and icon, carried by the program.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One of the files.
pub async fn file(Path(file): Path<String>) -> Response {
    let (kind, bytes) = match file.as_str() {
        "onrecord.css" => ("text/css; charset=utf-8", include_str!("assets/onrecord.css")),
        "onrecord.js" => ("text/javascript; charset=utf-8", include_str!("assets/onrecord.js")),
        "icon.svg" => ("image/svg+xml", include_str!("assets/icon.svg")),
        _ => return (StatusCode::NOT_FOUND, "no such file\n").into_response(),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=300")], bytes).into_response()
}
