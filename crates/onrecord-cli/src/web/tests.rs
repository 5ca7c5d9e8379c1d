//! Pages made of hostile reports: whatever a report contains, none of it may become markup.

use super::pages;
use onrecord::JudgementRow;
use onrecord::rows::{
    AlignedRow, AnonymityRow, CopyRow, EventRow, EventWhen, NamedRow, OriginsRow, PassageRow, RecordedReport,
    ReportRow, RootRow, SpeakerRow, StoryRow, Words,
};
use onrecord::views::{
    Citation, Comparison, ConflictView, Context, CopyView, Counts, EntityHead, Filter, Found, Ledger, LedgerLine,
    Paragraph, Part, Person, PersonKind, Piece, ReportHead, ReportView, Role, Search, StatementHead, StatementView,
    StoryView, Tree, TreeNode, Wording,
};

/// Breaks out of text, attributes, comments, scripts and addresses, where anything lets it.
const HOSTILE: &str =
    "\"'><script>alert(1)</script><img src=x onerror=alert(2)>--><svg/onload=alert(3)>javascript:alert(4)&lt;é\u{202e}";

fn hostile() -> String {
    HOSTILE.to_owned()
}

fn words() -> Words {
    Words { start: 0, end: HOSTILE.chars().count() as u32, exact: hostile() }
}

fn named() -> NamedRow {
    let Words { start, end, exact } = words();
    NamedRow { entity: Some(hostile()), name: hostile(), start, end, exact }
}

fn citation() -> Citation {
    let Words { start, end, exact } = words();
    let context = Context { before: hostile(), after: hostile() };
    Citation {
        report: hostile(),
        title: hostile(),
        outlet: hostile(),
        published: Some(hostile()),
        start,
        end,
        exact,
        context,
    }
}

fn wording() -> Wording {
    Wording {
        id: hostile(),
        citation: citation(),
        content: vec![words()],
        source: Some(words()),
        cue: Some(words()),
        speaker: Some(SpeakerRow { entity: Some(hostile()), name: hostile() }),
        via: vec![named()],
        addressee: Some(named()),
        basis: hostile(),
        anonymity: Some(AnonymityRow { count: None, described_as: hostile(), reason: Some(hostile()) }),
        form: hostile(),
        stance: hostile(),
        said: Some(hostile()),
        within: Some(hostile()),
        statement: Some(hostile()),
        score: 0.5,
    }
}

fn report() -> ReportHead {
    ReportHead {
        id: hostile(),
        name: hostile(),
        title: hostile(),
        outlet: hostile(),
        authors: vec![hostile()],
        credit: hostile(),
        published: Some(hostile()),
        url: format!("https://x/{HOSTILE}"),
        file: hostile(),
        story: Some(hostile()),
        copied_share: 0.9,
        version_of: Some(hostile()),
        utterances: 3,
        anonymous: 1,
    }
}

fn statement_head() -> StatementHead {
    StatementHead {
        id: hostile(),
        gist: hostile(),
        first_reported: Some(hostile()),
        origins_min: 1,
        origins_max: 2,
        utterances: 2,
        reports: 2,
        bases: vec![hostile()],
        conflicts: vec![hostile()],
        stories: vec![hostile()],
        outlets: vec![hostile()],
    }
}

fn story_row() -> StoryRow {
    StoryRow { id: hostile(), title: hostile(), reports: vec![hostile()], from: Some(hostile()), to: Some(hostile()) }
}

fn line() -> LedgerLine {
    LedgerLine { statement: statement_head(), speakers: vec![hostile()], first: citation() }
}

fn copy_row() -> CopyRow {
    CopyRow {
        from: hostile(),
        to: hostile(),
        share: 0.5,
        direction: hostile(),
        evidence: vec![hostile()],
        passages: vec![AlignedRow { from: words(), to: words() }],
        unseen_parent: Some(hostile()),
    }
}

fn whole_report() -> RecordedReport {
    let report = ReportRow {
        id: hostile(),
        name: hostile(),
        title: hostile(),
        outlet: hostile(),
        authors: vec![hostile()],
        credit: hostile(),
        dateline: hostile(),
        url: hostile(),
        published: Some(hostile()),
        language: hostile(),
        text: hostile(),
        blocks: Vec::new(),
    };
    RecordedReport {
        report,
        sha256: hostile(),
        file: hostile(),
        story: Some(hostile()),
        copied_share: 1.0,
        version_of: None,
    }
}

fn entity() -> EntityHead {
    EntityHead { id: hostile(), kind: hostile(), name: hostile(), roles: vec![hostile()], reports: 1, utterances: 1 }
}

fn statement_view() -> StatementView {
    let conflict = ConflictView {
        kind: hostile(),
        with: hostile(),
        with_gist: Some(hostile()),
        earlier: citation(),
        later: citation(),
    };
    let root = RootRow { kind: hostile(), name: hostile(), utterances: vec![hostile()] };
    StatementView {
        statement: statement_head(),
        wordings: vec![wording(), wording()],
        origins: OriginsRow { min: 1, max: 2, roots: vec![root], reasons: vec![hostile()] },
        conflicts: vec![conflict],
        copied_from: vec![Some(citation()), None],
    }
}

