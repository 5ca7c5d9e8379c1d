//! JSON Lines, one report a line, and the decoding of JSON strings with the place of every character.

use crate::about::split_authors;
use crate::assemble::{Draft, sha256};
use crate::runs::Mapped;
use crate::{AboutRow, ReadOptions, Trouble, dates, io_problem, plain, too_large};
use onrecord_model::{OriginMap, Report};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};

type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// Reads line after line; each is one report or one trouble.
pub(crate) fn read_lines(
    file: &str,
    mut input: impl BufRead,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, Trouble>),
) {
    let mut line = Vec::new();
    for number in 1u64.. {
        line.clear();
        match input.by_ref().take(crate::LARGEST + 1).read_until(b'\n', &mut line) {
            Ok(0) if number == 1 => {
                return sink(Err(Trouble::new(file, "is empty; remove it or write one JSON object a line")));
            }
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                return sink(Err(Trouble::new(
                    file,
                    format!("cannot be read after line {}: {}", number - 1, io_problem(&error)),
                )));
            }
        }
        if line.len() as u64 > crate::LARGEST {
            return sink(Err(too_large(format!("{file} line {number}"), line.len() as u64)));
        }
        let start = if number == 1 && line.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let body = line[start..].trim_ascii();
        if !body.is_empty() {
            sink(read_object(&format!("{file}!{number}"), &number.to_string(), body, options));
        }
    }
}

/// Whether bytes are a JSON object with a text: one of many JSON files in a folder may be something else.
pub(crate) fn is_report(bytes: &[u8], options: &ReadOptions) -> bool {
    let fields = std::str::from_utf8(bytes).ok().and_then(|text| serde_json::from_str::<Fields<'_>>(text).ok());
    fields.is_some_and(|fields| {
        pick(&fields, options, "text", &["maintext"]).is_some_and(|raw| raw.get().starts_with('"'))
    })
}

/// Reads one JSON object as a report. `file` names the line or file in troubles; `name` is used where the object has no id.
pub(crate) fn read_object(file: &str, name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Report, Trouble> {
    let text = std::str::from_utf8(bytes).map_err(|_| Trouble::new(file, "is not UTF-8; write JSON in UTF-8"))?;
    let fields: Fields<'_> = serde_json::from_str(text)
        .map_err(|error| Trouble::new(file, format!("is not one JSON object ({error}); write one object a line")))?;
    let mapped = |ours: &'static str, others: &[&'static str]| pick(&fields, options, ours, others);
    let raw = mapped("text", &["maintext"]).filter(|raw| raw.get().starts_with('"'));
    let Some(raw) = raw else {
        let have: Vec<&str> = fields.keys().map(String::as_str).collect();
        return Err(Trouble::new(
            file,
            format!(
                "has no field \"text\" with words in it (its fields: {}); name it with --map text=FIELD",
                have.join(", ")
            ),
        ));
    };
    let (words, origin) = decode_string(raw.get(), raw.get().as_ptr() as usize - text.as_ptr() as usize);
    if words.trim().is_empty() {
        return Err(Trouble::new(file, "has an empty text; leave the line out or fill it"));
    }
    let one = |ours, others: &[&'static str]| mapped(ours, others).map(strings).unwrap_or_default();
    let joined = |ours, others: &[&'static str]| one(ours, others).join(", ");
    let id = joined("id", &[]);
    let published = joined("published", &["date", "date_publish"]);
    let mut notes = Vec::new();
    let date = dates::parse_date(&published);
    if date.is_none() && !published.is_empty() {
        notes.push(format!("the publication date \"{published}\" is no clear date"));
    }
    let given = AboutRow {
        title: joined("title", &[]),
        outlet: joined("outlet", &["source", "source_domain"]),
        published: date,
        authors: one("authors", &["author"]).iter().flat_map(|cell| split_authors(cell)).collect(),
        credit: joined("credit", &[]),
        url: joined("url", &[]),
    };
    let draft = if options.as_is {
        plain::draft(words, origin)
    } else {
        let (words, origin) = plain::normal_line_ends(words, origin);
        plain::draft(words, origin)
    };
    let draft = Draft {
        name: if id.is_empty() { name.to_owned() } else { id },
        file: file.to_owned(),
        sha256: sha256(bytes),
        given,
        notes,
        language: joined("language", &[]),
        ..draft
    };
    Ok(draft.finish(None, options))
}

/// The field that stands for `ours`: the one the options name, else our name, else one of `others`. Null counts as missing.
fn pick<'a>(fields: &Fields<'a>, options: &ReadOptions, ours: &str, others: &[&str]) -> Option<&'a RawValue> {
    let there = |name: &str| fields.get(name).copied().filter(|raw| raw.get() != "null");
    match options.map.iter().find(|(name, _)| name == ours) {
        Some((_, column)) => there(column),
        None => std::iter::once(&ours).chain(others).find_map(|name| there(name)),
    }
}

/// A string, a number, or a list of those.
fn strings(raw: &RawValue) -> Vec<String> {
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
        serde_json::Value::Number(n) => Some(n.to_string()),
        serde_json::Value::Object(o) => o.get("name").and_then(|n| n.as_str()).map(str::to_owned),
        _ => None,
    };
    match serde_json::from_str::<serde_json::Value>(raw.get()) {
        Ok(serde_json::Value::Array(all)) => all.iter().filter_map(text).collect(),
        Ok(value) => text(&value).into_iter().collect(),
        Err(_) => Vec::new(),
    }
}

/// Decodes a JSON string (with its quotation marks, known to be valid) that stands at byte `at` of the input.
fn decode_string(raw: &str, at: usize) -> (String, OriginMap) {
    let mut mapped = Mapped::default();
    let inner = &raw[1..raw.len().max(2) - 1];
    let (bytes, at) = (inner.as_bytes(), at + 1);
    let (mut plain, mut here) = (0, 0);
    while here < bytes.len() {
        if bytes[here] != b'\\' {
            here += 1;
            continue;
        }
        mapped.push_exact(&inner[plain..here], at + plain);
        let (c, len) = escape(&bytes[here..]);
        mapped.push_unit(c.encode_utf8(&mut [0; 4]), at + here, len);
        here += len;
        plain = here;
    }
    mapped.push_exact(&inner[plain..], at + plain);
    mapped.finish()
}

/// The character of the escape that opens `bytes`, and the escape's length. Half a surrogate pair becomes U+FFFD.
fn escape(bytes: &[u8]) -> (char, usize) {
    let simple = match bytes.get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{C}',
        Some(b'u') => return unicode(bytes),
        Some(&other) => other as char,
        None => return ('\\', 1),
    };
    (simple, 2)
}

fn unicode(bytes: &[u8]) -> (char, usize) {
    let unit = |from: usize| {
        bytes
            .get(from..from + 4)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
    };
    let Some(high) = unit(2) else { return ('\u{FFFD}', bytes.len().min(2)) };
    if (0xD800..0xDC00).contains(&high)
        && bytes.get(6..8) == Some(b"\\u")
        && let Some(low) = unit(8).filter(|low| (0xDC00..0xE000).contains(low))
    {
        let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        return (char::from_u32(code).unwrap_or('\u{FFFD}'), 12);
    }
    (char::from_u32(high).unwrap_or('\u{FFFD}'), 6)
}
