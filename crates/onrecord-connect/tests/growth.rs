//! The same pile gives the same links, however it came together.

mod common;

use common::{Numbers, digest, paragraph, text};
use onrecord_connect::{Digest, Judgements, MemoryPile, Pile, connect, copies, stories};
use onrecord_model::{CopyEdge, ReportId};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A small pile full of shared paragraphs, credits and missing dates.
fn pile(seed: u64, reports: u64) -> Vec<Arc<Digest>> {
    let mut numbers = Numbers(seed);
    (0..reports)
        .map(|id| {
            let outlet = ["Harbour Echo", "Herald", "Valley Post", ""][numbers.below(4)];
            let day = format!("2024-03-{:02}", 1 + numbers.below(9));
            let published = (numbers.below(5) > 0).then_some(day);
            let mut paragraphs: Vec<String> =
                (0..2 + numbers.below(5)).map(|_| paragraph(numbers.below(12) as u64)).collect();
            if numbers.below(4) == 0 {
                paragraphs.push("The Harbour Echo first reported the plan.".into());
            }
            digest(id * 7 % 64, outlet, published.as_deref(), &text(&paragraphs))
        })
        .collect()
}

fn from_scratch(pile: &MemoryPile) -> Vec<CopyEdge> {
    let digests: Vec<_> = pile.digests().cloned().collect();
    connect(&digests, &Judgements::default()).copies
}

/// Edges kept by the report they lead into, mended as reports come and go.
#[derive(Default)]
struct Grown {
    pile: MemoryPile,
    edges: BTreeMap<ReportId, Vec<CopyEdge>>,
    neighbours: BTreeMap<ReportId, Vec<(ReportId, f64)>>,
}

impl Grown {
    fn change(&mut self, added: &[Arc<Digest>], removed: &[ReportId]) {
        let mut changed: Vec<Arc<Digest>> = removed.iter().filter_map(|&report| self.pile.remove(report)).collect();
        for digest in added {
            changed.extend(self.pile.insert(digest.clone()));
            changed.push(digest.clone());
        }
        for &report in removed {
            self.edges.remove(&report);
            self.neighbours.remove(&report);
        }
        for report in stories::affected(&changed, &self.pile) {
            let digest = self.pile.digest(report).expect("affected reports are in the pile");
            self.neighbours.insert(report, stories::neighbours(&digest, &self.pile));
        }
        for report in copies::affected(&changed, &self.pile) {
            let digest = self.pile.digest(report).expect("affected reports are in the pile");
            self.edges.insert(report, copies::edges_into(&digest, &self.pile, &Judgements::default()));
        }
    }

    /// Whether the neighbours are those that a pile from scratch gives.
    fn has_its_neighbours(&self) -> bool {
        let digests: Vec<_> = self.pile.digests().cloned().collect();
        let fresh = MemoryPile::new(&digests);
        let scratch = digests.iter().map(|digest| (digest.report, stories::neighbours(digest, &fresh))).collect();
        self.neighbours == scratch
    }

    fn all(&self) -> Vec<CopyEdge> {
        let mut edges: Vec<CopyEdge> = self.edges.values().flatten().cloned().collect();
        edges.sort_by_key(|edge| (edge.to, edge.from));
        edges
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_does_not_matter(seed in any::<u64>(), turn in 0usize..20) {
        let mut digests = pile(seed, 20);
        let one = connect(&digests, &Judgements::default());
        digests.rotate_left(turn);
        digests.swap(0, 7);
        prop_assert_eq!(one, connect(&digests, &Judgements::default()));
    }

    #[test]
    fn a_pile_that_grew_and_shrank_is_as_one_from_scratch(seed in any::<u64>(), batch in 1usize..8, lost in 0u64..20) {
        let digests = pile(seed, 20);
        let mut grown = Grown::default();
        for batch in digests.chunks(batch) {
            grown.change(batch, &[]);
        }
        prop_assert_eq!(grown.all(), from_scratch(&grown.pile));
        prop_assert!(grown.has_its_neighbours());
        // A deletion, and a correction: a report comes again with another text.
        grown.change(&[], &[ReportId(lost * 7 % 64)]);
        let corrected = digest(14, "Herald", Some("2024-03-02"), &text(&[paragraph(1), paragraph(2), paragraph(40)]));
        grown.change(&[corrected], &[]);
        prop_assert_eq!(grown.all(), from_scratch(&grown.pile));
        prop_assert!(grown.has_its_neighbours());
    }

    #[test]
    fn links_hold_together(seed in any::<u64>()) {
        let digests = pile(seed, 20);
        for edge in connect(&digests, &Judgements::default()).copies {
            prop_assert!(edge.from != edge.to);
            prop_assert!(edge.share > 0.0 && edge.share <= 1.0);
            prop_assert!(!edge.passages.is_empty() && !edge.evidence.is_empty());
        }
    }
}
