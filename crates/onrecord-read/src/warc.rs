//! WARC files (ISO 28500): the pages that a crawler saved.

use crate::assemble::{Draft, sha256};
use crate::{AboutRow, ReadOptions, Trouble, dates, html, io_problem, plain};
use flate2::read::MultiGzDecoder;
use onrecord_model::Report;
use std::io::{self, BufRead, Read};

/// Longest head of a record, in bytes.
const HEAD: usize = 64 << 10;

/// Reads record after record; each page or text that was answered with status 200 is one report. Other records are passed over.
pub(crate) fn read_records(
    file: &str,
    mut input: impl BufRead,
    options: &ReadOptions,
    sink: &mut dyn FnMut(Result<Report, Trouble>),
) {
    let mut reports = 0u64;
    for number in 1u64.. {
        match record(&mut input) {
            Ok(None) if number == 1 => return sink(Err(Trouble::new(file, "is empty; fetch it again"))),
            Ok(None) => break,
            Ok(Some(record)) => {
                if let Some(report) = page(file, number, &record, options) {
                    reports += 1;
                    sink(report);
                }
            }
            Err(error) => {
                let read = if reports == 0 {
                    "nothing before it was a page".to_owned()
                } else {
                    "what stands before it was read".to_owned()
                };
                return sink(Err(Trouble::new(
                    file,
                    format!("cannot be read from record {number} on: {}; {read}", io_problem(&error)),
                )));
            }
        }
    }
    if reports == 0 {
        sink(Err(Trouble::new(file, "holds no page with status 200; give a WARC of HTML pages")));
    }
}

struct Record {
    head: Vec<(String, String)>,
    body: Vec<u8>,
    too_large: bool,
}

impl Record {
    fn get(&self, name: &str) -> &str {
        get(&self.head, name)
    }
}

fn get<'a>(head: &'a [(String, String)], name: &str) -> &'a str {
    head.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn record(input: &mut impl BufRead) -> io::Result<Option<Record>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(HEAD as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    if !line.starts_with(b"WARC/") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no WARC record begins here"));
    }
    let (mut head, mut size) = (Vec::new(), 0);
    loop {
        line.clear();
        let read = input.by_ref().take(HEAD as u64).read_until(b'\n', &mut line)?;
        size += read;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if size > HEAD {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the head of a record does not end"));
        }
        if line.trim_ascii().is_empty() {
            break;
        }
        head.extend(field(&line));
    }
    let length: u64 = get(&head, "content-length")
        .parse()
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a record does not give its length"))?;
    let wanted = get(&head, "warc-type") == "response" || get(&head, "warc-type") == "resource";
    let too_large = length > crate::LARGEST;
    let mut body = Vec::new();
    let mut rest = input.by_ref().take(length);
    let read =
        if wanted && !too_large { rest.read_to_end(&mut body)? as u64 } else { io::copy(&mut rest, &mut io::sink())? };
    if read < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(Record { head, body, too_large: too_large && wanted }))
}

/// A field "Name: value", its name in lower case.
fn field(line: &[u8]) -> Option<(String, String)> {
    let line = String::from_utf8_lossy(line);
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_ascii_lowercase(), value.trim().trim_matches(['<', '>']).to_owned()))
}

fn page(file: &str, number: u64, record: &Record, options: &ReadOptions) -> Option<Result<Report, Trouble>> {
    let url = record.get("warc-target-uri").to_owned();
    let member = format!("{file}!{}", if url.is_empty() { number.to_string() } else { url.clone() });
    if record.too_large {
        return Some(Err(Trouble::new(member, "is larger than a report can be; leave the record out")));
    }
    let is_http = record.get("content-type").starts_with("application/http");
    let (kind, payload) =
        if is_http { http(&record.body)? } else { (record.get("content-type").to_owned(), record.body.clone()) };
    let is_page = kind.starts_with("text/html") || kind.starts_with("application/xhtml");
    if !is_page && !kind.starts_with("text/plain") || url.ends_with("robots.txt") {
        return None;
    }
    let charset = kind.split("charset=").nth(1).map(|label| label.trim_matches(['"', '\'', ' ', ';']));
    let read =
        if is_page { html::read(&member, &payload, charset) } else { plain::read(&member, &payload, options.as_is) };
    Some(read.map(|draft| {
        let crawled = dates::parse_date(record.get("warc-date"));
        let undated = draft.given.published.is_none() && draft.found.published.is_none();
        let mut notes = draft.notes;
        if let Some(crawled) = crawled.filter(|_| undated) {
            notes.push(format!("the page gives no publication date; it was fetched on {crawled}"));
        }
        let given =
            AboutRow { url: if draft.given.url.is_empty() { url.clone() } else { draft.given.url }, ..draft.given };
        let name = if url.is_empty() { number.to_string() } else { url };
        Draft { name, file: member, sha256: sha256(&payload), given, notes, ..draft }.finish(None, options)
    }))
}

/// Content type and body of an HTTP answer with status 200, chunks joined and gzip unpacked.
fn http(answer: &[u8]) -> Option<(String, Vec<u8>)> {
    let end = answer
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .map(|at| (at, 4))
        .or_else(|| answer.windows(2).position(|w| w == b"\n\n").map(|at| (at, 2)))?;
    let head: Vec<&[u8]> = answer[..end.0].split(|b| *b == b'\n').collect();
    let status = String::from_utf8_lossy(head.first()?).into_owned();
    if status.split_whitespace().nth(1) != Some("200") {
        return None;
    }
    let fields: Vec<(String, String)> = head[1..].iter().filter_map(|line| field(line)).collect();
    let mut body = answer[end.0 + end.1..].to_vec();
    if get(&fields, "transfer-encoding").eq_ignore_ascii_case("chunked")
        && let Some(joined) = dechunked(&body)
    {
        body = joined;
    }
    if body.starts_with(&[0x1F, 0x8B]) {
        let mut unpacked = Vec::new();
        MultiGzDecoder::new(&body[..]).take(crate::LARGEST).read_to_end(&mut unpacked).ok()?;
        body = unpacked;
    }
    Some((get(&fields, "content-type").to_ascii_lowercase(), body))
}

/// Joins the chunks of a body; `None` when it is not chunked after all (crawlers often join them and keep the field).
fn dechunked(body: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::new(), body);
    loop {
        let line = rest.iter().position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&rest[..line]).ok()?.trim();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[line + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n").unwrap_or(rest.get(size..)?);
    }
}
