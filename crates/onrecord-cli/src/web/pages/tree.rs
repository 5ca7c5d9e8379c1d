//! The family tree of a story: time across, outlets as lanes. Solid lines are copied text (width is share), dashed lines are citations,
//! hollow dashed nodes are parents that nobody saw. A table below says the same.

use crate::web::{links, parts};
use maud::{Markup, html};
use onrecord::views::{EdgeKind, Tree, TreeEdge, TreeNode};

const LANE_HEIGHT: f64 = 46.0;
const LEFT: f64 = 168.0;
const RIGHT: f64 = 40.0;
const TOP: f64 = 34.0;
const DAY_WIDTH_MIN: f64 = 84.0;
const DAY_WIDTH_MAX: f64 = 230.0;
const NODE_GAP: f64 = 24.0;
const MINUTES_A_DAY: i64 = 24 * 60;

/// Where everything is drawn.
struct Layout<'a> {
    lanes: Vec<&'a str>,
    /// Days since 1970 that have a report, in order, and where each begins.
    days: Vec<(i64, f64)>,
    points: Vec<(f64, f64)>,
    width: f64,
    height: f64,
}

impl<'a> Layout<'a> {
    fn of(tree: &'a Tree) -> Layout<'a> {
        let lanes = lanes(tree);
        let moment = moments(tree);
        let mut days: Vec<i64> = moment.iter().map(|minute| minute.div_euclid(MINUTES_A_DAY)).collect();
        days.sort_unstable();
        days.dedup();
        // Days without reports take no room: a story sleeps for weeks and then wakes.
        let day_width = (1160.0 / days.len().max(1) as f64).clamp(DAY_WIDTH_MIN, DAY_WIDTH_MAX);
        let mut points: Vec<(f64, f64)> = Vec::with_capacity(tree.nodes.len());
        for (node, minute) in tree.nodes.iter().zip(&moment) {
            let day = days.partition_point(|day| *day < minute.div_euclid(MINUTES_A_DAY));
            let share = minute.rem_euclid(MINUTES_A_DAY) as f64 / MINUTES_A_DAY as f64;
            let lane = lanes.iter().position(|lane| *lane == node.lane).unwrap_or(0);
            let x = LEFT + 18.0 + day as f64 * day_width + share * (day_width - NODE_GAP);
            points.push((x, TOP + LANE_HEIGHT * (lane as f64 + 0.5)));
        }
        part_neighbours(&mut points);
        let far = points.iter().map(|p| p.0).fold(LEFT + days.len() as f64 * day_width, f64::max);
        let days = days.iter().enumerate().map(|(n, day)| (*day, LEFT + 18.0 + n as f64 * day_width)).collect();
        let height = TOP + LANE_HEIGHT * lanes.len() as f64 + 12.0;
        Layout { lanes, days, points, width: far + RIGHT, height }
    }
}

impl Layout<'_> {
    /// Letters that the label of a node may have before it meets the next node of its lane.
    fn letters(&self, ix: usize) -> usize {
        const LETTER_WIDTH: f64 = 5.9;
        let (x, y) = self.points[ix];
        let others = self.points.iter().filter(|other| other.1 == y && other.0 > x);
        let room = others.map(|other| other.0).fold(self.width, f64::min) - x;
        ((room / LETTER_WIDTH) as usize).clamp(6, 44)
    }
}

/// Outlets in the order in which they enter the story; unseen parents first.
fn lanes(tree: &Tree) -> Vec<&str> {
    let mut lanes: Vec<&str> = Vec::new();
    let unseen = tree.nodes.iter().filter(|node| node.report.is_none());
    for node in unseen.chain(tree.nodes.iter().filter(|node| node.report.is_some())) {
        if !lanes.contains(&node.lane.as_str()) {
            lanes.push(&node.lane);
        }
    }
    lanes
}

/// A moment for every node: undated reports stand at the beginning, an unseen parent before its first heir.
fn moments(tree: &Tree) -> Vec<i64> {
    let first = tree.nodes.iter().filter_map(|node| node.minute).min().unwrap_or(0);
    let of = |node: &TreeNode| node.minute.unwrap_or(first);
    let heirs = |ix: usize| tree.edges.iter().filter(move |edge| edge.from == ix).map(|edge| of(&tree.nodes[edge.to]));
    tree.nodes
        .iter()
        .enumerate()
        .map(|(ix, node)| if node.report.is_none() { heirs(ix).min().unwrap_or(first) } else { of(node) })
        .collect()
}

