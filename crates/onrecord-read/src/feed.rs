//! Saved RSS and Atom feeds: one report an entry.

use crate::assemble::{Draft, sha256};
use crate::{AboutRow, ReadOptions, Trouble, dates, html, plain};
use onrecord_model::Report;
use quick_xml::Reader;
use quick_xml::events::Event;

/// What is read of an entry.
#[derive(Default)]
struct Entry {
    title: String,
    link: String,
    id: String,
    published: String,
    authors: Vec<String>,
    /// The longest of content, description and summary.
    content: String,
}

/// Reads a feed; each entry with words in it is one report.
pub(crate) fn read(file: &str, bytes: &[u8], options: &ReadOptions, sink: &mut dyn FnMut(Result<Report, Trouble>)) {
    let decoded = match plain::decode(file, bytes, html::declared_charset(bytes).as_deref()) {
        Ok(decoded) => decoded,
        Err(trouble) => return sink(Err(trouble)),
    };
    let mut count = 0u64;
    let mut each = |outlet: &str, entry: Entry| {
        count += 1;
        sink(report(file, count, outlet, entry, options));
    };
    let problem = entries(&decoded.text, &mut each);
    match problem {
        Some(problem) => sink(Err(Trouble::new(file, format!("is no readable feed ({problem}); save it again")))),
        None if count == 0 => sink(Err(Trouble::new(file, "holds no entries of a feed; give RSS or Atom"))),
        None => {}
    }
}

/// Hands over every entry; gives the problem that ended the reading, if one did.
fn entries(text: &str, each: &mut dyn FnMut(&str, Entry)) -> Option<String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut path, mut words, mut outlet) = (Vec::<String>::new(), String::new(), String::new());
    let mut entry: Option<Entry> = None;
    loop {
        match reader.read_event() {
            Err(error) => return Some(error.to_string()),
            Ok(Event::Eof) => return entry.map(|_| "it ends inside an entry".to_owned()),
            Ok(Event::Start(tag)) => {
                let name = local(tag.name().as_ref());
                if name == "item" || name == "entry" {
                    entry = Some(Entry::default());
                }
                link(&tag, entry.as_mut());
                path.push(name);
                words.clear();
            }
            Ok(Event::Empty(tag)) => link(&tag, entry.as_mut()),
            Ok(Event::Text(text)) => words.push_str(text.as_ref()),
            Ok(Event::CData(text)) => words.push_str(text.as_ref()),
            Ok(Event::GeneralRef(name)) => {
                let source = format!("&{};", AsRef::<str>::as_ref(&name));
                words.push_str(&html::decoded(&source));
            }
            Ok(Event::End(_)) => {
                let name = path.pop().unwrap_or_default();
                let said = words.trim().to_owned();
                match (&mut entry, name.as_str()) {
                    (Some(_), "item" | "entry") => each(&outlet, entry.take().unwrap_or_default()),
                    (Some(entry), name) => take(entry, name, path.last().map_or("", String::as_str), said),
                    (None, "title")
                        if outlet.is_empty() && path.last().is_some_and(|p| p == "channel" || p == "feed") =>
                    {
                        outlet = said
                    }
                    _ => {}
                }
                words.clear();
            }
            Ok(_) => {}
        }
    }
}

fn take(entry: &mut Entry, name: &str, parent: &str, said: String) {
    match name {
        "title" if entry.title.is_empty() => entry.title = html::decoded(&said),
        "link" if !said.is_empty() => entry.link = said,
        "guid" | "id" => entry.id = said,
        "pubdate" | "published" | "date" | "issued" => entry.published = said,
        "updated" if entry.published.is_empty() => entry.published = said,
        "creator" => entry.authors.push(said),
        "name" if parent == "author" => entry.authors.push(said),
        "author" if !said.is_empty() => entry
            .authors
            .push(said.split_once('(').map_or(said.as_str(), |(_, name)| name.trim_end_matches(')')).to_owned()),
        "encoded" | "content" | "description" | "summary" if said.len() > entry.content.len() => entry.content = said,
        _ => {}
    }
}

/// Atom gives its address as an attribute.
fn link(tag: &quick_xml::events::BytesStart<'_>, entry: Option<&mut Entry>) {
    let Some(entry) = entry.filter(|_| local(tag.name().as_ref()) == "link") else { return };
    let value = |key: &str| tag.attributes().flatten().find(|a| a.key.as_ref() == key).map(|a| html::decoded(&a.value));
    if entry.link.is_empty() && value("rel").is_none_or(|rel| rel == "alternate") {
        entry.link = value("href").unwrap_or_default();
    }
}

fn local(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn report(file: &str, number: u64, outlet: &str, entry: Entry, options: &ReadOptions) -> Result<Report, Trouble> {
    let member = format!("{file}!{number}");
    if entry.content.trim().is_empty() {
        return Err(Trouble::new(member, format!("has no text (\"{}\"); save the page it links to", entry.title)));
    }
    let content = entry.content.as_bytes();
    let draft = if entry.content.contains('<') {
        html::read_fragment(&member, content)?
    } else {
        plain::read(&member, content, false)?
    };
    let notes = vec!["the text is the feed's own and may be only the start of the report; its places are counted in the decoded entry, not in the feed's file".to_owned()];
    let given = AboutRow {
        title: entry.title,
        outlet: outlet.to_owned(),
        published: dates::parse_date(&entry.published).or(draft.given.published),
        authors: entry.authors,
        credit: String::new(),
        url: entry.link,
    };
    let name =
        [&entry.id, &given.url].into_iter().find(|n| !n.is_empty()).cloned().unwrap_or_else(|| number.to_string());
    Ok(Draft { name, file: member, sha256: sha256(content), given, notes, ..draft }.finish(None, options))
}
