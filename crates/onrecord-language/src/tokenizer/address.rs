//! Web addresses: by hand, what spaCy's `URL_MATCH` says, in time linear in the length.
//!
//! The expression is `(scheme://)? (anything@)? (IP | (label.)+ tld) (:port)? ([/?#] anything)?` over the whole chunk. No
//! character of an IP or a domain is one of `@ : / ? #`, so a host ends at the first of these, and each possible start of a
//! host (the chunk's start, after the scheme, after each `@`) is tried once.

use super::characters::{Characters, class};

const LABEL_MAX: usize = 64;

/// Whether the whole of `chunk`, which has no white space, is a web address.
pub(super) fn is_address(characters: &Characters, chunk: &str) -> bool {
    // The cheapest thing to ask first: no address lacks a full stop inside.
    if !chunk.contains('.') {
        return false;
    }
    let after_scheme = chunk.split_once("://").and_then(|(scheme, rest)| is_scheme(characters, scheme).then_some(rest));
    let after_users = chunk.char_indices().skip(1).filter(|&(_, c)| c == '@').map(|(at, _)| &chunk[at + 1..]);
    std::iter::once(chunk).chain(after_scheme).chain(after_users).any(|rest| is_host_and_path(characters, rest))
}

/// `[\w+\-.]{2,}`.
fn is_scheme(characters: &Characters, scheme: &str) -> bool {
    scheme.chars().nth(1).is_some()
        && scheme.chars().all(|c| matches!(c, '+' | '-' | '.') || characters.is(c, class::WORD))
}

fn is_host_and_path(characters: &Characters, rest: &str) -> bool {
    let host_end = rest.find(['@', ':', '/', '?', '#']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(host_end);
    is_tail(characters, rest) && (is_domain(characters, host) || is_ip(characters, host))
}

/// `(:\d{2,5})? ([/?#]\S*)?`.
fn is_tail(characters: &Characters, tail: &str) -> bool {
    let path = match tail.strip_prefix(':') {
        None => tail,
        Some(port) => {
            let path = port.trim_start_matches(|c| characters.is(c, class::DECIMAL));
            if !(2..=5).contains(&port[..port.len() - path.len()].chars().count()) {
                return false;
            }
            path
        }
    };
    path.is_empty() || path.starts_with(['/', '?', '#'])
}

/// Labels with full stops after them, then a top-level domain of 2 to 63 lower-case letters.
fn is_domain(characters: &Characters, host: &str) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let is_lower = |c| characters.is(c, class::ALPHA_LOWER);
    let mut length = 0;
    top.chars().all(|c| {
        length += 1;
        length < LABEL_MAX && is_lower(c)
    }) && length >= 2
        && labels.split('.').all(is_label)
}

/// 1 to 64 letters and digits; inside also `_` and `-`.
fn is_label(label: &str) -> bool {
    let is_alphanumeric = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    let mut length = 0;
    label.starts_with(is_alphanumeric)
        && label.ends_with(is_alphanumeric)
        && label.chars().all(|c| {
            length += 1;
            length <= LABEL_MAX && (is_alphanumeric(c) || c == '_' || c == '-')
        })
}

/// A public IPv4 address. Where the expression says `\d`, any script's digits do.
fn is_ip(characters: &Characters, host: &str) -> bool {
    let mut parts = host.split('.');
    let (Some(a), Some(b), Some(c), Some(d), None) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let [a, b, c, d] = [a, b, c, d].map(|part| Octet::new(characters, part));
    let (Some(a), Some(b), Some(c), Some(d)) = (a, b, c, d) else { return false };
    let is_private =
        matches!((a.digits(), b.digits()), ([1, 0] | [1, 2, 7], _) | ([1, 6, 9], [2, 5, 4]) | ([1, 9, 2], [1, 6, 8]))
            || a.digits() == [1, 7, 2] && matches!(b.digits(), [1, 6..=9] | [2, _] | [3, 0..=1]);
    a.is_first() && b.is_middle() && c.is_middle() && d.is_last() && !is_private
}

/// One to three digits: the value of an ASCII digit, else `OTHER`.
struct Octet {
    values: [u8; 3],
    count: usize,
}

/// A digit of another script: matches `\d`, and no digit that the expression spells out.
const OTHER: u8 = 10;

impl Octet {
    fn new(characters: &Characters, part: &str) -> Option<Octet> {
        let mut octet = Octet { values: [0; 3], count: 0 };
        for c in part.chars() {
            let value = c.to_digit(10).map(|value| value as u8);
            let value = value.or_else(|| characters.is(c, class::DECIMAL).then_some(OTHER))?;
            *octet.values.get_mut(octet.count)? = value;
            octet.count += 1;
        }
        (octet.count > 0).then_some(octet)
    }

    fn digits(&self) -> &[u8] {
        &self.values[..self.count]
    }

    /// `[1-9]\d?|1\d\d|2[01]\d|22[0-3]`.
    fn is_first(&self) -> bool {
        matches!(self.digits(), [1..=9] | [1..=9, _] | [1, _, _] | [2, 0..=1, _] | [2, 2, 0..=3])
    }

    /// `1?\d{1,2}|2[0-4]\d|25[0-5]`.
    fn is_middle(&self) -> bool {
        matches!(self.digits(), [_] | [_, _] | [1, _, _] | [2, 0..=4, _] | [2, 5, 0..=5])
    }

    /// `[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]`.
    fn is_last(&self) -> bool {
        matches!(self.digits(), [1..=9] | [1..=9, _] | [1, _, _] | [2, 0..=4, _] | [2, 5, 0..=4])
    }
}