/// Moves nodes of one lane apart, to the right, until none hides another.
fn part_neighbours(points: &mut [(f64, f64)]) {
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&a, &b| {
        points[a].1.total_cmp(&points[b].1).then(points[a].0.total_cmp(&points[b].0)).then(a.cmp(&b))
    });
    for pair in order.windows(2) {
        let (before, after) = (points[pair[0]], points[pair[1]]);
        if before.1 == after.1 && after.0 - before.0 < NODE_GAP {
            points[pair[1]].0 = before.0 + NODE_GAP;
        }
    }
}

/// The drawing and its table.
pub fn figure(tree: &Tree, title: &str) -> Markup {
    if tree.nodes.is_empty() {
        return html! { p.nothing { "No report of this story has a place on the axis." } };
    }
    let layout = Layout::of(tree);
    html! {
        figure.tree { (drawing(tree, &layout, title)) }
        p.legend {
            span { "━ copied text; the wider, the more of the copy" } span { "╌ cited only" } span { "┈ shared text, direction unknown" }
            span { "● own text" } span { "○ mostly copied" } span { "◌ a parent that is not here" }
        }
        (table(tree))
    }
}

fn drawing(tree: &Tree, layout: &Layout, title: &str) -> Markup {
    let (width, height) = (layout.width, layout.height);
    let bottom = height - 12.0;
    html! {
        svg width=(num(width)) height=(num(height)) viewBox={ "0 0 " (num(width)) " " (num(height)) } role="group" aria-label={ "Family tree of " (title) "; the table below says the same" } {
            @for (n, lane) in layout.lanes.iter().enumerate() {
                @let y = TOP + LANE_HEIGHT * (n as f64 + 0.5);
                line.lane x1=(num(LEFT)) x2=(num(width - 8.0)) y1=(num(y)) y2=(num(y)) {}
                text.lane-name x="12" y=(num(y + 4.0)) { (short(lane, 22)) }
            }
            @for (day, x) in &layout.days {
                line.day x1=(num(x - 14.0)) x2=(num(x - 14.0)) y1=(num(TOP - 12.0)) y2=(num(bottom)) {}
                text.day-name x=(num(x - 8.0)) y="16" { (day_name(*day)) }
            }
            @for edge in &tree.edges { (edge_line(tree, layout, edge)) }
            @for (ix, node) in tree.nodes.iter().enumerate() { (node_mark(node, layout.points[ix], layout.letters(ix))) }
        }
    }
}

fn edge_line(tree: &Tree, layout: &Layout, edge: &TreeEdge) -> Markup {
    let (Some(&(x1, y1)), Some(&(x2, y2))) = (layout.points.get(edge.from), layout.points.get(edge.to)) else {
        return html! {};
    };
    let bend = ((x2 - x1).abs() * 0.5).clamp(16.0, 90.0);
    let path = format!(
        "M{} {} C{} {} {} {} {} {}",
        num(x1),
        num(y1),
        num(x1 + bend),
        num(y1),
        num(x2 - bend),
        num(y2),
        num(x2),
        num(y2)
    );
    let class = match edge.kind {
        EdgeKind::Copied => "copied-edge",
        EdgeKind::Shared => "unknown-edge",
        EdgeKind::Unseen => "unseen-edge",
        EdgeKind::Cited => "cited-edge",
    };
    let width = if matches!(edge.kind, EdgeKind::Copied | EdgeKind::Unseen) {
        1.2 + 3.3 * edge.share.clamp(0.0, 1.0)
    } else {
        1.5
    };
    let words = format!("{}: {} → {}", kind_word(edge), tree.nodes[edge.from].name, tree.nodes[edge.to].name);
    let line = html! { path class=(class) d=(path) stroke-width=(num(width)) { title { (words) } } };
    match address(tree, edge) {
        Some(address) => html! { a href=(address) aria-label=(words) tabindex="-1" { (line) } },
        None => line,
    }
}

