//! Who may ask, and what a browser may do with the answer.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
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
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
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

/// Whether a form was sent from a page of this very server: a page elsewhere must not write somebody's record. Browsers say
/// where a form comes from; who says nothing is turned away.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let here = |origin: &str| {
        said("host")
            .is_some_and(|host| origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host)))
    };
    match (said("sec-fetch-site"), said("origin")) {
        // Pages cannot set this header; a browser that is told to hide where it comes from says "null" beside it.
        (Some(site), origin) => site == "same-origin" && origin.is_none_or(|origin| origin == "null" || here(origin)),
        (None, origin) => origin.is_some_and(here),
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
    fn forms_from_elsewhere_are_turned_away() {
        let from = |pairs: &[(&'static str, &'static str)]| {
            let pairs = pairs
                .iter()
                .map(|&(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
            same_origin(&pairs.collect())
        };
        let host = ("host", "localhost:4024");
        assert!(from(&[host, ("origin", "http://localhost:4024")]));
        assert!(from(&[host, ("origin", "http://localhost:4024"), ("sec-fetch-site", "same-origin")]));
        assert!(from(&[host, ("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!from(&[host]) && !from(&[("origin", "http://localhost:4024")]));
        assert!(!from(&[host, ("origin", "http://evil.example")]) && !from(&[host, ("origin", "null")]));
        assert!(!from(&[host, ("origin", "null"), ("sec-fetch-site", "cross-site")]));
        assert!(!from(&[host, ("origin", "http://localhost:80"), ("sec-fetch-site", "same-origin")]));
    }

    #[test]
    fn a_local_server_answers_to_its_own_names_only() {
        let hosts = Hosts::of(SocketAddr::from(([127, 0, 0, 1], 4024)));
        assert!(hosts.allow(Some("localhost:4024")) && hosts.allow(Some("127.0.0.1:4024")));
        assert!(!hosts.allow(Some("evil.example:4024")) && !hosts.allow(Some("localhost:80")) && !hosts.allow(None));
        assert!(Hosts::of(SocketAddr::from(([0, 0, 0, 0], 80))).allow(Some("newsroom.example")));
    }
}
