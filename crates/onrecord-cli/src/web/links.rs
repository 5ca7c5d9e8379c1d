//! Addresses of pages. Ids come from the record, never from reports, but are escaped all the same.

use onrecord::views::Citation;

/// A page that has an id in its address.
fn page(kind: &str, id: &str) -> String {
    format!("/{kind}/{}", escaped(id))
}

/// A report.
pub fn report(id: &str) -> String {
    page("report", id)
}

/// A statement.
pub fn statement(id: &str) -> String {
    page("statement", id)
}

/// The evidence of a statement, as a fragment of a page.
pub fn evidence(id: &str) -> String {
    format!("{}/evidence", page("statement", id))
}

/// A story.
pub fn story(id: &str) -> String {
    page("story", id)
}

/// A person, organisation, ….
pub fn person(id: &str) -> String {
    page("person", id)
}

/// Two reports side by side.
pub fn compare(from: &str, to: &str) -> String {
    format!("/compare/{}/{}", escaped(from), escaped(to))
}

/// Exactly these characters of a report: the page marks them, the fragment scrolls to them.
pub fn passage(report: &str, start: u32, end: u32) -> String {
    format!("/report/{}?at={start}-{end}#at", escaped(report))
}

/// Where a citation stands.
pub fn citation(citation: &Citation) -> String {
    passage(&citation.report, citation.start, citation.end)
}

/// An address with a query of these names and values; empty values are left out.
pub fn query(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut address = String::from(path);
    let mut mark = '?';
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        address.push(mark);
        address.push_str(&escaped(name));
        address.push('=');
        address.push_str(&escaped(value));
        mark = '&';
    }
    address
}

/// Percent-encodes everything but unreserved characters.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(DIGITS[usize::from(byte >> 4)] as char);
                out.push(DIGITS[usize::from(byte & 15)] as char);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_ids_stay_one_segment() {
        assert_eq!(report("../x?y#\"z"), "/report/..%2Fx%3Fy%23%22z");
        assert_eq!(query("/search", &[("q", "a&b=c é"), ("page", "")]), "/search?q=a%26b%3Dc%20%C3%A9");
        assert_eq!(passage("00ff", 3, 9), "/report/00ff?at=3-9#at");
    }
}
