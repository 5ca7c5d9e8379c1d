//! Which program made a record: told by what it makes of a sample, so that nobody has to remember to count.

use onrecord_connect::{Digest, Judgements, Points, connect};
use onrecord_model::{Block, BlockKind, OriginMap, Reading, Report, ReportId, Span};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What tells one version of the program from another. Kept in every record.
pub(crate) struct Versions {
    /// Of reading: what is kept of a report.
    pub reading: String,
    /// Of connecting: the links between reports.
    pub connecting: String,
}

/// Two reports of one fire that share a paragraph, with speech of all forms, dates, numbers, titles and an unnamed source.
const SAMPLE: [(&str, &str, &str, &str); 2] = [
    (
        "Marrow Gazette",
        "2031-04-03",
        "Fire closes Port Ellery ferry hall",
        "A fire in the ferry hall of Port Ellery on Tuesday injured 14 people, Harbour Master Ines Calder said.\n\
         “We will not open the hall before June,” Ms Calder told the Marrow Gazette. She denied that the alarms had been \
         switched off.\n\
         The hall was built in 1962 and has been repaired three times since, most recently after the storm of January 2029, \
         when part of its roof fell on an empty landing stage.\n\
         A person close to the port authority, who asked not to be named because an inquiry is under way, said the doors \
         were locked.",
    ),
    (
        "Valley Herald",
        "2031-04-04T09:30:00Z",
        "Ferry hall stays shut after fire hurts 16",
        "Sixteen people were hurt when the ferry hall in Port Ellery burned on 1 April, the port authority said.\n\
         The hall was built in 1962 and has been repaired three times since, most recently after the storm of January 2029, \
         when part of its roof fell on an empty landing stage.\n\
         According to the Marrow Gazette, the doors may have been locked. Calder, the harbour master, declined to comment. \
         “The alarms were on,” her deputy, Jonas Reed, said yesterday.",
    ),
];

/// The versions of this program, from what `read` makes of the sample.
pub(crate) fn versions(read: impl Fn(Report) -> Reading) -> Versions {
    let mut digests: Vec<Arc<Digest>> =
        (0..SAMPLE.len()).map(|at| Arc::new(onrecord_connect::digest(&read(sample(at))))).collect();
    let reading = told(&format!("{digests:?}"));
    digests.iter_mut().for_each(|digest| _ = Arc::make_mut(digest).read_meaning());
    let links = connect(&digests, &Judgements::default());
    let points: Vec<&Points> = digests.iter().map(|digest| &digest.points).collect();
    Versions { reading, connecting: told(&format!("{points:?} {links:?}")) }
}

/// The program's own number, and a hash of what it made.
fn told(made: &str) -> String {
    let hash = Sha256::digest(made.as_bytes());
    let digits: String = hash[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{} {digits}", env!("CARGO_PKG_VERSION"))
}

fn sample(at: usize) -> Report {
    let (outlet, published, title, text) = SAMPLE[at];
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.split('\n') {
        blocks.push(Block { kind: BlockKind::Body, span: Span::new(start, start + line.len() as u32) });
        start += line.len() as u32 + 1;
    }
    Report {
        id: ReportId(at as u64 + 1),
        name: format!("sample-{at}"),
        file: String::new(),
        sha256: String::new(),
        title: title.to_owned(),
        outlet: outlet.to_owned(),
        authors: Vec::new(),
        credit: String::new(),
        dateline: String::new(),
        url: String::new(),
        published: Some(published.to_owned()),
        language: "en".to_owned(),
        text: text.into(),
        blocks,
        origin: OriginMap::default(),
        notes: Vec::new(),
    }
}