fn report_view() -> ReportView {
    let end = HOSTILE.chars().count() as u32;
    let piece = Piece { start: 0, end, text: hostile(), parts: vec![(hostile(), Part::Content)] };
    let block = |kind: &str| Paragraph { kind: kind.to_owned(), start: 0, end, pieces: vec![piece.clone()] };
    ReportView {
        report: report(),
        language: hostile(),
        dateline: hostile(),
        paragraphs: vec![block("title"), block("dateline"), block("body"), block("furniture"), block(HOSTILE)],
        utterances: vec![wording()],
        statements: vec![statement_head()],
        entities: Vec::new(),
        times: Vec::new(),
        copies: vec![CopyView {
            other: report(),
            copied_from: false,
            share: 0.4,
            direction: hostile(),
            evidence: vec![hostile()],
            unseen_parent: Some(hostile()),
            passages: vec![(citation(), citation())],
        }],
        later_versions: vec![report()],
        notes: Vec::new(),
    }
}

fn story_view() -> StoryView {
    let event = EventRow {
        id: hostile(),
        story: Some(hostile()),
        when: EventWhen { value: hostile(), from: hostile(), to: String::new() },
        what: hostile(),
        passages: Vec::new(),
        reports: Vec::new(),
    };
    let node = TreeNode { report: Some(report()), name: hostile(), lane: hostile(), minute: Some(5) };
    StoryView {
        story: story_row(),
        counts: Counts::default(),
        reports: vec![report()],
        statements: vec![statement_head()],
        people: vec![entity()],
        copies: vec![copy_row()],
        tree: Tree { nodes: vec![node], edges: Vec::new() },
        events: vec![event],
    }
}

fn person_view() -> Person {
    let role = Role {
        title: hostile(),
        organisation: hostile(),
        from: Some(hostile()),
        to: Some("2024".into()),
        citations: vec![citation()],
    };
    Person {
        person: entity(),
        aliases: vec![hostile()],
        kinds: vec![PersonKind { kind: hostile(), citations: vec![citation()] }],
        roles: vec![role],
        said: vec![wording()],
        heard: vec![wording()],
        reports: vec![report(), report()],
        judgements: ["same", "different", "name", HOSTILE].map(judgement).to_vec(),
        alike: vec![entity()],
    }
}

fn judgement(kind: &str) -> JudgementRow {
    let Words { start, end, exact } = words();
    let passage = PassageRow { report: hostile(), start, end, exact };
    JudgementRow {
        made: hostile(),
        id: hostile(),
        by: hostile(),
        why: hostile(),
        kind: kind.to_owned(),
        name: Some(hostile()),
        one: passage.clone(),
        other: Some(passage),
        undone: (kind == "name").then(hostile),
    }
}

fn all_pages() -> Vec<(&'static str, String)> {
    let filter = Filter { story: Some(hostile()), outlet: Some(hostile()), ..Filter::default() };
    let facet = onrecord::views::Facet { value: hostile(), statements: 1 };
    let ledger = Ledger {
        filter,
        lines: vec![line()],
        total: 1,
        bases: vec![facet.clone()],
        outlets: vec![facet.clone(), facet],
    };
    let (counts, stories) = (Counts::default(), [story_row(), story_row()]);
    let open = Some((HOSTILE, pages::statement::evidence(&statement_view())));
    let desk = pages::desk::DeskPage { counts: &counts, stories: &stories, ledger: &ledger, open };
    let comparison =
        Comparison { edge: copy_row(), from: whole_report(), to: whole_report(), changes: vec![hostile()] };
    let found = |kind: &str| Found {
        kind: kind.into(),
        id: hostile(),
        speaker: Some(hostile()),
        text: hostile(),
        citations: vec![citation()],
    };
    let search = Search { query: hostile(), found: vec![found("statement"), found("utterance"), found("report")] };
    let frame = super::frame::Frame { title: HOSTILE, record: HOSTILE, room: super::frame::Room::Desk, query: HOSTILE };
    vec![
        ("frame", super::frame::page(&frame, maud::html! {}).into_string()),
        ("desk", pages::desk::page(&desk).into_string()),
        ("report", pages::report::page(&report_view(), Some(&story_row()), Some((2, 9))).into_string()),
        ("statement", pages::statement::page(&statement_view()).into_string()),
        ("story", pages::story::page(&story_view(), &[line()]).into_string()),
        ("person", pages::person::page(&person_view(), true).into_string()),
        ("compare", pages::compare::page(&comparison).into_string()),
        ("search", pages::search::page(&search, &[entity()]).into_string()),
        ("stories", pages::lists::stories(&stories).into_string()),
        ("reports", pages::lists::reports(&[report()], HOSTILE).into_string()),
        ("people", pages::lists::people(&[entity()]).into_string()),
    ]
}

#[test]
fn nothing_in_a_report_becomes_markup() {
    for (name, page) in all_pages() {
        let ours = page.matches("<script src=\"/assets/onrecord.js\" defer").count();
        assert_eq!(page.matches("<script").count(), ours, "{name}: a script got through");
        for broken in ["<img", "<svg/", "onerror=alert(2)>", "\"'>", "href=\"javascript:"] {
            assert!(!page.contains(broken), "{name}: {broken} got through");
        }
        assert!(page.contains("&lt;script&gt;"), "{name}: the hostile text is not shown at all");
    }
}

#[test]
fn no_page_needs_what_the_policy_forbids() {
    for (name, page) in all_pages() {
        assert!(!page.contains(" style=\"") && !page.contains("<style"), "{name}: inline style");
        assert!(!page.contains(" onclick=") && !page.contains(" onload="), "{name}: inline script");
    }
}

#[test]
fn the_passage_asked_for_is_marked_and_can_be_scrolled_to() {
    let page = pages::report::page(&report_view(), None, Some((2, 9))).into_string();
    assert_eq!(page.matches("id=\"at\"").count(), 1);
    assert!(page.contains("here"));
}
