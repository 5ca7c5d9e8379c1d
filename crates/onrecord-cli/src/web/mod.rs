//! The pages and the API: one server over one record, for this machine unless told otherwise.
//!
//! The server computes nothing about the news: it asks `onrecord::views` and renders the answer. Everything that comes from a
//! report is escaped by the templates, and the content security policy allows no script but our own file.

mod api;
mod assets;
mod differ;
mod frame;
mod guard;
mod judging;
mod links;
mod marks;
mod pages;
mod parts;
mod rooms;
pub mod whole;

use anyhow::Context;
use axum::Router;
use axum::routing::{get, post};
use onrecord::Settings;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What every request needs.
#[derive(Clone)]
pub(crate) struct Shared {
    /// The record that is served.
    path: Arc<PathBuf>,
    /// With what it is judged; none on a network, where anybody could.
    settings: Option<Arc<Settings>>,
}

impl Shared {
    /// Whether people may be merged and split on the pages.
    fn may_judge(&self) -> bool {
        self.settings.is_some()
    }
}

/// Ports after the wanted one that are tried when it is taken.
const PORTS_TRIED: u16 = 20;

/// Serves a record until the program is told to stop, and prints the address once it can be opened. When the port is taken, the
/// next free one will do.
pub fn serve(record: &Path, settings: &Settings) -> anyhow::Result<()> {
    let (host, port) = (settings.host.value.as_str(), settings.port.value);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = listen(host, port).await?;
        let local = listener.local_addr()?;
        println!("http://{local}/");
        eprintln!("Serving {} at this address; Ctrl-C stops.", record.display());
        let app = router(record, local, settings);
        axum::serve(listener, app).with_graceful_shutdown(stop()).await.context("the server stopped")
    })
}

async fn listen(host: &str, port: u16) -> anyhow::Result<tokio::net::TcpListener> {
    // Port 0 means any; it is never taken.
    for port in port..=port.saturating_add(PORTS_TRIED) {
        match tokio::net::TcpListener::bind((host, port)).await {
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            bound => return bound.with_context(|| format!("cannot listen on {host}:{port}")),
        }
    }
    anyhow::bail!(
        "ports {port} to {} of {host} are all taken; choose another with --port",
        port.saturating_add(PORTS_TRIED)
    )
}

/// Resolves when the person at the keyboard has had enough.
async fn stop() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// All addresses.
fn router(record: &Path, local: SocketAddr, settings: &Settings) -> Router {
    let settings = local.ip().is_loopback().then(|| Arc::new(settings.clone()));
    let shared = Shared { path: Arc::new(record.to_owned()), settings };
    Router::new()
        .route("/", get(rooms::desk))
        .route("/stories", get(rooms::stories))
        .route("/story/{id}", get(rooms::story))
        .route("/reports", get(rooms::reports))
        .route("/report/{id}", get(rooms::report))
        .route("/compare/{from}/{to}", get(rooms::compare))
        .route("/statement/{id}", get(rooms::statement))
        .route("/statement/{id}/evidence", get(rooms::evidence))
        .route("/people", get(rooms::people))
        .route("/person/{id}", get(rooms::person))
        .route("/person/{id}/judge", post(judging::judge))
        .route("/search", get(rooms::search))
        .route("/assets/{file}", get(assets::file))
        .merge(api::routes())
        .fallback(rooms::nowhere)
        .layer(axum::middleware::from_fn(guard::headers))
        .layer(axum::middleware::from_fn_with_state(guard::Hosts::of(local), guard::host))
        .with_state(shared)
}

#[cfg(test)]
mod tests;