/// Where an edge leads: to the alignment, where there is one.
fn address(tree: &Tree, edge: &TreeEdge) -> Option<String> {
    let id = |ix: usize| tree.nodes.get(ix)?.report.as_ref().map(|report| report.id.as_str());
    match edge.kind {
        EdgeKind::Copied | EdgeKind::Shared => Some(links::compare(id(edge.from)?, id(edge.to)?)),
        EdgeKind::Unseen | EdgeKind::Cited => id(edge.to).map(links::report),
    }
}

fn node_mark(node: &TreeNode, (x, y): (f64, f64), letters: usize) -> Markup {
    match &node.report {
        Some(report) => {
            let copied = report.copied_share >= 0.5;
            html! {
                a href=(links::report(&report.id)) {
                    circle.node.copy[copied] cx=(num(x)) cy=(num(y)) r="6" {
                        title { (report.title) " — " (report.outlet) @if let Some(p) = &report.published { ", " (parts::spelled(p, true)) } }
                    }
                    text.label x=(num(x - 5.0)) y=(num(y - 11.0)) { (short(&node.name, letters)) }
                }
            }
        }
        None => html! {
            circle.node.unseen cx=(num(x)) cy=(num(y)) r="7" { title { (node.name) } }
            text.label x=(num(x - 5.0)) y=(num(y - 12.0)) { (short(&node.name, letters)) }
        },
    }
}

fn table(tree: &Tree) -> Markup {
    html! {
        details open[tree.edges.len() <= 12] {
            summary { "The same as a table: who has it from whom" }
            div.scroll {
                table {
                    thead { tr { th { "From" } th { "To" } th { "Relation" } th.number { "Share" } th { "Why" } th { "" } } }
                    tbody {
                        @for edge in &tree.edges {
                            tr {
                                td { (end(&tree.nodes[edge.from])) }
                                td { (end(&tree.nodes[edge.to])) }
                                td { (kind_word(edge)) }
                                td.number { @if edge.share > 0.0 { (format!("{:.0} %", edge.share * 100.0)) } @else { "–" } }
                                td { (edge.evidence.join("; ")) }
                                td { @if matches!(edge.kind, EdgeKind::Copied | EdgeKind::Shared) { @if let Some(address) = address(tree, edge) { a href=(address) { "side by side" } } } }
                            }
                        }
                        @if tree.edges.is_empty() { tr { td colspan="6" { "No report has text or news from another, as far as the texts show." } } }
                    }
                }
            }
        }
    }
}

fn end(node: &TreeNode) -> Markup {
    match &node.report {
        Some(report) => parts::report_link(report),
        None => html! { (node.name) " " span.badge { "not here" } },
    }
}

fn kind_word(edge: &TreeEdge) -> &'static str {
    match edge.kind {
        EdgeKind::Copied => "copied",
        EdgeKind::Shared => "shares text",
        EdgeKind::Unseen => "copied from a text that is not here",
        EdgeKind::Cited => "cites",
    }
}

/// A coordinate with one decimal: the same bytes on every machine.
fn num(value: f64) -> String {
    format!("{value:.1}")
}

fn short(words: &str, letters: usize) -> String {
    if words.chars().count() <= letters {
        return words.to_owned();
    }
    let cut: String = words.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// "8 Oct" of a day since 1970.
fn day_name(day: i64) -> String {
    // Days to a civil date, after Howard Hinnant's algorithm (public domain).
    let z = day + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let full = parts::spelled(&format!("{year:04}-{month:02}-{of_month:02}"), false);
    full.rsplit_once(' ').map_or(full.clone(), |(short, _)| short.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_names() {
        assert_eq!(day_name(0), "1 Jan");
        assert_eq!(day_name(20_004), "8 Oct");
        assert_eq!(day_name(-1), "31 Dec");
    }

    #[test]
    fn no_node_hides_another() {
        let mut points = vec![(10.0, 1.0), (12.0, 1.0), (11.0, 1.0), (10.0, 2.0)];
        part_neighbours(&mut points);
        assert_eq!(points, [(10.0, 1.0), (58.0, 1.0), (34.0, 1.0), (10.0, 2.0)]);
    }

    #[test]
    fn hostile_names_are_escaped() {
        let node =
            TreeNode { report: None, name: "<script>alert(1)</script>".into(), lane: "\"><b>".into(), minute: None };
        let tree = Tree { nodes: vec![node], edges: Vec::new() };
        let page = figure(&tree, "<i>").into_string();
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("<i>"));
    }
}
