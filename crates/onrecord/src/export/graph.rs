//! Reports, speakers and statements as a graph (GraphML), for Gephi, yEd, NetworkX and the like.

use super::write_file;
use crate::Error;
use onrecord_record::{Of, Record};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

/// Attributes of nodes and edges: name, what has it, type.
const KEYS: [(&str, &str, &str); 9] = [
    ("kind", "all", "string"),
    ("label", "node", "string"),
    ("outlet", "node", "string"),
    ("published", "node", "string"),
    ("origins_min", "node", "int"),
    ("origins_max", "node", "int"),
    ("share", "edge", "double"),
    ("direction", "edge", "string"),
    ("basis", "edge", "string"),
];

/// Writes the graph: report → report is copied text (from the parent), speaker → statement is said, statement → report is
/// stands in.
pub fn graph(record: &Record, path: &Path) -> Result<(), Error> {
    write_file(path, |file| {
        let mut graph = Graph { out: Writer::new_with_indent(file, b' ', 1), path };
        graph.begin()?;
        nodes(record, &mut graph)?;
        edges(record, &mut graph)?;
        graph.end()
    })
}

fn nodes(record: &Record, graph: &mut Graph<impl Write>) -> Result<(), Error> {
    let mut reports = record.report_heads(Of::All, u32::MAX)?;
    reports.sort_by(|a, b| a.id.cmp(&b.id));
    for report in reports {
        let label = if report.title.is_empty() { &report.name } else { &report.title };
        graph.node(
            &report.id,
            &[
                ("kind", "report"),
                ("label", label),
                ("outlet", &report.outlet),
                ("published", report.published.as_deref().unwrap_or_default()),
            ],
        )?;
    }
    for statement in record.all(|take| record.each_statement(Of::All, take))? {
        graph.node(
            &statement.id,
            &[
                ("kind", "statement"),
                ("label", &statement.gist),
                ("origins_min", &statement.origins.min.to_string()),
                ("origins_max", &statement.origins.max.to_string()),
            ],
        )?;
    }
    let mut speakers = record.entity_heads(Of::All, "", u32::MAX)?;
    speakers.retain(|entity| entity.utterances > 0);
    speakers.sort_by(|a, b| a.id.cmp(&b.id));
    for entity in speakers {
        graph.node(&entity.id, &[("kind", &entity.kind), ("label", &entity.name)])?;
    }
    Ok(())
}

fn edges(record: &Record, graph: &mut Graph<impl Write>) -> Result<(), Error> {
    for copy in record.all(|take| record.each_copy(Of::All, take))? {
        let share = copy.share.to_string();
        let facts = [("kind", "copied"), ("share", share.as_str()), ("direction", &copy.direction)];
        graph.edge(&copy.from, &copy.to, &facts)?;
    }
    let mut said: BTreeSet<(String, String, String)> = BTreeSet::new();
    let mut stands: BTreeSet<(String, String)> = BTreeSet::new();
    record.each_utterance(Of::All, &mut |row| {
        if let Some(statement) = row.statement {
            if let Some(speaker) = row.utterance.speaker.and_then(|speaker| speaker.entity) {
                said.insert((speaker, statement.clone(), row.utterance.basis));
            }
            stands.insert((statement, row.report));
        }
        Ok(())
    })?;
    for (speaker, statement, basis) in said {
        graph.edge(&speaker, &statement, &[("kind", "said"), ("basis", &basis)])?;
    }
    for (statement, report) in stands {
        graph.edge(&statement, &report, &[("kind", "stands in")])?;
    }
    Ok(())
}

struct Graph<'p, W: Write> {
    out: Writer<W>,
    path: &'p Path,
}

impl<W: Write> Graph<'_, W> {
    fn begin(&mut self) -> Result<(), Error> {
        self.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = quick_xml::events::BytesStart::new("graphml")
            .with_attributes([("xmlns", "http://graphml.graphdrawing.org/xmlns")]);
        self.event(Event::Start(root))?;
        for (name, what, kind) in KEYS {
            let key = quick_xml::events::BytesStart::new("key").with_attributes([
                ("id", name),
                ("for", what),
                ("attr.name", name),
                ("attr.type", kind),
            ]);
            self.event(Event::Empty(key))?;
        }
        let graph = quick_xml::events::BytesStart::new("graph")
            .with_attributes([("id", "record"), ("edgedefault", "directed")]);
        self.event(Event::Start(graph))
    }

    fn end(&mut self) -> Result<(), Error> {
        self.event(Event::End(quick_xml::events::BytesEnd::new("graph")))?;
        self.event(Event::End(quick_xml::events::BytesEnd::new("graphml")))
    }

    fn node(&mut self, id: &str, facts: &[(&str, &str)]) -> Result<(), Error> {
        self.element("node", &[("id", id)], facts)
    }

    fn edge(&mut self, from: &str, to: &str, facts: &[(&str, &str)]) -> Result<(), Error> {
        self.element("edge", &[("source", from), ("target", to)], facts)
    }

    fn element(&mut self, name: &str, attributes: &[(&str, &str)], facts: &[(&str, &str)]) -> Result<(), Error> {
        let start = quick_xml::events::BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start))?;
        for (key, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
            let data = quick_xml::events::BytesStart::new("data").with_attributes([("key", *key)]);
            self.event(Event::Start(data))?;
            self.event(Event::Text(BytesText::new(&allowed(value))))?;
            self.event(Event::End(quick_xml::events::BytesEnd::new("data")))?;
        }
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)))
    }

    fn event(&mut self, event: Event) -> Result<(), Error> {
        self.out.write_event(event).map_err(|error| Error::write(self.path, &error))
    }
}

/// XML has no place for most control characters.
fn allowed(words: &str) -> String {
    words
        .chars()
        .filter(|letter| matches!(letter, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..))
        .collect()
}
