//! Who may ask, and what a browser may do with the answer.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// Nothing but our own style, script and pictures; no frames, no plugins, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers that every answer has.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// Names under which this server may be addressed; none means any.
#[derive(Clone)]
pub struct Hosts(Option<Arc<[String]>>);

impl Hosts {
    /// A server on the loopback interface answers only to its own names: a page elsewhere whose name is made to point here
    /// must not read somebody's record. One that was put on a network on purpose answers to any.
    pub fn of(local: SocketAddr) -> Hosts {
        let port = local.port();
        let names = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{port}"));
        Hosts(local.ip().is_loopback().then(|| names.into_iter().chain([local.to_string()]).collect()))
    }

    fn allow(&self, host: Option<&str>) -> bool {
        match (&self.0, host) {
            (None, _) => true,
            (Some(names), Some(host)) => names.iter().any(|name| name.eq_ignore_ascii_case(host)),
            (Some(_), None) => false,
        }
    }
}

/// Turns away requests that mean another host.
pub async fn host(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if hosts.allow(named) {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, "This server answers only on this machine, under localhost.\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_local_server_answers_to_its_own_names_only() {
        let hosts = Hosts::of(SocketAddr::from(([127, 0, 0, 1], 4024)));
        assert!(hosts.allow(Some("localhost:4024")) && hosts.allow(Some("127.0.0.1:4024")));
        assert!(!hosts.allow(Some("evil.example:4024")) && !hosts.allow(Some("localhost:80")) && !hosts.allow(None));
        assert!(Hosts::of(SocketAddr::from(([0, 0, 0, 0], 80))).allow(Some("newsroom.example")));
    }
}
