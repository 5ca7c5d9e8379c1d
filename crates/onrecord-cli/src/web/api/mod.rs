//! The API: the same views as JSON, described by OpenAPI.

use super::Shared;
use axum::Router;

/// All addresses of the API.
pub fn routes() -> Router<Shared> {
    Router::new()
}
